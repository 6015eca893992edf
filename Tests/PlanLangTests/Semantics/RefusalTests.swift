import Testing

@testable import PlanLang

/// What declarations, scenarios and edits refuse: each mistake once, at its place, with nothing that follows from it.
@Suite struct RefusalTests {
  /// Lines inside a programme, and the codes they earn.
  static let inLeaves: [(lines: String, codes: [String])] = [
    ("pagu apbd 2026 = Rp 1 M", []),
    ("pagu apbd 2025..2027 = Rp 1 M; -; 2 M", []),
    ("pagu apbd 2031 = Rp 1 M", ["P0205"]),
    ("pagu apbd 2029..2025 = Rp 1 M; 2 M; 3 M; 4 M; 5 M", ["P0324"]),
    ("pagu apbd 2025..x = Rp 1 M", ["P0308"]),
    ("pagu apbd 2025..2027 = Rp 1 M; 2 M", ["P0306"]),
    ("pagu apbd 2025..2027 = 1; 2; 3", ["P0307"]),
    ("pagu abpd 2026 = Rp 1 M", ["P0214"]),
    ("pagu apbd 2026 = Rp 1 M\npagu apbd 2026 = Rp 1 M", ["P0322"]),
    ("pagu apbd 2025..2029 = Rp 1 M; 1 M; 1 M; 1 M; 1 M\npagu apbd 2025..2027 = Rp 1 M; 2 M; 3 M", ["P0322"]),
    ("pagu apbd 2026 = Rp 1 M\npagu apbd 2026 { sumber pad = Rp 1 M }", ["P0323"]),
    ("pagu apbd 2026 = Rp 1 M\npagu rkpd 2026 = Rp 1 M\npagu apbd 2027 = Rp 1 M", []),
    ("pagu apbd 2026 { rekening 5.1.02 sumber pad = Rp 1 M\nrekening 5.1.02 sumber dau = Rp 1 M }", []),
    ("pagu apbd 2026 { rekening 5.1.02 sumber xad = Rp 1 M }", ["P0215"]),
    ("pagu apbd 2026 { rekening 4.1.02 sumber pad = Rp 1 M }", ["P0313"]),
    ("pagu apbd 2026 { rekening 5.1.02 sumber pad }", ["P0312"]),
    ("pagu apbd 2026 { label \"x\" }", ["P0302"]),
    ("pagu apbd 2026 { rekening 5.1.02 { uraian \"Sewa\" volume 3 harga Rp 2 jt } }", []),
    ("pagu apbd 2026 { rekening 5.1.02 { uraian \"Sewa\" volume 3 } }", ["P0312"]),
    ("pagu apbd 2026 { rekening 5.1.02 { uraian \"Sewa\" volume 3 harga 2 } }", ["P0307"]),
    ("pagu apbd 2026 { rekening 5.1.02 { uraian \"Sewa\" volume -3 harga Rp 2 jt } }", ["P0309"]),
    ("pagu apbd 2026 { rekening 5.1.02 { uraian \"Sewa\" volume 9000000000 harga Rp 9000 T } }", ["P0315"]),
    ("pagu apbd 2026 { rekening 5.1.02 = Rp 1 M\nrekening 5.2 { uraian \"Alat\" = Rp 2 jt } }", []),
    ("pagu apbd 2026 { rekening 5.1.02 = Rp 1 M { uraian \"Alat\" = Rp 2 jt } }", ["P0322"]),
    ("pagu apbd 2026 = Rp 1 M\npagu apbd 2026 { uraian \"Alat\" = Rp 2 jt }", ["P0322"]),
    ("pagu apbd 2026 = Rp 1 M\npagu apbd 2026 { rekening 5.2 { uraian \"Alat\" = Rp 2 jt } }", ["P0323"]),
    ("uraian \"Sewa\" = Rp 2 jt", ["P0312"]),
    ("prioritas IV", ["P0318"]),
    ("kontrak 5", ["P0307"]),
    ("kontrak Rp -5", ["P0309"]),
    ("fungsi kesehatn", ["P0201"]),
    ("fungsi kesehatan\nfungsi budaya_bahari", []),
    ("kegiatan k \"K\" { pagu apbd 2026 = Rp 1 M }\npagu apbd 2026 = Rp 5 M", ["P0310"]),
    ("kegiatan k \"K\" { }\nkegiatan k \"L\" { }", ["P0301"]),
    ("kegiatan kode 1.02.02.2.01 { }\nkegiatan kode 1.02.02.2.01 { }", ["P0301"]),
    ("sasaran s \"S\"", ["P0302"]),
    ("mendukung tidak_ada", ["P0201"]),
    ("mendukung d", ["P0204"]),
  ]

