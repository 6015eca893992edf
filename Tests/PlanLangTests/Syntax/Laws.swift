@testable import PlanLang

/// The laws of the formatter for one text.
enum Laws {
  /// What is broken, in words; a text with errors must come back as it was.
  static func broken(by bytes: [UInt8]) -> [String] {
    var names = Vocabulary.seeded()
    var map = SourceMap()
    guard let before = map.add(name: "a", bytes: bytes) else { return ["too large"] }
    let tree = Parser.parse(before, names: &names)
    var found = halves(bytes)
    func formatted(_ bytes: [UInt8], _ language: Language?) -> [UInt8] {
      guard let source = map.add(name: "b", bytes: bytes) else { return [] }
      return Formatter.format(source, to: language, names: &names).bytes
    }
    if tree.diagnostics.hasErrors {
      return found + (formatted(bytes, .english) == bytes ? [] : ["a text with errors was rewritten: \(shown(bytes))"])
    }
    for language in [Language?.none, .indonesian, .english] {
      let once = formatted(bytes, language)
      if formatted(once, language) != once { found.append("fmt fmt x = fmt x, \(shown(bytes)) -> \(shown(once))") }
      guard let after = map.add(name: "c", bytes: once) else { continue }
      let again = Parser.parse(after, names: &names)
      if again.diagnostics.hasErrors || !tree.tree.isSame(as: again.tree, sources: map) {
        found.append("tree(fmt x) = tree x, \(shown(bytes)) -> \(shown(once))")
      }
    }
    if formatted(formatted(bytes, .english), .indonesian) != formatted(bytes, .indonesian) {
      found.append("fmt id (fmt en x) = fmt id x, \(shown(bytes)) -> \(shown(formatted(bytes, .english)))")
    }
    return found
  }

  /// Two readers make the tree that one makes, wherever the second begins.
  static func halves(_ bytes: [UInt8]) -> [String] {
    bytes.withUnsafeBufferPointer { text in
      var names = Vocabulary.seeded()
      let whole = Parser.parse(text, 1, cut: nil, &names, .indonesian)
      return text.indices.dropFirst().filter { text[$0 - 1] == 10 && (text[$0] | 0x20) &- 97 < 26 }.compactMap { cut in
        var others = Vocabulary.seeded()
        let halves = Parser.parse(text, 1, cut: cut, &others, .indonesian)
        let isSame =
          halves.tree == whole.tree && halves.incomplete == whole.incomplete
          && halves.diagnostics.all.map(\.message) == whole.diagnostics.all.map(\.message)
          && (0..<max(names.count, others.count)).allSatisfy { names.text(Symbol($0)) == others.text(Symbol($0)) }
        return isSame ? nil : "two readers cut at \(cut) make the tree of one, \(shown(bytes))"
      }
    }
  }

  private static func shown(_ bytes: [UInt8]) -> String { "«" + String(decoding: bytes.prefix(3000), as: UTF8.self) + "»" }
}
