/// Expressions, loosest to tightest: conditional, quantified and fold; `atau`; `dan`; `bukan`; comparisons; `&`;
/// ranges; `+ -`; `* / mod`, `20% dari x`; unary minus; `^`; `.x` `[..]` `(..)`; figures, texts, names.
extension Reader {
  /// An expression; `ofIsProduct` tells whether a `dari` here multiplies (in edits the last one does not).
  mutating func expression() -> UInt32 {
    if isTooDeep { return skipDeep() }
    depth += 1
    defer { depth -= 1 }
    if token.kind == .word, !token.words.isEmpty {
      if token.words.contains(.given) { return conditional(isStatement: false) }
      if token.words.contains(.forEach) { return quantified(isStatement: false) }
      if token.words.contains(.fold), following().kind == .word { return fold() }
    }
    return disjunction()
  }

  private var isTooDeep: Bool { depth >= Parser.limit }

  /// Too deep: complains, gives a hole and skips what is left of the line.
  private mutating func skipDeep() -> UInt32 {
    complain(.tooDeep(limit: Parser.limit), at: site(token))
    let hole = node(.hole, site(token))
    recover()
    return hole
  }

  /// A node extended over what was read since a start.
  private func spanned(_ start: Int) -> Site { site(from: start) }

  // MARK: Words that open an expression

  /// `jika a maka b lain c`; in a statement's place `jika a { } lain { }`.
  mutating func conditional(isStatement: Bool) -> UInt32 {
    if isTooDeep { return skipDeep() }
    depth += 1
    defer { depth -= 1 }
    let start = token.start
    advance(as: .given)
    var children = Children()
    link(expression(), to: &children)
    if isStatement, token.kind == .leftBrace {
      link(block(), to: &children)
      if take(.otherwise) {
        let isNext = token.kind == .word && token.words.contains(.given)
        link(isNext ? conditional(isStatement: true) : block(), to: &children)
      }
    } else {
      guard take(.then) else {
        link(unexpected(), to: &children)
        return node(.conditional, spanned(start), children: children)
      }
      link(expression(), to: &children)
      if take(.otherwise) { link(expression(), to: &children) }
    }
    return node(.conditional, spanned(start), children: children)
  }

  /// `untuk p dalam set jika c: body`; with a block as body in a statement's place.
  mutating func quantified(isStatement: Bool) -> UInt32 {
    let start = token.start
    var children = Children()
    binders(into: &children)
    if isStatement, token.kind == .leftBrace {
      link(block(), to: &children)
    } else if take(.colon, "`:`") {
      link(isStatement && token.kind == .leftBrace ? block() : expression(), to: &children)
    } else {
      link(unexpected(), to: &children)
    }
    return node(.quantified, spanned(start), children: children)
  }

  /// One or more `untuk p dalam set`, then perhaps `jika c`.
  private mutating func binders(into children: inout Children) {
    if isTooDeep { return link(skipDeep(), to: &children) }
    depth += 1
    defer { depth -= 1 }
    while at(.forEach) {
      let start = token.start
      advance(as: .forEach)
      var parts = Children()
      link(name(), to: &parts)
      if take(.inSet) { link(disjunction(), to: &parts) } else { link(unexpected(), to: &parts) }
      link(node(.binder, spanned(start), children: parts), to: &children)
    }
    if at(.given) {
      let start = token.start
      advance(as: .given)
      var parts = Children()
      link(disjunction(), to: &parts)
      link(node(.condition, spanned(start), children: parts), to: &children)
    }
  }

  /// `lipat x dari start untuk y dalam list: body`.
  private mutating func fold() -> UInt32 {
    let start = token.start
    advance(as: .fold)
    var children = Children()
    link(name(), to: &children)
    if take(.from) { link(additive(stopsAtOf: true), to: &children) } else { link(unexpected(), to: &children) }
    if take(.forEach) { link(name(), to: &children) } else { link(unexpected(), to: &children) }
    if take(.inSet) { link(disjunction(), to: &children) } else { link(unexpected(), to: &children) }
    if take(.colon, "`:`") { link(expression(), to: &children) } else { link(unexpected(), to: &children) }
    return node(.fold, spanned(start), children: children)
  }

