/// Statements: the leading word decides; clauses may come in any order behind the positional parts.
extension Reader {
  /// One statement, or a bare expression.
  mutating func statement() -> UInt32 {
    guard token.kind == .word else { return bareExpression() }
    let words = token.words
    if words.isEmpty { return unknownOrExpression() }
    if words.contains(.forEach) { return quantified(isStatement: true) }
    if words.contains(.given) { return conditional() }
    if words.contains(.costLead), following().words.contains(.costTail) { return led(by: .unitCost, as: .costLead) }
    if words.contains(.workingLead), following().words.contains(.working) { return led(by: .document, as: .workingLead) }
    if let word = leading(words) { return led(by: word, as: word) }
    return bareExpression()
  }

  /// The statement a word begins here, or nil when it begins an expression.
  private mutating func leading(_ words: WordSet) -> Word? {
    for raw in [words.first, words.second, words.third] {
      guard let word = Word(rawValue: raw), Self.shapes[Int(word.rawValue)] != .none else { continue }
      switch Self.shapes[Int(word.rawValue)] {
      case .always: return word
      case .unlessOperator:
        // `pagu[2026]`, `program.x`, `target <= 3` are expressions; `pagu rpjmd ...` and `target 2025 = ...` declare.
        let ahead = following()
        switch ahead.kind {
        case .word:
          if ahead.words.contains(.inSet) || ahead.words.contains(.and) || ahead.words.contains(.or) { return nil }
          return word
        case .number, .text, .code, .equal, .leftBrace, .block: return word
        case .newline, .end, .rightBrace, .semicolon: return word == .working || word == .scenario ? word : nil
        default: return nil
        }
      case .none: continue
      }
    }
    return nil
  }

  /// Whether a word begins a statement.
  enum Lead: UInt8 { case none, always, unlessOperator }

  static let shapes: [Lead] = {
    var shapes = [Lead](repeating: .none, count: Word.allCases.count)
    let always: [Word] = [
      .region, .period, .document, .vision, .letting, .formula, .rule, .except, .use, .load, .scale, .shift, .cut, .add,
      .postpone, .set, .change, .lock, .unlock, .check, .compare, .show, .instrument, .scenario, .exercise, .supports,
      .drives, .spillover, .strategy, .policy, .earmarked,
    ]
    let unless: [Word] = [
      .mission, .goal, .objective, .indicator, .unit, .direction, .baseline, .target, .projection, .withoutProgrammes,
      .bounds, .precision, .achievement, .weight, .department, .office, .board, .district, .secretariat, .hospital,
      .workUnit, .program, .activity, .subactivity, .item, .budget, .account, .source, .label, .location, .ward,
      .priority, .contract, .realised, .function, .affairs, .spendingKind, .kind, .revenue, .financing, .parameter,
      .basis, .inYear, .dated, .urgent, .grade, .unitCost, .fixedCost, .lump, .ceiling, .beneficiaries, .after,
      .spreading, .decay, .elasticity, .base, .effect, .tabular, .random, .additive, .best, .separator, .figures,
      .column, .sheet, .header, .question, .start, .done, .hint,
    ]
    for word in always { shapes[Int(word.rawValue)] = .always }
    for word in unless { shapes[Int(word.rawValue)] = .unlessOperator }
    for word in [Word.random, .additive, .best] { shapes[Int(word.rawValue)] = .always }
    return shapes
  }()

  /// A bare expression: a statement of `tampilkan` with payload 1.
  mutating func bareExpression() -> UInt32 {
    let start = token.start
    editClauseAt = nil
    stopsAtOf = false
    var children = Children()
    link(expression(), to: &children)
    return node(.statement, site(from: start), word: .show, children: children, payload: 1)
  }

  /// A name at a statement's start: an expression when an operator follows, else an unknown statement.
  private mutating func unknownOrExpression() -> UInt32 {
    let ahead = following()
    let startsOperand: Bool
    switch ahead.kind {
    case .word: startsOperand = !isInfix(ahead.words)
    case .text, .number, .leftBrace, .code: startsOperand = true
    default: startsOperand = false
    }
    guard startsOperand else { return bareExpression() }
    let spelling = text(token)
    var candidates: [String] = []
    for row in Vocabulary.rows where Self.shapes[Int(row.word.rawValue)] != .none { candidates += row.id + row.en }
    complain(
      .unknownStatement(word: spelling, nearest: NearMiss.nearest(to: spelling, among: candidates)), at: site(token))
    return node(.hole, site(token))
  }

  private func isInfix(_ words: WordSet) -> Bool {
    for word in [Word.and, .or, .of, .modulo, .upTo, .inSet, .contains] where words.contains(word) { return true }
    return false
  }

  /// A statement led by a word.
  private mutating func led(by word: Word, as painted: Word) -> UInt32 {
    let start = token.start
    advance(as: painted)
    editClauseAt = nil
    stopsAtOf = false
    var children = Children()
    var payload: UInt32 = 0
    switch word {
    case .shift, .cut, .add, .postpone: edit(&children, start)
    case .set: set(&children)
    case .change: change(&children)
    case .lock, .unlock, .supports: list(of: { $0.postfix() }, &children)
    case .check, .instrument: if token.kind == .word { link(name(), to: &children) }
    case .compare: names(&children)
    case .show: list(of: { $0.expression() }, &children)
    default:
      if declaration(word, &children) { payload = 1 }
    }
    return node(.statement, site(from: start), word: word, children: children, payload: payload)
  }

  // MARK: Parts

