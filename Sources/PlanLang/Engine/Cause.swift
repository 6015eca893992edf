/// What a formula read while it ran: what its value comes from.
enum Cause: Sendable {
  /// Money of a slice in a year (an index of the period); from another scenario when one is named.
  case money(SliceTemplate, local: EntityID?, year: Int, scenario: Symbol?, Number)
  /// A figure of an indicator's row in a year.
  case figure(Int, IndicatorFigure, year: Int, scenario: Symbol?, Number)
  /// A parameter in a year; -1 when it is the same in all.
  case parameter(Int, year: Int, Number)
}

extension Evaluator {
  /// The figure of a formula and what it read, in order; at most ten thousand reads are kept.
  mutating func explained(_ id: FormulaID, year: Int, locals: [EntityID] = []) throws(Halt) -> (value: Number, causes: [Cause]) {
    causes = []
    defer { causes = nil }
    let value = try number(of: id, year: year, locals: locals)
    return (value, causes ?? [])
  }

  mutating func note(_ cause: Cause) {
    if let count = causes?.count, count < 10_000 { causes?.append(cause) }
  }

  func name(ofScenario row: Int) -> Symbol? { row >= 0 && row < otherNames.count ? otherNames[row] : nil }
}

/// A cell of a slice as a scenario has it.
struct SlicePart: Sendable {
  /// Where it stands.
  var place: ExtraCell
  /// What the plan says and what the scenario makes of it, in sen.
  var before: Int64
  var now: Int64
  /// Where the plan says so, or none for a cell an edit made.
  var site: Site
}

extension Reading {
  /// The cells of a slice in a year, those an edit made among them.
  func parts(_ slice: SliceTemplate, local: EntityID?, year: Int) -> [SlicePart] {
    guard year >= 0, year < plan.yearCount else { return [] }
    let cube = plan.cube
    var found: [SlicePart] = []
    var cells = cube.block(slice.ledger, slice.document, year)
    if slice.ledger == .spending, case .entities(let entities) = slice.anchors, entities.count == 1 {
      cells = run(cells, entities[0])
    }
    for cell in cells {
      guard slice.ledger != .spending || plan.contains(slice, local, cube.leaf[cell]) else { continue }
      guard plan.holds(slice, cube.account[cell], cube.source[cell]) else { continue }
      let place = ExtraCell(
        ledger: slice.ledger, document: slice.document, year: year, leaf: cube.leaf[cell], account: cube.account[cell],
        source: cube.source[cell])
      let moved = overlay[CellID(cell)]
      found.append(SlicePart(place: place, before: cube.amount[cell], now: cube.amount[cell] &+ moved, site: cube.site[cell]))
    }
    for (at, place) in overlay.extra.enumerated() where place.ledger == slice.ledger && place.year == year {
      guard place.document == slice.document, plan.holds(slice, place.account, place.source) else { continue }
      guard slice.ledger != .spending || plan.contains(slice, local, place.leaf) else { continue }
      let sen = overlay[CellID(cube.count + at)]
      if sen != 0 { found.append(SlicePart(place: place, before: 0, now: sen, site: .none)) }
    }
    return found
  }
}
