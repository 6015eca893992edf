/// What drives indicators, and what spills over from one to another: checked and kept.
extension Lowering {
  /// `mendorong X shape { ... }` of each spending entity.
  mutating func resolveDrives(_ pending: [(tree: Int, node: NodeID, owner: EntityID)]) {
    for (index, id, owner) in pending {
      enter(index)
      guard let path = tree.firstChild(of: id), let indicator = indicator(at: path) else { continue }
      var response = Response(entity: owner, indicator: indicator, shape: nil, site: tree[path].site)
      var shape = Word.drives
      for child in tree.children(of: id).dropFirst() where tree[child].kind == .word {
        if tree[child].word == .absolute { response.isAbsolute = true }
        guard let word = tree[child].word, let made = Self.shape(word) else { continue }
        response.shape = made
        shape = word
      }
      let own = tree.children(of: id).dropFirst().first { tree[$0].kind == .name }
      let before = diagnostics.errorCount
      if let block = tree.child(.block, of: id) {
        for part in tree.children(of: block) where tree[part].kind == .statement { assumption(part, &response) }
        if tree.children(of: block).contains(where: { tree[$0].kind == .hole }) { continue }
      }
      if diagnostics.errorCount == before {
        if response.shape == .own, let own {
          response.formula = ownFormula(own)
        } else {
          complete(response, shape)
        }
        refuseUnread(response, shape)
        judge(response)
      }
      builder.plan.responses.append(response)
    }
  }

  /// `limpahan X ke Y 0,2`: always one year later.
  mutating func resolveSpillovers(_ pending: [(tree: Int, node: NodeID)]) {
    for (index, id) in pending {
      enter(index)
      let parts = tree.children(of: id).filter { tree[$0].kind != .clause }
      guard parts.count == 2, let clause = tree.clause(.to, of: id), let target = tree.firstChild(of: clause),
        let from = self.indicator(at: parts[0]), let to = self.indicator(at: target)
      else { continue }
      if from == to {
        diagnostics.add(
          DeclarationProblem.badShape(
            what: Bilingual("indikator tidak melimpah ke dirinya sendiri", "an indicator does not spill over to itself")),
          at: tree[target].site)
        continue
      }
      guard let share = figure(parts[1], { Self.isNumber($0) || Self.isShare($0) }, Bilingual("bilangan", "a number"))
      else { continue }
      builder.plan.spillovers.append(Spillover(from: from, to: to, share: share, site: tree[id].site))
    }
    warnOfLoops()
  }

  private mutating func indicator(at path: NodeID) -> EntityID? {
    guard let found = entity(at: path) else { return nil }
    let kind = plan.entities.kind[found.index]
    if kind == .indicator { return found }
    _ = complain(.expected(wanted: Self.words(.indicator), found: Self.words(kind)), at: tree[path].site)
    return nil
  }

  private static func shape(_ word: Word) -> ResponseShape? {
    switch word {
    case .saturating: .saturating
    case .perUnit, .unit: .perUnit
    case .elastic: .elastic
    case .tabular: .tabular
    case .formula: .own
    default: nil
    }
  }

  /// The `rumus` that a response is made of: a figure of one amount of rupiah, which reads nothing else of the plan than
  /// parameters and the year, so that it is known what moves it.
  private mutating func ownFormula(_ name: NodeID) -> FormulaID? {
    let symbol = Symbol(raw: tree[name].payload)
    guard let row = scope.formulas.firstIndex(where: { $0.name == symbol }) else {
      let spelling = sources.text(tree[name].site)
      let nearest = diagnostics.nearest(to: spelling, among: scope.formulas.map { names.text($0.name) })
      _ = complain(.unknownName(name: spelling, nearest: nearest), at: tree[name].site)
      return nil
    }
    let site = tree[name].site
    guard let made = compile(row, ofMoney: site) else { return nil }
    let formula = plan.formulas[made.index]
    let readsPlan = formula.code.contains { one in
      switch one.op {
      case .slice, .wholeSlice, .figure, .scenario, .entities, .project: true
      default: false
      }
    }
    if readsPlan {
      diagnostics.add(
        DeclarationProblem.badShape(
          what: Bilingual("rumus pendorong hanya membaca uangnya, tahun dan parameter", "a driving formula reads only its money, the year and parameters")),
        at: site)
      return nil
    }
    if formula.type == .hole || Self.isNumber(formula.type) || Self.isShare(formula.type) { return made }
    _ = complain(.expected(wanted: Bilingual("bilangan", "a number"), found: words(formula.type)), at: site)
    return nil
  }

