/// A plan in the making: entities and cells in the order they are declared; `finish` ranks, sorts and sums.
public struct PlanBuilder: Sendable {
  /// The plan so far; its cube is made by `finish`.
  public var plan = Plan()
  private var ledger: [Ledger] = []
  private var document: [DocumentID] = []
  private var year: [Int32] = []
  private var leaf: [EntityID] = []
  private var account: [AccountID] = []
  private var source: [SourceID] = []
  private var amount: [Int64] = []
  private var site: [Site] = []
  private var accountRows: [Symbol: AccountID] = [:]

  /// An empty plan.
  public init() {}

  /// How many cells were added.
  public var cellCount: Int { amount.count }

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
    self.ledger.append(ledger)
    self.document.append(document)
    self.year.append(Int32(truncatingIfNeeded: year))
    self.leaf.append(leaf)
    self.account.append(account)
    self.source.append(source)
    self.amount.append(amount)
    self.site.append(site)
  }

  /// The row of an account from its canonical code, with rows for all its ancestors; row 0 for an empty code.
  public mutating func account(_ code: String, names: inout Names) -> AccountID {
    if code.isEmpty { return AccountID(raw: 0) }
    let symbol = names.intern(code)
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

  /// All such pairs, the first of each upper entity. Linear in cells times depth.
  public func doubleLevels() -> [DoubleLevel] {
    let count = plan.entities.count
    var found: [DoubleLevel] = []
    for row in plan.documents.indices {
      var own = [Int32](repeating: -1, count: count)
      var isUpper = false
      for i in 0..<amount.count where ledger[i] == .spending && document[i].index == row && own[leaf[i].index] < 0 {
        own[leaf[i].index] = Int32(truncatingIfNeeded: i)
        isUpper = true
      }
      guard isUpper else { continue }
      var told = [Bool](repeating: false, count: count)
      for entity in 0..<count where own[entity] >= 0 {
        var at = plan.entities.parent[entity]
        while at != Entities.none {
          if own[at.index] >= 0, !told[at.index] {
            told[at.index] = true
            found.append(
              DoubleLevel(
                document: DocumentID(row), lower: EntityID(entity), upper: at, lowerSite: site[Int(own[entity])],
                upperSite: site[Int(own[at.index])]))
          }
          at = plan.entities.parent[at.index]
        }
      }
    }
    return found
  }

  /// Ranks the entities, sorts the cells into the cube and sums them; throws `Overflow` when a book's total does not
  /// fit in 64 bits of sen.
  public consuming func finish() throws(Overflow) -> Plan {
    plan.entities.rankAll()
    plan.indicatorRow = [Int32](repeating: -1, count: plan.entities.count)
    for (row, indicator) in plan.indicators.enumerated() {
      plan.indicatorRow[indicator.entity.index] = Int32(truncatingIfNeeded: row)
    }
    plan.cube = try cube()
    return plan
  }

  /// Cells by block (counting sort), then by rank, account and source within a block where they are not in order.
  private func cube() throws(Overflow) -> Cube {
    var cube = Cube()
    cube.documents = plan.documents.count
    cube.years = plan.yearCount
    let blockCount = 4 * cube.documents * cube.years
    var block = [Int32](repeating: 0, count: amount.count)
    var starts = [UInt32](repeating: 0, count: blockCount + 1)
    for i in 0..<amount.count {
      let at = (Int(ledger[i].rawValue) * cube.documents + document[i].index) * cube.years + Int(year[i])
      block[i] = Int32(truncatingIfNeeded: at)
      starts[at + 1] += 1
    }
    for i in 0..<blockCount { starts[i + 1] += starts[i] }
    cube.blocks = starts
    var order = [Int32](repeating: 0, count: amount.count)
    var next = starts
    for i in 0..<amount.count {
      let at = Int(block[i])
      order[Int(next[at])] = Int32(truncatingIfNeeded: i)
      next[at] += 1
    }
    let ranks = leaf.map { $0 == Entities.none ? 0 : plan.entities.rank[$0.index] }
    func isBefore(_ x: Int32, _ y: Int32) -> Bool {
      let (i, j) = (Int(x), Int(y))
      if ranks[i] != ranks[j] { return ranks[i] < ranks[j] }
      if account[i] != account[j] { return account[i] < account[j] }
      if source[i] != source[j] { return source[i] < source[j] }
      return i < j
    }
    for b in 0..<blockCount {
      let range = Int(starts[b])..<Int(starts[b + 1])
      guard range.count > 1 else { continue }
      let sorted = (range.lowerBound + 1..<range.upperBound).allSatisfy { !isBefore(order[$0], order[$0 - 1]) }
      if !sorted { order[range].sort(by: isBefore) }
    }
    cube.leaf = order.map { leaf[Int($0)] }
    cube.rank = order.map { ranks[Int($0)] }
    cube.account = order.map { account[Int($0)] }
    cube.source = order.map { source[Int($0)] }
    cube.amount = order.map { amount[Int($0)] }
    cube.site = order.map { site[Int($0)] }
    cube.before = [Int64](repeating: 0, count: amount.count + 1)
    for i in 0..<amount.count {
      let (sum, overflow) = cube.before[i].addingReportingOverflow(cube.amount[i])
      if overflow { throw Overflow() }
      cube.before[i + 1] = sum
    }
    return cube
  }
}
