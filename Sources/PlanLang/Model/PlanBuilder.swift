/// A plan in the making: entities and cells in the order they are declared; `finish` ranks, sorts and sums.
public struct PlanBuilder: Sendable {
  /// The plan so far; its cube is made by `finish`.
  public var plan = Plan()
  /// A cell as it was added: 32 bytes.
  private struct Staged: Sendable {
    var amount: Int64
    var site: Site
    var leaf: EntityID
    var account: AccountID
    var source: UInt16
    var year: UInt16
    var ledger: Ledger
    var document: UInt8
  }
  private var staged: [Staged] = []
  private var accountRows: [Symbol: AccountID] = [:]

  /// An empty plan.
  public init() {}

  /// How many cells were added.
  public var cellCount: Int { staged.count }

  /// Whether any money was added to a document.
  public func hasMoney(in document: DocumentID) -> Bool {
    staged.contains { $0.document == UInt8(truncatingIfNeeded: document.raw) && $0.ledger == .spending }
  }

  /// Makes room for about so many cells and entities: what is not written to costs nothing, and a column that grows is
  /// held twice.
  public mutating func reserve(cells: Int, entities: Int) {
    staged.reserveWide(cells)
    plan.entities.reserve(entities)
    plan.indicators.reserveCapacity(entities / 3)
  }

  /// Adds an entity; its parent must have been added before.
  public mutating func entity(
    _ kind: EntityKind, parent: EntityID, name: Symbol, title: Site, code: Site, codeName: Symbol, site: Site,
    form: DepartmentForm = .department
  ) -> EntityID {
    plan.entities.append(
      kind, parent: parent, name: name, title: title, code: code, codeName: codeName, site: site, form: form)
  }

  /// Adds a cell; `year` is an index of the period, `leaf` is `Entities.none` for revenue and financing.
  public mutating func cell(
    _ ledger: Ledger, document: DocumentID, year: Int, leaf: EntityID, account: AccountID, source: SourceID,
    amount: Int64, site: Site
  ) {
    staged.append(
      Staged(
        amount: amount, site: site, leaf: leaf, account: account, source: UInt16(truncatingIfNeeded: source.raw),
        year: UInt16(truncatingIfNeeded: year), ledger: ledger, document: UInt8(truncatingIfNeeded: document.raw)))
  }

  /// The row of an account from its canonical code, with rows for all its ancestors; row 0 for an empty code.
  public mutating func account(_ code: String, names: inout Names) -> AccountID {
    if code.isEmpty { return AccountID(raw: 0) }
    let symbol = names.intern(code)
    // A builder that goes on with a finished plan knows its accounts too.
    if accountRows.isEmpty {
      for (row, name) in plan.accounts.codeName.enumerated().dropFirst() { accountRows[name] = AccountID(row) }
    }
    if let known = accountRows[symbol] { return known }
    let parts = code.utf8.reduce(1) { $1 == 46 ? $0 + 1 : $0 }
    let level = min(parts, 6)
    var ancestors = [AccountID](repeating: AccountID(raw: 0), count: 6)
    if let dot = code.utf8.lastIndex(of: 46) {
      let parent = account(String(code[..<dot]), names: &names)
      for i in 0..<(level - 1) { ancestors[i] = plan.accounts.ancestors[parent.index * 6 + i] }
    }
    let id = AccountID(plan.accounts.level.count)
    ancestors[level - 1] = id
    plan.accounts.codeName.append(symbol)
    plan.accounts.level.append(UInt8(truncatingIfNeeded: level))
    plan.accounts.ancestors += ancestors
    accountRows[symbol] = id
    return id
  }

  /// Money of one document stated at an entity and again at one above it: it would count twice.
  public struct DoubleLevel {
    /// The document.
    public var document: DocumentID
    /// The lower and the upper entity.
    public var lower: EntityID
    /// The upper entity.
    public var upper: EntityID
    /// Where the two amounts stand.
    public var lowerSite: Site
    /// Where the upper amount stands.
    public var upperSite: Site
  }

  /// All such pairs, the first of each upper entity. Linear in cells times depth. An item and the leaf it stands in
  /// are one level: some of a leaf's accounts are detailed in items, others are not.
  public func doubleLevels() -> [DoubleLevel] {
    let count = plan.entities.count
    // The first cell of each entity, one document behind the other.
    var first = [Int32](repeating: -1, count: count * plan.documents.count)
    for (i, cell) in staged.enumerated() where cell.ledger == .spending {
      let at = Int(cell.document) * count + cell.leaf.index
      if first[at] < 0 { first[at] = Int32(truncatingIfNeeded: i) }
    }
    var found: [DoubleLevel] = []
    var told = [Bool](repeating: false, count: first.count)
    for at in first.indices where first[at] >= 0 {
      let (row, entity) = (at / count, at % count)
      var upper = plan.entities.parent[entity]
      if plan.entities.kind[entity] == .item, upper != Entities.none { upper = plan.entities.parent[upper.index] }
      while upper != Entities.none {
        let over = row * count + upper.index
        if first[over] >= 0, !told[over] {
          told[over] = true
          found.append(
            DoubleLevel(
              document: DocumentID(row), lower: EntityID(entity), upper: upper, lowerSite: staged[Int(first[at])].site,
              upperSite: staged[Int(first[over])].site))
        }
        upper = plan.entities.parent[upper.index]
      }
    }
    return found
  }

  /// Entities with their ranks and cells in order; no cube when a book's total does not fit in 64 bits of sen.
  typealias Sorted = (entities: Entities, cube: Cube?)

