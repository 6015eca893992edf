/// What expressions ask of projects.
extension Evaluator {
  /// What a project is worth, or costs in the year that is read; nothing stated costs nothing.
  mutating func project(_ number: Number, isCost: Bool, _ machine: Machine) throws(Halt) -> Number {
    if number.isAbsent { return number }
    terms?.noteEverything()
    guard let entity = Self.entity(number), let formulas = plan.formulas(ofProject: entity, isCost: isCost, year: machine.year) else { return .undefined }
    if !isCost, formulas.isEmpty { return .undeclared }
    var sum = Number.zero
    for id in formulas {
      let formula = try deeper(id)
      defer { depth -= 1 }
      var inner = Machine(formula: formula, year: machine.year, scenario: machine.scenario)
      var compared = Compared()
      let value = try run(formula, [], &inner, &compared).low
      if value.isAbsent { return value }
      sum = sum + value
    }
    return sum
  }
}
