/// What lies between two states of a plan: money by leaf, verdicts, indicators.
public struct Difference: Sendable {
  /// The money of one spending entity in one year.
  public struct Leaf: Sendable {
    /// The entity.
    public var entity: EntityID
    /// The document.
    public var document: DocumentID
    /// The calendar year.
    public var year: Int
    /// Before (semula), in sen.
    public var before: Int64
    /// After (menjadi), in sen.
    public var after: Int64
  }
  /// A cell that changed.
  public struct Cell: Sendable {
    /// Where it stands.
    public var place: ExtraCell
    /// Before, in sen.
    public var before: Int64
    /// After, in sen.
    public var after: Int64
  }
  /// A rule whose standing changed.
  public struct Change: Sendable {
    /// Before.
    public var before: Verdict
    /// After.
    public var after: Verdict
  }
  /// An indicator figure that moved.
  public struct Moved: Sendable {
    /// The indicator's row.
    public var row: Int
    /// The calendar year.
    public var year: Int
    /// Its projection before and after.
    public var before: Number
    /// After.
    public var after: Number
    /// Its target after.
    public var target: Target

    /// The classes of achievement before and after, where they differ.
    func classes(_ indicator: Indicator) -> (before: Bilingual, after: Bilingual)? {
      guard indicator.scale == nil, target.low == target.high, !target.low.isAbsent else { return nil }
      let natural: AchievementFormula = indicator.direction == .down ? .negativeLAN : .positive
      func name(_ value: Number) -> Bilingual? {
        let share = Reading.achievement(
          indicator.achievement ?? natural, baseline: indicator.baseline, target: target.low, result: value, cap: indicator.cap)
        return share.isAbsent ? nil : Reading.achievementClass(share * Number(100))
      }
      guard let was = name(before), let now = name(after), was != now else { return nil }
      return (was, now)
    }
  }

  /// Leaves that changed, in order of rank.
  public var leaves: [Leaf] = []
  /// Cells that changed, in order of rank.
  public var cells: [Cell] = []
  /// Movements since.
  public var movements: [Movement] = []
  /// Rules newly broken, newly met, and still holding with less room.
  public var newlyBroken: [Change] = []
  /// Rules newly met.
  public var newlyMet: [Change] = []
  /// Rules that still hold, with less slack than before.
  public var tighter: [Change] = []
  /// How many rules stand as before.
  public var unchanged = 0
  /// Indicators moved.
  public var indicators: [Moved] = []
  /// The pool by year before and after, in sen; only years where it changed or is not zero.
  public var pool: [(year: Int, before: Int64, after: Int64)] = []

  /// The difference of two states of one plan with their verdicts.
  public init(from before: ScenarioState, _ beforeVerdicts: [Verdict], to after: ScenarioState, _ afterVerdicts: [Verdict]) {
    movements = Array(after.movements.dropFirst(before.movements.count))
    gatherMoney(before, after)
    gatherRules(beforeVerdicts, afterVerdicts)
    gatherIndicators(before, after)
    for year in 0..<after.plan.yearCount {
      let was = before.pool(year).reduce(Int64(0)) { $0 &+ $1.sen }
      let now = after.pool(year).reduce(Int64(0)) { $0 &+ $1.sen }
      if was != now { pool.append((after.plan.firstYear + year, was, now)) }
    }
  }

