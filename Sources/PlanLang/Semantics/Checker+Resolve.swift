/// The second pass: links, parameters, rules, waivers and commands, now that all names are known.
extension Checker {
  /// Resolves what waits and hands over the plan with its names.
  consuming func resolve() -> (checked: Checked, names: Names) {
    checkLevels()
    builder.plan.indicatorRow = [Int32](repeating: -1, count: builder.plan.entities.count)
    for (row, indicator) in builder.plan.indicators.enumerated() {
      builder.plan.indicatorRow[indicator.entity.index] = Int32(truncatingIfNeeded: row)
    }
    var lowering = Lowering(builder: builder, scope: scope, sources: sources, names: names, trees: trees)
    lowering.resolveSupports(pending.supports)
    lowering.resolveParameters(pending.parameters)
    lowering.resolveDrives(pending.drives)
    lowering.resolveRules(pending.rules)
    lowering.resolveWaivers(pending.waivers)
    var commands: [CheckedCommand] = []
    for (index, id) in pending.commands {
      lowering.enter(index)
      if let command = lowering.command(id) { commands.append(CheckedCommand(command: command, site: lowering.tree[id].site)) }
    }
    diagnostics.append(lowering.diagnostics)
    let finished = lowering.finish()
    if finished.overflow { complain(.tooMuchMoney, at: builder.plan.region) }
    let checked = Checked(plan: finished.plan, scope: scope, commands: commands, diagnostics: diagnostics, findings: findings)
    return (checked, finished.names)
  }

  /// The commands of one more text against a checked plan; what they compile is added to the plan's formulas.
  static func commands(
    of tree: Tree, in checked: Checked, inputs: [Tree], sources: SourceMap, names: inout Names
  ) -> (commands: [CheckedCommand], plan: Plan, diagnostics: DiagnosticList) {
    var builder = PlanBuilder()
    builder.plan = checked.plan
    var lowering = Lowering(builder: builder, scope: checked.scope, sources: sources, names: names, trees: inputs + [tree])
    lowering.enter(inputs.count)
    var commands: [CheckedCommand] = []
    for id in tree.children(of: tree.root) {
      if tree[id].kind == .statement, let word = tree[id].word, !Self.asks(word) {
        lowering.diagnostics.add(
          DeclarationProblem.wrongPlace(what: Vocabulary.spelling(word, .indonesian), inside: "-e"), at: tree[id].site)
        continue
      }
      if let command = lowering.command(id) { commands.append(CheckedCommand(command: command, site: tree[id].site)) }
    }
    names = lowering.names
    return (commands, lowering.builder.plan, lowering.diagnostics)
  }

  /// Whether a word asks or edits, and declares nothing.
  static func asks(_ word: Word) -> Bool {
    switch word {
    case .check, .compare, .show, .instrument, .scenario, .shift, .cut, .add, .postpone, .set, .change, .lock, .unlock: true
    default: false
    }
  }

  /// The same document at two levels of one branch would count twice.
  private mutating func checkLevels() {
    for twin in builder.doubleLevels().prefix(20) {
      let entities = builder.plan.entities
      func called(_ entity: EntityID) -> String {
        entities.name[entity.index] != Entities.unnamed ? names.text(entities.name[entity.index])
          : entities.codeName[entity.index] != Entities.unnamed ? names.text(entities.codeName[entity.index])
          : Lowering.unquoted(sources.text(entities.title[entity.index]))
      }
      complain(
        .doubleLevel(
          document: names.text(builder.plan.documents[twin.document.index].name), lower: called(twin.lower), upper: called(twin.upper)),
        Label(twin.lowerSite), Label(twin.upperSite))
    }
  }
}

extension Lowering {
  /// The finished plan; an overflow of the sums is told beside it.
  consuming func finish() -> (plan: Plan, names: Names, overflow: Bool) {
    let made = builder
    do throws(Overflow) {
      return (try made.finish(), names, false)
    } catch {
      return (made.plan, names, true)
    }
  }

  mutating func resolveSupports(_ pending: [(tree: Int, node: NodeID, owner: EntityID)]) {
    for (index, id, owner) in pending {
      enter(index)
      for part in tree.children(of: id) {
        guard let goal = entity(at: part) else { continue }
        let kind = plan.entities.kind[goal.index]
        if kind.spends || kind == .vision {
          _ = complain(.expected(wanted: Bilingual("sasaran, tujuan, misi atau indikator", "an objective, goal, mission or indicator"), found: Self.words(kind)), at: tree[part].site)
          continue
        }
        builder.plan.supports.append(Support(from: owner, to: goal, site: tree[part].site))
      }
    }
  }

