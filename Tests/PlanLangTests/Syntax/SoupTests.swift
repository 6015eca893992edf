import Testing

@testable import PlanLang

/// Texts nobody would write: an answer in the end, never the end of the process.
@Suite struct SoupTests {
  /// Seeded draws (xorshift64*): the same soup on every machine.
  private struct Ladle: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return state &* 0x2545_f491_4f6c_dd1d
    }
  }

  private static let marks = [
    "\n", " ", "  ", "\t", ";", ", ", ".", "..", "(", ")", "[", "]", "{ ", " }", "=", "==", "<>", "<=", "+", "-", "- ", "*",
    "/", "^", "&", ":", "~", "%", "?", "# komentar\n", "## cerita\n", "\"teks\"", "\"\"\"dua\nbaris\"\"\"", "\"", "@1.02.02",
    "12,5", "2026", "1.250.000", "1.250", "2025..2029", "Rp 2 M", "Rp", "15 jt", "20%", "2 poin", "2026-10-05", "s.d.",
    "dinkes", "ukm", "p", "\u{e9}", "\u{a0}", "\r\n",
  ]

  /// Words, names and marks in any order: parsed and formatted; what happens to be right keeps the laws.
  @Test(arguments: 5000...5015) func tokens(seed: UInt64) {
    var ladle = Ladle(state: seed &* 0x9e37_79b9_7f4a_7c15)
    let words = Vocabulary.rows.flatMap { $0.id + $0.en }
    for _ in 0..<400 {
      var text = ""
      for _ in 0..<Int.random(in: 1...12, using: &ladle) {
        text += Bool.random(using: &ladle) ? words.randomElement(using: &ladle) ?? "" : Self.marks.randomElement(using: &ladle) ?? ""
        if Bool.random(using: &ladle) { text += " " }
      }
      for broken in Laws.broken(by: Array(text.utf8)) { Issue.record("\(broken)") }
    }
  }

  /// Right statements one after another, with a token lost, doubled or moved here and there.
  @Test(arguments: 5000...5015) func statements(seed: UInt64) {
    var ladle = Ladle(state: seed &* 0xd1b5_4a32_d192_ed03)
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<Int.random(in: 1...4, using: &ladle) {
        var pieces = (ShapeTests.snippets.randomElement(using: &ladle) ?? "").split(separator: " ").map(String.init)
        if !pieces.isEmpty, Int.random(in: 0..<3, using: &ladle) == 0 {
          let at = Int.random(in: 0..<pieces.count, using: &ladle)
          switch Int.random(in: 0..<4, using: &ladle) {
          case 0: pieces.remove(at: at)
          case 1: pieces.insert(pieces[at], at: at)
          case 2: pieces.insert(Self.marks.randomElement(using: &ladle) ?? "", at: at)
          default: pieces.swapAt(at, Int.random(in: 0..<pieces.count, using: &ladle))
          }
        }
        text += pieces.joined(separator: Bool.random(using: &ladle) ? " " : "  ")
        text += [" # catatan\n", "\n", "\n\n\n", ";", "\r\n", "\n## cerita\n"].randomElement(using: &ladle) ?? "\n"
      }
      for broken in Laws.broken(by: Array(text.utf8)) { Issue.record("\(broken)") }
    }
  }

  /// Ten thousand levels of anything that nests, closed or not.
  @Test(arguments: [
    "(", "[", "{", "misal x = (", "f(", "pagu[", "-", "bukan ", "2 ^ ", "jika a maka ", "jika a { } lain ", "dinas d { ",
    "untuk p dalam q: ", "untuk p dalam ", "jumlah(p untuk p dalam ", "lipat x dari ", "a.", "a[1]", "misal x = [[", "1 + (",
  ]) func depth(unit: String) {
    let parsed = Parsed(String(repeating: unit, count: 10_000))
    #expect(!parsed.codes.isEmpty || unit == "a[1]")
    #expect(parsed.codes.count <= DiagnosticList.limit)
  }

  /// Chains that are long, not deep, are read whole.
  @Test(arguments: ["1 + ", "a dan ", "a & ", "2 * ", "untuk p dalam q "]) func length(unit: String) {
    let body = String(repeating: unit, count: 10_000)
    #expect(Parsed(unit.hasPrefix("untuk") ? "jumlah(1 \(body))" : "misal x = \(body)1").codes == [])
  }

  /// A line of megabytes: one identifier, one number, one text, one row of brackets.
  @Test(arguments: ["a", "7", "(", "{", "\"", "@", ";", ".", "\\", "-", "a ", "\"\"\"", "\u{0}", "a b\n"]) func longLines(unit: String) {
    let bytes = Array(unit.utf8)
    var line: [UInt8] = []
    line.reserveCapacity(2_000_000)
    while line.count < 2_000_000 { line += bytes }
    let start = ContinuousClock.now
    _ = Parsed(line)
    #expect(ContinuousClock.now - start < .seconds(300), "time must not grow with the square of the length")
  }

  @Test func bytesThatAreNotText() {
    #expect(Parsed([0x22, 0xff, 0xfe, 0x22]).codes == ["P0121"])
    #expect(Parsed([0x00]).codes == ["P0116"])
    #expect(Parsed([0x01, 0x0a, 0x7f]).codes == ["P0116", "P0116"])
    for byte in UInt8.min...UInt8.max { _ = Parsed([byte]); _ = Parsed([0x61, byte]); _ = Parsed([byte, 0x22, byte]) }
  }

  /// The mark of a byte order and the line ends of another system change nothing.
  @Test func otherEditorsTexts() {
    let text = "dinas d \"x\" {\n  # catatan\n  program p \"y\"\n}\nmisal x = 12,5\n"
    let plain = Parsed(text)
    #expect(plain.codes == [])
    #expect(Parsed([0xef, 0xbb, 0xbf] + Array(text.utf8)).dump == plain.dump)
    #expect(Parsed(text.split(separator: "\n").joined(separator: "\r\n")).dump == plain.dump)
    #expect(Parsed(text.split(separator: " ").joined(separator: "\u{a0}")).dump == plain.dump)
    #expect(Parsed("").dump == "")
  }
}
