/// The linear programme of moving money: what each class of cells gives and takes, rings in balance, the pool beside.
///
/// Amounts are in juta rupiah, so that budgets from one rupiah to thousands of triliun keep their digits in a Double.
///
/// Cells that are opened for money of a source their leaves lack stand aside at first: they are called where what they may take
/// would better the answer found without them.
final class MoneyModel {
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
  /// For each ring its pool, -1 for none, and whether money may go there too.
  private var poolOfRing: [Int32]
  private var mayPool: [Bool]
  /// How little a class is preferred as one that gives and as one that takes: 0 to 1, each its own.
  private var giverRank: [Double]
  private var takerRank: [Double]
  /// The last nearest miss that proved rows not to hold.
  var miss: (rows: [Row], moves: Moves)?
  /// The columns of classes that have money, and those of all.
  private(set) lazy var narrow = Columns(self, withNew: false)
  private(set) lazy var wide = Columns(self, withNew: true)

  /// The model of the cells of a scenario; from a spared account (belanja pegawai) is taken last.
  init(_ cells: OpenCells, _ classes: CellClasses, spared: AccountID? = nil, _ state: ScenarioState, _ context: EditContext) {
    (self.cells, self.classes) = (cells, classes)
    giverRank = Self.ranks(classes.spare)
    takerRank = Self.ranks((0..<classes.count).map { classes.members($0).reduce(0) { max($0, cells.cells[Int($1)].sen) } })
    if let spared {
      func isSpared(_ cell: Int32) -> Bool { cells.plan.accounts.contains(spared, cells.cells[Int(cell)].place.account) }
      for at in 0..<classes.count where classes.members(at).contains(where: isSpared) { giverRank[at] += 1 }
    }
    poolOfRing = [Int32](repeating: -1, count: classes.rings.count)
    mayPool = [Bool](repeating: false, count: classes.rings.count)
    if classes.row == 1 { openPools(EditRunner(state: state, context: context)) }
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
  private func openPools(_ runner: consuming EditRunner) {
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
      let known = pools.firstIndex { $0.source == root && $0.year == place.year }
      if known == nil { pools.append((root, place.year, runner.state.pool(place.year).first { $0.source == root }?.sen ?? 0)) }
      (poolOfRing[ring], mayPool[ring]) = (Int32(truncatingIfNeeded: known ?? pools.count - 1), !isBound)
    }
  }

  /// The rings of each pool.
  var ringsOfPools: [[Int]] {
    var found = [[Int]](repeating: [], count: pools.count)
    for (ring, pool) in poolOfRing.enumerated() where pool >= 0 { found[Int(pool)].append(ring) }
    return found
  }

  /// The columns and first rows of the programme: what each class gives and takes, each ring in balance, the pools.
  struct Columns {
    var base = LinearProgramme()
    var giving: [Int]
    var taking: [Int]
    var pooling: [Int]
    var drawing: [Int]
    var poolRows: [Int] = []
    let isWide: Bool

    init(_ model: MoneyModel, withNew: Bool) {
      let classes = model.classes
      isWide = withNew
      (giving, taking) = ([Int](repeating: -1, count: classes.count), [Int](repeating: -1, count: classes.count))
      (pooling, drawing) = ([Int](repeating: -1, count: classes.rings.count), [Int](repeating: -1, count: classes.rings.count))
      var balance = [[(column: Int, value: Double)]](repeating: [], count: classes.rings.count)
      for at in 0..<classes.count where withNew || !classes.isNew[at] {
        let ring = Int(classes.ring[at])
        if classes.spare[at] > 0 {
          giving[at] = base.addColumn(cost: 1, lower: 0, upper: Double(classes.spare[at]) * 100 / MoneyModel.unit)
          balance[ring].append((giving[at], 1))
        }
        taking[at] = base.addColumn()
        balance[ring].append((taking[at], -1))
      }
      var poolTerms = [[(column: Int, value: Double)]](repeating: [], count: model.pools.count)
      for ring in classes.rings.indices where model.poolOfRing[ring] >= 0 {
        let pool = Int(model.poolOfRing[ring])
        // Shifting comes before cutting: what leaves the budget costs a little more.
        if model.mayPool[ring] {
          pooling[ring] = base.addColumn(cost: 0.001)
          balance[ring].append((pooling[ring], -1))
          poolTerms[pool].append((pooling[ring], 1))
        }
        drawing[ring] = base.addColumn(cost: 1)
        balance[ring].append((drawing[ring], 1))
        poolTerms[pool].append((drawing[ring], -1))
      }
      for terms in balance { base.addRow(lower: 0, upper: 0, terms) }
      for (pool, terms) in zip(model.pools, poolTerms) {
        poolRows.append(base.addRow(lower: -Double(pool.sen) / MoneyModel.unit, upper: .infinity, terms))
      }
    }
  }

