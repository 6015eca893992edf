/// What an answer about many scenarios found, kept in the session for exports and reports.
struct Study: Sendable {
  /// Which question it answers.
  enum Kind: Sendable { case simulation, sensitivity, sweep, stress }
  var kind: Kind
  /// The statement asked.
  var statement: String
  /// What was answered.
  var document: Document
  /// The same as a table; made when asked for.
  var sheet: @Sendable () -> Sheet
  /// Its charts as SVG; made when asked for.
  var charts: @Sendable () -> [String]
}

extension Session {
  /// How many answers are kept.
  private static let kept = 24

  /// The session without its answers: what a kept answer may hold on to.
  var alone: Session {
    var copy = self
    copy.studies = []
    return copy
  }

  /// Keeps an answer for the exports and reports that follow.
  mutating func keep(_ study: Study) {
    if studies.count >= Self.kept { studies.removeFirst() }
    studies.append(study)
  }

  /// A figure of a table: money in sen, percentages in points, with the digits that draws can tell.
  static func cell(_ value: Double, _ type: ValueType, _ plan: Plan) -> Sheet.Cell {
    guard value.isFinite else { return .empty }
    switch type {
    case .money: return Number(real: (value / 100).rounded() * 100).roundedHalfEven.map { .money($0) } ?? .empty
    case .number(let unit) where plan.units.indices.contains(unit.index) && plan.units[unit.index].isPercent:
      return .number(Number(real: short(value * 100, -1)))
    default: return .number(Number(real: short(value, -1)))
    }
  }
}

/// The draws of one figure, summed up: what charts, tables and plots are made of.
struct Spread: Sendable {
  /// The values below which 10, 25, 50, 75 and 90 % lie.
  var shares: [Double]
  var mean: Double
  var least: Double
  var greatest: Double
  var absent: UInt64
  /// Forty bars from the 0,5 % to the 99,5 % value, and these ends.
  var bars: [Double]
  var low: Double
  var high: Double

  init(_ tally: Tally) {
    shares = [0.1, 0.25, 0.5, 0.75, 0.9].map { tally.quantile($0) }
    (mean, least, greatest, absent) = (tally.mean, tally.least, tally.greatest, tally.absent)
    (low, high) = (tally.quantile(0.005), tally.quantile(0.995))
    bars = tally.bars(40, low, high)
  }
}

extension Tally {
  /// How many draws lie in each of so many equal parts between two ends; what lies beyond counts at the ends.
  func bars(_ count: Int, _ low: Double, _ high: Double) -> [Double] {
    var bars = [Double](repeating: 0, count: count)
    guard high > low else { return bars }
    let width = scale / Double(bins.count - 2)
    for (at, here) in bins.enumerated() where here > 0 {
      let place = (self.low + (Double(at) - 0.5) * width - low) / (high - low) * Double(count)
      bars[min(count - 1, max(0, Int(place)))] += Double(here)
    }
    return bars
  }
}
