/// The commonest edit by a short way: an amount of money from the one cell of an entity to the one cell of another.
///
/// What it does, and whether it does it at all, is what `EditRunner` does; whatever asks for more than this knows (locks,
/// contracts, several cells, earmarks, other sources) goes there.
extension ScenarioState {
  /// Does an edit the short way, whole or not at all; false where it has to go the long one. Throws where there is too little.
  mutating func shiftShortly(_ edit: Edit, _ context: EditContext) throws(Halt) -> Bool {
    guard let plain = edit.plain, takesShifts(context), let source = only(plain.from, plain), let target = only(plain.to, plain),
      let wanted = shared.sen(plain.amount), wanted > 0
    else { return false }
    let (giver, taker) = (shared.place(source, plain), shared.place(target, plain))
    guard giver.source == taker.source, giver.leaf == taker.leaf || !shared.isBound(giver.source) else { return false }
    let there = max(0, shared.amount(source) &+ overlay[CellID(source)])
    guard wanted <= there else { throw shortage(plain, edit, wanted, there, context) }
    // The bounds of all sums first: what may pass them goes the long way.
    if Int128(shared.total) + overlay.magnitude + 2 * Int128(wanted) > Int128(Int64.max) { return false }
    overlay.log(-wanted, at: overlay.put(-wanted, CellID(source), giver, shared))
    overlay.log(wanted, at: overlay.put(wanted, CellID(target), taker, shared))
    note(wanted, from: giver, to: taker, reason: edit.reason, site: edit.site)
    return true
  }

  /// The one cell of an entity in a shift's year, of the plan or made by an edit; nil where there are none, or several, or the one is no
  /// cell of the plan.
  func only(_ entity: EntityID, _ shift: PlainShift) -> Int? {
    let isAlone = !overlay.extra.contains { place in
      place.ledger == .spending && place.document == shift.document && place.year == shift.year && plan.entities.contains(entity, place.leaf)
    }
    return isAlone ? shared.only(entity, shift) : nil
  }

  /// Whether nothing stands in the way of shifts that they do not know.
  func takesShifts(_ context: EditContext) -> Bool { locks.isEmpty && contracts.isEmpty && context.limits.steps > 0 }

  /// What a shift that asks for more than there is says.
  func shortage(_ plain: PlainShift, _ edit: Edit, _ wanted: Int64, _ there: Int64, _ context: EditContext) -> Halt {
    var site = edit.site
    if case .shift(_, let from, _) = edit.kind { site = from.site }
    return Halt(problem: .notEnough(asked: wanted, available: there, place: context.describe(plain.from, .titleText)), site: site)
  }

  /// Notes a shift that was done.
  mutating func note(_ sen: Int64, from giver: ExtraCell, to taker: ExtraCell, reason: Site, site: Site) {
    movements.append(
      Movement(
        Movement.Stream(from: giver, to: taker, sen: sen), row: shared.row(giver, taker), document: giver.document, reason: reason,
        site: site))
  }
}

/// What the short way asks of a plan: columns read where they lie.
extension SharedPlan {
  /// All money of the plan.
  fileprivate var total: Int64 { plan.cube.before[plan.cube.before.count - 1] }
  fileprivate func amount(_ cell: Int) -> Int64 { plan.cube.amount[cell] }
  /// The rank of a place's leaf.
  func rank(_ place: ExtraCell) -> UInt32 { place.leaf == Entities.none ? 0 : plan.entities.rank[place.leaf.index] }
  fileprivate func isBound(_ source: SourceID) -> Bool { plan.sources.field[source.index] != nil }

  /// The sen of an amount that is a constant; else nil.
  func sen(_ amount: FormulaID) -> Int64? {
    let row = amount.index
    guard plan.formulas[row].code.count == 1, plan.formulas[row].code[0].op == .constant else { return nil }
    return plan.formulas[row].constants[0].roundedHalfEven
  }

  /// The one cell of the plan of an entity in a shift's year; nil where there are none, or several.
  fileprivate func only(_ entity: EntityID, _ shift: PlainShift) -> Int? {
    let (low, high) = (plan.entities.rank[entity.index], plan.entities.lastRank[entity.index])
    let block = plan.cube.block(.spending, shift.document, shift.year)
    let at = Cube.lowerBound(plan.cube.rank, block, low)
    guard at < block.upperBound, plan.cube.rank[at] <= high, at + 1 == block.upperBound || plan.cube.rank[at + 1] > high else { return nil }
    return at
  }

  fileprivate func place(_ cell: Int, _ shift: PlainShift) -> ExtraCell {
    ExtraCell(
      ledger: .spending, document: shift.document, year: shift.year, leaf: plan.cube.leaf[cell], account: plan.cube.account[cell],
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
