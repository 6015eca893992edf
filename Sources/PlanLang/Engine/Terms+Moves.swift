/// Money moves: the terms that hold it follow by what was moved.
extension Terms {
  /// Adds moved sen to every term that holds a place, and puts these behind the first `count` of `touched`. With
  /// `isReread` (a cell that came or went), the terms are read anew.
  mutating func move(_ place: ExtraCell, _ sen: Int64, isReread: Bool, touched: inout [Int32], _ count: inout Int) {
    let block = block(place)
    guard blockHead.indices.contains(block) else { return }
    if nearest.isEmpty { findNearest() }
    var end = touched.withUnsafeMutableBufferPointer { gather(place, block, $0, count) }
    while end > touched.count {
      touched.append(contentsOf: repeatElement(0, count: max(64, end)))
      end = touched.withUnsafeMutableBufferPointer { gather(place, block, $0, count) }
    }
    all.withUnsafeMutableBufferPointer { all in
      touched.withUnsafeBufferPointer { touched in
        for at in count..<end {
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
    }
    count = end
  }

  /// Adds sen to every term that holds the cell of a shift's taker and takes them from every one that holds its giver's; the terms that
  /// hold only one of the two are put into `touched`, and how many these are is told.
  mutating func move(_ shift: ScenarioState.Shift, touched: inout [Int32]) -> Int {
    if routedLinks != links.count {
      routeOf = [Int32](repeating: -1, count: plan.cube.count)
      routes.removeAll(keepingCapacity: true)
      (routedLinks, longestRoute) = (links.count, 0)
    }
    let (from, to) = (route(shift.source, shift.giver), route(shift.target, shift.taker))
    while touched.count < 2 * longestRoute { touched.append(0) }
    return all.withUnsafeMutableBufferPointer { all in
      routes.withUnsafeMutableBufferPointer { routes in
        touched.withUnsafeMutableBufferPointer { Self.move(shift.sen, from, to, all, routes, $0) }
      }
    }
  }

  private static func move(
    _ sen: Int64, _ from: Int, _ to: Int, _ all: UnsafeMutableBufferPointer<Term>, _ routes: UnsafeMutableBufferPointer<Int32>,
    _ touched: UnsafeMutableBufferPointer<Int32>
  ) -> Int {
    var (from, to) = (from, to)
    while routes[from] == routes[to], routes[from] >= 0 { (from, to) = (from + 1, to + 1) }
    var at = from
    while routes[at] >= 0 {
      all[Int(routes[at])].moved &-= sen
      at += 1
    }
    at = to
    while routes[at] >= 0 {
      all[Int(routes[at])].moved &+= sen
      at += 1
    }
    var count = 0
    func settle(_ start: Int) {
      at = start
      while routes[at] >= 0 {
        let term = Int(routes[at])
        at += 1
        let moved = all[term].moved
        if moved == 0, !all[term].isStale { continue }
        all[term].moved = 0
        let (sum, overflow) = all[term].sum.a.addingReportingOverflow(moved)
        if all[term].sum.b == 1, !overflow { all[term].sum.a = sum } else { all[term].isStale = true }
        touched[count] = Int32(truncatingIfNeeded: term)
        count += 1
      }
    }
    settle(from)
    settle(to)
    return count
  }

  /// The block of cells that a place lies in.
  private func block(_ place: ExtraCell) -> Int {
    (Int(place.ledger.rawValue) * plan.cube.documents + place.document.index) * plan.cube.years + place.year
  }

  /// Where the terms of a cell of the plan begin in `routes`.
  private mutating func route(_ cell: Int, _ place: ExtraCell) -> Int {
    if routeOf[cell] >= 0 { return Int(routeOf[cell]) }
    if nearest.isEmpty { findNearest() }
    let block = block(place)
    var found = [Int32](repeating: 0, count: 64)
    var count = found.withUnsafeMutableBufferPointer { gather(place, block, $0, 0) }
    if count > found.count {
      found = [Int32](repeating: 0, count: count)
      count = found.withUnsafeMutableBufferPointer { gather(place, block, $0, 0) }
    }
    routeOf[cell] = Int32(truncatingIfNeeded: routes.count)
    routes.append(contentsOf: found[..<count])
    routes.append(-1)
    longestRoute = max(longestRoute, count)
    return Int(routeOf[cell])
  }

  /// Writes the terms that hold a place behind the first `count`; gives how many there would be then.
  private mutating func gather(_ place: ExtraCell, _ block: Int, _ touched: UnsafeMutableBufferPointer<Int32>, _ count: Int) -> Int {
    var count = count
    var at = whole(block, place)
    while wholes[at] >= 0 {
      if count < touched.count { touched[count] = wholes[at] }
      count += 1
      at += 1
    }
    guard place.ledger == .spending, place.leaf != Entities.none else { return count }
    let width = plan.yearCount + 1
    var node = Int(nearest[place.leaf.index])
    while node >= 0 {
      let row = node * width
      var at = Int(nodes[row + 1 + place.year])
      while at >= 0 {
        let link = links[at]
        at = Int(link.next)
        guard Int(link.block) == block, !link.isFiltered || fits(Int(link.template), place) else { continue }
        if count < touched.count { touched[count] = link.term }
        count += 1
      }
      node = Int(nodes[row])
    }
    return count
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

  /// Leaves of the first `count` touched terms those that are others than when this was last asked: what took and gave
  /// the same stays as it was.
  mutating func keepMoved(_ touched: inout [Int32], _ count: inout Int) {
    let end = count
    count = all.withUnsafeMutableBufferPointer { all in
      touched.withUnsafeMutableBufferPointer { touched in
        var kept = 0
        for at in 0..<end {
          let term = touched[at]
          if all[Int(term)].moved == 0, !all[Int(term)].isStale { continue }
          all[Int(term)].moved = 0
          touched[kept] = term
          kept += 1
        }
        return kept
      }
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
