/// A long text read in pieces: one thread reads the first and works on what is read, the other reads on meanwhile; the
/// first reads too where what it would work on next is not there yet.
extension Parser {
  /// Below so many bytes a second reader is not worth its start.
  static let least = 1 << 17
  /// Into how many pieces texts are cut, and about how long those of long texts are: the names of one fit a core's
  /// cache.
  private static let counts = 10...64, length = 3 << 19

  /// The trees of a text's pieces, in order; each is handed over as soon as it and those before it are read, with all
  /// names so far, to be kept as it is or (`take` says) as what is left of it; the room of the latter is used again.
  /// Nil where the text is short, has no seams, loads other texts, or gives reason to complain: then it is to be read
  /// as one, and what was handed over is void.
  static func pieces(
    _ source: Source, names: inout Names, language: Language, depth: Int, take: (Tree, inout Names) -> Tree?
  ) -> [Tree]? {
    guard Beside.cores > 1 else { return nil }
    return source.bytes.withUnsafeBufferPointer { bytes in
      let seams = seams(bytes)
      return seams.isEmpty ? nil : pieces(bytes, source.base, seams, &names, language, depth: depth, take: take)
    }
  }

  /// Lines that begin with a letter, one at or behind each share of a long text. The last pieces are smaller, since
  /// they are checked when nothing is left to be read.
  private static func seams(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    if bytes.count < least { return [] }
    var found: [Int] = []
    let count = min(max(bytes.count / length, counts.lowerBound), counts.upperBound)
    for piece in 1..<count {
      let part = Double(piece) / Double(count)
      let from = max(Int(Double(bytes.count) * part * (5 - part) / 4), found.last ?? 0)
      let seam = (from..<bytes.count - 1).first { bytes[$0] == 10 && (bytes[$0 + 1] | 0x20) &- 97 < 26 }
      guard let seam else { break }
      found.append(seam + 1)
    }
    return found
  }

  /// The same with the seams given.
  static func pieces(
    _ bytes: UnsafeBufferPointer<UInt8>, _ base: UInt32, _ seams: [Int], _ names: inout Names, _ language: Language,
    depth: Int = limit, take: (Tree, inout Names) -> Tree?
  ) -> [Tree]? {
    let spare = Spare()
    let known = Vocabulary.seeded().count
    func reader(_ piece: Int, _ names: Names) -> Reader {
      let place = (piece > 0 ? seams[piece - 1] : 0)..<(piece < seams.count ? seams[piece] : bytes.count)
      var reader = Reader(bytes, base: base, names: names, language: language, paints: false, place, spare.taken())
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
        if let left = take(piece.tree, &names) {
          trees.append(left)
          spare.put(&piece.tree)
        } else {
          trees.append(piece.tree)
        }
        if trees.count > seams.count { return }
        piece = relay.take(trees.count - 1)
        piece.rename(names.take(piece.names, known: known))
      }
    }, { relay.work() })
    return trees.count > seams.count ? trees : nil
  }
}

/// Trees of which nothing is needed any more but their room: memory that was touched once need not be cleared again.
private final class Spare {
  private let lock = Lock()
  private var trees: [Tree] = []

  /// Leaves another in the place of a tree, which nobody else holds.
  func put(_ tree: inout Tree) {
    var other = Tree()
    tree.clear()
    swap(&other, &tree)
    lock.held {
      trees.append(Tree())
      swap(&trees[trees.count - 1], &other)
    }
  }

  /// An empty tree, with room where there is some.
  func taken() -> Tree { lock.held { trees.popLast() } ?? Tree() }
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
