/// `base[ terms ]`: years, entities, accounts, sources and stated attributes, all resolved now.
extension Lowering {
  mutating func reach(slice id: NodeID) -> Reach {
    let parts = Array(tree.children(of: id))
    guard let first = parts.first else { return .value(.hole()) }
    let terms = Array(parts.dropFirst())
    let scenario = inScenario
    let base = reach(first)
    if inScenario == nil { inScenario = scenario }
    switch base {
    case .money(var money):
      // The scenario is for the money, not for what its terms compute.
      let outer = inScenario
      inScenario = nil
      for term in terms { apply(term, to: &money) }
      inScenario = outer
      return .money(money)
    case .figure(let operand, let figure): return .value(pick(year: terms, at: tree[id].site) { $0.read(figure, of: operand) })
    case .entity(let operand):
      guard case .entity(.indicator) = operand.type else {
        // `program[dinas = x]`-like sets of an entity are not slices; its money is.
        return .value(complain(.expected(wanted: Bilingual("pagu atau deret", "a budget or a series"), found: words(operand.type)), at: tree[first].site))
      }
      return .value(pick(year: terms, at: tree[id].site) { $0.read(.projection, of: operand) })
    case .value(let operand):
      if operand.type == .hole { return base }
      if case .list = operand.type { return .value(element(of: operand, terms, at: tree[id].site)) }
      guard operand.isSeries else { return .value(complain(.seriesNeeded, at: tree[id].site)) }
      return .value(pick(year: terms, at: tree[id].site) { $0.settle($0.reach(first), at: $0.tree[first].site) })
    case .scenario: return .value(complain(.notAnExpression, at: tree[first].site))
    }
  }

  /// An element of a list by its number, from 1.
  private mutating func element(of list: Operand, _ terms: [NodeID], at site: Site) -> Operand {
    guard terms.count == 1, let value = tree.firstChild(of: terms[0]), case .list(let inner) = list.type else {
      return complain(.notAnExpression, at: site)
    }
    let index = expression(value)
    let made = register()
    emit(.element, made, list.register, index.register)
    return Operand(register: made, type: inner, isSeries: list.isSeries || index.isSeries)
  }

  /// A series read in one year, or kept to some years; `read` compiles the series where it is called.
  private mutating func pick(year terms: [NodeID], at site: Site, _ read: (inout Lowering) -> Operand) -> Operand {
    guard terms.count == 1, tree[terms[0]].word == .inYear || tree[terms[0]].word == .final, let value = tree.firstChild(of: terms[0]) else {
      return complain(.unknownDimension(name: terms.first.map { sources.text(tree[$0].site) } ?? ""), at: site)
    }
    let scenario = inScenario
    inScenario = nil
    switch years(value) {
    case .fixed(let indices) where indices.count == 1:
      let (saved, year) = (register(), constant(Number(Int64(indices[0]))))
      emit(.year, saved)
      emit(.setYear, 0, year)
      let outer = scenario.map { turn(to: $0) }
      var made = read(&self)
      if let outer { _ = turn(to: outer) }
      emit(.setYear, 0, saved)
      made.isSeries = false
      made.years = nil
      return made
    case .fixed(let indices):
      let outer = scenario.map { turn(to: $0) }
      var made = read(&self)
      if let outer { _ = turn(to: outer) }
      made.years = indices
      return made
    case .dynamic(let index):
      let saved = register()
      emit(.year, saved)
      emit(.setYear, 0, index.register)
      let outer = scenario.map { turn(to: $0) }
      var made = read(&self)
      if let outer { _ = turn(to: outer) }
      emit(.setYear, 0, saved)
      made.isSeries = index.isSeries
      return made
    case .none: return .hole()
    }
  }

  /// Years as written: known now, or computed.
  enum Years {
    case fixed([Int])
    case dynamic(Operand)
    case none
  }

  /// The years of a term or clause, as indices of the period.
  mutating func years(_ id: NodeID) -> Years {
    if let fixed = fixedYears(id) { return fixed.isEmpty ? .none : .fixed(fixed) }
    let year = expression(id)
    switch year.type {
    case .year, .number: break
    case .hole: return .none
    default:
      if tree[id].kind == .name {
        _ = complain(.bareName(name: sources.text(tree[id].site)), at: tree[id].site)
      } else {
        _ = complain(.expected(wanted: Bilingual("tahun", "a year"), found: words(year.type)), at: tree[id].site)
      }
      return .none
    }
    let made = register()
    emit(.yearIndex, made, year.register)
    return .dynamic(Operand(register: made, type: .number(UnitID(raw: 0)), isSeries: year.isSeries))
  }