  /// Ranks and cells in order, which hang on entities and money alone.
  func sorted() -> Sorted {
    var entities = plan.entities
    entities.rankAll()
    return (entities, try? cube(entities.rank))
  }

  /// Which row of the indicators is whose; after the last one was added.
  mutating func fileIndicators() {
    plan.indicatorRow = [Int32](repeating: -1, count: plan.entities.count)
    for (row, indicator) in plan.indicators.enumerated() {
      plan.indicatorRow[indicator.entity.index] = Int32(truncatingIfNeeded: row)
    }
  }

  /// The plan with all that is derived, sums too; throws `Overflow` when a book's total does not fit in 64 bits of sen.
  public consuming func finish() throws(Overflow) -> Plan {
    fileIndicators()
    return try finish(sorted())
  }

  /// The same where indicators are filed, with what was sorted since the last entity and cell were added.
  consuming func finish(_ sorted: Sorted) throws(Overflow) -> Plan {
    guard let cube = sorted.cube else { throw Overflow() }
    plan.entities = sorted.entities
    plan.cube = cube
    sortAttributes()
    plan.sumUnspent()
    plan.fileDrivers()
    return plan
  }

  /// Attributes in order of entity, those of one entity as they were stated; most plans state them in order.
  private mutating func sortAttributes() {
    let all = plan.attributes
    if zip(all, all.dropFirst()).allSatisfy({ $0.entity <= $1.entity }) { return }
    plan.attributes = all.indices.sorted {
      all[$0].entity != all[$1].entity ? all[$0].entity < all[$1].entity : $0 < $1
    }
    .map { all[$0] }
  }

  /// Cells by block (counting sort), then by rank, account and source within a block where they are not in order.
  private func cube(_ ranks: [UInt32]) throws(Overflow) -> Cube {
    var cube = Cube()
    cube.documents = plan.documents.count
    cube.years = plan.yearCount
    let blockCount = 4 * cube.documents * cube.years
    func block(_ cell: Staged) -> Int {
      (Int(cell.ledger.rawValue) * cube.documents + Int(cell.document)) * cube.years + Int(cell.year)
    }
    var starts = [UInt32](repeating: 0, count: blockCount + 1)
    for cell in staged { starts[block(cell) + 1] += 1 }
    for i in 0..<blockCount { starts[i + 1] += starts[i] }
    cube.blocks = starts
    var order = [UInt32](repeating: 0, count: staged.count)
    var next = starts
    for i in staged.indices {
      let at = block(staged[i])
      order[Int(next[at])] = UInt32(truncatingIfNeeded: i)
      next[at] += 1
    }
    func rank(_ cell: Staged) -> UInt32 { cell.leaf == Entities.none ? 0 : ranks[cell.leaf.index] }
    func isBefore(_ x: UInt32, _ y: UInt32) -> Bool {
      let (a, b) = (staged[Int(x)], staged[Int(y)])
      let (i, j) = (rank(a), rank(b))
      if i != j { return i < j }
      if a.account != b.account { return a.account < b.account }
      return a.source != b.source ? a.source < b.source : x < y
    }
    for b in 0..<blockCount {
      let range = Int(starts[b])..<Int(starts[b + 1])
      guard range.count > 1 else { continue }
      var isSorted = true
      for i in range.dropFirst() where isBefore(order[i], order[i - 1]) {
        isSorted = false
        break
      }
      if !isSorted { order[range].sort(by: isBefore) }
    }
    fill(&cube, order, ranks)
    var total: Int64 = 0
    var isTooMuch = false
    cube.before = .made(cube.amount.count + 1) { before in
      before[0] = 0
      for (at, amount) in cube.amount.enumerated() {
        let (sum, overflow) = total.addingReportingOverflow(amount)
        if overflow { isTooMuch = true }
        total = sum
        before[at + 1] = sum
      }
    }
    if isTooMuch { throw Overflow() }
    return cube
  }

  /// The columns of the cube in the order of its cells; those of a large plan by two hands.
  private func fill(_ cube: inout Cube, _ order: [UInt32], _ ranks: [UInt32]) {
    typealias Whose = (leaf: [EntityID], rank: [UInt32], account: [AccountID])
    typealias What = (source: [SourceID], amount: [Int64], site: [Site])
    func whose() -> Whose {
      columns(order) { cell in (cell.leaf, cell.leaf == Entities.none ? 0 : ranks[cell.leaf.index], cell.account) }
    }
    func what() -> What { columns(order) { cell in (SourceID(raw: UInt32(cell.source)), cell.amount, cell.site) } }
    let made = Beside.both(isWorthIt: order.count > 1 << 15, whose, what)
    (cube.leaf, cube.rank, cube.account) = made.0
    (cube.source, cube.amount, cube.site) = made.1
  }

  /// Three columns of the cells in an order.
  @inline(__always)
  private func columns<A: BitwiseCopyable, B: BitwiseCopyable, C: BitwiseCopyable>(
    _ order: [UInt32], _ parts: (Staged) -> (A, B, C)
  ) -> ([A], [B], [C]) {
    var (a, b, c): ([A], [B], [C]) = ([], [], [])
    staged.withUnsafeBufferPointer { staged in
      a = .made(order.count) { a in
        b = .made(order.count) { b in
          c = .made(order.count) { c in
            for (at, i) in order.enumerated() { (a[at], b[at], c[at]) = parts(staged[Int(i)]) }
          }
        }
      }
    }
    return (a, b, c)
  }
}
