import Testing

@testable import PlanLang

/// Which statement has which shape, recorded in `shapes.txt` (`make record`) and reviewed as a diff.
@Suite struct ShapeTests {
  static let folder = "Tests/PlanLangTests/Syntax"
  static let snippets: [String] = {
    var made: [String] = []
    var open: [Substring] = []
    for line in Repository.text(folder + "/shapes.plan").split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "---" {
        made.append(open.joined(separator: "\n"))
        open = []
      } else {
        open.append(line)
      }
    }
    if open.last?.isEmpty == true { open.removeLast() }
    return made + [open.joined(separator: "\n")]
  }()

  @Test func shapesAreAsRecorded() {
    var shown = ""
    for snippet in Self.snippets {
      let parsed = Parsed(snippet)
      shown += snippet + "\n"
      for line in parsed.dump.split(separator: "\n") { shown += "    " + line + "\n" }
      for (code, message) in zip(parsed.codes, parsed.messages) { shown += "    \(code) \(message)\n" }
      shown += "\n"
    }
    #expect(Self.snippets.count > 100)
    Repository.compare(shown, with: Self.folder + "/shapes.txt")
  }

  /// The formatter's laws hold for each shape alone.
  @Test(arguments: snippets) func laws(snippet: String) {
    for broken in Laws.broken(by: Array(snippet.utf8)) { Issue.record("\(broken)") }
  }

  /// One statement in a block of one line is the statement on a line of its own.
  @Test(arguments: [
    (#"aturan a "T" wajib { dasar "UU"; tahun 2026..2029; p.pagu <= 3 }"#, "aturan a \"T\" wajib {\ndasar \"UU\"\ntahun 2026..2029\np.pagu <= 3\n}"),
    (#"muat "a" { pemisah ";"; angka polos }"#, "muat \"a\" {\npemisah \";\"\nangka polos\n}"),
    ("skenario a { kunci b; c; buka d; cek }", "skenario a {\nkunci b; c\nbuka d\ncek\n}"),
    ("indikator i { awal 2024 = 12; target 2025..2026 = 11; 10; arah turun; }", "indikator i {\nawal 2024 = 12\ntarget 2025..2026 = 11; 10\narah turun\n}"),
    ("dinas d { program q { mendukung s } program r { mendukung t } }", "dinas d {\nprogram q {\nmendukung s\n}\nprogram r {\nmendukung t\n}\n}"),
    (#"program p { label "a"; b; prioritas I; II; mutu B }"#, "program p {\nlabel \"a\"; b\nprioritas I; II\nmutu B\n}"),
  ]) func oneLineBlocks(line: String, lines: String) {
    #expect(Parsed(line).codes == [])
    #expect(Parsed(line).dump == Parsed(lines).dump)
  }

  /// Every mistake of a text is told, once a line, and the lines around it are read.
  @Test func eachLineHasItsOwnComplaint() {
    let text = """
      misal a = 1.250
      gesr 3 dari b
      misal b = (1 + 2
      misal c = Rp 1.5 M
      dinas d "x" {
        program untuk "y"
        pagu apbd 2026 = 15 M
      }
      misal e = 4
      """
    let parsed = Parsed(text)
    #expect(parsed.codes == ["P0103", "P0102", "P0114", "P0105", "P0120", "P0110"])
    #expect(parsed.dump.hasSuffix("(letting e (assign [4]))"))
    #expect(!parsed.isIncomplete)
  }

  @Test(arguments: ["dinas d {", "misal x = (1 +", "tampilkan pagu[2026", "latihan a { soal \"\"\"b", "misal x = [1; 2;"])
  func unfinishedTextsWait(text: String) { #expect(Parsed(text).isIncomplete) }

  @Test(arguments: ["dinas d", "misal x = 1 +", "misal x = \"a", "}", "misal x = 1)"])
  func finishedTextsDoNot(text: String) { #expect(!Parsed(text).isIncomplete) }

  @Test func whatMightStandHereIsSaid() {
    #expect(Parsed("geser Rp 2 M dari a kee b").messages.first?.contains("yang mungkin di sini") == true)
    #expect(Parsed("geser Rp 2 M dari a kee b").messages.first?.contains("`ke`") == true)
    #expect(Parsed("shift Rp 2 M from a too b", .english).messages.first?.contains("`to`") == true)
    #expect(Parsed("indikatr x").helps == ["maksud Anda `indikator`?"])
    #expect(Parsed("langkah x").codes == ["P0102"])
  }
}
