/// The verdicts of what stands, and the pool.
extension Standing {
  /// The verdict on every rule, in order of declaration; the built-in one on the pool last. Only what changed since they
  /// were asked for last is drawn up anew.
  public mutating func verdicts() -> [Verdict] {
    var verdicts: [Verdict] = []
    verdicts.reserveCapacity(shapes.count + 1)
    for rule in shapes.indices {
      if let known = made[rule] {
        verdicts.append(known)
      } else {
        let verdict = drawn(RuleID(rule))
        made[rule] = verdict
        verdicts.append(verdict)
      }
    }
    verdicts.append(Judge.poolVerdict(state))
    return verdicts
  }

  private func drawn(_ id: RuleID) -> Verdict {
    let (plan, shape) = (evaluator.plan, shapes[id.index])
    let rule = plan.rules[id.index]
    var instances: [Instance] = []
    instances.reserveCapacity(shape.members.count * shape.years.count * shape.conditions)
    var at = shape.firstInstance
    for member in shape.members {
      for year in shape.years {
        let shownYear = year < 0 ? 0 : plan.firstYear + year
        for condition in rule.conditions {
          defer { at += 1 }
          let status: RuleStatus
          switch statuses[at] {
          case .excluded: continue
          case .absent: status = .absent
          case .holds: status = .holds
          // Waivers are applied when the verdict is settled.
          case .broken, .waived: status = .broken
          }
          instances.append(instance(condition, at, member, shownYear, status, plan))
        }
      }
    }
    return Judge.settled(id, rule, instances, plan, day: day)
  }

  private func instance(
    _ condition: Condition, _ at: Int, _ member: EntityID, _ year: Int, _ status: RuleStatus, _ plan: Plan
  ) -> Instance {
    switch condition {
    case .truth:
      return Instance(
        member: member, year: year, left: lefts[at], right: Number(true), upper: Number(true), type: .truth, relation: .equal,
        status: status, digits: -1, slack: .undefined)
    case .comparison(_, let left, let relation, let right, _):
      let digits = max(plan.formulas[left.index].digits, plan.formulas[right.index].digits)
      return Instance(
        member: member, year: year, left: lefts[at], right: rights[at], upper: uppers[at],
        type: Judge.shown(plan.formulas[left.index].type, member, plan), relation: relation, status: status, digits: digits,
        slack: Judge.slack(lefts[at], relation, rights[at], uppers[at]))
    }
  }

  // MARK: The pool

  /// Sums the pool of the state by year and source.
  mutating func fillPool() {
    let plan = state.plan
    pool = plan.unspent
    for (i, cell) in state.overlay.cells.enumerated() {
      let place = state.overlay.place(of: cell, plan)
      if let at = poolIndex(place) { pool[at] &+= sign(place) &* state.overlay.differences[i] }
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
    guard place.document == state.plan.workingDocument else { return nil }
    let at = place.year * state.plan.sources.count + state.plan.rootSource(place.source).index
    return pool.indices.contains(at) ? at : nil
  }
}
