import ArgumentParser
import CLineEditor
import Glibc
import PlanLang

/// `planrepl [FILE...]`: the prompt.
struct Repl: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: say("Buka sesi tanya-jawab; tanpa perintah lain, inilah yang dijalankan.", "Open a session; this is what runs without another command."),
    aliases: ["sesi"])

  @Argument(help: help("Naskah yang dibuka lebih dulu.", "Scripts opened first."))
  var files: [String] = []

  @OptionGroup var common: CommonOptions
  var options: Choices { common.choices }

  /// The command that was meant where a misspelt one came here as the name of a script.
  private var meant: String? {
    guard let first = files.first, !first.contains("/"), access(first, F_OK) != 0 else { return nil }
    let shown = PlanRepl.configuration.subcommands.map { $0.configuration }.filter { $0.shouldDisplay }
    let commands = shown.flatMap { [$0.commandName ?? ""] + $0.aliases }
    return commands.first { $0 == first.lowercased() } ?? NearMiss.nearest(to: first, among: commands)
  }

  func run() throws {
    if let meant {
      let complaint = say(
        "Galat: tidak ada perintah atau berkas `\(files[0])`. Maksud Anda `planrepl \(meant)`?\n",
        "Error: there is no command or file `\(files[0])`. Did you mean `planrepl \(meant)`?\n")
      Disk.write(Array(complaint.utf8), to: STDERR_FILENO)
      throw ExitCode(Status.usage)
    }
    let terminal = Terminal(options, folderOf: files.first ?? "./-")
    throw ExitCode(terminal.run(files))
  }
}

/// Session, screen and keyboard held together.
final class Terminal {
  var session: Session
  let options: Choices
  private var editor: OpaquePointer?
  private var journal: Journal?
  private var history = HistoryFile()
  /// The language of the session, beside it because answers are shown while it works.
  private var language: Language
  /// Where the progress of exercises is kept between sessions, or nil.
  var lessonFile: String?
  /// The second screen, told after each line; nil without one.
  var screen: SecondScreen?

  init(_ options: Choices, folderOf file: String) {
    self.options = options
    language = options.language
    var behaviour = SessionOptions(language: options.language, limits: options.limits, isStrict: options.strict, isInteractive: true)
    behaviour.shownInstances = SessionOptions.shownOnPages
    behaviour.excerptWidth = options.excerptWidth
    behaviour.isAttended = isatty(STDIN_FILENO) == 1
    session = Session(host: Disk(folderOf: file), options: behaviour)
    Disk.hearInterrupts(isInteractive: true)
  }

  // MARK: Showing

  private var isAtTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// Shows an answer: its page, or its JSON objects; a page longer than the screen is shown screen by screen.
  func show(_ answer: Answer) {
    if options.format == .json {
      for object in answer.json { Disk.write(object.bytes + [10], to: STDOUT_FILENO) }
      return
    }
    let handle = answer.isMessage && !isAtTerminal ? STDERR_FILENO : STDOUT_FILENO
    var style = options.style(of: handle)
    style.language = language
    let text = PlainText.drawn(answer.document, style)
    isAtTerminal ? page(text) : { _ = Disk.write(Array(text.utf8), to: handle) }()
  }

