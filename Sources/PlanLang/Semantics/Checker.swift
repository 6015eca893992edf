/// What is checked: the trees of all texts with their sources, and the CSV files they load, by path.
struct CheckInput {
  var trees: [(tree: Tree, source: Source)]
  var sources: SourceMap
  var files: [String: Source] = [:]
  /// The trees that are rule packs.
  var packs: [Int: UsedPack] = [:]
}

/// A rule pack among the texts: its name and the rules of it that are not wanted.
struct UsedPack: Sendable {
  var name: String
  var excluded: [Symbol] = []
}

/// What checking gives: a plan, who is who in it, and what was asked, in order.
struct Checked: Sendable {
  var plan: Plan
  var scope: Scope
  var commands: [CheckedCommand]
  var diagnostics: DiagnosticList
  var findings: [Finding]
}

/// A statement that does something, with its place.
struct CheckedCommand: Sendable {
  var command: Command
  var site: Site
}

/// What a statement asks for.
enum Command: Sendable {
  case scenario(ScenarioScript)
  case edit(Step)
  case check(Symbol?)
  case compare([Symbol])
  case show([(formula: FormulaID, site: Site)], isBare: Bool)
  case instruments(Symbol?)
  case scenarioTree
  case seek(SeekScript)
  /// `telusuri`.
  case trace(TraceScript)
  case chart([(formula: FormulaID, site: Site)], isLines: Bool)
  case why(WhyScript)
  case reconcile(ReconcileScript)
  /// `rekonsiliasi indikator`: those of a part of the plan, or of all of it with `Entities.none`.
  case reconcileIndicators(EntityID)
  case export(ExportScript)
  case sweep(SweepScript)
  case simulate(SimulationScript)
  case sensitivity([(formula: FormulaID, site: Site)])
  case stress(Symbol?)
  case choose(ChoiceScript)
  /// `laporan`.
  case report(ReportScript)
  /// `siapa menopang X`: the money below a goal; `siapa rugi`: who loses by a scenario, the current one without a name.
  case supporters(EntityID)
  /// `perbaiki`, `optimalkan`, `pertukaran`: money moved so that rules hold and figures are high.
  case moving(MovingScript)
  case losers(Symbol?)
}

/// What is traced (`telusuri`): parts of the plan, goals or initiatives; nil for the whole plan.
struct TraceScript: Sendable {
  var meant: [EntityID]?
  /// The scenario it is traced in, the current one without a name.
  var scenario: Symbol?
}

/// A report that is asked for (`laporan "x.html" [skenario]`, `laporan masterplan ke "x.html" [skenario]`).
struct ReportScript: Sendable {
  /// Where its path stands.
  var path: Site
  /// The scenario, the current one without a name.
  var scenario: Symbol?
  /// Whether it is the three books of the masterplan.
  var isMasterplan: Bool
}

/// A search as written (`cari x agar GOAL dengan EDITS`): texts with holes where x stands.
struct SeekScript: Sendable {
  /// A text with the places of x in it.
  struct Template: Sendable {
    var site: Site
    var holes: [Site]
  }
  var name: Symbol
  var goal: Goal
  /// The goal's places of x.
  var goalHoles: [Site]
  /// The conditions of the goal that must all hold.
  var goalParts: [Template] = []
  var edits: [Template]
}

/// A sweep as written (`sapu x = ... { EDITS } tampilkan E`): edits with holes where what is varied stands.
struct SweepScript: Sendable {
  /// One value that is tried: a literal's digits.
  struct Trial: Sendable {
    var mantissa: Int64
    var scale: Int
    var kind: Literal.Kind
  }
  /// What is varied: a name in the edits, or a parameter of the plan.
  struct Axis: Sendable {
    var name: Symbol
    var isParameter: Bool
    var values: [Trial]
  }
  /// A text with the places of each axis in it.
  struct Template: Sendable {
    var site: Site
    var holes: [(site: Site, axis: Int)]
  }
  var axes: [Axis]
  var edits: [Template]
  var shown: [(formula: FormulaID, site: Site)]
}

