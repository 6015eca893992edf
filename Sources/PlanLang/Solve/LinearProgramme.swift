/// A linear programme, some of its columns whole numbers: the best cost over the columns within the bounds of the rows.
///
/// It is stated in the units of the plan (sen, shares, counts); whoever solves it scales it and gives the answer back in them.
public struct LinearProgramme: Sendable {
  /// What a unit of each column costs.
  public var cost: [Double] = []
  /// Of all values that cost the least those are taken that cost least by this, a figure a column; empty for any of them. Always
  /// to be low, and not heeded where some column is whole.
  public var second: [Double] = []
  /// The least of each column; `-.infinity` where there is none.
  public var lower: [Double] = []
  /// The most of each column; `.infinity` where there is none.
  public var upper: [Double] = []
  /// The columns that take whole numbers only.
  public var isInteger: [Bool] = []
  /// The least of each row.
  public var rowLower: [Double] = []
  /// The most of each row.
  public var rowUpper: [Double] = []
  /// Where each row begins among the entries; one more than there are rows.
  public private(set) var starts: [Int32] = [0]
  /// The column of each entry, rising within a row.
  public private(set) var indices: [Int32] = []
  /// The value of each entry; never zero.
  public private(set) var values: [Double] = []
  /// Whether the cost is to be high.
  public var isMaximised = false
  /// The turn in which each column is free, -1 for all; empty where it is solved once. In other turns a column is at zero; no
  /// column is whole, and each column of a turn may be at zero.
  var turns: [Int32] = []
  /// How many turns there are.
  var turnCount = 0
  /// Whether a row named a column that is not there.
  private(set) var isBroken = false

  /// A programme without columns and rows.
  public init() {}

  /// Adds a column: its place.
  @discardableResult public mutating func addColumn(
    cost: Double = 0, lower: Double = 0, upper: Double = .infinity, isInteger: Bool = false
  ) -> Int {
    self.cost.append(cost)
    self.lower.append(lower)
    self.upper.append(upper)
    self.isInteger.append(isInteger)
    return self.cost.count - 1
  }

  /// Adds a row of columns that are there: its place. Terms of one column are summed.
  @discardableResult public mutating func addRow(
    lower: Double, upper: Double, _ terms: [(column: Int, value: Double)]
  ) -> Int {
    rowLower.append(lower)
    rowUpper.append(upper)
    let first = indices.count
    let isSorted = zip(terms, terms.dropFirst()).allSatisfy { $0.column <= $1.column }
    for term in isSorted ? terms : terms.sorted(by: { $0.column < $1.column }) {
      guard cost.indices.contains(term.column), let column = Int32(exactly: term.column) else {
        isBroken = true
        continue
      }
      if indices.count > first, indices[indices.count - 1] == column {
        values[values.count - 1] += term.value
      } else {
        dropZero(after: first)
        indices.append(column)
        values.append(term.value)
      }
    }
    dropZero(after: first)
    starts.append(Int32(clamping: indices.count))
    return rowLower.count - 1
  }

  private mutating func dropZero(after first: Int) {
    guard indices.count > first, values[values.count - 1] == 0 else { return }
    indices.removeLast()
    values.removeLast()
  }

  /// The programme of some of its columns and of rows that have entries in no others; `local` is each column's place among them.
  func part(columns: [Int32], rows: [Int32], local: [Int32]) -> LinearProgramme {
    var made = LinearProgramme()
    func chosen<T>(_ all: [T], _ places: [Int32]) -> [T] { places.map { all[Int($0)] } }
    (made.cost, made.lower, made.upper) = (chosen(cost, columns), chosen(lower, columns), chosen(upper, columns))
    if !second.isEmpty { made.second = chosen(second, columns) }
    made.isInteger = chosen(isInteger, columns)
    if !turns.isEmpty, columns.contains(where: { turns[Int($0)] >= 0 }) { (made.turns, made.turnCount) = (chosen(turns, columns), turnCount) }
    (made.rowLower, made.rowUpper, made.isMaximised) = (chosen(rowLower, rows), chosen(rowUpper, rows), isMaximised)
    for row in rows {
      let entries = Int(starts[Int(row)])..<Int(starts[Int(row) + 1])
      for entry in entries { made.indices.append(local[Int(indices[entry])]) }
      made.values += values[entries]
      made.starts.append(Int32(clamping: made.indices.count))
    }
    return made
  }

  /// The programme of one turn.
  func alone(in turn: Int) -> LinearProgramme {
    var made = self
    for column in turns.indices where turns[column] >= 0 && turns[column] != turn { made.upper[column] = 0 }
    (made.turns, made.turnCount) = ([], 0)
    return made
  }

  /// Whether some column takes whole numbers only.
  public var isMixed: Bool { isInteger.contains(true) }
}

extension LinearProgramme {
  /// More than a plan of all regions would need; what passes it is a mistake.
  private static let most = 10_000_000

  /// What is wrong with it as data, before any library sees it.
  var fault: String? {
    let columns = cost.count
    let rows = rowLower.count
    guard !isBroken, second.isEmpty || second.count == columns, lower.count == columns, upper.count == columns, isInteger.count == columns, rowUpper.count == rows,
      starts.count == rows + 1
    else { return "columns and rows do not fit together" }
    guard columns <= Self.most, rows <= Self.most, indices.count <= 4 * Self.most else { return "too large" }
    for column in 0..<columns {
      if !second.isEmpty, !second[column].isFinite { return "second cost of column \(column): \(second[column])" }
      if !cost[column].isFinite { return "cost of column \(column): \(cost[column])" }
      if lower[column].isNaN || upper[column].isNaN || lower[column] == .infinity || upper[column] == -.infinity {
        return "bounds of column \(column): \(lower[column])..\(upper[column])"
      }
    }
    for row in 0..<rows {
      if rowLower[row].isNaN || rowUpper[row].isNaN || rowLower[row] == .infinity || rowUpper[row] == -.infinity {
        return "bounds of row \(row): \(rowLower[row])..\(rowUpper[row])"
      }
    }
    if let entry = values.firstIndex(where: { !$0.isFinite }) { return "entry \(entry): \(values[entry])" }
    return nil
  }

  /// Whether some bounds leave nothing by themselves.
  var isCrossed: Bool {
    if cost.indices.contains(where: { lower[$0] > upper[$0] }) { return true }
    if rowLower.indices.contains(where: { rowLower[$0] > rowUpper[$0] }) { return true }
    return cost.indices.contains { isInteger[$0] && lower[$0].rounded(.up) > upper[$0].rounded(.down) }
  }

  /// The cost of values.
  func objective(_ values: [Double]) -> Double {
    var sum = 0.0
    for column in cost.indices where cost[column] != 0 { sum += cost[column] * values[column] }
    return sum
  }

  /// The most that values are beyond a bound, beside the size of what stands there.
  func violation(_ values: [Double]) -> Double {
    var worst = 0.0
    func weigh(_ value: Double, _ lower: Double, _ upper: Double, _ size: Double) {
      let beyond = max(lower - value, value - upper)
      guard beyond > 0 else { return }
      let bound = lower - value > 0 ? lower : upper
      worst = max(worst, beyond / max(1, size, abs(bound)))
    }
    for column in cost.indices { weigh(values[column], lower[column], upper[column], 0) }
    for row in rowLower.indices {
      var sum = 0.0
      var size = 0.0
      for entry in Int(starts[row])..<Int(starts[row + 1]) {
        let term = self.values[entry] * values[Int(indices[entry])]
        sum += term
        size = max(size, abs(term))
      }
      weigh(sum, rowLower[row], rowUpper[row], size)
    }
    return worst
  }
}
