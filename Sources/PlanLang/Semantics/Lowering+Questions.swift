/// Questions that try edits.
extension Lowering {
  /// `cari x agar GOAL dengan EDITS`: kept as texts with holes; nil after a complaint.
  mutating func seek(_ id: NodeID) -> Command? {
    guard let name = tree.child(.name, of: id), let goal = tree.clause(.soThat, of: id), let part = tree.firstChild(of: goal),
      let with = tree.clause(.with, of: id), let first = tree.firstChild(of: with)
    else { return nil }
    let symbol = Symbol(raw: tree[name].payload)
    if scope.isKnown(symbol) {
      taken(symbol, at: tree[name].site)
      return nil
    }
    let statements = tree[first].kind == .block ? Array(tree.children(of: first)) : [first]
    guard areEdits(statements, inside: .seek) else { return nil }
    var script = SeekScript(name: symbol, goal: Goal(part, tree, sources), goalHoles: holes(of: symbol, below: part), edits: [])
    script.goalParts = conjuncts(part).map { SeekScript.Template(site: tree[$0].site, holes: holes(of: symbol, below: $0)) }
    for statement in statements {
      script.edits.append(SeekScript.Template(site: tree[statement].site, holes: holes(of: symbol, below: statement)))
    }
    if script.edits.allSatisfy(\.holes.isEmpty) {
      diagnostics.add(DeclarationProblem.notSought(name: sources.text(tree[name].site)), at: tree[with].site)
      return nil
    }
    return .seek(script)
  }

  /// Refuses a name of an unknown that stands for something of the plan, and shows for what.
  private mutating func taken(_ symbol: Symbol, at site: Site) {
    let entity = scope.entities(named: symbol).first
    let by = entity.map { Self.words(plan.entities.kind[$0.index]) } ?? scope.meanings(of: symbol).first.map(Self.words) ?? Bilingual("", "")
    var labels = [Label(site)]
    if let before = entity.map({ plan.entities.site[$0.index] }) ?? scope.sites[symbol], before != .none { labels.append(Label(before, by)) }
    diagnostics.add(Diagnostic(DeclarationProblem.taken(name: sources.text(site), by: by), labels: labels))
  }

  /// What a name stands for, in words.
  private static func words(_ referent: Referent) -> Bilingual {
    switch referent {
    case .source: Bilingual("sumber dana", "source of funds")
    case .document: Bilingual("dokumen", "document")
    case .parameter: Bilingual("parameter", "parameter")
    case .letting: Bilingual("`misal`", "`let`")
    case .formula: Bilingual("rumus", "formula")
    case .scenario: Bilingual("skenario", "scenario")
    case .scale: Bilingual("skala", "scale")
    case .grade: Bilingual("predikat", "grade")
    case .rule: Bilingual("aturan", "rule")
    }
  }

  /// `telusuri X; Y`, `telusuri semua`, `telusuri inisiatif`, `telusuri dimensi D`, the last three also of a scenario.
  mutating func trace(_ id: NodeID) -> Command? {
    var parts = Array(tree.children(of: id))
    guard let first = parts.first else { return nil }
    var script = TraceScript()
    switch tree[first].kind == .word ? tree[first].word : nil {
    case .all: parts.removeFirst()
    case .initiative:
      script.meant = plan.initiatives.map(\.entity)
      parts.removeFirst()
    case .dimension:
      guard parts.count > 1, let dimension = Dimension.named(sources.text(tree[parts[1]].site)) else { return nil }
      script.meant = plan.initiatives.filter { $0.dimension == dimension }.map(\.entity)
      parts.removeFirst(2)
    default:
      var meant: [EntityID] = []
      for part in parts {
        guard let entity = entity(at: part) else { return nil }
        meant.append(entity)
      }
      script.meant = meant
      return .trace(script)
    }
    if let name = parts.first {
      guard let scenario = scenarioName(name) else { return nil }
      script.scenario = scenario
    }
    return .trace(script)
  }

  /// The parts of a condition that must all hold.
  private func conjuncts(_ id: NodeID) -> [NodeID] {
    guard tree[id].kind == .chain, tree[id].word == .and else { return [id] }
    return tree.children(of: id).flatMap { conjuncts($0) }
  }

