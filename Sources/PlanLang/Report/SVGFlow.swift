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
    let flow = SVGFlow(nodes(links, deepest, last))
    var svg = SVGChart.open(width, flow.height, title)
    for (column, words) in columns.enumerated() where column < flow.nodes.count {
      svg += SVGChart.text(flow.x(column), 14, words, "start", "label")
    }
    return svg + flow.bands(links, last, words) + flow.labels(words) + "</svg>"
  }

  private static let (width, bar) = (840.0, 12.0)

  /// The nodes of each column with their amounts, from the top.
  private let nodes: [[(name: String, amount: Double)]]
  /// Where each node begins.
  private var tops: [[String: Double]] = []
  private var height = 0.0
  private let scale: Double

  private init(_ nodes: [[(name: String, amount: Double)]]) {
    self.nodes = nodes
    scale = 380 / nodes[0].reduce(0) { $0 + $1.amount }
    for column in nodes {
      var places: [String: Double] = [:]
      var y = 28.0
      for node in column {
        places[node.name] = y
        // A thin band still needs room for its words.
        y += max(node.amount * scale + 6, 15)
      }
      tops.append(places)
      height = max(height, y + 6)
    }
  }

  private static func nodes(_ links: [Link], _ deepest: Int, _ last: [String]) -> [[(name: String, amount: Double)]] {
    var sums: [[(name: String, amount: Double)]] = Array(repeating: [], count: deepest + 2)
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
    return sums
  }

  private func x(_ column: Int) -> Double { 8 + Double(column) / Double(nodes.count - 1) * (Self.width - 236) }

  /// The bands, each beginning and ending below the one before it.
  private func bands(_ links: [Link], _ last: [String], _ words: (Double) -> String) -> String {
    var svg = ""
    var (left, right) = (tops, tops)
    func n(_ value: Double) -> String { SVGChart.number(value) }
    func order(_ link: Link) -> (Int, Double, Double) {
      (link.column, tops[link.column][link.from] ?? 0, tops[link.column + 1][link.to] ?? 0)
    }
    for link in links.sorted(by: { order($0) < order($1) }) {
      let thick = max(link.amount * scale, 0.6)
      let y0 = left[link.column][link.from] ?? 0
      let y1 = right[link.column + 1][link.to] ?? 0
      left[link.column][link.from] = y0 + thick
      right[link.column + 1][link.to] = y1 + thick
      let (x0, x1) = (x(link.column) + Self.bar, x(link.column + 1))
      let middle = (x0 + x1) / 2
      let style = last.contains(link.to) ? "flow adrift" : "flow"
      svg +=
        "<path class=\"\(style)\" d=\"M\(n(x0)) \(n(y0))C\(n(middle)) \(n(y0)) \(n(middle)) \(n(y1)) \(n(x1)) \(n(y1))"
      svg +=
        "V\(n(y1 + thick))C\(n(middle)) \(n(y1 + thick)) \(n(middle)) \(n(y0 + thick)) \(n(x0)) \(n(y0 + thick))Z\">"
      svg += "<title>\(HTMLText.escaped("\(link.from) → \(link.to): \(words(link.amount))"))</title></path>"
    }
    return svg
  }

  /// The nodes as bars, with their names and amounts.
  private func labels(_ words: (Double) -> String) -> String {
    var svg = ""
    for column in nodes.indices {
      for node in nodes[column] {
        let y = tops[column][node.name] ?? 0
        let tall = max(node.amount * scale, 1)
        svg += SVGChart.rect("node", x(column), y, Self.bar, tall)
        let label = SVGChart.short(node.name, column == nodes.count - 1 ? 22 : 28) + "  " + words(node.amount)
        let middle = y + max(min(tall / 2 + 4, tall - 2), 9)
        svg += SVGChart.text(x(column) + Self.bar + 4, middle, label, "start", "flowlabel")
      }
    }
    return svg
  }
}
