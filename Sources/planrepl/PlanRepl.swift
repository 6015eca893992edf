import ArgumentParser
import CLineEditor
import Glibc
import PlanLang

/// The command: arguments in, answers to standard output, messages to standard error, an exit status.
@main
struct PlanRepl: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "planrepl",
    abstract: say(
      "Rencana daerah yang dapat ditanya: nyatakan, geser uangnya, lihat aturan mana yang dilanggar atau dipenuhi.",
      "A regional plan that answers: declare it, move its money, see which rules break or heal."),
    discussion: say(
      """
      Status keluar: 0 semua aturan wajib dipenuhi; 1 ada aturan wajib yang dilanggar; 2 naskah bergalat;
      64 salah pakai; 74 galat masukan/keluaran.
      """,
      """
      Exit status: 0 all mandatory rules hold; 1 a mandatory rule is broken; 2 the script has errors;
      64 usage; 74 input/output.
      """),
    version: PlanLang.version,
    subcommands: [Repl.self, Run.self, Merge.self, Check.self, Demo.self, Practise.self, ScreenCommand.self, Format.self, Explain.self, Measure.self],
    defaultSubcommand: Repl.self)

  /// Parses and runs; help and usage errors are said in the session's language.
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    if let stated = environment("PLAN_DATE"), CalendarDay.read(stated) == nil {
      let complaint = say(
        "Galat: PLAN_DATE=\(stated) bukan tanggal; tulis tahun-bulan-hari, misalnya 2026-10-05\n",
        "Error: PLAN_DATE=\(stated) is not a date; write year-month-day, such as 2026-10-05\n")
      Disk.write(Array(complaint.utf8), to: STDERR_FILENO)
      Glibc.exit(Status.usage)
    }
    if let status = plainRun(CommandLine.arguments) { Glibc.exit(status) }
    ple_locale()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let status as ExitCode {
      Glibc.exit(status.rawValue)
    } catch {
      let text = translatedHelp(fullMessage(for: error))
      let code = exitCode(for: error).rawValue
      Disk.write(Array((text + (text.hasSuffix("\n") ? "" : "\n")).utf8), to: code == 0 ? STDOUT_FILENO : STDERR_FILENO)
      Glibc.exit(code)
    }
  }
}

/// How answers are given.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json, junit, sarif }

/// A shard of all draws, `i/n`.
struct Shard: ExpressibleByArgument {
  let number: Int
  let count: Int
  init?(argument: String) {
    let parts = argument.split(separator: "/").compactMap { Int($0) }
    guard parts.count == 2, parts[0] >= 1, parts[0] <= parts[1], parts[1] <= 100_000 else { return nil }
    (number, count) = (parts[0], parts[1])
  }
}

/// When answers are coloured.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

extension Language: ExpressibleByArgument {
  /// The language of a two-letter code.
  public init?(argument: String) { self.init(code: argument) }
  /// The codes that help lists.
  public static var allValueStrings: [String] { allCases.map(\.code) }
  /// No words beside them: the option's own say which is which.
  public static var allValueDescriptions: [String: String] { [:] }
  /// The code of a default in help.
  public var defaultValueDescription: String { code }
}

/// Exit statuses of the command (sysexits for usage and input/output).
enum Status {
  static let broken: Int32 = 1
  static let errors: Int32 = 2
  static let usage: Int32 = 64
  static let inputOutput: Int32 = 74
}

/// Options that every command about plans takes.
struct CommonOptions: ParsableArguments {
  @Option(name: .long, help: help(
      "Bentuk jawaban: text, json (JSON Lines); putusan untuk CI: junit, sarif.",
      "Form of the answers: text, json (JSON Lines); verdicts for CI: junit, sarif."))
  var format: OutputFormat = .text

  @Option(name: .long, help: help("Bahasa jawaban: id atau en.", "Language of the answers: id or en."))
  var lang: Language?

  @Option(name: .long, help: help("Warna: auto, always, never.", "Colour: auto, always, never."))
  var color: ColourChoice = .auto

  @Flag(name: .long, help: help(
      "Hanya huruf ASCII; dengan sendirinya di terminal yang tidak menampilkan UTF-8.",
      "ASCII letters only; of itself on a terminal that shows no UTF-8."))
  var ascii = false

  @Option(name: .long, help: help("Lebar halaman dalam kolom.", "Width of the page in columns."))
  var width: Int?

  @Flag(name: .long, help: help("Temuan pada data yang dimuat dianggap galat.", "Findings in loaded data are errors."))
  var strict = false

  @Option(name: .customLong("max-steps"), help: help("Batas langkah hitungan.", "Limit of evaluation steps."))
  var maxSteps: Int = Limits().steps

