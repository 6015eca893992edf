import Synchronization

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
  /// Its waivers and how each stands, in order of declaration.
  public var waivers: [WaiverStanding]
}

/// How a waiver stands on the day of judgement.
public struct WaiverStanding: Sendable {
  /// The waiver.
  public var waiver: Waiver
  /// Whether its last day is over.
  public var isExpired: Bool
  /// Whether broken instances hang on it: it covers them, or would if it had not expired.
  public var isNeeded: Bool
}

/// Judges a scenario by the plan's rules.
public struct Judge {
  let state: ScenarioState
  let context: EditContext
  /// The day waivers are judged at, as yyyymmdd.
  let day: Int
  /// How many instances of a rule a verdict shows.
  let shown: Int
  /// From how many instances on more threads are worth their start, and how many are judged at a time.
  var many = 2_000
  private static let piece = 400
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
    try verdicts(plan.rules.indices) + [Self.poolVerdict(state)]
  }

  /// The verdict on one rule.
  public mutating func verdict(_ id: RuleID) throws(Halt) -> Verdict { try verdicts(id.index..<id.index + 1)[0] }

  private mutating func verdicts(_ rows: Range<Int>) throws(Halt) -> [Verdict] {
    let instances = rows.reduce(0) { $0 + Self.instances(of: plan.rules[$1]) }
    if instances >= many, Beside.cores > 1, let made = judgedBeside(rows) { return made }
    let shared = state.shared
    var verdicts: [Verdict] = []
    for row in rows {
      var maker = VerdictMaker(RuleID(row), shared.plan, day: day, shown: shown)
      try judge(maker.rule, (maker.rule.members?.entities ?? [Entities.none])[...], &maker, shared.plan)
      verdicts.append(maker.verdict())
    }
    return verdicts
  }

  private static func instances(of rule: Rule) -> Int { (rule.members?.entities.count ?? 1) * yearly(rule) }
  private static func yearly(_ rule: Rule) -> Int { (rule.isYearly ? rule.years.count : 1) * rule.conditions.count }

  /// Rules judged by as many judges as there are cores, each taking the next piece that is open: a rule, or some members of a
  /// large one. Nil where one of them halted or all together take more steps than are allowed: then they are judged one after the
  /// other, so that the same instance is refused.
  private mutating func judgedBeside(_ rows: Range<Int>) -> [Verdict]? {
    let shared = state.shared
    let plan = shared.plan
    var pieces: [(row: Int, from: Int, to: Int)] = []
    for row in rows {
      let count = plan.rules[row].members?.entities.count ?? 1
      let size = max(1, Self.piece / max(1, Self.yearly(plan.rules[row])))
      for start in stride(from: 0, to: max(count, 1), by: size) { pieces.append((row, start, min(count, start + size))) }
    }
    let next = Atomic(0)
    let before = evaluator.steps
    let judge = self
    let made = Beside.all(Array(0..<min(Beside.cores, pieces.count))) { _ -> (makers: [(piece: Int, maker: VerdictMaker)], steps: Int)? in
      var own = judge
      var makers: [(piece: Int, maker: VerdictMaker)] = []
      while true {
        let at = next.add(1, ordering: .relaxed).oldValue
        guard at < pieces.count else { return (makers, own.evaluator.steps - before) }
        var maker = VerdictMaker(RuleID(pieces[at].row), plan, day: own.day, shown: own.shown)
        do throws(Halt) { try own.judge(maker.rule, (maker.rule.members?.entities ?? [Entities.none])[pieces[at].from..<pieces[at].to], &maker, plan) } catch {
          return nil
        }
        maker.sort()
        makers.append((at, maker))
      }
    }
    var steps = before
    var makers: [VerdictMaker?] = pieces.map { _ in nil }
    for one in made {
      guard let one else { return nil }
      let (sum, isTooMuch) = steps.addingReportingOverflow(one.steps)
      if isTooMuch || sum >= context.limits.steps { return nil }
      steps = sum
      for (piece, maker) in one.makers { makers[piece] = maker }
    }
    evaluator.steps = steps
    var verdicts: [Verdict] = []
    var at = 0
    while at < pieces.count, var maker = makers[at].take() {
      let first = at
      at += 1
      while at < pieces.count, pieces[at].row == pieces[first].row, let more = makers[at].take() {
        maker.take(more)
        at += 1
      }
      verdicts.append(maker.verdict())
    }
    return verdicts
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
      waivers: [])
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
