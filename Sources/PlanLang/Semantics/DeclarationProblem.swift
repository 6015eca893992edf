/// What can be wrong with declarations (P03xx), scenarios and edits (P04xx).
enum DeclarationProblem: Problem {
  case duplicate(name: String)
  case builtIn(name: String)
  case taken(name: String, by: Bilingual)
  case wrongPlace(what: Bilingual, inside: Bilingual, belongs: [Word] = [])
  case noPeriod
  case periodTwice
  case badPeriod
  case wrongCount(items: Int, years: Int)
  case notMoney
  case notFigure(wanted: Bilingual)
  case negativeMoney
  case doubleLevel(document: String, lower: String, upper: String)
  case unknownScale(name: String, nearest: String?)
  case missingPart(what: Bilingual, of: Bilingual)
  case badCode(code: String)
  case unknownClass(name: String)
  case tooMuchMoney
  case badShape(what: Bilingual)
  case unknownPack(name: String, nearest: String?)
  case badPriority(text: String)
  case unknownRule(name: String, nearest: String?)
  case badTargetOrder
  case unknownScenario(name: String, nearest: String?)
  case badAmount(found: Bilingual)
  case missingClause(clause: Bilingual, statement: Bilingual)
  case notMoneyPlace(found: Bilingual)
  case notSettable
  case needsYear
  case laterYear
  case declarationInScenario(what: Bilingual)
  case givenTwice(what: Bilingual)
  case moneyTwice(document: String, year: Int)
  case totalAndDetail(document: String, year: Int)
  case yearsBackwards
  case notSought(name: String)
  case endlessSpillover(loop: String)
  case initiativeMoney(what: Bilingual)
  case chanceElsewhere
  case drawnBelowZero(name: String)
  case notAnEdit(what: Bilingual, inside: Bilingual)
  case editsOfSeveral
  case tooManyCases(Int?)
  case tooMany(what: Bilingual, most: Int)

  var code: String {
    switch self {
    case .duplicate, .builtIn, .taken: "P0301"
    case .wrongPlace: "P0302"
    case .noPeriod: "P0303"
    case .periodTwice: "P0304"
    case .badPeriod: "P0305"
    case .wrongCount: "P0306"
    case .notMoney: "P0307"
    case .notFigure: "P0308"
    case .negativeMoney: "P0309"
    case .doubleLevel: "P0310"
    case .unknownScale: "P0311"
    case .missingPart: "P0312"
    case .badCode: "P0313"
    case .unknownClass: "P0314"
    case .tooMuchMoney: "P0315"
    case .badShape: "P0316"
    case .unknownPack: "P0317"
    case .badPriority: "P0318"
    case .unknownRule: "P0319"
    case .badTargetOrder: "P0320"
    case .givenTwice: "P0321"
    case .moneyTwice: "P0322"
    case .totalAndDetail: "P0323"
    case .yearsBackwards: "P0324"
    case .endlessSpillover: "P0325"
    case .initiativeMoney: "P0326"
    case .chanceElsewhere: "P0330"
    case .drawnBelowZero: "P0331"
    case .notAnEdit: "P0332"
    case .editsOfSeveral: "P0333"
    case .tooManyCases, .tooMany: "P0334"
    case .unknownScenario: "P0401"
    case .badAmount: "P0403"
    case .missingClause: "P0404"
    case .notMoneyPlace: "P0405"
    case .notSettable: "P0406"
    case .needsYear: "P0407"
    case .laterYear: "P0408"
    case .declarationInScenario: "P0409"
    case .notSought: "P0410"
    }
  }

  var severity: Severity {
    switch self {
    case .endlessSpillover, .drawnBelowZero: .warning
    default: .error
    }
  }

