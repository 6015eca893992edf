/// Pages of codes; see `Pages`.
enum DeclarationPages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = []
}