  /// The entity a path means; nil after a complaint.
  mutating func entity(at id: NodeID) -> EntityID? {
    formula = Formula(type: .hole, site: tree[id].site)
    next = 0
    let before = diagnostics.errorCount
    if case .entity(let operand) = reach(id), let entity = operand.entity { return entity }
    if diagnostics.errorCount == before {
      _ = complain(.unknownName(name: sources.text(tree[id].site), nearest: nil), at: tree[id].site)
    }
    return nil
  }

  mutating func resolveParameters(_ pending: [(tree: Int, node: NodeID, id: ParameterID)]) {
    for (index, node, id) in pending {
      enter(index)
      if let clause = tree.clause(.distributed, of: node), let shape = tree.firstChild(of: clause) {
        distribution(shape, id)
      } else if let assign = tree.child(.assign, of: node), let value = tree.firstChild(of: assign) {
        plainValue(value, node, id)
      }
      if builder.plan.parameters[id.index].formula.raw == .max {
        builder.plan.formulas.append(constantFormula(.undefined, .hole, at: tree[node].site))
        builder.plan.parameters[id.index].formula = FormulaID(builder.plan.formulas.count - 1)
      }
    }
  }

  private func constantFormula(_ number: Number, _ type: ValueType, at site: Site) -> Formula {
    var made = Formula(type: type, site: site)
    made.constants = [number]
    made.code = [Instruction(.constant, 0, 0, 0, 0)]
    made.sites = [site]
    return made
  }

  private mutating func plainValue(_ value: NodeID, _ node: NodeID, _ id: ParameterID) {
    if tree[value].kind == .range, tree[value].word == .upTo { return distribution(value, id) }
    let isSeries = tree[value].kind == .list || tree[value].kind == .literals && tree[value].wordRaw > 1
    if isSeries {
      yearlyValues(value, node, id)
    } else if let formula = compile(value) {
      builder.plan.parameters[id.index].formula = formula
    }
  }

  /// `parameter x 2025..2027 = a; b; c`: a series that is undefined in the other years.
  private mutating func yearlyValues(_ value: NodeID, _ node: NodeID, _ id: ParameterID) {
    var years: [Int] = []
    for child in tree.children(of: node) where tree[child].kind == .range || tree[child].kind == .literal {
      years = fixedYears(child) ?? []
    }
    if years.isEmpty { years = Array(0..<plan.yearCount) }
    formula = Formula(type: .hole, site: tree[value].site)
    next = 0
    let list = expression(value)
    guard case .list(let inner) = list.type else { return }
    let count = tree[value].kind == .literals ? Int(tree[value].wordRaw) : Array(tree.children(of: value)).count
    guard count == years.count else {
      diagnostics.add(DeclarationProblem.wrongCount(items: count, years: years.count), at: tree[value].site)
      return
    }
    let (at, offset) = (register(), constant(Number(Int64(1 - (years.first ?? 0)))))
    let made = register()
    emit(.year, at)
    emit(.add, at, at, offset)
    emit(.element, made, list.register, at)
    formula.result = made
    formula.type = inner
    formula.isSeries = true
    builder.plan.formulas.append(formula)
    builder.plan.parameters[id.index].formula = FormulaID(builder.plan.formulas.count - 1)
  }

  /// `normal(m; s)`, `segitiga(a; b; c)`, `a s.d. b`: kept for sampling; the plain value is the middle.
  private mutating func distribution(_ shape: NodeID, _ id: ParameterID) {
    var family = Distribution.Family.range
    var parts = Array(tree.children(of: shape))
    if tree[shape].kind == .call, let head = parts.first {
      parts.removeFirst()
      switch tree[head].word {
      case .normal: family = .normal
      case .lognormal: family = .lognormal
      case .uniform: family = .uniform
      case .triangular: family = .triangular
      case .discrete: family = .discrete
      default:
        _ = complain(.notCallable(name: sources.text(tree[head].site)), at: tree[head].site)
        return
      }
    } else if tree[shape].kind != .range {
      _ = complain(.expected(wanted: Bilingual("sebaran", "a distribution"), found: Bilingual("ungkapan", "an expression")), at: tree[shape].site)
      return
    }
    let wanted: Int? = family == .triangular ? 3 : family == .discrete ? nil : 2
    if let wanted, parts.count != wanted {
      _ = complain(.tooManyArguments(name: sources.text(tree[shape].site), wanted: wanted, given: parts.count), at: tree[shape].site)
      return
    }
    let figures = parts.compactMap { compile($0) }
    guard figures.count == parts.count, let first = figures.first else { return }
    builder.plan.parameters[id.index].distribution = Distribution(family: family, figures: figures)
    switch family {
    case .triangular: builder.plan.parameters[id.index].formula = figures[1]
    case .normal, .lognormal, .discrete: builder.plan.parameters[id.index].formula = first
    case .range, .uniform: if let middle = middle(parts) { builder.plan.parameters[id.index].formula = middle }
    }
  }

