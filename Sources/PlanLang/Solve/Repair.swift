/// Money that goes from one cell to another, or to and from the pool, in whole rupiah.
public struct Transfer: Sendable {
  /// Where it comes from; nil for the pool.
  public var from: ExtraCell?
  /// Where it goes; nil for the pool.
  public var to: ExtraCell?
  /// How much, in sen: whole rupiah.
  public var sen: Int64
}

/// Moves that were found.
struct Proposal {
  /// The moves, the weakest instrument's pairs first.
  var transfers: [Transfer]
  /// Down to which row of the instrument table they were sought.
  var row: Int
  /// What weaker signatures reach.
  var weaker: [Weaker] = []
  /// What a rupiah less asked by each requirement saves, where it binds, and for how many juta rupiah that holds where it is known.
  var prices: [(owner: Int, price: Double, reach: Double?)] = []
  /// What a rupiah more of a pool is worth, and for how many juta rupiah.
  var poolPrices: [(source: SourceID, year: Int, price: Double, reach: Double?)] = []
  /// What is wished for and still missed, in sen of the sum that counts most in it; nil where that is no sum.
  var missed: [(owner: Int, sen: Double?)] = []
  /// Whether the search was stopped and this is the best until then.
  var isCut = false
  /// Whether figures were followed that no method is sure of.
  var isLocal = false
  /// Equalities that whole rupiah do not meet exactly: the moves come as near as they get.
  var uneven: [Int] = []
  /// What the moves make of each figure asked to be high.
  var heights: [Double] = []
}

/// What a weaker signature reaches.
struct Weaker {
  /// The first row of the instrument table that it may use.
  var row: Int
  /// The share of what is missing that it closes.
  var share = 0.0
  /// With which moves; none where they were not sought.
  var transfers: [Transfer] = []
  /// The moves as statements.
  var statements: [String] = []
}

/// How a search for moves ended.
enum Ending {
  case found(Proposal)
  /// All that is asked holds already.
  case nothingToDo
  case conflict([Conflict])
  /// Stopped by its time or by the user.
  case stopped
  case failed(String)
  /// A figure to be high has no highest: what it is divided by can come to nothing.
  case unbounded(aim: Int)
}

extension Reallocation {
  /// The first rows of the signatures, weakest first: Pengguna Anggaran, PPKD, Sekretaris Daerah, Perda.
  static let signatures = [11, 9, 8, 1]

  /// The least money moved with which all that is asked holds: the weakest signature that can do it, then the fewest
  /// rupiah, then the fewest cells.
  func repair(margins: [Int: Double], options: SolveOptions) -> Ending {
    if let ending = settleWishes(margins, options) { return ending }
    var weaker: [Weaker] = []
    let shares = shares ?? barred(margins, options)
    self.shares = shares
    for row in Self.signatures where row >= bounds.row {
      if let known = shares[row] {
        weaker.append(known)
        continue
      }
      let model = model(row)
      let answer = least(model, margins: margins, options: options)
      switch answer.solution.status {
      case .optimal:
        if answer.solution.objective < 1e-9, margins.isEmpty, isMet { return .nothingToDo }
        let even = evened(whole(sparse(answer, model, margins, options), model), model, margins, options)
        var proposal = Proposal(transfers: transfers(even.moves, model), row: row)
        proposal.uneven = even.missed
        proposal.weaker = weaker.filter { $0.share > 0.005 }
        // What is only wished for gives way already: what less of it were worth is no question of moves.
        proposal.prices = prices(answer, margins).filter { wished[$0.owner] == nil }
        findReaches(&proposal, answer, model, .least(isRanked: false), margins, options)
        proposal.missed = missed(after: proposal.transfers)
        proposal.isLocal = bounds.isLocal && !doubtfulCurves.isEmpty
        return .found(proposal)
      case .infeasible, .infeasibleOrUnbounded, .unbounded:
        if row > bounds.row { weaker.append(reach(model, options)) }
      case .stopped where answer.solution.hasValues:
        // Whole numbers were being chosen: what was found until then holds all that is asked.
        var proposal = Proposal(transfers: transfers(answer, model), row: row)
        (proposal.isCut, proposal.missed) = (true, missed(after: proposal.transfers))
        return .found(proposal)
      case .stopped: return .stopped
      case .failed: return .failed(answer.solution.message)
      }
    }
    let ending = conflict(model(Self.signatures.last { $0 >= bounds.row } ?? 1), options)
    // The weakest of the signatures that were not allowed with which all holds.
    if case .conflict = ending {
      stronger = Self.signatures.first { $0 < bounds.row && solve(model($0), .nearest([:]), options: options).solution.status == .optimal }
    }
    return ending
  }

