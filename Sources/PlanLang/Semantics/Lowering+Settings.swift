/// `tetapkan`: a declared figure, of an entity or of a loop's member, or the money of a slice.
extension Lowering {
  /// Whose figure is set: an indicator, or a member that is one; nil after a complaint, or where it is neither.
  private mutating func bearer(at id: NodeID, _ bound: [(Symbol, EntityKind?)]) -> Bearer? {
    if tree[id].kind == .name || tree[id].kind == .word, let at = bound.lastIndex(where: { $0.0.raw == tree[id].payload }) {
      return bound[at].1 == .indicator ? .local(at) : nil
    }
    guard let entity = entity(at: id), plan.entities.kind[entity.index] == .indicator else { return nil }
    return .entity(entity)
  }

  /// `tetapkan X = E`.
  mutating func setting(_ id: NodeID, _ bound: [(Symbol, EntityKind?)]) -> Edit? {
    guard let path = tree.firstChild(of: id), let assign = tree.child(.assign, of: id), let value = tree.firstChild(of: assign),
      let target = settable(path, bound)
    else { return nil }
    guard let formula = compile(value, bound: bound) else { return nil }
    let wanted = types(of: target)
    if wanted.count == 1 { readAsPercent(formula, value, wanted[0]) }
    let found = plan.formulas[formula.index]
    for wanted in wanted {
      // What a scenario keeps is a figure.
      switch wanted {
      case .text, .list, .entity, .range:
        diagnostics.add(DeclarationProblem.notSettable, at: tree[path].site)
        return nil
      default: break
      }
      if !fits(found, wanted) {
        _ = complain(.expected(wanted: words(wanted), found: words(found.type)), at: tree[value].site)
        return nil
      }
    }
    return Edit(kind: .set(target, formula), years: [], isEqual: false, reason: .none, site: tree[id].site)
  }

  /// A bare number given to a percentage is points of percent, as in the indicator's own declaration: 9,8 is 9,8%.
  private mutating func readAsPercent(_ formula: FormulaID, _ value: NodeID, _ wanted: ValueType?) {
    let made = plan.formulas[formula.index]
    guard tree[value].kind == .literal || tree[value].kind == .literals, case .number(let unit)? = wanted, unit.raw == 1, case .number(let own) = made.type, own.raw == 0,
      made.constants.count == 1, made.code.count == 1
    else { return }
    builder.plan.formulas[formula.index].constants[0] = made.constants[0] / Number(100)
    builder.plan.formulas[formula.index].type = .number(unit)
  }

  /// The type of what is set; of each member's figure, each once, where `untuk` says whose it is.
  private func types(of target: SettableTarget) -> [ValueType] {
    switch target {
    case .target(let bearer, _), .finalTarget(let bearer), .projection(let bearer, _), .baseline(let bearer):
      var types: [ValueType] = []
      let members: [EntityID]
      switch bearer {
      case .entity(let entity): members = [entity]
      case .local(let at): members = loops.indices.contains(at) ? loops[at] : []
      }
      for member in members {
        guard let indicator = indicator(of: member) else { continue }
        let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
        if !types.contains(type) { types.append(type) }
      }
      return types
    case .parameter(let id): return [plan.formulas[plan.parameters[id.index].formula.index].type]
    case .budget: return [.money]
    }
  }

  private func fits(_ found: Formula, _ wanted: ValueType) -> Bool {
    if found.type == wanted { return true }
    guard case .number(let x) = found.type, case .number(let y) = wanted else { return false }
    // A figure of whichever indicator the member is has that indicator's unit.
    return x.raw == .max || x.raw == 0 && (y.raw > 2 || !loops.isEmpty && found.isBare) || x.raw == 2 && y.raw == 1
  }

  /// What `tetapkan` changes; nil after a complaint.
  private mutating func settable(_ id: NodeID, _ bound: [(Symbol, EntityKind?)]) -> SettableTarget? {
    var base = id
    var year: Int?
    if tree[id].kind == .slice, let inside = tree.firstChild(of: id) {
      let terms = Array(tree.children(of: id)).dropFirst()
      if tree[inside].kind == .member || tree[inside].kind == .name, terms.count == 1, let term = terms.first, tree[term].word == .inYear,
        let value = tree.firstChild(of: term) {
        year = fixedYears(value)?.first
        if year == nil { return nil }
        base = inside
      }
    }
    if tree[base].kind == .member {
      let parts = Array(tree.children(of: base))
      let word = tree[parts[1]].word
      if let word, [.target, .projection, .baseline].contains(word), let bearer = bearer(at: parts[0], bound) {
        switch (word, year) {
        case (.target, let year?): return .target(bearer, year: year)
        case (.projection, let year?): return .projection(bearer, year: year)
        case (.baseline, _): return .baseline(bearer)
        default: break
        }
        diagnostics.add(DeclarationProblem.needsYear, at: tree[id].site)
        return nil
      }
      if word == .final, tree[parts[0]].kind == .member {
        let inner = Array(tree.children(of: parts[0]))
        if tree[inner[1]].word == .target, let bearer = bearer(at: inner[0], bound) { return .finalTarget(bearer) }
      }
    }
    // A parameter may be called as a word of the language is: `biaya`, `m`.
    if tree[base].kind == .name || tree[base].kind == .word {
      for meaning in scope.meanings(of: Symbol(raw: tree[base].payload)) { if case .parameter(let id) = meaning { return .parameter(id) } }
    }
    start(at: id, bound)
    defer { locals = [] }
    let before = diagnostics.errorCount
    if case .money(let money) = reach(id), money.slices.count == 1, let year = money.years?.first, money.years?.count == 1 {
      return .budget(money.slices[0].template, year: year)
    }
    if diagnostics.errorCount == before { diagnostics.add(DeclarationProblem.notSettable, at: tree[id].site) }
    return nil
  }
}
