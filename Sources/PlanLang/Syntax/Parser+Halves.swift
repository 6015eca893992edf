/// A long text read by two readers at once: the same tree, name for name and node for node, as one reader makes.
extension Reader {
  /// Below so many bytes a second reader is not worth its start.
  private static let least = 1 << 17

  /// Where a second reader may begin: a line near the middle that begins with a letter; nil in a short text.
  static func cut(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    if bytes.count < least { return nil }
    let lines = (bytes.count / 2..<bytes.count - 1).lazy.filter { bytes[$0] == 10 && (bytes[$0 + 1] | 0x20) &- 97 < 26 }
    return lines.first.map { $0 + 1 }
  }

  /// The file, with a second reader at a cut. What that one made is taken when this one comes to a statement there with
  /// nothing open and neither had to complain; else this one reads on by itself, as if there had been no other.
  mutating func file(cut: Int) -> ParseResult {
    var other = Reader(
      lexer.bytes, base: base, names: Vocabulary.seeded(), language: language, paints: false, from: cut)
    other.deepest = deepest
    var (own, others) = (Children(), Children())
    stopsAt = cut
    Beside.run({
      begin()
      goOn(&own)
    }, {
      other.begin()
      other.goOn(&others)
    })
    let isMet = token.start == cut && token.kind != .end && lexer.brackets == 0
    stopsAt = -1
    let isWhole = diagnostics.isEmpty && other.diagnostics.isEmpty && !isIncomplete && !other.isIncomplete
    if isMet, isWhole, lexer.joins(other.lexer) {
      take(other, others, &own)
    } else {
      goOn(&own)
    }
    return finish(own)
  }

  /// Takes what another reader made of the rest of the text.
  private mutating func take(_ other: Reader, _ others: Children, _ own: inout Children) {
    let symbols = names.take(other.names, known: Vocabulary.seeded().count)
    // The other's first two nodes are no node and the block that holds all.
    let (skipped, shift) = (2, UInt32(truncatingIfNeeded: tree.nodes.count - 2))
    let figures = UInt32(truncatingIfNeeded: tree.literals.count)
    tree.literals += other.tree.literals
    other.tree.literals.forget(before: other.tree.literals.count)
    tree.nodes.reserveCapacity(tree.nodes.count + other.tree.nodes.count - skipped)
    for at in skipped..<other.tree.nodes.count {
      var node = other.tree.nodes[at]
      if node.first != 0 { node.first += shift }
      if node.next != 0 { node.next += shift }
      switch node.kind {
      case .name, .word: if Int(node.payload) < symbols.count { node.payload = symbols[Int(node.payload)].raw }
      case .literal, .literals: node.payload += figures
      default: break
      }
      tree.nodes.append(node)
      if at & 0x3ffff == 0 { other.tree.nodes.forget(before: at) }
    }
    if others.first != 0 {
      link(others.first + shift, to: &own)
      own.last = others.last + shift
    }
    token = other.token
    lexer.join(other.lexer)
  }
}
