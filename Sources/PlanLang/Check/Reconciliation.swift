/// Rows of two documents laid beside one another: by code, by code in another department, by title; what is left is
/// on one side only. Nothing is dropped: the totals of the lists are those of the documents.
public struct Reconciliation: Sendable {
  /// A row: a programme, kegiatan or sub kegiatan of a department with its money in one year.
  public struct Row: Sendable {
    /// The department's code, or its name.
    public var department: String
    /// The row's own code, or its name.
    public var code: String
    /// Its title.
    public var title: String
    /// Its money in sen.
    public var sen: Int64
    /// Where it stands.
    public var site: Site
    /// A row.
    public init(department: String, code: String, title: String, sen: Int64, site: Site) {
      self.department = department
      self.code = code
      self.title = title
      self.sen = sen
      self.site = site
    }
  }
  /// Two rows taken for the same.
  public struct Pair: Sendable {
    /// How they were found to be.
    public enum Kind: Sendable { case code, moved, alike }
    /// The row and the one it is measured against.
    public var row: Row
    /// The other.
    public var other: Row
    /// How they were found.
    public var kind: Kind
    /// How alike their titles are, from 0 to 1; 1 when found by code.
    public var likeness: Number
  }
  /// Pairs in order of the rows.
  public private(set) var pairs: [Pair] = []
  /// Rows without a match.
  public private(set) var only: [Row] = []
  /// Others without a match.
  public private(set) var onlyOther: [Row] = []

  /// Lays rows beside others.
  public init(_ rows: [Row], _ others: [Row]) {
    var taken = [Bool](repeating: false, count: others.count)
    var left: [Row] = []
    var byKey: [String: [Int]] = [:]
    var byCode: [String: [Int]] = [:]
    for (at, other) in others.enumerated() {
      byKey[other.department + " " + other.code, default: []].append(at)
      byCode[other.code, default: []].append(at)
    }
    for row in rows {
      if let at = byKey[row.department + " " + row.code]?.first(where: { !taken[$0] }) {
        taken[at] = true
        pairs.append(Pair(row: row, other: others[at], kind: .code, likeness: Number(1)))
      } else {
        left.append(row)
      }
    }
    // The same code booked to another department, when there is but one it can be.
    var still: [Row] = []
    for row in left {
      let free = (byCode[row.code] ?? []).filter { !taken[$0] }
      if free.count == 1, left.filter({ $0.code == row.code }).count == 1 {
        taken[free[0]] = true
        pairs.append(Pair(row: row, other: others[free[0]], kind: .moved, likeness: Number(1)))
      } else {
        still.append(row)
      }
    }
    // The word that every programme's title begins with would make all alike.
    func letters(_ row: Row) -> [UInt16] {
      let lead = "program "
      return Likeness.pairs(of: row.title.lowercased().hasPrefix(lead) ? String(row.title.dropFirst(lead.count)) : row.title)
    }
    let theirs = others.map(letters)
    for row in still {
      let own = letters(row)
      var best: (at: Int, ratio: (common: Int, all: Int))?
      for at in others.indices where !taken[at] && others[at].department == row.department {
        let ratio = Likeness.ratio(own, theirs[at])
        guard ratio.all > 0, ratio.common * 10 >= ratio.all * 7 else { continue }
        if let known = best, ratio.common * known.ratio.all <= known.ratio.common * ratio.all { continue }
        best = (at, ratio)
      }
      if let best {
        taken[best.at] = true
        let likeness = Number(a: Int64(best.ratio.common), b: Int64(best.ratio.all))
        pairs.append(Pair(row: row, other: others[best.at], kind: .alike, likeness: likeness))
      } else {
        only.append(row)
      }
    }
    for at in others.indices where !taken[at] { onlyOther.append(others[at]) }
  }

  /// Whether a pair lies within a tolerance (a share of the other's money), above or below it; nil where the other has
  /// no money.
  public static func side(_ pair: Pair, _ tolerance: Number) -> Int? {
    guard pair.other.sen > 0 else { return pair.row.sen == pair.other.sen ? 0 : nil }
    let share = Number(a: pair.row.sen, b: pair.other.sen)
    if Number.order(share, Number(1) + tolerance) == 1 { return 1 }
    if Number.order(share, Number(1) - tolerance) == -1 { return -1 }
    return 0
  }
}
