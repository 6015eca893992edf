extension Session {
  /// How the plan is spoken of.
  var speech: Speech { Speech(plan: checked.plan, sources: sources, names: names, language: options.language) }

  /// What edits and verdicts need besides a state.
  func context() -> EditContext {
    let speech = speech
    let (host, hearsStop) = (host, hearsStop)
    return EditContext(
      others: scenarios.overlays, limits: engineLimits, isInterrupted: { hearsStop && host.isInterrupted },
      describe: { entity, code in
        switch code {
        case .parameter: speech.source(SourceID(raw: entity.raw))
        case .scenario: speech.name(Symbol(raw: entity.raw))
        case .codeText:
          speech.plan.entities.codeName[entity.index] == Entities.unnamed ? "" : speech.name(speech.plan.entities.codeName[entity.index])
        case .nameText: speech.handle(entity)
        case .officialText: Nomenclature.title(of: speech, entity)
        default: speech.title(entity)
        }
      })
  }

  /// Does what one statement asks and gives its answer.
  mutating func perform(_ command: CheckedCommand, _ outcome: inout Outcome, _ mode: RunMode, _ give: (Answer) -> Void) {
    var isQuiet = false
    if case .verdicts = mode { isQuiet = true }
    do throws(Halt) {
      switch command.command {
      case .scenario(let script):
        log.proposals = []
        let answer = try open(script, at: command.site)
        if !isQuiet { give(answer) }
      case .edit(let step):
        // What was proposed was for the scenario as it stood.
        log.proposals = []
        let answer = try edit(step, at: command.site)
        if !isQuiet { give(answer) }
      case .check(let name): give(try check(name, at: command.site, &outcome))
      case .compare(let listed): if !isQuiet { give(try compare(listed, at: command.site)) }
      case .show(let shown, let isBare): if !isQuiet { give(try show(shown, isBare: isBare, at: command.site)) }
      case .instruments(let name): if !isQuiet { give(instruments(name, at: command.site)) }
      case .trace(let script): if !isQuiet { give(try trace(script, at: command.site)) }
      case .why(let script): if !isQuiet { give(try why(script, at: command.site)) }
      case .report, .export:
        if isQuiet { break }
        var answer = Answer()
        if case .report(let script) = command.command { answer = try report(script, at: command.site) }
        if case .export(let script) = command.command { answer = try export(script, at: command.site) }
        if answer.isMessage { outcome.isUnreadable = true }
        give(answer)
      case .reconcileIndicators(let owner): if !isQuiet { give(reconcileIndicators(owner, at: command.site)) }
      case .reconcile(let script): if !isQuiet { give(try reconcile(script, at: command.site)) }
      case .sweep: if !isQuiet { give(try uncertain(command)) }
      case .simulate, .sensitivity, .stress:
        if isQuiet { break }
        let answer = try uncertain(command)
        if answer.isMessage { outcome.hasErrors = true }
        give(answer)
      case .supporters(let goal): if !isQuiet { give(try trace(TraceScript(meant: [goal]), at: command.site)) }
      case .losers(let name): if !isQuiet { give(try losers(name, at: command.site)) }
      case .chart(let shown, let isLines): if !isQuiet { give(try chart(shown, isLines: isLines, at: command.site)) }
      case .seek(let script): if !isQuiet { give(try seek(script, at: command.site)) }
      case .moving(let script):
        if isQuiet { break }
        let answer = try moving(script, at: command.site)
        if answer.isMessage { outcome.hasErrors = true }
        give(answer)
      case .choose(let script):
        if isQuiet { break }
        let answer = try choose(script, at: command.site)
        if answer.isMessage { outcome.hasErrors = true }
        give(answer)
      case .scenarioTree: if !isQuiet { give(scenarioTree(at: command.site)) }
      }
    } catch {
      outcome.hasErrors = true
      give(message(Diagnostic(error.problem, at: error.site == .none ? command.site : error.site)))
    }
  }

  /// A question about many scenarios: its time is its own, and the run's clock stands still.
  private mutating func uncertain(_ command: CheckedCommand) throws(Halt) -> Answer {
    let begin = Evaluator.now()
    defer { if let deadline = engineLimits.deadline { engineLimits.deadline = deadline &+ (Evaluator.now() &- begin) } }
    return switch command.command {
    case .simulate(let script): try simulate(script, at: command.site)
    case .sensitivity(let shown): try sensitivity(shown, at: command.site)
    case .stress(let name): try stress(name, at: command.site)
    case .sweep(let script): try sweep(script, at: command.site)
    default: Answer()
    }
  }

  /// The row of a scenario by name; the current one without a name.
  func branch(_ name: Symbol?, at site: Site) throws(Halt) -> Int {
    guard let name else { return scenarios.current }
    if let row = scenarios.index(of: name) { return row }
    // The one of edits that stand in none is called in the language of the session.
    if Lowering.looseScenario.contains(names.text(name)) {
      for other in Lowering.looseScenario { if let row = names.known(other).flatMap({ scenarios.index(of: $0) }) { return row } }
    }
    throw Halt(problem: .unknownScenario(name: names.text(name)), site: site)
  }

  /// The verdicts of a branch.
  mutating func verdicts(of row: Int) throws(Halt) -> [Verdict] {
    if let known = verdicts[row] { return known }
    // At the prompt one asks again and again; most scripts judge once and are rather judged anew.
    let isAskedAgain = options.isInteractive || hasJudged
    hasJudged = true
    let made = try judged(scenarios.branches[row].state, in: row, shown: options.shownInstances, isFollowed: isAskedAgain)
    verdicts[row] = made
    return made
  }

  /// The verdicts of a branch with all their instances, for what lists them.
  mutating func wholeVerdicts(of row: Int) throws(Halt) -> [Verdict] {
    if options.shownInstances == .max { return try verdicts(of: row) }
    return try judged(scenarios.branches[row].state, in: row, shown: .max, isFollowed: false)
  }

  /// The verdicts of a state at a branch's day: followed from what stood before where that is at hand, or is to be from now on.
  func judged(_ state: ScenarioState, in row: Int, shown: Int, isFollowed: Bool) throws(Halt) -> [Verdict] {
    let date = scenarios.branches[row].date
    let day = date > 0 ? date : host.today
    if let made = try standing.verdicts(of: state, context(), day: day, shown: shown, isMade: isFollowed) { return made }
    var judge = Judge(state, context(), day: day, shown: shown)
    return try judge.verdicts()
  }

  // MARK: Scenarios and edits

  private mutating func open(_ script: ScenarioScript, at site: Site) throws(Halt) -> Answer {
    let parent = try branch(script.parent ?? names.intern("dasar"), at: site)
    var state = scenarios.branches[parent].state
    let context = context()
    for step in script.steps { try state.apply(step, context) }
    var made = Branch(name: script.name, title: script.title, parent: parent, state: state, date: script.date, urgentGround: script.urgentGround)
    made.inherited = scenarios.branches[parent].allSteps
    made.steps = zip(script.steps, script.stepSites).map { PlacedStep(step: $0, site: $1) }
    let row = scenarios.add(made)
    if log.follows { scenarios.current = row }
    verdicts[row] = nil
    let difference = Difference(
      from: scenarios.branches[parent].state, try verdicts(of: parent), to: state, try verdicts(of: row))
    let title = script.title == .none ? "" : " — " + speech.words(script.title)
    return changeAnswer(difference, row, heading: "\(names.text(script.name))\(title)", at: site)
  }

  private mutating func edit(_ step: Step, at site: Site) throws(Halt) -> Answer {
    var heading: String?
    if scenarios.current == 0 {
      let name = names.intern(Lowering.looseScenario[options.language == .indonesian ? 0 : 1])
      let branch = Branch(name: name, title: .none, parent: 0, state: scenarios.branches[0].state, date: 0, urgentGround: .none)
      if checked.scope.meanings(of: name).isEmpty { checked.scope.declare(name, .scenario, at: .none) }
      scenarios.current = scenarios.index(of: name) ?? scenarios.add(branch)
      heading = names.text(name)
    }
    let row = scenarios.current
    let before = scenarios.branches[row].state
    let beforeVerdicts = try verdicts(of: row)
    var state = before
    try state.apply(step, context())
    scenarios.branches[row].state = state
    scenarios.branches[row].steps.append(PlacedStep(step: step, site: site))
    verdicts[row] = nil
    let difference = Difference(from: before, beforeVerdicts, to: state, try verdicts(of: row))
    return changeAnswer(difference, row, heading: heading, at: site)
  }

  private func changeAnswer(_ difference: Difference, _ row: Int, heading: String?, at site: Site) -> Answer {
    var answer = Answer()
    let writer = ChangeWriter(speech: speech, difference: difference, branch: scenarios.branches[row])
    answer.document = writer.document(heading: heading)
    let branch = scenarios.branches[row]
    answer.inJSON { [speech, sources] in
      [
        AnswerJSON.change(
          difference, speech, Self.place(site, sources), scenario: speech.name(branch.name), branch.state)
      ]
    }
    return answer
  }

  /// The statement's text and line, for JSON.
  static func place(_ site: Site, _ sources: SourceMap) -> AnswerJSON.Place {
    AnswerJSON.Place(statement: sources.text(site), line: sources.place(of: site.start)?.line ?? 0)
  }

  // MARK: Questions

  private mutating func check(_ name: Symbol?, at site: Site, _ outcome: inout Outcome) throws(Halt) -> Answer {
    let row = try branch(name, at: site)
    let verdicts = try verdicts(of: row)
    if verdicts.contains(where: \.fails) { outcome.isBroken = true }
    var answer = Answer()
    let speech = speech
    let scenario = names.text(scenarios.branches[row].name)
    let writer = CheckWriter(speech: speech, state: scenarios.branches[row].state)
    answer.document = writer.document(verdicts, scenario: spoken(scenario: row))
    answer.inJSON { [sources] in
      [AnswerJSON.check(verdicts, speech, writer.state, Self.place(site, sources), scenario: scenario)]
    }
    answer.inCases { writer.cases(verdicts, scenario) }
    return answer
  }

  /// A script without `cek` is judged at its end by the plan itself.
  mutating func judgeRoot(isSilent: Bool, _ outcome: inout Outcome, _ give: (Answer) -> Void) {
    do throws(Halt) {
      let answer = try check(nil, at: .none, &outcome)
      if !isSilent { give(answer) }
    } catch {
      outcome.hasErrors = true
      give(message(Diagnostic(error.problem, at: error.site)))
    }
  }

  private mutating func compare(_ listed: [Symbol], at site: Site) throws(Halt) -> Answer {
    var columns: [(branch: Branch, verdicts: [Verdict])] = []
    for name in listed {
      let row = try branch(name, at: site)
      columns.append((scenarios.branches[row], try verdicts(of: row)))
    }
    let writer = CompareWriter(speech: speech, columns: columns)
    var answer = Answer()
    answer.document = writer.document()
    answer.inJSON { [sources] in [writer.json(Self.place(site, sources))] }
    return answer
  }

  private mutating func show(_ shown: [(formula: FormulaID, site: Site)], isBare: Bool, at site: Site) throws(Halt) -> Answer {
    var answer = Answer()
    let speech = speech
    var made: [(writer: ValueWriter, value: Value, type: ValueType, site: Site)] = []
    for item in shown {
      let value = try value(of: item.formula)
      let type = checked.plan.formulas[item.formula.index].type
      let writer = ValueWriter(speech: speech, digits: checked.plan.formulas[item.formula.index].digits)
      writer.add(value, type, label: options.isInteractive && isBare ? nil : sources.text(item.site), to: &answer.document)
      made.append((writer, value, type, item.site))
    }
    let state = scenarios.branches[scenarios.current].state
    var evidence = Evidence(speech, state)
    evidence.take(shown.map(\.formula), state, context())
    evidence.tell(&answer.document)
    answer.inJSON { [made, sources] in
      made.map { $0.writer.json($0.value, $0.type, Self.place($0.site, sources)) }
    }
    return answer
  }

  /// What a formula gives in the current scenario.
  func value(of formula: FormulaID) throws(Halt) -> Value {
    let context = context()
    var evaluator = Evaluator(
      plan: checked.plan, overlay: scenarios.branches[scenarios.current].state.overlay, others: context.others, limits: engineLimits,
      isInterrupted: context.isInterrupted, describe: context.describe)
    return try evaluator.value(of: formula)
  }

  private func instruments(_ name: Symbol?, at site: Site) -> Answer {
    let row = name.flatMap { scenarios.index(of: $0) } ?? scenarios.current
    let writer = InstrumentWriter(speech: speech, branch: scenarios.branches[row])
    var answer = Answer()
    answer.document = writer.document()
    answer.inJSON { [sources] in [writer.json(Self.place(site, sources))] }
    return answer
  }

  private func scenarioTree(at site: Site) -> Answer {
    var answer = Answer()
    let branches = scenarios.branches
    func show(_ row: Int, _ depth: Int) {
      let branch = branches[row]
      let mark = row == scenarios.current ? "*" : " "
      let title = branch.title == .none ? "" : "  " + speech.words(branch.title)
      answer.document.line(
        Run("\(mark) " + String(repeating: "  ", count: depth)), Run(spoken(scenario: row), .name), Run(title))
      for child in branches.indices where branches[child].parent == row { show(child, depth + 1) }
    }
    show(0, 0)
    answer.document.blank()
    answer.inJSON { [names, sources] in
      var json = AnswerJSON.begin("scenarios", Self.place(site, sources))
      json.array("scenarios") { list in
        for branch in branches {
          list.object { entry in
            entry.string("name", names.text(branch.name))
            entry.string("parent", orNull: branch.parent >= 0 ? names.text(branches[branch.parent].name) : nil)
          }
        }
      }
      return [AnswerJSON.end(json)]
    }
    return answer
  }
}