  /// The columns of a figure of sums: what each class's giving and taking changes it by, and for rings it holds whole what goes to
  /// the pool and comes from it.
  private func terms(
    _ figure: [(sum: Int32, factor: Double)], scaled scale: Double = 1, _ columns: Columns, _ gathered: inout ClassTerms
  ) -> [(column: Int, value: Double)] {
    let (loose, whole) = gathered.gather(figure, scaled: scale)
    var terms: [(column: Int, value: Double)] = []
    terms.reserveCapacity(2 * loose.count)
    for (one, value) in loose {
      if columns.giving[Int(one)] >= 0 { terms.append((columns.giving[Int(one)], -value)) }
      if columns.taking[Int(one)] >= 0 { terms.append((columns.taking[Int(one)], value)) }
    }
    for (ring, value) in whole {
      if columns.pooling[Int(ring)] >= 0 { terms.append((columns.pooling[Int(ring)], -value)) }
      if columns.drawing[Int(ring)] >= 0 { terms.append((columns.drawing[Int(ring)], value)) }
    }
    return terms
  }

  /// A row as the programme has it: scaled by its largest factor, so that rows of rupiah read in juta.
  private func scaled(_ row: Row, _ columns: Columns, _ gathered: inout ClassTerms) -> (terms: [(column: Int, value: Double)], need: Double) {
    let scale = Self.scale(row.terms)
    return (terms(row.terms, scaled: scale, columns, &gathered), row.need * scale / Self.unit)
  }

  /// Solves for rows; factors are per sen. With `among`, only those classes give and take; a pool may be taken for larger by
  /// some juta rupiah.
  func solve(
    _ rows: [Row], _ aim: Aim, among: Set<Int>? = nil, leeway: Leeway? = nil, widened: (pool: Int, by: Double)? = nil, _ solver: any Solver,
    _ options: SolveOptions
  ) -> Moves {
    func solved(_ columns: Columns) -> Moves { solve(rows, aim, columns, among: among, leeway: leeway, widened: widened, solver, options) }
    var hasParts = rows.contains { !$0.parts.isEmpty }
    if case .highestOf = aim { hasParts = true }
    guard !hasParts, among == nil, classes.isNew.contains(true) else { return solved(wide) }
    let first = solved(narrow)
    switch first.solution.status {
    case .optimal where !wouldTake(rows, aim, leeway, first.solution): return first
    case .stopped, .failed, .unbounded: return first
    case .infeasible where aim.isHard && leeway == nil && isShort(rows, solver, options): return first
    default: break
    }
    let all = solved(wide)
    guard first.solution.status == .optimal, all.solution.status == .optimal else { return all }
    // Where they better nothing, the answer without them stands, whatever the solver's prices were.
    let gain = abs(all.solution.objective - first.solution.objective)
    return gain > 1e-9 * max(1, abs(first.solution.objective)) ? all : first
  }

