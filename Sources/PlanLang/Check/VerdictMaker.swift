/// The verdict on a rule in the making: takes instances in order of declaration and keeps the worst.
struct VerdictMaker {
  let id: RuleID
  let rule: Rule
  private let firstYear: Int
  private let shown: Int
  private let asked: [Asked]
  private var waivers: [WaiverStanding]
  private var instances: [Instance] = []
  private var counts = Counts()
  private var lastAbsent: Instance?
  /// Whether all instances stand the worst first.
  private var isSorted = false

  /// What is the same for all instances of a condition.
  private struct Asked {
    var relation = Relation.equal
    var type = ValueType.truth
    var digits = -1
    var hasSides = false
  }

  /// A rule's verdict, with all its instances or the worst of them.
  init(_ id: RuleID, _ plan: Plan, day: Int, shown: Int) {
    self.id = id
    self.shown = shown
    rule = plan.rules[id.index]
    firstYear = plan.firstYear
    waivers = plan.waivers.filter { $0.rule == id }.map { WaiverStanding(waiver: $0, isExpired: $0.until < day, isNeeded: false) }
    asked = rule.conditions.map {
      guard case .comparison(_, let left, let relation, let right, _) = $0 else { return Asked() }
      let digits = max(plan.formulas[left.index].digits, plan.formulas[right.index].digits)
      return Asked(relation: relation, type: plan.formulas[left.index].type, digits: digits, hasSides: true)
    }
  }

  /// Takes an instance; the year is an index of the period, or -1.
  mutating func add(_ condition: Int, _ member: EntityID, _ year: Int, _ figures: Evaluator.Compared, _ plan: Plan) {
    var status: RuleStatus = figures.whole.isAbsent ? .absent : figures.whole.a != 0 ? .holds : .broken
    if status == .broken, !waivers.isEmpty { status = waived(member, plan) }
    counts.add(status)
    let isFull = instances.count >= shown
    if isFull, status != .absent, Self.rank(status) > Self.rank(instances[instances.count - 1].status) { return }
    let question = asked[condition]
    let slack = question.hasSides ? Judge.slack(figures.left, question.relation, figures.right, figures.upper) : .undefined
    let instance = Instance(
      member: member, year: year < 0 ? 0 : firstYear + year, left: figures.left, right: figures.right, upper: figures.upper,
      type: Judge.shown(question.type, member, plan), relation: question.relation, status: status, digits: question.digits, slack: slack)
    if status == .absent { lastAbsent = instance }
    keep(instance)
  }

  /// Keeps an instance, if it is among the worst.
  private mutating func keep(_ instance: Instance) {
    if shown == .max {
      isSorted = false
      return instances.append(instance)
    }
    if instances.count >= shown, !Self.isWorse(instance, than: instances[instances.count - 1]) { return }
    var at = instances.count
    while at > 0, Self.isWorse(instance, than: instances[at - 1]) { at -= 1 }
    instances.insert(instance, at: at)
    if instances.count > shown { instances.removeLast() }
  }

  /// Takes what another maker was given of the same rule behind this one's instances.
  mutating func take(_ other: VerdictMaker) {
    // Where all are kept they are put in order at the end: piece behind piece in order already, that costs little.
    for instance in other.instances { keep(instance) }
    counts.add(.broken, other.counts.broken)
    counts.add(.waived, other.counts.waived)
    counts.add(.holds, other.counts.holding)
    counts.add(.absent, other.counts.absent)
    lastAbsent = other.lastAbsent ?? lastAbsent
    for at in waivers.indices where other.waivers[at].isNeeded { waivers[at].isNeeded = true }
  }

  /// A broken instance's standing beside the rule's waivers: the first in force covers it; without one the expired would.
  private mutating func waived(_ member: EntityID, _ plan: Plan) -> RuleStatus {
    let meant = waivers.indices.filter {
      let entity = waivers[$0].waiver.entity
      return entity == Entities.none || member != Entities.none && plan.entities.contains(entity, member)
    }
    if let at = meant.first(where: { !waivers[$0].isExpired }) {
      waivers[at].isNeeded = true
      return .waived
    }
    for at in meant { waivers[at].isNeeded = true }
    return .broken
  }

  /// Puts the worst first, those alike in order of declaration.
  mutating func sort() {
    guard shown == .max, !isSorted else { return }
    let all = instances
    instances = all.indices.sorted { Self.isWorse(all[$0], than: all[$1]) || !Self.isWorse(all[$1], than: all[$0]) && $0 < $1 }.map { all[$0] }
    isSorted = true
  }

  /// The verdict.
  consuming func verdict() -> Verdict {
    sort()
    return Verdict(
      rule: id, status: counts.status, isMandatory: rule.isMandatory, instances: instances, counts: counts, lastAbsent: lastAbsent,
      waivers: waivers)
  }

  private static func rank(_ status: RuleStatus) -> UInt8 {
    switch status {
    case .broken: 0
    case .waived: 1
    case .holds: 2
    case .absent: 3
    }
  }

  /// Broken ones come first, then those with less slack. Slacks that are far apart are told apart by their nearest Double;
  /// only close ones are compared exactly.
  private static func isWorse(_ x: Instance, than y: Instance) -> Bool {
    if x.status != y.status { return rank(x.status) < rank(y.status) }
    if x.slack.isAbsent || y.slack.isAbsent { return !x.slack.isAbsent && y.slack.isAbsent }
    let (near, far) = (x.slack.real, y.slack.real)
    if abs(near - far) > 1e-9 * max(abs(near), abs(far)) { return near < far }
    return Number.order(x.slack, y.slack) == -1
  }
}
