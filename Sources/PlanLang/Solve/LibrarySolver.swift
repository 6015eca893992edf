import CSolver

/// A solver library in a child process: scaled before, unscaled and looked over after.
struct LibrarySolver: Solver {
  let library: Int32
  let name: String

  func solve(_ programme: LinearProgramme, _ options: SolveOptions) -> Solution {
    var solution = apart(programme, options)
    // Where no library was asked, or it did not come so far.
    if solution.turns.count < programme.turnCount { solution.turns = (0..<programme.turnCount).map { apart(programme.alone(in: $0), options) } }
    return solution
  }

  private func apart(_ programme: LinearProgramme, _ options: SolveOptions) -> Solution {
    if options.isInterrupted() { return Solution(.stopped, message: name) }
    guard programme.fault == nil, !programme.isCrossed, let blocks = Blocks(programme) else { return Race([self], programme, options).run() }
    if blocks.isInfeasible { return Solution(.infeasible, message: name) }
    let (parts, order) = blocks.parts()
    return blocks.joined(SolveBatch(self, parts, isWhole: true, options).run(), order)
  }
}

/// One programme solved by one library or by several side by side; the first that is sure wins.
struct Race {
  private let solvers: [LibrarySolver]
  private let programme: LinearProgramme
  private let options: SolveOptions
  private let begin = ContinuousClock.now

  init(_ solvers: [LibrarySolver], _ programme: LinearProgramme, _ options: SolveOptions) {
    self.solvers = solvers
    self.programme = programme
    self.options = options
  }

  private var name: String { solvers.map(\.name).joined(separator: " + ") }

  /// The answer.
  func run() -> Solution {
    if let fault = programme.fault { return Solution(.failed, message: fault) }
    if programme.isCrossed { return Solution(.infeasible, message: name) }
    if var plain = PlainSolve(programme).answer {
      plain.turns = (0..<programme.turnCount).compactMap { PlainSolve(programme.alone(in: $0)).answer }
      return plain
    }
    let solution = solved(programme)
    guard solution.status == .infeasibleOrUnbounded else { return solution }
    // A library may stop at knowing that it is one of both: without a cost only one is left.
    var costless = programme
    costless.cost = programme.cost.map { _ in 0 }
    switch solved(costless).status {
    case .optimal: return Solution(.unbounded, message: solution.message)
    case .infeasible: return Solution(.infeasible, message: solution.message)
    default: return solution
    }
  }

  func secondsLeft() -> Double {
    let used = begin.duration(to: .now).components
    return options.seconds - Double(used.seconds) - Double(used.attoseconds) * 1e-18
  }

  /// A library that was asked to stop gets this long to hand over what it has.
  var grace: Double { min(1, 0.1 + options.seconds * 0.02) }

  /// How long the first library is left alone before another one is set to work beside it.
  private static let headStart = 0.1

  private func solved(_ programme: LinearProgramme) -> Solution {
    let scaling = Scaling(programme)
    var lanes: [Lane] = []
    defer { for lane in lanes { plan_solve_free(lane.solve) } }
    watch(&lanes) { solver in
      scaling.started(solver, programme, max(secondsLeft(), 0.01), options).map { Lane(solver: solver, solve: $0) }
    }
    guard !lanes.isEmpty else { return Solution(.failed, message: "\(name): no process") }
    for lane in lanes { plan_solve_end(lane.solve) }
    return best(lanes.map { answer($0, programme, scaling) })
  }

  /// A library at work.
  struct Lane {
    let solver: LibrarySolver
    let solve: OpaquePointer
    var isSure: Bool {
      let status = Int(plan_solve_status(solve))
      return status >= PLAN_OPTIMAL && status <= PLAN_INFEASIBLE_OR_UNBOUNDED
    }
  }

