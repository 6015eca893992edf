/// The books of the plan: spending by leaf, revenue and financing without one.
public enum Ledger: UInt8, Sendable { case spending, revenue, receipt, outflow }

/// The account codes (rekening) met in a plan, each with its ancestors at the six levels of the chart of accounts.
///
/// Row 0 stands for "no account given". Levels as in Permendagri 90/2019: akun, kelompok, jenis, objek, rincian
/// objek, sub rincian objek.
public struct Accounts: Sendable {
  /// The canonical code of each account.
  public var codeName: [Symbol] = [Entities.unnamed]
  /// The level of each account, 1...6; 0 for none given.
  public var level: [UInt8] = [0]
  /// The account's ancestor at levels 1...6 (itself at its own level, row 0 below it), six to a row.
  public var ancestors: [AccountID] = [AccountID](repeating: AccountID(raw: 0), count: 6)

  /// Only "no account".
  public init() {}

  /// Whether `inner` is `outer` or stands below it.
  @inline(__always) public func contains(_ outer: AccountID, _ inner: AccountID) -> Bool {
    let depth = Int(level[outer.index])
    return depth > 0 && ancestors[inner.index * 6 + depth - 1] == outer
  }
}

/// The sources of funds (sumber dana) of a plan; row 0 stands for "no source given".
public struct Sources: Sendable {
  /// The name of each source, or `Entities.unnamed` for one known by its code only.
  public var name: [Symbol] = [Entities.unnamed]
  /// The title.
  public var title: [Bilingual] = [Bilingual("tanpa sumber", "no source")]
  /// The canonical code, or `Entities.unnamed`.
  public var codeName: [Symbol] = [Entities.unnamed]
  /// The field the money is bound to (terikat): nil for general money.
  public var field: [String?] = [nil]
  /// The source it is part of (dak_fisik in dak), or row 0.
  public var parent: [SourceID] = [SourceID(raw: 0)]

  /// Only "no source".
  public init() {}
  /// How many there are, row 0 included.
  public var count: Int { name.count }

  /// What those with a name are called.
  func named(_ names: Names) -> [String] { name.filter { $0 != Entities.unnamed }.map { names.text($0) } }

  /// Whether `inner` is `outer` or part of it.
  public func contains(_ outer: SourceID, _ inner: SourceID) -> Bool {
    var at = inner
    while at.raw != 0 {
      if at == outer { return true }
      at = parent[at.index]
    }
    return false
  }
}

/// The budget cube: one row a cell (ledger, document, year, leaf, account, source) and one contiguous column of sen.
///
/// Sorted by (ledger, document, year, rank of leaf, account, source), so that all cells of an entity in one document
/// and year are one run, found by binary search, and `before` gives their sum by one subtraction.
public struct Cube: Sendable {
  /// The leaf of each cell; `Entities.none` for revenue and financing.
  public var leaf: [EntityID] = []
  /// The rank of each cell's leaf (0 for revenue and financing).
  public var rank: [UInt32] = []
  /// The account; row 0 when none is given.
  public var account: [AccountID] = []
  /// The source of funds; row 0 when none is given.
  public var source: [SourceID] = []
  /// The amount in sen.
  public var amount: [Int64] = []
  /// Where the amount stands.
  public var site: [Site] = []
  /// Sum of all amounts before a cell; one longer than the columns. Never overflows: checked when built.
  public var before: [Int64] = [0]
  /// First cell of each block (ledger, document, year); one longer than the number of blocks.
  public var blocks: [UInt32] = [0]
  /// How many documents the blocks count.
  public var documents = 0
  /// How many years the blocks count.
  public var years = 0

  /// An empty cube.
  public init() {}
  /// How many cells there are.
  public var count: Int { leaf.count }

  /// The cells of one ledger, document and year (year as an index into the period).
  @inline(__always) public func block(_ ledger: Ledger, _ document: DocumentID, _ year: Int) -> Range<Int> {
    let at = (Int(ledger.rawValue) * documents + document.index) * years + year
    return Int(blocks[at])..<Int(blocks[at + 1])
  }

  /// The cells of the leaves ranked `low...high` in one block.
  @inline(__always) public func run(in block: Range<Int>, _ low: UInt32, _ high: UInt32) -> Range<Int> {
    run(from: lowerBound(block, low), in: block, high)
  }

  /// Whether a cell is the first of a block whose leaf's rank is at least `wanted`.
  @inline(__always) func begins(_ cell: Int, in block: Range<Int>, _ wanted: UInt32) -> Bool {
    block.contains(cell) && rank[cell] >= wanted && (cell == block.lowerBound || rank[cell - 1] < wanted)
  }

  /// The cells from one on of the leaves ranked up to `high`.
  @inline(__always) func run(from start: Int, in block: Range<Int>, _ high: UInt32) -> Range<Int> {
    // Most runs are short, of one cell above all: the end is looked for near the start, in steps that double.
    if start < block.upperBound, rank[start] <= high, start + 1 == block.upperBound || rank[start + 1] > high {
      return start..<start + 1
    }
    var (end, step) = (start, 4)
    while end + step < block.upperBound, rank[end + step] <= high {
      end += step
      step *= 2
    }
    return start..<lowerBound(end..<min(end + step, block.upperBound), high &+ 1)
  }

  /// The first cell of a block whose leaf's rank is at least `wanted`.
  ///
  /// Leaves lie evenly among the ranks in most plans: it is looked for where it would lie then, first near there.
  public func lowerBound(_ block: Range<Int>, _ wanted: UInt32) -> Int { Self.lowerBound(rank, block, wanted) }

  /// The same over a column of ranks.
  static func lowerBound(_ column: [UInt32], _ block: Range<Int>, _ wanted: UInt32) -> Int {
    column.withUnsafeBufferPointer { ranks in
      var (low, count) = (block.lowerBound, block.count)
      if count > 16 {
        let (first, last) = (ranks[low], ranks[low + count - 1])
        if wanted <= first { return low }
        if wanted > last { return low + count }
        // Not the first, and no further than the last.
        let guess = low + Int(UInt64(wanted - first) &* UInt64(count - 1) / UInt64(last - first))
        var step = 4
        if ranks[guess] < wanted {
          var from = guess
          while from + step < low + count - 1, ranks[from + step] < wanted { (from, step) = (from + step, step * 4) }
          (low, count) = (from + 1, min(from + step, low + count - 1) - from)
        } else {
          var to = guess
          while to - step > low, ranks[to - step] >= wanted { (to, step) = (to - step, step * 4) }
          let from = max(low, to - step)
          (low, count) = (from, to - from)
        }
      }
      while count > 0 {
        let half = count / 2
        // Chosen, not jumped over: where the bound lies cannot be foreseen.
        let isBehind = ranks[low + half] < wanted
        low = isBehind ? low + half + 1 : low
        count = isBehind ? count - half - 1 : half
      }
      return low
    }
  }
}
