/// A cell that the plan lacks and an edit made: money that arrived with a source or account its leaf did not have.
public struct ExtraCell: Sendable, Hashable {
  /// The book.
  public var ledger: Ledger
  /// The document.
  public var document: DocumentID
  private var at: Int16
  /// The leaf; `Entities.none` for revenue and financing.
  public var leaf: EntityID
  /// The account.
  public var account: AccountID
  /// The source of funds.
  public var source: SourceID

  /// The year, as an index of the period.
  public var year: Int {
    get { Int(at) }
    set { at = Int16(truncatingIfNeeded: newValue) }
  }

  /// A place.
  public init(ledger: Ledger, document: DocumentID, year: Int, leaf: EntityID, account: AccountID, source: SourceID) {
    self.ledger = ledger
    self.document = document
    at = Int16(truncatingIfNeeded: year)
    self.leaf = leaf
    self.account = account
    self.source = source
  }
}

/// A declared figure that a scenario changed.
public enum FigureKey: Sendable, Hashable {
  /// Target, projection, baseline of an indicator's row; year as an index (the end-of-period target has year -1).
  case target(Int, year: Int), projection(Int, year: Int), baseline(Int)
  /// A parameter; a figure of a response by its formula; years by which a response shows later.
  case parameter(ParameterID), assumption(FormulaID), delay(EntityID, EntityID)
}

/// A scenario's departure from the plan: sparse differences by cell, cells the plan lacks, figures changed, locks.
///
/// Cells below `plan.cube.count` are the plan's; behind them come `extra`, in order.
public struct Overlay: Sendable {
  /// The cells that differ, in order of first change.
  public private(set) var cells: [CellID] = []
  /// The difference of each, in sen, beside `cells`; may have returned to 0.
  public private(set) var differences: [Int64] = []
  /// Where each stands, beside `cells`.
  private(set) var places: [ExtraCell] = []
  /// The block and the rank of each one's leaf (`key`), beside `cells`.
  private var keys: [UInt64] = []
  /// Positions of the first of `cells`, by their keys; the few behind them are looked at one by one.
  private var sorted: [Int32] = []
  /// Cells the plan lacks; cell `plan.cube.count + i` is `extra[i]`.
  public var extra: [ExtraCell] = []
  /// Figures changed, in order of change; the last of a key counts.
  public var figures: [(key: FigureKey, value: Number)] = []
  /// Positions of cells in `cells`, open addressing; 0 is empty.
  private var slots: [UInt32] = []
  /// The sum of all differences without their signs: what bounds every sum of them.
  private(set) var magnitude: Int128 = 0
  /// What was added since the last mark, in order: a position in `cells` and sen.
  private(set) var changes: [(position: Int32, sen: Int64)] = []

  /// Where an overlay stood, to go back to.
  struct Mark: Sendable {
    var cells: Int
    var extra: Int
    var figures: Int
  }

  /// Marks where the overlay stands and forgets what led there.
  mutating func mark() -> Mark {
    changes.removeAll(keepingCapacity: true)
    return Mark(cells: cells.count, extra: extra.count, figures: figures.count)
  }

  /// Goes back to the last mark.
  mutating func rollBack(to mark: Mark) {
    for change in changes.reversed() {
      let at = Int(change.position)
      magnitude -= Int128(differences[at].magnitude)
      differences[at] &-= change.sen
      magnitude += Int128(differences[at].magnitude)
    }
    changes.removeAll(keepingCapacity: true)
    // The last placed goes first, so that no chain of slots is cut.
    while let cell = cells.last, cells.count > mark.cells {
      let mask = slots.count - 1
      var at = Self.hash(cell) & mask
      while slots[at] != UInt32(truncatingIfNeeded: cells.count) { at = (at + 1) & mask }
      slots[at] = 0
      cells.removeLast()
      differences.removeLast()
      places.removeLast()
      keys.removeLast()
    }
    if sorted.count > cells.count { sorted.removeAll { $0 >= cells.count } }
    extra.removeLast(extra.count - mark.extra)
    figures.removeLast(figures.count - mark.figures)
  }

  /// No departure.
  public init() {}

  /// The difference of a cell in sen.
  public subscript(cell: CellID) -> Int64 {
    guard let at = position(of: cell) else { return 0 }
    return differences[at]
  }

  /// Whether an edit touched a cell, though its difference may be 0 again.
  func isChanged(_ cell: CellID) -> Bool { position(of: cell) != nil }

  /// The changed figure of a key, or nil.
  public func figure(_ key: FigureKey) -> Number? {
    if figures.isEmpty { return nil }
    for entry in figures.reversed() where entry.key == key { return entry.value }
    return nil
  }

