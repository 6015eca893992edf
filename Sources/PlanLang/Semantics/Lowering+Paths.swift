/// Money asked for by a path: its book and document, its anchor, its years.
struct MoneyReach {
  /// The slices, and whether each counts against the sum.
  var slices: [(template: SliceTemplate, isMinus: Bool)]
  /// The register of a local anchor.
  var anchor: UInt16?
  var years: [Int]?
  var yearRegister: UInt16?
  /// Whether that year differs by year itself: `pagu[tahun - 1]`.
  var isYearMoving = false
}

/// What a path reaches before it is read.
enum Reach {
  case value(Operand)
  case entity(Operand)
  case money(MoneyReach)
  case figure(Operand, IndicatorFigure)
  /// A scenario's name: what follows is read there.
  case scenario(Int)
}

/// Paths: names, `.attributes`, `[slices]`.
extension Lowering {
  mutating func name(_ symbol: Symbol, at site: Site) -> Operand { settle(reach(named: symbol, at: site), at: site) }
  mutating func word(_ id: NodeID) -> Operand { settle(reach(id), at: tree[id].site) }
  mutating func code(_ id: NodeID) -> Operand { settle(reach(id), at: tree[id].site) }
  mutating func member(_ id: NodeID) -> Operand { settle(reach(id), at: tree[id].site) }
  mutating func slice(_ id: NodeID) -> Operand { settle(reach(id), at: tree[id].site) }

  /// What a path reaches.
  mutating func reach(_ id: NodeID) -> Reach {
    let node = tree[id]
    defer { nesting -= 1 }
    guard deepen(at: node.site) else { return .value(.hole()) }
    switch node.kind {
    case .name: return reach(named: Symbol(raw: node.payload), at: node.site)
    case .word: return reach(word: node, at: node.site)
    case .code:
      guard let found = entity(coded: node.site) else { return .value(.hole()) }
      return .entity(entityOperand(found))
    case .text:
      let title = Self.unquoted(sources.text(node.site))
      let found = entities(titled: title)
      if found.count == 1 { return .entity(entityOperand(found[0])) }
      return .value(expression(id))
    case .member: return reach(member: id)
    case .slice: return reach(slice: id)
    default: return .value(expression(id))
    }
  }

  func entityOperand(_ entity: EntityID, _ register: UInt16) -> Operand {
    var made = Operand(register: register, type: .entity(plan.entities.kind[entity.index]))
    made.entity = entity
    return made
  }

  mutating func entityOperand(_ entity: EntityID) -> Operand {
    entityOperand(entity, constant(Number(Int64(entity.raw))))
  }

  // MARK: Names

  mutating func reach(named symbol: Symbol, at site: Site) -> Reach {
    for local in locals.reversed() where local.name == symbol {
      if case .entity = local.operand.type { return .entity(local.operand) }
      return .value(local.operand)
    }
    let found = scope.entities(named: symbol)
    if found.count == 1 { return .entity(entityOperand(found[0])) }
    if found.count > 1 {
      return .value(complain(.ambiguous(name: names.text(symbol), candidates: found.map(handle)), at: site))
    }
    for meaning in scope.meanings(of: symbol) {
      switch meaning {
      case .parameter(let id): return .value(parameter(id))
      case .letting(let row): return .value(expand(row, at: site))
      case .grade(let scale, let at): return .value(Operand(register: constant(Number(Int64(at))), type: .grade(scale)))
      case .scenario: return .scenario(scenario(symbol))
      case .document(let document): return .money(money(.spending, document))
      case .source, .formula, .scale, .rule: continue
      }
    }
    if let row = scope.formulas.firstIndex(where: { $0.name == symbol }), scope.formulas[row].parameters.isEmpty {
      return .value(call(formula: row, [], at: site))
    }
    let name = names.text(symbol)
    return .value(complain(.unknownName(name: name, nearest: NearMiss.nearest(to: name, among: scope.allNames(names))), at: site))
  }

