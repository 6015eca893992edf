import ArgumentParser
import Glibc
import PlanLang

/// Answers gathered and written at once, messages to standard error; the order is the script's.
struct Output {
  private var answers: [UInt8] = []
  /// What was found so far, for the forms that tell it at the end.
  private(set) var cases: [CheckCase] = []
  private let options: Choices
  private let answerStyle: TextStyle
  private let messageStyle: TextStyle

  init(_ options: Choices) {
    self.options = options
    answerStyle = options.style(of: STDOUT_FILENO)
    messageStyle = options.style(of: STDERR_FILENO)
  }

  /// Writes one answer: its text, or its JSON objects a line each.
  mutating func give(_ answer: Answer) {
    // A shard says nothing but itself: whoever joins the parts answers.
    if options.shard != nil, !answer.isPart, !answer.isMessage { return }
    if answer.isPart {
      for object in answer.json { answers += object.bytes + [10] }
      return
    }
    if options.format == .junit || options.format == .sarif {
      cases += answer.cases
    } else if options.format == .json {
      for object in answer.json {
        answers += object.bytes
        answers.append(10)
      }
    } else if answer.isMessage {
      flush()
      Disk.write(Array(PlainText.drawn(answer.document, messageStyle).utf8), to: STDERR_FILENO)
    } else {
      answers += Array(PlainText.drawn(answer.document, answerStyle).utf8)
    }
    if answers.count > 1 << 16 { flush() }
  }

  /// Writes the findings in the form asked for.
  mutating func report(_ all: [CheckCase]) {
    if options.format == .junit { answers += Array(CheckReport.junit(all).utf8) }
    if options.format == .sarif { answers += Array(CheckReport.sarif(all).utf8) }
    flush()
  }

  /// Writes what was gathered; ends the program when nobody can take it.
  mutating func flush() {
    if answers.isEmpty { return }
    if !Disk.write(answers, to: STDOUT_FILENO) { Glibc.exit(Status.inputOutput) }
    answers.removeAll(keepingCapacity: true)
  }
}

/// Runs scripts against one plan.
///
/// Findings for CI are handed on to `gather`, or written at the end without one. When the process has nothing else to do,
/// it `ends` here: nobody waits for a large plan to be taken apart.
func runBatch(
  files: [String], expressions: [String], mode: RunMode, _ options: Choices, parts: [Part]? = nil, ends: Bool = false,
  gather: (([CheckCase]) -> Void)? = nil
) -> Int32 {
  if ends { Session.expect(text: Disk.size(of: files)) }
  var output = Output(options)
  defer { if let gather { gather(output.cases) } else { output.report(output.cases) } }
  let host = Disk(folderOf: files.first ?? "-")
  var behaviour = SessionOptions(language: options.language, limits: options.limits, isStrict: options.strict, isInteractive: false)
  behaviour.threads = options.threads
  behaviour.shard = options.shard.map { ($0.number, $0.count) }
  behaviour.parts = parts
  behaviour.excerptWidth = options.excerptWidth
  if options.format == .text { behaviour.shownInstances = SessionOptions.shownOnPages }
  Disk.hearInterrupts()
  // Read first: meanwhile the second thread makes what a session begins with.
  var inputs: [(name: String, bytes: [UInt8])] = []
  for file in files {
    do throws(HostFailure) {
      inputs.append((file == "-" ? "<stdin>" : file, try Disk.contents(of: file, limit: options.limits.fileSize)))
    } catch {
      output.give(Session(toRun: host, options: behaviour).unreadable(file, error))
      output.flush()
      return Status.inputOutput
    }
  }
  var session = Session(toRun: host, options: behaviour)
  let outcome = session.run(inputs, expressions: expressions, mode: mode) { output.give($0) }
  output.flush()
  if ends { withExtendedLifetime(session) { Glibc.exit(outcome.status) } }
  return outcome.status
}

/// `planrepl run`.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: say("Jalankan naskah dan tampilkan jawabannya.", "Run scripts and show their answers."),
    aliases: ["jalankan"])

  @Argument(help: help("Naskah; - untuk masukan baku.", "Scripts; - for standard input."))
  var files: [String]

  @Option(name: .shortAndLong, help: help("Ungkapan atau pernyataan tambahan, dijawab paling akhir.", "A further expression or statement, answered last."))
  var expression: [String] = []

  @OptionGroup var common: CommonOptions
  var options: Choices { common.choices }

  func run() throws {
    throw ExitCode(runBatch(files: files, expressions: expression, mode: .answers, options))
  }
}

