/// Projects (proyek): what they cost, what they are worth, what they need.
extension Checker {
  /// A statement inside a project that waits for all names.
  mutating func projectPart(_ id: NodeID, _ parent: EntityID) {
    guard parent != Entities.none, builder.plan.entities.kind[parent.index] == .project else { return misplaced(id, parent) }
    pending.projects.append((treeIndex, id, parent))
  }
}

extension Lowering {
  /// All projects of the plan, in order of declaration, with what is said of each.
  mutating func resolveProjects(_ pending: [(tree: Int, node: NodeID, owner: EntityID)]) {
    var rows: [EntityID: Int] = [:]
    for row in plan.entities.kind.indices where plan.entities.kind[row] == .project {
      rows[EntityID(row)] = builder.plan.projects.count
      builder.plan.projects.append(Project(entity: EntityID(row)))
    }
    for (index, id, owner) in pending {
      guard let row = rows[owner] else { continue }
      enter(index)
      switch tree[id].word {
      case .benefit: benefit(id, row)
      case .dimension:
        guard let part = tree.firstChild(of: id), tree[part].kind != .hole, let made = dimension(part) else { continue }
        if plan.projects[row].dimension != nil {
          diagnostics.add(DeclarationProblem.givenTwice(what: Bilingual("`dimensi`", "`dimension`")), at: tree[id].site)
          continue
        }
        builder.plan.projects[row].dimension = made
      case .requires:
        for part in tree.children(of: id) {
          let names = tree[part].kind == .chain && tree[part].word == .or ? Array(tree.children(of: part)) : [part]
          let anyOf = names.compactMap { project(at: $0) }
          if anyOf.count == names.count { builder.plan.projects[row].requires.append((anyOf, tree[part].site)) }
        }
      case .rejects:
        for part in tree.children(of: id) {
          guard let other = project(at: part) else { continue }
          if other == owner {
            diagnostics.add(DeclarationProblem.badShape(what: Bilingual("proyek tidak menolak dirinya sendiri", "a project does not exclude itself")), at: tree[part].site)
            continue
          }
          builder.plan.projects[row].rejects.append((other, tree[part].site))
        }
      default: costs(id, row)
      }
    }
    for project in plan.projects where project.costs.isEmpty {
      let isTold = pending.contains { $0.owner == project.entity && trees[$0.tree][$0.node].word == .unitCost }
      if isTold { continue }
      diagnostics.add(
        DeclarationProblem.missingPart(what: Word.unitCost.spoken, of: Word.project.spoken), at: plan.entities.site[project.entity.index])
    }
  }

  private mutating func benefit(_ id: NodeID, _ row: Int) {
    guard let part = tree.firstChild(of: id), let formula = compile(part) else { return }
    guard case .number = plan.formulas[formula.index].type, !plan.formulas[formula.index].isSeries else {
      _ = complain(.expected(wanted: Bilingual("bilangan", "a number"), found: words(plan.formulas[formula.index].type)), at: tree[part].site)
      return
    }
    builder.plan.projects[row].benefit = formula
  }

  /// A project by its path; nil after a complaint.
  mutating func project(at id: NodeID) -> EntityID? {
    guard let entity = entity(at: id) else { return nil }
    if plan.entities.kind[entity.index] == .project { return entity }
    _ = complain(.expected(wanted: Bilingual("proyek", "a project"), found: Self.words(plan.entities.kind[entity.index])), at: tree[id].site)
    return nil
  }

  /// `biaya 2026..2028 sumber dau = list`.
  private mutating func costs(_ id: NodeID, _ row: Int) {
    guard let amounts = yearlyAmounts(id) else { return }
    for (year, amount, site) in amounts.amounts {
      builder.plan.projects[row].costs.append(ProjectCost(year: year, source: amounts.source, amount: amount, site: site))
    }
  }

