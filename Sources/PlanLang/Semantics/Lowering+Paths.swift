/// Money asked for by a path: its book and document, its anchor, its years.
struct MoneyReach {
  /// The slices, and whether each counts against the sum.
  var slices: [(template: SliceTemplate, isMinus: Bool)]
  /// The register of a local anchor, and the initiative it is known to hold.
  var anchor: UInt16?
  var initiative: EntityID?
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
    // Made first: as an argument it would make the call copy the lowering.
    let register = constant(Number(Int64(entity.raw)))
    return entityOperand(entity, register)
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
      return .value(complain(.ambiguous(name: sources.text(site), candidates: found.prefix(MeaningProblem.shown).map(handle)), at: site))
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
    let name = sources.text(site)
    return .value(
      complain(.unknownName(name: name, nearest: diagnostics.nearest(to: name, among: scope.allNames(names))), at: site))
  }

  /// How an entity is written so that it is unmistakable.
  func handle(_ entity: EntityID) -> String {
    let entities = plan.entities
    let own =
      entities.name[entity.index] == Entities.unnamed
      ? "@" + names.text(entities.codeName[entity.index]) : names.text(entities.name[entity.index])
    let parent = entities.parent[entity.index]
    guard parent != Entities.none else { return own }
    return handle(parent) + "." + own
  }

  /// The scenario a name before a `.` means, though a grade or a source has the same name; nil when it is none.
  mutating func scenario(at id: NodeID) -> Reach? {
    guard tree[id].kind == .name, case let symbol = Symbol(raw: tree[id].payload),
      scope.meanings(of: symbol).contains(.scenario), !locals.contains(where: { $0.name == symbol }),
      scope.entities(named: symbol).isEmpty
    else { return nil }
    return .scenario(scenario(symbol))
  }

  /// The scenario a node names, when it names one.
  mutating func scenario(_ symbol: Symbol) -> Int {
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
        .tooManyArguments(
          name: names.text(definition.name), wanted: definition.parameters.count, given: arguments.count), at: site)
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
      _ = complain(.ambiguous(name: "@" + written, candidates: found.prefix(MeaningProblem.shown).map(codePath)), at: site)
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

  /// What a path reaches.
  mutating func reach(word node: Node, at site: Site) -> Reach {
    let symbol = Symbol(raw: node.payload)
    guard let word = node.word else { return .value(.hole()) }
    for local in locals.reversed() where local.name == symbol {
      if case .entity = local.operand.type { return .entity(local.operand) }
      return .value(local.operand)
    }
    switch word {
    case .root:
      if scope.meanings(of: symbol).allSatisfy({ $0 == .scenario }) {
        return .scenario(scenario(names.intern("dasar")))
      }
    case .budget: return .money(money(.spending, plan.workingDocument))
    case .realised: return .money(money(.spending, DocumentID(raw: 3)))
    case .roadmap: return .money(money(.spending, Plan.roadmap))
    case .revenue: return .money(money(.revenue, plan.workingDocument))
    case .financing:
      var reach = money(.receipt, plan.workingDocument)
      var outflow = reach.slices[0].template
      outflow.ledger = .outflow
      reach.slices.append((outflow, true))
      return .money(reach)
    case .truthTrue: return .value(Operand(register: constant(Number(true)), type: .truth))
    case .truthFalse: return .value(Operand(register: constant(Number(false)), type: .truth))
    case .final where plan.yearCount > 0:
      let last = Number(Int64(plan.firstYear + plan.yearCount - 1))
      return .value(Operand(register: constant(last), type: .year))
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
}
