/// The linear programme of moving money: what each class of cells gives and takes, rings in balance, the pool beside.
///
/// Amounts are in juta rupiah, so that budgets from one rupiah to thousands of triliun keep their digits in a Double.
struct MoneyModel {
  /// A linear requirement: so many times the change of each sum, at least `need` (or just it).
  struct Row {
    var terms: [(sum: Int32, factor: Double)]
    var need: Double
    var isEquality = false
    /// The requirement it serves, as the asker counts them.
    var owner: Int
    /// What it hangs on besides: figures of one sum each, in pieces; then factors and need are in the figure's own unit.
    var parts: [Separable.Profile] = []
    /// By how much it is asked for anew where pieces miss.
    var slip = 0.0
  }

  /// What is best.
  enum Aim {
    /// The fewest rupiah moved; of all that move as few, what takes from those who hold most and gives to those who do: what
    /// is equally good is told apart by the plan, not by the solver's ways.
    case least(isRanked: Bool = true)
    /// The least by which rows are missed, each as counted by its weight; those not named must hold.
    case nearest([Int: Double])
    /// A figure of sums as high as can be: one that is linear, or the tangents above one that is concave.
    case highest([Affine])
    /// A figure in pieces as high as can be.
    case highestOf(Separable)
  }

  /// Rows that may be missed, each counted by its weight, and by how much in all: in juta rupiah of the sum that counts most in
  /// each.
  struct Leeway {
    var weights: [Int: Double]
    var most: Double
  }

  /// An answer of the solver.
  struct Moves {
    var solution: Solution
    /// Given and taken by each class, in juta rupiah.
    var given: [Double]
    var taken: [Double]
    /// To the pool and from it, by ring.
    var toPool: [Double]
    var fromPool: [Double]
    /// What a rupiah more of each row's need costs, counted by the sum that counts most in it.
    var prices: [Double]
    /// What one juta rupiah more of each pool is worth, beside the year and source.
    var poolPrices: [(source: SourceID, year: Int, price: Double)]
  }

  /// Sen in the unit of the programme.
  static let unit = 1e8

  let cells: OpenCells
  let classes: CellClasses
  /// The most that may be moved in all, in sen.
  var limit: Int64?
  /// Pools by source and year, in sen, where money may pass through them.
  private(set) var pools: [(source: SourceID, year: Int, sen: Int64)] = []
  private var base = LinearProgramme()
  private var giving: [Int]
  private var taking: [Int]
  private var pooling: [Int]
  private var drawing: [Int]
  private var poolRows: [Int] = []
  /// How little a class is preferred as one that gives and as one that takes: 0 to 1, each its own.
  private var giverRank: [Double]
  private var takerRank: [Double]

  /// The model of the cells of a scenario; from a spared account (belanja pegawai) is taken last.
  init(_ cells: OpenCells, _ classes: CellClasses, spared: AccountID? = nil, _ state: ScenarioState, _ context: EditContext) {
    (self.cells, self.classes) = (cells, classes)
    let count = classes.count
    (giving, taking) = ([Int](repeating: -1, count: count), [Int](repeating: -1, count: count))
    (pooling, drawing) = ([Int](repeating: -1, count: classes.rings.count), [Int](repeating: -1, count: classes.rings.count))
    giverRank = Self.ranks(classes.spare)
    takerRank = Self.ranks((0..<count).map { classes.members($0).reduce(0) { max($0, cells.cells[Int($1)].sen) } })
    if let spared {
      func isSpared(_ cell: Int32) -> Bool { cells.plan.accounts.contains(spared, cells.cells[Int(cell)].place.account) }
      for at in 0..<count where classes.members(at).contains(where: isSpared) { giverRank[at] += 1 }
    }
    var balance = [[(column: Int, value: Double)]](repeating: [], count: classes.rings.count)
    for at in 0..<count {
      let ring = Int(classes.ring[at])
      if classes.spare[at] > 0 {
        giving[at] = base.addColumn(cost: 1, lower: 0, upper: Double(classes.spare[at]) * 100 / Self.unit)
        balance[ring].append((giving[at], 1))
      }
      taking[at] = base.addColumn()
      balance[ring].append((taking[at], -1))
    }
    if classes.row == 1 { openPools(EditRunner(state: state, context: context), &balance) }
    for terms in balance { base.addRow(lower: 0, upper: 0, terms) }
    addPoolRows()
  }