  private mutating func middle(_ parts: [NodeID]) -> FormulaID? {
    formula = Formula(type: .hole, site: tree[parts[0]].site)
    next = 0
    let (low, high) = (expression(parts[0]), expression(parts[1]))
    let type = joined(low, high, "s.d.", at: tree[parts[0]].site)
    let (made, two) = (register(), constant(Number(2)))
    emit(.add, made, low.register, high.register)
    emit(.divide, made, made, two)
    formula.result = made
    formula.type = type
    builder.plan.formulas.append(formula)
    return FormulaID(builder.plan.formulas.count - 1)
  }

  // MARK: What drives indicators

  mutating func resolveDrives(_ pending: [(tree: Int, node: NodeID, owner: EntityID)]) {
    for (index, id, owner) in pending {
      enter(index)
      guard let path = tree.firstChild(of: id), let indicator = entity(at: path) else { continue }
      guard plan.entities.kind[indicator.index] == .indicator else {
        _ = complain(.expected(wanted: Self.words(.indicator), found: Self.words(plan.entities.kind[indicator.index])), at: tree[path].site)
        continue
      }
      var response = Response(entity: owner, indicator: indicator, shape: nil, site: tree[path].site)
      for child in tree.children(of: id).dropFirst() where tree[child].kind == .word {
        switch tree[child].word {
        case .saturating: response.shape = .saturating
        case .perUnit, .unit: response.shape = .perUnit
        case .elastic: response.shape = .elastic
        case .tabular: response.shape = .tabular
        case .absolute: response.isAbsolute = true
        default: break
        }
      }
      if let block = tree.child(.block, of: id) {
        for part in tree.children(of: block) where tree[part].kind == .statement { assumption(part, &response) }
      }
      builder.plan.responses.append(response)
    }
  }

  private mutating func assumption(_ id: NodeID, _ response: inout Response) {
    guard let word = tree[id].word else { return }
    let roles: [(Word, String)] = [
      (.unitCost, "unitCost"), (.fixedCost, "fixedCost"), (.lump, "lump"), (.ceiling, "ceiling"),
      (.beneficiaries, "beneficiaries"), (.after, "lag"), (.spreading, "spread"), (.decay, "decay"),
      (.elasticity, "elasticity"), (.base, "base"), (.effect, "effect"), (.tabular, "point"), (.grade, "grade"),
    ]
    guard let role = roles.first(where: { $0.0 == word })?.1 else {
      diagnostics.add(DeclarationProblem.wrongPlace(what: Vocabulary.spelling(word, .indonesian), inside: "mendorong"), at: tree[id].site)
      return
    }
    var made = Assumption(role: role, value: nil, range: .none, source: .none, grade: 0, site: tree[id].site)
    if let clause = tree.clause(.accordingTo, of: id), let text = tree.firstChild(of: clause) { made.source = tree[text].site }
    let gradeNode = word == .grade ? tree.firstChild(of: id) : tree.clause(.grade, of: id).flatMap { tree.firstChild(of: $0) }
    if let gradeNode {
      let letter = sources.text(tree[gradeNode].site).uppercased()
      guard let grade = ["A", "B", "C", "D"].firstIndex(of: letter) else {
        diagnostics.add(DeclarationProblem.notFigure(wanted: Bilingual("mutu A, B, C atau D", "grade A, B, C or D")), at: tree[gradeNode].site)
        return
      }
      made.grade = UInt8(grade + 1)
    }
    if word != .grade, let value = tree.firstChild(of: id) {
      if tree[value].kind == .range, tree[value].word == .upTo {
        let ends = Array(tree.children(of: value))
        made.value = ends.count == 2 ? middle(ends) : nil
        if ends.count == 2, tree[ends[0]].kind == .literal, tree[ends[1]].kind == .literal {
          made.range = Target(number(ends[0]), number(ends[1]))
        }
      } else {
        made.value = compile(value)
      }
      if word == .after || word == .spreading, tree[value].kind == .literal {
        let years = Int(clamping: tree.literals[Int(tree[value].payload)].mantissa)
        if word == .after { response.lag = years } else { response.spread = years }
      }
    }
    response.assumptions.append(made)
  }

