/// What expressions ask of the initiatives of a masterplan.
extension Evaluator {
  /// What is stated of an initiative, or the dimension of a project; an absence where nothing is.
  mutating func initiative(_ number: Number, _ code: Int32) -> Number {
    guard let entity = Self.entity(number) else { return number }
    guard let figure = InitiativeFigure(rawValue: code) else { return .undefined }
    guard let row = plan.initiative(entity) else {
      guard figure == .dimension, let one = plan.projects.first(where: { $0.entity == entity }) else { return .undefined }
      return one.dimension.map { store($0.name.id) } ?? .undeclared
    }
    let one = plan.initiatives[row]
    switch figure {
    case .dimension: return one.dimension.map { store($0.name.id) } ?? .undeclared
    case .isQuickWin: return Number(one.isQuickWin)
    case .owner: return one.owner == Entities.none ? .undeclared : Number(Int64(one.owner.raw))
    case .firstYear: return plan.firstYear(ofInitiative: row).map { Number(Int64($0 + plan.firstYear)) } ?? .undeclared
    }
  }

  /// From an initiative: the parts of a kind it goes through, the goals these support, the indicators it moves. From
  /// anything else: the initiatives that have to do with it.
  func linked(initiative entity: EntityID, _ kind: EntityKind, _ machine: inout Machine) -> [EntityID] {
    machine.work += plan.initiatives.count + 1
    guard let row = plan.initiative(entity) else { return plan.initiatives(of: entity) }
    if kind == .initiative { return [entity] }
    if kind == .indicator { return plan.indicators(ofInitiative: row) }
    var found: Set<EntityID> = []
    for part in plan.initiatives[row].parts {
      if !kind.spends {
        found.formUnion(linked(part, kind, &machine))
      } else if let above = plan.entities.ancestor(kind, of: part) {
        found.insert(above)
      } else {
        found.formUnion(below(part, kind, &machine))
      }
    }
    return found.sorted { plan.entities.rank[$0.index] < plan.entities.rank[$1.index] }
  }
}
