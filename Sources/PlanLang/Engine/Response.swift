/// Where the figures of responses come from: assumptions as a scenario has them.
protocol ResponseFigures {
  /// What they are computed with.
  associatedtype Figure: Quantity
  /// The value of a formula: as the plan states it when `isPlain`, else as the scenario has it.
  func figure(_ formula: FormulaID, isPlain: Bool) -> Figure
  /// What a formula of money gives in a year for so many sen.
  func effect(_ formula: FormulaID, of money: Figure, year: Int, isPlain: Bool) -> Figure
  /// The money of a response's entity in a year where it may still move; nil where it is what the scenario has.
  func money(_ response: Response, _ year: Int) -> Figure?
}

extension ResponseFigures {
  func money(_ response: Response, _ year: Int) -> Figure? { nil }
}

/// Assumptions as one scenario has them.
struct ScenarioFigures: ResponseFigures {
  let plan: Plan
  let overlay: Overlay

  func figure(_ id: FormulaID, isPlain: Bool) -> Double {
    if !isPlain, !overlay.figures.isEmpty, let changed = overlay.figure(.assumption(id)) { return changed.real }
    if let known = plan.formulas[id.index].fixed { return known.real }
    var parameters = Overlay()
    if !isPlain { parameters.figures = overlay.figures }
    var evaluator = Evaluator(plan: plan, overlay: parameters)
    guard let number = try? evaluator.number(of: id, year: 0), !number.isAbsent else { return 0 }
    return number.real
  }

  func effect(_ id: FormulaID, of money: Double, year: Int, isPlain: Bool) -> Double {
    var parameters = Overlay()
    if !isPlain { parameters.figures = overlay.figures }
    var evaluator = Evaluator(plan: plan, overlay: parameters)
    guard let number = try? evaluator.number(of: id, year: year, input: Number(real: money)), !number.isAbsent else { return 0 }
    return number.real
  }
}

/// Indicators respond to money: what a scenario's spending makes of a projection.
///
/// Calibrated (the default): the plan's own money gives the plan's own projection, and the shapes say what a departure
/// does. With W the projection without programmes, P the declared one and J the joined effect of what drives the
/// indicator, the projection is W + (P - W) * J(scenario) / J(plan). Absolute (mutlak): W plus or minus J itself.
struct ResponseReading<Figures: ResponseFigures> {
  typealias Q = Figures.Figure
  let plan: Plan
  let overlay: Overlay
  let figures: Figures

  /// The projection of an indicator's row in a year (an index) where money or assumptions move it; nil where it is what
  /// the plan declares.
  func moved(_ row: Int, _ year: Int) -> Q? {
    var known: [Int: Q?] = [:]
    guard let moved = movement(row, year, &known), !Q.isSame(moved, Q(0)) else { return nil }
    let declared = plan.indicators[row].projected(year)
    return declared.isAbsent ? nil : bounded(Q(declared.real) + moved, row)
  }

  /// By how much the projection departs from the declared one; nil where nothing drives it.
  private func movement(_ row: Int, _ year: Int, _ known: inout [Int: Q?]) -> Q? {
    guard year >= 0, year < plan.yearCount, plan.indicators.indices.contains(row) else { return nil }
    let key = row * plan.yearCount + year
    if let before = known[key] { return before }
    var moved: Q?
    if plan.drivers.indices.contains(row), !plan.drivers[row].isEmpty {
      if plan.indicators[row].kind == .runningTotal {
        // What was added in a year stays: the departures of all years so far.
        moved = (0...year).reduce(Q(0)) { $0 + (own(row, $1, isFlow: true) ?? Q(0)) }
      } else {
        moved = own(row, year, isFlow: false)
      }
    }
    if year > 0, plan.inflows.indices.contains(row) {
      for at in plan.inflows[row] {
        let spillover = plan.spillovers[Int(at)]
        let from = Int(plan.indicatorRow[spillover.from.index])
        guard from >= 0, let before = movement(from, year - 1, &known), !Q.isSame(before, Q(0)) else { continue }
        moved = (moved ?? Q(0)) + before * figures.figure(spillover.share, isPlain: false)
      }
    }
    known[key] = .some(moved)
    return moved
  }

  private func bounded(_ value: Q, _ row: Int) -> Q {
    let indicator = plan.indicators[row]
    var value = value
    if let scale = indicator.scale {
      // A grade is had when it is reached whole.
      return (value + Q(1e-9)).roundedDown.clamped(0, Double(max(0, plan.scales[scale.index].grades.count - 1)))
    }
    let isPercent = plan.units.indices.contains(indicator.unit.index) && plan.units[indicator.unit.index].isPercent
    if isPercent { value = value.clamped(0, 1) }
    if !indicator.bounds.low.isAbsent { value = Q.greatest(value, Q(indicator.bounds.low.real)) }
    if !indicator.bounds.high.isAbsent { value = Q.least(value, Q(indicator.bounds.high.real)) }
    return value
  }

