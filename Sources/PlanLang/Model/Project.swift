/// What a project (proyek) costs in a year.
public struct ProjectCost: Sendable {
  /// The year, as an index of the period.
  public var year: Int
  /// The source of funds it is paid from, or row 0 where none is stated.
  public var source: SourceID
  /// The amount: a formula of rupiah.
  public var amount: FormulaID
  /// Where it stands.
  public var site: Site
}

/// A project (proyek) that may be chosen or not: what it costs, what it is worth, what it needs.
public struct Project: Sendable {
  /// The entity that it is: its name, title, labels and place.
  public var entity: EntityID
  /// What it costs by year.
  public var costs: [ProjectCost] = []
  /// What it is worth (manfaat): a formula of a number; nil where none is stated.
  public var benefit: FormulaID?
  /// Its dimension of a smart city, where stated.
  public var dimension: Dimension?
  /// The projects it needs (syarat): of each group one at least.
  public var requires: [(anyOf: [EntityID], site: Site)] = []
  /// The projects it cannot stand beside (tolak).
  public var rejects: [(other: EntityID, site: Site)] = []
}
