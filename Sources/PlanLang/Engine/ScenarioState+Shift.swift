/// The commonest edit by a short way: an amount of money from the one cell of an entity to the one cell of another.
///
/// What it does, and whether it does it at all, is what `EditRunner` does; whatever asks for more than this knows (locks,
/// contracts, several cells, earmarks, other sources) goes there.
extension ScenarioState {
  /// Does an edit the short way, whole or not at all; false where it has to go the long one.
  mutating func shiftShortly(_ edit: Edit, _ context: EditContext) throws(Halt) -> Bool {
    guard let plain = edit.plain, takesShifts(context), let source = shared.only(plain.from, plain), let target = shared.only(plain.to, plain),
      let shift = try checked(plain, edit, from: source, to: target, context)
    else { return false }
    let places = carryOut(shift, edit, row: shared.row(shift.giver, shift.taker))
    overlay.log(-shift.sen, at: places.from)
    overlay.log(shift.sen, at: places.to)
    return true
  }

  /// Whether nothing stands in the way of shifts that they do not know.
  @inline(__always) func takesShifts(_ context: EditContext) -> Bool { locks.isEmpty && contracts.isEmpty && context.limits.steps > 0 }

  /// A shift of sen between two cells that can be done.
  struct Shift {
    var sen: Int64
    var source: Int
    var target: Int
    var giver: ExtraCell
    var taker: ExtraCell
    /// Where the cells stand in the overlay; -1 where they do not yet.
    var from: Int
    var to: Int
  }

  /// A plain shift between the one cell of each entity; nil where it is for the long way to say what becomes of it. Throws where there
  /// is too little.
  @inline(__always) func checked(
    _ plain: PlainShift, _ edit: Edit, from source: Int, to target: Int, _ context: EditContext
  ) throws(Halt) -> Shift? {
    guard source != target, let wanted = shared.sen(plain.amount), wanted > 0, overlay.extra.isEmpty || !shared.meets(plain, overlay.extra)
    else { return nil }
    let (giver, taker) = (shared.place(source, plain), shared.place(target, plain))
    guard giver.source == taker.source, giver.leaf == taker.leaf || !shared.isBound(giver.source) else { return nil }
    let (from, to) = (overlay.position(of: CellID(source)) ?? -1, overlay.position(of: CellID(target)) ?? -1)
    let there = max(0, shared.amount(source) &+ (from < 0 ? 0 : overlay.differences[from]))
    guard wanted <= there else { throw shortage(plain, edit, wanted, there, context) }
    // The bounds of all sums first: what may pass them goes the long way.
    if Int128(shared.total) + overlay.magnitude + 2 * Int128(wanted) > Int128(Int64.max) { return nil }
    return Shift(sen: wanted, source: source, target: target, giver: giver, taker: taker, from: from, to: to)
  }

  @inline(never) private func shortage(_ plain: PlainShift, _ edit: Edit, _ wanted: Int64, _ there: Int64, _ context: EditContext) -> Halt {
    var site = edit.site
    if case .shift(_, let from, _) = edit.kind { site = from.site }
    return Halt(problem: .notEnough(asked: wanted, available: there, place: context.describe(plain.from, .titleText)), site: site)
  }

  /// Does a shift that can be done; where its cells stand in the overlay.
  @inline(__always) mutating func carryOut(_ shift: Shift, _ edit: Edit, row: Int) -> (from: Int, to: Int) {
    let from = overlay.put(-shift.sen, CellID(shift.source), shift.giver, shared, at: shift.from)
    let to = overlay.put(shift.sen, CellID(shift.target), shift.taker, shared, at: shift.to)
    movements.append(
      Movement(
        Movement.Stream(from: shift.giver, to: shift.taker, sen: shift.sen), row: row, document: shift.giver.document, reason: edit.reason,
        site: edit.site))
    return (from, to)
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
  fileprivate func sen(_ amount: FormulaID) -> Int64? {
    let row = amount.index
    guard plan.formulas[row].code.count == 1, plan.formulas[row].code[0].op == .constant else { return nil }
    return plan.formulas[row].constants[0].roundedHalfEven
  }

  /// The one cell of an entity in a shift's year; nil where there are none, or several.
  func only(_ entity: EntityID, _ shift: PlainShift) -> Int? {
    let (low, high) = (plan.entities.rank[entity.index], plan.entities.lastRank[entity.index])
    let block = plan.cube.block(.spending, shift.document, shift.year)
    let at = Cube.lowerBound(plan.cube.rank, block, low)
    guard at < block.upperBound, plan.cube.rank[at] <= high, at + 1 == block.upperBound || plan.cube.rank[at + 1] > high else { return nil }
    return at
  }

  /// Whether one of the cells that edits made lies in what a shift takes from or gives to.
  fileprivate func meets(_ shift: PlainShift, _ extra: [ExtraCell]) -> Bool {
    extra.contains { place in
      guard place.ledger == .spending, place.document == shift.document, place.year == shift.year else { return false }
      return plan.entities.contains(shift.from, place.leaf) || plan.entities.contains(shift.to, place.leaf)
    }
  }

  fileprivate func place(_ cell: Int, _ shift: PlainShift) -> ExtraCell {
    ExtraCell(
      ledger: .spending, document: shift.document, year: shift.year, leaf: plan.cube.leaf[cell], account: plan.cube.account[cell],
      source: plan.cube.source[cell])
  }

  /// The row of a pair in the instrument's table; departments are looked at first, for most pairs differ there.
  func row(_ giver: ExtraCell, _ taker: ExtraCell) -> Int {
    if giver.leaf != taker.leaf, department(giver.leaf) != department(taker.leaf) { return 1 }
    return min(12, Instrument.row(giver, taker, plan))
  }

  private func department(_ leaf: EntityID) -> EntityID {
    var at = leaf
    while at != Entities.none, plan.entities.kind[at.index] != .department { at = plan.entities.parent[at.index] }
    return at
  }

  /// The department at or above each entity.
  func departments() -> [EntityID] { (0..<plan.entities.count).map { department(EntityID(raw: UInt32(truncatingIfNeeded: $0))) } }
}
