/// How a scenario stands: every rule judged, and kept judged while edits come and go.
///
/// What each rule reads for each member and year was noted when it was judged first (`Terms`); an edit adds its sen to
/// the sums that hold its cells and judges only what read them. The verdicts are those of judging anew.
public struct Standing: Sendable {
  /// The scenario that stands.
  public private(set) var state: ScenarioState
  let day: Int
  var evaluator: Evaluator
  var context: EditContext
  // One group a rule, member and year; the groups of a rule lie together, members outside, years inside.
  var shapes: [RuleShape] = []
  var ruleOf: [Int32] = []
  var readsStart: [Int32] = []
  var readsCount: [Int32] = []
  var isVolatile: [Bool] = []
  var volatileGroups: [Int32] = []
  var readsParameter: [Bool] = []
  var parameterGroups: [Int32] = []
  /// Terms read by the groups, one group's behind the other's.
  var readPool: [Int32] = []
  // What was found of each condition of each group.
  var statuses: [InstanceState] = []
  var lefts: [Number] = []
  var rights: [Number] = []
  var uppers: [Number] = []
  // Who reads a term or an indicator: chains of edges.
  var termEdges = Edges()
  var rowEdges = Edges()
  var termStamp: [Int32] = []
  var groupStamp: [Int32] = []
  var epoch: Int32 = 0
  var straight = Straight()
  // The pool by year and source, and how many of its figures are negative.
  var pool: [Int64] = []
  var negatives = 0
  // Lists of the round that goes on, kept for their room.
  var touched: [Int32] = []
  var affected: [Int32] = []
  /// Verdicts already drawn up, by rule.
  var made: [Verdict?] = []

  /// How an instance stands; `excluded` where the set's condition leaves the member out.
  enum InstanceState: UInt8, Sendable { case holds, waived, broken, absent, excluded }

  /// What is the same for all groups of a rule.
  struct RuleShape: Sendable {
    var groups: Int
    var firstInstance: Int
    var conditions: Int
    var years: [Int]
    var members: [EntityID]
    /// Whether some waiver names the rule.
    var isWaived: Bool
    /// Its formulas taken in by `Straight`, three to a condition (-1 where there is none), and how many terms they read.
    var straight: [Int] = []
    var reads = -1
    // How many instances stand how.
    var broken = 0
    var waived = 0
    var holding = 0

    var status: RuleStatus { broken > 0 ? .broken : waived > 0 ? .waived : holding > 0 ? .holds : .absent }
  }

  /// Judges every rule once and notes what each reads.
  public init(_ state: ScenarioState, _ context: EditContext, day: Int) throws(Halt) {
    self.state = state
    self.day = day
    self.context = context
    evaluator = Evaluator(
      plan: state.plan, overlay: Overlay(), others: context.others, limits: context.limits,
      isInterrupted: context.isInterrupted, describe: context.describe)
    evaluator.terms = Terms(plan: state.plan)
    rowEdges.widen(to: state.plan.indicators.count)
    for row in state.plan.rules.indices { shape(RuleID(row)) }
    made = [Verdict?](repeating: nil, count: shapes.count)
    groupStamp = [Int32](repeating: 0, count: ruleOf.count)
    fillPool()
    swap(&evaluator.reading.overlay, &self.state.overlay)
    for group in ruleOf.indices { try judge(group, isFirst: true) }
    swap(&evaluator.reading.overlay, &self.state.overlay)
  }

  /// Whether waivers were judged at a day.
  public func isOf(day: Int) -> Bool { self.day == day }

  /// How many rules are broken, the pool's among them.
  public var brokenCount: Int {
    var count = negatives > 0 ? 1 : 0
    for shape in shapes where shape.broken > 0 { count += 1 }
    return count
  }

  /// How a rule stands.
  public func status(of rule: RuleID) -> RuleStatus { shapes[rule.index].status }

