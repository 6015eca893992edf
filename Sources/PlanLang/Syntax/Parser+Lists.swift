/// What stands behind `=`: figures, or items separated by `;` or `, `.
extension Reader {
  /// `= list`: literals only are kept compact.
  mutating func assign(_ children: inout Children) {
    let start = token.start
    guard take(.equal, "`=`") else {
      link(unexpected(), to: &children)
      return
    }
    var parts = Children()
    link(values(), to: &parts)
    link(node(.assign, site(from: start), children: parts), to: &children)
  }

  /// The items behind `=`, separated by `;` or `, `.
  mutating func values() -> UInt32 {
    // A code's place is behind its `@`.
    let start = token.kind == .code ? token.start - 1 : token.start
    let firstLiteral = tree.literals.count
    let firstNode = tree.nodes.count
    let opens = token.kind == .leftParen || token.kind == .leftBracket
    let brackets = lexer.brackets - (opens ? 1 : 0)
    inheritedScale = nil
    if !paints, let count = plainFigures() { return literals(firstLiteral, count, start) }
    // Nothing but figures, in whatever spelling.
    var isLiteral = true
    while isLiteral {
      guard token.kind == .number || (token.kind == .word && token.words.contains(.rupiah)) else {
        isLiteral = false
        break
      }
      let literal = figure()
      tree.literals.append(literal)
      switch token.kind {
      case .semicolon, .comma:
        if endsList() {
          inheritedScale = nil
          return literals(firstLiteral, tree.literals.count - firstLiteral, start)
        }
        advance()
        inheritedScale = literal.kind == .money ? lastMoneyIsScaled : nil
      case .newline, .end, .rightBrace, .leftBrace:
        let count = tree.literals.count - firstLiteral
        inheritedScale = nil
        if count < Int(UInt16.max) { return literals(firstLiteral, count, start) }
        isLiteral = false
      default: isLiteral = false
      }
    }
    return mixedValues(start, firstLiteral: firstLiteral, firstNode: firstNode, brackets: brackets)
  }

  /// Whether the `;` here ends the statement instead of going on with its list: nothing follows on the line, or what
  /// follows can only begin another statement (`awal 2024 = 12; target 2025 = 11`).
  private mutating func endsList() -> Bool {
    guard token.kind == .semicolon, lexer.brackets == 0 else { return false }
    var ahead = lexer
    let next = look(&ahead)
    if next.kind == .newline || next.kind == .end || next.kind == .rightBrace { return true }
    guard next.kind == .word, !next.words.isEmpty else { return false }
    let after = look(&ahead)
    guard Self.leading(next.words, before: after, in: parent) != nil else { return false }
    switch after.kind {
    case .newline, .end, .rightBrace, .semicolon: return beginsLine(next.words)
    default: return startsOperand(after)
    }
  }

  private mutating func literals(_ first: Int, _ count: Int, _ start: Int) -> UInt32 {
    let id = node(.literals, site(from: start), payload: UInt32(truncatingIfNeeded: first))
    tree.nodes[Int(id)].wordRaw = UInt16(truncatingIfNeeded: count)
    return id
  }

  /// Items that are not all figures: read again from the first as expressions.
  private mutating func mixedValues(_ start: Int, firstLiteral: Int, firstNode: Int, brackets: Int) -> UInt32 {
    tree.literals.removeLast(tree.literals.count - firstLiteral)
    if tree.nodes.count > firstNode { tree.nodes.removeLast(tree.nodes.count - firstNode) }
    if paints { while let last = painted.last, last.token.start >= start { painted.removeLast() } }
    lexer.at = start
    lexer.brackets = brackets
    token = lexer.next(&names)
    inheritedScale = nil
    var children = Children()
    var inherited: Bool?
    while true {
      let item = listItem()
      link(item, to: &children)
      guard token.kind == .semicolon || token.kind == .comma, !endsList() else { break }
      advance()
      // What is not given says nothing about the items behind it: `Rp 14 M; -; 15 M` are rupiah throughout.
      if isMissing(item) { inheritedScale = inherited } else { inheritMoney(from: item) }
      inherited = inheritedScale
    }
    inheritedScale = nil
    if children.first == children.last { return children.first }
    return node(.list, site(from: start), children: children)
  }

  /// An item of a list: an expression, or `-` or `kosong` for not given.
  private mutating func listItem() -> UInt32 {
    let start = token
    if token.kind == .minus {
      let ahead = following().kind
      if ahead == .semicolon || ahead == .comma || ahead == .newline || ahead == .end || ahead == .rightBrace {
        advance()
        return missing(start)
      }
    }
    if token.kind == .word, token.words.contains(.nothing) {
      advance(as: .nothing)
      return missing(start)
    }
    return expression()
  }

  private func isMissing(_ item: UInt32) -> Bool {
    let node = tree.nodes[Int(item)]
    return node.kind == .literal && tree.literals[Int(node.payload)].kind == .missing
  }

  private mutating func missing(_ token: Token) -> UInt32 {
    let payload = UInt32(truncatingIfNeeded: tree.literals.count)
    tree.literals.append(Literal(mantissa: 0, site: site(token), scale: 0, kind: .missing))
    return node(.literal, site(token), payload: payload)
  }
}
