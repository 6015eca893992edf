/// The whole rupiah around an answer: small changes of what each class takes less what it gives, and of each ring's pool, as a
/// programme of whole numbers. Figures of billions are left behind: what is asked is the change alone.
struct RupiahGrid {
  private let problem: Reallocation
  private let model: MoneyModel
  private let margins: [Int: Double]
  /// What each class takes less what it gives, and what each ring's pool gets, in rupiah.
  private let net: [Int64]
  private let pool: [Int64]
  /// By how many rupiah each may change.
  private var reach: Int64
  private var programme = LinearProgramme()
  /// The columns of each class and ring: more, less.
  private var more: [Int] = []
  private var less: [Int] = []

  /// The grid around moves, so many rupiah wide.
  init(_ problem: Reallocation, _ model: MoneyModel, _ moves: WholeMoves, _ margins: [Int: Double], reach: Int64) {
    (self.problem, self.model, self.margins, self.reach) = (problem, model, margins, reach)
    net = zip(moves.taken, moves.given).map { $0 - $1 }
    pool = zip(moves.toPool, moves.fromPool).map { $0 - $1 }
    addColumns()
  }

  /// The most classes for which this is asked.
  static let most = 1_500

  private mutating func addColumns() {
    let classes = model.classes
    for at in net.indices {
      // Who moves already comes first.
      let cost = net[at] == 0 ? 1.5 : 1
      more.append(programme.addColumn(cost: cost, upper: Double(reach), isInteger: true))
      less.append(programme.addColumn(cost: cost, upper: Double(min(reach, max(0, classes.spare[at] + net[at]))), isInteger: true))
    }
    for ring in pool.indices {
      let mayGet = model.wide.pooling[ring] >= 0 ? reach : min(reach, max(0, -pool[ring]))
      let mayGive = model.wide.drawing[ring] >= 0 ? reach : min(reach, max(0, pool[ring]))
      more.append(programme.addColumn(cost: 1.2, upper: Double(mayGet), isInteger: true))
      less.append(programme.addColumn(cost: 1.2, upper: Double(mayGive), isInteger: true))
    }
    var balance = pool.indices.map { ring in (terms: change(net.count + ring, 1), off: pool[ring]) }
    for at in net.indices {
      balance[Int(classes.ring[at])].terms += change(at, 1)
      balance[Int(classes.ring[at])].off += net[at]
    }
    for ring in balance { programme.addRow(lower: Double(-ring.off), upper: Double(-ring.off), ring.terms) }
    for (rings, held) in zip(model.ringsOfPools, model.pools) {
      let sum = rings.reduce(Int64(0)) { $0 + pool[$1] } + held.sen / 100
      programme.addRow(lower: Double(-sum), upper: .infinity, rings.flatMap { change(net.count + $0, 1) })
    }
    addLimit()
  }

  private func change(_ at: Int, _ value: Double) -> [(column: Int, value: Double)] { [(more[at], value), (less[at], -value)] }

  /// What is moved in all stays within the limit.
  private mutating func addLimit() {
    guard let limit = model.limit else { return }
    var (terms, moved): ([(column: Int, value: Double)], Int64) = ([], 0)
    for (at, one) in (net + pool).enumerated() {
      moved += max(0, -one)
      if one < 0 { terms += change(at, -1) } else if one == 0 { terms.append((less[at], 1)) } else {
        programme.upper[less[at]] = min(programme.upper[less[at]], Double(one))
      }
    }
    programme.addRow(lower: -.infinity, upper: Double(limit / 100 - moved), terms)
  }

  /// What a figure of sums counts each class and each ring's pool by.
  private func counted(_ terms: [(sum: Int32, factor: Double)]) -> [(at: Int, value: Double)] {
    var gathered = ClassTerms(model.classes)
    let (loose, whole) = gathered.gather(terms)
    // What a whole ring holds is less by what goes to the pool.
    return loose.map { (Int($0.one), $0.value) } + whole.map { (net.count + Int($0.ring), -$0.value) }
  }

  private func now(_ at: Int) -> Int64 { at < net.count ? net[at] : pool[at - net.count] }

