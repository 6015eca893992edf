/// Which way an indicator is better (polaritas).
public enum Direction: UInt8, Sendable { case up, down, within }

/// What a yearly target counts (domain 2.2).
public enum TargetKind: UInt8, Sendable { case position, cumulative, runningTotal }

/// The declared formula of achievement (capaian), domain 2.3.
public enum AchievementFormula: UInt8, Sendable {
  /// F1: R / T.
  case positive
  /// F2: T / R, for lower-is-better.
  case negative
  /// F3: (2T - R) / T, Keputusan Kepala LAN 239/IX/6/8/2003; the default for lower-is-better.
  case negativeLAN
  /// F4: (R - B) / (T - B), progress from the baseline.
  case progress
}

/// A target: one value, or a range; grades are positions on the indicator's scale.
public struct Target: Sendable, Hashable {
  /// The lower end, or the value; `Number.undeclared` when not given.
  public var low: Number
  /// The upper end, or the value.
  public var high: Number
  /// One value.
  public init(_ value: Number) {
    low = value
    high = value
  }
  /// A range.
  public init(_ low: Number, _ high: Number) {
    self.low = low
    self.high = high
  }
  /// Not declared.
  public static let none = Target(.undeclared)
  /// Whether it is a range.
  public var isRange: Bool { low != high }
}

/// An indicator (indikator): unit, direction, baseline, yearly targets and projections.
///
/// A plan has very many: what most of them state stands in the row and one list of figures, the rest aside.
public struct Indicator: Sendable {
  /// Its row among the entities.
  public var entity: EntityID
  /// Its unit of measure.
  public var unit: UnitID
  /// Its scale of grades, when its values are grades.
  public var scale: ScaleID?
  /// The department that answers for it, where stated; else `Entities.none`.
  public var owner = Entities.none
  /// Which way is better.
  public var direction: Direction = .up
  /// What its yearly targets count.
  public var kind: TargetKind = .position
  /// How several programmes join.
  public var joining: Joining = .random
  /// Whether it measures the means only (indeks TI), such as an index of digital government.
  public var isITIndex = false
  private var shownDigits: UInt8 = 0
  /// Whether the digits were stated.
  public var statesDigits = false
  /// The year of the baseline, or 0.
  public var baselineYear: Int32 = 0
  /// How many years the plan has.
  private let years: Int32
  /// The baseline (kondisi awal).
  public var baseline: Number = .undeclared
  /// The target of each year, or its lower end; behind them the projection of each year with the
  /// plan's programmes.
  private var figures: [Number]
  /// What few indicators state: one of it, or none.
  private var rest: [Rest] = []

  /// What few indicators state.
  private struct Rest: Sendable {
    var band = Target.none
    var finalTarget = Target.none
    var bounds = Target.none
    var targetHighs: [Number] = []
    var without: [Number] = []
    var actual: [Number] = []
    var weight = Number(1)
    var synergy = Number.zero
    var synergyGrade: UInt8 = 0
    var cap: Number?
    var achievement: AchievementFormula?
    var roundsClass = false
  }

  /// An indicator of an entity in a plan of so many years, everything else undeclared.
  public init(entity: EntityID, unit: UnitID, years: Int) {
    self.entity = entity
    self.unit = unit
    self.years = Int32(truncatingIfNeeded: years)
    figures = [Number](repeating: .undeclared, count: 2 * years)
  }

  /// What few indicators state, to be written.
  private var stated: Rest {
    get { rest.isEmpty ? Rest() : rest[0] }
    _modify {
      if rest.isEmpty { rest.append(Rest()) }
      yield &rest[0]
    }
  }

  /// The band that is best, for `within`.
  public var band: Target {
    get { rest.isEmpty ? Target.none : rest[0].band }
    set { stated.band = newValue }
  }
  /// The values it can take.
  public var bounds: Target {
    get { rest.isEmpty ? Target.none : rest[0].bounds }
    set { stated.bounds = newValue }
  }
  /// The formula of achievement; nil for the default by direction.
  public var achievement: AchievementFormula? {
    get { rest.isEmpty ? nil : rest[0].achievement }
    set { stated.achievement = newValue }
  }
  /// The cap of achievement in percent, or nil.
  public var cap: Number? {
    get { rest.isEmpty ? nil : rest[0].cap }
    set { stated.cap = newValue }
  }
  /// Whether the class is taken of the rounded achievement.
  public var roundsClass: Bool {
    get { rest.isEmpty ? false : rest[0].roundsClass }
    set { stated.roundsClass = newValue }
  }
  /// Its weight in averages.
  public var weight: Number {
    get { rest.isEmpty ? Number(1) : rest[0].weight }
    set { stated.weight = newValue }
  }
  /// What programmes do together beyond that, as a share of what they share (sinergi).
  public var synergy: Number {
    get { rest.isEmpty ? Number.zero : rest[0].synergy }
    set { stated.synergy = newValue }
  }
  /// Its grade of evidence, or 0.
  public var synergyGrade: UInt8 {
    get { rest.isEmpty ? 0 : rest[0].synergyGrade }
    set { stated.synergyGrade = newValue }
  }

  /// Decimal digits that count when it is compared: from `ketelitian`, else the most digits of its targets.
  public var digits: Int {
    get { Int(shownDigits) }
    set { shownDigits = UInt8(clamping: newValue) }
  }

  // MARK: By year

  /// Whether a target is a range.
  @inline(__always) public var hasRanges: Bool { !rest.isEmpty && !rest[0].targetHighs.isEmpty }

