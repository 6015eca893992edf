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
    case .budget, .realised: budget(id, parent)
    case .item: item(id, parent)
    case .supports:
      parent == Entities.none ? misplaced(id, parent) : pending.supports.append((treeIndex, id, parent))
    case .drives:
      parent == Entities.none ? misplaced(id, parent) : pending.drives.append((treeIndex, id, parent))
    case .label, .location, .ward, .priority, .function, .affairs, .kind, .spendingKind, .contract, .strategy, .policy:
      attribute(id, word, parent)
    case .revenue, .financing: revenue(id, word)
    case .source: if parent != Entities.none { misplaced(id, parent) }
    case .parameter: parameter(id)
    case .letting, .formula: definition(id, word)
    case .rule: ruleName(id)
    case .except: pending.waivers.append((treeIndex, id))
    case .scenario:
      if let name = tree.child(.name, of: id) {
        scope.declare(Symbol(raw: tree[name].payload), .scenario, at: tree[name].site)
      }
      pending.commands.append((treeIndex, id))
    case .load: load(id)
    case .use: complain(.unknownPack(name: tree.firstChild(of: id).map { Lowering.unquoted(sources.text(tree[$0].site)) } ?? ""), at: node.site)
    case .check, .compare, .show, .instrument, .shift, .cut, .add, .postpone, .set, .change, .lock, .unlock:
      pending.commands.append((treeIndex, id))
    case .exercise: break
    default: misplaced(id, parent)
    }
  }

  private mutating func misplaced(_ id: NodeID, _ parent: EntityID) {
    let word = tree[id].word.map { Vocabulary.spelling($0, .indonesian) } ?? ""
    let inside = parent == Entities.none ? "naskah" : Lowering.words(builder.plan.entities.kind[parent.index]).id
    complain(.wrongPlace(what: word, inside: inside), at: tree[id].site)
  }

  // MARK: Entities

  /// Which kinds may stand directly inside which.
  private static func mayHold(_ parent: EntityKind?, _ kind: EntityKind) -> Bool {
    switch kind {
    case .vision: parent == nil
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
    }
  }

  private mutating func entity(_ id: NodeID, _ kind: EntityKind, _ parent: EntityID) {
    let parentKind = parent == Entities.none ? nil : builder.plan.entities.kind[parent.index]
    guard Self.mayHold(parentKind, kind) else { return misplaced(id, parent) }
    var name = Entities.unnamed
    var (title, code, site, block) = (Site.none, Site.none, tree[id].site, NodeID(raw: 0))
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
        if child.first != 0 { code = tree.nodes[Int(child.first)].site }
      case .block: block = NodeID(raw: at)
      default: break
      }
      at = child.next
    }
    let codeName = code == .none ? Entities.unnamed : codeSymbol(code, kind)
    if name != Entities.unnamed, let twin = scope.twin(named: name, below: parent, builder.plan.entities) {
      return complain(.duplicate(name: names.text(name)), Label(site), Label(builder.plan.entities.site[twin.index]))
    }
    let made = builder.entity(
      kind, parent: parent, name: name, title: title, code: code, codeName: codeName, site: site,
      form: Self.form(tree[id].word))
    scope.add(made, name: name, codeName: codeName)
    if kind == .indicator {
      indicator(made, block)
    } else if block.raw != 0 {
      statements(of: block, parent: made)
    }
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

  private mutating func codeSymbol(_ site: Site, _ kind: EntityKind) -> Symbol {
    let written = sources.text(site)
    let canonical = kind == .department || kind == .workUnit ? Code.organisation(written)?.canonical ?? Code.activity(written) : Code.activity(written)
    guard let canonical else {
      complain(.badCode(code: written), at: site)
      return Entities.unnamed
    }
    return names.intern(canonical)
  }

  // MARK: Money

  /// The document a `pagu` names, the working one without a name.
  private mutating func documentNamed(_ id: NodeID) -> DocumentID? {
    if tree[id].word == .realised { return DocumentID(raw: 3) }
    guard let part = tree.firstChild(of: id) else { return builder.plan.workingDocument }
    if tree[part].kind == .word { return DocumentID(raw: 3) }
    guard tree[part].kind == .name else { return builder.plan.workingDocument }
    let symbol = Symbol(raw: tree[part].payload)
    for (row, document) in builder.plan.documents.enumerated() where document.name == symbol { return DocumentID(row) }
    let name = names.text(symbol)
    let known = builder.plan.documents.map { names.text($0.name) }
    diagnostics.add(MeaningProblem.unknownDocument(name: name, nearest: NearMiss.nearest(to: name, among: known)), at: tree[part].site)
    return nil
  }

  private mutating func budget(_ id: NodeID, _ owner: EntityID) {
    guard owner != Entities.none, builder.plan.entities.kind[owner.index].spends else { return misplaced(id, owner) }
    guard let document = documentNamed(id) else { return }
    let years = yearsOf(id)
    if let assign = tree.child(.assign, of: id) {
      guard let years = years ?? wholePeriod(at: tree[id].site) else { return }
      money(assign, years) { checker, year, sen, site in
        checker.builder.cell(
          .spending, document: document, year: year, leaf: owner, account: AccountID(raw: 0), source: SourceID(raw: 0),
          amount: sen, site: site)
      }
    }
    guard let block = tree.child(.block, of: id) else { return }
    for line in tree.children(of: block) where tree[line].kind == .statement { self.line(line, owner, document, years) }
  }

  /// `rekening C sumber S tahun Y = list` inside a budget.
  private mutating func line(_ id: NodeID, _ owner: EntityID, _ document: DocumentID, _ outer: [Int]?) {
    var account = AccountID(raw: 0)
    var source = SourceID(raw: 0)
    switch tree[id].word {
    case .account:
      guard let code = tree.child(.code, of: id) else { return }
      let written = sources.text(tree[code].site)
      guard let canonical = Code.account(written) else { return complain(.badCode(code: written), at: tree[code].site) }
      account = builder.account(canonical, names: &names)
      if let clause = tree.clause(.source, of: id), let part = tree.firstChild(of: clause) {
        guard let found = sourceNamed(part) else { return }
        source = found
      }
    case .source:
      guard let part = tree.firstChild(of: id), let found = sourceNamed(part) else { return }
      source = found
    default: return misplaced(id, owner)
    }
    var years = outer
    if let clause = tree.clause(.inYear, of: id), let part = tree.firstChild(of: clause) { years = self.years(part) }
    guard let years = years ?? yearsOf(id) ?? wholePeriod(at: tree[id].site), !years.isEmpty else { return }
    if let assign = tree.child(.assign, of: id) {
      money(assign, years) { checker, year, sen, site in
        checker.builder.cell(
          .spending, document: document, year: year, leaf: owner, account: account, source: source, amount: sen, site: site)
      }
    }
    guard let block = tree.child(.block, of: id) else { return }
    for item in tree.children(of: block) where tree[item].word == .item {
      guard let made = itemEntity(item, owner) else { continue }
      itemMoney(item, made, document, years, account, source)
    }
  }

  private mutating func itemEntity(_ id: NodeID, _ owner: EntityID) -> EntityID? {
    let first = tree.firstChild(of: id)
    let title = first.map { tree[$0].site } ?? .none
    let name = first.flatMap { tree[$0].kind == .name ? Symbol(raw: tree[$0].payload) : nil } ?? Entities.unnamed
    let made = builder.entity(
      .item, parent: owner, name: name, title: name == Entities.unnamed ? title : .none, code: .none,
      codeName: Entities.unnamed, site: title)
    scope.add(made, name: name, codeName: Entities.unnamed)
    return made
  }

  private mutating func item(_ id: NodeID, _ owner: EntityID) {
    guard owner != Entities.none, builder.plan.entities.kind[owner.index].spends else { return misplaced(id, owner) }
    guard let made = itemEntity(id, owner), let years = wholePeriod(at: tree[id].site) else { return }
    itemMoney(id, made, builder.plan.workingDocument, years, AccountID(raw: 0), SourceID(raw: 0))
  }

  /// An item's money: stated, or volume times price.
  private mutating func itemMoney(
    _ id: NodeID, _ leaf: EntityID, _ document: DocumentID, _ years: [Int], _ account: AccountID, _ source: SourceID
  ) {
    if let assign = tree.child(.assign, of: id) {
      return money(assign, years) { checker, year, sen, site in
        checker.builder.cell(.spending, document: document, year: year, leaf: leaf, account: account, source: source, amount: sen, site: site)
      }
    }
    guard let volume = literal(of: .volume, in: id), let price = literal(of: .price, in: id) else {
      return complain(.missingPart(what: Bilingual("jumlah, atau volume dan harga", "an amount, or a volume and a price"), of: Bilingual("uraian", "an item")), at: tree[id].site)
    }
    let product = Number(mantissa: volume.mantissa, scale: Int(volume.scale)) * Number(price.mantissa)
    guard price.kind == .money, let sen = product.roundedHalfEven else { return complain(.notMoney, at: price.site) }
    for year in years {
      builder.cell(.spending, document: document, year: year, leaf: leaf, account: account, source: source, amount: sen, site: tree[id].site)
    }
  }

  private func literal(of word: Word, in id: NodeID) -> Literal? {
    guard let clause = tree.clause(word, of: id), let part = tree.firstChild(of: clause), tree[part].kind == .literal else { return nil }
    return tree.literals[Int(tree[part].payload)]
  }

  mutating func sourceNamed(_ id: NodeID) -> SourceID? {
    let node = tree[id]
    let written = sources.text(node.site)
    if node.kind == .code {
      let symbol = names.intern(written)
      if let row = builder.plan.sources.codeName.firstIndex(of: symbol) { return SourceID(row) }
      return addSource(Entities.unnamed, Bilingual(same: written), code: written, field: nil, at: node.site)
    }
    for meaning in scope.meanings(of: Symbol(raw: node.payload)) { if case .source(let id) = meaning { return id } }
    let known = builder.plan.sources.name.filter { $0 != Entities.unnamed }.map { names.text($0) }
    diagnostics.add(MeaningProblem.unknownSource(name: written, nearest: NearMiss.nearest(to: written, among: known)), at: node.site)
    return nil
  }

  /// The amounts of an assignment, one a year.
  private mutating func money(_ assign: NodeID, _ years: [Int], _ give: (inout Checker, Int, Int64, Site) -> Void) {
    guard let list = tree.firstChild(of: assign) else { return }
    let node = tree[list]
    if node.kind == .literals {
      let count = Int(node.wordRaw)
      guard count == years.count else { return complain(.wrongCount(items: count, years: years.count), at: node.site) }
      for i in 0..<count { amount(tree.literals[Int(node.payload) + i], years[i], give) }
      return
    }
    let items = node.kind == .list ? Array(tree.children(of: list)) : [list]
    guard items.count == years.count else { return complain(.wrongCount(items: items.count, years: years.count), at: node.site) }
    for (item, year) in zip(items, years) {
      guard tree[item].kind == .literal else {
        if tree[item].kind != .hole { complain(.notMoney, at: tree[item].site) }
        continue
      }
      amount(tree.literals[Int(tree[item].payload)], year, give)
    }
  }

  private mutating func amount(_ literal: Literal, _ year: Int, _ give: (inout Checker, Int, Int64, Site) -> Void) {
    if literal.kind == .missing { return }
    guard literal.kind == .money else { return complain(.notMoney, at: literal.site) }
    guard literal.mantissa >= 0 else { return complain(.negativeMoney, at: literal.site) }
    give(&self, year, literal.mantissa, literal.site)
  }

  // MARK: Years

  /// The years written behind a statement's word, or nil when none are.
  func firstYears(_ id: NodeID) -> NodeID? {
    for child in tree.children(of: id) {
      let kind = tree[child].kind
      if kind == .literal || kind == .range { return child }
    }
    return nil
  }

  private mutating func yearsOf(_ id: NodeID) -> [Int]? { firstYears(id).map { years($0) } }

  /// Years as written, as indices of the period; empty after a complaint.
  mutating func years(_ id: NodeID) -> [Int] {
    let ends = tree[id].kind == .range ? Array(tree.children(of: id)) : [id, id]
    var indices: [Int] = []
    for end in ends {
      guard tree[end].kind == .literal else { return [] }
      let literal = tree.literals[Int(tree[end].payload)]
      guard builder.plan.yearCount > 0 else {
        complain(.noPeriod, at: literal.site)
        return []
      }
      guard literal.scale == 0, literal.kind == .number, let index = builder.plan.yearIndex(Int(clamping: literal.mantissa)) else {
        let last = builder.plan.firstYear + builder.plan.yearCount - 1
        diagnostics.add(
          MeaningProblem.yearOutside(year: sources.text(literal.site), first: builder.plan.firstYear, last: last), at: literal.site)
        return []
      }
      indices.append(index)
    }
    return indices[0] <= indices[1] ? Array(indices[0]...indices[1]) : []
  }

  mutating func wholePeriod(at site: Site) -> [Int]? {
    guard builder.plan.yearCount > 0 else {
      complain(.noPeriod, at: site)
      return nil
    }
    return Array(0..<builder.plan.yearCount)
  }

  // MARK: Revenue, attributes, definitions

  private mutating func revenue(_ id: NodeID, _ word: Word) {
    var ledger = word == .revenue ? Ledger.revenue : .receipt
    var source: SourceID?
    for child in tree.children(of: id) {
      switch tree[child].kind {
      case .word: ledger = tree[child].word == .expense ? .outflow : .receipt
      case .name, .code: if source == nil { source = sourceNamed(child) }
      case .text: source = SourceID(raw: 0)
      default: break
      }
    }
    guard let source, let assign = tree.child(.assign, of: id) else { return }
    guard let years = yearsOf(id) ?? wholePeriod(at: tree[id].site), !years.isEmpty else { return }
    let document = builder.plan.workingDocument
    money(assign, years) { checker, year, sen, site in
      checker.builder.cell(ledger, document: document, year: year, leaf: Entities.none, account: AccountID(raw: 0), source: source, amount: sen, site: site)
    }
  }

  private mutating func attribute(_ id: NodeID, _ word: Word, _ parent: EntityID) {
    guard parent != Entities.none else { return misplaced(id, parent) }
    let roles: [(Word, Attribute.Role)] = [
      (.label, .label), (.location, .location), (.ward, .ward), (.priority, .priority), (.function, .function),
      (.affairs, .affairs), (.kind, .spendingKind), (.spendingKind, .spendingKind), (.contract, .contract),
      (.strategy, .strategy), (.policy, .policy),
    ]
    guard let role = roles.first(where: { $0.0 == word })?.1 else { return }
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
      }
      if role == .priority, !["i", "ii", "iii"].contains(text.lowercased()) {
        complain(.badPriority(text: text), at: site)
        continue
      }
      builder.plan.attributes.append(Attribute(entity: parent, role: role, text: text, value: value, site: site))
    }
  }

  private mutating func parameter(_ id: NodeID) {
    guard let name = tree.child(.name, of: id) else { return }
    let symbol = Symbol(raw: tree[name].payload)
    guard isFree(symbol, at: tree[name].site) else { return }
    let parameter = ParameterID(builder.plan.parameters.count)
    builder.plan.parameters.append(
      Parameter(name: symbol, title: tree.child(.text, of: id).map { tree[$0].site } ?? .none, formula: FormulaID(raw: .max), distribution: nil, site: tree[name].site))
    scope.declare(symbol, .parameter(parameter), at: tree[name].site)
    pending.parameters.append((treeIndex, id, parameter))
  }

  /// Whether a name is still free among parameters, definitions, rules, scales and scenarios.
  private mutating func isFree(_ symbol: Symbol, at site: Site) -> Bool {
    guard let before = scope.sites[symbol] else { return true }
    if before == .none {
      complain(.duplicate(name: names.text(symbol)), at: site)
    } else {
      complain(.duplicate(name: names.text(symbol)), Label(site), Label(before))
    }
    return false
  }

  private mutating func definition(_ id: NodeID, _ word: Word) {
    guard let name = tree.child(.name, of: id), let assign = tree.child(.assign, of: id), let body = tree.firstChild(of: assign) else { return }
    let symbol = Symbol(raw: tree[name].payload)
    guard isFree(symbol, at: tree[name].site) else { return }
    let parameters = word == .letting ? [] : tree.child(.list, of: id).map { tree.children(of: $0).map { Symbol(raw: tree[$0].payload) } } ?? []
    let definition = Definition(name: symbol, tree: treeIndex, parameters: parameters, body: body, site: tree[name].site)
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
    for meaning in scope.meanings(of: symbol) {
      if case .rule = meaning { return complain(.duplicate(name: names.text(symbol)), at: tree[name].site) }
    }
    scope.declare(symbol, .rule(RuleID(pending.rules.count)), at: tree[name].site)
    pending.rules.append((treeIndex, id))
  }
}
