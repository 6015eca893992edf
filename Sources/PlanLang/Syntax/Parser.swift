/// What a parse gives: a tree with holes and a list of complaints; it never fails.
public struct ParseResult: Sendable {
  /// The tree.
  public var tree: Tree
  /// The complaints.
  public var diagnostics: DiagnosticList
  /// Whether the text ended inside an open bracket, block or text, so that more lines may follow.
  public var incomplete: Bool
  /// Words of the language that stand as names here.
  var declaredWords: [Symbol] = []
}

/// What a word of the text was taken for, for colours, completion and the formatter.
struct PaintedToken: Sendable {
  var token: Token
  /// The word it was taken for; nil for a name, a figure or a mark.
  var word: Word?
  /// Whether it is a `;` that ends a statement.
  var endsStatement = false
  /// Whether it is the second half of a word that the other language writes as one (`kondisi tertentu`).
  var isTail = false
  /// Whether it stands where a name may stand too: there a declared name of this spelling wins.
  var isValue = false
  /// Whether it opens what belongs to the value before it: it stands without a space.
  var isPostfix = false
  /// Whether it goes on with the statement behind a block, on the line of its brace.
  var goesOn = false
}

/// Text to tree.
public enum Parser {
  /// How deep blocks, brackets and operators may nest.
  public static let limit = 200

  /// The tree of a source; what nests deeper than `depth` is refused.
  public static func parse(
    _ source: Source, names: inout Names, language: Language = .indonesian, depth: Int = limit
  ) -> ParseResult {
    source.bytes.withUnsafeBufferPointer { parse($0, source.base, &names, language, depth: depth) }
  }

  /// The tree of a text.
  static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ base: UInt32, _ names: inout Names, _ language: Language, depth: Int = limit
  ) -> ParseResult {
    if isWide(bytes) {
      var nothing = Reader(
        UnsafeBufferPointer(rebasing: bytes[..<0]), base: base, names: names, language: language, paints: false)
      var result = nothing.file()
      result.diagnostics.add(SyntaxProblem.wideText, at: Site(start: base, end: base + 2))
      return result
    }
    var reader = Reader(bytes, base: base, names: names, language: language, paints: false)
    reader.deepest = min(depth, limit)
    names = Names()
    let result = reader.file()
    names = reader.names
    return result
  }

  /// Whether a text begins with the mark of UTF-16.
  private static func isWide(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count > 1 && (bytes[0] == 0xff && bytes[1] == 0xfe || bytes[0] == 0xfe && bytes[1] == 0xff)
  }

  /// The words that may stand where a text ends, for completion.
  static func expected(behind source: Source, names: inout Names) -> [Word] {
    source.bytes.withUnsafeBufferPointer { bytes in
      var reader = Reader(bytes, base: source.base, names: names, language: .indonesian, paints: false)
      names = Names()
      _ = reader.file()
      names = reader.names
      return reader.expected
    }
  }

  /// The tree of a source and every token with what it was taken for.
  static func parsePainted(
    _ source: Source, names: inout Names, language: Language
  ) -> (result: ParseResult, tokens: [PaintedToken]) {
    source.bytes.withUnsafeBufferPointer { bytes in
      if isWide(bytes) { return (parse(bytes, source.base, &names, language), []) }
      var reader = Reader(bytes, base: source.base, names: names, language: language, paints: true)
      let result = reader.file()
      names = reader.names
      return (result, reader.painted)
    }
  }
}