  /// Sets the libraries to work, the first with a head start, and waits until one is sure, all have ended, or the time or
  /// the user's patience is over.
  private func watch(_ lanes: inout [Lane], _ start: (LibrarySolver) -> Lane?) {
    var waiting = solvers[...]
    var open: [Lane] = []
    var isStopped = false
    let begin = secondsLeft()
    var last = -grace
    while true {
      let left = secondsLeft()
      if let next = waiting.first, !isStopped, open.isEmpty || begin - left >= Self.headStart {
        waiting.removeFirst()
        if let lane = start(next) {
          lanes.append(lane)
          open.append(lane)
        }
        continue
      }
      if open.isEmpty { return }
      let pointers = open.map { Optional($0.solve) }
      let ended = Int(plan_solve_wait(pointers, Int32(pointers.count), 20))
      if ended < 0 { options.isWaiting() }
      if ended >= 0 {
        if open[ended].isSure { return }
        open.remove(at: ended)
      }
      if !isStopped, left <= 0 || options.isInterrupted() {
        isStopped = true
        last = left - grace
        for lane in open { plan_solve_stop(lane.solve) }
      }
      if isStopped, left <= last { return }
    }
  }

  func answer(_ lane: Lane, _ programme: LinearProgramme, _ scaling: Scaling) -> Solution {
    let solve = lane.solve
    var solution = Solution(.failed, message: lane.solver.name)
    switch Int(plan_solve_status(solve)) {
    case PLAN_OPTIMAL: solution.status = .optimal
    case PLAN_INFEASIBLE: solution.status = .infeasible
    case PLAN_UNBOUNDED: solution.status = .unbounded
    case PLAN_INFEASIBLE_OR_UNBOUNDED: solution.status = .infeasibleOrUnbounded
    case PLAN_STOPPED: solution.status = .stopped
    case PLAN_RUNNING: solution.status = secondsLeft() <= 0 || options.isInterrupted() ? .stopped : .failed
    default: solution.status = .failed
    }
    if solution.status == .failed { solution.message += ", status \(plan_solve_detail(solve))" }
    if solution.status == .optimal || solution.status == .stopped {
      scaling.read(solve, programme, into: &solution)
    }
    solution.turns = (0..<programme.turnCount).map { scaling.turn($0, of: solve, programme) }
    return solution
  }

  /// Of several answers the sure one, else the best values with the best bound.
  private func best(_ answers: [Solution]) -> Solution {
    let sure: [Solution.Status] = [.optimal, .infeasible, .unbounded, .infeasibleOrUnbounded]
    if let answer = answers.first(where: { sure.contains($0.status) }) { return answer }
    let sign = programme.isMaximised ? -1.0 : 1.0
    var chosen = answers[0]
    for answer in answers.dropFirst() {
      let bound = sign * max(sign * chosen.bound, sign * answer.bound)
      let isBetter = answer.hasValues && (!chosen.hasValues || sign * answer.objective < sign * chosen.objective)
      if isBetter || (chosen.status == .failed && answer.status == .stopped) { chosen = answer }
      chosen.bound = bound
    }
    return chosen
  }
}

extension Scaling {
  /// A library set to work on the scaled programme.
  func started(_ solver: LibrarySolver, _ programme: LinearProgramme, _ seconds: Double, _ options: SolveOptions) -> OpaquePointer? {
    func start(_ second: UnsafePointer<Double>?, _ turns: UnsafePointer<Int32>?) -> OpaquePointer? {
      plan_solve_start(
        solver.library, Int32(cost.count), Int32(rowLower.count), cost, second, lower, upper, integers, rowLower, rowUpper, starts,
        indices, values, seconds, options.gap, Int32(clamping: options.seed), Int32(clamping: max(options.threads, 1)), turns,
        Int32(clamping: programme.turnCount))
    }
    if !programme.turns.isEmpty { return start(nil, programme.turns) }
    return second.isEmpty ? start(nil, nil) : start(second, nil)
  }

