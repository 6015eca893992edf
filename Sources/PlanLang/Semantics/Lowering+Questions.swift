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
}