  /// The years of a literal or a range of literals; nil when they are computed, empty after a complaint.
  mutating func fixedYears(_ id: NodeID) -> [Int]? {
    let node = tree[id]
    if node.kind == .literal {
      return index(of: tree.literals[Int(node.payload)]).map { [$0] } ?? []
    }
    guard node.kind == .range, node.word == .inYear else { return nil }
    let ends = Array(tree.children(of: id))
    guard ends.count == 2, tree[ends[0]].kind == .literal, tree[ends[1]].kind == .literal else { return nil }
    guard let low = index(of: tree.literals[Int(tree[ends[0]].payload)]),
      let high = index(of: tree.literals[Int(tree[ends[1]].payload)])
    else { return [] }
    return low <= high ? Array(low...high) : Array((high...low).reversed())
  }

  private mutating func index(of literal: Literal) -> Int? {
    guard plan.yearCount > 0 else {
      _ = complain(.noPeriod, at: literal.site)
      return nil
    }
    guard literal.kind == .number, literal.scale == 0, let index = plan.yearIndex(Int(clamping: literal.mantissa)) else {
      _ = complain(
        .yearOutside(year: sources.text(literal.site), first: plan.firstYear, last: plan.firstYear + plan.yearCount - 1),
        at: literal.site)
      return nil
    }
    return index
  }

  // MARK: Terms

  private mutating func apply(_ id: NodeID, to money: inout MoneyReach) {
    let term = tree[id]
    let parts = Array(tree.children(of: id))
    guard let value = parts.last else { return }
    guard let word = term.word else {
      _ = complain(.unknownDimension(name: sources.text(tree[parts[0]].site)), at: term.site)
      return
    }
    switch word {
    case .inYear:
      guard money.yearRegister == nil, money.years?.count != 1 else {
        _ = complain(.seriesNeeded, at: term.site)
        return
      }
      switch years(value) {
      case .fixed(let indices):
        if let before = money.years, !indices.allSatisfy({ before.contains($0) }) {
          _ = complain(.yearsDiffer(left: yearWords(before), right: yearWords(indices)), at: term.site)
        }
        money.years = indices
      case .dynamic(let index):
        money.yearRegister = index.register
        money.isYearMoving = index.isSeries
      case .none: break
      }
    case .account:
      let accounts = values(of: value).compactMap { account($0) }
      for i in money.slices.indices { money.slices[i].template.accounts += accounts }
    case .source:
      let found = values(of: value).compactMap { source($0) }
      for i in money.slices.indices { money.slices[i].template.sources += found }
    case .document:
      if let document = document(tree[value]) { for i in money.slices.indices { money.slices[i].template.document = document } }
    case .kind, .spendingKind:
      let items = values(of: value)
      let accounts = items.compactMap { account(ofKind: $0) }
      if accounts.count == items.count, tree[value].lead != Node.contains {
        for i in money.slices.indices { money.slices[i].template.accounts += accounts }
        return
      }
      guard let set = kinds(items, tree[value].lead == Node.contains) else { return }
      narrow(&money, to: set)
    default:
      guard let set = anchors(word, value, tree[value].lead, at: term.site) else { return }
      narrow(&money, to: set)
    }
  }

  /// The parts of the plan that state a kind of spending themselves; nil after a complaint.
  private mutating func kinds(_ items: [NodeID], _ contains: Bool) -> [EntityID]? {
    var found: [EntityID] = []
    for item in items {
      let text = Self.unquoted(sources.text(tree[item].site))
      let some = stated(.spendingKind, text, contains)
      if some.isEmpty {
        let nearest = diagnostics.nearest(to: text, among: Self.spendingKinds.map { $0.name[0] })
        _ = complain(.unknownName(name: text, nearest: nearest), at: tree[item].site)
        return nil
      }
      found += some
    }
    return found
  }

  /// The parts of a list value, or the value alone.
  func values(of id: NodeID) -> [NodeID] {
    tree[id].kind == .list ? Array(tree.children(of: id)) : [id]
  }

