/// A comparison of sums without an interpreter: `x * n / d ? y * m / e`, `x ? figure` or `x / y ? figure`, in whole
/// numbers and with the very figures that running the formula would compare.
struct Flat: Sendable {
  /// The term on the left.
  var left: Int32
  /// The term on the right, or what the left is divided by; -1 where the right is a figure.
  var right: Int32
  var leftTimes: Int32 = 1, leftOver: Int32 = 1
  var rightOver: Int32 = 1
  /// The factor of the right, or the figure itself.
  var rightTimes: Int64 = 1
  var isQuotient = false
  /// Which orders of the left and the right hold: less 1, equal 2, greater 4.
  private(set) var orders: UInt8

  /// A comparison of two sides still to be set.
  init(_ relation: Opcode) {
    (left, right) = (-1, -1)
    orders =
      switch relation {
      case .equal: 2
      case .unequal: 5
      case .less: 1
      case .lessEqual: 3
      case .greater: 4
      default: 6
      }
  }

  /// What figures tell of a comparison.
  enum Told { case broken, holds, unknown }

  /// Whether it holds; unknown where a sum is absent or leaves the 64 bits of sen: the interpreter says what that means.
  func told(_ terms: [Terms.Term]) -> Told {
    let x = terms[Int(left)]
    guard x.sum.b == 1, !x.isStale else { return .unknown }
    let base = Int64(rightOver)
    var (top, bottom, figure) = (x.sum.a, Int64(leftOver), rightTimes)
    if right >= 0 {
      let y = terms[Int(right)]
      guard y.sum.b == 1, !y.isStale else { return .unknown }
      if isQuotient {
        guard y.sum.a != 0, y.sum.a != .min, top != .min else { return .unknown }
        (top, bottom) = y.sum.a < 0 ? (-top, -y.sum.a) : (top, y.sum.a)
      } else {
        let (product, overflow) = y.sum.a.multipliedReportingOverflow(by: rightTimes)
        if overflow { return .unknown }
        figure = product
      }
    }
    if leftTimes != 1 {
      let (product, overflow) = top.multipliedReportingOverflow(by: Int64(leftTimes))
      if overflow { return .unknown }
      top = product
    }
    if bottom == base { return told(top, figure) }
    return told(Int128(top) * Int128(base), Int128(figure) * Int128(bottom))
  }

  private func told<Whole: Comparable>(_ low: Whole, _ high: Whole) -> Told {
    orders & (low < high ? 1 : low > high ? 4 : 2) != 0 ? .holds : .broken
  }
}

extension Straight {
  /// What a register holds, as far as a flat comparison can tell.
  private enum Held {
    case other
    case figure(Number)
    case sum(Int32, times: Int32, over: Int32)
    case quotient(Int32, Int32)
    case told(Flat)
  }

  /// A formula as a flat comparison, its terms counted in the order in which they are read; nil where it does more.
  func flat(_ formula: Int) -> Flat? {
    let (code, result) = parts(formula)
    var held = [Held](repeating: .other, count: registers.count)
    var cursor: Int32 = 0
    for i in code {
      let (a, b, c) = (Int(i.a), Int(i.b), Int(i.c))
      switch i.op {
      case .constant: held[a] = .figure(constants[Int(i.d)])
      case .copy: held[a] = held[b]
      case .slice, .wholeSlice:
        held[a] = .sum(cursor, times: 1, over: 1)
        cursor += 1
      case .multiply: held[a] = Self.product(held[b], held[c])
      case .divide: held[a] = Self.quotient(held[b], held[c])
      case .equal, .unequal, .less, .lessEqual, .greater, .greaterEqual: held[a] = Self.comparison(i.op, held[b], held[c])
      case .setYear: break
      default: held[a] = .other
      }
    }
    if case .told(let flat) = held[Int(result)] { return flat }
    return nil
  }

  private static func product(_ x: Held, _ y: Held) -> Held {
    switch (x, y) {
    case (.sum(let term, 1, 1), .figure(let factor)), (.figure(let factor), .sum(let term, 1, 1)):
      guard factor.b > 0, let times = Int32(exactly: factor.a), let over = Int32(exactly: factor.b) else { return .other }
      return .sum(term, times: times, over: over)
    default: return .other
    }
  }

  private static func quotient(_ x: Held, _ y: Held) -> Held {
    switch (x, y) {
    case (.sum(let term, 1, 1), .figure(let divisor)):
      guard divisor.a > 0, let times = Int32(exactly: divisor.b), let over = Int32(exactly: divisor.a), times > 0 else { return .other }
      return .sum(term, times: times, over: over)
    case (.sum(let top, 1, 1), .sum(let bottom, 1, 1)): return .quotient(top, bottom)
    default: return .other
    }
  }

  private static func comparison(_ relation: Opcode, _ x: Held, _ y: Held) -> Held {
    var flat = Flat(relation)
    switch (x, y) {
    case (.sum(let left, let times, let over), .figure(let figure)):
      guard figure.b > 0, let base = Int32(exactly: figure.b) else { return .other }
      (flat.left, flat.leftTimes, flat.leftOver, flat.rightTimes, flat.rightOver) = (left, times, over, figure.a, base)
    case (.sum(let left, let times, let over), .sum(let right, let factor, let base)):
      (flat.left, flat.leftTimes, flat.leftOver) = (left, times, over)
      (flat.right, flat.rightTimes, flat.rightOver) = (right, Int64(factor), base)
    case (.quotient(let top, let bottom), .figure(let figure)):
      guard figure.b > 0, let base = Int32(exactly: figure.b) else { return .other }
      (flat.left, flat.right, flat.isQuotient, flat.rightTimes, flat.rightOver) = (top, bottom, true, figure.a, base)
    case (.figure, .sum), (.figure, .quotient): return comparison(mirrored(relation), y, x)
    default: return .other
    }
    return .told(flat)
  }

  /// The relation seen from the other side.
  static func mirrored(_ relation: Opcode) -> Opcode {
    switch relation {
    case .less: .greater
    case .lessEqual: .greaterEqual
    case .greater: .less
    case .greaterEqual: .lessEqual
    default: relation
    }
  }
}
