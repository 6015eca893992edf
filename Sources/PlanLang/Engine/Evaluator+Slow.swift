/// Instructions that look outside the registers: money, figures, texts, lists.
extension Evaluator {
  mutating func slow(
    _ i: Instruction, _ r: UnsafeMutablePointer<Number>, _ formula: FormulaPointer, _ at: Int, _ machine: inout Machine
  ) throws(Halt) {
    let (a, b, c) = (Int(i.a), Int(i.b), Int(i.c))
    switch i.op {
    case .power: r[a] = Arithmetic.power(r[b], r[c])
    case .round: r[a] = Arithmetic.rounded(r[b])
    case .floor: r[a] = Arithmetic.floored(r[b])
    case .least: r[a] = Self.pick(r[b], r[c]) { $0 <= 0 }
    case .greatest: r[a] = Self.pick(r[b], r[c]) { $0 >= 0 }
    case .settle: r[a] = r[b] == .nothing ? .undefined : r[b]
    case .isAbsent: r[a] = Number(r[b].isAbsent)
    case .and: r[a] = Self.and(r[b], r[c])
    case .or: r[a] = Self.or(r[b], r[c])
    case .not: r[a] = r[b].isAbsent ? r[b] : Number(r[b].a == 0)
    case .calendar: r[a] = r[b] + Number(Int64(plan.firstYear))
    case .yearIndex: r[a] = r[b] - Number(Int64(plan.firstYear))
    case .scenario: try turn(Int(i.d), formula, at, &machine)
    case .slice: sum(i, r, formula, &machine)
    case .parameter:
      r[a] = try parameter(Int(i.d), machine)
      if causes != nil { note(.parameter(Int(i.d), year: machine.year, r[a])) }
    case .figure:
      r[a] = figure(i.d, r[b], machine)
      if causes != nil, let entity = Self.entity(r[b]), let figure = IndicatorFigure(rawValue: i.d) {
        note(.figure(Int(plan.indicatorRow[entity.index]), figure, year: machine.year, scenario: name(ofScenario: machine.scenario), r[a]))
      }
    case .project: r[a] = try project(r[b], isCost: i.d == 1, machine)
    case .roundFigure: r[a] = rounded(r[b], Self.entity(r[c]))
    case .join, .sameText, .containsText: r[a] = try words(i.op, r[b], r[c], formula, at, &machine)
    default: try pools(i, r, formula, at, &machine)
    }
  }

  static func entity(_ number: Number) -> EntityID? { number.isAbsent ? nil : EntityID(raw: UInt32(truncatingIfNeeded: number.a)) }

  private static func pick(_ x: Number, _ y: Number, _ test: (Int) -> Bool) -> Number {
    if x == .nothing { return y }
    guard let order = Number.order(x, y) else { return x.isAbsent ? x : y }
    return test(order) ? x : y
  }

  /// False decides even beside an absence.
  private static func and(_ x: Number, _ y: Number) -> Number {
    if !x.isAbsent, x.a == 0 { return x }
    if !y.isAbsent, y.a == 0 { return y }
    return x.isAbsent ? x : y
  }

  private static func or(_ x: Number, _ y: Number) -> Number {
    if !x.isAbsent, x.a != 0 { return x }
    if !y.isAbsent, y.a != 0 { return y }
    return x.isAbsent ? x : y
  }

  private func turn(_ row: Int, _ formula: FormulaPointer, _ at: Int, _ machine: inout Machine) throws(Halt) {
    guard row >= 0 else { return machine.scenario = -1 }
    let name = formula.pointee.scenarios[row]
    guard let other = otherNames.firstIndex(of: name) else {
      throw halt(.unknownScenario(name: describe(EntityID(raw: name.raw), .scenario)), formula, at)
    }
    machine.scenario = other
  }

