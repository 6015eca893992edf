import Testing

@testable import PlanLang

/// Projections kept up to date while money moves are those of reading them anew, to the bit; and so are the verdicts.
@Suite struct ProjectionBoardTests {
  static let head = """
    daerah "K" jenis kota periode 2025..2029
    skala huruf = D < C < CC < B < BB < A < AA
    parameter laju = Rp 2 M
    parameter harga = Rp 400 jt
    rumus tumbuh(s) = 12 * s / (s + laju)

    """

  /// Indicators of each kind, and what spills over between them.
  static func indicators(_ draws: inout Draws) -> String {
    let joining = ["", "penjumlahan", "terbaik", "sinergi 20%"].randomElement(using: &draws)!
    let kind = ["", "jenis kumulatif_berjalan"].randomElement(using: &draws)!
    return """
      indikator x "X" { satuan titik
      arah turun
      ketelitian 0,1
      awal 2024 = 50
      target 2025..2029 = 48; 46; 44; 42; 40
      proyeksi 2025..2029 = 49; 46; 45; 41; 40
      \(joining) }
      indikator y "Y" { satuan titik
      \(kind)
      ketelitian 0,01
      awal 2024 = 10
      target 2025..2029 = 12; 15; 19; 24; 30 }
      indikator z "Z" { satuan persen
      awal 2024 = 40
      target 2025..2029 = 50; 55; 60; 65; 70
      proyeksi 2025..2029 = 52; 55; 61; 64; 71 }
      indikator w "W" { skala huruf
      awal 2024 = CC
      target 2025..2029 = B; B; BB; BB; A }
      indikator v "V" { satuan indeks
      arah rentang 2 s.d. 4
      target 2025..2029 = 3; 3; 3; 3; 3 }
      limpahan x ke y 0,2
      limpahan y ke z 0,001
      limpahan y ke v 0,1

      """
  }

  static func driver(_ draws: inout Draws) -> String {
    let indicator = ["x", "y", "z", "w"].randomElement(using: &draws)!
    let shape = [
      "satuan { biaya satuan harga", "satuan { biaya satuan Rp 500 jt\nbiaya tetap Rp 300 jt\nkelipatan 2",
      "jenuh { biaya satuan Rp 1 jt\nsasaran_penerima 4000 orang\npaling tinggi 80%", "jenuh { biaya satuan Rp 2 jt\nsasaran_penerima 1000 orang",
      "jenuh { biaya satuan Rp 2 jt\nsasaran_penerima 4000 orang\ndampak 3", "elastis { elastisitas 0,4",
      "tabel { tabel Rp 0 = 0\ntabel Rp 2 M = 3\ntabel Rp 9 M = 5", "rumus tumbuh { dampak 2", "satuan mutlak { biaya satuan Rp 500 jt\ndampak 0,5",
    ].randomElement(using: &draws)!
    let time = ["", "", "\nsetelah 1 tahun", "\nmenyebar 2 tahun", "\nsusut 30% per tahun", "\nsetelah 1 tahun\nmenyebar 2 tahun"].randomElement(using: &draws)!
    return "mendorong \(indicator) \(shape)\(time) }\n"
  }

  static let rules = """
    aturan a1 wajib { x >= x.target }
    aturan a2 wajib { untuk i dalam indikator: i.tercapai }
    aturan a3 anjuran { untuk i dalam indikator: i <= i.target }
    aturan a4 wajib { x < 45 }
    aturan a5 wajib { 12 <= y }
    aturan a6 anjuran { z[2027] >= 60% dan z[2028] >= 60% }
    aturan a7 anjuran { x.capaian >= 95% }
    aturan a8 wajib { d0.pagu <= 52% dari pagu }
    aturan a9 wajib { d0.k1.pagu / d1.pagu <= 0,6 }
    aturan a10 wajib { Rp 9 M >= d1.k0.pagu }
    kecuali a2 untuk y karena "uji" oleh "uji" sampai 2099-12-31

    """

  static func text(_ draws: inout Draws) -> String {
    var text = head + indicators(&draws)
    for department in 0..<2 {
      text += "dinas d\(department) \"D\(department)\" {\nprogram p\(department) \"P\" {\n"
      for activity in 0..<3 {
        let money = (0..<5).map { _ in "Rp \(Int.random(in: 0...6000, using: &draws)) jt" }.joined(separator: "; ")
        text += "kegiatan k\(activity) \"K\" {\npagu apbd 2025..2029 = \(money)\n"
        for _ in 0..<Int.random(in: 0...2, using: &draws) { text += driver(&draws) }
        text += "}\n"
      }
      text += "}\n}\n"
    }
    return text + rules
  }

