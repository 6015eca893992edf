/// The smallest values: figures, texts, names, words, codes, lists and brackets.
extension Reader {
  /// The smallest value at the current token.
  mutating func primary() -> UInt32 {
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
  func preferred(_ words: WordSet) -> Word? { words.asValue }

  mutating func wordOrName() -> UInt32 {
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
    } else if !Self.isUTF8(UnsafeBufferPointer(rebasing: lexer.bytes[start.start..<start.end])) {
      complain(.invalidText, at: site(start))
    }
    return node(.text, site(start), payload: start.kind == .block ? 1 : 0)
  }

  private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
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
}