  /// The departure that an indicator's own drivers make in a year; of a running total, in that year alone.
  private func own(_ row: Int, _ year: Int, isFlow: Bool) -> Q? {
    let indicator = plan.indicators[row]
    let drivers = plan.drivers[row].map { plan.responses[Int($0)] }
    var (declared, without) = (indicator.projected(year), indicator.projectedWithout(year))
    if declared.isAbsent || without.isAbsent { return nil }
    if isFlow {
      let before = year > 0 ? indicator.projected(year - 1) : indicator.baseline
      let bare = year > 0 ? indicator.projectedWithout(year - 1) : indicator.baseline
      if before.isAbsent || bare.isAbsent { return nil }
      declared = declared - before
      without = without - bare
    }
    let promised = declared.real - without.real
    let now = joined(drivers, year, isPlain: false, indicator)
    let sign = Q(indicator.direction == .down ? -1 : 1)
    if drivers.contains(where: \.isAbsolute) { return Q(without.real - declared.real) + sign * now.units }
    let before = joined(drivers, year, isPlain: true, indicator)
    if Q.isSame(before.share, now.share) { return Q(0) }
    return before.share.ifPositive({ Q(promised) * (now.share / before.share - Q(1)) }) {
      // Nothing was spent: only a shape that counts in the indicator's own unit says what the first rupiah does.
      drivers.allSatisfy { hasUnits($0) } ? sign * now.units : Q(0)
    }
  }

  /// Whether a response is in the indicator's own unit: counted, tabled, or with its effect stated.
  func hasUnits(_ response: Response) -> Bool {
    response.shape == .perUnit || response.shape == .tabular || response.shape == .own || response.assumptions.contains { $0.role == .effect }
  }

  // MARK: Joining

  /// The joined effect of drivers: in units of the indicator, and as a figure that is compared with the plan's own.
  func joined(_ drivers: [Response], _ year: Int, isPlain: Bool, _ indicator: Indicator) -> (units: Q, share: Q) {
    let shaped = drivers.filter { $0.shape != nil }
    let synergy = indicator.synergy.real
    if shaped.allSatisfy({ $0.shape == .saturating }) {
      let groups = coverages(shaped, year, isPlain)
      var covered: Q
      switch indicator.joining {
      case .random: covered = Q(1) - groups.reduce(Q(1)) { $0 * (Q(1) - $1.coverage) }
      case .additive: covered = Q.least(Q(1), groups.reduce(Q(0)) { $0 + $1.coverage })
      case .best: covered = groups.map(\.coverage).reduce(Q(0), Q.greatest)
      }
      if synergy != 0, groups.count > 1 {
        // Those whom all reach count more: by chance their product, else the smallest coverage.
        let both = indicator.joining == .random ? groups.reduce(Q(1)) { $0 * $1.coverage } : groups.dropFirst().map(\.coverage).reduce(groups[0].coverage, Q.least)
        covered = (covered + Q(synergy) * both).clamped(0, 1)
      }
      let effect = groups.isEmpty ? Q(1) : groups.dropFirst().map(\.effect).reduce(groups[0].effect, Q.greatest)
      return (covered * effect, covered)
    }
    let isOneUnit = shaped.allSatisfy { hasUnits($0) } || shaped.count == 1
    var total = Q(0)
    var least: Q?
    let money = isOneUnit ? 1 : shaped.reduce(0) { $0 + spent($1, year - $1.lag, isPlain: true) }
    for response in shaped {
      var one = felt(response, year, isPlain)
      if !isOneUnit {
        // Shapes in different units weigh by the plan's own money.
        let plain = felt(response, year, true)
        let weight = money > 0 ? spent(response, year - response.lag, isPlain: true) / money : 0
        one = plain.ifPositive { one / plain * Q(weight) }
      }
      total = indicator.joining == .best ? Q.greatest(total, one) : total + one
      least = least.map { Q.least($0, one) } ?? one
    }
    if synergy != 0, shaped.count > 1, let least { total = total + Q(synergy) * least }
    return (total, total)
  }

  /// What a response's money does in a year, after its lag, spread and decay.
  private func felt(_ response: Response, _ year: Int, _ isPlain: Bool) -> Q {
    overTime(response, year, isPlain) { raw(response, $0, $1, isPlain) }
  }