  /// Where a name stands below a node, in order; it may be spelt as a word of the language (`t`), but not behind a dot.
  private func holes(of symbol: Symbol, below id: NodeID) -> [Site] {
    var found: [Site] = []
    var open = [id]
    while let next = open.popLast() {
      let node = tree[next]
      if node.kind == .name || node.kind == .word, node.payload == symbol.raw { found.append(node.site) }
      open += node.kind == .member ? Array(tree.children(of: next).prefix(1)) : Array(tree.children(of: next))
    }
    return found.sorted { $0.start < $1.start }
  }

  /// `sapu x = A..B langkah S; y = ... { EDITS } tampilkan E1; E2`: at most 1.000 cases; nil after a complaint.
  mutating func sweep(_ id: NodeID) -> Command? {
    guard let show = tree.clause(.show, of: id) else { return nil }
    var script = SweepScript(axes: [], edits: [], shown: [])
    var symbols: [(symbol: Symbol, site: Site)] = []
    let parts = Array(tree.children(of: id))
    for (at, part) in parts.enumerated() where tree[part].kind == .name {
      guard at + 1 < parts.count, tree[parts[at + 1]].kind == .assign else { return nil }
      let symbol = Symbol(raw: tree[part].payload)
      let isParameter = scope.meanings(of: symbol).contains { if case .parameter = $0 { true } else { false } }
      if !isParameter && scope.isKnown(symbol) || symbols.contains(where: { $0.symbol == symbol }) {
        if scope.isKnown(symbol) {
          taken(symbol, at: tree[part].site)
        } else {
          diagnostics.add(DeclarationProblem.duplicate(name: sources.text(tree[part].site)), at: tree[part].site)
        }
        return nil
      }
      let next = at + 2 < parts.count ? parts[at + 2] : nil
      let step = next.flatMap { tree[$0].kind == .clause && tree[$0].word == .stride ? $0 : nil }
      guard let values = self.values(parts[at + 1], step) else { return nil }
      symbols.append((symbol, tree[part].site))
      script.axes.append(SweepScript.Axis(name: symbol, isParameter: isParameter, values: values))
    }
    let cases = script.axes.reduce(1) { $0 * $1.values.count }
    guard (1...1000).contains(cases) else {
      diagnostics.add(DeclarationProblem.tooManyCases(cases), at: tree[id].site)
      return nil
    }
    if let block = tree.child(.block, of: id) {
      guard areEdits(Array(tree.children(of: block)), inside: .sweep) else { return nil }
      for statement in tree.children(of: block) {
        let found = symbols.enumerated().flatMap { axis, one in holes(of: one.symbol, below: statement).map { (site: $0, axis: axis) } }
        script.edits.append(SweepScript.Template(site: tree[statement].site, holes: found.sorted { $0.site.start < $1.site.start }))
      }
    }
    for (axis, one) in symbols.enumerated() where !script.axes[axis].isParameter {
      if script.edits.contains(where: { $0.holes.contains { $0.axis == axis } }) { continue }
      diagnostics.add(DeclarationProblem.notSought(name: sources.text(one.site)), at: one.site)
      return nil
    }
    guard let shown = listed(show) else { return nil }
    script.shown = shown
    return .sweep(script)
  }

