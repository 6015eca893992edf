/// The second pass: links, parameters, rules, waivers and commands, now that all names are known.
extension Checker {
  /// Resolves what waits and hands over the plan with its names.
  consuming func resolve() -> (checked: Checked, names: Names) {
    builder.fileIndicators()
    var lowering = Lowering(builder: builder, scope: scope, sources: sources, names: names, trees: trees)
    lowering.hasToldNoPeriod = hasToldNoPeriod
    let (pending, built) = (pending, builder)
    var commands: [CheckedCommand] = []
    // Nothing that is lowered adds an entity or a cell.
    var (levels, sorted): ([PlanBuilder.DoubleLevel], PlanBuilder.Sorted) = ([], (Entities(), nil))
    Beside.run(isWorthIt: built.cellCount > 1 << 12, { commands = lowering.lower(pending) }, {
      levels = built.doubleLevels()
      sorted = built.sorted()
    })
    tell(levels)
    diagnostics.append(lowering.diagnostics)
    let finished = lowering.finish(sorted)
    if finished.overflow { complain(.tooMuchMoney, at: builder.plan.region) } else { checkTwins(finished.plan) }
    let checked = Checked(
      plan: finished.plan, scope: scope, commands: commands, diagnostics: diagnostics, findings: findings)
    return (checked, finished.names)
  }

  /// The commands of one more text against a checked plan; what they compile is added to the plan's formulas.
  static func commands(
    of tree: Tree, in checked: Checked, inputs: [Tree], sources: SourceMap, names: inout Names
  ) -> (commands: [CheckedCommand], plan: Plan, diagnostics: DiagnosticList) {
    var builder = PlanBuilder()
    builder.plan = checked.plan
    var lowering = Lowering(
      builder: builder, scope: checked.scope, sources: sources, names: names, trees: inputs + [tree])
    lowering.enter(inputs.count)
    var commands: [CheckedCommand] = []
    for id in tree.children(of: tree.root) {
      if tree[id].kind == .statement, let word = tree[id].word, !Self.asks(word) {
        lowering.diagnostics.add(
          DeclarationProblem.wrongPlace(what: word.spoken, inside: Bilingual("pertanyaan", "a question")),
          at: tree[id].site)
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
    case .check, .compare, .show, .instrument, .scenario, .shift, .cut, .add, .postpone, .set, .change, .lock, .unlock,
      .seek, .chart, .trace, .why, .who, .report, .reconcile, .export, .sweep, .simulate, .sensitivity,
      .stress, .repair, .optimise, .tradeOff, .choose:
      true
    default: false
    }
  }
}

extension Lowering {
  /// Lowers all that waited until every name was known; the commands in order.
  mutating func lower(_ pending: Checker.Pending) -> [CheckedCommand] {
    parameterNodes = pending.parameters.map { ($0.tree, $0.node) }
    resolveSupports(pending.supports)
    resolveInitiatives(pending.initiatives)
    resolveParameters()
    resolveDefinitions()
    resolveDrives(pending.drives)
    resolveProjects(pending.projects)
    resolveSpillovers(pending.spillovers)
    resolveCorrelations(pending.correlations)
    resolveRules(pending.rules)
    resolveWaivers(pending.waivers)
    var commands: [CheckedCommand] = []
    for (index, id) in pending.commands {
      enter(index)
      if let command = command(id) { commands.append(CheckedCommand(command: command, site: tree[id].site)) }
    }
    return commands
  }

