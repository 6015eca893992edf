/// Pages of codes; see `Pages`.
enum DataPages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = []
}
