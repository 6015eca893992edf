import Synchronization
import Testing

@testable import PlanLang

/// Questions about many scenarios: what they leave for exports and reports, and what Ctrl-C leaves of them.
@Suite struct StudyTests {
  static let plan = """
    daerah "Kota Contoh" jenis kota periode 2025..2029
    parameter biaya ~ segitiga(Rp 0,8 jt; 1 jt; 1,5 jt)
    parameter inflasi ~ normal(3%; 1%)
    indikator x "Cakupan" {
      satuan persen
      arah naik
      awal 2024 = 50%
      target 2025..2029 = 60%; 62%; 64%; 66%; 70%
    }
    pendapatan dau 2025..2029 = Rp 4 M; 4 M; 4 M; 4 M; 4 M
    dinas a "A" { program p "P" {
      kegiatan k "K" { pagu apbd 2025..2029 { sumber dau = Rp 2 M; 2 M; 2 M; 2 M; 2 M }
        mendorong x jenuh { biaya satuan biaya
          sasaran_penerima 4000 orang
          dikaji Rp 1,5 M s.d. Rp 2,5 M
          paling tinggi 80% } }
      kegiatan l "L" { pagu apbd 2025..2029 { sumber dau = Rp 2 M; 2 M; 2 M; 2 M; 2 M } }
    } }
    aturan ongkos "ongkos naik terbatas" wajib { a.pagu[2027] * (100% + inflasi) ^ 2 <= Rp 4,3 M }

    """
  static let questions = """
    simulasi 4000 { geser Rp 300 jt dari a.l ke a.k tahun 2027 } tampilkan x; inflasi; peluang(x[2027] > 64%)
    kepekaan x[2027]
    sapu z = Rp 0..Rp 1 M langkah Rp 250 jt; inflasi = 1%; 3%; 5% { geser z dari a.l ke a.k tahun 2027 } tampilkan x[2027]; inflasi
    sapu z = Rp 0; Rp 3 M; Rp 400 jt { geser z dari a.l ke a.k tahun 2027 } tampilkan x[2027]

    """

  static func made(_ script: String, _ names: [String], language: Language = .indonesian) throws -> [String] {
    let host = MemoryHost()
    var session = Session(host: host, options: SessionOptions(language: language, isInteractive: false))
    var said = ""
    let outcome = session.run([("u.plan", Array((plan + script).utf8))], expressions: [], mode: .answers) {
      if $0.isMessage { said += $0.json.map(\.text).joined() }
    }
    #expect(!outcome.hasErrors && !outcome.isUnreadable, "\(said)")
    return try names.map { String(decoding: try host.read($0, limit: 1 << 24), as: UTF8.self) }
  }