  /// Refuses figures that no response can have: a cost of nothing, a share above all, points that go back, a lag beyond
  /// the period.
  private mutating func judge(_ response: Response) {
    func known(_ assumption: Assumption) -> Number? { assumption.value.flatMap { stated($0) } }
    func refuse(_ id: String, _ en: String, _ site: Site) {
      diagnostics.add(DeclarationProblem.badShape(what: Bilingual(id, en)), at: site)
    }
    for assumption in response.assumptions {
      // Both ends of a range, or the figure itself.
      let ends = assumption.range.low.isAbsent ? [known(assumption)].compactMap { $0 } : [assumption.range.low, assumption.range.high]
      func breaks(_ wanted: (Number) -> Bool) -> Bool { ends.contains { !wanted($0) } }
      if ends.isEmpty || !breaks({ Number.order($0, .zero) == 1 }) { warnOfDraws(assumption) }
      switch assumption.role {
      case .unitCost, .beneficiaries, .lump:
        if breaks({ Number.order($0, .zero) == 1 }) { refuse("angka ini harus di atas nol", "this figure must be above zero", assumption.site) }
      case .elasticity, .effect:
        if breaks({ Number.order($0, .zero) == 1 }) {
          refuse(
            "angka ini harus di atas nol: naik atau turunnya dari `arah` indikator",
            "this figure must be above zero: the indicator's `direction` says whether it rises or falls", assumption.site)
        }
      case .fixedCost, .studied:
        if breaks({ Number.order($0, .zero) != -1 }) { refuse("biaya tidak di bawah nol", "a cost is not below zero", assumption.site) }
      case .ceiling:
        if breaks({ Number.order($0, .zero) == 1 && Number.order($0, Number(1)) != 1 }) {
          refuse("bagian ini di atas 0%, sampai 100%", "this share is above 0%, up to 100%", assumption.site)
        }
      case .decay:
        if breaks({ Number.order($0, .zero) != -1 && Number.order($0, Number(1)) != 1 }) {
          refuse("bagian ini dari 0% sampai 100%", "this share goes from 0% to 100%", assumption.site)
        }
      default: break
      }
    }
    if plan.yearCount > 0, response.lag >= plan.yearCount {
      let lag = response.lag
      refuse(
        "setelah \(lag) tahun dampaknya baru tampak sesudah periode", "after \(English.count(lag, "year")) the effect only shows past the period", response.site)
    }
    let points = response.assumptions.filter { $0.role == .point }
    func figures(_ side: (Assumption) -> FormulaID?) -> [Number] { points.compactMap(side).compactMap { stated($0) } }
    let (money, effects) = (figures(\.at), figures(\.value))
    if money.count == points.count, let first = money.first {
      if Number.order(first, .zero) == -1 { refuse("biaya tidak di bawah nol", "a cost is not below zero", points[0].site) }
      if let at = money.indices.dropFirst().first(where: { Number.order(money[$0 - 1], money[$0]) != -1 }) {
        return refuse("titik tabel dari uang sedikit ke banyak", "points of a table go from little money to much", points[at].site)
      }
    }
    if effects.count == points.count, let at = effects.indices.dropFirst().first(where: { Number.order(effects[$0 - 1], effects[$0]) == 1 }) {
      refuse(
        "titik tabel menyebut perbaikannya: lebih banyak uang tidak memperbaiki lebih sedikit",
        "points of a table state the improvement: more money does not improve less", points[at].site)
    }
  }

  /// Warns where a figure that is above zero hangs on a parameter whose draws may not be.
  private mutating func warnOfDraws(_ assumption: Assumption) {
    switch assumption.role {
    case .unitCost, .beneficiaries, .lump, .elasticity, .effect: break
    default: return
    }
    guard let id = assumption.value, case let code = plan.formulas[id.index].code, code.count == 1, code[0].op == .parameter,
      plan.parameters.indices.contains(Int(code[0].d)), case let parameter = plan.parameters[Int(code[0].d)], let drawn = parameter.distribution
    else { return }
    let figures = drawn.figures.compactMap { stated($0)?.real }
    guard figures.count == drawn.figures.count, Distribution.isPossible(drawn.family, figures) else { return }
    if !Distribution.isAboveZero(drawn.family, figures) { diagnostics.add(DeclarationProblem.drawnBelowZero(name: names.text(parameter.name)), at: assumption.site) }
  }

  /// A figure as it is known before anything runs: stated, or that of a parameter.
  private func stated(_ id: FormulaID) -> Number? {
    let formula = plan.formulas[id.index]
    if let fixed = formula.fixed { return fixed }
    guard formula.code.count == 1, formula.code[0].op == .parameter, case let row = Int(formula.code[0].d), plan.parameters.indices.contains(row),
      case let value = plan.parameters[row].formula, plan.formulas.indices.contains(value.index)
    else { return nil }
    return stated(value)
  }

