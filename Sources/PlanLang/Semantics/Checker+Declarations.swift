/// The first pass: entities, money, indicators; what refers to others is kept for the second.
extension Checker {
  /// All statements of a block.
  mutating func statements(of block: NodeID, parent: EntityID) {
    var at = tree.nodes[block.index].first
    while at != 0 {
      let id = NodeID(raw: at)
      statement(id, parent: parent)
      at = tree.nodes[Int(at)].next
    }
  }

  private mutating func statement(_ id: NodeID, parent: EntityID) {
    let node = tree.nodes[id.index]
    guard node.kind == .statement, let word = node.word else {
      if node.kind == .quantified || node.kind == .conditional { pending.commands.append((treeIndex, id)) }
      if node.kind == .hole, opensBlock(after: node.site) { scope.isPartial = true }
      return
    }
    switch word {
    case .region, .period, .document, .scale: if parent != Entities.none { misplaced(id, parent) }
    case .vision: entity(id, .vision, parent)
    case .mission: entity(id, .mission, parent)
    case .goal: entity(id, .goal, parent)
    case .objective: entity(id, .objective, parent)
    case .indicator: entity(id, .indicator, parent)
    case .department, .office, .board, .district, .secretariat, .hospital: entity(id, .department, parent)
    case .workUnit: entity(id, .workUnit, parent)
    case .program: entity(id, .program, parent)
    case .activity: entity(id, .activity, parent)
    case .subactivity: entity(id, .subactivity, parent)
    case .project: entity(id, .project, parent)
    case .benefit, .requires, .rejects, .unitCost: projectPart(id, parent)
    case .initiative: entity(id, .initiative, parent)
    case .dimension where parent != Entities.none && builder.plan.entities.kind[parent.index] == .project: projectPart(id, parent)
    case .dimension, .quickWin, .roadmap, .through, .owner: initiative(id, word, parent)
    case .budget, .realised, .drives, .supports, .item: spending(id, word, parent)
    case .spillover: pending.spillovers.append((treeIndex, id))
    case .correlation: pending.correlations.append((treeIndex, id))
    case .label, .location, .ward, .priority, .function, .affairs, .kind, .spendingKind, .contract, .strategy, .policy:
      attribute(id, word, parent)
    case .revenue, .financing: revenue(id, word)
    case .source: if parent != Entities.none { misplaced(id, parent) }
    case .parameter: parameter(id)
    case .letting, .formula: definition(id, word)
    case .rule: ruleName(id)
    case .except: pending.waivers.append((treeIndex, id))
    case .scenario:
      if let name = tree.child(.name, of: id) { scenarioName(Symbol(raw: tree[name].payload), at: tree[name].site) }
      pending.commands.append((treeIndex, id))
    case .load
    where tree.child(.text, of: id).map { sources.text(tree[$0].site).lowercased().hasSuffix(".plan\"") } == true:
      break  // the session put that script among the texts
    case .load:
      let before = diagnostics.errorCount
      load(id)
      if diagnostics.errorCount > before { scope.isPartial = true }
    case .use: parent == Entities.none ? use(id) : misplaced(id, parent)
    case .check, .compare, .show, .instrument, .shift, .cut, .add, .postpone, .set, .change, .lock, .unlock, .seek, .chart, .trace, .why,
      .who, .report, .reconcile, .export, .sweep, .simulate, .sensitivity, .stress, .repair, .optimise, .tradeOff, .choose:
      pending.commands.append((treeIndex, id))
    case .exercise: break
    default: misplaced(id, parent)
    }
  }

  /// What ties a part of the spending tree to money and goals; an initiative has no money of its own.
  private mutating func spending(_ id: NodeID, _ word: Word, _ parent: EntityID) {
    if parent != Entities.none, builder.plan.entities.kind[parent.index] == .initiative { return initiative(id, word, parent) }
    switch word {
    case .supports: isSpending(parent) ? pending.supports.append((treeIndex, id, parent)) : misplaced(id, parent)
    case .drives: isSpending(parent) ? pending.drives.append((treeIndex, id, parent)) : misplaced(id, parent)
    case .item: item(id, parent)
    default: budget(id, parent)
    }
  }

