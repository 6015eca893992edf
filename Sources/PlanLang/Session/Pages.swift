/// The pages of all codes: what `planrepl explain` prints.
enum Pages {
  /// Every code with its page, in order of code.
  static let all: [(code: String, page: Bilingual)] =
    (SyntaxPages.all + MeaningPages.all + DeclarationPages.all + MasterplanPages.all + ResponsePages.all + DataPages.all + RunPages.all
    + SessionProblem.pages + SolveProblem.pages + ChoicePages.all)
    .sorted { $0.code < $1.code }
}
