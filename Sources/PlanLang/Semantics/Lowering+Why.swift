/// What `kenapa` asks about, as formulas of its parts.
struct WhyScript: Sendable {
  /// What is explained.
  enum Subject: Sendable {
    /// A rule by its conditions, each a comparison or a truth.
    case rule(RuleID, [WhyNode])
    case value(WhyNode)
    case scenario(Symbol)
    case instrument
  }
  var subject: Subject
  /// How deep the answer goes.
  var depth: Int
}

/// A part of an expression with its own formula.
struct WhyNode: Sendable {
  var formula: FormulaID
  var site: Site
  /// The operator before it (`Node.less`...), 0 for none.
  var lead: UInt8
  /// What it is made of; empty for what is read from the plan.
  var parts: [WhyNode]
  /// Whether the parts are a condition, what holds when it is true, and what holds otherwise.
  var isChoice = false
}

/// A `rumus` as it was called: what its names stand for while a part of its body is compiled.
struct CallFrame {
  var names: [Symbol]
  var arguments: [NodeID]
  /// The tree the arguments are written in.
  var tree: Int
}

extension Lowering {
  /// `kenapa X sampai n`; nil after a complaint.
  mutating func why(_ id: NodeID) -> Command? {
    guard let part = tree.firstChild(of: id) else { return nil }
    var depth = 3
    if let clause = tree.clause(.until, of: id), let value = tree.firstChild(of: clause) {
      guard tree[value].kind == .literal, case let literal = tree.literals[Int(tree[value].payload)], literal.scale == 0,
        literal.kind == .number, (1...50).contains(literal.mantissa)
      else {
        _ = complain(.expected(wanted: Bilingual("1 sampai 50", "1 to 50"), found: Bilingual(same: sources.text(tree[value].site))), at: tree[value].site)
        return nil
      }
      depth = Int(literal.mantissa)
    }
    if tree[part].word == .instrument { return .why(WhyScript(subject: .instrument, depth: depth)) }
    if tree[part].kind == .name || tree[part].kind == .word {
      let symbol = Symbol(raw: tree[part].payload)
      if let row = plan.rules.firstIndex(where: { $0.name == symbol }), scope.entities(named: symbol).isEmpty {
        return .why(WhyScript(subject: .rule(RuleID(row), conditions(ofRule: row)), depth: depth))
      }
      if scope.meanings(of: symbol).contains(.scenario), scope.entities(named: symbol).isEmpty {
        return .why(WhyScript(subject: .scenario(tree[part].word == .root ? names.intern("dasar") : symbol), depth: depth))
      }
    }
    guard let node = whyNode(part, bound: [], depth: 0) else { return nil }
    return .why(WhyScript(subject: .value(node), depth: depth))
  }

  /// A part and its parts; nil after a complaint.
  private mutating func whyNode(_ id: NodeID, bound: [(Symbol, EntityKind?)], depth: Int) -> WhyNode? {
    guard let formula = compile(id, bound: bound) else { return nil }
    var made = WhyNode(formula: formula, site: tree[id].site, lead: tree[id].lead, parts: [])
    if depth >= 12 { return made }
    var inner: [NodeID] = []
    switch tree[id].kind {
    case .chain, .compare, .unary, .power: inner = Array(tree.children(of: id))
    case .conditional:
      inner = Array(tree.children(of: id))
      made.isChoice = inner.count == 3
    case .call:
      guard let head = tree.firstChild(of: id) else { return made }
      if tree[head].kind != .word { return called(id, made, bound, depth) ?? made }
      inner = Array(tree.children(of: id).dropFirst())
    case .name:
      let symbol = Symbol(raw: tree[id].payload)
      return argument(named: symbol, made, bound, depth) ?? definition(named: symbol, made, bound, depth) ?? made
    default: return made
    }
    for part in inner where made.isChoice || tree[part].kind != .literal {
      let before = diagnostics
      // A part that has no value of its own, such as a category, is left to the whole.
      if let node = whyNode(part, bound: bound, depth: depth + 1) { made.parts.append(node) } else { diagnostics = before }
    }
    return made
  }

  /// A name or call whose one part is what it stands for.
  private mutating func standing(for body: NodeID, _ made: WhyNode, _ bound: [(Symbol, EntityKind?)], _ depth: Int) -> WhyNode? {
    guard let part = whyNode(body, bound: bound, depth: depth + 1) else { return nil }
    var whole = made
    whole.parts = [part]
    return whole
  }

