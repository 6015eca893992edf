/// What a dot selects: children, attributes, documents, and the plan inside a scenario.
extension Lowering {
  /// What a path reaches.
  mutating func reach(member id: NodeID) -> Reach {
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
      return .value(
        complain(.unknownMember(owner: words(operand.type), name: sources.text(part.site), nearest: nil), at: part.site)
      )
    case .value(let operand):
      if operand.type == .hole { return base }
      if let entity = operand.entity { return reach(from: entityOperand(entity), parts[1], part) }
      if case .entity = operand.type { return reach(from: operand, parts[1], part) }
      return .value(
        complain(.unknownMember(owner: words(operand.type), name: sources.text(part.site), nearest: nil), at: part.site)
      )
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
    if part.word == .roadmap { return Plan.roadmap }
    let symbol = Symbol(raw: part.payload)
    if let row = plan.documents.firstIndex(where: { $0.name == symbol }) { return DocumentID(row) }
    let name = sources.text(part.site)
    _ = complain(.unknownDocument(name: name, nearest: diagnostics.nearest(to: name, among: plan.documents.map { names.text($0.name) })), at: part.site)
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
  mutating func reach(from base: Operand, _ id: NodeID, _ part: Node) -> Reach {
    if part.kind == .word, let word = part.word, let reached = attribute(word, of: base, at: part.site) {
      return reached
    }
    guard let owner = base.entity else {
      return .value(
        complain(.unknownMember(owner: words(base.type), name: sources.text(part.site), nearest: nil), at: part.site))
    }
    let found: [EntityID]
    switch part.kind {
    case .code:
      let written = sources.text(part.site)
      found = (names.known(Code.spending(written) ?? written).map { scope.entities(coded: $0) } ?? []).filter {
        isBelow(owner, $0)
      }
    case .text:
      found = entities(titled: Self.unquoted(sources.text(part.site))).filter { isBelow(owner, $0) }
    default: found = scope.entities(named: Symbol(raw: part.payload)).filter { isBelow(owner, $0) }
    }
    if found.count == 1 { return .entity(entityOperand(found[0])) }
    let name = sources.text(part.site)
    if found.count > 1 {
      return .value(complain(.ambiguous(name: name, candidates: found.prefix(MeaningProblem.shown).map(handle)), at: part.site))
    }
    let nearest = diagnostics.nearest(to: name, among: entityNames { isBelow(owner, EntityID($0)) })
    return .value(
      complain(
        .unknownMember(owner: Bilingual(same: "`\(handle(owner))`"), name: name, nearest: nearest), at: part.site))
  }

  /// What the named entities are called of which something is true.
  func entityNames(_ isWanted: (Int) -> Bool) -> [String] {
    let called = plan.entities.name
    return called.indices.filter { called[$0] != Entities.unnamed && isWanted($0) }.map { names.text(called[$0]) }
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
  mutating func attribute(_ word: Word, of base: Operand, at site: Site) -> Reach? {
    guard case .entity(let kind) = base.type else { return nil }
    let isIndicator = kind == .indicator
    if let made = masterplan(word, of: base, kind) { return .value(made) }
    switch word {
    case .benefit where kind == .project, .unitCost where kind == .project:
      let made = register()
      emit(.project, made, base.register, 0, word == .unitCost ? 1 : 0)
      return .value(Operand(register: made, type: word == .unitCost ? .money : .number(UnitID(raw: 0)), isSeries: word == .unitCost))
    case .budget: return .money(anchored(money(.spending, plan.workingDocument), at: base))
    case .roadmap: return .money(anchored(money(.spending, Plan.roadmap), at: base))
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
    case .final where isIndicator: return .figure(base, .finalTarget)
    case .direction where isIndicator, .kind where isIndicator:
      let made = register()
      let figure: IndicatorFigure = word == .direction ? .direction : .kind
      emit(.figure, made, base.register, 0, Int(figure.rawValue))
      return .value(Operand(register: made, type: .text))
    case .official:
      let made = register()
      emit(.officialText, made, base.register)
      return .value(Operand(register: made, type: .text))
    case .namesakes:
      let made = register()
      emit(.namesakes, made, base.register)
      return .value(Operand(register: made, type: .list(.entity(kind))))
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
    // Which parts have an initiative's money hangs on the document: it is told when it is read.
    let known = base.entity.flatMap { plan.entities.kind[$0.index] == .initiative ? nil : $0 }
    for i in money.slices.indices {
      money.slices[i].template.anchors = known.map { .entities([$0]) } ?? .local(Int(base.register))
    }
    money.anchor = known == nil ? base.register : nil
    money.initiative = known == nil ? base.entity : nil
    return money
  }

  /// The parts of an entity of a kind, its ancestor of that kind, or across the trees what supports it or is supported.
  private mutating func relatives(_ wanted: EntityKind, of base: Operand, _ kind: EntityKind?) -> Operand {
    let made = register()
    if wanted == .initiative || kind == .initiative {
      emit(.linked, made, base.register, 0, Int(wanted.rawValue))
      return Operand(register: made, type: .list(.entity(wanted)))
    }
    let isAbove = kind.map { kind in
      kind == .project && wanted.spends || wanted.rawValue < kind.rawValue && (wanted.spends == kind.spends || kind == .indicator)
    }
    if isAbove ?? false {
      emit(.ancestor, made, base.register, 0, Int(wanted.rawValue))
      return Operand(register: made, type: .entity(wanted))
    }
    let isAcross = kind.map { $0.spends != wanted.spends && wanted != .indicator && wanted != .project } ?? false
    emit(isAcross ? .linked : .below, made, base.register, 0, Int(wanted.rawValue))
    return Operand(register: made, type: .list(.entity(wanted)))
  }
}
