import Foundation
import Testing

@testable import PlanLang

/// What is written stands beside its place first: an old file survives whatever goes wrong.
@Suite struct WritingTests {
  @Test func theOldFileSurvivesAFailure() throws {
    let program = try #require(TerminalTests.program)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("planlang-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = "daerah \"K\" periode 2026..2026\ndinas a { program p { pagu apbd 2026 = Rp 1 M } }\nlaporan \"x.html\"\n"
    try script.write(to: folder.appendingPathComponent("k.plan"), atomically: true, encoding: .utf8)
    try "lama".write(to: folder.appendingPathComponent("x.html"), atomically: true, encoding: .utf8)
    func run(_ command: String) throws -> (status: Int32, said: String) {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-c", command, "bash", program]
      process.currentDirectoryURL = folder
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = pipe
      try process.run()
      let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return (process.terminationStatus, said)
    }
    // No file may pass 1 KiB: the page does not fit.
    let full = try run("ulimit -f 1; \"$1\" run k.plan")
    #expect(full.status == 74 && full.said.contains("P0706"), "\(full)")
    #expect(try String(contentsOf: folder.appendingPathComponent("x.html"), encoding: .utf8) == "lama")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["k.plan", "x.html"])
    let written = try run("\"$1\" run k.plan")
    #expect(written.status == 0)
    #expect(try String(contentsOf: folder.appendingPathComponent("x.html"), encoding: .utf8).lowercased().hasPrefix("<!doctype html>"))
  }
}
