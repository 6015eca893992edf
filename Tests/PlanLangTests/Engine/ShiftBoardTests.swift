import Testing

@testable import PlanLang

/// Shifts done on their board leave what judging anew finds, however many of them come before anybody asks.
@Suite struct ShiftBoardTests {
  static let head = """
    daerah "K" jenis kota periode 2025..2028
    skala huruf = D < C < CC < B < BB < A < AA
    indikator i0 "I" { satuan titik
    ketelitian 0,1
    awal 2024 = 10
    target 2025..2028 = 12; 14; 16; 18 }
    indikator i1 "I" { satuan titik
    arah turun
    awal 2024 = 50
    target 2025..2028 = 48; 46; 44; 42
    proyeksi 2025..2028 = 49; 46; 45; 41 }
    indikator i2 "I" { satuan persen
    ketelitian 1
    awal 2024 = 40
    target 2025..2028 = 50; 55; 60; 65 }
    indikator i3 "I" { skala huruf
    awal 2024 = CC
    target 2025..2028 = B; B; BB; A }
    indikator i4 "I" { satuan indeks
    ketelitian 0,01
    arah rentang 2 s.d. 4
    target 2025..2028 = 3; 3; 3; 3 }
    pendapatan dau 2025..2028 = Rp 8 M; 8 M; 8 M; 8 M

    """

  static let shapes = [
    "satuan { biaya satuan Rp 90 jt", "satuan { biaya satuan Rp 70 jt\nbiaya tetap Rp 30 jt\nkelipatan 2",
    "jenuh { biaya satuan Rp 1 jt\nsasaran_penerima 900 orang\npaling tinggi 80%", "jenuh { biaya satuan Rp 2 jt\nsasaran_penerima 700 orang\ndampak 3",
    "elastis { elastisitas 0,4", "tabel { tabel Rp 0 = 0\ntabel Rp 300 jt = 3\ntabel Rp 2 M = 5", "satuan mutlak { biaya satuan Rp 500 jt\ndampak 0,5",
  ]

  static func text(_ draws: inout Draws) -> String {
    var text = head
    func amount(_ draws: inout Draws) -> Int { Int.random(in: 0...1200, using: &draws) }
    for d in 0..<2 {
      text += "dinas d\(d) \"D\" {\n"
      for p in 0..<2 {
        text += "program d\(d)p\(p) \"P\" {\n"
        for k in 0..<3 {
          text += "kegiatan d\(d)p\(p)k\(k) \"K\" {\npagu rpjmd 2025..2028 = \((0..<4).map { _ in "Rp \(amount(&draws)) jt" }.joined(separator: "; "))\n"
          let account = ["5.1.01", "5.1.02.01", "5.1.02.02", "5.2.02"].randomElement(using: &draws)!
          let source = ["pad", "pad", "pad", "pad", "pad", "dau"].randomElement(using: &draws)!
          for year in 2025...2028 {
            text += "pagu apbd \(year) {\nrekening \(account) sumber \(source) = Rp \(amount(&draws)),\(Int.random(in: 10...99, using: &draws)) jt\n"
            if Int.random(in: 0..<16, using: &draws) == 0 { text += "rekening 5.1.05 sumber dau = Rp 5 jt\n" }
            text += "}\n"
          }
          // Most indicators have one driver; some have two, which the board leaves to others.
          let own = (d * 2 + p) * 3 + k
          let driven = own < 5 ? own : Int.random(in: 0..<30, using: &draws)
          if driven < 5 {
            let time = ["", "", "\nsetelah 1 tahun"].randomElement(using: &draws)!
            text += "mendorong i\(driven) \(shapes.randomElement(using: &draws)!)\(time) }\n"
          }
          text += "}\n"
        }
        text += "}\n"
      }
      text += "program d\(d)p2 \"P\" {\nkegiatan d\(d)p2k0 \"K\" {\npagu rpjmd 2025..2028 = Rp 900 jt; 900 jt; 900 jt; 900 jt\n"
      for year in 2025...2028 { text += "pagu apbd \(year) {\nrekening 5.1.02.01 sumber pad = Rp \(amount(&draws)) jt\n}\n" }
      text += "}\n}\n}\n"
    }
    return text + rules(&draws)
  }

