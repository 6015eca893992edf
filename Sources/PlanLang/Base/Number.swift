/// A quantity as the engine carries it: an exact ratio of two 64-bit integers while it fits, the nearest Double
/// when it no longer does, or nothing at all. 16 bytes, trivial: also the register of the formula code.
///
/// Money is a number of sen. Ratios are not reduced while they fit, so that shares of one total add up exactly.
public struct Number: Sendable, Hashable, BitwiseCopyable {
  /// The numerator; the bit pattern of a Double when `b` is 0; the reason when `b` is -1.
  public var a: Int64
  /// The denominator (> 0), 0 for a Double, -1 for an absence.
  public var b: Int64

  /// A number from its two words.
  @inline(__always) public init(a: Int64, b: Int64) {
    self.a = a
    self.b = b
  }
  /// A whole number.
  @inline(__always) public init(_ whole: Int64) { self.init(a: whole, b: 1) }
  /// A Double.
  @inline(__always) public init(real: Double) { self.init(a: Int64(bitPattern: real.bitPattern), b: 0) }
  /// A decimal `mantissa / 10^scale`; scale 0...18.
  public init(mantissa: Int64, scale: Int) {
    self.init(a: mantissa, b: Self.powers[min(max(scale, 0), 18)])
  }
  /// A truth value: 1 or 0.
  @inline(__always) public init(_ truth: Bool) { self.init(a: truth ? 1 : 0, b: 1) }

  /// Zero.
  public static let zero = Number(0)
  /// A figure that the document does not give at the asked depth ("tidak dirinci").
  public static let notDetailed = Number(a: 1, b: -1)
  /// A figure that was not declared.
  public static let undeclared = Number(a: 2, b: -1)
  /// A figure that cannot be computed: division by zero, a formula without meaning here.
  public static let undefined = Number(a: 3, b: -1)

  /// No figure yet: what the least and greatest start from; never a value that is shown.
  static let nothing = Number(a: 0, b: -1)

  /// Whether there is no figure.
  @inline(__always) public var isAbsent: Bool { b < 0 }
  /// Whether the figure is exact.
  @inline(__always) public var isExact: Bool { b > 0 }
  /// The nearest Double; NaN for an absence.
  public var real: Double {
    if b == 1 { return Double(a) }
    if b > 0 { return Double(a) / Double(b) }
    return b == 0 ? Double(bitPattern: UInt64(bitPattern: a)) : .nan
  }
  /// The whole number it is exactly, or nil.
  public var whole: Int64? {
    if b == 1 { return a }
    if b > 0 { return a % b == 0 ? a / b : nil }
    let value = real
    return b == 0 && value.rounded() == value && value.magnitude < 9.0e15 ? Int64(value) : nil
  }

  /// 10^0 ... 10^18.
  static let powers: [Int64] = {
    var values: [Int64] = [1]
    for _ in 0..<18 { values.append(values[values.count - 1] * 10) }
    return values
  }()

  /// The exact ratio of two wide integers, reduced only when it must be; a Double when even that does not fit.
  static func ratio(_ n: Int128, _ d: Int128) -> Number {
    if d == 0 { return .undefined }
    let (top, bottom) = d < 0 ? (0 - n, 0 - d) : (n, d)
    if let a = Int64(exactly: top), let b = Int64(exactly: bottom) { return Number(a: a, b: b) }
    var (x, y) = (top.magnitude, bottom.magnitude)
    while y != 0 { (x, y) = (y, x % y) }
    let divisor = Int128(x)
    if let a = Int64(exactly: top / divisor), let b = Int64(exactly: bottom / divisor) { return Number(a: a, b: b) }
    return Number(real: Double(top) / Double(bottom))
  }

