/// What can be wrong with a choice of projects: codes P0812...
public enum ChoiceProblem: Problem {
  case contradiction
  case nothingToChoose
  case noBenefit(name: String)
  case noAnswerInTime(seconds: Int)
  case notConfirmed(what: String)
  case badFigure(name: String)

  /// The code.
  public var code: String {
    switch self {
    case .contradiction: "P0812"
    case .nothingToChoose: "P0813"
    case .noBenefit: "P0814"
    case .noAnswerInTime: "P0815"
    case .notConfirmed: "P0816"
    case .badFigure: "P0817"
    }
  }

  /// Always an error: there is no answer.
  public var severity: Severity { .error }

  /// What is wrong.
  public var message: Bilingual {
    switch self {
    case .contradiction:
      Bilingual("tidak ada himpunan yang memenuhi semuanya; syarat-syarat ini bertentangan", "no set meets everything; these conditions contradict one another")
    case .nothingToChoose: Bilingual("tidak ada yang dapat dipilih", "there is nothing to choose from")
    case .noBenefit(let name): Bilingual("`\(name)` tidak punya manfaat", "`\(name)` has no benefit")
    case .noAnswerInTime(let seconds):
      Bilingual("belum ada himpunan yang ditemukan dalam \(seconds) detik", "no set was found within \(English.count(seconds, "second"))")
    case .notConfirmed(let what):
      Bilingual("jawaban penyelesai tidak dibenarkan oleh hitungan tepat\(what.isEmpty ? "" : " (\(what))")", "exact sums do not confirm the solver's answer\(what.isEmpty ? "" : " (\(what))")")
    case .badFigure(let name):
      Bilingual("biaya atau batas `\(name)` bukan rupiah yang tidak negatif", "the cost or bound `\(name)` is no amount of rupiah that is not negative")
    }
  }

  /// How to mend it.
  public var help: Bilingual? {
    switch self {
    case .contradiction: Bilingual("longgarkan atau hapus salah satunya", "relax or remove one of them")
    case .nothingToChoose:
      Bilingual(
        "nyatakan proyek: proyek taman \"Taman kota\" { manfaat 8,5; biaya 2026 = Rp 2 M }",
        "declare projects: project park \"City park\" { benefit 8,5; cost 2026 = Rp 2 billion }")
    case .noBenefit: Bilingual("tambahkan `manfaat` pada proyek itu, atau sebut yang lain di `maksimalkan`", "add `benefit` to that project, or name something else behind `maximise`")
    case .noAnswerInTime, .notConfirmed, .badFigure: nil
    }
  }
}