/// The cursor of a parse: the current token, the tree so far, what would have been accepted here.
struct Reader {
  var lexer: Lexer
  let base: UInt32
  var names: Names
  let language: Language
  let paints: Bool
  var tree: Tree
  var diagnostics = DiagnosticList()
  var painted: [PaintedToken] = []
  var token = Token(kind: .end, start: 0, end: 0)
  /// The token behind the current one, where it was already looked at, and what the lexer was before and behind it.
  private var ahead = (
    token: Token(kind: .end, start: 0, end: 0), from: -1, inside: 0, to: 0, brackets: 0
  )
  /// Words looked for at the current token and not found.
  private var looked = InlineArray<24, Word>(repeating: .region)
  var lookedCount = 0
  /// Marks looked for at the current token and not found.
  var expectedMarks: [String] = []
  var depth = 0
  /// How deep it may be.
  var deepest = Parser.limit
  var isIncomplete = false
  /// The offset of the statement already complained about: one complaint a line.
  var complainedAt = -1
  var statementStart = 0
  /// Set before a list item whose predecessor is money: whether that one carried a scale. Taken by the next figure.
  var inheritedScale: Bool?
  /// Whether the last amount of money carried a scale.
  var lastMoneyIsScaled = false
  /// Whether a number here stands directly in brackets of a call or slice.
  var isArgument = false
  /// The last number with a comma read directly in such brackets: doubtful when it is the only item.
  var doubtfulComma: Token?
  var lastEnd = 0
  /// Where the `dari` of the edit being read stands, so that earlier ones are products.
  var editClauseAt: Int?
  /// Whether an edit's line is being read, so that English `in 2026` is its year.
  var isEditing = false
  /// The word of the statement being read, or of the one whose block is being read.
  var parent: Word?
  /// Whether a `dari` here never multiplies (a fold's start).
  var stopsAtOf = false
  /// Whether a choice is being read, so that `dalam pagu` opens its ceiling.
  var isChoosing = false
  /// Words of the language that were declared as names: the formatter leaves them alone.
  var declaredWords: [Symbol] = []
  /// What it reads of the text.
  let part: Range<Int>
  /// Where another reader begins: reading stops before a statement that stands there outside of all blocks.
  var stopsAt = -1

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, base: UInt32, names: Names, language: Language, paints: Bool,
    _ place: Range<Int>? = nil, _ room: consuming Tree = Tree()
  ) {
    tree = room
    lexer = Lexer(bytes, keepsComments: paints)
    let place = place ?? 0..<bytes.count
    if place.lowerBound > 0 { lexer.at = place.lowerBound }
    if place.upperBound < bytes.count { stopsAt = place.upperBound }
    part = place
    lastEnd = place.lowerBound
    self.base = base
    self.names = names
    self.language = language
    self.paints = paints
    // Room for more than most texts need: what is not written to costs nothing, and a column that grows is held twice.
    tree.nodes.reserveWide(place.count / 10 + 16)
    tree.literals.reserveWide(place.count / 24 + 16)
  }

  // MARK: Tokens

  /// Takes the current token; `word` is what it was taken for.
  @inline(__always) mutating func advance(
    as word: Word? = nil, isValue: Bool = false, isPostfix: Bool = false
  ) {
    if paints { paint(word, isValue, isPostfix) }
    step()
  }

  /// The next token becomes the current one.
  mutating func step() {
    lastEnd = token.end
    if ahead.from == lexer.at, ahead.inside == lexer.brackets {
      token = ahead.token
      lexer.skip(to: ahead.to, brackets: ahead.brackets, tokens: 1)
    } else {
      token = lexer.next(&names)
    }
    if paints { paintComments() }
    lookedCount = 0
    if !expectedMarks.isEmpty { expectedMarks.removeAll(keepingCapacity: true) }
  }

  private mutating func paint(_ word: Word?, _ isValue: Bool, _ isPostfix: Bool) {
    guard token.kind != .end else { return }
    painted.append(PaintedToken(token: token, word: word, isValue: isValue, isPostfix: isPostfix))
  }

  /// Keeps the comments before the next token, for the formatter.
  mutating func paintComments() {
    while token.kind == .comment || token.kind == .narration {
      painted.append(PaintedToken(token: token, word: nil))
      token = lexer.next(&names)
    }
  }

  /// Whether the current token may be a word.
  @inline(__always) mutating func at(_ word: Word) -> Bool {
    if token.kind == .word, token.words.contains(word) { return true }
    if lookedCount < 24 {
      looked[lookedCount] = word
      lookedCount += 1
    }
    return false
  }

  /// Words looked for at the current token and not found.
  var expected: [Word] { (0..<lookedCount).map { looked[$0] } }

  /// Takes the second half of a word: the `tertentu` of `kondisi tertentu`, the `tetap` of `biaya tetap`.
  mutating func takeTail(_ spelling: String) {
    guard token.kind == .word, names.text(token.symbol) == spelling else { return }
    advance()
    if paints { painted[painted.count - 1].isTail = true }
  }

  /// Says that the word just taken goes on with its statement behind a block.
  mutating func goOn() { if paints { painted[painted.count - 1].goesOn = true } }

  /// Whether the current token is a mark.
  @inline(__always) func at(_ kind: Token.Kind) -> Bool { token.kind == kind }

  /// Takes a word if it stands here.
  @inline(__always) mutating func take(_ word: Word) -> Bool {
    guard at(word) else { return false }
    advance(as: word)
    return true
  }

  /// Takes a mark if it stands here.
  @inline(__always) mutating func take(_ kind: Token.Kind, _ spelling: String) -> Bool {
    if token.kind == kind {
      advance()
      return true
    }
    if expectedMarks.count < 12 { expectedMarks.append(spelling) }
    return false
  }

  /// The token behind the current one, without moving.
  mutating func following() -> Token {
    if ahead.from == lexer.at, ahead.inside == lexer.brackets { return ahead.token }
    var reader = lexer
    var token = reader.next(&names)
    if paints {
      while token.kind == .comment || token.kind == .narration { token = reader.next(&names) }
    } else {
      ahead = (token, lexer.at, lexer.brackets, reader.at, reader.brackets)
    }
    return token
  }

  func site(_ token: Token) -> Site { Site(start: base + UInt32(token.start), end: base + UInt32(token.end)) }
  func site(from start: Int) -> Site { Site(start: base + UInt32(start), end: base + UInt32(max(lastEnd, start))) }
  func text(_ token: Token) -> String {
    String(
      decoding: UnsafeBufferPointer(rebasing: lexer.bytes[token.start..<min(token.end, token.start + 40)]),
      as: UTF8.self)
  }

  // MARK: Nodes

  /// A run of siblings in the making.
  struct Children {
    var first: UInt32 = 0
    var last: UInt32 = 0
  }

  /// A new node.
  @inline(__always) mutating func node(
    _ kind: Node.Kind, _ site: Site, word: Word? = nil, children: Children = Children(), payload: UInt32 = 0
  ) -> UInt32 {
    let id = UInt32(truncatingIfNeeded: tree.nodes.count)
    tree.nodes.append(
      Node(kind: kind, wordRaw: word?.rawValue ?? Node.noWord, site: site, first: children.first, payload: payload))
    return id
  }

  /// Adds a node to a run.
  @inline(__always) mutating func link(_ node: UInt32, to children: inout Children, lead: UInt8 = 0) {
    if lead != 0 { tree.nodes[Int(node)].lead = lead }
    if children.last == 0 { children.first = node } else { tree.nodes[Int(children.last)].next = node }
    children.last = node
  }

  // MARK: Complaints

  /// Complains at a place, once a statement.
  mutating func complain(_ problem: SyntaxProblem, at site: Site) {
    if complainedAt == statementStart { return }
    complainedAt = statementStart
    diagnostics.add(problem, at: site)
  }

  /// Complains that the current token is not what may stand here, and gives a hole.
  ///
  /// `opens` says that it begins a statement, so that a new line may be meant.
  mutating func unexpected(opens: Bool = false) -> UInt32 {
    let place = site(token)
    switch token.kind {
    case .stray:
      let byte = lexer.byte(token.start)
      complain(byte < 0x80 ? .stray(printable(byte)) : .invalidText, at: place)
    case .end where lexer.brackets > 0:
      isIncomplete = true
      complain(.unexpected(found: foundWords, expected: expectedWords), at: place)
    default: complain(.unexpected(found: foundWords, expected: expectedWords, opens: opens), at: place)
    }
    return node(.hole, place)
  }

  private func printable(_ byte: UInt8) -> String {
    byte < 32 || byte == 127 ? "\\u{\(String(byte, radix: 16))}" : String(UnicodeScalar(byte))
  }

  private var foundWords: String {
    switch token.kind {
    case .end: Bilingual("akhir naskah", "end of text")[language]
    case .newline: Bilingual("akhir baris", "end of line")[language]
    default: "`\(text(token))`"
    }
  }

  private var expectedWords: String {
    var seen: [String] = []
    for word in expected {
      let spelling = "`\(Vocabulary.spelling(word, language))`"
      if !seen.contains(spelling) { seen.append(spelling) }
    }
    for mark in expectedMarks where !seen.contains(mark) { seen.append(mark) }
    if seen.isEmpty { return Bilingual("akhir baris", "end of line")[language] }
    return seen.prefix(12).joined(separator: ", ") + (seen.count > 12 ? ", …" : "")
  }
}