/// `planrepl merge`.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: say("Jawab naskah dari simulasi dan sapuan yang dibagi (run --shard).", "Answer a script from simulations and sweeps divided into shards (run --shard)."),
    aliases: ["gabung"])

  @Argument(help: help("Naskah yang bagian-bagiannya diundi.", "The script whose parts were drawn."))
  var file: String

  @Argument(help: help("Berkas bagian.", "Files of parts."))
  var parts: [String]

  @OptionGroup var common: CommonOptions
  var options: Choices { common.choices }

  func run() throws {
    var all: [Part] = []
    for path in parts {
      guard let bytes = try? Disk.contents(of: path, limit: options.limits.fileSize), let read = Part.read(String(decoding: bytes, as: UTF8.self)) else {
        Disk.write(Array((say("`\(path)` tidak dapat dibaca sebagai bagian", "`\(path)` cannot be read as a part") + "\n").utf8), to: STDERR_FILENO)
        throw ExitCode(Status.inputOutput)
      }
      all += read
    }
    throw ExitCode(runBatch(files: [file], expressions: [], mode: .answers, options, parts: all))
  }
}

/// The status of `run FILE... [-e EXPR]...` and `check FILE...` without any other option, which is how most scripts are run: done
/// without the argument parser, which takes longer to start than a small plan to check. Nil for every other command line.
func plainRun(_ arguments: [String]) -> Int32? {
  var (files, expressions): ([String], [String]) = ([], [])
  var rest = arguments.dropFirst(2)
  while let one = rest.popFirst() {
    if one == "-e" || one == "--expression" {
      guard let expression = rest.popFirst(), !expression.hasPrefix("-") else { return nil }
      expressions.append(expression)
    } else if one.hasPrefix("-") || one.isEmpty {
      return nil
    } else {
      files.append(one)
    }
  }
  guard arguments.count > 2, !files.isEmpty else { return nil }
  switch arguments[1] {
  case "run", "jalankan": return runBatch(files: files, expressions: expressions, mode: .answers, Choices(), ends: true)
  case "check", "cek":
    if !expressions.isEmpty { return nil }
    if files.count == 1 { return runBatch(files: files, expressions: [], mode: .verdicts(named: false), Choices(), ends: true) }
    return checkInTurn(files, Choices())
  default: return nil
  }
}

/// Checks scripts one after the other; the worst of their statuses.
private func checkInTurn(_ files: [String], _ options: Choices) -> Int32 {
  var worst: Int32 = 0
  var cases: [CheckCase] = []
  for file in files {
    let mode = RunMode.verdicts(named: files.count > 1)
    worst = max(worst, runBatch(files: [file], expressions: [], mode: mode, options) { cases += $0 })
  }
  var output = Output(options)
  output.report(cases)
  return worst
}

/// `planrepl check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: say("Periksa rencana: hanya putusan aturan.", "Check plans: only the verdicts of their rules."),
    aliases: ["cek"])

  @Argument(help: help("Naskah, masing-masing satu rencana.", "Scripts, each a plan of its own."))
  var files: [String]

  @Option(name: .short, help: help("Banyak naskah yang diperiksa serentak.", "How many scripts are checked at once."))
  var jobs: Int = 1

  @OptionGroup var common: CommonOptions
  var options: Choices { common.choices }

  func validate() throws {
    guard (1...256).contains(jobs) else {
      throw ValidationError(say("-j antara 1 dan 256", "-j is between 1 and 256"))
    }
  }

  func run() throws {
    if files.count == 1 || jobs == 1 || options.format == .junit || options.format == .sarif {
      throw ExitCode(checkInTurn(files, options))
    }
    throw ExitCode(Crew(files: files, workers: min(jobs, files.count)).statuses(options).max() ?? 0)
  }
}

/// Several checks at once: each script in a process of its own, output kept in the order of the files.
private struct Crew {
  let files: [String]
  let workers: Int

