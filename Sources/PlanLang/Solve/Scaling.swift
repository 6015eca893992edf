import Glibc

/// A programme brought to numbers near one, so that a library's tolerances mean the same for sen and for shares: rows and
/// columns times powers of two, found by geometric means over entries and bounds. Whole-number columns stay as they are.
struct Scaling {
  /// The exponents of two of rows and columns, and of the cost.
  private var rows: [Double]
  private var columns: [Double]
  private var costExponent = 0.0
  private let sign: Double

  /// The matrix by columns.
  private(set) var starts: [Int32] = []
  private(set) var indices: [Int32] = []
  private(set) var values: [Double] = []
  private(set) var cost: [Double] = []
  private(set) var second: [Double] = []
  private(set) var lower: [Double] = []
  private(set) var upper: [Double] = []
  private(set) var rowLower: [Double] = []
  private(set) var rowUpper: [Double] = []
  private(set) var integers: [UInt8] = []

  /// The least and the largest of exponents.
  private struct Span {
    var least = Double.infinity
    var most = -Double.infinity
    mutating func take(_ exponent: Double) {
      least = min(least, exponent)
      most = max(most, exponent)
    }
    var middle: Double? { least <= most ? (least + most) / 2 : nil }
  }

  init(_ programme: LinearProgramme) {
    rows = Array(repeating: 0, count: programme.rowLower.count)
    columns = Array(repeating: 0, count: programme.cost.count)
    sign = programme.isMaximised ? -1 : 1
    find(programme)
    apply(programme)
  }

  private static func size(_ value: Double) -> Double? { value == 0 || !value.isFinite ? nil : log2(abs(value)) }

  private mutating func find(_ programme: LinearProgramme) {
    let sizes = programme.values.map { log2(abs($0)) }
    let boundSizes = programme.cost.indices.map { column in
      [Self.size(programme.lower[column]), Self.size(programme.upper[column])].compactMap { $0 }.max()
    }
    let rowSizes = programme.rowLower.indices.map { row in
      [Self.size(programme.rowLower[row]), Self.size(programme.rowUpper[row])].compactMap { $0 }.max()
    }
    for _ in 0..<12 {
      var spans = Array(repeating: Span(), count: columns.count)
      var change = 0.0
      for row in rows.indices {
        var span = Span()
        let entries = Int(programme.starts[row])..<Int(programme.starts[row + 1])
        for entry in entries { span.take(sizes[entry] + columns[Int(programme.indices[entry])]) }
        if let size = rowSizes[row] { span.take(size) }
        let next = -(span.middle ?? 0)
        change = max(change, abs(next - rows[row]))
        rows[row] = next
        for entry in entries { spans[Int(programme.indices[entry])].take(sizes[entry] + next) }
      }
      for column in columns.indices where !programme.isInteger[column] {
        if let size = boundSizes[column] { spans[column].take(-(columns[column] + size) / 2) }
        let next = -(spans[column].middle ?? 0)
        change = max(change, abs(next - columns[column]))
        columns[column] = next
      }
      if change < 1 { break }
    }
    for row in rows.indices { rows[row] = rows[row].rounded() }
    for column in columns.indices { columns[column] = columns[column].rounded() }
    var span = Span()
    for column in columns.indices { if let size = Self.size(programme.cost[column]) { span.take(size + columns[column]) } }
    costExponent = -(span.middle ?? 0).rounded()
  }

  private mutating func apply(_ programme: LinearProgramme) {
    let rowFactors = rows.map { exp2($0) }
    let columnFactors = columns.map { exp2($0) }
    let costFactor = sign * exp2(costExponent)
    cost = columns.indices.map { programme.cost[$0] * columnFactors[$0] * costFactor }
    if !programme.second.isEmpty, !programme.isMixed { second = columns.indices.map { programme.second[$0] * columnFactors[$0] } }
    lower = columns.indices.map { programme.lower[$0] / columnFactors[$0] }
    upper = columns.indices.map { programme.upper[$0] / columnFactors[$0] }
    rowLower = rows.indices.map { programme.rowLower[$0] * rowFactors[$0] }
    rowUpper = rows.indices.map { programme.rowUpper[$0] * rowFactors[$0] }
    integers = programme.isInteger.map { $0 ? 1 : 0 }
    starts = Array(repeating: 0, count: columns.count + 1)
    for column in programme.indices { starts[Int(column) + 1] += 1 }
    for column in columns.indices { starts[column + 1] += starts[column] }
    var next = starts
    indices = Array(repeating: 0, count: programme.indices.count)
    values = Array(repeating: 0, count: programme.indices.count)
    for row in rows.indices {
      for entry in Int(programme.starts[row])..<Int(programme.starts[row + 1]) {
        let column = Int(programme.indices[entry])
        let place = Int(next[column])
        indices[place] = Int32(truncatingIfNeeded: row)
        values[place] = programme.values[entry] * rowFactors[row] * columnFactors[column]
        next[column] += 1
      }
    }
  }

  /// Values of the columns in the programme's own units, within its bounds and whole where they must be.
  func values(_ scaled: UnsafeBufferPointer<Double>, of programme: LinearProgramme) -> [Double] {
    columns.indices.map { column in
      let value = scaled[column] * exp2(columns[column])
      let whole = programme.isInteger[column] ? value.rounded() : value
      return min(max(whole, programme.lower[column]), programme.upper[column])
    }
  }

  /// The duals of the rows in the programme's own units.
  func rowDuals(_ scaled: UnsafeBufferPointer<Double>) -> [Double] {
    rows.indices.map { sign * scaled[$0] * exp2(rows[$0] - costExponent) }
  }

  /// The reduced costs in the programme's own units.
  func columnDuals(_ scaled: UnsafeBufferPointer<Double>) -> [Double] {
    columns.indices.map { sign * scaled[$0] * exp2(-columns[$0] - costExponent) }
  }

  /// A cost in the programme's own units.
  func cost(_ scaled: Double) -> Double { sign * scaled * exp2(-costExponent) }
}