  private func number(_ id: NodeID) -> Number {
    let literal = tree.literals[Int(tree[id].payload)]
    return literal.kind == .money ? Number(literal.mantissa) : Number(mantissa: literal.mantissa, scale: Int(literal.scale))
  }

  // MARK: Rules and waivers

  mutating func resolveRules(_ pending: [(tree: Int, node: NodeID)]) {
    for (index, id) in pending {
      enter(index)
      let name = tree.child(.name, of: id).map { Symbol(raw: tree[$0].payload) } ?? Entities.unnamed
      var rule = Rule(
        name: name, title: tree.child(.text, of: id).map { tree[$0].site } ?? .none,
        isMandatory: tree.child(.word, of: id).map { tree[$0].word != .advisory } ?? true, basis: [],
        years: Array(0..<plan.yearCount), isYearly: false, members: nil, conditions: [],
        site: tree.child(.name, of: id).map { tree[$0].site } ?? tree[id].site)
      if let block = tree.child(.block, of: id) { for part in tree.children(of: block) { rulePart(part, &rule) } }
      builder.plan.rules.append(rule)
    }
  }

  private mutating func rulePart(_ id: NodeID, _ rule: inout Rule) {
    let node = tree[id]
    switch (node.kind, node.word) {
    case (.statement, .basis): for text in tree.children(of: id) { rule.basis.append(tree[text].site) }
    case (.statement, .inYear): if let years = tree.firstChild(of: id) { rule.years = fixedYears(years) ?? rule.years }
    case (.statement, .grade): break
    case (.statement, .show):
      guard let expression = tree.firstChild(of: id) else { return }
      conditions(expression, &rule, bound: [])
    case (.quantified, _): quantified(id, &rule)
    case (.hole, _): break
    default:
      diagnostics.add(
        DeclarationProblem.wrongPlace(what: node.word.map { Vocabulary.spelling($0, .indonesian) } ?? "", inside: "aturan"), at: node.site)
    }
  }

  /// `untuk p dalam set jika c: body`: one instance a member.
  private mutating func quantified(_ id: NodeID, _ rule: inout Rule) {
    let parts = Array(tree.children(of: id))
    guard let binder = parts.first, tree[binder].kind == .binder, let body = parts.last, parts.count >= 2 else { return }
    guard parts.filter({ tree[$0].kind == .binder }).count == 1, rule.members == nil,
      let set = memberSet(binder, parts.first { tree[$0].kind == .condition })
    else {
      // Several binders, or a set that is not fixed: one condition over all of them.
      return conditions(id, &rule, bound: [])
    }
    rule.members = set.members
    conditions(body, &rule, bound: [(set.name, set.kind)])
  }

  /// The members of `untuk p dalam set jika c` when the set is known now.
  mutating func memberSet(_ binder: NodeID, _ condition: NodeID?) -> (name: Symbol, kind: EntityKind?, members: MemberSet)? {
    let parts = Array(tree.children(of: binder))
    guard parts.count == 2 else { return nil }
    formula = Formula(type: .hole, site: tree[binder].site)
    next = 0
    let set = expression(parts[1])
    guard case .list(.entity(let kind)) = set.type else { return nil }
    var entities: [EntityID]
    if let last = formula.code.last, last.op == .entities {
      entities = formula.sets[Int(last.d)]
    } else if let last = formula.code.last, last.op == .below, formula.code.count == 2, formula.code[0].op == .constant,
      let owner = formula.constants[Int(formula.code[0].d)].whole, let kind {
      let root = EntityID(raw: UInt32(truncatingIfNeeded: owner))
      entities = plan.entities.kind.indices.filter { plan.entities.kind[$0] == kind && isBelow(root, EntityID($0)) }.map { EntityID($0) }
    } else {
      let listed = formula.code.filter { $0.op == .constant }.compactMap { formula.constants[Int($0.d)].whole }
      guard formula.code.allSatisfy({ [.list, .append, .constant, .figure].contains($0.op) }) else { return nil }
      entities = listed.map { EntityID(raw: UInt32(truncatingIfNeeded: $0)) }
    }
    let name = Symbol(raw: tree[parts[0]].payload)
    var members = MemberSet(entities: entities, condition: nil)
    if let condition, let child = tree.firstChild(of: condition) {
      members.condition = compile(child, wanting: .truth, bound: [(name, kind)])
    }
    return (name, kind, members)
  }

