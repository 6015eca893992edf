/// A command about the session itself, not a statement of the plan.
enum MetaCommand: String, Sendable, CaseIterable {
  case help, list, info, load, save, undo, redo, history, go, branch, drop, merge, rename, difference, cancel
  case time, language, record, play, note, minutes, exercise, hint, score, apply, quit

  /// How a command is written and what it does; `usage` shows its arguments.
  struct Row: Sendable {
    var command: MetaCommand
    var id: [String]
    var en: [String]
    var usage: Bilingual
    var summary: Bilingual
    /// Whether it must have something behind it (1), may have (0), or has nothing (-1).
    var arguments: Int
    /// How many words may stand behind it; the note, help, info and a list's prefix take the whole line.
    var most: Int {
      switch command {
      case .note, .help, .info, .list: .max
      case .branch: 2
      default: arguments < 0 ? 0 : 1
      }
    }
  }

  /// THE table: every command in both languages; the first spelling is the one that help shows.
  static let rows: [Row] = [
    Row(command: .help, id: ["bantuan"], en: ["help"], usage: Bilingual("[TOPIK | KATA | NAMA | KODE]", "[TOPIC | WORD | NAME | CODE]"),
      summary: Bilingual("jelaskan perintah, kata, nama atau kode galat", "explain a command, word, name or error code"), arguments: 0),
    Row(command: .list, id: ["daftar"], en: ["list"], usage: Bilingual("[JENIS] [AWALAN]", "[KIND] [PREFIX]"),
      summary: Bilingual("daftar dinas, program, indikator, aturan, skenario, parameter, sumber", "list departments, programmes, indicators, rules, scenarios, parameters, sources"), arguments: 0),
    Row(command: .info, id: ["info"], en: ["info"], usage: Bilingual("NAMA", "NAME"),
      summary: Bilingual("semua tentang satu nama: pagu, kode, dukungan, tempatnya", "all about one name: money, code, support, where it stands"), arguments: 1),
    Row(command: .load, id: ["muat"], en: ["load"], usage: Bilingual("\"berkas.plan\"", "\"file.plan\""),
      summary: Bilingual("tambahkan sebuah naskah ke sesi ini", "add a script to this session"), arguments: 1),
    Row(command: .save, id: ["simpan"], en: ["save"], usage: Bilingual("\"berkas.plan\"", "\"file.plan\""),
      summary: Bilingual("tulis naskah bersih yang mengulang sesi ini", "write a clean script that reproduces this session"), arguments: 1),
    Row(command: .undo, id: ["urung"], en: ["undo"], usage: Bilingual("[N]", "[N]"),
      summary: Bilingual("batalkan perubahan terakhir, tanpa batas", "undo the last change, without limit"), arguments: 0),
    Row(command: .redo, id: ["ulang"], en: ["redo"], usage: Bilingual("[N]", "[N]"),
      summary: Bilingual("lakukan lagi yang diurungkan", "do again what was undone"), arguments: 0),
    Row(command: .history, id: ["riwayat"], en: ["history"], usage: Bilingual("[N]", "[N]"),
      summary: Bilingual("baris-baris yang mengubah sesi ini", "the lines that changed this session"), arguments: 0),
    Row(command: .go, id: ["pindah"], en: ["switch"], usage: Bilingual("SKENARIO", "SCENARIO"),
      summary: Bilingual("berdiri di skenario lain", "stand in another scenario"), arguments: 1),
    Row(command: .branch, id: ["cabang"], en: ["branch"], usage: Bilingual("NAMA [\"judul\"]", "NAME [\"title\"]"),
      summary: Bilingual("cabang baru dari skenario kini", "a new branch of the current scenario"), arguments: 1),
    Row(command: .drop, id: ["hapus"], en: ["drop"], usage: Bilingual("SKENARIO", "SCENARIO"),
      summary: Bilingual("buang sebuah skenario", "drop a scenario"), arguments: 1),
    Row(command: .merge, id: ["gabung"], en: ["merge"], usage: Bilingual("SKENARIO", "SCENARIO"),
      summary: Bilingual("lakukan suntingan skenario itu di sini; yang bertentangan disebut", "do that scenario's edits here; conflicts are named"), arguments: 1),
    Row(command: .rename, id: ["namai"], en: ["rename"], usage: Bilingual("NAMA_BARU", "NEW_NAME"),
      summary: Bilingual("beri skenario kini nama lain", "give the current scenario another name"), arguments: 1),
    Row(command: .difference, id: ["beda"], en: ["diff"], usage: Bilingual("[SKENARIO]", "[SCENARIO]"),
      summary: Bilingual("beda skenario kini dengan induknya atau yang disebut", "how the current scenario differs from its parent or another"), arguments: 0),
    Row(command: .cancel, id: ["batal"], en: ["cancel"], usage: Bilingual("", ""),
      summary: Bilingual("buang semua suntingan skenario kini", "throw away all edits of the current scenario"), arguments: -1),
    Row(command: .time, id: ["waktu"], en: ["time"], usage: Bilingual("", ""),
      summary: Bilingual("tampilkan lama tiap jawaban, atau jangan lagi", "show how long each answer takes, or no longer"), arguments: -1),
    Row(command: .language, id: ["bahasa"], en: ["lang"], usage: Bilingual("id|en", "id|en"),
      summary: Bilingual("bahasa jawaban", "the language of answers"), arguments: 1),
    Row(command: .record, id: ["rekam"], en: ["record"], usage: Bilingual("[\"berkas.plan\"]", "[\"file.plan\"]"),
      summary: Bilingual("rekam baris-baris sejak kini; tanpa nama: selesai dan tulis", "record the lines from now on; without a name: end and write"), arguments: 0),
    Row(command: .play, id: ["putar"], en: ["play"], usage: Bilingual("\"berkas.plan\"", "\"file.plan\""),
      summary: Bilingual("jalankan naskah pernyataan demi pernyataan di sini", "run a script here, statement by statement"), arguments: 1),
    Row(command: .note, id: ["catat"], en: ["note"], usage: Bilingual("SIAPA: USUL", "WHO: WHAT"),
      summary: Bilingual("catat usul atau putusan untuk notulen", "note a proposal or decision for the minutes"), arguments: 1),
    Row(command: .minutes, id: ["notulen"], en: ["minutes"], usage: Bilingual("[\"berkas.md|.html\"]", "[\"file.md|.html\"]"),
      summary: Bilingual("notulen sesi: siapa mengusulkan, apa bergeser, apa dilanggar, apa diputuskan", "minutes: who proposed, what moved, what broke, what was decided"), arguments: 0),
    Row(command: .exercise, id: ["latihan"], en: ["exercise", "exercises"], usage: Bilingual("[NOMOR | NAMA]", "[NUMBER | NAME]"),
      summary: Bilingual("daftar latihan, atau mulai salah satunya", "list the exercises, or start one"), arguments: 0),
    Row(command: .hint, id: ["petunjuk"], en: ["hint"], usage: Bilingual("", ""),
      summary: Bilingual("petunjuk berikutnya untuk latihan ini", "the next hint for this exercise"), arguments: -1),
    Row(command: .score, id: ["nilai"], en: ["score"], usage: Bilingual("[\"berkas.json\"]", "[\"file.json\"]"),
      summary: Bilingual("kartu nilai latihan; dengan nama: sebagai JSON untuk satu kelas", "the score card; with a name: as JSON for a class"), arguments: 0),
    Row(command: .apply, id: ["terapkan"], en: ["apply"], usage: Bilingual("[NOMOR]", "[NUMBER]"),
      summary: Bilingual("lakukan suntingan yang diusulkan jawaban terakhir, atau alternatifnya yang bernomor", "do the edits that the last answer proposed, or its alternative of that number"), arguments: 0),
    Row(command: .quit, id: ["keluar"], en: ["quit", "exit"], usage: Bilingual("", ""),
      summary: Bilingual("akhiri sesi", "end the session"), arguments: -1),
  ]

