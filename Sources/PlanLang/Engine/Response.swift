#if canImport(Glibc)
  import Glibc
#endif

/// Indicators respond to money: what a scenario's spending makes of a projection.
///
/// Calibrated (the default): the plan's own money gives the plan's own projection, and the shapes say what a departure
/// does. With W the projection without programmes, P the declared one and J the joined effect of what drives the
/// indicator, the projection is W + (P - W) * J(scenario) / J(plan). Absolute (mutlak): W plus or minus J itself.
struct ResponseReading {
  let plan: Plan
  let overlay: Overlay

  /// The projection of an indicator's row in a year (an index) as the scenario's money makes it; nil where it is what
  /// the plan declares.
  func projection(_ row: Int, _ year: Int) -> Number? {
    // The plan's own money makes the plan's own projection, unless a shape stands as it is.
    if overlay.cells.isEmpty, overlay.figures.isEmpty, !isAbsolute(row) { return nil }
    var known: [Int: Double] = [:]
    guard let moved = movement(row, year, &known), moved != 0 else { return nil }
    let declared = plan.indicators[row].projected(year)
    if declared.isAbsent { return nil }
    return Number(real: bounded(declared.real + moved, row))
  }

  private func isAbsolute(_ row: Int) -> Bool {
    sources(of: row).contains { plan.drivers[$0].contains { plan.responses[Int($0)].isAbsolute } }
  }

  /// By how much the projection departs from the declared one; nil where nothing drives it.
  private func movement(_ row: Int, _ year: Int, _ known: inout [Int: Double]) -> Double? {
    guard year >= 0, year < plan.yearCount, plan.indicators.indices.contains(row), plan.indicators[row].scale == nil else { return nil }
    let key = row * plan.yearCount + year
    if let before = known[key] { return before }
    var moved: Double?
    if plan.drivers.indices.contains(row), !plan.drivers[row].isEmpty {
      if plan.indicators[row].kind == .runningTotal {
        // What was added in a year stays: the departures of all years so far.
        moved = (0...year).reduce(0) { $0 + (own(row, $1, isFlow: true) ?? 0) }
      } else {
        moved = own(row, year, isFlow: false)
      }
    }
    if year > 0, plan.inflows.indices.contains(row) {
      for at in plan.inflows[row] {
        let spillover = plan.spillovers[Int(at)]
        let from = Int(plan.indicatorRow[spillover.from.index])
        guard from >= 0, let before = movement(from, year - 1, &known), before != 0 else { continue }
        moved = (moved ?? 0) + before * figure(spillover.share, overlay)
      }
    }
    known[key] = moved
    return moved
  }

  private func bounded(_ value: Double, _ row: Int) -> Double {
    let indicator = plan.indicators[row]
    var value = value
    let isPercent = plan.units.indices.contains(indicator.unit.index) && plan.units[indicator.unit.index].isPercent
    if isPercent { value = min(max(value, 0), 1) }
    if !indicator.bounds.low.isAbsent { value = max(value, indicator.bounds.low.real) }
    if !indicator.bounds.high.isAbsent { value = min(value, indicator.bounds.high.real) }
    return value
  }

  /// The departure that an indicator's own drivers make in a year; of a running total, in that year alone.
  private func own(_ row: Int, _ year: Int, isFlow: Bool) -> Double? {
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
    let now = joined(drivers, year, overlay, indicator)
    let sign: Double = indicator.direction == .down ? -1 : 1
    if drivers.contains(where: \.isAbsolute) { return without.real + sign * now.units - declared.real }
    let before = joined(drivers, year, Overlay(), indicator)
    if before.share == now.share { return 0 }
    if before.share > 0 { return promised * (now.share / before.share - 1) }
    // Nothing was spent: only a shape that counts in the indicator's own unit says what the first rupiah does.
    return drivers.allSatisfy { hasUnits($0) } ? sign * now.units : 0
  }

  /// Whether a response is in the indicator's own unit: counted, tabled, or with its effect stated.
  func hasUnits(_ response: Response) -> Bool {
    response.shape == .perUnit || response.shape == .tabular || response.assumptions.contains { $0.role == .effect }
  }

  // MARK: Joining

