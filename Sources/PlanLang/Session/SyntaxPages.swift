/// Pages of codes; see `Pages`.
enum SyntaxPages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = []
}
