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
    let apart = apart(model)
    var found: [[Int]] = []
    var known: [Set<Int>: [Int: Double?]] = [:]
    let must = Set(requirements.indices).subtracting(wished.keys)
    // What nothing ties together conflicts by itself, and what nothing is asked for by its neighbours in the nearest miss holds.
    let nearest = nearest(must, model, options)
    var groups = Set(apart)
    if nearest.moves.solution.status == .optimal, isStraight { groups = Set(nearest.heavy.map { apart[$0] }) }
    for group in groups.sorted() {
      let own = must.filter { apart[$0] == group }
      var open: [Set<Int>] = [[]]
      var seen: Set<Set<Int>> = [[]]
      var mending: [Set<Int>] = []
      while !open.isEmpty, found.count < Self.most {
        let without = open.removeFirst()
        if context.isInterrupted() { break }
        if mending.contains(where: { $0.isSubset(of: without) }) { continue }
        let kept = own.subtracting(without)
        let first = groups.count == 1 && without.isEmpty ? nearest : self.nearest(kept, model, options)
        guard let core = smallest(kept, first, model, options), !core.isEmpty else { continue }
        if !found.contains(where: { Set($0) == Set(core) }) { found.append(core) }
        guard without.count < 3, found.count < Self.most else { continue }
        // Where one of them alone can give way, the rest holds without it.
        let reliefs = reliefs(core, kept, model, options, &known)
        for (owner, relief) in zip(core, reliefs) {
          let next = without.union([owner])
          if relief != nil { mending.append(next) } else if seen.insert(next).inserted { open.append(next) }
        }
      }
    }
    return found.map { core in
      // Other conflicts are for themselves to settle.
      let others = Set(found.joined()).subtracting(core)
      let kept = must.filter { apart[$0] == apart[core[0]] }.subtracting(others)
      return Conflict(members: zip(core, reliefs(core, kept, model, options, &known)).map { Conflict.Member(owner: $0, relief: $1) })
    }
  }

  /// A number for each requirement: those that no money ties together have different ones.
  private func apart(_ model: MoneyModel) -> [Int] {
    if bounds.limit != nil { return requirements.map { _ in 0 } }
    let classes = model.classes
    var parent = Array(classes.rings.indices)
    func root(_ ring: Int) -> Int {
      var at = ring
      while parent[at] != at {
        parent[at] = parent[parent[at]]
        at = parent[at]
      }
      return at
    }
    func tie(_ one: Int, _ other: Int) {
      let (a, b) = (root(one), root(other))
      parent[max(a, b)] = min(a, b)
    }
    var firstOf: [Int: Int] = [:]
    for row in wanted([:]) {
      for sum in row.terms.map(\.sum) + row.parts.map(\.sum) {
        for ring in classes.ofSum[Int(sum)].map({ Int(classes.ring[Int($0)]) }) + classes.ringsOfSum[Int(sum)].map({ Int($0) }) {
          if let first = firstOf[row.owner] { tie(first, ring) } else { firstOf[row.owner] = ring }
        }
      }
    }
    // Rings of one pool share its money.
    for pool in model.ringsOfPools { for ring in pool.dropFirst() { tie(pool[0], ring) } }
    return requirements.indices.map { firstOf[$0].map(root) ?? -1 }
  }

  private func isFeasible(_ owners: Set<Int>, _ model: MoneyModel, _ options: SolveOptions) -> Bool? {
    switch solve(model, .nearest([:]), only: owners, options: options).solution.status {
    case .optimal, .unbounded: return true
    case .infeasible, .infeasibleOrUnbounded: return false
    case .stopped, .failed: return nil
    }
  }

  /// The least by which some requirements are missed, and those that weigh in it.
  private func nearest(_ owners: Set<Int>, _ model: MoneyModel, _ options: SolveOptions) -> (moves: MoneyModel.Moves, heavy: Set<Int>) {
    let weights = Dictionary(uniqueKeysWithValues: owners.map { ($0, 1.0) })
    let known = isStraight ? model.knownMiss(of: wanted([:], only: owners)) : nil
    let moves = known ?? solve(model, .nearest(weights), only: owners, options: options)
    return (moves, Set(zip(wanted([:], only: owners), moves.prices).filter { abs($1) > 1e-9 }.map(\.0.owner)))
  }

  /// The smallest set within these, missed so nearly, that cannot hold; nil where they can, or where time ran out.
  private func smallest(_ owners: Set<Int>, _ nearest: (moves: MoneyModel.Moves, heavy: Set<Int>), _ model: MoneyModel, _ options: SolveOptions) -> [Int]? {
    let (status, miss) = (nearest.moves.solution.status, nearest.moves.solution.objective)
    if status == .optimal, miss < 1e-9 { return nil }
    var core = owners
    var narrow = model
    let isNear = status != .optimal || miss < 1e-3
    if isNear, isFeasible(owners, model, options) != false { return nil }
    if !isNear {
      // What weighs in the nearest miss holds a conflict among itself: the rest need not be tried, nor the cells that it tells apart.
      let heavy = nearest.heavy.intersection(owners)
      if !heavy.isEmpty, case let few = self.model(model.classes.row, only: heavy), isFeasible(heavy, few, options) == false { (core, narrow) = (heavy, few) }
    }
    if core.count > Self.few { return gathered(core, narrow, options) }
    for owner in core.sorted() where core.count > 1 {
      guard let holds = isFeasible(core.subtracting([owner]), narrow, options) else { return nil }
      if !holds { core.remove(owner) }
    }
    return core.sorted()
  }

  /// Above how many the members of a conflict are gathered instead of left out one by one.
  private static let few = 12

  /// The members of a conflict among many, those that miss most first: the last of the shortest run that cannot hold beside what is
  /// gathered belongs to it, and the rest of it stands before.
  private func gathered(_ core: Set<Int>, _ model: MoneyModel, _ options: SolveOptions) -> [Int]? {
    var missing: [Int: Double] = [:]
    for row in wanted([:], only: core) {
      let most = row.terms.map { abs($0.factor) }.max() ?? 0
      missing[row.owner, default: 0] += most > 0 ? max(0, row.need) / most : 0
    }
    var open = core.sorted { (missing[$0] ?? 0) != (missing[$1] ?? 0) ? (missing[$0] ?? 0) > (missing[$1] ?? 0) : $0 < $1 }
    var found: Set<Int> = []
    while true {
      guard let holds = isFeasible(found, model, options) else { return nil }
      if !holds { return found.sorted() }
      // So many hold, so many do not: first in strides, then halved.
      var (low, high) = (0, 1)
      while high < open.count {
        guard let holds = isFeasible(found.union(open[..<high]), model, options) else { return nil }
        if !holds { break }
        (low, high) = (high, min(open.count, 2 * high))
      }
      while high - low > 1 {
        let middle = (low + high) / 2
        guard let holds = isFeasible(found.union(open[..<middle]), model, options) else { return nil }
        if holds { low = middle } else { high = middle }
      }
      guard high <= open.count, high > 0 else { return nil }
      found.insert(open[high - 1])
      open.removeSubrange((high - 1)...)
    }
  }

  /// What each of some requirements must give way alone so that the others kept hold; nil where its giving way is not enough, or
  /// where no budget at all would do. What is known for the same others is not asked again.
  private func reliefs(
    _ owners: [Int], _ kept: Set<Int>, _ model: MoneyModel, _ options: SolveOptions, _ known: inout [Set<Int>: [Int: Double?]]
  ) -> [Double?] {
    let open = owners.filter { known[kept]?[$0] == nil && !unreachable.contains($0) }
    let found = isStraight && !open.isEmpty ? model.nearest(each: open, wanted([:], only: kept), solver, options) : nil
    for (at, owner) in open.enumerated() {
      let relief: Double?
      if let found, found.count == open.count { relief = found[at] } else {
        let answer = solve(model, .nearest([owner: 1]), only: kept, options: options)
        relief = answer.solution.status == .optimal ? answer.solution.objective : nil
      }
      known[kept, default: [:]].updateValue(relief.map { $0 * MoneyModel.unit }, forKey: owner)
    }
    return owners.map { known[kept]?[$0] ?? nil }
  }
}