  /// Whether a line that was not understood opens a block: what it declares is then unknown.
  private func opensBlock(after site: Site) -> Bool {
    let source = scripts[treeIndex]
    guard site.end > source.base else { return false }
    for byte in source.bytes[min(Int(site.end - source.base), source.bytes.count)...] {
      if byte == 10 { return false }
      if byte == 123 { return true }
    }
    return false
  }

  mutating func misplaced(_ id: NodeID, _ parent: EntityID) {
    let isInside = parent != Entities.none
    misplaced(
      id, in: isInside ? Lowering.words(builder.plan.entities.kind[parent.index]) : Bilingual("naskah", "the script"))
  }

  mutating func misplaced(_ id: NodeID, in place: Bilingual) {
    let what = DeclarationProblem.told(tree, id, sources)
    complain(.wrongPlace(what: what, inside: place, belongs: tree[id].word.map(Self.places) ?? []), at: tree[id].site)
  }

  /// Where a statement belongs that stands only in some places.
  private static func places(_ word: Word) -> [Word] {
    switch word {
    case .program, .workUnit: [.office]
    case .activity: [.program]
    case .subactivity: [.activity]
    case .item, .supports, .drives, .budget: [.program, .activity, .subactivity]
    case .target, .baseline, .projection, .withoutProgrammes, .direction, .achievement, .bounds, .precision, .weight:
      [.indicator]
    case .account: [.budget]
    default: []
    }
  }

  /// Complains of a part that a statement lacks.
  mutating func missing(_ part: Bilingual, of word: Word?, at site: Site) {
    complain(.missingPart(what: part, of: word?.spoken ?? Bilingual("", "")), at: site)
  }

  // MARK: Entities

  /// Which kinds may stand directly inside which.
  private static func mayHold(_ parent: EntityKind?, _ kind: EntityKind) -> Bool {
    switch kind {
    case .vision, .initiative: parent == nil
    case .mission: parent == nil || parent == .vision
    case .goal: parent == nil || parent == .mission
    case .objective: parent == nil || parent == .goal
    case .indicator: true
    case .department: parent == nil
    case .workUnit: parent == .department
    case .program: parent == .department || parent == .workUnit
    case .activity: parent == .program
    case .subactivity: parent == .activity || parent == .program
    case .item: parent?.spends == true
    case .project: parent.map { $0.spends && $0 != .item } ?? true
    }
  }

  private mutating func entity(_ id: NodeID, _ kind: EntityKind, _ parent: EntityID) {
    let parentKind = parent == Entities.none ? nil : builder.plan.entities.kind[parent.index]
    // One out of place is declared all the same, so that what refers to it is not complained about too.
    if !Self.mayHold(parentKind, kind) { misplaced(id, parent) }
    var name = Entities.unnamed
    var (title, site, block, codeNode) = (Site.none, tree[id].site, NodeID(raw: 0), NodeID(raw: 0))
    var at = tree.nodes[id.index].first
    while at != 0 {
      let child = tree.nodes[Int(at)]
      switch child.kind {
      case .name:
        name = Symbol(raw: child.payload)
        site = child.site
      case .text:
        title = child.site
        if name == Entities.unnamed { site = child.site }
      case .clause:
        if child.first != 0 { codeNode = NodeID(raw: child.first) }
      case .block: block = NodeID(raw: at)
      default: break
      }
      at = child.next
    }
    let code = codeNode.raw == 0 ? .none : tree.nodes[codeNode.index].site
    let codeName = code == .none ? Entities.unnamed : codeSymbol(codeNode, kind)
    if let twin = scope.sibling(named: name, coded: codeName, of: parent, builder.plan.entities.parent) {
      let isName = name != Entities.unnamed && builder.plan.entities.name[twin.index] == name
      complain(
        .duplicate(name: sources.text(isName || code == .none ? site : code)), Label(isName || code == .none ? site : code),
        Label(builder.plan.entities.site[twin.index]))
      if kind != .indicator, block.raw != 0 { statements(of: block, parent: twin) }
      return
    }
    let made = builder.entity(
      kind, parent: parent, name: name, title: title, code: code, codeName: codeName, site: site,
      form: Self.form(tree[id].word))
    scope.add(made, name: name, codeName: codeName)
    if kind == .initiative { builder.plan.initiatives.append(Initiative(entity: made)) }
    if kind == .indicator {
      indicator(made, block)
    } else if block.raw != 0 {
      statements(of: block, parent: made)
    }
  }