  private mutating func shape(_ id: RuleID) {
    let plan = state.plan
    let rule = plan.rules[id.index]
    let years = rule.isYearly ? rule.years : [-1]
    let members = rule.members?.entities ?? [Entities.none]
    var shape = RuleShape(
      groups: ruleOf.count, firstInstance: statuses.count, conditions: rule.conditions.count, years: years, members: members,
      isWaived: plan.waivers.contains { $0.rule == id && $0.until >= day })
    let count = years.count * members.count
    ruleOf.append(contentsOf: repeatElement(Int32(truncatingIfNeeded: id.index), count: count))
    readsStart.append(contentsOf: repeatElement(0, count: count))
    readsCount.append(contentsOf: repeatElement(-1, count: count))
    isVolatile.append(contentsOf: repeatElement(false, count: count))
    readsParameter.append(contentsOf: repeatElement(false, count: count))
    statuses.append(contentsOf: repeatElement(.excluded, count: count * shape.conditions))
    lefts.append(contentsOf: repeatElement(.undefined, count: count * shape.conditions))
    rights.append(contentsOf: repeatElement(.undefined, count: count * shape.conditions))
    uppers.append(contentsOf: repeatElement(.undefined, count: count * shape.conditions))
    if rule.members?.condition == nil { takeStraight(rule, plan, &shape) }
    shapes.append(shape)
  }

  /// Takes a rule's formulas into the quick form when all of them fit it.
  private mutating func takeStraight(_ rule: Rule, _ plan: Plan, _ shape: inout RuleShape) {
    var (taken, reads): ([Int], Int) = ([], 0)
    func take(_ id: FormulaID, _ straight: inout Straight) -> Bool {
      guard let at = straight.add(plan.formulas[id.index]) else { return false }
      taken.append(at)
      reads += straight.reads[at]
      return true
    }
    for condition in rule.conditions {
      switch condition {
      case .truth(let whole, _):
        guard take(whole, &straight) else { return }
        taken += [-1, -1]
      case .comparison(let whole, let left, _, let right, _):
        guard take(whole, &straight), take(left, &straight), take(right, &straight) else { return }
      }
    }
    (shape.straight, shape.reads) = (taken, reads)
  }

  // MARK: One group

  /// Judges a group and sets its instances, its rule's counts and its notes.
  private mutating func judge(_ group: Int, isFirst: Bool = false) throws(Halt) {
    let rule = Int(ruleOf[group])
    let place = group - shapes[rule].groups
    let years = shapes[rule].years.count
    let member = shapes[rule].members[place / years]
    let year = shapes[rule].years[place % years]
    let first = shapes[rule].firstInstance + place * shapes[rule].conditions
    if !isFirst { made[rule] = nil }
    if !isFirst, shapes[rule].reads >= 0, Int(readsCount[group]) == shapes[rule].reads, !isVolatile[group], !readsParameter[group],
      judgeStraight(group, rule, member, year, first)
    {
      return
    }
    let start = Int(readsStart[group])
    evaluator.terms?.begin(expecting: readPool[start..<(start + max(0, Int(readsCount[group])))])
    try judgeSlowly(rule, member, year, first)
    note(group)
  }

  /// The quick way: the sums stand ready, no note changes.
  private mutating func judgeStraight(_ group: Int, _ rule: Int, _ member: EntityID, _ year: Int, _ first: Int) -> Bool {
    guard evaluator.terms != nil else { return false }
    let start = Int(readsStart[group])
    for at in start..<(start + Int(readsCount[group])) {
      let term = Int(readPool[at])
      if evaluator.terms?.isStale[term] == true { evaluator.terms?.refresh(term, evaluator.reading) }
    }
    var cursor = start
    for condition in 0..<shapes[rule].conditions {
      let sums = evaluator.terms?.sums ?? []
      let at = condition * 3
      let whole = straight.run(shapes[rule].straight[at], member, year, readPool, &cursor, sums).low
      if straight.isDoubtful { return false }
      var (left, right, upper) = (whole, Number(true), Number(true))
      if shapes[rule].straight[at + 1] >= 0 {
        left = straight.run(shapes[rule].straight[at + 1], member, year, readPool, &cursor, sums).low
        if straight.isDoubtful { return false }
        (right, upper) = straight.run(shapes[rule].straight[at + 2], member, year, readPool, &cursor, sums)
        if straight.isDoubtful { return false }
      }
      settle(first + condition, rule, member, whole, left, right, upper)
    }
    return true
  }

