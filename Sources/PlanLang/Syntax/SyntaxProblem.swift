/// What can be wrong with a text before its names mean anything: codes P01xx.
enum SyntaxProblem: Problem {
  case unexpected(found: String, expected: String, opens: Bool = false)
  case unknownStatement(word: String, nearest: String?)
  case ambiguousNumber(text: String, plain: String, decimal: String, asDecimal: String)
  case ambiguousMoney(text: String, thousands: String, decimal: String)
  case moneyPoint(text: String, mend: String)
  case badGroups(text: String)
  case moneyDecimals(text: String)
  case notWholeSen(text: String)
  case commaBetweenArguments(text: String)
  case bareScale(text: String)
  case missingScale(text: String)
  case tooLarge(text: String)
  case openText
  case openBracket(String)
  case tooDeep(limit: Int)
  case stray(String)
  case badCode(text: String)
  case badDate(text: String)
  case reserved(word: String)
  case invalidText
  /// A text that was saved as UTF-16.
  case wideText
  case tooLong(limit: Int)

  var code: String {
    switch self {
    case .unexpected: "P0101"
    case .unknownStatement: "P0102"
    case .ambiguousNumber: "P0103"
    case .ambiguousMoney: "P0104"
    case .moneyPoint: "P0105"
    case .badGroups: "P0106"
    case .moneyDecimals: "P0107"
    case .notWholeSen: "P0108"
    case .commaBetweenArguments: "P0109"
    case .bareScale: "P0110"
    case .missingScale: "P0111"
    case .tooLarge: "P0112"
    case .openText: "P0113"
    case .openBracket: "P0114"
    case .tooDeep: "P0115"
    case .stray: "P0116"
    case .badCode: "P0117"
    case .badDate: "P0118"
    case .reserved: "P0120"
    case .invalidText, .wideText: "P0121"
    case .tooLong: "P0123"
    }
  }

  var severity: Severity { .error }

  var message: Bilingual {
    switch self {
    case .unexpected(let found, let expected, _):
      Bilingual(
        "\(found) tidak diharapkan; yang mungkin di sini: \(expected)",
        "unexpected \(found); possible here: \(expected)")
    case .unknownStatement(let word, _):
      Bilingual("`\(word)` bukan awal sebuah pernyataan", "`\(word)` does not begin a statement")
    case .ambiguousNumber(let text, let plain, let decimal, _):
      Bilingual("`\(text)` dapat dibaca \(plain) atau \(decimal)", "`\(text)` can be read as \(plain) or \(decimal)")
    case .ambiguousMoney(let text, let thousands, let decimal):
      Bilingual(
        "`\(text)` dapat dibaca \(thousands) atau \(decimal)", "`\(text)` can be read as \(thousands) or \(decimal)")
    case .moneyPoint(let text, _):
      Bilingual(
        "titik dalam `\(text)` bukan tanda desimal rupiah", "the point in `\(text)` is not rupiah's decimal mark")
    case .badGroups(let text):
      Bilingual(
        "`\(text)` bukan bilangan: titik ribuan memisahkan tiap tiga angka",
        "`\(text)` is not a number: dots separate groups of three digits")
    case .moneyDecimals(let text):
      Bilingual(
        "`\(text)`: rupiah tanpa skala paling banyak dua desimal (sen)",
        "`\(text)`: rupiah without a scale has at most two decimals (sen)")
    case .notWholeSen(let text):
      Bilingual("`\(text)` tidak berakhir pada sen bulat", "`\(text)` does not end in whole sen")
    case .commaBetweenArguments(let text):
      Bilingual(
        "`\(text)` di sini dapat berarti dua nilai atau satu desimal", "`\(text)` here may be two values or one decimal"
      )
    case .bareScale(let text):
      Bilingual("`\(text)` tanpa `Rp`: uang ditulis dengan Rp", "`\(text)` without `Rp`: money is written with Rp")
    case .missingScale(let text):
      Bilingual(
        "`\(text)` tanpa skala, padahal butir sebelumnya berskala",
        "`\(text)` has no scale, but the item before it has one")
    case .tooLarge(let text):
      Bilingual("`\(text)` terlalu besar", "`\(text)` is too large")
    case .openText: Bilingual("teks ini tidak ditutup", "this text is not closed")
    case .openBracket(let mark): Bilingual("`\(mark)` tidak ditutup", "`\(mark)` is not closed")
    case .tooDeep(let limit):
      Bilingual("lebih dari \(limit) tingkat kurung atau blok", "more than \(limit) levels of brackets or blocks")
    case .stray(let text): Bilingual("`\(text)` tidak dikenal di sini", "`\(text)` is not known here")
    case .badCode(let text): Bilingual("`\(text)` bukan kode", "`\(text)` is not a code")
    case .badDate(let text): Bilingual("`\(text)` bukan tanggal", "`\(text)` is not a date")
    case .reserved(let word):
      Bilingual("`\(word)` kata tercadang, tidak dapat menjadi nama", "`\(word)` is reserved and cannot be a name")
    case .tooLong(let limit):
      Bilingual("naskah ini lebih dari \(limit) kata dan tanda", "this text has more than \(limit) words and marks")
    case .invalidText: Bilingual("bita ini bukan UTF-8", "these bytes are not UTF-8")
    case .wideText:
      Bilingual("naskah ini disimpan sebagai UTF-16, bukan UTF-8", "this text was saved as UTF-16, not UTF-8")
    }
  }

