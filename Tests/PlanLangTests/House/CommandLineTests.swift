import Foundation
import Testing

@testable import PlanLang

/// The command line itself: what it says of options it does not know, in the language that is spoken.
@Suite(.enabled(if: TerminalTests.program != nil)) struct CommandLineTests {
  /// What a command answers and says, and its status.
  private func run(
    _ arguments: [String], _ language: String = "id", date: String? = nil, input: FileHandle? = nil
  ) throws -> (answers: String, said: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: try #require(TerminalTests.program))
    process.arguments = arguments
    process.environment = ["PLAN_LANG": language]
    if let date { process.environment?["PLAN_DATE"] = date }
    if let input { process.standardInput = input }
    let (said, answers) = (Pipe(), Pipe())
    (process.standardError, process.standardOutput) = (said, answers)
    try process.run()
    func read(_ pipe: Pipe) -> String { String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) }
    let texts = (read(answers), read(said))
    process.waitUntilExit()
    return (texts.0, texts.1, process.terminationStatus)
  }

  @Test(arguments: [
    ["run", "x.plan", "--widht", "3"], ["run", "x.plan", "--width", "abc"], ["run", "x.plan", "--format", "yaml"], ["run", "x.plan", "--strict=3"],
    ["run", "x.plan", "-e"], ["run", "x.plan", "-e", "-3"], ["run"], ["explain", "P0203", "P0204"], ["check", "x.plan", "-e", "1"],
  ])
  func mistakesAreToldInTheSpokenLanguage(arguments: [String]) throws {
    let (indonesian, english) = (try run(arguments, "id"), try run(arguments, "en"))
    #expect(indonesian.status == 64 && english.status == 64)
    #expect(indonesian.said.hasPrefix("Galat: ") && english.said.hasPrefix("Error: "))
    func words(_ text: String) -> Set<Substring> { Set(text.split { (letter: Character) in !letter.isLetter }) }
    let foreign: Set<Substring> = ["value", "invalid", "The", "Did", "you", "mean", "Missing", "Please", "provide", "one", "take", "any", "specified", "unexpected", "Unknown", "option", "argument"]
    #expect(!words(english.said).isDisjoint(with: foreign), "\(english.said)")
    #expect(words(indonesian.said).isDisjoint(with: foreign), "\(indonesian.said)")
  }

  /// Help is wholly in the spoken language.
  @Test(arguments: [["--help"], ["run", "--help"], ["check", "--help"], ["fmt", "--help"], ["demo", "--help"]])
  func helpIsInTheSpokenLanguage(arguments: [String]) throws {
    let indonesian = try run(arguments, "id").answers
    #expect(try run(arguments, "en").answers.contains("OVERVIEW: "))
    #expect(indonesian.hasPrefix("IKHTISAR: "))
    let words = Set(indonesian.split { (letter: Character) in !letter.isLetter })
    #expect(words.isDisjoint(with: ["default", "values", "options", "subcommand", "OVERVIEW", "USAGE", "Show", "See"]), "\(indonesian)")
    #expect(!indonesian.contains(" - \n"))
  }

  /// A misspelt command is no script: the nearest is proposed, an alias too.
  @Test(arguments: [("runn", "run"), ("RUN", "run"), ("chek", "check"), ("jalankn", "jalankan"), ("rapikn", "rapikan"), ("explan", "explain"), ("layr", "layar")])
  func misspeltCommandsAreTold(written: String, meant: String) throws {
    for language in ["id", "en"] {
      let (answers, said, status) = try run([written, "x.plan"], language)
      #expect(status == 64 && answers.isEmpty)
      #expect(said.contains("`\(written)`") && said.contains("`planrepl \(meant)`"), "\(said)")
    }
    let script = try run(["tidakada.plan"])
    #expect(script.status == 74 && script.said.contains("P0702"))
  }

  /// How deep brackets and blocks may nest is an option.
  @Test(arguments: ["((((1))))", "[[[[1]]]]", "-(-(-(-1)))"])
  func depthIsAnOption(expression: String) throws {
    let script = FileManager.default.temporaryDirectory.appending(path: "planlang-depth-\(UUID().uuidString).plan")
    try "tampilkan \(expression)\n".write(to: script, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: script) }
    #expect(try run(["run", script.path, "--max-depth", "30"]).status == 0)
    let refused = try run(["run", script.path, "--max-depth", "3"])
    #expect(refused.status == 2 && refused.said.contains("P0115") && refused.said.contains(" 3 "))
  }

  /// A script that is a file at standard input is read from where that stands, once: its lines are not asked again.
  @Test func aFileAtStandardInputIsReadOnce() throws {
    let script = FileManager.default.temporaryDirectory.appending(path: "planlang-input-\(UUID().uuidString).plan")
    try "tampilkan 1 + 1\ndaerah \"K\" jenis kota periode 2025..2026\ntampilkan 2 + 3\n".write(to: script, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: script) }
    let input = try FileHandle(forReadingFrom: script)
    let opened = try run(["-"], input: input)
    #expect(opened.status == 0 && !opened.answers.contains("2 + 3"), "\(opened.answers)")
    #expect(try input.offset() == input.seekToEnd())
    try input.seek(toOffset: 16)
    let rest = try run(["run", "-"], input: input)
    #expect(rest.status == 0 && rest.answers == "2 + 3 = 5\n", "\(rest.answers)")
  }

  /// A date that is none is refused before anything is judged by it.
  @Test(arguments: [("2026-02-30", false), ("2026-02", false), ("20260101", false), ("abc", false), ("2024-02-29", true), ("2026-10-01", true)])
  func impossibleDatesAreRefused(date: String, isOne: Bool) throws {
    let (_, said, status) = try run(["explain", "P0101"], date: date)
    #expect(status == (isOne ? 0 : 64))
    #expect(said.contains("PLAN_DATE=\(date)") == !isOne)
  }

  /// Scripts, and further expressions behind them, need no argument parser; the answers are those of the parser's way.
  @Test func expressionsBehindScriptsAreAnswered() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "planlang-line-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = folder.appending(path: "x.plan").path
    try "tampilkan 1 + 1\n".write(toFile: script, atomically: true, encoding: .utf8)
    let plain = try run(["run", script, "-e", "2 + 3", "--expression", "7"]).answers
    #expect(plain == "1 + 1 = 2\n2 + 3 = 5\n7 = 7\n")
    #expect(try run(["run", script, "-e", "2 + 3", "-e", "7", "--format", "text"]).answers == plain)
    #expect(try run(["run", "-e", "2 + 3", script, "-e", "7"]).answers == plain)
  }
}
