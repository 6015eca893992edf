/// A sum passed what 64 bits of sen hold: about 92 quadrillion rupiah.
public struct Overflow: Error, Sendable {}

/// An amount of rupiah, in whole sen, with checked sums.
public struct Money: Sendable, Hashable, Comparable {
  /// The amount in sen (1/100 rupiah).
  public var sen: Int64

  /// An amount of sen.
  @inline(__always) public init(sen: Int64) { self.sen = sen }

  /// Nothing.
  public static let zero = Money(sen: 0)

  /// The sum; throws `Overflow`.
  @inline(__always) public func adding(_ other: Money) throws(Overflow) -> Money {
    let (value, overflow) = sen.addingReportingOverflow(other.sen)
    if overflow { throw Overflow() }
    return Money(sen: value)
  }

  /// The difference; throws `Overflow`.
  @inline(__always) public func subtracting(_ other: Money) throws(Overflow) -> Money {
    let (value, overflow) = sen.subtractingReportingOverflow(other.sen)
    if overflow { throw Overflow() }
    return Money(sen: value)
  }

  /// Order of amounts.
  @inline(__always) public static func < (left: Money, right: Money) -> Bool { left.sen < right.sen }

  /// Splits an amount in proportion to weights (all >= 0, not all 0) by largest remainder; ties go to the earlier
  /// weight. The parts always add up to the amount (Hamilton's method).
  ///
  /// Throws `Overflow` when the weights' sum does not fit.
  public func split(by weights: [Int64]) throws(Overflow) -> [Int64] {
    var total: Int64 = 0
    for weight in weights {
      let (sum, overflow) = total.addingReportingOverflow(weight)
      if overflow { throw Overflow() }
      total = sum
    }
    guard total > 0 else { throw Overflow() }
    var parts = [Int64](repeating: 0, count: weights.count)
    var remainders = [(rest: Int128, index: Int)]()
    remainders.reserveCapacity(weights.count)
    var given: Int64 = 0
    let amount = Int128(sen.magnitude)
    for (i, weight) in weights.enumerated() {
      let product = amount * Int128(weight)
      parts[i] = Int64(truncatingIfNeeded: product / Int128(total))
      given += parts[i]
      remainders.append((product % Int128(total), i))
    }
    remainders.sort { $0.rest != $1.rest ? $0.rest > $1.rest : $0.index < $1.index }
    var left = Int64(truncatingIfNeeded: amount - Int128(given))
    for entry in remainders where left > 0 {
      parts[entry.index] += 1
      left -= 1
    }
    return sen < 0 ? parts.map { -$0 } : parts
  }

  /// Splits an amount in `count` parts as equal as whole sen allow, larger parts first.
  public func split(equally count: Int) -> [Int64] {
    guard count > 0 else { return [] }
    let (each, rest) = sen.quotientAndRemainder(dividingBy: Int64(count))
    return (0..<count).map { each + (Int64($0) < rest.magnitude ? rest.signum() : 0) }
  }
}