  /// The figures a shape makes something of; `mutu`, the time words and what was studied go with any.
  private static func isRead(_ role: Assumption.Role, by shape: ResponseShape?) -> Bool {
    switch role {
    case .unitCost, .beneficiaries, .ceiling: shape == .perUnit || shape == .saturating
    case .fixedCost, .lump: shape == .perUnit
    case .effect: shape == .perUnit || shape == .saturating || shape == .own
    case .elasticity, .base: shape == .elastic
    case .point: shape == .tabular
    case .lag, .spread, .decay, .grade, .studied: true
    }
  }

  /// Refuses figures that the shape makes nothing of.
  private mutating func refuseUnread(_ response: Response, _ shape: Word) {
    for one in response.assumptions where !Self.isRead(one.role, by: response.shape) {
      let text = Bilingual(same: String(sources.text(one.site).prefix(60)))
      diagnostics.add(DeclarationProblem.wrongPlace(what: text, inside: shape.spoken), at: one.site)
    }
    let stated = response.assumptions.map(\.role)
    if let ceiling = response.assumptions.first(where: { $0.role == .ceiling }), response.shape == .perUnit, !stated.contains(.beneficiaries) {
      let word = Word.beneficiaries.spoken
      diagnostics.add(
        DeclarationProblem.missingPart(what: Bilingual("`\(word.id)`", "`\(word.en)`"), of: Bilingual("paling tinggi", "at most")), at: ceiling.site)
    }
  }

  /// The figures a shape cannot do without.
  private mutating func complete(_ response: Response, _ shape: Word) {
    let cost = Bilingual("`biaya satuan`", "`unit cost`")
    func said(_ word: Word) -> Bilingual { Bilingual("`\(word.spoken.id)`", "`\(word.spoken.en)`") }
    let needed: [(Assumption.Role, Bilingual)]
    switch response.shape {
    case .perUnit: needed = [(.unitCost, cost)]
    case .saturating: needed = [(.unitCost, cost), (.beneficiaries, said(.beneficiaries))]
    case .elastic: needed = [(.elasticity, said(.elasticity))]
    case .tabular:
      let points = response.assumptions.filter { $0.role == .point }.count
      if (2...8).contains(points) { return }
      let what = Bilingual("2 sampai 8 titik `tabel Rp 1 M = 3`", "2 to 8 points `table Rp 1 billion = 3`")
      return diagnostics.add(DeclarationProblem.missingPart(what: what, of: shape.spoken), at: response.site)
    case .own, nil: needed = []
    }
    for (role, what) in needed where !response.assumptions.contains(where: { $0.role == role }) {
      diagnostics.add(DeclarationProblem.missingPart(what: what, of: shape.spoken), at: response.site)
    }
  }

  private static func role(_ word: Word) -> Assumption.Role? {
    switch word {
    case .unitCost: .unitCost
    case .fixedCost: .fixedCost
    case .lump: .lump
    case .ceiling: .ceiling
    case .beneficiaries: .beneficiaries
    case .after: .lag
    case .spreading: .spread
    case .decay: .decay
    case .elasticity: .elasticity
    case .base: .base
    case .effect: .effect
    case .tabular: .point
    case .grade: .grade
    case .studied: .studied
    default: nil
    }
  }

  /// One line of a `mendorong` block: a figure with its founding.
  private mutating func assumption(_ id: NodeID, _ response: inout Response) {
    guard let word = tree[id].word else { return }
    guard let role = Self.role(word) else {
      return diagnostics.add(
        DeclarationProblem.wrongPlace(what: DeclarationProblem.told(tree, id, sources), inside: Word.drives.spoken), at: tree[id].site)
    }
    if role != .point, role != .grade, response.assumptions.contains(where: { $0.role == role }) {
      let what = Bilingual("`\(word.spoken.id)`", "`\(word.spoken.en)`")
      return diagnostics.add(DeclarationProblem.givenTwice(what: what), at: tree[id].site)
    }
    var made = Assumption(role: role, site: tree[id].site)
    if let clause = tree.clause(.accordingTo, of: id), let text = tree.firstChild(of: clause) {
      made.source = tree[text].site
    }
    let clause = word == .grade ? id : tree.clause(.grade, of: id)
    if let letter = clause.flatMap({ tree.firstChild(of: $0) }) {
      let grade = ["A", "B", "C", "D"].firstIndex(of: sources.text(tree[letter].site).uppercased())
      guard let grade else {
        return diagnostics.add(
          DeclarationProblem.notFigure(wanted: Bilingual("mutu A, B, C atau D", "grade A, B, C or D")), at: tree[letter].site)
      }
      made.grade = UInt8(grade + 1)
    }
    if word != .grade, let value = tree.firstChild(of: id) { settle(value, word, &made, &response) }
    response.assumptions.append(made)
  }

