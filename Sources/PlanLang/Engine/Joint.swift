/// How an indicator's drivers join: the same for all years and scenarios.
struct Joint: Sendable, BitwiseCopyable {
  let joining: Joining
  /// What they do together beyond that, as a share of what they share.
  let synergy: Double
  let isDown: Bool
  /// Whether a shape is used as it stands.
  let isAbsolute: Bool
  /// Whether all saturate, all count in one unit, and all count in the indicator's own unit.
  let isSaturating: Bool
  let isOneUnit: Bool
  let hasUnits: Bool

  /// Those of an indicator's row.
  init(_ row: Int, _ plan: Plan) {
    let drivers = plan.drivers[row].map { plan.responses[Int($0)] }
    joining = plan.indicators[row].joining
    synergy = plan.indicators[row].synergy.real
    isDown = plan.indicators[row].direction == .down
    isAbsolute = drivers.contains(where: \.isAbsolute)
    isSaturating = drivers.allSatisfy { $0.shape == .saturating }
    hasUnits = drivers.allSatisfy(Self.hasUnits)
    isOneUnit = hasUnits || drivers.count == 1
  }

  /// Whether a response is in the indicator's own unit: counted, tabled, or with its effect stated.
  private static func hasUnits(_ response: Response) -> Bool {
    response.shape == .perUnit || response.shape == .tabular || response.shape == .own || response.assumptions.contains { $0.role == .effect }
  }
}

/// The values that an indicator can take.
struct ResponseRange: Sendable, BitwiseCopyable {
  /// The best grade, where it counts grades.
  private let best: Double?
  private let isPercent: Bool
  private let low: Double?
  private let high: Double?

  /// Those of an indicator's row.
  init(_ row: Int, _ plan: Plan) {
    let unit = plan.indicators[row].unit
    let bounds = plan.indicators[row].bounds
    best = plan.indicators[row].scale.map { Double(max(0, plan.scales[$0.index].grades.count - 1)) }
    isPercent = plan.units.indices.contains(unit.index) && plan.units[unit.index].isPercent
    low = bounds.low.isAbsent ? nil : bounds.low.real
    high = bounds.high.isAbsent ? nil : bounds.high.real
  }

  /// Whether it counts grades.
  var isGrade: Bool { best != nil }

  /// A value kept among them.
  func kept<Q: Quantity>(_ value: Q) -> Q {
    // A grade is had when it is reached whole.
    if let best { return (value + Q(1e-9)).roundedDown.clamped(0, best) }
    var value = value
    if isPercent { value = value.clamped(0, 1) }
    if let low { value = Q.greatest(value, Q(low)) }
    if let high { value = Q.least(value, Q(high)) }
    return value
  }
}