  @Test func tablesAndReportsAreRecorded() throws {
    let exports = """
      ekspor simulasi ke "s.csv"
      ekspor kepekaan ke "k.csv" pemisah ","
      ekspor sapu ke "w.csv"
      ekspor simulasi ke "s.json"
      uji_balik
      ekspor uji_balik ke "b.csv"
      laporan "u.html"
      """
    let files = try Self.made(Self.questions + exports, ["s.csv", "k.csv", "w.csv", "s.json", "b.csv", "u.html"])
    Repository.compare(files[0...4].joined(separator: "\n"), with: "Tests/PlanLangTests/Transcripts/laporan/undian.txt")
    Repository.compare(files[5], with: "Tests/PlanLangTests/Transcripts/laporan/undian.html")
    for chart in ["class=\"wide\"", "class=\"half\"", "class=\"tlow\"", "class=\"heat broken\"", "class=\"node\""] { #expect(files[5].contains(chart), "\(chart)") }
    #expect(try Self.made(Self.questions + exports, ["u.html"])[0] == files[5])
    let english = try Self.made(Self.questions + "laporan \"u.html\"\n", ["u.html"], language: .english)[0]
    #expect(english.contains("Uncertainty and sweeps") && !english.contains("Ketidakpastian"))
  }

  @Test func theLastAnswerOfAKindIsExported() throws {
    let last = try Self.made(Self.questions + "ekspor sapu ke \"w.md\"\n", ["w.md"])[0]
    #expect(last.contains("pagu L tidak cukup") && !last.contains("inflasi"))
    // Kept answers are bounded, and hold on to no others.
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    let many = Self.plan + (1...30).map { "simulasi \($0) tampilkan inflasi\n" }.joined()
    _ = session.run([("u.plan", Array(many.utf8))], expressions: [], mode: .answers) { _ in }
    #expect(session.studies.count == 24 && session.studies.last?.statement == "simulasi 30 tampilkan inflasi")
  }

  /// A host whose user presses Ctrl-C after so many looks.
  struct Impatient: Host {
    final class Looks: Sendable { let left: Mutex<Int>; init(_ count: Int) { left = Mutex(count) } }
    let looks: Looks
    let today = 20_261_001
    func read(_ path: String, limit: Int) throws(HostFailure) -> [UInt8] { throw HostFailure("none") }
    var isInterrupted: Bool {
      looks.left.withLock {
        $0 -= 1
        return $0 < 0
      }
    }
  }

  @Test func scenariosBesideOneAnotherAreExportedAndDrawn() throws {
    let script = """
      skenario u { geser Rp 300 jt dari a.l ke a.k tahun 2027..2029 }
      skenario v dari dasar { geser Rp 200 jt dari a.l ke a.k tahun 2028 }
      simulasi 4000 dasar, u, v tampilkan x; x[2027]; inflasi; peluang(x[2027] > 64%)
      ekspor simulasi ke "s.csv"
      laporan "u.html"

      """
    let files = try Self.made(script, ["s.csv", "u.html"])
    Repository.compare(files[0], with: "Tests/PlanLangTests/Transcripts/laporan/lawan.txt")
    for title in ["x, dasar", "x, u", "x, v", "x[2027], u", "u mengungguli dasar pada"] { #expect(files[1].contains(title), "\(title)") }
    #expect(!files[1].contains("inflasi, u"))
  }

  @Test func sweepsOutOfTimeGiveWhatIsThereSoFar() {
    // No time at all is an error; some time gives some cases, and what comes after is answered still.
    func said(_ seconds: Int, _ cases: Int) -> String {
      var options = SessionOptions(isInteractive: false)
      options.limits.searching = seconds
      options.threads = 1
      var session = Session(host: MemoryHost(), options: options)
      var said = ""
      let edits = String(repeating: "geser z dari a.l ke a.k tahun 2027; geser z dari a.k ke a.l tahun 2027\n", count: 150)
      let question = "sapu z = Rp 1..Rp \(cases) langkah Rp 1 { \(edits) } tampilkan x[2027]\nuji_balik\n"
      _ = session.run([("u.plan", Array((Self.plan + question).utf8))], expressions: [], mode: .answers) {
        said += PlainText.drawn($0.document, TextStyle(width: 100, isColoured: false))
      }
      return said
    }
    #expect(said(0, 3).contains("P0603"))
    let some = said(1, 1000)
    #expect(some.contains("dihentikan: ") && some.contains(" dari 1000 kasus") && some.contains("uji balik"), "\(some.prefix(300))")
  }

  @Test func ctrlCGivesWhatIsThereSoFar() {
    func said(_ question: String, after looks: Int) -> String {
      let host = Impatient(looks: Impatient.Looks(looks))
      var options = SessionOptions(isInteractive: false)
      options.threads = 1
      var session = Session(host: host, options: options)
      var said = ""
      _ = session.run([("u.plan", Array((Self.plan + question).utf8))], expressions: [], mode: .answers) {
        said += PlainText.drawn($0.document, TextStyle(width: 100, isColoured: false))
      }
      return said
    }
    let sweep = "sapu z = Rp 0..Rp 1 M langkah Rp 10 jt { geser z dari a.l ke a.k tahun 2027 } tampilkan x[2027]\n"
    let simulation = "simulasi 100000000 tampilkan x[2027]\n"
    var partial = (sweep: 0, simulation: 0, stress: 0)
    for looks in stride(from: 10, through: 1500, by: 149) {
      if said(sweep, after: looks).contains(" dari 101 kasus") { partial.sweep += 1 }
      if said(simulation, after: looks).contains("dihentikan: ") { partial.simulation += 1 }
      if said("uji_balik\n", after: looks).contains("dihentikan: tidak semua") { partial.stress += 1 }
    }
    #expect(partial.sweep > 0 && partial.simulation > 0 && partial.stress > 0, "\(partial)")
  }
}
