import Testing

@testable import PlanLang

/// A long text is checked while the rest of it is read: every answer and message is that of the same text checked as a
/// whole.
@Suite struct PiecesTests {
  /// A plan of some 200 kB whose parts refer to each other across all pieces, and what stands behind it.
  static func text(fund: String = "dau", behind: String = "", supports: String = "") -> String {
    var (text, rules) = ("", "")
    text = "daerah \"Kota Uji\" jenis kota periode 2025..2029\ndokumen kerja apbd\n"
    text += "pendapatan dau 2025..2029 = Rp 4 T; Rp 4 T; Rp 4 T; Rp 4 T; Rp 4 T\n"
    for d in 1...40 {
      text += "dinas d\(d) \"Dinas ke-\(d)\" {\n"
      for p in 1...4 {
        text += "  program p\(d)_\(p) \"Program \(p) dari \(d)\" kode 1.\(d < 10 ? "0" : "")\(d).0\(p + 1) {\n\(supports)"
        text += "    indikator i\(d)_\(p) \"Indikator \(p) dari \(d)\" {\n      satuan persen\n      awal 2024 = \(d),\(p)\n"
        text += "      target 2025..2029 = \((1...5).map { "\(40 + $0 * p + d)" }.joined(separator: "; "))\n"
        text += "      proyeksi 2025..2029 = \((1...5).map { "\(41 + $0 * p + d % 7 * $0)" }.joined(separator: "; "))\n    }\n"
        for s in 1...5 {
          text += "    subkegiatan s\(d)_\(p)_\(s) \"Bagian \(s) dari \(p) dari \(d)\" {\n      pagu apbd 2025..2029 {\n"
          let figures = (1...5).map { "\(100 + s * 7 + p * 3 + $0 * d).000.000" }.joined(separator: "; ")
          text += "        rekening 5.1.02.0\(s % 3 + 1) sumber \(fund) = Rp \(figures)\n      }\n    }\n"
        }
        text += "  }\n"
      }
      text += "}\n"
      rules += "aturan a\(d) \"Pagu dinas\" wajib { d\(d % 40 + 1).pagu <= Rp \(d % 3 == 0 ? 2 : 30) M }\n"
      // Where programmes support something, rules come last: then pieces hold nothing else that is looked at again.
      if supports.isEmpty { (text, rules) = (text + rules, "") }
    }
    return text + rules + "aturan t \"Target\" anjuran { untuk i dalam indikator: i >= i.target }\n" + behind
  }

  /// All that a run of some files says, and its status.
  private static func said(_ files: [(String, String)], _ mode: RunMode = .answers) -> String {
    let host = MemoryHost(files: ["lain.plan": "dinas lain \"Dinas lain\" {\n}\n"])
    var session = Session(toRun: host, options: SessionOptions(isInteractive: false))
    var said = ""
    var expressions: [String] = []
    if case .answers = mode { expressions = ["pagu[2026]"] }
    let outcome = session.run(files.map { (name: $0.0, bytes: Array($0.1.utf8)) }, expressions: expressions, mode: mode) {
      said += PlainText.drawn($0.document, TextStyle()) + $0.json.map { String(decoding: $0.bytes, as: UTF8.self) + "\n" }.joined()
    }
    return said + "\(outcome.status)"
  }

  @Test(
    .enabled(if: Beside.cores > 1),
    arguments: [
      ("dau", ""), ("dau", "skenario coba { geser Rp 10 jt dari s1_1_1 ke s40_4_5 tahun 2026 }\nbandingkan dasar, coba\n"),
      ("dau", "sumber zakat \"Zakat\"\npendapatan zakat 2026 = Rp 1 M\n"), ("zakat", ""), ("zakat", "sumber zakat \"Zakat\"\n"),
      ("dau", "dinas d1 \"Kembar\" {\n}\n"), ("dau", "dinas = \n"), ("dau", "}\n"), ("dau", "dinas akhir \"Tak selesai\" {\n"),
      ("dau", "muat \"lain.plan\"\n"), ("dau", "muat \"tiada.csv\"\n"), ("dau", "pakai paket \"rpjmd\"\n"),
      ("dau", "skala mutu = C < B < A\nindikator m \"Mutu\" {\n  skala mutu\n  awal 2024 = C\n  target 2029 = A\n}\n"),
      ("dau", "p3_1 = 4\n"), ("dau", "tampilkan p3_1.pagu\nsapu x = Rp 1 jt; Rp 2 jt { geser x dari s1_1_1 ke s2_1_1 tahun 2026 } tampilkan d1.pagu[2026]\n"),
    ])
  func answersAreThoseOfTheWhole(fund: String, behind: String) {
    let text = Self.text(fund: fund, behind: behind)
    // With a second file, the text is read as a whole.
    #expect(Self.said([("kota.plan", text)]) == Self.said([("kota.plan", text), ("kosong.plan", "")]))
  }