  /// The target of a year (an index of the period).
  @inline(__always) public func target(_ year: Int) -> Target {
    guard year >= 0, year < years else { return .none }
    return Target(figures[year], hasRanges ? rest[0].targetHighs[year] : figures[year])
  }

  /// The end-of-period target (kondisi akhir): what is stated, else the last year's; a cumulative one must state it.
  public var finalTarget: Target {
    get {
      if !rest.isEmpty, rest[0].finalTarget != .none { return rest[0].finalTarget }
      return kind == .cumulative ? .none : target(Int(years) - 1)
    }
    set { stated.finalTarget = newValue }
  }

  /// The projection of a year: what is declared, else the target's end nearer the baseline.
  @inline(__always) public func projected(_ year: Int) -> Number {
    guard year >= 0, year < years else { return .undeclared }
    let at = year + Int(years)
    if !figures[at].isAbsent { return figures[at] }
    return direction == .down && hasRanges ? rest[0].targetHighs[year] : figures[year]
  }

  /// The projection of a year without programmes: what is declared, else the baseline.
  @inline(__always) public func projectedWithout(_ year: Int) -> Number {
    guard !rest.isEmpty, rest[0].without.indices.contains(year), !rest[0].without[year].isAbsent else {
      return baseline
    }
    return rest[0].without[year]
  }

  /// What was realised in a year.
  @inline(__always) public func actual(_ year: Int) -> Number {
    !rest.isEmpty && rest[0].actual.indices.contains(year) ? rest[0].actual[year] : .undeclared
  }

  /// A series that is stated year by year.
  enum Series { case target, projection, without, actual }

  /// States the figure of a year, a range for a target only; says whether one stood there.
  mutating func state(_ series: Series, _ year: Int, _ value: Target) -> Bool {
    let count = Int(years)
    guard year >= 0, year < count else { return false }
    switch series {
    case .target:
      let isTaken = !figures[year].isAbsent
      figures[year] = value.low
      if value.isRange, !hasRanges { stated.targetHighs = Array(figures[0..<count]) }
      if hasRanges { stated.targetHighs[year] = value.high }
      return isTaken
    case .projection:
      defer { figures[year + count] = value.low }
      return !figures[year + count].isAbsent
    case .without: return Self.put(value.low, year, of: count, &stated.without)
    case .actual: return Self.put(value.low, year, of: count, &stated.actual)
    }
  }

  private static func put(_ value: Number, _ year: Int, of count: Int, _ list: inout [Number]) -> Bool {
    if list.isEmpty { list = [Number](repeating: .undeclared, count: count) }
    defer { list[year] = value }
    return !list[year].isAbsent
  }

  /// The targets and the projections that are declared, ends of ranges too.
  var declared: [Number] { hasRanges ? figures + rest[0].targetHighs : figures }
}

/// How several programmes on one indicator join.
public enum Joining: UInt8, Sendable, BitwiseCopyable { case random, additive, best }

/// The shape of a response to money.
public enum ResponseShape: UInt8, Sendable, BitwiseCopyable { case perUnit, saturating, elastic, tabular, own }

/// One figure of a response with its founding.
public struct Assumption: Sendable {
  /// What a figure can be a figure of.
  public enum Role: UInt8, Sendable, CaseIterable {
    case unitCost, fixedCost, lump, ceiling, beneficiaries, lag, spread, decay, elasticity, base, effect, point, grade
    /// The money that was looked at: beyond it an effect is an extrapolation.
    case studied
  }
  /// What it is a figure of.
  public var role: Role
  /// Its formula: a plain value, a range or a distribution is kept by the parameter it makes.
  public var value: FormulaID?
  /// The money of a point of a table.
  public var at: FormulaID?
  /// The low and high of `a s.d. b`, else both the value.
  public var range = Target.none
  /// Where it is from (menurut).
  public var source = Site.none
  /// Its grade of evidence (mutu): A measured here, B comparable region, C literature, D assumption.
  public var grade: UInt8 = 0
  /// Where it stands.
  public var site: Site
  /// A figure not yet given.
  public init(role: Role, site: Site) {
    self.role = role
    self.site = site
  }
}

/// A spillover (limpahan): a share of one indicator's movement moves another, always one year later.
public struct Spillover: Sendable {
  /// The indicator that moves.
  public var from: EntityID
  /// The indicator moved.
  public var to: EntityID
  /// How much of the one's movement the other makes.
  public var share: FormulaID
  /// Where it stands.
  public var site: Site
}

/// What drives an indicator (mendorong): parsed, checked and kept.
public struct Response: Sendable {
  /// The spending entity whose money drives.
  public var entity: EntityID
  /// The indicator driven.
  public var indicator: EntityID
  /// The shape, or nil when only the link is stated.
  public var shape: ResponseShape?
  /// The plan's own formula of the money (rumus), where no shape fits.
  public var formula: FormulaID?
  /// Whether the shape is used as it stands (mutlak) instead of calibrated.
  public var isAbsolute = false
  /// Its figures.
  public var assumptions: [Assumption] = []
  /// Years until it shows (setelah), spread over (menyebar).
  public var lag = 0
  /// Years it is spread over.
  public var spread = 0
  /// Where it stands.
  public var site: Site
}

/// A scale of grades (skala), worst first.
public struct Scale: Sendable {
  /// Its name.
  public var name: Symbol
  /// Its grades in order, with their spelling as declared.
  public var grades: [String]
  /// The grades' folded names.
  public var names: [Symbol]
}

/// A unit of measure (satuan).
public struct Unit: Sendable, Hashable {
  /// What it counts, as written; `%` for percent, empty for a pure number.
  public var name: String
  /// Whether figures are shares shown in percent.
  public var isPercent: Bool
}
