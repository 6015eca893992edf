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
    case (.clause, .instrument): kind = .instrument(row: Self.lowestRow(inner) ?? 8)
    default: kind = .truth(site)
    }
  }

  /// Who signs, and the first row of the instrument table (domain 4.1) each may sign.
  static let signatures: [(name: String, row: Int)] = [
    ("pengguna_anggaran", 11), ("budget_user", 11), ("kepala_dinas", 11), ("head_of_department", 11), ("ppkd", 9), ("sekda", 8),
    ("regional_secretary", 8), ("dprd", 1), ("perda", 1),
  ]

  /// The first row that a signature may sign; nil for no signature that is known.
  static func lowestRow(_ signature: String) -> Int? { signatures.first { $0.name == signature.lowercased() }?.row }
}
