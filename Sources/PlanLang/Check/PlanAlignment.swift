/// Where the money leads (penyelarasan): from each rupiah of the working document in one year up to the objectives it
/// supports, or to nothing.
///
/// Money follows the nearest `mendukung` on its leaf or above it; several goals share it equally, the first taking what
/// is left over.
public struct PlanAlignment: Sendable {
  /// The money of one programme (or part without one) that leads to one goal.
  public struct Strand: Sendable {
    /// The programme, or the spending entity without one.
    public var program: EntityID
    /// The goal, or `Entities.none`.
    public var goal: EntityID
    /// Sen.
    public var sen: Int64
    /// How much of it ends in an index of the means only (indeks TI), in sen.
    public var inIndex: Int64 = 0
  }
  /// All strands, in order of rank.
  public private(set) var strands: [Strand] = []
  /// All money, in sen.
  public private(set) var total: Int64 = 0
  /// The year, as an index of the period.
  public let year: Int
  let plan: Plan
  let overlay: Overlay
  /// How many indicators, and how many measured ones, stand before each rank.
  private var indicatorsBefore: [Int32] = []
  private var measuredBefore: [Int32] = []
  private var indicesBefore: [Int32] = []

  /// The alignment of a scenario in a year (an index of the period).
  public init(_ state: ScenarioState, year: Int) {
    self.year = year
    plan = state.plan
    overlay = state.overlay
    countIndicators()
    var money = [Int64](repeating: 0, count: plan.entities.count)
    guard year >= 0, year < plan.yearCount else { return }
    for cell in plan.cube.block(.spending, plan.workingDocument, year) where plan.cube.leaf[cell] != Entities.none {
      money[plan.cube.leaf[cell].index] &+= plan.cube.amount[cell]
    }
    for (i, place) in state.overlay.places.enumerated() {
      guard place.ledger == .spending, place.document == plan.workingDocument, place.year == year, place.leaf != Entities.none else { continue }
      money[place.leaf.index] &+= state.overlay.differences[i]
    }
    var goals: [EntityID: [EntityID]] = [:]
    for support in plan.supports { goals[support.from, default: []].append(support.to) }
    let outcomes = drivesOutcomes
    for leaf in plan.entities.byRank where money[leaf.index] != 0 {
      total &+= money[leaf.index]
      let program = plan.entities.ancestor(.program, of: leaf) ?? leaf
      let reached = nearest(goals, leaf)
      if reached.isEmpty { add(program, Entities.none, money[leaf.index], inIndex: false) }
      let isDriving = drives(leaf, outcomes)
      let count = Int64(max(reached.count, 1))
      for (i, goal) in reached.enumerated() {
        add(program, goal, money[leaf.index] / count + (i == 0 ? money[leaf.index] % count : 0), inIndex: !isDriving && isIndexOnly(goal))
      }
    }
  }

  private mutating func countIndicators() {
    var reader = Reading(plan: plan, overlay: Overlay())
    var (all, measured, indices) = (Int32(0), Int32(0), Int32(0))
    for entity in plan.entities.byRank {
      indicatorsBefore.append(all)
      measuredBefore.append(measured)
      indicesBefore.append(indices)
      guard plan.entities.kind[entity.index] == .indicator, case let row = Int(plan.indicatorRow[entity.index]), row >= 0 else { continue }
      all += 1
      if plan.indicators[row].isITIndex { indices += 1 }
      let hasTargets = (0..<plan.yearCount).allSatisfy { !reader.figure(.targetLow, row, $0).isAbsent }
      if hasTargets, !plan.indicators[row].baseline.isAbsent { measured += 1 }
    }
    indicatorsBefore.append(all)
    measuredBefore.append(measured)
    indicesBefore.append(indices)
  }

  /// Whether a goal has indicators, and all of them are indices of the means.
  func isIndexOnly(_ goal: EntityID) -> Bool {
    let indices = count(indicesBefore, goal)
    return indices > 0 && indices == count(indicatorsBefore, goal)
  }

  /// The spending entities that drive (mendorong) an indicator that is no index of the means.
  private var drivesOutcomes: Set<EntityID> {
    var found: Set<EntityID> = []
    for response in plan.responses {
      let row = Int(plan.indicatorRow[response.indicator.index])
      if row >= 0, !plan.indicators[row].isITIndex { found.insert(response.entity) }
    }
    return found
  }

  private func drives(_ leaf: EntityID, _ outcomes: Set<EntityID>) -> Bool {
    var at = leaf
    while at != Entities.none {
      if outcomes.contains(at) { return true }
      at = plan.entities.parent[at.index]
    }
    return false
  }