  /// A figure of the money of past years as it is felt in a year: spread evenly, and what decays adds up.
  private func overTime(_ response: Response, _ year: Int, _ isPlain: Bool, _ effect: (Q, Int) -> Q) -> Q {
    let spread = max(1, response.spread)
    let late = isPlain || overlay.figures.isEmpty ? 0 : Int(overlay.figure(.delay(response.entity, response.indicator))?.a ?? 0)
    func flow(_ at: Int) -> Q {
      var total = Q(0)
      for k in 0..<spread {
        let paid = at - response.lag - late - k
        if paid >= 0 { total = total + effect(money(response, paid, isPlain), paid) }
      }
      return total / Q(Double(spread))
    }
    guard let decay = value(.decay, response, isPlain) else { return flow(year) }
    let stays = Q(1) - decay.clamped(0, 1)
    var (total, left) = (Q(0), Q(1))
    for at in stride(from: year, through: 0, by: -1) {
      total = total + left * flow(at)
      left = left * stays
    }
    return total
  }

  /// The coverage of each group of beneficiaries: those who say the same number share one ceiling, whoever pays.
  private func coverages(_ drivers: [Response], _ year: Int, _ isPlain: Bool) -> [(coverage: Q, effect: Q)] {
    var groups: [(people: Q, ceiling: Q, reached: Q, effect: Q)] = []
    for response in drivers {
      guard let people = value(.beneficiaries, response, isPlain), let cost = value(.unitCost, response, isPlain) else { continue }
      let ceiling = (value(.ceiling, response, isPlain) ?? Q(1)).clamped(1e-9, 1)
      let reached = overTime(response, year, isPlain) { money, _ in cost.ifPositive { money / cost } }
      let effect = value(.effect, response, isPlain) ?? Q(1)
      if let at = groups.firstIndex(where: { Q.isSame($0.people, people) }) {
        groups[at].reached = groups[at].reached + reached
        groups[at].ceiling = Q.greatest(groups[at].ceiling, ceiling)
        groups[at].effect = Q.greatest(groups[at].effect, effect)
      } else {
        groups.append((people, ceiling, reached, effect))
      }
    }
    return groups.map { group in
      (group.people.ifPositive { group.ceiling * (group.reached / (group.people * group.ceiling)).tangent }, group.effect)
    }
  }

  // MARK: Shapes

  /// The effect of one year's money by the response's shape.
  private func raw(_ response: Response, _ money: Q, _ year: Int, _ isPlain: Bool) -> Q {
    let effect = value(.effect, response, isPlain) ?? Q(1)
    switch response.shape {
    case .perUnit:
      guard let cost = value(.unitCost, response, isPlain) else { return Q(0) }
      let paid = Q.greatest(Q(0), money - (value(.fixedCost, response, isPlain) ?? Q(0)))
      var count = cost.ifPositive { paid / cost }
      if let lump = value(.lump, response, isPlain) {
        let whole = count
        count = lump.ifPositive({ (whole / lump + Q(1e-9)).roundedDown * lump }) { whole }
      }
      if let people = value(.beneficiaries, response, isPlain) {
        count = Q.least(count, people * (value(.ceiling, response, isPlain) ?? Q(1)))
      }
      return count * effect
    case .saturating:
      guard let people = value(.beneficiaries, response, isPlain), let cost = value(.unitCost, response, isPlain) else { return Q(0) }
      let ceiling = (value(.ceiling, response, isPlain) ?? Q(1)).clamped(1e-9, 1)
      return (cost * people).ifPositive { ceiling * (money / (cost * people * ceiling)).tangent * effect }
    case .elastic:
      guard let elasticity = value(.elasticity, response, isPlain) else { return Q(0) }
      let before = spent(response, year, isPlain: true)
      return before > 0 ? money.ifPositive { (value(.base, response, isPlain) ?? Q(1)) * (money / Q(before)).raised(to: elasticity) } : Q(0)
    case .tabular: return tabled(response, money, isPlain)
    case .own: return response.formula.map { figures.effect($0, of: money, year: year, isPlain: isPlain) * effect } ?? Q(0)
    case nil: return Q(0)
    }
  }

  /// Piecewise linear between the points, flat beyond the first and last; the points go from little money to much.
  private func tabled(_ response: Response, _ money: Q, _ isPlain: Bool) -> Q {
    let points = response.assumptions.filter { $0.role == .point }.compactMap { point -> (x: Q, y: Q)? in
      guard let at = point.at, let value = point.value else { return nil }
      return (figures.figure(at, isPlain: isPlain), figures.figure(value, isPlain: isPlain))
    }
    guard var low = points.first else { return Q(0) }
    var result = low.y
    for high in points.dropFirst() {
      let (start, before) = (low, result)
      result = Q.choose(
        money, over: start.x,
        {
          (high.x - start.x).ifPositive(
            { start.y + Q.least(Q(1), (money - start.x) / (high.x - start.x)) * (high.y - start.y) }, { high.y })
        }, { before })
      low = high
    }
    return result
  }

