/// Reading what a path reached: money and figures of indicators become registers.
extension Lowering {
  /// Reads what a path reached.
  mutating func settle(_ reach: Reach, at site: Site) -> Operand {
    let scenario = inScenario
    inScenario = nil
    let outer = scenario.map { turn(to: $0) }
    defer { if let outer { _ = turn(to: outer) } }
    switch reach {
    case .value(let operand): return operand
    case .scenario: return complain(.notAnExpression, at: site)
    case .money(let money): return read(money)
    case .figure(let operand, let figure): return read(figure, of: operand)
    case .entity(let operand):
      if case .entity(.indicator) = operand.type {
        var value = read(.projection, of: operand)
        value.entity = operand.entity
        return value
      }
      return operand
    }
  }

  private mutating func read(_ money: MoneyReach) -> Operand {
    let made = register()
    let fixed = money.years?.count == 1 ? money.years : nil
    let saved = register()
    if let fixed {
      let year = constant(Number(Int64(fixed[0])))
      emit(.year, saved)
      emit(.setYear, 0, year)
    } else if let dynamic = money.yearRegister {
      emit(.year, saved)
      emit(.setYear, 0, dynamic)
    }
    for (i, slice) in money.slices.enumerated() {
      formula.slices.append(slice.template)
      let part = i == 0 ? made : register()
      let template = slice.template
      var isWhole =
        template.ledger == .spending && template.accounts.isEmpty && template.sources.isEmpty && template.within == nil
      if case .local = template.anchors {} else { isWhole = false }
      emit(
        isWhole ? .wholeSlice : .slice, part, money.anchor ?? 0, UInt16(truncatingIfNeeded: template.document.index),
        formula.slices.count - 1)
      if i > 0 { join(made, part, isMinus: slice.isMinus) }
    }
    let isFixed = fixed != nil || money.yearRegister != nil
    if isFixed { emit(.setYear, 0, saved) }
    var value = Operand(register: made, type: .money, isSeries: !isFixed || money.isYearMoving)
    value.years = isFixed ? nil : money.years
    return value
  }

  /// Receipts and outflows are one book: what is not declared on one side counts as nothing beside the other.
  private mutating func join(_ made: UInt16, _ part: UInt16, isMinus: Bool) {
    let op: Opcode = isMinus ? .subtract : .add
    let noPart = here
    emit(.jumpIfAbsent, 0, part)
    let isOnly = here
    emit(.jumpIfAbsent, 0, made)
    emit(op, made, made, part)
    let done = here
    emit(.jump)
    land(isOnly)
    let zero = constant(Number.zero)
    emit(op, made, zero, part)
    land(noPart)
    land(done)
  }

  /// The indicator an entity is, or nil.
  func indicator(of entity: EntityID) -> Indicator? {
    let rows = builder.plan.indicatorRow
    guard entity.index < rows.count, rows[entity.index] >= 0 else { return nil }
    return builder.plan.indicators[Int(rows[entity.index])]
  }

  /// A figure of an indicator in the current year.
  mutating func read(_ figure: IndicatorFigure, of base: Operand) -> Operand {
    let made = register()
    emit(.figure, made, base.register, 0, Int(figure.rawValue))
    var type = ValueType.number(UnitID(raw: .max))
    var digits = -1
    var isRange = false
    let asked = base.entity == nil ? base.register : nil
    if let entity = base.entity, let indicator = indicator(of: entity) {
      type = indicator.scale.map { .grade($0) } ?? .number(indicator.unit)
      digits = indicator.digits
      isRange = indicator.hasRanges
    }
    switch figure {
    case .achievement: return Operand(register: made, type: .number(UnitID(raw: 1)), isSeries: true)
    case .isReached: return Operand(register: made, type: .truth, isSeries: true)
    case .achievementClass: return Operand(register: made, type: .text, isSeries: true)
    case .weight: return Operand(register: made, type: .number(UnitID(raw: 0)))
    case .targetLow where isRange:
      let upper = register()
      emit(.figure, upper, base.register, 0, Int(IndicatorFigure.targetHigh.rawValue))
      var value = Operand(register: made, type: .range(type), isSeries: true)
      value.upper = upper
      value.digits = digits
      return value
    default:
      var value = Operand(register: made, type: type, isSeries: figure != .baseline)
      value.digits = digits
      value.indicator = asked
      return value
    }
  }
}
