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
  /// What mends a breach (petunjuk), as a text's site, or none.
  public var hint = Site.none
  /// How sure its threshold and article are (mutu): A read in its source, B and C from memory, D an assumption; 0 when
  /// not stated.
  public var grade: UInt8 = 0
  /// The pack it comes from, as a row of the plan's packs; -1 for a rule of the plan's own.
  public var pack = -1
  /// Where it stands.
  public var site: Site
}

/// A rule pack in use (pakai): what was changed in it.
public struct PackUse: Sendable {
  /// Its name, as it is used.
  public var name: String
  /// Its rules left out (kecuali).
  public var excluded: [Symbol] = []
  /// Its parameters, definitions and rules that the plan states itself.
  public var overrides: [PackOverride] = []
  /// A pack of which nothing is changed.
  public init(name: String) { self.name = name }
}

/// A statement of a pack that the plan replaces by its own of the same name.
public struct PackOverride: Sendable {
  /// The name.
  public var name: Symbol
  /// What the pack states.
  public var before: Site
  /// What the plan states.
  public var after: Site
}

/// A rule that is kept as law but does not apply to the plan.
public struct DormantRule: Sendable {
  /// Why it does not apply.
  public enum Reason: Sendable, Hashable {
    /// It binds later than the period, from a day (yyyymmdd).
    case notYet(Int)
    /// It ended before the period, on a day (yyyymmdd).
    case ended(Int)
    /// It is for another kind of region, or the kind is not declared.
    case otherRegion, unknownRegion
    /// It is for another fiscal class, or the class is not declared.
    case otherClass, unknownClass
    /// It needs a source of funds, or figures of a document, that the plan does not have.
    case missing(String)
  }
  /// The rule's name.
  public var name: Symbol
  /// Its title.
  public var title: Site
  /// The pack it comes from, as `Rule.pack`.
  public var pack: Int
  /// Why.
  public var reason: Reason
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
