/// The projections that money moves, kept up to date while it moves: an edit computes only those that its money reaches.
///
/// They are those of `ResponseReading` to the bit, which computes them here too.
struct ProjectionBoard: Sendable {
  private var reader: ResponseReading<KnownFigures>
  private let years: Int
  private var spots: [Spot] = []
  private var rows: [Row] = []
  // Beside `rows`: how the drivers of each join, and the values it can take.
  private var joints: [Joint] = []
  private var ranges: [ResponseRange] = []
  // Which responses' money a term is: the first stake of each term.
  private var heads: [Int32] = []
  private var stakes: [Stake] = []
  private var extents: [Extent] = []
  // The rows that a row's movement spills over to, and those from which what share comes, a row's beside each other.
  private var outflows: [Int32] = []
  private var inflows: [(from: Int32, share: Double)] = []
  // The round that goes on: the rows that are stirred, and the first year of any of them.
  private var stirred: [Int32] = []
  private var first = Int.max

  /// A row in a year.
  private struct Spot: Sendable {
    /// What the programmes promise, and the share of the plan's own money; `none` where there is nothing to move.
    var promised = KnownFigures.none
    var plain = 0.0
    /// What the row's own drivers make of it, and its whole departure with what spills over.
    var own = KnownFigures.none
    var moved = KnownFigures.none
    var declared = Number.undeclared
  }

  /// What is the same for a row in all years.
  private struct Row: Sendable {
    var isDriven: Bool
    var isRunning: Bool
    var inflows: Range<Int32>
    var outflows: Range<Int32>
    /// The years whose own departure and whose projection are to be found.
    var own: ClosedRange<Int>?
    var years: ClosedRange<Int>?
  }

  /// A response whose money of a year a term is, and the next one of the same term or -1.
  private struct Stake: Sendable {
    var response: Int32
    var year: Int32
    var next: Int32
  }

  /// Which projections a response's money reaches.
  private struct Extent: Sendable {
    var row: Int32
    var start: Int32
    /// How many years; all that follow where it decays.
    var count: Int32
  }

  /// The board of a plan in a scenario whose money is the plan's own, or nil where no money moves a projection.
  init?(_ plan: Plan, _ overlay: Overlay) {
    guard plan.drivers.contains(where: { !$0.isEmpty }) else { return nil }
    reader = ResponseReading(plan: plan, overlay: Overlay(), figures: KnownFigures(plan, overlay))
    years = plan.yearCount
    file(plan)
    for (at, response) in plan.responses.enumerated() {
      let decays = reader.value(.decay, at, false) != nil
      extents.append(
        Extent(
          row: response.shape == nil ? -1 : plan.indicatorRow[response.indicator.index],
          start: Int32(clamping: response.lag + reader.delay(at)),
          count: decays ? Int32(years) : Int32(clamping: max(1, response.spread))))
    }
    for row in rows.indices {
      for year in 0..<years {
        var spot = Spot()
        spot.declared = plan.indicators[row].projected(year)
        if rows[row].isDriven, let promised = reader.promised(row, year, isFlow: rows[row].isRunning) {
          spot.promised = promised
          spot.plain = reader.joined(plan.drivers[row], year, isPlain: true, joints[row]).share
        }
        spots.append(spot)
      }
      if rows[row].isDriven { stir(row, 0, years - 1) } else if hangs(row) { widen(row, 0, years - 1) }
    }
  }

  private mutating func file(_ plan: Plan) {
    func row(_ entity: EntityID) -> Int32 { plan.indicatorRow[entity.index] }
    for at in plan.indicators.indices {
      let start = Int32(truncatingIfNeeded: inflows.count)
      for spill in plan.inflows[at] {
        let spillover = plan.spillovers[Int(spill)]
        if row(spillover.from) >= 0 { inflows.append((row(spillover.from), reader.figures.figure(spillover.share, isPlain: false))) }
      }
      rows.append(
        Row(
          isDriven: !plan.drivers[at].isEmpty, isRunning: plan.indicators[at].kind == .runningTotal,
          inflows: start..<Int32(truncatingIfNeeded: inflows.count), outflows: 0..<0))
      joints.append(Joint(at, plan))
      ranges.append(ResponseRange(at, plan))
    }
    let spills = plan.spillovers.filter { row($0.from) >= 0 && row($0.to) >= 0 }.sorted { row($0.from) < row($1.from) }
    for spill in spills {
      let (from, at) = (Int(row(spill.from)), Int32(truncatingIfNeeded: outflows.count))
      if rows[from].outflows.isEmpty { rows[from].outflows = at..<at }
      outflows.append(row(spill.to))
      rows[from].outflows = rows[from].outflows.lowerBound..<at + 1
    }
  }

