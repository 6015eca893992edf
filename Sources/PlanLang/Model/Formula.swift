/// Which entities' money a slice holds.
public enum Anchors: Sendable, Hashable {
  /// The whole plan.
  case all
  /// These and all below them; disjoint, in order of rank.
  case entities([EntityID])
  /// The entity bound to a local when it runs.
  case local(Int)
}

/// A slice of the cube as a formula or an edit asks for it, all names resolved; the year comes from outside.
public struct SliceTemplate: Sendable, Hashable {
  /// The book.
  public var ledger: Ledger = .spending
  /// The document.
  public var document: DocumentID
  /// The entities.
  public var anchors: Anchors = .all
  /// Accounts asked for, any of them; empty for all.
  public var accounts: [AccountID] = []
  /// Sources asked for, any of them; empty for all.
  public var sources: [SourceID] = []
  /// The scenario asked for by name, or nil for the one that runs.
  public var scenario: Symbol?
  /// A slice of a document.
  public init(document: DocumentID) { self.document = document }
}

/// What kind of value an expression has; checked before anything runs.
public indirect enum ValueType: Sendable, Hashable {
  /// Rupiah; carried in sen.
  case money
  /// A number of a unit; percentages are numbers of the percent unit (20% is 0,2).
  case number(UnitID)
  /// A grade: its position on a scale.
  case grade(ScaleID)
  /// True or false.
  case truth
  /// A text.
  case text
  /// A calendar year.
  case year
  /// An entity; the kind when it is known.
  case entity(EntityKind?)
  /// A list of values of one type; a set of entities is a list of entities.
  case list(ValueType)
  /// A range of two values of one type.
  case range(ValueType)
  /// One value a year of the period.
  case series(ValueType)
  /// A scenario by name.
  case scenario
  /// Unknown after an error: swallows follow-ups.
  case hole
}

/// A compiled expression: flat register code over 16-byte registers, no names, no strings looked up while it runs.
public struct Formula: Sendable {
  /// The type of its value.
  public var type: ValueType
  /// Where it stands.
  public var site: Site

  /// A formula of a type at a place.
  public init(type: ValueType, site: Site) {
    self.type = type
    self.site = site
  }
}
