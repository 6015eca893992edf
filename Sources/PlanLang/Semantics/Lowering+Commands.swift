/// Statements that do something: scenarios, edits, questions.
extension Lowering {
  /// What a statement asks for; nil after a complaint.
  mutating func command(_ id: NodeID) -> Command? {
    let node = tree[id]
    switch node.kind {
    case .quantified, .conditional: return step(id, bound: []).map { .edit($0) }
    case .statement: break
    default: return nil
    }
    switch node.word {
    case .scenario: return scenarioCommand(id)
    case .check: return optionalScenario(id).map { .check($0.name) }
    case .instrument: return optionalScenario(id).map { .instruments($0.name) }
    case .compare:
      var listed: [Symbol] = []
      for name in tree.children(of: id) {
        guard let symbol = scenarioName(name) else { return nil }
        listed.append(symbol)
      }
      return .compare(listed)
    case .show, .chart:
      if node.payload == 1, let name = assigned(id) {
        _ = complain(.unassigned(name: sources.text(tree[name].site)), at: tree[name].site)
        return nil
      }
      guard let shown = listed(id) else { return nil }
      let isLines = tree.firstChild(of: id).map { tree[$0].word == .lines } ?? false
      return node.word == .chart ? .chart(shown, isLines: isLines) : .show(shown, isBare: node.payload == 1)
    case .seek: return seek(id)
    case .choose: return choose(id)
    case .trace: return trace(id)
    case .report:
      guard let path = tree.child(.text, of: id) else { return nil }
      var script = ReportScript(path: tree[path].site, isMasterplan: tree.child(.word, of: id).map { tree[$0].word == .masterplan } ?? false)
      guard let name = tree.child(.name, of: id) else { return .report(script) }
      guard let scenario = scenarioName(name) else { return nil }
      script.scenario = scenario
      return .report(script)
    case .why: return why(id)
    case .reconcile: return reconcile(id)
    case .export: return export(id)
    case .sweep: return sweep(id)
    case .simulate: return simulate(id)
    case .sensitivity: return listed(id).map { .sensitivity($0) }
    case .stress: return optionalScenario(id).map { .stress($0.name) }
    case .who: return who(id)
    case .repair, .optimise, .tradeOff: return moving(id)
    default: return step(id, bound: []).map { .edit($0) }
    }
  }

  /// The name on the left of a bare `a = 1`, where nothing is called so: its `misal` was forgotten.
  private func assigned(_ id: NodeID) -> NodeID? {
    guard let part = tree.firstChild(of: id), tree[part].kind == .compare, case let sides = Array(tree.children(of: part)),
      sides.count == 2, tree[sides[0]].kind == .name, tree[sides[1]].lead == Node.equal,
      !scope.isKnown(Symbol(raw: tree[sides[0]].payload))
    else { return nil }
    return sides[0]
  }

  /// The expressions that stand below a node; nil after a complaint.
  mutating func listed(_ id: NodeID) -> [(formula: FormulaID, site: Site)]? {
    let parts = tree.children(of: id).filter { tree[$0].word != .lines }
    // Each is compiled, so that each tells what is wrong with it.
    let shown = parts.compactMap { part in compile(part).map { (formula: $0, site: tree[part].site) } }
    return shown.count == parts.count ? shown : nil
  }

  private mutating func optionalScenario(_ id: NodeID) -> (name: Symbol?, Bool)? {
    guard let name = tree.firstChild(of: id) else { return (nil, true) }
    return scenarioName(name).map { ($0, true) }
  }

  /// The scenario of edits that stand in none, in both languages.
  static let looseScenario = ["coba", "trial"]

  private func hasLooseEdit(before site: Site) -> Bool {
    tree.children(of: tree.root).contains { id in
      guard tree[id].site.start < site.start else { return false }
      switch (tree[id].kind, tree[id].word) {
      case (.quantified, _), (.conditional, _): return true
      case (.statement, .shift?), (.statement, .cut?), (.statement, .add?), (.statement, .postpone?), (.statement, .set?),
        (.statement, .change?), (.statement, .lock?), (.statement, .unlock?): return true
      default: return false
      }
    }
  }

