import CKernels

/// A figure as a sum of figures of one sum each, piece by piece linear: what a mixed-integer programme can hold.
///
/// Lumps become steps, thresholds and bends straight pieces; independent reaches that multiply become a sum of their
/// logarithms, where the figure only rises as their product falls.
struct Separable {
  /// A figure of one sum: pieces of it in order, from where the sum is `start` and the figure `value`.
  struct Profile {
    var sum: Int32
    var start: Double
    var value: Double
    var pieces: [(width: Double, rise: Double)]

    /// Where a sum is meant to be, told from what a mixed-integer programme says to a few digits: an end of a piece it
    /// stands next to; on a level, where the level begins; at a step, behind it.
    func settled(_ value: Double) -> Double {
      var ends = [start]
      for piece in pieces { ends.append(ends[ends.count - 1] + piece.width) }
      let size = pieces.reduce(0) { $0 + abs($1.rise) }
      for (row, piece) in pieces.enumerated() {
        let (low, high) = (ends[row], ends[row + 1])
        let slack = 1e-5 * piece.width + 100
        if value > high + slack || row + 1 < pieces.count && value > high - slack && pieces[row + 1].width <= 100 { continue }
        // One who stands at a step, or a little before it for the last digits, means to be behind it.
        if piece.width <= 100, abs(piece.rise) > 1e-9 * size { return Self.told(high) }
        if abs(piece.rise) <= 1e-9 * size { return isRising == false ? high : Self.told(low) }
        return abs(value - high) <= slack ? Self.told(high) : abs(value - low) <= slack ? low : value
      }
      return value
    }

    /// The straight stretch that a sum is meant to be on, as `settled` tells it, and how steeply the figure rises there; a level and a
    /// step are one point.
    func stretch(_ value: Double) -> (low: Double, high: Double, slope: Double) {
      let point = settled(value)
      let size = pieces.reduce(0) { $0 + abs($1.rise) }
      var low = start
      for (row, piece) in pieces.enumerated() {
        let high = low + piece.width
        if point >= low - 1, point <= high + 1, piece.width > 100, abs(piece.rise) > 1e-9 * size {
          // Behind a step the stretch begins where the step is sure to be passed.
          let isBehind = row > 0 && pieces[row - 1].width <= 100
          return (isBehind ? min(Self.told(low), high) : low, high, piece.rise / piece.width)
        }
        low = high
      }
      return (point, point, 0)
    }

    /// A sum in the fewest digits that do not fall below it by more than the last digits of a Double matter.
    static func told(_ value: Double) -> Double {
      for scale in [1e11, 1e10, 1e9, 1e8, 1e7, 1e6, 1e5] {
        let whole = (value / scale).rounded(.up) * scale
        if whole - value <= 4e-9 * value + 100 { return whole }
      }
      return value
    }

    /// Whether it only rises, or only falls; nil where it does both.
    var isRising: Bool? {
      let rises = pieces.map(\.rise)
      let nothing = 1e-9 * rises.reduce(0) { $0 + abs($1) }
      return rises.allSatisfy { $0 >= -nothing } ? true : rises.allSatisfy { $0 <= nothing } ? false : nil
    }
  }
  /// What it is besides, and what it must reach when the figure itself must reach `floor`.
  var linear: Affine
  var parts: [Profile]
  var need: (Double) -> Double
  /// How much of a rise the pieces may miss.
  var error: Double
}

/// Takes figures apart.
struct SeparableReader {
  let forms: Forms
  let curvature: Curvature
  /// The most each sum can come to.
  let highest: [Double]

  /// Pieces of a figure of one sum at most, how often it is looked at for them, and how much of its range they may miss.
  static let pieces = 400
  static let splits = 20_000
  static let tolerance = 1e-4

  private struct Gathered {
    var linear = Affine(0)
    var ofSum: [Int32: [(Double) -> Double]] = [:]
  }

