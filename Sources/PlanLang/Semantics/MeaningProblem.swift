/// What can be wrong with what is meant: names, types, units, years: codes P02xx.
enum MeaningProblem: Problem {
  case unknownName(name: String, nearest: String?)
  case unassigned(name: String)
  /// The first (`shown`) of what a name may mean.
  case ambiguous(name: String, candidates: [String])
  case clash(left: Bilingual, operation: String, right: Bilingual)
  case expected(wanted: Bilingual, found: Bilingual)
  case yearOutside(year: String, first: Int, last: Int)
  case noPeriod
  case unknownMember(owner: Bilingual, name: String, nearest: String?)
  case unknownDimension(name: String)
  case wrongDimension(dimension: Bilingual, name: String)
  case unknownCode(code: String)
  case cycle(names: [String])
  case tooManyArguments(name: String, wanted: Int, given: Int)
  case notCallable(name: String)
  case unknownDocument(name: String, nearest: String?)
  case unknownSource(name: String, nearest: String?)
  case unknownGrade(grade: String, scale: String)
  case notAnExpression
  case whatBelongs(type: Bilingual, names: [String])
  case bareName(name: String)
  case tooLargeFormula
  case seriesNeeded
  case yearsDiffer(left: String, right: String)
  case nothingStated(what: Bilingual, text: String, nearest: String?, isSearch: Bool)

  var code: String {
    switch self {
    case .unknownName, .unassigned: "P0201"
    case .ambiguous: "P0202"
    case .clash: "P0203"
    case .expected: "P0204"
    case .yearOutside: "P0205"
    case .noPeriod: "P0206"
    case .unknownMember: "P0207"
    case .unknownDimension: "P0208"
    case .wrongDimension: "P0209"
    case .unknownCode: "P0210"
    case .cycle: "P0211"
    case .tooManyArguments: "P0212"
    case .notCallable: "P0213"
    case .unknownDocument: "P0214"
    case .unknownSource: "P0215"
    case .unknownGrade: "P0216"
    case .notAnExpression: "P0217"
    case .whatBelongs: "P0218"
    case .bareName: "P0219"
    case .tooLargeFormula: "P0220"
    case .seriesNeeded: "P0221"
    case .yearsDiffer: "P0222"
    case .nothingStated: "P0223"
    }
  }

  var severity: Severity {
    if case .whatBelongs = self { return .note }
    if case .nothingStated(_, _, _, isSearch: true) = self { return .warning }
    return .error
  }

  /// The word or sign of an operation in English.
  private static func english(_ operation: String) -> String {
    ["dalam": "in", "memuat": "contains", "lain": "else", "lipat": "fold", "s.d.": "up_to"][operation] ?? operation
  }

  /// How many of the things that a name may mean are shown.
  static let shown = 6

