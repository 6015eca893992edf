/// Rule packs put among the texts, each once.
extension Session {
  /// Reads the packs that a text uses: those that ship by name, others as `.plan` files below the script's folder. A
  /// pack that is not found is left to the checker to complain about.
  mutating func usePacks(of tree: Tree, _ diagnostics: inout DiagnosticList, _ outcome: inout Outcome) {
    for id in tree.children(of: tree.root) where tree[id].kind == .statement && tree[id].word == .use {
      let clause = tree.clause(.except, of: id)
      let excluded = clause.map { tree.children(of: $0).map { Symbol(raw: tree[$0].payload) } } ?? []
      for text in tree.children(of: id) where tree[text].kind == .text {
        let name = Lowering.unquoted(sources.text(tree[text].site))
        if let known = packs.first(where: { $0.value.name == name })?.key {
          packs[known]?.excluded += excluded
          continue
        }
        var found: Source?
        if let pack = Pack.all.first(where: { $0.name == name }) {
          found = sources.add(name: "<\(name)>", bytes: pack.bytes)
        } else if name.lowercased().hasSuffix(".plan") {
          found = read(name, at: tree[text].site, nil, &diagnostics, &outcome)
        }
        guard let source = found else { continue }
        let result = Parser.parse(source, names: &names, language: options.language)
        diagnostics.append(result.diagnostics)
        inputs.append((result.tree, source))
        packs[source.base] = UsedPack(name: name, excluded: excluded)
        log.included.append(source.base)
      }
    }
  }
}
