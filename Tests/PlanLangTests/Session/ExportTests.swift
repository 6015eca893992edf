import Testing

@testable import PlanLang

/// What leaves as data: workbooks, CSV, JSON, Markdown, and findings for CI.
@Suite struct ExportTests {
  static func files(_ script: String, _ names: [String]) throws -> [String: [UInt8]] {
    let host = MemoryHost(files: ["pertama.plan": Repository.text("examples/pertama.plan")])
    var session = Session(host: host, options: SessionOptions(isInteractive: false))
    let text = "muat \"pertama.plan\"\n" + script
    let outcome = session.run([("e.plan", Array(text.utf8))], expressions: [], mode: .answers) { _ in }
    #expect(!outcome.hasErrors)
    var made: [String: [UInt8]] = [:]
    for name in names { made[name] = try? host.read(name, limit: 1 << 24) }
    return made
  }

  @Test func theEntriesOfAScenarioAreRecorded() throws {
    let made = try Self.files("ekspor entri ke \"e.csv\" layanan\nekspor entri ke \"e.md\" layanan\n", ["e.csv", "e.md"])
    let csv = try #require(made["e.csv"])
    let page = try #require(made["e.md"])
    Repository.compare(String(decoding: csv, as: UTF8.self) + String(decoding: page, as: UTF8.self), with: "Tests/PlanLangTests/Transcripts/laporan/entri.txt")
  }

  @Test func whatIsExportedReadsBackToTheSameSum() throws {
    let made = try Self.files("ekspor \"r.csv\"\n", ["r.csv"])
    let csv = String(decoding: try #require(made["r.csv"]), as: UTF8.self)
    let host = MemoryHost(files: ["r.csv": csv])
    let back = """
      daerah "K" periode 2025..2029
      dokumen kerja apbd
      muat "r.csv" {
        pemisah ";"
        angka indonesia
        kolom "Tahun" = tahun
        kolom "Kode SKPD" = dinas.kode
        kolom "Perangkat daerah" = dinas.judul
        kolom "Kode program" = program.kode
        kolom "Program" = program.judul
        kolom "Kode" = kegiatan.kode
        kolom "Rekening" = rekening
        kolom "Sumber" = sumber
        kolom "Menjadi" = pagu apbd
      }
      tampilkan pagu[2026]
      """
    var session = Session(host: host, options: SessionOptions(isInteractive: false))
    var said = ""
    _ = session.run([("b.plan", Array(back.utf8))], expressions: [], mode: .answers) { said += $0.json.map(\.text).joined() }
    #expect(said.contains("\"18750000000.00\""), "\(said)")
  }

  @Test func aWorkbookIsAZipWhoseChecksumsHold() throws {
    let made = try Self.files("ekspor \"x.xlsx\" layanan\n", ["x.xlsx"])
    let bytes = try #require(made["x.xlsx"])
    func whole(_ at: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
    var at = 0
    var names: [String] = []
    while whole(at, 4) == 0x0403_4b50 {
      let (sum, size, name) = (whole(at + 14, 4), whole(at + 22, 4), whole(at + 26, 2))
      names.append(String(decoding: bytes[(at + 30)..<(at + 30 + name)], as: UTF8.self))
      let body = Array(bytes[(at + 30 + name)..<(at + 30 + name + size)])
      #expect(Int(Checksum.crc32(body)) == sum)
      at += 30 + name + size
    }
    #expect(whole(at, 4) == 0x0201_4b50)
    #expect(names.contains("xl/worksheets/sheet4.xml") && names.first == "[Content_Types].xml")
    #expect(Checksum.crc32(Array("123456789".utf8)) == 0xcbf4_3926)
    #expect((0...27).map(Workbook.column).suffix(3) == ["Z", "AA", "AB"])
  }

  @Test func textsThatLookLikeFormulasAreHarmless() {
    var sheet = Sheet("x", ["a", "b"])
    sheet.rows = [[.text("=1+1"), .money(-150)], [.text("a;\"b\""), .empty]]
    #expect(SheetText.csv(sheet, separator: ";") == "a;b\r\n'=1+1;-1,50\r\n\"a;\"\"b\"\"\";\r\n")
  }

  @Test func findingsForCIAreRecorded() {
    let script = """
      daerah "K" jenis kota periode 2026..2026
      dinas a { program p "Program & <uji>" { pagu apbd 2026 = Rp 10 M } }
      aturan satu "Paling banyak" wajib { pagu <= Rp 9 M }
      aturan dua "Anjuran" anjuran { pagu <= Rp 8 M }
      aturan tiga "Dipenuhi" wajib { pagu >= Rp 1 M }
      aturan empat "Tanpa pendapatan" wajib { pagu <= pendapatan }
      """
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    var cases: [CheckCase] = []
    _ = session.run([("k.plan", Array(script.utf8))], expressions: [], mode: .verdicts(named: false)) { cases += $0.cases }
    var broken = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    _ = broken.run([("g.plan", Array("daerah \"K\" periode 2026..2026\nkacau x\n".utf8))], expressions: [], mode: .answers) { cases += $0.cases }
    Repository.compare(CheckReport.junit(cases) + CheckReport.sarif(cases), with: "Tests/PlanLangTests/Transcripts/laporan/ci.txt")
  }
}