  /// The places of figures from the greatest down, spread over 0 to 1; equal ones in their order.
  private static func ranks(_ figures: [Int64]) -> [Double] {
    var ranks = [Double](repeating: 0, count: figures.count)
    let order = figures.indices.sorted { figures[$0] != figures[$1] ? figures[$0] > figures[$1] : $0 < $1 }
    for (place, at) in order.enumerated() { ranks[at] = Double(place + 1) / Double(figures.count + 1) }
    return ranks
  }

  /// Money may go to the pool and come from it by the Perda only; earmarked money that lies there may come back, none
  /// is put there.
  private mutating func openPools(_ runner: consuming EditRunner, _ balance: inout [[(column: Int, value: Double)]]) {
    let plan = cells.plan
    var spentIn: [SourceID: [String]] = [:]
    for (ring, cell) in classes.rings.enumerated() {
      let place = cells.cells[Int(cell)].place
      let isBound = plan.sources.field[place.source.index] != nil
      if isBound {
        let fields = spentIn[place.source] ?? runner.fields(of: place.source, place.document)
        spentIn[place.source] = fields
        guard fields.isEmpty || fields.contains(runner.field(of: place.leaf)) else { continue }
      }
      let root = plan.rootSource(place.source)
      if !pools.contains(where: { $0.source == root && $0.year == place.year }) {
        pools.append((root, place.year, runner.state.pool(place.year).first { $0.source == root }?.sen ?? 0))
      }
      // Shifting comes before cutting: what leaves the budget costs a little more.
      if !isBound {
        pooling[ring] = base.addColumn(cost: 0.001)
        balance[ring].append((pooling[ring], -1))
      }
      drawing[ring] = base.addColumn(cost: 1)
      balance[ring].append((drawing[ring], 1))
    }
  }

  private mutating func addPoolRows() {
    for pool in pools {
      var terms: [(column: Int, value: Double)] = []
      for (ring, cell) in classes.rings.enumerated() where drawing[ring] >= 0 {
        let place = cells.cells[Int(cell)].place
        guard cells.plan.rootSource(place.source) == pool.source, place.year == pool.year else { continue }
        if pooling[ring] >= 0 { terms.append((pooling[ring], 1)) }
        terms.append((drawing[ring], -1))
      }
      poolRows.append(base.addRow(lower: -Double(pool.sen) / Self.unit, upper: .infinity, terms))
    }
  }

  /// The columns of a figure of sums: what each class's giving and taking changes it by, and for rings it holds whole what goes to
  /// the pool and comes from it.
  private func terms(
    _ figure: [(sum: Int32, factor: Double)], scaled scale: Double = 1, _ gathered: inout ClassTerms
  ) -> [(column: Int, value: Double)] {
    let (loose, whole) = gathered.gather(figure, scaled: scale)
    var terms: [(column: Int, value: Double)] = []
    terms.reserveCapacity(2 * loose.count)
    for (one, value) in loose {
      if giving[Int(one)] >= 0 { terms.append((giving[Int(one)], -value)) }
      terms.append((taking[Int(one)], value))
    }
    for (ring, value) in whole {
      if pooling[Int(ring)] >= 0 { terms.append((pooling[Int(ring)], -value)) }
      if drawing[Int(ring)] >= 0 { terms.append((drawing[Int(ring)], value)) }
    }
    return terms
  }

  /// A row as the programme has it: scaled by its largest factor, so that rows of rupiah read in juta.
  private func scaled(_ row: Row, _ gathered: inout ClassTerms) -> (terms: [(column: Int, value: Double)], need: Double) {
    let largest = row.terms.map { abs($0.factor) }.max() ?? 0
    let scale = largest > 0 ? 1 / largest : 1
    return (terms(row.terms, scaled: scale, &gathered), row.need * scale / Self.unit)
  }