  /// A figure that should be high, taken apart; nil where it cannot be.
  func read(_ figure: Number) -> Separable? {
    guard figure.isDrawn else { return nil }
    let operand = Int32(truncatingIfNeeded: figure.a)
    var gathered = Gathered()
    if gather(operand, 1, &gathered) { return made(gathered) { $0 } }
    // One product under linear steps.
    var (offset, factor) = (0.0, 1.0)
    guard let product = product(under: operand, &offset, &factor), factor < 0 else { return nil }
    var factors: [Int32] = []
    guard flatten(product, &factors) else { return nil }
    gathered = Gathered()
    for one in factors {
      guard let sum = curvature.onlySum(.drawn(one)) else { return nil }
      gathered.ofSum[sum, default: []].append { -plan_log(max(1e-9, value(one, sum, $0))) }
    }
    let (a, b) = (offset, factor)
    return made(gathered) { floor in
      let most = (floor - a) / b
      return most > 0 ? -plan_log(most) : .infinity
    }
  }

  private func value(_ operand: Int32, _ sum: Int32, _ at: Double) -> Double {
    var sums = forms.sums
    sums[Int(sum)] = at
    return forms.value(.drawn(operand), sums)
  }

  private func gather(_ operand: Int32, _ factor: Double, _ gathered: inout Gathered) -> Bool {
    if operand < 0 {
      gathered.linear.constant += factor * forms.tape.constants[Int(~operand)]
      return true
    }
    if case .affine(let affine) = forms.form(.drawn(operand)) {
      gathered.linear = gathered.linear.adding(affine, times: factor)
      return true
    }
    if let sum = curvature.onlySum(.drawn(operand)) {
      gathered.ofSum[sum, default: []].append { factor * value(operand, sum, $0) }
      return true
    }
    let row = forms.tape.rows[Int(operand)]
    func constant(_ x: Int32) -> Double { forms.tape.constants[Int(~x)] }
    switch row.op {
    case PLAN_ADD: return gather(row.b, factor, &gathered) && gather(row.c, factor, &gathered)
    case PLAN_SUBTRACT: return gather(row.b, factor, &gathered) && gather(row.c, -factor, &gathered)
    case PLAN_MULTIPLY where row.b < 0: return gather(row.c, factor * constant(row.b), &gathered)
    case PLAN_MULTIPLY where row.c < 0: return gather(row.b, factor * constant(row.c), &gathered)
    case PLAN_DIVIDE where row.c < 0: return gather(row.b, factor / constant(row.c), &gathered)
    case PLAN_ROUND: return gather(row.b, factor, &gathered)
    case PLAN_LEAST, PLAN_GREATEST: return curvature.acting(row).map { gather($0, factor, &gathered) } ?? false
    default: return false
    }
  }

  /// The product that a figure is a linear figure of: figure = offset + factor * product.
  private func product(under operand: Int32, _ offset: inout Double, _ factor: inout Double) -> Int32? {
    guard operand >= 0 else { return nil }
    let row = forms.tape.rows[Int(operand)]
    func constant(_ x: Int32) -> Double { forms.tape.constants[Int(~x)] }
    switch row.op {
    case PLAN_MULTIPLY where row.b >= 0 && row.c >= 0: return operand
    case PLAN_MULTIPLY:
      factor *= constant(row.b < 0 ? row.b : row.c)
      return product(under: row.b < 0 ? row.c : row.b, &offset, &factor)
    case PLAN_DIVIDE where row.c < 0:
      factor /= constant(row.c)
      return product(under: row.b, &offset, &factor)
    case PLAN_ADD where row.b < 0 || row.c < 0:
      offset += factor * constant(row.b < 0 ? row.b : row.c)
      return product(under: row.b < 0 ? row.c : row.b, &offset, &factor)
    case PLAN_SUBTRACT where row.c < 0:
      offset -= factor * constant(row.c)
      return product(under: row.b, &offset, &factor)
    case PLAN_SUBTRACT where row.b < 0:
      offset += factor * constant(row.b)
      factor = -factor
      return product(under: row.c, &offset, &factor)
    case PLAN_ROUND: return product(under: row.b, &offset, &factor)
    case PLAN_LEAST, PLAN_GREATEST: return curvature.acting(row).flatMap { product(under: $0, &offset, &factor) }
    default: return nil
    }
  }

  /// The factors of a product, each of one sum and never negative.
  private func flatten(_ operand: Int32, _ factors: inout [Int32]) -> Bool {
    guard operand >= 0 else { return false }
    let row = forms.tape.rows[Int(operand)]
    if row.op == PLAN_MULTIPLY, row.b >= 0, row.c >= 0, curvature.onlySum(.drawn(operand)) == nil {
      return flatten(row.b, &factors) && flatten(row.c, &factors)
    }
    guard curvature.onlySum(.drawn(operand)) != nil, curvature.isNeverNegative(operand) else { return false }
    factors.append(operand)
    return true
  }

