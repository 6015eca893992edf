/// The commonest edit by a short way: an amount of money from the one cell of a slice to the one cell of another.
///
/// What it does, and whether it does it at all, is what `EditRunner` does; whatever asks for more than this knows (locks,
/// contracts, several cells, earmarks, other sources) goes there.
extension ScenarioState {
  /// Does an edit the short way, whole or not at all; false where it has to go the long one.
  mutating func shiftShortly(_ edit: Edit, _ context: EditContext) throws(Halt) -> Bool {
    guard case .shift(.money(let amount), let from, let to) = edit.kind, edit.years.count == 1, locks.isEmpty, contracts.isEmpty,
      context.limits.steps > 0
    else { return false }
    let shared = shared
    return try shift(amount, from, to, edit, shared.plan, context)
  }

  private mutating func shift(
    _ amount: FormulaID, _ from: Selection, _ to: Selection, _ edit: Edit, _ plan: Plan, _ context: EditContext
  ) throws(Halt) -> Bool {
    let year = edit.years[0]
    guard plan.formulas[amount.index].code.count == 1, plan.formulas[amount.index].code[0].op == .constant,
      let wanted = plan.formulas[amount.index].constants[0].roundedHalfEven, wanted > 0, to.slice.sources.isEmpty, let source = only(from.slice, year, plan), let target = only(to.slice, year, plan),
      plan.cube.source[source] == plan.cube.source[target]
    else { return false }
    let (cell, other) = (CellID(source), CellID(target))
    let position = overlay.position(of: cell)
    let there = max(0, plan.cube.amount[source] &+ (position.map { overlay.differences[$0] } ?? 0))
    guard wanted <= there else {
      var place = ""
      if case .entities(let entities) = from.slice.anchors { place = context.describe(entities[0], .titleText) }
      throw Halt(problem: .notEnough(asked: wanted, available: there, place: place), site: from.site)
    }
    let (giver, taker) = (place(source, from.slice, year, plan), place(target, to.slice, year, plan))
    if plan.sources.field[giver.source.index] != nil, giver.leaf != taker.leaf { return false }
    // The bounds of all sums first: what may pass them goes the long way.
    let total = Int128(plan.cube.before.last ?? 0) + overlay.magnitude + 2 * Int128(wanted)
    if total > Int128(Int64.max) { return false }
    do throws(Overflow) {
      try overlay.add(-wanted, to: cell, at: position, of: plan)
      try overlay.add(wanted, to: other, of: plan)
    } catch { throw Halt(problem: .overflow, site: edit.site) }
    let row = min(12, Instrument.row(giver, taker, plan))
    movements.append(
      Movement(
        Movement.Stream(from: giver, to: taker, sen: wanted), row: row, document: from.slice.document, reason: edit.reason, site: edit.site))
    return true
  }

  /// The one cell that a slice of one entity holds in a year; nil where there are none, or several, or some that edits
  /// made.
  private func only(_ slice: SliceTemplate, _ year: Int, _ plan: Plan) -> Int? {
    guard slice.ledger == .spending, case .entities(let entities) = slice.anchors, entities.count == 1 else { return nil }
    let (low, high) = (plan.entities.rank[entities[0].index], plan.entities.lastRank[entities[0].index])
    let run = plan.cube.run(in: plan.cube.block(.spending, slice.document, year), low, high)
    if run.isEmpty || run.count > 16 { return nil }
    for place in overlay.extra where place.ledger == .spending && place.document == slice.document && place.year == year {
      if plan.entities.contains(entities[0], place.leaf) { return nil }
    }
    if slice.accounts.isEmpty && slice.sources.isEmpty { return run.count == 1 ? run.lowerBound : nil }
    var found: Int?
    for at in run where plan.holds(slice, plan.cube.account[at], plan.cube.source[at]) {
      if found != nil { return nil }
      found = at
    }
    return found
  }

  private func place(_ cell: Int, _ slice: SliceTemplate, _ year: Int, _ plan: Plan) -> ExtraCell {
    ExtraCell(
      ledger: .spending, document: slice.document, year: year, leaf: plan.cube.leaf[cell], account: plan.cube.account[cell],
      source: plan.cube.source[cell])
  }
}
