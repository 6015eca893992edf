/// How a scenario stands: every rule judged, and kept judged while edits come and go.
///
/// What each rule reads for each member and year was noted when it was judged first (`Terms`); an edit adds its sen to
/// the sums that hold its cells and judges only what read them. The verdicts are those of judging anew.
public struct Standing: ~Copyable, Sendable {
  /// The scenario that stands, as it was before the shifts that `shifts` did since.
  var settled: ScenarioState
  /// The plan laid out for shifts, where it is.
  var shifts: ShiftBoard?
  let day: Int
  var evaluator: Evaluator
  var context: EditContext
  /// One group a rule, member and year; the groups of a rule lie together, members outside, years inside.
  var groups: [Group] = []
  var shapes: [RuleShape] = []
  var volatileGroups: [Int32] = []
  var parameterGroups: [Int32] = []
  /// Terms read by the groups, one group's behind the other's.
  var readPool: [Int32] = []
  // What was found of each condition of each group.
  var statuses: [InstanceState] = []
  var lefts: [Number] = []
  var rights: [Number] = []
  var uppers: [Number] = []
  /// The instances that are judged as flat comparisons, and for each instance its row there, or -1.
  var lines: [Line] = []
  var lineOf: [Int32] = []
  /// Beside `lines`, what they are as forms of `shifts`; nil where they are none.
  var factors: [Factors?] = []
  // The lines that read a term: those of term t are `lineRows[lineStarts[t]..<lineStarts[t + 1]]`.
  var lineStarts: [Int32] = []
  var lineRows: [Int32] = []
  // Who reads a term or an indicator: chains of edges.
  var termEdges = Edges()
  var rowEdges = Edges()
  /// The projections that money moves.
  var board: ProjectionBoard?
  /// Indicators of the board that changed in the round that goes on.
  var changed: [Int32] = []
  /// Groups that are judged by one projection alone, and for each group its row there, or -1.
  var gauges: [GaugedGroup] = []
  var gaugeOf: [Int32] = []
  /// Whether a gauge was laid since that was last asked for.
  var areGaugesLaid = false
  var termStamp: [Int32] = []
  var groupStamp: [Int32] = []
  var epoch: Int32 = 0
  var straight = Straight()
  /// The formulas of `straight` as flat comparisons, where they are no more.
  var flats: [Flat?] = []
  // The pool by year and source, and how many of its figures are negative.
  var pool: [Int64] = []
  /// The topmost source of each.
  var roots: [Int32] = []
  var negatives = 0
  // The terms that the round that goes on touched, and the groups to be judged in it.
  var touched: [Int32] = []
  var affected: [Int32] = []
  /// Verdicts already drawn up, by rule, and whether they are still true.
  var made: [Verdict?] = []
  var isDrawn: [Bool] = []
  /// How many instances of each they show.
  var drawnInstances = Int.max
  /// How many rules are broken, the pool's not among them.
  private var brokenRules = 0

  /// How an instance stands; `excluded` where the set's condition leaves the member out.
  enum InstanceState: UInt8, Sendable { case holds, waived, broken, absent, excluded }

  /// A rule for one member in one year (-1 where it is not yearly).
  struct Group: Sendable {
    var rule: Int32
    var year: Int32
    var member: EntityID
    var firstInstance: Int32
    /// Its terms in `readPool`; -1 before it was judged.
    var reads: (start: Int32, count: Int32) = (0, -1)
    var isVolatile = false
    var readsParameter = false
  }

  /// What is the same for all groups of a rule.
  struct RuleShape: Sendable {
    var firstGroup: Int32
    var groupCount: Int32
    var conditions: Int32
    /// Whether some waiver names the rule.
    var isWaived: Bool
    /// Where its formulas begin in `straight`, one a condition, and how many terms they read; -1 where they do more.
    var straight: Int32 = -1
    var reads: Int32 = -1
    /// How many instances stand how.
    var counts = Counts()
  }