  /// How an entity is written so that it is unmistakable.
  func handle(_ entity: EntityID) -> String {
    let entities = plan.entities
    let own = entities.name[entity.index] == Entities.unnamed ? "@" + names.text(entities.codeName[entity.index]) : names.text(entities.name[entity.index])
    let parent = entities.parent[entity.index]
    guard parent != Entities.none else { return own }
    return handle(parent) + "." + own
  }

  /// The scenario a name before a `.` means, though a grade or a source has the same name; nil when it is none.
  private mutating func scenario(at id: NodeID) -> Reach? {
    guard tree[id].kind == .name, case let symbol = Symbol(raw: tree[id].payload),
      scope.meanings(of: symbol).contains(.scenario), !locals.contains(where: { $0.name == symbol }),
      scope.entities(named: symbol).isEmpty
    else { return nil }
    return .scenario(scenario(symbol))
  }

  private mutating func scenario(_ symbol: Symbol) -> Int {
    if let known = formula.scenarios.firstIndex(of: symbol) { return known }
    formula.scenarios.append(symbol)
    return formula.scenarios.count - 1
  }

  mutating func parameter(_ id: ParameterID) -> Operand {
    guard isResolved(id) else {
      let circle = (resolving.drop { $0 != id } + [id]).map { names.text(plan.parameters[$0.index].name) }
      return complain(.cycle(names: circle), at: site)
    }
    let made = register()
    emit(.parameter, made, 0, 0, id.index)
    let source = plan.formulas[plan.parameters[id.index].formula.index]
    return Operand(register: made, type: source.type, isSeries: source.isSeries)
  }

  /// The value of a `misal`, compiled in place; a circle is refused.
  private mutating func expand(_ row: Int, at site: Site) -> Operand {
    let definition = scope.lettings[row]
    if brokenLettings.contains(row) {
      diagnostics.follow()
      return .hole(constant(.undefined))
    }
    guard enter(definition, isLetting: true, row, at: site) else { return .hole() }
    let (outerTree, outerLocals) = (treeIndex, locals)
    enter(definition.tree)
    locals = []
    let value = expression(definition.body)
    locals = outerLocals
    enter(outerTree)
    expanding.removeLast()
    return value
  }

  /// Notes that a definition is being expanded; false (and a complaint) when it is already.
  private mutating func enter(_ definition: Definition, isLetting: Bool, _ row: Int, at site: Site) -> Bool {
    if let first = expanding.firstIndex(where: { $0.isLetting == isLetting && $0.row == row }) {
      let circle = expanding[first...].map { names.text(($0.isLetting ? scope.lettings : scope.formulas)[$0.row].name) }
      _ = complain(.cycle(names: circle + [names.text(definition.name)]), at: site)
      return false
    }
    if expanding.count >= 100 {
      _ = complain(.tooLargeFormula, at: site)
      return false
    }
    expanding.append((isLetting, row))
    return true
  }

  /// A `rumus` with its arguments, compiled in place.
  mutating func call(formula row: Int, _ arguments: [Operand], at site: Site) -> Operand {
    let definition = scope.formulas[row]
    if brokenFormulas.contains(row) {
      diagnostics.follow()
      return .hole(constant(.undefined))
    }
    guard definition.parameters.count == arguments.count else {
      return complain(
        .tooManyArguments(name: names.text(definition.name), wanted: definition.parameters.count, given: arguments.count), at: site)
    }
    guard enter(definition, isLetting: false, row, at: site) else { return .hole() }
    let (outerTree, outerLocals) = (treeIndex, locals)
    enter(definition.tree)
    locals = zip(definition.parameters, arguments).map { ($0, $1) }
    let value = expression(definition.body)
    locals = outerLocals
    enter(outerTree)
    expanding.removeLast()
    return value
  }

