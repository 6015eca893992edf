/// A flow chart (Sankey): money from column to column, bands as thick as their amounts.
public struct SVGFlow: Sendable {
  /// A band from a node of one column to a node of the next.
  public struct Link: Sendable {
    /// The column it starts in, and the nodes' names in it and in the next.
    public var column: Int
    /// Where it starts.
    public var from: String
    /// Where it ends.
    public var to: String
    /// How thick it is.
    public var amount: Double
    /// A band.
    public init(column: Int, from: String, to: String, amount: Double) {
      self.column = column
      self.from = from
      self.to = to
      self.amount = amount
    }
  }

  /// Draws links; in each column the biggest node stands on top, those in `last` at the bottom.
  public static func drawn(
    _ links: [Link], columns: [String], last: [String], title: String, words: (Double) -> String
  ) -> String {
    guard let deepest = links.map(\.column).max(), links.reduce(0, { $0 + $1.amount }) > 0 else { return "" }
    let (width, bar) = (840.0, 12.0)
    let count = deepest + 2
    var sums: [[(name: String, amount: Double)]] = Array(repeating: [], count: count)
    func add(_ column: Int, _ name: String, _ amount: Double) {
      if let at = sums[column].firstIndex(where: { $0.name == name }) {
        sums[column][at].amount += amount
      } else {
        sums[column].append((name, amount))
      }
    }
    for link in links {
      add(link.column, link.from, link.amount)
      if link.column == deepest { add(link.column + 1, link.to, link.amount) }
    }
    for column in sums.indices {
      sums[column].sort { (last.contains($0.name) ? 0 : 1, $0.amount) > (last.contains($1.name) ? 0 : 1, $1.amount) }
    }
    let total = sums[0].reduce(0) { $0 + $1.amount }
    let scale = 380 / total
    func x(_ column: Int) -> Double { 8 + Double(column) / Double(count - 1) * (width - 236) }
    var tops: [[String: Double]] = []
    var height = 0.0
    for column in sums.indices {
      var places: [String: Double] = [:]
      var y = 28.0
      for node in sums[column] {
        places[node.name] = y
        // A thin band still needs room for its words.
        y += max(node.amount * scale + 6, 15)
      }
      tops.append(places)
      height = max(height, y + 6)
    }
    var svg = SVGChart.open(width, height, title)
    for (column, words) in columns.enumerated() where column < count {
      svg += SVGChart.text(x(column), 14, words, "start", "label")
    }
    var (left, right) = (tops, tops)
    for link in links.sorted(by: {
      ($0.column, tops[$0.column][$0.from] ?? 0, tops[$0.column + 1][$0.to] ?? 0) < (
        $1.column, tops[$1.column][$1.from] ?? 0, tops[$1.column + 1][$1.to] ?? 0
      )
    }) {
      let thick = max(link.amount * scale, 0.6)
      let y0 = left[link.column][link.from] ?? 0
      let y1 = right[link.column + 1][link.to] ?? 0
      left[link.column][link.from] = y0 + thick
      right[link.column + 1][link.to] = y1 + thick
      let (x0, x1) = (x(link.column) + bar, x(link.column + 1))
      let middle = (x0 + x1) / 2
      let style = last.contains(link.to) ? "flow adrift" : "flow"
      func n(_ value: Double) -> String { SVGChart.number(value) }
      svg +=
        "<path class=\"\(style)\" d=\"M\(n(x0)) \(n(y0))C\(n(middle)) \(n(y0)) \(n(middle)) \(n(y1)) \(n(x1)) \(n(y1))"
      svg +=
        "V\(n(y1 + thick))C\(n(middle)) \(n(y1 + thick)) \(n(middle)) \(n(y0 + thick)) \(n(x0)) \(n(y0 + thick))Z\">"
      svg += "<title>\(HTMLText.escaped("\(link.from) → \(link.to): \(words(link.amount))"))</title></path>"
    }
    for column in sums.indices {
      for node in sums[column] {
        let y = tops[column][node.name] ?? 0
        let tall = max(node.amount * scale, 1)
        svg += SVGChart.rect("node", x(column), y, bar, tall)
        let label = SVGChart.short(node.name, column == count - 1 ? 22 : 28) + "  " + words(node.amount)
        svg += SVGChart.text(x(column) + bar + 4, y + max(min(tall / 2 + 4, tall - 2), 9), label, "start", "flowlabel")
      }
    }
    return svg + "</svg>"
  }
}
