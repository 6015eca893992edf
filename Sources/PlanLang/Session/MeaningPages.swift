/// Pages of codes; see `Pages`.
enum MeaningPages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = []
}