  /// Whether a row's projection hangs on money.
  func hangs(_ row: Int) -> Bool { rows[row].isDriven || !rows[row].inflows.isEmpty }

  /// A term is the money of a response in a year.
  mutating func file(term: Int, _ response: Int, _ year: Int) {
    while heads.count <= term { heads.append(-1) }
    stakes.append(
      Stake(response: Int32(truncatingIfNeeded: response), year: Int32(truncatingIfNeeded: year), next: heads[term]))
    heads[term] = Int32(truncatingIfNeeded: stakes.count - 1)
  }

  /// Is told what touched terms come to; whether one of them has to be read anew first.
  mutating func follow(_ touched: [Int32], _ terms: [Terms.Term]) -> Bool {
    for term in touched where Int(term) < heads.count && heads[Int(term)] >= 0 {
      if terms[Int(term)].isStale { return true }
      let sen = Self.sen(terms[Int(term)].sum)
      var at = Int(heads[Int(term)])
      while at >= 0 {
        pay(sen, Int(stakes[at].response), Int(stakes[at].year))
        at = Int(stakes[at].next)
      }
    }
    return false
  }

  /// The sen of a sum, nothing where none is stated.
  static func sen(_ sum: Number) -> Double { sum.isAbsent ? 0 : max(0, sum.real) }

  /// The money of a response in a year is so many sen.
  mutating func pay(_ sen: Double, _ response: Int, _ year: Int) {
    let extent = extents[response]
    guard extent.row >= 0, reader.figures.pay(sen, response, year) else { return }
    let start = year + Int(extent.start)
    let (row, from, last) = (Int(extent.row), max(0, start), min(years - 1, start + Int(extent.count) - 1))
    if last < from { return }
    stir(row, from, last)
  }

  private mutating func stir(_ row: Int, _ from: Int, _ to: Int) {
    let own = rows[row].own
    rows[row].own = min(from, own?.lowerBound ?? from)...max(to, own?.upperBound ?? to)
    widen(row, from, rows[row].isRunning ? years - 1 : to)
  }

  private mutating func widen(_ row: Int, _ from: Int, _ to: Int) {
    if let before = rows[row].years {
      rows[row].years = min(from, before.lowerBound)...max(to, before.upperBound)
    } else {
      rows[row].years = from...to
      stirred.append(Int32(truncatingIfNeeded: row))
    }
    first = min(first, from)
  }

  /// Computes what was stirred; `projections` (row times years plus year) are set, and those that changed named.
  mutating func settle(_ projections: inout [Number], _ changed: inout [Int32]) {
    if stirred.isEmpty { return }
    var last = 0
    for row in stirred { last = max(last, rows[Int(row)].years?.upperBound ?? 0) }
    var year = first
    while year <= last {
      var next = 0
      while next < stirred.count {
        let row = Int(stirred[next])
        next += 1
        guard let open = rows[row].years, open.contains(year) else { continue }
        if settle(row, year, &projections, &changed) { last = max(last, spill(row, year)) }
      }
      year += 1
    }
    for row in stirred { (rows[Int(row)].own, rows[Int(row)].years) = (nil, nil) }
    stirred.removeAll(keepingCapacity: true)
    first = .max
  }

  /// Stirs what a row's departure reaches a year later; the last year that is stirred by that.
  private mutating func spill(_ row: Int, _ year: Int) -> Int {
    guard !rows[row].outflows.isEmpty, year + 1 < years else { return year }
    for at in rows[row].outflows { widen(Int(outflows[Int(at)]), year + 1, year + 1) }
    return year + 1
  }

  /// Computes one projection; whether its departure is another.
  private mutating func settle(_ row: Int, _ year: Int, _ projections: inout [Number], _ changed: inout [Int32]) -> Bool {
    let at = row * years + year
    if let open = rows[row].own, open.contains(year), spots[at].promised.bitPattern != KnownFigures.none.bitPattern {
      spots[at].own = departure(row, year)
    }
    return set(at, row, movement(row, year), &projections, &changed)
  }

  /// Sets what a departure makes of a projection; whether the departure is another.
  @inline(__always) private mutating func set(
    _ at: Int, _ row: Int, _ moved: Double, _ projections: inout [Number], _ changed: inout [Int32]
  ) -> Bool {
    let isOther = moved.bitPattern != spots[at].moved.bitPattern
    if !isOther, projections[at] != .nothing { return false }
    spots[at].moved = moved
    let declared = spots[at].declared
    var made = declared
    if moved.bitPattern != KnownFigures.none.bitPattern, moved != 0, !declared.isAbsent {
      let value = ranges[row].kept(declared.real + moved)
      made = ranges[row].isGrade ? Number(Int64(exactly: value) ?? 0) : Number(real: value)
    }
    if projections[at] != made {
      projections[at] = made
      changed.append(Int32(truncatingIfNeeded: at))
    }
    return isOther
  }