  /// The entities of a title, in order of declaration: looked for in the texts, as it is rarely asked.
  func entities(titled title: String) -> [EntityID] {
    let length = title.utf8.count
    let titles = plan.entities.title
    return titles.indices.filter { row in
      let site = titles[row]
      let written = Int(site.end) - Int(site.start)
      // Quotes around it, and quotes within it written twice.
      guard written >= length, written <= 2 * length + 2, site != .none else { return false }
      return Self.unquoted(sources.text(site)) == title
    }.map { EntityID($0) }
  }

  /// The entity of a code, or nil with a complaint.
  mutating func entity(coded site: Site) -> EntityID? {
    let written = sources.text(site)
    let canonical = Code.spending(written) ?? written
    let found = names.known(canonical).map { scope.entities(coded: $0) } ?? []
    if found.count == 1 { return found[0] }
    if found.isEmpty {
      _ = complain(.unknownCode(code: written), at: site)
    } else {
      _ = complain(.ambiguous(name: "@" + written, candidates: found.map(codePath)), at: site)
    }
    return nil
  }

  /// A code with its department before it.
  private func codePath(_ entity: EntityID) -> String {
    let code = "@" + names.text(plan.entities.codeName[entity.index])
    guard let department = plan.entities.ancestor(.department, of: entity), department != entity else { return code }
    return handle(department) + "." + code
  }

  // MARK: Words

  private mutating func reach(word node: Node, at site: Site) -> Reach {
    let symbol = Symbol(raw: node.payload)
    guard let word = node.word else { return .value(.hole()) }
    for local in locals.reversed() where local.name == symbol {
      if case .entity = local.operand.type { return .entity(local.operand) }
      return .value(local.operand)
    }
    switch word {
    case .root:
      if scope.meanings(of: symbol).allSatisfy({ $0 == .scenario }) { return .scenario(scenario(names.intern("dasar"))) }
    case .budget: return .money(money(.spending, plan.workingDocument))
    case .realised: return .money(money(.spending, DocumentID(raw: 3)))
    case .revenue: return .money(money(.revenue, plan.workingDocument))
    case .financing:
      var reach = money(.receipt, plan.workingDocument)
      var outflow = reach.slices[0].template
      outflow.ledger = .outflow
      reach.slices.append((outflow, true))
      return .money(reach)
    case .truthTrue: return .value(Operand(register: constant(Number(true)), type: .truth))
    case .truthFalse: return .value(Operand(register: constant(Number(false)), type: .truth))
    case .inYear:
      let made = register()
      emit(.year, made)
      emit(.calendar, made, made)
      return .value(Operand(register: made, type: .year, isSeries: true))
    default: break
    }
    if let kind = Self.kind(word), !scope.isKnown(symbol) || scope.entities(named: symbol).isEmpty {
      return .value(wholeSet(kind, Self.form(word)))
    }
    if scope.isKnown(symbol) { return reach(named: symbol, at: site) }
    return .value(complain(.notAnExpression, at: site))
  }

  func money(_ ledger: Ledger, _ document: DocumentID) -> MoneyReach {
    var template = SliceTemplate(document: document)
    template.ledger = ledger
    return MoneyReach(slices: [(template, false)])
  }

  /// All entities of a kind.
  mutating func wholeSet(_ kind: EntityKind, _ form: DepartmentForm?) -> Operand {
    let entities = plan.entities
    var set: [EntityID] = []
    for row in entities.kind.indices where entities.kind[row] == kind {
      if let form, entities.form[row] != form { continue }
      set.append(EntityID(row))
    }
    formula.sets.append(set)
    let made = register()
    emit(.entities, made, 0, 0, formula.sets.count - 1)
    return Operand(register: made, type: .list(.entity(kind)))
  }

  // MARK: Members

