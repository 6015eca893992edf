/// Why no set of projects meets all rows, and what can be put together without a solver.
extension ChoiceSearch {
  /// A smallest set of rows that no set of projects meets, by halving (Junker's QuickXplain).
  func conflict() -> [Int]? {
    let all = Array(model.rows.indices)
    guard isPossible([]) == true, isPossible(all) == false else { return nil }
    return smallest(all, given: [], isGivenNew: false)
  }

  /// Whether some set meets some of the rows; nil when that was not told in time.
  func isPossible(_ places: [Int]) -> Bool? {
    let none = [Double](repeating: 0, count: model.worth.count)
    return switch run(none, isMaximised: false, places.map { model.rows[$0] }, gap: 1) {
    case .chosen: true
    case .impossible: false
    case .stopped, .unconfirmed: nil
    }
  }

  private func smallest(_ rows: [Int], given: [Int], isGivenNew: Bool) -> [Int]? {
    if isGivenNew {
      guard let isPossible = isPossible(given) else { return nil }
      if !isPossible { return [] }
    }
    if rows.count <= 1 { return rows }
    let (first, second) = (Array(rows.prefix(rows.count / 2)), Array(rows.suffix(rows.count - rows.count / 2)))
    guard let late = smallest(second, given: given + first, isGivenNew: !first.isEmpty),
      let early = smallest(first, given: given + late, isGivenNew: !late.isEmpty)
    else { return nil }
    return early + late
  }

  /// How many conflicts are told at most.
  private static let mostConflicts = 4

  /// Smallest conflicts: one, and others by doing without a member of those found, where doing without it is not enough.
  func conflicts() -> [ChoiceConflict] {
    let all = Set(model.rows.indices)
    var found: [[Int]] = []
    var open: [Set<Int>] = [[]]
    var seen: Set<Set<Int>> = [[]]
    while !open.isEmpty, found.count < Self.mostConflicts, seen.count < 60, secondsLeft > 0, !options.isInterrupted() {
      let without = open.removeFirst()
      let kept = all.subtracting(without).sorted()
      guard isPossible(kept) == false, let core = smallest(kept, given: [], isGivenNew: false), !core.isEmpty else { continue }
      if !found.contains(where: { Set($0) == Set(core) }) { found.append(core) }
      if without.count >= 3 { continue }
      for row in core where seen.insert(without.union([row])).inserted { open.append(without.union([row])) }
    }
    return found.map { core in
      // Other conflicts are for themselves to settle.
      let others = Set(found.joined()).subtracting(core)
      return ChoiceConflict(
        members: core.sorted().map { row in
          ChoiceConflict.Member(
            row: row, short: relief(row, Set(core).subtracting([row])), relief: relief(row, all.subtracting(others).subtracting([row])))
        })
    }
  }

  /// By how much a row's bound must move at least so that some others hold; nil where they cannot without it either, or in no time.
  private func relief(_ row: Int, _ others: Set<Int>) -> Int64? {
    let own = model.rows[row]
    guard secondsLeft > 0 else { return nil }
    // What the row comes to is to be as low, or as high, as the others let it.
    let isOver = own.most != nil
    var weights = [Double](repeating: 0, count: model.worth.count)
    for term in own.terms { weights[term.project] = Double(term.amount) }
    guard case .chosen(let choice) = run(weights, isMaximised: !isOver, others.sorted().map { model.rows[$0] }, gap: 0) else { return nil }
    let sum = own.sum(choice.chosen)
    if let most = own.most { return Int64(exactly: max(0, sum - Int128(most))) }
    return own.least.flatMap { Int64(exactly: max(0, Int128($0) - sum)) }
  }

  // MARK: Without a solver

  /// A set that meets all rows, put together one by one: those that a least sum needs first, then by worth; nil where that leads
  /// to none.
  func plain() -> [Bool]? {
    var chosen = [Bool](repeating: false, count: model.worth.count)
    let order = chosen.indices.sorted { x, y in
      let (a, b) = (model.worth[x].real / Double(max(1, model.cost[x])), model.worth[y].real / Double(max(1, model.cost[y])))
      return a != b ? a > b : x < y
    }
    func keepsMost() -> Bool { model.rows.allSatisfy { row in row.most.map { row.sum(chosen) <= Int128($0) } ?? true } }
    func take(_ project: Int) -> Bool {
      chosen[project] = true
      if keepsMost() { return true }
      chosen[project] = false
      return false
    }
    for row in model.rows {
      guard let least = row.least else { continue }
      let own = Set(row.terms.filter { $0.amount > 0 }.map(\.project))
      for project in order where own.contains(project) && !chosen[project] && row.sum(chosen) < Int128(least) { _ = take(project) }
    }
    // Those that need others come once these are in.
    var isChanged = true
    while isChanged {
      isChanged = false
      for project in order where !chosen[project] && model.worth[project].real > 0 { if take(project) { isChanged = true } }
    }
    return model.confirms(chosen) ? chosen : nil
  }
}