  /// Whether some cell that stood aside would better an answer by taking: by the prices of its rows.
  func wouldTake(_ rows: [Row], _ aim: Aim, _ leeway: Leeway?, _ solution: Solution) -> Bool {
    guard !solution.rowDuals.isEmpty else { return true }
    let first = narrow.base.rowLower.count
    var gathered = ClassTerms(classes)
    var worth = [Double](repeating: 0, count: classes.count)
    func add(_ terms: [(sum: Int32, factor: Double)], scaled scale: Double, times price: Double) {
      guard price != 0 else { return }
      for (one, value) in gathered.gather(terms, scaled: scale).classes where classes.isNew[Int(one)] { worth[Int(one)] += value * price }
    }
    for (at, row) in rows.enumerated() { add(row.terms, scaled: Self.scale(row.terms), times: solution.rowDuals[first + at]) }
    var sign = 1.0
    if case .highest(let figures) = aim {
      sign = -1
      let scale = Self.scale(figures.flatMap(\.terms))
      let tangents = first + rows.count + (leeway == nil ? 0 : 1)
      for (at, figure) in figures.enumerated() { add(figure.terms, scaled: scale, times: figures.count > 1 ? solution.rowDuals[tangents + at] : -1) }
    }
    return worth.indices.contains { classes.isNew[$0] && sign * (worth[$0] - solution.rowDuals[Int(classes.ring[$0])]) > 1e-7 }
  }

  /// What brings the largest factor to one.
  private static func scale(_ terms: [(sum: Int32, factor: Double)]) -> Double {
    let largest = terms.map { abs($0.factor) }.max() ?? 0
    return largest > 0 ? 1 / largest : 1
  }

  func solve(
    _ rows: [Row], _ aim: Aim, _ columns: Columns, among: Set<Int>?, leeway: Leeway?, widened: (pool: Int, by: Double)?, _ solver: any Solver,
    _ options: SolveOptions
  ) -> Moves {
    var (programme, _, first) = stated(rows, aim, columns, leeway: leeway, widened: widened)
    if let among {
      for at in columns.giving.indices where !among.contains(at) {
        for column in [columns.giving[at], columns.taking[at]] where column >= 0 { programme.upper[column] = 0 }
      }
    }
    let chosen = programme.isMixed ? Solvers.best(isInteger: true) ?? solver : solver
    let solution = chosen.solve(programme, options)
    var answer = answer(solution, columns)
    func dual(_ row: Int) -> Double { solution.rowDuals.indices.contains(row) ? solution.rowDuals[row] : 0 }
    answer.prices = rows.indices.map { dual(first + $0) }
    answer.poolPrices = zip(pools, columns.poolRows).map { ($0.source, $0.year, dual($1)) }
    return answer
  }

  /// The programme of rows and an aim, what may be missed in it, and where the rows begin.
  func stated(
    _ rows: [Row], _ aim: Aim, _ columns: Columns, leeway: Leeway?, widened: (pool: Int, by: Double)?
  ) -> (programme: LinearProgramme, misses: Misses, first: Int) {
    var programme = columns.base
    if case .least = aim {} else { for column in programme.cost.indices { programme.cost[column] = 0 } }
    if let widened { programme.rowLower[columns.poolRows[widened.pool]] -= widened.by }
    var gathered = ClassTerms(classes)
    var misses = Misses(aim, leeway)
    let first = programme.rowLower.count
    for row in rows {
      var (entries, need) = row.parts.isEmpty ? scaled(row, columns, &gathered) : pieced(row, columns, &programme, &gathered)
      misses.allow(row, &entries, &programme)
      programme.addRow(lower: need, upper: row.isEquality ? need : .infinity, entries)
    }
    misses.bound(&programme)
    switch aim {
    case .least(isRanked: true): prefer(columns, &programme)
    case .highest(let figures): raise(figures, columns, &programme, &gathered)
    case .highestOf(let figure):
      let (entries, _) = pieced(Row(terms: figure.linear.terms, need: 0, owner: 0, parts: figure.parts), columns, &programme, &gathered)
      for (column, value) in entries { programme.cost[column] += value }
      programme.isMaximised = true
    case .least, .nearest: break
    }
    addLimit(columns, &programme)
    return (programme, misses, first)
  }