/// A simulation as written (`simulasi N { EDITS } tampilkan E`).
struct SimulationScript: Sendable {
  var draws: UInt64
  var seed: UInt64
  /// The one draw that is shown, from 1; nil for all of them.
  var replayed: UInt64?
  var isStratified: Bool
  /// The scenarios it asks of: none for the one that one stands in, several to be compared.
  var scenarios: [Symbol] = []
  /// The edits' texts.
  var edits: [Site]
  var shown: [(formula: FormulaID, site: Site)]
}

/// Trees to a plan: first everything is declared, then everything that refers is resolved.
struct Checker {
  var builder = PlanBuilder()
  var scope = Scope()
  /// All names, while it is at work.
  var names = Names()
  var sources: SourceMap
  var files: [String: Source]
  /// The trees that are rule packs, and the row of the one being read in the plan's packs.
  let packs: [Int: UsedPack]
  var packRow = -1
  var trees: [Tree]
  /// The texts of the trees, in their order.
  var scripts: [Source]
  /// The tree the current statement stands in; set with `treeIndex`.
  private(set) var tree = Tree()
  var treeIndex = 0 {
    didSet { tree = trees[treeIndex] }
  }
  /// Whether it was already said that the plan has no period.
  var hasToldNoPeriod = false
  var diagnostics = DiagnosticList()
  var findings: [Finding] = []
  /// Accounts of spending by their spelling.
  var spendingAccounts = SymbolRows()
  /// Sources by their name.
  var sourceRows = SymbolRows()
  /// Units by their name in small letters.
  var unitRows = SymbolRows()
  /// What waits for the second pass.
  var pending = Pending()

  /// Statements to be resolved when all names are known, each with its tree.
  struct Pending {
    var supports: [(tree: Int, node: NodeID, owner: EntityID)] = []
    var initiatives: [(tree: Int, node: NodeID, owner: EntityID)] = []
    var drives: [(tree: Int, node: NodeID, owner: EntityID)] = []
    var parameters: [(tree: Int, node: NodeID, id: ParameterID)] = []
    var rules: [(tree: Int, node: NodeID, pack: Int)] = []
    var waivers: [(tree: Int, node: NodeID)] = []
    var spillovers: [(tree: Int, node: NodeID)] = []
    var correlations: [(tree: Int, node: NodeID)] = []
    var projects: [(tree: Int, node: NodeID, owner: EntityID)] = []
    var commands: [(tree: Int, node: NodeID)] = []

    /// How many statements wait that are not `mendukung`.
    var others: Int {
      initiatives.count + drives.count + parameters.count + rules.count + waivers.count + spillovers.count + correlations.count
        + projects.count + commands.count
    }
  }

  /// Checks texts as one plan.
  static func check(_ input: CheckInput, names: inout Names) -> Checked {
    var checker = Checker(input)
    checker.begin(&names)
    return checker.finish(&names)
  }

  /// A check of texts that are so large a share of all that are to come.
  init(_ input: CheckInput, share: Double = 1) {
    sources = input.sources
    files = input.files
    packs = input.packs
    trees = input.trees.map(\.tree)
    scripts = input.trees.map(\.source)
    let (figures, nodes) = (trees.reduce(0) { $0 + $1.literals.count }, trees.reduce(0) { $0 + $1.nodes.count })
    builder.reserve(cells: Int(Double(figures) / share) * 2 / 3, entities: Int(Double(nodes) / share) / 10)
  }

  mutating func complain(_ problem: DeclarationProblem, at site: Site) {
    diagnostics.add(problem, at: site)
  }

  mutating func complain(_ problem: DeclarationProblem, _ labels: Label...) {
    diagnostics.add(Diagnostic(problem, labels: labels))
  }

  // MARK: What is known from the start

