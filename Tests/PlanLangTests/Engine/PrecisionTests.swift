import CKernels
import Testing

/// A figure as the unevaluated sum of two Doubles, about 106 bits: made of additions and multiplications alone, so that
/// the reference hangs on no library of elementary functions.
struct Wide {
  var high: Double
  var low: Double

  init(_ high: Double, _ low: Double = 0) {
    self.high = high + low
    self.low = (high - self.high) + low
  }

  /// x + y and x y without any error.
  private static func sum(_ x: Double, _ y: Double) -> (Double, Double) {
    let s = x + y
    let v = s - x
    return (s, (x - (s - v)) + (y - v))
  }
  private static func split(_ x: Double) -> (Double, Double) {
    let t = 134_217_729 * x
    let high = t - (t - x)
    return (high, x - high)
  }
  private static func product(_ x: Double, _ y: Double) -> (Double, Double) {
    let p = x * y
    let ((a, b), (c, d)) = (split(x), split(y))
    return (p, ((a * c - p) + a * d + b * c) + b * d)
  }

  static func + (x: Wide, y: Wide) -> Wide {
    var (s, e) = sum(x.high, y.high)
    let (t, f) = sum(x.low, y.low)
    (s, e) = sum(s, e + t)
    return Wide(s, e + f)
  }
  static prefix func - (x: Wide) -> Wide { Wide(-x.high, -x.low) }
  static func - (x: Wide, y: Wide) -> Wide { x + -y }
  static func * (x: Wide, y: Wide) -> Wide {
    let (p, e) = product(x.high, y.high)
    return Wide(p, e + (x.high * y.low + x.low * y.high))
  }
  static func / (x: Wide, y: Wide) -> Wide {
    // Long division, a Double's worth of digits at a time.
    let first = x.high / y.high
    var rest = x - y * Wide(first)
    let second = rest.high / y.high
    rest = rest - y * Wide(second)
    return Wide(first) + Wide(second, rest.high / y.high)
  }

  static let ln2 = Wide(0.6931471805599453, 2.3190468138462996e-17)

  /// e^x by halving the argument until Taylor's series is short.
  var exponential: Wide {
    let whole = (high / 0.6931471805599453).rounded()
    var r = self - Wide.ln2 * Wide(whole)
    for _ in 0..<8 { r = Wide(r.high * 0.5, r.low * 0.5) }
    var (term, total) = (Wide(1), Wide(1))
    for i in 1...14 {
      term = term * r / Wide(Double(i))
      total = total + term
    }
    for _ in 0..<8 { total = total * total }
    var left = whole
    while left != 0 {
      let step = max(-1000, min(1000, left))
      let power = Double(sign: .plus, exponent: Int(step), significand: 1)
      total = Wide(total.high * power, total.low * power)
      left -= step
    }
    return total
  }

  /// ln x by Halley's iteration on e^y = x, from any start that is near.
  func logarithm(near start: Double) -> Wide {
    var y = Wide(start)
    for _ in 0..<2 {
      let e = y.exponential
      y = y + Wide(2) * ((self - e) / (self + e))
    }
    return y
  }

  /// tanh x = (e^2x - 1) / (e^2x + 1); near 0 by the quotient of the series of sinh and cosh.
  var tangent: Wide {
    if abs(high) > 0.25 {
      let e = (self + self).exponential
      return (e - Wide(1)) / (e + Wide(1))
    }
    let square = self * self
    var (odd, even) = (self, Wide(1))
    var (sinh, cosh) = (odd, even)
    for i in 1...14 {
      odd = odd * square / Wide(Double(2 * i * (2 * i + 1)))
      even = even * square / Wide(Double(2 * i * (2 * i - 1)))
      sinh = sinh + odd
      cosh = cosh + even
    }
    return sinh / cosh
  }

  /// How far a Double lies from it, in units of the last place of the nearest Double.
  func distance(_ value: Double) -> Double {
    let gap = (Wide(value) - self)
    return abs((gap.high + gap.low) / high.ulp)
  }
}

/// The bounds that the header of the kernels states, against a reference of twice the digits.
@Suite struct PrecisionTests {
  /// The largest error over a range, spread evenly or by powers.
  static func worst(_ range: ClosedRange<Double>, byPowers: Bool = false, seed: UInt64, _ own: (Double) -> Double, _ truth: (Double) -> Wide) -> Double {
    var random = Draws(state: seed)
    var worst = 0.0
    for _ in 0..<3000 {
      var x = Double.random(in: byPowers ? -1...1 : range, using: &random)
      if byPowers { x = Double(sign: .plus, exponent: Int.random(in: Int(range.lowerBound)...Int(range.upperBound), using: &random), significand: 1 + abs(x)) }
      worst = max(worst, truth(x).distance(own(x)))
    }
    return worst
  }

  @Test func theReferenceKnowsItsConstants() {
    let e = Wide(1).exponential
    #expect(e.high == 2.718281828459045 && abs(e.low - 1.4456468917292502e-16) < 1e-30)
    let ten = Wide(10).logarithm(near: 2.3)
    #expect(ten.high == 2.302585092994046 && abs(ten.low - -2.1707562233822494e-16) < 1e-26)
    #expect(abs((Wide(0.25 + 0.25).tangent - (Wide(0.25).tangent + Wide(0.25).tangent) / (Wide(1) + Wide(0.25).tangent * Wide(0.25).tangent)).high) < 1e-30)
  }

  @Test func theExponentialKeepsItsBound() {
    for (range, seed) in [(-700.0...700.0, 1), (-1.0...1.0, 2), (-1e-6...1e-6, 3), (600.0...709.0, 4)] as [(ClosedRange<Double>, UInt64)] {
      let worst = Self.worst(range, seed: seed, plan_exp) { Wide($0).exponential }
      #expect(worst < 1.5, "\(range): \(worst)")
    }
  }

  @Test func theLogarithmKeepsItsBound() {
    for (range, seed) in [(0.5...2.0, 5), (0.99...1.01, 6), (1e-3...1e3, 7)] as [(ClosedRange<Double>, UInt64)] {
      let worst = Self.worst(range, seed: seed, plan_log) { Wide($0).logarithm(near: plan_log($0)) }
      #expect(worst < 1.5, "\(range): \(worst)")
    }
    // Over all powers of two whose exponential the reference can still hold.
    let worst = Self.worst(-900...900, byPowers: true, seed: 8, plan_log) { Wide($0).logarithm(near: plan_log($0)) }
    #expect(worst < 1.5, "\(worst)")
  }

  @Test func theTangentKeepsItsBound() {
    for (range, seed) in [(-3.0...3.0, 9), (-0.625...0.625, 10), (-1e-3...1e-3, 11), (3.0...20.0, 12)] as [(ClosedRange<Double>, UInt64)] {
      let worst = Self.worst(range, seed: seed, plan_tanh) { Wide($0).tangent }
      #expect(worst < 1.5, "\(range): \(worst)")
    }
  }

  /// A power loses what its logarithm loses, times the exponent's size.
  @Test func powersKeepTheirBound() {
    var random = Draws(state: 13)
    for _ in 0..<3000 {
      let (x, y) = (Double.random(in: 1e-3...1e3, using: &random), Double.random(in: -4...4, using: &random))
      let log = Wide(x).logarithm(near: plan_log(x))
      let size = abs(y * log.high)
      let error = (log * Wide(y)).exponential.distance(plan_pow(x, y))
      #expect(error < 2 + 3 * size, "\(x)^\(y): \(error)")
    }
  }
}