  // MARK: Chains

  private mutating func disjunction() -> UInt32 {
    let start = token.start
    let first = conjunction()
    guard at(.or) else { return first }
    var children = Children()
    link(first, to: &children)
    while take(.or) { link(conjunction(), to: &children) }
    return node(.chain, spanned(start), word: .or, children: children)
  }

  private mutating func conjunction() -> UInt32 {
    let start = token.start
    let first = negation()
    guard at(.and) else { return first }
    var children = Children()
    link(first, to: &children)
    while take(.and) { link(negation(), to: &children) }
    return node(.chain, spanned(start), word: .and, children: children)
  }

  private mutating func negation() -> UInt32 {
    guard at(.not) else { return comparison() }
    let start = token.start
    advance(as: .not)
    depth += 1
    defer { depth -= 1 }
    if isTooDeep { return skipDeep() }
    var children = Children()
    link(negation(), to: &children)
    return node(.unary, spanned(start), word: .not, children: children)
  }

  /// The comparison at the current token, or 0.
  private mutating func comparisonLead() -> UInt8 {
    switch token.kind {
    case .equal, .equalEqual: return Node.equal
    case .unequal: return Node.unequal
    case .less: return Node.less
    case .lessEqual: return Node.lessEqual
    case .greater: return Node.greater
    case .greaterEqual: return Node.greaterEqual
    case .word where token.words.contains(.contains): return Node.contains
    case .word where token.words.contains(.inSet): return endsBeforeYear() ? 0 : Node.member
    default: return 0
    }
  }

  private mutating func comparison() -> UInt32 {
    let start = token.start
    let first = joined()
    var lead = comparisonLead()
    if lead == 0 { return first }
    var children = Children()
    link(first, to: &children)
    while lead != 0 {
      advance(as: lead == Node.contains ? .contains : lead == Node.member ? .inSet : nil)
      link(joined(), to: &children, lead: lead)
      lead = comparisonLead()
    }
    return node(.compare, spanned(start), children: children)
  }

  /// Whether the English `in` here is `tahun`, not `dalam`: an edit is being read and a year stands behind it.
  private mutating func endsBeforeYear() -> Bool {
    guard isEditing, token.words.contains(.inYear) else { return false }
    return following().kind == .number
  }

  private mutating func joined() -> UInt32 {
    let start = token.start
    let first = range()
    guard token.kind == .ampersand else { return first }
    var children = Children()
    link(first, to: &children)
    while token.kind == .ampersand {
      advance()
      link(range(), to: &children, lead: Node.join)
    }
    return node(.chain, spanned(start), word: .name, children: children)
  }

  /// `a s.d. b` or `a..b`; the right side inherits `Rp` and must carry a scale when the left does.
  private mutating func range() -> UInt32 {
    let start = token.start
    let first = additive(stopsAtOf: stopsAtOf)
    let word: Word
    if token.kind == .dots { word = .inYear } else if token.kind == .word, token.words.contains(.upTo) { word = .upTo } else { return first }
    advance(as: word == .upTo ? .upTo : nil)
    inheritMoney(from: first)
    var children = Children()
    link(first, to: &children)
    link(additive(stopsAtOf: stopsAtOf), to: &children)
    return node(.range, spanned(start), word: word, children: children)
  }

  /// After a money literal the next item of a list or range inherits `Rp`.
  mutating func inheritMoney(from item: UInt32) {
    var node = tree.nodes[Int(item)]
    if node.kind == .range, node.first != 0 { node = tree.nodes[Int(tree.nodes[Int(node.first)].next)] }
    let isMoney = node.kind == .literal && tree.literals[Int(node.payload)].kind == .money
    inheritedScale = isMoney ? lastMoneyIsScaled : nil
  }

