/// A cell that the plan lacks and an edit made: money that arrived with a source or account its leaf did not have.
public struct ExtraCell: Sendable, Hashable {
  /// The book.
  public var ledger: Ledger
  /// The document.
  public var document: DocumentID
  /// The year, as an index of the period.
  public var year: Int
  /// The leaf; `Entities.none` for revenue and financing.
  public var leaf: EntityID
  /// The account.
  public var account: AccountID
  /// The source of funds.
  public var source: SourceID
}

/// A declared figure that a scenario changed.
public enum FigureKey: Sendable, Hashable {
  /// Target, projection, baseline of an indicator's row; year as an index (the end-of-period target has year -1).
  case target(Int, year: Int), projection(Int, year: Int), baseline(Int)
  /// A parameter.
  case parameter(ParameterID)
}

/// A scenario's departure from the plan: sparse differences by cell, cells the plan lacks, figures changed, locks.
///
/// Cells below `plan.cube.count` are the plan's; behind them come `extra`, in order.
public struct Overlay: Sendable {
  /// The cells that differ, in order of first change.
  public private(set) var cells: [CellID] = []
  /// The difference of each, in sen, beside `cells`; may have returned to 0.
  public private(set) var differences: [Int64] = []
  /// Where each stands, beside `cells`: asked for in every sum of a slice.
  private(set) var places: [ExtraCell] = []
  /// The rank of each one's leaf, beside `cells`; 0 where there is no leaf.
  private(set) var ranks: [UInt32] = []
  /// Cells the plan lacks; cell `plan.cube.count + i` is `extra[i]`.
  public var extra: [ExtraCell] = []
  /// Figures changed, in order of change; the last of a key counts.
  public var figures: [(key: FigureKey, value: Number)] = []
  /// Positions of cells in `cells`, open addressing; 0 is empty.
  private var slots: [UInt32] = []

  /// No departure.
  public init() {}

  /// The difference of a cell in sen.
  public subscript(cell: CellID) -> Int64 {
    guard let at = position(of: cell) else { return 0 }
    return differences[at]
  }

  /// The changed figure of a key, or nil.
  public func figure(_ key: FigureKey) -> Number? {
    for entry in figures.reversed() where entry.key == key { return entry.value }
    return nil
  }

  /// Adds a difference to a cell of a plan; throws `Overflow`.
  mutating func add(_ sen: Int64, to cell: CellID, of plan: Plan) throws(Overflow) {
    if let at = position(of: cell) {
      let (sum, overflow) = differences[at].addingReportingOverflow(sen)
      if overflow { throw Overflow() }
      differences[at] = sum
      return
    }
    cells.append(cell)
    differences.append(sen)
    let place = place(of: cell, plan)
    places.append(place)
    ranks.append(place.leaf == Entities.none ? 0 : plan.entities.rank[place.leaf.index])
    if cells.count * 2 > slots.count { rehash() } else { file(cells.count - 1) }
  }

  private func position(of cell: CellID) -> Int? {
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
