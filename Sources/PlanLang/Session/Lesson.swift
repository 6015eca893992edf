/// An exercise (latihan) as declared: what is asked, where it starts, when it is done, its hints.
struct Exercise: Sendable {
  var name: String
  var title: String
  var question: String
  var start: String?
  var goals: [Goal] = []
  var hints: [String] = []
}

/// What was reached in the exercises of a session.
public struct Lesson: Sendable {
  /// What was reached in one exercise.
  public struct Progress: Sendable, Equatable {
    /// The exercise's name.
    public var name: String
    /// Whether all conditions were met once.
    public var isDone = false
    /// Lines given while it ran.
    public var lines = 0
    /// Hints asked for.
    public var hints = 0
    /// Of a hundred: ten less for each hint, never below forty once done.
    public var points: Int { isDone ? max(40, 100 - 10 * hints) : 0 }
  }
  /// The exercise that runs, by name, or nil.
  public var current: String?
  /// How many movements its starting scenario had.
  var movements = 0
  /// Each exercise that was started, in that order.
  public var progress: [Progress] = []

  /// No exercise started.
  public init() {}

  mutating func change(_ name: String, _ body: (inout Progress) -> Void) {
    if let at = progress.firstIndex(where: { $0.name == name }) {
      body(&progress[at])
    } else {
      var made = Progress(name: name)
      body(&made)
      progress.append(made)
    }
  }

  /// One line an exercise, to be kept between sessions: name, done, lines, hints.
  public var text: String {
    progress.map { "\($0.name) \($0.isDone ? 1 : 0) \($0.lines) \($0.hints)\n" }.joined()
  }

  /// Progress as `text` wrote it; lines that are not understood are left out.
  public init(text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 4, let lines = Int(parts[2]), let hints = Int(parts[3]) else { continue }
      progress.append(Progress(name: String(parts[0]), isDone: parts[1] == "1", lines: lines, hints: hints))
    }
  }
}

extension Session {
  /// How far the exercises are; what an earlier session reached may be put in.
  public var lesson: Lesson {
    get { log.lesson }
    set { log.lesson = newValue }
  }

  /// Whether any exercise is declared.
  public var hasExercises: Bool { !exercises.isEmpty }

  /// The exercises of all texts, in order.
  var exercises: [Exercise] {
    var found: [Exercise] = []
    for input in inputs {
      let tree = input.tree
      for id in tree.children(of: tree.root) where tree[id].kind == .statement && tree[id].word == .exercise {
        guard let name = tree.child(.name, of: id), let block = tree.child(.block, of: id) else { continue }
        let spelling = names.text(Symbol(raw: tree[name].payload))
        var made = Exercise(name: spelling, title: tree.child(.text, of: id).map { speech.words(tree[$0].site) } ?? spelling, question: "")
        for part in tree.children(of: block) { gather(part, tree, &made) }
        found.append(made)
      }
    }
    return found
  }

  private func gather(_ id: NodeID, _ tree: Tree, _ made: inout Exercise) {
    let first = tree.firstChild(of: id)
    switch tree[id].word {
    case .question: if let first { made.question = speech.words(tree[first].site) }
    case .hint: if let first { made.hints.append(speech.words(tree[first].site)) }
    case .start: if let first { made.start = sources.text(tree[first].site) }
    case .done:
      guard let first else { return }
      made.goals.append(Goal(first, tree, sources))
    default: break
    }
  }

  // MARK: Watching

  /// Whether a condition holds in the current scenario.
  mutating func holds(_ goal: Goal) -> Bool {
    // Cuts and revenue follow the Perubahan APBD anyway; what is asked is the shifts made since the exercise began.
    let state = scenarios.branches[scenarios.current].state
    let known = (try? verdicts(of: scenarios.current)) ?? []
    return (try? holds(goal, in: state, since: log.lesson.movements) { () throws(Halt) -> [Verdict] in known }) ?? false
  }

  /// Whether a condition holds in a state; false while it uses names that are not declared.
  func holds(
    _ goal: Goal, in state: ScenarioState, since movements: Int, verdicts: (() throws(Halt) -> [Verdict])
  ) throws(Halt) -> Bool {
    switch goal.kind {
    case .truth(let site): return try truth(of: sources.text(site), in: state) ?? false
    case .rule(let name):
      guard let symbol = names.known(name) else { return false }
      return try verdicts().contains { verdict in
        verdict.rule.map { checked.plan.rules[$0.index].name == symbol } == true && (verdict.status == .holds || verdict.status == .waived)
      }
    case .allRules: return try !verdicts().contains(where: \.fails)
    case .instrument(let lowest):
      let shifts = state.movements.dropFirst(movements).filter { $0.streams.contains { $0.from != nil && $0.to != nil } }
      return shifts.allSatisfy { Instrument.shown($0, checked.plan) >= lowest }
    }
  }