  private mutating func judgeSlowly(_ row: Int, _ member: EntityID, _ year: Int, _ first: Int) throws(Halt) {
    let rule = evaluator.plan.rules[row]
    let locals = member == Entities.none ? [] : [member]
    if let condition = rule.members?.condition {
      let holds = try evaluator.number(of: condition, year: year, locals: locals)
      if holds.isAbsent || holds.a == 0 {
        for at in rule.conditions.indices { set(first + at, row, .excluded) }
        return
      }
    }
    for (at, condition) in rule.conditions.enumerated() {
      switch condition {
      case .truth(let formula, _):
        let whole = try evaluator.number(of: formula, year: year, locals: locals)
        settle(first + at, row, member, whole, whole, Number(true), Number(true))
      case .comparison(let formula, let left, _, let right, _):
        let whole = try evaluator.number(of: formula, year: year, locals: locals)
        let x = try evaluator.number(of: left, year: year, locals: locals)
        let (low, high) = try evaluator.ends(of: right, year: year, locals: locals)
        settle(first + at, row, member, whole, x, low, high)
      }
    }
  }

  private mutating func settle(
    _ instance: Int, _ rule: Int, _ member: EntityID, _ whole: Number, _ left: Number, _ right: Number, _ upper: Number
  ) {
    lefts[instance] = left
    rights[instance] = right
    uppers[instance] = upper
    var status: InstanceState = whole.isAbsent ? .absent : whole.a != 0 ? .holds : .broken
    if status == .broken, shapes[rule].isWaived, isCovered(rule, member) { status = .waived }
    set(instance, rule, status)
  }

  private func isCovered(_ rule: Int, _ member: EntityID) -> Bool {
    let plan = state.plan
    return plan.waivers.contains {
      $0.rule.index == rule && $0.until >= day
        && ($0.entity == Entities.none || member != Entities.none && plan.entities.contains($0.entity, member))
    }
  }

  private mutating func set(_ instance: Int, _ rule: Int, _ status: InstanceState) {
    let before = statuses[instance]
    if before == status { return }
    statuses[instance] = status
    shapes[rule].broken += (status == .broken ? 1 : 0) - (before == .broken ? 1 : 0)
    shapes[rule].waived += (status == .waived ? 1 : 0) - (before == .waived ? 1 : 0)
    shapes[rule].holding += (status == .holds ? 1 : 0) - (before == .holds ? 1 : 0)
  }

  // MARK: Notes

  /// Keeps what the run that just ended read: the same as before costs nothing.
  private mutating func note(_ group: Int) {
    guard let terms = evaluator.terms else { return }
    if terms.readsAll, !isVolatile[group] {
      isVolatile[group] = true
      volatileGroups.append(Int32(truncatingIfNeeded: group))
    }
    if terms.readsParameter, !readsParameter[group] {
      readsParameter[group] = true
      parameterGroups.append(Int32(truncatingIfNeeded: group))
    }
    noteRows(group, terms.rows)
    let (start, count) = (Int(readsStart[group]), Int(readsCount[group]))
    if count == terms.reads.count, readPool[start..<(start + count)].elementsEqual(terms.reads) { return }
    termEdges.widen(to: terms.count)
    while termStamp.count < terms.count { termStamp.append(0) }
    epoch += 1
    termEdges.each(ofGroup: group) { termStamp[$0] = epoch }
    for term in terms.reads where termStamp[Int(term)] != epoch {
      termStamp[Int(term)] = epoch
      termEdges.add(from: Int(term), to: group)
    }
    if terms.reads.count <= count {
      for (at, term) in terms.reads.enumerated() { readPool[start + at] = term }
    } else {
      readsStart[group] = Int32(truncatingIfNeeded: readPool.count)
      readPool.append(contentsOf: terms.reads)
    }
    readsCount[group] = Int32(truncatingIfNeeded: terms.reads.count)
  }

