import CKernels

/// Operations on numbers that are not hot.
enum Arithmetic {
  /// The remainder, with the sign of the divisor: exact for exact sides.
  static func modulo(_ x: Number, _ y: Number) -> Number {
    if x.isAbsent { return x }
    if y.isAbsent { return y }
    guard Number.order(y, .zero) != 0 else { return .undefined }
    return x - floored(x / y) * y
  }

  /// Powers: whole exponents by repeated squaring, exact while they fit; others through logarithms.
  static func power(_ base: Number, _ exponent: Number) -> Number {
    if base.isAbsent { return base }
    if exponent.isAbsent { return exponent }
    guard let whole = exponent.whole, whole.magnitude <= 4096 else {
      let value = base.real
      if value < 0 { return .undefined }
      if value == 0 { return Number.order(exponent, .zero) == 1 ? .zero : .undefined }
      let result = Elementary.exponential(exponent.real * Elementary.logarithm(value))
      return result.isFinite ? Number(real: result) : .undefined
    }
    var result = Number(1)
    var factor = base
    var left = whole.magnitude
    while left > 0 {
      if left & 1 == 1 { result = result * factor }
      left >>= 1
      if left > 0 { factor = factor * factor }
    }
    return whole < 0 ? Number(1) / result : result
  }

  /// The nearest whole number, halves to even.
  static func rounded(_ x: Number) -> Number {
    if x.isAbsent { return x }
    if let whole = x.roundedHalfEven { return Number(whole) }
    return Number(real: x.real.rounded(.toNearestOrEven))
  }

  /// The greatest whole number not above.
  static func floored(_ x: Number) -> Number {
    if x.b == 1 || x.isAbsent { return x }
    if x.b > 1 {
      let (quotient, rest) = x.a.quotientAndRemainder(dividingBy: x.b)
      return Number(rest < 0 ? quotient - 1 : quotient)
    }
    return Number(real: x.real.rounded(.down))
  }
}

/// Elementary functions of our own: the same bits on every machine, which the C library does not promise.
enum Elementary {
  /// e^x.
  static func exponential(_ x: Double) -> Double { plan_exp(x) }
  /// The natural logarithm of x > 0.
  static func logarithm(_ x: Double) -> Double { plan_log(x) }
  /// The hyperbolic tangent.
  static func tangent(_ x: Double) -> Double { plan_tanh(x) }
  /// x^y for x >= 0.
  static func power(_ x: Double, _ y: Double) -> Double { plan_pow(x, y) }
  /// The value below which a share 0 < p < 1 of a standard normal distribution lies.
  static func normalQuantile(_ p: Double) -> Double { plan_normal_quantile(p) }
}
