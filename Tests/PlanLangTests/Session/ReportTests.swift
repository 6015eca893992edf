import Testing

@testable import PlanLang

/// The report: one page without anything from outside, recorded whole; its checksum against the standard's vectors.
@Suite struct ReportTests {
  static func page(_ script: String, files: [String: String] = [:]) throws -> String {
    var plan = files
    plan["pertama.plan"] = Repository.text("examples/pertama.plan")
    let host = MemoryHost(files: plan)
    var session = Session(host: host, options: SessionOptions(isInteractive: false))
    let outcome = session.run([("l.plan", Array(script.utf8))], expressions: [], mode: .answers) { _ in }
    #expect(!outcome.hasErrors && !outcome.isUnreadable)
    return String(decoding: try host.read("l.html", limit: 1 << 20), as: UTF8.self)
  }

  @Test func theReportOfAScenarioIsRecorded() throws {
    let page = try Self.page("muat \"pertama.plan\"\nlaporan \"l.html\" layanan\n")
    Repository.compare(page, with: "Tests/PlanLangTests/Transcripts/laporan/layanan.html")
    #expect(page.contains("semula sebesar Rp9,2 miliar, berkurang Rp2 miliar menjadi Rp7,2 miliar atau setara 38,4% dari total belanja daerah."))
  }

  @Test func theMasterplanIsRecorded() throws {
    let files = ["manado.plan": Repository.text("examples/manado.plan")]
    let page = try Self.page("muat \"manado.plan\"\nlaporan masterplan ke \"l.html\" layanan\n", files: files)
    Repository.compare(page, with: "Tests/PlanLangTests/Transcripts/laporan/masterplan.html")
    for book in ["Buku I. ", "Buku II. ", "Buku III. "] { #expect(page.contains(book)) }
  }

  /// What a plan does not say is left open in the books, not made up.
  @Test func anEmptyMasterplanIsOpen() throws {
    let page = try Self.page("daerah \"K\" periode 2026..2026\nlaporan masterplan ke \"l.html\"\n")
    #expect(page.split(separator: "class=\"open\"").count - 1 >= 8)
  }

  @Test(arguments: [
    "muat \"pertama.plan\"\npakai \"rpjmd\"; \"belanja-wajib\"\nlaporan \"l.html\"\n",
    "muat \"pertama.plan\"\ninisiatif i \"<b>\" { dimensi ekonomi }\npakai \"smart-city\"\nlaporan masterplan ke \"l.html\"\n",
  ]) func nothingComesFromOutside(script: String) throws {
    let page = try Self.page(script)
    for word in ["http:", "https:", "<script", "src=", "@import", "url("] { #expect(!page.contains(word)) }
    var open: [Substring] = []
    for part in page.split(separator: "<").dropFirst() {
      let name = part.prefix { $0.isLetter || $0.isNumber || $0 == "/" }
      if name.hasPrefix("/") {
        #expect(open.popLast() == name.dropFirst(), "\(part.prefix(60))")
      } else if !name.isEmpty, name != "meta", !part.prefix(while: { $0 != ">" }).hasSuffix("/") {
        open.append(name)
      }
    }
    #expect(open.isEmpty)
  }

  @Test func whatATitleHoldsIsEscaped() throws {
    let text = """
      daerah "<b>&\\"Kota" periode 2026..2026
      dinas a "<script>alert(1)</script>" { program p { pagu apbd 2026 = Rp 1 M } }
      laporan "l.html"
      """
    #expect(!(try Self.page(text)).contains("<script"))
  }

  @Test func outsideTheFolderNothingIsWritten() {
    for path in ["../l.html", "/tmp/l.html"] {
      var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
      let script = "daerah \"K\" periode 2026..2026\nlaporan \"\(path)\"\n"
      let outcome = session.run([("l.plan", Array(script.utf8))], expressions: [], mode: .answers) { _ in }
      #expect(outcome.status == 74)
    }
  }

  /// FIPS 180-4's examples, and the million of a's.
  @Test func checksumsAreTheStandards() {
    #expect(SHA256.hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(SHA256.hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
    #expect(SHA256.hex(Array(two.utf8)) == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  }

  @Test func amountsAreSpelled() {
    let cases: [(Int64, String, String)] = [
      (0, "nol", "zero"), (11, "sebelas", "eleven"), (100, "seratus", "one hundred"), (1_000, "seribu", "one thousand"),
      (1_000_000, "satu juta", "one million"), (2_019, "dua ribu sembilan belas", "two thousand nineteen"),
      (-45, "minus empat puluh lima", "minus forty-five"),
      (1_234_567_890, "satu miliar dua ratus tiga puluh empat juta lima ratus enam puluh tujuh ribu delapan ratus sembilan puluh",
        "one billion two hundred and thirty-four million five hundred and sixty-seven thousand eight hundred and ninety"),
    ]
    for (value, id, en) in cases {
      #expect(InWords.number(value, .indonesian) == id)
      #expect(InWords.number(value, .english) == en)
    }
    #expect(InWords.money(sen: 150_25, .indonesian) == "seratus lima puluh rupiah dua puluh lima sen")
    #expect(InWords.number(.min, .english).hasPrefix("minus nine quintillion"))
  }
}
