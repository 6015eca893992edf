/// How a rule stands.
public enum RuleStatus: UInt8, Sendable {
  /// It holds in every instance that could be judged.
  case holds
  /// Broken, but waived.
  case waived
  /// Broken.
  case broken
  /// No instance could be judged: the figures are not detailed or not declared.
  case absent
}

/// One instance of a rule: a member, a year, its figures.
public struct Instance: Sendable {
  /// The member of the rule's set, or `Entities.none`.
  public var member: EntityID
  /// The calendar year, or 0.
  public var year: Int
  /// The left side; an absence says why the instance could not be judged.
  public var left: Number
  /// The right side, and its upper end when it is a range.
  public var right: Number
  /// The upper end of a range on the right.
  public var upper: Number
  /// The type of both sides; truth when the condition has no sides.
  public var type: ValueType
  /// The relation asked.
  public var relation: Relation
  /// How it stands.
  public var status: RuleStatus
  /// Decimal digits that count, for figures of an indicator; -1 when not limited.
  public var digits: Int
  /// By how much it holds (positive) or fails (negative); an absence when there are no sides.
  public var slack: Number
}

/// The verdict on one rule.
public struct Verdict: Sendable {
  /// The rule; nil for the built-in rule that the pool is not negative.
  public var rule: RuleID?
  /// How it stands over all instances.
  public var status: RuleStatus
  /// Whether it is mandatory.
  public var isMandatory: Bool
  /// Its instances, worst first.
  public var instances: [Instance]
  /// How many instances could not be judged.
  public var absentCount: Int
  /// Waivers that cover a broken instance, and those already expired.
  public var waivers: [Waiver]
  /// Whether a waiver of it has expired.
  public var hasExpiredWaiver: Bool
}

/// Judges a scenario by the plan's rules.
public struct Judge {
  let state: ScenarioState
  let context: EditContext
  /// The day waivers are judged at, as yyyymmdd.
  let day: Int
  private var evaluator: Evaluator

  /// A judge of one scenario.
  public init(_ state: ScenarioState, _ context: EditContext, day: Int) {
    self.state = state
    self.context = context
    self.day = day
    evaluator = Evaluator(
      plan: state.plan, overlay: state.overlay, others: context.others, limits: context.limits,
      isInterrupted: context.isInterrupted, describe: context.describe)
  }

  private var plan: Plan { state.plan }

  /// The verdict on every rule, in order of declaration; the built-in one on the pool last.
  public mutating func verdicts() throws(Halt) -> [Verdict] {
    var verdicts: [Verdict] = []
    for row in plan.rules.indices { verdicts.append(try verdict(RuleID(row))) }
    verdicts.append(Self.poolVerdict(state))
    return verdicts
  }

  /// The verdict on one rule.
  public mutating func verdict(_ id: RuleID) throws(Halt) -> Verdict {
    let rule = plan.rules[id.index]
    var instances: [Instance] = []
    let years = rule.isYearly ? rule.years : [-1]
    let members = rule.members?.entities ?? [Entities.none]
    for member in members {
      let locals = member == Entities.none ? [] : [member]
      for year in years {
        // Who is meant may differ by year: `untuk p dalam program jika p.pagu > Rp 1 M`.
        if let condition = rule.members?.condition {
          let holds = try evaluator.number(of: condition, year: year, locals: locals)
          if holds.isAbsent || holds.a == 0 { continue }
        }
        for condition in rule.conditions { instances.append(try instance(condition, year, member, locals)) }
      }
    }
    return Self.settled(id, rule, instances, plan, day: day)
  }

  private mutating func instance(_ condition: Condition, _ year: Int, _ member: EntityID, _ locals: [EntityID]) throws(Halt) -> Instance {
    let shownYear = year < 0 ? 0 : plan.firstYear + year
    switch condition {
    case .truth(let formula, _):
      let value = try evaluator.number(of: formula, year: year, locals: locals)
      let status: RuleStatus = value.isAbsent ? .absent : value.a != 0 ? .holds : .broken
      return Instance(
        member: member, year: shownYear, left: value, right: Number(true), upper: Number(true), type: .truth, relation: .equal,
        status: status, digits: -1, slack: .undefined)
    case .comparison(let whole, let left, let relation, let right, _):
      let value = try evaluator.number(of: whole, year: year, locals: locals)
      let x = try evaluator.number(of: left, year: year, locals: locals)
      let (low, high) = try evaluator.ends(of: right, year: year, locals: locals)
      let status: RuleStatus = value.isAbsent ? .absent : value.a != 0 ? .holds : .broken
      return Instance(
        member: member, year: shownYear, left: x, right: low, upper: high, type: Self.shown(plan.formulas[left.index].type, member, plan), relation: relation,
        status: status, digits: max(plan.formulas[left.index].digits, plan.formulas[right.index].digits), slack: Self.slack(x, relation, low, high))
    }
  }

