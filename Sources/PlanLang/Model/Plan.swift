/// What kind of region it is.
public enum RegionKind: UInt8, Sendable { case city, regency, province }

/// Fiscal capacity class of a region (PMK on the classes, domain R20), highest first.
public enum FiscalClass: UInt8, Sendable { case veryHigh, high, medium, low, veryLow }

/// How a document of the plan takes part.
public struct PlanDocument: Sendable {
  /// What may be done to it: which instrument table holds.
  public enum Stage: UInt8, Sendable { case mediumTerm, annualPlan, budget, actual, other }
  /// Its name.
  public var name: Symbol
  /// Its title.
  public var title: Bilingual
  /// Its stage.
  public var stage: Stage
}

/// A support link: a spending entity supports an objective, goal or mission (mendukung).
public struct Support: Sendable {
  /// The spending entity.
  public var from: EntityID
  /// The goal entity.
  public var to: EntityID
  /// Where it stands.
  public var site: Site
}

/// Attributes stated on entities, sparse: (entity, attribute, text or number).
public struct Attribute: Sendable {
  /// What is stated.
  public enum Role: UInt8, Sendable {
    case label, location, ward, priority, function, affairs, spendingKind, contract, strategy, policy
    /// The unit a leaf of imported data belongs to: the unit's row stands in `value`.
    case workUnit
  }
  /// The entity it is stated on.
  public var entity: EntityID
  /// What is stated.
  public var role: Role
  /// The words, where it is words.
  public var text: String
  /// The figure, where it is a figure (sen for a contract).
  public var value: Number
  /// Where it stands.
  public var site: Site
}

/// A parameter: a named assumption.
public struct Parameter: Sendable {
  /// Its name.
  public var name: Symbol
  /// Its title, or none.
  public var title: Site
  /// Its plain value, by year when a series, else one formula: the middle of a range or distribution.
  public var formula: FormulaID
  /// Its distribution as declared, or nil.
  public var distribution: Distribution?
  /// Where it stands.
  public var site: Site
}

/// A declared distribution, kept for sweeps and simulations.
public struct Distribution: Sendable {
  /// The families.
  public enum Family: UInt8, Sendable { case range, normal, lognormal, uniform, triangular, discrete }
  /// Its family.
  public var family: Family
  /// Its figures, in order.
  public var figures: [FormulaID]

  /// Whether draws of possible figures are above zero, but for one in a thousand.
  static func isAboveZero(_ family: Family, _ figures: [Double]) -> Bool {
    switch family {
    case .normal: figures[0] > 3.0902323 * figures[1]
    case .lognormal: true
    case .discrete: figures.allSatisfy { $0 > 0 }
    case .range, .uniform, .triangular: figures[0] >= 0
    }
  }

  /// Whether a family can have such figures: as many as it takes, in order, no spread below zero.
  static func isPossible(_ family: Family, _ figures: [Double]) -> Bool {
    guard figures.allSatisfy(\.isFinite), !figures.isEmpty else { return false }
    switch family {
    case .range, .uniform: return figures.count == 2 && figures[0] <= figures[1]
    case .normal: return figures.count == 2 && figures[1] >= 0
    case .lognormal: return figures.count == 2 && figures[0] > 0 && figures[1] >= 0
    case .triangular:
      return figures.count == 3 && figures[0] <= figures[1] && figures[1] <= figures[2] && figures[0] < figures[2]
    case .discrete: return true
    }
  }
}

/// A correlation (korelasi) of two parameters with distributions.
public struct Correlation: Sendable {
  /// One.
  public var first: ParameterID
  /// The other.
  public var second: ParameterID
  /// From -1 to 1, of their normal scores.
  public var strength: Double
  /// Where it stands.
  public var site: Site
}

/// A checked plan: immutable, columnar, made of ids; knows only sites, no text.
public struct Plan: Sendable {
  /// The region's title.
  public var region = Site.none
  /// What kind of region it is, where stated.
  public var regionKind: RegionKind?
  /// Its fiscal class, where stated.
  public var fiscalClass: FiscalClass?
  /// The first year of the period; 0 when none is declared.
  public var firstYear = 0
  /// How many years the period has.
  public var yearCount = 0
  /// The documents; rpjmd, rkpd, apbd, realisasi and the roadmap first.
  public var documents: [PlanDocument] = []
  /// The working document.
  public var workingDocument = DocumentID(raw: 2)
  /// Both trees.
  public var entities = Entities()
  /// All money.
  public var cube = Cube()
  /// Accounts.
  public var accounts = Accounts()
  /// Sources of funds.
  public var sources = Sources()
  /// Indicators, in order of declaration.
  public var indicators: [Indicator] = []
  /// For each entity the row of its indicator, or -1.
  public var indicatorRow: [Int32] = []
  /// Units; row 0 is the pure number, row 1 percent, row 2 the ratio of two sums (shown in percent, compares with
  /// both).
  public var units: [Unit] = [
    Unit(name: "", isPercent: false), Unit(name: "%", isPercent: true), Unit(name: "", isPercent: true),
  ]
  /// Scales.
  public var scales: [Scale] = []
  /// The initiatives of the masterplan, in order of declaration.
  public var initiatives: [Initiative] = []
  /// Support links, in order.
  public var supports: [Support] = []
  /// Responses, in order.
  public var responses: [Response] = []
  /// Spillovers between indicators, in order.
  public var spillovers: [Spillover] = []
  /// Stated attributes, in order of entity after `finish`.
  public var attributes: [Attribute] = []
  /// Parameters.
  public var parameters: [Parameter] = []
  /// Correlations of parameters.
  public var correlations: [Correlation] = []
  /// The projects that may be chosen, in order of declaration.
  public var projects: [Project] = []
  /// Compiled formulas: everything that runs.
  public var formulas: [Formula] = []
  /// Rules.
  public var rules: [Rule] = []
  /// Rules that are kept but do not apply here.
  public var dormant: [DormantRule] = []
  /// Rule packs in use.
  public var packs: [PackUse] = []
  /// Waivers.
  public var waivers: [Waiver] = []