  var help: Bilingual? {
    switch self {
    case .unexpected(let found, _, let opens):
      opens
        ? Bilingual(
          "\(found) memulai pernyataan: tulis di baris baru, atau di dalam `{ }`",
          "\(found) begins a statement: write it on a new line, or inside `{ }`") : nil
    case .unknownStatement(_, let nearest): nearest.map { Bilingual("maksud Anda `\($0)`?", "did you mean `\($0)`?") }
    case .ambiguousNumber(_, let plain, _, let asDecimal):
      Bilingual(
        "tulis \(plain) tanpa tanda, atau \(asDecimal) bila desimal",
        "write \(plain) without the mark, or \(asDecimal) for a decimal")
    case .ambiguousMoney(_, let thousands, let decimal):
      Bilingual("tulis `\(decimal)` atau `\(thousands)`", "write `\(decimal)` or `\(thousands)`")
    case .moneyPoint(_, let mend): Bilingual("tulis `\(mend)`", "write `\(mend)`")
    case .badGroups: Bilingual("contoh: 1.250.000 atau 12,5", "for example 1.250.000 or 12,5")
    case .moneyDecimals: Bilingual("contoh: Rp 1.250,50", "for example Rp 1.250,50")
    case .notWholeSen: Bilingual("kurangi angka di belakang koma", "use fewer decimals")
    case .commaBetweenArguments(let text):
      Bilingual(
        "pisahkan dengan `;`, atau tulis `\(dotted(text))` bila desimal",
        "separate with `;`, or write `\(dotted(text))` for a decimal")
    case .bareScale(let text): Bilingual("tulis `Rp \(text)`", "write `Rp \(text)`")
    case .missingScale: Bilingual("tulis skalanya, misalnya `15 M`", "write its scale, for example `15 billion`")
    case .tooLarge: Bilingual(
      "uang paling besar sekitar Rp92.233 T, bilangan lain paling banyak 18 angka",
      "money goes up to about Rp92.233 trillion, other numbers to 18 digits")
    case .openText: Bilingual("tutup dengan tanda kutip pada baris yang sama", "close it with a quote on the same line")
    case .openBracket:
      Bilingual(
        "tutup sebelum pernyataan berikutnya atau akhir naskah",
        "close it before the next statement or the end of the text")
    case .tooDeep: Bilingual("beri nama bagiannya dengan `misal`", "name its parts with `let`")
    case .stray: nil
    case .badCode:
      Bilingual("kode berupa angka dan titik, misalnya 5.1.02.04", "a code is digits and dots, such as 5.1.02.04")
    case .badDate: Bilingual("tulis tahun-bulan-hari, misalnya 2026-10-05", "write year-month-day, such as 2026-10-05")
    case .reserved: Bilingual("pilih nama lain", "choose another name")
    case .tooLong: Bilingual("pecah menjadi beberapa naskah", "split it into several texts")
    case .invalidText, .wideText: Bilingual("simpan naskah sebagai UTF-8", "save the text as UTF-8")
    }
  }

  private func dotted(_ text: String) -> String {
    String(text.map { $0 == "," ? "." : $0 })
  }
}
