/// A node of a syntax tree: 20 bytes, trivial; children are a linked run in the tree's one array.
public struct Node: Sendable, Equatable, BitwiseCopyable {
  /// What a node is.
  public enum Kind: UInt8, Sendable, BitwiseCopyable {
    /// Something unreadable stood here; a diagnostic was given.
    case hole
    /// A statement: `word` leads it; children are positional parts, clauses, an `assign` clause, then one block.
    /// A bare expression is a statement of the word `.show` whose `payload` is 1.
    case statement
    /// A clause of a statement: `word` leads it; children are its parts.
    case clause
    /// `= list` of a statement; one child: `list` or `literals`, or a single expression.
    case assign
    /// `{ ... }`: children are statements.
    case block
    /// Expressions separated by `;`, behind `=` or in `[ ]` as a list value.
    case list
    /// A list of literals only: `payload` is the first and `wordRaw` the number of its entries in `Tree.literals`.
    case literals
    /// A number, percentage or amount of money: `payload` indexes `Tree.literals`.
    case literal
    /// A quoted text: the site holds the quotes; `payload` is 1 for a `"""` block.
    case text
    /// A name: `payload` is its `Symbol`.
    case name
    /// A word of the language standing as a value (`naik`, `semua`, `wajib`, a kind, an attribute): `word`.
    case word
    /// A code: `@1.02.02`, or bare digits and dots behind `kode` and `rekening`; the site holds the digits only. Behind
    /// those words `payload` is the `Symbol` of its spelling, else 0.
    case code
    /// A date: `2026-10-05`, or a month `2026-12`; the site holds it.
    case date
    /// `a.b`: two children: the base expression, and a `name`, `word` or `code` selected from it.
    case member
    /// `base[ terms ]`: first child the base, then `term`s.
    case slice
    /// A term of a slice. `word` is the dimension (`.inYear` when only a year stands); one child, the value. `lead`
    /// is `Node.equal` or `Node.contains`. A dimension that is a name, not a word, has two children: name, value.
    case term
    /// The years that a declaration states, four digits or `2025..2029`: `payload` is the first year, and the last one
    /// in its upper half. Anything else in that place is what it is elsewhere: a literal, a range.
    case years
    /// `a s.d. b` (`word` `.upTo`, a range of values) or `a..b` (`word` `.inYear`, whole numbers): two children.
    case range
    /// `f(x; y)`: children: the callee (`name` or `word`), then the arguments.
    case call
    /// `jumlah(body untuk p dalam set jika cond)`: `word` the aggregate; children: body, `binder`s, `condition`.
    case aggregate
    /// `untuk p dalam set`: children: the `name`, the set.
    case binder
    /// `jika cond` behind a binder: one child.
    case condition
    /// `lipat x dari start untuk y dalam list: body`: children: name x, start, name y, list, body.
    case fold
    /// `jika a maka b lain c`: three children (`lain` may miss).
    case conditional
    /// A chain of operands of one level, left to right: `word` is `.and`, `.or`, `.add` (+ and -), `.perUnit`
    /// (* / mod `20% dari x`) or `.name` (&); each child's `lead` tells the operator before it.
    case chain
    /// `- x` (`word` `.cut`) or `bukan x` (`word` `.not`): one child.
    case unary
    /// `a ^ b`: two children.
    case power
    /// `a <= b`, also chained `a <= b <= c`: each child's `lead` tells the comparison before it.
    case compare
    /// `untuk p dalam set: body`: children: binder, optional condition, body. In a block position the body is a block.
    case quantified
    /// `?`: a typed hole that asks what belongs here.
    case question

    /// Whether it never has children.
    var isLeaf: Bool {
      switch self {
      case .hole, .literals, .literal, .text, .name, .word, .code, .date, .years, .question: true
      default: false
      }
    }
  }

  /// What it is.
  public var kind: Kind
  /// The operator before this child in a chain or comparison; see the constants.
  public var lead: UInt8
  /// The word that leads it, as `Word.rawValue`; `Node.noWord` for none.
  public var wordRaw: UInt16
  /// Its place.
  public var site: Site
  /// Its next sibling, or 0.
  public var next: UInt32
  /// The first child, or of a kind without children the payload.
  private var content: UInt32

  /// A node; what has children has no payload but a statement's, which is 0 or 1 and stands in `lead`.
  init(kind: Kind, wordRaw: UInt16 = Node.noWord, site: Site, first: UInt32 = 0, payload: UInt32 = 0) {
    self.kind = kind
    lead = kind == .statement && payload == 1 ? Self.bare : Self.none
    self.wordRaw = wordRaw
    self.site = site
    next = 0
    content = kind.isLeaf ? payload : first
  }

  /// Its first child, or 0.
  public var first: UInt32 {
    get { kind.isLeaf ? 0 : content }
    set { if !kind.isLeaf { content = newValue } }
  }
  /// What `kind` says.
  public var payload: UInt32 {
    get { kind.isLeaf ? content : kind == .statement && lead == Self.bare ? 1 : 0 }
    set { if kind.isLeaf { content = newValue } }
  }

  /// No word.
  public static let noWord = UInt16.max
  /// Operators before a child.
  public static let none: UInt8 = 0, plus: UInt8 = 1, minus: UInt8 = 2, times: UInt8 = 3, divide: UInt8 = 4
  /// Operators before a child: `mod`, and `dari`/`of` as a product.
  public static let modulo: UInt8 = 5, of: UInt8 = 6, join: UInt8 = 7
  /// Comparisons before a child.
  public static let equal: UInt8 = 10, unequal: UInt8 = 11, less: UInt8 = 12, lessEqual: UInt8 = 13
  /// Comparisons before a child.
  public static let greater: UInt8 = 14, greaterEqual: UInt8 = 15, contains: UInt8 = 16, member: UInt8 = 17

