import CSolver

extension Solvers {
  /// The answers to many programmes with whole numbers by the quickest solver.
  static func each(_ programmes: [LinearProgramme], _ options: SolveOptions) -> [Solution] {
    guard let solver = quickest.first else { return programmes.map { _ in Solution(.failed) } }
    return SolveBatch(solver, programmes, options).run()
  }
}

/// Many programmes, each in a child process of its own, as many at a time as there are cores.
struct SolveBatch {
  private let solver: LibrarySolver
  private let programmes: [LinearProgramme]
  private let options: SolveOptions
  /// Whether one that has no answer leaves none for all.
  private let isWhole: Bool

  init(_ solver: LibrarySolver, _ programmes: [LinearProgramme], isWhole: Bool = false, _ options: SolveOptions) {
    self.isWhole = isWhole
    self.solver = solver
    self.programmes = programmes
    self.options = options
  }

  /// A programme under way.
  private struct Open {
    let place: Int
    let scaling: Scaling
    let lane: Race.Lane
  }

  /// The answers, in the programmes' order. What the time does not suffice for is stopped, with the values it has or with none.
  func run() -> [Solution] {
    var solutions = raced()
    // What may be one of both takes a second look.
    for at in solutions.indices where solutions[at].status == .infeasibleOrUnbounded {
      solutions[at] = Race([solver], programmes[at], options).run()
    }
    return solutions
  }

  private func raced() -> [Solution] {
    let clock = Race([solver], LinearProgramme(), options)
    var solutions = programmes.map { _ in Solution(.stopped, message: solver.name) }
    var waiting = programmes.indices[...]
    var open: [Open] = []
    defer { for one in open { plan_solve_free(one.lane.solve) } }
    var isStopped = false
    var last = 0.0
    while !waiting.isEmpty || !open.isEmpty {
      let left = clock.secondsLeft()
      if !isStopped, left <= 0 || options.isInterrupted() {
        isStopped = true
        last = left - clock.grace
        for one in open { plan_solve_stop(one.lane.solve) }
      }
      if isStopped, open.isEmpty || left <= last { break }
      while !isStopped, open.count < max(1, min(Beside.cores, 8)), let place = waiting.popFirst() {
        let programme = programmes[place]
        if programme.fault != nil || programme.isCrossed || programme.indices.isEmpty {
          solutions[place] = Race([solver], programme, options).run()
          continue
        }
        let scaling = Scaling(programme)
        guard let solve = scaling.started(solver, programme, left, options) else {
          solutions[place] = Solution(.failed, message: solver.name)
          continue
        }
        open.append(Open(place: place, scaling: scaling, lane: Race.Lane(solver: solver, solve: solve)))
      }
      if open.isEmpty { break }
      let pointers = open.map { Optional($0.lane.solve) }
      let ended = Int(plan_solve_wait(pointers, Int32(pointers.count), 20))
      guard ended >= 0 else {
        options.isWaiting()
        continue
      }
      let one = open.remove(at: ended)
      solutions[one.place] = clock.answer(one.lane, programmes[one.place], one.scaling)
      plan_solve_free(one.lane.solve)
      if isWhole, solutions[one.place].status == .infeasible { break }
    }
    return solutions
  }
}
