import Testing

@testable import PlanLang

/// Models that books have solved: each library must reach what they print.
@Suite(.enabled(if: Installed.hasAny, Installed.note)) struct TextbookTests {
  private func expect(_ programme: LinearProgramme, _ published: Double, isPlain: Bool = true) {
    for solver in Installed.solvers {
      let solution = solver.solve(programme, SolveOptions())
      #expect(solution.status == .optimal && close(solution.objective, published, 1e-4), "\(solver.name) \(solution)")
      if !programme.isMixed { SolverTests.expectProof(solution, of: programme, by: solver) }
    }
  }

  /// Dantzig (1963), Linear Programming and Extensions, chapter 3.3: two canneries, three markets.
  @Test func transport() {
    var programme = LinearProgramme()
    let supply = [350.0, 600]
    let demand = [325.0, 300, 275]
    let distance = [[2.5, 1.7, 1.8], [2.5, 1.8, 1.4]]
    let shipped = distance.map { row in row.map { programme.addColumn(cost: 90 * $0 / 1000) } }
    for (plant, most) in supply.enumerated() {
      programme.addRow(lower: -.infinity, upper: most, shipped[plant].map { ($0, 1) })
    }
    for (market, least) in demand.enumerated() {
      programme.addRow(lower: least, upper: .infinity, shipped.map { ($0[market], 1) })
    }
    expect(programme, 153.675)
  }

  private static let value = [14.0, 17, 17, 15, 40, 12, 14, 10, 12]
  private static let outlays = [[12.0, 54, 6, 6, 30, 6, 48, 36, 18], [3.0, 7, 6, 2, 35, 6, 4, 3, 3]]

  private func lorieSavage(isInteger: Bool) -> LinearProgramme {
    var programme = LinearProgramme()
    programme.isMaximised = true
    let projects = Self.value.map { programme.addColumn(cost: $0, upper: 1, isInteger: isInteger) }
    for (outlay, budget) in zip(Self.outlays, [50.0, 20]) {
      programme.addRow(lower: -.infinity, upper: budget, zip(projects, outlay).map { ($0, $1) })
    }
    return programme
  }

  /// Lorie and Savage (1955), Three Problems in Rationing Capital: nine projects, two years' budgets; Weingartner (1963)
  /// gives 70 for whole projects (1, 3, 4, 6, 9) and 70.27 for parts.
  @Test func capitalRationing() {
    let whole = lorieSavage(isInteger: true)
    expect(whole, 70)
    for solver in Installed.solvers {
      #expect(solver.solve(whole, SolveOptions()).values == [1, 0, 1, 1, 0, 1, 0, 0, 1], "\(solver.name)")
      let parts = solver.solve(lorieSavage(isInteger: false), SolveOptions())
      #expect((parts.objective * 100).rounded() == 7027, "\(solver.name) \(parts.objective)")
    }
  }

  /// Petersen (1967), Computational experience with variants of the Balas algorithm, problem 1: six projects under ten
  /// ceilings, optimum 3800.
  @Test func sixProjectsUnderTenCeilings() {
    let worth = [100.0, 600, 1200, 2400, 500, 2000]
    let use = [
      [8.0, 12, 13, 64, 22, 41], [8, 12, 13, 75, 22, 41], [3, 6, 4, 18, 6, 4], [5, 10, 8, 32, 6, 12], [5, 13, 8, 42, 6, 20],
      [5, 13, 8, 48, 6, 20], [0, 0, 0, 0, 8, 0], [3, 0, 4, 0, 8, 0], [3, 2, 4, 0, 8, 4], [3, 2, 4, 8, 8, 4],
    ]
    let ceilings = [80.0, 96, 20, 36, 44, 48, 10, 18, 22, 24]
    // In sen as well: the ceilings of a plan are of that size.
    for unit in [1.0, 1e11] {
      var programme = LinearProgramme()
      programme.isMaximised = true
      let projects = worth.map { programme.addColumn(cost: $0, upper: 1, isInteger: true) }
      for (row, ceiling) in zip(use, ceilings) {
        programme.addRow(lower: -.infinity, upper: ceiling * unit, zip(projects, row).map { ($0, $1 * unit) })
      }
      expect(programme, 3800)
    }
  }

  /// Winston, Operations Research, chapter 3.10 (Sailco): four quarters of production, overtime and stock, 78,450.
  @Test func fourQuarters() {
    var programme = LinearProgramme()
    var before: Int?
    for demand in [40.0, 60, 75, 25] {
      let regular = programme.addColumn(cost: 400, upper: 40)
      let overtime = programme.addColumn(cost: 450)
      let stock = programme.addColumn(cost: 20)
      var terms: [(column: Int, value: Double)] = [(regular, 1), (overtime, 1), (stock, -1)]
      if let before { terms.append((before, 1)) }
      let opening = before == nil ? 10.0 : 0
      programme.addRow(lower: demand - opening, upper: demand - opening, terms)
      before = stock
    }
    expect(programme, 78_450)
  }
}