  var row: Row { Self.rows[Self.allCases.firstIndex(of: self) ?? 0] }

  /// Its first spelling in a language.
  func spelling(_ language: Language) -> String { language == .indonesian ? row.id[0] : row.en[0] }

  /// The command a line gives, with its arguments; nil when the line is a text of the plan. A name that is declared
  /// wins over a command of the same spelling when what follows cannot be the command's argument.
  static func read(_ line: String, in session: Session) -> (command: MetaCommand, arguments: [String])? {
    let trimmed = trim(line)
    guard !trimmed.isEmpty, !trimmed.contains("\n") else { return nil }
    let first = trimmed.prefix { $0.isLetter || $0 == "_" }
    let word = first.lowercased()
    guard let row = rows.first(where: { $0.id.contains(word) || $0.en.contains(word) }) else { return nil }
    let rest = trim(String(trimmed.dropFirst(first.count)))
    if let next = trimmed.dropFirst(first.count).first, next != " ", next != "\t" { return nil }
    if let mark = rest.first, !(mark.isLetter || mark.isNumber || mark == "\"" || mark == "@" || mark == "_" || mark == "<") { return nil }
    if row.command == .exercise, rest.contains("{") || rest.contains("\"") { return nil }
    if row.command == .load, !rest.lowercased().hasSuffix(".plan\"") { return nil }
    if rest.isEmpty, let symbol = session.names.known(word), session.checked.scope.isKnown(symbol) { return nil }
    return (row.command, row.command == .note ? [rest] : words(rest))
  }

  static func trim(_ text: String) -> String {
    var kept = Substring(text)
    while let first = kept.first, first == " " || first == "\t" || first == "\n" || first == "\r" { kept.removeFirst() }
    while let last = kept.last, last == " " || last == "\t" || last == "\n" || last == "\r" { kept.removeLast() }
    return String(kept)
  }

  /// Words separated by spaces; quoted text is one word without its quotes.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var hasQuote = false
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
        hasQuote = true
      } else if !isQuoted, character == " " || character == "\t" {
        if !word.isEmpty || hasQuote { words.append(word) }
        (word, hasQuote) = ("", false)
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty || hasQuote { words.append(word) }
    return words
  }
}