  private mutating func noteRows(_ group: Int, _ rows: [Int32]) {
    if rows.isEmpty { return }
    var last: Int32 = -1
    for row in rows where row != last {
      last = row
      var isKnown = false
      rowEdges.each(ofGroup: group) { if $0 == Int(row) { isKnown = true } }
      if !isKnown { rowEdges.add(from: Int(row), to: group) }
    }
  }

  // MARK: Rounds

  /// Does a step and judges what it touched. A step that is refused changes nothing; when judging is stopped, what
  /// stands is to be dropped.
  public mutating func apply(_ step: Step, _ context: EditContext) throws(Halt) {
    let figures = state.overlay.figures.count
    try state.apply(step, context)
    touched.removeAll(keepingCapacity: true)
    for change in state.overlay.changes where change.sen != 0 {
      let place = state.overlay.place(of: state.overlay.cells[Int(change.position)], state.plan)
      move(place, change.sen, isReread: false)
    }
    try round(context, figures: state.overlay.figures.count != figures ? state.overlay.figures[figures...].map(\.key) : [])
  }

  /// Goes over to another state of the same plan, by what differs between the two.
  public mutating func go(to other: ScenarioState, _ context: EditContext) throws(Halt) {
    touched.removeAll(keepingCapacity: true)
    let (old, plan) = (state.overlay, state.plan)
    var (mine, theirs) = (old, other.overlay)
    for (at, cell) in other.overlay.cells.enumerated() {
      let place = other.overlay.place(of: cell, plan)
      let twin = cell.index < plan.cube.count ? cell : mine.cell(at: place, plan)
      let isNew = !old.isChanged(twin)
      let sen = other.overlay.differences[at] &- old[twin]
      if sen != 0 || isNew { move(place, sen, isReread: isNew) }
    }
    for (at, cell) in old.cells.enumerated() {
      let place = old.place(of: cell, plan)
      let twin = cell.index < plan.cube.count ? cell : theirs.cell(at: place, plan)
      if !other.overlay.isChanged(twin) { move(place, 0 &- old.differences[at], isReread: true) }
    }
    var keys: [FigureKey] = []
    if !old.figures.isEmpty || !other.overlay.figures.isEmpty {
      for key in (old.figures + other.overlay.figures).map(\.key) where old.figure(key) != other.overlay.figure(key) { keys.append(key) }
    }
    state = other
    try round(context, figures: keys)
  }

  private mutating func move(_ place: ExtraCell, _ sen: Int64, isReread: Bool) {
    evaluator.terms?.move(place, sen, isReread: isReread, touched: &touched)
    movePool(place, sen)
  }

  /// Judges every group that read what was touched.
  private mutating func round(_ context: EditContext, figures: [FigureKey]) throws(Halt) {
    affected.removeAll(keepingCapacity: true)
    epoch += 1
    for term in touched where Int(term) < termEdges.count { gather(termEdges.heads[Int(term)], termEdges) }
    for key in figures {
      switch key {
      case .target(let row, _), .projection(let row, _), .baseline(let row): gather(rowEdges.heads[row], rowEdges)
      case .parameter, .assumption, .delay: for group in parameterGroups { add(group) }
      }
    }
    for group in volatileGroups { add(group) }
    if affected.isEmpty { return }
    let asksOthers = !volatileGroups.isEmpty
    evaluator.renew(others: asksOthers ? context.others : nil, limits: context.limits, isInterrupted: context.isInterrupted)
    swap(&evaluator.reading.overlay, &state.overlay)
    defer { swap(&evaluator.reading.overlay, &state.overlay) }
    for group in affected { try judge(Int(group)) }
  }

  private mutating func gather(_ head: Int32, _ edges: Edges) {
    var edge = Int(head)
    while edge >= 0 {
      add(edges.groups[edge])
      edge = Int(edges.next[edge])
    }
  }

  private mutating func add(_ group: Int32) {
    if groupStamp[Int(group)] == epoch { return }
    groupStamp[Int(group)] = epoch
    affected.append(group)
  }
}
