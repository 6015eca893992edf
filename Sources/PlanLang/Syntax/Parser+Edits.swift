/// Edits of a scenario, and the years and texts that clauses share.
extension Reader {
  /// `X dari A ke B tahun Y merata karena "..."`.
  mutating func edit(_ children: inout Children, _ start: Int) {
    editClauseAt = lastFrom()
    isEditing = true
    defer { isEditing = false }
    if at(.all) {
      let all = token
      advance(as: .all)
      link(node(.word, site(all), word: .all, payload: all.symbol.raw), to: &children)
    } else {
      link(expression(), to: &children)
    }
    while token.kind == .word {
      if takeClause(.from, &children, { $0.link($0.place(), to: &$1) }) { continue }
      if takeClause(.to, &children, { $0.link($0.place(), to: &$1) }) { continue }
      if takeClause(.inYear, &children, { $0.link($0.years(), to: &$1) }) { continue }
      if takeClause(.equally, &children, { _, _ in }) { continue }
      if takeClause(.because, &children, { $0.link($0.textOrHole(), to: &$1) }) { continue }
      break
    }
    editClauseAt = nil
  }

  /// What money comes from or goes to; `ke tahun 2026` lacks it.
  private mutating func place() -> UInt32 {
    guard at(.inYear), following().kind == .number else { return postfix() }
    expectedMarks.append(Bilingual("bagian rencana", "a part of the plan")[language])
    lookedCount = 0
    return unexpected()
  }

  /// A year, a range of years, or an expression for one.
  mutating func years() -> UInt32 {
    let start = token.start
    let first = postfix()
    guard token.kind == .dots else { return first }
    advance()
    var children = Children()
    link(first, to: &children)
    link(postfix(), to: &children)
    return node(.range, site(from: start), word: .inYear, children: children)
  }

  /// The years of a declaration: where they are plain, one node.
  mutating func statedYears() -> UInt32 {
    if !paints, let made = plainYears() { return made }
    let figures = tree.literals.count
    let made = years()
    guard let stated = plainYears(made) else { return made }
    tree.nodes.removeLast(tree.nodes.count - Int(stated.first))
    tree.literals.removeLast(tree.literals.count - figures)
    return node(.years, stated.site, payload: stated.years)
  }

  /// What one node says of years that were read as a literal or a range of them, and the first node they took.
  private func plainYears(_ made: UInt32) -> (site: Site, years: UInt32, first: UInt32)? {
    func year(_ at: UInt32) -> UInt32? {
      guard at != 0, tree.nodes[Int(at)].kind == .literal else { return nil }
      let (site, figure) = (tree.nodes[Int(at)].site, tree.literals[Int(tree.nodes[Int(at)].payload)])
      let isWhole = figure.kind == .number && figure.scale == 0 && site.end - site.start == 4
      return isWhole && (1000..<10_000).contains(figure.mantissa) ? UInt32(truncatingIfNeeded: figure.mantissa) : nil
    }
    let node = tree.nodes[Int(made)]
    if let only = year(made) { return (node.site, only | only << 16, made) }
    guard node.kind == .range, node.word == .inYear, let first = year(node.first),
      let last = year(tree.nodes[Int(node.first)].next)
    else { return nil }
    return (node.site, first | last << 16, node.first)
  }

  /// A quoted text, or a complaint.
  mutating func textOrHole() -> UInt32 {
    if token.kind == .text || token.kind == .block { return textNode() }
    expectedMarks.append(Bilingual("teks dalam kutip", "a quoted text")[language])
    return unexpected()
  }

  /// A text, or one in both languages: `"Indonesia" / "English"`. The pair is one text, of which the half in the
  /// language of the answer is read.
  mutating func pairedText() -> UInt32 {
    let start = token
    let made = textOrHole()
    guard start.kind == .text, token.kind == .slash, following().kind == .text else { return made }
    advance()
    let end = tree.nodes[Int(textNode())].site.end
    // The pair stands for its halves.
    tree.nodes.removeLast(tree.nodes.count - Int(made))
    return node(.text, Site(start: site(start).start, end: end))
  }

  /// Where the last `dari` before `ke`, `tahun` or the end of the edit stands (outside brackets), or nil.
  private mutating func lastFrom() -> Int? {
    var ahead = lexer
    var found: Int?
    var look = token
    let open = lexer.brackets
    while true {
      switch look.kind {
      case .newline, .end, .semicolon, .leftBrace, .rightBrace: return found
      case .word where ahead.brackets <= open:
        if look.words.contains(.from) { found = look.start }
        if look.words.contains(.to) || look.words.contains(.inYear) && found != nil { return found }
      default: break
      }
      look = ahead.next(&names)
    }
  }

  /// `TARGET = EXPR`.
  mutating func set(_ children: inout Children) {
    link(postfix(), to: &children)
    assign(&children)
  }

  /// `pendapatan NAME naik|turun X tahun Y`.
  mutating func change(_ children: inout Children) {
    isEditing = true
    defer { isEditing = false }
    if at(.revenue) || at(.financing) {
      let word: Word = token.words.contains(.revenue) ? .revenue : .financing
      let start = token
      advance(as: word)
      link(node(.word, site(start), word: word, payload: start.symbol.raw), to: &children)
      link(token.kind == .code || token.kind == .number ? code() : name(), to: &children)
    } else {
      link(postfix(), to: &children)
    }
    guard at(.up) || at(.down) else {
      link(unexpected(), to: &children)
      return
    }
    let direction = token
    let word: Word = direction.words.contains(.up) ? .up : .down
    advance(as: word)
    link(node(.word, site(direction), word: word, payload: direction.symbol.raw), to: &children)
    link(expression(), to: &children)
    while token.kind == .word {
      if takeClause(.inYear, &children, { $0.link($0.years(), to: &$1) }) { continue }
      if takeClause(.because, &children, { $0.link($0.textOrHole(), to: &$1) }) { continue }
      break
    }
  }
}