  // MARK: What is read

  /// The money that drives in a year: what may still move stays open.
  private func money(_ response: Response, _ year: Int, _ isPlain: Bool) -> Q {
    if !isPlain, year >= 0, year < plan.yearCount, let open = figures.money(response, year) { return open }
    return Q(spent(response, year, isPlain: isPlain))
  }

  /// The money of a response's entity in a year, in sen; nothing where none is stated.
  func spent(_ response: Response, _ year: Int, isPlain: Bool) -> Double {
    guard year >= 0, year < plan.yearCount else { return 0 }
    let sum = Reading(plan: plan, overlay: isPlain ? Overlay() : overlay).sum(plan.slice(of: response), local: nil, year: year)
    return sum.isAbsent ? 0 : max(0, sum.real)
  }

  /// A figure of a response: the middle of a range, else its value as the scenario's parameters make it.
  private func value(_ role: Assumption.Role, _ response: Response, _ isPlain: Bool) -> Q? {
    guard let assumption = response.assumptions.first(where: { $0.role == role }), let formula = assumption.value else { return nil }
    return figures.figure(formula, isPlain: isPlain)
  }
}

extension ResponseReading where Figures == ScenarioFigures {
  /// Responses as one scenario has them.
  init(plan: Plan, overlay: Overlay) {
    self.init(plan: plan, overlay: overlay, figures: ScenarioFigures(plan: plan, overlay: overlay))
  }

  /// The projection of an indicator's row in a year (an index) as the scenario's money makes it; nil where it is what
  /// the plan declares.
  func projection(_ row: Int, _ year: Int) -> Number? {
    // The plan's own money makes the plan's own projection, unless a shape stands as it is.
    if overlay.cells.isEmpty, overlay.figures.isEmpty, !isAbsolute(row) { return nil }
    let isGrade = plan.indicators.indices.contains(row) && plan.indicators[row].scale != nil
    return moved(row, year).map { isGrade ? Number(Int64($0)) : Number(real: $0) }
  }

  private func isAbsolute(_ row: Int) -> Bool {
    plan.springs(of: row).contains { plan.drivers[$0].contains { plan.responses[Int($0)].isAbsolute } }
  }
}

extension Plan {
  /// The slice that drives: all money of the entity in the working document.
  func slice(of response: Response) -> SliceTemplate {
    var slice = SliceTemplate(document: workingDocument)
    slice.anchors = .entities([response.entity])
    return slice
  }

  /// The rows of indicators whose projection hangs on a row's money, the row itself among them, by spillovers back.
  func springs(of row: Int) -> [Int] {
    var found = [row]
    var at = 0
    while at < found.count {
      for spill in inflows.indices.contains(found[at]) ? inflows[found[at]] : [] {
        let from = Int(indicatorRow[spillovers[Int(spill)].from.index])
        if from >= 0, !found.contains(from) { found.append(from) }
      }
      at += 1
    }
    return found
  }
}

/// Where the plan promises something else than its money buys by a shape in the indicator's own unit.
public struct Promise: Sendable {
  /// The indicator's row.
  public var row: Int
  /// The calendar year.
  public var year: Int
  /// The improvement that the projection promises over the projection without programmes.
  public var promised: Number
  /// The improvement that the money buys.
  public var bought: Number

  /// All of a plan's, for years in which the drivers' money is stated: differences that the indicator's digits show.
  public static func all(of plan: Plan) -> [Promise] {
    let reader = ResponseReading(plan: plan, overlay: Overlay())
    var found: [Promise] = []
    for row in plan.drivers.indices where !plan.drivers[row].isEmpty {
      let indicator = plan.indicators[row]
      let drivers = plan.drivers[row].map { plan.responses[Int($0)] }
      guard indicator.scale == nil, drivers.allSatisfy({ reader.hasUnits($0) }) else { continue }
      for year in 0..<plan.yearCount where drivers.contains(where: { reader.spent($0, year - $0.lag, isPlain: true) > 0 }) {
        let (declared, without) = (indicator.projected(year), indicator.projectedWithout(year))
        if declared.isAbsent || without.isAbsent { continue }
        let promised = indicator.direction == .down ? without - declared : declared - without
        let bought = Number(real: reader.joined(drivers, year, isPlain: true, indicator).units)
        let (x, y) = (Reading.rounded(promised, indicator), Reading.rounded(bought, indicator))
        if Number.order(x, y) != 0 { found.append(Promise(row: row, year: plan.firstYear + year, promised: x, bought: y)) }
      }
    }
    return found
  }
}
