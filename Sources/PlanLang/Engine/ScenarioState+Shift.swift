/// The commonest edit by a short way: an amount of money from the one cell of an entity to the one cell of another.
///
/// What it does, and whether it does it at all, is what `EditRunner` does; whatever asks for more than this knows (locks,
/// contracts, several cells, earmarks, other sources) goes there.
extension ScenarioState {
  /// Does an edit the short way, whole or not at all; false where it has to go the long one.
  mutating func shiftShortly(_ edit: Edit, _ context: EditContext) throws(Halt) -> Bool {
    guard case .shift(.money(let amount), let from, let to) = edit.kind, edit.years.count == 1, locks.isEmpty, contracts.isEmpty,
      context.limits.steps > 0
    else { return false }
    let (shared, year) = (shared, edit.years[0])
    guard let wanted = shared.sen(amount), wanted > 0, let source = shared.only(from.slice, year, overlay.extra),
      let target = shared.only(to.slice, year, overlay.extra)
    else { return false }
    let (giver, taker) = (shared.place(source, from.slice, year), shared.place(target, to.slice, year))
    guard giver.source == taker.source, giver.leaf == taker.leaf || !shared.isBound(giver.source) else { return false }
    let position = overlay.position(of: CellID(source))
    let there = max(0, shared.amount(source) &+ (position.map { overlay.differences[$0] } ?? 0))
    guard wanted <= there else {
      var place = ""
      if case .entities(let entities) = from.slice.anchors { place = context.describe(entities[0], .titleText) }
      throw Halt(problem: .notEnough(asked: wanted, available: there, place: place), site: from.site)
    }
    // The bounds of all sums first: what may pass them goes the long way.
    if Int128(shared.total) + overlay.magnitude + 2 * Int128(wanted) > Int128(Int64.max) { return false }
    do throws(Overflow) {
      try add(-wanted, CellID(source), giver, position, shared)
      try add(wanted, CellID(target), taker, overlay.position(of: CellID(target)), shared)
    } catch { throw Halt(problem: .overflow, site: edit.site) }
    movements.append(
      Movement(
        Movement.Stream(from: giver, to: taker, sen: wanted), row: shared.row(giver, taker), document: from.slice.document,
        reason: edit.reason, site: edit.site))
    return true
  }

  private mutating func add(_ sen: Int64, _ cell: CellID, _ place: ExtraCell, _ position: Int?, _ shared: SharedPlan) throws(Overflow) {
    if let position { try overlay.add(sen, at: position) } else { overlay.add(sen, to: cell, place, rank: shared.rank(place.leaf)) }
  }
}

/// What the short way asks of a plan: columns read where they lie.
extension SharedPlan {
  /// All money of the plan.
  fileprivate var total: Int64 { plan.cube.before[plan.cube.before.count - 1] }
  fileprivate func amount(_ cell: Int) -> Int64 { plan.cube.amount[cell] }
  fileprivate func rank(_ leaf: EntityID) -> UInt32 { plan.entities.rank[leaf.index] }
  fileprivate func isBound(_ source: SourceID) -> Bool { plan.sources.field[source.index] != nil }

  /// The sen of an amount that is a constant; else nil.
  fileprivate func sen(_ amount: FormulaID) -> Int64? {
    let row = amount.index
    guard plan.formulas[row].code.count == 1, plan.formulas[row].code[0].op == .constant else { return nil }
    return plan.formulas[row].constants[0].roundedHalfEven
  }

  /// The one cell of one entity in a year; nil where there are none, or several, or some that edits made, and where the
  /// slice asks for less than all.
  fileprivate func only(_ slice: SliceTemplate, _ year: Int, _ extra: [ExtraCell]) -> Int? {
    guard slice.ledger == .spending, slice.accounts.isEmpty, slice.sources.isEmpty, case .entities(let entities) = slice.anchors,
      entities.count == 1
    else { return nil }
    let entity = entities[0].index
    let (low, high) = (plan.entities.rank[entity], plan.entities.lastRank[entity])
    let block = plan.cube.block(.spending, slice.document, year)
    let at = Cube.lowerBound(plan.cube.rank, block, low)
    guard at < block.upperBound, plan.cube.rank[at] <= high, at + 1 == block.upperBound || plan.cube.rank[at + 1] > high else { return nil }
    for place in extra where place.ledger == .spending && place.document == slice.document && place.year == year {
      if plan.entities.rank[place.leaf.index] >= low, plan.entities.rank[place.leaf.index] <= high { return nil }
    }
    return at
  }

  fileprivate func place(_ cell: Int, _ slice: SliceTemplate, _ year: Int) -> ExtraCell {
    ExtraCell(
      ledger: .spending, document: slice.document, year: year, leaf: plan.cube.leaf[cell], account: plan.cube.account[cell],
      source: plan.cube.source[cell])
  }

  /// The row of a pair in the instrument's table; departments are looked at first, for most pairs differ there.
  fileprivate func row(_ giver: ExtraCell, _ taker: ExtraCell) -> Int {
    if giver.leaf != taker.leaf, department(giver.leaf) != department(taker.leaf) { return 1 }
    return min(12, Instrument.row(giver, taker, plan))
  }

  private func department(_ leaf: EntityID) -> EntityID {
    var at = leaf
    while at != Entities.none, plan.entities.kind[at.index] != .department { at = plan.entities.parent[at.index] }
    return at
  }
}
