/// `pilih`: sets of projects under ceilings.
extension Lowering {
  /// `pilih proyek maksimalkan E dalam pagu Y = list { limits }`; nil after a complaint.
  mutating func choose(_ id: NodeID) -> Command? {
    guard let what = tree.firstChild(of: id), let members = candidates(what, id) else { return nil }
    var script = ChoiceScript(members: members.set, worth: nil, worthSite: .none, ceilings: [], limits: [], fixed: [])
    if let clause = tree.clause(.maximise, of: id), let part = tree.firstChild(of: clause) {
      script.worthSite = tree[part].site
      if tree[part].kind != .word || tree[part].word != .benefit {
        guard let formula = compile(part, bound: [(members.name, members.kind)]) else { return nil }
        guard case .number = plan.formulas[formula.index].type, !plan.formulas[formula.index].isSeries else {
          _ = complain(.expected(wanted: Bilingual("bilangan", "a number"), found: words(plan.formulas[formula.index].type)), at: tree[part].site)
          return nil
        }
        script.worth = formula
      }
    }
    if script.worth == nil, members.kind != .project {
      diagnostics.add(DeclarationProblem.missingClause(clause: Word.maximise.spoken, statement: Word.choose.spoken), at: tree[id].site)
      return nil
    }
    let before = diagnostics.errorCount
    if let clause = tree.clause(.underCeiling, of: id) { ceilings(clause, &script) }
    if let block = tree.child(.block, of: id) { for part in tree.children(of: block) { condition(part, &script) } }
    guard diagnostics.errorCount == before else { return nil }
    if script.ceilings.isEmpty, script.limits.isEmpty {
      diagnostics.add(DeclarationProblem.missingClause(clause: Word.underCeiling.spoken, statement: Word.choose.spoken), at: tree[id].site)
      return nil
    }
    return .choose(script)
  }

  /// What is chosen from: `proyek`, or `p dalam SET jika C`.
  private mutating func candidates(_ what: NodeID, _ id: NodeID) -> (name: Symbol, kind: EntityKind?, set: MemberSet)? {
    if tree[what].kind == .word {
      return (names.intern("proyek"), .project, MemberSet(entities: plan.projects.map(\.entity), condition: nil))
    }
    guard tree[what].kind == .binder else { return nil }
    let before = diagnostics.errorCount
    guard let made = memberSet(what, tree.child(.condition, of: id)), let kind = made.kind, kind.spends || kind == .project else {
      if diagnostics.errorCount == before {
        _ = complain(.expected(wanted: Bilingual("himpunan proyek atau bagian belanja", "a set of projects or of parts that spend"), found: Bilingual("daftar lain", "another list")), at: tree[what].site)
      }
      return nil
    }
    return diagnostics.errorCount == before ? (made.name, made.kind, made.members) : nil
  }

  private mutating func ceilings(_ id: NodeID, _ script: inout ChoiceScript) {
    guard let made = yearlyAmounts(id) else { return }
    for (year, amount, site) in made.amounts {
      script.ceilings.append(ChoiceScript.Ceiling(year: year, source: made.source, amount: amount, site: site))
    }
  }

  /// A statement of the block.
  private mutating func condition(_ id: NodeID, _ script: inout ChoiceScript) {
    let node = tree[id]
    switch (node.kind, node.word) {
    case (.hole, _): break
    case (.statement, .budget): ceilings(id, &script)
    case (.statement, .ceiling): limit(id, &script)
    case (.statement, .include), (.statement, .exclude):
      for part in tree.children(of: id) {
        guard let entity = entity(at: part) else { continue }
        guard script.members.entities.contains(entity) else {
          diagnostics.add(
            DeclarationProblem.badShape(what: Bilingual("`\(sources.text(tree[part].site))` tidak termasuk yang dipilih", "`\(sources.text(tree[part].site))` is not among what is chosen from")),
            at: tree[part].site)
          continue
        }
        script.fixed.append(ChoiceScript.Fixed(entity: entity, isIn: node.word == .include, site: tree[part].site))
      }
    default:
      diagnostics.add(DeclarationProblem.wrongPlace(what: node.word?.spoken ?? Bilingual("ungkapan", "an expression"), inside: Word.choose.spoken), at: node.site)
    }
  }

