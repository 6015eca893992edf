/// Sums of slices: what the plan says plus what the scenario's overlay differs.
struct Reading: Sendable {
  let plan: Plan
  var overlay: Overlay
  /// Projections that a `ProjectionBoard` keeps (row times years plus year); `nothing` where it keeps none.
  var board: [Number] = []

  /// The sum of a slice in a year (an index of the period), in sen; an absence where the document is not detailed that
  /// far or not declared at all.
  func sum(_ slice: SliceTemplate, local: EntityID?, year: Int) -> Number {
    var work = 0
    return sum(slice, local: local, year: year, work: &work)
  }

  /// All money of one entity in a year, when no edit has to be added and the document states it there; else nil. `last`
  /// is the run of cells that was asked for before: who goes through the entities finds the next one behind it.
  @inline(__always) func whole(_ document: Int, _ entity: Int64, _ year: Int, _ last: inout Range<Int>) -> Number? {
    guard overlay.cells.isEmpty, year >= 0, year < plan.yearCount, entity >= 0, entity < plan.entities.rank.count else { return nil }
    let at = document * plan.cube.years + year
    let (low, high) = (plan.entities.rank[Int(entity)], plan.entities.lastRank[Int(entity)])
    let block = Int(plan.cube.blocks[at])..<Int(plan.cube.blocks[at + 1])
    if plan.cube.begins(last.upperBound, in: block, low) {
      last = plan.cube.run(from: last.upperBound, in: block, high)
    } else if plan.cube.begins(last.lowerBound, in: block, low) {
      last = plan.cube.run(from: last.lowerBound, in: block, high)
    } else {
      last = plan.cube.run(in: block, low, high)
    }
    return last.isEmpty ? nil : Number(plan.cube.before[last.upperBound] - plan.cube.before[last.lowerBound])
  }

  /// The same; `work` grows by the cells that had to be looked at one by one.
  func sum(_ slice: SliceTemplate, local: EntityID?, year: Int, work: inout Int) -> Number {
    guard year >= 0, year < plan.yearCount else { return .undeclared }
    if let grounded = plan.grounded(slice, local) {
      if let local, plan.ground(local)?.isEmpty == true { return .undeclared }
      return sum(grounded, local: nil, year: year, work: &work)
    }
    let block = plan.cube.block(slice.ledger, slice.document, year)
    var gathered = Gathered()
    switch (slice.ledger, slice.anchors) {
    case (.spending, .entities(let entities)):
      // No part of the plan is meant: nothing is spent there, if the document says anything.
      gathered.isStated = entities.isEmpty && !block.isEmpty
      gathered.isFound = gathered.isStated
      for entity in entities {
        if let refused = gather(slice, entity, block, year, &gathered, &work) { return refused }
      }
    case (.spending, .local):
      guard let local else { return .undefined }
      if let within = slice.within {
        for entity in within {
          let inner = plan.entities.contains(entity, local) ? local : plan.entities.contains(local, entity) ? entity : nil
          if let inner, let refused = gather(slice, inner, block, year, &gathered, &work) { return refused }
        }
        if !gathered.isStated {
          gathered.isFound = !run(block, local).isEmpty
          gathered.isStated = gathered.isFound
        }
      } else if let refused = gather(slice, local, block, year, &gathered, &work) {
        return refused
      }
    default:
      gathered.isStated = !block.isEmpty
      if let refused = add(slice, block, &gathered, &work) { return refused }
    }
    let moved = difference(slice, local, year, &work)
    if let moved, !Self.add(moved, to: &gathered.total) { return .undefined }
    if moved == nil, !gathered.isFound, !gathered.isStated { return .undeclared }
    return Number(gathered.total)
  }

  /// A sum in the making.
  private struct Gathered {
    var total: Int64 = 0
    var isFound = false
    /// Whether the document says anything here at all, if only about other accounts or sources.
    var isStated = false
  }

  /// Adds the cells of one entity; the absence that the whole sum is when they are not detailed.
  private func gather(
    _ slice: SliceTemplate, _ entity: EntityID, _ block: Range<Int>, _ year: Int, _ gathered: inout Gathered, _ work: inout Int
  ) -> Number? {
    let range = run(block, entity)
    if range.isEmpty {
      // A part that is not detailed makes the sum unknown, whatever the other parts and the scenario's edits say.
      if let absent = absence(entity, slice.document, year) { return absent }
    } else {
      gathered.isStated = true
    }
    return add(slice, range, &gathered, &work)
  }

