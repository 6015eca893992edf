/// Figures of indicators as a scenario has them, and their achievement (domain 2.3, 2.4).
///
/// Nothing is changed by asking; what is asked is `mutating` all the same, for a reading is large and is lent where it lies
/// only so, not copied.
extension Reading {
  /// A figure of an indicator's row in a year (an index of the period). What rules ask most is read where it lies: an
  /// indicator, and the plan with it, is dear to copy.
  @inline(__always) mutating func figure(_ figure: IndicatorFigure, _ row: Int, _ year: Int) -> Number {
    let isYear = year >= 0 && year < plan.yearCount
    switch figure {
    case .baseline: return overlay.figure(.baseline(row)) ?? plan.indicators[row].baseline
    case .weight: return plan.indicators[row].weight
    case .projection: return isYear ? projection(row, year) : .undeclared
    case .targetLow: return isYear ? overlay.figure(.target(row, year: year)) ?? plan.indicators[row].target(year).low : .undeclared
    case .targetHigh: return isYear ? overlay.figure(.target(row, year: year)) ?? plan.indicators[row].target(year).high : .undeclared
    case .actual: return plan.indicators[row].actual(year)
    case .without: return isYear ? plan.indicators[row].projectedWithout(year) : .undeclared
    case .achievement: return achievement(row, year)
    case .isReached: return isReached(row, year)
    case .finalTarget: return plan.indicators[row].finalTarget.low
    case .achievementClass, .unit, .direction, .kind, .owner, .isITIndex: return .undefined
    }
  }

  /// The same of a plan as a scenario has it, asked once.
  static func figure(_ figure: IndicatorFigure, _ row: Int, _ year: Int, of plan: Plan, _ overlay: Overlay) -> Number {
    var reading = Reading(plan: plan, overlay: overlay)
    return reading.figure(figure, row, year)
  }

  /// The projection: what the scenario states, else what its money makes of the declared one.
  @inline(__always) private mutating func projection(_ row: Int, _ year: Int) -> Number {
    if let stated = overlay.figure(.projection(row, year: year)) { return stated }
    if !board.isEmpty, board[row * plan.yearCount + year] != .nothing { return board[row * plan.yearCount + year] }
    let hangs = plan.drivers.indices.contains(row) && !(plan.drivers[row].isEmpty && plan.inflows[row].isEmpty)
    if hangs, let moved = ResponseReading(plan: plan, overlay: overlay).projection(row, year) { return moved }
    return plan.indicators[row].projected(year)
  }

  /// Whether the projection reaches the target: inside a range, or on its better side; compared at the digits that
  /// count.
  @inline(__always) mutating func isReached(_ row: Int, _ year: Int) -> Number {
    let value = Self.rounded(
      projection(row, year), isGrade: plan.indicators[row].scale != nil, plan.indicators[row].unit, digits: plan.indicators[row].digits)
    let (low, high) = wanted(row, year)
    guard let toLow = Number.order(value, low), let toHigh = Number.order(value, high) else { return .undeclared }
    switch plan.indicators[row].direction {
    case .up: return Number(toLow >= 0)
    case .down: return Number(toHigh <= 0)
    case .within: return Number(toLow >= 0 && toHigh <= 0)
    }
  }

  /// Both ends of what is wanted: the year's target, or the band that is best where the target is one value in it.
  mutating func wanted(_ row: Int, _ year: Int) -> (low: Number, high: Number) {
    var target = Target.none
    if year >= 0, year < plan.yearCount {
      target = overlay.figure(.target(row, year: year)).map { Target($0) } ?? plan.indicators[row].target(year)
    }
    guard plan.indicators[row].direction == .within, target.low == target.high, !plan.indicators[row].band.low.isAbsent else {
      return (target.low, target.high)
    }
    return (plan.indicators[row].band.low, plan.indicators[row].band.high)
  }

  /// A figure at the digits that count for its indicator.
  @inline(__always) static func rounded(_ value: Number, _ indicator: Indicator) -> Number {
    rounded(value, isGrade: indicator.scale != nil, indicator.unit, digits: indicator.digits)
  }

