import CKernels

/// How figures bend: what decides whether tangents enclose them, so that the best found is the best there is.
///
/// By composition (disciplined convex programming: Grant, Boyd, Ye 2006); a row of one sum that no rule tells is looked
/// at point by point over all that sum can be.
final class Curvature {
  /// How a figure bends.
  enum Bend { case straight, concave, convex, unknown }

  private let forms: Forms
  /// The most each sum can come to.
  private let highest: [Double]
  private var bends: [Bend?]
  private var ranges: [ClosedRange<Double>?]
  private var inputs: [Input?]

  /// What a row hangs on: nothing, one sum, or several.
  private enum Input: Equatable { case none, one(Int32), several }

  /// Looks at a tape whose sums go from zero to these.
  init(_ forms: Forms, highest: [Double]) {
    self.forms = forms
    self.highest = highest
    let count = forms.tape.rows.count
    bends = [Bend?](repeating: nil, count: count)
    ranges = [ClosedRange<Double>?](repeating: nil, count: count)
    inputs = [Input?](repeating: nil, count: count)
  }

  /// How a figure bends.
  func bend(_ number: Number) -> Bend { number.isDrawn ? bend(Int32(truncatingIfNeeded: number.a)) : .straight }

  /// The one sum a figure hangs on, if it hangs on one.
  func onlySum(_ number: Number) -> Int32? {
    guard number.isDrawn, case .one(let sum) = input(Int32(truncatingIfNeeded: number.a)) else { return nil }
    return sum
  }

  private func bend(_ operand: Int32) -> Bend {
    if operand < 0 { return .straight }
    if let known = bends[Int(operand)] { return known }
    var made = composed(forms.tape.rows[Int(operand)])
    if made == .unknown, case .one(let sum) = input(operand) { made = sampled(operand, sum) }
    bends[Int(operand)] = made
    return made
  }

  private func composed(_ row: Tape.Row) -> Bend {
    switch row.op {
    case PLAN_UNIFORM: return .straight
    case PLAN_ADD: return Self.both(bend(row.b), bend(row.c))
    case PLAN_SUBTRACT: return Self.both(bend(row.b), Self.turned(bend(row.c)))
    case PLAN_MULTIPLY:
      if row.b < 0 { return scaled(bend(row.c), constant(row.b)) }
      return row.c < 0 ? scaled(bend(row.b), constant(row.c)) : .unknown
    case PLAN_DIVIDE: return row.c < 0 ? scaled(bend(row.b), 1 / constant(row.c)) : .unknown
    case PLAN_ROUND: return bend(row.b)
    case PLAN_LEAST:
      if let acting = acting(row) { return bend(acting) }
      return [bend(row.b), bend(row.c)].allSatisfy { $0 == .straight || $0 == .concave } ? .concave : .unknown
    case PLAN_GREATEST:
      // A floor that is never reached does nothing; rounding of the last digits is no reach.
      if let acting = acting(row) { return bend(acting) }
      return [bend(row.b), bend(row.c)].allSatisfy { $0 == .straight || $0 == .convex } ? .convex : .unknown
    case PLAN_TANH, PLAN_SQRT, PLAN_LOG:
      return range(row.b).lowerBound >= 0 && (bend(row.b) == .straight || bend(row.b) == .concave) ? .concave : .unknown
    case PLAN_EXP: return bend(row.b) == .straight || bend(row.b) == .convex ? .convex : .unknown
    case PLAN_POW:
      guard row.c < 0, range(row.b).lowerBound >= 0 else { return .unknown }
      let exponent = constant(row.c)
      if exponent > 0, exponent <= 1 { return bend(row.b) == .straight || bend(row.b) == .concave ? .concave : .unknown }
      return exponent >= 1 && (bend(row.b) == .straight || bend(row.b) == .convex) ? .convex : .unknown
    default: return .unknown
    }
  }

  private func constant(_ operand: Int32) -> Double { forms.tape.constants[Int(~operand)] }

  private static func both(_ x: Bend, _ y: Bend) -> Bend { x == .straight ? y : y == .straight || x == y ? x : .unknown }
  private static func turned(_ bend: Bend) -> Bend { bend == .concave ? .convex : bend == .convex ? .concave : bend }
  private func scaled(_ bend: Bend, _ factor: Double) -> Bend { factor == 0 ? .straight : factor > 0 ? bend : Self.turned(bend) }

  // MARK: Ranges

  private func range(_ operand: Int32) -> ClosedRange<Double> {
    if operand < 0 {
      let value = constant(operand)
      return value.isFinite ? value...value : -.infinity ... .infinity
    }
    if let known = ranges[Int(operand)] { return known }
    let made = computed(forms.tape.rows[Int(operand)])
    ranges[Int(operand)] = made
    return made
  }