  private mutating func additive(stopsAtOf: Bool) -> UInt32 {
    let start = token.start
    let outer = self.stopsAtOf
    self.stopsAtOf = stopsAtOf
    defer { self.stopsAtOf = outer }
    let first = product()
    guard token.kind == .plus || token.kind == .minus else { return first }
    var children = Children()
    link(first, to: &children)
    while token.kind == .plus || token.kind == .minus {
      let lead = token.kind == .plus ? Node.plus : Node.minus
      advance()
      link(product(), to: &children, lead: lead)
    }
    return node(.chain, spanned(start), word: .add, children: children)
  }

  private mutating func productLead() -> UInt8 {
    switch token.kind {
    case .star: return Node.times
    case .slash: return Node.divide
    case .word where token.words.contains(.modulo): return Node.modulo
    case .word where token.words.contains(.of): return isProductOf() ? Node.of : 0
    default: return 0
    }
  }

  /// Whether the `dari` here multiplies: not where it opens the clause of an edit, a fold's start, a parent.
  private mutating func isProductOf() -> Bool {
    if stopsAtOf { return false }
    guard let clause = editClauseAt else { return true }
    return token.start != clause
  }

  private mutating func product() -> UInt32 {
    let start = token.start
    let first = unary()
    var lead = productLead()
    if lead == 0 { return first }
    var children = Children()
    link(first, to: &children)
    while lead != 0 {
      advance(as: lead == Node.modulo ? .modulo : lead == Node.of ? .of : nil)
      link(unary(), to: &children, lead: lead)
      lead = productLead()
    }
    return node(.chain, spanned(start), word: .perUnit, children: children)
  }

  private mutating func unary() -> UInt32 {
    guard token.kind == .minus || token.kind == .plus else { return power() }
    let start = token.start
    let isMinus = token.kind == .minus
    advance()
    depth += 1
    defer { depth -= 1 }
    if isTooDeep { return skipDeep() }
    let operand = unary()
    if !isMinus { return operand }
    var children = Children()
    link(operand, to: &children)
    return node(.unary, spanned(start), word: .cut, children: children)
  }

  private mutating func power() -> UInt32 {
    let start = token.start
    let base = postfix()
    guard token.kind == .caret else { return base }
    advance()
    depth += 1
    defer { depth -= 1 }
    if isTooDeep { return skipDeep() }
    var children = Children()
    link(base, to: &children)
    link(unary(), to: &children)
    return node(.power, spanned(start), children: children)
  }

  // MARK: Postfix

  mutating func postfix() -> UInt32 {
    let start = token.start
    var made = primary()
    for _ in 0..<Parser.limit {
      switch token.kind {
      case .dot: made = member(of: made, start)
      case .leftBracket where !token.isSpaced: made = slice(of: made, start)
      case .leftParen where !token.isSpaced:
        let kind = tree.nodes[Int(made)].kind
        guard kind == .name || kind == .word else { return made }
        made = call(of: made, start)
      default: return made
      }
    }
    return skipDeep()
  }

  /// What brackets set aside while their inside is read.
  private struct Outside {
    var isArgument: Bool
    var editClauseAt: Int?
    var stopsAtOf: Bool
    var doubtfulComma: Token?
    var isEditing: Bool
  }