  /// The scenario a name means; `base` is `dasar`.
  mutating func scenarioName(_ id: NodeID) -> Symbol? {
    let symbol = Symbol(raw: tree[id].payload)
    if scope.meanings(of: symbol).contains(.scenario) {
      return names.text(symbol) == "base" ? names.intern("dasar") : symbol
    }
    if Self.looseScenario.contains(names.text(symbol)), hasLooseEdit(before: tree[id].site) { return symbol }
    let name = sources.text(tree[id].site)
    let nearest = diagnostics.nearest(
      to: name, among: scope.sites.keys.sorted().filter { scope.meanings(of: $0).contains(.scenario) }.map { names.text($0) })
    diagnostics.add(DeclarationProblem.unknownScenario(name: name, nearest: nearest), at: tree[id].site)
    return nil
  }

  private mutating func scenarioCommand(_ id: NodeID) -> Command? {
    guard let name = tree.child(.name, of: id) else { return .scenarioTree }
    var script = ScenarioScript(
      name: Symbol(raw: tree[name].payload), title: tree.child(.text, of: id).map { tree[$0].site } ?? .none, parent: nil,
      date: 0, urgentGround: .none, steps: [], site: tree[name].site)
    let parent = tree.clause(.from, of: id).flatMap { tree.firstChild(of: $0) }
    script.parent = parent.flatMap { scenarioName($0) }
    if let clause = tree.clause(.dated, of: id), let date = tree.firstChild(of: clause) { script.date = day(date) ?? 0 }
    if let clause = tree.clause(.urgent, of: id), let text = tree.firstChild(of: clause) { script.urgentGround = tree[text].site }
    if let block = tree.child(.block, of: id) {
      for part in tree.children(of: block) {
        switch (tree[part].kind, tree[part].word) {
        case (.statement, .dated): if let date = tree.firstChild(of: part) { script.date = day(date) ?? 0 }
        case (.statement, .urgent): if let text = tree.firstChild(of: part) { script.urgentGround = tree[text].site }
        default:
          guard let step = step(part, bound: []) else { break }
          script.steps.append(step)
          script.stepSites.append(tree[part].site)
        }
      }
    }
    // Without its parent it cannot be, but what is wrong inside is told all the same.
    return parent != nil && script.parent == nil ? nil : .scenario(script)
  }

  // MARK: Steps

  private mutating func step(_ id: NodeID, bound: [(Symbol, EntityKind?)]) -> Step? {
    let node = tree[id]
    switch node.kind {
    case .quantified: return loop(id, bound)
    case .conditional: return choice(id, bound)
    case .statement: return edit(id, bound).map { .edit($0) }
    default: return nil
    }
  }

  private mutating func steps(_ id: NodeID, _ bound: [(Symbol, EntityKind?)]) -> [Step] {
    tree[id].kind == .block ? tree.children(of: id).compactMap { step($0, bound: bound) } : [step(id, bound: bound)].compactMap { $0 }
  }

  private mutating func loop(_ id: NodeID, _ bound: [(Symbol, EntityKind?)]) -> Step? {
    let parts = Array(tree.children(of: id))
    guard let binder = parts.first, tree[binder].kind == .binder, let body = parts.last, parts.count > 1 else { return nil }
    let condition = parts.first { tree[$0].kind == .condition }
    guard var set = memberSet(binder, nil) else {
      _ = complain(.expected(wanted: Bilingual("himpunan bagian rencana", "a set of parts of the plan"), found: Bilingual("daftar lain", "another list")), at: tree[binder].site)
      return nil
    }
    let inner = bound + [(set.name, set.kind)]
    loops.append(set.members.entities)
    defer { loops.removeLast() }
    if let condition, let child = tree.firstChild(of: condition) {
      guard let holds = compile(child, wanting: .truth, bound: inner) else { return nil }
      set.members.condition = holds
    }
    return .forEach(local: bound.count, set.members, steps(body, inner))
  }

  private mutating func choice(_ id: NodeID, _ bound: [(Symbol, EntityKind?)]) -> Step? {
    let parts = Array(tree.children(of: id))
    guard parts.count >= 2, let condition = compile(parts[0], wanting: .truth, bound: bound) else { return nil }
    return .choice(condition, then: steps(parts[1], bound), otherwise: parts.count > 2 ? steps(parts[2], bound) : [])
  }