  /// The type of a figure whose indicator is known only member by member.
  static func shown(_ type: ValueType, _ member: EntityID, _ plan: Plan) -> ValueType {
    guard case .number(let unit) = type, unit.raw == .max, member != Entities.none, plan.indicatorRow.indices.contains(member.index),
      plan.indicatorRow[member.index] >= 0
    else { return type }
    let indicator = plan.indicators[Int(plan.indicatorRow[member.index])]
    return indicator.scale.map { .grade($0) } ?? .number(indicator.unit)
  }

  /// How far from the edge: positive inside.
  static func slack(_ x: Number, _ relation: Relation, _ low: Number, _ high: Number) -> Number {
    switch relation {
    case .less, .lessEqual: return low - x
    case .greater, .greaterEqual: return x - low
    case .equal, .unequal:
      let difference = x - low
      return Number.order(difference, .zero) == -1 ? difference : -difference
    case .within:
      let (above, below) = (x - low, high - x)
      return Number.order(above, below) == -1 ? above : below
    }
  }

  /// Instances sorted worst first, and the rule's status with its waivers.
  static func settled(_ id: RuleID, _ rule: Rule, _ all: [Instance], _ plan: Plan, day: Int) -> Verdict {
    var instances = all
    var used: [Waiver] = []
    var hasExpired = false
    for waiver in plan.waivers where waiver.rule == id {
      let isExpired = waiver.until < day
      for i in instances.indices where instances[i].status == .broken {
        let covers = waiver.entity == Entities.none || instances[i].member != Entities.none && plan.entities.contains(waiver.entity, instances[i].member)
        guard covers else { continue }
        if isExpired { hasExpired = true } else { instances[i].status = .waived }
        if !used.contains(where: { $0.site == waiver.site }) { used.append(waiver) }
      }
    }
    let order = worstFirst(instances)
    instances = order.map { instances[$0] }
    let judged = instances.filter { $0.status != .absent }
    let status: RuleStatus =
      judged.isEmpty ? .absent
      : judged.contains { $0.status == .broken } ? .broken : judged.contains { $0.status == .waived } ? .waived : .holds
    return Verdict(
      rule: id, status: status, isMandatory: rule.isMandatory, instances: instances, absentCount: instances.count - judged.count,
      waivers: used, hasExpiredWaiver: hasExpired)
  }

  /// The rows of instances, broken ones first, then by slack, then as declared. Slacks that are far apart are told
  /// apart by their nearest Double; only close ones are compared exactly.
  private static func worstFirst(_ instances: [Instance]) -> [Int] {
    func rank(_ status: RuleStatus) -> UInt8 { status == .broken ? 0 : status == .waived ? 1 : status == .holds ? 2 : 3 }
    let ranks = instances.map { rank($0.status) }
    let slacks = instances.map(\.slack)
    let nearest = slacks.map { $0.isAbsent ? .nan : $0.real }
    return instances.indices.sorted { i, j in
      if ranks[i] != ranks[j] { return ranks[i] < ranks[j] }
      let (x, y) = (nearest[i], nearest[j])
      if abs(x - y) > 1e-9 * max(abs(x), abs(y)) { return x < y }
      if let order = Number.order(slacks[i], slacks[j]), order != 0 { return order < 0 }
      return i < j
    }
  }

  /// The built-in rule: nothing is spent that revenue and financing do not bring.
  static func poolVerdict(_ state: ScenarioState) -> Verdict {
    var instances: [Instance] = []
    let plan = state.plan
    for year in 0..<plan.yearCount {
      for (source, sen) in state.pool(year) where sen < 0 {
        instances.append(
          Instance(
            member: EntityID(raw: source.raw), year: plan.firstYear + year, left: Number(sen), right: .zero, upper: .zero, type: .money,
            relation: .greaterEqual, status: .broken, digits: -1, slack: Number(sen)))
      }
    }
    instances.sort { (Number.order($0.slack, $1.slack) ?? 0) < 0 }
    return Verdict(
      rule: nil, status: instances.isEmpty ? .holds : .broken, isMandatory: true, instances: instances, absentCount: 0, waivers: [],
      hasExpiredWaiver: false)
  }
}

extension Verdict {
  /// Whether a batch must end with status 1.
  public var fails: Bool { isMandatory && status == .broken }
}