  /// The joined effect of drivers: in units of the indicator, and as a figure that is compared with the plan's own.
  func joined(_ drivers: [Response], _ year: Int, _ overlay: Overlay, _ indicator: Indicator) -> (units: Double, share: Double) {
    let shaped = drivers.filter { $0.shape != nil }
    if shaped.allSatisfy({ $0.shape == .saturating }) {
      let groups = coverages(shaped, year, overlay)
      let covered: Double
      switch indicator.joining {
      case .random: covered = 1 - groups.reduce(1.0) { $0 * (1 - $1.coverage) }
      case .additive: covered = min(1, groups.reduce(0.0) { $0 + $1.coverage })
      case .best: covered = groups.map(\.coverage).max() ?? 0
      }
      let effect = groups.map(\.effect).max() ?? 1
      return (covered * effect, covered)
    }
    let isOneUnit = shaped.allSatisfy { hasUnits($0) } || shaped.count == 1
    var total = 0.0
    let money = isOneUnit ? 1 : shaped.reduce(0.0) { $0 + spent($1, year - $1.lag, Overlay()) }
    for response in shaped {
      var one = felt(response, year, overlay)
      if !isOneUnit {
        // Shapes in different units weigh by the plan's own money.
        let plain = felt(response, year, Overlay())
        let weight = money > 0 ? spent(response, year - response.lag, Overlay()) / money : 0
        one = plain > 0 ? one / plain * weight : 0
      }
      total = indicator.joining == .best ? max(total, one) : total + one
    }
    return (total, total)
  }

  /// What a response's money does in a year, after its lag, spread and decay.
  private func felt(_ response: Response, _ year: Int, _ overlay: Overlay) -> Double {
    overTime(response, year, overlay) { raw(response, $0, $1, overlay) }
  }

  /// A figure of the money of past years as it is felt in a year: spread evenly, and what decays adds up.
  private func overTime(_ response: Response, _ year: Int, _ overlay: Overlay, _ effect: (Double, Int) -> Double) -> Double {
    let spread = max(1, response.spread)
    func flow(_ at: Int) -> Double {
      var total = 0.0
      for k in 0..<spread {
        let paid = at - response.lag - k
        if paid >= 0 { total += effect(spent(response, paid, overlay), paid) }
      }
      return total / Double(spread)
    }
    guard let decay = value(.decay, response, overlay) else { return flow(year) }
    var (total, left) = (0.0, 1.0)
    for at in stride(from: year, through: 0, by: -1) {
      total += left * flow(at)
      left *= 1 - min(max(decay, 0), 1)
    }
    return total
  }

  /// The coverage of each group of beneficiaries: those who say the same number share one ceiling, whoever pays.
  private func coverages(_ drivers: [Response], _ year: Int, _ overlay: Overlay) -> [(coverage: Double, effect: Double)] {
    var groups: [(people: Double, ceiling: Double, reached: Double, effect: Double)] = []
    for response in drivers {
      guard let people = value(.beneficiaries, response, overlay), let cost = value(.unitCost, response, overlay), people > 0, cost > 0
      else { continue }
      let ceiling = min(max(value(.ceiling, response, overlay) ?? 1, 1e-9), 1)
      let reached = overTime(response, year, overlay) { money, _ in money / cost }
      let effect = value(.effect, response, overlay) ?? 1
      if let at = groups.firstIndex(where: { $0.people == people }) {
        groups[at].reached += reached
        groups[at].ceiling = max(groups[at].ceiling, ceiling)
        groups[at].effect = max(groups[at].effect, effect)
      } else {
        groups.append((people, ceiling, reached, effect))
      }
    }
    return groups.map { ($0.ceiling * tanh($0.reached / ($0.people * $0.ceiling)), $0.effect) }
  }

  // MARK: Shapes

