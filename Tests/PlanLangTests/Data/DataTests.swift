import Testing

@testable import PlanLang

@Suite struct DataTests {
  @Test(arguments: [
    ("1234567.89", false, DataFigure.exact(123_456_789)), ("1.234.567,89", true, .exact(123_456_789)),
    ("182888324.00000003", false, .artefact(18_288_832_400)), ("Rp 1.000", true, .exact(100_000)), ("(500)", false, .exact(-50_000)),
    ("#N/A", false, .failed), ("", false, .empty), ("-", false, .empty), ("1,5", false, .unreadable), ("1e9", false, .scientific(100_000_000_000)),
    ("99999999999999999999", false, .unreadable), ("1.23.456", true, .unreadable),
  ]) func figures(text: String, isIndonesian: Bool, expected: DataFigure) {
    #expect(DataFigure.read(text, isIndonesian: isIndonesian) == expected)
  }

  @Test func cellsMayHoldSeparatorsNewlinesAndQuotes() {
    let table = Delimited(Array("\u{feff}a;b;c\r\n\"x;1\";\"dua\nbaris\";\"kata \"\"kutip\"\"\"\r\n\r\n1;2\r\n".utf8))
    #expect(table.count == 3)
    #expect(table.text(0, 0) == "a" && table.text(0, 2) == "c")
    #expect(table.text(1, 0) == "x;1" && table.text(1, 1) == "dua\nbaris" && table.text(1, 2) == "kata \"kutip\"")
    #expect(table.width(2) == 2 && table.number(2) == 4 && table.text(2, 2) == "")
  }

  static let head = "daerah \"Uji\" periode 2026..2026\nmuat \"x.csv\" {\n  tahun 2026\n  kolom skpd = dinas.kode\n  kolom nama = dinas.nama\n  kolom prog = program.kode\n  kolom pagu = pagu apbd\n}\ntampilkan pagu[2026]\n"

  /// Each doubtful row is a finding; none is guessed away and none is dropped in silence.
  @Test func everyDoubtIsAFinding() {
    let csv = """
      skpd;nama;prog;pagu
      1.02.2.14.0.00.02.0000;Dinas Kesehatan;1.02.01;1000000000
      1.02.2.14.000.02.0000;Dinas Kesehatan;1.02.02;2000000000
      #N/A;DinasKesehatan;1.02.03;3000000000
      5.01.5.05.0.00.01.0000;Bappeda;5.02.01;4000000000
      5.01.5.05.0.00.01.0000;Bappeda;5.02.01;5000000000
      5.01.5.05.0.00.01.0000;Bappeda;5.01.02;7000
      5.01.5.05.0.00.01.0000;Bappeda;5.01.03;#REF!
      5.01.5.05.0.00.01.0000;Bappeda
      ;JUMLAH;;15000000000

      """
    let host = MemoryHost(files: ["x.csv": csv])
    let (text, status) = screen(name: "x.plan", bytes: Array(Self.head.utf8), host: host)
    #expect(status == 0)
    for words in [
      "x.csv:3 diperbaiki: kode `1.02.2.14.000.02.0000`", "x.csv:4 diperbaiki", "x.csv:5 mencurigakan: program 5.02.01 bukan urusan",
      "x.csv:6 mencurigakan: kuncinya sama dengan baris 5", "x.csv:7 mencurigakan: Rp7.000 paling banyak seperseribu", "x.csv:8 ditolak: `#REF!`: rumus gagal",
      "x.csv:9 ditolak: baris pendek", "x.csv:10 mencurigakan: jumlah tercetak",
    ] { #expect(text.contains(words), "\(words)\n\(text)") }
    #expect(text.contains("pagu[2026] = Rp15.000.007.000"))
    #expect(screen(name: "x.plan", bytes: Array(Self.head.utf8), host: host, isStrict: true).status == 2)
  }
}