  // MARK: Pieces

  private func made(_ gathered: Gathered, _ need: @escaping (Double) -> Double) -> Separable? {
    var made = Separable(linear: gathered.linear, parts: [], need: need, error: 0)
    for sum in gathered.ofSum.keys.sorted() {
      let functions = gathered.ofSum[sum] ?? []
      let most = highest[Int(sum)]
      guard most > 0, let part = part(sum, most, { at in functions.reduce(0) { $0 + $1(at) } }) else { return nil }
      made.error += Self.tolerance * abs(part.pieces.map { abs($0.rise) }.reduce(0, +))
      made.parts.append(part)
    }
    return made.parts.isEmpty ? nil : made
  }

  /// Straight pieces of a figure from nothing to the most: split where a piece misses most, jumps kept as steps.
  private func part(_ sum: Int32, _ most: Double, _ figure: (Double) -> Double) -> Separable.Profile? {
    let now = forms.sums[Int(sum)]
    var points = [0, now / 2, now, (now + most) / 2, most].map { ($0, figure($0)) }.sorted { $0.0 < $1.0 }
    points = points.enumerated().filter { $0.offset == 0 || $0.element.0 > points[$0.offset - 1].0 }.map(\.element)
    guard points.allSatisfy({ $0.1.isFinite }) else { return nil }
    let size = (points.map(\.1).max() ?? 0) - (points.map(\.1).min() ?? 0)
    var open = Array(1..<points.count).map { (points[$0 - 1], points[$0]) }
    var settled: [((Double, Double), (Double, Double))] = []
    var next = 0
    while next < open.count {
      let (low, high) = open[next]
      next += 1
      if open.count >= Self.splits || high.0 - low.0 <= 100 || misses(figure, low, high) <= Self.tolerance * size {
        settled.append((low, high))
      } else {
        let middle = ((low.0 + high.0) / 2).rounded()
        let point = (middle, figure(middle))
        open += [(low, point), (point, high)]
      }
    }
    settled.sort { $0.0.0 < $1.0.0 }
    for row in settled.indices where settled[row].1.0 - settled[row].0.0 <= 100 && settled[row].1.1 != settled[row].0.1 {
      // A step is where it is, to the sen: mostly a round figure a little before where halving ended.
      let (low, high) = (settled[row].0.0, settled[row].1)
      for scale in [1e11, 1e10, 1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2] {
        let round = (high.0 / scale).rounded(.down) * scale
        guard round > low, round < high.0, abs(figure(round) - high.1) <= 1e-12 * size else { continue }
        settled[row].1.0 = round
        if row + 1 < settled.count { settled[row + 1].0.0 = round }
        break
      }
    }
    settled = Self.merged(settled, size)
    guard settled.count <= Self.pieces else { return nil }
    let pieces = settled.map { (width: $0.1.0 - $0.0.0, rise: $0.1.1 - $0.0.1) }
    return Separable.Profile(sum: sum, start: settled[0].0.0, value: settled[0].0.1, pieces: pieces)
  }

  /// By how much a straight piece misses a figure at most, looked at in between: at shares of the golden section, which no row of
  /// equal steps falls in with.
  private func misses(_ figure: (Double) -> Double, _ low: (Double, Double), _ high: (Double, Double)) -> Double {
    (1...13).reduce(0.0) { worst, part in
      let share = (Double(part) * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
      return max(worst, abs(figure(low.0 + share * (high.0 - low.0)) - (low.1 + share * (high.1 - low.1))))
    }
  }

  /// Pieces that go on as straight as those before them taken together; steps stay.
  private static func merged(
    _ pieces: [((Double, Double), (Double, Double))], _ size: Double
  ) -> [((Double, Double), (Double, Double))] {
    var made: [((Double, Double), (Double, Double))] = []
    for piece in pieces {
      if let last = made.last, last.1.0 - last.0.0 > 100, piece.1.0 - piece.0.0 > 100 || piece.1.1 == piece.0.1 {
        let share = (last.1.0 - last.0.0) / (piece.1.0 - last.0.0)
        if abs(last.0.1 + share * (piece.1.1 - last.0.1) - last.1.1) <= 1e-2 * tolerance * size {
          made[made.count - 1].1 = piece.1
          continue
        }
      }
      made.append(piece)
    }
    return made
  }
}
