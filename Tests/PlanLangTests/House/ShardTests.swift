import Foundation
import Testing

@testable import PlanLang

/// The page on divided simulations: its shell lines run, and their parts join to the answer of one run.
@Suite struct ShardTests {
  @Test(.enabled(if: TerminalTests.program != nil), arguments: ["id/simulasi", "en/simulation"]) func theShellLinesOfThePageJoinToOneRun(page: String) throws {
    let text = Repository.text("docs/\(page).md")
    let blocks = text.components(separatedBy: "```sh\n").dropFirst().compactMap { $0.components(separatedBy: "```").first }
    #expect(blocks.count == 2)
    let name = try #require(blocks.first?.split(separator: " ").first { $0.hasSuffix(".plan") })
    let folder = FileManager.default.temporaryDirectory.appending(path: "planlang-shards-\(page.count)-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = ResponseTests.plan([SimulationTests.drivers[0]], money: [2500]) + "skenario irit { potong Rp 100 jt dari p tahun 2026..2028 }\nsimulasi 20000 tampilkan x[2027]\nsimulasi 20000 dasar, irit\nsapu d = 0..2000000 langkah 250000 { potong d dari p } tampilkan x[2027]; pagu\n"
    try plan.write(to: folder.appending(path: String(name)), atomically: true, encoding: .utf8)
    let program = try #require(TerminalTests.program)
    func shell(_ script: String) throws -> String {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", script.replacingOccurrences(of: "planrepl", with: program)]
      process.currentDirectoryURL = folder
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self)
    }
    let whole = try shell("planrepl run \(name)")
    #expect(whole.contains("20.000") && whole.contains(" mengungguli irit pada X 202"), "\(whole)")
    for count in [1, 2, 7] {
      let shards = "for i in $(seq \(count)); do planrepl run \(name) --shard $i/\(count) --threads $((i % 2 + 1)) > s.$i; done; planrepl merge \(name) s.*; rm s.*"
      #expect(try shell(shards) == whole, "\(count)")
    }
    for block in blocks {
      if block.hasPrefix("parallel"), try shell("command -v parallel || true").isEmpty { continue }
      #expect(try shell("rm -f bagian.* part.*; " + block) == whole, "\(block)")
    }
  }
}
