extension Session {
  /// A clean script that reproduces the session: its texts, then every scenario with its edits.
  var script: String {
    var text = ""
    for input in inputs {
      let body = declarations(of: input.tree, input.source)
      if body.isEmpty { continue }
      text += (text.isEmpty ? "" : "\n") + body + "\n"
    }
    for row in scenarios.branches.indices.dropFirst() { text += "\n" + block(row) }
    let tidy = Self.formatted(name: "", Array(text.utf8), to: nil, messages: options.language)
    return tidy.complaints == nil ? String(decoding: tidy.bytes, as: UTF8.self) : text
  }

  /// The declarations of a text as written, without its scenarios, edits and questions; comments stay with what they stand before.
  private func declarations(of tree: Tree, _ source: Source) -> String {
    var kept = ""
    var end = tree[tree.root].site.start
    for id in tree.children(of: tree.root) {
      let site = tree[id].site
      let isKept = tree[id].kind == .statement && !(tree[id].word.map(Checker.asks) ?? true)
      let lead = sources.text(Site(start: end, end: max(end, site.start)))
      if isKept {
        let comments = lead.split(separator: "\n").filter { $0.hasPrefix("#") }.map { $0 + "\n" }.joined()
        let gap = kept.isEmpty ? "" : lead.split(separator: "\n", omittingEmptySubsequences: false).count > 2 ? "\n\n" : "\n"
        kept += gap + comments + sources.text(site)
      }
      end = max(end, site.end)
    }
    return kept
  }

  /// A scenario as a block; from its parent while that still is what it branched off, else from the root.
  private func block(_ row: Int) -> String {
    let branch = scenarios.branches[row]
    let parent = scenarios.branches[max(branch.parent, 0)]
    let isSame = parent.allSteps.map(\.site) == branch.inherited.map(\.site)
    let steps = isSame ? branch.steps : branch.allSteps
    let (scenario, from) = (Word.scenario, Word.from)
    let language = options.language
    var text = Vocabulary.spelling(scenario, language) + " " + names.text(branch.name)
    if branch.title != .none { text += " " + sources.text(branch.title) }
    let root = language == .indonesian ? "dasar" : "base"
    let name = branch.parent > 0 && isSame ? names.text(parent.name) : root
    text += " " + Vocabulary.spelling(from, language) + " " + name
    if branch.date > 0 { text += " " + Vocabulary.spelling(.dated, language) + " " + speech.date(branch.date) }
    if branch.urgentGround != .none { text += " " + Vocabulary.spelling(.urgent, language) + " " + sources.text(branch.urgentGround) }
    text += " {\n"
    for step in steps { text += "  " + sources.text(step.site) + "\n" }
    return text + "}\n"
  }
}
