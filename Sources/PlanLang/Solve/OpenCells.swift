/// The money that may move: cells of the working document, what each may give, and the sums that hold them.
///
/// Only what is neither locked nor outside the asked places is open. A leaf may also receive money of a source it lacks:
/// such cells stand here with nothing in them.
final class OpenCells: OpenMoney {
  /// A cell that may give or receive.
  struct Cell {
    /// Where it stands.
    var place: ExtraCell
    /// The rank of its leaf.
    var rank: UInt32
    /// What it holds, in sen.
    var sen: Int64
    /// Whether it is opened for money of a source its leaf lacks.
    var isNew = false
    /// Whole rupiah that may leave it.
    var spare: Int64 { max(0, sen / 100) }
  }

  /// A sum of cells that a rule reads: an unknown of the problem.
  struct Sum {
    /// Its open cells, as rows of `cells`.
    var members: [Int32]
    /// What it holds, in sen.
    var sen: Double
  }

  /// The most cells that are opened for money of a source their leaf lacks.
  static let newcomers = 60_000

  let plan: Plan
  private let reading: Reading
  private let tape: Tape
  /// The cells, by year and rank.
  private(set) var cells: [Cell] = []
  private var years: [Range<Int>] = []
  /// The sums read so far.
  private(set) var sums: [Sum] = []
  private var known: [Key: Number?] = [:]

  private struct Key: Hashable {
    var slice: SliceTemplate
    var year: Int
  }

  /// Opens the cells of a scenario in the places asked for (all when empty), those in `closed` left out.
  init(_ state: ScenarioState, places: [SliceTemplate], closed: [SliceTemplate], years asked: [Int]?, tape: Tape) {
    plan = state.plan
    reading = Reading(plan: state.plan, overlay: state.overlay)
    self.tape = tape
    let runner = EditRunner(state: state, context: EditContext())
    func isOpen(_ place: ExtraCell) -> Bool {
      func holds(_ slice: SliceTemplate) -> Bool {
        slice.document == place.document && plan.contains(slice, nil, place.leaf) && plan.holds(slice, place.account, place.source)
      }
      return !state.isLocked(place) && (places.isEmpty || places.contains(where: holds)) && !closed.contains(where: holds)
    }
    for year in 0..<plan.yearCount {
      let first = cells.count
      defer { years.append(first..<cells.count) }
      if let asked, !asked.contains(year) { continue }
      for holding in runner.holdings(SliceTemplate(document: plan.workingDocument), year) where isOpen(holding.place) {
        cells.append(Cell(place: holding.place, rank: plan.entities.rank[holding.place.leaf.index], sen: holding.sen))
      }
      func isBefore(_ x: Cell, _ y: Cell) -> Bool {
        if x.rank != y.rank { return x.rank < y.rank }
        return x.place.account != y.place.account ? x.place.account < y.place.account : x.place.source < y.place.source
      }
      // The plan's own cells lie in this order.
      if (first..<cells.count).dropFirst().contains(where: { isBefore(cells[$0], cells[$0 - 1]) }) { cells[first...].sort(by: isBefore) }
      openNewcomers(from: first, isOpen)
    }
  }

  /// For each leaf and account of a year a cell of each source that it lacks, in their order.
  private func openNewcomers(from first: Int, _ isOpen: (ExtraCell) -> Bool) {
    var isHeld = [Bool](repeating: false, count: plan.sources.name.count)
    for cell in cells[first...] { isHeld[cell.place.source.index] = true }
    let sources = isHeld.indices.filter { isHeld[$0] }.map { SourceID($0) }
    let own = Array(cells[first...])
    func goesOn(_ at: Int) -> Bool {
      at > 0 && at < own.count && own[at].place.leaf == own[at - 1].place.leaf && own[at].place.account == own[at - 1].place.account
    }
    guard own.indices.count(where: { !goesOn($0) }) * sources.count <= Self.newcomers else { return }
    cells.removeSubrange(first...)
    var start = 0
    while start < own.count {
      var end = start + 1
      while goesOn(end) { end += 1 }
      var at = start
      for source in sources {
        if at < end, own[at].place.source == source {
          repeat {
            cells.append(own[at])
            at += 1
          } while at < end && own[at].place.source == source
          continue
        }
        var made = own[start].place
        made.source = source
        if isOpen(made) { cells.append(Cell(place: made, rank: own[start].rank, sen: 0, isNew: true)) }
      }
      start = end
    }
  }

  /// The row of a cell that stands at a place.
  func row(of place: ExtraCell) -> Int? {
    guard years.indices.contains(place.year) else { return nil }
    let rank = plan.entities.rank[place.leaf.index]
    return run(years[place.year], rank, rank).first { cells[$0].place == place }
  }

  // MARK: Sums

  func sum(_ slice: SliceTemplate, local: EntityID?, year: Int) -> Number? {
    guard slice.ledger == .spending, slice.document == plan.workingDocument, years.indices.contains(year), !years[year].isEmpty else { return nil }
    var bound = slice
    if case .local = slice.anchors {
      guard let local else { return nil }
      bound.anchors = .entities([local])
    }
    let key = Key(slice: bound, year: year)
    if let before = known[key] { return before }
    let made = opened(bound, year)
    known[key] = .some(made)
    return made
  }

  private func opened(_ slice: SliceTemplate, _ year: Int) -> Number? {
    let total = reading.sum(slice, local: nil, year: year)
    guard !total.isAbsent else { return nil }
    var members: [Int32] = []
    func take(_ range: Range<Int>) {
      for row in range where plan.holds(slice, cells[row].place.account, cells[row].place.source) {
        guard slice.within.map({ $0.contains { plan.entities.contains($0, cells[row].place.leaf) } }) ?? true else { continue }
        members.append(Int32(truncatingIfNeeded: row))
      }
    }
    if case .entities(let entities) = slice.anchors {
      for entity in entities { take(run(years[year], plan.entities.rank[entity.index], plan.entities.lastRank[entity.index])) }
    } else {
      take(years[year])
    }
    if members.isEmpty { return nil }
    sums.append(Sum(members: members, sen: total.real))
    return tape.input(sums.count - 1)
  }

  /// The cells of the leaves ranked `low...high` in a year.
  private func run(_ range: Range<Int>, _ low: UInt32, _ high: UInt32) -> Range<Int> {
    func first(atLeast wanted: UInt32) -> Int {
      var (from, to) = (range.lowerBound, range.upperBound)
      while from < to {
        let middle = (from + to) / 2
        if cells[middle].rank < wanted { from = middle + 1 } else { to = middle }
      }
      return from
    }
    let start = first(atLeast: low)
    return start..<max(start, high == .max ? range.upperBound : first(atLeast: high + 1))
  }
}
