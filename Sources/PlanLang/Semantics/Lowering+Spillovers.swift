/// Spillovers that go round.
extension Lowering {
  /// A loop of spillovers whose shares multiply to one or more grows without end: a warning that names it.
  mutating func warnOfLoops() {
    let all = plan.spillovers
    func share(_ one: Spillover) -> Double { plan.formulas[one.share.index].fixed?.real.magnitude ?? 1 }
    let looping = Self.looping(all)
    let leaving = Dictionary(grouping: looping) { all[$0].from }
    // Indicators that all spill over into one another have more ways round than anybody could walk.
    var steps = 200_000
    for start in looping {
      let first = all[start]
      // Each loop is told once, by its first spillover.
      var open: [(path: [Int], product: Double)] = [([start], share(first))]
      while let (path, product) = open.popLast(), path.count <= 32, steps > 0 {
        for next in leaving[all[path[path.count - 1]].to] ?? [] where next >= start && !path.dropFirst().contains(next) {
          let one = all[next]
          steps -= 1
          if next == start {
            if product >= 1 {
              let loop = (path + [start]).map { names.text(plan.entities.name[all[$0].from.index]) }
              diagnostics.add(DeclarationProblem.endlessSpillover(loop: loop.joined(separator: " → ")), at: first.site)
              open = []
              break
            }
          } else if !path.contains(next) {
            open.append((path + [next], product * share(one)))
          }
        }
      }
    }
  }

  /// The spillovers that may lie on a loop, in order: what is left without those from where nothing arrives, and then
  /// without those to where nothing leaves.
  private static func looping(_ all: [Spillover]) -> [Int] {
    var kept = Array(all.indices)
    for (from, to) in [(\Spillover.from, \Spillover.to), (\Spillover.to, \Spillover.from)] {
      let leaving = Dictionary(grouping: kept) { all[$0][keyPath: from] }
      var arriving: [EntityID: Int] = [:]
      for at in kept { arriving[all[at][keyPath: to], default: 0] += 1 }
      var bare = leaving.keys.filter { arriving[$0] == nil }
      var gone: Set<Int> = []
      while let end = bare.popLast() {
        for at in leaving[end] ?? [] {
          gone.insert(at)
          arriving[all[at][keyPath: to], default: 0] -= 1
          if arriving[all[at][keyPath: to]] == 0 { bare.append(all[at][keyPath: to]) }
        }
      }
      kept.removeAll { gone.contains($0) }
    }
    return kept
  }
}
