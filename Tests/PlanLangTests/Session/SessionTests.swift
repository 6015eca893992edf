import Testing

@testable import PlanLang

/// Sessions as the screen shows them: `Transcripts/sesi/*.sesi` are given line by line, each answer is recorded.
@Suite struct SessionTests {
  static let sessions = Repository.files(below: "Tests/PlanLangTests/Transcripts/sesi", ending: ".sesi")

  /// A session on the small plan, or on a script of the examples.
  static func open(_ path: String? = nil, language: Language = .indonesian) -> Session {
    var session = Session(host: MemoryHost(files: ["kecil.plan": SmallPlan.text]), options: SessionOptions(language: language))
    let bytes = path.map { Repository.bytes($0) } ?? Array(SmallPlan.text.utf8)
    var messages = ""
    let isOpen = session.open([(path ?? "kecil.plan", bytes)]) { if $0.isMessage { messages += PlainText.drawn($0.document, TextStyle()) } }
    #expect(isOpen, "\(messages)")
    return session
  }

  /// Everything the screen shows of lines given one after another, with the prompts.
  static func screen(_ lines: [String], _ session: inout Session) -> String {
    var shown = ""
    var pending = ""
    for line in lines {
      shown += (pending.isEmpty ? session.prompt().text : "  …") + " " + line + "\n"
      pending = pending.isEmpty ? line : pending + "\n" + line
      if !session.isComplete(pending) { continue }
      let style = TextStyle(width: 96, language: session.options.language)
      let reply = session.submit(pending) { shown += PlainText.drawn($0.document, style) }
      if reply == .ended { shown += "(selesai)\n" }
      pending = ""
    }
    return shown
  }

  @Test(arguments: sessions) func transcript(path: String) {
    var lines = Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    var shown = ""
    for language in path.hasSuffix("-en.sesi") ? [Language.english] : [.indonesian] {
      var session = Self.open(lines.first?.hasPrefix("#") == true ? String(lines[0].dropFirst(2)) : nil, language: language)
      shown += Self.screen(lines.first?.hasPrefix("#") == true ? Array(lines.dropFirst()) : lines, &session)
    }
    Repository.compare(shown, with: String(path.dropLast(5)) + ".txt")
  }