  /// Solves for rows; factors are per sen. With `among`, only those classes give and take; a pool may be taken for larger by
  /// some juta rupiah.
  func solve(
    _ rows: [Row], _ aim: Aim, among: Set<Int>? = nil, leeway: Leeway? = nil, widened: (pool: Int, by: Double)? = nil, _ solver: any Solver,
    _ options: SolveOptions
  ) -> Moves {
    var programme = base
    if let among {
      for at in giving.indices where !among.contains(at) { for column in [giving[at], taking[at]] where column >= 0 { programme.upper[column] = 0 } }
    }
    if case .least = aim {} else { for column in programme.cost.indices { programme.cost[column] = 0 } }
    if let widened { programme.rowLower[poolRows[widened.pool]] -= widened.by }
    var gathered = ClassTerms(classes)
    var misses = Misses(aim, leeway)
    let first = programme.rowLower.count
    for row in rows {
      var (entries, need) = row.parts.isEmpty ? scaled(row, &gathered) : pieced(row, &programme, &gathered)
      misses.allow(row, &entries, &programme)
      programme.addRow(lower: need, upper: row.isEquality ? need : .infinity, entries)
    }
    misses.bound(&programme)
    if case .least(isRanked: true) = aim { prefer(&programme) }
    if case .highest(let figures) = aim { raise(figures, &programme, &gathered) }
    if case .highestOf(let figure) = aim {
      let (entries, _) = pieced(Row(terms: figure.linear.terms, need: 0, owner: 0, parts: figure.parts), &programme, &gathered)
      for (column, value) in entries { programme.cost[column] += value }
      programme.isMaximised = true
    }
    addLimit(&programme)
    let chosen = programme.isMixed ? Solvers.best(isInteger: true) ?? solver : solver
    let solution = chosen.solve(programme, options)
    var answer = answer(solution)
    func dual(_ row: Int) -> Double { solution.rowDuals.indices.contains(row) ? solution.rowDuals[row] : 0 }
    answer.prices = rows.indices.map { dual(first + $0) }
    answer.poolPrices = zip(pools, poolRows).map { ($0.source, $0.year, dual($1)) }
    return answer
  }

  /// A row in pieces: columns for each part that follow its sum, filled in order; a piece that rises more steeply than
  /// the one before it waits for that by a choice of yes and no.
  private func pieced(
    _ row: Row, _ programme: inout LinearProgramme, _ gathered: inout ClassTerms
  ) -> (terms: [(column: Int, value: Double)], need: Double) {
    let largest = row.parts.flatMap(\.pieces).map { abs($0.rise) }.max() ?? 0
    let scale = largest > 0 ? 1 / largest : 1
    var entries = terms(row.terms, scaled: scale * Self.unit, &gathered)
    var need = row.need
    for part in row.parts {
      need -= part.value
      var follow = terms([(part.sum, 1)], &gathered).map { (column: $0.column, value: -$0.value) }
      var last = -1
      for (at, piece) in part.pieces.enumerated() {
        // What is no wider than a rupiah is a step.
        let isStep = piece.width <= 100
        let filled = programme.addColumn(lower: 0, upper: 1, isInteger: isStep && piece.rise > 0)
        follow.append((filled, piece.width / Self.unit))
        entries.append((filled, piece.rise * scale))
        if at > 0, last >= 0 {
          let before = part.pieces[at - 1]
          let isSteeper = piece.rise * max(before.width, 1) > before.rise * max(piece.width, 1) * (1 + 1e-9)
          if isStep, piece.rise > 0 {
            programme.addRow(lower: 0, upper: .infinity, [(last, 1), (filled, -1)])
          } else if isSteeper {
            let full = programme.addColumn(lower: 0, upper: 1, isInteger: true)
            programme.addRow(lower: 0, upper: .infinity, [(last, 1), (full, -1)])
            programme.addRow(lower: 0, upper: .infinity, [(full, 1), (filled, -1)])
          }
        }
        last = filled
      }
      let now = (cells.sums[Int(part.sum)].sen - part.start) / Self.unit
      programme.addRow(lower: now, upper: now, follow)
    }
    return (entries, need * scale)
  }

  /// The figure below all of these as high as can be: one figure alone, or a column under each tangent.
  private func raise(_ figures: [Affine], _ programme: inout LinearProgramme, _ gathered: inout ClassTerms) {
    programme.isMaximised = true
    let largest = figures.flatMap(\.terms).map { abs($0.factor) }.max() ?? 0
    let scale = largest > 0 ? 1 / largest : 1
    guard figures.count > 1 else {
      for figure in figures { for (column, value) in terms(figure.terms, scaled: scale, &gathered) { programme.cost[column] = value } }
      return
    }
    let height = programme.addColumn(cost: 1, lower: -.infinity, upper: .infinity)
    for figure in figures {
      programme.addRow(lower: -figure.constant * scale / Self.unit, upper: .infinity, terms(figure.terms, scaled: scale, &gathered) + [(height, -1)])
    }
  }