  /// The effect of one year's money by the response's shape.
  func raw(_ response: Response, _ money: Double, _ year: Int, _ overlay: Overlay) -> Double {
    let effect = value(.effect, response, overlay) ?? 1
    switch response.shape {
    case .perUnit:
      guard let cost = value(.unitCost, response, overlay), cost > 0 else { return 0 }
      var count = max(0, money - (value(.fixedCost, response, overlay) ?? 0)) / cost
      if let lump = value(.lump, response, overlay), lump > 0 { count = (count / lump + 1e-9).rounded(.down) * lump }
      if let people = value(.beneficiaries, response, overlay) { count = min(count, people * (value(.ceiling, response, overlay) ?? 1)) }
      return count * effect
    case .saturating:
      guard let people = value(.beneficiaries, response, overlay), let cost = value(.unitCost, response, overlay), people > 0, cost > 0
      else { return 0 }
      let ceiling = min(max(value(.ceiling, response, overlay) ?? 1, 1e-9), 1)
      return ceiling * tanh(money / (cost * people * ceiling)) * effect
    case .elastic:
      guard let elasticity = value(.elasticity, response, overlay), money > 0 else { return 0 }
      let before = spent(response, year, Overlay())
      return before > 0 ? (value(.base, response, overlay) ?? 1) * pow(money / before, elasticity) : 0
    case .tabular: return tabled(response, money, overlay)
    case nil: return 0
    }
  }

  /// Piecewise linear between the points, flat beyond the first and last.
  private func tabled(_ response: Response, _ money: Double, _ overlay: Overlay) -> Double {
    let points = response.assumptions.filter { $0.role == .point }.compactMap { point -> (x: Double, y: Double)? in
      guard let at = point.at, let value = point.value else { return nil }
      return (figure(at, overlay), figure(value, overlay))
    }.sorted { $0.x < $1.x }
    guard let first = points.first, let last = points.last else { return 0 }
    if money <= first.x { return first.y }
    if money >= last.x { return last.y }
    for (low, high) in zip(points, points.dropFirst()) where money <= high.x {
      return high.x == low.x ? high.y : low.y + (money - low.x) / (high.x - low.x) * (high.y - low.y)
    }
    return last.y
  }

  // MARK: What is read

  /// The money of a response's entity in a year, in sen; nothing where none is stated.
  func spent(_ response: Response, _ year: Int, _ overlay: Overlay) -> Double {
    guard year >= 0, year < plan.yearCount else { return 0 }
    let sum = Reading(plan: plan, overlay: overlay).sum(Self.slice(of: response, plan), local: nil, year: year)
    return sum.isAbsent ? 0 : max(0, sum.real)
  }

  /// The slice that drives: all money of the entity in the working document.
  static func slice(of response: Response, _ plan: Plan) -> SliceTemplate {
    var slice = SliceTemplate(document: plan.workingDocument)
    slice.anchors = .entities([response.entity])
    return slice
  }

  /// A figure of a response: the middle of a range, else its value as the scenario's parameters make it.
  func value(_ role: Assumption.Role, _ response: Response, _ overlay: Overlay) -> Double? {
    guard let assumption = response.assumptions.first(where: { $0.role == role }), let formula = assumption.value else { return nil }
    return figure(formula, overlay)
  }

  private func figure(_ id: FormulaID, _ overlay: Overlay) -> Double {
    let formula = plan.formulas[id.index]
    if formula.code.count == 1, formula.code[0].op == .constant { return formula.constants[Int(formula.code[0].d)].real }
    var parameters = Overlay()
    parameters.figures = overlay.figures
    var evaluator = Evaluator(plan: plan, overlay: parameters)
    guard let number = try? evaluator.number(of: id, year: 0), !number.isAbsent else { return 0 }
    return number.real
  }

  /// The rows of indicators whose projection hangs on a row's money, the row itself among them, by spillovers back.
  func sources(of row: Int) -> [Int] {
    var found = [row]
    var at = 0
    while at < found.count {
      for spill in plan.inflows.indices.contains(found[at]) ? plan.inflows[found[at]] : [] {
        let from = Int(plan.indicatorRow[plan.spillovers[Int(spill)].from.index])
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
      for year in 0..<plan.yearCount where drivers.contains(where: { reader.spent($0, year - $0.lag, Overlay()) > 0 }) {
        let (declared, without) = (indicator.projected(year), indicator.projectedWithout(year))
        if declared.isAbsent || without.isAbsent { continue }
        let promised = indicator.direction == .down ? without - declared : declared - without
        let bought = Number(real: reader.joined(drivers, year, Overlay(), indicator).units)
        let (x, y) = (IndicatorReading.rounded(promised, indicator), IndicatorReading.rounded(bought, indicator))
        if Number.order(x, y) != 0 { found.append(Promise(row: row, year: plan.firstYear + year, promised: x, bought: y)) }
      }
    }
    return found
  }
}