  /// Seeded edits, undone one after another: every state on the way back is the one that was there.
  @Test(arguments: 1...12) func undoGoesBackThroughEveryState(seed: UInt64) {
    var draw = Draws(state: seed)
    var session = Self.open()
    func sums(_ session: Session) -> String {
      var copy = session
      var text = ""
      _ = copy.submit("pagu[2026]; gizi.pagu[2026]; dasar.gizi.pagu[2026]") { text += PlainText.drawn($0.document, TextStyle()) }
      return copy.prompt().text + text
    }
    var states = [sums(session)]
    let lines = [
      "geser Rp 10 jt dari umum ke kia tahun 2026", "potong 1% dari gizi tahun 2026", "misal a\(seed) = 3", "cabang c", "pindah dasar", "tambah Rp 5 jt ke gizi tahun 2026",
      "skenario z dari dasar { potong 2% dari kia tahun 2026 }", "batal", "geser Rp 900 T dari umum ke kia tahun 2026", "galat di sini",
    ]
    for _ in 0..<14 {
      let before = session.log.past.count
      _ = session.submit(lines[Int(draw.next() % UInt64(lines.count))]) { _ in }
      if session.log.past.count > before { states.append(sums(session)) } else { #expect(sums(session) == states.last) }
    }
    let newest = states
    while states.count > 1 {
      states.removeLast()
      #expect(session.submit("urung") { _ in } == .answered)
      #expect(sums(session) == states.last)
    }
    for state in newest.dropFirst() {
      #expect(session.submit("ulang") { _ in } == .answered)
      #expect(sums(session) == state)
    }
  }

  /// A saved session, run anew, has the same scenarios and the same money.
  @Test func savedSessionsReproduceThemselves() throws {
    var session = Self.open()
    for line in [
      "misal separuh = 50% dari kia.pagu[2026]", "geser separuh dari kia ke gizi tahun 2026", "cabang lanjut \"Lanjutan\"", "potong Rp 10 jt dari gizi tahun 2026",
      "pindah coba", "kunci paud", "skenario ekstra \"Lain\" dari dasar tanggal 2026-10-05 {\n  tambah Rp 1 M ke kia tahun 2026\n}",
    ] {
      #expect(session.submit(line) { _ in } == .answered, "\(line)")
    }
    var again = Session(host: MemoryHost(), options: SessionOptions())
    let text = session.script
    var messages = ""
    #expect(again.open([("simpan.plan", Array(text.utf8))]) { messages += PlainText.drawn($0.document, TextStyle()) }, "\(messages)\n\(text)")
    for name in ["coba", "lanjut", "ekstra"] {
      for expression in ["\(name).gizi.pagu[2026]", "\(name).kia.pagu[2026]", "\(name).pagu[2026]"] {
        var values: [String] = []
        for copy in [session, again] {
          var copy = copy
          var shown = ""
          _ = copy.submit(expression) { shown += PlainText.drawn($0.document, TextStyle()) }
          values.append(shown)
        }
        #expect(values[0] == values[1], "\(expression)")
      }
    }
    #expect(again.script.description == text, "saving again changes nothing")
  }

  /// Completion: by what the grammar expects and by what exists.
  @Test(arguments: [
    ("geser Rp 1 M dari ", "dinkes"), ("geser Rp 1 M dari dinkes.", "gizi"), ("geser Rp 1 M dari gizi ke ", "disdik"), ("geser Rp 1 M dari gizi ke kia tahun ", "2026"),
    ("pagu[", "2026"), ("pagu[2026, sumber = ", "dau"), ("pagu[2026, rekening = @5.1", "@5.1.01"), ("ci", ""), ("ce", "cek"), ("cek ", "dasar"), ("bandingkan dasar, ", "dasar"),
    ("pindah ", "dasar"), ("daftar ", "dinas"), ("stunting.", "target"), ("jumlah(p.pagu untuk p dalam ", "program"), ("ur", "urung"), ("uji", "uji_balik"), ("simu", "simulasi"), ("kepe", "kepekaan"), ("geser Rp 1 M da", "dari"),
    ("muat \"", "kecil.plan"), ("info sT", "stunting"), ("pagu.", "rpjmd"),
    ("perbaiki ", "dengan"), ("perbaiki ", "dasar"), ("perbaiki instrumen <= ", "sekda"), ("perbaiki instrumen <= sekda de", "dengan"), ("perbaiki dengan ", "dinkes"),
    ("perbaiki dengan gizi, ", "disdik"), ("perbaiki semua ", "anjuran"), ("perbaiki paling ", "banyak"), ("optimalkan ", "maksimalkan"),
    ("simulasi 1000 ", "latin"), ("simulasi 1000 ", "dasar"), ("simulasi 1000 layanan lawan ", "dasar"), ("simulasi 1000 layanan, ", "dasar"), ("simulasi 1000 latin ", "undian"), ("ekspor ", "uji_balik"), ("uji_balik ", "dasar"), ("optimalkan maksimalkan pagu ", "kecuali"), ("pertukaran maksimalkan pagu ", "lawan"),
  ]) func completes(line: String, with text: String) {
    let found = Self.open().completions(of: line)
    if text.isEmpty { #expect(found.candidates.isEmpty) } else { #expect(found.candidates.contains { $0.text == text }, "\(found.candidates.prefix(8))") }
    for candidate in found.candidates where !line.hasSuffix("\"") {
      #expect(candidate.text.lowercased().hasPrefix(String(line.suffix(found.replaced)).lowercased()))
    }
  }

  /// No begun line, however strange, upsets completion or the question whether it is complete.
  @Test(arguments: 1...30) func anyPrefixCompletes(seed: UInt64) {
    var draw = Draws(state: seed)
    let session = Self.open()
    let pieces = ["geser", " ", "dari", "dinkes", ".", "[", "]", "(", "\"", "@5", "=", ";", ",", "{", "}", "é", "2026", "#", "untuk", "p", "?", "\n", "skenario"]
    for _ in 0..<30 {
      var line = ""
      for _ in 0..<Int(draw.next() % 9) { line += pieces[Int(draw.next() % UInt64(pieces.count))] }
      _ = session.completions(of: line)
      _ = session.isComplete(line)
    }
  }
}
