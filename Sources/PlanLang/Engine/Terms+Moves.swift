/// Money moves: the terms that hold it follow by what was moved.
extension Terms {
  /// Adds moved sen to every term that holds a place, and names these in `touched`. With `isReread` (a cell that came or went), the
  /// terms are read anew.
  mutating func move(_ place: ExtraCell, _ sen: Int64, isReread: Bool, touched: inout [Int32]) {
    let start = touched.count
    eachWhole(place) { touched.append($0) }
    eachOwn(place) { touched.append($0) }
    for at in start..<touched.count {
      let term = Int(touched[at])
      let (sum, overflow) = all[term].sum.a.addingReportingOverflow(sen)
      if all[term].sum.b != 1 || overflow || isReread {
        all[term].isStale = true
      } else {
        all[term].sum.a = sum
        all[term].moved &+= sen
      }
    }
  }

  /// The block of cells that a place lies in.
  func block(_ place: ExtraCell) -> Int {
    (Int(place.ledger.rawValue) * plan.cube.documents + place.document.index) * plan.cube.years + place.year
  }

  /// The node whose sums, and those above, hold a leaf's money; -1 where none does, or where there is no leaf.
  mutating func node(_ leaf: EntityID) -> Int32 {
    if leaf == Entities.none { return -1 }
    if nearest.isEmpty { findNearest() }
    return nearest[leaf.index]
  }

  /// Visits the terms of a whole block that hold a place.
  mutating func eachWhole(_ place: ExtraCell, _ visit: (Int32) -> Void) {
    let block = block(place)
    guard blockHead.indices.contains(block) else { return }
    var at = whole(block, place)
    while wholes[at] >= 0 {
      visit(wholes[at])
      at += 1
    }
  }

  /// Visits the terms of entities that hold a place.
  mutating func eachOwn(_ place: ExtraCell, _ visit: (Int32) -> Void) {
    let block = block(place)
    guard blockHead.indices.contains(block), place.ledger == .spending, place.leaf != Entities.none else { return }
    let width = plan.yearCount + 1
    var node = Int(node(place.leaf))
    while node >= 0 {
      let row = node * width
      var at = Int(nodes[row + 1 + place.year])
      while at >= 0 {
        let link = links[at]
        at = Int(link.next)
        if Int(link.block) == block, !link.isFiltered || fits(Int(link.template), place) { visit(link.term) }
      }
      node = Int(nodes[row])
    }
  }

  /// Where the terms of the whole block that hold a place begin in `wholes`.
  private mutating func whole(_ block: Int, _ place: ExtraCell) -> Int {
    let (accounts, sources) = (plan.accounts.level.count, plan.sources.count)
    if tables.isEmpty {
      tables = [Int32](repeating: -1, count: blockHead.count)
      places.removeAll(keepingCapacity: true)
      wholes.removeAll(keepingCapacity: true)
    }
    if tables[block] < 0 {
      tables[block] = Int32(truncatingIfNeeded: places.count)
      places.append(contentsOf: repeatElement(-1, count: accounts * sources))
    }
    let at = Int(tables[block]) + place.account.index * sources + place.source.index
    if places[at] >= 0 { return Int(places[at]) }
    places[at] = Int32(truncatingIfNeeded: wholes.count)
    var next = Int(blockHead[block])
    while next >= 0 {
      let link = links[next]
      next = Int(link.next)
      if !link.isFiltered || fits(Int(link.template), place) { wholes.append(link.term) }
    }
    wholes.append(-1)
    return Int(places[at])
  }

  private func fits(_ kind: Int, _ place: ExtraCell) -> Bool {
    accountFits[kind * plan.accounts.level.count + place.account.index] != 0
      && sourceFits[kind * plan.sources.count + place.source.index] != 0
  }

  /// Leaves of the touched terms those that are others than when this was last asked: what took and gave the same stays as it
  /// was.
  mutating func keepMoved(_ touched: inout [Int32]) {
    touched.removeAll { term in
      if all[Int(term)].moved == 0, !all[Int(term)].isStale { return true }
      all[Int(term)].moved = 0
      return false
    }
  }

  /// Whether one of some terms went stale.
  func hasStale(_ reads: [Int32], _ range: Range<Int>) -> Bool {
    for at in range where all[Int(reads[at])].isStale { return true }
    return false
  }

  /// Reads the terms anew that went stale.
  mutating func refresh(_ reads: [Int32], _ range: Range<Int>, _ reading: Reading) {
    for at in range where all[Int(reads[at])].isStale { refresh(Int(reads[at]), reading) }
  }

  private mutating func refresh(_ term: Int, _ reading: Reading) {
    let template = Int(all[term].template)
    let local = isLocal[template] ? EntityID(raw: anchor[term]) : nil
    all[term].sum = reading.sum(templates[template], local: local, year: Int(all[term].year))
    all[term].isStale = false
  }
}
