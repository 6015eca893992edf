/// Where the figures of responses come from: assumptions as a scenario has them.
protocol ResponseFigures {
  /// What they are computed with.
  associatedtype Figure: Quantity
  /// The value of a formula: as the plan states it when `isPlain`, else as the scenario has it.
  func figure(_ formula: FormulaID, isPlain: Bool) -> Figure
  /// What a formula of money gives in a year for so many sen.
  func effect(_ formula: FormulaID, of money: Figure, year: Int, isPlain: Bool) -> Figure
  /// The money of a response (by its row) in a year where it may still move; nil where it is what the scenario has.
  func money(_ response: Int, _ year: Int) -> Figure?
  // What is known already, each nil where it has to be found: a figure of a response (and none there), the points of a
  // table, the sen of a response's entity in a year, and the years by which it shows later.
  func value(_ role: Assumption.Role, _ response: Int, isPlain: Bool) -> Figure??
  func points(_ response: Int, isPlain: Bool) -> [(x: Figure, y: Figure)]?
  func spent(_ response: Int, _ year: Int, isPlain: Bool) -> Double?
  func delay(_ response: Int) -> Int?
}

extension ResponseFigures {
  func money(_ response: Int, _ year: Int) -> Figure? { nil }
  func value(_ role: Assumption.Role, _ response: Int, isPlain: Bool) -> Figure?? { nil }
  func points(_ response: Int, isPlain: Bool) -> [(x: Figure, y: Figure)]? { nil }
  func spent(_ response: Int, _ year: Int, isPlain: Bool) -> Double? { nil }
  func delay(_ response: Int) -> Int? { nil }
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
  var figures: Figures

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

  private func bounded(_ value: Q, _ row: Int) -> Q { ResponseRange(row, plan).kept(value) }

  /// The departure that an indicator's own drivers make in a year; of a running total, in that year alone.
  private func own(_ row: Int, _ year: Int, isFlow: Bool) -> Q? {
    promised(row, year, isFlow: isFlow).map { departure(row, year, promised: $0, Joint(row, plan), plain: nil) }
  }

  /// What the programmes promise: the declared projection less the one without them; nil where one of them is absent.
  func promised(_ row: Int, _ year: Int, isFlow: Bool) -> Double? {
    let indicator = plan.indicators[row]
    var (declared, without) = (indicator.projected(year), indicator.projectedWithout(year))
    if declared.isAbsent || without.isAbsent { return nil }
    if isFlow {
      let before = year > 0 ? indicator.projected(year - 1) : indicator.baseline
      let bare = year > 0 ? indicator.projectedWithout(year - 1) : indicator.baseline
      if before.isAbsent || bare.isAbsent { return nil }
      declared = declared - before
      without = without - bare
    }
    return declared.real - without.real
  }

  /// What the drivers make of a promise in a year; `plain` is the share of the plan's own money, where it is known.
  func departure(_ row: Int, _ year: Int, promised: Double, _ joint: Joint, plain: Q?) -> Q {
    let drivers = plan.drivers[row]
    return joint.departure(of: promised, joined(drivers, year, isPlain: false, joint)) {
      plain ?? joined(drivers, year, isPlain: true, joint).share
    }
  }

  // MARK: Joining

  /// The joined effect of drivers (rows of responses with a shape): in units of the indicator, and as a figure that is
  /// compared with the plan's own.
  func joined(_ drivers: [Int32], _ year: Int, isPlain: Bool, _ joint: Joint) -> (units: Q, share: Q) {
    if joint.isSaturating { return covered(drivers, year, isPlain, joint) }
    var total = Q(0)
    var least: Q?
    let money = joint.isOneUnit ? 1 : drivers.reduce(0) { $0 + spent(Int($1), year - plan.responses[Int($1)].lag, isPlain: true) }
    for driver in drivers {
      let at = Int(driver)
      var one = felt(at, year, isPlain)
      if !joint.isOneUnit {
        // Shapes in different units weigh by the plan's own money.
        let plain = felt(at, year, true)
        let weight = money > 0 ? spent(at, year - plan.responses[at].lag, isPlain: true) / money : 0
        one = plain.ifPositive { one / plain * Q(weight) }
      }
      total = joint.joining == .best ? Q.greatest(total, one) : total + one
      least = least.map { Q.least($0, one) } ?? one
    }
    if joint.synergy != 0, drivers.count > 1, let least { total = total + Q(joint.synergy) * least }
    return (total, total)
  }

  /// What drivers that saturate cover together.
  private func covered(_ drivers: [Int32], _ year: Int, _ isPlain: Bool, _ joint: Joint) -> (units: Q, share: Q) {
    if drivers.count == 1, let only = reach(Int(drivers[0]), year, isPlain) {
      return joint.covered(only.coverage, only.effect)
    }
    let groups = coverages(drivers, year, isPlain)
    var covered: Q
    switch joint.joining {
    case .random: covered = Q(1) - groups.reduce(Q(1)) { $0 * (Q(1) - $1.coverage) }
    case .additive: covered = Q.least(Q(1), groups.reduce(Q(0)) { $0 + $1.coverage })
    case .best: covered = groups.map(\.coverage).reduce(Q(0), Q.greatest)
    }
    if joint.synergy != 0, groups.count > 1 {
      // Those whom all reach count more: by chance their product, else the smallest coverage.
      let both = joint.joining == .random ? groups.reduce(Q(1)) { $0 * $1.coverage } : groups.dropFirst().map(\.coverage).reduce(groups[0].coverage, Q.least)
      covered = (covered + Q(joint.synergy) * both).clamped(0, 1)
    }
    let effect = groups.isEmpty ? Q(1) : groups.dropFirst().map(\.effect).reduce(groups[0].effect, Q.greatest)
    return (covered * effect, covered)
  }

