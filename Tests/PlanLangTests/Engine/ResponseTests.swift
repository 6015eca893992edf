import Testing

@testable import PlanLang

/// Indicators respond to money: the laws every response keeps, over seeded random plans.
@Suite struct ResponseTests {
  /// A plan with one indicator and some drivers; its money by driver.
  static func plan(_ drivers: [String], money: [Int], joining: String = "", direction: String = "turun", extra: String = "") -> String {
    var text = """
      daerah "K" jenis kota periode 2025..2029
      indikator x "X" {
        satuan titik
        arah \(direction)
        ketelitian 0,001
        awal 2024 = 50
        target 2025..2029 = 48; 46; 44; 42; 40
        proyeksi 2025..2029 = 49; 47; 45; 43; 41
        \(joining)
      }
      \(extra)
      dinas a {
        program p {

      """
    for (at, driver) in drivers.enumerated() {
      text += "kegiatan k\(at) { pagu apbd 2025..2029 = " + (0..<5).map { _ in "Rp \(money[at]) jt" }.joined(separator: "; ") + "\nmendorong x \(driver)\n}\n"
    }
    return text + "kegiatan lain { pagu apbd 2025..2029 = Rp 900 M; Rp 900 M; Rp 900 M; Rp 900 M; Rp 900 M }\n} }\n"
  }

  /// The projection of a year in a scenario of edits.
  static func projection(_ plan: String, _ edits: String, year: Int = 2027) throws -> Double {
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    let text = plan + (edits.isEmpty ? "" : "skenario s dari dasar { \(edits) }\n")
    var said = ""
    let outcome = session.run([("x.plan", Array(text.utf8))], expressions: [], mode: .answers) {
      if $0.isMessage { said += $0.json.map(\.text).joined() }
    }
    #expect(!outcome.hasErrors, "\(said) \(text)")
    let state = session.scenarios.branches[session.scenarios.branches.count - 1].state
    return Reading.figure(.projection, 0, year - 2025, of: state.plan, state.overlay).real
  }

  static let jenuh = "jenuh { biaya satuan Rp 1 jt\nsasaran_penerima 4000 orang\npaling tinggi 80% }"
  static let satuan = "satuan { biaya satuan Rp 500 jt }"
  static let elastis = "elastis { elastisitas 0,4 }"
  static let tabel = "tabel { tabel Rp 0 = 0\ntabel Rp 2 M = 3\ntabel Rp 9 M = 5 }"

  @Test func thePlansOwnMoneyGivesThePlansOwnProjection() throws {
    for driver in [Self.jenuh, Self.satuan, Self.elastis, Self.tabel] {
      let plan = Self.plan([driver], money: [2500])
      #expect(try Self.projection(plan, "") == 45)
      // Money that comes and goes again leaves nothing behind.
      #expect(try Self.projection(plan, "geser Rp 1 M dari a.lain ke a.k0 tahun 2027\ngeser Rp 1 M dari a.k0 ke a.lain tahun 2027") == 45)
    }
  }

  @Test func withoutMoneyTheProjectionIsTheOneWithoutProgrammes() throws {
    for driver in [Self.jenuh, Self.satuan, Self.elastis] {
      let value = try Self.projection(Self.plan([driver], money: [2500]), "geser semua dari a.k0 ke a.lain tahun 2027")
      #expect(abs(value - 50) < 1e-9)
    }
  }