  /// Who only wants verdicts keeps of the pieces what is still referred to; what they say is the same.
  @Test(
    .enabled(if: Beside.cores > 1),
    arguments: [
      ("t1", ""), ("t1; s1.x", ""), ("tiada", ""), ("s1_1_1", ""), ("t1", "sumber zakat \"Zakat\"\n"),
      ("t1", "dinas d1 \"Kembar\" {\n}\n"), ("t1", "tampilkan d1.pagu\ncek\n"), ("t1", "dinas = \n"),
    ])
  func verdictsAreThoseOfTheWhole(supported: String, behind: String) {
    let aim = "misi m1 \"Misi\" {\n  tujuan t1 \"Tujuan\" {\n    sasaran s1 \"Sasaran\" {\n      indikator x \"X\" {\n        satuan persen\n"
    let end = "        awal 2024 = 1\n        target 2025..2029 = 2; 3; 4; 5; 6\n      }\n    }\n  }\n}\n"
    let text = Self.text(behind: aim + end + behind, supports: "    mendukung \(supported)\n")
    let whole = Self.said([("kota.plan", text), ("kosong.plan", "")], .verdicts(named: false))
    #expect(Self.said([("kota.plan", text)], .verdicts(named: false)) == whole)
    #expect(whole.contains(supported.hasPrefix("t1") && !behind.contains("dinas") ? "cek dasar" : "galat[P0"))
  }

  /// Of a piece that holds nothing but programmes and what they support, only that is kept.
  @Test(.enabled(if: Beside.cores > 1)) func piecesAreShed() throws {
    var map = SourceMap()
    let added = map.add(name: "kota.plan", bytes: Array(Self.text(supports: "    mendukung t1\n").utf8))
    let source = try #require(added)
    var names = Vocabulary.seeded()
    var early = EarlyCheck(source, map, sheds: true)
    let read = Parser.pieces(source, names: &names, language: .indonesian, depth: Parser.limit) { early.take($0, &$1) }
    let trees = try #require(read)
    #expect(trees.filter { $0.nodes.count < 100 && $0.literals.isEmpty }.count >= 7)
    #expect(!early.isVoid)
  }

  @Test(.enabled(if: Beside.cores > 1)) func longTextsAreReadInPieces() throws {
    var map = SourceMap()
    let added = map.add(name: "kota.plan", bytes: Array(Self.text().utf8))
    let source = try #require(added)
    var names = Vocabulary.seeded()
    var taken = 0
    let trees = Parser.pieces(source, names: &names, language: .indonesian, depth: Parser.limit) { tree, _ in
      taken += tree.children(of: tree.root).reduce(0) { count, _ in count + 1 }
      return nil
    }
    #expect(trees?.count == 10)
    #expect(taken == 3 + 80 + 1)
  }

  /// What the second thread does before there is a text judges rules that hold and one that does not.
  @Test func theRehearsalIsAPlan() {
    #expect(Rehearsal.written().hasPrefix("cek dasar: 4 aturan, 3 dipenuhi, 1 wajib dilanggar (✗), 0 anjuran dilanggar (!)\n"))
  }

  /// A relay gives each item once and in order, whoever makes it.
  @Test(arguments: [true, false]) func relaysKeepOrder(isHelped: Bool) {
    for seed in 1...200 {
      let relay = Relay<Int>(20) { at in
        var spent = seed
        for _ in 0..<(at * seed % 97) * 50 { spent = spent &* 31 &+ 7 }
        return spent == 0 ? -1 : at * at
      }
      var taken: [Int] = []
      Beside.run({ for at in 0..<20 { taken.append(relay.take(at)) } }, { if isHelped { relay.work() } })
      #expect(taken == (0..<20).map { $0 * $0 })
    }
  }
}
