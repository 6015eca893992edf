/// `perbaiki`, `optimalkan`, `pertukaran`: what a solver finds, carried out and judged by the engine before it is shown.
extension Session {
  /// How often whole rupiah that miss a bound by a little are sought anew with a margin.
  private static let roundings = 6

  mutating func moving(_ script: MovingScript, at site: Site) throws(Halt) -> Answer {
    log.proposals = []
    // Solves have bounds of their own: what comes behind them begins anew.
    let standing = scenarios.current
    let begin = ContinuousClock.now
    defer {
      host.progress("")
      hearsStop = true
      startClock()
      scenarios.current = standing
      if script.scenario != nil { log.proposals = [] }
    }
    scenarios.current = try branch(script.scenario, at: site)
    var state = scenarios.branches[scenarios.current].state
    state.plan = checked.plan
    let options = solveOptions(since: begin)
    let read: (problem: Reallocation, ending: Ending?)
    let before: Result<[Verdict], Halt>
    do {
      (read, before) = try sought(script, state, options)
    } catch let halt as Halt { throw halt } catch let refused as NotRecorded {
      return message(Diagnostic(SessionProblem.notSampled, at: refused.site))
    } catch let bad as BadWish { return message(Diagnostic(bad.problem, at: bad.site)) } catch { return message(Diagnostic(SolveProblem.solverFailed(reason: "\(error)"), at: site)) }
    if Solvers.best(isInteger: false) == nil { return message(Diagnostic(SolveProblem.noSolver, at: site)) }
    guard let ending = read.ending else {
      if var refused = refusal(read.problem, script, at: site) {
        if read.problem.cells.cells.isEmpty { hinder(&refused, hindrances(script, state, nil, options), at: site) }
        return refused
      }
      return tradeOff(read.problem, script, options, at: site)
    }
    var answer = try proposed(read.problem, ending, script, try before.get(), options, at: site)
    switch ending {
    case .conflict: hinder(&answer, hindrances(script, state, ending, options), at: site)
    case .nothingToDo where !read.problem.stuck.isEmpty: hinder(&answer, hindrances(script, state, ending, options), at: site)
    default: break
    }
    return answer
  }

  /// Tells what stands in the way beside the rules.
  private func hinder(_ answer: inout Answer, _ found: [Hindrance], at site: Site) {
    if found.isEmpty { return }
    if case .blank? = answer.document.blocks.last { answer.document.blocks.removeLast() }
    answer.document.append(told(found))
    answer.document.blank()
    let (before, session) = (answer, self)
    answer.inJSON {
      var json = AnswerJSON.begin("hindrances", Self.place(site, session.sources))
      session.put(found, &json)
      return before.json + [AnswerJSON.end(json)]
    }
  }

  /// What is asked and what is found first, and beside it how the scenario stands before, behind the loading of the solver. No ending
  /// where it cannot be asked, or where a curve is asked for.
  private func sought(
    _ script: MovingScript, _ state: ScenarioState, _ options: SolveOptions
  ) throws -> (read: (problem: Reallocation, ending: Ending?), before: Result<[Verdict], Halt>) {
    let isCurve = script.aim == .tradeOff
    let (read, before) = Beside.both(
      { () -> Result<(problem: Reallocation, ending: Ending?), any Error> in
        Result {
          let problem = try reallocation(script, state)
          let isAsked = !isCurve && Solvers.best(isInteger: false) != nil && refusal(problem, script, at: .none) == nil
          return (problem, isAsked ? ending(of: problem, script, [:], options) : nil)
        }
      },
      {
        _ = Solvers.best(isInteger: false)
        return isCurve ? .success([]) : Result { () throws(Halt) in try judged(state) }
      })
    return (try read.get(), before)
  }

  func ending(of problem: Reallocation, _ script: MovingScript, _ margins: [Int: Double], _ options: SolveOptions) -> Ending {
    script.aim == .repair ? problem.repair(margins: margins, options: options) : problem.optimum(margins: margins, options: options)
  }

  /// The rules that must hold.
  private func rules(_ script: MovingScript) -> [RuleID] {
    if let named = script.rules { return named }
    return checked.plan.rules.indices.filter { checked.plan.rules[$0].isMandatory || script.withAdvisory }.map { RuleID($0) }
  }