  /// Adds to the difference of a cell of a plan and gives it back; throws `Overflow`.
  @discardableResult mutating func add(_ sen: Int64, to cell: CellID, of plan: Plan) throws(Overflow) -> Int64 {
    if let at = position(of: cell) { return try add(sen, at: at) }
    let place = place(of: cell, plan)
    log(sen, at: begin(cell, place, rank: place.leaf == Entities.none ? 0 : plan.entities.rank[place.leaf.index], sen))
    return sen
  }

  /// The same for the cell at a position in `cells`.
  @discardableResult private mutating func add(_ sen: Int64, at: Int) throws(Overflow) -> Int64 {
    let (sum, overflow) = differences[at].addingReportingOverflow(sen)
    if overflow { throw Overflow() }
    set(sum, at)
    log(sen, at: at)
    return sum
  }

  private mutating func set(_ sum: Int64, _ at: Int) {
    magnitude += Int128(sum.magnitude) - Int128(differences[at].magnitude)
    differences[at] = sum
  }

  /// Notes what was added at a position since the last mark.
  mutating func log(_ sen: Int64, at: Int) { changes.append((Int32(truncatingIfNeeded: at), sen)) }

  /// Adds to the difference of a cell; where it stands in `cells`. It is for the caller to know that the sum fits, and to log it.
  mutating func put(_ sen: Int64, _ cell: CellID, _ place: ExtraCell, _ shared: SharedPlan) -> Int {
    guard let at = position(of: cell) else { return begin(cell, place, rank: shared.rank(place), sen) }
    set(differences[at] &+ sen, at)
    return at
  }

  /// The first difference of a cell that stands at a place; where it stands in `cells`.
  private mutating func begin(_ cell: CellID, _ place: ExtraCell, rank: UInt32, _ sen: Int64) -> Int {
    magnitude += Int128(sen.magnitude)
    cells.append(cell)
    differences.append(sen)
    places.append(place)
    keys.append(Self.key(place.ledger, place.document, place.year, rank))
    // So many are left that neither they nor the sorting, each time they are that many, cost much.
    let loose = keys.count - sorted.count
    if loose > 32, loose * loose > 16 * keys.count {
      sorted += Int32(truncatingIfNeeded: sorted.count)..<Int32(truncatingIfNeeded: keys.count)
      sorted.sort { keys[Int($0)] < keys[Int($1)] }
    }
    if cells.count * 2 > slots.count { rehash() } else { file(cells.count - 1) }
    return cells.count - 1
  }

  /// Where money stands, as one number: those of an entity in one year of one document follow one another.
  private static func key(_ ledger: Ledger, _ document: DocumentID, _ year: Int, _ rank: UInt32) -> UInt64 {
    UInt64(ledger.rawValue) << 56 | UInt64(document.raw & 0xffff) << 40 | UInt64(UInt8(truncatingIfNeeded: year)) << 32 | UInt64(rank)
  }

  /// Calls with the position of each cell of a ledger, document and year whose leaf has one of some ranks (0 where there is no leaf).
  func each(_ ledger: Ledger, _ document: DocumentID, _ year: Int, ranks: ClosedRange<UInt32>, _ body: (Int) -> Void) {
    let (low, high) = (Self.key(ledger, document, year, ranks.lowerBound), Self.key(ledger, document, year, ranks.upperBound))
    var (from, to) = (0, sorted.count)
    while from < to {
      let middle = (from + to) / 2
      if keys[Int(sorted[middle])] < low { from = middle + 1 } else { to = middle }
    }
    while from < sorted.count, case let at = Int(sorted[from]), keys[at] <= high {
      body(at)
      from += 1
    }
    for at in sorted.count..<keys.count where keys[at] >= low && keys[at] <= high { body(at) }
  }

  /// Where a cell stands in `cells`, or nil.
  func position(of cell: CellID) -> Int? {
    if slots.isEmpty { return nil }
    let mask = slots.count - 1
    var at = Self.hash(cell) & mask
    while slots[at] != 0 {
      if cells[Int(slots[at]) - 1] == cell { return Int(slots[at]) - 1 }
      at = (at + 1) & mask
    }
    return nil
  }

  private mutating func file(_ position: Int) {
    let mask = slots.count - 1
    var at = Self.hash(cells[position]) & mask
    while slots[at] != 0 { at = (at + 1) & mask }
    slots[at] = UInt32(truncatingIfNeeded: position + 1)
  }

  private mutating func rehash() {
    slots = [UInt32](repeating: 0, count: max(16, slots.count * 2))
    for position in 0..<cells.count { file(position) }
  }

  @inline(__always) private static func hash(_ cell: CellID) -> Int {
    Int((UInt64(cell.raw) &* 0x9e37_79b9_7f4a_7c15) >> 33)
  }
}
