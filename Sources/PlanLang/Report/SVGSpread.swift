/// Charts of what is not known for sure, and of many cases: fans over the years, distributions, tornadoes, heat maps.
public enum SVGSpread {
  /// What draws came to in a year.
  public struct Band: Sendable {
    /// The year.
    public var year: Int
    /// The values below which 10, 25, 50, 75 and 90 % of the draws lie; empty where there is no figure.
    public var shares: [Double]
    /// The median before the edits, and the target, where there are any.
    public var before: Double?
    /// The target.
    public var target: Double?
    /// A year's draws.
    public init(year: Int, shares: [Double], before: Double? = nil, target: Double? = nil) {
      self.year = year
      self.shares = shares
      self.before = before
      self.target = target
    }
  }

  /// A fan: the range of most draws, of half of them, and the middle, over the years; the target dashed.
  /// `beside` are bands of fans that stand beside it, so that all have one scale.
  public static func fan(_ bands: [Band], beside: [Band] = [], title: String, axis: (Double) -> String) -> String {
    let (width, height, left, bottom) = (720.0, 260.0, 80.0, 228.0)
    let drawn = bands.filter { $0.shares.count == 5 && $0.shares.allSatisfy(\.isFinite) }
    let all = (drawn + beside).flatMap { $0.shares + [$0.before, $0.target].compactMap { $0 } }.filter(\.isFinite)
    guard drawn.count > 1, var low = all.min(), var high = all.max() else { return "" }
    let (first, last) = (drawn[0].year, drawn[drawn.count - 1].year)
    if low == high { (low, high) = (low - 1, high + 1) }
    let margin = (high - low) * 0.06
    (low, high) = (low - margin, high + margin)
    func x(_ year: Int) -> Double { left + Double(year - first) / Double(last - first) * (width - left - 20) }
    func y(_ value: Double) -> Double { bottom - (value - low) / (high - low) * (bottom - 30) }
    func points(_ values: [(Int, Double)]) -> String {
      values.map { "\(SVGChart.number(x($0.0))),\(SVGChart.number(y($0.1)))" }.joined(separator: " ")
    }
    var svg = SVGChart.open(width, height, title)
    svg += SVGChart.text(4, 15, SVGChart.short(title, 90), "start", "label")
    for value in [low + margin, (low + high) / 2, high - margin] {
      svg += SVGChart.line("grid", left, y(value), width - 16, y(value))
      svg += SVGChart.text(left - 6, y(value) + 4, axis(value), "end", "small")
    }
    for (style, lower, upper) in [("wide", 0, 4), ("half", 1, 3)] {
      let outline = drawn.map { ($0.year, $0.shares[upper]) } + drawn.reversed().map { ($0.year, $0.shares[lower]) }
      svg += "<polygon class=\"\(style)\" points=\"\(points(outline))\"/>"
    }
    let targets = drawn.compactMap { one in one.target.map { (one.year, $0) } }
    if targets.count > 1 { svg += "<polyline class=\"p target\" points=\"\(points(targets))\"/>" }
    let before = drawn.compactMap { one in one.before.map { (one.year, $0) } }
    if before.count > 1 { svg += "<polyline class=\"p base\" points=\"\(points(before))\"/>" }
    svg += "<polyline class=\"p now\" points=\"\(points(drawn.map { ($0.year, $0.shares[2]) }))\"/>"
    for one in drawn {
      let (across, down) = (SVGChart.number(x(one.year)), SVGChart.number(y(one.shares[2])))
      let tip = [0, 2, 4].map { axis(one.shares[$0]) }.joined(separator: " · ")
      svg += "<circle class=\"now\" cx=\"\(across)\" cy=\"\(down)\" r=\"3\">"
      svg += "<title>\(one.year): \(HTMLText.escaped(tip))</title></circle>"
      svg += SVGChart.text(x(one.year), 250, String(one.year), "middle", "small")
    }
    return svg + "</svg>"
  }

  /// A distribution: bars of equal width from the least to the greatest figure, and where 10, 50 and 90 % lie;
  /// on a scale from `ends.low` to `ends.high` where others stand beside it.
  public static func distribution(
    _ bars: [Double], low: Double, high: Double, ends: (low: Double, high: Double)? = nil, shares: [Double],
    title: String, axis: (Double) -> String
  ) -> String {
    let (width, left, bottom) = (720.0, 20.0, 150.0)
    guard let top = bars.max(), top > 0, high > low else { return "" }
    let (start, end) = ends.map { (min($0.low, low), max($0.high, high)) } ?? (low, high)
    func place(_ value: Double) -> Double { left + (value - start) / (end - start) * (width - 2 * left) }
    let step = (place(high) - place(low)) / Double(bars.count)
    var svg = SVGChart.open(width, 186, title)
    svg += SVGChart.text(4, 15, SVGChart.short(title, 90), "start", "label")
    for (at, value) in bars.enumerated() where value > 0 {
      let tall = value / top * (bottom - 34)
      svg += SVGChart.rect("node", place(low) + Double(at) * step, bottom - tall, max(step - 1, step / 2), tall)
    }
    svg += SVGChart.line("axis", left, bottom, width - left, bottom)
    var taken = -1e9
    for (name, value) in zip(["P10", "P50", "P90"], shares) where value.isFinite {
      let x = place(value)
      svg += SVGChart.line("mark", x, 26, x, bottom + 4)
      let row = x - taken < 110 ? 180.0 : 166.0
      svg += SVGChart.text(min(max(x, 60), width - 60), row, "\(name) \(axis(value))", "middle", "small")
      taken = x
    }
    return svg + "</svg>"
  }