  /// `paling sedikit|banyak X untuk GROUP tahun Y`.
  private mutating func limit(_ id: NodeID, _ script: inout ChoiceScript) {
    let parts = Array(tree.children(of: id))
    guard parts.count >= 2, tree[parts[0]].kind == .word, let amount = compile(parts[1]) else {
      if parts.first.map({ tree[$0].kind != .word }) ?? true {
        diagnostics.add(DeclarationProblem.missingPart(what: Bilingual("`sedikit` atau `banyak`", "`least` or `most`"), of: Word.ceiling.spoken), at: tree[id].site)
      }
      return
    }
    let type = plan.formulas[amount.index].type
    var isMoney = false
    if case .money = type { isMoney = true }
    if !isMoney {
      guard case .number(let unit) = type, unit.raw != 1, !plan.formulas[amount.index].isSeries else {
        _ = complain(.expected(wanted: Bilingual("banyaknya atau rupiah", "a count or rupiah"), found: words(type)), at: tree[parts[1]].site)
        return
      }
    }
    var made = ChoiceScript.Limit(isLeast: tree[parts[0]].word == .fewest, amount: amount, isMoney: isMoney, group: nil, years: nil, site: tree[id].site)
    var groups: [(name: Bilingual, members: [EntityID])] = []
    if let clause = tree.clause(.forEach, of: id) {
      let inner = Array(tree.children(of: clause))
      if inner.count == 2, tree[inner[0]].word == .each, let word = tree[inner[1]].word {
        groups = each(word, script.members.entities)
        if groups.isEmpty {
          let none = Bilingual("tidak satu pun yang dipilih menyebut `\(word.spoken.id)`", "nothing that is chosen from states `\(word.spoken.en)`")
          return diagnostics.add(DeclarationProblem.badShape(what: none), at: tree[clause].site)
        }
      } else {
        guard let group = group(clause) else { return }
        made.group = group
      }
    }
    if let clause = tree.clause(.inYear, of: id), let part = tree.firstChild(of: clause) {
      guard let years = fixedYears(part), !years.isEmpty else {
        if fixedYears(part) == nil { diagnostics.add(DeclarationProblem.needsYear, at: tree[part].site) }
        return
      }
      made.years = years
    }
    if groups.isEmpty { return script.limits.append(made) }
    for group in groups {
      (made.group, made.name) = (group.members, group.name)
      script.limits.append(made)
    }
  }

  /// What stands for a word that groups.
  private static func role(_ word: Word) -> Attribute.Role {
    switch word {
    case .location, .district: .location
    case .ward: .ward
    case .priority: .priority
    default: .label
    }
  }

  /// The dimensions, places, labels or priorities that those chosen from state, each with its parts.
  private func each(_ word: Word, _ members: [EntityID]) -> [(name: Bilingual, members: [EntityID])] {
    func isMeant(_ group: [EntityID]) -> Bool {
      members.contains { member in
        var at = member
        while at != Entities.none, !group.contains(at) { at = plan.entities.parent[at.index] }
        return at != Entities.none
      }
    }
    if word == .dimension {
      return Dimension.allCases.map { ($0.name, inDimension($0)) }.filter { isMeant($0.1) }
    }
    let role = Self.role(word)
    var texts: [String] = []
    for attribute in plan.attributes where attribute.role == role && !texts.contains(where: { $0.lowercased() == attribute.text.lowercased() }) {
      texts.append(attribute.text)
    }
    return texts.map { (Bilingual(same: "\"\($0)\""), stated(role, $0, false)) }.filter { isMeant($0.1) }
  }

  private func departments(called name: Symbol) -> [EntityID] {
    plan.entities.byRank.filter { plan.entities.kind[$0.index] == .department && plan.entities.name[$0.index] == name }
  }

  /// `label "x"`, `lokasi "y"`, or parts of the plan; nil after a complaint.
  private mutating func group(_ clause: NodeID) -> [EntityID]? {
    let parts = Array(tree.children(of: clause))
    guard let head = parts.first else { return nil }
    if tree[head].kind == .word, let word = tree[head].word, parts.count > 1 {
      let role = Self.role(word)
      var found: [EntityID] = []
      for text in parts.dropFirst() {
        let wanted = Self.unquoted(sources.text(tree[text].site))
        if word == .dimension {
          guard let dimension = dimension(text) else { return nil }
          found += inDimension(dimension)
          continue
        }
        var stated = stated(role, wanted, false)
        // A kecamatan is also a department of that name.
        if word == .district, tree[text].kind == .name { stated += departments(called: Symbol(raw: tree[text].payload)) }
        if stated.isEmpty {
          let nearest = diagnostics.nearest(to: wanted, among: Array(Set(plan.attributes.filter { $0.role == role }.map(\.text))).sorted())
          _ = complain(.unknownName(name: wanted, nearest: nearest), at: tree[text].site)
          return nil
        }
        found += stated
      }
      return found
    }
    var found: [EntityID] = []
    for part in parts {
      guard let entity = entity(at: part) else { return nil }
      found.append(entity)
    }
    return found
  }
}
