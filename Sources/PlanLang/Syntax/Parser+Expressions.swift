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

  /// Whether nothing may nest any deeper here.
  var isTooDeep: Bool { depth >= deepest }

  /// Too deep: complains, gives a hole and skips what is left of the line.
  mutating func skipDeep() -> UInt32 {
    complain(.tooDeep(limit: deepest), at: site(token))
    let hole = node(.hole, site(token))
    recover()
    return hole
  }

  /// A node extended over what was read since a start.
  func spanned(_ start: Int) -> Site { site(from: start) }

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
  mutating func binders(into children: inout Children) {
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
    case .word where token.words.contains(.inSet): return endsBeforeYear() || endsBeforeCeiling() ? 0 : Node.member
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

  /// Whether the `dalam` here opens the ceiling of a choice.
  private mutating func endsBeforeCeiling() -> Bool { isChoosing && following().words.contains(.budget) }

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
  mutating func range() -> UInt32 {
    let start = token.start
    let first = additive(stopsAtOf: stopsAtOf)
    let word: Word
    if token.kind == .dots {
      word = .inYear
    } else if token.kind == .word, token.words.contains(.upTo) {
      word = .upTo
    } else {
      return first
    }
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
}