  /// Asks for what is no equality; what has much room is left out.
  mutating func askBounds() {
    for row in problem.wanted(margins) where !row.isEquality && row.parts.isEmpty && problem.wished[row.owner] == nil {
      let most = row.terms.map { abs($0.factor) }.max() ?? 0
      guard most > 0 else { continue }
      let counted = counted(row.terms)
      let room = counted.reduce(-row.need / 100) { $0 + $1.value * Double(now($1.at)) } / most
      if room > Double(reach) * Double(2 * counted.count) { continue }
      programme.addRow(lower: -room - 1e-7, upper: .infinity, counted.flatMap { change($0.at, $0.value / most) })
    }
  }

  /// An equality in whole numbers: what changes count for in it, and what they are to come to; what is off is no whole number where no
  /// rupiah meet it.
  struct Equality {
    var owner: Int
    var counted: [(at: Int, value: Double)]
    var off: Double
    var isWhole: Bool
    /// How large its largest count is.
    var size: Int64 { counted.reduce(1) { max($0, Int64(abs($1.value))) } }
  }

  /// The linear equalities that must hold; nil where one cannot be told in whole numbers.
  func equalities() -> [Equality]? {
    var found: [Equality] = []
    for (owner, requirement) in problem.requirements.enumerated() where requirement.isEquality && problem.wished[owner] == nil {
      guard let linear = requirement.linear, let factor = Self.factor(of: linear) else { return nil }
      let counted = counted(linear.times(Double(factor)).terms).map { (at: $0.at, value: $0.value.rounded()) }
      // In sen, times the factor: exactly.
      var off = Self.whole(linear.constant, times: factor)
      for term in linear.terms {
        let sen = Int128(problem.cells.sums[Int(term.sum)].sen.rounded())
        off += Int128((term.factor * Double(factor)).rounded()) * sen
      }
      for one in counted { off += Int128(one.value) * Int128(now(one.at)) * 100 }
      var divisor: Int64 = 0
      for one in counted { divisor = Self.gcd(divisor, Int64(abs(one.value))) }
      divisor = max(1, divisor)
      let unit = Int128(divisor) * 100
      found.append(
        Equality(
          owner: owner, counted: counted.map { ($0.at, $0.value / Double(divisor)) }, off: -(Double(off / unit) + Double(off % unit) / Double(unit)),
          isWhole: off % unit == 0))
    }
    return found
  }

  private static func gcd(_ x: Int64, _ y: Int64) -> Int64 { y == 0 ? x : gcd(y, x % y) }

  /// What makes all factors of a figure whole; nil where nothing small does.
  private static func factor(of figure: Affine) -> Int64? {
    let tried = Array(1...120) + [125, 144, 200, 250, 360, 400, 500, 625] + (3...9).flatMap { power in [1, 2, 4, 8, 3, 7].map { $0 * Int(Number.powers[power]) } }
    return tried.first { factor in
      figure.terms.allSatisfy { term in
        let value = term.factor * Double(factor)
        return abs(value) < 1e10 && abs(value) > 0.5 && abs(value - value.rounded()) < 1e-9 * abs(value)
      }
    }.map { Int64($0) }
  }

  private static func whole(_ constant: Double, times factor: Int64) -> Int128 {
    guard abs(constant) < 1e18 else { return 0 }
    if constant == constant.rounded() { return Int128(constant) * Int128(factor) }
    return Int128((constant * Double(factor)).rounded())
  }

  /// Asks for equalities, or for as near as one gets to them.
  mutating func ask(_ equalities: [Equality], isNear: Bool) {
    for one in equalities {
      var terms = one.counted.flatMap { change($0.at, $0.value) }
      if isNear {
        // What is missed counts before any rupiah moved.
        let cost = 1e4 / Double(one.size)
        terms += [(programme.addColumn(cost: cost), 1), (programme.addColumn(cost: cost), -1)]
      }
      programme.addRow(lower: one.off, upper: one.off, terms)
    }
  }

