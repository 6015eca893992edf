/// All cases of a sweep, as answers, exports and reports tell them.
struct Swept: Sendable {
  var axes: [String]
  var words: [[String]]
  /// The values of each axis as exports hold them: rupiah, points of a percentage, bare figures.
  var cells: [[Sheet.Cell]]
  var cases: [[Int]]
  var shown: [(words: String, type: ValueType, digits: Int)]
  var digits: [Int]
  var rows: [Tried]
  /// How many cases were asked for.
  var all: Int
  /// Of which item asked for each figure is, and in which year; the items themselves at first.
  var origins: [(item: Int, year: Int?)] = []
  /// Whether each pair of two variables' values is there.
  var isGrid: Bool { axes.count == 2 && rows.count == all }

  /// The same with each year of a series as a figure of its own.
  func byYear() -> Swept {
    var made = self
    made.origins = shown.indices.flatMap { item in
      let years = years(of: item)
      return years.isEmpty ? [(item, nil)] : years.map { (item, $0) }
    }
    made.shown = made.origins.map { item, year in
      (year.map { "\(shown[item].words) \($0)" } ?? shown[item].words, shown[item].type, shown[item].digits)
    }
    made.digits = made.origins.map { digits[$0.item] }
    made.rows = rows.map { row in
      var row = row
      if !row.values.isEmpty { row.values = made.origins.map { Self.value(row.values[$0.item], $0.year) } }
      return row
    }
    return made
  }

  /// The same with some of its figures only.
  func only(_ figures: [Int]) -> Swept {
    var made = self
    made.origins = figures.map { origins[$0] }
    made.shown = figures.map { shown[$0] }
    made.digits = figures.map { digits[$0] }
    made.rows = rows.map { row in
      var row = row
      if !row.values.isEmpty { row.values = figures.map { row.values[$0] } }
      return row
    }
    return made
  }

  /// The years that a series has in any case, in order; empty for one figure.
  private func years(of item: Int) -> [Int] {
    var years: Set<Int> = []
    for row in rows where !row.values.isEmpty {
      if case .series(let series) = row.values[item] { for one in series { years.insert(one.year) } }
    }
    return years.sorted()
  }

  private static func value(_ value: Value, _ year: Int?) -> Value {
    guard let year, case .series(let series) = value else { return value }
    return series.first { $0.year == year }?.value ?? .text("")
  }
}