  /// Judges every rule once and notes what each reads.
  public init(_ state: ScenarioState, _ context: EditContext, day: Int) throws(Halt) {
    settled = state
    self.day = day
    self.context = context
    evaluator = Evaluator(
      plan: settled.plan, overlay: Overlay(), others: context.others, limits: context.limits,
      isInterrupted: context.isInterrupted, describe: context.describe)
    evaluator.terms = Terms(plan: settled.plan)
    rowEdges.widen(to: settled.plan.indicators.count * (settled.plan.yearCount + 1))
    for row in settled.plan.rules.indices { shape(RuleID(row)) }
    made = [Verdict?](repeating: nil, count: shapes.count)
    isDrawn = [Bool](repeating: false, count: shapes.count)
    groupStamp = [Int32](repeating: 0, count: groups.count)
    fillPool()
    gaugeOf = [Int32](repeating: -1, count: groups.count)
    lendOverlay()
    raiseBoard()
    for group in groups.indices { try judge(group) }
    lendOverlay()
    fileLines()
  }

  /// Whether waivers were judged at a day.
  public func isOf(day: Int) -> Bool { self.day == day }

  /// How many rules are broken, the pool's among them.
  public var brokenCount: Int { brokenRules + (negatives > 0 ? 1 : 0) }

  /// How a rule stands.
  public func status(of rule: RuleID) -> RuleStatus { shapes[rule.index].counts.status }

  private mutating func shape(_ id: RuleID) {
    let plan = settled.plan
    let rule = plan.rules[id.index]
    let (years, members) = (rule.isYearly ? rule.years : [-1], rule.members?.entities ?? [Entities.none])
    var shape = RuleShape(
      firstGroup: Int32(truncatingIfNeeded: groups.count), groupCount: Int32(truncatingIfNeeded: years.count * members.count),
      conditions: Int32(truncatingIfNeeded: rule.conditions.count), isWaived: plan.waivers.contains { $0.rule == id && $0.until >= day })
    for member in members {
      for year in years {
        groups.append(
          Group(
            rule: Int32(truncatingIfNeeded: id.index), year: Int32(truncatingIfNeeded: year), member: member,
            firstInstance: Int32(truncatingIfNeeded: statuses.count)))
        for _ in rule.conditions { statuses.append(.excluded) }
      }
    }
    let count = statuses.count - lefts.count
    lefts.append(contentsOf: repeatElement(.undefined, count: count))
    rights.append(contentsOf: repeatElement(.undefined, count: count))
    uppers.append(contentsOf: repeatElement(.undefined, count: count))
    lineOf.append(contentsOf: repeatElement(-1, count: count))
    if rule.members?.condition == nil { takeStraight(rule, plan, &shape) }
    shapes.append(shape)
  }

  /// Takes a rule's formulas into the quick form when all of them fit it.
  private mutating func takeStraight(_ rule: Rule, _ plan: Plan, _ shape: inout RuleShape) {
    let first = straight.count
    for condition in rule.conditions {
      guard straight.add(condition, plan) else { return }
    }
    shape.straight = Int32(truncatingIfNeeded: first)
    while flats.count < straight.count { flats.append(straight.flat(flats.count)) }
    shape.reads = (first..<straight.count).reduce(0) { $0 + straight.reads[$1] }
  }

  // MARK: One group

  /// Judges a group and sets its instances, its rule's counts and its notes.
  private mutating func judge(_ group: Int) throws(Halt) {
    let place = groups[group]
    let shape = shapes[Int(place.rule)]
    isDrawn[Int(place.rule)] = false
    if shape.straight >= 0, place.reads.count == shape.reads, !place.isVolatile, !place.readsParameter, judgeQuickly(place, shape) { return }
    let start = Int(place.reads.start)
    evaluator.terms?.begin(expecting: readPool[start..<(start + max(0, Int(place.reads.count)))])
    try judgeSlowly(place)
    note(group)
    if board != nil { layGauge(group) }
  }

