/// A condition on one projection: at the digits that count, beside figures that no money moves.
struct Gauge: Sendable {
  /// The row and year of the projection.
  var row: Int32
  var year: Int32
  /// By what it is multiplied before it is rounded; an absence where it is not.
  var power = Number.nothing
  var relation: Opcode
  var bound: Number
  /// The upper end where it must lie between two.
  var upper: Number?

  /// Whether it holds; nil where the projection is absent.
  func holds(_ projection: Number) -> Bool? {
    var value = projection
    if projection.b == 0, power.b == 1, let whole = Int64(exactly: (projection.real * Double(power.a)).rounded(.toNearestOrEven)) {
      // The next lines in short, for what money moved.
      value = Number(a: whole, b: power.a)
    } else if !power.isAbsent {
      value = Arithmetic.rounded(projection * power) / power
    }
    guard let order = Number.order(value, bound) else { return nil }
    switch relation {
    case .equal: return order == 0
    case .unequal: return order != 0
    case .less: return order < 0
    case .lessEqual: return order <= 0
    case .greater: return order > 0
    default:
      guard let upper else { return order >= 0 }
      return Number.order(value, upper).map { order >= 0 && $0 <= 0 }
    }
  }

  /// What a register holds: figures that stand, or the projection on its way to being rounded.
  private enum Held {
    case known(Number)
    case projection(Int, Int, power: Number)
    case scaled(Int, Int, Number)
    case whole(Int, Int, Number)
    case told(Gauge)
  }

  /// A condition's formula for a member and a year as a gauge; nil where it does more.
  init?(_ formula: Formula, _ member: EntityID, year: Int, _ reading: inout Reading) {
    var held = [Held](repeating: .known(.undefined), count: formula.registers)
    if formula.locals > 0 { held[0] = .known(Number(Int64(member.raw))) }
    var year = year
    for i in formula.code {
      guard let made = Self.step(i, held, formula, &year, &reading) else { return nil }
      if i.op != .setYear { held[Int(i.a)] = made }
    }
    guard case .told(let gauge) = held[Int(formula.result)] else { return nil }
    self = gauge
  }

  private init(_ row: Int, _ year: Int, power: Number, _ relation: Opcode, _ bound: Number, upper: Number? = nil) {
    self.row = Int32(truncatingIfNeeded: row)
    self.year = Int32(truncatingIfNeeded: year)
    self.power = power
    self.relation = relation
    self.bound = bound
    self.upper = upper
  }

  private static func step(_ i: Instruction, _ held: [Held], _ formula: Formula, _ year: inout Int, _ reading: inout Reading) -> Held? {
    let (x, y) = (held[Int(i.b)], held[Int(i.c)])
    switch (i.op, x, y) {
    case (.constant, _, _): return .known(formula.constants[Int(i.d)])
    case (.copy, _, _): return x
    case (.year, _, _): return .known(Number(Int64(year)))
    case (.setYear, .known(let at), _):
      year = Int(clamping: at.whole ?? -1)
      return x
    case (.figure, .known(let entity), _): return figure(i.d, entity, year, &reading)
    case (.multiply, .known(let a), .known(let b)): return .known(a * b)
    case (.divide, .known(let a), .known(let b)): return .known(a / b)
    case (.round, .known(let a), _): return .known(Arithmetic.rounded(a))
    case (.multiply, .projection(let row, let at, let before), .known(let power)) where before.isAbsent && !power.isAbsent:
      return .scaled(row, at, power)
    case (.round, .scaled(let row, let at, let power), _): return .whole(row, at, power)
    case (.divide, .whole(let row, let at, let power), .known(let over)) where over == power: return .projection(row, at, power: power)
    case (.roundFigure, _, .known(let entity)): return rounded(x, entity, reading.plan)
    case (.equal, _, _), (.unequal, _, _), (.less, _, _), (.lessEqual, _, _), (.greater, _, _), (.greaterEqual, _, _):
      switch (x, y) {
      case (.projection(let row, let at, let power), .known(let bound)) where !bound.isAbsent:
        return .told(Gauge(row, at, power: power, i.op, bound))
      case (.known(let bound), .projection(let row, let at, let power)) where !bound.isAbsent:
        return .told(Gauge(row, at, power: power, Straight.mirrored(i.op), bound))
      default: return nil
      }
    default: return nil
    }
  }

  private static func row(_ entity: Number, _ plan: Plan) -> Int? {
    guard let entity = Evaluator.entity(entity), entity.index < plan.indicatorRow.count, plan.indicatorRow[entity.index] >= 0 else { return nil }
    return Int(plan.indicatorRow[entity.index])
  }

  private static func figure(_ code: Int32, _ entity: Number, _ year: Int, _ reading: inout Reading) -> Held? {
    guard let row = row(entity, reading.plan), let figure = IndicatorFigure(rawValue: code), year >= 0, year < reading.plan.yearCount else {
      return nil
    }
    switch figure {
    case .projection: return .projection(row, year, power: .nothing)
    case .targetLow, .targetHigh, .baseline, .without, .weight, .finalTarget: return .known(reading.figure(figure, row, year))
    case .isReached:
      let (low, high) = reading.wanted(row, year)
      if low.isAbsent || high.isAbsent { return nil }
      let power = Reading.power(reading.plan.indicators[row]) ?? .nothing
      switch reading.plan.indicators[row].direction {
      case .up: return .told(Gauge(row, year, power: power, .greaterEqual, low))
      case .down: return .told(Gauge(row, year, power: power, .lessEqual, high))
      case .within: return .told(Gauge(row, year, power: power, .greaterEqual, low, upper: high))
      }
    default: return nil
    }
  }

  private static func rounded(_ value: Held, _ entity: Number, _ plan: Plan) -> Held? {
    guard let row = row(entity, plan) else { return value }
    switch value {
    case .known(let figure): return .known(Reading.rounded(figure, plan.indicators[row]))
    case .projection(let own, let at, let before) where before.isAbsent:
      return .projection(own, at, power: Reading.power(plan.indicators[row]) ?? .nothing)
    default: return nil
    }
  }
}