  /// The sum.
  @inline(__always) public static func + (x: Number, y: Number) -> Number {
    if x.b == y.b, x.b > 0 {
      let (sum, overflow) = x.a.addingReportingOverflow(y.a)
      if !overflow { return Number(a: sum, b: x.b) }
    }
    return addSlowly(x, y)
  }
  @inline(never) private static func addSlowly(_ x: Number, _ y: Number) -> Number {
    if x.isAbsent { return x }
    if y.isAbsent { return y }
    if x.isExact && y.isExact {
      if x.b == y.b { return ratio(Int128(x.a) + Int128(y.a), Int128(x.b)) }
      // |a*d| < 2^126 each: the sum of two such products fits in Int128.
      return ratio(Int128(x.a) * Int128(y.b) + Int128(y.a) * Int128(x.b), Int128(x.b) * Int128(y.b))
    }
    return Number(real: x.real + y.real).orUndefined
  }

  /// The opposite.
  public static prefix func - (x: Number) -> Number {
    if x.b > 0 { return x.a == .min ? Number(real: -x.real) : Number(a: -x.a, b: x.b) }
    return x.b == 0 ? Number(real: -x.real) : x
  }
  /// The difference.
  @inline(__always) public static func - (x: Number, y: Number) -> Number {
    if x.b == y.b, x.b > 0 {
      let (rest, overflow) = x.a.subtractingReportingOverflow(y.a)
      if !overflow { return Number(a: rest, b: x.b) }
    }
    return x + (-y)
  }
  /// The product.
  @inline(__always) public static func * (x: Number, y: Number) -> Number {
    if x.b == 1, y.b == 1 {
      let (product, overflow) = x.a.multipliedReportingOverflow(by: y.a)
      if !overflow { return Number(a: product, b: 1) }
    }
    if x.b > 0, y.b > 0 {
      let (top, isTopWide) = x.a.multipliedReportingOverflow(by: y.a)
      let (bottom, isBottomWide) = x.b.multipliedReportingOverflow(by: y.b)
      if !isTopWide, !isBottomWide { return Number(a: top, b: bottom) }
    }
    if x.b > 0, y.b > 0 { return ratio(Int128(x.a) * Int128(y.a), Int128(x.b) * Int128(y.b)) }
    if x.isAbsent { return x }
    if y.isAbsent { return y }
    return Number(real: x.real * y.real).orUndefined
  }
  /// The quotient; `undefined` when the divisor is zero.
  public static func / (x: Number, y: Number) -> Number {
    if x.isAbsent { return x }
    if y.isAbsent { return y }
    if x.isExact && y.isExact { return ratio(Int128(x.a) * Int128(y.b), Int128(x.b) * Int128(y.a)) }
    let divisor = y.real
    return divisor == 0 ? .undefined : Number(real: x.real / divisor).orUndefined
  }
  private var orUndefined: Number { real.isFinite ? self : .undefined }

  /// -1, 0 or 1 as the left is less than, equal to or more than the right: exactly, when both are exact; nil when
  /// one is absent.
  @inline(__always) public static func order(_ x: Number, _ y: Number) -> Int? {
    if x.b == y.b, x.b > 0 { return x.a < y.a ? -1 : x.a == y.a ? 0 : 1 }
    if x.isAbsent || y.isAbsent { return nil }
    if x.isExact && y.isExact {
      let (left, right) = (Int128(x.a) * Int128(y.b), Int128(y.a) * Int128(x.b))
      return left < right ? -1 : left == right ? 0 : 1
    }
    return x.real < y.real ? -1 : x.real == y.real ? 0 : 1
  }

  /// The nearest whole number, halves to even; nil when absent or beyond 64 bits.
  public var roundedHalfEven: Int64? {
    if b == 1 { return a }
    if b > 0 {
      var (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
      if rest < 0 {
        quotient -= 1
        rest += b
      }
      let twice = UInt64(rest) * 2
      if twice > UInt64(b) || (twice == UInt64(b) && quotient % 2 != 0) { quotient += 1 }
      return quotient
    }
    return b == 0 ? Int64(exactly: real.rounded(.toNearestOrEven)) : nil
  }
}