  /// The quick way: the sums stand ready, no note changes.
  mutating func judgeQuickly(_ place: Group, _ shape: RuleShape) -> Bool {
    let start = Int(place.reads.start)
    let range = start..<(start + Int(place.reads.count))
    if evaluator.terms?.hasStale(readPool, range) == true { evaluator.terms?.refresh(readPool, range, evaluator.reading) }
    var cursor = start
    let terms = evaluator.terms?.all ?? []
    for condition in 0..<Int(shape.conditions) {
      guard let figures = straight.run(Int(shape.straight) + condition, place.member, Int(place.year), readPool, &cursor, terms)
      else { return false }
      settle(Int(place.firstInstance) + condition, place, figures)
    }
    return true
  }

  mutating func judgeSlowly(_ place: Group) throws(Halt) {
    let rule = evaluator.plan.rules[Int(place.rule)]
    let (first, year) = (Int(place.firstInstance), Int(place.year))
    let locals = place.member == Entities.none ? [] : [place.member]
    if let condition = rule.members?.condition {
      let holds = try evaluator.number(of: condition, year: year, locals: locals)
      if holds.isAbsent || holds.a == 0 {
        for at in rule.conditions.indices { set(first + at, Int(place.rule), .excluded) }
        return
      }
    }
    for at in rule.conditions.indices {
      settle(first + at, place, try evaluator.figures(of: rule.conditions[at], year: year, locals: locals))
    }
  }

  private mutating func settle(_ instance: Int, _ place: Group, _ figures: Evaluator.Compared) {
    lefts[instance] = figures.left
    rights[instance] = figures.right
    uppers[instance] = figures.upper
    if lineOf[instance] >= 0 { lines[Int(lineOf[instance])].hasFigures = true }
    let rule = Int(place.rule)
    var status: InstanceState = figures.whole.isAbsent ? .absent : figures.whole.a != 0 ? .holds : .broken
    if status == .broken, shapes[rule].isWaived, isCovered(rule, place.member) { status = .waived }
    set(instance, rule, status)
  }

  func isCovered(_ rule: Int, _ member: EntityID) -> Bool {
    settled.plan.waivers.contains {
      $0.rule.index == rule && $0.until >= day
        && ($0.entity == Entities.none || member != Entities.none && settled.plan.entities.contains($0.entity, member))
    }
  }

  /// Lends the evaluator the overlay of what stands, or takes it back.
  mutating func lendOverlay() { swap(&evaluator.reading.overlay, &settled.overlay) }

  mutating func set(_ instance: Int, _ rule: Int, _ status: InstanceState) {
    let before = statuses[instance]
    if before == status { return }
    statuses[instance] = status
    if lineOf[instance] >= 0 { lines[Int(lineOf[instance])].status = status }
    let wasBroken = shapes[rule].counts.broken > 0
    if let old = before.status { shapes[rule].counts.add(old, -1) }
    if let new = status.status { shapes[rule].counts.add(new) }
    let isBroken = shapes[rule].counts.broken > 0
    if wasBroken != isBroken { brokenRules += isBroken ? 1 : -1 }
  }

  // MARK: Notes