  /// Whether an expression is true in a state; nil when it is not understood.
  func truth(of text: String, in state: ScenarioState) throws(Halt) -> Bool? {
    guard let (plan, formula, copy) = expression(text) else { return nil }
    var evaluator = copy.evaluator(plan, state)
    return Self.isTrue(try evaluator.value(of: formula))
  }

  /// How the left side of a comparison stands to its right side in a state, with both: below, within or above; nil where it is no
  /// comparison, or of absences.
  func side(of text: String, in state: ScenarioState) throws(Halt) -> Side? {
    guard let (plan, formula, copy) = expression(text), plan.formulas[formula.index].sides != nil else { return nil }
    var evaluator = copy.evaluator(plan, state)
    let compared = try evaluator.compared(formula, year: -1, locals: [])
    guard let low = Number.order(compared.left, compared.right), let high = Number.order(compared.left, compared.upper.isAbsent ? compared.right : compared.upper)
    else { return nil }
    return Side(order: low < 0 ? -1 : high > 0 ? 1 : 0, left: compared.left, right: compared.right)
  }

  private func evaluator(_ plan: Plan, _ state: ScenarioState) -> Evaluator {
    let context = context()
    return Evaluator(
      plan: plan, overlay: state.overlay, others: context.others, limits: engineLimits, isInterrupted: context.isInterrupted,
      describe: context.describe)
  }

  /// An expression as a formula, with the plan that holds it and a session that knows it; nil when it is not understood.
  func expression(_ text: String) -> (plan: Plan, formula: FormulaID, session: Session)? {
    var copy = self
    copy.startClock()
    guard let source = copy.sources.add(name: "", bytes: Array(text.utf8)) else { return nil }
    let result = Parser.parse(source, names: &copy.names)
    let more = Checker.commands(of: result.tree, in: copy.checked, inputs: copy.inputs.map(\.tree), sources: copy.sources, names: &copy.names)
    guard !result.diagnostics.hasErrors, !more.diagnostics.hasErrors, case .show(let shown, _)? = more.commands.first?.command, let first = shown.first
    else { return nil }
    return (more.plan, first.formula, copy)
  }

  private static func isTrue(_ value: Value) -> Bool {
    switch value {
    case .figure(let number, .truth): !number.isAbsent && number.a != 0
    case .series(let series): !series.isEmpty && series.allSatisfy { isTrue($0.value) }
    default: false
    }
  }

  /// After each line: which conditions of the running exercise are met.
  mutating func watchExercise(_ give: (Answer) -> Void) {
    guard let name = log.lesson.current, let exercise = exercises.first(where: { $0.name == name }) else { return }
    let reached = exercise.goals.map { holds($0) }
    log.lesson.change(name) { $0.lines += 1 }
    if log.lesson.progress.first(where: { $0.name == name })?.isDone == true { return }
    var answer = Answer()
    for (goal, isMet) in zip(exercise.goals, reached) {
      answer.document.line(Run(isMet ? "  ✓ " : "  · ", isMet ? .good : .dim), Run(sources.text(goal.site)))
    }
    if !reached.contains(false) {
      log.lesson.change(name) { $0.isDone = true }
      let points = log.lesson.progress.first { $0.name == name }?.points ?? 0
      answer.document.line(Run(say("latihan selesai: ", "exercise done: "), .good), Run(exercise.title, .name), Run("  " + say("nilai ", "score ") + "\(points)"))
      if let next = exercises.first(where: { other in log.lesson.progress.first { $0.name == other.name }?.isDone != true }) {
        answer.document.line(say("berikutnya: latihan \(next.name)", "next: exercise \(next.name)"), .dim)
      } else {
        answer.document.line(say("semua latihan selesai; `nilai` menampilkan kartunya", "all exercises are done; `score` shows the card"), .good)
      }
    }
    answer.document.blank()
    give(answer)
  }

  // MARK: Commands

