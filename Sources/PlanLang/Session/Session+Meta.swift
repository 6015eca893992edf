extension Session {
  /// Does a command about the session.
  mutating func perform(_ command: MetaCommand, _ arguments: [String], _ line: String, _ give: (Answer) -> Void) -> Reply {
    let row = command.row
    if row.arguments > 0, arguments.isEmpty { return usage(command, give) }
    if arguments.count > row.most { return usage(command, give) }
    switch command {
    case .help: return help(arguments.joined(separator: " "), give)
    case .list: return list(arguments, give)
    case .info: return info(arguments.joined(separator: " "), give)
    case .load: return load(arguments[0], line, give)
    case .save: return save(arguments[0], give)
    case .undo, .redo: return step(command, arguments, give)
    case .history: return history(arguments, give)
    case .go, .branch, .drop, .merge, .rename, .cancel: return scenario(command, arguments, line, give)
    case .difference: return difference(arguments, give)
    case .time:
      log.tellsTime.toggle()
      return say(log.tellsTime ? say("waktu tiap jawaban ditampilkan", "each answer tells its time") : say("waktu tidak lagi ditampilkan", "answers no longer tell their time"), give)
    case .language:
      guard let language = Language(code: arguments[0].lowercased()) else { return usage(command, give) }
      options.language = language
      return say(say("jawaban kini dalam bahasa Indonesia", "answers are now in English"), give)
    case .record: return record(arguments, give)
    case .play: return play(arguments[0], give)
    case .note:
      remember(undoable)
      log.entries.append(LogEntry(kind: .note, line: arguments[0], scenario: names.text(scenarios.branches[scenarios.current].name)))
      return say(say("dicatat untuk notulen", "noted for the minutes"), give)
    case .minutes: return minutes(arguments, give)
    case .exercise: return exercise(arguments, give)
    case .hint: return hint(give)
    case .score: return score(arguments, give)
    case .apply:
      let number = arguments.first.map { Int($0) } ?? 1
      guard let number, log.proposals.indices.contains(number - 1) else {
        if !log.proposals.isEmpty { return usage(command, give) }
        refuse(SessionProblem.nothingToApply, give)
        return .refused
      }
      let text = log.proposals[number - 1]
      log.proposals = []
      return submit(text, give: give)
    case .quit: return .ended
    }
  }

  /// One plain line as an answer.
  @discardableResult
  func say(_ line: String, _ give: (Answer) -> Void) -> Reply {
    var answer = Answer()
    answer.document.line(line, .dim)
    give(answer)
    return .answered
  }

  /// A command used wrongly: how it is used.
  func usage(_ command: MetaCommand, _ give: (Answer) -> Void) -> Reply {
    let row = command.row
    refuse(
      SessionProblem.usage(
        command: command.spelling(options.language), usage: row.usage[options.language], summary: row.summary), give)
    return .refused
  }

  func refuse(_ problem: any Problem, _ give: (Answer) -> Void) { give(message(Diagnostic(problem, at: .none))) }

  // MARK: Undo and redo

  private mutating func step(_ command: MetaCommand, _ arguments: [String], _ give: (Answer) -> Void) -> Reply {
    guard arguments.count <= 1, let wanted = arguments.isEmpty ? 1 : Int(arguments[0]), wanted > 0 else { return usage(command, give) }
    var done = 0
    var lines: [String] = []
    for _ in 0..<wanted {
      guard var state = command == .undo ? log.past.popLast() : log.future.popLast() else { break }
      let now = undoable
      let (past, future, count, map) = (log.past, log.future, log.count, sources)
      let newer = command == .undo ? now : state
      lines.append(newer.log.entries.last.map { Self.firstLine($0.line) } ?? "")
      state.options = options
      state.log.lesson = log.lesson
      self = state
      (log.past, log.future, log.count, sources) = (past, future, count, map)
      if command == .undo { log.future.append(now) } else { log.past.append(now) }
      done += 1
    }
    if done == 0 {
      return say(command == .undo ? say("tidak ada yang dapat diurungkan", "nothing to undo") : say("tidak ada yang dapat diulang", "nothing to redo"), give)
    }
    var answer = Answer()
    for line in lines {
      answer.document.line(Run(command == .undo ? say("diurungkan  ", "undone  ") : say("diulang  ", "redone  "), .heading), Run(line))
    }
    give(answer)
    return .answered
  }

  static func firstLine(_ text: String) -> String {
    let first = text.split(separator: "\n").first.map(String.init) ?? ""
    return first.count < text.count ? first + " …" : first
  }

  private func history(_ arguments: [String], _ give: (Answer) -> Void) -> Reply {
    guard arguments.count <= 1, let wanted = arguments.isEmpty ? 40 : Int(arguments[0]), wanted > 0 else { return usage(.history, give) }
    let told = log.entries.filter { !$0.line.isEmpty }
    if told.isEmpty { return say(say("belum ada yang diubah", "nothing was changed yet"), give) }
    var answer = Answer()
    for (i, entry) in told.enumerated().suffix(wanted) {
      let number = String(i + 1)
      let gap = String(repeating: " ", count: max(0, 4 - number.count))
      answer.document.line(
        Run(gap + number + "  ", .dim), Run(entry.scenario.isEmpty ? "" : entry.scenario + "  ", .name), Run(Self.firstLine(entry.line)))
    }
    answer.document.blank()
    give(answer)
    return .answered
  }

  // MARK: Scenarios

  /// Scenario commands at the prompt: whole or not at all, and undoable.
  private mutating func scenario(_ command: MetaCommand, _ arguments: [String], _ line: String, _ give: (Answer) -> Void) -> Reply {
    let before = undoable
    var answer = Answer()
    do throws(Halt) {
      try change(command, arguments, &answer)
    } catch {
      restore(before)
      give(message(Diagnostic(error.problem, at: error.site)))
      return .refused
    }
    if !answer.isMessage {
      var entry = LogEntry(kind: .command(command, arguments), line: line)
      entry.scenario = names.text(scenarios.branches[scenarios.current].name)
      log.entries.append(entry)
      remember(before)
    }
    give(answer)
    return answer.isMessage ? .refused : .answered
  }

  /// Does a scenario command again after the plan was checked anew; one that no longer fits is left out.
  mutating func again(_ command: MetaCommand, _ arguments: [String]) {
    let before = self
    var answer = Answer()
    do throws(Halt) { try change(command, arguments, &answer) } catch { self = before }
  }

  private mutating func change(_ command: MetaCommand, _ arguments: [String], _ answer: inout Answer) throws(Halt) {
    let name = arguments.first ?? ""
    switch command {
    case .go:
      guard let row = row(named: name) else { return answer = noScenario(name) }
      scenarios.current = row
      answer.document.line(say("kini di ", "now in ") + spoken(scenario: scenarios.current), .dim)
    case .branch: branch(name, arguments.dropFirst().joined(separator: " "), &answer)
    case .drop:
      guard let row = row(named: name) else { return answer = noScenario(name) }
      if row == 0 { return answer = message(Diagnostic(SessionProblem.rootStays, at: .none)) }
      scenarios.remove(row)
      verdicts = [:]
      answer.document.line(say("dihapus ", "dropped ") + name, .dim)
    case .rename:
      guard isFree(name) else { return answer = message(Diagnostic(SessionProblem.nameTaken(name: name), at: .none)) }
      if scenarios.current == 0 { return answer = message(Diagnostic(SessionProblem.rootStays, at: .none)) }
      let symbol = names.intern(name)
      checked.scope.declare(symbol, .scenario, at: .none)
      scenarios.branches[scenarios.current].name = symbol
      answer.document.line(say("kini bernama ", "now called ") + name, .dim)
    case .cancel:
      let row = scenarios.current
      if scenarios.branches[row].steps.isEmpty { return answer.document.line(say("tidak ada suntingan", "there are no edits"), .dim) }
      let count = scenarios.branches[row].steps.count
      scenarios.branches[row].state = try state(of: scenarios.branches[row].inherited)
      scenarios.branches[row].steps = []
      verdicts = [:]
      answer.document.line(say("\(count) suntingan dibuang", "\(English.count(count, "edit")) thrown away"), .dim)
    case .merge:
      guard let row = row(named: name) else { return answer = noScenario(name) }
      try merge(row, &answer)
    default: break
    }
  }

  /// A state with steps done from the root on.
  private func state(of steps: [PlacedStep]) throws(Halt) -> ScenarioState {
    var state = scenarios.branches[0].state
    let context = context()
    for step in steps { try state.apply(step.step, context) }
    return state
  }

  private func isFree(_ name: String) -> Bool {
    guard let first = name.first, first.isLetter || first == "_", name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return false }
    guard let symbol = names.known(name) else { return true }
    return !checked.scope.isKnown(symbol) && scenarios.index(of: symbol) == nil
  }

  private mutating func branch(_ name: String, _ title: String, _ answer: inout Answer) {
    guard isFree(name) else { return answer = message(Diagnostic(SessionProblem.nameTaken(name: name), at: .none)) }
    let symbol = names.intern(name)
    let parent = scenarios.branches[scenarios.current]
    var made = Branch(name: symbol, title: .none, parent: scenarios.current, state: parent.state, date: parent.date, urgentGround: parent.urgentGround)
    made.inherited = parent.allSteps
    if !title.isEmpty, let source = sources.add(name: "<judul>", bytes: Array(("\"" + title + "\"").utf8)) {
      made.title = Site(start: source.base, end: source.base + UInt32(source.bytes.count))
    }
    checked.scope.declare(symbol, .scenario, at: .none)
    let known = verdicts[scenarios.current]
    scenarios.current = scenarios.add(made)
    verdicts[scenarios.current] = known
    answer.document.line(say("cabang \(name) dari \(spoken(scenario: made.parent))", "branch \(name) of \(spoken(scenario: made.parent))"), .dim)
  }

  func row(named name: String) -> Int? {
    names.known(name.lowercased() == "base" ? "dasar" : name).flatMap { scenarios.index(of: $0) }
  }

  private func noScenario(_ name: String) -> Answer {
    let nearest = NearMiss.nearest(to: name, among: scenarios.branches.map { names.text($0.name) })
    return message(Diagnostic(DeclarationProblem.unknownScenario(name: name, nearest: nearest), at: .none))
  }

  /// Does another scenario's steps since the common ancestor here; cells both changed are named.
  private mutating func merge(_ other: Int, _ answer: inout Answer) throws(Halt) {
    let row = scenarios.current
    let (mine, theirs) = (scenarios.branches[row].allSteps, scenarios.branches[other].allSteps)
    var common = 0
    while common < min(mine.count, theirs.count), mine[common].site == theirs[common].site { common += 1 }
    let added = Array(theirs.dropFirst(common))
    if row == other || added.isEmpty { return answer.document.line(say("tidak ada yang perlu digabung", "nothing to merge"), .dim) }
    let ancestor = try state(of: Array(mine.prefix(common)))
    let before = scenarios.branches[row].state
    let beforeVerdicts = try verdicts(of: row)
    let (changedHere, changedThere) = (Self.places(from: ancestor, to: before), Self.places(from: ancestor, to: scenarios.branches[other].state))
    for (key, value) in scenarios.branches[other].state.overlay.figures {
      guard let own = before.overlay.figure(key), own != value, ancestor.overlay.figure(key) != own else { continue }
      answer = message(Diagnostic(SessionProblem.mergeConflict(name: names.text(scenarios.branches[other].name)), at: added[0].site))
      return
    }
    var state = before
    let context = context()
    for step in added { try state.apply(step.step, context) }
    scenarios.branches[row].state = state
    scenarios.branches[row].steps += added
    verdicts[row] = nil
    let difference = Difference(from: before, beforeVerdicts, to: state, try verdicts(of: row))
    let writer = ChangeWriter(speech: speech, difference: difference, branch: scenarios.branches[row])
    answer.document = writer.document(heading: names.text(scenarios.branches[row].name))
    var named: [ExtraCell] = []
    for place in changedThere where changedHere.contains(place) && !named.contains(where: { $0.leaf == place.leaf && $0.year == place.year }) {
      named.append(place)
      answer.document.line(
        Run(say("diubah keduanya  ", "changed by both  "), .warning),
        Run(speech.path(place.leaf), .name), Run(" \(checked.plan.firstYear + place.year)"))
    }
  }

  /// The cells in which two states differ, in order.
  private static func places(from before: ScenarioState, to after: ScenarioState) -> [ExtraCell] {
    Difference(from: before, [], to: after, []).cells.map(\.place)
  }

  private mutating func difference(_ arguments: [String], _ give: (Answer) -> Void) -> Reply {
    do throws(Halt) {
      let row = scenarios.current
      guard let other = arguments.isEmpty ? max(scenarios.branches[row].parent, 0) : self.row(named: arguments[0]) else {
        give(noScenario(arguments[0]))
        return .refused
      }
      if other == row { return say(say("ini skenario dasar; tidak ada bedanya", "this is the base scenario; there is no difference"), give) }
      var difference = Difference(
        from: scenarios.branches[other].state, try verdicts(of: other), to: scenarios.branches[row].state, try verdicts(of: row))
      if arguments.isEmpty { difference.movements = Array(scenarios.branches[row].state.movements.dropFirst(scenarios.branches[other].state.movements.count)) }
      var answer = Answer()
      let heading = spoken(scenario: other) + " -> " + spoken(scenario: row)
      answer.document = ChangeWriter(speech: speech, difference: difference, branch: scenarios.branches[row]).document(heading: heading)
      give(answer)
      return .answered
    } catch {
      give(message(Diagnostic(error.problem, at: error.site)))
      return .refused
    }
  }

  /// A scenario's name; the root is `base` in English.
  func spoken(scenario row: Int) -> String {
    speech.scenario(scenarios.branches[row])
  }

  // MARK: Files

  private func path(_ text: String, _ suffix: String) -> String { text.contains(".") ? text : text + suffix }

  func bytes(of path: String, _ give: (Answer) -> Void) -> [UInt8]? {
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
      refuse(SessionProblem.outsideFolder(path: path), give)
      return nil
    }
    do throws(HostFailure) {
      return try host.read(path, limit: options.limits.fileSize)
    } catch {
      refuse(SessionProblem.unreadable(path: path, reason: error.reason), give)
      return nil
    }
  }

  /// Writes a file and says so; a refusal is a message.
  func write(_ text: String, to path: String, _ give: (Answer) -> Void) -> Reply {
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
      refuse(SessionProblem.outsideFolder(path: path), give)
      return .refused
    }
    do throws(HostFailure) {
      try host.write(path, Array(text.utf8))
    } catch {
      refuse(SessionProblem.unwritable(path: path, reason: error.reason), give)
      return .refused
    }
    return say(say("ditulis: \(path)", "written: \(path)"), give)
  }

  private mutating func load(_ path: String, _ line: String, _ give: (Answer) -> Void) -> Reply {
    guard let bytes = bytes(of: path, give) else { return .refused }
    let before = undoable
    guard add(text: bytes, named: path, give) != nil, rebuild(give) else {
      restore(before)
      return .refused
    }
    log.files.append(path)
    give(summary())
    remember(before)
    return .answered
  }

  private func save(_ name: String, _ give: (Answer) -> Void) -> Reply { write(script, to: path(name, ".plan"), give) }

  private mutating func record(_ arguments: [String], _ give: (Answer) -> Void) -> Reply {
    if let recording = log.recording {
      let lines = log.entries.dropFirst(recording.from).map(\.line).filter { !$0.isEmpty }
      let reply = write(lines.joined(separator: "\n") + "\n", to: recording.path, give)
      if reply == .answered { log.recording = nil }
      return reply
    }
    guard let name = arguments.first else { return usage(.record, give) }
    log.recording = (log.entries.count, path(name, ".plan"))
    return say(say("merekam; `rekam` lagi untuk selesai", "recording; `record` again to end"), give)
  }

  private mutating func play(_ path: String, _ give: (Answer) -> Void) -> Reply {
    guard let bytes = bytes(of: path, give) else { return .refused }
    for step in DemoScript(String(decoding: bytes, as: UTF8.self), in: self).steps {
      var answer = Answer()
      for line in step.narration { answer.document.line(line, .heading) }
      for line in step.text.split(separator: "\n", omittingEmptySubsequences: false) where !step.text.isEmpty {
        answer.document.line(Run("> ", .dim), Run(String(line), .code))
      }
      if !answer.document.isEmpty { give(answer) }
      if step.text.isEmpty { continue }
      let reply = submit(step: step.text, give: give)
      if reply != .answered { return reply == .incomplete ? .refused : reply }
    }
    return .answered
  }

  private func minutes(_ arguments: [String], _ give: (Answer) -> Void) -> Reply {
    let minutes = Minutes(of: self)
    guard let name = arguments.first else {
      var answer = Answer()
      for line in minutes.markdown.split(separator: "\n", omittingEmptySubsequences: false) { answer.document.line(String(line)) }
      give(answer)
      return .answered
    }
    return write(name.hasSuffix(".html") ? minutes.html : minutes.markdown, to: path(name, ".md"), give)
  }
}
