/// A condition: how it is shown, and what must hold.
struct Goal: Sendable {
  enum Kind: Sendable {
    /// An expression, by its place; it may use names that are not declared yet.
    case truth(Site)
    case rule(String)
    case allRules
    /// No shift above a signature: the lowest row of the instrument table that is allowed.
    case instrument(row: Int)
  }
  var kind: Kind
  var site: Site

  /// The goal of a clause's part.
  init(_ part: NodeID, _ tree: Tree, _ sources: SourceMap) {
    site = tree[part].site
    let inner = tree.firstChild(of: part).map { sources.text(tree[$0].site) } ?? ""
    switch (tree[part].kind, tree[part].word) {
    case (.clause, .rule): kind = .rule(inner)
    case (.clause, .all): kind = .allRules
    case (.clause, .instrument): kind = .instrument(row: Self.lowestRow(inner))
    default: kind = .truth(site)
    }
  }

  /// The first row of the instrument table (domain 4.1) that a signature may sign.
  private static func lowestRow(_ signature: String) -> Int {
    switch signature.lowercased() {
    case "dprd", "perda": 1
    case "ppkd": 9
    case "pengguna_anggaran", "budget_user": 11
    default: 8
    }
  }
}