  @Test(arguments: inLeaves) func leaf(lines: String, codes: [String]) {
    #expect(Checking(inProgramme(lines)).codes == codes, "\(lines)")
  }

  /// Lines inside an indicator, and the codes they earn.
  static let inIndicators: [(lines: String, codes: [String])] = [
    ("satuan persen\nawal 2024 = 11,9\ntarget 2025..2029 = 11,4; 10,8; 10,1%; 9,4; 8,7", []),
    ("satuan persen\ntarget 2026 = 5 s.d. 6\ntarget 2027 = -", []),
    ("satuan persen\ntarget 2026 = 6 s.d. 5", ["P0320"]),
    ("satuan persen\ntarget 2026 = Rp 5", ["P0308"]),
    ("satuan orang\ntarget 2026 = 5%", ["P0308"]),
    ("satuan orang\ntarget 2025..2029 = 5%; 5%; 5%; 5%; 5%", ["P0308"]),
    ("satuan orang\ntarget 2026 = 5\ntarget 2025..2027 = 4; 5; 6", ["P0321"]),
    ("satuan orang\nsatuan persen\ntarget 2026 = 5", ["P0321"]),
    ("satuan orang\nproyeksi 2026 = 5 s.d. 6", ["P0308"]),
    ("satuan orang\nawal 2024..2025 = 5", ["P0308"]),
    ("satuan orang\nbobot x", ["P0308"]),
    ("satuan orang\nketelitian 0,05", ["P0308"]),
    ("satuan orang\nketelitian 0,01\ntarget 2026 = 5", []),
    ("satuan orang\njenis lain", ["P0316"]),
    ("skala sakip\ntarget 2025..2029 = C; B; B; A; A", []),
    ("skala sakip\ntarget 2025..2029 = C; B; B; A; AA", ["P0216"]),
    ("skala sakip\ntarget 2025..2029 = 1; 2; 3; 4; 5", ["P0308"]),
    ("skala spbe\ntarget 2026 = 5", ["P0311"]),
    ("satuan indeks\ntarget 2026 = B", ["P0308"]),
    ("satuan orang\npagu apbd 2026 = Rp 1 M", ["P0302"]),
  ]

  @Test(arguments: inIndicators) func indicator(lines: String, codes: [String]) {
    #expect(Checking(inIndicator(lines)).codes == codes, "\(lines)")
  }

  /// What drives an indicator fits its shape.
  static let drives: [(lines: String, codes: [String])] = [
    ("mendorong j", []),
    ("mendorong j jenuh { biaya satuan Rp 1 jt s.d. 2 jt menurut \"SSH\" mutu B\nsasaran_penerima 8400 balita\npaling tinggi 85%\nsetelah 1 tahun }", []),
    ("mendorong j jenuh", ["P0312", "P0312"]),
    ("mendorong j jenuh { biaya satuan 5\nsasaran_penerima Rp 3 M }", ["P0204", "P0204"]),
    ("mendorong j satuan { biaya satuan Rp 1 jt\nbiaya satuan Rp 2 jt }", ["P0321"]),
    ("mendorong j satuan { biaya satuan Rp 2 jt s.d. 1 jt }", ["P0320"]),
    ("mendorong j satuan { biaya satuan Rp 1 jt mutu E }", ["P0308"]),
    ("mendorong j satuan { biaya satuan Rp 1 jt\nsetelah 1,5 tahun }", ["P0308"]),
    ("mendorong j elastis { elastisitas 0,3\ndasarnya 3 }", []),
    ("mendorong j elastis { elastisitas 0,3\ndasarnya Rp 3 M }", ["P0204"]),
    ("mendorong j tabel { tabel Rp 1 M = 3\ntabel Rp 2 M = 5 }", []),
    ("mendorong j tabel { tabel Rp 1 M = 3 }", ["P0312"]),
    ("mendorong j tabel { tabel 1 = 3\ntabel Rp 2 M = 5 }", ["P0204"]),
    ("mendorong p", ["P0204"]),
    ("mendorong tidak_ada jenuh", ["P0201"]),
  ]