  /// Years, perhaps a source of funds, and an amount of rupiah a year; nil after a complaint. What is not given costs nothing.
  mutating func yearlyAmounts(_ id: NodeID) -> (source: SourceID, amounts: [(year: Int, amount: FormulaID, site: Site)])? {
    let parts = Array(tree.children(of: id))
    guard let assign = tree.child(.assign, of: id), let value = tree.firstChild(of: assign) else {
      if !parts.contains(where: { tree[$0].kind == .hole }) { diagnostics.add(DeclarationProblem.notMoney, at: tree[id].site) }
      return nil
    }
    var years = Array(0..<plan.yearCount)
    if let stated = parts.first(where: { tree[$0].kind == .range || tree[$0].kind == .literal }) {
      guard let fixed = fixedYears(stated) else {
        diagnostics.add(DeclarationProblem.notFigure(wanted: Bilingual("tahun, misalnya 2026", "a year, such as 2026")), at: tree[stated].site)
        return nil
      }
      if fixed.isEmpty { return nil }
      years = fixed
      if let first = years.first, let last = years.last, first > last {
        diagnostics.add(DeclarationProblem.yearsBackwards, at: tree[stated].site)
        return nil
      }
    } else if years.isEmpty {
      _ = complain(.noPeriod, at: tree[id].site)
      return nil
    }
    var source = SourceID(raw: 0)
    if let clause = tree.clause(.source, of: id), let part = tree.firstChild(of: clause) {
      guard let named = projectSource(part) else { return nil }
      source = named
    }
    guard let amounts = amounts(value) else { return nil }
    guard amounts.count == years.count else {
      diagnostics.add(DeclarationProblem.wrongCount(items: amounts.count, years: years.count), at: tree[value].site)
      return nil
    }
    return (source, zip(years, amounts).compactMap { year, one in one.formula.map { (year, $0, one.site) } })
  }

  private mutating func projectSource(_ part: NodeID) -> SourceID? {
    let written = sources.text(tree[part].site)
    if tree[part].kind == .code {
      if let code = names.known(written), let row = plan.sources.codeName.firstIndex(of: code) { return SourceID(row) }
    } else {
      for meaning in scope.meanings(of: Symbol(raw: tree[part].payload)) { if case .source(let id) = meaning { return id } }
    }
    let nearest = diagnostics.nearest(to: written, among: plan.sources.named(names))
    _ = complain(.unknownSource(name: written, nearest: nearest), at: tree[part].site)
    return nil
  }

  /// Amounts of rupiah one behind the other; a formula is nil where nothing is given. Nil after a complaint.
  private mutating func amounts(_ value: NodeID) -> [(formula: FormulaID?, site: Site)]? {
    var made: [(formula: FormulaID?, site: Site)] = []
    if tree[value].kind == .literals {
      for at in 0..<Int(tree[value].wordRaw) {
        let literal = tree.literals[Int(tree[value].payload) + at]
        guard literal.kind == .money, literal.mantissa >= 0 else {
          diagnostics.add(literal.kind == .money ? DeclarationProblem.negativeMoney : .notMoney, at: literal.site)
          return nil
        }
        builder.plan.formulas.append(constantFormula(Number(literal.mantissa), .money, at: literal.site))
        made.append((FormulaID(builder.plan.formulas.count - 1), literal.site))
      }
      return made
    }
    for part in tree[value].kind == .list ? Array(tree.children(of: value)) : [value] {
      if tree[part].kind == .literal, tree.literals[Int(tree[part].payload)].kind == .missing {
        made.append((nil, tree[part].site))
        continue
      }
      guard let formula = compile(part, wanting: .money) else { return nil }
      guard !plan.formulas[formula.index].isSeries else {
        _ = complain(.expected(wanted: Bilingual("rupiah satu tahun", "rupiah of one year"), found: Bilingual("deret tahunan", "a yearly series")), at: tree[part].site)
        return nil
      }
      made.append((formula, tree[part].site))
    }
    return made
  }
}