  mutating func declareKnown() {
    let documents: [(String, Bilingual, PlanDocument.Stage)] = [
      ("rpjmd", Bilingual("RPJMD", "RPJMD"), .mediumTerm), ("rkpd", Bilingual("RKPD", "RKPD"), .annualPlan),
      ("apbd", Bilingual("APBD", "APBD"), .budget), ("realisasi", Bilingual("Realisasi", "Actual"), .actual),
      ("peta_jalan", Bilingual("Peta jalan", "Roadmap"), .other),
    ]
    for (name, title, stage) in documents {
      builder.plan.documents.append(PlanDocument(name: names.intern(name), title: title, stage: stage))
    }
    let sources: [(name: String, id: String, en: String, field: String?, parent: UInt32, code: String?)] = [
      ("pad", "pendapatan asli daerah", "own-source revenue", nil, 0, "1.1"),
      ("dau", "dana alokasi umum", "general allocation fund", nil, 0, "1.2.01.08"),
      ("dak", "dana alokasi khusus", "special allocation fund", "dak", 0, nil),
      ("dak_fisik", "DAK fisik", "special allocation fund, physical", "dak_fisik", 3, nil),
      ("dak_nonfisik", "DAK nonfisik", "special allocation fund, non-physical", "dak_nonfisik", 3, nil),
      ("dbh", "dana bagi hasil", "revenue sharing", nil, 0, "1.2.01.07"),
      ("dbh_cht", "DBH cukai hasil tembakau", "tobacco excise sharing", "dbh_cht", 6, nil),
      ("did", "dana insentif daerah", "regional incentive fund", nil, 0, nil),
      ("silpa", "sisa lebih tahun lalu", "surplus of last year", nil, 0, nil),
      ("pinjaman", "pinjaman daerah", "loans", nil, 0, nil), ("hibah", "hibah", "grants", nil, 0, nil),
      ("lain", "lain-lain", "other", nil, 0, nil),
    ]
    for source in sources {
      addSource(
        names.intern(source.name), Bilingual(source.id, source.en), code: source.code, field: source.field,
        parent: SourceID(raw: source.parent), at: .none)
    }
    scope.declare(names.intern("dasar"), .scenario, at: .none)
    scope.declare(names.intern("base"), .scenario, at: .none)
  }

  @discardableResult
  mutating func addSource(
    _ name: Symbol, _ title: Bilingual, code: String?, field: String?, parent: SourceID = SourceID(raw: 0),
    at site: Site
  ) -> SourceID {
    let id = SourceID(builder.plan.sources.count)
    builder.plan.sources.name.append(name)
    builder.plan.sources.title.append(title)
    builder.plan.sources.codeName.append(code.map { names.intern($0) } ?? Entities.unnamed)
    builder.plan.sources.field.append(field ?? (code?.hasPrefix("2") == true ? code : nil))
    builder.plan.sources.parent.append(parent)
    if name != Entities.unnamed { scope.declare(name, .source(id), at: site) }
    return id
  }

  /// The period, the documents, the sources and the scales stand before all else, wherever they are written.
  mutating func frame() {
    for index in trees.indices {
      treeIndex = index
      for id in tree.children(of: tree.root) where tree[id].kind == .statement {
        switch tree[id].word {
        case .region: region(id)
        case .period: if let years = tree.firstChild(of: id) { period(years) }
        default: break
        }
      }
    }
    for index in trees.indices {
      treeIndex = index
      for id in tree.children(of: tree.root) where tree[id].kind == .statement {
        switch tree[id].word {
        case .document: if tree.clause(.working, of: id) == nil { document(id) }
        case .source: sourceDeclaration(id)
        case .scale: scale(id)
        default: break
        }
      }
    }
    chooseDocument()
  }

  /// The working document, once all documents are known.
  private mutating func chooseDocument() {
    for index in trees.indices {
      treeIndex = index
      for id in tree.children(of: tree.root) where tree[id].kind == .statement && tree[id].word == .document {
        guard let clause = tree.clause(.working, of: id), let name = tree.firstChild(of: clause) else { continue }
        if tree[name].word == .realised {
          builder.plan.workingDocument = DocumentID(raw: 3)
        } else if tree[name].kind == .name, let row = document(Symbol(raw: tree[name].payload), at: tree[name].site) {
          builder.plan.workingDocument = row
        }
      }
    }
  }

  private mutating func region(_ id: NodeID) {
    if let text = tree.child(.text, of: id) { builder.plan.region = tree[text].site }
    if let clause = tree.clause(.kind, of: id), let word = tree.firstChild(of: clause) {
      builder.plan.regionKind =
        tree[word].word == .regency ? .regency : tree[word].word == .province ? .province : .city
    }
    if let clause = tree.clause(.fiscal, of: id), let name = tree.firstChild(of: clause) {
      let spelling = sources.text(tree[name].site).lowercased()
      if let known = FiscalClass.named(spelling) {
        builder.plan.fiscalClass = known
      } else {
        complain(.unknownClass(name: spelling), at: tree[name].site)
      }
    }
    if let clause = tree.clause(.period, of: id), let years = tree.firstChild(of: clause) { period(years) }
  }