  /// Flat rules whose bounds lie near what the plan has, and sometimes one that has to be run.
  static func rules(_ draws: inout Draws) -> String {
    func near(_ draws: inout Draws, _ middle: Int) -> Int { Int.random(in: middle / 2...middle * 3 / 2, using: &draws) }
    var text = """
      aturan a1 wajib { untuk p dalam program: p.pagu <= p.pagu[dokumen = rpjmd] }
      aturan a2 wajib { pagu[rekening = @5.1.02] <= \(near(&draws, 40))% dari pagu }
      aturan a3 anjuran { pagu[rekening = @5.1.01] >= \(near(&draws, 25)),5% dari pagu }
      aturan a4 wajib { untuk d dalam perangkat_daerah: d.pagu[rekening = @5.2] <= \(near(&draws, 30))% dari d.pagu }
      aturan a5 wajib { untuk p dalam program: p.pagu >= Rp \(near(&draws, 1600)) jt }
      aturan a6 wajib { d0.pagu / d1.pagu <= 1,\(near(&draws, 50)) }
      aturan a7 wajib { d0p0k0.pagu / d0p0k1.pagu >= 0,\(near(&draws, 40)) }
      aturan a8 wajib { d1p0.pagu < d1p1.pagu }
      aturan a9 wajib { d1p0k0.pagu != d1p0k1.pagu }
      aturan a10 anjuran { untuk i dalam indikator: i.tercapai }
      aturan a11 wajib { i0 >= 13 }
      aturan a12 anjuran { i1 <= 47 }
      aturan a13 anjuran { i2 >= 52% }
      aturan a14 anjuran { d0p1k2.pagu = Rp 0 }
      aturan a17 wajib { pagu <= pendapatan }
      kecuali a5 untuk d0p1 karena "uji" oleh "uji" sampai 2099-12-31

      """
    if Int.random(in: 0..<4, using: &draws) == 0 { text += "aturan a15 wajib { jumlah(k.pagu untuk k dalam kegiatan jika k.pagu > Rp 900 jt) <= 60% dari pagu }\n" }
    if Int.random(in: 0..<4, using: &draws) == 0 { text += "aturan a16 wajib { i0 + i1 <= 62 }\n" }
    if Int.random(in: 0..<2, using: &draws) == 0 {
      // What the other choice reads is read once the condition turns.
      text += "aturan a18 wajib { (jika d0.pagu > Rp \(near(&draws, 4_000)) jt maka d1.pagu lain d0.pagu) <= Rp \(near(&draws, 4_000)) jt }\n"
      text += "aturan a19 wajib { d1.pagu <= Rp \(near(&draws, 4_500)) jt }\n"
    }
    return text
  }

  static func step(_ draws: inout Draws) -> String {
    func place(_ draws: inout Draws) -> String {
      let department = "d\(Int.random(in: 0..<2, using: &draws))"
      // A programme of one activity has the activity's money.
      if Int.random(in: 0..<6, using: &draws) == 0 { return department + ["p2", "p2k0"].randomElement(using: &draws)! }
      return department + "p\(Int.random(in: 0..<2, using: &draws))k\(Int.random(in: 0..<3, using: &draws))"
    }
    let amount = ["Rp 100 jt", "Rp 1,37 jt", "Rp 20 jt", "Rp 400 jt", "Rp 5 jt", "Rp 0,01"].randomElement(using: &draws)!
    let year = Int.random(in: 2025...2028, using: &draws)
    switch Int.random(in: 0..<40, using: &draws) {
    case 0: return "potong 10% dari \(place(&draws)) tahun \(year)"
    case 1: return "tetapkan i1.target[\(year)] = \(Int.random(in: 40...50, using: &draws))"
    case 3: return "ubah pendapatan dau \(["turun", "naik"].randomElement(using: &draws)!) 10% tahun \(year)"
    case 2: return "geser semua dari \(place(&draws)) ke \(place(&draws)) tahun \(year)"
    default: return "geser \(amount) dari \(place(&draws)) ke \(place(&draws)) tahun \(year)"
    }
  }

  @Test func shiftsKeepVerdictsTrue() throws {
    let ahead = try (0..<16).reduce(0) { try $0 + Self.stepsAhead(seed: $1) }
    // Most shifts were not asked for at once.
    #expect(ahead > 100)
  }

  /// Tries steps on a plan; how many were done before anybody asked.
  private static func stepsAhead(seed: Int) throws -> Int {
    var draws = Draws(state: UInt64(seed) &* 15_485_863 &+ 7)
    let text = Self.text(&draws)
    let (session, steps) = try EditedPlan.read(text, (0..<48).map { _ in Self.step(&draws) })
    var context = session.context()
    context.limits.deadline = nil
    let root = session.scenarios.branches[0].state
    var standing = try Standing(root, context, day: 20_260_101)
    var plain = root
    var (states, ahead) = ([root], 0)
    for step in steps {
      if Int.random(in: 0..<20, using: &draws) == 0, let back = states.randomElement(using: &draws) {
        try standing.go(to: back, context)
        plain = back
      }
      var (halt, other): (Halt?, Halt?)
      do throws(Halt) { try standing.apply(step, context) } catch { halt = error }
      do throws(Halt) { try plain.apply(step, context) } catch { other = error }
      #expect("\(String(describing: halt))" == "\(String(describing: other))")
      if standing.shifts?.isAhead == true { ahead += 1 }
      let state = standing.state
      var judge = Judge(state, context, day: 20_260_101)
      let verdicts = try judge.verdicts()
      #expect(standing.brokenCount == verdicts.filter { $0.status == .broken }.count)
      for verdict in verdicts { if let rule = verdict.rule { #expect(standing.status(of: rule) == verdict.status) } }
      states.append(state)
      guard Int.random(in: 0..<5, using: &draws) == 0 else { continue }
      #expect(StandingTests.described(try standing.verdicts(context)) == StandingTests.described(verdicts))
      #expect(standing.shifts?.isAhead != true)
      #expect(standing.state.overlay.cells == plain.overlay.cells && state.overlay.cells == plain.overlay.cells)
      #expect(standing.state.overlay.differences == plain.overlay.differences && state.overlay.differences == plain.overlay.differences)
      #expect(standing.state.overlay.magnitude == plain.overlay.magnitude)
      #expect(standing.state.movements.map { "\($0)" } == plain.movements.map { "\($0)" })
      #expect(state.movements.count == plain.movements.count)
      var fresh = Reading(plan: state.plan, overlay: state.overlay)
      var kept = fresh
      kept.board = standing.evaluator.reading.board
      for row in state.plan.indicators.indices {
        for year in 0..<state.plan.yearCount {
          let (one, other) = (kept.figure(.projection, row, year), fresh.figure(.projection, row, year))
          #expect(one == other)
        }
      }
    }
    return ahead
  }
}
