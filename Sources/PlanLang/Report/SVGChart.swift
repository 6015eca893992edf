/// Charts as SVG text: sizes in CSS pixels, colours by class, figures as the page writes them.
public enum SVGChart {
  /// A bar chart's row: a label and its values, one a series.
  public struct Bar: Sendable {
    /// What the row is about.
    public var label: String
    /// A value for each series.
    public var values: [Double]
    /// What a reader sees on each bar.
    public var words: [String]
    /// A row.
    public init(label: String, values: [Double], words: [String]) {
      self.label = label
      self.values = values
      self.words = words
    }
  }

  static func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    guard tenths.isFinite, abs(tenths) < 1e15 else { return "0" }
    let whole = Int(tenths)
    let sign = whole < 0 ? "-" : ""
    return whole % 10 == 0 ? "\(whole / 10)" : "\(sign)\(abs(whole) / 10).\(abs(whole) % 10)"
  }

  static func text(_ x: Double, _ y: Double, _ words: String, _ anchor: String = "start", _ style: String = "")
    -> String
  {
    let kind = style.isEmpty ? "" : " class=\"\(style)\""
    return
      "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\"\(kind)>\(HTMLText.escaped(words))</text>"
  }

  /// A rectangle; with a tooltip when there are words for it.
  static func rect(
    _ style: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ words: String = ""
  ) -> String {
    let place = "x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\""
    let open = "<rect class=\"\(style)\" \(place)"
    return words.isEmpty ? open + "/>" : open + "><title>\(HTMLText.escaped(words))</title></rect>"
  }

  /// A line.
  static func line(_ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    "<line class=\"\(style)\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\"/>"
  }

  static func open(_ width: Double, _ height: Double, _ title: String) -> String {
    "<svg viewBox=\"0 0 \(number(width)) \(number(height))\" role=\"img\" aria-label=\"\(HTMLText.escaped(title))\">"
  }

  /// A label cut to about so many letters.
  static func short(_ label: String, _ letters: Int) -> String {
    label.count <= letters ? label : String(label.prefix(letters - 1)) + "…"
  }

  /// Horizontal bars, the series of a row below one another; the longest is as long as there is room unless `most` says
  /// what that length is.
  public static func bars(_ rows: [Bar], title: String, most full: Double? = nil) -> String {
    let width = 720.0
    let left = 220.0
    let most = full ?? rows.flatMap(\.values).map(abs).max() ?? 0
    guard most > 0 else { return "" }
    let series = Double(rows.map(\.values.count).max() ?? 1)
    let step = series * 12 + 10
    let height = Double(rows.count) * step + 6
    var svg = open(width, height, title)
    for (at, row) in rows.enumerated() {
      let top = Double(at) * step + 4
      svg += text(left - 8, top + step / 2, short(row.label, 30), "end")
      for (i, value) in row.values.enumerated() {
        let length = abs(value) / most * (width - left - 110)
        let y = top + Double(i) * 12
        let tip = row.label + ": " + row.words[i]
        svg += rect("s\(i)", left, y, max(length, 0.5), 10, tip)
        svg += text(left + length + 5, y + 9, row.words[i], "start", "small")
      }
    }
    return svg + "</svg>"
  }

  /// Bars that go left or right of an edge: how far each rule is from breaking, as a share of its threshold.
  public static func slack(_ rows: [(label: String, share: Double, words: String)], title: String) -> String {
    let width = 720.0
    let middle = 430.0
    let height = Double(rows.count) * 20 + 8
    var svg = open(width, height, title)
    svg += line("axis", middle, 0, middle, height)
    for (at, row) in rows.enumerated() {
      let y = Double(at) * 20 + 4
      let length = min(abs(row.share), 1) * 110
      let x = row.share < 0 ? middle - length : middle
      svg += text(300, y + 11, short(row.label, 44), "end")
      svg += rect(row.share < 0 ? "fbad" : "fgood", x, y, max(length, 1), 13, row.words)
      svg += text(middle + 118, y + 11, short(row.words, 26), "start", "small")
    }
    return svg + "</svg>"
  }

  /// One line of a path chart: a value for each year, nil where there is none.
  public struct Path: Sendable {
    /// The values by year.
    public var values: [Double?]
    /// The class of the stroke: `target`, `without`, `base` or `now`.
    public var style: String
    /// A line.
    public init(values: [Double?], style: String) {
      self.values = values
      self.style = style
    }
  }

  /// A small chart of an indicator: lines over the years, a band where targets are ranges.
  public static func paths(
    _ lines: [Path], band: [(low: Double, high: Double)?], years: [Int], title: String, axis: (Double) -> String
  ) -> String {
    let (width, height, left, bottom) = (340.0, 170.0, 44.0, 150.0)
    let all = lines.flatMap { $0.values.compactMap { $0 } } + band.compactMap { $0?.low } + band.compactMap { $0?.high }
    guard var low = all.min(), var high = all.max(), years.count > 1 else { return "" }
    if low == high { (low, high) = (low - 1, high + 1) }
    let margin = (high - low) * 0.08
    (low, high) = (low - margin, high + margin)
    func x(_ at: Int) -> Double { left + Double(at) / Double(years.count - 1) * (width - left - 14) }
    func y(_ value: Double) -> Double { bottom - (value - low) / (high - low) * (bottom - 26) }
    var svg = open(width, height, title)
    svg += text(4, 14, short(title, 46), "start", "label")
    for (at, year) in years.enumerated() { svg += text(x(at), 165, String(year), "middle", "small") }
    for value in [low + margin, high - margin] {
      svg += line("grid", left, y(value), width - 10, y(value))
      svg += text(left - 5, y(value) + 4, axis(value), "end", "small")
    }
    let edges = band.enumerated().compactMap { at, range in range.map { (at, $0) } }
    if edges.count > 1 {
      let upper = edges.map { "\(number(x($0.0))),\(number(y($0.1.high)))" }
      let lower = edges.reversed().map { "\(number(x($0.0))),\(number(y($0.1.low)))" }
      svg += "<polygon class=\"band\" points=\"\((upper + lower).joined(separator: " "))\"/>"
    }
    for line in lines {
      let points = line.values.enumerated().compactMap { at, value in value.map { (x(at), y($0)) } }
      let list = points.map { "\(number($0.0)),\(number($0.1))" }.joined(separator: " ")
      svg += "<polyline class=\"p \(line.style)\" points=\"\(list)\"/>"
      if line.style != "target", line.style != "without" {
        for point in points {
          svg += "<circle class=\"\(line.style)\" cx=\"\(number(point.0))\" cy=\"\(number(point.1))\" r=\"2.4\"/>"
        }
      }
    }
    return svg + "</svg>"
  }
}
