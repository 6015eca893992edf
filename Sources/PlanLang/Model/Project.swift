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
  /// The formulas of its benefit and costs.
  var formulas: [FormulaID] { (benefit.map { [$0] } ?? []) + costs.map(\.amount) }
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

extension Plan {
  /// The formulas that a project's benefit, or its costs of a year, are made of; nil for what is no project.
  func formulas(ofProject entity: EntityID, isCost: Bool, year: Int) -> [FormulaID]? {
    guard let one = projects.first(where: { $0.entity == entity }) else { return nil }
    return isCost ? one.costs.filter { $0.year == year }.map(\.amount) : one.benefit.map { [$0] } ?? []
  }
}
