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

/// How many instances of a rule stand how.
public struct Counts: Sendable {
  /// Broken, broken but waived, holding, not to be judged.
  public var broken = 0, waived = 0, holding = 0, absent = 0
  /// All of them.
  public var all: Int { broken + waived + holding + absent }
  /// The rule's own standing.
  public var status: RuleStatus { broken > 0 ? .broken : waived > 0 ? .waived : holding > 0 ? .holds : .absent }

  /// Counts instances in or out.
  mutating func add(_ status: RuleStatus, _ count: Int = 1) {
    switch status {
    case .broken: broken += count
    case .waived: waived += count
    case .holds: holding += count
    case .absent: absent += count
    }
  }
}

/// The verdict on one rule.
public struct Verdict: Sendable {
  /// The rule; nil for the built-in rule that the pool is not negative.
  public var rule: RuleID?
  /// How it stands over all instances.
  public var status: RuleStatus
  /// Whether it is mandatory.
  public var isMandatory: Bool
  /// Its instances, worst first; only the first few where no more were asked for.
  public var instances: [Instance]
  /// How many instances there are, and how many of them stand how.
  public var counts: Counts
  /// The last of those that could not be judged.
  public var lastAbsent: Instance?
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
  /// How many instances of a rule a verdict shows.
  let shown: Int
  /// From how many instances of a rule on a second thread is worth its start.
  var many = 2_000
  private var evaluator: Evaluator

  /// A judge of one scenario.
  public init(_ state: ScenarioState, _ context: EditContext, day: Int, shown: Int = .max) {
    self.state = state
    self.context = context
    self.day = day
    self.shown = shown
    evaluator = Evaluator(
      plan: state.plan, overlay: state.overlay, others: context.others, limits: context.limits,
      isInterrupted: context.isInterrupted, describe: context.describe)
  }

  private var plan: Plan { state.plan }

  /// The verdict on every rule, in order of declaration; the built-in one on the pool last.
  public mutating func verdicts() throws(Halt) -> [Verdict] {
    let rows = plan.rules.indices
    var verdicts = if let middle = middle() { try halves(rows, middle) } else { try verdicts(rows) }
    verdicts.append(Self.poolVerdict(state))
    return verdicts
  }

  private mutating func verdicts(_ rows: Range<Int>) throws(Halt) -> [Verdict] {
    var verdicts: [Verdict] = []
    for row in rows { verdicts.append(try verdict(RuleID(row))) }
    return verdicts
  }

  private static func instances(of rule: Rule) -> Int {
    (rule.members?.entities.count ?? 1) * (rule.isYearly ? rule.years.count : 1) * rule.conditions.count
  }

  /// Where the rules fall into halves of about as many instances; nil where those are few or one rule has most of them.
  private func middle() -> Int? {
    guard Beside.cores > 1 else { return nil }
    let sizes = plan.rules.map(Self.instances)
    let all = sizes.reduce(0, +)
    guard all >= many else { return nil }
    var (middle, before) = (0, 0)
    while middle < sizes.count, 2 * before + sizes[middle] <= all {
      before += sizes[middle]
      middle += 1
    }
    return 3 * max(before, all - before) <= 2 * all ? middle : nil
  }

  /// The first rules here and the others by a judge of its own at the same time. Where both together take more steps than are
  /// allowed, the others are judged again behind the first, so that the same instance is refused.
  private mutating func halves(_ rows: Range<Int>, _ middle: Int) throws(Halt) -> [Verdict] {
    let (before, usual) = (evaluator.steps, many)
    defer { many = usual }
    many = .max
    var other = self
    let (early, late) = Beside.both(
      { Result { () throws(Halt) in try verdicts(rows[..<middle]) } }, { Result { () throws(Halt) in try other.verdicts(rows[middle...]) } })
    let first = try early.get()
    let (together, isTooMuch) = evaluator.steps.addingReportingOverflow(other.evaluator.steps - before)
    if isTooMuch || together >= context.limits.steps { return first + (try verdicts(rows[middle...])) }
    evaluator.steps = together
    return first + (try late.get())
  }

