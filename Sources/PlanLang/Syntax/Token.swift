/// The words a spelling may stand for: at most three.
struct WordSet: Sendable, Equatable {
  var first: UInt16 = .max
  var second: UInt16 = .max
  var third: UInt16 = .max
  /// Whether a statement that begins with it is settled by more than its first word and the kind of token behind it.
  var isPeculiar = false

  static let none = WordSet()
  @inline(__always) var isEmpty: Bool { first == .max }
  @inline(__always) func contains(_ word: Word) -> Bool {
    first == word.rawValue || second == word.rawValue || third == word.rawValue
  }
  /// Whether it may stand between two values.
  var isInfix: Bool {
    for word in [Word.and, .or, .of, .modulo, .upTo, .inSet, .contains] where contains(word) { return true }
    return false
  }
  /// The word it stands for where a value stands.
  var asValue: Word? {
    if contains(.root) { return .root }
    if contains(.workUnit) { return .workUnit }
    if contains(.inYear) { return .inYear }
    return Word(rawValue: first)
  }
  mutating func insert(_ word: Word) {
    if contains(word) { return }
    switch word {
    case .forEach, .given, .unitCost, .costLead, .workingLead, .unit, .workUnit: isPeculiar = true
    default: break
    }
    if first == .max {
      first = word.rawValue
    } else if second == .max {
      second = word.rawValue
    } else {
      third = word.rawValue
    }
  }
}

/// A token, 24 bytes: its kind and place; a word carries its symbol and what it may stand for.
struct Token: Sendable {
  enum Kind: UInt8, Sendable {
    case end, newline, word, number, text, block, code
    case leftBrace, rightBrace, leftBracket, rightBracket, leftParen, rightParen
    case semicolon, comma, colon, equal, equalEqual, unequal, less, lessEqual, greater, greaterEqual
    case plus, minus, star, slash, caret, ampersand, dot, dots, tilde, percent, question
    case comment, narration, stray
  }
  private var from: UInt32
  private var to: UInt32
  var symbol: Symbol
  var words: WordSet
  var kind: Kind
  /// Whether white space stands before it.
  var isSpaced: Bool
  /// Whether a number is digits only.
  var isPlain: Bool
  /// Whether a text ends where it should.
  var isClosed: Bool

  @inline(__always) init(
    kind: Kind, start: Int, end: Int, symbol: Symbol = Symbol(raw: .max), words: WordSet = .none,
    isSpaced: Bool = false,
    isPlain: Bool = false, isClosed: Bool = true
  ) {
    from = UInt32(truncatingIfNeeded: start)
    to = UInt32(truncatingIfNeeded: end)
    self.symbol = symbol
    self.words = words
    self.kind = kind
    self.isSpaced = isSpaced
    self.isPlain = isPlain
    self.isClosed = isClosed
  }

  /// Offset of its first byte in the source's bytes, which are never 4 GiB.
  @inline(__always) var start: Int { Int(from) }
  /// Offset behind its last byte.
  @inline(__always) var end: Int {
    get { Int(to) }
    set { to = UInt32(truncatingIfNeeded: newValue) }
  }
}

extension Vocabulary {
  /// The name table with every spelling in it, and what each spelling may stand for.
  private static let table: (names: Names, sets: [WordSet]) = {
    var names = Names()
    var sets: [WordSet] = []
    for row in rows {
      for spelling in row.id + row.en {
        let symbol = names.intern(spelling)
        while sets.count <= symbol.index { sets.append(.none) }
        sets[symbol.index].insert(row.word)
      }
    }
    return (names, sets)
  }()

  /// A name table that knows the words of the language; every source of a session shares one.
  public static func seeded() -> Names { table.names }

  /// What each word's spelling may stand for, by symbol; lives as long as the program.
  nonisolated(unsafe) static let sets: UnsafeBufferPointer<WordSet> = {
    let room = UnsafeMutableBufferPointer<WordSet>.allocate(capacity: table.sets.count)
    _ = room.initialize(from: table.sets)
    return UnsafeBufferPointer(room)
  }()

  /// A short spelling of the language.
  struct Known {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var symbol = Symbol(0)
  }

  /// Short spellings of the language, each in its row (`row(_:)`), of two that want one row the first; never written
  /// once it is made, it lives as long as the program.
  nonisolated(unsafe) static let known: UnsafePointer<Known> = {
    let room = UnsafeMutablePointer<Known>.allocate(capacity: 1024)
    room.initialize(repeating: Known(), count: 1024)
    for symbol in 0..<table.names.count {
      guard let one = table.names.short(Symbol(symbol)), room[row(one)].first == 0 else { continue }
      room[row(one)] = Known(first: one.first, second: one.second, symbol: Symbol(symbol))
    }
    return UnsafePointer(room)
  }()

  /// Where a short spelling would stand in `known`.
  @inline(__always) static func row(_ spelling: ShortSpelling) -> Int {
    Int(truncatingIfNeeded: ((spelling.first ^ spelling.second &* 3) &* 0x9e37_79b9_7f4a_7c15) &>> 54)
  }

  /// The spelling the formatter writes for a word that stands as a value: one that is read as that word there, if
  /// possible never as an operator; nil when the language has none.
  static func valueSpelling(_ word: Word, _ language: Language) -> String? {
    let row = rows[Int(word.rawValue)]
    var names = table.names
    var found: String?
    for spelling in language == .indonesian ? row.id : row.en {
      let symbol = names.intern(spelling)
      guard symbol.index < table.sets.count, table.sets[symbol.index].asValue == word else { continue }
      if !table.sets[symbol.index].isInfix { return spelling }
      found = found ?? spelling
    }
    return found
  }

  /// The spelling the formatter writes for a word.
  static func spelling(_ word: Word, _ language: Language) -> String {
    let row = rows[Int(word.rawValue)]
    return (language == .indonesian ? row.id : row.en)[0]
  }
}
