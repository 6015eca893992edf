/// How two sides of a rule are compared.
public enum Relation: UInt8, Sendable { case equal, unequal, less, lessEqual, greater, greaterEqual, within }

/// One condition of a rule: two sides with figures, or a bare truth.
public enum Condition: Sendable {
  /// `left relation right`: `whole` decides, the sides are its figures.
  case comparison(whole: FormulaID, left: FormulaID, Relation, right: FormulaID, site: Site)
  /// An expression that is true or false.
  case truth(FormulaID, site: Site)
}

/// A rule (aturan): conditions over the members of a set and the years of the period.
public struct Rule: Sendable {
  /// Its name.
  public var name: Symbol
  /// Its title, or none.
  public var title: Site
  /// Whether a breach ends a batch with status 1 (wajib) or is advice (anjuran).
  public var isMandatory: Bool
  /// Its legal basis (dasar), as text sites.
  public var basis: [Site]
  /// The years it holds for, as indices of the period; every formula runs once a year when `isYearly`.
  public var years: [Int]
  /// Whether its conditions are series: one instance a year.
  public var isYearly: Bool
  /// The set it ranges over (`untuk p dalam program jika c`), or nil. Formulas take the member as local 0.
  public var members: MemberSet?
  /// All must hold.
  public var conditions: [Condition]
  /// Where it stands.
  public var site: Site
}

/// The members of a quantifier: entities fixed when the plan is checked, filtered by a condition when it runs.
public struct MemberSet: Sendable {
  /// The candidates in order of declaration.
  public var entities: [EntityID]
  /// The filter, or nil; the member is local 0.
  public var condition: FormulaID?
}

/// A waiver (kecuali) of a rule: listed in every report, an error once expired.
public struct Waiver: Sendable {
  /// The rule.
  public var rule: RuleID
  /// The entity it is for, or `Entities.none` for the whole rule.
  public var entity: EntityID
  /// Why (karena), by whom (oleh): text sites.
  public var reason: Site
  /// By whom.
  public var authority: Site
  /// The last day it holds, as yyyymmdd; a month counts to its end.
  public var until: Int
  /// Where it stands.
  public var site: Site
}
