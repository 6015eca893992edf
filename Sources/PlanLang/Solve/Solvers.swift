import CSolver
import Glibc

/// The solver libraries that can be had, found when they are first asked for.
public enum Solvers {
  static let found: [LibrarySolver] = {
    var solvers: [LibrarySolver] = []
    if wish != "cbc", let solver = highs(wish) { solvers.append(solver) }
    if wish.isEmpty || wish == "cbc", plan_solver_load(Int32(PLAN_COIN), nil) != 0 {
      solvers.append(LibrarySolver(library: Int32(PLAN_COIN), name: "CLP/CBC"))
    }
    return solvers
  }()

  /// What `PLAN_SOLVER` says.
  private static var wish: String { getenv("PLAN_SOLVER").map { String(cString: $0) } ?? "" }

  /// CLP by itself, where it is installed and no other is wished: it loads before CBC and HiGHS are looked for.
  private static let clp: LibrarySolver? = {
    guard wish.isEmpty || wish == "cbc", plan_solver_load(Int32(PLAN_CLP), nil) != 0 else { return nil }
    return LibrarySolver(library: Int32(PLAN_CLP), name: "CLP")
  }()

  /// HiGHS from the place that is wished, from the system, or from a folder that `make` filled.
  private static func highs(_ wish: String) -> LibrarySolver? {
    let library = Int32(PLAN_HIGHS)
    var isLoaded = plan_solver_load(library, wish.isEmpty ? nil : wish) != 0
    var path = [CChar](repeating: 0, count: 4097)
    if !isLoaded, wish.isEmpty, plan_solver_near("libhighs.so", &path, 4096) != 0 {
      isLoaded = plan_solver_load(library, path) != 0
    }
    return isLoaded ? LibrarySolver(library: library, name: "HiGHS \(String(cString: plan_solver_version(library)))") : nil
  }

  /// The solvers, the best first; empty where none is installed. `PLAN_SOLVER` names the one to use: a path of HiGHS, or
  /// `cbc`; what cannot be loaded leaves none.
  public static func available() -> [any Solver] { found }

  /// The answer of a mixed programme by the first of two solvers on two cores; on one core that of the best.
  static func raced(_ programme: LinearProgramme, _ options: SolveOptions) -> Solution {
    Race(Beside.cores > 1 ? quickest : Array(found.prefix(1)), programme, options).run()
  }

  /// The quickest first where whole numbers are asked for: CBC proves choices of projects in a third of HiGHS's time, but
  /// cannot be stopped with what it has (docs/performance.md).
  static let quickest: [LibrarySolver] = found.reversed()

  /// The best for a programme with or without whole numbers: CLP answers the programmes of moved money in a third to a sixth of
  /// HiGHS's time, HiGHS keeps the best whole numbers it has when it is stopped.
  public static func best(isInteger: Bool) -> (any Solver)? { isInteger ? found.first : clp ?? found.first }
}
