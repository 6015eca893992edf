/// Bytes to tokens, one at a time; cannot fail: what is unreadable is a `stray` token.
struct Lexer {
  let bytes: UnsafeBufferPointer<UInt8>
  var at: Int
  /// Open ( and [: line ends inside are white space.
  var brackets = 0
  /// Tokens so far; past the limit the text ends, so that memory stays bounded.
  private(set) var count = 0
  /// How many tokens one text may hold: about a gigabyte of tree.
  static let limit = 40_000_000
  /// How long a name may be, in bytes.
  static let nameLimit = 1000
  /// Whether the text was cut at the limit.
  var isExhausted: Bool { count > Self.limit }
  /// Whether comments are tokens (for the formatter) instead of white space.
  let keepsComments: Bool
  /// What each word's spelling may stand for, by symbol: made once, never freed, so that copying a lexer counts
  /// nothing.
  private let sets: UnsafeBufferPointer<WordSet>
  private let known: UnsafePointer<Vocabulary.Known>
  private let classes: UnsafePointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>, keepsComments: Bool) {
    self.bytes = bytes
    self.keepsComments = keepsComments
    sets = Vocabulary.sets
    known = Vocabulary.known
    classes = Self.classOf
    at = bytes.count >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf ? 3 : 0
  }

  @inline(__always) func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  /// What a byte may be part of; a word byte is `letter`, `digit` or `high`.
  private enum Class {
    static let other: UInt8 = 0, letter: UInt8 = 1, digit: UInt8 = 2, high: UInt8 = 3, space: UInt8 = 4
    static let newline: UInt8 = 5, comment: UInt8 = 6
  }

  /// The class of each byte; lives as long as the program.
  nonisolated(unsafe) private static let classOf: UnsafePointer<UInt8> = {
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for value in 0..<256 {
      switch value {
      case 0x30...0x39: room[value] = Class.digit
      case 0x41...0x5a, 0x61...0x7a, 0x5f: room[value] = Class.letter
      case 0x80...0xff: room[value] = Class.high
      case 0x20, 0x09, 0x0d: room[value] = Class.space
      case 0x0a: room[value] = Class.newline
      case 0x23: room[value] = Class.comment
      default: room[value] = Class.other
      }
    }
    return UnsafePointer(room)
  }()

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
  @inline(__always) static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == 95 || byte >= 0x80
  }

  /// Whether a no-break space stands there, as spreadsheets and web pages paste it.
  @inline(__always) private func isNoBreakSpace(_ index: Int) -> Bool {
    bytes[index] == 0xc2 && byte(index + 1) == 0xa0
  }

  /// The next token.
  mutating func next(_ names: inout Names) -> Token {
    count += 1
    if count > Self.limit { at = bytes.count }
    var isSpaced = false
    while at < bytes.count {
      let start = at
      let c = bytes[start]
      switch classes[Int(c)] {
      case Class.space:
        at += 1
        skipSpaces()
        isSpaced = true
      case Class.letter: return word(start, isSpaced, &names)
      case Class.digit: return number(start, isSpaced)
      case Class.newline:
        at += 1
        if brackets == 0 { return Token(kind: .newline, start: start, end: at, isSpaced: isSpaced) }
        isSpaced = true
      case Class.high:
        if !isNoBreakSpace(start) { return longWord(start, isSpaced, &names) }
        at += 2
        isSpaced = true
      case Class.comment:
        skipLine()
        if keepsComments {
          let kind = byte(start + 1) == 35 ? Token.Kind.narration : .comment
          return Token(kind: kind, start: start, end: at, isSpaced: isSpaced)
        }
        isSpaced = true
      default:
        var token = mark(c, start)
        token.isSpaced = isSpaced
        return token
      }
    }
    return Token(kind: .end, start: at, end: at, isSpaced: isSpaced)
  }

  /// Goes on at a place that was read otherwise, past so many tokens.
  @inline(__always) mutating func skip(to place: Int, brackets: Int, tokens: Int) {
    at = place
    self.brackets = brackets
    count += tokens
  }

  /// Goes on behind spaces, eight at a time.
  @inline(__always) private mutating func skipSpaces() {
    guard let base = bytes.baseAddress else { return }
    while at &+ 8 <= bytes.count {
      let others = EightBytes(UnsafeRawPointer(base) + at).word ^ EightBytes.all(32)
      if others != 0 {
        at &+= EightBytes.firstPlace(others)
        return
      }
      at &+= 8
    }
    while at < bytes.count, bytes[at] == 32 { at += 1 }
  }

  private mutating func skipLine() {
    while at < bytes.count, bytes[at] != 10 { at += 1 }
  }

  @inline(__always)
  private mutating func word(_ start: Int, _ isSpaced: Bool, _ names: inout Names) -> Token {
    // `Rp1.250` and `s.d.` are for the long way.
    guard let short = ShortSpelling(bytes, start), short.count > 1 || short.first != 0x73,
      short.first & 0xffff != 0x7072 || !Self.isDigit(bytes[start + 2])
    else { return longWord(start, isSpaced, &names) }
    at = start &+ short.count
    let row = known[Vocabulary.row(short)]
    if row.first == short.first, row.second == short.second {
      return Token(
        kind: .word, start: start, end: at, symbol: row.symbol, words: sets[row.symbol.index], isSpaced: isSpaced)
    }
    return word(start, names.intern(short), isSpaced)
  }

  @inline(__always) private func word(_ start: Int, _ symbol: Symbol, _ isSpaced: Bool) -> Token {
    let words = symbol.index < sets.count ? sets[symbol.index] : .none
    return Token(kind: .word, start: start, end: at, symbol: symbol, words: words, isSpaced: isSpaced)
  }

  /// A word of any bytes and length.
  @inline(never) private mutating func longWord(_ start: Int, _ isSpaced: Bool, _ names: inout Names) -> Token {
    var end = start + 1
    // `Rp1.250` is the word Rp and a number.
    if (bytes[start] | 0x20) == 114, (byte(end) | 0x20) == 112, Self.isDigit(byte(end + 1)) {
      end += 1
    } else {
      while end < bytes.count {
        let kind = classes[Int(bytes[end])]
        if kind &- 1 >= 3 || kind == Class.high && isNoBreakSpace(end) { break }
        end += 1
      }
    }
    // `s.d.` is one word.
    if end == start + 1, (bytes[start] | 0x20) == 115, byte(end) == 46, (byte(end + 1) | 0x20) == 100,
      byte(end + 2) == 46
    {
      end += 3
    }
    at = end
    if end - start > Self.nameLimit { return Token(kind: .stray, start: start, end: end, isSpaced: isSpaced) }
    let symbol = names.intern(UnsafeBufferPointer(rebasing: bytes[start..<end]), readable: bytes.count - start)
    return word(start, symbol, isSpaced)
  }

  @inline(__always)
  private mutating func number(_ start: Int, _ isSpaced: Bool) -> Token {
    var end = start + 1
    var isPlain = true
    while end < bytes.count {
      let c = bytes[end]
      if Self.isDigit(c) {
        end += 1
      } else if c == 46 || c == 44, Self.isDigit(byte(end + 1)) {
        end += 2
        isPlain = false
      } else {
        break
      }
    }
    at = end
    return Token(kind: .number, start: start, end: end, isSpaced: isSpaced, isPlain: isPlain)
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
    while true {
      skipPlainText()
      guard at < bytes.count, bytes[at] != 10 else { break }
      if bytes[at] == 34 {
        at += 1
        return Token(kind: .text, start: start, end: at)
      }
      // An escape.
      at += at + 1 < bytes.count && bytes[at + 1] != 10 ? 2 : 1
    }
    return Token(kind: .text, start: start, end: at, isClosed: false)
  }

  /// Goes on to the next quote, backslash or line end, eight bytes at a time.
  @inline(__always)
  private mutating func skipPlainText() {
    guard let base = bytes.baseAddress else { return }
    while at &+ 8 <= bytes.count {
      let word = EightBytes(UnsafeRawPointer(base) + at)
      let found = word.equal(34) | word.equal(92) | word.equal(10)
      if found != 0 {
        at &+= EightBytes.firstPlace(found)
        return
      }
      at &+= 8
    }
    while at < bytes.count, bytes[at] != 34, bytes[at] != 92, bytes[at] != 10 { at += 1 }
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
