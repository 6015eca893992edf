import CKernels

/// What a recorder reads: parameters, figures of indicators, assumptions of responses.
extension Recorder {
  /// A parameter that may hang on a draw; nil when it does not.
  func parameter(_ row: Int, _ machine: Evaluator.Machine) throws -> Number? {
    let overlay = overlays[machine.scenario < 0 ? overlays.count - 1 : machine.scenario]
    if overlay.figure(.parameter(ParameterID(row))) != nil { return nil }
    if let variable = variables[.parameter(ParameterID(row))] { return .drawn(variable) }
    let id = plan.parameters[row].formula
    guard hangs(formula: id) else { return nil }
    let key = Evaluator.ParameterKey(row: row, year: plan.formulas[id.index].isSeries ? machine.year : -1, scenario: machine.scenario)
    if let value = parameters[key] { return value }
    var inner = Evaluator.Machine(formula: id.index, year: machine.year, scenario: machine.scenario)
    let value = try run(id, [], &inner).low
    parameters[key] = value
    return value
  }

  /// What a project is worth or costs in the year; nil when that hangs on no draw.
  func project(_ number: Number, isCost: Bool, _ machine: Evaluator.Machine) throws -> Number? {
    guard let entity = Evaluator.entity(number), let formulas = plan.formulas(ofProject: entity, isCost: isCost, year: machine.year),
      formulas.contains(where: { hangs(formula: $0) })
    else { return nil }
    var sum: Number?
    for id in formulas {
      var inner = Evaluator.Machine(formula: id.index, year: machine.year, scenario: machine.scenario)
      let value = try run(id, [], &inner).low
      sum = sum.map { tape.record(PLAN_ADD, $0, value) } ?? value
    }
    return sum
  }

  /// A figure of an indicator that hangs on a draw; nil when it does not.
  func figure(_ figure: IndicatorFigure, _ row: Int, _ machine: Evaluator.Machine, _ formula: Formula) throws -> Number? {
    guard hangs(indicator: row), machine.year >= 0, machine.year < plan.yearCount else { return nil }
    switch figure {
    case .projection: return projection(row, machine.year, machine.scenario)
    case .isReached: return isReached(row, machine.year, machine.scenario)
    case .achievement:
      // What was realised counts before what is projected.
      if !plan.indicators[row].actual(machine.year).isAbsent { return nil }
      return achievement(row, machine.year, machine.scenario)
    case .achievementClass: throw NotRecorded(site: formula.site)
    default: return nil
    }
  }

  /// The projection of an indicator in a scenario (-1 for the one that runs).
  func projection(_ row: Int, _ year: Int, _ scenario: Int = -1) -> Number {
    let key = Evaluator.ParameterKey(row: row, year: year, scenario: scenario)
    if let known = projections[key] { return known }
    let overlay = overlays[scenario < 0 ? overlays.count - 1 : scenario]
    let made: Number
    if let stated = overlay.figure(.projection(row, year: year)) {
      made = stated
    } else {
      let source = TracedFigures(recorder: self, overlay: overlay, scenario: scenario)
      made = ResponseReading(plan: plan, overlay: overlay, figures: source).moved(row, year)?.number ?? plan.indicators[row].projected(year)
    }
    projections[key] = made
    return made
  }

  /// Whether the projection reaches the target; the same question as `Reading.isReached`.
  func isReached(_ row: Int, _ year: Int, _ scenario: Int = -1) -> Number {
    let indicator = plan.indicators[row]
    var reader = Reading(plan: plan, overlay: overlays[scenario < 0 ? overlays.count - 1 : scenario])
    let value = projection(row, year, scenario)
    guard value.isDrawn else { return reader.isReached(row, year) }
    let told = rounded(value, Number(Int64(indicator.entity.raw)))
    let (low, high) = reader.wanted(row, year)
    if low.isAbsent || high.isAbsent { return .undeclared }
    switch indicator.direction {
    case .up: return tape.record(PLAN_LESS_EQUAL, low, told)
    case .down: return tape.record(PLAN_LESS_EQUAL, told, high)
    case .within: return tape.record(PLAN_AND, tape.record(PLAN_LESS_EQUAL, low, told), tape.record(PLAN_LESS_EQUAL, told, high))
    }
  }

