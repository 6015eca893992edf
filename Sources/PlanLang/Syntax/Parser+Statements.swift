/// Statements: the leading word decides; clauses may come in any order behind the positional parts.
extension Reader {
  /// One statement, or a bare expression.
  mutating func statement() -> UInt32 {
    guard token.kind == .word else { return bareExpression() }
    let words = token.words
    if words.isEmpty { return unknownOrExpression() }
    let ahead = following()
    if !words.isPeculiar, let word = Self.leading(words, before: ahead, in: parent) { return led(by: word, as: word) }
    if words.contains(.forEach) { return quantified(isStatement: true) }
    if words.contains(.given) { return conditional(isStatement: true) }
    if words.contains(.unitCost), names.text(ahead.symbol) == "tetap" { return led(by: .fixedCost, as: .fixedCost) }
    if words.contains(.costLead), ahead.words.contains(.costTail) { return led(by: .unitCost, as: .costLead) }
    if words.contains(.workingLead), ahead.words.contains(.working) { return led(by: .document, as: .workingLead) }
    if words.contains(.unit), words.contains(.workUnit), opensWorkUnit(ahead) {
      return led(by: .workUnit, as: .workUnit)
    }
    if let word = Self.leading(words, before: ahead, in: parent) {
      // `unit` means satuan in English and a work unit in Indonesian: out of its place it keeps its spelling.
      let isDoubtful = word == .unit && parent != .indicator || word == .workUnit && !opensWorkUnit(ahead)
      return led(by: word, as: isDoubtful ? nil : word)
    }
    if !opensExpression(words), startsOperand(ahead) { return unknownStatement(nearest: nil) }
    return bareExpression()
  }

  /// Whether `unit` declares a work unit here, not (English) a unit of measure: it stands in a department, or is
  /// followed by a name and a title, code or block.
  private mutating func opensWorkUnit(_ following: Token) -> Bool {
    guard following.kind == .word else { return false }
    switch parent {
    case .indicator: return false
    case .department, .office, .board, .district, .secretariat, .hospital: return true
    default: break
    }
    var ahead = lexer
    _ = look(&ahead)
    let next = look(&ahead)
    return next.kind == .text || next.kind == .leftBrace || next.kind == .word && next.words.contains(.code)
  }

  /// The token at a lexer, comments skipped.
  mutating func look(_ ahead: inout Lexer) -> Token {
    var token = ahead.next(&names)
    while token.kind == .comment || token.kind == .narration { token = ahead.next(&names) }
    return token
  }

  /// Whether a word of the language opens an expression that goes on with an operand, or is refused by its own message.
  private func opensExpression(_ words: WordSet) -> Bool {
    words.contains(.fold) || words.contains(.rupiah) || words.contains(.not) || words.contains(.and)
      || words.contains(.or)
  }

  /// The statement a word begins before a token, or nil when it begins an expression. Not a method: the reader would be
  /// copied for each.
  static func leading(_ words: WordSet, before ahead: Token, in parent: Word?) -> Word? {
    // `jumlah` alone in an indicator says how its drivers join.
    if parent == .indicator, words.contains(.sum), ahead.kind != .leftParen { return .additive }
    for place in 0..<3 {
      let raw = place == 0 ? words.first : place == 1 ? words.second : words.third
      guard let word = Word(rawValue: raw) else { continue }
      switch shapes[Int(word.rawValue)] {
      case .always: return word
      case .unlessOperator:
        // `pagu[2026]`, `program.x`, `target <= 3` are expressions; `pagu rpjmd ...` and `target 2025 = ...` declare.
        switch ahead.kind {
        case .word:
          if word == .direction, parent == .indicator { return word }
          if ahead.words.contains(.inSet) || ahead.words.contains(.and) || ahead.words.contains(.or) { return nil }
          return word
        case .number, .text, .code, .leftBrace, .block: return word
        case .equal: return word == .basis ? nil : word
        // `dampak -2`: no expression stands in these blocks.
        case .minus where parent == .drives || parent == .indicator: return word
        case .newline, .end, .rightBrace, .semicolon:
          // A mark stands alone, in its place.
          let isMark = word == .quickWin && parent == .initiative || word == .itIndex && parent == .indicator
          return isMark || word == .working || word == .scenario ? word : nil
        default: return nil
        }
      case .none: continue
      }
    }
    return nil
  }

  /// Whether a word can only begin a statement, wherever it stands on a line.
  func beginsLine(_ words: WordSet) -> Bool {
    for place in 0..<3 {
      let raw = place == 0 ? words.first : place == 1 ? words.second : words.third
      if raw != .max, Self.shapes[Int(raw)] == .always { return true }
    }
    return false
  }