  private mutating func gatherMoney(_ before: ScenarioState, _ after: ScenarioState) {
    let plan = after.plan
    for cell in after.overlay.cells {
      let place = after.overlay.place(of: cell, plan)
      // An extra cell of `after` may stand elsewhere, or not at all, in `before`.
      var other = before.overlay
      let twin = cell.index < plan.cube.count ? cell : other.cell(at: place, plan)
      let (was, now) = (other.amount(of: twin, plan), after.overlay.amount(of: cell, plan))
      if was != now { cells.append(Cell(place: place, before: was, after: now)) }
    }
    for cell in before.overlay.cells where cell.index < plan.cube.count && after.overlay[cell] == 0 && before.overlay[cell] != 0 {
      if cells.contains(where: { $0.place == before.overlay.place(of: cell, plan) }) { continue }
      cells.append(
        Cell(place: before.overlay.place(of: cell, plan), before: before.overlay.amount(of: cell, plan), after: after.overlay.amount(of: cell, plan)))
    }
    func rank(_ place: ExtraCell) -> UInt32 { place.leaf == Entities.none ? .max : plan.entities.rank[place.leaf.index] }
    cells.sort { x, y in
      if rank(x.place) != rank(y.place) { return rank(x.place) < rank(y.place) }
      if x.place.year != y.place.year { return x.place.year < y.place.year }
      if x.place.account != y.place.account { return x.place.account < y.place.account }
      return x.place.source < y.place.source
    }
    for cell in cells where cell.place.ledger == .spending {
      let year = plan.firstYear + cell.place.year
      if let last = leaves.last, last.entity == cell.place.leaf, last.year == year, last.document == cell.place.document { continue }
      var slice = SliceTemplate(document: cell.place.document)
      slice.anchors = .entities([cell.place.leaf])
      func sum(_ state: ScenarioState) -> Int64 {
        Reading(plan: plan, overlay: state.overlay).sum(slice, local: nil, year: cell.place.year).whole ?? 0
      }
      leaves.append(
        Leaf(entity: cell.place.leaf, document: cell.place.document, year: year, before: sum(before), after: sum(after)))
    }
  }

  private mutating func gatherRules(_ before: [Verdict], _ after: [Verdict]) {
    for (was, now) in zip(before, after) {
      let (failed, fails) = (was.status == .broken, now.status == .broken)
      if fails && (!failed || worse(now, was)) {
        if failed { tighter.append(Change(before: was, after: now)) } else { newlyBroken.append(Change(before: was, after: now)) }
      } else if failed && !fails {
        newlyMet.append(Change(before: was, after: now))
      } else if !fails, worse(now, was) {
        tighter.append(Change(before: was, after: now))
      } else {
        unchanged += 1
      }
    }
  }

  /// An instance's slack at the digits that count.
  private func seen(_ instance: Instance) -> Number {
    guard instance.digits >= 0, case .number(let unit) = instance.type, !instance.slack.isAbsent else { return instance.slack }
    let power = Number(Number.powers[min(instance.digits + (unit.raw == 1 ? 2 : 0), 18)])
    return Arithmetic.rounded(instance.slack * power) / power
  }

  /// Whether the worst instance has less room than before.
  private func worse(_ now: Verdict, _ was: Verdict) -> Bool {
    guard let x = now.instances.first, let y = was.instances.first, x.status != .absent, y.status != .absent else { return false }
    return Number.order(seen(x), seen(y)) == -1
  }

  /// The rows of indicators that may have moved: all when a figure was changed, else those that changed money drives,
  /// and what these spill over to.
  private func moving(_ plan: Plan, hasFigures: Bool) -> [Int] {
    if hasFigures { return Array(plan.indicators.indices) }
    if leaves.isEmpty || plan.responses.isEmpty { return [] }
    var rows: Set<Int> = []
    for response in plan.responses where response.shape != nil {
      if leaves.contains(where: { plan.entities.contains(response.entity, $0.entity) }) {
        rows.insert(Int(plan.indicatorRow[response.indicator.index]))
      }
    }
    var grows = !plan.spillovers.isEmpty
    while grows {
      grows = false
      for spillover in plan.spillovers where rows.contains(Int(plan.indicatorRow[spillover.from.index])) {
        if rows.insert(Int(plan.indicatorRow[spillover.to.index])).inserted { grows = true }
      }
    }
    return rows.sorted()
  }

  private mutating func gatherIndicators(_ before: ScenarioState, _ after: ScenarioState) {
    let plan = after.plan
    var (was, now) = (Reading(plan: plan, overlay: before.overlay), Reading(plan: plan, overlay: after.overlay))
    for row in moving(plan, hasFigures: !before.overlay.figures.isEmpty || !after.overlay.figures.isEmpty) {
      for year in 0..<plan.yearCount {
        let (x, y) = (was.figure(.projection, row, year), now.figure(.projection, row, year))
        if x == y { continue }
        let target = Target(now.figure(.targetLow, row, year), now.figure(.targetHigh, row, year))
        indicators.append(Moved(row: row, year: plan.firstYear + year, before: x, after: y, target: target))
      }
    }
  }
}