  /// The achievement by the formulas of `Reading.achievement`.
  private func achievement(_ row: Int, _ year: Int, _ scenario: Int) -> Number? {
    let indicator = plan.indicators[row]
    var reader = Reading(plan: plan, overlay: overlays[scenario < 0 ? overlays.count - 1 : scenario])
    let result = projection(row, year, scenario)
    guard result.isDrawn, indicator.scale == nil else { return nil }
    let (low, high) = reader.wanted(row, year)
    if low.isAbsent || high.isAbsent { return .undeclared }
    let baseline = reader.figure(.baseline, row, year)
    func by(_ formula: AchievementFormula, _ target: Number) -> Number {
      let isZero = Number.order(target, .zero) == 0
      let limit = indicator.cap ?? Number(2)
      var value: Number
      switch formula {
      case .positive:
        if isZero { return tape.record(PLAN_SELECT, tape.record(PLAN_EQUAL, result, .zero), Number(1), .undefined) }
        value = tape.record(PLAN_DIVIDE, result, target)
      case .negative:
        value = tape.record(PLAN_SELECT, tape.record(PLAN_EQUAL, result, .zero), isZero ? Number(1) : limit, tape.record(PLAN_DIVIDE, target, result))
      case .negativeLAN:
        if isZero { return tape.record(PLAN_SELECT, tape.record(PLAN_EQUAL, result, .zero), Number(1), .undefined) }
        value = tape.record(PLAN_DIVIDE, tape.record(PLAN_SUBTRACT, Number(2) * target, result), target)
        value = tape.record(PLAN_LEAST, tape.record(PLAN_GREATEST, value, .zero), limit)
      case .progress: value = tape.record(PLAN_DIVIDE, tape.record(PLAN_SUBTRACT, result, baseline), target - baseline)
      }
      return indicator.cap.map { tape.record(PLAN_LEAST, value, $0) } ?? value
    }
    let rising = indicator.direction == .up
    func natural(isBelow: Bool) -> AchievementFormula {
      indicator.achievement ?? (rising || indicator.direction == .within && isBelow ? .positive : .negativeLAN)
    }
    let below = by(natural(isBelow: true), low)
    if low == high {
      if natural(isBelow: true) == natural(isBelow: false) { return below }
      return tape.record(PLAN_SELECT, tape.record(PLAN_LESS, result, low), below, by(natural(isBelow: false), high))
    }
    let above = by(natural(isBelow: false), high)
    let inside = tape.record(PLAN_SELECT, tape.record(PLAN_LESS, high, result), above, Number(1))
    return tape.record(PLAN_SELECT, tape.record(PLAN_LESS, result, low), below, inside)
  }

  /// A drawn figure at the digits that count for an indicator.
  func rounded(_ value: Number, _ number: Number) -> Number {
    guard value.isDrawn, let entity = Evaluator.entity(number), plan.indicatorRow.indices.contains(entity.index), plan.indicatorRow[entity.index] >= 0
    else { return value }
    let indicator = plan.indicators[Int(plan.indicatorRow[entity.index])]
    guard indicator.scale == nil else { return value }
    let power = Number(Number.powers[min(indicator.digits + (indicator.unit.raw == 1 ? 2 : 0), 18)])
    return tape.record(PLAN_DIVIDE, tape.record(PLAN_ROUND, tape.record(PLAN_MULTIPLY, value, power)), power)
  }

  /// The figure of an assumption as a scenario has it: drawn where it is uncertain.
  fileprivate func assumption(_ id: FormulaID, isPlain: Bool, _ overlay: Overlay, _ scenario: Int) -> Number {
    if isPlain || !isUncertain(id) || overlay.figure(.assumption(id)) != nil {
      return Number(real: ScenarioFigures(plan: plan, overlay: overlay).figure(id, isPlain: isPlain))
    }
    if let variable = variables[.assumption(id)] { return .drawn(variable) }
    var machine = Evaluator.Machine(formula: id.index, year: 0, scenario: scenario)
    let value = (try? run(id, [], &machine).low) ?? .undefined
    return value.isAbsent && !value.isDrawn ? .zero : value
  }
}

extension Recorder {
  /// What a formula of money gives, drawn where it or the money hangs on a draw.
  fileprivate func effect(_ id: FormulaID, of money: Number, year: Int, isPlain: Bool, _ overlay: Overlay, _ scenario: Int) -> Number {
    if !money.isDrawn, isPlain || !hangs(formula: id) {
      return Number(real: ScenarioFigures(plan: plan, overlay: overlay).effect(id, of: money.real, year: year, isPlain: isPlain))
    }
    var machine = Evaluator.Machine(formula: id.index, year: year, scenario: scenario)
    let value = (try? run(id, [], &machine, input: money).low) ?? .undefined
    return value.isAbsent && !value.isDrawn ? .zero : value
  }
}

/// Assumptions of which some are drawn.
private struct TracedFigures: ResponseFigures {
  let recorder: Recorder
  let overlay: Overlay
  let scenario: Int
  func money(_ response: Int, _ year: Int) -> Traced? {
    guard scenario < 0 else { return nil }
    return recorder.money?.sum(recorder.plan.slice(of: recorder.plan.responses[response]), local: nil, year: year).map { Traced($0, on: recorder.tape) }
  }
  func figure(_ formula: FormulaID, isPlain: Bool) -> Traced {
    Traced(recorder.assumption(formula, isPlain: isPlain, overlay, scenario), on: recorder.tape)
  }
  func effect(_ formula: FormulaID, of money: Traced, year: Int, isPlain: Bool) -> Traced {
    Traced(recorder.effect(formula, of: money.number, year: year, isPlain: isPlain, overlay, scenario), on: recorder.tape)
  }
}
