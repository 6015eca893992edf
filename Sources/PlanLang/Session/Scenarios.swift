/// A scenario as a branch of the tree.
struct Branch: Sendable {
  var name: Symbol
  var title: Site
  var parent: Int
  var state: ScenarioState
  /// Its day as yyyymmdd, or 0.
  var date: Int
  var urgentGround: Site
}

/// The tree of scenarios; branch 0 is the root, `dasar`.
struct Scenarios: Sendable {
  private(set) var branches: [Branch] = []
  /// Where one stands.
  var current = 0

  init(of plan: Plan, root: Symbol) {
    branches = [Branch(name: root, title: .none, parent: -1, state: ScenarioState(plan), date: 0, urgentGround: .none)]
  }

  func index(of name: Symbol) -> Int? { branches.firstIndex { $0.name == name } }

  mutating func add(_ branch: Branch) -> Int {
    if let known = index(of: branch.name), known > 0 {
      branches[known] = branch
      return known
    }
    branches.append(branch)
    return branches.count - 1
  }

  mutating func set(_ state: ScenarioState, at index: Int) { branches[index].state = state }

  /// The same tree over a plan that only gained formulas.
  func replanned(_ plan: Plan) -> Scenarios {
    var copy = self
    for i in copy.branches.indices { copy.branches[i].state.plan = plan }
    return copy
  }

  /// The overlays of all branches, by name.
  var overlays: [Symbol: Overlay] {
    var overlays: [Symbol: Overlay] = [:]
    for branch in branches { overlays[branch.name] = branch.state.overlay }
    return overlays
  }
}