  private func page(_ text: String) {
    var size = winsize()
    let rows = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_row) : 24
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.count <= rows || rows < 4 || environment("TERM") == "dumb" {
      Disk.write(Array(text.utf8), to: STDOUT_FILENO)
      return
    }
    var at = 0
    while at < lines.count {
      let end = min(at + rows - 1, lines.count)
      Disk.write(Array((lines[at..<end].joined(separator: "\n") + (end < lines.count ? "\n" : "")).utf8), to: STDOUT_FILENO)
      at = end
      if at >= lines.count { break }
      let hint = language == .indonesian ? "-- \(lines.count - at) baris lagi: spasi, q --" : "-- \(English.count(lines.count - at, "more line")): space, q --"
      Disk.write(Array(hint.utf8), to: STDOUT_FILENO)
      let key = ple_key()
      Disk.write(Array("\r\u{1b}[K".utf8), to: STDOUT_FILENO)
      if key < 0 || key == 113 || key == 3 || key == 27 { return }
      // Who types on has read enough.
      if putsBack(key) { return }
    }
  }

  /// Whether a key that is no answer begins the next line: who types on loses no letter.
  private func putsBack(_ key: Int32) -> Bool {
    guard key > 32, key < 127 else { return false }
    ple_unread(key)
    return true
  }

  func tell(_ id: String, _ en: String) {
    Disk.write(Array((Bilingual(id, en)[language] + "\n").utf8), to: STDOUT_FILENO)
  }

  // MARK: Opening

  /// Reads and opens scripts; false when one cannot be.
  func open(_ files: [String]) -> Int32 {
    if files.isEmpty { return 0 }
    var inputs: [(name: String, bytes: [UInt8])] = []
    for file in files {
      do throws(HostFailure) {
        inputs.append((file, try Disk.contents(of: file, limit: options.limits.fileSize)))
      } catch {
        show(session.unreadable(file, error))
        return Status.inputOutput
      }
    }
    return session.open(inputs) { show($0) } ? 0 : Status.errors
  }

  func run(_ files: [String]) -> Int32 {
    if isatty(STDIN_FILENO) != 1 { return script(files) }
    if options.format == .text {
      tell(
        "PlanLang \(PlanLang.version). `bantuan` untuk perintah, Tab melengkapi, Ctrl-D keluar.",
        "PlanLang \(PlanLang.version). `help` for commands, Tab completes, Ctrl-D leaves.")
    }
    let isRestored = files.isEmpty || files.allSatisfy { access($0, R_OK) == 0 } ? restore(files) : false
    if !isRestored {
      let status = open(files)
      if status != 0 { return status }
      journal = Journal(files: files.map { Disk.resolved($0) ?? $0 })
      if journal == nil {
        tell("peringatan: folder keadaan tidak dapat ditulis; sesi ini tidak dijurnal", "warning: the state folder cannot be written; this session is not journaled")
      }
    }
    if let lessonFile, let bytes = try? Disk.contents(of: lessonFile, limit: 1 << 20) { session.lesson = Lesson(text: String(decoding: bytes, as: UTF8.self)) }
    if session.hasExercises { _ = session.submit(language == .indonesian ? "latihan" : "exercise") { show($0) } }
    editor = ple_open("planlang", Unmanaged.passUnretained(self).toOpaque(), completeAtCursor)
    for entry in history.entries { editor.map { ple_remember($0, entry) } }
    loop()
    journal?.end()
    if let editor { ple_close(editor) }
    return 0
  }

  // MARK: The loop

  private func loop() {
    var pending = ""
    screen?.tell(session.screenState())
    while true {
      var cancelled: Int32 = 0
      let prompt = pending.isEmpty ? coloured(session.prompt()) : continuation
      guard let line = read(prompt, &cancelled) else { return }
      if cancelled != 0 {
        pending = ""
        continue
      }
      pending = pending.isEmpty ? line : pending + "\n" + line
      if pending.allSatisfy({ $0 == " " || $0 == "\n" || $0 == "\t" }) {
        pending = ""
        continue
      }
      // An empty line ends what is open, so that a mistake cannot trap anyone.
      if !line.isEmpty, !session.isComplete(pending) { continue }
      let text = pending
      pending = ""
      remember(text)
      if give(text) == .ended { return }
    }
  }

  private var continuation: String { String(repeating: " ", count: 2) + "\u{1}\u{1b}[2m\u{1}…\u{1}\u{1b}[0m\u{1} " }

  /// One line typed at the prompt, or nil at the end of input.
  func line() -> String? {
    if editor == nil { editor = ple_open("planlang", Unmanaged.passUnretained(self).toOpaque(), completeAtCursor) }
    var cancelled: Int32 = 0
    return read(coloured(session.prompt()), &cancelled)
  }

  private func read(_ prompt: String, _ cancelled: inout Int32) -> String? {
    if let editor {
      guard let text = ple_read(editor, prompt, &cancelled) else { return nil }
      defer { free(text) }
      return String(cString: text)
    }
    Disk.write(Array((prompt.filter { $0 != "\u{1}" }).utf8), to: STDOUT_FILENO)
    return readLine(strippingNewline: true)
  }

  private func coloured(_ prompt: Prompt) -> String {
    guard options.style(of: STDOUT_FILENO).isColoured else { return prompt.text + " " }
    let colour = prompt.meaning == .good ? "32" : prompt.meaning == .bad ? "31" : "36"
    return "\u{1}\u{1b}[1;\(colour)m\u{1}\(prompt.text.dropLast())\u{1}\u{1b}[0m\u{1}> "
  }

  private func remember(_ text: String) {
    if let editor { ple_remember(editor, text) }
    history.append(text)
  }

  /// A line into the journal, then to the session.
  func give(_ text: String) -> Reply {
    if let journal, !journal.append(text) {
      tell("peringatan: jurnal tidak dapat ditulis (cakram penuh?); sesi berlanjut tanpa jurnal", "warning: the journal cannot be written (disk full?); the session goes on without it")
    }
    Disk.hearInterrupts(isInteractive: true)
    let reply = session.submit(text) { show($0) }
    language = session.options.language
    screen?.tell(session.screenState())
    if let lessonFile, !session.lesson.progress.isEmpty { try? Disk.replace(lessonFile, with: Array(session.lesson.text.utf8)) }
    if reply == .incomplete {
      tell("belum lengkap: ada kurung, blok atau teks yang belum ditutup", "incomplete: a bracket, block or text is not closed")
    }
    return reply
  }

  // MARK: After a crash

  /// Offers to go on with a session that was cut off; false when there is none or it is not wanted.
  private func restore(_ files: [String]) -> Bool {
    guard let lost = Journal.lost() else { return false }
    let list = lost.files.map { String($0.split(separator: "/").last ?? "") }.joined(separator: ", ")
    tell(
      "Sesi yang terputus ditemukan: \(list.isEmpty ? "tanpa naskah" : list), \(lost.lines.count) baris.",
      "A session that was cut off was found: \(list.isEmpty ? "no script" : list), \(English.count(lost.lines.count, "line")).")
    Disk.write(Array(say("Pulihkan? [y = ya, t = buang, lain = nanti] ", "Restore? [y = yes, n = throw away, else = later] ").utf8), to: STDOUT_FILENO)
    let key = ple_key()
    Disk.write([10], to: STDOUT_FILENO)
    if key == 116 || key == 110 { unlink(lost.path) }
    // Who types on as if nothing had been asked means later.
    if ![116, 110, 121].contains(key) { _ = putsBack(key) }
    guard key == 121 else { return false }
    guard let adopted = Journal(adopting: lost), open(lost.files) == 0 else { return false }
    var refused = 0
    for line in lost.lines where session.submit(line, give: { _ in }) == .refused { refused += 1 }
    journal = adopted
    tell("dipulihkan: \(lost.lines.count) baris" + (refused > 0 ? ", \(refused) di antaranya ditolak seperti semula" : ""), "restored: \(English.count(lost.lines.count, "line"))" + (refused > 0 ? ", \(refused) of them refused as before" : ""))
    return true
  }

  // MARK: Without a terminal

  /// Standard input as a script: the same lines, the same answers, no prompt.
  private func script(_ files: [String]) -> Int32 {
    let status = open(files)
    if status != 0 { return status }
    var pending = ""
    var worst: Int32 = 0
    while let line = readLine(strippingNewline: true) {
      pending = pending.isEmpty ? line : pending + "\n" + line
      if !session.isComplete(pending) { continue }
      let text = pending
      pending = ""
      let reply = session.submit(text) { show($0) }
      language = session.options.language
      if reply == .ended { return worst }
      if reply == .refused { worst = Status.errors }
    }
    if !pending.isEmpty, session.submit(pending, give: { show($0) }) != .answered {
      tell("belum lengkap: ada kurung, blok atau teks yang belum ditutup", "incomplete: a bracket, block or text is not closed")
      worst = Status.errors
    }
    return worst == 0 && session.prompt().meaning == .bad ? Status.broken : worst
  }

  // MARK: Tab

  /// What Tab does: goes on as far as all candidates agree; the second Tab lists them.
  func complete(_ before: String, again: Int, columns: Int) -> (replaced: Int, insert: String?, list: String?) {
    let found = session.completions(of: before)
    let begun = String(before.suffix(found.replaced))
    guard let first = found.candidates.first else { return (0, nil, nil) }
    if found.candidates.count == 1 {
      let ends = first.goesOn || first.text.hasSuffix("=") || first.text.hasSuffix(" ") || first.text.hasSuffix("(") || first.text.hasSuffix("/") ? "" : " "
      return (found.replaced, first.text + ends, nil)
    }
    var common = first.text
    for candidate in found.candidates {
      while !candidate.text.lowercased().hasPrefix(common.lowercased()) { common.removeLast() }
    }
    // Where more could go on than were looked at, nothing is known of what they have in common.
    if common.count > begun.count, found.candidates.count < 400 { return (found.replaced, common, nil) }
    return again == 0 ? (0, nil, nil) : (0, nil, listed(found.candidates, columns))
  }

  private func listed(_ candidates: [Completion.Candidate], _ columns: Int) -> String {
    let shown = candidates.prefix(40)
    let width = min(shown.map { TextWidth.of($0.text) }.max() ?? 0, 40)
    var text = ""
    let hasNotes = shown.contains { !$0.note.isEmpty }
    if hasNotes {
      for candidate in shown {
        let gap = String(repeating: " ", count: max(2, width + 2 - TextWidth.of(candidate.text)))
        text += TextWidth.cut("  " + candidate.text + gap + candidate.note, to: columns - 1) + "\n"
      }
    } else {
      var row = ""
      for candidate in shown {
        let cell = candidate.text + String(repeating: " ", count: max(2, width + 2 - TextWidth.of(candidate.text)))
        if TextWidth.of(row) + TextWidth.of(cell) >= columns - 2 {
          text += "  " + row + "\n"
          row = ""
        }
        row += cell
      }
      text += "  " + row + "\n"
    }
    if candidates.count > shown.count {
      text += "  … " + Bilingual("\(candidates.count - shown.count) lagi", "\(candidates.count - shown.count) more")[language] + "\n"
    }
    return text
  }
}

/// The editor's Tab, from C.
private func completeAtCursor(_ context: UnsafeMutableRawPointer?, _ before: UnsafePointer<CChar>?, _ again: Int32, _ columns: Int32) -> ple_completion {
  guard let context, let before else { return ple_completion(replaced: 0, insert: nil, list: nil) }
  let terminal = Unmanaged<Terminal>.fromOpaque(context).takeUnretainedValue()
  let found = terminal.complete(String(cString: before), again: Int(again), columns: Int(columns))
  return ple_completion(replaced: Int32(found.replaced), insert: found.insert.flatMap { strdup($0) }, list: found.list.flatMap { strdup($0) })
}
