/// What the masterplan asks of the alignment: does the money end in what helps people, or in an index of the means?
extension PlanAlignment {
  /// Whether some indicator is declared an index of the means (`indeks_ti`); without one it is not known what ends there.
  public var knowsIndices: Bool { plan.indicators.contains(where: \.isITIndex) }

  /// Money whose chain ends in an index of the means only, in sen.
  public var inIndexOnly: Int64 { strands.reduce(0) { $0 &+ $1.inIndex } }

  /// The programmes of that money, largest first.
  public var indexStrands: [Strand] { strands.filter { $0.inIndex > 0 }.sorted { $0.inIndex > $1.inIndex } }

  // MARK: How far indicators move

  /// How far programmes move an indicator: from what it would be without them to what they project, as a share of the
  /// way from its baseline to its last target; the average of the years of the period, never below zero.
  public struct Motion: Sendable {
    /// The indicator's row.
    public var row: Int
    /// The share of its way.
    public var share: Double
  }

  /// The motion of each indicator that some money drives (mendorong with a shape), as the scenario has it.
  public var motions: [Motion] {
    var reader = Reading(plan: plan, overlay: overlay)
    var found: [Motion] = []
    for row in plan.indicators.indices where plan.drivers.indices.contains(row) && !plan.drivers[row].isEmpty {
      let targets = (0..<plan.yearCount).map { reader.figure(.targetLow, row, $0) }.filter { !$0.isAbsent }
      let baseline = reader.figure(.baseline, row, 0)
      guard let last = targets.last, !baseline.isAbsent, case let way = last.real - baseline.real, way != 0 else { continue }
      var (sum, years) = (0.0, 0)
      for year in 0..<plan.yearCount {
        let (now, without) = (reader.figure(.projection, row, year), reader.figure(.without, row, year))
        if now.isAbsent || without.isAbsent { continue }
        sum += (now.real - without.real) / way
        years += 1
      }
      if years > 0 { found.append(Motion(row: row, share: max(0, sum / Double(years)))) }
    }
    return found
  }

  /// Which share of all motion is that of outcomes, not of indices of the means; nil when nothing is driven.
  public var outcomeMotion: Double? {
    let motions = motions
    let whole = motions.reduce(0) { $0 + $1.share }
    guard whole > 0 else { return nil }
    return motions.reduce(0) { plan.indicators[$1.row].isITIndex ? $0 : $0 + $1.share } / whole
  }

  /// Fokus by motion: how many objectives moved equally would be as spread; 0 when nothing is driven.
  public var effectiveMoved: Double {
    var sums: [EntityID: Double] = [:]
    for motion in motions {
      let entity = plan.indicators[motion.row].entity
      sums[objective(entity) ?? entity, default: 0] += motion.share
    }
    return Self.effective(sums.keys.sorted().map { sums[$0] ?? 0 })
  }

  // MARK: Initiatives

  /// How far an initiative's chain reaches: an outcome on an objective that its money supports, only an index of the
  /// means there, or no such objective.
  public enum ChainEnd: Sendable { case outcome, index, nowhere }

  /// How far an initiative's chain reaches.
  public func reach(ofInitiative row: Int) -> ChainEnd {
    let objectives = plan.objectives(ofInitiative: row)
    let reached = plan.indicators(ofInitiative: row).filter { objective($0).map(objectives.contains) ?? false }
    if reached.isEmpty { return .nowhere }
    return reached.contains { !plan.indicators[Int(plan.indicatorRow[$0.index])].isITIndex } ? .outcome : .index
  }

  /// The money an initiative goes through, or its roadmap's, in the year; nil when none is declared.
  public func money(ofInitiative row: Int, in document: DocumentID) -> Int64? {
    var slice = SliceTemplate(document: document)
    slice.anchors = .local(0)
    let sum = Reading(plan: plan, overlay: overlay).sum(slice, local: plan.initiatives[row].entity, year: year)
    return sum.isAbsent ? nil : sum.roundedHalfEven
  }
}