  private mutating func reach(member id: NodeID) -> Reach {
    let parts = Array(tree.children(of: id))
    guard parts.count == 2 else { return .value(.hole()) }
    let base = scenario(at: parts[0]) ?? reach(parts[0])
    let part = tree[parts[1]]
    switch base {
    case .money(let money): return document(of: money, part)
    case .scenario(let row): return inside(scenario: row, parts[1])
    case .entity(let operand): return reach(from: operand, parts[1], part)
    case .figure(let operand, let figure):
      if part.word == .final { return .figure(operand, figure) }
      return .value(complain(.unknownMember(owner: words(operand.type), name: sources.text(part.site), nearest: nil), at: part.site))
    case .value(let operand):
      if operand.type == .hole { return base }
      if let entity = operand.entity { return reach(from: entityOperand(entity), parts[1], part) }
      if case .entity = operand.type { return reach(from: operand, parts[1], part) }
      return .value(complain(.unknownMember(owner: words(operand.type), name: sources.text(part.site), nearest: nil), at: part.site))
    }
  }

  /// `pagu.rpjmd`.
  private mutating func document(of money: MoneyReach, _ part: Node) -> Reach {
    guard let document = document(part) else { return .value(.hole()) }
    var money = money
    for i in money.slices.indices { money.slices[i].template.document = document }
    return .money(money)
  }

  mutating func document(_ part: Node) -> DocumentID? {
    if part.word == .realised { return DocumentID(raw: 3) }
    let symbol = Symbol(raw: part.payload)
    if let row = plan.documents.firstIndex(where: { $0.name == symbol }) { return DocumentID(row) }
    let name = sources.text(part.site)
    let known = plan.documents.map { names.text($0.name) }
    _ = complain(.unknownDocument(name: name, nearest: NearMiss.nearest(to: name, among: known)), at: part.site)
    return nil
  }

  /// `layanan.x`: x as the scenario has it, whether it is read later or, as a `misal` or parameter, at once.
  private mutating func inside(scenario row: Int, _ part: NodeID) -> Reach {
    let start = here
    let outer = turn(to: row)
    let reached = reach(part)
    let isRead = here > start + 1
    _ = turn(to: outer)
    if !isRead {
      // Nothing was read on the way: the two turns are not needed.
      formula.code.removeLast(2)
      formula.sites.removeLast(2)
    }
    switch reached {
    case .money, .figure, .entity: inScenario = row
    default: break
    }
    return reached
  }

  /// Reads from a scenario from here on; the one read until now.
  mutating func turn(to scenario: Int) -> Int {
    let outer = scenarioNow
    emit(.scenario, 0, 0, 0, scenario)
    scenarioNow = scenario
    return outer
  }

  /// What stands behind the dot of an entity: its money, a figure, an attribute, its parts, a child.
  private mutating func reach(from base: Operand, _ id: NodeID, _ part: Node) -> Reach {
    if part.kind == .word, let word = part.word, let reached = attribute(word, of: base, at: part.site) { return reached }
    guard let owner = base.entity else {
      return .value(complain(.unknownMember(owner: words(base.type), name: sources.text(part.site), nearest: nil), at: part.site))
    }
    let found: [EntityID]
    switch part.kind {
    case .code:
      let written = sources.text(part.site)
      found = (names.known(Code.spending(written) ?? written).map { scope.entities(coded: $0) } ?? []).filter { isBelow(owner, $0) }
    case .text:
      found = entities(titled: Self.unquoted(sources.text(part.site))).filter { isBelow(owner, $0) }
    default: found = scope.entities(named: Symbol(raw: part.payload)).filter { isBelow(owner, $0) }
    }
    if found.count == 1 { return .entity(entityOperand(found[0])) }
    let name = sources.text(part.site)
    if found.count > 1 {
      return .value(complain(.ambiguous(name: name, candidates: found.map(handle)), at: part.site))
    }
    let below = plan.entities.name.indices.filter { isBelow(owner, EntityID($0)) && plan.entities.name[$0] != Entities.unnamed }
    let nearest = NearMiss.nearest(to: name, among: below.map { names.text(plan.entities.name[$0]) })
    return .value(complain(.unknownMember(owner: Bilingual(same: "`\(handle(owner))`"), name: name, nearest: nearest), at: part.site))
  }

