import Synchronization
import Testing

@testable import PlanLang

/// Time, interruption, refusals, and programmes with hardly anything in them.
@Suite(.enabled(if: Installed.hasAny, Installed.note)) struct SolverLimitTests {
  /// 300 projects under five ceilings, worth about what they use: no library here proves its optimum within minutes.
  static func hard() -> LinearProgramme {
    var draws = Draws(state: 77)
    var programme = LinearProgramme()
    programme.isMaximised = true
    var weights: [[Double]] = Array(repeating: [], count: 5)
    for _ in 0..<300 {
      var total = 0
      for year in 0..<5 {
        let weight = Int.random(in: 1...1000, using: &draws)
        weights[year].append(Double(weight))
        total += weight
      }
      programme.addColumn(cost: Double(total / 5 + Int.random(in: 0...500, using: &draws)), upper: 1, isInteger: true)
    }
    for year in 0..<5 {
      programme.addRow(
        lower: -.infinity, upper: (weights[year].reduce(0, +) / 2).rounded(), weights[year].enumerated().map { ($0.offset, $0.element) })
    }
    return programme
  }

  private static func seconds(_ work: () -> Void) -> Double {
    let took = ContinuousClock().measure(work).components
    return Double(took.seconds) + Double(took.attoseconds) * 1e-18
  }

  private func expectKept(_ solution: Solution, _ programme: LinearProgramme, by solver: any Solver) {
    #expect(solution.status == .stopped && solution.hasValues, "\(solver.name) \(solution.status) \(solution.message)")
    guard solution.hasValues else { return }
    #expect(programme.violation(solution.values) < 1e-6)
    #expect(solution.bound >= solution.objective && solution.bound < solution.objective * 1.2, "\(solver.name) \(solution.bound)")
  }

  @Test func theTimeLimitKeepsTheBestSoFar() {
    let programme = Self.hard()
    for solver in Installed.solvers {
      var solution = Solution(.failed)
      let took = Self.seconds { solution = solver.solve(programme, SolveOptions(seconds: 4, gap: 1e-9)) }
      #expect(took < 8, "\(solver.name) took \(took) s")
      // CBC that overruns its own limit, as it does on a busy machine, is ended, and its values with it.
      if solver.library == Installed.highs || solution.hasValues { expectKept(solution, programme, by: solver) } else { #expect(solution.status == .stopped) }
    }
  }

  @Test func anInterruptKeepsTheBestSoFar() {
    let programme = Self.hard()
    for solver in Installed.solvers {
      let begin = ContinuousClock.now
      var solution = Solution(.failed)
      let took = Self.seconds {
        solution = solver.solve(
          programme, SolveOptions(seconds: 60, gap: 1e-9) { begin.duration(to: .now) > .milliseconds(1500) })
      }
      #expect(took < 8, "\(solver.name) took \(took) s")
      // CBC has no ear for the wish: it is ended, and its values with it.
      if solver.library == Installed.highs { expectKept(solution, programme, by: solver) } else { #expect(solution.status == .stopped) }
    }
  }

  @Test func anInterruptFromTheStartStopsAtOnce() {
    for solver in Installed.solvers {
      var solution = Solution(.failed)
      let took = Self.seconds { solution = solver.solve(Self.hard(), SolveOptions(seconds: 60, gap: 1e-9) { true }) }
      #expect(solution.status == .stopped && took < 6, "\(solver.name) \(took) \(solution.message)")
    }
  }

  @Test func aRaceIsAnsweredByTheFirst() {
    var draws = Draws(state: 5)
    let programme = SolverTests.small(&draws, isInteger: true)
    let alone = Installed.solvers[0].solve(programme, SolveOptions())
    let race = Race(Installed.solvers, programme, SolveOptions()).run()
    #expect(race.status == alone.status && close(race.objective, alone.objective))
    let stopped = Race(Installed.solvers, Self.hard(), SolveOptions(seconds: 1.5, gap: 1e-9)).run()
    #expect(stopped.status == .stopped && stopped.hasValues && stopped.bound >= stopped.objective)
  }

  @Test func theSameProgrammeGivesTheSameValues() {
    var programme = Self.hard()
    for column in 40..<300 { programme.upper[column] = 0 }
    for solver in Installed.solvers {
      let first = solver.solve(programme, SolveOptions(seconds: 60))
      #expect(first.status == .optimal, "\(solver.name) \(first.message)")
      #expect(solver.solve(programme, SolveOptions(seconds: 60)).values == first.values, "\(solver.name)")
    }
  }

  @Test func manyAtOnceDoNotMeet() async {
    await withTaskGroup(of: Bool.self) { group in
      for seed in 0..<24 {
        group.addTask {
          var draws = Draws(state: UInt64(seed) + 1000)
          let programme = SolverTests.small(&draws, isInteger: true)
          let best = SolverTests.byTrying(programme)
          return Installed.solvers.allSatisfy { solver in
            let solution = solver.solve(programme, SolveOptions())
            return best.map { close($0, solution.objective) } ?? (solution.status == .infeasible)
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test func hardlyAnythingInIt() {
    for solver in Installed.solvers {
      let empty = solver.solve(LinearProgramme(), SolveOptions())
      #expect(empty.status == .optimal && empty.hasValues && empty.objective == 0)
      var rowless = LinearProgramme()
      rowless.addColumn(cost: 2, lower: 1.5, upper: 9, isInteger: true)
      rowless.addColumn(cost: -1, upper: 4)
      let plain = solver.solve(rowless, SolveOptions())
      #expect(plain.status == .optimal && plain.values == [2, 4] && plain.objective == 0)
      rowless.upper[1] = .infinity
      #expect(solver.solve(rowless, SolveOptions()).status == .unbounded)
      rowless.addRow(lower: 1, upper: 2, [])
      #expect(solver.solve(rowless, SolveOptions()).status == .infeasible)
      // Equal columns add up, and what adds up to nothing is not there.
      var doubled = LinearProgramme()
      let x = doubled.addColumn(cost: -1)
      let y = doubled.addColumn(cost: -1, upper: 7)
      doubled.addRow(lower: -.infinity, upper: 6, [(x, 1), (y, 2), (x, 1), (y, -2)])
      #expect(doubled.values == [2])
      let solution = solver.solve(doubled, SolveOptions())
      #expect(solution.status == .optimal && close(solution.objective, -10), "\(solver.name) \(solution)")
      // A row without entries beside one that binds; the same row twice; a fixed column.
      doubled.addRow(lower: -1, upper: 1, [])
      doubled.addRow(lower: -.infinity, upper: 6, [(x, 2)])
      doubled.upper[y] = 0
      #expect(close(solver.solve(doubled, SolveOptions()).objective, -3), "\(solver.name)")
    }
  }

  @Test func whatIsNoProgrammeIsRefused() {
    for solver in Installed.solvers {
      func status(_ change: (inout LinearProgramme) -> Void) -> Solution.Status {
        var programme = LinearProgramme()
        let x = programme.addColumn(cost: 1, upper: 5)
        programme.addRow(lower: 1, upper: 3, [(x, 1)])
        change(&programme)
        return solver.solve(programme, SolveOptions()).status
      }
      #expect(status { _ in } == .optimal)
      #expect(status { $0.cost[0] = .nan } == .failed)
      #expect(status { $0.cost[0] = .infinity } == .failed)
      #expect(status { $0.lower[0] = .nan } == .failed)
      #expect(status { $0.lower[0] = .infinity } == .failed)
      #expect(status { $0.rowUpper[0] = -.infinity } == .failed)
      #expect(status { $0.upper = [] } == .failed)
      #expect(status { $0.addRow(lower: 0, upper: 1, [(7, 1)]) } == .failed)
      #expect(status { $0.addRow(lower: 0, upper: 1, [(0, .nan)]) } == .failed)
      #expect(status { $0.lower[0] = 6 } == .infeasible)
      #expect(status { $0.rowLower[0] = 4 } == .infeasible)
    }
  }

  /// A host whose user presses Ctrl-C at the n-th look from now.
  private final class Impatient: Host {
    private let left = Mutex(Int.max)
    func read(_ path: String, limit: Int) throws(HostFailure) -> [UInt8] { throw HostFailure("no files") }
    var today: Int { 20_261_001 }
    func wait(_ looks: Int) { left.withLock { $0 = looks } }
    var hasLost: Bool { left.withLock { $0 < 0 } }
    var isInterrupted: Bool {
      left.withLock { left in
        left = max(-1, left - 1)
        return left < 0
      }
    }
  }

  /// Whenever a search for the best is stopped, what it says holds: nothing, or the best until then, judged.
  @Test func whereverItIsStoppedTheAnswerHolds() {
    let text = """
      daerah "Uji" periode 2026..2026
      dinas a "A" { program ap "AP" { pagu apbd 2026 { sumber pad = Rp 10 M } } }
      dinas b "B" { program bp "BP" { pagu apbd 2026 { sumber pad = Rp 10 M } } }
      dinas c "C" { program cp "CP" { pagu apbd 2026 { sumber pad = Rp 10 M } } }
      aturan r wajib { c.pagu[2026] >= Rp 12 M }
      aturan s wajib { b.pagu[2026] >= Rp 3 M }
      """
    var kept = 0
    var looks = 0
    while true {
      let host = Impatient()
      var session = Session(host: host, options: SessionOptions(isInteractive: true))
      _ = session.run([("uji.plan", Array(text.utf8))], expressions: [], mode: .answers) { _ in }
      host.wait(looks)
      var shown = ""
      let line = "optimalkan maksimalkan a.pagu[2026]; minimalkan b.pagu[2026] paling banyak Rp 9 M"
      _ = session.submit(line) { shown += PlainText.drawn($0.document, TextStyle(width: 200, language: .indonesian)) }
      let isWhole = !host.hasLost
      host.wait(.max)
      if shown.contains("sampai dihentikan") { kept += 1 }
      if shown.contains("suntingan") {
        _ = session.submit("terapkan") { _ in }
        let verdicts = (try? session.verdicts(of: session.scenarios.current)) ?? []
        #expect(!verdicts.isEmpty && !verdicts.contains(where: \.fails), "\(shown)")
      } else {
        #expect(!isWhole, "\(looks): \(shown)")
      }
      if isWhole { break }
      looks += 1
    }
    #expect(kept > 0)
  }
}
