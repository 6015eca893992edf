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
public struct Indicator: Sendable {
  /// Its row among the entities.
  public var entity: EntityID
  /// Its unit of measure.
  public var unit: UnitID
  /// Its scale of grades, when its values are grades.
  public var scale: ScaleID?
  /// Which way is better.
  public var direction: Direction = .up
  /// The band that is best, for `within`.
  public var band: Target = .none
  /// What its yearly targets count.
  public var kind: TargetKind = .position
  /// The year of the baseline, or 0.
  public var baselineYear = 0
  /// The baseline (kondisi awal).
  public var baseline: Number = .undeclared
  /// The target of each year of the period, or its lower end.
  public var targetLows: [Number] = []
  /// The upper end of each year's target; empty when no target is a range.
  public var targetHighs: [Number] = []
  /// The end-of-period target (kondisi akhir) where stated.
  public var finalTarget: Target = .none
  /// The projection with the plan's programmes, by year; empty for the default, the target.
  public var projection: [Number] = []
  /// The projection without programmes, by year; empty for the default, the baseline.
  public var without: [Number] = []
  /// What was realised, by year; empty when nothing is.
  public var actual: [Number] = []
  /// The values it can take.
  public var bounds: Target = .none
  /// Decimal digits that count when it is compared: from `ketelitian`, else the most digits of its targets.
  public var digits = 0
  /// Whether the digits were stated.
  public var statesDigits = false
  /// The formula of achievement; nil for the default by direction.
  public var achievement: AchievementFormula?
  /// The cap of achievement in percent, or nil.
  public var cap: Number?
  /// Whether the class is taken of the rounded achievement.
  public var roundsClass = false
  /// Its weight in averages.
  public var weight: Number = Number(1)
  /// How several programmes join.
  public var joining: Joining = .random
  /// The department that answers for it, where stated; else `Entities.none`.
  public var owner = Entities.none
  /// Whether it measures the means only (indeks TI), such as an index of digital government.
  public var isITIndex = false
  /// What they do together beyond that, as a share of what they share (sinergi), and its grade of evidence.
  public var synergy: Number = .zero
  /// The grade, or 0.
  public var synergyGrade: UInt8 = 0
  /// The target of a year (an index of the period).
  public func target(_ year: Int) -> Target {
    guard targetLows.indices.contains(year) else { return .none }
    return Target(targetLows[year], targetHighs.isEmpty ? targetLows[year] : targetHighs[year])
  }
  /// The projection of a year: what is declared, else the target's end nearer the baseline.
  public func projected(_ year: Int) -> Number {
    if projection.indices.contains(year), !projection[year].isAbsent { return projection[year] }
    let target = target(year)
    return direction == .down ? target.high : target.low
  }
  /// The projection of a year without programmes.
  public func projectedWithout(_ year: Int) -> Number {
    without.indices.contains(year) && !without[year].isAbsent ? without[year] : baseline
  }
  /// Whether a target is a range.
  public var hasRanges: Bool { !targetHighs.isEmpty }
  /// An indicator of an entity, everything else undeclared.
  public init(entity: EntityID, unit: UnitID) {
    self.entity = entity
    self.unit = unit
  }
}

/// How several programmes on one indicator join.
public enum Joining: UInt8, Sendable { case random, additive, best }

/// The shape of a response to money.
public enum ResponseShape: UInt8, Sendable { case perUnit, saturating, elastic, tabular, own }

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