  /// A statement with the payload 1.
  private static let bare = UInt8.max

  /// The word that leads it, or nil.
  public var word: Word? { Word(rawValue: wordRaw) }

  /// The first and the last year of `years`, and where each is written: the first and the last four digits.
  var firstYear: (year: Int, site: Site) { (Int(payload & 0xffff), Site(start: site.start, end: site.start + 4)) }
  var lastYear: (year: Int, site: Site) { (Int(payload >> 16), Site(start: site.end - 4, end: site.end)) }
}

/// A figure as written: exact, with its kind. 16 bytes.
public struct Literal: Sendable, Equatable, BitwiseCopyable {
  /// What the figure is a figure of.
  public enum Kind: UInt8, Sendable, BitwiseCopyable { case number, percent, money, point, missing }
  /// The digits as a whole number; sen for money.
  public var mantissa: Int64
  private var start: UInt32
  private var length: UInt16
  /// Decimal digits behind the mark (0 for money).
  public var scale: UInt8
  /// Its kind. `missing` is `-` or `kosong` in a list: not given.
  public var kind: Kind

  /// A figure at a place.
  public init(mantissa: Int64, site: Site, scale: UInt8, kind: Kind) {
    self.mantissa = mantissa
    start = site.start
    length = UInt16(clamping: site.end - site.start)
    self.scale = scale
    self.kind = kind
  }

  /// Where it stands.
  public var site: Site {
    get { Site(start: start, end: start + UInt32(length)) }
    set {
      start = newValue.start
      length = UInt16(clamping: newValue.end - newValue.start)
    }
  }
}

/// The tree of one source: columns, never a node of its own on the heap; node 0 is none, node 1 the root block.
public struct Tree: Sendable, Equatable {
  /// All nodes; node 0 stands for none.
  public var nodes: [Node]
  /// All figures.
  public var literals: [Literal]
  /// The root: a block of statements.
  public var root: NodeID

  /// An empty tree.
  public init() {
    nodes = [Node(kind: .hole, site: .none)]
    literals = []
    root = NodeID(raw: 0)
  }

  /// Forgets all but the room for it.
  mutating func clear() {
    nodes.removeLast(nodes.count - 1)
    literals.removeAll(keepingCapacity: true)
    root = NodeID(raw: 0)
  }

  /// A copy of a node of another tree and of all below it: the new node.
  mutating func adopt(_ id: NodeID, of other: Tree) -> NodeID {
    var node = other[id]
    node.next = 0
    if node.kind == .literal || node.kind == .literals {
      let first = Int(node.payload)
      let count = node.kind == .literal ? 1 : Int(node.wordRaw)
      node.payload = UInt32(truncatingIfNeeded: literals.count)
      literals.append(contentsOf: other.literals[first..<first + count])
    }
    let made = nodes.count
    nodes.append(node)
    var last = 0
    for child in other.children(of: id) {
      let copy = adopt(child, of: other)
      if last == 0 { nodes[made].first = copy.raw } else { nodes[last].next = copy.raw }
      last = copy.index
    }
    return NodeID(raw: UInt32(truncatingIfNeeded: made))
  }

  /// A node.
  public subscript(id: NodeID) -> Node { nodes[id.index] }

  /// The children of a node, in order.
  public func children(of id: NodeID) -> Children { Children(tree: self, at: nodes[id.index].first) }

  /// The first child, or nil.
  public func firstChild(of id: NodeID) -> NodeID? {
    let first = nodes[id.index].first
    return first == 0 ? nil : NodeID(raw: first)
  }

  /// The next sibling, or nil.
  public func sibling(of id: NodeID) -> NodeID? {
    let next = nodes[id.index].next
    return next == 0 ? nil : NodeID(raw: next)
  }

  /// The clause of a statement led by a word, or nil.
  public func clause(_ word: Word, of id: NodeID) -> NodeID? {
    var at = nodes[id.index].first
    while at != 0 {
      let node = nodes[Int(at)]
      if node.kind == .clause, node.wordRaw == word.rawValue { return NodeID(raw: at) }
      at = node.next
    }
    return nil
  }

  /// The first child of a kind, or nil.
  public func child(_ kind: Node.Kind, of id: NodeID) -> NodeID? {
    var at = nodes[id.index].first
    while at != 0 {
      if nodes[Int(at)].kind == kind { return NodeID(raw: at) }
      at = nodes[Int(at)].next
    }
    return nil
  }

  /// A run of siblings.
  public struct Children: Sequence, IteratorProtocol {
    let tree: Tree
    var at: UInt32
    /// The next child.
    public mutating func next() -> NodeID? {
      guard at != 0 else { return nil }
      let id = NodeID(raw: at)
      at = tree.nodes[Int(at)].next
      return id
    }
  }
}

extension Tree {
  /// Whether two trees say the same: places do not count, texts and codes are compared by their bytes, a word by its
  /// meaning whatever its spelling.
  func isSame(as other: Tree, sources: SourceMap) -> Bool {
    guard nodes.count == other.nodes.count, literals.count == other.literals.count else { return false }
    for (x, y) in zip(literals, other.literals) where x.mantissa != y.mantissa || x.scale != y.scale || x.kind != y.kind
    { return false }
    for (x, y) in zip(nodes, other.nodes) {
      guard x.kind == y.kind, x.lead == y.lead, x.wordRaw == y.wordRaw, x.first == y.first, x.next == y.next else {
        return false
      }
      switch x.kind {
      case .text, .code, .date: if sources.text(x.site) != sources.text(y.site) { return false }
      case .word, .aggregate: break
      default: if x.payload != y.payload { return false }
      }
    }
    return true
  }
}