  /// What a response's money does in a year, after its lag, spread and decay.
  private func felt(_ response: Int, _ year: Int, _ isPlain: Bool) -> Q {
    overTime(response, year, isPlain) { raw(response, $0, $1, isPlain) }
  }

  /// A figure of the money of past years as it is felt in a year: spread evenly, and what decays adds up.
  private func overTime(_ response: Int, _ year: Int, _ isPlain: Bool, _ effect: (Q, Int) -> Q) -> Q {
    let spread = max(1, plan.responses[response].spread)
    let start = plan.responses[response].lag + (isPlain ? 0 : delay(response))
    func flow(_ at: Int) -> Q {
      var total = Q(0)
      for k in 0..<spread {
        let paid = at - start - k
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

  /// The years by which a response shows later than the plan says.
  func delay(_ response: Int) -> Int {
    if let known = figures.delay(response) { return known }
    if overlay.figures.isEmpty { return 0 }
    return Int(overlay.figure(.delay(plan.responses[response].entity, plan.responses[response].indicator))?.a ?? 0)
  }

  /// The coverage of one response's beneficiaries, when nobody else reaches them; nil where it does not say how many or
  /// at what cost.
  private func reach(_ response: Int, _ year: Int, _ isPlain: Bool) -> (coverage: Q, effect: Q)? {
    guard let people = value(.beneficiaries, response, isPlain), let cost = value(.unitCost, response, isPlain) else { return nil }
    let ceiling = (value(.ceiling, response, isPlain) ?? Q(1)).clamped(1e-9, 1)
    let reached = overTime(response, year, isPlain) { money, _ in cost.ifPositive { money / cost } }
    let effect = value(.effect, response, isPlain) ?? Q(1)
    return (Q.coverage(reached, people, ceiling), effect)
  }

  /// The coverage of each group of beneficiaries: those who say the same number share one ceiling, whoever pays.
  private func coverages(_ drivers: [Int32], _ year: Int, _ isPlain: Bool) -> [(coverage: Q, effect: Q)] {
    var groups: [(people: Q, ceiling: Q, reached: Q, effect: Q)] = []
    for driver in drivers {
      let response = Int(driver)
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
      (Q.coverage(group.reached, group.people, group.ceiling), group.effect)
    }
  }

  // MARK: Shapes

  /// The effect of one year's money by the response's shape.
  private func raw(_ response: Int, _ money: Q, _ year: Int, _ isPlain: Bool) -> Q {
    let effect = value(.effect, response, isPlain) ?? Q(1)
    switch plan.responses[response].shape {
    case .perUnit:
      guard let cost = value(.unitCost, response, isPlain) else { return Q(0) }
      let people = value(.beneficiaries, response, isPlain)
      return Q.counted(
        money, cost: cost, fixed: value(.fixedCost, response, isPlain), lump: value(.lump, response, isPlain), people: people,
        ceiling: people == nil ? nil : value(.ceiling, response, isPlain)) * effect
    case .saturating:
      guard let people = value(.beneficiaries, response, isPlain), let cost = value(.unitCost, response, isPlain) else { return Q(0) }
      let ceiling = (value(.ceiling, response, isPlain) ?? Q(1)).clamped(1e-9, 1)
      return (cost * people).ifPositive { ceiling * (money / (cost * people * ceiling)).tangent * effect }
    case .elastic:
      guard let elasticity = value(.elasticity, response, isPlain) else { return Q(0) }
      return Q.grown(money, from: spent(response, year, isPlain: true), elasticity) { value(.base, response, isPlain) ?? Q(1) }
    case .tabular: return Q.tabled(money, figures.points(response, isPlain: isPlain) ?? points(response, isPlain))
    case .own: return plan.responses[response].formula.map { figures.effect($0, of: money, year: year, isPlain: isPlain) * effect } ?? Q(0)
    case nil: return Q(0)
    }
  }

  /// The points of a table.
  func points(_ response: Int, _ isPlain: Bool) -> [(x: Q, y: Q)] {
    plan.responses[response].assumptions.filter { $0.role == .point }.compactMap { point in
      guard let at = point.at, let value = point.value else { return nil }
      return (figures.figure(at, isPlain: isPlain), figures.figure(value, isPlain: isPlain))
    }
  }

  // MARK: What is read

  /// The money that drives in a year: what may still move stays open.
  private func money(_ response: Int, _ year: Int, _ isPlain: Bool) -> Q {
    if !isPlain, year >= 0, year < plan.yearCount, let open = figures.money(response, year) { return open }
    return Q(spent(response, year, isPlain: isPlain))
  }

  /// The money of a response's entity in a year, in sen; nothing where none is stated. The response by its row.
  func spent(_ response: Int, _ year: Int, isPlain: Bool) -> Double {
    guard year >= 0, year < plan.yearCount else { return 0 }
    if let known = figures.spent(response, year, isPlain: isPlain) { return known }
    let sum = Reading(plan: plan, overlay: isPlain ? Overlay() : overlay).sum(plan.slice(of: plan.responses[response]), local: nil, year: year)
    return sum.isAbsent ? 0 : max(0, sum.real)
  }

  /// A figure of a response: the middle of a range, else its value as the scenario's parameters make it.
  func value(_ role: Assumption.Role, _ response: Int, _ isPlain: Bool) -> Q? {
    if let known = figures.value(role, response, isPlain: isPlain) { return known }
    guard let assumption = plan.responses[response].assumptions.first(where: { $0.role == role }), let formula = assumption.value else { return nil }
    return figures.figure(formula, isPlain: isPlain)
  }
}

extension ResponseReading: Sendable where Figures: Sendable {}

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