  /// Keeps what the run that just ended read: the same as before costs nothing.
  private mutating func note(_ group: Int) {
    if evaluator.terms?.readsAll == true, !groups[group].isVolatile {
      groups[group].isVolatile = true
      volatileGroups.append(Int32(truncatingIfNeeded: group))
    }
    if evaluator.terms?.readsParameter == true, !groups[group].readsParameter {
      groups[group].readsParameter = true
      parameterGroups.append(Int32(truncatingIfNeeded: group))
    }
    noteRows(group, evaluator.terms?.rows ?? [])
    let (reads, all) = (evaluator.terms?.reads ?? [], evaluator.terms?.count ?? 0)
    let (start, count) = (Int(groups[group].reads.start), Int(groups[group].reads.count))
    if count < 0, layFlat(group, reads) { return }
    if count == reads.count, readPool[start..<(start + count)].elementsEqual(reads) { return }
    termEdges.widen(to: all)
    while termStamp.count < all { termStamp.append(0) }
    epoch += 1
    termEdges.each(ofGroup: group) { termStamp[$0] = epoch }
    for term in reads where termStamp[Int(term)] != epoch {
      termStamp[Int(term)] = epoch
      termEdges.add(from: Int(term), to: group)
    }
    if reads.count <= count {
      for (at, term) in reads.enumerated() { readPool[start + at] = term }
    } else {
      groups[group].reads.start = Int32(truncatingIfNeeded: readPool.count)
      readPool.append(contentsOf: reads)
    }
    groups[group].reads.count = Int32(truncatingIfNeeded: reads.count)
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
    if case .edit(let edit) = step, let plain = edit.plain, try shift(edit, plain, context) { return }
    try settle(context)
    let before = (figures: settled.overlay.figures.count, extra: settled.overlay.extra.count, locks: settled.locks.count)
    try settled.apply(step, context)
    let figures = settled.overlay.figures[before.figures...].map(\.key)
    for change in settled.overlay.changes where change.sen != 0 {
      move(settled.overlay.places[Int(change.position)], change.sen, isReread: false)
    }
    if !figures.isEmpty || settled.overlay.extra.count != before.extra || settled.locks.count != before.locks { shifts = nil }
    followLongWay()
    let read = readers
    try round(context, figures: figures)
    if readers != read { shifts = nil }
  }

  /// Goes over to another state of the same plan, by what differs between the two.
  public mutating func go(to other: ScenarioState, _ context: EditContext) throws(Halt) {
    try settle(context)
    shifts = nil
    let (old, plan) = (settled.overlay, settled.plan)
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
    settled = other
    try round(context, figures: keys)
  }

  /// Moved sen, on the way to the round that judges what they touched.
  mutating func move(_ place: ExtraCell, _ sen: Int64, isReread: Bool) {
    evaluator.terms?.move(place, sen, isReread: isReread, touched: &touched)
    movePool(place, sen)
  }

  /// Judges every group that read what was touched.
  mutating func round(_ context: EditContext, figures: [FigureKey]) throws(Halt) {
    defer { touched.removeAll(keepingCapacity: true) }
    evaluator.terms?.keepMoved(&touched)
    affected.removeAll(keepingCapacity: true)
    epoch += 1
    judgeLines()
    for term in touched where Int(term) < termEdges.count { gather(termEdges.heads[Int(term)], termEdges) }
    if board != nil { moveBoard(figures) }
    for key in figures { gather(key) }
    for group in volatileGroups { add(group) }
    if affected.isEmpty { return }
    lendOverlay()
    defer { lendOverlay() }
    let asksOthers = !volatileGroups.isEmpty
    evaluator.renew(others: asksOthers ? context.others : nil, limits: context.limits, isInterrupted: context.isInterrupted)
    for group in affected { try judge(Int(group)) }
  }

  private mutating func gather(_ key: FigureKey) {
    switch key {
    case .target(let row, _), .projection(let row, _), .baseline(let row):
      let width = settled.plan.yearCount + 1
      for at in row * width..<(row + 1) * width { gather(rowEdges.heads[at], rowEdges) }
    case .parameter, .assumption, .delay: for group in parameterGroups { add(group) }
    }
  }

  private mutating func gather(_ head: Int32, _ edges: Edges) {
    var edge = Int(head)
    while edge >= 0 {
      add(edges.groups[edge])
      edge = Int(edges.next[edge])
    }
  }

  mutating func add(_ group: Int32) {
    if groupStamp[Int(group)] == epoch { return }
    groupStamp[Int(group)] = epoch
    affected.append(group)
  }
}
