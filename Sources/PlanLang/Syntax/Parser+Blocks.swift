/// Statements one behind the other: the file, blocks, and where reading goes on after a mistake.
extension Reader {
  mutating func file() -> ParseResult {
    var children = Children()
    begin()
    goOn(&children)
    return finish(children)
  }

  /// The first token, and the block that holds all statements.
  mutating func begin() {
    token = lexer.next(&names)
    if paints { paintComments() }
    let site = Site(start: base + UInt32(part.lowerBound), end: base + UInt32(part.upperBound))
    tree.root = NodeID(raw: node(.block, site))
  }

  /// Statements up to the end of the text, or to where another reader began.
  mutating func goOn(_ children: inout Children) {
    while token.kind != .end {
      statements(into: &children)
      if token.start == stopsAt { return }
      if token.kind == .rightBrace {
        statementStart = token.start
        expectedMarks = []
        _ = unexpected()
        advance()
      }
    }
  }

  mutating func finish(_ children: Children) -> ParseResult {
    if lexer.isExhausted { diagnostics.add(SyntaxProblem.tooLong(limit: Lexer.limit), at: site(token)) }
    tree.nodes[tree.root.index].first = children.first
    return ParseResult(
      tree: tree, diagnostics: diagnostics, incomplete: isIncomplete, declaredWords: declaredWords)
  }

  /// Statements up to a closing brace or the end.
  mutating func statements(into children: inout Children) {
    while true {
      while token.kind == .newline || token.kind == .semicolon {
        advance()
        if paints { painted[painted.count - 1].endsStatement = true }
      }
      if token.kind == .end || token.kind == .rightBrace || token.start == stopsAt && depth == 0 { return }
      statementStart = token.start
      inheritedScale = nil
      isArgument = false
      let made = statement()
      link(made, to: &children)
      switch token.kind {
      case .newline, .semicolon, .end, .rightBrace: break
      // `}` ends a statement as a line end does.
      case .word where isBehindBrace && complainedAt != statementStart: continue
      default:
        if complainedAt != statementStart {
          expectedMarks.append(Bilingual("akhir baris", "end of line")[language])
          _ = unexpected(opens: opensStatement)
        }
        // What names something is read all the same, so that what refers to it is not complained about too.
        let naming = [Word.letting, .formula, .rule, .scenario, .parameter]
        if lexer.brackets == 0, opensStatement, naming.contains(where: token.words.contains) { continue }
        recover()
      }
      if complainedAt == statementStart, token.kind != .newline, token.kind != .rightBrace, token.kind != .end {
        recover()
      }
    }
  }

  /// Whether the token before the current one is a `}`.
  private var isBehindBrace: Bool { lastEnd > 0 && lexer.byte(lastEnd - 1) == 125 }

  /// Skips to the end of the line or the brace that closes the open block; blocks that open on the way are skipped
  /// whole, so that their statements make no further noise.
  mutating func recover() {
    if lexer.brackets > 0 {
      lexer.brackets = 0
      // A bracket left open hides the line ends behind it: a line that begins a statement is read as one.
      lexer.at = beginsNextStatement ? lastEnd : token.start
      token = lexer.next(&names)
    }
    var open = 0
    while token.kind != .end {
      switch token.kind {
      case .leftBrace: open += 1
      case .rightBrace:
        if open == 0 { return }
        open -= 1
      case .newline where open == 0:
        lexer.brackets = 0
        return
      default: break
      }
      advance()
      if lexer.brackets > 0, token.kind == .end { lexer.brackets = 0 }
    }
  }

  /// Whether the current token stands on a later line than the one before it and can only begin a statement.
  var beginsNextStatement: Bool {
    token.kind == .word && lastEnd < token.start && beginsLine(token.words)
      && lexer.bytes[lastEnd..<token.start].contains(10)
  }

  /// `{ statements }`.
  mutating func block() -> UInt32 {
    let start = token
    guard take(.leftBrace, "`{`") else { return unexpected() }
    if depth >= deepest {
      complain(.tooDeep(limit: deepest), at: site(start))
      skipBlock()
      return node(.hole, site(start))
    }
    depth += 1
    let (outerStart, outerArgument) = (statementStart, isArgument)
    var children = Children()
    statements(into: &children)
    statementStart = outerStart
    isArgument = outerArgument
    depth -= 1
    if token.kind == .rightBrace {
      advance()
    } else {
      isIncomplete = true
      complainedAt = -1
      complain(.openBracket("{"), at: site(start))
    }
    return node(.block, site(from: start.start), children: children)
  }

  /// Behind an opening brace: skips to its closing brace.
  private mutating func skipBlock() {
    var open = 1
    while token.kind != .end {
      if token.kind == .leftBrace { open += 1 }
      if token.kind == .rightBrace {
        open -= 1
        if open == 0 {
          advance()
          return
        }
      }
      advance()
    }
  }
}