  private mutating func edit(_ id: NodeID, _ bound: [(Symbol, EntityKind?)]) -> Edit? {
    let kind: EditKind
    var slicedYears: [Int]?
    switch tree[id].word {
    case .shift:
      guard let amount = amount(id, bound), let from = side(.from, id, bound, &slicedYears), let to = side(.to, id, bound, &slicedYears) else { return nil }
      kind = .shift(amount, from: from, to: to)
    case .cut:
      guard let amount = amount(id, bound), let from = side(.from, id, bound, &slicedYears) else { return nil }
      kind = .cut(amount, from: from)
    case .add:
      guard let amount = amount(id, bound), let to = side(.to, id, bound, &slicedYears) else { return nil }
      kind = .add(amount, to: to)
    case .postpone:
      guard let amount = amount(id, bound), let from = side(.from, id, bound, &slicedYears) else { return nil }
      let before = diagnostics.errorCount
      guard let clause = tree.clause(.to, of: id), let year = tree.firstChild(of: clause), let later = fixedYears(year)?.first else {
        if diagnostics.errorCount > before { return nil }
        diagnostics.add(DeclarationProblem.missingClause(clause: Word.to.spoken, statement: Word.postpone.spoken), at: tree[id].site)
        return nil
      }
      kind = .postpone(amount, from: from, toYear: later)
    case .lock, .unlock:
      var places: [Selection] = []
      for part in tree.children(of: id) {
        guard let place = selection(part, bound, &slicedYears) else { return nil }
        places.append(place)
      }
      return written(tree[id].word == .lock ? .lock(places) : .unlock(places), id, slicedYears ?? [])
    case .set: return setting(id, bound)
    case .change: return change(id, bound)
    default:
      guard let word = tree[id].word else { return nil }
      let problem: DeclarationProblem =
        Checker.asks(word)
        ? .wrongPlace(what: word.spoken, inside: Word.scenario.spoken) : .declarationInScenario(what: word.spoken)
      diagnostics.add(problem, at: tree[id].site)
      return nil
    }
    return withYears(kind, id, slicedYears)
  }

  /// An edit with what is written beside it.
  private func written(_ kind: EditKind, _ id: NodeID, _ years: [Int]) -> Edit {
    let reason = tree.clause(.because, of: id).flatMap { tree.firstChild(of: $0) }.map { tree[$0].site }
    return Edit(kind: kind, years: years, isEqual: tree.clause(.equally, of: id) != nil, reason: reason ?? .none, site: tree[id].site)
  }

  /// An edit in its years: its clause, else what its slices say, else the only year of the period.
  private mutating func withYears(_ kind: EditKind, _ id: NodeID, _ sliced: [Int]?) -> Edit? {
    let made: [Int]
    if let clause = tree.clause(.inYear, of: id), let years = tree.firstChild(of: clause) {
      guard let fixed = fixedYears(years), !fixed.isEmpty else {
        if fixedYears(years) == nil { diagnostics.add(DeclarationProblem.needsYear, at: tree[years].site) }
        return nil
      }
      made = fixed
    } else if let sliced {
      made = sliced
    } else if plan.yearCount == 1 {
      made = [0]
    } else {
      diagnostics.add(DeclarationProblem.needsYear, at: tree[id].site)
      return nil
    }
    if case .postpone(_, _, let later) = kind, let year = made.max(), later <= year {
      diagnostics.add(DeclarationProblem.laterYear, at: tree[id].site)
      return nil
    }
    return written(kind, id, made)
  }

  private mutating func amount(_ id: NodeID, _ bound: [(Symbol, EntityKind?)]) -> Amount? {
    guard let part = tree.firstChild(of: id) else { return nil }
    if tree[part].kind == .word, tree[part].word == .all { return .all }
    guard let formula = compile(part, bound: bound) else { return nil }
    switch plan.formulas[formula.index].type {
    case .money: return .money(formula)
    case .number(let unit) where unit.raw == 1 || unit.raw == 2: return .share(formula)
    default:
      diagnostics.add(DeclarationProblem.badAmount(found: words(plan.formulas[formula.index].type)), at: tree[part].site)
      return nil
    }
  }

