import CSolver
import Testing

@testable import PlanLang

/// What can be solved with here; without any the tests are skipped and say so.
enum Installed {
  static let solvers = Solvers.available().compactMap { $0 as? LibrarySolver }
  static let hasAny: Bool = {
    if solvers.isEmpty {
      Swift.print("NOTE: no solver is installed (HiGHS, or CLP and CBC): the tests of solving are skipped; see tools/setup")
    } else if solvers.count == 1 {
      Swift.print("NOTE: only \(solvers[0].name) is installed: no second solver gives its opinion")
    }
    return !solvers.isEmpty
  }()
  static let highs = Int32(PLAN_HIGHS)
  static let note: Comment = "no solver is installed"
}

func close(_ left: Double, _ right: Double, _ tolerance: Double = 1e-6) -> Bool {
  abs(left - right) <= tolerance * max(1, abs(left), abs(right))
}

/// Small programmes are solved by trying everything, and each library must find the same.
@Suite(.enabled(if: Installed.hasAny, Installed.note)) struct SolverTests {
  /// A random programme of few columns, each within a box; some without any values within the rows.
  static func small(_ draws: inout Draws, isInteger: Bool) -> LinearProgramme {
    var programme = LinearProgramme()
    programme.isMaximised = Bool.random(using: &draws)
    let columns = Int.random(in: 1...(isInteger ? 5 : 3), using: &draws)
    for _ in 0..<columns {
      let lower = Double(Int.random(in: -3...2, using: &draws))
      programme.addColumn(
        cost: Double(Int.random(in: -9...9, using: &draws)), lower: lower,
        upper: lower + Double(Int.random(in: 0...4, using: &draws)), isInteger: isInteger && Int.random(in: 0...3, using: &draws) > 0)
    }
    if isInteger { programme.isInteger = programme.isInteger.map { _ in true } }
    for _ in 0..<Int.random(in: 1...4, using: &draws) {
      let terms = (0..<columns).map { (column: $0, value: Double(Int.random(in: -5...5, using: &draws))) }
      let at = Double(Int.random(in: -12...12, using: &draws))
      switch Int.random(in: 0...3, using: &draws) {
      case 0: programme.addRow(lower: -.infinity, upper: at, terms)
      case 1: programme.addRow(lower: at, upper: .infinity, terms)
      case 2: programme.addRow(lower: at, upper: at + 6, terms)
      default: programme.addRow(lower: -at, upper: -at + 1, terms)
      }
    }
    return programme
  }

  /// The best of the points where as many bounds are tight as there are columns; nil where none lies within all.
  static func byVertices(_ programme: LinearProgramme) -> Double? {
    let columns = programme.cost.count
    var planes: [([Double], Double)] = []
    for column in 0..<columns {
      var unit = Array(repeating: 0.0, count: columns)
      unit[column] = 1
      planes += [(unit, programme.lower[column]), (unit, programme.upper[column])]
    }
    for row in programme.rowLower.indices {
      var normal = Array(repeating: 0.0, count: columns)
      for entry in Int(programme.starts[row])..<Int(programme.starts[row + 1]) {
        normal[Int(programme.indices[entry])] = programme.values[entry]
      }
      for bound in [programme.rowLower[row], programme.rowUpper[row]] where bound.isFinite { planes.append((normal, bound)) }
    }
    var best: Double?
    func choose(_ from: Int, _ chosen: [Int]) {
      if chosen.count == columns {
        guard let point = crossing(chosen.map { planes[$0] }), programme.violation(point) < 1e-9 else { return }
        let cost = programme.objective(point)
        best = best.map { programme.isMaximised ? max($0, cost) : min($0, cost) } ?? cost
        return
      }
      for plane in planes.indices.dropFirst(from) { choose(plane + 1, chosen + [plane]) }
    }
    choose(0, [])
    return best
  }

  /// The point where planes cross, by elimination.
  static func crossing(_ planes: [([Double], Double)]) -> [Double]? {
    var rows = planes.map { $0.0 + [$0.1] }
    let n = rows.count
    for column in 0..<n {
      guard let pivot = (column..<n).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }), abs(rows[pivot][column]) > 1e-12 else {
        return nil
      }
      rows.swapAt(column, pivot)
      for row in 0..<n where row != column {
        let factor = rows[row][column] / rows[column][column]
        for at in column...n { rows[row][at] -= factor * rows[column][at] }
      }
    }
    return (0..<n).map { rows[$0][n] / rows[$0][$0] }
  }

  /// The best of all whole points; nil where none lies within the rows.
  static func byTrying(_ programme: LinearProgramme) -> Double? {
    var best: Double?
    func fill(_ point: [Double]) {
      let column = point.count
      if column == programme.cost.count {
        guard programme.violation(point) < 1e-9 else { return }
        let cost = programme.objective(point)
        best = best.map { programme.isMaximised ? max($0, cost) : min($0, cost) } ?? cost
        return
      }
      for value in stride(from: programme.lower[column], through: programme.upper[column], by: 1) { fill(point + [value]) }
    }
    fill([])
    return best
  }

  @Test(arguments: 0..<150) func continuousOptimaAreThoseOfTheVertices(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 6_700_417 &+ 3)
    let programme = Self.small(&draws, isInteger: false)
    let best = Self.byVertices(programme)
    for solver in Installed.solvers {
      let solution = solver.solve(programme, SolveOptions())
      guard let best else {
        #expect(solution.status == .infeasible, "\(solver.name)")
        continue
      }
      #expect(solution.status == .optimal && close(solution.objective, best), "\(solver.name) \(solution) \(best)")
      Self.expectProof(solution, of: programme, by: solver)
    }
  }

  /// Duals that prove the optimum: they add up to the cost, and each has the sign of the bound it stands on.
  static func expectProof(_ solution: Solution, of programme: LinearProgramme, by solver: any Solver) {
    guard solution.rowDuals.count == programme.rowLower.count, solution.columnDuals.count == programme.cost.count else {
      Issue.record("\(solver.name): no duals")
      return
    }
    let sign = programme.isMaximised ? -1.0 : 1.0
    var reduced = programme.cost
    func weigh(_ dual: Double, _ value: Double, _ lower: Double, _ upper: Double) {
      if sign * dual > 1e-6 { #expect(close(value, lower, 1e-5), "\(solver.name)") }
      if sign * dual < -1e-6 { #expect(close(value, upper, 1e-5), "\(solver.name)") }
    }
    for row in programme.rowLower.indices {
      var activity = 0.0
      for entry in Int(programme.starts[row])..<Int(programme.starts[row + 1]) {
        let column = Int(programme.indices[entry])
        activity += programme.values[entry] * solution.values[column]
        reduced[column] -= programme.values[entry] * solution.rowDuals[row]
      }
      weigh(solution.rowDuals[row], activity, programme.rowLower[row], programme.rowUpper[row])
    }
    for column in programme.cost.indices {
      #expect(close(reduced[column], solution.columnDuals[column], 1e-5), "\(solver.name)")
      weigh(solution.columnDuals[column], solution.values[column], programme.lower[column], programme.upper[column])
    }
  }

  @Test(arguments: 0..<150) func wholeOptimaAreThoseOfTrying(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 99_991 &+ 11)
    let programme = Self.small(&draws, isInteger: true)
    let best = Self.byTrying(programme)
    for solver in Installed.solvers {
      let solution = solver.solve(programme, SolveOptions())
      guard let best else {
        #expect(solution.status == .infeasible, "\(solver.name) \(solution)")
        continue
      }
      #expect(solution.status == .optimal && close(solution.objective, best), "\(solver.name) \(solution) \(best)")
      #expect(close(solution.bound, best, 1e-5), "\(solver.name) \(solution.bound) \(best)")
      #expect(solution.values.allSatisfy { $0 == $0.rounded() })
    }
  }

  /// Columns that take turns: each turn is what a programme by itself comes to where the others are at zero.
  @Test(arguments: 0..<100) func turnsAreSolvesByThemselves(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 15_485_863 &+ 11)
    var programme = Self.small(&draws, isInteger: false)
    programme.turnCount = Int.random(in: 1...4, using: &draws)
    for column in programme.cost.indices {
      programme.turns.append(Int32.random(in: -1..<Int32(programme.turnCount), using: &draws))
      if programme.turns[column] >= 0 { (programme.lower[column], programme.upper[column]) = (0, Double(Int.random(in: 0...5, using: &draws))) }
    }
    for solver in Installed.solvers {
      let turns = solver.solve(programme, SolveOptions()).turns
      #expect(turns.count == programme.turnCount, "\(solver.name)")
      for (turn, solution) in turns.enumerated() {
        let best = Self.byVertices(programme.alone(in: turn))
        #expect((solution.status == .optimal) == (best != nil), "\(solver.name), turn \(turn): \(solution.status)")
        if let best, solution.status == .optimal { #expect(close(solution.objective, best), "\(solver.name), turn \(turn)") }
      }
    }
  }

  @Test func withoutAnyEndItIsUnbounded() {
    for isInteger in [false, true] {
      var programme = LinearProgramme()
      let x = programme.addColumn(cost: -1, isInteger: isInteger)
      let y = programme.addColumn(cost: 1, isInteger: isInteger)
      programme.addRow(lower: -3, upper: 8, [(x, 1), (y, -1)])
      programme.cost[y] = 0.5
      for solver in Installed.solvers { #expect(solver.solve(programme, SolveOptions()).status == .unbounded, "\(solver.name)") }
    }
  }

  @Test func contradictionsAreInfeasible() {
    for isInteger in [false, true] {
      var programme = LinearProgramme()
      let x = programme.addColumn(cost: -1, isInteger: isInteger)
      let y = programme.addColumn(cost: -1, isInteger: isInteger)
      programme.addRow(lower: 5, upper: .infinity, [(x, 1), (y, 1)])
      programme.addRow(lower: -.infinity, upper: 4, [(x, 1), (y, 1)])
      for solver in Installed.solvers { #expect(solver.solve(programme, SolveOptions()).status == .infeasible, "\(solver.name)") }
    }
  }

  @Test func senBesideSharesAndCounts() {
    // A trillion rupiah in sen, a share of it, a count, one unit: all in one programme.
    for scale in [1.0, 1e5, 1e10, 1e15] {
      var programme = LinearProgramme()
      programme.isMaximised = true
      let money = programme.addColumn(upper: scale)
      let share = programme.addColumn(cost: 3, upper: 1)
      let count = programme.addColumn(cost: 0.001, upper: 250)
      programme.addRow(lower: 0, upper: 0, [(money, 1), (share, -scale)])
      programme.addRow(lower: -.infinity, upper: 0.75 * scale, [(money, 1)])
      programme.addRow(lower: -.infinity, upper: scale, [(money, 1), (count, scale / 1000)])
      for solver in Installed.solvers {
        let solution = solver.solve(programme, SolveOptions())
        #expect(solution.status == .optimal && close(solution.objective, 2.5), "\(solver.name) \(scale) \(solution)")
        #expect(close(solution.values[money], 0.75 * scale), "\(solver.name) \(scale)")
        #expect(close(solution.values[count], 250), "\(solver.name) \(scale)")
        Self.expectProof(solution, of: programme, by: solver)
      }
    }
  }
}