  /// The sum of a slice in the scenario that is read.
  mutating func sum(_ i: Instruction, _ r: UnsafeMutablePointer<Number>, _ formula: FormulaPointer, _ machine: inout Machine) {
    if terms != nil {
      if machine.scenario < 0 {
        let value = terms?.sum(machine.formula, Int(i.d), local: Self.entity(r[Int(i.b)]), year: machine.year, reading)
        return r[Int(i.a)] = value ?? .undefined
      }
      terms?.noteEverything()
    }
    let slice = formula.pointee.slices[Int(i.d)]
    var local: EntityID?
    if case .local = slice.anchors { local = Self.entity(r[Int(i.b)]) }
    r[Int(i.a)] =
      machine.scenario < 0
      ? reading.sum(slice, local: local, year: machine.year, work: &machine.work)
      : others[machine.scenario].sum(slice, local: local, year: machine.year, work: &machine.work)
    if causes != nil {
      note(.money(slice, local: local, year: machine.year, scenario: name(ofScenario: machine.scenario), r[Int(i.a)]))
    }
  }

  /// Whether a parameter hangs on other parameters only: then its value stays until one of them is changed.
  private mutating func isFixed(parameter row: Int, depth: Int = 0) -> Bool {
    if parameterKinds.isEmpty { parameterKinds = [UInt8](repeating: 0, count: plan.parameters.count) }
    if parameterKinds[row] != 0 { return parameterKinds[row] == 1 }
    var fixed = depth < 64
    for instruction in plan.formulas[plan.parameters[row].formula.index].code where fixed {
      switch instruction.op {
      case .slice, .wholeSlice, .figure, .scenario, .project: fixed = false
      case .parameter: fixed = isFixed(parameter: Int(instruction.d), depth: depth + 1)
      default: break
      }
    }
    parameterKinds[row] = fixed ? 1 : 2
    return fixed
  }

  private func overlay(_ machine: Machine) -> Overlay { machine.scenario < 0 ? reading.overlay : others[machine.scenario].overlay }

  /// A parameter as the scenario that is read has it; each is computed once a year. What calls itself keeps little on the stack.
  private mutating func parameter(_ row: Int, _ machine: Machine) throws(Halt) -> Number {
    if let value = knownParameter(row, machine) { return value }
    let formula = try deeper(plan.parameters[row].formula)
    defer { depth -= 1 }
    var inner = Machine(formula: formula, year: machine.year, scenario: machine.scenario)
    var compared = Compared()
    let value = try run(formula, [], &inner, &compared).low
    keep(value, row, machine)
    return value
  }

  /// A parameter that need not be computed: changed by the scenario, a constant, or computed before.
  @inline(never) private mutating func knownParameter(_ row: Int, _ machine: Machine) -> Number? {
    if terms != nil {
      terms?.noteParameter()
      if machine.scenario >= 0 || !isFixed(parameter: row) { terms?.noteEverything() }
    }
    if let changed = overlay(machine).figure(.parameter(ParameterID(row))) { return changed }
    let formula = plan.formulas[plan.parameters[row].formula.index]
    if formula.code.count == 1, formula.code[0].op == .constant { return formula.constants[0] }
    return known[key(row, machine)]
  }

  /// One level deeper; the row of the formula.
  @inline(never) mutating func deeper(_ id: FormulaID) throws(Halt) -> Int {
    let formula = id.index
    guard depth < 200 else { throw Halt(problem: .tooDeep(limit: 200), site: plan.formulas[formula].site) }
    depth += 1
    return formula
  }

  @inline(never) private mutating func keep(_ value: Number, _ row: Int, _ machine: Machine) {
    switch plan.formulas[plan.parameters[row].formula.index].type {
    // Handles of texts and lists end with the run.
    case .text, .list: break
    default: known[key(row, machine)] = value
    }
  }

  private func key(_ row: Int, _ machine: Machine) -> ParameterKey {
    ParameterKey(row: row, year: plan.formulas[plan.parameters[row].formula.index].isSeries ? machine.year : -1, scenario: machine.scenario)
  }

  /// A figure in a scenario that is asked for by name.
  @inline(never) private mutating func elsewhere(_ figure: IndicatorFigure, _ row: Int, _ machine: Machine) -> Number {
    others[machine.scenario].figure(figure, row, machine.year)
  }