  /// Adds a run of cells; the absence that the whole sum is when accounts or sources are asked for where cells carry
  /// none, or only less deep accounts.
  private func add(_ slice: SliceTemplate, _ range: Range<Int>, _ gathered: inout Gathered, _ work: inout Int) -> Number? {
    if range.isEmpty { return nil }
    if slice.accounts.isEmpty && slice.sources.isEmpty {
      gathered.isFound = true
      let sen = plan.cube.before[range.upperBound] - plan.cube.before[range.lowerBound]
      return Self.add(sen, to: &gathered.total) ? nil : .undefined
    }
    work += range.count
    // What each account and source is to the slice is asked once, not for each cell.
    let accounts = plan.accounts.level.count
    return withUnsafeTemporaryAllocation(of: Mark.self, capacity: accounts + plan.sources.count) { marks -> Number? in
      marks.initialize(repeating: .unknown)
      let sourceMarks = UnsafeMutableBufferPointer(rebasing: marks[accounts...])
      return plan.cube.account.withUnsafeBufferPointer { account -> Number? in
        plan.cube.source.withUnsafeBufferPointer { source -> Number? in
          plan.cube.amount.withUnsafeBufferPointer { amount -> Number? in
            var isTooMuch = false
            for cell in range {
              let (inner, fund) = (account[cell], source[cell])
              if marks[inner.index] == .unknown { marks[inner.index] = mark(inner, slice) }
              if sourceMarks[fund.index] == .unknown { sourceMarks[fund.index] = mark(fund, slice) }
              let (one, other) = (marks[inner.index], sourceMarks[fund.index])
              if one == .missing || other == .missing { return .notDetailed }
              if one.isVague, amount[cell] != 0 { return .notDetailed }
              guard one.isHeld, other.isHeld else { continue }
              gathered.isFound = true
              if !Self.add(amount[cell], to: &gathered.total) { isTooMuch = true }
            }
            work += range.count
            return isTooMuch ? .undefined : nil
          }
        }
      }
    }
  }

  /// What an account or source is to a slice.
  private enum Mark: UInt8 {
    case unknown, held, other
    /// None is given where one is asked for.
    case missing
    /// An account above one that is asked for; and such a one that is asked for itself.
    case vague, heldVague
    var isHeld: Bool { self == .held || self == .heldVague }
    var isVague: Bool { self == .vague || self == .heldVague }
  }

  private func mark(_ account: AccountID, _ slice: SliceTemplate) -> Mark {
    if slice.accounts.isEmpty { return .held }
    if account.raw == 0 { return .missing }
    let isHeld = slice.accounts.contains { plan.accounts.contains($0, account) }
    let isVague = slice.accounts.contains { $0 != account && plan.accounts.contains(account, $0) }
    return isVague ? isHeld ? .heldVague : .vague : isHeld ? .held : .other
  }

  private func mark(_ source: SourceID, _ slice: SliceTemplate) -> Mark {
    if slice.sources.isEmpty { return .held }
    if source.raw == 0 { return .missing }
    return slice.sources.contains { plan.sources.contains($0, source) } ? .held : .other
  }

  /// Sums that the cube checked cannot overflow; others are watched.
  private static func add(_ sen: Int64, to total: inout Int64) -> Bool {
    let (sum, overflow) = total.addingReportingOverflow(sen)
    total = sum
    return !overflow
  }

  /// The cells of a block that are an entity's.
  @inline(__always) func run(_ block: Range<Int>, _ entity: EntityID) -> Range<Int> {
    plan.cube.run(in: block, plan.entities.rank[entity.index], plan.entities.lastRank[entity.index])
  }

  /// Not detailed: money of an ancestor in this document and year, none below it here.
  private func absence(_ entity: EntityID, _ document: DocumentID, _ year: Int) -> Number? {
    let block = plan.cube.block(.spending, document, year)
    var at = plan.entities.parent[entity.index]
    while at != Entities.none {
      let rank = plan.entities.rank[at.index]
      if !plan.cube.run(in: block, rank, rank).isEmpty { return .notDetailed }
      at = plan.entities.parent[at.index]
    }
    return nil
  }

