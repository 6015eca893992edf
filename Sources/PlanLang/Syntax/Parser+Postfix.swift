/// What stands behind a value: `.x`, `[..]`, `(..)`, and the brackets that hold arguments.
extension Reader {
  /// A value and what stands behind it, with or without a space before a bracket.
  ///
  /// `isPath` says that a `(` behind a space begins a value of its own: `limpahan a ke b (x)`.
  mutating func postfix(isPath: Bool = false) -> UInt32 {
    let start = token.start
    var made = primary()
    for _ in 0..<Parser.limit {
      switch token.kind {
      case .dot: made = member(of: made, start)
      case .leftBracket: made = slice(of: made, start)
      case .leftParen where !isPath || !token.isSpaced:
        let kind = tree.nodes[Int(made)].kind
        guard kind == .name || kind == .word else { return made }
        made = call(of: made, start)
      default: return made
      }
    }
    return skipDeep()
  }

  /// What brackets set aside while their inside is read.
  struct Outside {
    var isArgument: Bool
    var editClauseAt: Int?
    var stopsAtOf: Bool
    var doubtfulComma: Token?
    var isEditing: Bool
  }

  /// Sets aside what only counts outside brackets.
  mutating func enterArguments() -> Outside {
    let outside = Outside(
      isArgument: isArgument, editClauseAt: editClauseAt, stopsAtOf: stopsAtOf, doubtfulComma: doubtfulComma,
      isEditing: isEditing)
    isEditing = false
    isArgument = true
    editClauseAt = nil
    stopsAtOf = false
    doubtfulComma = nil
    return outside
  }

  /// Takes back what was set aside.
  mutating func leaveArguments(_ outside: Outside) {
    isArgument = outside.isArgument
    editClauseAt = outside.editClauseAt
    stopsAtOf = outside.stopsAtOf
    doubtfulComma = outside.doubtfulComma
    isEditing = outside.isEditing
  }

  /// Refuses `f(1,2)` and `pagu[2026,2027]`: with one item only, the comma may be meant as a separator. Says
  /// whether it did.
  @discardableResult
  mutating func settleComma(items: Int) -> Bool {
    guard items == 1, let doubtful = doubtfulComma else { return false }
    complain(.commaBetweenArguments(text: text(doubtful)), at: site(doubtful))
    return true
  }

  /// `.name`, `.attribute`, `.@code` or `."title"`.
  private mutating func member(of base: UInt32, _ start: Int) -> UInt32 {
    advance()
    var children = Children()
    link(base, to: &children)
    switch token.kind {
    case .word:
      let part = token
      let isAttribute = !part.words.isEmpty
      let word = isAttribute ? preferred(part.words) : nil
      // Behind a dot attributes come before children; the checker settles by what exists.
      advance(as: word, isValue: true)
      link(node(isAttribute ? .word : .name, site(part), word: word, payload: part.symbol.raw), to: &children)
    case .code:
      let part = token
      advance()
      link(node(.code, site(part)), to: &children)
    case .text:
      link(textNode(), to: &children)
    default:
      expectedMarks.append(Bilingual("nama", "a name")[language])
      link(unexpected(), to: &children)
    }
    return node(.member, spanned(start), children: children)
  }

  /// `base[ terms ]`.
  private mutating func slice(of base: UInt32, _ start: Int) -> UInt32 {
    if isTooDeep { return skipDeep() }
    depth += 1
    defer { depth -= 1 }
    let open = token
    advance(isPostfix: true)
    let outer = enterArguments()
    defer { leaveArguments(outer) }
    var children = Children()
    link(base, to: &children)
    var items = 0
    while token.kind != .rightBracket, token.kind != .end {
      link(term(), to: &children)
      items += 1
      if token.kind == .semicolon || (token.kind == .comma) {
        advance()
        continue
      }
      break
    }
    settleComma(items: items)
    close(.rightBracket, open, "`]`")
    return node(.slice, spanned(start), children: children)
  }

  /// Takes the closing mark of a bracket, or complains: at the end of the text at the opening one.
  mutating func close(_ kind: Token.Kind, _ open: Token, _ spelling: String) {
    if take(kind, spelling) { return }
    if token.kind == .end {
      isIncomplete = true
      complain(.openBracket(text(open)), at: site(open))
    } else if beginsNextStatement {
      complain(.openBracket(text(open)), at: site(open))
    } else {
      _ = unexpected()
    }
  }

  /// `2026`, `2025..2029`, `dinas = x`, `judul memuat "x"`.
  private mutating func term() -> UInt32 {
    let start = token.start
    var children = Children()
    if token.kind == .word {
      let dimension = token
      let ahead = following()
      let isContains = ahead.kind == .word && ahead.words.contains(.contains)
      if ahead.kind == .equal || ahead.kind == .equalEqual || isContains {
        let word = dimension.words.isEmpty ? nil : preferred(dimension.words)
        advance(as: word, isValue: true)
        advance(as: isContains ? .contains : nil)
        if word == nil { link(node(.name, site(dimension), payload: dimension.symbol.raw), to: &children) }
        isArgument = true
        let value = range()
        link(value, to: &children, lead: isContains ? Node.contains : Node.equal)
        return node(.term, spanned(start), word: word, children: children)
      }
      if dimension.words.isEmpty, ahead.kind == .rightBracket || ahead.kind == .comma || ahead.kind == .semicolon {
        // A bare name may be a year bound by `untuk`; the checker refuses anything else.
        advance()
        link(node(.name, site(dimension), payload: dimension.symbol.raw), to: &children)
        return node(.term, spanned(start), word: .inYear, children: children)
      }
    }
    link(range(), to: &children)
    return node(.term, spanned(start), word: .inYear, children: children)
  }

  /// `f(x; y)`, and aggregates `jumlah(body untuk p dalam set jika c)`.
  private mutating func call(of callee: UInt32, _ start: Int) -> UInt32 {
    let open = token
    advance(isPostfix: true)
    let outer = enterArguments()
    defer { leaveArguments(outer) }
    var children = Children()
    link(callee, to: &children)
    var isAggregate = false
    if token.kind != .rightParen {
      var item = expression()
      link(item, to: &children)
      var items = 1
      if at(.forEach) {
        isAggregate = true
        binders(into: &children)
      } else {
        while token.kind == .semicolon || token.kind == .comma {
          advance()
          isArgument = true
          // The deviation of a lognormal is of logarithms: no rupiah.
          if tree.nodes[Int(callee)].word != .lognormal { inheritMoney(from: item) }
          item = expression()
          link(item, to: &children)
          items += 1
        }
        inheritedScale = nil
        // How many values are meant is not known: nobody counts them.
        if settleComma(items: items) { link(node(.hole, spanned(start)), to: &children) }
      }
    }
    close(.rightParen, open, "`)`")
    guard isAggregate else { return node(.call, spanned(start), children: children) }
    let head = tree.nodes[Int(callee)]
    // The aggregate's word leads; its callee node is left out of the children.
    return node(
      .aggregate, spanned(start), word: head.word,
      children: Children(first: tree.nodes[Int(callee)].next, last: children.last))
  }
}