  /// Why nothing was found; stopped where the time did not suffice to say.
  func conflict(_ model: MoneyModel, _ options: SolveOptions) -> Ending {
    let found = conflicts(model, options)
    return found.isEmpty && options.isInterrupted() ? .stopped : .conflict(found)
  }

  /// The least by which what is wished for is missed: from here on it is missed by no more. An ending where even what must hold
  /// cannot.
  func settleWishes(_ margins: [Int: Double], _ options: SolveOptions) -> Ending? {
    guard !wished.isEmpty else { return nil }
    leeway = nil
    let model = model(bounds.row)
    let answer = solve(model, .nearest(wished), margins: margins, options: options)
    switch answer.solution.status {
    case .optimal:
      leeway = MoneyModel.Leeway(weights: wished, most: answer.solution.objective)
      return nil
    case .infeasible, .infeasibleOrUnbounded, .unbounded: return conflict(model, options)
    case .stopped: return .stopped
    case .failed: return .failed(answer.solution.message)
    }
  }

  /// What must hold, by linear figures, and by whole rupiah just does not after transfers.
  func missedByRounding(_ proposal: Proposal) -> [Int] {
    let sums = sums(after: proposal.transfers)
    return requirements.indices.filter { at in
      let requirement = requirements[at]
      guard let value = requirement.linear?.value(sums), !unreachable.contains(at) else { return false }
      // Equalities were seen to, exactly.
      guard !requirement.isEquality, requirement.isStrict ? value <= 0 : value < 0 else { return false }
      return !proposal.missed.contains { $0.owner == at }
    }
  }

  /// What is wished for and missed after transfers.
  func missed(after transfers: [Transfer]) -> [(owner: Int, sen: Double?)] {
    if wished.isEmpty { return [] }
    let sums = sums(after: transfers)
    return wished.keys.sorted().compactMap { at in
      let requirement = requirements[at]
      let value = requirement.linear?.value(sums) ?? forms.value(requirement.figure, sums)
      guard requirement.isEquality ? value != 0 : requirement.isStrict ? value <= 0 : value < 0 else { return nil }
      let most = requirement.linear?.terms.map { abs($0.factor) }.max() ?? 0
      return (at, most > 0 ? abs(value) / most : nil)
    }
  }

  /// Signatures under which nothing moves what is broken need no programme to say so; what moves nothing moves nothing with less. The
  /// model of the strongest is made beside.
  private func barred(_ margins: [Int: Double], _ options: SolveOptions) -> [Int: Weaker] {
    func found() -> [Int: Weaker] {
      Self.signatures.reversed().reduce(into: [:]) { known, row in
        guard row > bounds.row else { return }
        guard let one = known.values.contains(where: { $0.share == 0 }) ? Weaker(row: row) : barred(row, margins, options) else { return }
        known[row] = one
      }
    }
    guard bounds.row == 1, wished.isEmpty, Beside.cores > 1 else { return found() }
    let (shares, strongest) = Beside.both(found, { model(1, only: nil) })
    take(strongest)
    return shares
  }

  /// The share of what is missing that a signature reaches, where some of what is broken is moved by none of its moves; nil where
  /// its moves touch all of it.
  private func barred(_ row: Int, _ margins: [Int: Double], _ options: SolveOptions) -> Weaker? {
    let runner = EditRunner(state: state, context: context)
    var terms = RingTerms(cells, CellClasses.rings(of: cells, row: row) { runner.field(of: $0) })
    var (isBarred, isMoved) = (false, false)
    for one in wanted(margins) where one.need > 0 && wished[one.owner] == nil {
      if !one.parts.isEmpty || terms.moves(one.terms) { isMoved = true } else { isBarred = true }
      if isBarred, isMoved { return reach(model(row), options) }
    }
    return isBarred ? Weaker(row: row) : nil
  }