  /// Asks that a figure not fall.
  mutating func keep(_ figure: Affine) {
    let most = figure.terms.map { abs($0.factor) }.max() ?? 0
    guard most > 0 else { return }
    programme.addRow(lower: 0, upper: .infinity, counted(figure.terms).flatMap { change($0.at, $0.value / most) })
  }

  /// Asks for a figure to be high instead of few rupiah.
  mutating func raise(_ figure: Affine) {
    let most = figure.terms.map { abs($0.factor) }.max() ?? 0
    guard most > 0 else { return }
    for column in programme.cost.indices { programme.cost[column] *= 1e-4 }
    for (at, value) in counted(figure.terms) {
      for (column, sign) in change(at, 1) { programme.cost[column] -= sign * value / most }
    }
  }

  /// The moves changed by what is found; nil where nothing is.
  func solved(_ options: SolveOptions) -> WholeMoves? {
    var quick = options
    quick.seconds = min(options.seconds, 3)
    guard let solver = Solvers.best(isInteger: true) else { return nil }
    let solution = solver.solve(programme, quick)
    guard solution.hasValues, solution.status == .optimal else { return nil }
    func after(_ at: Int) -> Int64 { now(at) + Int64(solution.values[more[at]].rounded()) - Int64(solution.values[less[at]].rounded()) }
    let nets = net.indices.map(after)
    let pools = pool.indices.map { after(net.count + $0) }
    return WholeMoves(given: nets.map { max(0, -$0) }, taken: nets.map { max(0, $0) }, toPool: pools.map { max(0, $0) }, fromPool: pools.map { max(0, -$0) })
  }
}

extension Reallocation {
  /// Moves with which equalities hold exactly, where whole rupiah nearby do; else those that come nearest, with the equalities they miss.
  func evened(_ moves: WholeMoves, _ model: MoneyModel, _ margins: [Int: Double], _ options: SolveOptions) -> (moves: WholeMoves, missed: [Int]) {
    guard requirements.contains(where: \.isEquality), model.classes.count <= RupiahGrid.most,
      let found = RupiahGrid(self, model, moves, margins, reach: 1).equalities(), found.contains(where: { $0.off != 0 })
    else { return (moves, []) }
    let reach = min(2_000_000, max(1_000, 2 * (found.map(\.size).max() ?? 1)))
    func solved(isNear: Bool) -> WholeMoves? {
      var grid = RupiahGrid(self, model, moves, margins, reach: reach)
      grid.askBounds()
      grid.ask(found, isNear: isNear)
      return grid.solved(options)
    }
    if found.allSatisfy(\.isWhole), let exact = solved(isNear: false) { return (exact, []) }
    let near = solved(isNear: true) ?? moves
    let left = RupiahGrid(self, model, near, margins, reach: 1).equalities() ?? found
    return (near, left.filter { $0.off != 0 }.map(\.owner))
  }

  /// Moves with the last rupiah used up: a figure to be high is held to a few digits only while the rupiah moved are made few.
  func usedUp(_ moves: WholeMoves, _ model: MoneyModel, _ margins: [Int: Double], _ options: SolveOptions) -> WholeMoves {
    guard model.classes.count <= RupiahGrid.most, wanted(margins).allSatisfy(\.parts.isEmpty) else { return moves }
    var best = moves
    for at in aims.indices {
      // Many at once, then few at a time while that betters it.
      for reach in [Int64(2_000)] + [Int64](repeating: 16, count: 24) {
        let here = sums(after: transfers(best, model))
        var grid = RupiahGrid(self, model, best, margins, reach: reach)
        grid.askBounds()
        if let equal = grid.equalities(), !equal.isEmpty { grid.ask(equal, isNear: false) }
        for before in 0..<at { grid.keep(tangent(aims[before], at: here)) }
        grid.raise(tangent(aims[at], at: here))
        guard let next = grid.solved(options) else { break }
        let there = sums(after: transfers(next, model))
        let isHigher = forms.value(aims[at], there) > forms.value(aims[at], here)
        let isKept = (0..<at).allSatisfy { forms.value(aims[$0], there) >= forms.value(aims[$0], here) }
        if isHigher, isKept { best = next } else if reach == 16 { break }
      }
    }
    return best
  }
}