  private func computed(_ row: Tape.Row) -> ClosedRange<Double> {
    let all = -Double.infinity ... Double.infinity
    func hull(_ ends: [Double]) -> ClosedRange<Double> {
      guard let low = ends.min(), let high = ends.max(), !ends.contains(where: \.isNaN) else { return all }
      return low...high
    }
    switch row.op {
    case PLAN_UNIFORM: return 0...max(0, highest[Int(row.b)])
    case PLAN_NORMAL_QUANTILE, PLAN_NORMAL_SHARE: return all
    case PLAN_ADD: return hull([range(row.b).lowerBound + range(row.c).lowerBound, range(row.b).upperBound + range(row.c).upperBound])
    case PLAN_SUBTRACT: return hull([range(row.b).lowerBound - range(row.c).upperBound, range(row.b).upperBound - range(row.c).lowerBound])
    case PLAN_MULTIPLY:
      let (x, y) = (range(row.b), range(row.c))
      return hull([x.lowerBound * y.lowerBound, x.lowerBound * y.upperBound, x.upperBound * y.lowerBound, x.upperBound * y.upperBound])
    case PLAN_DIVIDE:
      let (x, y) = (range(row.b), range(row.c))
      if y.lowerBound <= 0 && y.upperBound >= 0 { return all }
      return hull([x.lowerBound / y.lowerBound, x.lowerBound / y.upperBound, x.upperBound / y.lowerBound, x.upperBound / y.upperBound])
    case PLAN_LEAST: return hull([min(range(row.b).lowerBound, range(row.c).lowerBound), min(range(row.b).upperBound, range(row.c).upperBound)])
    case PLAN_GREATEST: return hull([max(range(row.b).lowerBound, range(row.c).lowerBound), max(range(row.b).upperBound, range(row.c).upperBound)])
    case PLAN_TANH: return hull([Elementary.tangent(range(row.b).lowerBound), Elementary.tangent(range(row.b).upperBound)])
    case PLAN_ROUND: return range(row.b)
    case PLAN_FLOOR: return hull([range(row.b).lowerBound.rounded(.down), range(row.b).upperBound])
    case PLAN_POW where row.c < 0 && constant(row.c) > 0 && range(row.b).lowerBound >= 0:
      return hull([Elementary.power(range(row.b).lowerBound, constant(row.c)), Elementary.power(range(row.b).upperBound, constant(row.c))])
    case PLAN_SELECT: return hull([range(row.c).lowerBound, range(row.d).lowerBound, range(row.c).upperBound, range(row.d).upperBound])
    case PLAN_LESS, PLAN_LESS_EQUAL, PLAN_EQUAL, PLAN_AND, PLAN_OR, PLAN_NOT, PLAN_IS_FALSE, PLAN_IS_ABSENT: return 0...1
    default: return all
    }
  }

  /// The operand of a least or greatest that always decides; nil where both may.
  func acting(_ row: Tape.Row) -> Int32? {
    let isLeast = row.op == PLAN_LEAST
    let (x, y) = (range(row.b), range(row.c))
    if isLeast ? x.upperBound <= y.lowerBound + 1e-9 : x.lowerBound >= y.upperBound - 1e-9 { return row.b }
    return (isLeast ? y.upperBound <= x.lowerBound + 1e-9 : y.lowerBound >= x.upperBound - 1e-9) ? row.c : nil
  }

  /// Whether a row never falls below zero, but for the last digits.
  func isNeverNegative(_ operand: Int32) -> Bool { range(operand).lowerBound >= -1e-9 }

  // MARK: One sum

  private func input(_ operand: Int32) -> Input {
    if operand < 0 { return .none }
    if let known = inputs[Int(operand)] { return known }
    let row = forms.tape.rows[Int(operand)]
    var made = Input.none
    if row.op == PLAN_UNIFORM {
      made = .one(row.b)
    } else {
      for part in Forms.operands(row) {
        let other = input(part)
        if other == .none || other == made { continue }
        made = made == .none ? other : .several
      }
    }
    inputs[Int(operand)] = made
    return made
  }

  /// Points at which a row of one sum is looked at.
  private static let points = 1024

  /// The values of a row of one sum from zero to the most it can be.
  func profile(_ number: Number, _ sum: Int32) -> [(at: Double, value: Double)] {
    guard number.isDrawn else { return [] }
    var sums = forms.sums
    return (0...Self.points).map { point in
      let at = highest[Int(sum)] * Double(point) / Double(Self.points)
      sums[Int(sum)] = at
      return (at, forms.value(number, sums))
    }
  }

  private func sampled(_ operand: Int32, _ sum: Int32) -> Bend {
    let values = profile(.drawn(operand), sum).map(\.value)
    let size = values.map(\.magnitude).max() ?? 0
    guard size.isFinite, !values.contains(where: \.isNaN) else { return .unknown }
    var (isConcave, isConvex) = (true, true)
    for at in 1..<(values.count - 1) {
      let second = values[at + 1] - 2 * values[at] + values[at - 1]
      if second > 1e-9 * size { isConcave = false }
      if second < -1e-9 * size { isConvex = false }
    }
    return isConcave && isConvex ? .straight : isConcave ? .concave : isConvex ? .convex : .unknown
  }
}