  /// Whether all that must hold does as the scenario stands.
  private var isMet: Bool {
    requirements.indices.allSatisfy { at in
      if wished[at] != nil { return true }
      let requirement = requirements[at]
      let value = forms.value(requirement.figure, forms.sums)
      return requirement.isEquality ? value == 0 : requirement.isStrict ? value > 0 : value >= 0
    }
  }

  /// The share of what is missing that moves of a model can close, and the fewest rupiah that do.
  private func reach(_ model: MoneyModel, _ options: SolveOptions) -> Weaker {
    var made = Weaker(row: model.classes.row)
    var weights = wished
    for at in requirements.indices where weights[at] == nil && forms.value(requirements[at].figure, forms.sums) < 0 { weights[at] = 1 }
    let before = missing(model)
    guard before > 0, !weights.isEmpty else { return made }
    let answer = solve(model, .nearest(weights), options: options)
    guard answer.solution.status == .optimal else { return made }
    made.share = max(0, 1 - answer.solution.objective / before)
    guard made.share > 0.005, model.classes.count <= RupiahGrid.most, isStraight, wanted([:]).allSatisfy(\.parts.isEmpty) else { return made }
    let leeway = MoneyModel.Leeway(weights: weights, most: answer.solution.objective)
    let least = model.solve(wanted([:]), .least(), leeway: leeway, solver, options)
    if least.solution.status == .optimal { made.transfers = transfers(least, model) }
    return made
  }

  /// As little money moved by the fewest cells, where there are few enough to choose among.
  func sparse(
    _ answer: MoneyModel.Moves, _ model: MoneyModel, _ margins: [Int: Double], extra: [MoneyModel.Row] = [], _ options: SolveOptions
  ) -> MoneyModel.Moves {
    let asked = wanted(margins) + extra
    guard asked.allSatisfy(\.parts.isEmpty) else { return answer }
    let cost = answer.given.reduce(0, +) + answer.fromPool.reduce(0, +) + 0.001 * answer.toPool.reduce(0, +)
    let used = (answer.given + answer.taken).count { $0 > 1e-7 }
    var quick = options
    quick.seconds = min(options.seconds, 3)
    // Which cells was the question; how much each moves is said by the exact programme of them alone.
    guard used > 2, model.classes.count <= 1500, let mixed = Solvers.best(isInteger: true),
      let few = model.fewest(asked, moving: cost, leeway: leeway, mixed, quick)
    else { return answer }
    let found = model.solve(asked, .least(), among: few, leeway: leeway, solver, options)
    guard found.solution.status == .optimal, found.solution.objective <= cost * (1 + 1e-9) + 1e-7, keepsCurves(found, model) else { return answer }
    return transfers(found, model).count < transfers(answer, model).count ? found : answer
  }

  /// What a rupiah less asked by each binding requirement gives, by the programme's own count, the most first.
  func prices(_ answer: MoneyModel.Moves, _ margins: [Int: Double], over least: Double = 1e-6) -> [(owner: Int, price: Double, reach: Double?)] {
    var found: [(owner: Int, price: Double, reach: Double?)] = []
    for (row, price) in zip(wanted(margins), answer.prices) where abs(price) > least {
      if let at = found.firstIndex(where: { $0.owner == row.owner }) { found[at].price += price } else { found.append((row.owner, price, nil)) }
    }
    return found.sorted { abs($0.price) != abs($1.price) ? abs($0.price) > abs($1.price) : $0.owner < $1.owner }
  }

  /// What transfers make of the sums.
  func sums(after transfers: [Transfer]) -> [Double] {
    var change = [Double](repeating: 0, count: cells.cells.count)
    for one in transfers {
      if let row = one.from.flatMap(cells.row(of:)) { change[row] -= Double(one.sen) }
      if let row = one.to.flatMap(cells.row(of:)) { change[row] += Double(one.sen) }
    }
    return cells.sums.map { sum in sum.members.reduce(sum.sen) { $0 + change[Int($1)] } }
  }
}
