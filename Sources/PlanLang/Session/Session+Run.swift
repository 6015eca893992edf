extension Session {
  /// Runs whole files as one plan, then further expressions; gives each answer as it comes.
  ///
  /// Nothing is answered while the files have errors: a script either stands or is complained about.
  public mutating func run(
    _ files: [(name: String, bytes: [UInt8])], expressions: [String], mode: RunMode, give: (Answer) -> Void
  ) -> Outcome {
    var outcome = Outcome()
    var diagnostics = DiagnosticList()
    inputs = []
    var early: EarlyCheck?
    for file in files {
      guard let source = sources.add(name: file.name, bytes: file.bytes) else {
        diagnostics.add(SessionProblem.tooMuchText, at: .none)
        continue
      }
      if files.count == 1 {
        // Who only wants verdicts asks for nothing else behind them.
        var sheds = false
        if case .verdicts = mode { sheds = expressions.isEmpty && !options.isInteractive }
        var begun = EarlyCheck(source, sources, sheds: sheds)
        let trees = Parser.pieces(source, names: &names, language: options.language, depth: options.limits.depth) { begun.take($0, &$1) }
        if let trees, !begun.isVoid {
          inputs = trees.map { ($0, source) }
          early = begun
          continue
        }
      }
      let result = Parser.parse(source, names: &names, language: options.language, depth: options.limits.depth)
      diagnostics.append(result.diagnostics)
      inputs.append((result.tree, source))
    }
    read(&diagnostics, &outcome)
    if let made = early?.finish(&names) { take(made) } else { declare() }
    diagnostics.append(checked.diagnostics)
    report(checked.findings, &diagnostics, give)
    complain(diagnostics, give)
    if diagnostics.hasErrors {
      outcome.hasErrors = true
      return outcome
    }
    if case .verdicts(named: true) = mode { give(heading(inputs.first?.source.name ?? "")) }
    start()
    var asked = false
    for command in checked.commands {
      if outcome.hasErrors {
        retell(command, &outcome, give)
      } else if isIncluded(command.site) {
        redo(command, &outcome, give)
      } else {
        if case .check = command.command { asked = true }
        perform(command, &outcome, mode, give)
      }
    }
    for (i, text) in expressions.enumerated() { answer(line: text, name: "<-e \(i + 1)>", &outcome, mode, give) }
    if !asked, !outcome.hasErrors {
      var isSilent = true
      if case .verdicts = mode { isSilent = false }
      judgeRoot(isSilent: isSilent, &outcome, give)
    }
    return outcome
  }

  /// Behind a refusal nothing is answered, but other scenarios are tried still, so that each tells what is wrong with it;
  /// one that branches off a refused one has nothing to stand on.
  private mutating func retell(_ command: CheckedCommand, _ outcome: inout Outcome, _ give: (Answer) -> Void) {
    guard case .scenario(let script) = command.command, Evaluator.now() < engineLimits.deadline ?? .max,
      !(hearsStop && host.isInterrupted), script.parent.map({ scenarios.index(of: $0) != nil }) ?? true
    else { return }
    redo(command, &outcome, give)
  }

  /// Declares one text and what it loads, without running anything; gives its errors.
  mutating func load(_ text: String, complain: (Diagnostic) -> Void) {
    var diagnostics = DiagnosticList()
    var outcome = Outcome()
    guard let source = sources.add(name: "<muat>", bytes: Array(text.utf8)) else { return }
    let result = Parser.parse(source, names: &names, language: options.language, depth: options.limits.depth)
    diagnostics.append(result.diagnostics)
    inputs = [(result.tree, source)]
    read(&diagnostics, &outcome)
    declare()
    diagnostics.append(checked.diagnostics)
    for diagnostic in diagnostics.all where diagnostic.severity == .error { complain(diagnostic) }
  }

  /// Reads the files that the texts load, below the script's folder only: CSV to be imported, `.plan` scripts to stand
  /// before the text that loads them, each once.
  mutating func read(_ diagnostics: inout DiagnosticList, _ outcome: inout Outcome) {
    var at = 0
    while at < inputs.count {
      let tree = inputs[at].tree
      var scripts = 0
      for id in tree.children(of: tree.root) where tree[id].word == .load && tree[id].kind == .statement {
        guard let text = tree.child(.text, of: id), let request = LoadRequest(tree, id, sources) else { continue }
        let site = tree[text].site
        let path = request.path
        if files[request.key] != nil { continue }
        guard let source = read(path, at: site, request, &diagnostics, &outcome) else { continue }
        files[request.key] = source
        guard path.lowercased().hasSuffix(".plan") else { continue }
        let result = Parser.parse(source, names: &names, language: options.language, depth: options.limits.depth)
        diagnostics.append(result.diagnostics)
        inputs.insert((result.tree, source), at: at + scripts)
        log.included.append(source.base)
        scripts += 1
      }
      if packs[inputs[at].source.base] == nil { usePacks(of: tree, &diagnostics, &outcome) }
      // What was put before this text may load others in its turn.
      at += scripts > 0 ? 0 : 1
    }
  }

  /// A file that a text names, below the script's folder only; nil after a complaint.
  mutating func read(
    _ path: String, at site: Site, _ request: LoadRequest?, _ diagnostics: inout DiagnosticList, _ outcome: inout Outcome
  ) -> Source? {
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains(".."), !path.utf8.contains(0) else {
      diagnostics.add(SessionProblem.outsideFolder(path: path), at: site)
      return nil
    }
    do throws(HostFailure) {
      let bytes = try host.read(path, limit: options.limits.fileSize)
      if let request, Spreadsheet.isWorkbook(path) { return sheet(of: bytes, request, at: site, &diagnostics) }
      if let source = sources.add(name: path, bytes: bytes) { return source }
      diagnostics.add(SessionProblem.tooMuchText, at: site)
    } catch {
      diagnostics.add(SessionProblem.unreadable(path: path, reason: error.reason), at: site)
      outcome.isUnreadable = true
    }
    return nil
  }

  /// The sheet of a workbook as a text; nil after a complaint.
  private mutating func sheet(
    of bytes: [UInt8], _ request: LoadRequest, at site: Site, _ diagnostics: inout DiagnosticList
  ) -> Source? {
    do throws(WorkbookFault) {
      let made = try Spreadsheet(
        bytes, choice: request.choice, isIndonesian: request.isIndonesian,
        limit: min(options.limits.fileSize, options.limits.memory))
      let book = Source.Book(bytes: bytes, sheets: made.visible, isStated: request.choice != .first)
      let name = "\(request.path)[\(made.sheet)]"
      if let source = sources.add(name: name, bytes: made.text, workbook: book) { return source }
      diagnostics.add(SessionProblem.tooMuchText, at: site)
    } catch {
      diagnostics.add(DataProblem.workbook(error, path: request.path), at: site)
    }
    return nil
  }

  /// Whether a place stands in a script that another one loaded: what it asks is not answered.
  func isIncluded(_ site: Site) -> Bool {
    guard !log.included.isEmpty, let source = sources.source(at: site.start) else { return false }
    return log.included.contains(source.base)
  }

  /// Checks all inputs as one plan.
  mutating func declare() {
    var used: [Int: UsedPack] = [:]
    for at in inputs.indices { used[at] = packs[inputs[at].source.base] }
    take(Checker.check(CheckInput(trees: inputs, sources: sources, files: files, packs: used), names: &names))
  }

  private mutating func take(_ made: Checked) {
    checked = made
    standing = StandingCache()
  }

  /// Begins the run: the clock and the root scenario.
  mutating func start() {
    scenarios = Scenarios(of: checked.plan, root: names.intern("dasar"))
    verdicts = [:]
    startClock()
  }

  /// Begins the bounds of one run.
  mutating func startClock() {
    engineLimits = EngineLimits()
    engineLimits.language = options.language
    engineLimits.steps = options.limits.steps
    engineLimits.memory = options.limits.memory
    engineLimits.seconds = options.limits.seconds
    engineLimits.deadline = Evaluator.now() + UInt64(options.limits.seconds) * 1_000_000_000
  }

  /// A further line: an expression, a question or an edit, against the plan as it stands.
  private mutating func answer(line: String, name: String, _ outcome: inout Outcome, _ mode: RunMode, _ give: (Answer) -> Void) {
    guard let source = sources.add(name: name, bytes: Array(line.utf8)) else { return }
    let result = Parser.parse(source, names: &names, language: options.language, depth: options.limits.depth)
    var diagnostics = result.diagnostics
    var commands: [CheckedCommand] = []
    if !diagnostics.hasErrors {
      let more = Checker.commands(of: result.tree, in: checked, inputs: inputs.map(\.tree), sources: sources, names: &names)
      diagnostics.append(more.diagnostics)
      commands = more.commands
      checked.plan = more.plan
      scenarios = scenarios.replanned(more.plan)
    }
    complain(diagnostics, give)
    if diagnostics.hasErrors {
      outcome.hasErrors = true
      return
    }
    for command in commands where !outcome.hasErrors { perform(command, &outcome, mode, give) }
  }

  // MARK: Messages

  /// A file that could not be read at all.
  public func unreadable(_ file: String, _ failure: HostFailure) -> Answer {
    let problem = SessionProblem.unreadable(path: file, reason: failure.reason)
    return message(Diagnostic(problem, at: .none))
  }

  func message(_ diagnostic: Diagnostic) -> Answer {
    var answer = Answer()
    answer.isMessage = true
    answer.document = Excerpt.drawn(diagnostic, sources, options.language, widest: options.excerptWidth)
    answer.document.blank()
    answer.inJSON { [sources, options] in [AnswerJSON.diagnostic(diagnostic, sources, options.language)] }
    answer.inCases { [sources, options] in
      let place = sources.place(of: diagnostic.site.start)
      return [
        CheckCase(
          suite: "", id: diagnostic.code, name: "", standing: diagnostic.severity == .error ? .fault : .remark,
          words: diagnostic.message[options.language], file: place?.file ?? "", line: place?.line ?? 0, column: place?.column ?? 0)
      ]
    }
    return answer
  }

  func complain(_ diagnostics: DiagnosticList, _ give: (Answer) -> Void) {
    for diagnostic in diagnostics.inOrder { give(message(diagnostic)) }
    if diagnostics.dropped > 0 {
      var answer = Answer()
      answer.isMessage = true
      answer.document.line(
        Bilingual("… dan \(diagnostics.dropped) pesan lagi", "… and \(English.count(diagnostics.dropped, "more message"))")[options.language], .dim)
      give(answer)
    }
  }

  private func heading(_ name: String) -> Answer {
    var answer = Answer()
    answer.document.line(name, .heading)
    return answer
  }

  /// Findings of loaded data: the first ones in full, the rest counted; with --strict they are errors.
  func report(_ findings: [Finding], _ diagnostics: inout DiagnosticList, _ give: (Answer) -> Void) {
    if findings.isEmpty { return }
    var answer = Answer()
    answer.isMessage = true
    let shown = options.isStrict ? findings.count : min(findings.count, 12)
    answer.document.line(
      Bilingual("\(findings.count) temuan pada data yang dimuat", "\(English.count(findings.count, "finding")) in loaded data")[options.language], .warning)
    for finding in findings.prefix(shown) {
      answer.document.line(
        Run("  \(finding.file):\(finding.row) ", .dim), Run(AnswerJSON.words(finding.kind)[options.language] + ": ", .warning),
        Run(finding.what[options.language]))
    }
    if findings.count > shown {
      answer.document.line(
        Bilingual(
          "  … \(findings.count - shown) lagi; semuanya dengan --strict atau --format json",
          "  … \(findings.count - shown) more; all of them with --strict or --format json")[options.language], .dim)
    }
    answer.document.blank()
    answer.inJSON { [options] in findings.map { AnswerJSON.finding($0, options.language) } }
    give(answer)
    if options.isStrict { diagnostics.add(SessionProblem.findingsAreErrors(count: findings.count), at: .none) }
  }

  // MARK: Other doors

  /// A text tidied, or put into a language; complaints instead when it has errors.
  public static func formatted(
    name: String, _ bytes: [UInt8], to language: Language?, messages: Language
  ) -> (bytes: [UInt8], complaints: Document?) {
    var names = Vocabulary.seeded()
    var map = SourceMap()
    guard let source = map.add(name: name, bytes: bytes) else { return (bytes, Document()) }
    let result = Formatter.format(source, to: language, names: &names, messages: messages)
    if !result.diagnostics.hasErrors { return (result.bytes, nil) }
    var page = Document()
    for diagnostic in result.diagnostics.inOrder {
      page.append(Excerpt.drawn(diagnostic, map, messages))
      page.blank()
    }
    return (bytes, page)
  }

  /// All codes, in order.
  public static var codes: [String] { Pages.all.map(\.code) }

  /// The page of a code in both languages, or nil.
  public static func page(of code: String) -> [Language: Document]? {
    guard let entry = Pages.all.first(where: { $0.code.lowercased() == code.lowercased() }) else { return nil }
    var pages: [Language: Document] = [:]
    for language in Language.allCases {
      var page = Document()
      page.line(entry.code, .heading)
      for paragraph in entry.page[language].split(separator: "\n", omittingEmptySubsequences: false) { page.line(String(paragraph)) }
      pages[language] = page
    }
    return pages
  }
}
