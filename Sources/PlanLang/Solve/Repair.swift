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
  /// What weaker signatures reach: the first row each may use, and the share of what is missing that it closes.
  var weaker: [(row: Int, share: Double)] = []
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
  /// What the moves make of each figure asked to be high.
  var heights: [Double] = []
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
}

extension Reallocation {
  /// The first rows of the signatures, weakest first: Pengguna Anggaran, PPKD, Sekretaris Daerah, Perda.
  static let signatures = [11, 9, 8, 1]

  /// The least money moved with which all that is asked holds: the weakest signature that can do it, then the fewest
  /// rupiah, then the fewest cells.
  func repair(margins: [Int: Double], options: SolveOptions) -> Ending {
    if let ending = settleWishes(margins, options) { return ending }
    var weaker: [(row: Int, share: Double)] = []
    let shares = shares ?? barred(margins, options)
    self.shares = shares
    for row in Self.signatures where row >= bounds.row {
      if let share = shares[row] {
        weaker.append((row, share))
        continue
      }
      let model = model(row)
      let answer = least(model, margins: margins, options: options)
      switch answer.solution.status {
      case .optimal:
        if answer.solution.objective < 1e-9, margins.isEmpty, isMet { return .nothingToDo }
        var proposal = Proposal(transfers: transfers(sparse(answer, model, margins, options), model), row: row)
        proposal.weaker = weaker.filter { $0.share > 0.005 }
        // What is only wished for gives way already: what less of it were worth is no question of moves.
        proposal.prices = prices(answer, margins).filter { wished[$0.owner] == nil }
        findReaches(&proposal, answer, model, .least(isRanked: false), margins, options)
        proposal.missed = missed(after: proposal.transfers)
        proposal.isLocal = bounds.isLocal && !doubtfulCurves.isEmpty
        return .found(proposal)
      case .infeasible, .infeasibleOrUnbounded, .unbounded:
        if row > bounds.row { weaker.append((row, reach(model, options))) }
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
      guard requirement.isEquality ? value != 0 : requirement.isStrict ? value <= 0 : value < 0 else { return false }
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
  private func barred(_ margins: [Int: Double], _ options: SolveOptions) -> [Int: Double] {
    func found() -> [Int: Double] {
      Self.signatures.reversed().reduce(into: [:]) { known, row in
        guard row > bounds.row, let share = known.values.contains(0) ? 0 : barred(row, margins, options) else { return }
        known[row] = share
      }
    }
    guard bounds.row == 1, wished.isEmpty, Beside.cores > 1 else { return found() }
    let (shares, strongest) = Beside.both(found, { model(1, only: nil) })
    take(strongest)
    return shares
  }

  /// The share of what is missing that a signature reaches, where some of what is broken is moved by none of its moves; nil where
  /// its moves touch all of it.
  private func barred(_ row: Int, _ margins: [Int: Double], _ options: SolveOptions) -> Double? {
    let runner = EditRunner(state: state, context: context)
    var terms = RingTerms(cells, CellClasses.rings(of: cells, row: row) { runner.field(of: $0) })
    var (isBarred, isMoved) = (false, false)
    for one in wanted(margins) where one.need > 0 && wished[one.owner] == nil {
      if !one.parts.isEmpty || terms.moves(one.terms) { isMoved = true } else { isBarred = true }
      if isBarred, isMoved { return reach(model(row), options) }
    }
    return isBarred ? 0 : nil
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

  /// The share of what is missing that moves of a model can close.
  private func reach(_ model: MoneyModel, _ options: SolveOptions) -> Double {
    var weights = wished
    for at in requirements.indices where weights[at] == nil && forms.value(requirements[at].figure, forms.sums) < 0 { weights[at] = 1 }
    let before = missing(model)
    guard before > 0, !weights.isEmpty else { return 0 }
    let answer = solve(model, .nearest(weights), options: options)
    guard answer.solution.status == .optimal else { return 0 }
    return max(0, 1 - answer.solution.objective / before)
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

  // MARK: Whole rupiah

  /// An answer in whole rupiah, cell by cell: rings stay in balance, what is not whole is rounded up.
  func transfers(_ answer: MoneyModel.Moves, _ model: MoneyModel) -> [Transfer] {
    let classes = model.classes
    func whole(_ juta: Double) -> Int64 {
      let rupiah = juta * (MoneyModel.unit / 100)
      let nearest = rupiah.rounded()
      return Int64(abs(rupiah - nearest) < 0.01 ? nearest : rupiah.rounded(.up))
    }
    var given = (0..<classes.count).map { min(classes.spare[$0], whole(answer.given[$0])) }
    var taken = answer.taken.map(whole)
    var toPool = answer.toPool.map(whole)
    let fromPool = answer.fromPool.map(whole)
    var balance = [Int64](repeating: 0, count: classes.rings.count)
    var moving = [[Int]](repeating: [], count: classes.rings.count)
    for ring in balance.indices { balance[ring] = fromPool[ring] - toPool[ring] }
    for at in given.indices where given[at] != 0 || taken[at] != 0 {
      balance[Int(classes.ring[at])] += given[at] - taken[at]
      moving[Int(classes.ring[at])].append(at)
    }
    var transfers: [Transfer] = []
    for ring in balance.indices {
      if balance[ring] != 0 { settle(ring, balance[ring], moving[ring], classes, &given, &taken, &toPool) }
      var (left, wanted): ([(place: ExtraCell, sen: Int64)], [(place: ExtraCell, sen: Int64)]) = ([], [])
      for at in moving[ring] {
        if given[at] > 0 { left += spread(given[at], classes.members(at)) }
        if taken[at] > 0 { wanted.append((receiver(classes.members(at)), taken[at] * 100)) }
      }
      transfers += paired(left, wanted)
    }
    return transfers
  }

  /// Brings a ring to balance after rounding: the most that moves there takes the few rupiah.
  private func settle(
    _ ring: Int, _ off: Int64, _ inside: [Int], _ classes: CellClasses, _ given: inout [Int64], _ taken: inout [Int64], _ toPool: inout [Int64]
  ) {
    if off > 0 {
      if toPool[ring] > 0 {
        toPool[ring] += off
      } else if let most = inside.max(by: { taken[$0] < taken[$1] }) {
        taken[most] += off
      }
      return
    }
    var left = -off
    for at in inside.sorted(by: { given[$0] > given[$1] }) where left > 0 && given[at] > 0 {
      let more = min(left, classes.spare[at] - given[at])
      given[at] += more
      left -= more
    }
    for at in inside.sorted(by: { taken[$0] > taken[$1] }) where left > 0 {
      let less = min(left, taken[at])
      taken[at] -= less
      left -= less
    }
  }

  /// An amount over the cells of a class: those that hold most give first, so that few do.
  private func spread(_ rupiah: Int64, _ members: ArraySlice<Int32>) -> [(place: ExtraCell, sen: Int64)] {
    var left = rupiah
    var found: [(place: ExtraCell, sen: Int64)] = []
    let order = members.sorted { x, y in
      let (a, b) = (cells.cells[Int(x)].spare, cells.cells[Int(y)].spare)
      return a != b ? a > b : x < y
    }
    for member in order where left > 0 {
      let part = min(left, cells.cells[Int(member)].spare)
      if part > 0 { found.append((cells.cells[Int(member)].place, part * 100)) }
      left -= part
    }
    return found
  }

  /// The cell of a class that receives: the one that holds most.
  private func receiver(_ members: ArraySlice<Int32>) -> ExtraCell {
    var best = Int(members[members.startIndex])
    for member in members where cells.cells[Int(member)].sen > cells.cells[best].sen { best = Int(member) }
    return cells.cells[best].place
  }

  /// Who pays whom, from the lowest level up; what is left goes to the pool or comes from it.
  private func paired(_ left: [(place: ExtraCell, sen: Int64)], _ wanted: [(place: ExtraCell, sen: Int64)]) -> [Transfer] {
    var found = Instrument.paired(left, wanted, state.plan).map { Transfer(from: $0.from, to: $0.to, sen: $0.sen) }
    var (paid, got): ([ExtraCell: Int64], [ExtraCell: Int64]) = ([:], [:])
    for one in found {
      if let from = one.from { paid[from, default: 0] += one.sen }
      if let to = one.to { got[to, default: 0] += one.sen }
    }
    for part in left where paid[part.place, default: 0] < part.sen {
      found.append(Transfer(from: part.place, to: nil, sen: part.sen - paid[part.place, default: 0]))
    }
    for part in wanted where got[part.place, default: 0] < part.sen {
      found.append(Transfer(from: nil, to: part.place, sen: part.sen - got[part.place, default: 0]))
    }
    return found
  }
}
