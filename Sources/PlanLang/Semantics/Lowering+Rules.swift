/// Rules and their waivers.
extension Lowering {
  mutating func resolveRules(_ pending: [(tree: Int, node: NodeID, pack: Int)]) {
    for (index, id, pack) in pending {
      enter(index)
      let name = tree.child(.name, of: id).map { Symbol(raw: tree[$0].payload) } ?? Entities.unnamed
      var rule = Rule(
        name: name, title: tree.child(.text, of: id).map { tree[$0].site } ?? .none,
        isMandatory: tree.child(.word, of: id).map { tree[$0].word != .advisory } ?? true, basis: [],
        years: Array(0..<plan.yearCount), isYearly: false, members: nil, conditions: [],
        site: tree.child(.name, of: id).map { tree[$0].site } ?? tree[id].site)
      rule.pack = pack
      let before = diagnostics.errorCount
      if let reason = restrict(&rule, id) {
        builder.plan.dormant.append(DormantRule(name: name, title: rule.title, pack: pack, reason: reason))
        continue
      }
      var isWhole = false
      if let block = tree.child(.block, of: id) {
        isWhole = !tree.children(of: block).contains { hasHole($0) }
        for part in tree.children(of: block) { rulePart(part, &rule) }
      }
      if rule.conditions.isEmpty, isWhole, diagnostics.errorCount == before {
        diagnostics.add(
          DeclarationProblem.missingPart(what: Bilingual("syarat", "a condition"), of: Word.rule.spoken), at: rule.site)
      }
      builder.plan.rules.append(rule)
    }
  }

  /// Whether a statement was not understood: what it lacks was told already.
  private func hasHole(_ id: NodeID) -> Bool {
    tree[id].kind == .hole || tree.children(of: id).contains { tree[$0].kind == .hole }
  }

  private mutating func rulePart(_ id: NodeID, _ rule: inout Rule) {
    let node = tree[id]
    switch (node.kind, node.word) {
    case (.statement, .basis): for text in tree.children(of: id) { rule.basis.append(tree[text].site) }
    case (.statement, .inYear): if let years = tree.firstChild(of: id) { rule.years = fixedYears(years) ?? rule.years }
    case (.statement, .grade):
      let grade = tree.firstChild(of: id).map { sources.text(tree[$0].site).lowercased() } ?? ""
      guard let at = ["a", "b", "c", "d"].firstIndex(of: grade) else {
        return diagnostics.add(DeclarationProblem.notFigure(wanted: Bilingual("A, B, C atau D", "A, B, C or D")), at: node.site)
      }
      rule.grade = UInt8(at + 1)
    case (.statement, .hint): rule.hint = tree.firstChild(of: id).map { tree[$0].site } ?? .none
    case (.statement, .inForce): break
    case (.statement, .show):
      guard let expression = tree.firstChild(of: id) else { return }
      conditions(expression, &rule, bound: [])
    case (.quantified, _): quantified(id, &rule)
    case (.hole, _): break
    default:
      diagnostics.add(
        DeclarationProblem.wrongPlace(what: node.word?.spoken ?? Bilingual("ungkapan", "an expression"), inside: Word.rule.spoken), at: node.site)
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
    if let condition = set.members.condition, plan.formulas[condition.index].isSeries { rule.isYearly = true }
    for part in statements(of: body) { conditions(part, &rule, bound: [(set.name, set.kind)]) }
  }

  /// The expressions of `untuk ... { }`, one a line; the body itself where it is no block.
  func statements(of body: NodeID) -> [NodeID] {
    guard tree[body].kind == .block else { return [body] }
    return tree.children(of: body).map { isBare($0) ? tree.firstChild(of: $0) ?? $0 : $0 }
  }

  private func isBare(_ id: NodeID) -> Bool { tree[id].word == .show && tree[id].payload == 1 }

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
    if sides.count == 2, !comparesCategory(sides, bound), let relation = Self.relation(tree[sides[1]].lead),
      let left = compile(sides[0], bound: bound), let right = compile(sides[1], bound: bound) {
      rule.conditions.append(.comparison(whole: whole, left: left, relation, right: right, site: node.site))
    } else {
      rule.conditions.append(.truth(whole, site: node.site))
    }
  }

  /// Whether the right side is a category (`p.fungsi = kesehatan`) and so no figure of its own.
  private mutating func comparesCategory(_ sides: [NodeID], _ bound: [(Symbol, EntityKind?)]) -> Bool {
    locals = bound.map { ($0.0, Operand(register: 0, type: .entity($0.1))) }
    defer { locals = [] }
    return comparedAttribute(sides) != nil
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
        let isKept = plan.packs.contains { $0.excluded.contains(symbol) } || plan.dormant.contains { $0.name == symbol }
        if isKept { continue }
        let text = sources.text(tree[name].site)
        let nearest = diagnostics.nearest(to: text, among: plan.rules.map { names.text($0.name) })
        diagnostics.add(DeclarationProblem.unknownRule(name: text, nearest: nearest), at: tree[name].site)
        continue
      }
      var waiver = Waiver(rule: RuleID(row), entity: Entities.none, reason: .none, authority: .none, until: 0, site: tree[name].site)
      if let clause = tree.clause(.forEach, of: id), let path = tree.firstChild(of: clause) {
        guard let entity = entity(at: path) else { continue }
        waiver.entity = entity
      }
      if let clause = tree.clause(.because, of: id), let text = tree.firstChild(of: clause) { waiver.reason = tree[text].site }
      if let clause = tree.clause(.by, of: id), let text = tree.firstChild(of: clause) { waiver.authority = tree[text].site }
      let until = tree.clause(.until, of: id).flatMap { tree.firstChild(of: $0) }
      if let until { waiver.until = day(until) ?? 0 }
      let parts = [(waiver.reason == .none, Word.because), (waiver.authority == .none, .by), (until == nil, .until)]
      for (isMissing, word) in parts where isMissing {
        diagnostics.add(DeclarationProblem.missingClause(clause: word.spoken, statement: Word.except.spoken), at: tree[id].site)
      }
      if waiver.until == 0 { continue }
      builder.plan.waivers.append(waiver)
    }
  }

  /// A date as yyyymmdd; a month counts to its end.
  mutating func day(_ id: NodeID) -> Int? {
    let text = sources.text(tree[id].site)
    let day = CalendarDay.read(text, orMonth: true)
    if day == nil, tree[id].kind != .hole { diagnostics.add(SyntaxProblem.badDate(text: text), at: tree[id].site) }
    return day
  }
}