  private mutating func side(_ word: Word, _ id: NodeID, _ bound: [(Symbol, EntityKind?)], _ years: inout [Int]?) -> Selection? {
    guard let clause = tree.clause(word, of: id), let part = tree.firstChild(of: clause) else {
      diagnostics.add(
        DeclarationProblem.missingClause(
          clause: word.spoken, statement: tree[id].word?.spoken ?? Bilingual("", "")),
        at: tree[id].site)
      return nil
    }
    return selection(part, bound, &years)
  }

  /// Begins to reach a path inside loops: their members are the first locals.
  mutating func start(at id: NodeID, _ bound: [(Symbol, EntityKind?)]) {
    formula = Formula(type: .hole, site: tree[id].site)
    next = 0
    locals = bound.map { ($0.0, Operand(register: register(), type: .entity($0.1))) }
  }

  /// A or B of an edit: a spending entity or a slice.
  mutating func selection(_ id: NodeID, _ bound: [(Symbol, EntityKind?)], _ years: inout [Int]?) -> Selection? {
    start(at: id, bound)
    defer { locals = [] }
    let before = diagnostics.errorCount
    let reached = reach(id)
    guard diagnostics.errorCount == before else { return nil }
    switch reached {
    case .entity(let operand):
      var template = SliceTemplate(document: plan.workingDocument)
      if let entity = operand.entity {
        let parts = plan.ground(entity) ?? (plan.entities.kind[entity.index].spends ? [entity] : [])
        if parts.isEmpty {
          diagnostics.add(DeclarationProblem.notMoneyPlace(found: Self.words(plan.entities.kind[entity.index])), at: tree[id].site)
          return nil
        }
        template.anchors = .entities(parts)
      } else {
        template.anchors = .local(Int(operand.register))
      }
      return Selection(slice: template, site: tree[id].site)
    case .money(let money):
      guard money.slices.count == 1, money.yearRegister == nil else { break }
      if let sliced = money.years { years = sliced }
      return Selection(slice: grounded(money), site: tree[id].site)
    case .value(let operand):
      if operand.type == .hole { return nil }
      diagnostics.add(DeclarationProblem.notMoneyPlace(found: words(operand.type)), at: tree[id].site)
      return nil
    default: break
    }
    diagnostics.add(DeclarationProblem.notMoneyPlace(found: Bilingual("ini", "this")), at: tree[id].site)
    return nil
  }

  /// The one slice of a path, an initiative's put on the parts that have its money.
  func grounded(_ money: MoneyReach) -> SliceTemplate {
    var slice = money.slices[0].template
    guard let initiative = money.initiative else { return slice }
    if slice.document == Plan.roadmap {
      slice.anchors = .entities([initiative])
      return slice
    }
    let parts = plan.ground(initiative) ?? []
    slice.anchors = .entities(slice.within.map { common(parts, $0) } ?? parts)
    slice.within = nil
    return slice
  }

  /// `ubah pendapatan dau turun 10% tahun 2026`.
  private mutating func change(_ id: NodeID, _ bound: [(Symbol, EntityKind?)]) -> Edit? {
    let parts = Array(tree.children(of: id)).filter { tree[$0].kind != .clause }
    guard parts.count == 4, tree[parts[0]].kind == .word else {
      diagnostics.add(DeclarationProblem.notSettable, at: tree[id].site)
      return nil
    }
    guard let source = source(parts[1]), let formula = compile(parts[3], bound: bound) else { return nil }
    let amount: Amount
    switch plan.formulas[formula.index].type {
    case .money: amount = .money(formula)
    case .number(let unit) where unit.raw == 1 || unit.raw == 2: amount = .share(formula)
    default:
      diagnostics.add(DeclarationProblem.badAmount(found: words(plan.formulas[formula.index].type)), at: tree[parts[3]].site)
      return nil
    }
    return withYears(
      .change(tree[parts[0]].word == .financing ? .receipt : .revenue, source: source, amount, isDown: tree[parts[2]].word == .down), id, nil)
  }
}