  static func step(_ draws: inout Draws) -> String {
    func place() -> String { "d\(Int.random(in: 0..<2, using: &draws)).k\(Int.random(in: 0..<3, using: &draws))" }
    let year = Int.random(in: 2025...2029, using: &draws)
    let amount = ["Rp 100 jt", "10%", "Rp 1,37 jt", "semua", "Rp 3 M"].randomElement(using: &draws)!
    switch Int.random(in: 0..<12, using: &draws) {
    case 0: return "potong \(amount) dari \(place()) tahun \(year)"
    case 1: return "tunda \(amount) dari \(place()) tahun 2026 ke 2027"
    case 2: return "tetapkan laju = Rp \(Int.random(in: 1...4, using: &draws)) M"
    case 3: return "tetapkan harga = Rp \(Int.random(in: 2...7, using: &draws))00 jt"
    case 4: return "tetapkan x.target[\(year)] = \(Int.random(in: 40...50, using: &draws))"
    case 5: return "tetapkan y.proyeksi[\(year)] = \(Int.random(in: 10...30, using: &draws))"
    default: return "geser \(amount) dari \(place()) ke \(place()) tahun \(year)"
    }
  }

  @Test(arguments: 0..<30) func editsKeepProjectionsTrue(seed: Int) throws {
    var draws = Draws(state: UInt64(seed) &* 7_919 &+ 11)
    let text = Self.text(&draws)
    let (session, steps) = try EditedPlan.read(text, (0..<24).map { _ in Self.step(&draws) })
    #expect(steps.count > 12)
    var context = session.context()
    context.limits.deadline = nil
    let root = session.scenarios.branches[0].state
    var standing = try Standing(root, context, day: 20_260_101)
    var states = [root]
    for step in steps {
      if Int.random(in: 0..<6, using: &draws) == 0, let back = states.randomElement(using: &draws) { try standing.go(to: back, context) }
      do { try standing.apply(step, context) } catch {}
      try standing.settle(context)
      let state = standing.state
      var fresh = Reading(plan: state.plan, overlay: state.overlay)
      var kept = fresh
      kept.board = standing.evaluator.reading.board
      for row in state.plan.indicators.indices {
        for year in 0..<state.plan.yearCount {
          let (one, other) = (kept.figure(.projection, row, year), fresh.figure(.projection, row, year))
          #expect(one == other, "\(row) \(year) \(one) \(other) \(text)")
        }
      }
      var judge = Judge(state, context, day: 20_260_101)
      let verdicts = try judge.verdicts()
      #expect(standing.brokenCount == verdicts.filter { $0.status == .broken }.count)
      // Figures are found for those who ask, and not for every step.
      if Bool.random(using: &draws) { #expect(StandingTests.described(try standing.verdicts(context)) == StandingTests.described(verdicts)) }
      states.append(state)
    }
  }

  /// The short way of a shift does what the long one does.
  @Test(arguments: 0..<20) func theShortWayIsTheLongOne(seed: Int) throws {
    var draws = Draws(state: UInt64(seed) &* 6_151 &+ 5)
    let text = Self.text(&draws)
    let (session, steps) = try EditedPlan.read(text, (0..<24).map { _ in Self.step(&draws) })
    var context = session.context()
    context.limits.deadline = nil
    var state = session.scenarios.branches[0].state
    var short = 0
    for step in steps {
      let before = state
      var long = EditRunner(state: before, context: context)
      var (halt, other): (Halt?, Halt?)
      do throws(Halt) { try long.run(step, locals: []) } catch { other = error }
      let expected = long.released()
      if case .edit(let edit) = step {
        var trial = before
        _ = trial.overlay.mark()
        if (try? trial.shiftShortly(edit, context)) == true { short += 1 }
      }
      do throws(Halt) { try state.apply(step, context) } catch { halt = error }
      #expect("\(String(describing: halt))" == "\(String(describing: other))")
      guard halt == nil else {
        #expect(state.overlay.differences == before.overlay.differences && state.movements.count == before.movements.count)
        continue
      }
      #expect(state.overlay.cells == expected.overlay.cells)
      #expect(state.overlay.differences == expected.overlay.differences)
      #expect(state.overlay.magnitude == expected.overlay.magnitude)
      #expect(state.movements.map { "\($0)" } == expected.movements.map { "\($0)" })
    }
    #expect(short > 0)
  }
}
