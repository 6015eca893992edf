import Testing

@testable import PlanLang

/// Scripts made to exhaust something end with a code, soon, and never with the process.
@Suite struct BoundsTests {
  static func chain(_ count: Int, _ line: (Int) -> String) -> String { (1..<count).map(line).joined(separator: "\n") }

  static let scripts: [(what: String, script: String, code: String)] = [
    ("rumus in rumus", "rumus f0(x) = x\n" + chain(99) { "rumus f\($0)(x) = " + rep("-(", 85) + "f\($0 - 1)(x)" + rep(")", 85) } + "\ntampilkan f98(1)", "P0220"),
    ("misal in misal", "misal a0 = 1\n" + chain(99) { "misal a\($0) = " + rep("jumlah([", 60) + "a\($0 - 1)" + rep("])", 60) } + "\ntampilkan a98", "P0220"),
    ("misal that doubles", "misal a0 = 1\n" + chain(60) { "misal a\($0) = a\($0 - 1) + a\($0 - 1)" } + "\ntampilkan a59", "P0220"),
    ("misal that doubles, the last first", (1..<60).reversed().map { "misal a\($0) = a\($0 - 1) + a\($0 - 1)" }.joined(separator: "\n") + "\nmisal a0 = 1\ntampilkan a59", "P0220"),
    ("members of members", "tampilkan dinkes" + rep(".ukm", 20_000), "P0115"), ("years of years", "tampilkan pagu" + rep("[2026]", 20_000), "P0115"),
    ("many binders", "tampilkan banyak(1 " + (0..<5000).map { "untuk a\($0) dalam [1]" }.joined(separator: " ") + ")", "P0220"),
    ("powers", "tampilkan 2" + rep("^2", 20_000), "P0115"), ("parameters in a circle", "parameter qa = qb\nparameter qb = qa\ntampilkan qa", "P0211"),
    ("parameters too deep", "parameter q0 = 1 + 1\n" + chain(300) { "parameter q\($0) = q\($0 - 1) + 1" } + "\ntampilkan q299", "P0607"),
    ("a text that doubles", "tampilkan lipat s dari \"a\" untuk i dalam 1..60: s & s", "P0602"),
    ("a list of everything", "tampilkan [1..9000000000000]", "P0602"), ("a long loop", "tampilkan jumlah(i untuk i dalam 1..9000000000000)", "P0601"),
    ("long searches", "rumus cari(d) = banyak(i untuk i dalam 1..3000 jika i dalam d)\ntampilkan cari(1..3000)", "P0601"),
    ("sums of cells one by one", "tampilkan banyak(i untuk i dalam 1..100000000 jika pagu[2026, sumber = pad] > Rp 0)", "P0601"),
  ]

  /// A run with a small budget, so that reaching it does not take long.
  static func run(_ script: String) -> (text: String, status: Int32) {
    var limits = Limits()
    limits.steps = 1_000_000
    limits.memory = 4 << 20
    limits.seconds = 300
    var session = Session(
      host: MemoryHost(), options: SessionOptions(language: .indonesian, limits: limits, isStrict: false, isInteractive: false))
    var text = ""
    let outcome = session.run([("uji.plan", Array((SmallPlan.text + "\n" + script + "\n").utf8))], expressions: [], mode: .answers) { answer in
      text += PlainText.drawn(answer.document, TextStyle(width: 120, language: .indonesian))
    }
    return (text, outcome.status)
  }

  static func rep(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  /// Loops that make far more texts and lists than the memory holds, and need few of them at a time.
  static let loops: [(script: String, value: String)] = [
    ("lipat n dari 0 untuk i dalam 1..9000: n + (jika \"kota \" & \"baru dan makmur sentosa\" & \"\" == \"kota baru dan makmur sentosa\" maka 1 lain 0)", "9.000"),
    ("lipat s dari \"\" untuk i dalam 1..1200: s & \"abcdefg \"", ""),
    ("jumlah(jumlah(x * a untuk x dalam [3; 1; 4; 1; 5]) untuk a dalam 1..9000)", "567.063.000"),
    ("banyak(i untuk i dalam 1..9000 jika (\"sa\" & \"tu\") dalam [\"satu\"; \"dua\"])", "9.000"),
    ("lipat d dari [1; 2] untuk i dalam 1..9000: [jumlah(d) mod 7; i; i + 1]", "9.001"),
  ]

  @Test(arguments: loops) func loopsLetGoOfWhatTheyMade(script: String, value: String) {
    let (text, status) = Self.run("tampilkan " + script)
    #expect(status == 0, "\(text)")
    if !value.isEmpty { #expect(text.contains("= " + value) || text.contains(value), "\(text)") }
  }

  @Test(arguments: scripts) func endsWithItsCode(what: String, script: String, code: String) {
    let (text, status) = Self.run(script)
    #expect(status == 2, "\(what)")
    #expect(text.contains("[\(code)]"), "\(what): \(text.prefix(400))")
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("galat[") }.count == 1, "\(what): one complaint is enough")
  }

  /// Ten layers of ten indicators that all spill over into the next have more ways round than anybody could walk.
  @Test func spilloversInLayersAreChecked() {
    var script = ""
    for layer in 0..<10 {
      for one in 0..<10 {
        script += "indikator i\(layer)_\(one) \"I\" { satuan titik\nawal 2024 = 1\ntarget 2026 = 2\nproyeksi 2026 = 2 }\n"
        if layer > 0 { for from in 0..<10 { script += "limpahan i\(layer - 1)_\(from) ke i\(layer)_\(one) 0,01\n" } }
      }
    }
    // A loop that grows is still told.
    script += "limpahan i0_0 ke i0_1 1,2\nlimpahan i0_1 ke i0_0 1,1\n"
    let (text, status) = Self.run(script + "tampilkan i9_9.proyeksi[2026]")
    #expect(status == 0 && text.contains("= 2") && text.contains("i0_0 → i0_1 → i0_0"), "\(text.suffix(300))")
  }

  /// A series inside a sum inside a sum is compiled once, not twice at each level.
  @Test func nestedSumsAreCompiledInLinearTime() {
    var expression = "pagu.rpjmd"
    for _ in 0..<60 { expression = "jumlah(pagu.rpjmd * 0 + \(expression) * 0)" }
    let clock = ContinuousClock()
    let took = clock.measure {
      #expect(Self.run("tampilkan \(expression)").text.contains("P0601"))
    }
    #expect(took < .seconds(30))
  }

  /// Parameters that use each other twice are computed once each.
  @Test func parametersAreRemembered() {
    let script = "parameter q0 = 1 + 0\n" + Self.chain(60) { "parameter q\($0) = q\($0 - 1) + q\($0 - 1)" } + "\ntampilkan q59"
    let (text, status) = Self.run(script)
    #expect(status == 0 && text.contains("q59 = 576.460.752.303.423.488"))
  }
}
