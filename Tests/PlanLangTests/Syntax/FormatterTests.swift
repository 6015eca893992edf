import Testing

@testable import PlanLang

/// The laws of the formatter over every script of the checkout.
@Suite struct FormatterTests {
  static let scripts =
    Repository.files(below: "examples", ending: ".plan")
    + Repository.files(below: "Tests/PlanLangTests/Transcripts", ending: ".plan").filter { !$0.contains("/galat/P01") }

  private func formatted(_ bytes: [UInt8], _ language: Language?, _ names: inout Names) -> [UInt8] {
    var map = SourceMap()
    guard let source = map.add(name: "x", bytes: bytes) else { return [] }
    return Formatter.format(source, to: language, names: &names).bytes
  }

  @Test(arguments: scripts) func laws(path: String) {
    let bytes = Repository.bytes(path)
    var names = Vocabulary.seeded()
    for language in [Language?.none, .indonesian, .english] {
      let once = formatted(bytes, language, &names)
      #expect(formatted(once, language, &names) == once, "fmt fmt x = fmt x")
      var map = SourceMap()
      guard let before = map.add(name: "a", bytes: bytes), let after = map.add(name: "b", bytes: once) else { continue }
      let (x, y) = (Parser.parse(before, names: &names), Parser.parse(after, names: &names))
      #expect(x.tree.isSame(as: y.tree, sources: map), "tree(fmt x) = tree x")
    }
    let english = formatted(bytes, .english, &names)
    #expect(formatted(english, .indonesian, &names) == formatted(bytes, .indonesian, &names), "fmt id (fmt en x) = fmt id x")
  }

  /// A text saved as UTF-16 is told so, once, and comes back as it was.
  @Test func wideTextsAreRefused() {
    for (mark, isBig) in [([UInt8](arrayLiteral: 0xff, 0xfe), false), ([0xfe, 0xff], true)] {
      let bytes = mark + "tampilkan 1\ntampilkan 2\n".utf16.flatMap { unit in
        isBig ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
      }
      let parsed = Parsed(bytes, .english)
      #expect(parsed.codes == ["P0121"] && parsed.messages.first?.contains("UTF-16") == true)
      #expect(Laws.broken(by: bytes).isEmpty)
      let tidied = Session.formatted(name: "x.plan", bytes, to: .english, messages: .english)
      #expect(tidied.complaints != nil)
    }
  }

  /// A bracket that belongs to the value before it stands close, any other behind a space, as written or not.
  @Test(arguments: [
    ("misal c = [1; 2]", "misal c = [1; 2]\n"), ("misal c=[1;2]", "misal c = [1; 2]\n"),
    ("rumus f (x) = -(x)*(x + 1)", "rumus f(x) = -(x) * (x + 1)\n"), ("pagu [2026] / f (2)", "pagu[2026] / f(2)\n"),
    ("limpahan a ke b (0,2)", "limpahan a ke b (0,2)\n"),
  ]) func brackets(written: String, tidy: String) {
    var names = Vocabulary.seeded()
    var map = SourceMap()
    guard let source = map.add(name: "a", bytes: Array(written.utf8)) else { return }
    #expect(String(decoding: Formatter.format(source, to: nil, names: &names).bytes, as: UTF8.self) == tidy)
  }
}