  /// Whether the current token begins a statement with what stands behind it.
  var opensStatement: Bool {
    mutating get {
      guard token.kind == .word, !token.words.isEmpty, case let ahead = following(), startsOperand(ahead) else {
        return false
      }
      return Self.leading(token.words, before: ahead, in: parent) != nil
    }
  }

  /// Whether a word begins a statement.
  enum Lead: UInt8 { case none, always, unlessOperator }

  static let shapes: [Lead] = {
    var shapes = [Lead](repeating: .none, count: Word.allCases.count)
    let always: [Word] = [
      .region, .period, .document, .vision, .letting, .formula, .rule, .except, .use, .load, .scale, .shift, .cut, .add,
      .postpone, .set, .change, .lock, .unlock, .check, .compare, .show, .instrument, .scenario, .exercise, .supports,
      .seek, .chart, .trace, .why, .who, .report, .reconcile, .export, .sweep, .simulate, .sensitivity, .stress,
      .correlation, .repair, .optimise, .tradeOff, .choose, .drives, .spillover, .strategy, .policy, .earmarked,
      .through,
    ]
    let unless: [Word] = [
      .mission, .goal, .objective, .indicator, .unit, .direction, .baseline, .target, .projection, .withoutProgrammes,
      .bounds, .precision, .achievement, .weight, .department, .office, .board, .district, .secretariat, .hospital,
      .workUnit, .program, .activity, .subactivity, .item, .budget, .account, .source, .label, .location, .ward,
      .priority, .contract, .realised, .function, .affairs, .spendingKind, .kind, .revenue, .financing, .parameter,
      .basis, .inYear, .dated, .urgent, .grade, .unitCost, .fixedCost, .lump, .ceiling, .beneficiaries, .after,
      .spreading, .decay, .elasticity, .base, .effect, .tabular, .random, .additive, .best, .separator, .figures,
      .column, .sheet, .header, .question, .start, .done, .hint, .inForce, .project, .benefit, .requires, .rejects,
      .include, .exclude, .initiative, .dimension, .quickWin, .owner, .roadmap, .itIndex, .studied, .synergy,
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
    guard startsOperand(ahead) else { return bareExpression() }
    return unknownStatement(nearest: diagnostics.nearest(to: text(token), among: Self.openings))
  }

  /// Every spelling that begins a statement.
  private static let openings: [String] = Vocabulary.rows.flatMap { row in
    shapes[Int(row.word.rawValue)] == .none ? [] : row.id + row.en
  }

  /// Whether a token behind a word can only be another operand, so that the word was meant to begin a statement.
  func startsOperand(_ ahead: Token) -> Bool {
    switch ahead.kind {
    case .word: !ahead.words.isInfix
    case .text, .number, .leftBrace, .code: true
    default: false
    }
  }

  private mutating func unknownStatement(nearest: String?) -> UInt32 {
    complain(.unknownStatement(word: text(token), nearest: nearest), at: site(token))
    return node(.hole, site(token))
  }

  /// A statement led by a word.
  private mutating func led(by word: Word, as painted: Word?) -> UInt32 {
    let start = token.start
    let outer = parent
    parent = word
    defer { parent = outer }
    advance(as: painted)
    editClauseAt = nil
    stopsAtOf = false
    var children = Children()
    var payload: UInt32 = 0
    switch word {
    case .shift, .cut, .add, .postpone: edit(&children, start)
    case .set: set(&children)
    case .change: change(&children)
    case .lock, .unlock, .supports, .include, .exclude, .rejects, .through:
      list(.paths, of: { $0.postfix() }, &children)
    case .requires: list(.paths, of: { $0.expression() }, &children)
    case .check, .instrument, .stress: if token.kind == .word { link(name(isReference: true), to: &children) }
    case .compare: list(.names, of: { $0.name(isReference: true) }, &children)
    case .show: list(.expressions, of: { $0.expression() }, &children)
    case .seek: seek(&children)
    case .choose: choose(&children)
    case .chart, .why, .who, .report, .reconcile, .export, .sweep, .simulate, .sensitivity, .correlation, .repair,
      .optimise, .tradeOff:
      asking(word, &children)
    case .trace: trace(&children)
    default:
      if declaration(word, &children) { payload = 1 }
    }
    return node(.statement, site(from: start), word: word, children: children, payload: payload)
  }

  // MARK: Parts

  /// A clause: its word was taken; `body` reads its parts.
  mutating func clause(
    _ word: Word, _ start: Int, _ children: inout Children, _ body: (inout Reader, inout Children) -> Void
  ) {
    var parts = Children()
    body(&self, &parts)
    link(node(.clause, site(from: start), word: word, children: parts), to: &children)
  }

  /// Takes a word and reads the clause it opens, if it stands here.
  mutating func takeClause(_ word: Word, _ children: inout Children, _ body: (inout Reader, inout Children) -> Void)
    -> Bool
  {
    guard at(word) else { return false }
    let start = token.start
    // English `in` before a year that is no figure could be read as membership: there the formatter writes `year`.
    advance(as: word == .inYear && paints && following().kind != .number ? .year : word)
    clause(word, start, &children, body)
    return true
  }

  /// What the items of a statement's list are.
  enum Items { case texts, names, paths, expressions }

  /// Items separated by `,` or by a `;` behind which another item stands.
  mutating func list(_ items: Items, of item: (inout Reader) -> UInt32, _ children: inout Children) {
    link(item(&self), to: &children)
    while goesOn(items) {
      advance()
      link(item(&self), to: &children)
    }
  }

  /// Names separated by `,` or `;`.
  mutating func names(_ children: inout Children) { list(.names, of: { $0.name() }, &children) }

  /// Whether a separator here is followed by another item: `label "a"; "b"` goes on, `dasar "UU"; tahun 2026` does not.
  private mutating func goesOn(_ items: Items) -> Bool {
    if token.kind == .comma { return true }
    guard token.kind == .semicolon else { return false }
    var ahead = lexer
    let next = look(&ahead)
    switch next.kind {
    case .newline, .end, .rightBrace, .semicolon: return false
    case .text, .block: return true
    case .word: break
    default: return items == .paths && next.kind == .code || items == .expressions
    }
    if items == .texts { return false }
    let after = look(&ahead)
    if Self.leading(next.words, before: after, in: parent) != nil { return false }
    if items == .expressions { return true }
    if next.words.contains(.forEach) || next.words.contains(.given) { return false }
    switch after.kind {
    case .semicolon, .comma, .newline, .end, .rightBrace: return true
    case .dot, .leftBracket: return items == .paths
    default: return false
    }
  }

  /// A code behind `kode`, `rekening` or `sumber`: `@...` or bare digits and dots.
  mutating func code() -> UInt32 {
    let start = token
    if token.kind == .code {
      advance()
      return code(start)
    }
    let isX = token.kind == .word && (lexer.byte(token.start) | 0x20) == 120
    guard token.kind == .number || isX else {
      expectedMarks.append(Bilingual("kode", "a code")[language])
      return unexpected()
    }
    // Take digits, letters and dots in one piece, whatever the lexer made of them.
    let end = plainCode(start.start) ?? anyCode(start.start)
    var made = start
    made.kind = .code
    made.end = max(end, start.end)
    lexer.at = made.end
    token = made
    // Only what the lexer took for a number goes on behind the code.
    for i in end..<made.end where lexer.byte(i) == 44 { complain(.badCode(text: text(made)), at: site(made)) }
    advance()
    return code(made)
  }

  /// Where a code ends that is digits with single dots between them; nil where it is anything else.
  @inline(__always) private func plainCode(_ start: Int) -> Int? {
    guard let base = lexer.bytes.baseAddress else { return nil }
    var (end, lastDot) = (start, UInt64(0))
    while end &+ 8 <= lexer.bytes.count {
      let eight = EightBytes(UnsafeRawPointer(base) + end)
      let dots = eight.equal(46)
      let others = ~(eight.digits | dots) & EightBytes.high
      // Dots side by side, in these eight bytes or over their edge.
      if dots & (dots << 8 | lastDot) != 0 { return nil }
      if others != 0 {
        end &+= EightBytes.firstPlace(others)
        let after = lexer.bytes[end]
        return Lexer.isWordByte(after) ? nil : lexer.bytes[end &- 1] == 46 ? end &- 1 : end
      }
      lastDot = dots >> 56
      end &+= 8
    }
    return nil
  }

  /// Where a code ends: digits, letters, and dots before one of them.
  private func anyCode(_ start: Int) -> Int {
    var end = start
    while end < lexer.bytes.count {
      let c = lexer.bytes[end]
      if c == 46 {
        let following = lexer.byte(end + 1)
        guard following < 0x80, Lexer.isWordByte(following) else { break }
      } else if c >= 0x80 || !Lexer.isWordByte(c) {
        break
      }
      end += 1
    }
    return end
  }

  /// A code with its spelling's symbol: a plan has as many codes as parts, and looks each up.
  private mutating func code(_ token: Token) -> UInt32 {
    let spelling = UnsafeBufferPointer(rebasing: lexer.bytes[token.start..<token.end])
    let symbol = names.intern(spelling, readable: lexer.bytes.count - token.start)
    return node(.code, site(token), payload: symbol.raw)
  }
}
