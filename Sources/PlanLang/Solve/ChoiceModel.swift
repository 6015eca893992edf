/// Projects to choose from, yes or no each: the set of most worth within rows of whole numbers (sen and counts). What a
/// solver says of it is confirmed here with exact sums before it is an answer.
public struct ChoiceModel: Sendable {
  /// A condition of the set: the sum of the terms whose project is chosen lies within bounds.
  public struct Row: Sendable {
    /// What each project adds when chosen.
    public var terms: [(project: Int, amount: Int64)]
    /// The least sum, or nil.
    public var least: Int64?
    /// The largest sum, or nil.
    public var most: Int64?

    /// A condition.
    public init(_ terms: [(project: Int, amount: Int64)], least: Int64? = nil, most: Int64? = nil) {
      self.terms = terms
      self.least = least
      self.most = most
    }

    /// The sum of what is chosen.
    public func sum(_ chosen: [Bool]) -> Int128 {
      terms.reduce(into: Int128(0)) { sum, term in if chosen[term.project] { sum += Int128(term.amount) } }
    }

    /// Whether the sum of what is chosen lies within the bounds.
    public func holds(_ chosen: [Bool]) -> Bool {
      let sum = sum(chosen)
      return (least.map { sum >= Int128($0) } ?? true) && (most.map { sum <= Int128($0) } ?? true)
    }
  }

  /// What each project is worth.
  public var worth: [Number]
  /// What each costs in all, for choosing the cheapest of equally good sets.
  public var cost: [Int64]
  /// The conditions.
  public var rows: [Row] = []

  /// Projects by their worth and cost.
  public init(worth: [Number], cost: [Int64]) {
    self.worth = worth
    self.cost = cost
  }

  /// What a set is worth, exactly where its parts are exact.
  public func worth(of chosen: [Bool]) -> Number {
    chosen.indices.reduce(Number.zero) { chosen[$1] ? $0 + worth[$1] : $0 }
  }

  /// What a set costs in all.
  func cost(of chosen: [Bool]) -> Int128 {
    chosen.indices.reduce(into: Int128(0)) { sum, project in if chosen[project] { sum += Int128(cost[project]) } }
  }

  /// Whether a set meets all conditions, exactly.
  public func confirms(_ chosen: [Bool]) -> Bool { chosen.count == worth.count && rows.allSatisfy { $0.holds(chosen) } }

  /// The worths as whole numbers of the smallest decimal they share, when they are decimals: a better set is then better by
  /// one at least.
  var wholeWorth: [Int64]? {
    for power in Number.powers.prefix(10) {
      let scaled = worth.map { ($0 * Number(power)) }
      let whole = scaled.compactMap { $0.isExact ? $0.whole : nil }
      guard whole.count == worth.count else { continue }
      let sum = whole.reduce(Int128(0)) { $0 + Int128($1.magnitude) }
      return sum < Int128(1) << 50 ? whole : nil
    }
    return nil
  }
}

/// A chosen set.
public struct Choice: Sendable {
  /// Whether each project is in it.
  public var chosen: [Bool]
  /// What it is worth.
  public var worth: Number
  /// No set is worth more than this.
  public var bound: Double
  /// Whether no set is worth more.
  public var isProved: Bool
  /// Whether no set worth as much is cheaper; not looked for among very many projects.
  public var isCheapest = false
}

/// What a project that was left out lost by.
public struct Loss: Sendable {
  /// What choosing it all the same would come to.
  public enum Result: Sendable {
    /// The best set with it, and whether it is proved to be the best.
    case set([Bool], worth: Number, isProved: Bool)
    /// No set is worth more than this with it.
    case atMost(Double)
    /// No set can have it: a smallest set of rows that stand against it, by their places.
    case impossible([Int])
    /// Not told in time.
    case unknown
  }
  /// The project.
  public var project: Int
  /// What choosing it would come to.
  public var result: Result
}

/// What a search for the best set came to.
public enum ChoiceOutcome: Sendable {
  /// A set that the sums confirm.
  case chosen(Choice)
  /// No set meets all rows.
  case impossible
  /// Time or patience ended before any set was found.
  case stopped
  /// The solver's word was not confirmed, or it failed: what it said.
  case unconfirmed(String)
}

extension ChoiceModel {
  /// The best set, of equally good ones the cheapest.
  public func best(_ options: SolveOptions) -> ChoiceOutcome {
    ChoiceSearch(self, options).best()
  }

  /// What choosing each project that was left out would come to, the closest ones first solved, up to a number of them.
  public func losses(beside choice: Choice, most: Int, _ options: SolveOptions) -> [Loss] {
    ChoiceSearch(self, options).losses(beside: choice, most: most)
  }

  /// A smallest set of rows that cannot be met together, by their places; nil when the time does not suffice to tell.
  public func conflict(_ options: SolveOptions) -> [Int]? {
    ChoiceSearch(self, options).conflict()
  }

  /// Smallest sets of rows that cannot be met together, up to a few, with what each member would have to give.
  public func conflicts(_ options: SolveOptions) -> [ChoiceConflict] {
    ChoiceSearch(self, options).conflicts()
  }
}

/// Rows that cannot be met together, none of them to spare.
public struct ChoiceConflict: Sendable {
  /// One of them.
  public struct Member: Sendable {
    /// Its place among the rows.
    public var row: Int
    /// By how much it is missed at least where the others of the set hold, in its own units; nil where that was not told in time.
    public var short: Int64?
    /// By how much its bound must move so that all else holds; nil where that alone is not enough, or was not told in time.
    public var relief: Int64?
  }
  /// Its members.
  public var members: [Member]
}
