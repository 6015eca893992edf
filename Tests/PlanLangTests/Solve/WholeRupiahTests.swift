import Testing

@testable import PlanLang

/// From a solver's answer to whole rupiah: equalities, rounded figures, and the last rupiah.
@Suite(.enabled(if: Installed.hasAny, Installed.note)) struct WholeRupiahTests {
  private static func gcd(_ x: Int64, _ y: Int64) -> Int64 { y == 0 ? x : gcd(y, x % y) }

  /// An equality is met exactly where a third department can take what is left over and the sen allow it; else it is told.
  @Test(arguments: 0..<40) func equalitiesAreMetOrTold(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 6_151 &+ 3)
    let (p, q) = (Int64.random(in: 1...9, using: &draws), Int64.random(in: 1...9, using: &draws))
    let amounts = (0..<3).map { _ in Int64.random(in: 20_000_000_000...90_000_000_000, using: &draws) }
    // Sometimes sen, sometimes rupiah that the factors cannot make.
    let rest = Bool.random(using: &draws) ? Int64.random(in: 0...500, using: &draws) * 100 : Int64.random(in: 0...50_000, using: &draws)
    var text = "daerah \"Uji\" periode 2026..2026\n"
    for (name, amount) in zip(["a", "b", "c"], amounts) { text += "dinas \(name) \"\(name)\" { program k\(name) \"K\" { pagu apbd 2026 = Rp \(amount) } }\n" }
    text += "aturan imbang wajib { \(p) * a.pagu[2026] = \(q) * b.pagu[2026] + \(Figure.money(sen: rest).replacing("Rp", with: "Rp ")) }\n"
    var session = Prompted.open(text, seconds: 600)
    let shown = Prompted.answer("perbaiki", &session)
    if rest % (100 * Self.gcd(p, q)) == 0 {
      #expect(shown.contains("suntingan") || shown.contains("sudah dipenuhi"), "\(shown)")
      if !session.log.proposals.isEmpty { _ = Prompted.answer("terapkan", &session) }
      let verdicts = (try? session.verdicts(of: session.scenarios.current)) ?? []
      #expect(!verdicts.isEmpty && !verdicts.contains(where: \.fails), "\(shown)")
    } else {
      #expect(shown.contains("P0819") && shown.contains("selisih"), "\(shown)")
      #expect(session.log.proposals.isEmpty)
    }
  }

  /// A target that counts to a few digits: what repairs it is what is sought for it, and a rupiah less is too little.
  @Test(arguments: 0..<30) func roundedTargetsAreJudgedAlike(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 9_973 &+ 5)
    let digits = Int.random(in: 0...2, using: &draws)
    func figure(_ range: ClosedRange<Int>) -> String {
      Figure.decimal(Number(mantissa: Int64(Int.random(in: range, using: &draws) / [100, 10, 1][digits]), scale: digits), digits: digits, fixed: true)
    }
    let (now, wanted) = (figure(4_000...5_500), figure(5_600...6_400))
    let shape = ["satuan { biaya satuan Rp \(Int.random(in: 100_000_000...2_000_000_000, using: &draws)) }",
      "jenuh { biaya satuan Rp 1.234.567\n sasaran_penerima 8400 orang\n paling tinggi 95% }"][seed % 2]
    let text = """
      daerah "Uji" periode 2026..2026
      misi m "M" { tujuan t "T" { sasaran s "S" {
      indikator i "I" {
      satuan persen
      arah naik
      awal 2025 = \(Figure.decimal(Number(30), digits: digits, fixed: true))
      target 2026 = \(wanted)
      proyeksi 2026 = \(now)
      }
      } } }
      dinas x "X" { program xa "XA" { pagu apbd 2026 = Rp \(Int64.random(in: 90_000_000_000...99_000_000_000, using: &draws)) } }
      dinas y "Y" { program p "P" {
      mendukung s
      kegiatan ya "YA" {
      pagu apbd 2026 = Rp \(Int64.random(in: 5_000_000_000...6_000_000_000, using: &draws))
      mendorong i \(shape)
      } } }
      aturan capai wajib { i[2026] >= i.target[2026] }
      """
    var session = Prompted.open(text, seconds: 600)
    let sought = Prompted.answer("cari z agar aturan capai dengan geser z dari xa ke ya tahun 2026", &session)
    let least = session.log.proposals
    let repaired = Prompted.answer("perbaiki", &session)
    // A curve is followed to its last digits, which are a few rupiah.
    func amount(_ statements: [String]) -> Int64? { (statements.first?.split(separator: " ").dropFirst().first).flatMap { Int64($0.filter(\.isNumber)) } }
    let (one, other) = (amount(session.log.proposals), amount(least))
    #expect((one == nil) == (other == nil) && abs((one ?? 0) - (other ?? 0)) <= 200, "\(sought)\n\(repaired)")
    if least.isEmpty { #expect(repaired.contains("tidak ada") == sought.contains("tidak ada jumlah"), "\(sought)\n\(repaired)") }
  }

  /// Of money that moves nothing none is left where two indicators can use it, however many digits it has.
  @Test(arguments: 0..<20) func noRupiahIsLeftBehind(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 4_813 &+ 9)
    func amount() -> Int64 { Int64.random(in: 2_000_000_000...12_000_000_000, using: &draws) }
    var text = "daerah \"Uji\" periode 2026..2026\nmisi m \"M\" { tujuan t \"T\" { sasaran s \"S\" {\n"
    for name in ["i", "j"] {
      text += "indikator \(name) \"\(name)\" {\nsatuan persen\narah naik\nawal 2025 = 20,0\ntarget 2026 = 60,0\nproyeksi 2026 = 45,0\n}\n"
    }
    text += "} } }\ndinas x \"X\" { program xa \"XA\" { pagu apbd 2026 = Rp \(amount()) } }\ndinas y \"Y\" { program p \"P\" {\nmendukung s\n"
    for (name, people) in [("i", 8_400), ("j", 5_400)] {
      text += "kegiatan k\(name) \"K\" {\npagu apbd 2026 = Rp \(amount())\nmendorong \(name) jenuh {\nbiaya satuan Rp \(Int.random(in: 1_000_000...3_000_000, using: &draws))\n"
      text += "sasaran_penerima \(people) orang\npaling tinggi 95%\n}\n}\n"
    }
    var session = Prompted.open(text + "} }\n", seconds: 600)
    let shown = Prompted.answer("optimalkan maksimalkan i[2026] + j[2026]", &session)
    _ = Prompted.answer("terapkan", &session)
    #expect(Prompted.answer("xa.pagu[2026]", &session).contains("Rp0"), "\(shown)")
  }
}
