/// The runs of a solver over a model and its variations.
struct ChoiceSearch {
  let model: ChoiceModel
  let options: SolveOptions
  private let whole: [Int64]?
  private let begin = ContinuousClock.now

  init(_ model: ChoiceModel, _ options: SolveOptions) {
    self.model = model
    self.options = options
    whole = model.wholeWorth
  }

  var secondsLeft: Double {
    let used = begin.duration(to: .now).components
    return options.seconds - Double(used.seconds) - Double(used.attoseconds) * 1e-18
  }

  /// Among more projects than this the cheapest of equally good sets takes too long to find.
  private static let tidy = 200

  func best() -> ChoiceOutcome {
    var outcome = run(weights, isMaximised: true, model.rows, gap: gap)
    if case .stopped = outcome, let set = plain() {
      // Stopped before a solver had anything: what can be put together without one is better than nothing.
      let most = relaxed(isPatient: true).most
      let bound = min(most, weights.reduce(0) { $0 + max(0, $1) } / scale)
      outcome = .chosen(Choice(chosen: set, worth: model.worth(of: set), bound: bound, isProved: false))
    }
    guard case .chosen(let choice) = outcome, choice.isProved, let whole, whole.count <= Self.tidy else { return outcome }
    // Of equally good sets the cheapest: the answer then does not hang on the solver's way.
    let worth = choice.chosen.indices.reduce(Int64(0)) { choice.chosen[$1] ? $0 + whole[$1] : $0 }
    let floor = ChoiceModel.Row(whole.enumerated().map { ($0.offset, $0.element) }, least: worth)
    guard case .chosen(var cheapest) = run(model.cost.map(Double.init), isMaximised: false, model.rows + [floor], gap: 1e-9),
      cheapest.isProved, model.cost(of: cheapest.chosen) <= model.cost(of: choice.chosen)
    else { return outcome }
    cheapest.worth = model.worth(of: cheapest.chosen)
    cheapest.bound = choice.bound
    cheapest.isCheapest = true
    return .chosen(cheapest)
  }

  private var weights: [Double] { whole.map { $0.map(Double.init) } ?? model.worth.map(\.real) }

  /// Small enough that a set better by the smallest decimal is not passed over.
  private var gap: Double {
    let total = weights.reduce(0) { $0 + abs($1) }
    return whole == nil || total <= 0 ? options.gap : max(1e-9, min(options.gap, 0.4 / total))
  }

  /// The best set for weights within rows. What exact sums do not confirm is cut off and tried again; where a solver's
  /// tolerance lets too many through, the bounds are drawn in by it, and then nothing is proved.
  func run(_ weights: [Double], isMaximised: Bool, _ rows: [ChoiceModel.Row], gap: Double) -> ChoiceOutcome {
    var cuts: [ChoiceModel.Row] = []
    var bound: Double?
    for attempt in 0..<42 {
      let isTight = attempt >= 40
      var programme = Self.programme(weights, (isTight ? rows.map { $0.drawnIn() } : rows) + cuts)
      programme.isMaximised = isMaximised
      var wish = options
      wish.seconds = max(secondsLeft, 0.05)
      wish.gap = gap
      let solution = Solvers.raced(programme, wish)
      switch solution.status {
      case .infeasible, .infeasibleOrUnbounded, .unbounded: return isTight ? .unconfirmed("") : .impossible
      case .failed: return .unconfirmed(solution.message)
      case .optimal, .stopped: break
      }
      guard solution.hasValues else { return .stopped }
      let chosen = solution.values.map { $0 > 0.5 }
      let broken = rows.filter { !$0.holds(chosen) }
      if !isTight { bound = solution.bound }
      if broken.isEmpty {
        return .chosen(
          Choice(
            chosen: chosen, worth: model.worth(of: chosen), bound: (bound ?? solution.bound) / scale,
            isProved: solution.status == .optimal && !isTight))
      }
      for row in broken { cuts.append(Self.cut(row, chosen)) }
    }
    return .unconfirmed("")
  }

  /// How many of the weights' units a unit of worth is.
  private var scale: Double { whole == nil ? 1 : zip(weights, model.worth).first { $1.real != 0 }.map { $0 / $1.real } ?? 1 }

  /// What a set that breaks a row has too much or too little of cannot be so again.
  private static func cut(_ row: ChoiceModel.Row, _ chosen: [Bool]) -> ChoiceModel.Row {
    let sum = row.sum(chosen)
    let isOver = row.most.map { sum > Int128($0) } ?? false
    // Those that push the sum the wrong way are in, those that push it back are out: one of them must change.
    let moved = row.terms.filter { $0.amount != 0 && chosen[$0.project] == (($0.amount > 0) == isOver) }
    let pushing = moved.filter { chosen[$0.project] }.count
    return ChoiceModel.Row(moved.map { ($0.project, chosen[$0.project] ? 1 : -1) }, most: Int64(pushing - 1))
  }