  /// The verdict on one rule.
  public mutating func verdict(_ id: RuleID) throws(Halt) -> Verdict {
    let shared = state.shared
    var maker = VerdictMaker(id, shared.plan, day: day, shown: shown)
    let rule = maker.rule
    let members = rule.members?.entities ?? [Entities.none]
    if Self.instances(of: rule) < many || Beside.cores < 2 {
      try judge(rule, members[...], &maker, shared.plan)
    } else {
      try judgeBeside(rule, members, &maker, shared.plan)
    }
    return maker.verdict()
  }

  /// Judges a rule for some of its members.
  private mutating func judge(_ rule: Rule, _ members: ArraySlice<EntityID>, _ maker: inout VerdictMaker, _ plan: Plan) throws(Halt) {
    let (years, conditions, filter) = (rule.isYearly ? rule.years : [-1], rule.conditions, rule.members?.condition)
    for member in members {
      let locals = member == Entities.none ? [] : [member]
      for year in years {
        // Who is meant may differ by year: `untuk p dalam program jika p.pagu > Rp 1 M`.
        if let filter {
          let holds = try evaluator.number(of: filter, year: year, locals: locals)
          if holds.isAbsent || holds.a == 0 { continue }
        }
        for condition in conditions.indices {
          let figures = try evaluator.figures(of: conditions[condition], year: year, locals: locals)
          maker.add(condition, member, year, figures, plan)
        }
      }
    }
  }

  /// The same, the second half of the members by a judge of its own at the same time. Where both together take more steps
  /// than are allowed, the second half is judged again behind the first, so that the same instance is refused.
  private mutating func judgeBeside(_ rule: Rule, _ members: [EntityID], _ maker: inout VerdictMaker, _ plan: Plan) throws(Halt) {
    let middle = members.count / 2
    let before = evaluator.steps
    var (other, others) = (self, maker)
    var (failure, otherFailure): (Halt?, Halt?)
    Beside.run({
      do throws(Halt) { try judge(rule, members[..<middle], &maker, plan) } catch { failure = error }
    }, {
      do throws(Halt) { try other.judge(rule, members[middle...], &others, plan) } catch { otherFailure = error }
    })
    if let failure { throw failure }
    let (together, isTooMuch) = evaluator.steps.addingReportingOverflow(other.evaluator.steps - before)
    if isTooMuch || together >= context.limits.steps { return try judge(rule, members[middle...], &maker, plan) }
    if let otherFailure { throw otherFailure }
    evaluator.steps = together
    maker.take(others)
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
    var counts = Counts()
    counts.add(.broken, instances.count)
    return Verdict(
      rule: nil, status: instances.isEmpty ? .holds : .broken, isMandatory: true, instances: instances, counts: counts, lastAbsent: nil,
      waivers: [], hasExpiredWaiver: false)
  }
}

extension Evaluator {
  /// Whether a condition of a rule holds, and the figures of its sides.
  mutating func figures(of condition: Condition, year: Int, locals: [EntityID]) throws(Halt) -> Compared {
    switch condition {
    case .truth(let whole, _):
      let value = try number(of: whole, year: year, locals: locals)
      return Compared(whole: value, left: value, right: Number(true), upper: Number(true))
    case .comparison(let whole, let left, _, let right, _):
      var compared = try self.compared(whole, year: year, locals: locals)
      if plan.formulas[whole.index].sides == nil {
        compared.left = try number(of: left, year: year, locals: locals)
        (compared.right, compared.upper) = try ends(of: right, year: year, locals: locals)
      } else {
        if compared.left.b == 0 { try checkMoney(compared.left, left) }
        if compared.right.b == 0 { try checkMoney(compared.right, right) }
      }
      return compared
    }
  }
}

extension Verdict {
  /// How many instances could not be judged.
  public var absentCount: Int { counts.absent }
  /// Whether a batch must end with status 1.
  public var fails: Bool { isMandatory && status == .broken }
}