  /// For each indicator the rows of the responses that drive it and of the spillovers into it; made by `finish`.
  public private(set) var drivers: [[Int32]] = []
  public private(set) var inflows: [[Int32]] = []

  /// A tie between the trees, filed under the rank of one of its ends.
  public struct Tie: Sendable {
    /// The rank of the end it is filed under.
    public var rank: UInt32
    /// The other end.
    public var other: EntityID
  }
  /// Supports and responses by the rank of the spending end, and of the goal's; in order of rank.
  public private(set) var tiesFrom: [Tie] = []
  public private(set) var tiesTo: [Tie] = []

  /// The ties filed under the ranks `low...high`, found by bisection.
  public func ties(_ filed: [Tie], _ low: UInt32, _ high: UInt32) -> ArraySlice<Tie> {
    func first(atLeast wanted: UInt32) -> Int {
      var (from, to) = (0, filed.count)
      while from < to {
        let middle = (from + to) / 2
        if filed[middle].rank < wanted { from = middle + 1 } else { to = middle }
      }
      return from
    }
    let start = first(atLeast: low)
    return filed[start..<max(start, high == .max ? filed.count : first(atLeast: high + 1))]
  }

  /// Files responses and spillovers under their indicators, and what ties the trees under its ends; once, when the plan
  /// is made.
  mutating func fileDrivers() {
    let pairs = supports.map { ($0.from, $0.to) } + responses.map { ($0.entity, $0.indicator) }
    tiesFrom = pairs.map { Tie(rank: entities.rank[$0.0.index], other: $0.1) }.sorted { $0.rank < $1.rank }
    tiesTo = pairs.map { Tie(rank: entities.rank[$0.1.index], other: $0.0) }.sorted { $0.rank < $1.rank }
    drivers = [[Int32]](repeating: [], count: indicators.count)
    inflows = drivers
    func row(_ entity: EntityID) -> Int? {
      guard indicatorRow.indices.contains(entity.index), indicatorRow[entity.index] >= 0 else { return nil }
      return Int(indicatorRow[entity.index])
    }
    for (at, response) in responses.enumerated() where response.shape != nil {
      if let row = row(response.indicator) { drivers[row].append(Int32(truncatingIfNeeded: at)) }
    }
    for (at, spillover) in spillovers.enumerated() {
      if let row = row(spillover.to) { inflows[row].append(Int32(truncatingIfNeeded: at)) }
    }
  }

  /// What revenue and financing leave unspent in the working document, by year and source (years outer); sources stand
  /// under the topmost they are part of, and count only where revenue or receipts of theirs are declared.
  public var unspent: [Int64] = []

  /// An empty plan.
  public init() {}

  /// The topmost source a source is part of.
  public func rootSource(_ source: SourceID) -> SourceID {
    var at = source
    while sources.parent[at.index].raw != 0 { at = sources.parent[at.index] }
    return at
  }

  /// Sums what is unspent; once, when the plan is made.
  mutating func sumUnspent() {
    let count = sources.count
    let roots = (0..<count).map { rootSource(SourceID($0)).index }
    unspent = [Int64](repeating: 0, count: count * yearCount)
    for year in 0..<yearCount {
      var isDeclared = [Bool](repeating: false, count: count)
      for (ledger, sign) in [(Ledger.revenue, Int64(1)), (.receipt, 1), (.outflow, -1), (.spending, -1)] {
        for cell in cube.block(ledger, workingDocument, year) {
          let at = roots[cube.source[cell].index]
          unspent[year * count + at] &+= sign &* cube.amount[cell]
          if ledger == .revenue || ledger == .receipt { isDeclared[at] = true }
        }
      }
      for at in 0..<count where !isDeclared[at] { unspent[year * count + at] = 0 }
    }
  }

  /// What is stated on an entity itself.
  func attributes(of entity: EntityID) -> ArraySlice<Attribute> {
    var (low, high) = (0, attributes.count)
    while low < high {
      let middle = (low + high) / 2
      if attributes[middle].entity < entity { low = middle + 1 } else { high = middle }
    }
    return attributes[low...].prefix { $0.entity == entity }
  }

  /// The index of a calendar year in the period, or nil.
  public func yearIndex(_ year: Int) -> Int? {
    let index = year - firstYear
    return index >= 0 && index < yearCount ? index : nil
  }
}