  /// A column a project, whole numbers as small as they go.
  private static func programme(_ weights: [Double], _ rows: [ChoiceModel.Row]) -> LinearProgramme {
    var programme = LinearProgramme()
    for weight in weights { programme.addColumn(cost: weight, upper: 1, isInteger: true) }
    for row in rows {
      var divisor: UInt64 = 0
      for term in row.terms { divisor = gcd(divisor, term.amount.magnitude) }
      let unit = Int64(clamping: max(divisor, 1))
      // Whole sums: a bound between two of them says no more than the nearer one inside.
      let most = row.most.map { Double($0.roundedDown(to: unit)) } ?? .infinity
      let least = row.least.map { -Double((-$0).roundedDown(to: unit)) } ?? -.infinity
      programme.addRow(lower: least, upper: most, row.terms.map { (column: $0.project, value: Double($0.amount / unit)) })
    }
    return programme
  }

  private static func gcd(_ x: UInt64, _ y: UInt64) -> UInt64 {
    var (x, y) = (x, y)
    while y != 0 { (x, y) = (y, x % y) }
    return x
  }
}

extension ChoiceModel.Row {
  /// The bounds moved inwards by more than a solver's tolerance.
  fileprivate func drawnIn() -> ChoiceModel.Row {
    var row = self
    row.most = most.map { $0 - Int64(Double($0.magnitude) * 1e-5) }
    row.least = least.map { $0 + Int64(Double($0.magnitude) * 1e-5) }
    return row
  }
}

extension Int64 {
  /// The quotient, towards minus infinity.
  fileprivate func roundedDown(to unit: Int64) -> Int64 {
    let (quotient, rest) = quotientAndRemainder(dividingBy: unit)
    return rest < 0 ? quotient - 1 : quotient
  }
}

extension ChoiceSearch {
  // MARK: What is left out

  func losses(beside choice: Choice, most: Int) -> [Loss] {
    let out = choice.chosen.indices.filter { !choice.chosen[$0] }
    if out.isEmpty { return [] }
    let ceilings = relaxed().each
    let order = out.sorted { (ceilings[$0], -$0) > (ceilings[$1], -$1) }
    var told: [Int: Loss.Result] = [:]
    let tried = Array(order.prefix(most))
    let programmes = tried.map { project in
      var programme = Self.programme(weights, model.rows + [Self.row(with: project)])
      programme.isMaximised = true
      return programme
    }
    var wish = options
    wish.seconds = max(secondsLeft, 0.05)
    wish.gap = gap
    for (project, solution) in zip(tried, Solvers.each(programmes, wish)) { told[project] = result(of: solution, with: project) }
    for project in out where told[project] == nil { told[project] = alone(project) }
    return out.map { project in
      Loss(project: project, result: told[project] ?? (ceilings[project].isFinite ? .atMost(ceilings[project]) : .unknown))
    }
  }

  /// A row that a project passes by itself.
  private func alone(_ project: Int) -> Loss.Result? {
    let row = model.rows.firstIndex { row in
      guard let most = row.most, row.terms.allSatisfy({ $0.amount >= 0 }) else { return false }
      return row.terms.contains { $0.project == project && $0.amount > most }
    }
    return row.map { .impossible([$0]) }
  }

  private static func row(with project: Int) -> ChoiceModel.Row { ChoiceModel.Row([(project, 1)], least: 1) }

  /// What a solve with a project says; nil where it was not told in time.
  private func result(of solution: Solution, with project: Int) -> Loss.Result? {
    switch solution.status {
    case .optimal:
      let chosen = solution.values.map { $0 > 0.5 }
      guard chosen[project], model.confirms(chosen) else { return secondsLeft > 0 ? forced(project) : nil }
      return .set(chosen, worth: model.worth(of: chosen), isProved: true)
    case .infeasible, .infeasibleOrUnbounded: return secondsLeft > 0 ? barred(project) : nil
    default: return nil
    }
  }

  /// The most that a set with each project can be worth, by the continuous relaxation: its optimum and the project's reduced
  /// worth; beside it the most that any set can be worth. Infinite where that is not known.
  private func relaxed(isPatient: Bool = false) -> (most: Double, each: [Double]) {
    var programme = Self.programme(weights, model.rows)
    programme.isMaximised = true
    programme.isInteger = programme.isInteger.map { _ in false }
    var wish = options
    wish.seconds = max(secondsLeft, 0.05)
    // A moment for a bound that says something, though it is to stop.
    if isPatient { (wish.seconds, wish.isInterrupted) = (1, { false }) }
    guard let solver = Solvers.best(isInteger: false), case let solution = solver.solve(programme, wish), solution.status == .optimal,
      solution.columnDuals.count == model.worth.count
    else { return (.infinity, weights.map { _ in .infinity }) }
    let most = solution.objective + 1e-6 * abs(solution.objective)
    return (most / scale, solution.columnDuals.map { (most + min($0, 0)) / scale })
  }

  /// The best set with a project.
  private func forced(_ project: Int) -> Loss.Result {
    switch run(weights, isMaximised: true, model.rows + [Self.row(with: project)], gap: gap) {
    case .chosen(let choice): return .set(choice.chosen, worth: choice.worth, isProved: choice.isProved)
    case .impossible: return barred(project)
    case .stopped, .unconfirmed: return .unknown
    }
  }

  /// The rows that stand against a project.
  private func barred(_ project: Int) -> Loss.Result {
    var with = model
    with.rows.append(Self.row(with: project))
    var wish = options
    wish.seconds = max(secondsLeft, 0.05)
    guard let rows = with.conflict(wish) else { return .unknown }
    return .impossible(rows.filter { $0 < model.rows.count })
  }
}
