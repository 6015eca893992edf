/// Goal seek (`cari x agar SYARAT dengan SUNTINGAN`): the least whole rupiah x with which the edits meet the condition.
extension Session {
  /// What an amount does: the state its edits lead to, and whether the condition holds there; or why they were refused.
  private enum Trial {
    case made(state: ScenarioState, holds: Bool)
    case refused(Diagnostic)
  }

  /// The largest amount tried, in rupiah: what 64 bits of sen hold, with room for sums.
  private static let largest: Int64 = 1 << 49

  mutating func seek(_ script: SeekScript, at site: Site) throws(Halt) -> Answer {
    var trials = 0
    func trial(_ rupiah: Int64) throws(Halt) -> Trial {
      trials += 1
      return try attempt(script, rupiah)
    }
    log.proposals = []
    if let refusal = unfit(script) { return message(refusal) }
    switch try trial(0) {
    case .refused(let diagnostic): return message(diagnostic)
    case .made(_, true): return found(script, 0, try attempt(script, 0), at: site)
    case .made: break
    }
    // Upwards by doubling, until it holds or is refused; then what lies between is halved.
    var (low, high): (Int64, Int64) = (0, 1)
    var refusal: Diagnostic?
    climb: while true {
      switch try trial(high) {
      case .made(_, true): break climb
      case .made: low = high
      case .refused(let diagnostic):
        refusal = diagnostic
        break climb
      }
      if high >= Self.largest {
        if let other = try elsewhere(script, low, at: site) { return other }
        return unreached(script, low, try attempt(script, low), refusal, at: site)
      }
      high *= 2
    }
    if refusal != nil {
      // The largest amount that can be done at all.
      var (fits, not) = (low, high)
      while not - fits > 1 {
        let middle = fits + (not - fits) / 2
        switch try trial(middle) {
        case .made(_, let holds):
          fits = middle
          if holds { not = fits }
        case .refused(let diagnostic):
          // In the end that of the rupiah too much, not of an amount that was only tried.
          refusal = diagnostic
          not = middle
        }
      }
      guard case .made(_, true) = try trial(fits) else {
        if let other = try elsewhere(script, fits, at: site) { return other }
        return unreached(script, fits, try attempt(script, fits), refusal, at: site)
      }
      high = fits
    }
    let top = high
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if case .made(_, true) = try trial(middle) { high = middle } else { low = middle }
    }
    if let broken = try nonMonotone(script, below: high, above: top) { return broken }
    return found(script, high, try attempt(script, high), at: site)
  }

  /// What cannot be sought: a rule that is not there, an expression that is no condition.
  private func unfit(_ script: SeekScript) -> Diagnostic? {
    switch script.goal.kind {
    case .rule(let name):
      let known = checked.plan.rules.map { names.text($0.name) }
      if names.known(name).map({ symbol in checked.plan.rules.contains { $0.name == symbol } }) == true { return nil }
      return Diagnostic(DeclarationProblem.unknownRule(name: name, nearest: NearMiss.nearest(to: name, among: known)), at: script.goal.site)
    case .truth(let site):
      guard let (plan, formula, _) = expression(filled(site, script.goalHoles, sen: 0)), plan.formulas[formula.index].type != .truth else { return nil }
      return Diagnostic(SessionProblem.noCondition(text: sources.text(site)), at: script.goal.site)
    case .allRules, .instrument: return nil
    }
  }

  /// How many amounts are looked at between nothing and the most.
  private static let looks = 128

  /// Where the most does not do, an amount below it may: one at which a comparison turns over, or one that is met on the way. Edits
  /// that move no side of any comparison are told.
  private mutating func elsewhere(_ script: SeekScript, _ most: Int64, at site: Site) throws(Halt) -> Answer? {
    var (last, before): (Int64, [Side?]) = (0, [])
    var isMoved = false
    for part in 0...Int64(Self.looks) {
      let amount = Int64((Int128(most) * Int128(part)) / Int128(Self.looks))
      guard case .made(let state, let holds) = try attempt(script, amount) else { break }
      if holds, amount > 0 {
        // The least amount from here down to the last that did not do.
        let high = try turning(script, last, amount) { _, holds in !holds }
        return message(Diagnostic(SessionProblem.notMonotone(low: Figure.money(sen: high &* 100), high: Figure.money(sen: most &* 100)), at: script.goal.site))
      }
      let sides = try sides(script, state, amount)
      for (place, pair) in zip(before, sides).enumerated() {
        guard let old = pair.0, let new = pair.1 else { isMoved = true; continue }
        if old.left != new.left || old.right != new.right { isMoved = true }
        if old.order == new.order { continue }
        // A comparison turned over in between: at one rupiah.
        let high = try turning(script, last, amount) { sides, _ in sides.indices.contains(place) && sides[place]?.order == old.order }
        let trial = try attempt(script, high)
        if case .made(_, true) = trial { return found(script, high, trial, at: site) }
      }
      (last, before) = (amount, sides)
    }
    if isMoved || before.isEmpty { return nil }
    var answer = Answer()
    answer.document.line(say("tidak ada jumlah yang memenuhi syaratnya", "no amount meets the condition"), .warning)
    answer.document.line(say("suntingan itu tidak menggerakkannya", "those edits do not move it"), .dim)
    answer.document.blank()
    answer.inJSON { [sources] in
      var json = AnswerJSON.begin("seek", Self.place(site, sources))
      json.truth("found", false)
      json.truth("moved", false)
      return [AnswerJSON.end(json)]
    }
    return answer
  }

  /// The least amount above `low` for which something is no more so, found by halving.
  private mutating func turning(
    _ script: SeekScript, _ low: Int64, _ high: Int64, _ isSo: ([Side?], Bool) -> Bool
  ) throws(Halt) -> Int64 {
    var (low, high) = (low, high)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      guard case .made(let state, let holds) = try attempt(script, middle) else { break }
      if isSo(try sides(script, state, middle), holds) { low = middle } else { high = middle }
    }
    return high
  }

  /// How the sides of each comparison of a goal stand to one another with an amount; none where it is a rule.
  private func sides(_ script: SeekScript, _ state: ScenarioState, _ rupiah: Int64) throws(Halt) -> [Side?] {
    guard case .truth = script.goal.kind else { return [] }
    var found: [Side?] = []
    for part in script.goalParts { found.append(try side(of: filled(part.site, part.holes, sen: rupiah &* 100), in: state)) }
    return found
  }

  /// A condition that holds below the least amount found, or fails above it, has no least amount.
  private mutating func nonMonotone(_ script: SeekScript, below least: Int64, above top: Int64) throws(Halt) -> Answer? {
    func refused(_ low: Int64, _ high: Int64) -> Answer {
      message(Diagnostic(SessionProblem.notMonotone(low: Figure.money(sen: low &* 100), high: Figure.money(sen: high &* 100)), at: script.goal.site))
    }
    for part in 1..<8 {
      let amount = least / 8 * Int64(part)
      if amount < least, amount > 0, case .made(_, true) = try attempt(script, amount) { return refused(amount, least - 1) }
    }
    for part in 1...4 where top > least {
      let amount = least + (top - least) / 4 * Int64(part)
      if case .made(_, false) = try attempt(script, amount) { return refused(least, amount) }
    }
    return nil
  }

  // MARK: One amount

  func filled(_ site: Site, _ holes: [Site], sen: Int64) -> String { filled(site, holes.map { ($0, Figure.money(sen: sen)) }) }

  /// A text with words put into its holes.
  func filled(_ site: Site, _ holes: [(site: Site, words: String)]) -> String {
    var text = ""
    var at = site.start
    for hole in holes {
      text += sources.text(Site(start: at, end: max(at, hole.site.start)))
      text += hole.words
      at = hole.site.end
    }
    return text + sources.text(Site(start: at, end: max(at, site.end)))
  }

  private func statements(_ script: SeekScript, _ rupiah: Int64) -> String {
    script.edits.map { filled($0.site, $0.holes, sen: rupiah &* 100) }.joined(separator: "\n")
  }

  /// What edits given as text make of the current scenario.
  enum Edited {
    /// The state, and a session that knows the text.
    case made(ScenarioState, Session)
    case refused(Diagnostic)
  }

  /// Tries edits given as text on a copy of the current scenario.
  mutating func edited(_ text: String, named name: String, at site: Site) throws(Halt) -> Edited {
    if hearsStop, host.isInterrupted { throw Halt(problem: .interrupted, site: site) }
    var copy = self
    guard let source = copy.sources.add(name: name, bytes: Array(text.utf8)) else {
      return .refused(Diagnostic(SessionProblem.tooMuchText, at: .none))
    }
    let result = Parser.parse(source, names: &copy.names, language: options.language)
    let more = Checker.commands(
      of: result.tree, in: checked, inputs: inputs.map(\.tree), sources: copy.sources, names: &copy.names)
    for diagnostic in result.diagnostics.all + more.diagnostics.all where diagnostic.severity == .error {
      sources = copy.sources
      return .refused(diagnostic)
    }
    var state = scenarios.branches[scenarios.current].state
    state.plan = more.plan
    let context = context()
    for command in more.commands {
      guard case .edit(let step) = command.command else { continue }
      do throws(Halt) { try state.apply(step, context) } catch {
        if error.isOutOfTime { throw error }
        sources = copy.sources
        return .refused(Diagnostic(error.problem, at: error.site == .none ? command.site : error.site))
      }
    }
    return .made(state, copy)
  }

  private mutating func attempt(_ script: SeekScript, _ rupiah: Int64) throws(Halt) -> Trial {
    let movements = scenarios.branches[scenarios.current].state.movements.count
    var copy: Session
    let state: ScenarioState
    switch try edited(statements(script, rupiah), named: say("<cari>", "<seek>"), at: script.goal.site) {
    case .refused(let diagnostic): return .refused(diagnostic)
    case .made(let made, let session): (state, copy) = (made, session)
    }
    let context = context()
    let day = host.today
    var goal = script.goal
    if case .truth(let site) = goal.kind, !script.goalHoles.isEmpty {
      guard let text = copy.sources.add(name: "", bytes: Array(filled(site, script.goalHoles, sen: rupiah &* 100).utf8)) else {
        return .refused(Diagnostic(SessionProblem.tooMuchText, at: .none))
      }
      goal.kind = .truth(Site(start: text.base, end: text.base + UInt32(text.bytes.count)))
    }
    let holds = try copy.holds(goal, in: state, since: movements) { () throws(Halt) -> [Verdict] in
      var judge = Judge(state, context, day: day)
      return try judge.verdicts()
    }
    return .made(state: state, holds: holds)
  }

  // MARK: Answers

  private mutating func difference(_ state: ScenarioState) throws(Halt) -> Difference {
    let branch = scenarios.branches[scenarios.current]
    var judge = Judge(state, context(), day: branch.date > 0 ? branch.date : host.today)
    return Difference(from: branch.state, try verdicts(of: scenarios.current), to: state, try judge.verdicts())
  }

  private mutating func found(_ script: SeekScript, _ rupiah: Int64, _ trial: Trial, at site: Site) -> Answer {
    var answer = Answer()
    let name = names.text(script.name)
    answer.document.line(Run(name, .name), Run(" = "), Run(sen: rupiah &* 100))
    let text = statements(script, rupiah)
    if rupiah == 0 {
      answer.document.line(say("syaratnya sudah dipenuhi", "the condition holds already"), .dim)
    } else {
      for line in text.split(separator: "\n") { answer.document.line(Run("  "), Run(MetaCommand.trim(String(line)), .code)) }
      if case .made(let state, _) = trial, let difference = try? difference(state) {
        var branch = scenarios.branches[scenarios.current]
        branch.state = state
        answer.document.append(ChangeWriter(speech: speech, difference: difference, branch: branch).document(heading: nil))
      }
      log.proposals = [text]
      if options.isInteractive { answer.document.line(say("`terapkan` melakukannya", "`apply` does it"), .dim) }
    }
    answer.document.blank()
    answer.inJSON { [sources] in
      var json = AnswerJSON.begin("seek", Self.place(site, sources))
      json.truth("found", true)
      json.string("value", Figure.plainMoney(sen: rupiah &* 100))
      json.array("statements") { list in for line in text.split(separator: "\n") { list.string(nil, MetaCommand.trim(String(line))) } }
      return [AnswerJSON.end(json)]
    }
    return answer
  }

  /// There is no such amount: how far the edits go, and what holds them there.
  private mutating func unreached(_ script: SeekScript, _ rupiah: Int64, _ trial: Trial, _ refusal: Diagnostic?, at site: Site) -> Answer {
    var answer = Answer()
    let amount = Figure.money(sen: rupiah &* 100)
    answer.document.line(say("tidak ada jumlah yang memenuhi syaratnya", "no amount meets the condition"), .warning)
    if let refusal {
      answer.document.line(
        Run(say("paling banyak ", "at most ")), Run(amount, .money), Run(": "), Run(refusal.message[options.language], .dim))
    }
    if case .made(let state, _) = trial, let difference = try? difference(state) {
      if difference.cells.isEmpty, difference.movements.allSatisfy({ $0.figure == nil }) {
        answer.document.line(say("suntingan itu tidak mengubah apa pun", "those edits change nothing"), .dim)
      } else {
        answer.document.line(say("sedekat-dekatnya, dengan \(amount):", "as near as it gets, with \(amount):"), .heading)
        var branch = scenarios.branches[scenarios.current]
        branch.state = state
        answer.document.append(ChangeWriter(speech: speech, difference: difference, branch: branch).document(heading: nil))
      }
    }
    answer.document.blank()
    answer.inJSON { [sources] in
      var json = AnswerJSON.begin("seek", Self.place(site, sources))
      json.truth("found", false)
      json.string("value", Figure.plainMoney(sen: rupiah &* 100))
      return [AnswerJSON.end(json)]
    }
    return answer
  }
}
