/// Tokens to tidy text: one statement a line, two spaces a block, words in either language.
///
/// Writes the tokens it read, so nothing can be lost; comments, narration and quoted text are never changed.
public enum Formatter {
  /// A source rewritten; with a language its words are put into that language, without one each word stays.
  /// Sources with errors are not rewritten: the bytes come back as they were, with the complaints.
  public static func format(
    _ source: Source, to language: Language?, names: inout Names, messages: Language = .indonesian
  ) -> (bytes: [UInt8], diagnostics: DiagnosticList) {
    let (result, tokens) = Parser.parsePainted(source, names: &names, language: messages)
    if result.diagnostics.hasErrors { return (source.bytes, result.diagnostics) }
    var writer = Writer(source: source.bytes, language: language, declared: result.declaredWords)
    for (i, token) in tokens.enumerated() {
      writer.write(token, following: i + 1 < tokens.count ? tokens[i + 1].token : nil)
    }
    return (writer.finished(), result.diagnostics)
  }
}

/// The page in the making.
private struct Writer {
  let source: [UInt8]
  let language: Language?
  let declared: [Symbol]
  var page: [UInt8] = []
  var braces = 0
  var brackets = 0
  /// Line ends waiting to be written.
  var lineEnds = 0
  var isLineStart = true
  var last: Token?
  /// Whether the last minus is a sign.
  var lastIsSign = false

  mutating func write(_ painted: PaintedToken, following: Token?) {
    let token = painted.token
    switch token.kind {
    case .newline:
      lineEnds += 1
      return
    case .semicolon where painted.endsStatement:
      lineEnds = max(lineEnds, 1)
      return
    case .comment, .narration:
      comment(token)
      return
    case .rightBrace:
      braces = max(0, braces - 1)
      lineEnds = min(max(lineEnds, 1), 1)
      if last?.kind == .leftBrace, isEmptyBlock { lineEnds = 0 }
    default: break
    }
    if painted.isTail, language != nil { return }
    // A line break inside brackets, as the lexer skipped it.
    if brackets > 0, let last, lineEnds == 0, hasBreak(from: last.end, to: token.start) { lineEnds = 1 }
    if last?.kind == .leftBrace, token.kind != .rightBrace { lineEnds = min(max(lineEnds, 1), 1) }
    if last?.kind == .rightBrace, lineEnds == 0, !continuesAfterBlock(painted) { lineEnds = 1 }
    if token.kind == .rightParen || token.kind == .rightBracket { brackets = max(0, brackets - 1) }
    let startsLine = (lineEnds > 0 || page.isEmpty) && brackets == 0
    place(painted)
    spell(painted)
    if token.kind == .leftBrace { braces += 1 }
    if token.kind == .leftParen || token.kind == .leftBracket { brackets += 1 }
    lastIsSign = token.kind == .minus && (startsLine || isSign(token, following: following))
    last = token
  }

  private var isEmptyBlock: Bool { true }

  /// `lain` may follow a closing brace on its line.
  private func continuesAfterBlock(_ painted: PaintedToken) -> Bool { painted.word == .otherwise || painted.goesOn }

  /// Line ends and indentation, or the space before a token.
  private mutating func place(_ painted: PaintedToken) {
    if lineEnds > 0 || page.isEmpty {
      breakLine()
      indent()
    } else if needsSpace(before: painted) {
      page.append(32)
    }
    isLineStart = false
  }

  private mutating func breakLine() {
    if !page.isEmpty { for _ in 0..<min(lineEnds, 2) { page.append(10) } }
    lineEnds = 0
  }

  private mutating func indent() {
    for _ in 0..<(braces + (brackets > 0 ? 1 : 0)) * 2 { page.append(32) }
  }

  private mutating func comment(_ token: Token) {
    if lineEnds > 0 || page.isEmpty {
      breakLine()
      indent()
    } else {
      page += [32, 32]
    }
    var end = token.end
    while end > token.start, source[end - 1] == 32 || source[end - 1] == 13 || source[end - 1] == 9 { end -= 1 }
    page += source[token.start..<end]
    // What follows a comment stands on a line of its own, also inside brackets.
    if brackets > 0 { lineEnds = max(lineEnds, 1) }
    last = token
  }

  private func hasBreak(from: Int, to: Int) -> Bool {
    from < to && source[from..<to].contains(10)
  }

  private func isOperandEnd(_ token: Token?) -> Bool {
    guard let token else { return false }
    switch token.kind {
    case .number, .text, .block, .code, .rightParen, .rightBracket, .percent, .question: return true
    case .word: return !token.words.contains(.rupiah)
    default: return false
    }
  }

  private func isSign(_ token: Token, following: Token?) -> Bool {
    guard let following else { return false }
    return !isOperandEnd(last) || (token.isSpaced && !following.isSpaced)
  }

  private func needsSpace(before painted: PaintedToken) -> Bool {
    guard let last else { return false }
    let token = painted.token
    switch token.kind {
    case .comma, .semicolon, .colon, .rightParen, .rightBracket, .dots, .percent: return false
    case .dot: return false
    case .leftParen where painted.isPostfix, .leftBracket where painted.isPostfix: return false
    default: break
    }
    switch last.kind {
    case .leftParen, .leftBracket, .dot, .dots: return false
    case .minus where lastIsSign: return false
    case .word where last.words.contains(.rupiah) && token.kind == .number: return token.isSpaced
    case .caret: return false
    case .number where token.kind == .word: return true
    default: break
    }
    if token.kind == .caret { return false }
    if token.kind == .minus, !isOperandEnd(last) { return true }
    return true
  }

  /// Writes a token: its own bytes, or its word in the language asked for.
  private mutating func spell(_ painted: PaintedToken) {
    let token = painted.token
    if token.kind == .code, token.start > 0, source[token.start - 1] == 64 { page.append(64) }
    if let language, let word = painted.word, token.kind == .word,
      !(painted.isValue && declared.contains(token.symbol))
    {
      if word == .rupiah {
        page += Array("Rp".utf8)
      } else if !painted.isValue {
        page += Array(Vocabulary.spelling(word, language).utf8)
      } else if let spelling = Vocabulary.valueSpelling(word, language) {
        page += Array(spelling.utf8)
      } else {
        page += source[token.start..<token.end]
      }
      return
    }
    page += source[token.start..<token.end]
  }

  mutating func finished() -> [UInt8] {
    if !page.isEmpty { page.append(10) }
    return page
  }
}