  private mutating func period(_ id: NodeID) {
    let ends = tree[id].kind == .range ? Array(tree.children(of: id)) : [id, id]
    let years = ends.compactMap { end -> Int? in
      guard tree[end].kind == .literal else { return nil }
      let literal = tree.literals[Int(tree[end].payload)]
      return literal.kind == .number && literal.scale == 0 ? Int(clamping: literal.mantissa) : nil
    }
    guard years.count == 2, years[0] <= years[1], years[1] - years[0] < 100, years[0] >= 1900, years[1] < 10_000 else {
      return complain(.badPeriod, at: tree[id].site)
    }
    let plan = builder.plan
    if plan.yearCount > 0, plan.firstYear != years[0] || plan.yearCount != years[1] - years[0] + 1 {
      return complain(.periodTwice, at: tree[id].site)
    }
    builder.plan.firstYear = years[0]
    builder.plan.yearCount = years[1] - years[0] + 1
  }

  private mutating func document(_ id: NodeID) {
    guard let name = tree.child(.name, of: id) else { return }
    let symbol = Symbol(raw: tree[name].payload)
    if let known = builder.plan.documents.first(where: { $0.name == symbol }) {
      let text = sources.text(tree[name].site)
      return complain(known.stage == .other ? .duplicate(name: text) : .builtIn(name: text), at: tree[name].site)
    }
    let title = tree.child(.text, of: id).map { Lowering.unquoted(sources.text(tree[$0].site)) }
    let text = title ?? sources.text(tree[name].site)
    builder.plan.documents.append(PlanDocument(name: symbol, title: Bilingual(same: text), stage: .other))
  }

  private mutating func sourceDeclaration(_ id: NodeID) {
    guard let name = tree.child(.name, of: id), tree.child(.assign, of: id) == nil else { return }
    let symbol = Symbol(raw: tree[name].payload)
    if scope.meanings(of: symbol).contains(where: { if case .source = $0 { true } else { false } }) {
      guard let before = scope.sites[symbol], before != .none else {
        return complain(.builtIn(name: sources.text(tree[name].site)), at: tree[name].site)
      }
      return complain(.duplicate(name: sources.text(tree[name].site)), Label(tree[name].site), Label(before))
    }
    let title = tree.child(.text, of: id).map { Lowering.unquoted(sources.text(tree[$0].site)) } ?? sources.text(tree[name].site)
    let code = tree.clause(.code, of: id).flatMap { tree.firstChild(of: $0) }.map { sources.text(tree[$0].site) }
    if let code, let twin = names.known(code), builder.plan.sources.codeName.contains(twin) {
      return complain(.duplicate(name: code), at: tree[name].site)
    }
    let field = tree.clause(.earmarked, of: id).flatMap { tree.firstChild(of: $0) }
      .map { Lowering.unquoted(sources.text(tree[$0].site)) }
    addSource(symbol, Bilingual(same: title), code: code, field: field, at: tree[name].site)
  }

  private mutating func scale(_ id: NodeID) {
    guard let name = tree.child(.name, of: id), let assign = tree.child(.assign, of: id),
      let list = tree.firstChild(of: assign)
    else { return }
    let symbol = Symbol(raw: tree[name].payload)
    if let site = scope.sites[symbol], site != .none {
      return complain(.duplicate(name: sources.text(tree[name].site)), Label(tree[name].site), Label(site))
    }
    let scale = ScaleID(builder.plan.scales.count)
    var made = Scale(name: symbol, grades: [], names: [])
    for grade in tree.children(of: list) {
      let text = Lowering.unquoted(sources.text(tree[grade].site))
      let gradeName = names.intern(text)
      if made.names.contains(gradeName) {
        complain(.duplicate(name: text), at: tree[grade].site)
        continue
      }
      scope.declare(gradeName, .grade(scale, made.grades.count), at: tree[grade].site)
      made.grades.append(text)
      made.names.append(gradeName)
    }
    scope.declare(symbol, .scale(scale), at: tree[name].site)
    builder.plan.scales.append(made)
  }
}
