/// Questions that try edits.
extension Lowering {
  /// `cari x agar GOAL dengan EDITS`: kept as texts with holes; nil after a complaint.
  mutating func seek(_ id: NodeID) -> Command? {
    guard let name = tree.child(.name, of: id), let goal = tree.clause(.soThat, of: id), let part = tree.firstChild(of: goal),
      let with = tree.clause(.with, of: id), let first = tree.firstChild(of: with)
    else { return nil }
    let symbol = Symbol(raw: tree[name].payload)
    if scope.isKnown(symbol) {
      diagnostics.add(DeclarationProblem.duplicate(name: names.text(symbol)), at: tree[name].site)
      return nil
    }
    let statements = tree[first].kind == .block ? Array(tree.children(of: first)) : [first]
    var script = SeekScript(name: symbol, goal: Goal(part, tree, sources), goalHoles: holes(of: symbol, below: part), edits: [])
    for statement in statements {
      script.edits.append(SeekScript.Template(site: tree[statement].site, holes: holes(of: symbol, below: statement)))
    }
    if script.edits.allSatisfy(\.holes.isEmpty) {
      diagnostics.add(DeclarationProblem.notSought(name: names.text(symbol)), at: tree[with].site)
      return nil
    }
    return .seek(script)
  }

  /// `telusuri X; Y` or `telusuri semua`.
  mutating func trace(_ id: NodeID) -> Command? {
    var meant: [EntityID] = []
    for part in tree.children(of: id) where tree[part].word != .all {
      guard let entity = entity(at: part) else { return nil }
      meant.append(entity)
    }
    return .trace(meant)
  }

  /// Where a name stands below a node, in order.
  private func holes(of symbol: Symbol, below id: NodeID) -> [Site] {
    var found: [Site] = []
    var open = [id]
    while let next = open.popLast() {
      if tree[next].kind == .name, tree[next].payload == symbol.raw { found.append(tree[next].site) }
      open += tree.children(of: next)
    }
    return found.sorted { $0.start < $1.start }
  }

  /// `sapu x = A..B langkah S { EDITS } tampilkan E1; E2`: at most 200 amounts; nil after a complaint.
  mutating func sweep(_ id: NodeID) -> Command? {
    guard let name = tree.child(.name, of: id), let assign = tree.child(.assign, of: id), let block = tree.child(.block, of: id),
      let show = tree.clause(.show, of: id)
    else { return nil }
    let symbol = Symbol(raw: tree[name].payload)
    if scope.isKnown(symbol) {
      diagnostics.add(DeclarationProblem.duplicate(name: names.text(symbol)), at: tree[name].site)
      return nil
    }
    guard let amounts = amounts(assign, tree.clause(.stride, of: id)) else { return nil }
    var script = SweepScript(name: symbol, amounts: amounts, edits: [], shown: [])
    for statement in tree.children(of: block) {
      script.edits.append(SeekScript.Template(site: tree[statement].site, holes: holes(of: symbol, below: statement)))
    }
    if script.edits.allSatisfy(\.holes.isEmpty) {
      diagnostics.add(DeclarationProblem.notSought(name: names.text(symbol)), at: tree[block].site)
      return nil
    }
    for part in tree.children(of: show) {
      guard let formula = compile(part) else { return nil }
      script.shown.append((formula, tree[part].site))
    }
    return .sweep(script)
  }

  /// The amounts of a sweep in sen: those listed, or from one to another by a step, both ends told.
  private mutating func amounts(_ assign: NodeID, _ step: NodeID?) -> [Int64]? {
    func sen(_ node: NodeID) -> Int64? {
      guard tree[node].kind == .literal, case let literal = tree.literals[Int(tree[node].payload)], literal.kind == .money else { return nil }
      return literal.mantissa
    }
    let parts = Array(tree.children(of: assign))
    let wanted = Bilingual("rupiah, misalnya Rp 0..Rp 10 M langkah Rp 500 jt", "rupiah, such as Rp 0..Rp 10 billion step Rp 500 million")
    func refuse(_ node: NodeID) -> [Int64]? {
      diagnostics.add(DeclarationProblem.notFigure(wanted: wanted), at: tree[node].site)
      return nil
    }
    if parts.count == 1, tree[parts[0]].kind == .range {
      let ends = Array(tree.children(of: parts[0]))
      guard ends.count == 2, let low = sen(ends[0]), let high = sen(ends[1]), low <= high else { return refuse(parts[0]) }
      guard let step, let part = tree.firstChild(of: step), let by = sen(part), by > 0, (high - low) / by < 200 else { return refuse(step ?? parts[0]) }
      var made = Array(Swift.stride(from: low, through: high, by: Int(by)))
      if made.last != high { made.append(high) }
      return made
    }
    var made: [Int64] = []
    for part in parts {
      guard let one = sen(part), made.count < 200 else { return refuse(part) }
      made.append(one)
    }
    return made
  }
}