  func statuses(_ options: Choices) -> [Int32] {
    var statuses = [Int32](repeating: 0, count: files.count)
    var running: [pid_t: Int] = [:]
    let outputs = files.map { _ in tmpfile() }
    let messages = files.map { _ in tmpfile() }
    var next = 0
    var shown = 0
    var finished = [Bool](repeating: false, count: files.count)
    while shown < files.count {
      while next < files.count, running.count < workers {
        let child = fork()
        if child == 0 {
          if let output = outputs[next] { dup2(fileno(output), STDOUT_FILENO) }
          if let message = messages[next] { dup2(fileno(message), STDERR_FILENO) }
          Glibc.exit(runBatch(files: [files[next]], expressions: [], mode: .verdicts(named: true), options))
        }
        if child < 0 {
          statuses[next] = runBatch(files: [files[next]], expressions: [], mode: .verdicts(named: true), options)
          finished[next] = true
        } else {
          running[child] = next
        }
        next += 1
      }
      var word: Int32 = 0
      if !running.isEmpty {
        let ended = wait(&word)
        if let index = running.removeValue(forKey: ended) {
          statuses[index] = word & 0x7f == 0 ? (word >> 8) & 0xff : Status.inputOutput
          finished[index] = true
        }
      }
      while shown < files.count, finished[shown] {
        copy(messages[shown], to: STDERR_FILENO)
        copy(outputs[shown], to: STDOUT_FILENO)
        shown += 1
      }
    }
    return statuses
  }

  private func copy(_ file: UnsafeMutablePointer<FILE>?, to handle: Int32) {
    guard let file else { return }
    let from = fileno(file)
    lseek(from, 0, SEEK_SET)
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = bytes.withUnsafeMutableBytes { Glibc.read(from, $0.baseAddress!, $0.count) }
      if got <= 0 { break }
      Disk.write(Array(bytes[0..<got]), to: handle)
    }
    fclose(file)
  }
}

/// `planrepl fmt`.
struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: say("Rapikan naskah, atau alih bahasakan kata-katanya.", "Tidy scripts, or put their words into the other language."),
    aliases: ["rapikan"])

  @Argument(help: help("Naskah, ditulis kembali di tempatnya; - ke keluaran baku.", "Scripts, rewritten in place; - to standard output."))
  var files: [String]

  @Option(name: .long, help: help("Bahasa kata-katanya: id atau en; tanpa ini tiap kata tetap.", "Language of the words: id or en; without it each word stays."))
  var lang: Language?

  @Flag(name: .long, help: help("Hanya periksa: status 1 bila ada yang belum rapi.", "Only check: status 1 when a script is not tidy."))
  var check = false

  func run() throws {
    var status: Int32 = 0
    for file in files { status = max(status, tidy(file)) }
    throw ExitCode(status)
  }

  private func tidy(_ file: String) -> Int32 {
    let style = TextStyle(width: 100, isColoured: isatty(STDERR_FILENO) == 1 && environment("NO_COLOR") == nil, language: spokenLanguage)
    do throws(HostFailure) {
      let bytes = try Disk.contents(of: file, limit: Limits().fileSize)
      let result = Session.formatted(name: file == "-" ? "<stdin>" : file, bytes, to: lang, messages: spokenLanguage)
      if let complaints = result.complaints {
        Disk.write(Array(PlainText.drawn(complaints, style).utf8), to: STDERR_FILENO)
        return Status.errors
      }
      if check {
        if result.bytes == bytes { return 0 }
        Disk.write(Array((file + say(": belum rapi\n", ": not tidy\n")).utf8), to: STDERR_FILENO)
        return 1
      }
      if file == "-" {
        Disk.write(result.bytes, to: STDOUT_FILENO)
      } else if result.bytes != bytes {
        try Disk.replace(file, with: result.bytes)
      }
      return 0
    } catch {
      Disk.write(Array("planrepl: \(file): \(error.reason)\n".utf8), to: STDERR_FILENO)
      return Status.inputOutput
    }
  }
}

/// `planrepl explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: say("Jelaskan sebuah kode pesan, misalnya P0203.", "Explain a message's code, such as P0203."),
    aliases: ["jelaskan"])

  @Argument(help: help("Kode pesan.", "The message's code."))
  var code: String

  @Option(name: .long, help: help("Bahasa: id atau en.", "Language: id or en."))
  var lang: Language?

  func run() throws {
    let language = lang ?? spokenLanguage
    let style = TextStyle(width: 100, isColoured: isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR") == nil, language: language)
    guard let page = Session.page(of: code) else {
      let nearest = NearMiss.nearest(to: code, among: Session.codes)
      let hint = nearest.map { say(" Maksud Anda \($0)?", " Did you mean \($0)?") } ?? ""
      Disk.write(Array((say("Kode \(code) tidak ada.", "There is no code \(code).") + hint + "\n").utf8), to: STDERR_FILENO)
      throw ExitCode(Status.usage)
    }
    Disk.write(Array(PlainText.drawn(page[language] ?? Document(), style).utf8), to: STDOUT_FILENO)
  }
}