  func isBelow(_ owner: EntityID, _ entity: EntityID) -> Bool {
    var at = plan.entities.parent[entity.index]
    while at != Entities.none {
      if at == owner { return true }
      at = plan.entities.parent[at.index]
    }
    return false
  }

  /// An attribute of an entity, or nil when the word is none.
  private mutating func attribute(_ word: Word, of base: Operand, at site: Site) -> Reach? {
    guard case .entity(let kind) = base.type else { return nil }
    let isIndicator = kind == .indicator
    switch word {
    case .budget: return .money(anchored(money(.spending, plan.workingDocument), at: base))
    case .realised where !isIndicator: return .money(anchored(money(.spending, DocumentID(raw: 3)), at: base))
    case .realised: return .figure(base, .actual)
    case .target where isIndicator: return .figure(base, .targetLow)
    case .projection where isIndicator: return .figure(base, .projection)
    case .withoutProgrammes where isIndicator: return .figure(base, .without)
    case .baseline where isIndicator: return .figure(base, .baseline)
    case .achievement where isIndicator: return .figure(base, .achievement)
    case .achieved where isIndicator: return .figure(base, .isReached)
    case .classOf where isIndicator: return .figure(base, .achievementClass)
    case .weight where isIndicator: return .figure(base, .weight)
    case .title, .name, .code:
      let made = register()
      emit(word == .title ? .titleText : word == .code ? .codeText : .nameText, made, base.register)
      return .value(Operand(register: made, type: .text))
    case .label, .priority, .function, .affairs, .location, .ward, .spendingKind:
      return .value(stated(word, of: base))
    case .kind where !isIndicator: return .value(stated(word, of: base))
    case .unit where isIndicator:
      let made = register()
      emit(.figure, made, base.register, 0, Int(IndicatorFigure.unit.rawValue))
      return .value(Operand(register: made, type: .text))
    default: break
    }
    guard let wanted = Self.kind(word) else { return nil }
    return .value(relatives(wanted, of: base, kind))
  }

  private func anchored(_ money: MoneyReach, at base: Operand) -> MoneyReach {
    var money = money
    for i in money.slices.indices {
      money.slices[i].template.anchors = base.entity.map { .entities([$0]) } ?? .local(Int(base.register))
    }
    money.anchor = base.entity == nil ? base.register : nil
    return money
  }

  /// The parts of an entity of a kind, its ancestor of that kind, or across the trees what supports it or is supported.
  private mutating func relatives(_ wanted: EntityKind, of base: Operand, _ kind: EntityKind?) -> Operand {
    let made = register()
    if let kind, wanted.rawValue < kind.rawValue, wanted.spends == kind.spends || kind == .indicator {
      emit(.ancestor, made, base.register, 0, Int(wanted.rawValue))
      return Operand(register: made, type: .entity(wanted))
    }
    let isAcross = kind.map { $0.spends != wanted.spends && wanted != .indicator } ?? false
    emit(isAcross ? .linked : .below, made, base.register, 0, Int(wanted.rawValue))
    return Operand(register: made, type: .list(.entity(wanted)))
  }

  // MARK: Reading

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
      var isWhole = template.ledger == .spending && template.accounts.isEmpty && template.sources.isEmpty && template.within == nil
      if case .local = template.anchors {} else { isWhole = false }
      emit(isWhole ? .wholeSlice : .slice, part, money.anchor ?? 0, UInt16(truncatingIfNeeded: template.document.index), formula.slices.count - 1)
      if i > 0 { emit(slice.isMinus ? .subtract : .add, made, made, part) }
    }
    let isFixed = fixed != nil || money.yearRegister != nil
    if isFixed { emit(.setYear, 0, saved) }
    var value = Operand(register: made, type: .money, isSeries: !isFixed || money.isYearMoving)
    value.years = isFixed ? nil : money.years
    return value
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
