/// A scenario as a branch of the tree.
struct Branch: Sendable {
  var name: Symbol
  var title: Site
  var parent: Int
  var state: ScenarioState
  /// Its day as yyyymmdd, or 0.
  var date: Int
  var urgentGround: Site
  /// What its parent held when it branched off, from the root on.
  var inherited: [PlacedStep] = []
  /// What was done in it since.
  var steps: [PlacedStep] = []

  /// All steps from the root to here.
  var allSteps: [PlacedStep] { inherited + steps }
}

/// A step of a scenario with the place of its text.
struct PlacedStep: Sendable {
  var step: Step
  var site: Site
}

/// The tree of scenarios; branch 0 is the root, `dasar`.
struct Scenarios: Sendable {
  var branches: [Branch] = []
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

  /// Takes a branch away; those that branched off it hang on its parent, and who stood there stands on the parent.
  mutating func remove(_ index: Int) {
    let parent = branches[index].parent
    branches.remove(at: index)
    func moved(_ row: Int) -> Int { row == index ? parent : row > index ? row - 1 : row }
    for i in branches.indices { branches[i].parent = moved(branches[i].parent) }
    current = moved(current)
  }

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

extension LineContext {
  /// Whether one stands where `simulasi N` names scenarios: before its braces and what it shows.
  var namesScenarios: Bool {
    guard let first = words.first, Vocabulary.spells(first, .simulate) else { return false }
    return !isEdit && !words.contains { $0 == "{" || Vocabulary.spells($0, .show) }
  }
}