  /// How many of the counted indicators are a goal or stand below it.
  private func count(_ before: [Int32], _ goal: EntityID) -> Int {
    guard goal != Entities.none else { return 0 }
    return Int(before[Int(plan.entities.lastRank[goal.index]) + 1] - before[Int(plan.entities.rank[goal.index])])
  }

  private func nearest(_ goals: [EntityID: [EntityID]], _ leaf: EntityID) -> [EntityID] {
    var at = leaf
    while at != Entities.none {
      if let found = goals[at] { return found }
      at = plan.entities.parent[at.index]
    }
    return []
  }

  private mutating func add(_ program: EntityID, _ goal: EntityID, _ sen: Int64, inIndex: Bool) {
    let index = inIndex ? sen : 0
    if let last = strands.lastIndex(where: { $0.program == program && $0.goal == goal }) {
      strands[last].sen &+= sen
      strands[last].inIndex &+= index
    } else {
      strands.append(Strand(program: program, goal: goal, sen: sen, inIndex: index))
    }
  }

  // MARK: The three words

  private func sum(where holds: (Strand) -> Bool) -> Int64 { strands.reduce(0) { holds($1) ? $0 &+ $1.sen : $0 } }

  /// The objective a goal stands for: itself, or the objective above an indicator.
  func objective(_ goal: EntityID) -> EntityID? {
    goal == Entities.none ? nil : plan.entities.ancestor(.objective, of: goal)
  }

  /// The indicators of a goal: itself, or those below it.
  public func indicators(of goal: EntityID) -> [Int] {
    plan.indicators.indices.filter { goal != Entities.none && plan.entities.contains(goal, plan.indicators[$0].entity) }
  }

  /// Terarah: money whose chain reaches an objective (sasaran) with at least one indicator, in sen.
  public var directed: Int64 { sum { objective($0.goal) != nil && count(indicatorsBefore, $0.goal) > 0 } }

  /// Terukur: directed money for which some indicator has a baseline and a target in every year, in sen.
  public var measured: Int64 { sum { objective($0.goal) != nil && count(measuredBefore, $0.goal) > 0 } }

  /// Fokus: how many objectives of one size the directed money would fill, 1 / sum of squared shares (Herfindahl 1950);
  /// 0 when nothing is directed.
  public var effectiveObjectives: Double {
    var sums: [EntityID: Int64] = [:]
    for strand in strands { if let objective = objective(strand.goal) { sums[objective, default: 0] &+= strand.sen } }
    return Self.effective(sums.keys.sorted().map { Double(sums[$0] ?? 0) })
  }

  /// How many of one size would be as spread as some amounts: 1 / sum of squared shares; 0 when they are nothing.
  static func effective(_ amounts: [Double]) -> Double {
    let whole = amounts.reduce(0, +)
    guard whole > 0 else { return 0 }
    let squares = amounts.reduce(0.0) { $0 + ($1 / whole) * ($1 / whole) }
    return squares > 0 ? 1 / squares : 0
  }

  // MARK: What a reviewer asks

  /// Money of programmes that lead nowhere, largest first.
  public var adrift: [Strand] { strands.filter { $0.goal == Entities.none && $0.sen > 0 }.sorted { $0.sen > $1.sen } }

  /// Objectives (sasaran) that no money supports.
  public var unfunded: [EntityID] {
    let funded = Set(strands.filter { $0.sen > 0 }.compactMap { objective($0.goal) })
    return plan.entities.byRank.filter { plan.entities.kind[$0.index] == .objective && !funded.contains($0) }
  }

  /// Indicators that nothing drives (mendorong) and no money supports.
  public var undriven: [EntityID] {
    let driven = Set(plan.responses.map(\.indicator))
    let goals = Set(strands.map(\.goal))
    let moved = Set(plan.initiatives.indices.filter { !plan.initiatives[$0].parts.isEmpty }.flatMap { plan.indicators(ofInitiative: $0) })
    return plan.indicators.map(\.entity).filter { indicator in
      if driven.contains(indicator) || moved.contains(indicator) { return false }
      var at = indicator
      while at != Entities.none {
        if goals.contains(at) { return false }
        at = plan.entities.parent[at.index]
      }
      return true
    }
  }

  /// Goals that money of several departments supports, with those departments.
  public var shared: [(goal: EntityID, departments: [EntityID])] {
    var found: [(goal: EntityID, departments: [EntityID])] = []
    var places: [EntityID: Int] = [:]
    for strand in strands where strand.goal != Entities.none && strand.sen > 0 {
      guard let department = plan.entities.ancestor(.department, of: strand.program) else { continue }
      if let at = places[strand.goal] {
        if !found[at].departments.contains(department) { found[at].departments.append(department) }
      } else {
        places[strand.goal] = found.count
        found.append((strand.goal, [department]))
      }
    }
    return found.filter { $0.departments.count > 2 }
  }
}