  /// The finished plan; an overflow of the sums is told beside it.
  consuming func finish(_ sorted: PlanBuilder.Sorted) -> (plan: Plan, names: Names, overflow: Bool) {
    let made = builder
    do throws(Overflow) {
      return (try made.finish(sorted), names, false)
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
          _ = complain(
            .expected(
              wanted: Bilingual("sasaran, tujuan, misi atau indikator", "an objective, goal, mission or indicator"),
              found: Self.words(kind)), at: tree[part].site)
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

  /// Each `misal` and `rumus` is looked at once, used or not; what has errors is told here and nowhere else.
  mutating func resolveDefinitions() {
    defer { longest = Self.longest }
    for row in scope.lettings.indices where !isSound(scope.lettings[row], (true, row)) { brokenLettings.insert(row) }
    for row in scope.formulas.indices where !isSound(scope.formulas[row], (false, row)) { brokenFormulas.insert(row) }
  }

  /// Compiles a definition for its complaints only; the parameters of a `rumus` may be anything.
  private mutating func isSound(_ definition: Definition, _ itself: (isLetting: Bool, row: Int)) -> Bool {
    let before = diagnostics.errorCount
    enter(definition.tree)
    formula = Formula(type: .hole, site: definition.site)
    next = 0
    locals = definition.parameters.map { ($0, Operand.hole(register())) }
    expanding = [itself]
    _ = expression(definition.body)
    locals = []
    expanding = []
    if diagnostics.errorCount == before, isTooLarge {
      // Told once: what uses it, or is used by it, may be as long, and is not expanded as far.
      if longest < Self.longest { diagnostics.follow() } else { _ = complain(.tooLargeFormula, at: definition.site) }
      longest = Self.longest / 10
    }
    return diagnostics.errorCount == before
  }

  /// Compiles all parameters, each before what uses it, in whatever order they are declared.
  mutating func resolveParameters() {
    for row in parameterNodes.indices { _ = isResolved(ParameterID(row)) }
    parameterNodes = []
  }

  /// Compiles a parameter that is used before its turn; false when that goes in a circle.
  mutating func isResolved(_ id: ParameterID) -> Bool {
    if builder.plan.parameters[id.index].formula.raw != .max { return true }
    if resolving.contains(id) || !parameterNodes.indices.contains(id.index) { return false }
    let outer = (tree: treeIndex, formula: formula, next: next, locals: locals, expanding: expanding)
    let (outerScenario, outerNow, outerSite) = (inScenario, scenarioNow, site)
    (inScenario, scenarioNow) = (nil, -1)
    resolving.append(id)
    let (index, node) = parameterNodes[id.index]
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
    resolving.removeLast()
    enter(outer.tree)
    (formula, next, locals, expanding) = (outer.formula, outer.next, outer.locals, outer.expanding)
    (inScenario, scenarioNow, site) = (outerScenario, outerNow, outerSite)
    return true
  }

  func constantFormula(_ number: Number, _ type: ValueType, at site: Site) -> Formula {
    var made = Formula(type: type, site: site)
    made.constants = [number]
    made.code = [Instruction(.constant, 0, 0, 0, 0)]
    made.sites = [site]
    return made
  }

  private mutating func plainValue(_ value: NodeID, _ node: NodeID, _ id: ParameterID) {
    if tree[value].kind == .range, tree[value].word == .upTo { return distribution(value, id) }
    let hasYears = tree.children(of: node).contains { tree[$0].kind == .range || tree[$0].kind == .literal }
    let isSeries = hasYears || tree[value].kind == .list || tree[value].kind == .literals && tree[value].wordRaw > 1
    if isSeries {
      yearlyValues(value, node, id)
    } else if let formula = compile(value) {
      builder.plan.parameters[id.index].formula = formula
    }
  }

  /// `parameter x 2025..2027 = a; b; c`: a series that is undefined in the other years.
  private mutating func yearlyValues(_ value: NodeID, _ node: NodeID, _ id: ParameterID) {
    var years = Array(0..<plan.yearCount)
    for child in tree.children(of: node) where tree[child].kind == .range || tree[child].kind == .literal {
      guard let stated = fixedYears(child) else {
        diagnostics.add(
          DeclarationProblem.notFigure(wanted: Bilingual("tahun, misalnya 2026", "a year, such as 2026")),
          at: tree[child].site)
        return
      }
      if stated.isEmpty { return }
      if let first = stated.first, let last = stated.last, first > last {
        return diagnostics.add(DeclarationProblem.yearsBackwards, at: tree[child].site)
      }
      years = stated
    }
    let isList = tree[value].kind == .list
    let count =
      tree[value].kind == .literals ? Int(tree[value].wordRaw) : isList ? Array(tree.children(of: value)).count : 1
    guard count == years.count else {
      diagnostics.add(DeclarationProblem.wrongCount(items: count, years: years.count), at: tree[value].site)
      return
    }
    formula = Formula(type: .hole, site: tree[value].site)
    next = 0
    var list = expression(value)
    if case .list = list.type {} else { list = listed(list) }
    guard case .list(let inner) = list.type else { return }
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

  /// A list of one value.
  private mutating func listed(_ value: Operand) -> Operand {
    if value.type == .hole { return value }
    let made = register()
    emit(.list, made)
    emit(.append, made, value.register)
    return Operand(register: made, type: .list(value.type))
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
      _ = complain(
        .expected(wanted: Bilingual("sebaran", "a distribution"), found: Bilingual("ungkapan", "an expression")),
        at: tree[shape].site)
      return
    }
    let wanted: Int? = family == .triangular ? 3 : family == .discrete ? (parts.isEmpty ? 1 : nil) : 2
    if let wanted, parts.count != wanted {
      _ = complain(
        .tooManyArguments(name: sources.text(tree[shape].site), wanted: wanted, given: parts.count),
        at: tree[shape].site)
      return
    }
    let figures = parts.compactMap { compile($0) }
    guard figures.count == parts.count, let first = figures.first, isAlike(figures, family) else { return }
    if let drawn = figures.first(where: { isDrawn($0) }) {
      return diagnostics.add(
        DeclarationProblem.badShape(
          what: Bilingual("angka sebuah sebaran tidak bergantung pada parameter yang bersebaran sendiri", "the figures of a distribution hang on no parameter with a distribution of its own")),
        at: plan.formulas[drawn.index].site)
    }
    builder.plan.parameters[id.index].distribution = Distribution(family: family, figures: figures)
    let known = figures.compactMap { plan.formulas[$0.index].fixed?.real }
    if known.count == figures.count, !Distribution.isPossible(family, known) {
      diagnostics.add(
        DeclarationProblem.badShape(
          what: Bilingual("sebaran ini tidak mungkin: angkanya dari kecil ke besar, simpangannya tidak di bawah nol",
            "this distribution is impossible: its figures go from low to high, its spread is not below zero")),
        at: tree[shape].site)
    }
    switch family {
    case .triangular: builder.plan.parameters[id.index].formula = figures[1]
    case .normal, .lognormal, .discrete: builder.plan.parameters[id.index].formula = first
    case .range, .uniform: if let middle = middle(parts) { builder.plan.parameters[id.index].formula = middle }
    }
  }

  /// Whether a formula hangs on a parameter with a distribution.
  private func isDrawn(_ id: FormulaID) -> Bool {
    plan.formulas[id.index].code.contains { one in
      guard one.op == .parameter, plan.parameters.indices.contains(Int(one.d)) else { return false }
      let parameter = plan.parameters[Int(one.d)]
      return parameter.distribution != nil || plan.formulas.indices.contains(parameter.formula.index) && isDrawn(parameter.formula)
    }
  }

  /// Whether the figures of a distribution are rupiah, or all of them numbers; the spread of a lognormal is of logarithms.
  private mutating func isAlike(_ figures: [FormulaID], _ family: Distribution.Family) -> Bool {
    guard let first = figures.first, case let type = plan.formulas[first.index].type else { return false }
    for one in figures.dropFirst() {
      let other = plan.formulas[one.index]
      let wanted = family == .lognormal && type == .money ? .number(UnitID(raw: 0)) : type
      if other.type == .hole || type == .hole || (other.type == .money) == (wanted == .money) { continue }
      _ = complain(.expected(wanted: words(wanted), found: words(other.type)), at: other.site)
      return false
    }
    return true
  }

  mutating func middle(_ parts: [NodeID]) -> FormulaID? {
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
}
