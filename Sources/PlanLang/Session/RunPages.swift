/// Pages of codes; see `Pages`.
enum RunPages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = []
}