  var message: Bilingual {
    switch self {
    case .duplicate(let name): Bilingual("`\(name)` dinyatakan dua kali", "`\(name)` is declared twice")
    case .builtIn(let name):
      Bilingual("`\(name)` sudah dikenal tanpa dinyatakan", "`\(name)` is known without being declared")
    case .taken(let name, let by):
      Bilingual("`\(name)` sudah terpakai (\(by.id)); yang dicari perlu nama lain", "`\(name)` is taken already (\(by.en)); what is sought needs another name")
    case .wrongPlace(let what, let inside, _):
      Bilingual("`\(what.id)` tidak boleh di dalam \(inside.id)", "`\(what.en)` may not stand inside \(inside.en)")
    case .noPeriod: Bilingual("periode rencana belum dinyatakan", "the plan's period is not declared")
    case .periodTwice: Bilingual("periode dinyatakan dua kali dan berbeda", "the period is declared twice and differs")
    case .badPeriod: Bilingual("periode harus dua tahun, yang awal tidak sesudah yang akhir, paling lama 100 tahun", "a period is two years, the first not after the last, at most 100 years")
    case .wrongCount(let items, let years): Bilingual("\(items) butir untuk \(years) tahun", "\(English.count(items, "item")) for \(English.count(years, "year"))")
    case .notMoney: Bilingual("di sini perlu jumlah rupiah", "this needs an amount of rupiah")
    case .notFigure(let wanted): Bilingual("di sini perlu \(wanted.id)", "this needs \(wanted.en)")
    case .negativeMoney: Bilingual("jumlah di sini tidak boleh negatif", "an amount here may not be negative")
    case .doubleLevel(let document, let lower, let upper):
      Bilingual("pagu \(document) dinyatakan di `\(lower)` dan juga di `\(upper)` di atasnya", "the \(document) budget is declared at `\(lower)` and also at `\(upper)` above it")
    case .unknownScale(let name, _): Bilingual("skala `\(name)` belum dinyatakan", "scale `\(name)` is not declared")
    case .missingPart(let what, let owner): Bilingual("`\(owner.id)` perlu \(what.id)", "`\(owner.en)` needs \(what.en)")
    case .badCode(let code): Bilingual("`\(code)` bukan kode yang sah di sini", "`\(code)` is not a valid code here")
    case .unknownClass(let name): Bilingual("`\(name)` bukan kelas fiskal", "`\(name)` is not a fiscal class")
    case .tooMuchMoney: Bilingual("jumlah seluruh pagu melampaui Rp92.233 T", "the sum of all budgets passes Rp92.233 trillion")
    case .badShape(let what): Bilingual("\(what.id)", "\(what.en)")
    case .unknownPack(let name, _): Bilingual("paket aturan `\(name)` tidak ada", "there is no rule pack `\(name)`")
    case .badPriority(let text): Bilingual("prioritas `\(text)` bukan I, II atau III", "priority `\(text)` is not I, II or III")
    case .unknownRule(let name, _): Bilingual("aturan `\(name)` tidak ada", "there is no rule `\(name)`")
    case .badTargetOrder: Bilingual("rentang harus dari kecil ke besar", "a range goes from low to high")
    case .givenTwice(let what): Bilingual("\(what.id) diisi dua kali", "\(what.en) is given twice")
    case .moneyTwice(let document, let year):
      Bilingual(
        "\(document) \(year) untuk rekening dan sumber yang sama dinyatakan dua kali",
        "\(document) \(year) for the same account and source is declared twice")
    case .totalAndDetail(let document, let year):
      Bilingual(
        "pagu \(document) \(year) dinyatakan sebagai jumlah dan juga dirinci di tempat yang sama",
        "the \(document) budget of \(year) is declared as a total and in detail at the same place")
    case .yearsBackwards: Bilingual("tahun awalnya sesudah tahun akhirnya", "the first year is after the last")
    case .notSought(let name):
      Bilingual("`\(name)` tidak dipakai dalam suntingannya", "`\(name)` is not used in the edits")
    case .endlessSpillover(let loop):
      Bilingual("limpahan berputar dan tumbuh tanpa akhir: \(loop)", "spillovers go in a loop and grow without end: \(loop)")
    case .initiativeMoney(let what):
      Bilingual(
        "inisiatif tidak beranggaran sendiri: `\(what.id)` berdiri pada bagian belanja yang dilaluinya",
        "an initiative has no budget of its own: `\(what.en)` stands on the spending it goes through")
    case .chanceElsewhere: Bilingual("`peluang` hanya ada dalam `simulasi`", "`chance` stands only in `simulate`")
    case .drawnBelowZero(let name):
      Bilingual(
        "undian `\(name)` dapat nol atau di bawahnya; angka ini hanya berarti di atas nol",
        "draws of `\(name)` may be zero or below; this figure only means something above zero")
    case .notAnEdit(let what, let inside):
      Bilingual(
        "`\(what.id)` bukan suntingan; dalam kurung `\(inside.id)` hanya suntingan", "`\(what.en)` is not an edit; the braces of `\(inside.en)` hold edits only")
    case .editsOfSeveral:
      Bilingual("suntingan dicoba pada satu skenario, bukan pada beberapa sekaligus", "edits are tried in one scenario, not in several at once")
    case .tooManyCases(let cases):
      Bilingual(
        "\(cases.map { Figure.grouped(UInt64(clamping: $0)) } ?? "terlalu banyak") kasus; `sapu` mencoba paling banyak 1.000",
        "\(cases.map { Figure.grouped(UInt64(clamping: $0)) } ?? "too many") cases; `sweep` tries at most 1.000")
    case .tooMany(let what, let most): Bilingual("paling banyak \(most) \(what.id)", "at most \(most) \(what.en)")
    case .unknownScenario(let name, _): Bilingual("skenario `\(name)` tidak ada", "there is no scenario `\(name)`")
    case .badAmount(let found): Bilingual("yang digeser berupa rupiah, persen atau `semua`, bukan \(found.id)", "an edit moves rupiah, a percentage or `all`, not \(found.en)")
    case .missingClause(let clause, let statement):
      Bilingual("`\(statement.id)` perlu `\(clause.id)`", "`\(statement.en)` needs `\(clause.en)`")
    case .notMoneyPlace(let found): Bilingual("uang tidak dapat diambil dari atau diberikan ke \(found.id)", "money cannot be taken from or given to \(found.en)")
    case .notSettable: Bilingual("`tetapkan` mengubah target, proyeksi, awal, parameter atau pagu", "`set` changes a target, projection, baseline, parameter or budget")
    case .needsYear: Bilingual("suntingan ini perlu tahun", "this edit needs a year")
    case .laterYear: Bilingual("`tunda` memindah ke tahun yang lebih akhir", "`defer` moves to a later year")
    case .declarationInScenario(let what):
      Bilingual(
        "`\(what.id)` menyatakan rencana; di dalam skenario hanya suntingan",
        "`\(what.en)` declares the plan; a scenario holds edits only")
    }
  }