  /// The value of an assumption: years are whole numbers, a point has money and a figure, all else a figure or range.
  private mutating func settle(_ value: NodeID, _ word: Word, _ made: inout Assumption, _ response: inout Response) {
    let node = tree[value]
    switch word {
    case .after, .spreading:
      guard node.kind == .literal, case let literal = tree.literals[Int(node.payload)], literal.kind == .number,
        literal.scale == 0, case let least: Int64 = word == .after ? 0 : 1, (least...100).contains(literal.mantissa)
      else {
        if node.kind == .hole { return }
        let least = word == .after ? 0 : 1
        let wanted = Bilingual("banyaknya tahun, \(least) sampai 100", "a number of years, \(least) to 100")
        return diagnostics.add(DeclarationProblem.notFigure(wanted: wanted), at: node.site)
      }
      if word == .after { response.lag = Int(literal.mantissa) } else { response.spread = Int(literal.mantissa) }
    case .tabular:
      let sides = Array(tree.children(of: value))
      guard node.kind == .compare, sides.count == 2, tree[sides[1]].lead == Node.equal else {
        if node.kind == .hole { return }
        let wanted = Bilingual("titik, misalnya `tabel Rp 1 M = 3`", "a point, such as `table Rp 1 billion = 3`")
        return diagnostics.add(DeclarationProblem.notFigure(wanted: wanted), at: node.site)
      }
      made.at = figure(sides[0], { $0 == .money }, Bilingual("rupiah", "rupiah"))
      made.value = figure(sides[1], { Self.isNumber($0) || Self.isShare($0) }, Bilingual("bilangan", "a number"))
    case .studied:
      guard tree[value].kind == .range, tree[value].word == .upTo else {
        if node.kind == .hole { return }
        let wanted = Bilingual("rentang rupiah, misalnya `Rp 1 M s.d. Rp 5 M`", "a range of rupiah, such as `Rp 1 billion up_to Rp 5 billion`")
        return diagnostics.add(DeclarationProblem.notFigure(wanted: wanted), at: node.site)
      }
      spread(value, { $0 == .money }, Bilingual("rupiah", "rupiah"), &made)
    case .unitCost, .fixedCost: spread(value, { $0 == .money }, Bilingual("rupiah", "rupiah"), &made)
    case .ceiling, .decay: spread(value, Self.isShare, Bilingual("persen", "a percentage"), &made)
    case .beneficiaries, .elasticity, .lump: spread(value, Self.isNumber, Bilingual("bilangan", "a number"), &made)
    case .effect, .base: spread(value, { Self.isNumber($0) || Self.isShare($0) }, Bilingual("bilangan", "a number"), &made)
    default: spread(value, { _ in true }, Bilingual("angka", "a figure"), &made)
    }
  }

  /// A figure, or the middle of `a s.d. b` with its ends kept.
  private mutating func spread(
    _ value: NodeID, _ fits: (ValueType) -> Bool, _ wanted: Bilingual, _ made: inout Assumption
  ) {
    let ends = tree[value].kind == .range && tree[value].word == .upTo ? Array(tree.children(of: value)) : []
    guard ends.count == 2 else { return made.value = figure(value, fits, wanted) }
    guard figure(ends[0], fits, wanted) != nil, figure(ends[1], fits, wanted) != nil else { return }
    made.value = middle(ends)
    guard tree[ends[0]].kind == .literal, tree[ends[1]].kind == .literal else { return }
    made.range = Target(number(ends[0]), number(ends[1]))
    if let order = Number.order(made.range.low, made.range.high), order > 0 {
      diagnostics.add(DeclarationProblem.badTargetOrder, at: tree[value].site)
    }
  }

  /// A formula of a fitting type; nil after a complaint.
  private mutating func figure(_ id: NodeID, _ fits: (ValueType) -> Bool, _ wanted: Bilingual) -> FormulaID? {
    guard let made = compile(id) else { return nil }
    let found = plan.formulas[made.index].type
    if found == .hole || fits(found) { return made }
    _ = complain(.expected(wanted: wanted, found: words(found)), at: tree[id].site)
    return nil
  }

  private static func isNumber(_ type: ValueType) -> Bool {
    if case .number(let unit) = type { return unit.raw == 0 || unit.raw > 2 }
    return false
  }

  private static func isShare(_ type: ValueType) -> Bool {
    if case .number(let unit) = type { return unit.raw == 1 || unit.raw == 2 }
    return false
  }

  private func number(_ id: NodeID) -> Number {
    let literal = tree.literals[Int(tree[id].payload)]
    if literal.kind == .money { return Number(literal.mantissa) }
    let isShare = literal.kind == .percent || literal.kind == .point
    return Number(mantissa: literal.mantissa, scale: Int(literal.scale) + (isShare ? 2 : 0))
  }
}
