/// The answer to a linear programme.
public struct Solution: Sendable {
  /// How the solve ended.
  public enum Status: Sendable { case optimal, infeasible, unbounded, infeasibleOrUnbounded, stopped, failed }
  /// How the solve ended; one that was stopped may still have values.
  public var status: Status
  /// Whether there are values: within all bounds, but the best only when optimal.
  public var hasValues = false
  /// The cost of the values.
  public var objective = 0.0
  /// No values have a better cost than this, as far as a mixed-integer solve has proved; infinite where it has not.
  public var bound = 0.0
  /// A value a column.
  public var values: [Double] = []
  /// What a unit more of each row's binding bound adds to the cost; empty for a mixed-integer programme.
  public var rowDuals: [Double] = []
  /// What a unit more of each column's binding bound adds to the cost; empty for a mixed-integer programme.
  public var columnDuals: [Double] = []
  /// What each turn came to, where the programme has some.
  var turns: [Solution] = []
  /// Who answered and, where it failed, with what number; for messages.
  public var message = ""

  init(_ status: Status, message: String = "") {
    self.status = status
    self.message = message
  }
}

/// How long and how well to solve.
public struct SolveOptions: Sendable {
  /// The most seconds.
  public var seconds: Double
  /// A mixed-integer solve may stop when no better cost than this share of it is left.
  public var gap: Double
  /// The seed of what a library draws.
  public var seed: Int
  /// The threads one library may use.
  public var threads: Int
  /// Whether the user wants it to stop; asked many times a second.
  public var isInterrupted: @Sendable () -> Bool
  /// Called many times a second while it goes on.
  public var isWaiting: @Sendable () -> Void = {}

  /// Options; without any, half a minute on one thread.
  public init(
    seconds: Double = 30, gap: Double = 1e-6, seed: Int = 0, threads: Int = 1,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.seconds = seconds
    self.gap = gap
    self.seed = seed
    self.threads = threads
    self.isInterrupted = isInterrupted
  }
}

/// Something that solves linear programmes. Its word is to be confirmed by the engine before it is an answer.
public protocol Solver: Sendable {
  /// Its name and version.
  var name: String { get }
  /// The answer; never traps, ends within the time it is given.
  func solve(_ programme: LinearProgramme, _ options: SolveOptions) -> Solution
}

/// What stands where no library is installed.
struct NoSolver: Solver {
  let name = "-"
  func solve(_ programme: LinearProgramme, _ options: SolveOptions) -> Solution { Solution(.failed, message: name) }
}
