/// A figure that responses are computed with: a Double, or a row of a tape that computes it for many draws at once.
protocol Quantity {
  /// A figure that is known.
  init(_ known: Double)
  static func + (x: Self, y: Self) -> Self
  static func - (x: Self, y: Self) -> Self
  static func * (x: Self, y: Self) -> Self
  static func / (x: Self, y: Self) -> Self
  /// The lesser and the greater.
  static func least(_ x: Self, _ y: Self) -> Self
  static func greatest(_ x: Self, _ y: Self) -> Self
  /// The greatest whole number not above.
  var roundedDown: Self { get }
  /// The hyperbolic tangent.
  var tangent: Self { get }
  /// A power of a figure that is not negative.
  func raised(to exponent: Self) -> Self
  /// e to the figure, its square root, and the value below which such a share of a standard normal distribution lies.
  var exponential: Self { get }
  var root: Self { get }
  var normalQuantile: Self { get }
  /// `then` where x > y, else `otherwise`.
  static func choose(_ x: Self, over y: Self, _ then: () -> Self, _ otherwise: () -> Self) -> Self
  /// Whether two figures are surely the same.
  static func isSame(_ x: Self, _ y: Self) -> Bool
}

extension Quantity {
  /// The figure kept between two ends.
  func clamped(_ low: Double, _ high: Double) -> Self { Self.least(Self.greatest(self, Self(low)), Self(high)) }
  /// `then` where the figure is above zero, else `otherwise`.
  func ifPositive(_ then: () -> Self, _ otherwise: () -> Self = { Self(0) }) -> Self {
    Self.choose(self, over: Self(0), then, otherwise)
  }
}

extension Double: Quantity {
  static func least(_ x: Double, _ y: Double) -> Double { Swift.min(x, y) }
  static func greatest(_ x: Double, _ y: Double) -> Double { Swift.max(x, y) }
  var roundedDown: Double { rounded(.down) }
  var tangent: Double { Elementary.tangent(self) }
  var exponential: Double { Elementary.exponential(self) }
  var root: Double { squareRoot() }
  var normalQuantile: Double { Elementary.normalQuantile(self) }
  func raised(to exponent: Double) -> Double { Elementary.power(self, exponent) }
  static func choose(_ x: Double, over y: Double, _ then: () -> Double, _ otherwise: () -> Double) -> Double {
    x > y ? then() : otherwise()
  }
  static func isSame(_ x: Double, _ y: Double) -> Bool { x == y }
}
