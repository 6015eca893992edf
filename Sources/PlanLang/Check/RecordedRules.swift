import CKernels

/// Rules on a tape: whether they hold, draw by draw.
extension Recorder {
  /// Whether a rule holds; nil where it hangs on no draw. Instances that a waiver covers on that day count as held.
  func holds(_ id: RuleID, day: Int) throws -> Number? {
    let rule = plan.rules[id.index]
    var asked: [FormulaID] = rule.conditions.map {
      switch $0 {
      case .comparison(let whole, _, _, _, _): whole
      case .truth(let formula, _): formula
      }
    }
    if let condition = rule.members?.condition { asked.append(condition) }
    guard asked.contains(where: { hangs(formula: $0) }) else { return nil }
    let waivers = plan.waivers.filter { $0.rule == id && $0.until >= day }
    var broken = Number(false)
    for member in rule.members?.entities ?? [Entities.none] {
      let locals = member == Entities.none ? [] : [member]
      let isWaived = waivers.contains { $0.entity == Entities.none || member != Entities.none && plan.entities.contains($0.entity, member) }
      if isWaived { continue }
      for year in rule.isYearly ? rule.years : [-1] {
        var applies = Number(true)
        if let condition = rule.members?.condition {
          applies = try number(of: condition, year: year, locals: locals)
          if !applies.isDrawn, applies.isAbsent || applies.a == 0 { continue }
        }
        for condition in asked.prefix(rule.conditions.count) {
          let value = try number(of: condition, year: year, locals: locals)
          var fails = value.isDrawn ? tape.record(PLAN_IS_FALSE, value) : Number(!value.isAbsent && value.a == 0)
          if applies.isDrawn, fails != Number(false) { fails = tape.record(PLAN_AND, applies, fails) }
          if fails == Number(false) { continue }
          broken = broken == Number(false) ? fails : tape.record(PLAN_OR, broken, fails)
        }
      }
    }
    return broken.isDrawn ? tape.record(PLAN_NOT, broken) : Number(broken.a == 0)
  }
}