  private mutating func figure(_ code: Int32, _ number: Number, _ machine: Machine) -> Number {
    guard let entity = Self.entity(number), entity.index < plan.indicatorRow.count, plan.indicatorRow[entity.index] >= 0,
      let figure = IndicatorFigure(rawValue: code)
    else { return number.isAbsent ? number : .undefined }
    let row = Int(plan.indicatorRow[entity.index])
    if terms != nil {
      if machine.scenario < 0 { note(indicator: row, machine.year) } else { terms?.noteEverything() }
    }
    switch figure {
    case .unit:
      let unit = plan.indicators[row].unit
      return plan.units.indices.contains(unit.index) ? store(plan.units[unit.index].name) : .undefined
    case .achievementClass:
      let name = machine.scenario < 0 ? reading.achievementClass(row, machine.year) : others[machine.scenario].achievementClass(row, machine.year)
      guard let name else { return .undefined }
      return store(name.id)
    case .direction: return store(["naik", "turun", "rentang"][Int(plan.indicators[row].direction.rawValue)])
    case .kind: return store(["posisi", "kumulatif", "kumulatif_berjalan"][Int(plan.indicators[row].kind.rawValue)])
    case .owner: return plan.owner(ofIndicator: row).map { Number(Int64($0.raw)) } ?? .undeclared
    case .isITIndex: return Number(plan.indicators[row].isITIndex)
    default:
      return machine.scenario < 0 ? reading.figure(figure, row, machine.year) : elsewhere(figure, row, machine)
    }
  }

  /// Notes an indicator in a year; assumptions are parameters of what money moves.
  private mutating func note(indicator row: Int, _ year: Int) {
    terms?.note(indicator: row, year: year)
    if plan.drivers.indices.contains(row), !(plan.drivers[row].isEmpty && plan.inflows[row].isEmpty) { terms?.noteParameter() }
  }

  /// A figure at the digits that count for an indicator.
  private func rounded(_ value: Number, _ entity: EntityID?) -> Number {
    guard let entity, entity.index < plan.indicatorRow.count, plan.indicatorRow[entity.index] >= 0 else { return value }
    return Reading.rounded(value, plan.indicators[Int(plan.indicatorRow[entity.index])])
  }

  // MARK: Texts and lists

  private mutating func pools(
    _ i: Instruction, _ r: UnsafeMutablePointer<Number>, _ formula: FormulaPointer, _ at: Int, _ machine: inout Machine
  ) throws(Halt) {
    let (a, b, c) = (Int(i.a), Int(i.b), Int(i.c))
    switch i.op {
    case .text: r[a] = store(formula.pointee.texts[Int(i.d)])
    case .officialText:
      guard let entity = Self.entity(r[b]) else { return r[a] = r[b] }
      let title = describe(entity, .officialText)
      r[a] = title.isEmpty ? .undeclared : store(title)
    case .inWords:
      guard !r[b].isAbsent, let whole = i.d == 1 ? r[b].roundedHalfEven : r[b].whole else { return r[a] = r[b].isAbsent ? r[b] : .undefined }
      r[a] = store(i.d == 1 ? InWords.money(sen: whole, limits.language) : InWords.number(whole, limits.language))
    case .likeness:
      if let absent = [r[b], r[c]].first(where: \.isAbsent) { return r[a] = absent }
      let (left, right) = (text(r[b]), text(r[c]))
      machine.work += left.utf8.count + right.utf8.count
      r[a] = Likeness.of(left, right)
    case .takeText:
      guard !r[b].isAbsent, let count = r[c].whole, count >= 0 else { return r[a] = r[b].isAbsent ? r[b] : .undefined }
      r[a] = store(String(text(r[b]).prefix(Int(clamping: count))))
    case .namesakes:
      guard let entity = Self.entity(r[b]) else { return r[a] = r[b] }
      r[a] = store(namesakes(of: entity, &machine).map { Number(Int64($0.raw)) })
    case .titleText, .codeText, .nameText: r[a] = Self.entity(r[b]).map { store(describe($0, i.op)) } ?? r[b]
    case .list: r[a] = emptyList()
    case .append:
      lists[Int(r[a].a)].append(r[b])
      memory += 16
    case .count: r[a] = r[b].isAbsent ? r[b] : Number(Int64(lists[Int(r[b].a)].count))
    case .element:
      guard !r[b].isAbsent, let index = r[c].whole else { return r[a] = r[b].isAbsent ? r[b] : .undefined }
      let list = lists[Int(r[b].a)]
      r[a] = index >= 1 && index <= list.count ? list[Int(index) - 1] : .undefined
    case .entities:
      let set = formula.pointee.sets[Int(i.d)]
      machine.work += set.count
      r[a] = store(set.map { Number(Int64($0.raw)) })
    case .below, .linked:
      guard let entity = Self.entity(r[b]), let kind = EntityKind(rawValue: UInt8(truncatingIfNeeded: i.d)) else { return r[a] = r[b] }
      let found = i.op == .below ? below(entity, kind, &machine) : linked(entity, kind, &machine)
      r[a] = store(found.map { Number(Int64($0.raw)) })
    case .wholeRange: r[a] = try wholeRange(r[b], r[c], formula, at, &machine)
    case .ancestor:
      guard let entity = Self.entity(r[b]), let kind = EntityKind(rawValue: UInt8(truncatingIfNeeded: i.d)) else { return r[a] = r[b] }
      r[a] = plan.entities.ancestor(kind, of: entity).map { Number(Int64($0.raw)) } ?? .undefined
    case .initiative: r[a] = initiative(r[b], i.d)
    case .stated: r[a] = stated(r[b], UInt8(truncatingIfNeeded: i.d), &machine)
    case .holds, .holdsText, .holdsWords: r[a] = holds(i.op, r[b], r[c], &machine)
    case .inSet: r[a] = Self.entity(r[b]).map { Number(isInside($0, formula.pointee.sets[Int(i.d)])) } ?? r[b]
    default: break
    }
    if memory > limits.memory { throw halt(.tooMuchMemory(limit: limits.memory), formula, at) }
  }

