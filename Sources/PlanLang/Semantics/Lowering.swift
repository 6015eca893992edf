/// Where the value of an expression stands while it is compiled, and what it is.
struct Operand {
  var register: UInt16
  var type: ValueType
  /// Whether it differs by year: it reads the current year.
  var isSeries = false
  /// The years a sliced series was asked for.
  var years: [Int]?
  /// For a range: the register of its upper end.
  var upper: UInt16?
  /// Digits that count in comparisons, for figures of an indicator; -1 for exact.
  var digits = -1
  /// The register of the indicator it is a figure of, when that is known only when it runs.
  var indicator: UInt16?
  /// The entity it is, when that is known now.
  var entity: EntityID?
  /// Whether it is a bare number as written, which takes the unit of the other side.
  var isLiteral = false

  static func hole(_ register: UInt16 = 0) -> Operand { Operand(register: register, type: .hole) }
}

/// Checked expressions to formulas: types are settled, names become ids, slices are resolved; nothing runs.
///
/// One lowering compiles one formula; what it makes (units, accounts) goes to the plan being built.
struct Lowering {
  var builder: PlanBuilder
  let scope: Scope
  let sources: SourceMap
  var names: Names
  let trees: [Tree]
  var diagnostics = DiagnosticList()
  /// Whether it was already said that the plan has no period.
  var hasToldNoPeriod = false
  /// Rows of `misal` and `rumus` that have errors, told once: what uses them says nothing more.
  var brokenLettings: Set<Int> = []
  var brokenFormulas: Set<Int> = []
  /// The tree the current node stands in.
  var tree: Tree
  var treeIndex: Int
  var formula = Formula(type: .hole, site: .none)
  var next: UInt16 = 0
  /// Names bound by `untuk`, `lipat` and `rumus`, innermost last.
  var locals: [(name: Symbol, operand: Operand)] = []
  /// The members of the loops around the edit being compiled, outermost first.
  var loops: [[EntityID]] = []
  /// The `rumus` whose body is being explained, outermost first.
  var frames: [CallFrame] = []
  /// `misal` and `rumus` being expanded, for cycles.
  var expanding: [(isLetting: Bool, row: Int)] = []
  /// The scenario the path being reached is read in, as a row of `formula.scenarios`.
  var inScenario: Int?
  /// The site currently compiled, beside each instruction.
  var site = Site.none
  /// How many expressions, paths and definitions are open: definitions nest beyond what one text may.
  var nesting = 0
  /// Whether that was too deep in the formula being compiled: one complaint is enough.
  var isTooDeep = false
  /// How many instructions the formula being compiled may have.
  var longest = Lowering.longest
  /// Where the value of each parameter is written; empty once all are compiled.
  var parameterNodes: [(tree: Int, node: NodeID)] = []
  /// Parameters being compiled, for circles.
  var resolving: [ParameterID] = []
  /// The scenario that runs where the next instruction stands, as a row of `formula.scenarios`; -1 for the own one.
  var scenarioNow = -1

  init(builder: PlanBuilder, scope: Scope, sources: SourceMap, names: Names, trees: [Tree]) {
    self.builder = builder
    self.scope = scope
    self.sources = sources
    self.names = names
    self.trees = trees
    tree = trees.first ?? Tree()
    treeIndex = 0
  }

  var plan: Plan { _read { yield builder.plan } }

  /// Stands in another tree.
  mutating func enter(_ index: Int) {
    guard index != treeIndex || tree.nodes.count == 1 else { return }
    treeIndex = index
    tree = trees[index]
  }

  // MARK: Emitting

  mutating func register() -> UInt16 {
    let made = next
    if next < UInt16.max - 1 { next += 1 }
    formula.registers = max(formula.registers, Int(next))
    return made
  }

  mutating func emit(_ op: Opcode, _ a: UInt16 = 0, _ b: UInt16 = 0, _ c: UInt16 = 0, _ d: Int = 0) {
    formula.code.append(Instruction(op, a, b, c, Int32(truncatingIfNeeded: d)))
    formula.sites.append(site)
  }

  /// Where the next instruction will stand.
  var here: Int { formula.code.count }

