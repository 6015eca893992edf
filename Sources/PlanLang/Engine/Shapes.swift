/// The shapes of responses, as functions of the money and of the figures that a shape is stated with.
extension Quantity {
  /// Units for money at a cost each, above a fixed cost, in whole lumps, for no more than those that can be reached.
  static func counted(_ money: Self, cost: Self, fixed: Self?, lump: Self?, people: Self?, ceiling: Self?) -> Self {
    let paid = Self.greatest(Self(0), money - (fixed ?? Self(0)))
    var count = cost.ifPositive { paid / cost }
    if let lump {
      let whole = count
      count = lump.ifPositive({ (whole / lump + Self(1e-9)).roundedDown * lump }) { whole }
    }
    if let people { count = Self.least(count, people * (ceiling ?? Self(1))) }
    return count
  }

  /// The share of beneficiaries who are covered where so many units are paid for: near the ceiling each costs more.
  static func coverage(_ reached: Self, _ people: Self, _ ceiling: Self) -> Self {
    people.ifPositive { ceiling * (reached / (people * ceiling)).tangent }
  }

  /// A base that grows with money by an elasticity, from the plan's own money; nothing where the plan has none.
  static func grown(_ money: Self, from before: Double, _ elasticity: Self, base: () -> Self) -> Self {
    before > 0 ? money.ifPositive { base() * (money / Self(before)).raised(to: elasticity) } : Self(0)
  }

  /// Piecewise linear between points, flat beyond the first and last; they go from little money to much.
  static func tabled(_ money: Self, _ points: some RandomAccessCollection<(x: Self, y: Self)>) -> Self {
    guard var low = points.first else { return Self(0) }
    var result = low.y
    for high in points.dropFirst() {
      let (start, before) = (low, result)
      result = Self.choose(
        money, over: start.x,
        {
          (high.x - start.x).ifPositive(
            { start.y + Self.least(Self(1), (money - start.x) / (high.x - start.x)) * (high.y - start.y) }, { high.y })
        }, { before })
      low = high
    }
    return result
  }
}

extension Joint {
  /// What the one group of beneficiaries that a row has covers: in units of the indicator, and as a share.
  @inline(__always) func covered<Q: Quantity>(_ coverage: Q, _ effect: Q) -> (units: Q, share: Q) {
    let covered: Q
    switch joining {
    case .random: covered = Q(1) - Q(1) * (Q(1) - coverage)
    case .additive: covered = Q.least(Q(1), Q(0) + coverage)
    case .best: covered = Q.greatest(Q(0), coverage)
    }
    return (covered * effect, covered)
  }

  /// What joined effects make of a promise; `plain` is the share of the plan's own money.
  @inline(__always) func departure<Q: Quantity>(of promised: Double, _ now: (units: Q, share: Q), plain: () -> Q) -> Q {
    let sign = Q(isDown ? -1 : 1)
    if isAbsolute { return Q(0 - promised) + sign * now.units }
    let before = plain()
    if Q.isSame(before, now.share) { return Q(0) }
    return before.ifPositive({ Q(promised) * (now.share / before - Q(1)) }) {
      // Nothing was spent: only a shape that counts in the indicator's own unit says what the first rupiah does.
      hasUnits ? sign * now.units : Q(0)
    }
  }
}

/// The only driver of an indicator, its figures at hand: what `ResponseReading.departure` computes, to the bit.
struct LoneDriver: Sendable, BitwiseCopyable {
  /// The response's row.
  let response: Int
  private let shape: ResponseShape
  private let effect: Double
  private let cost: Double
  private let fixed: Double?
  private let lump: Double?
  private let people: Double?
  private let ceiling: Double?
  private let elasticity: Double
  private let base: Double

  /// The driver of an indicator that has one, whose money shows whole in one later year; nil where there is more to it.
  init?(_ drivers: [Int32], _ reader: ResponseReading<KnownFigures>) {
    guard drivers.count == 1, let shape = reader.plan.responses[Int(drivers[0])].shape else { return nil }
    let response = Int(drivers[0])
    func value(_ role: Assumption.Role) -> Double? { reader.value(role, response, false) }
    guard reader.plan.responses[response].spread <= 1, value(.decay) == nil else { return nil }
    switch shape {
    case .perUnit: if value(.unitCost) == nil { return nil }
    case .saturating: if value(.unitCost) == nil || value(.beneficiaries) == nil { return nil }
    case .elastic: if value(.elasticity) == nil { return nil }
    case .tabular: break
    case .own: return nil
    }
    self.response = response
    self.shape = shape
    effect = value(.effect) ?? 1
    (cost, fixed, lump, people) = (value(.unitCost) ?? 0, value(.fixedCost), value(.lump), value(.beneficiaries))
    ceiling = shape == .saturating ? (value(.ceiling) ?? 1).clamped(1e-9, 1) : value(.ceiling)
    (elasticity, base) = (value(.elasticity) ?? 0, value(.base) ?? 1)
  }

  /// What the money of a scenario makes of a promise; `own` is the plan's own money, `plain` what that shares, and `points` are those of
  /// its table.
  func departure(
    of promised: Double, _ joint: Joint, plain: Double, money: Double, own: Double, _ points: UnsafeBufferPointer<(x: Double, y: Double)>
  ) -> Double {
    let effected = 0 + raw(money, own, points)
    if shape == .saturating {
      return joint.departure(of: promised, joint.covered(Double.coverage(effected, people ?? 0, ceiling ?? 1), effect)) { plain }
    }
    let total = joint.joining == .best ? Double.greatest(0, effected) : 0 + effected
    return joint.departure(of: promised, (total, total)) { plain }
  }

  /// The effect of one year's money; of what saturates, how many it pays for.
  private func raw(_ money: Double, _ own: Double, _ points: UnsafeBufferPointer<(x: Double, y: Double)>) -> Double {
    switch shape {
    case .perUnit: Double.counted(money, cost: cost, fixed: fixed, lump: lump, people: people, ceiling: ceiling) * effect
    case .saturating: cost.ifPositive { money / cost }
    case .elastic: Double.grown(money, from: own, elasticity) { base }
    case .tabular: Double.tabled(money, points)
    case .own: 0
    }
  }
}