  /// Joins, compares or searches two texts; an absent one makes the result absent.
  private mutating func words(
    _ op: Opcode, _ x: Number, _ y: Number, _ formula: FormulaPointer, _ at: Int, _ machine: inout Machine
  ) throws(Halt) -> Number {
    if x.isAbsent { return x }
    if y.isAbsent { return y }
    let (left, right) = (text(x), text(y))
    machine.work += (left.utf8.count + right.utf8.count) / 8
    switch op {
    case .join:
      // Asked before it is made: a text doubled in a loop outgrows everything in a few steps.
      guard memory + left.utf8.count + right.utf8.count <= limits.memory else { throw halt(.tooMuchMemory(limit: limits.memory), formula, at) }
      return store(left + right)
    case .sameText: return Number(left == right)
    default: return Number(left.lowercased().contains(right.lowercased()))
    }
  }

  /// The entities of a kind below one, by rank.
  func below(_ entity: EntityID, _ kind: EntityKind, _ machine: inout Machine) -> [EntityID] {
    guard plan.entities.rank.indices.contains(entity.index) else { return [] }
    let ranks = plan.entities.rank[entity.index]...plan.entities.lastRank[entity.index]
    machine.work += ranks.count
    var found: [EntityID] = []
    for rank in ranks {
      let inner = plan.entities.byRank[Int(rank)]
      if inner != entity, plan.entities.kind[inner.index] == kind { found.append(inner) }
    }
    return found
  }

  /// Across the two trees: the goals of a kind that a spending entity, what lies below it or above it supports; or the
  /// spending entities of a kind that support a goal or one below it.
  /// Entities of one kind and title; the titles are grouped when first asked for.
  private mutating func namesakes(of entity: EntityID, _ machine: inout Machine) -> [EntityID] {
    let kinds = plan.entities.kind
    guard kinds.indices.contains(entity.index) else { return [] }
    let kind = kinds[entity.index]
    if titled[kind] == nil {
      var groups: [String: [EntityID]] = [:]
      for row in kinds.indices where kinds[row] == kind {
        groups[describe(EntityID(row), .titleText).lowercased(), default: []].append(EntityID(row))
      }
      machine.work += kinds.count * 4
      titled[kind] = groups
    }
    return titled[kind]?[describe(entity, .titleText).lowercased()] ?? [entity]
  }