  /// A tornado's row: what an assumption does to a figure at its low and its high end.
  public struct Swing: Sendable {
    /// The assumption.
    public var label: String
    /// The figure at the assumption's low and high end.
    public var atLow: Double
    /// At the high end.
    public var atHigh: Double
    /// The ends of the assumption in words.
    public var words: (low: String, high: String)
    /// A row.
    public init(label: String, atLow: Double, atHigh: Double, words: (low: String, high: String)) {
      self.label = label
      self.atLow = atLow
      self.atHigh = atHigh
      self.words = words
    }
  }

  /// A tornado: the widest swing on top, around the figure with all assumptions in the middle.
  public static func tornado(_ rows: [Swing], base: Double, title: String, axis: (Double) -> String) -> String {
    let (width, left, right) = (720.0, 250.0, 70.0)
    let reach = rows.flatMap { [abs($0.atLow - base), abs($0.atHigh - base)] }.filter(\.isFinite).max() ?? 0
    guard reach > 0, base.isFinite else { return "" }
    let middle = left + (width - left - right) / 2
    let height = Double(rows.count) * 24 + 58
    func x(_ value: Double) -> Double { middle + (value - base) / reach * (width - left - right) / 2 }
    var svg = SVGChart.open(width, height, title)
    svg += SVGChart.text(4, 15, SVGChart.short(title, 60), "start", "label")
    svg += SVGChart.text(middle, 15, axis(base), "middle", "small")
    for (at, row) in rows.enumerated() where row.atLow.isFinite && row.atHigh.isFinite {
      let top = Double(at) * 24 + 26
      svg += SVGChart.text(left - 60, top + 12, SVGChart.short(row.label, 30), "end")
      for (style, value, words) in [("tlow", row.atLow, row.words.low), ("thigh", row.atHigh, row.words.high)] {
        let (from, to) = (min(x(value), middle), max(x(value), middle))
        svg += SVGChart.rect(style, from, top, max(to - from, 0.5), 16, "\(row.label) \(words): \(axis(value))")
      }
      let (low, high) = (min(row.atLow, row.atHigh), max(row.atLow, row.atHigh))
      svg += SVGChart.text(min(x(low), middle) - 4, top + 12, axis(low), "end", "small")
      svg += SVGChart.text(max(x(high), middle) + 4, top + 12, axis(high), "start", "small")
    }
    for (at, (style, name)) in [("tlow", "P10"), ("thigh", "P90")].enumerated() {
      let x = middle - 48 + Double(at) * 58
      svg += SVGChart.rect(style, x, height - 16, 10, 10) + SVGChart.text(x + 14, height - 7, name, "start", "small")
    }
    return svg + SVGChart.line("axis", middle, 20, middle, height - 20) + "</svg>"
  }

  /// A heat map's cell: its figure, as words; nil where the case was refused.
  public struct Heat: Sendable {
    /// The figure.
    public var value: Double?
    /// The words in the cell.
    public var words: String
    /// Whether a mandatory rule is broken there.
    public var isBroken: Bool
    /// A cell.
    public init(value: Double?, words: String, isBroken: Bool) {
      self.value = value
      self.words = words
      self.isBroken = isBroken
    }
  }

  /// A heat map: the first variable down, the second across; the deeper the colour the greater the figure.
  public static func heat(_ cells: [[Heat]], down: [String], across: [String], title: String) -> String {
    let (width, left) = (720.0, 130.0)
    let values = cells.flatMap { $0.compactMap(\.value) }.filter(\.isFinite)
    guard let low = values.min(), let high = values.max(), !across.isEmpty else { return "" }
    let wide = (width - left - 4) / Double(across.count)
    let letters = Int(wide / 6.6)
    let height = Double(down.count) * 24 + 50
    var svg = SVGChart.open(width, height, title)
    svg += SVGChart.text(4, 15, SVGChart.short(title, 90), "start", "label")
    for (at, words) in across.enumerated() where letters > 2 {
      svg += SVGChart.text(left + (Double(at) + 0.5) * wide, 36, SVGChart.short(words, letters), "middle", "small")
    }
    for (i, row) in cells.enumerated() {
      let top = Double(i) * 24 + 42
      svg += SVGChart.text(left - 8, top + 16, SVGChart.short(down[i], 20), "end", "small")
      for (j, cell) in row.enumerated() {
        let x = left + Double(j) * wide
        guard let value = cell.value, value.isFinite else {
          svg += SVGChart.rect("refused", x + 1, top, wide - 2, 22, "\(down[i]), \(across[j]): \(cell.words)")
          continue
        }
        // Twenty shades, so that the same figures make the same bytes.
        let shade = high > low ? Int(((value - low) / (high - low) * 19).rounded()) : 10
        let opacity = "0.\(shade * 4 + 12)"
        let tip = HTMLText.escaped("\(down[i]), \(across[j]): \(cell.words)")
        let style = cell.isBroken ? "heat broken" : "heat"
        let (from, size) = (SVGChart.number(x + 1), SVGChart.number(wide - 2))
        svg += "<rect class=\"\(style)\" x=\"\(from)\" y=\"\(SVGChart.number(top))\" width=\"\(size)\" height=\"22\""
        svg += " fill-opacity=\"\(opacity)\">"
        svg += "<title>\(tip)</title></rect>"
        if letters > 3 {
          let words = SVGChart.short(cell.words, letters)
          svg += SVGChart.text(x + wide / 2, top + 15, words, "middle", shade > 4 ? "small deep" : "small")
        }
      }
    }
    return svg + "</svg>"
  }
}