  /// Ranks what costs the same.
  private func prefer(_ programme: inout LinearProgramme) {
    programme.second = [Double](repeating: 0, count: programme.cost.count)
    for at in giving.indices {
      if giving[at] >= 0 { programme.second[giving[at]] = giverRank[at] }
      programme.second[taking[at]] = takerRank[at] / 2
    }
    for column in pooling + drawing where column >= 0 { programme.second[column] = 2 }
  }

  private func addLimit(_ programme: inout LinearProgramme) {
    guard let limit else { return }
    let columns = (giving + drawing).filter { $0 >= 0 }
    programme.addRow(lower: -.infinity, upper: Double(limit) / Self.unit, columns.map { ($0, 1) })
  }

  private func answer(_ solution: Solution) -> Moves {
    func value(_ column: Int) -> Double { column >= 0 && solution.hasValues ? max(0, solution.values[column]) : 0 }
    return Moves(
      solution: solution, given: giving.map(value), taken: taking.map(value), toPool: pooling.map(value), fromPool: drawing.map(value),
      prices: [], poolPrices: [])
  }

  /// The fewest classes that give or take, of all that move as little: a choice of yes and no for each.
  func fewest(_ rows: [Row], moving total: Double, leeway: Leeway?, _ solver: any Solver, _ options: SolveOptions) -> Set<Int>? {
    var programme = base
    for column in programme.cost.indices { programme.cost[column] = 0 }
    var moved: [(column: Int, value: Double)] = []
    for column in 0..<base.cost.count where base.cost[column] > 0 { moved.append((column, base.cost[column])) }
    for at in giving.indices {
      let most = Double(classes.spare[at]) * 100 / Self.unit
      for (column, most, rank) in [(giving[at], most, giverRank[at]), (taking[at], total, takerRank[at])] where column >= 0 {
        let used = programme.addColumn(cost: 1 + 1e-3 * rank, lower: 0, upper: 1, isInteger: true)
        programme.addRow(lower: -.infinity, upper: 0, [(column, 1), (used, -min(most, total))])
      }
    }
    programme.addRow(lower: -.infinity, upper: total * (1 + 1e-9) + 1e-7, moved)
    var gathered = ClassTerms(classes)
    var misses = Misses(nil, leeway)
    for row in rows {
      var (entries, need) = row.parts.isEmpty ? scaled(row, &gathered) : pieced(row, &programme, &gathered)
      misses.allow(row, &entries, &programme)
      programme.addRow(lower: need, upper: row.isEquality ? need : .infinity, entries)
    }
    misses.bound(&programme)
    let solution = solver.solve(programme, options)
    guard solution.hasValues else { return nil }
    let found = answer(solution)
    return Set(giving.indices.filter { max(found.given[$0], found.taken[$0]) > 1e-6 })
  }
}

/// What rows may be missed by: a column for each owner, and one more where it may be passed.
private struct Misses {
  private let costs: [Int: Double]
  private let leeway: MoneyModel.Leeway?
  private var below: [Int: Int] = [:]
  private var above: [Int: Int] = [:]

  init(_ aim: MoneyModel.Aim?, _ leeway: MoneyModel.Leeway?) {
    if case .nearest(let weights)? = aim { costs = weights } else { costs = [:] }
    self.leeway = leeway
  }

  /// Lets a row be missed, where it may be.
  mutating func allow(_ row: MoneyModel.Row, _ entries: inout [(column: Int, value: Double)], _ programme: inout LinearProgramme) {
    guard costs[row.owner] != nil || leeway?.weights[row.owner] != nil else { return }
    func column(_ known: inout [Int: Int]) -> Int {
      if let made = known[row.owner] { return made }
      let made = programme.addColumn(cost: costs[row.owner] ?? 0)
      known[row.owner] = made
      return made
    }
    entries.append((column(&below), 1))
    if row.isEquality { entries.append((column(&above), -1)) }
  }

  /// Bounds what is missed in all, but for the solver's last digits.
  func bound(_ programme: inout LinearProgramme) {
    guard let leeway else { return }
    var terms: [(column: Int, value: Double)] = []
    for (owner, weight) in leeway.weights {
      for column in [below[owner], above[owner]] { if let column { terms.append((column, weight)) } }
    }
    programme.addRow(lower: -.infinity, upper: leeway.most * (1 + 1e-13), terms)
  }
}