  @Option(name: .customLong("max-seconds"), help: help("Batas waktu dalam detik, juga tiap pencarian (baku: 10).", "Limit of time in seconds, also of each search (default: 10)."))
  var maxSeconds: Int?

  @Option(name: .customLong("max-memory"), help: help("Batas memori dalam MiB.", "Limit of memory in MiB."))
  var maxMemory: Int = Limits().memory >> 20

  @Option(name: .customLong("max-file"), help: help("Batas besar berkas dalam MiB.", "Limit of a file's size in MiB."))
  var maxFile: Int = Limits().fileSize >> 20

  @Option(name: .customLong("max-depth"), help: help("Batas kedalaman kurung dan blok.", "Limit of nesting."))
  var maxDepth: Int = Limits().depth

  @Option(name: .long, help: help("Utas untuk simulasi; 0 sebanyak inti mesin.", "Threads of a simulation; 0 for as many as cores."))
  var threads: Int = 0

  @Option(name: .long, help: help("Bagian simulasi dan sapuan yang dihitung, misalnya 3/16; digabung dengan merge.", "The shard of simulations and sweeps to compute, such as 3/16; joined by merge."))
  var shard: Shard?

  func validate() throws {
    guard (0...64).contains(threads) else { throw ValidationError(say("--threads antara 0 dan 64", "--threads is between 0 and 64")) }
    let given = [maxSteps, maxSeconds ?? 1, maxMemory, maxFile, maxDepth, width ?? 20]
    guard given.allSatisfy({ $0 > 0 }), maxMemory < 1 << 24, maxFile < 1 << 12, maxDepth <= 200 else {
      throw ValidationError(
        say(
          "--width dan --max-... harus bilangan bulat positif yang wajar; --max-depth paling banyak 200",
          "--width and --max-... must be sensible positive whole numbers; --max-depth at most 200"))
    }
    if let width, width < 20 {
      throw ValidationError(say("lebar halaman paling sedikit 20 kolom", "the page is at least 20 columns wide"))
    }
  }

  /// What was given.
  var choices: Choices {
    var made = Choices()
    (made.format, made.lang, made.color, made.width) = (format, lang, color, width)
    (made.ascii, made.strict, made.threads, made.shard) = (ascii, strict, threads, shard)
    made.limits.steps = maxSteps
    if let maxSeconds { (made.limits.seconds, made.limits.searching) = (maxSeconds, maxSeconds) }
    made.limits.memory = maxMemory << 20
    made.limits.fileSize = maxFile << 20
    made.limits.depth = maxDepth
    return made
  }
}

/// What the common options come to; without any, what holds by itself.
struct Choices {
  var format: OutputFormat = .text
  var lang: Language?
  var color: ColourChoice = .auto
  var width: Int?
  var ascii = false
  var strict = false
  /// Threads of a simulation; 0 for as many as the machine has cores.
  var threads = 0
  var shard: Shard?
  var limits = Limits()

  var language: Language { lang ?? spokenLanguage }

  /// The style of a stream: coloured when it is a terminal that can, as wide as the terminal.
  func style(of handle: Int32) -> TextStyle {
    let isTerminal = isatty(handle) == 1
    let canColour = isTerminal && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
    let isColoured = color == .always || (color == .auto && canColour)
    let isASCII = ascii || isTerminal && Self.showsOnlyASCII
    return TextStyle(width: width ?? terminalWidth(handle), isColoured: isColoured, language: language, isASCII: isASCII)
  }

  /// The widest stretch of a script's line in a message: what fits beside its number on a terminal.
  var excerptWidth: Int {
    guard isatty(STDERR_FILENO) == 1 else { return SessionOptions().excerptWidth }
    return min(SessionOptions().excerptWidth, max(20, (style(of: STDERR_FILENO).width ?? 100) - 10))
  }

  /// Whether the terminal is one that shows no more, or its locale states another set of letters. A locale that is not
  /// stated at all says nothing.
  private static var showsOnlyASCII: Bool {
    if environment("TERM") == "dumb" { return true }
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let locale = environment(name), !locale.isEmpty else { continue }
      let letters = locale.lowercased()
      return !letters.contains("utf-8") && !letters.contains("utf8")
    }
    return false
  }

  private func terminalWidth(_ handle: Int32) -> Int? {
    if let stated = environment("COLUMNS"), let columns = Int(stated), columns >= 20 { return columns }
    var size = winsize()
    guard isatty(handle) == 1, ioctl(handle, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else { return 100 }
    return Int(size.ws_col)
  }
}
