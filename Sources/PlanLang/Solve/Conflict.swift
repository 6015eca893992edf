/// Requirements that cannot hold together, none of them to spare: drop any one and the rest can.
struct Conflict {
  /// One of them.
  struct Member {
    /// The requirement, as its reader counts them.
    var owner: Int
    /// What giving way alone must give: sen of the sum that counts most in it; nil where that alone is not enough.
    var relief: Double?
  }
  var members: [Member]
}

extension Reallocation {
  /// How many conflicts are told at most.
  private static let most = 4

  /// The smallest sets of requirements that conflict: found by leaving out one after the other (deletion filtering,
  /// Chinneck 2008), others by doing without one of those found.
  func conflicts(_ model: MoneyModel, _ options: SolveOptions) -> [Conflict] {
    var found: [[Int]] = []
    var open: [Set<Int>] = [[]]
    var seen: Set<Set<Int>> = [[]]
    let must = Set(requirements.indices).subtracting(wished.keys)
    while !open.isEmpty, found.count < Self.most {
      let without = open.removeFirst()
      if context.isInterrupted() { break }
      let all = must.subtracting(without)
      guard let core = smallest(all, model, options), !core.isEmpty else { continue }
      if !found.contains(where: { Set($0) == Set(core) }) { found.append(core) }
      for owner in core where without.count < 3 {
        let next = without.union([owner])
        if seen.insert(next).inserted { open.append(next) }
      }
    }
    return found.map { core in
      // Other conflicts are for themselves to settle.
      let others = Set(found.joined()).subtracting(core)
      let kept = must.subtracting(others)
      return Conflict(members: core.map { Conflict.Member(owner: $0, relief: relief($0, kept, model, options)) })
    }
  }

  private func isFeasible(_ owners: Set<Int>, _ model: MoneyModel, _ options: SolveOptions) -> Bool? {
    let answer = solve(model, .nearest([:]), only: owners, options: options)
    switch answer.solution.status {
    case .optimal, .unbounded: return true
    case .infeasible, .infeasibleOrUnbounded: return false
    case .stopped, .failed: return nil
    }
  }

  /// The smallest set within these that cannot hold; nil where they can, or where time ran out.
  private func smallest(_ owners: Set<Int>, _ model: MoneyModel, _ options: SolveOptions) -> [Int]? {
    guard isFeasible(owners, model, options) == false else { return nil }
    // What weighs in the nearest miss holds a conflict among itself: the rest need not be tried.
    let answer = solve(model, .nearest(Dictionary(uniqueKeysWithValues: owners.map { ($0, 1.0) })), only: owners, options: options)
    var core = owners
    if answer.solution.status == .optimal {
      let rows = wanted([:], only: owners)
      var heavy: Set<Int> = []
      for (row, price) in zip(rows, answer.prices) where abs(price) > 1e-9 { heavy.insert(row.owner) }
      if !heavy.isEmpty, isFeasible(heavy, model, options) == false { core = heavy }
    }
    for owner in core.sorted() where core.count > 1 {
      guard let holds = isFeasible(core.subtracting([owner]), model, options) else { return nil }
      if !holds { core.remove(owner) }
    }
    return core.sorted()
  }

  /// What one requirement must give way so that the others kept hold; nil where its giving way is not enough, or where
  /// no budget at all would do.
  private func relief(_ owner: Int, _ kept: Set<Int>, _ model: MoneyModel, _ options: SolveOptions) -> Double? {
    if unreachable.contains(owner) { return nil }
    let answer = solve(model, .nearest([owner: 1]), only: kept, options: options)
    guard answer.solution.status == .optimal else { return nil }
    return answer.solution.objective * MoneyModel.unit
  }
}