  func isSpending(_ entity: EntityID) -> Bool {
    entity != Entities.none && builder.plan.entities.kind[entity.index].spends
  }

  private static func form(_ word: Word?) -> DepartmentForm {
    switch word {
    case .office: .office
    case .board: .board
    case .district: .district
    case .secretariat: .secretariat
    case .hospital: .hospital
    default: .department
    }
  }

  /// The canonical form of a code, interned; `unnamed` after a complaint.
  private mutating func codeSymbol(_ id: NodeID, _ kind: EntityKind) -> Symbol {
    let (node, isOrganisation) = (tree.nodes[id.index], kind == .department || kind == .workUnit)
    let site = node.site
    if node.kind == .code, node.payload != 0,
      written(at: site, { Code.isCanonical($0, isOrganisation: isOrganisation) })
    { return Symbol(raw: node.payload) }
    let written = sources.text(site)
    let canonical =
      isOrganisation ? Code.organisation(written)?.canonical ?? Code.activity(written) : Code.activity(written)
    guard let canonical else {
      complain(.badCode(code: written), at: site)
      return Entities.unnamed
    }
    return names.intern(canonical)
  }

  /// What bytes of the current text give.
  mutating func written<Found>(at site: Site, _ read: (UnsafeBufferPointer<UInt8>) -> Found) -> Found {
    let source = scripts[treeIndex]
    let place = Int(site.start - source.base)..<Int(site.end - source.base)
    return source.bytes.withUnsafeBufferPointer { read(UnsafeBufferPointer(rebasing: $0[place])) }
  }

  // MARK: Attributes, definitions

  private mutating func attribute(_ id: NodeID, _ word: Word, _ parent: EntityID) {
    guard parent != Entities.none else { return misplaced(id, parent) }
    let roles: [(Word, Attribute.Role)] = [
      (.label, .label), (.location, .location), (.ward, .ward), (.priority, .priority), (.function, .function),
      (.affairs, .affairs), (.kind, .spendingKind), (.spendingKind, .spendingKind), (.contract, .contract),
      (.strategy, .strategy), (.policy, .policy),
    ]
    guard let role = roles.first(where: { $0.0 == word })?.1 else { return }
    let isOfSpending = [.function, .affairs, .spendingKind, .contract].contains(role)
    guard isSpending(parent) || !isOfSpending else { return misplaced(id, parent) }
    for child in tree.children(of: id) where tree[child].kind != .clause {
      let site = tree[child].site
      let text = Lowering.unquoted(sources.text(site))
      var value = Number.undeclared
      if role == .contract {
        guard tree[child].kind == .literal, tree.literals[Int(tree[child].payload)].kind == .money else {
          complain(.notMoney, at: site)
          continue
        }
        value = Number(tree.literals[Int(tree[child].payload)].mantissa)
        if value.a < 0 {
          complain(.negativeMoney, at: site)
          continue
        }
      }
      if role == .priority, !["i", "ii", "iii"].contains(text.lowercased()) {
        complain(.badPriority(text: text), at: site)
        continue
      }
      if role == .function, let nearest = Lowering.misspelt(function: text) {
        diagnostics.add(MeaningProblem.unknownName(name: text, nearest: nearest), at: site)
        continue
      }
      builder.plan.attributes.append(Attribute(entity: parent, role: role, text: text, value: value, site: site))
    }
  }

