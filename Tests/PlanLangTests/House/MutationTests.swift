import Foundation
import Testing

@testable import PlanLang

/// The built program over examples, packs, loaded files and typed lines that were changed at random: it ends of itself,
/// in time, within its memory, with a status it knows and a reason for it.
///
/// `PLAN_MUTANTS=5000` tries as many, `PLAN_MUTANT=N` begins at another number (and shows what was done to a single one).
@Suite(.enabled(if: TerminalTests.program != nil)) struct MutationTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let first = environment["PLAN_MUTANT"].flatMap { Int($0) } ?? 0
  private static let count = environment["PLAN_MUTANTS"].flatMap { Int($0) } ?? (environment["PLAN_MUTANT"] == nil ? 60 : 1)
  /// As many rows of mutants as run beside one another.
  private static let rows = 2

  @Test(arguments: 0..<rows) func noMutantBreaksOut(row: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("planlang-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for number in stride(from: Self.first + row, to: Self.first + Self.count, by: Self.rows) {
      let mutant = Mutant(number)
      if let fault = try Self.fault(of: mutant, in: folder) {
        let kept = FileManager.default.temporaryDirectory.appendingPathComponent("mutant-\(number).txt")
        try Data(mutant.bytes).write(to: kept)
        Issue.record("PLAN_MUTANT=\(number) \(mutant.origin.path), kept as \(kept.path): \(fault)\n\(mutant.changes.joined(separator: "\n"))")
      }
    }
  }

  /// What a run does that it must not, or nil.
  private static func fault(of mutant: Mutant, in folder: URL) throws -> String? {
    let files = FileManager.default
    let home = folder.appendingPathComponent(String(mutant.number))
    let place = { (path: String) in home.appendingPathComponent(path.split(separator: "/").dropLast().joined(separator: "/")) }
    for script in mutant.origin.scripts {
      try files.createDirectory(at: place(script).deletingLastPathComponent(), withIntermediateDirectories: true)
      try files.copyItem(at: Repository.root.appendingPathComponent(script).deletingLastPathComponent(), to: place(script))
    }
    defer { try? files.removeItem(at: home) }
    let input = mutant.origin.isTyped ? home.appendingPathComponent("masukan") : home.appendingPathComponent(mutant.origin.path)
    try Data(mutant.bytes).write(to: input)
    let (status, text) = try ending(of: mutant, over: input, in: home)
    if status > 2 && status != 74 { return "ended with \(status): \(text.suffix(600))" }
    let reasons = ["[P0", "\"P0", ">P0", "belum lengkap", "incomplete"]
    if status >= 2, !reasons.contains(where: text.contains) { return "status \(status) without a reason: \(text.suffix(600))" }
    if mutant.use == .json {
      for line in text.split(separator: "\n") where (try? JSONSerialization.jsonObject(with: Data(line.utf8))) == nil { return "not JSON: \(line.prefix(300))" }
    }
    return nil
  }

  /// How the program ends over a mutant, and all it said; a signal counts from 128.
  private static func ending(of mutant: Mutant, over input: URL, in home: URL) throws -> (status: Int32, text: String) {
    let bounds = ["--max-seconds", "1", "--max-memory", "256", "--threads", "1"]
    let command =
      switch mutant.use {
      case .text: (mutant.origin.isTyped ? [] : ["run"]) + mutant.origin.scripts + bounds
      case .json: ["run"] + mutant.origin.scripts + bounds + ["--format", "json"]
      case .verdicts: ["check"] + mutant.origin.scripts + bounds + ["--format", "sarif"]
      case .formatted: ["fmt", "--lang", "en"] + mutant.origin.scripts
      }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // 2 GiB of addresses and 60 s of work; whoever waits instead is ended by the clock.
    let limited = "ulimit -v 2097152; ulimit -t 60; exec timeout -s KILL 120 \"$@\" < \"$0\""
    process.arguments = ["-c", limited, mutant.origin.isTyped ? input.path : "/dev/null", TerminalTests.program ?? ""] + command
    process.currentDirectoryURL = home
    process.environment = ["PLAN_LANG": mutant.language.code, "PLAN_DATE": "2026-10-01", "XDG_STATE_HOME": home.path, "PATH": "/usr/bin:/bin"]
    let said = home.appendingPathComponent("jawaban")
    _ = FileManager.default.createFile(atPath: said.path, contents: nil)
    let handle = try FileHandle(forWritingTo: said)
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    try handle.close()
    let signal: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
    return (process.terminationStatus + signal, String(decoding: try Data(contentsOf: said), as: UTF8.self))
  }
}