  /// The conditions of an expression: `dan` joins several, comparisons keep both sides.
  private mutating func conditions(_ id: NodeID, _ rule: inout Rule, bound: [(Symbol, EntityKind?)]) {
    let node = tree[id]
    if node.kind == .chain, node.word == .and {
      for part in tree.children(of: id) { conditions(part, &rule, bound: bound) }
      return
    }
    let before = diagnostics.errorCount
    guard let whole = compile(id, wanting: .truth, bound: bound) else {
      if diagnostics.errorCount == before { _ = complain(.notAnExpression, at: node.site) }
      return
    }
    if builder.plan.formulas[whole.index].isSeries { rule.isYearly = true }
    let sides = node.kind == .compare ? Array(tree.children(of: id)) : []
    if sides.count == 2, let relation = Self.relation(tree[sides[1]].lead), let left = compile(sides[0], bound: bound),
      let right = compile(sides[1], bound: bound) {
      rule.conditions.append(.comparison(whole: whole, left: left, relation, right: right, site: node.site))
    } else {
      rule.conditions.append(.truth(whole, site: node.site))
    }
  }

  private static func relation(_ lead: UInt8) -> Relation? {
    switch lead {
    case Node.equal: .equal
    case Node.unequal: .unequal
    case Node.less: .less
    case Node.lessEqual: .lessEqual
    case Node.greater: .greater
    case Node.greaterEqual: .greaterEqual
    case Node.member: .within
    default: nil
    }
  }

  mutating func resolveWaivers(_ pending: [(tree: Int, node: NodeID)]) {
    for (index, id) in pending {
      enter(index)
      guard let name = tree.child(.name, of: id) else { continue }
      let symbol = Symbol(raw: tree[name].payload)
      guard let row = plan.rules.firstIndex(where: { $0.name == symbol }) else {
        let text = names.text(symbol)
        let known = plan.rules.map { names.text($0.name) }
        diagnostics.add(DeclarationProblem.unknownRule(name: text, nearest: NearMiss.nearest(to: text, among: known)), at: tree[name].site)
        continue
      }
      var waiver = Waiver(rule: RuleID(row), entity: Entities.none, reason: .none, authority: .none, until: 0, site: tree[name].site)
      if let clause = tree.clause(.forEach, of: id), let path = tree.firstChild(of: clause) {
        guard let entity = entity(at: path) else { continue }
        waiver.entity = entity
      }
      if let clause = tree.clause(.because, of: id), let text = tree.firstChild(of: clause) { waiver.reason = tree[text].site }
      if let clause = tree.clause(.by, of: id), let text = tree.firstChild(of: clause) { waiver.authority = tree[text].site }
      if let clause = tree.clause(.until, of: id), let date = tree.firstChild(of: clause) { waiver.until = day(date) ?? 0 }
      for (site, word) in [(waiver.reason, Word.because), (waiver.authority, .by)] where site == .none {
        diagnostics.add(DeclarationProblem.missingClause(clause: Vocabulary.spelling(word, .indonesian), statement: "kecuali"), at: tree[id].site)
      }
      if waiver.until == 0 {
        diagnostics.add(DeclarationProblem.missingClause(clause: "sampai", statement: "kecuali"), at: tree[id].site)
        continue
      }
      builder.plan.waivers.append(waiver)
    }
  }

  /// A date as yyyymmdd; a month counts to its end.
  mutating func day(_ id: NodeID) -> Int? {
    let text = sources.text(tree[id].site)
    let parts = text.split(separator: "-").compactMap { Int($0) }
    let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard parts.count >= 2, parts[0] > 1900, (1...12).contains(parts[1]) else {
      if tree[id].kind != .hole { diagnostics.add(SyntaxProblem.badDate(text: text), at: tree[id].site) }
      return nil
    }
    var last = lengths[parts[1] - 1]
    if parts[1] == 2, !(parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0)) { last = 28 }
    if parts.count == 2 { return parts[0] * 10_000 + parts[1] * 100 + last }
    guard (1...last).contains(parts[2]) else {
      diagnostics.add(SyntaxProblem.badDate(text: text), at: tree[id].site)
      return nil
    }
    return parts[0] * 10_000 + parts[1] * 100 + parts[2]
  }
}