  var help: Bilingual? {
    switch self {
    case .wrongPlace(_, _, let belongs):
      belongs.isEmpty
        ? nil
        : Bilingual(
          "tempatnya di dalam " + belongs.map { "`\($0.spoken.id)`" }.joined(separator: ", "),
          "it belongs inside " + belongs.map { "`\($0.spoken.en)`" }.joined(separator: ", "))
    case .duplicate: Bilingual("beri nama lain, atau hapus salah satu", "give it another name, or delete one")
    case .builtIn: Bilingual("pakai langsung; yang lain beri nama lain", "use it as it is; give another thing another name")
    case .noPeriod: Bilingual("tulis `daerah \"...\" periode 2025..2029`", "write `region \"...\" period 2025..2029`")
    case .wrongCount(_, let years): Bilingual("beri \(years) butir dipisahkan `;`, atau `-` untuk yang belum ada", "give \(English.count(years, "item")) separated by `;`, or `-` for one not given")
    case .notMoney: Bilingual("tulis misalnya `Rp 1,5 M`", "write for example `Rp 1,5 billion`")
    case .moneyTwice: Bilingual("jumlahkan menjadi satu, atau hapus salah satu", "add them up, or delete one")
    case .totalAndDetail:
      Bilingual("hapus jumlahnya: jumlah dihitung dari rincian", "delete the total: it is the sum of the details")
    case .endlessSpillover:
      Bilingual("kecilkan bagiannya, sampai hasil kalinya di bawah 1", "lessen the shares, until their product is below 1")
    case .initiativeMoney:
      Bilingual(
        "sebut uangnya dengan `melalui dinas.subkegiatan`, rencananya dengan `peta_jalan 2026 = ...`",
        "name its money with `through office.subactivity`, its plan with `roadmap 2026 = ...`")
    case .chanceElsewhere:
      Bilingual(
        "contoh: simulasi 10000 tampilkan peluang(stunting[2027] <= 10%)", "for example: simulate 10000 show chance(stunting[2027] <= 10%)")
    case .drawnBelowZero:
      Bilingual(
        "pakai `lognormal`, `segitiga` atau `seragam` di atas nol, atau kecilkan simpangannya",
        "use `lognormal`, `triangular` or `uniform` above zero, or a smaller deviation")
    case .notAnEdit:
      Bilingual(
        "tulis pertanyaan sesudahnya; skenario yang dibandingkan di depan kurung, misalnya `simulasi 10000 a, b`",
        "put questions behind it; scenarios to compare before the braces, such as `simulate 10000 a, b`")
    case .editsOfSeveral:
      Bilingual(
        "tulis `simulasi 10000 a { ... }` untuk suntingan pada a, atau nyatakan suntingannya sebagai skenario dan bandingkan",
        "write `simulate 10000 a { ... }` for edits of a, or declare the edits as a scenario and compare it")
    case .tooManyCases:
      Bilingual("perbesar langkahnya, atau bagi menjadi beberapa `sapu`", "take a larger step, or divide it into several sweeps")
    case .yearsBackwards: Bilingual("tulis dari awal ke akhir, misalnya 2025..2029", "write first to last, such as 2025..2029")
    case .givenTwice: Bilingual("hapus salah satu", "delete one")
    case .doubleLevel: Bilingual("nyatakan pada satu tingkat saja", "declare it at one level only")
    case .unknownScale(_, let nearest), .unknownRule(_, let nearest), .unknownScenario(_, let nearest),
      .unknownPack(_, let nearest):
      nearest.map { Bilingual("maksud Anda `\($0)`?", "did you mean `\($0)`?") }
    case .unknownClass: Bilingual("pilih sangat_tinggi, tinggi, sedang, rendah atau sangat_rendah", "choose very_high, high, medium, low or very_low")
    case .needsYear: Bilingual("tambahkan `tahun 2026`", "add `in 2026`")
    case .missingClause(let clause, _): Bilingual("tambahkan `\(clause.id) ...`", "add `\(clause.en) ...`")
    case .notSettable: Bilingual("contoh: tetapkan stunting.target[2027] = 9,8%", "for example: set stunting.target[2027] = 9,8%")
    default: nil
    }
  }
}

extension Word {
  /// The word as it is said in each language.
  var spoken: Bilingual { Bilingual(Vocabulary.spelling(self, .indonesian), Vocabulary.spelling(self, .english)) }
}

extension DeclarationProblem {
  /// What stands where it may not: its word; a bare value as it is written, for nobody wrote the word that shows it.
  static func told(_ tree: Tree, _ id: NodeID, _ sources: SourceMap) -> Bilingual {
    if tree[id].word == .show, tree[id].payload == 1 { return Bilingual(same: String(sources.text(tree[id].site).prefix(60))) }
    return tree[id].word?.spoken ?? Bilingual("", "")
  }
}
