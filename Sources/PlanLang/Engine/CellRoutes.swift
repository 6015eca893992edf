/// The one cell of an entity in a year and the department of a leaf, found once for whoever shifts money again and again.
struct CellRoutes: Sendable {
  // By document and year where its entities begin in `cells`, or -1; an entity's one cell, `none`, or `unknown`.
  private var bases: [Int32]
  private var cells: [Int32] = []
  /// The department at or above each entity, or `Entities.none`; empty before it was asked for.
  private var departments: [EntityID] = []
  private let entities: Int
  private let years: Int
  private static let none: Int32 = -1, unknown: Int32 = -2

  /// Nothing found yet of a plan.
  init(_ plan: Plan) {
    entities = plan.entities.count
    years = plan.yearCount
    bases = [Int32](repeating: -1, count: plan.cube.documents * plan.yearCount)
  }

  /// The cells of a plain shift; nil where one of the two has none, or several.
  mutating func ends(of shift: PlainShift, _ shared: SharedPlan) -> (from: Int, to: Int)? {
    let block = shift.document.index * years + shift.year
    guard bases.indices.contains(block), Int(shift.from.raw) < entities, Int(shift.to.raw) < entities else { return nil }
    if bases[block] < 0 {
      bases[block] = Int32(truncatingIfNeeded: cells.count)
      cells.append(contentsOf: repeatElement(Self.unknown, count: entities))
    }
    let (from, to) = (Int(bases[block]) + shift.from.index, Int(bases[block]) + shift.to.index)
    if cells[from] == Self.unknown { cells[from] = shared.only(shift.from, shift).map { Int32(truncatingIfNeeded: $0) } ?? Self.none }
    if cells[to] == Self.unknown { cells[to] = shared.only(shift.to, shift).map { Int32(truncatingIfNeeded: $0) } ?? Self.none }
    if cells[from] < 0 || cells[to] < 0 { return nil }
    return (Int(cells[from]), Int(cells[to]))
  }

  /// The row of a shift in the instrument's table, as `SharedPlan.row` tells it.
  mutating func row(_ shift: ScenarioState.Shift, _ shared: SharedPlan) -> Int {
    if departments.isEmpty { departments = shared.departments() }
    if departments[shift.giver.leaf.index] != departments[shift.taker.leaf.index] { return 1 }
    return shared.row(shift.giver, shift.taker)
  }
}