  /// Lets a jump go to the next instruction.
  mutating func land(_ jump: Int) { formula.code[jump].d = Int32(truncatingIfNeeded: here) }

  mutating func constant(_ number: Number) -> UInt16 {
    let made = register()
    formula.constants.append(number)
    emit(.constant, made, 0, 0, formula.constants.count - 1)
    return made
  }

  mutating func complain(_ problem: MeaningProblem, at site: Site) -> Operand {
    switch problem {
    case .noPeriod where hasToldNoPeriod: diagnostics.follow()
    case .unknownName, .unassigned, .unknownCode, .unknownMember, .wrongDimension:
      if scope.isPartial { diagnostics.follow() } else { diagnostics.add(problem, at: site) }
    default: diagnostics.add(problem, at: site)
    }
    if case .noPeriod = problem { hasToldNoPeriod = true }
    return .hole(constant(.undefined))
  }

  /// How deep expressions may nest once `misal`, `rumus` and `parameter` are expanded: a bound on the stack.
  static let deepest = 400

  /// Goes one level deeper; false, after one complaint, when that is too deep.
  mutating func deepen(at site: Site) -> Bool {
    nesting += 1
    if nesting <= Self.deepest { return true }
    if !isTooDeep { diagnostics.add(MeaningProblem.tooLargeFormula, at: site) }
    isTooDeep = true
    return false
  }

  // MARK: Whole formulas

  /// How many instructions a formula may have.
  static let longest = 200_000
  /// Whether the formula that is being made has more instructions or registers than one may have.
  var isTooLarge: Bool {
    formula.code.count > longest || next == UInt16.max - 1
  }

  /// Compiles an expression as a formula of its own and adds it to the plan; nil when it has errors.
  mutating func compile(_ node: NodeID, wanting wanted: ValueType? = nil, bound: [(Symbol, EntityKind?)] = []) -> FormulaID? {
    let before = diagnostics.errorCount
    formula = Formula(type: .hole, site: tree[node].site)
    next = 0
    locals = []
    // What is bound here is not bound in the statements behind it.
    defer { locals = [] }
    expanding = []
    scenarioNow = -1
    if nesting == 0 { isTooDeep = false }
    formula.locals = bound.count
    for (name, kind) in bound {
      locals.append((name, Operand(register: register(), type: .entity(kind))))
    }
    bindFrames(for: node)
    var value = expression(node)
    if let wanted { value = expect(wanted, value, at: tree[node].site) }
    guard diagnostics.errorCount == before else { return nil }
    if isTooLarge {
      _ = complain(.tooLargeFormula, at: tree[node].site)
      return nil
    }
    return finished(value)
  }

  /// Compiles a `rumus` as one of an amount of rupiah, which stands in its first register; nil after a complaint.
  mutating func compile(_ row: Int, ofMoney site: Site) -> FormulaID? {
    let before = diagnostics.errorCount
    formula = Formula(type: .hole, site: site)
    (next, locals, expanding, scenarioNow) = (0, [], [], -1)
    if nesting == 0 { isTooDeep = false }
    formula.locals = 1
    let value = call(formula: row, [Operand(register: register(), type: .money)], at: site)
    guard diagnostics.errorCount == before, !brokenFormulas.contains(row) else { return nil }
    return finished(value)
  }

  /// Keeps the formula that was made, with the value it ends in.
  private mutating func finished(_ value: Operand) -> FormulaID {
    formula.result = value.register
    formula.upper = value.upper ?? value.register
    formula.type = value.type
    formula.isSeries = value.isSeries
    formula.years = value.years
    formula.digits = value.digits
    hoistConstants()
    builder.plan.formulas.append(formula)
    return FormulaID(builder.plan.formulas.count - 1)
  }

