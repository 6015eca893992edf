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
  private static let ln2High = 6.931_471_803_691_238_164_90e-01
  private static let ln2Low = 1.908_214_929_270_587_700_02e-10

  /// e^x: argument reduction by ln 2 in two parts, then a Taylor polynomial of degree 13 on |r| <= ln2/2.
  static func exponential(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.78 { return .infinity }
    if x < -745.1 { return 0 }
    let n = (x * 1.442_695_040_888_963_4).rounded(.toNearestOrEven)
    let r = (x - n * ln2High) - n * ln2Low
    var sum = 1.0
    var i = 13.0
    while i >= 1 {
      sum = 1 + r * sum / i
      i -= 1
    }
    let whole = Int(n)
    let half = whole / 2
    return sum * power(ofTwo: half) * power(ofTwo: whole - half)
  }

  /// Natural logarithm of x > 0: mantissa in [sqrt(1/2), sqrt(2)), series of atanh.
  static func logarithm(_ x: Double) -> Double {
    if x.isNaN || x < 0 { return .nan }
    if x == 0 { return -.infinity }
    if x == .infinity { return x }
    var exponent = Double(x.exponent)
    var m = x.significand
    if m > 1.414_213_562_373_095_1 {
      m /= 2
      exponent += 1
    }
    let s = (m - 1) / (m + 1)
    let z = s * s
    var sum = 0.0
    var k = 23.0
    while k >= 1 {
      sum = sum * z + 1 / k
      k -= 2
    }
    return exponent * ln2High + (2 * s * sum + exponent * ln2Low)
  }

  private static func power(ofTwo n: Int) -> Double {
    n >= -1022 && n <= 1023 ? Double(sign: .plus, exponent: n, significand: 1) : n < 0 ? 0 : .infinity
  }
}