  func reallocation(_ script: MovingScript, _ state: ScenarioState) throws -> Reallocation {
    var bounds = Reallocation.Bounds()
    (bounds.places, bounds.closed, bounds.years) = (script.places, script.closed, script.years)
    (bounds.row, bounds.isLocal) = (script.row, script.isLocal)
    if let code = names.known("5.1.01") { bounds.spared = checked.plan.accounts.codeName.firstIndex(of: code).map { AccountID($0) } }
    if let limit = script.limit, case .figure(let number, _) = try value(of: limit) { bounds.limit = number.roundedHalfEven }
    var wishes: [RuleID: Double] = [:]
    for wish in script.wishes {
      var weight = 1.0
      if let formula = wish.weight, case .figure(let number, _) = try value(of: formula) { weight = number.real }
      guard weight > 0, weight <= 1e6 else { throw BadWish(problem: .weight, site: wish.site) }
      let rule = checked.plan.rules[wish.rule.index]
      guard !rule.isMandatory else { throw BadWish(problem: .notAdvisory(rule: names.text(rule.name)), site: wish.site) }
      wishes[wish.rule] = weight
    }
    let low = Set(script.figures.indices.filter { script.figures[$0].isLow })
    return try Reallocation(
      state, context(), rules: rules(script), wishes: wishes, high: script.figures.map(\.formula), low: low, bounds: bounds, day: host.today,
      solver: Solvers.best(isInteger: false) ?? NoSolver())
  }

  /// What cannot be asked at all.
  func refusal(_ problem: Reallocation, _ script: MovingScript, at site: Site) -> Answer? {
    if let limit = problem.bounds.limit, limit < 0 { return message(Diagnostic(SolveProblem.badLimit, at: site)) }
    if problem.cells.cells.isEmpty { return message(Diagnostic(SolveProblem.nothingOpen, at: site)) }
    for (at, figure) in script.figures.enumerated() {
      if problem.forms.sums(of: problem.aims[at]).isEmpty { return message(Diagnostic(SolveProblem.untouched, at: figure.site)) }
      if problem.forms.value(problem.aims[at], problem.forms.sums).isNaN { return message(Diagnostic(SolveProblem.uncountable, at: figure.site)) }
      let bend = problem.bend(ofAim: at)
      if bend == .unknown || bend == .convex, !script.isLocal, problem.separable(problem.aims[at]) == nil {
        return message(Diagnostic(SolveProblem.notFollowed(rules: sources.text(figure.site)), at: figure.site))
      }
    }
    let broken = problem.doubtful.filter { problem.isBroken($0) }
    if !broken.isEmpty { return message(Diagnostic(SolveProblem.notFollowed(rules: ruleNames(broken)), at: site)) }
    return nil
  }

  /// The rules of some requirements, each once.
  private func ruleNames(_ origins: [Requirement.Origin]) -> String {
    var names: [String] = []
    for origin in origins {
      guard case .rule(let id, _, _, _) = origin else { continue }
      let name = self.names.text(checked.plan.rules[id.index].name)
      if !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: ", ")
  }

  /// Limits of one solve; whoever waits longer than a second is told for how long.
  private func solveOptions(since begin: ContinuousClock.Instant) -> SolveOptions {
    var made = SolveOptions()
    let host = host
    if let seconds = self.options.limits.searching { made.seconds = Double(seconds) }
    made.isInterrupted = { host.isInterrupted }
    made.isWaiting = waiting(say("mencari", "searching"), since: begin)
    return made
  }

  /// Tells what is being done and for how long, once that is a second.
  func waiting(_ what: String, since begin: ContinuousClock.Instant) -> @Sendable () -> Void {
    let (host, language) = (host, options.language)
    return {
      let seconds = begin.duration(to: .now).components.seconds
      guard seconds > 0 else { return }
      host.progress(what + Bilingual(", \(seconds) detik (Ctrl-C menghentikan)", ", \(seconds) s (Ctrl-C stops)")[language])
    }
  }