  /// A row in pieces: columns for each part that follow its sum, filled in order; a piece that rises more steeply than
  /// the one before it waits for that by a choice of yes and no.
  private func pieced(
    _ row: Row, _ columns: Columns, _ programme: inout LinearProgramme, _ gathered: inout ClassTerms
  ) -> (terms: [(column: Int, value: Double)], need: Double) {
    let largest = row.parts.flatMap(\.pieces).map { abs($0.rise) }.max() ?? 0
    let scale = largest > 0 ? 1 / largest : 1
    var entries = terms(row.terms, scaled: scale * Self.unit, columns, &gathered)
    var need = row.need
    for part in row.parts {
      need -= part.value
      var follow = terms([(part.sum, 1)], columns, &gathered).map { (column: $0.column, value: -$0.value) }
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
  private func raise(_ figures: [Affine], _ columns: Columns, _ programme: inout LinearProgramme, _ gathered: inout ClassTerms) {
    programme.isMaximised = true
    let scale = Self.scale(figures.flatMap(\.terms))
    guard figures.count > 1 else {
      for figure in figures { for (column, value) in terms(figure.terms, scaled: scale, columns, &gathered) { programme.cost[column] = value } }
      return
    }
    let height = programme.addColumn(cost: 1, lower: -.infinity, upper: .infinity)
    let now = cells.sums.map(\.sen)  // columns are what changes from here
    for figure in figures {
      programme.addRow(lower: -figure.value(now) * scale / Self.unit, upper: .infinity, terms(figure.terms, scaled: scale, columns, &gathered) + [(height, -1)])
    }
  }

  /// Ranks what costs the same.
  private func prefer(_ columns: Columns, _ programme: inout LinearProgramme) {
    programme.second = [Double](repeating: 0, count: programme.cost.count)
    for at in columns.giving.indices {
      if columns.giving[at] >= 0 { programme.second[columns.giving[at]] = giverRank[at] }
      if columns.taking[at] >= 0 { programme.second[columns.taking[at]] = takerRank[at] / 2 }
    }
    for column in columns.pooling + columns.drawing where column >= 0 { programme.second[column] = 2 }
  }

  private func addLimit(_ columns: Columns, _ programme: inout LinearProgramme) {
    guard let limit else { return }
    let spending = (columns.giving + columns.drawing).filter { $0 >= 0 }
    programme.addRow(lower: -.infinity, upper: Double(limit) / Self.unit, spending.map { ($0, 1) })
  }

  private func answer(_ solution: Solution, _ columns: Columns) -> Moves {
    func value(_ column: Int) -> Double { column >= 0 && solution.hasValues ? max(0, solution.values[column]) : 0 }
    return Moves(
      solution: solution, given: columns.giving.map(value), taken: columns.taking.map(value), toPool: columns.pooling.map(value),
      fromPool: columns.drawing.map(value), prices: [], poolPrices: [])
  }

  /// The fewest classes that give or take, of all that move as little: a choice of yes and no for each.
  func fewest(_ rows: [Row], moving total: Double, leeway: Leeway?, _ solver: any Solver, _ options: SolveOptions) -> Set<Int>? {
    let columns = wide
    let base = columns.base
    var programme = base
    for column in programme.cost.indices { programme.cost[column] = 0 }
    var moved: [(column: Int, value: Double)] = []
    for column in 0..<base.cost.count where base.cost[column] > 0 { moved.append((column, base.cost[column])) }
    for at in columns.giving.indices {
      let most = Double(classes.spare[at]) * 100 / Self.unit
      for (column, most, rank) in [(columns.giving[at], most, giverRank[at]), (columns.taking[at], total, takerRank[at])] where column >= 0 {
        let used = programme.addColumn(cost: 1 + 1e-3 * rank, lower: 0, upper: 1, isInteger: true)
        programme.addRow(lower: -.infinity, upper: 0, [(column, 1), (used, -min(most, total))])
      }
    }
    programme.addRow(lower: -.infinity, upper: total * (1 + 1e-9) + 1e-7, moved)
    var gathered = ClassTerms(classes)
    var misses = Misses(nil, leeway)
    for row in rows {
      var (entries, need) = row.parts.isEmpty ? scaled(row, columns, &gathered) : pieced(row, columns, &programme, &gathered)
      misses.allow(row, &entries, &programme)
      programme.addRow(lower: need, upper: row.isEquality ? need : .infinity, entries)
    }
    misses.bound(&programme)
    let solution = solver.solve(programme, options)
    guard solution.hasValues else { return nil }
    let found = answer(solution, columns)
    return Set(columns.giving.indices.filter { max(found.given[$0], found.taken[$0]) > 1e-6 })
  }
}