  @Test(arguments: drives) func driver(lines: String, codes: [String]) {
    let text = inProgramme(lines) + "indikator j \"J\" {\nsatuan orang\ntarget 2026 = 5\n}\n"
    #expect(Checking(text).codes == codes, "\(lines)")
  }

  /// Whole texts behind a head with a period.
  static let texts: [(lines: String, codes: [String])] = [
    ("dokumen kerja tidak_ada", ["P0214"]),
    ("dokumen kerja perubahan\ndokumen perubahan \"Perubahan APBD\"", []),
    ("dokumen apbd \"Lagi\"", ["P0301"]),
    ("sumber dau \"Lagi\"", ["P0301"]),
    ("pendapatan dau 2026 = Rp 5 M\npendapatan dau 2025..2026 = Rp 5 M; 6 M", ["P0322"]),
    ("pembiayaan \"Silpa\" 2026 = Rp 5 M\npembiayaan \"Lain\" 2026 = Rp 6 M", []),
    ("parameter x = 3%\nskenario x { }", ["P0301"]),
    ("skenario x { }\nskenario x { }", ["P0301"]),
    ("skenario dasar { }", ["P0301"]),
    ("dinas x \"X\"\nskenario x { }", ["P0301"]),
    ("misal x = 3\nparameter x = 4", ["P0301"]),
    ("skala sakip = C < B < A\nskenario a { }\ntampilkan a.pagu[2026]", []),
    ("skala sakip = C < B < A\nparameter a = 3", ["P0301"]),
    ("aturan r { 1 < 2 }\naturan r { 1 < 2 }", ["P0301"]),
    ("aturan r { }", ["P0312"]),
    ("aturan r { dasar \"UU\" }", ["P0312"]),
    ("parameter x 2025..2026 = 3%", ["P0306"]),
    ("parameter x 2031 = 3%", ["P0205"]),
    ("parameter x 2025..2027 = 3%; 4%; 5%\ntampilkan x", []),
    ("misal x = tidak_ada", ["P0201"]),
    ("misal x = tidak_ada\nmisal y = x + x\ntampilkan x; y; x + 1", ["P0201"]),
    ("rumus f(a) = a + tidak_ada", ["P0201"]),
    ("rumus f(a) = a + tidak_ada\ntampilkan f(1); f(Rp 2)", ["P0201"]),
    ("misal a = b + 1\nmisal b = a + 1\ntampilkan a; b", ["P0211"]),
    ("indikator a \"A\" { satuan orang }\nindikator b \"B\" { satuan orang }\nlimpahan a ke b 0,2", []),
    ("indikator a \"A\" { satuan orang }\nlimpahan a ke a 0,2", ["P0316"]),
    ("sasaran s \"S\" { mendukung s }", ["P0302"]),
    ("kecuali r karena \"x\" oleh \"y\" sampai 2026-12", ["P0319"]),
    ("aturan r { 1 < 2 }\nkecuali r karena \"x\" oleh \"y\"", ["P0404"]),
    ("aturan r { 1 < 2 }\nkecuali r karena \"x\" oleh \"y\" sampai 2026-13", ["P0118"]),
    ("aturan r { 1 < 2 }\nkecuali r karena \"x\" oleh \"y\" sampai 2028-02-29", []),
    ("skenario x { cek }", ["P0302"]),
    ("skenario x { misal y = 3 }", ["P0409"]),
    ("skenario x dari y { }", ["P0401"]),
  ]

  @Test(arguments: texts) func text(lines: String, codes: [String]) {
    #expect(Checking("daerah \"Kota\" periode 2025..2029\n" + lines + "\n").codes == codes, "\(lines)")
  }

  /// Edits inside a scenario over two programmes and an indicator.
  static let edits: [(line: String, codes: [String])] = [
    ("geser Rp 2 M dari p ke q tahun 2026", []),
    ("geser Rp 2 M dari p ke q", ["P0407"]),
    ("geser Rp 2 M dari p.pagu[2026] ke q", []),
    ("geser Rp 2 M dari p ke q tahun 2031", ["P0205"]),
    ("geser 5 dari p ke q tahun 2026", ["P0403"]),
    ("geser Rp 2 M dari p tahun 2026", ["P0404"]),
    ("geser Rp 2 M dari j ke q tahun 2026", ["P0405"]),
    ("tunda Rp 2 M dari p tahun 2026 ke 2025", ["P0408"]),
    ("tunda Rp 2 M dari p tahun 2026 ke 2031", ["P0205"]),
    ("tetapkan j.target[2027] = Rp 2", ["P0204"]),
    ("tetapkan j.target[2027] = 4%", []),
    ("tetapkan j = 4%", ["P0406"]),
    ("tetapkan p.pagu[2026] = Rp 5 M", []),
    ("ubah pendapatan xau turun 10% tahun 2026", ["P0215"]),
    ("kunci j", ["P0405"]),
    ("untuk r dalam [1; 2] { geser Rp 1 M dari p ke q tahun 2026 }", ["P0204"]),
  ]

