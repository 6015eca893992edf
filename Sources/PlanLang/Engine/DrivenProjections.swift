/// The projections that hang on the money of one response alone, laid out with the bounds that rules hold them against.
struct DrivenProjections: ~Copyable {
  /// The money of a response in a year.
  struct Purse: BitwiseCopyable {
    /// What it holds, in sen.
    var sen: Int64
    /// Which projection hangs on it; `asks` where only others can tell, `nothing` where none does.
    var spot: Int32
    static let asks: Int32 = -1, nothing: Int32 = -2
  }

  /// A projection of an indicator in a year.
  struct Spot: BitwiseCopyable {
    /// The money that shows in it, in sen, and the plan's own.
    var money: Double
    var own: Double
    /// What the programmes promise, and the share of the plan's own money.
    var promised: Double
    var plain: Double
    var declared: Number
    /// Its indicator, in `rows`.
    var row: Int32
    /// What it is held against, in `bounds`.
    var start: Int32
    var end: Int32
  }

  /// A bound of a projection, as a rule has it.
  struct Bound: BitwiseCopyable {
    /// The row of its gauge where it stands.
    var gauge: Int32
    var holds: Bool
    /// Whether it holds outside of its two ends.
    var isOutside = false
    /// By what the projection is multiplied before it is rounded; 0 where the gauge itself has to be asked.
    var power = 0.0
    // The least and the greatest of what is rounded so for which it holds.
    var low: Int64 = 0
    var high: Int64 = 0
  }

  /// What is the same for an indicator in all years.
  struct Row: BitwiseCopyable {
    var driver: LoneDriver
    var joint: Joint
    var range: ResponseRange
    /// Where the points of its table lie in `points`.
    var firstPoint: Int32
    var pointCount: Int32
  }

  private(set) var purses = Pile<Purse>()
  private(set) var bounds = Pile<Bound>()
  private var spots = Pile<Spot>()
  private var rows = Pile<Row>()
  private var points = Pile<(x: Double, y: Double)>()
  /// The gauges, beside `bounds`.
  private var gauges: [Gauge] = []

  /// Files an indicator; its row.
  mutating func file(_ driver: LoneDriver, _ joint: Joint, _ range: ResponseRange, _ points: [(x: Double, y: Double)]) -> Int32 {
    rows.append(
      Row(
        driver: driver, joint: joint, range: range, firstPoint: Int32(truncatingIfNeeded: self.points.count),
        pointCount: Int32(truncatingIfNeeded: points.count)))
    for point in points { self.points.append(point) }
    return Int32(truncatingIfNeeded: rows.count - 1)
  }

  /// Files a projection that stands somewhere with the gauges that it is held against; where it lies, or nil where one of them cannot tell.
  mutating func file(_ spot: Spot, standing projection: Number, _ held: [(row: Int32, gauge: Gauge)]) -> Int32? {
    var spot = spot
    spot.start = Int32(truncatingIfNeeded: bounds.count)
    for (row, gauge) in held {
      guard let holds = gauge.holds(projection) else { return nil }
      gauges.append(gauge)
      bounds.append(Bound(row, gauge, holds: holds))
    }
    spot.end = Int32(truncatingIfNeeded: bounds.count)
    spots.append(spot)
    return Int32(truncatingIfNeeded: spots.count - 1)
  }

  /// Files a purse; its number.
  mutating func file(_ purse: Purse) -> Int32 {
    purses.append(purse)
    return Int32(truncatingIfNeeded: purses.count - 1)
  }

  /// The purse of a projection holds so many sen now: bounds that turn are put into `turned` as `~bound`; whether something else has to be asked.
  mutating func settle(_ at: Int32, _ sen: Int64, _ turned: inout Pile<Int32>) -> Bool {
    if at < 0 { return at == Purse.asks }
    let spot = spots.all + Int(at)
    let money = Double(max(0, sen))
    if spot.pointee.money == money { return false }
    spot.pointee.money = money
    let row = rows.all + Int(spot.pointee.row)
    let moved = row.pointee.driver.departure(
      of: spot.pointee.promised, row.pointee.joint, plain: spot.pointee.plain, money: money, own: spot.pointee.own,
      UnsafeBufferPointer(start: points.all + Int(row.pointee.firstPoint), count: Int(row.pointee.pointCount)))
    let isMoved = moved != 0 && !spot.pointee.declared.isAbsent
    let value = isMoved ? row.pointee.range.kept(spot.pointee.declared.real + moved) : 0
    let isWhole = !isMoved || row.pointee.range.isGrade
    var asks = false
    for at in Int(spot.pointee.start)..<Int(spot.pointee.end) {
      let bound = bounds.all + at
      var holds: Bool
      if !isWhole, let told = bound.pointee.tell(value) {
        holds = told
      } else {
        let made = !isMoved ? spot.pointee.declared : isWhole ? Number(Int64(exactly: value) ?? 0) : Number(real: value)
        guard let told = gauges[at].holds(made) else {
          asks = true
          continue
        }
        holds = told
      }
      if holds == bound.pointee.holds { continue }
      bound.pointee.holds = holds
      turned.append(~Int32(truncatingIfNeeded: at))
    }
    return asks
  }
}

extension DrivenProjections.Bound {
  /// A gauge as the whole numbers for which it holds, where it rounds and its ends are exact.
  init(_ row: Int32, _ gauge: Gauge, holds: Bool) {
    self.init(gauge: row, holds: holds)
    guard gauge.power.b == 1, gauge.power.a > 0, gauge.bound.isExact, gauge.upper?.isExact != false,
      let (floor, ceiling) = Self.ends(gauge.bound, gauge.power.a), let upper = gauge.upper.map({ Self.ends($0, gauge.power.a)?.floor }) ?? .some(.max)
    else { return }
    power = Double(gauge.power.a)
    switch gauge.relation {
    case .equal: (low, high) = (ceiling, floor)
    case .unequal: (low, high, isOutside) = (ceiling, floor, true)
    case .less: (low, high) = (.min, ceiling - 1)
    case .lessEqual: (low, high) = (.min, floor)
    case .greater: (low, high) = (floor + 1, .max)
    default: (low, high) = (ceiling, upper)
    }
  }

  /// The whole numbers beside a figure times a power; nil where they leave 62 bits.
  private static func ends(_ figure: Number, _ power: Int64) -> (floor: Int64, ceiling: Int64)? {
    let (top, bottom) = (Int128(figure.a) * Int128(power), Int128(figure.b))
    let floor = top / bottom - (top % bottom < 0 ? 1 : 0)
    guard floor.magnitude < 1 << 62 else { return nil }
    return (Int64(floor), Int64(floor) + (top % bottom == 0 ? 0 : 1))
  }

  /// Whether it holds for a projection that is no whole figure; nil where its gauge has to be asked.
  @inline(__always) func tell(_ projection: Double) -> Bool? {
    let whole = (projection * power).rounded(.toNearestOrEven)
    // Beyond this a Double may be no Int64; NaN is not below it either.
    guard power > 0, whole.magnitude < 9.0e18 else { return nil }
    let at = Int64(whole)
    return (low <= at && at <= high) != isOutside
  }
}
