import CPacks

/// Rule packs (paket aturan): texts that give way to the plan that uses them.
extension Checker {
  /// `pakai "NAME" kecuali r5`: the session has put the pack among the texts; one that it has not is unknown, and a rule
  /// that is left out must be the pack's.
  mutating func use(_ id: NodeID) {
    for text in tree.children(of: id) where tree[text].kind == .text {
      let name = Lowering.unquoted(sources.text(tree[text].site))
      if !packs.values.contains(where: { $0.name == name }) {
        complain(.unknownPack(name: name, nearest: diagnostics.nearest(to: name, among: packs.values.map(\.name) + Pack.all.map(\.name))), at: tree[text].site)
      }
    }
    guard let clause = tree.clause(.except, of: id) else { return }
    let used = tree.children(of: id).filter { tree[$0].kind == .text }.map {
      Lowering.unquoted(sources.text(tree[$0].site))
    }
    var known: [Symbol] = []
    for (index, pack) in packs where used.contains(pack.name) { known += ruleNames(of: trees[index]) }
    for name in tree.children(of: clause) where !known.isEmpty {
      let symbol = Symbol(raw: tree[name].payload)
      if known.contains(symbol) { continue }
      let text = sources.text(tree[name].site)
      let nearest = diagnostics.nearest(to: text, among: known.map { names.text($0) }.sorted())
      complain(.unknownRule(name: text, nearest: nearest), at: tree[name].site)
    }
  }

  private func ruleNames(of tree: Tree) -> [Symbol] {
    tree.children(of: tree.root).filter { tree[$0].kind == .statement && tree[$0].word == .rule }
      .compactMap { tree.child(.name, of: $0).map { Symbol(raw: tree[$0].payload) } }
  }

  /// Declares what a pack states and the plan does not.
  mutating func usePack(_ index: Int) {
    guard let used = packs[index] else { return }
    packRow = builder.plan.packs.count
    builder.plan.packs.append(PackUse(name: used.name))
    treeIndex = index
    statements(of: tree.root, parent: Entities.none)
    packRow = -1
  }

  /// Notes that the plan states something itself, with both texts where they are values.
  mutating func override(_ symbol: Symbol, of statement: NodeID, by site: Site) {
    var before = tree[statement].site
    if let assign = tree.child(.assign, of: statement), let value = tree.firstChild(of: assign) { before = tree[value].site }
    var after = site
    for other in trees where other.nodes.count > 1 {
      for id in other.children(of: other.root) where other.child(.name, of: id).map({ other[$0].site == site }) ?? false {
        if let assign = other.child(.assign, of: id), let value = other.firstChild(of: assign) { after = other[value].site }
      }
    }
    builder.plan.packs[packRow].overrides.append(PackOverride(name: symbol, before: before, after: after))
  }
}

/// A rule pack that ships with the language.
struct Pack: Sendable {
  /// The name it is used by.
  let name: String
  /// Its text.
  let bytes: [UInt8]

  /// All of them, by name; the texts are copied when asked for.
  static var all: [Pack] {
    (0..<Int(planlang_pack_count())).map { place in
      let pack = planlang_pack_at(Int32(place))
      return Pack(
        name: String(cString: pack.name), bytes: Array(UnsafeBufferPointer(start: pack.bytes, count: Int(pack.count))))
    }
  }
}