  func linked(_ entity: EntityID, _ kind: EntityKind, _ machine: inout Machine) -> [EntityID] {
    let entities = plan.entities
    guard entities.rank.indices.contains(entity.index) else { return [] }
    if kind == .initiative || entities.kind[entity.index] == .initiative { return linked(initiative: entity, kind, &machine) }
    var ranks: Set<UInt32> = []
    func add(_ found: EntityID) {
      if let wanted = entities.ancestor(kind, of: found) {
        ranks.insert(entities.rank[wanted.index])
      } else if entities.kind[found.index].spends, kind.rawValue > entities.kind[found.index].rawValue {
        for rank in entities.rank[found.index]...entities.lastRank[found.index] where entities.kind[entities.byRank[Int(rank)].index] == kind {
          ranks.insert(rank)
        }
      }
    }
    func follow(_ ties: ArraySlice<Plan.Tie>) {
      machine.work += ties.count + 1
      for tie in ties { add(tie.other) }
    }
    let (low, high) = (entities.rank[entity.index], entities.lastRank[entity.index])
    if entities.kind[entity.index].spends {
      follow(plan.ties(plan.tiesFrom, low, high))
      var above = entities.parent[entity.index]
      while above != Entities.none {
        follow(plan.ties(plan.tiesFrom, entities.rank[above.index], entities.rank[above.index]))
        above = entities.parent[above.index]
      }
    } else {
      follow(plan.ties(plan.tiesTo, low, high))
    }
    return ranks.sorted().map { entities.byRank[Int($0)] }
  }

  /// Whether an entity is one of a set, in order of id, or stands below one.
  private func isInside(_ entity: EntityID, _ set: [EntityID]) -> Bool {
    var at = entity
    while at != Entities.none {
      var (low, high) = (0, set.count)
      while low < high {
        let middle = (low + high) / 2
        if set[middle] < at { low = middle + 1 } else { high = middle }
      }
      if low < set.count, set[low] == at { return true }
      at = plan.entities.parent[at.index]
    }
    return false
  }

  /// The texts stated on an entity or above it.
  private mutating func stated(_ number: Number, _ role: UInt8, _ machine: inout Machine) -> Number {
    guard var at = Self.entity(number) else { return number }
    var found: [Number] = []
    while at != Entities.none {
      let own = plan.attributes(of: at)
      machine.work += own.count + 1
      for attribute in own where attribute.role.rawValue == role { found.append(store(attribute.text)) }
      at = plan.entities.parent[at.index]
    }
    return store(found)
  }

  /// Whether a list holds a value: figures and entities exactly, texts whole or by their words.
  private func holds(_ op: Opcode, _ list: Number, _ value: Number, _ machine: inout Machine) -> Number {
    if list.isAbsent { return list }
    if value.isAbsent { return value }
    let elements = lists[Int(list.a)]
    machine.work += elements.count
    switch op {
    case .holds: return Number(elements.contains { Number.order($0, value) == 0 })
    case .holdsText:
      let wanted = text(value)
      return Number(elements.contains { text($0) == wanted })
    default:
      let wanted = text(value).lowercased()
      machine.work += elements.count * (1 + wanted.utf8.count / 8)
      return Number(elements.contains { text($0).lowercased().contains(wanted) })
    }
  }

  private mutating func wholeRange(
    _ low: Number, _ high: Number, _ formula: FormulaPointer, _ at: Int, _ machine: inout Machine
  ) throws(Halt) -> Number {
    guard let first = low.whole, let last = high.whole else { return low.isAbsent ? low : high.isAbsent ? high : .undefined }
    if first > last { return store([]) }
    let (width, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, width < Int64(max(0, limits.memory - memory) / 16) else { throw halt(.tooMuchMemory(limit: limits.memory), formula, at) }
    guard width < Int64(max(0, limits.steps - steps)) else { throw halt(.tooManySteps(limit: limits.steps), formula, at) }
    machine.work += Int(width)
    return store((first...last).map { Number($0) })
  }
}