  /// The account of a code term: one of the chart, with money or without, or one that the plan has all the same.
  mutating func account(_ id: NodeID) -> AccountID? {
    let written = sources.text(tree[id].site)
    guard tree[id].kind == .code || tree[id].kind == .literal, let canonical = Code.account(written),
      Code.isBudgeted(canonical) || names.known(canonical).map({ plan.accounts.codeName.contains($0) }) == true
    else {
      _ = complain(.unknownCode(code: written), at: tree[id].site)
      return nil
    }
    return builder.account(canonical, names: &names)
  }

  /// The source of a name or code.
  mutating func source(_ id: NodeID) -> SourceID? {
    let node = tree[id]
    let written = sources.text(node.site)
    if node.kind == .code {
      if let symbol = names.known(written), let row = plan.sources.codeName.firstIndex(of: symbol) { return SourceID(row) }
      _ = complain(.unknownCode(code: written), at: node.site)
      return nil
    }
    for meaning in scope.meanings(of: Symbol(raw: node.payload)) { if case .source(let id) = meaning { return id } }
    let nearest = diagnostics.nearest(to: written, among: plan.sources.named(names))
    _ = complain(.unknownSource(name: written, nearest: nearest), at: node.site)
    return nil
  }

  /// The spending entities a dimension's value holds, in order; nil after a complaint.
  mutating func anchors(_ word: Word, _ value: NodeID, _ lead: UInt8, at site: Site, isTest: Bool = false) -> [EntityID]? {
    var found: [EntityID] = []
    for item in values(of: value) {
      guard let part = anchors(word, item: item, lead, at: site, isTest) else { return nil }
      found += part
    }
    return found
  }

  private mutating func anchors(_ word: Word, item: NodeID, _ lead: UInt8, at site: Site, _ isTest: Bool) -> [EntityID]? {
    if let kind = Self.kind(word) {
      if kind == .initiative { return members(of: kind, item).map { $0 + $0.flatMap { plan.ground($0) ?? [] } } }
      if kind.spends || kind == .indicator { return members(of: kind, item) }
      return supporters(kind, item)
    }
    let text = Self.unquoted(sources.text(tree[item].site))
    let contains = lead == Node.contains
    switch word {
    case .dimension: return initiatives(ofDimension: item)
    case .priority: return stated(.priority, text, contains)
    case .label: return found(stated(.label, text, contains), word, item, contains || isTest) { $0.statedTexts(.label) }
    case .location, .district: return found(stated(.location, text, contains), word, item, contains || isTest) { $0.statedTexts(.location) }
    case .ward: return found(stated(.ward, text, contains), word, item, contains || isTest) { $0.statedTexts(.ward) }
    case .title: return found(titled(text, contains), word, item, contains || isTest) { $0.titles() }
    case .function: return function(text, at: tree[item].site)
    case .affairs: return affairs(item, text)
    case .kind, .spendingKind: return stated(.spendingKind, text, contains)
    default:
      _ = complain(.unknownDimension(name: sources.text(site)), at: site)
      return nil
    }
  }

  /// What a text selects; a text that selects nothing is told, with the nearest that would: an error where it is meant
  /// exactly, a warning where it is searched or asked for.
  private mutating func found(
    _ set: [EntityID], _ word: Word, _ item: NodeID, _ isSearch: Bool, among known: (Lowering) -> [String]
  ) -> [EntityID]? {
    if !set.isEmpty { return set }
    let text = Self.unquoted(sources.text(tree[item].site))
    if scope.isPartial {
      diagnostics.follow()
    } else {
      let nearest = diagnostics.nearest(to: text, among: known(self))
      diagnostics.add(MeaningProblem.nothingStated(what: word.spoken, text: text, nearest: nearest, isSearch: isSearch), at: tree[item].site)
    }
    return isSearch ? [] : nil
  }

  /// Spending entities by their title, or by words of it.
  private func titled(_ text: String, _ contains: Bool) -> [EntityID] {
    let wanted = text.lowercased()
    return spendingTitles().filter { contains ? $0.title.lowercased().contains(wanted) : $0.title == text }.map(\.entity)
  }

  private func titles() -> [String] { spendingTitles().map(\.title) }