  /// What the overlay adds inside a slice; nil when it touches nothing there.
  private func difference(_ slice: SliceTemplate, _ local: EntityID?, _ year: Int, _ work: inout Int) -> Int64? {
    if overlay.cells.isEmpty { return nil }
    var (total, seen): (Int64?, Int) = (nil, 0)
    func add(_ ranks: ClosedRange<UInt32>) {
      overlay.each(slice.ledger, slice.document, year, ranks: ranks) { at in
        seen += 1
        let place = overlay.places[at]
        if slice.ledger == .spending, !plan.contains(slice, local, place.leaf) { return }
        if plan.holds(slice, place.account, place.source) { total = (total ?? 0) &+ overlay.differences[at] }
      }
    }
    // Entities are runs of ranks.
    switch (slice.ledger, slice.anchors, local) {
    case (.spending, .entities(let entities), _) where entities.count <= overlay.cells.count: entities.forEach { add(plan.ranks($0)) }
    case (.spending, .local, let local?): add(plan.ranks(local))
    default: add(0...UInt32.max)
    }
    work += seen
    return total
  }
}

extension Plan {
  /// Whether a cell's account and source are asked for.
  func holds(_ slice: SliceTemplate, _ account: AccountID, _ source: SourceID) -> Bool {
    if !slice.accounts.isEmpty, !slice.accounts.contains(where: { accounts.contains($0, account) }) { return false }
    if !slice.sources.isEmpty, !slice.sources.contains(where: { sources.contains($0, source) }) { return false }
    return true
  }

  /// The ranks of an entity's leaves.
  fileprivate func ranks(_ entity: EntityID) -> ClosedRange<UInt32> { entities.rank[entity.index]...entities.lastRank[entity.index] }

  /// Whether a leaf lies in a slice.
  func contains(_ slice: SliceTemplate, _ local: EntityID?, _ leaf: EntityID) -> Bool {
    switch slice.anchors {
    case .all: true
    case .entities(let entities): entities.contains { self.entities.contains($0, leaf) }
    case .local:
      (local.map { self.entities.contains($0, leaf) || ground($0)?.contains { self.entities.contains($0, leaf) } == true } ?? false)
        && (slice.within.map { $0.contains { self.entities.contains($0, leaf) } } ?? true)
    }
  }
}

extension Overlay {
  /// Where a cell stands: the plan's, or an extra one.
  func place(of cell: CellID, _ plan: Plan) -> ExtraCell {
    let cube = plan.cube
    if cell.index >= cube.count { return extra[cell.index - cube.count] }
    var (low, high) = (0, cube.blocks.count - 1)
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(cube.blocks[middle]) <= cell.index { low = middle } else { high = middle }
    }
    // Blocks may be empty: the last that starts at or before the cell holds it.
    let year = low % cube.years
    let document = low / cube.years % cube.documents
    let ledger = Ledger(rawValue: UInt8(truncatingIfNeeded: low / cube.years / cube.documents)) ?? .spending
    return ExtraCell(
      ledger: ledger, document: DocumentID(document), year: year, leaf: cube.leaf[cell.index],
      account: cube.account[cell.index], source: cube.source[cell.index])
  }

  /// The cell of a place: one of the plan's, an extra one already there, or a new extra one.
  mutating func cell(at place: ExtraCell, _ plan: Plan) -> CellID {
    let cube = plan.cube
    let block = cube.block(place.ledger, place.document, place.year)
    let range: Range<Int>
    if place.leaf == Entities.none {
      range = block
    } else {
      let rank = plan.entities.rank[place.leaf.index]
      range = cube.run(in: block, rank, rank)
    }
    for cell in range where cube.account[cell] == place.account && cube.source[cell] == place.source { return CellID(cell) }
    if let known = extra.firstIndex(of: place) { return CellID(cube.count + known) }
    extra.append(place)
    return CellID(cube.count + extra.count - 1)
  }

  /// The amount of a cell in this scenario, in sen.
  func amount(of cell: CellID, _ plan: Plan) -> Int64 {
    (cell.index < plan.cube.count ? plan.cube.amount[cell.index] : 0) &+ self[cell]
  }
}