  @Test(arguments: edits) func edit(line: String, codes: [String]) {
    let text = """
      daerah "Kota" periode 2025..2029
      indikator j "J" {
        satuan persen
        target 2025..2029 = 5; 5; 5; 5; 5
      }
      dinas d "D" {
        program p "P" {
          pagu apbd 2026 = Rp 9 M
        }
        program q "Q" {
          pagu apbd 2026 = Rp 9 M
        }
      }
      skenario s "S" dari dasar {
        \(line)
      }
      """
    #expect(Checking(text).codes == codes, "\(line)")
  }

  @Test func whatFollowsFromAMistakeIsNotSaid() {
    // A duplicate, a misplaced parent and an unknown word keep their children known.
    let twice = "dinas d \"D\" { program a \"A\" { } }\ndinas d \"D\" { program b \"B\" { } }\ntampilkan b.pagu[2026]\n"
    #expect(Checking("daerah \"K\" periode 2025..2029\n" + twice).codes == ["P0301"])
    let lost = "program a \"A\" { kegiatan b \"B\" { } }\ntampilkan b.pagu[2026]\n"
    #expect(Checking("daerah \"K\" periode 2025..2029\n" + lost).codes == ["P0302"])
    let unknown = "dinass d \"D\" {\nprogram a \"A\" { }\n}\ntampilkan a.pagu[2026]\n"
    #expect(Checking("daerah \"K\" periode 2025..2029\n" + unknown).codes == ["P0102"])
    // A missing period is told once, whatever needs it.
    let timeless = "dinas d \"D\" { program p \"P\" {\npagu apbd 2026 = Rp 1 M\npagu apbd 2027 = Rp 1 M\n} }\nindikator i \"I\" { satuan orang }\ntampilkan pagu[2026]\n"
    #expect(Checking(timeless).codes == ["P0303"])
  }

  @Test func tenMistakesGiveTenMessages() {
    let text = """
      daerah "Kota" periode 2025..2029 fiskal besar
      dokumen kerja apbp
      skala sakip = C < B < A
      sasaran s1 "S" {
        indikator i "I" {
          skala sakip
          target 2025..2029 = C; B; B; A; Z
        }
      }
      dinas d "D" kode 1.2.3.4.5.6.7.8.9 {
        program p "P" {
          mendukung s2
          pagu apbd 2026..2027 = Rp 1 M
          prioritas V
        }
      }
      misal x = Rp 2 M + 3
      aturan r "R" { }
      skenario a { geser Rp 1 M dari p ke d }
      """
    let checking = Checking(text)
    #expect(checking.codes == ["P0314", "P0214", "P0216", "P0313", "P0201", "P0306", "P0318", "P0203", "P0312", "P0407"])
    #expect(checking.places.prefix(5) == ["besar", "apbp", "Z", "1.2.3.4.5.6.7.8.9", "s2"])
  }

  @Test func messagesPointAtBothPlaces() throws {
    let checking = Checking("daerah \"K\" periode 2025..2029\nskenario a { }\nskenario a { }\n")
    let diagnostic = try #require(checking.checked.diagnostics.all.first)
    #expect(diagnostic.labels.count == 2)
    #expect(diagnostic.labels[0].site.start > diagnostic.labels[1].site.start)
  }

  /// No message speaks only one language: words of the language are said in the reader's.
  @Test func misplacedWordsAreSaidInBothLanguages() {
    let checking = Checking("daerah \"K\" periode 2025..2029\nkegiatan k \"K\"\nskenario a { program p \"P\" }\n")
    let messages = checking.checked.diagnostics.all.map(\.message)
    #expect(messages.map(\.en) == [
      "`activity` may not stand inside the script", "`program` declares the plan; a scenario holds edits only",
    ] || messages.map(\.en) == [
      "`activity` may not stand inside the script", "`programme` declares the plan; a scenario holds edits only",
    ])
  }
}