  /// The values of an axis: those listed, or from one to another by a step, both ends told.
  private mutating func values(_ assign: NodeID, _ step: NodeID?) -> [SweepScript.Trial]? {
    func value(_ node: NodeID) -> SweepScript.Trial? {
      var (at, sign) = (node, Int64(1))
      if tree[at].kind == .unary, let inner = tree.firstChild(of: at) { (at, sign) = (inner, -1) }
      guard tree[at].kind == .literal, case let literal = tree.literals[Int(tree[at].payload)], literal.kind != .missing else { return nil }
      return SweepScript.Trial(mantissa: sign * literal.mantissa, scale: Int(literal.scale), kind: literal.kind)
    }
    let parts = Array(tree.children(of: assign))
    let wanted = Bilingual("angka, misalnya Rp 0..Rp 10 M langkah Rp 500 jt atau 2%; 3%; 4%", "figures, such as Rp 0..Rp 10 billion step Rp 500 million or 2%; 3%; 4%")
    func refuse(_ node: NodeID, _ why: Bilingual? = nil) -> [SweepScript.Trial]? {
      if tree[node].kind != .hole { diagnostics.add(DeclarationProblem.notFigure(wanted: why ?? wanted), at: tree[node].site) }
      return nil
    }
    if parts.count == 1, tree[parts[0]].kind == .range {
      let ends = Array(tree.children(of: parts[0]))
      guard ends.count == 2, let low = value(ends[0]), let high = value(ends[1]), low.kind == high.kind else { return refuse(parts[0]) }
      guard let step else {
        return refuse(parts[0], Bilingual("`langkah`: Rp 0..Rp 10 M langkah Rp 500 jt", "a `step` (Rp 0..Rp 10 billion step Rp 500 million)"))
      }
      guard let part = tree.firstChild(of: step), let by = value(part), by.kind == low.kind else { return refuse(step) }
      let scale = max(low.scale, high.scale, by.scale)
      func scaled(_ one: SweepScript.Trial) -> Int64? {
        let (made, overflow) = one.mantissa.multipliedReportingOverflow(by: Number.powers[min(18, scale - one.scale)])
        return overflow ? nil : made
      }
      guard let from = scaled(low), let to = scaled(high), let stride = scaled(by) else { return refuse(part) }
      if from > to { return refuse(parts[0], Bilingual("rentang dari kecil ke besar", "a range from low to high")) }
      if stride <= 0 { return refuse(part, Bilingual("langkah di atas nol", "a step above zero")) }
      let (width, overflow) = to.subtractingReportingOverflow(from)
      guard !overflow, width / stride < 1000 else {
        diagnostics.add(DeclarationProblem.tooManyCases(overflow ? nil : Int(width / stride) + 1), at: tree[part].site)
        return nil
      }
      var made = Array(Swift.stride(from: from, through: to, by: Int(stride)))
      if made.last != to { made.append(to) }
      return made.map { SweepScript.Trial(mantissa: $0, scale: scale, kind: low.kind) }
    }
    var made: [SweepScript.Trial] = []
    for part in parts {
      guard let one = value(part) else { return refuse(part) }
      made.append(one)
    }
    return made
  }

  /// `simulasi N latin benih S { EDITS } tampilkan E`: 1 to 10^9 draws; nil after a complaint.
  mutating func simulate(_ id: NodeID) -> Command? {
    guard let count = tree.firstChild(of: id) else { return nil }
    func whole(_ node: NodeID, _ range: ClosedRange<Int64>, _ wanted: Bilingual) -> UInt64? {
      guard tree[node].kind == .literal, case let literal = tree.literals[Int(tree[node].payload)], literal.kind == .number, literal.scale == 0,
        range.contains(literal.mantissa)
      else {
        if tree[node].kind != .hole { diagnostics.add(DeclarationProblem.notFigure(wanted: wanted), at: tree[node].site) }
        return nil
      }
      return UInt64(literal.mantissa)
    }
    let draws = whole(count, 1...1_000_000_000, Bilingual("banyaknya undian, 1 sampai 1.000.000.000", "a number of draws, from 1 to 1.000.000.000"))
    guard let draws else { return nil }
    var script = SimulationScript(draws: draws, seed: 1, isStratified: false, edits: [], shown: [])
    if let clause = tree.clause(.seed, of: id), let part = tree.firstChild(of: clause) {
      guard let seed = whole(part, 0...Int64.max, Bilingual("bilangan bulat untuk benih", "a whole number for the seed")) else { return nil }
      script.seed = seed
    }
    if let clause = tree.clause(.replayed, of: id), let part = tree.firstChild(of: clause) {
      let wanted = Bilingual("nomor sebuah undian, 1 sampai \(Figure.grouped(draws))", "the number of a draw, 1 to \(Figure.grouped(draws))")
      guard let draw = whole(part, 1...Int64(draws), wanted) else { return nil }
      script.replayed = draw
    }
    script.isStratified = tree.children(of: id).contains { tree[$0].kind == .word && tree[$0].word == .latin }
    guard named(id, behind: count, &script.scenarios) else { return nil }
    if let block = tree.child(.block, of: id) {
      guard areEdits(Array(tree.children(of: block)), inside: .simulate) else { return nil }
      if script.scenarios.count > 1 {
        diagnostics.add(DeclarationProblem.editsOfSeveral, at: tree[block].site)
        return nil
      }
      script.edits = tree.children(of: block).map { tree[$0].site }
    }
    if let show = tree.clause(.show, of: id) {
      for part in tree.children(of: show) {
        // `peluang(C)` asks for a truth, as C alone does.
        var asked = part
        let parts = tree[part].kind == .call ? Array(tree.children(of: part)) : []
        if let head = parts.first, tree[head].word == .chance, parts.count == 2 { asked = parts[1] }
        guard let formula = compile(asked) else { return nil }
        if asked != part, plan.formulas[formula.index].type != .truth, plan.formulas[formula.index].type != .hole {
          _ = complain(.expected(wanted: Bilingual("syarat, misalnya x > 3", "a condition, such as x > 3"), found: words(plan.formulas[formula.index].type)), at: tree[asked].site)
          return nil
        }
        script.shown.append((formula, tree[part].site))
      }
    }
    return .simulate(script)
  }