  /// Carries out and judges what was found; rupiah that miss a bound are sought anew with a margin.
  private mutating func proposed(
    _ problem: Reallocation, _ first: Ending, _ script: MovingScript, _ before: [Verdict], _ options: SolveOptions, at site: Site
  ) throws(Halt) -> Answer {
    var margins: [Int: Double] = [:]
    for round in 0..<Self.roundings {
      let ending = round == 0 ? first : ending(of: problem, script, margins, options)
      startClock()
      guard case .found(let proposal) = ending else {
        if case .conflict(let conflicts) = ending, round > 0, conflicts.isEmpty { break }
        return unfound(ending, problem, script, before, at: site)
      }
      // Rupiah that are not whole are sought anew before anything is written.
      let rounded = round < Self.roundings - 1 && !proposal.isCut ? problem.missedByRounding(proposal) : []
      if !rounded.isEmpty {
        for owner in rounded { margins[owner] = 100 * Double(1 << (2 * round)) }
        continue
      }
      // What was found, were it until a stop, is still to be judged.
      hearsStop = false
      defer { hearsStop = true }
      let statements = MoveWriter(speech: speech, scope: checked.scope).statements(proposal.transfers)
      switch try edited(statements.joined(separator: "\n"), named: say("<perbaiki>", "<repair>"), at: site) {
      case .refused(let diagnostic): return message(diagnostic)
      case .made(let state, _):
        let verdicts = try judged(state)
        let failing = failing(verdicts, before, problem, script, proposal.missed)
        if failing.isEmpty { return try found(proposal, statements, state, before, verdicts, problem, script, at: site) }
        let owners = problem.owners(of: failing)
        // What is only wished for and hangs on no row is told, not refused.
        let isWish = failing.allSatisfy { origin in script.wishes.contains { if case .rule($0.rule, _, _, _) = origin { true } else { false } } }
        if isWish, owners.isEmpty || round == Self.roundings - 1 { return try found(proposal, statements, state, before, verdicts, problem, script, at: site) }
        if !owners.isEmpty, owners.allSatisfy(proposal.uneven.contains) { return uneven(failing, verdicts, at: site) }
        if owners.isEmpty { return message(Diagnostic(SolveProblem.unconfirmed(rules: ruleNames(failing)), at: site)) }
        for owner in owners { margins[owner] = 100 * Double(1 << (2 * round)) }
        if round == Self.roundings - 1 { return message(Diagnostic(SolveProblem.unconfirmed(rules: ruleNames(failing)), at: site)) }
      }
    }
    return message(Diagnostic(SolveProblem.stopped, at: site))
  }

  /// Equalities that whole rupiah do not meet: how near they get, and how to write them so that they can.
  private func uneven(_ failing: [Requirement.Origin], _ verdicts: [Verdict], at site: Site) -> Answer {
    var (figures, window): ([String], String) = ([], "")
    var place = site
    for case .rule(let rule, let member, let year, _) in failing {
      let shown = year >= 0 ? checked.plan.firstYear + year : 0
      guard let instance = verdicts.first(where: { $0.rule == rule })?.instances.first(where: { $0.member == member && $0.year == shown }) else { continue }
      let size = instance.slack.real.magnitude
      let isMoney = instance.type == .money
      func words(_ number: Number) -> String { isMoney ? Figure.money(number) : speech.figure(number, instance.type, digits: 12) }
      let off = isMoney ? Figure.money(instance.slack.real < 0 ? -instance.slack : instance.slack) : Figure.decimal(Number(real: size), digits: 12)
      figures.append("\(words(instance.left)) = \(words(instance.right)), \(say("selisih", "off by")) \(off)")
      guard window.isEmpty else { continue }
      for case .comparison(_, let left, .equal, let right, _) in checked.plan.rules[rule.index].conditions {
        let (x, y) = (sources.text(checked.plan.formulas[left.index].site), sources.text(checked.plan.formulas[right.index].site))
        let room = isMoney ? "Rp " + Figure.grouped(UInt64(min(1e15, max(1, (size / 100).rounded(.up))))) : "0,001%"
        window = "`\(x) >= \(y) - \(room) \(say("dan", "and")) \(x) <= \(y) + \(room)`"
        place = checked.plan.rules[rule.index].site
      }
    }
    return message(
      Diagnostic(
        SolveProblem.uneven(rules: ruleNames(failing), figures: figures.joined(separator: "; "), window: window),
        labels: place == site ? [Label(site)] : [Label(site), Label(place)]))
  }

  /// The verdicts before and after what is found: followed, for little moves between the two.
  private func judged(_ state: ScenarioState) throws(Halt) -> [Verdict] {
    try judged(state, in: scenarios.current, shown: .max, isFollowed: true)
  }

  /// What must hold and does not: what no money moves left out, and what no requirement says where it failed before.
  private func failing(
    _ verdicts: [Verdict], _ before: [Verdict], _ problem: Reallocation, _ script: MovingScript, _ missed: [(owner: Int, sen: Double?)]
  ) -> [Requirement.Origin] {
    var asked = Set(rules(script)).union(script.wishes.map(\.rule))
    for miss in missed { if case .rule(let rule, _, _, _) = problem.requirements[miss.owner].origin { asked.remove(rule) } }
    var found: [Requirement.Origin] = []
    for verdict in verdicts {
      guard let rule = verdict.rule, asked.contains(rule) else { continue }
      for instance in verdict.instances where instance.status == .broken {
        let year = instance.year > 0 ? instance.year - checked.plan.firstYear : -1
        let origin = Requirement.Origin.rule(rule, member: instance.member, year: year, condition: 0)
        if problem.stuck.contains(where: { $0.isOf(origin) }) { continue }
        let wasBroken = before.contains { earlier in
          earlier.rule == rule && earlier.instances.contains { $0.member == instance.member && $0.year == instance.year && $0.status == .broken }
        }
        if !wasBroken || !problem.unread.contains(where: { $0.isOf(origin) }) { found.append(origin) }
      }
    }
    return found
  }

