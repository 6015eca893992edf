/// A long text read in pieces: one thread reads the first and works on what is read, the other reads on meanwhile; the
/// first reads too where what it would work on next is not there yet.
extension Parser {
  /// Below so many bytes a second reader is not worth its start.
  static let least = 1 << 17
  /// Where the pieces behind the first begin, in parts of the text: small enough that neither thread waits long, the
  /// last ones smaller, since they are checked when nothing is left to be read.
  private static let shares = [0.12, 0.24, 0.36, 0.47, 0.58, 0.68, 0.77, 0.85, 0.93]

  /// The trees of a text's pieces, in order; each is handed over as soon as it and those before it are read, with all
  /// names so far. Nil where the text is short, has no seams, loads other texts, or gives reason to complain: then it
  /// is to be read as one, and what was handed over is void.
  static func pieces(
    _ source: Source, names: inout Names, language: Language, depth: Int, take: (Tree, inout Names) -> Void
  ) -> [Tree]? {
    guard Beside.cores > 1 else { return nil }
    return source.bytes.withUnsafeBufferPointer { bytes in
      let seams = seams(bytes)
      return seams.isEmpty ? nil : pieces(bytes, source.base, seams, &names, language, depth: depth, take: take)
    }
  }

  /// Lines that begin with a letter, one at or behind each share of a long text.
  private static func seams(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    if bytes.count < least { return [] }
    var found: [Int] = []
    for share in shares {
      let from = max(Int(Double(bytes.count) * share), found.last ?? 0)
      let seam = (from..<bytes.count - 1).first { bytes[$0] == 10 && (bytes[$0 + 1] | 0x20) &- 97 < 26 }
      guard let seam else { break }
      found.append(seam + 1)
    }
    return found
  }

  /// The same with the seams given.
  static func pieces(
    _ bytes: UnsafeBufferPointer<UInt8>, _ base: UInt32, _ seams: [Int], _ names: inout Names, _ language: Language,
    depth: Int = limit, take: (Tree, inout Names) -> Void
  ) -> [Tree]? {
    let known = Vocabulary.seeded().count
    func reader(_ piece: Int, _ names: Names) -> Reader {
      let place = (piece > 0 ? seams[piece - 1] : 0)..<(piece < seams.count ? seams[piece] : bytes.count)
      var reader = Reader(bytes, base: base, names: names, language: language, paints: false, place)
      reader.deepest = min(depth, limit)
      return reader
    }
    var piece = reader(0, names)
    names = Names()
    var trees: [Tree] = []
    var tokens = 0
    let relay = Relay<Reader>(seams.count) { at in
      var other = reader(at + 1, Vocabulary.seeded())
      other.readPiece()
      return other
    }
    Beside.run({
      piece.readPiece()
      swap(&names, &piece.names)
      while true {
        tokens += piece.lexer.count
        guard piece.isWhole, tokens <= Lexer.limit else { return relay.stop() }
        trees.append(piece.tree)
        take(piece.tree, &names)
        if trees.count > seams.count { return }
        piece = relay.take(trees.count - 1)
        piece.rename(names.take(piece.names, known: known))
      }
    }, { relay.work() })
    return trees.count > seams.count ? trees : nil
  }
}

extension Reader {
  /// Reads the statements of a piece.
  fileprivate mutating func readPiece() {
    var children = Children()
    begin()
    goOn(&children)
    tree.nodes[tree.root.index].first = children.first
  }

  /// Whether the piece ends with nothing open where the next begins, and nothing in it needs the whole text.
  fileprivate var isWhole: Bool {
    guard diagnostics.isEmpty, !isIncomplete, lexer.brackets == 0 else { return false }
    guard stopsAt < 0 ? token.kind == .end : token.start == stopsAt && token.kind != .end else { return false }
    return tree.children(of: tree.root).allSatisfy {
      tree[$0].kind != .statement || tree[$0].word != .load && tree[$0].word != .use
    }
  }

  /// Puts the names of another table in the place of this reader's.
  fileprivate mutating func rename(_ symbols: [Symbol]) {
    symbols.withUnsafeBufferPointer { symbols in
      tree.nodes.withUnsafeMutableBufferPointer { nodes in
        for at in nodes.indices {
          switch nodes[at].kind {
          case .name, .word, .code:
            if Int(nodes[at].payload) < symbols.count { nodes[at].payload = symbols[Int(nodes[at].payload)].raw }
          default: break
          }
        }
      }
    }
  }
}