  /// What a turn came to, in the programme's own units.
  func turn(_ turn: Int, of solve: OpaquePointer, _ programme: LinearProgramme) -> Solution {
    var (values, duals): (UnsafePointer<Double>?, UnsafePointer<Double>?)
    switch Int(plan_solve_turn(solve, Int32(clamping: turn), &values, &duals)) {
    case PLAN_OPTIMAL: break
    case PLAN_INFEASIBLE: return Solution(.infeasible)
    case PLAN_INFEASIBLE_OR_UNBOUNDED: return Solution(.infeasibleOrUnbounded)
    case PLAN_FAILED: return Solution(.failed)
    default: return Solution(.stopped)
    }
    var solution = Solution(.optimal)
    solution.values = self.values(UnsafeBufferPointer(start: values, count: programme.cost.count), of: programme)
    guard programme.violation(solution.values) <= 1e-6 else { return Solution(.failed) }
    solution.hasValues = true
    solution.objective = programme.objective(solution.values)
    solution.rowDuals = rowDuals(UnsafeBufferPointer(start: duals, count: programme.rowLower.count))
    return solution
  }

  /// Values, duals and bound of an ended solve, in the programme's own units. Values that are not within its bounds are
  /// not taken.
  func read(_ solve: OpaquePointer, _ programme: LinearProgramme, into solution: inout Solution) {
    let columns = programme.cost.count
    let isMixed = programme.isMixed
    solution.bound = isMixed ? cost(plan_solve_bound(solve)) : programme.isMaximised ? .infinity : -.infinity
    guard let values = plan_solve_values(solve) else {
      if solution.status == .optimal { solution.status = .failed }
      return
    }
    let unscaled = self.values(UnsafeBufferPointer(start: values, count: columns), of: programme)
    let violation = programme.violation(unscaled)
    // Whole numbers are found within a library's tolerance and rounded; sums of many then lie a little further off.
    guard violation <= (isMixed ? 1e-5 : 1e-6) else {
      if solution.status == .optimal { solution.status = .failed }
      solution.message += ", beyond a bound by \(violation)"
      return
    }
    solution.hasValues = true
    solution.values = unscaled
    solution.objective = programme.objective(unscaled)
    if solution.status == .optimal, !isMixed { solution.bound = solution.objective }
    if let duals = plan_solve_row_duals(solve) {
      solution.rowDuals = rowDuals(UnsafeBufferPointer(start: duals, count: programme.rowLower.count))
    }
    if let duals = plan_solve_column_duals(solve) {
      solution.columnDuals = columnDuals(UnsafeBufferPointer(start: duals, count: columns))
    }
  }
}

/// The programmes that need no library: those without rows that bind columns together.
struct PlainSolve {
  private let programme: LinearProgramme
  init(_ programme: LinearProgramme) { self.programme = programme }

  /// The answer, where no row has an entry.
  var answer: Solution? {
    guard programme.indices.isEmpty else { return nil }
    if programme.rowLower.indices.contains(where: { programme.rowLower[$0] > 0 || programme.rowUpper[$0] < 0 }) {
      return Solution(.infeasible)
    }
    var solution = Solution(.optimal)
    solution.hasValues = true
    for column in programme.cost.indices {
      let cost = programme.isMaximised ? -programme.cost[column] : programme.cost[column]
      var lower = programme.lower[column]
      var upper = programme.upper[column]
      if programme.isInteger[column] { (lower, upper) = (lower.rounded(.up), upper.rounded(.down)) }
      let value = cost > 0 ? lower : cost < 0 ? upper : min(max(0, lower), upper)
      guard value.isFinite else { return Solution(.unbounded) }
      solution.values.append(value)
    }
    solution.objective = programme.objective(solution.values)
    solution.bound = solution.objective
    solution.rowDuals = programme.rowLower.map { _ in 0 }
    solution.columnDuals = programme.cost
    return solution
  }
}
