/// Bytes to tokens, one at a time; cannot fail: what is unreadable is a `stray` token.
struct Lexer {
  let bytes: UnsafeBufferPointer<UInt8>
  var at: Int
  /// Open ( and [: newlines inside are white space.
  var brackets = 0
  /// Tokens so far; past the limit the text ends, so that memory stays bounded.
  private var count = 0
  /// How many tokens one text may hold: about a gigabyte of tree.
  static let limit = 40_000_000
  /// How long a name may be, in bytes.
  static let nameLimit = 1000
  /// Whether the text was cut at the limit.
  var isExhausted: Bool { count > Self.limit }
  /// Whether comments are tokens (for the formatter) instead of white space.
  let keepsComments: Bool
  /// What each word's spelling may stand for, by symbol: made once, never freed, so that copying a lexer counts nothing.
  private let sets: UnsafeBufferPointer<WordSet>

  init(_ bytes: UnsafeBufferPointer<UInt8>, keepsComments: Bool) {
    self.bytes = bytes
    self.keepsComments = keepsComments
    sets = Vocabulary.sets
    at = bytes.count >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf ? 3 : 0
  }

  @inline(__always) func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  /// 1 letters and `_` and bytes above ASCII, 2 digits, 4 white space, 0 the rest.
  private static let classes: [UInt8] = (0..<256).map { value in
    switch value {
    case 0x30...0x39: 2
    case 0x41...0x5a, 0x61...0x7a, 0x5f, 0x80...0xff: 1
    case 0x20, 0x09, 0x0d: 4
    default: 0
    }
  }

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
  @inline(__always) static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == 95 || byte >= 0x80
  }

  /// Whether a no-break space stands there, as spreadsheets and web pages paste it.
  @inline(__always) private func isNoBreakSpace(_ index: Int) -> Bool { bytes[index] == 0xc2 && byte(index + 1) == 0xa0 }

  /// The next token.
  mutating func next(_ names: inout Names) -> Token {
    var isSpaced = false
    count += 1
    if count > Self.limit { at = bytes.count }
    while at < bytes.count {
      let c = bytes[at]
      if c == 32 || c == 9 || c == 13 || (c == 10 && brackets > 0) {
        at += 1
        isSpaced = true
        continue
      }
      if isNoBreakSpace(at) {
        at += 2
        isSpaced = true
        continue
      }
      if c == 35 {
        let start = at
        while at < bytes.count, bytes[at] != 10 { at += 1 }
        if keepsComments {
          return Token(kind: byte(start + 1) == 35 ? .narration : .comment, start: start, end: at, isSpaced: isSpaced)
        }
        isSpaced = true
        continue
      }
      break
    }
    guard at < bytes.count else { return Token(kind: .end, start: at, end: at, isSpaced: isSpaced) }
    let start = at
    let c = bytes[at]
    if (c | 0x20) &- 97 < 26 || c == 95 || c >= 0x80 { return word(start, isSpaced, &names) }
    if Self.isDigit(c) { return number(start, isSpaced) }
    var token = mark(c, start)
    token.isSpaced = isSpaced
    return token
  }

  private mutating func word(_ start: Int, _ isSpaced: Bool, _ names: inout Names) -> Token {
    at += 1
    // `Rp1.250` is the word Rp and a number.
    if (bytes[start] | 0x20) == 114, (byte(at) | 0x20) == 112, Self.isDigit(byte(at + 1)) {
      at += 1
    } else {
      while at < bytes.count, Self.isWordByte(bytes[at]), !isNoBreakSpace(at) { at += 1 }
    }
    // `s.d.` is one word.
    if at == start + 1, (bytes[start] | 0x20) == 115, byte(at) == 46, (byte(at + 1) | 0x20) == 100, byte(at + 2) == 46 {
      at += 3
    }
    if at - start > Self.nameLimit { return Token(kind: .stray, start: start, end: at, isSpaced: isSpaced) }
    let symbol = names.intern(UnsafeBufferPointer(rebasing: bytes[start..<at]))
    return Token(
      kind: .word, start: start, end: at, symbol: symbol, words: symbol.index < sets.count ? sets[symbol.index] : .none,
      isSpaced: isSpaced)
  }

  private mutating func number(_ start: Int, _ isSpaced: Bool) -> Token {
    at += 1
    var isPlain = true
    while at < bytes.count {
      let c = bytes[at]
      if Self.isDigit(c) {
        at += 1
      } else if c == 46 || c == 44, Self.isDigit(byte(at + 1)) {
        at += 2
        isPlain = false
      } else {
        break
      }
    }
    return Token(kind: .number, start: start, end: at, isSpaced: isSpaced, isPlain: isPlain)
  }

  private mutating func text(_ start: Int) -> Token {
    if byte(start + 1) == 34, byte(start + 2) == 34 {
      at = start + 3
      while at < bytes.count {
        if bytes[at] == 34, byte(at + 1) == 34, byte(at + 2) == 34 {
          at += 3
          return Token(kind: .block, start: start, end: at)
        }
        at += 1
      }
      return Token(kind: .block, start: start, end: at, isClosed: false)
    }
    at = start + 1
    while at < bytes.count, bytes[at] != 10 {
      if bytes[at] == 92, at + 1 < bytes.count, bytes[at + 1] != 10 {
        at += 2
        continue
      }
      if bytes[at] == 34 {
        at += 1
        return Token(kind: .text, start: start, end: at)
      }
      at += 1
    }
    return Token(kind: .text, start: start, end: at, isClosed: false)
  }

  /// `@` and the digits and dots behind it; the token's site holds the digits only.
  private mutating func code(_ start: Int) -> Token {
    at = start + 1
    while at < bytes.count {
      let c = bytes[at]
      if Self.isWordByte(c) && c < 0x80 && c != 95 {
        at += 1
      } else if c == 46, Self.isWordByte(byte(at + 1)), byte(at + 1) < 0x80, isCodePart(at + 1) {
        at += 1
      } else {
        break
      }
    }
    return Token(kind: at == start + 1 ? .stray : .code, start: at == start + 1 ? start : start + 1, end: at)
  }

  /// Whether what stands behind a dot of a code is a part of it: digits, or X for any field (`X.XX.01`).
  private func isCodePart(_ index: Int) -> Bool {
    let c = byte(index)
    if Self.isDigit(c) { return true }
    guard c == 88 || c == 120 else { return false }
    let after = byte(index + 1)
    return after == 46 || after == 88 || after == 120 || !Self.isWordByte(after)
  }

  private mutating func mark(_ c: UInt8, _ start: Int) -> Token {
    func token(_ kind: Token.Kind, _ width: Int) -> Token { Token(kind: kind, start: start, end: start + width) }
    let following = byte(start + 1)
    var made: Token
    switch c {
    case 10: made = token(.newline, 1)
    case 34: return text(start)
    case 64: return code(start)
    case 123: made = token(.leftBrace, 1)
    case 125: made = token(.rightBrace, 1)
    case 91, 40:
      made = token(c == 91 ? .leftBracket : .leftParen, 1)
      brackets += 1
    case 93, 41:
      made = token(c == 93 ? .rightBracket : .rightParen, 1)
      brackets = max(0, brackets - 1)
    case 59: made = token(.semicolon, 1)
    case 44: made = token(.comma, 1)
    case 58: made = token(.colon, 1)
    case 61: made = following == 61 ? token(.equalEqual, 2) : token(.equal, 1)
    case 33: made = following == 61 ? token(.unequal, 2) : token(.stray, 1)
    case 60: made = following == 61 ? token(.lessEqual, 2) : following == 62 ? token(.unequal, 2) : token(.less, 1)
    case 62: made = following == 61 ? token(.greaterEqual, 2) : token(.greater, 1)
    case 43: made = token(.plus, 1)
    case 45: made = token(.minus, 1)
    case 42: made = token(.star, 1)
    case 47: made = token(.slash, 1)
    case 94: made = token(.caret, 1)
    case 38: made = token(.ampersand, 1)
    case 46: made = following == 46 ? token(.dots, 2) : token(.dot, 1)
    case 126: made = token(.tilde, 1)
    case 37: made = token(.percent, 1)
    case 63: made = token(.question, 1)
    default: made = token(.stray, 1)
    }
    at = made.end
    return made
  }
}