  @Test func moreMoneyIsNeverWorse() throws {
    var random = Draws(state: 5)
    for driver in [Self.jenuh, Self.satuan, Self.elastis, Self.tabel] {
      let plan = Self.plan([driver], money: [2500])
      let steps = (0..<6).map { _ in Int(random.next() % 8000) }.sorted()
      let values = try steps.map { try Self.projection(plan, "geser Rp \($0) jt dari a.lain ke a.k0 tahun 2027") }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 - 1e-9 }, "\(driver) \(values)")
    }
  }

  @Test func whatSaturatesGivesLessAndLess() throws {
    let plan = Self.plan([Self.jenuh], money: [2500])
    let values = try (0...6).map { try Self.projection(plan, "geser Rp \($0 * 500) jt dari a.lain ke a.k0 tahun 2027") }
    let gains = zip(values, values.dropFirst()).map { $0 - $1 }
    #expect(zip(gains, gains.dropFirst()).allSatisfy { $0 >= $1 - 1e-9 })
  }

  @Test func saturationIsNeverAboveTheSameCostPerUnit() throws {
    let base = Self.plan(["jenuh mutlak { biaya satuan Rp 1 jt\nsasaran_penerima 4000 orang\npaling tinggi 80%\ndampak 10 }"], money: [2500])
    let unit = Self.plan(["satuan mutlak { biaya satuan Rp 1 jt\ndampak 0,0025 }"], money: [2500])
    for extra in [0, 500, 2000, 9000] {
      let edit = extra == 0 ? "" : "geser Rp \(extra) jt dari a.lain ke a.k0 tahun 2027"
      // An indicator that falls: the saturating one falls less.
      #expect(try Self.projection(base, edit) >= Self.projection(unit, edit) - 1e-9)
    }
  }

  @Test func splittingOneGroupsMoneyGainsNothing() throws {
    let one = Self.plan([Self.jenuh], money: [3000])
    let two = Self.plan([Self.jenuh, Self.jenuh], money: [1200, 1800])
    let single = try Self.projection(one, "geser Rp 1 M dari a.lain ke a.k0 tahun 2027")
    let split = try Self.projection(two, "geser Rp 400 jt dari a.lain ke a.k0 tahun 2027\ngeser Rp 600 jt dari a.lain ke a.k1 tahun 2027")
    #expect(abs(single - split) < 1e-9)
  }

  @Test func theOrderOfDeclarationsCountsForNothing() throws {
    let other = "jenuh { biaya satuan Rp 2 jt\nsasaran_penerima 1000 orang }"
    let edit = { (k: Int) in "geser Rp 700 jt dari a.lain ke a.k\(k) tahun 2027" }
    for joining in ["", "penjumlahan", "terbaik"] {
      let xy = try Self.projection(Self.plan([Self.jenuh, other], money: [900, 300], joining: joining), edit(0))
      let yx = try Self.projection(Self.plan([other, Self.jenuh], money: [300, 900], joining: joining), edit(1))
      #expect(abs(xy - yx) < 1e-9)
    }
  }

  @Test func timeWordsMoveSpreadAndKeep() throws {
    let lag = Self.plan(["satuan { biaya satuan Rp 500 jt\nsetelah 1 tahun }"], money: [2500])
    let edit = "geser Rp 2500 jt dari a.lain ke a.k0 tahun 2026"
    #expect(try Self.projection(lag, edit, year: 2026) == 47)
    #expect(abs(try Self.projection(lag, edit, year: 2027) - 40) < 1e-9)
    #expect(try Self.projection(lag, edit, year: 2028) == 43)
    let spread = Self.plan(["satuan { biaya satuan Rp 500 jt\nmenyebar 2 tahun }"], money: [2500])
    #expect(abs(try Self.projection(spread, edit, year: 2026) - (50 - 3 * 1.5)) < 1e-9)
    #expect(abs(try Self.projection(spread, edit, year: 2027) - (50 - 5 * 1.5)) < 1e-9)
    let decay = Self.plan(["satuan { biaya satuan Rp 500 jt\nsusut 50% per tahun }"], money: [2500])
    #expect(try Self.projection(decay, edit, year: 2028) < 43)
  }

  @Test func whatSpillsOverComesAYearLater() throws {
    let extra = """
      indikator y "Y" {
        satuan titik
        arah turun
        awal 2024 = 20
        target 2025..2029 = 19; 18; 17; 16; 15
      }
      limpahan x ke y 0,5
      """
    let plan = Self.plan([Self.satuan], money: [2500], extra: extra)
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    let text = plan + "skenario s dari dasar { geser Rp 2500 jt dari a.lain ke a.k0 tahun 2026 }\n"
    _ = session.run([("x.plan", Array(text.utf8))], expressions: [], mode: .answers) { _ in }
    let state = session.scenarios.branches[1].state
    let row = (0..<2).first { state.plan.indicators[$0].target(0).low == Number(19) } ?? 1
    #expect(Reading.figure(.projection, row, 1, of: state.plan, state.overlay) == Number(18))
    #expect(abs(Reading.figure(.projection, row, 2, of: state.plan, state.overlay).real - (17 - 0.5 * 3)) < 1e-9)
  }

  /// A driver as its shape stands, each unit with an effect; the points of a table state theirs.
  private static func absolute(_ driver: String, effect: Int) -> String {
    driver.replacing(" {", with: driver.hasPrefix("tabel") ? " mutlak {" : " mutlak { dampak \(effect)\n", maxReplacements: 1)
  }

  @Test func addedEffectsAreNeverAboveTheSumOfSingles() throws {
    var random = Draws(state: 17)
    for (x, y) in [(Self.jenuh, "jenuh { biaya satuan Rp 2 jt\nsasaran_penerima 1000 orang }"), (Self.satuan, Self.tabel)] {
      for joining in ["penjumlahan", "acak", "terbaik"] {
        // Absolute shapes: what each does alone from nothing.
        func gain(_ first: Int, _ second: Int) throws -> Double {
          let mutlak = [x, y].map { Self.absolute($0, effect: 10) }
          let plan = Self.plan(mutlak, money: [first, second], joining: joining)
          return 50 - (try Self.projection(plan, ""))
        }
        let (a, b) = (Int(random.next() % 3000) + 1, Int(random.next() % 3000) + 1)
        #expect(try gain(a, b) <= gain(a, 0) + gain(0, b) + 1e-9, "\(joining) \(a) \(b)")
      }
    }
  }

  @Test func togetherMoreThanEachAlone() throws {
    let other = "jenuh { biaya satuan Rp 2 jt\nsasaran_penerima 1000 orang }"
    for drivers in [[Self.jenuh, other], [Self.satuan, Self.tabel]] {
      let mutlak = drivers.map { Self.absolute($0, effect: 2) }
      func gain(_ synergy: String, _ money: [Int]) throws -> Double { 50 - (try Self.projection(Self.plan(mutlak, money: money, joining: synergy), "")) }
      let values = try ["", "sinergi 0%", "sinergi 10% menurut \"kajian\" mutu C", "sinergi 30%"].map { try gain($0, [1500, 800]) }
      #expect(values[0] == values[1] && values[1] < values[2] && values[2] < values[3], "\(values)")
      // One alone has nobody to work with.
      #expect(try gain("sinergi 30%", [1500, 0]) == gain("", [1500, 0]))
    }
    // Two programmes of one group are one programme.
    let group = "jenuh mutlak { biaya satuan Rp 1 jt\nsasaran_penerima 4000 orang\ndampak 10 }"
    let split = Self.plan([group, group], money: [1200, 1800], joining: "sinergi 50%")
    #expect(abs(try Self.projection(split, "") - Self.projection(Self.plan([group], money: [3000]), "")) < 1e-9)
    // Calibrated, the plan's own money still gives the plan's own projection.
    #expect(try Self.projection(Self.plan([Self.jenuh, other], money: [1500, 800], joining: "sinergi 20%"), "") == 45)
  }

  @Test func aFormulaOfOnesOwnIsAShape() throws {
    let formulas = "rumus hitung(s) = s / Rp 500 jt\nrumus patah(s) = jika s > laju maka 3 + (s - laju) / laju lain 3 * s / laju\nparameter laju = Rp 2 M\n"
    let edit = "geser Rp 700 jt dari a.lain ke a.k0 tahun 2027"
    for extra in ["", "\nsetelah 1 tahun", "\nmenyebar 2 tahun"] {
      let own = Self.plan(["rumus hitung { mutu C\(extra) }"], money: [2500], extra: formulas)
      let shape = Self.plan(["satuan { biaya satuan Rp 500 jt\(extra) }"], money: [2500])
      for year in [2027, 2028] { #expect(try abs(Self.projection(own, edit, year: year) - Self.projection(shape, edit, year: year)) < 1e-9) }
    }
    let broken = Self.plan(["rumus patah mutlak { dampak 1 }"], money: [1000], extra: formulas)
    #expect(abs(try Self.projection(broken, "") - 48.5) < 1e-9)
    #expect(abs(try Self.projection(broken, "tetapkan laju = Rp 1 M") - 47) < 1e-9)
    #expect(abs(try Self.projection(broken, "geser Rp 3 M dari a.lain ke a.k0 tahun 2027") - 46) < 1e-9)
  }

  @Test func gradesMoveWholeGrades() throws {
    let plan = """
      daerah "K" jenis kota periode 2025..2029
      skala huruf = D < C < CC < B < BB < A < AA
      indikator mutu_kerja "SAKIP" {
        skala huruf
        awal 2024 = CC
        target 2025..2029 = B; B; BB; BB; A
      }
      dinas a { program p {
        kegiatan k0 { pagu apbd 2025..2029 = Rp 2 M; 2 M; 2 M; 2 M; 2 M
          mendorong mutu_kerja satuan { biaya satuan Rp 1 M } }
        kegiatan lain { pagu apbd 2025..2029 = Rp 9 M; 9 M; 9 M; 9 M; 9 M }
      } }

      """
    // CC is 2, BB is 4: half of the money keeps half of the two grades.
    let cases = [("", 4.0), ("geser Rp 1 M dari a.k0 ke a.lain tahun 2027", 3), ("geser Rp 0,8 M dari a.k0 ke a.lain tahun 2027", 3),
      ("geser semua dari a.k0 ke a.lain tahun 2027", 2), ("geser Rp 9 M dari a.lain ke a.k0 tahun 2027", 6)]
    for (edit, grade) in cases { #expect(try Self.projection(plan, edit) == grade, "\(edit)") }
  }

  @Test func whatLiesBeyondTheStudyIsTold() throws {
    let studied = Self.jenuh.replacing(" }", with: "\ndikaji Rp 1 M s.d. Rp 4 M\nmutu B }")
    func said(_ driver: String, _ edits: String) -> String {
      var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
      var said = ""
      let text = Self.plan([driver], money: [2500]) + "skenario s dari dasar { \(edits) }\n"
      _ = session.run([("x.plan", Array(text.utf8))], expressions: [], mode: .answers) {
        said += PlainText.drawn($0.document, TextStyle(width: 200, isColoured: false)) + $0.json.map(\.text).joined()
      }
      return said
    }
    for driver in [studied, Self.tabel] {
      let inside = said(driver, "geser Rp 1 M dari a.lain ke a.k0 tahun 2027")
      #expect(!inside.contains("di luar yang dikaji") && inside.contains("\"extrapolated\":false"))
      let outside = said(driver, "geser Rp 9 M dari a.lain ke a.k0 tahun 2027")
      #expect(outside.contains("k0 → x: Rp11,5 M 2027 di luar yang dikaji") && outside.contains("\"extrapolated\":true"), "\(outside)")
    }
  }

  @Test func theIncrementalVerdictIsTheFullOne() throws {
    var random = Draws(state: 9)
    let rules = """
      aturan r "x" wajib { untuk i dalam indikator: i <= i.target }
      aturan s "y" anjuran { x.capaian >= 90% }

      """
    for _ in 0..<12 {
      var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: true))
      let text = Self.plan([Self.jenuh, Self.satuan], money: [2500, 1500]) + rules
      _ = session.run([("x.plan", Array(text.utf8))], expressions: [], mode: .answers) { _ in }
      for _ in 0..<6 {
        let (from, to) = random.next() % 2 == 0 ? ("lain", "k\(random.next() % 2)") : ("k\(random.next() % 2)", "lain")
        _ = session.submit("geser Rp \(random.next() % 900) jt dari a.\(from) ke a.\(to) tahun \(2025 + random.next() % 5)") { _ in }
        let kept = try session.verdicts(of: session.scenarios.current)
        var judge = Judge(session.scenarios.branches[session.scenarios.current].state, session.context(), day: session.host.today)
        let anew = try judge.verdicts()
        for (x, y) in zip(kept, anew) {
          #expect(x.status == y.status && x.instances.map(\.left) == y.instances.map(\.left))
        }
      }
    }
  }

  @Test(arguments: [
    ("satuan { biaya satuan Rp 0 }", "di atas nol"), ("jenuh { biaya satuan Rp 1 jt\nsasaran_penerima 10 orang\npaling tinggi 120% }", "100%"),
    ("tabel { tabel Rp 2 M = 1\ntabel Rp 1 M = 2 }", "sedikit ke banyak"), ("satuan { biaya satuan Rp 1 jt\nsetelah 9 tahun }", "sesudah periode"),
    ("satuan { biaya satuan Rp 0 s.d. Rp 1 jt }", "di atas nol"), ("satuan { biaya satuan Rp 1 jt\nsusut 90% s.d. 110% per tahun }", "100%"), ("satuan { biaya satuan Rp 1 jt\ndikaji Rp 5 M }", "rentang rupiah"),
    ("satuan { biaya satuan Rp 1 jt\ndikaji Rp 5 M s.d. Rp 1 M }", "kecil ke besar"), ("rumus entah { }", "entah"),
    ("rumus pagunya { }", "hanya membaca uangnya"), ("rumus rupiahnya { }", "bilangan"), ("rumus dua { }", "2"),
  ]) func impossibleFiguresAreRefused(driver: String, words: String) {
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    var said = ""
    let formulas = "rumus pagunya(s) = s / pagu[2026]\nrumus rupiahnya(s) = s * 2\nrumus dua(s; t) = s / t\n"
    let text = Self.plan([driver], money: [100], extra: formulas)
    let outcome = session.run([("x.plan", Array(text.utf8))], expressions: [], mode: .answers) { said += $0.json.map(\.text).joined() }
    #expect(outcome.hasErrors && said.contains(words), "\(said)")
  }
}