  private mutating func parameter(_ id: NodeID) {
    guard let name = tree.child(.name, of: id) else { return }
    let symbol = Symbol(raw: tree[name].payload)
    guard isFree(symbol, at: tree[name].site, statement: id) else { return }
    let parameter = ParameterID(builder.plan.parameters.count)
    builder.plan.parameters.append(
      Parameter(
        name: symbol, title: tree.child(.text, of: id).map { tree[$0].site } ?? .none, formula: FormulaID(raw: .max),
        distribution: nil, site: tree[name].site))
    scope.declare(symbol, .parameter(parameter), at: tree[name].site)
    pending.parameters.append((treeIndex, id, parameter))
  }

  /// Whether a name is still free among parameters, definitions, rules, scales and scenarios.
  ///
  /// A pack's statement gives way to the plan's own of that name.
  private mutating func isFree(_ symbol: Symbol, at site: Site, statement: NodeID? = nil) -> Bool {
    guard let before = scope.sites[symbol] else { return true }
    if packRow >= 0, before != .none, let statement {
      override(symbol, of: statement, by: before)
      return false
    }
    if before == .none {
      complain(.duplicate(name: sources.text(site)), at: site)
    } else {
      complain(.duplicate(name: sources.text(site)), Label(site), Label(before))
    }
    return false
  }

  /// Scenarios, parameters and definitions share their names with entities: one of a name.
  mutating func checkNames() {
    let shared = scope.sites.keys.filter { symbol in
      scope.meanings(of: symbol).contains { meaning in
        switch meaning {
        case .scenario, .parameter, .letting, .formula: true
        default: false
        }
      }
    }
    for symbol in shared.sorted() {
      guard let site = scope.sites[symbol], site != .none, let entity = scope.entities(named: symbol).first else {
        continue
      }
      let other = builder.plan.entities.site[entity.index]
      let (first, last) = site.start < other.start ? (site, other) : (other, site)
      complain(.duplicate(name: sources.text(last)), Label(last), Label(first))
    }
  }

  /// A scenario shares its name with no other scenario, parameter or definition; a grade may be called the same.
  private mutating func scenarioName(_ symbol: Symbol, at site: Site) {
    let isFree = scope.meanings(of: symbol).allSatisfy { meaning in
      switch meaning {
      case .scenario, .parameter, .letting, .formula: false
      default: true
      }
    }
    if isFree || self.isFree(symbol, at: site) { scope.declare(symbol, .scenario, at: site) }
  }

  private mutating func definition(_ id: NodeID, _ word: Word) {
    guard let name = tree.child(.name, of: id), let assign = tree.child(.assign, of: id),
      let body = tree.firstChild(of: assign)
    else { return }
    let symbol = Symbol(raw: tree[name].payload)
    guard isFree(symbol, at: tree[name].site, statement: id) else { return }
    let list = word == .letting ? nil : tree.child(.list, of: id)
    let parameters = list.map { tree.children(of: $0).map { Symbol(raw: tree[$0].payload) } } ?? []
    let definition = Definition(
      name: symbol, tree: treeIndex, parameters: parameters, body: body, site: tree[name].site)
    if word == .letting {
      scope.declare(symbol, .letting(scope.lettings.count), at: tree[name].site)
      scope.lettings.append(definition)
    } else {
      scope.declare(symbol, .formula(scope.formulas.count), at: tree[name].site)
      scope.formulas.append(definition)
    }
  }

  private mutating func ruleName(_ id: NodeID) {
    guard let name = tree.child(.name, of: id) else { return }
    let symbol = Symbol(raw: tree[name].payload)
    if packRow >= 0, let used = packs[treeIndex], used.excluded.contains(symbol) {
      if !builder.plan.packs[packRow].excluded.contains(symbol) { builder.plan.packs[packRow].excluded.append(symbol) }
      return
    }
    for meaning in scope.meanings(of: symbol) {
      guard case .rule(let row) = meaning else { continue }
      let first = pending.rules[row.index]
      let site = trees[first.tree].child(.name, of: first.node).map { trees[first.tree][$0].site } ?? .none
      if packRow >= 0 { return override(symbol, of: id, by: site) }
      return complain(.duplicate(name: sources.text(tree[name].site)), Label(tree[name].site), Label(site))
    }
    scope.declare(symbol, .rule(RuleID(pending.rules.count)), at: tree[name].site)
    pending.rules.append((treeIndex, id, packRow))
  }
}