  /// A clause: its word was taken; `body` reads its parts.
  mutating func clause(_ word: Word, _ start: Int, _ children: inout Children, _ body: (inout Reader, inout Children) -> Void) {
    var parts = Children()
    body(&self, &parts)
    link(node(.clause, site(from: start), word: word, children: parts), to: &children)
  }

  /// Takes a word and reads the clause it opens, if it stands here.
  mutating func takeClause(_ word: Word, _ children: inout Children, _ body: (inout Reader, inout Children) -> Void) -> Bool {
    guard at(word) else { return false }
    let start = token.start
    advance(as: word)
    clause(word, start, &children, body)
    return true
  }

  /// Items separated by `;` on the rest of the line.
  mutating func list(of item: (inout Reader) -> UInt32, _ children: inout Children) {
    link(item(&self), to: &children)
    while token.kind == .semicolon || token.kind == .comma {
      advance()
      link(item(&self), to: &children)
    }
  }

  /// Names separated by `,` or `;`.
  mutating func names(_ children: inout Children) {
    link(name(), to: &children)
    while token.kind == .comma || token.kind == .semicolon {
      advance()
      link(name(), to: &children)
    }
  }

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
    let start = token.start
    let firstLiteral = tree.literals.count
    let firstNode = tree.nodes.count
    let opens = token.kind == .leftParen || token.kind == .leftBracket
    let brackets = lexer.brackets - (opens ? 1 : 0)
    // Fast path: nothing but figures.
    var isLiteral = true
    inheritedScale = nil
    while isLiteral {
      guard token.kind == .number || (token.kind == .word && token.words.contains(.rupiah)) else {
        isLiteral = false
        break
      }
      let literal = figure()
      tree.literals.append(literal)
      switch token.kind {
      case .semicolon, .comma:
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
      guard token.kind == .semicolon || token.kind == .comma else { break }
      advance()
      // What is not given hands on what stood before it: `Rp 1 M; -; 2 M`.
      let node = tree.nodes[Int(item)]
      let isMissing = node.kind == .literal && tree.literals[Int(node.payload)].kind == .missing
      if isMissing { inheritedScale = inherited } else { inheritMoney(from: item) }
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

  private mutating func missing(_ token: Token) -> UInt32 {
    let payload = UInt32(truncatingIfNeeded: tree.literals.count)
    tree.literals.append(Literal(mantissa: 0, site: site(token), scale: 0, kind: .missing))
    return node(.literal, site(token), payload: payload)
  }

  /// A code behind `kode`, `rekening` or `sumber`: `@...` or bare digits and dots.
  mutating func code() -> UInt32 {
    let start = token
    if token.kind == .code {
      advance()
      return node(.code, site(start))
    }
    let isX = token.kind == .word && (lexer.byte(token.start) | 0x20) == 120
    guard token.kind == .number || isX else {
      expectedMarks.append(Bilingual("kode", "a code")[language])
      return unexpected()
    }
    // Take digits, letters and dots in one piece, whatever the lexer made of them.
    var end = start.start
    while Lexer.isWordByte(lexer.byte(end)) && lexer.byte(end) < 0x80
      || lexer.byte(end) == 46 && Lexer.isWordByte(lexer.byte(end + 1)) && lexer.byte(end + 1) < 0x80
    { end += 1 }
    var made = start
    made.kind = .code
    made.end = max(end, start.end)
    lexer.at = made.end
    token = made
    for i in made.start..<made.end where lexer.byte(i) == 44 {
      complain(.badCode(text: text(made)), at: site(made))
    }
    advance()
    return node(.code, site(made))
  }

  /// `2026-10-05` or `2026-12`.
  mutating func date() -> UInt32 {
    let start = token
    var end = start.start
    while Lexer.isDigit(lexer.byte(end)) || lexer.byte(end) == 45 && Lexer.isDigit(lexer.byte(end + 1)) { end += 1 }
    let width = end - start.start
    guard token.kind == .number, width == 7 || width == 10 else {
      if token.kind == .number {
        complain(.badDate(text: text(token)), at: site(token))
        return node(.hole, site(token))
      }
      expectedMarks.append(Bilingual("tanggal", "a date")[language])
      return unexpected()
    }
    var made = start
    made.end = end
    lexer.at = end
    token = made
    advance()
    return node(.date, site(made))
  }

  // MARK: Edits

  /// `X dari A ke B tahun Y merata karena "..."`.
  private mutating func edit(_ children: inout Children, _ start: Int) {
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
      if takeClause(.from, &children, { $0.link($0.postfix(), to: &$1) }) { continue }
      if takeClause(.to, &children, { $0.link($0.postfix(), to: &$1) }) { continue }
      if takeClause(.inYear, &children, { $0.link($0.years(), to: &$1) }) { continue }
      if takeClause(.equally, &children, { _, _ in }) { continue }
      if takeClause(.because, &children, { $0.link($0.textOrHole(), to: &$1) }) { continue }
      break
    }
    editClauseAt = nil
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

  /// A quoted text, or a complaint.
  mutating func textOrHole() -> UInt32 {
    if token.kind == .text || token.kind == .block { return textNode() }
    expectedMarks.append(Bilingual("teks dalam kutip", "a quoted text")[language])
    return unexpected()
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
  private mutating func set(_ children: inout Children) {
    link(postfix(), to: &children)
    assign(&children)
  }

  /// `pendapatan NAME naik|turun X tahun Y`.
  private mutating func change(_ children: inout Children) {
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
