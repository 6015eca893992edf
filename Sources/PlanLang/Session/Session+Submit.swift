extension Session {
  /// Opens scripts as the plan one works on: declared and their scenarios built, without their answers; then one line
  /// about each. Gives messages instead, and false, when a script has errors.
  public mutating func open(_ files: [(name: String, bytes: [UInt8])], give: (Answer) -> Void) -> Bool {
    let before = self
    for file in files where add(text: file.bytes, named: file.name, give) == nil {
      self = before
      return false
    }
    for file in files { log.files.append(file.name) }
    guard rebuild(give) else {
      self = before
      return false
    }
    log.past = []
    log.future = []
    give(summary())
    return true
  }

  /// A line, or several, given at the prompt: happens wholly or not at all.
  public mutating func submit(_ line: String, give: (Answer) -> Void) -> Reply {
    startClock()
    let began = Evaluator.now()
    let (past, exercise) = (log.past.count, log.lesson.current)
    let reply = MetaCommand.read(line, in: self).map { perform($0.command, $0.arguments, line, give) } ?? submit(text: line, give)
    if reply == .answered, log.past.count != past, log.lesson.current == exercise { watchExercise(give) }
    if log.tellsTime, reply == .answered {
      var answer = Answer()
      let micros = Int((Evaluator.now() - began) / 1000)
      answer.document.line(say("waktu ", "time ") + Figure.decimal(Number(a: Int64(micros), b: 1000), digits: 3) + " ms", .dim)
      give(answer)
    }
    return reply
  }

  /// Whether a text could stand as it is: false while brackets, blocks or texts are open.
  public func isComplete(_ text: String) -> Bool {
    if MetaCommand.read(text, in: self) != nil { return true }
    var names = names
    guard let source = scratch(text) else { return true }
    return !Parser.parse(source, names: &names, language: options.language, depth: options.limits.depth).incomplete
  }

  /// A text that is read but not kept.
  func scratch(_ text: String) -> Source? {
    var map = SourceMap()
    return map.add(name: "", bytes: Array(text.utf8))
  }

  /// The prompt of where one stands.
  public mutating func prompt() -> Prompt {
    var place = speech.words(checked.plan.region)
    for lead in ["kota ", "kabupaten ", "provinsi "] where place.lowercased().hasPrefix(lead) { place = String(place.dropFirst(lead.count)) }
    let region = place.split(separator: " ").joined(separator: "_").lowercased()
    var prompt = Prompt(text: (region.isEmpty ? "plan" : region) + ":" + spoken(scenario: scenarios.current) + ">", meaning: .dim)
    if !checked.plan.rules.isEmpty {
      startClock()
      if let known = try? verdicts(of: scenarios.current) { prompt.meaning = known.contains(where: \.fails) ? .bad : .good }
    }
    return prompt
  }

  // MARK: Texts

  private mutating func submit(text: String, _ give: (Answer) -> Void) -> Reply {
    if text.allSatisfy({ $0 == " " || $0 == "\n" || $0 == "\t" }) { return .answered }
    var names = names
    log.count += 1
    let name = say("<masukan \(log.count)>", "<input \(log.count)>")
    guard let source = sources.add(name: name, bytes: Array(text.utf8)) else {
      give(message(Diagnostic(SessionProblem.tooMuchText, at: .none)))
      return .refused
    }
    let result = Parser.parse(source, names: &names, language: options.language, depth: options.limits.depth)
    self.names = names
    if result.incomplete { return .incomplete }
    if let hole = Hole(in: result.tree, source) { return answer(hole, give) }
    if result.diagnostics.hasErrors {
      complain(result.diagnostics, give)
      return .refused
    }
    let statements = Array(result.tree.children(of: result.tree.root))
    let asksOnly = statements.allSatisfy { result.tree[$0].kind != .statement || result.tree[$0].word.map(Checker.asks) ?? true }
    return asksOnly ? ask(result.tree, source, text, give) : declare(result.tree, source, text, give)
  }

  /// Questions and edits: the plan gains formulas at most.
  private mutating func ask(_ tree: Tree, _ source: Source, _ text: String, _ give: (Answer) -> Void) -> Reply {
    let before = undoable
    let more = Checker.commands(of: tree, in: checked, inputs: inputs.map(\.tree), sources: sources, names: &names)
    if more.diagnostics.hasErrors {
      complain(more.diagnostics, give)
      return .refused
    }
    checked.plan = more.plan
    scenarios = scenarios.replanned(more.plan)
    log.follows = true
    defer { log.follows = false }
    var outcome = Outcome()
    var answers: [Answer] = []
    var changes = false
    for command in more.commands {
      switch command.command {
      case .scenario(let script):
        if checked.scope.meanings(of: script.name).isEmpty { checked.scope.declare(script.name, .scenario, at: script.site) }
        changes = true
      case .edit: changes = true
      default: break
      }
      perform(command, &outcome, .answers) { answers.append($0) }
      if outcome.hasErrors { break }
    }
    for answer in answers where !outcome.hasErrors || answer.isMessage { give(answer) }
    if outcome.hasErrors {
      restore(before)
      return .refused
    }
    if changes {
      inputs.append((tree, source))
      var entry = LogEntry(kind: .text(base: source.base), line: text)
      entry.scenario = spoken(scenario: scenarios.current)
      entry.outcome = answers.flatMap { Minutes.summary(of: $0) }
      log.entries.append(entry)
      remember(before)
    }
    return .answered
  }

  /// Declarations: the whole plan is checked again with them, and what was done is done again over it.
  private mutating func declare(_ tree: Tree, _ source: Source, _ text: String, _ give: (Answer) -> Void) -> Reply {
    let before = undoable
    let ids = Set(before.checked.plan.rules.map(\.name))
    let earlier = (try? before.copyOfVerdicts()) ?? []
    let replaced = replaceOlder(tree)
    inputs.append((tree, source))
    log.entries.append(LogEntry(kind: .text(base: source.base), line: text))
    guard rebuild(give) else {
      restore(before)
      return .refused
    }
    var answer = Answer()
    for name in replaced { answer.document.line(say("mengganti ", "replaces ") + name, .dim) }
    echo(of: source, tree, to: &answer)
    if let now = try? verdicts(of: scenarios.current) { rulesMoved(earlier, now, known: ids, to: &answer) }
    answer.document.blank()
    give(answer)
    remember(before)
    return .answered
  }

  /// A name given again at the prompt replaces what it stood for: the older statement, when it stands alone, is taken out.
  private mutating func replaceOlder(_ tree: Tree) -> [String] {
    let named: [Word] = [.letting, .parameter, .formula, .rule]
    var replaced: [String] = []
    for id in tree.children(of: tree.root) {
      guard tree[id].kind == .statement, let word = tree[id].word, named.contains(word), let name = tree.child(.name, of: id) else { continue }
      let symbol = tree[name].payload
      for at in inputs.indices.reversed() {
        let old = inputs[at].tree
        let statements = Array(old.children(of: old.root))
        guard inputs[at].source.name.hasPrefix("<"), statements.count == 1, old[statements[0]].word == word,
          let oldName = old.child(.name, of: statements[0]), old[oldName].payload == symbol
        else { continue }
        let base = inputs[at].source.base
        inputs.remove(at: at)
        log.entries.removeAll { if case .text(base) = $0.kind { true } else { false } }
        replaced.append(names.text(Symbol(raw: symbol)))
      }
    }
    return replaced
  }

  /// A text parsed and put among the inputs; nil after complaints.
  @discardableResult
  mutating func add(text: [UInt8], named name: String, _ give: (Answer) -> Void) -> Source? {
    guard let source = sources.add(name: name, bytes: text) else {
      give(message(Diagnostic(SessionProblem.tooMuchText, at: .none)))
      return nil
    }
    let result = Parser.parse(source, names: &names, language: options.language, depth: options.limits.depth)
    if result.diagnostics.hasErrors {
      complain(result.diagnostics, give)
      return nil
    }
    inputs.append((result.tree, source))
    log.entries.append(LogEntry(kind: .text(base: source.base), line: ""))
    return source
  }

  /// Checks all inputs anew and does again what was done: scenarios, edits, and where one stood.
  mutating func rebuild(_ give: (Answer) -> Void) -> Bool {
    var diagnostics = DiagnosticList()
    var outcome = Outcome()
    read(&diagnostics, &outcome)
    declare()
    diagnostics.append(checked.diagnostics)
    if diagnostics.hasErrors {
      complain(diagnostics, give)
      return false
    }
    start()
    let commands = checked.commands
    for command in commands where isIncluded(command.site) { redo(command, &outcome, give) }
    for entry in log.entries {
      switch entry.kind {
      case .text(let base):
        guard let source = sources.source(at: base) else { continue }
        let end = base + UInt32(source.bytes.count)
        log.follows = source.name.hasPrefix("<")
        for command in commands where command.site.start >= base && command.site.start <= end { redo(command, &outcome, give) }
        log.follows = false
      case .command(let command, let arguments): again(command, arguments)
      case .note: break
      }
      if outcome.hasErrors { return false }
    }
    return true
  }

  /// Does a scenario or an edit again without its answer; questions are not asked again.
  mutating func redo(_ command: CheckedCommand, _ outcome: inout Outcome, _ give: (Answer) -> Void) {
    switch command.command {
    case .scenario, .edit: perform(command, &outcome, .answers) { if $0.isMessage { give($0) } }
    default: break
    }
  }

  // MARK: Undo

  /// This state without its histories.
  var undoable: Session {
    var copy = self
    copy.log.past = []
    copy.log.future = []
    return copy
  }

  /// Keeps a state to go back to; what had been undone is gone.
  mutating func remember(_ before: Session) {
    log.past.append(before)
    log.future = []
  }

  /// Goes back to a state and keeps the histories.
  mutating func restore(_ state: Session) {
    let (past, future, count, lesson) = (log.past, log.future, log.count, log.lesson)
    let known = sources
    self = state
    log.past = past
    log.future = future
    log.count = count
    log.lesson = lesson
    sources = known
  }

  private func copyOfVerdicts() throws(Halt) -> [Verdict] {
    var copy = self
    return try copy.verdicts(of: copy.scenarios.current)
  }

  func say(_ id: String, _ en: String) -> String { Bilingual(id, en)[options.language] }
}
