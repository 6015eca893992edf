@testable import PlanLang

/// The laws of the formatter for one text.
enum Laws {
  /// What is broken, in words; a text with errors must come back as it was.
  static func broken(by bytes: [UInt8]) -> [String] {
    var names = Vocabulary.seeded()
    var map = SourceMap()
    guard let before = map.add(name: "a", bytes: bytes) else { return ["too large"] }
    let tree = Parser.parse(before, names: &names)
    var found = pieces(bytes)
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

  /// The statements of a text's pieces are those of the whole text, wherever a piece begins; a text that is read in
  /// pieces has nothing to complain of.
  static func pieces(_ bytes: [UInt8]) -> [String] {
    bytes.withUnsafeBufferPointer { text in
      var names = Vocabulary.seeded()
      let whole = Parser.parse(text, 1, &names, .indonesian)
      let said = statements(whole.tree, names, bytes)
      return text.indices.dropFirst().filter { text[$0 - 1] == 10 && (text[$0] | 0x20) &- 97 < 26 }.compactMap { seam in
        var others = Vocabulary.seeded()
        var taken = 0
        let pieces = Parser.pieces(text, 1, [seam], &others, .indonesian) { _, _ in
          taken += 1
          return nil
        }
        let mayBeCut = whole.diagnostics.isEmpty && !whole.incomplete && whole.tree.children(of: whole.tree.root).allSatisfy {
          let site = whole.tree[$0].site
          return !(site.start..<site.end).dropFirst().contains(UInt32(seam) + 1) && whole.tree[$0].word != .load && whole.tree[$0].word != .use
        }
        guard let pieces else { return mayBeCut ? "not read in pieces at \(seam), \(shown(bytes))" : nil }
        let made = pieces.flatMap { statements($0, others, bytes) }
        return made == said && whole.diagnostics.isEmpty && taken == 2 ? nil : "pieces cut at \(seam) say what the whole says, \(shown(bytes))"
      }
    }
  }

  /// The statements of a tree with all that is in them.
  private static func statements(_ tree: Tree, _ names: Names, _ bytes: [UInt8]) -> [String] {
    func said(_ id: NodeID) -> String {
      let node = tree[id]
      var words = "\(node.kind) \(node.wordRaw) \(node.lead) \(node.site.start)-\(node.site.end)"
      switch node.kind {
      case .name, .word: words += " " + names.text(Symbol(raw: node.payload))
      case .code: words += " " + (node.payload == 0 ? "" : names.text(Symbol(raw: node.payload)))
      case .literal: words += " \(tree.literals[Int(node.payload)])"
      case .literals: words += " \(tree.literals[Int(node.payload)..<Int(node.payload) + Int(node.wordRaw)])"
      case .years: words += " \(node.payload)"
      default: break
      }
      return words + "(" + tree.children(of: id).map(said).joined(separator: " ") + ")"
    }
    return tree.children(of: tree.root).map(said)
  }

  private static func shown(_ bytes: [UInt8]) -> String { "«" + String(decoding: bytes.prefix(3000), as: UTF8.self) + "»" }
}
