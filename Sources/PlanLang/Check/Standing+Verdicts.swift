/// The verdicts of what stands, and the pool.
extension Standing {
  /// The verdict on every rule, in order of declaration; the built-in one on the pool last. Only what changed since they
  /// were asked for last is drawn up anew.
  public mutating func verdicts(_ context: EditContext, shown: Int = .max) throws(Halt) -> [Verdict] {
    try settle(context)
    if shown != drawnInstances { for rule in isDrawn.indices { isDrawn[rule] = false } }
    drawnInstances = shown
    try findFigures(context)
    var verdicts: [Verdict] = []
    verdicts.reserveCapacity(shapes.count + 1)
    for rule in shapes.indices {
      let verdict = isDrawn[rule] ? made[rule] ?? drawn(RuleID(rule), shown) : drawn(RuleID(rule), shown)
      made[rule] = verdict
      isDrawn[rule] = true
      verdicts.append(verdict)
    }
    verdicts.append(Judge.poolVerdict(settled))
    return verdicts
  }

  private func drawn(_ id: RuleID, _ shown: Int) -> Verdict {
    let shape = shapes[id.index]
    let plan = settled.plan
    var maker = VerdictMaker(id, plan, day: day, shown: shown)
    for place in groups[Int(shape.firstGroup)..<Int(shape.firstGroup + shape.groupCount)] {
      for condition in 0..<Int(shape.conditions) {
        let at = Int(place.firstInstance) + condition
        guard let status = statuses[at].status else { continue }
        // Waivers are applied by the maker.
        let whole: Number = status == .absent ? .undefined : Number(status == .holds)
        let figures = Evaluator.Compared(whole: whole, left: lefts[at], right: rights[at], upper: uppers[at])
        maker.add(condition, place.member, Int(place.year), figures, plan)
      }
    }
    return maker.verdict()
  }

  // MARK: The pool

  /// Sums the pool of the state by year and source.
  mutating func fillPool() {
    let plan = settled.plan
    pool = plan.unspent
    roots = (0..<plan.sources.count).map { Int32(truncatingIfNeeded: plan.rootSource(SourceID($0)).index) }
    for (i, cell) in settled.overlay.cells.enumerated() {
      let place = settled.overlay.place(of: cell, plan)
      if let at = poolIndex(place) { pool[at] &+= sign(place) &* settled.overlay.differences[i] }
    }
    negatives = pool.reduce(0) { $0 + ($1 < 0 ? 1 : 0) }
  }

  /// Follows moved sen in the pool.
  mutating func movePool(_ place: ExtraCell, _ sen: Int64) {
    guard let at = poolIndex(place) else { return }
    let before = pool[at]
    pool[at] = before &+ sign(place) &* sen
    negatives += (pool[at] < 0 ? 1 : 0) - (before < 0 ? 1 : 0)
  }

  private func sign(_ place: ExtraCell) -> Int64 { place.ledger == .revenue || place.ledger == .receipt ? 1 : -1 }

  private func poolIndex(_ place: ExtraCell) -> Int? {
    guard place.document == settled.plan.workingDocument else { return nil }
    let at = place.year * roots.count + Int(roots[place.source.index])
    return pool.indices.contains(at) ? at : nil
  }
}

extension Standing.InstanceState {
  /// How the instance stands; nil where it is left out.
  var status: RuleStatus? {
    switch self {
    case .holds: .holds
    case .waived: .waived
    case .broken: .broken
    case .absent: .absent
    case .excluded: nil
    }
  }
}