  private mutating func enterArguments() -> Outside {
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

  private mutating func leaveArguments(_ outside: Outside) {
    isArgument = outside.isArgument
    editClauseAt = outside.editClauseAt
    stopsAtOf = outside.stopsAtOf
    doubtfulComma = outside.doubtfulComma
    isEditing = outside.isEditing
  }

  /// Refuses `f(1,2)` and `pagu[2026,2027]`: with one item only, the comma may be meant as a separator.
  private mutating func settleComma(items: Int) {
    guard items == 1, let doubtful = doubtfulComma else { return }
    complain(.commaBetweenArguments(text: text(doubtful)), at: site(doubtful))
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
    advance()
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
  private mutating func close(_ kind: Token.Kind, _ open: Token, _ spelling: String) {
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
    advance()
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
          inheritMoney(from: item)
          item = expression()
          link(item, to: &children)
          items += 1
        }
        inheritedScale = nil
        settleComma(items: items)
      }
    }
    close(.rightParen, open, "`)`")
    guard isAggregate else { return node(.call, spanned(start), children: children) }
    let head = tree.nodes[Int(callee)]
    // The aggregate's word leads; its callee node is left out of the children.
    return node(
      .aggregate, spanned(start), word: head.word,
      children: Children(first: tree.nodes[Int(callee)].next, last: children.last), payload: head.payload)
  }

  // MARK: Primary

  private mutating func primary() -> UInt32 {
    if token.kind != .number { inheritedScale = nil }
    let start = token
    switch token.kind {
    case .number: return numeral()
    case .text, .block: return textNode()
    case .code:
      advance()
      return node(.code, site(start))
    case .question:
      advance()
      return node(.question, site(start))
    case .leftParen:
      advance()
      let outer = enterArguments()
      isArgument = false
      let inside = expression()
      close(.rightParen, start, "`)`")
      leaveArguments(outer)
      return inside
    case .leftBracket: return listValue()
    case .word: return wordOrName()
    default:
      expectedMarks.append(Bilingual("nilai", "a value")[language])
      return unexpected()
    }
  }

  /// Which of its words a spelling means inside an expression.
  private func preferred(_ words: WordSet) -> Word? { words.asValue }

  private mutating func wordOrName() -> UInt32 {
    let start = token
    if start.words.isEmpty {
      advance()
      return node(.name, site(start), payload: start.symbol.raw)
    }
    if start.words.contains(.rupiah) { return numeral() }
    for word in [Word.and, .or, .not, .given, .forEach] where start.words.contains(word) {
      expectedMarks.append(Bilingual("nilai", "a value")[language])
      return unexpected()
    }
    let word = preferred(start.words)
    advance(as: word, isValue: true)
    return node(.word, site(start), word: word, payload: start.symbol.raw)
  }

  /// A quoted text.
  mutating func textNode() -> UInt32 {
    let start = token
    advance()
    if !start.isClosed {
      if start.kind == .block { isIncomplete = true }
      complain(.openText, at: site(start))
    } else if !isUTF8(start) {
      complain(.invalidText, at: site(start))
    }
    return node(.text, site(start), payload: start.kind == .block ? 1 : 0)
  }

  private func isUTF8(_ token: Token) -> Bool {
    let bytes = UnsafeBufferPointer(rebasing: lexer.bytes[token.start..<token.end])
    var (at, seen) = (0, UInt64(0))
    let raw = UnsafeRawBufferPointer(bytes)
    while at + 8 <= raw.count {
      seen |= raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      at += 8
    }
    while at < raw.count {
      seen |= UInt64(raw[at])
      at += 1
    }
    if seen & 0x8080_8080_8080_8080 == 0 { return true }
    return String(validating: bytes, as: UTF8.self) != nil
  }

  /// `[a; b; c]`.
  private mutating func listValue() -> UInt32 {
    let open = token
    advance()
    let outer = enterArguments()
    defer { leaveArguments(outer) }
    var children = Children()
    var items = 0
    if token.kind != .rightBracket {
      while true {
        isArgument = true
        let item = expression()
        link(item, to: &children)
        items += 1
        guard token.kind == .semicolon || token.kind == .comma else { break }
        advance()
        inheritMoney(from: item)
      }
      inheritedScale = nil
    }
    settleComma(items: items)
    close(.rightBracket, open, "`]`")
    return node(.list, spanned(open.start), children: children)
  }

  /// A name; a word of the language may be a name where a name must stand, but not a reserved one. A reference to a
  /// scenario does not declare its name: `dari dasar` leaves the word `dasar` to the formatter.
  mutating func name(isReference: Bool = false) -> UInt32 {
    guard token.kind == .word else {
      expectedMarks.append(Bilingual("nama", "a name")[language])
      return unexpected()
    }
    let start = token
    for word in [Word.rupiah, .and, .or, .not, .given, .forEach] where start.words.contains(word) {
      complain(.reserved(word: text(start)), at: site(start))
      return node(.hole, site(start))
    }
    if paints, !isReference, !start.words.isEmpty { declaredWords.append(start.symbol) }
    advance()
    return node(.name, site(start), payload: start.symbol.raw)
  }
}