  @inline(__always) private static func rounded(_ value: Number, isGrade: Bool, _ unit: UnitID, digits: Int) -> Number {
    guard !value.isAbsent, !isGrade else { return value }
    let power = power(unit, digits: digits)
    return Arithmetic.rounded(value * power) / power
  }

  /// By what a figure of an indicator is multiplied before it is rounded; nil for a grade.
  static func power(_ indicator: Indicator) -> Number? {
    indicator.scale == nil ? power(indicator.unit, digits: indicator.digits) : nil
  }

  @inline(__always) private static func power(_ unit: UnitID, digits: Int) -> Number {
    Number(Number.powers[min(digits + (unit.raw == 1 ? 2 : 0), 18)])
  }

  /// The achievement of a year as a share (0,94 is 94%): the actual, or without one the projection, against the target.
  /// T = 0: reached with R = 0, else undefined; F2 with R = 0 and F3 are kept between 0 and the cap (200%).
  mutating func achievement(_ row: Int, _ year: Int) -> Number {
    guard plan.indicators[row].scale == nil else { return .undefined }
    var result = figure(.actual, row, year)
    if result.isAbsent { result = figure(.projection, row, year) }
    let (low, high) = wanted(row, year)
    guard let toLow = Number.order(result, low), let toHigh = Number.order(result, high) else { return .undeclared }
    // A range: inside is 100%; above it its upper end counts, below it its lower (PermenPANRB 8/2021 Bab VI).
    if low != high, toLow >= 0, toHigh <= 0 { return Number(1) }
    let target = toHigh > 0 ? high : low
    // F5 (domain 2.3): beside a band, the distance from its nearer edge.
    let direction = plan.indicators[row].direction
    let natural: AchievementFormula = direction == .up || direction == .within && toLow < 0 ? .positive : .negativeLAN
    return Self.achievement(
      plan.indicators[row].achievement ?? natural, baseline: figure(.baseline, row, year), target: target, result: result,
      cap: plan.indicators[row].cap)
  }

  /// One achievement by a formula: B baseline, T target, R result.
  static func achievement(_ formula: AchievementFormula, baseline: Number, target: Number, result: Number, cap: Number?) -> Number {
    let isZeroTarget = Number.order(target, .zero) == 0
    let isZeroResult = Number.order(result, .zero) == 0
    let limit = cap ?? Number(2)
    var value: Number
    switch formula {
    case .positive: value = isZeroTarget ? (isZeroResult ? Number(1) : .undefined) : result / target
    case .negative: value = isZeroResult ? (isZeroTarget ? Number(1) : limit) : target / result
    case .negativeLAN:
      value = isZeroTarget ? (isZeroResult ? Number(1) : .undefined) : (Number(2) * target - result) / target
      if Number.order(value, .zero) == -1 { value = .zero }
      if Number.order(value, limit) == 1 { value = limit }
    case .progress: value = (result - baseline) / (target - baseline)
    }
    if let cap, Number.order(value, cap) == 1 { value = cap }
    return value
  }

  /// The class of an achievement by its lower bounds 91, 76, 66, 51 (Permendagri 86/2017), of the rounded value when
  /// so declared.
  mutating func achievementClass(_ row: Int, _ year: Int) -> Bilingual? {
    var percent = achievement(row, year) * Number(100)
    if percent.isAbsent { return nil }
    if plan.indicators[row].roundsClass { percent = Arithmetic.rounded(percent) }
    return Self.achievementClass(percent)
  }

  /// The class of an achievement in percent.
  static func achievementClass(_ percent: Number) -> Bilingual {
    let classes: [(Int64, Bilingual)] = [
      (91, Bilingual("Sangat Tinggi", "Very high")), (76, Bilingual("Tinggi", "High")), (66, Bilingual("Sedang", "Medium")),
      (51, Bilingual("Rendah", "Low")),
    ]
    for (bound, name) in classes where (Number.order(percent, Number(bound)) ?? -1) >= 0 { return name }
    return Bilingual("Sangat Rendah", "Very low")
  }
}
