/// Texts and lists that a run makes: they stand in pools, registers hold their rows.
extension Evaluator {
  /// Memory of texts and lists below which nothing is looked for that could be let go.
  static let sweepFrom = 1 << 18

  mutating func store(_ text: String) -> Number {
    memory += text.utf8.count + 16
    if let row = freeTexts.popLast() {
      texts[Int(row)] = text
      return Number(Int64(row))
    }
    texts.append(text)
    return Number(Int64(texts.count - 1))
  }

  mutating func store(_ list: [Number]) -> Number {
    memory += list.count * 16 + 16
    if let row = freeLists.popLast() {
      lists[Int(row)] = list
      return Number(Int64(row))
    }
    lists.append(list)
    return Number(Int64(lists.count - 1))
  }

  /// A new empty list; one that was let go keeps its room.
  mutating func emptyList() -> Number {
    guard let row = freeLists.popLast() else { return store([]) }
    memory += 16
    return Number(Int64(row))
  }

  /// Lets go of texts and lists that no register holds, so that a loop needs the memory of one round. A register does
  /// not say what its figure is: whatever could be a row is taken for one.
  mutating func sweep(_ r: UnsafeMutablePointer<Number>, _ count: Int) {
    var holdsText = [Bool](repeating: false, count: texts.count)
    var holdsList = [Bool](repeating: false, count: lists.count)
    var open: [Int] = []
    func hold(_ number: Number) {
      guard number.b == 1, number.a >= 0 else { return }
      if number.a < texts.count { holdsText[Int(number.a)] = true }
      if number.a < lists.count, !holdsList[Int(number.a)] {
        holdsList[Int(number.a)] = true
        open.append(Int(number.a))
      }
    }
    for at in 0..<count { hold(r[at]) }
    while let list = open.popLast() { for element in lists[list] { hold(element) } }
    memory = 0
    freeTexts.removeAll(keepingCapacity: true)
    for row in texts.indices {
      if holdsText[row] { memory += texts[row].utf8.count + 16 } else {
        texts[row] = ""
        freeTexts.append(Int32(truncatingIfNeeded: row))
      }
    }
    freeLists.removeAll(keepingCapacity: true)
    for row in lists.indices {
      if holdsList[row] { memory += lists[row].count * 16 + 16 } else {
        lists[row].removeAll(keepingCapacity: lists[row].capacity <= 64)
        freeLists.append(Int32(truncatingIfNeeded: row))
      }
    }
    // What is held is looked through again only when as much was made anew.
    sweepAt = max(Self.sweepFrom, memory * 2)
  }
}