  // MARK: Answers

  private mutating func found(
    _ proposal: Proposal, _ statements: [String], _ state: ScenarioState, _ before: [Verdict], _ verdicts: [Verdict], _ problem: Reallocation,
    _ script: MovingScript, at site: Site
  ) throws(Halt) -> Answer {
    var proposal = proposal
    let moves = MoveWriter(speech: speech, scope: checked.scope)
    for at in proposal.weaker.indices where !proposal.weaker[at].transfers.isEmpty {
      // What is offered can be done.
      let own = moves.statements(proposal.weaker[at].transfers)
      if case .made = try edited(own.joined(separator: "\n"), named: say("<perbaiki>", "<repair>"), at: site) { proposal.weaker[at].statements = own }
    }
    var branch = scenarios.branches[scenarios.current]
    let difference = Difference(from: branch.state, before, to: state, verdicts)
    branch.state = state
    let writer = ProposalWriter(speech: speech, sources: sources, problem: problem, script: script, verdicts: before)
    var answer = Answer()
    answer.document = writer.document(proposal, statements, difference, branch, after: verdicts)
    log.proposals = ([statements] + proposal.weaker.reversed().map(\.statements).filter { !$0.isEmpty }).map { $0.joined(separator: "\n") }
    if options.isInteractive, script.scenario == nil { answer.document.line(say("`terapkan` melakukannya", "`apply` does it"), .dim) }
    answer.document.blank()
    let made = writer.json(proposal, statements, difference, after: verdicts, Self.place(site, sources))
    answer.inJSON { [made] }
    return answer
  }

  private func unfound(_ ending: Ending, _ problem: Reallocation, _ script: MovingScript, _ verdicts: [Verdict], at site: Site) -> Answer {
    switch ending {
    case .stopped, .found: return message(Diagnostic(SolveProblem.stopped, at: site))
    case .failed(let reason): return message(Diagnostic(SolveProblem.solverFailed(reason: reason), at: site))
    case .unbounded(let aim):
      let figure = script.figures.indices.contains(aim) ? script.figures[aim].site : site
      return message(Diagnostic(SolveProblem.unbounded(figure: sources.text(figure)), at: figure))
    case .nothingToDo, .conflict:
      let writer = ProposalWriter(speech: speech, sources: sources, problem: problem, script: script, verdicts: verdicts)
      var conflicts: [Conflict]?
      if case .conflict(let found) = ending { conflicts = found }
      var answer = Answer()
      answer.document = conflicts.map { writer.document($0) } ?? writer.nothingToDo()
      answer.document.blank()
      let made = writer.json(conflicts, Self.place(site, sources))
      answer.inJSON { [made] }
      return answer
    }
  }

  private func tradeOff(_ problem: Reallocation, _ script: MovingScript, _ options: SolveOptions, at site: Site) -> Answer {
    let (points, ending) = problem.tradeOff(points: 11, options: options)
    if let ending { return unfound(ending, problem, script, (try? judged(scenarios.branches[scenarios.current].state)) ?? [], at: site) }
    let told = ProposalWriter.told(points)
    let writer = ProposalWriter(speech: speech, sources: sources, problem: problem, script: script, verdicts: [])
    var answer = Answer()
    answer.document = writer.document(told)
    answer.document.blank()
    let made = writer.json(told, Self.place(site, sources))
    answer.inJSON { [made] }
    return answer
  }
}

/// What cannot be wished for.
private struct BadWish: Error {
  var problem: SolveProblem
  var site: Site
}

extension Requirement.Origin {
  /// Whether both come from one instance of a rule, whichever condition of it.
  func isOf(_ other: Requirement.Origin) -> Bool {
    guard case .rule(let a, let x, let i, _) = self, case .rule(let b, let y, let j, _) = other else { return self == other }
    return a == b && x == y && i == j
  }
}

extension Reallocation {
  /// The requirements of some instances.
  func owners(of origins: [Requirement.Origin]) -> [Int] {
    requirements.indices.filter { at in origins.contains { $0.isOf(requirements[at].origin) } }
  }

  /// Whether an instance fails as the scenario stands, as far as its figures are on the tape.
  func isBroken(_ origin: Requirement.Origin) -> Bool {
    requirements.contains { $0.origin.isOf(origin) && forms.value($0.figure, forms.sums) < 0 }
  }
}
