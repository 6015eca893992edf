import Testing

@testable import PlanLang

/// What is read eight bytes at a time, or straight from the bytes, is what is read one by one.
@Suite struct EightBytesTests {
  @Test func bytesAreWhatTheyAre() {
    for byte in UInt8.min...UInt8.max {
      let eight = EightBytes(word: UInt64(byte) << 24 | 0x2d2d_2d2d_002d_2d2d)
      let isSmall = (97...122).contains(byte)
      let isCapital = (65...90).contains(byte)
      #expect(eight.letters == (isSmall || isCapital ? 0x80 << 24 : 0))
      #expect(eight.digits == ((48...57).contains(byte) ? 0x80 << 24 : 0))
      #expect(eight.equal(46) == (byte == 46 ? 0x80 << 24 : 0))
      #expect(eight.folded == (isCapital ? eight.word | 0x20 << 24 : eight.word))
    }
  }

  /// A word at the end of a text is read byte by byte, one with much behind it is not.
  @Test func wordsAreReadAlike() {
    var draws = Draws(state: 16)
    let letters = Array("abcrpsdRPSDzZ019_.é\u{a0}".unicodeScalars)
    for _ in 0..<20_000 {
      var spelling = ""
      for _ in 0..<Int.random(in: 1...18, using: &draws) {
        spelling.unicodeScalars.append(letters[Int.random(in: 0..<letters.count, using: &draws)])
      }
      var names = Vocabulary.seeded()
      let (alone, before) = (Self.tokens(spelling, &names), names.count)
      let behind = Self.tokens(spelling + String(repeating: " ", count: 16), &names)
      #expect(alone == behind && names.count == before, "\(spelling)")
    }
  }

  private static func tokens(_ text: String, _ names: inout Names) -> [String] {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var lexer = Lexer(bytes, keepsComments: false)
      var made: [String] = []
      while true {
        let token = lexer.next(&names)
        if token.kind == .end { return made }
        made.append("\(token.kind) \(token.start)-\(token.end) \(token.symbol.raw) \(token.words)")
      }
    }
  }

  /// The formatter's reader takes every figure as a token; what it makes of a text is what the other makes.
  @Test func figuresAndCodesAreReadAlike() {
    var draws = Draws(state: 61)
    let marks = ["1", "12", "123", "0", ".", ".", ".000", ".250", ",", ",5", ";", "; ", " ", "-", "X", "x", "Rp", "Rp ", "@", "}", "%"]
    for _ in 0..<20_000 {
      var written = ""
      for _ in 0..<Int.random(in: 1...9, using: &draws) { written += marks[Int.random(in: 0..<marks.count, using: &draws)] }
      let opening = ["misal a = ", "misal a = Rp ", "program p \"P\" kode ", "pendapatan pad 2025..2026 = "]
      let text = opening[Int.random(in: 0..<opening.count, using: &draws)] + written + "\nmisal b = 1\n"
      var map = SourceMap()
      guard let source = map.add(name: "x", bytes: Array(text.utf8)) else { continue }
      var names = Vocabulary.seeded()
      let quick = Parser.parse(source, names: &names)
      let slow = Parser.parsePainted(source, names: &names, language: .indonesian).result
      #expect(quick.tree == slow.tree, "\(text)")
      #expect(quick.diagnostics.all.map { $0.code } == slow.diagnostics.all.map { $0.code }, "\(text)")
    }
  }

  /// A code at the end of a text is read byte by byte, one with much behind it is not.
  @Test func codesAreReadAlike() {
    var draws = Draws(state: 7)
    let marks = Array("0123456789....xXa,é")
    for _ in 0..<20_000 {
      var text = "program p \"P\" kode 1"
      for _ in 0..<Int.random(in: 1...20, using: &draws) { text.append(marks[Int.random(in: 0..<marks.count, using: &draws)]) }
      #expect(Self.codes(text) == Self.codes(text + String(repeating: " ", count: 16)), "\(text)")
    }
  }

  /// `@12` behind `=` is no figure, alone or among figures.
  @Test(arguments: ["misal a = @12", "misal a = @1.02.03", "pendapatan pad 2025..2026 = @12; 3"])
  func aCodeIsNoFigure(text: String) throws {
    for behind in ["", "\nmisal b = 1\n"] {
      var map = SourceMap()
      var names = Vocabulary.seeded()
      let added = map.add(name: "x", bytes: Array((text + behind).utf8))
      let tree = Parser.parse(try #require(added), names: &names).tree
      #expect(tree.nodes.contains { $0.kind == .code && map.text($0.site).hasPrefix("1") })
      #expect(!tree.literals.contains { $0.mantissa == 12 || $0.mantissa == 102 })
    }
  }

  private static func codes(_ text: String) -> [String] {
    var map = SourceMap()
    var names = Vocabulary.seeded()
    guard let source = map.add(name: "x", bytes: Array(text.utf8)) else { return [] }
    let read = Parser.parse(source, names: &names)
    return read.tree.nodes.filter { $0.kind == .code }.map { map.text($0.site) + " " + names.text(Symbol(raw: $0.payload)) }
      + read.diagnostics.all.map(\.code)
  }
}