  /// The scenarios a simulation names, each once and at most eight; false after a complaint.
  private mutating func named(_ id: NodeID, behind count: NodeID, _ scenarios: inout [Symbol]) -> Bool {
    for part in tree.children(of: id) where part != count && tree[part].kind == .name {
      guard let scenario = scenarioName(part) else { return false }
      if scenarios.contains(scenario) {
        diagnostics.add(DeclarationProblem.givenTwice(what: Bilingual(same: "`\(sources.text(tree[part].site))`")), at: tree[part].site)
        return false
      }
      if scenarios.count == 8 {
        diagnostics.add(DeclarationProblem.tooMany(what: Bilingual("skenario dibandingkan sekaligus", "scenarios are compared at once"), most: 8), at: tree[part].site)
        return false
      }
      scenarios.append(scenario)
    }
    return true
  }

  /// Whether all that stands in the braces of a question edits; each that does not is complained of.
  private mutating func areEdits(_ statements: [NodeID], inside question: Word) -> Bool {
    let before = diagnostics.errorCount
    for statement in statements where tree[statement].kind == .statement {
      switch tree[statement].word {
      case .shift, .cut, .add, .postpone, .set, .change, .lock, .unlock: break
      default:
        let what = DeclarationProblem.told(tree, statement, sources)
        diagnostics.add(DeclarationProblem.notAnEdit(what: what, inside: question.spoken), at: tree[statement].site)
      }
    }
    return diagnostics.errorCount == before
  }

  /// `korelasi A dengan B = 0,6`: of two parameters with distributions, from -1 to 1.
  mutating func resolveCorrelations(_ pending: [(tree: Int, node: NodeID)]) {
    for (index, id) in pending {
      enter(index)
      guard let first = tree.firstChild(of: id), let clause = tree.clause(.with, of: id), let second = tree.firstChild(of: clause),
        let value = Array(tree.children(of: id)).last(where: { tree[$0].kind != .clause }), value != first,
        let one = uncertain(first), let two = uncertain(second)
      else { continue }
      guard let formula = compile(value) else { continue }
      let strength = plan.formulas[formula.index].fixed?.real ?? .nan
      func refuse(_ what: Bilingual, at site: Site) { diagnostics.add(DeclarationProblem.badShape(what: what), at: site) }
      if one == two {
        refuse(Bilingual("sebuah parameter tidak berkorelasi dengan dirinya sendiri", "a parameter is not correlated with itself"), at: tree[second].site)
        continue
      }
      guard strength >= -1, strength <= 1 else {
        refuse(Bilingual("korelasi dua parameter dari -1 sampai 1", "a correlation of two parameters goes from -1 to 1"), at: tree[value].site)
        continue
      }
      if plan.correlations.contains(where: { [$0.first, $0.second] == [one, two] || [$0.first, $0.second] == [two, one] }) {
        refuse(Bilingual("korelasi kedua parameter ini dinyatakan dua kali", "the correlation of these two parameters is declared twice"), at: tree[id].site)
        continue
      }
      builder.plan.correlations.append(Correlation(first: one, second: two, strength: strength, site: tree[id].site))
    }
  }

  /// A parameter with a distribution by its name; nil after a complaint.
  private mutating func uncertain(_ name: NodeID) -> ParameterID? {
    for meaning in scope.meanings(of: Symbol(raw: tree[name].payload)) {
      if case .parameter(let id) = meaning, plan.parameters[id.index].distribution != nil { return id }
    }
    if tree[name].kind != .hole {
      diagnostics.add(
        DeclarationProblem.notFigure(wanted: Bilingual("parameter bersebaran, misalnya `parameter x ~ normal(3%; 1%)`", "a parameter with a distribution, such as `parameter x ~ normal(3%; 1%)`")),
        at: tree[name].site)
    }
    return nil
  }
}