  /// What a row's own drivers make of its promise. A call that writes nothing: else the reader would be copied for it.
  @inline(never) private mutating func departure(_ row: Int, _ year: Int) -> Double {
    let at = row * years + year
    return reader.departure(row, year, promised: spots[at].promised, joints[row], plain: spots[at].plain)
  }

  /// By how much the projection departs from the declared one, as `ResponseReading.movement` adds it up.
  private func movement(_ row: Int, _ year: Int) -> Double {
    var moved = KnownFigures.none
    if rows[row].isDriven {
      if rows[row].isRunning {
        moved = (0...year).reduce(0) {
          let own = spots[row * years + $1].own
          return $0 + (own.bitPattern == KnownFigures.none.bitPattern ? 0 : own)
        }
      } else {
        moved = spots[row * years + year].own
      }
    }
    guard year > 0 else { return moved }
    for at in rows[row].inflows {
      let (from, share) = inflows[Int(at)]
      let before = spots[Int(from) * years + year - 1].moved
      if before.bitPattern == KnownFigures.none.bitPattern || before == 0 { continue }
      moved = (moved.bitPattern == KnownFigures.none.bitPattern ? 0 : moved) + before * share
    }
    return moved
  }

  // MARK: Shifts

  /// The purses that a term is: each stake is one.
  func purses(of term: Int) -> [Int32] {
    var found: [Int32] = []
    var at = term < heads.count ? heads[term] : -1
    while at >= 0 {
      found.append(at)
      at = stakes[Int(at)].next
    }
    return found
  }

  /// Each stake laid out as a purse, with the projection that hangs on it alone. `projections` are those that stand, `held` tells what a
  /// row is held against in a year, nil where something else reads it.
  func laidOut(
    _ plan: Plan, _ terms: [Terms.Term], _ projections: [Number], _ held: (_ row: Int, _ year: Int) -> [(row: Int32, gauge: Gauge)]?
  ) -> DrivenProjections {
    var made = DrivenProjections()
    var laid: [Int: Int32] = [:]
    var sums = [Number](repeating: .zero, count: stakes.count)
    for term in heads.indices { for stake in purses(of: term) { sums[Int(stake)] = terms[term].sum } }
    for (at, stake) in stakes.enumerated() {
      let spot = laidOut(stake, plan, &made, &laid, projections, held)
      _ = made.file(DrivenProjections.Purse(sen: sums[at].b == 1 ? sums[at].a : 0, spot: spot))
    }
    return made
  }

  private func laidOut(
    _ stake: Stake, _ plan: Plan, _ made: inout DrivenProjections, _ laid: inout [Int: Int32], _ projections: [Number],
    _ held: (_ row: Int, _ year: Int) -> [(row: Int32, gauge: Gauge)]?
  ) -> Int32 {
    let (response, extent) = (Int(stake.response), extents[Int(stake.response)])
    let (row, year) = (Int(extent.row), Int(stake.year) + Int(extent.start))
    guard row >= 0, year < years, year + Int(extent.count) > 0 else { return DrivenProjections.Purse.nothing }
    guard year >= 0, !rows[row].isRunning, rows[row].inflows.isEmpty, rows[row].outflows.isEmpty, let bounds = held(row, year) else {
      return DrivenProjections.Purse.asks
    }
    if laid[row] == nil, let driver = LoneDriver(plan.drivers[row], reader) {
      laid[row] = made.file(driver, joints[row], ranges[row], reader.figures.points(driver.response, isPlain: false) ?? [])
    }
    let at = row * years + year
    guard let own = laid[row] else { return DrivenProjections.Purse.asks }
    if spots[at].promised.bitPattern == KnownFigures.none.bitPattern { return DrivenProjections.Purse.nothing }
    func spent(isPlain: Bool) -> Double { reader.figures.spent(response, Int(stake.year), isPlain: isPlain) ?? 0 }
    let spot = DrivenProjections.Spot(
      money: spent(isPlain: false), own: spent(isPlain: true), promised: spots[at].promised, plain: spots[at].plain,
      declared: spots[at].declared, row: own, start: 0, end: 0)
    return made.file(spot, standing: projections[at], bounds) ?? DrivenProjections.Purse.asks
  }
}