  /// A `rumus` with its arguments: its body, in which each name stands for what it was given.
  private mutating func called(_ id: NodeID, _ made: WhyNode, _ bound: [(Symbol, EntityKind?)], _ depth: Int) -> WhyNode? {
    let parts = Array(tree.children(of: id))
    let symbol = Symbol(raw: tree[parts[0]].payload)
    guard let definition = scope.formulas.first(where: { $0.name == symbol }) else { return nil }
    let outer = treeIndex
    frames.append(CallFrame(names: definition.parameters, arguments: Array(parts.dropFirst()), tree: outer))
    enter(definition.tree)
    defer {
      frames.removeLast()
      enter(outer)
    }
    let before = diagnostics
    let whole = standing(for: definition.body, made, bound, depth)
    if whole == nil { diagnostics = before }
    return whole
  }

  /// What the `rumus` being explained was given by a name.
  private mutating func argument(
    named symbol: Symbol, _ made: WhyNode, _ bound: [(Symbol, EntityKind?)], _ depth: Int
  ) -> WhyNode? {
    guard let frame = frames.last, let place = frame.names.firstIndex(of: symbol), place < frame.arguments.count else { return nil }
    let outer = treeIndex
    frames.removeLast()
    enter(frame.tree)
    defer {
      frames.append(frame)
      enter(outer)
    }
    if tree[frame.arguments[place]].kind == .literal { return made }
    let before = diagnostics
    let whole = standing(for: frame.arguments[place], made, bound, depth)
    if whole == nil { diagnostics = before }
    return whole
  }

  private mutating func definition(
    named symbol: Symbol, _ made: WhyNode, _ bound: [(Symbol, EntityKind?)], _ depth: Int
  ) -> WhyNode? {
    guard scope.entities(named: symbol).isEmpty, !frames.isEmpty || !bound.contains(where: { $0.0 == symbol }) else { return nil }
    let callers = frames
    frames = []
    defer { frames = callers }
    for case .letting(let row) in scope.meanings(of: symbol) {
      let (definition, outer) = (scope.lettings[row], treeIndex)
      enter(definition.tree)
      defer { enter(outer) }
      return standing(for: definition.body, made, [], depth)
    }
    return nil
  }

  /// The conditions of a rule, looked up where the rule is written.
  private mutating func conditions(ofRule row: Int) -> [WhyNode] {
    let rule = plan.rules[row]
    let outer = treeIndex
    defer { enter(outer) }
    for index in trees.indices {
      enter(index)
      for id in tree.children(of: tree.root) where tree[id].word == .rule {
        guard let name = tree.child(.name, of: id), tree[name].site == rule.site, let block = tree.child(.block, of: id) else { continue }
        var made: [WhyNode] = []
        for part in tree.children(of: block) {
          if tree[part].kind == .quantified {
            let parts = Array(tree.children(of: part))
            guard let binder = parts.first, tree[binder].kind == .binder, let body = parts.last else { continue }
            guard rule.members != nil, let set = memberSet(binder, nil) else { continue }
            for one in statements(of: body) { made += conditions(one, bound: [(set.name, set.kind)]) }
          } else if tree[part].word == .show, let expression = tree.firstChild(of: part) {
            made += conditions(expression, bound: [])
          }
        }
        return made
      }
    }
    return []
  }

  private mutating func conditions(_ id: NodeID, bound: [(Symbol, EntityKind?)]) -> [WhyNode] {
    if tree[id].kind == .chain, tree[id].word == .and {
      var all: [WhyNode] = []
      for part in tree.children(of: id) { all += conditions(part, bound: bound) }
      return all
    }
    let before = diagnostics
    guard let node = whyNode(id, bound: bound, depth: 0) else {
      diagnostics = before
      return []
    }
    return [node]
  }

  /// `siapa menopang X` and `siapa rugi`.
  mutating func who(_ id: NodeID) -> Command? {
    let parts = Array(tree.children(of: id))
    guard let first = parts.first else { return nil }
    if tree[first].word == .losing {
      guard parts.count > 1 else { return .losers(nil) }
      return scenarioName(parts[1]).map { .losers($0) }
    }
    guard parts.count > 1, let entity = entity(at: parts[1]) else { return nil }
    return .supporters(entity)
  }
}