  mutating func exercise(_ arguments: [String], _ give: (Answer) -> Void) -> Reply {
    let all = exercises
    if all.isEmpty { return say(say("tidak ada latihan dalam naskah yang dibuka", "the open scripts have no exercises"), give) }
    guard let wanted = arguments.first else {
      var answer = Answer()
      for (i, exercise) in all.enumerated() {
        let known = log.lesson.progress.first { $0.name == exercise.name }
        let mark = known?.isDone == true ? Run("✓ ", .good) : known != nil ? Run("… ", .warning) : Run("  ")
        answer.document.line(mark, Run("\(i + 1). "), Run(exercise.name, .name), Run("  " + exercise.title))
      }
      answer.document.line(say("`latihan 1` memulai yang pertama", "`exercise 1` starts the first"), .dim)
      answer.document.blank()
      give(answer)
      return .answered
    }
    let at = Int(wanted).map { $0 - 1 } ?? all.firstIndex { $0.name == wanted.lowercased() } ?? -1
    guard all.indices.contains(at) else {
      refuse(SessionProblem.unknownTopic(name: wanted, nearest: NearMiss.nearest(to: wanted, among: all.map(\.name))), give)
      return .refused
    }
    let exercise = all[at]
    remember(undoable)
    log.lesson.current = nil
    if let start = exercise.start {
      guard let row = row(named: start) else {
        refuse(SessionProblem.unknownTopic(name: start, nearest: nil), give)
        return .refused
      }
      scenarios.current = row
      log.entries.append(LogEntry(kind: .command(.go, [start]), line: MetaCommand.go.spelling(options.language) + " " + start))
    }
    log.lesson.current = exercise.name
    log.lesson.movements = scenarios.branches[scenarios.current].state.movements.count
    log.lesson.change(exercise.name) { $0.isDone = false }
    var answer = Answer()
    answer.document.line(Run("\(at + 1). " + exercise.title, .heading))
    for paragraph in Self.paragraphs(exercise.question) { answer.document.line(paragraph) }
    answer.document.line(say("Selesai jika:", "Done when:"), .heading)
    for goal in exercise.goals { answer.document.line(Run("  · ", .dim), Run(sources.text(goal.site))) }
    if !exercise.hints.isEmpty {
      answer.document.line(say("`petunjuk` memberi \(exercise.hints.count) petunjuk, satu demi satu", "`hint` gives \(English.count(exercise.hints.count, "hint")), one by one"), .dim)
    }
    answer.document.blank()
    give(answer)
    return .answered
  }

  /// Lines joined to paragraphs; an empty line ends one.
  static func paragraphs(_ text: String) -> [String] {
    var found: [String] = [""]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map({ MetaCommand.trim(String($0)) }) {
      if line.isEmpty { found.append("") } else { found[found.count - 1] += (found.last?.isEmpty == true ? "" : " ") + line }
    }
    return found.filter { !$0.isEmpty }
  }

  mutating func hint(_ give: (Answer) -> Void) -> Reply {
    guard let name = log.lesson.current, let exercise = exercises.first(where: { $0.name == name }) else {
      return say(say("tidak ada latihan yang berjalan", "no exercise is running"), give)
    }
    let used = log.lesson.progress.first { $0.name == name }?.hints ?? 0
    guard used < exercise.hints.count else { return say(say("tidak ada petunjuk lagi", "there are no more hints"), give) }
    log.lesson.change(name) { $0.hints += 1 }
    var answer = Answer()
    answer.document.line(Run(say("petunjuk \(used + 1): ", "hint \(used + 1): "), .heading), Run(exercise.hints[used]))
    answer.document.blank()
    give(answer)
    return .answered
  }

  func score(_ arguments: [String], _ give: (Answer) -> Void) -> Reply {
    let all = exercises
    func reached(_ exercise: Exercise) -> Lesson.Progress {
      log.lesson.progress.first { $0.name == exercise.name } ?? Lesson.Progress(name: exercise.name)
    }
    let total = all.reduce(0) { $0 + reached($1).points }
    if let path = arguments.first {
      var json = JSONText()
      json.object { card in
        card.array("exercises") { list in
          for exercise in all {
            let progress = reached(exercise)
            list.object { entry in
              entry.string("name", exercise.name)
              entry.string("title", exercise.title)
              entry.truth("done", progress.isDone)
              entry.integer("lines", progress.lines)
              entry.integer("hints", progress.hints)
              entry.integer("points", progress.points)
            }
          }
        }
        card.integer("total", total)
        card.integer("of", all.count * 100)
      }
      return write(json.text + "\n", to: path.contains(".") ? path : path + ".json", give)
    }
    var answer = Answer()
    let rows = all.map { exercise -> [Run] in
      let progress = reached(exercise)
      return [
        progress.isDone ? Run("✓", .good) : Run("·", .dim), Run(exercise.name, .name), Run(exercise.title), Run("\(progress.lines)"), Run("\(progress.hints)"),
        Run("\(progress.points)", .number),
      ]
    }
    let columns = [
      Table.Column(""), Table.Column(say("latihan", "exercise")), Table.Column("", flexible: true), Table.Column(say("baris", "lines"), .right),
      Table.Column(say("petunjuk", "hints"), .right), Table.Column(say("nilai", "score"), .right),
    ]
    let totals = [Run(""), Run(say("jumlah", "total")), Run(""), Run(""), Run(""), Run("\(total)", .number)]
    answer.document.table(Table(columns: columns, rows: rows, totals: all.isEmpty ? [] : [totals]))
    answer.document.blank()
    give(answer)
    return .answered
  }
}

/// How the left side of a comparison stands to its right side, with both: -1 below, 0 within, 1 above.
struct Side {
  var order: Int
  var left: Number
  var right: Number
}
