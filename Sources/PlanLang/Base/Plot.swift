/// Lines over the same steps, with the bands they are to lie in: drawn with what the page can show.
public struct Plot: Sendable {
  /// A line: one value a step, nil where there is none.
  public struct Line: Sendable {
    /// What it shows.
    public var name: String
    /// Its values.
    public var values: [Double?]
    /// A line.
    public init(_ name: String, _ values: [Double?]) {
      self.name = name
      self.values = values
    }
  }
  /// A band: a low and a high a step.
  public struct Band: Sendable {
    /// What it shows.
    public var name: String
    /// The lower ends.
    public var lows: [Double?]
    /// The upper ends.
    public var highs: [Double?]
    /// A band.
    public init(_ name: String, _ lows: [Double?], _ highs: [Double?]) {
      self.name = name
      self.lows = lows
      self.highs = highs
    }
  }
  /// What stands below: years.
  public var steps: [String]
  /// The lines, the first drawn solid.
  public var lines: [Line]
  /// The bands.
  public var bands: [Band]
  /// What stands beside: values with their words, from the lowest; all that is drawn lies between the first and last.
  public var ticks: [(value: Double, label: String)]

  /// A plot.
  public init(steps: [String], lines: [Line], bands: [Band], ticks: [(value: Double, label: String)]) {
    self.steps = steps
    self.lines = lines
    self.bands = bands
    self.ticks = ticks
  }

  /// Round values that hold two others, at most six of them, 1, 2 or 5 times a power of ten apart.
  public static func ticks(from low: Double, to high: Double) -> [Double] {
    guard low.isFinite, high.isFinite, high >= low else { return [] }
    var span = high - low
    if span == 0 { span = max(abs(high) * 0.1, 1e-9) }
    var step = 1.0
    while step * 5 < span, step < 1e300 { step *= 10 }
    while step * 0.5 >= span, step > 1e-300 { step /= 10 }
    for share in [0.1, 0.2, 0.5, 1] where span / (step * share) <= 4 {
      step *= share
      break
    }
    var ticks = [(low / step).rounded(.down) * step]
    while let last = ticks.last, last < high - step * 1e-9 || ticks.count < 2, ticks.count < 8 {
      ticks.append((last / step).rounded() * step + step)
    }
    return ticks
  }

  /// A series as one row of eight heights; a space where there is no value, nothing when there are too few.
  public static func spark(_ values: [Double?]) -> String {
    let known = values.compactMap { $0 }.filter(\.isFinite)
    guard known.count >= 3, let low = known.min(), let high = known.max(), high > low else { return "" }
    let marks = Array("▁▂▃▄▅▆▇█")
    return String(
      values.map { value in
        guard let value, value.isFinite else { return " " }
        return marks[min(Int((value - low) / (high - low) * 8), 7)]
      })
  }
}