  private func spendingTitles() -> [(entity: EntityID, title: String)] {
    plan.entities.kind.indices.compactMap { row in
      let title = plan.entities.title[row]
      guard plan.entities.kind[row].spends, title != .none else { return nil }
      return (EntityID(row), Self.unquoted(sources.text(title)))
    }
  }

  /// The texts stated in a role, each once.
  private func statedTexts(_ role: Attribute.Role) -> [String] {
    Set(plan.attributes.filter { $0.role == role }.map(\.text)).sorted()
  }

  /// Entities of a spending kind by name, path or code (a code may stand for several).
  private mutating func members(of kind: EntityKind, _ item: NodeID) -> [EntityID]? {
    let node = tree[item]
    let found: [EntityID]
    if node.kind == .code {
      let written = sources.text(node.site)
      let canonical = kind == .department || kind == .workUnit ? Code.organisation(written)?.canonical ?? written : Code.activity(written) ?? written
      found = (names.known(canonical).map { scope.entities(coded: $0) } ?? []).filter { plan.entities.kind[$0.index] == kind }
      if found.isEmpty { _ = complain(.unknownCode(code: written), at: node.site) }
    } else if node.kind == .name || node.kind == .word {
      let symbol = Symbol(raw: node.payload)
      let named = scope.entities(named: symbol)
      found = named.filter { plan.entities.kind[$0.index] == kind }
      if found.isEmpty {
        let name = sources.text(node.site)
        if named.isEmpty {
          let nearest = diagnostics.nearest(to: name, among: entityNames { plan.entities.kind[$0] == kind })
          _ = complain(.unknownName(name: name, nearest: nearest), at: node.site)
        } else {
          _ = complain(.wrongDimension(dimension: Self.words(kind), name: name), at: node.site)
        }
      }
    } else {
      guard case .entity(let operand) = reach(item), let entity = operand.entity else {
        _ = complain(.wrongDimension(dimension: Self.words(kind), name: sources.text(node.site)), at: node.site)
        return nil
      }
      found = plan.entities.kind[entity.index] == kind ? [entity] : []
      if found.isEmpty { _ = complain(.wrongDimension(dimension: Self.words(kind), name: sources.text(node.site)), at: node.site) }
    }
    if kind == .workUnit {
      let leaves = plan.attributes.filter { $0.role == .workUnit && found.contains(EntityID(raw: UInt32($0.value.a))) }
      return found.isEmpty ? nil : found + leaves.map(\.entity)
    }
    return found.isEmpty ? nil : found
  }

  /// Spending entities that support a goal entity or one below it.
  private mutating func supporters(_ kind: EntityKind, _ item: NodeID) -> [EntityID]? {
    guard case .entity(let operand) = reach(item), let goal = operand.entity, plan.entities.kind[goal.index] == kind else {
      _ = complain(.wrongDimension(dimension: Self.words(kind), name: sources.text(tree[item].site)), at: tree[item].site)
      return nil
    }
    return plan.supports.filter { $0.to == goal || isBelow(goal, $0.to) }.map(\.from)
  }

  /// Keeps a slice to what also lies in a set of entities.
  private func narrow(_ money: inout MoneyReach, to set: [EntityID]) {
    for i in money.slices.indices {
      switch money.slices[i].template.anchors {
      case .all: money.slices[i].template.anchors = .entities(disjoint(set))
      case .entities(let before): money.slices[i].template.anchors = .entities(common(before, set))
      case .local:
        let before = money.slices[i].template.within
        money.slices[i].template.within = before.map { common($0, set) } ?? disjoint(set)
      }
    }
  }

  /// What lies in both of two sets of entities.
  func common(_ before: [EntityID], _ set: [EntityID]) -> [EntityID] {
    let (first, second) = (Set(before), Set(set))
    func isInside(_ entity: EntityID, _ outer: Set<EntityID>) -> Bool {
      var at = entity
      while at != Entities.none {
        if outer.contains(at) { return true }
        at = plan.entities.parent[at.index]
      }
      return false
    }
    return disjoint(before.filter { isInside($0, second) } + set.filter { isInside($0, first) })
  }

  /// A set without repeats and without entities below others of it, in order of declaration.
  func disjoint(_ set: [EntityID]) -> [EntityID] { plan.disjoint(set) }
}