  var message: Bilingual {
    switch self {
    case .unknownName(let name, _), .unassigned(let name): Bilingual("`\(name)` belum dinyatakan", "`\(name)` is not declared")
    case .ambiguous(let name, _):
      Bilingual("`\(name)` dapat berarti lebih dari satu", "`\(name)` may mean more than one thing")
    case .clash(let left, let operation, let right):
      Bilingual("satuan tidak cocok: \(left.id) \(operation) \(right.id)", "units do not fit: \(left.en) \(Self.english(operation)) \(right.en)")
    case .expected(let wanted, let found):
      Bilingual("di sini perlu \(wanted.id), bukan \(found.id)", "this needs \(wanted.en), not \(found.en)")
    case .yearOutside(let year, let first, let last):
      Bilingual("tahun \(year) di luar periode \(first)..\(last)", "year \(year) is outside the period \(first)..\(last)")
    case .noPeriod: Bilingual("periode rencana belum dinyatakan", "the plan's period is not declared")
    case .unknownMember(let owner, let name, _):
      Bilingual("\(owner.id) tidak punya `\(name)`", "\(owner.en) has no `\(name)`")
    case .unknownDimension(let name): Bilingual("`\(name)` bukan dimensi pagu", "`\(name)` is not a dimension of the budget")
    case .wrongDimension(let dimension, let name):
      Bilingual("`\(name)` bukan \(dimension.id)", "`\(name)` is not a \(dimension.en)")
    case .unknownCode(let code): Bilingual("kode `\(code)` tidak ada dalam rencana", "code `\(code)` is not in the plan")
    case .cycle(let names):
      Bilingual("rumus berputar: \(names.joined(separator: " -> "))", "definitions go in a circle: \(names.joined(separator: " -> "))")
    case .tooManyArguments(let name, let wanted, let given):
      Bilingual("`\(name)` perlu \(wanted) nilai, diberi \(given)", "`\(name)` takes \(wanted) \(wanted == 1 ? "value" : "values"), \(given) given")
    case .notCallable(let name): Bilingual("`\(name)` bukan rumus", "`\(name)` is not a formula")
    case .unknownDocument(let name, _): Bilingual("dokumen `\(name)` belum dinyatakan", "document `\(name)` is not declared")
    case .unknownSource(let name, _): Bilingual("sumber dana `\(name)` belum dinyatakan", "source of funds `\(name)` is not declared")
    case .unknownGrade(let grade, let scale): Bilingual("`\(grade)` tidak ada pada skala \(scale)", "`\(grade)` is not on the scale \(scale)")
    case .notAnExpression: Bilingual("ini bukan nilai", "this is not a value")
    case .whatBelongs(let type, let names):
      Bilingual(
        "di sini perlu \(type.id)" + (names.isEmpty ? "" : "; misalnya \(names.joined(separator: ", "))"),
        "\(type.en) belongs here" + (names.isEmpty ? "" : "; such as \(names.joined(separator: ", "))"))
    case .bareName(let name):
      Bilingual("`\(name)` di dalam kurung siku perlu dimensinya", "`\(name)` inside the brackets needs its dimension")
    case .tooLargeFormula: Bilingual("rumus ini terlalu panjang setelah diuraikan", "this formula is too long once expanded")
    case .yearsDiffer(let left, let right):
      Bilingual("dua deret ini berbeda tahunnya: \(left) dan \(right)", "these two series have different years: \(left) and \(right)")
    case .nothingStated(let what, let text, _, _):
      Bilingual("tidak ada bagian rencana dengan \(what.id) \"\(text)\"", "no part of the plan has the \(what.en) \"\(text)\"")
    case .seriesNeeded: Bilingual("ini bukan deret menurut tahun", "this is not a series by year")
    }
  }

  var help: Bilingual? {
    switch self {
    case .unknownName(_, let nearest), .unknownMember(_, _, let nearest), .unknownDocument(_, let nearest), .unknownSource(_, let nearest):
      return nearest.map { Bilingual("maksud Anda `\($0)`?", "did you mean `\($0)`?") }
    case .nothingStated(_, _, let nearest, _): return nearest.map { Bilingual("maksud Anda \"\($0)\"?", "did you mean \"\($0)\"?") }
    case .unassigned(let name):
      return Bilingual("untuk menamai sebuah nilai: `misal \(name) = ...`", "to name a value: `let \(name) = ...`")
    case .notCallable:
      return Bilingual(
        "irisan memakai kurung siku, misalnya `pagu[2026]`; rumus dinyatakan dengan `rumus f(x) = ...`",
        "a slice has square brackets, such as `budget[2026]`; a formula is declared with `formula f(x) = ...`")
    case .ambiguous(_, let candidates):
      let list = candidates.map { "`\($0)`" }.joined(separator: ", ")
      return Bilingual("tulis salah satu: \(list)", "write one of: \(list)")
    case .clash(let left, _, let right):
      if left.en == "percent" || right.en == "percent" {
        return Bilingual("tulis persen dengan `%`, misalnya `10,8%`", "write percentages with `%`, such as `10,8%`")
      }
      if left.en == "rupiah" || right.en == "rupiah" {
        return Bilingual(
          "bagi dulu dengan jumlahnya, atau kalikan dengan biaya satuan", "divide by the quantity first, or multiply it by a unit cost")
      }
      return Bilingual("samakan satuannya", "use one unit on both sides")
    case .noPeriod:
      return Bilingual("tulis `daerah \"...\" periode 2025..2029`", "write `region \"...\" period 2025..2029`")
    case .bareName(let name):
      return Bilingual("tulis `dinas = \(name)`", "write `department = \(name)`")
    case .unknownDimension:
      return Bilingual(
        "dimensi: tahun, dinas, program, kegiatan, subkegiatan, rekening, sumber, fungsi, urusan, sasaran, misi, label, prioritas, judul",
        "dimensions: year, department, program, activity, subactivity, account, source, function, affairs, objective, mission, label, priority, title")
    case .yearsDiffer:
      return Bilingual(
        "pilih tahun yang sama, atau jumlahkan dulu: `jumlah(pagu[2025..2026])`", "choose the same years, or sum first: `sum(budget[2025..2026])`")
    case .tooLargeFormula:
      return Bilingual("pecah menjadi beberapa `misal`", "split it into several `let`")
    default: return nil
    }
  }
}