  /// Gives the names of the `rumus` being explained what they stand for; only those that are needed, so that nothing
  /// else is read.
  private mutating func bindFrames(for node: NodeID) {
    if frames.isEmpty { return }
    let own = treeIndex
    var wanted: [Set<Symbol>] = []
    var mentioned = self.mentioned([node])
    for frame in frames.reversed() {
      wanted.insert(mentioned, at: 0)
      enter(frame.tree)
      mentioned = self.mentioned(zip(frame.names, frame.arguments).filter { mentioned.contains($0.0) }.map(\.1))
    }
    for (frame, wanted) in zip(frames, wanted) {
      enter(frame.tree)
      locals = zip(frame.names, frame.arguments).map { name, argument in
        (name, wanted.contains(name) ? expression(argument) : Operand.hole(0))
      }
    }
    enter(own)
  }

  /// The names that stand in some parts of the tree.
  private func mentioned(_ nodes: [NodeID]) -> Set<Symbol> {
    var found: Set<Symbol> = []
    var open = nodes
    while let id = open.popLast() {
      if tree[id].kind == .name { found.insert(Symbol(raw: tree[id].payload)) }
      open += tree.children(of: id)
    }
    return found
  }

  /// Holds a value to a type; a bare number takes the unit asked for.
  mutating func expect(_ wanted: ValueType, _ value: Operand, at site: Site) -> Operand {
    if value.type == .hole || value.type == wanted { return value }
    if case .number = wanted, case .number = value.type { return value }
    return complain(.expected(wanted: words(wanted), found: words(value.type)), at: site)
  }

  // MARK: Types in words

  func words(_ type: ValueType) -> Bilingual {
    switch type {
    case .money: return Bilingual("rupiah", "rupiah")
    case .number(let unit):
      if unit.raw == 0 { return Bilingual("bilangan", "number") }
      if unit.raw == 1 { return Bilingual("persen", "percent") }
      if unit.raw == 2 { return Bilingual("nisbah", "ratio") }
      if unit.raw == .max { return Bilingual("angka indikator", "indicator figure") }
      return Bilingual(same: plan.units[unit.index].name)
    case .grade(let scale): return Bilingual("predikat \(names.text(plan.scales[scale.index].name))", "grade of \(names.text(plan.scales[scale.index].name))")
    case .truth: return Bilingual("benar atau salah", "true or false")
    case .text: return Bilingual("teks", "text")
    case .year: return Bilingual("tahun", "year")
    case .entity(let kind): return kind.map { Self.words($0) } ?? Bilingual("bagian rencana", "part of the plan")
    case .list: return Bilingual("daftar", "list")
    case .range(let inner):
      let words = words(inner)
      return Bilingual("rentang \(words.id)", "range of \(words.en)")
    case .series(let inner): return words(inner)
    case .scenario: return Bilingual("skenario", "scenario")
    case .hole: return Bilingual("sesuatu", "something")
    }
  }

  static func words(_ kind: EntityKind) -> Bilingual {
    switch kind {
    case .vision: Bilingual("visi", "vision")
    case .mission: Bilingual("misi", "mission")
    case .goal: Bilingual("tujuan", "goal")
    case .objective: Bilingual("sasaran", "objective")
    case .indicator: Bilingual("indikator", "indicator")
    case .project: Bilingual("proyek", "project")
    case .department: Bilingual("perangkat daerah", "department")
    case .workUnit: Bilingual("unit", "work unit")
    case .program: Bilingual("program", "programme")
    case .activity: Bilingual("kegiatan", "activity")
    case .subactivity: Bilingual("subkegiatan", "subactivity")
    case .item: Bilingual("uraian", "item")
    case .initiative: Bilingual("inisiatif", "initiative")
    }
  }

  /// The kind of entity a word of the language names as a set, or nil.
  static func kind(_ word: Word) -> EntityKind? {
    switch word {
    case .mission: .mission
    case .goal: .goal
    case .objective: .objective
    case .indicator: .indicator
    case .project: .project
    case .department, .office, .board, .district, .secretariat, .hospital: .department
    case .workUnit: .workUnit
    case .program: .program
    case .activity: .activity
    case .subactivity: .subactivity
    case .item: .item
    case .initiative: .initiative
    default: nil
    }
  }

  /// The departments of one keyword (`dinas`, `badan`), or nil for all of a kind.
  static func form(_ word: Word) -> DepartmentForm? {
    switch word {
    case .board: .board
    case .district: .district
    case .secretariat: .secretariat
    case .hospital: .hospital
    default: nil
    }
  }
}
