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
    let must = Set(requirements.indices).subtracting(wished.keys)
    // What nothing ties together conflicts by itself.
    for group in Set(apart).sorted() {
      let own = must.filter { apart[$0] == group }
      var open: [Set<Int>] = [[]]
      var seen: Set<Set<Int>> = [[]]
      while !open.isEmpty, found.count < Self.most {
        let without = open.removeFirst()
        if context.isInterrupted() { break }
        guard let core = smallest(own.subtracting(without), model, options), !core.isEmpty else { continue }
        if !found.contains(where: { Set($0) == Set(core) }) { found.append(core) }
        for owner in core where without.count < 3 {
          let next = without.union([owner])
          if seen.insert(next).inserted { open.append(next) }
        }
      }
    }
    return found.map { core in
      // Other conflicts are for themselves to settle.
      let others = Set(found.joined()).subtracting(core)
      let kept = must.filter { apart[$0] == apart[core[0]] }.subtracting(others)
      return Conflict(members: core.map { Conflict.Member(owner: $0, relief: relief($0, kept, model, options)) })
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

  /// The smallest set within these that cannot hold; nil where they can, or where time ran out.
  private func smallest(_ owners: Set<Int>, _ model: MoneyModel, _ options: SolveOptions) -> [Int]? {
    // What weighs in the nearest miss holds a conflict among itself: the rest need not be tried.
    let answer = solve(model, .nearest(Dictionary(uniqueKeysWithValues: owners.map { ($0, 1.0) })), only: owners, options: options)
    var core = owners
    let isNear = answer.solution.status != .optimal || answer.solution.objective < 1e-3
    if isNear, isFeasible(owners, model, options) != false { return nil }
    if !isNear {
      let heavy = Set(zip(wanted([:], only: owners), answer.prices).filter { abs($1) > 1e-9 }.map(\.0.owner))
      if !heavy.isEmpty, isFeasible(heavy, model, options) == false { core = heavy }
    }
    if core.count > Self.few { return gathered(core, model, options) }
    for owner in core.sorted() where core.count > 1 {
      guard let holds = isFeasible(core.subtracting([owner]), model, options) else { return nil }
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

  /// What one requirement must give way so that the others kept hold; nil where its giving way is not enough, or where
  /// no budget at all would do.
  private func relief(_ owner: Int, _ kept: Set<Int>, _ model: MoneyModel, _ options: SolveOptions) -> Double? {
    if unreachable.contains(owner) { return nil }
    let answer = solve(model, .nearest([owner: 1]), only: kept, options: options)
    guard answer.solution.status == .optimal else { return nil }
    return answer.solution.objective * MoneyModel.unit
  }
}
