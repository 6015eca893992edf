import Testing

@testable import PlanLang

/// Seeded draws: the same on every machine (splitmix64).
struct Draws: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// A small random plan as cells that can be written as text.
struct RandomPlan {
  var cells: [(department: Int, program: Int, activity: Int, account: String, source: String, sen: Int64)] = []
  static let accounts = ["5.1.01", "5.1.02.01", "5.1.02.02", "5.1.02.04", "5.2.02"]
  static let sources = ["pad", "dau", "dbh"]

  init(_ draws: inout Draws) {
    for department in 0..<3 {
      for program in 0..<2 {
        for activity in 0..<2 {
          var used: Set<String> = []
          for _ in 0..<Int.random(in: 1...4, using: &draws) {
            let account = Self.accounts.randomElement(using: &draws)!
            let source = Self.sources.randomElement(using: &draws)!
            guard used.insert(account + source).inserted else { continue }
            cells.append((department, program, activity, account, source, Int64.random(in: 1...9_000_000_000_01, using: &draws)))
          }
        }
      }
    }
  }

  func text(_ amounts: [Int64]) -> String {
    var text = "daerah \"Uji\" periode 2026..2027\n"
    for department in 0..<3 {
      text += "dinas d\(department) \"D\(department)\" {\n"
      for program in 0..<2 {
        text += "program d\(department)p\(program) \"P\" kode 1.0\(department + 1).0\(program + 2) {\n"
        for activity in 0..<2 {
          text += "kegiatan d\(department)p\(program)k\(activity) \"K\" {\npagu apbd 2026 {\n"
          for (i, cell) in cells.enumerated() where cell.department == department && cell.program == program && cell.activity == activity {
            text += "rekening \(cell.account) sumber \(cell.source) = Rp \(amounts[i] / 100),\(amounts[i] % 100 < 10 ? "0" : "")\(amounts[i] % 100)\n"
          }
          text += "}\n}\n"
        }
        text += "}\n"
      }
      text += "}\n"
    }
    return text
  }

  func place(_ draws: inout Draws) -> String {
    let d = Int.random(in: 0..<3, using: &draws)
    switch Int.random(in: 0..<4, using: &draws) {
    case 0: return "d\(d)"
    case 1: return "d\(d)p\(Int.random(in: 0..<2, using: &draws))"
    case 2: return "pagu[dinas = d\(d), sumber = \(Self.sources.randomElement(using: &draws)!)]"
    default: return "d\(d)p\(Int.random(in: 0..<2, using: &draws))k\(Int.random(in: 0..<2, using: &draws))"
    }
  }
}

/// One run of a text that stays open for questions.
private func session(_ text: String) -> (Session, Outcome) {
  var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
  let outcome = session.run([("uji.plan", Array(text.utf8))], expressions: [], mode: .answers) { _ in }
  return (session, outcome)
}

@Suite struct PropertyTests {
  /// No statement creates or loses a sen, whatever happens: what leaves the leaves is in the pool.
  @Test(arguments: 0..<60) func editsConserveMoney(seed: Int) throws {
    var draws = Draws(state: UInt64(seed) &* 7919 &+ 1)
    let plan = RandomPlan(&draws)
    var text = plan.text(plan.cells.map(\.sen)) + "skenario s {\n"
    for _ in 0..<Int.random(in: 1...5, using: &draws) {
      let amount = ["10%", "semua", "33%", "Rp 1.234,56", "Rp 7 jt"].randomElement(using: &draws)!
      let equally = Bool.random(using: &draws) ? " merata" : ""
      switch Int.random(in: 0..<3, using: &draws) {
      case 0: text += "geser \(amount) dari \(plan.place(&draws)) ke \(plan.place(&draws)) tahun 2026\(equally)\n"
      case 1: text += "potong \(amount) dari \(plan.place(&draws)) tahun 2026\(equally)\n"
      default: text += "tunda \(amount) dari \(plan.place(&draws)) tahun 2026 ke 2027\n"
      }
    }
    text += "}\n"
    let (session, outcome) = session(text)
    if outcome.hasErrors { return }  // refused as a whole: nothing moved
    let state = session.scenarios.branches[1].state
    let differences = state.overlay.differences.reduce(Int64(0), +)
    let pool = (0..<2).flatMap { state.pool($0) }.reduce(Int64(0)) { $0 + $1.sen }
    #expect(differences + pool == 0)
    for (i, cell) in state.overlay.cells.enumerated() {
      #expect(state.overlay.amount(of: cell, state.plan) >= 0, "cell \(i) below zero")
    }
    // Money keeps its source: by source, what left equals what arrived plus what the pool got.
    for movement in state.movements { for stream in movement.streams { #expect(stream.from == nil || stream.to == nil || stream.from?.source == stream.to?.source) } }
  }

  /// A scenario reads as a plan rebuilt with its amounts.
  @Test(arguments: 0..<40) func overlayEqualsRebuiltPlan(seed: Int) throws {
    var draws = Draws(state: UInt64(seed) &* 104_729 &+ 5)
    let plan = RandomPlan(&draws)
    let text = plan.text(plan.cells.map(\.sen)) + "skenario s {\npotong 37% dari \(plan.place(&draws)) tahun 2026\n}\n"
    let (changed, outcome) = session(text)
    guard !outcome.hasErrors else { return }
    let state = changed.scenarios.branches[1].state
    var amounts: [Int64] = []
    for cell in plan.cells {
      let at = state.plan.cube.site.indices.first {
        changed.names.text(changed.checked.plan.entities.name[state.plan.cube.leaf[$0].index]) == "d\(cell.department)p\(cell.program)k\(cell.activity)"
          && changed.names.text(changed.checked.plan.accounts.codeName[state.plan.cube.account[$0].index]) == cell.account
          && changed.names.text(changed.checked.plan.sources.name[state.plan.cube.source[$0].index]) == cell.source
      }
      amounts.append(state.overlay.amount(of: CellID(try #require(at)), state.plan))
    }
    let questions = ["pagu[2026]", "d0.pagu[2026]", "d1p1.pagu[2026]", "pagu[2026, rekening = @5.1.02]", "pagu[2026, sumber = dau]", "d2.pagu[2026] / pagu[2026]"]
    for question in questions {
      let own = screen(name: "a", bytes: Array(text.utf8), expressions: ["tampilkan s.\(question.replacing("/ pagu", with: "/ s.pagu"))"]).text
      let rebuilt = screen(name: "b", bytes: Array(plan.text(amounts).utf8), expressions: ["tampilkan \(question)"]).text
      #expect(own.split(separator: "=").last == rebuilt.split(separator: "=").last, "\(question)")
    }
  }

  @Test func spreadsAlwaysAddUp() throws {
    var draws = Draws(state: 11)
    for _ in 0..<500 {
      let weights = (0..<Int.random(in: 1...40, using: &draws)).map { _ in Int64.random(in: 0...1_000_000_007, using: &draws) }
      guard weights.contains(where: { $0 > 0 }) else { continue }
      let amount = Int64.random(in: 0...Int64.max / 4, using: &draws)
      let parts = try Money(sen: amount).split(by: weights)
      #expect(parts.reduce(0, +) == amount)
      let equal = Money(sen: amount).split(equally: weights.count)
      #expect(equal.reduce(0, +) == amount && (equal.max() ?? 0) - (equal.min() ?? 0) <= 1)
      let limits = weights.map { $0 + 1 }
      let total = limits.reduce(0, +)
      let wanted = amount % (total + 1)
      let level = EditRunner.level(wanted, limits)
      #expect(level.reduce(0, +) == wanted && zip(level, limits).allSatisfy { $0 <= $1 })
    }
  }

  @Test func numbersStayExactWhileTheyFit() {
    var draws = Draws(state: 3)
    for _ in 0..<2000 {
      let (a, b, c, d) = (Int64.random(in: -1_000_000...1_000_000, using: &draws), Int64.random(in: 1...1_000_000, using: &draws), Int64.random(in: -1_000_000...1_000_000, using: &draws), Int64.random(in: 1...1_000_000, using: &draws))
      let (x, y) = (Number(a: a, b: b), Number(a: c, b: d))
      #expect(Number.order(x + y - y, x) == 0)
      #expect(c == 0 || Number.order(x * y / y, x) == 0)
      #expect(Number.order(x, y) == (Int128(a) * Int128(d) < Int128(c) * Int128(b) ? -1 : Int128(a) * Int128(d) == Int128(c) * Int128(b) ? 0 : 1))
    }
    #expect(Number(a: 5, b: 2).roundedHalfEven == 2 && Number(a: 7, b: 2).roundedHalfEven == 4 && Number(a: -5, b: 2).roundedHalfEven == -2)
  }
}

/// The decision table of shifts: test vectors of Permendagri 77/2020 Bab VI.D as the domain page lists them.
@Suite struct InstrumentTests {
  static let plan = """
    daerah "Uji" periode 2026..2026
    dinas kominfo "Kominfo" kode 2.16.2.20.2.21.02.0000 {
      program aplikasi "Aplikasi" kode 2.16.03 {
        kegiatan egov "E-government" kode 2.16.03.2.02 {
          subkegiatan jaringan "Jaringan" kode 2.16.03.2.02.0024 {
            pagu apbd 2026 {
              rekening 5.1.02.04.01.0001 sumber pad = Rp 100 jt
              rekening 5.1.02.04.01.0003 sumber pad = Rp 100 jt
              rekening 5.1.02.04.02.0001 sumber pad = Rp 100 jt
              rekening 5.1.02.02.01.0063 sumber pad = Rp 100 jt
              rekening 5.1.02.01.01.0052 sumber pad = Rp 100 jt
              rekening 5.2.02.05.01.0001 sumber pad = Rp 100 jt
              rekening 5.1.01.01.01.0001 sumber pad = Rp 100 jt
            }
          }
          subkegiatan cerdas "Kota cerdas" kode 2.16.03.2.02.0038 {
            pagu apbd 2026 {
              rekening 5.1.02.04.01.0001 sumber pad = Rp 100 jt
            }
          }
        }
      }
    }
    dinas dinkes "Dinkes" kode 1.02.2.14.0.00.02.0000 {
      program ukm "UKM" kode 1.02.02 {
        kegiatan gizi "Gizi" kode 1.02.02.2.02 {
          pagu apbd 2026 {
            rekening 5.1.02.02.001.00063 sumber pad = Rp 100 jt
          }
        }
      }
    }

    """

  @Test(arguments: [
    ("jaringan.pagu[rekening = @5.1.02.04.01.0001]", "jaringan.pagu[rekening = @5.1.02.04.01.0003]", 10),
    ("jaringan.pagu[rekening = @5.1.02.04.01.0001]", "jaringan.pagu[rekening = @5.1.02.04.02.0001]", 9),
    ("jaringan.pagu[rekening = @5.1.02.04.01.0001]", "jaringan.pagu[rekening = @5.1.02.02.01.0063]", 8),
    ("jaringan.pagu[rekening = @5.1.02.01.01.0052]", "jaringan.pagu[rekening = @5.2.02.05]", 6),
    ("jaringan.pagu[rekening = @5.1.01]", "jaringan.pagu[rekening = @5.1.02.02]", 7),
    ("jaringan.pagu[rekening = @5.1.02.04.01.0001]", "cerdas", 5),
    ("jaringan.pagu[rekening = @5.1.02.04.01.0001]", "gizi", 1),
  ]) func vector(from: String, to: String, row: Int) throws {
    let (text, status) = screen(
      name: "x", bytes: Array((Self.plan + "skenario s {\n  geser Rp 1 jt dari \(from) ke \(to) tahun 2026\n}\n").utf8), format: "json")
    #expect(status == 0)
    #expect(text.contains("\"instrument\":{\"row\":\(row),"), "\(text.prefix(400))")
  }

  @Test func bothWidthsOfAnAccountAreOne() {
    #expect(Code.account("5.1.02.02.001.00063") == Code.account("5.1.02.02.01.0063"))
    #expect(Code.organisation("1.02.2.14.000.02.0000")?.canonical == "1.02.2.14.0.00.02.0000")
    #expect(Code.activity("2.16.03.2.02.24") == Code.activity("2.16.03.2.02.0024"))
  }
}

/// The worked cases of achievement (domain 2.3): B, T, R and the percentages of F1 to F4.
@Suite struct AchievementTests {
  private func percent(_ formula: AchievementFormula, _ b: Number, _ t: Number, _ r: Number) -> String {
    Figure.decimal(Reading.achievement(formula, baseline: b, target: t, result: r, cap: nil) * Number(100), digits: 2)
  }
  private func n(_ mantissa: Int64, _ scale: Int) -> Number { Number(mantissa: mantissa, scale: scale) }

  @Test func workedCases() {
    #expect(percent(.positive, n(815, 1), n(822, 1), n(820, 1)) == "99,76")
    #expect(percent(.progress, n(815, 1), n(822, 1), n(820, 1)) == "71,43")
    #expect(percent(.negative, n(119, 1), n(108, 1), n(115, 1)) == "93,91")
    #expect(percent(.negativeLAN, n(119, 1), n(108, 1), n(115, 1)) == "93,52")
    #expect(percent(.progress, n(119, 1), n(108, 1), n(115, 1)) == "36,36")
    #expect(percent(.progress, n(119, 1), n(108, 1), n(124, 1)) == "-45,45")
    #expect(percent(.negativeLAN, n(988, 1), n(90, 0), n(190, 0)) == "0")
    #expect(percent(.negative, n(988, 1), n(90, 0), n(190, 0)) == "47,37")
    #expect(percent(.negativeLAN, n(3, 0), n(2, 0), n(0, 0)) == "200")
    #expect(percent(.negative, n(3, 0), n(2, 0), n(0, 0)) == "200")
    #expect(percent(.progress, n(3, 0), n(2, 0), n(0, 0)) == "300")
  }

  @Test func classesCompareTheUnroundedValue() {
    #expect(Reading.achievementClass(n(9076, 2)).id == "Tinggi")
    #expect(Reading.achievementClass(n(91, 0)).id == "Sangat Tinggi")
    #expect(Reading.achievementClass(n(505, 1)).id == "Sangat Rendah")
  }
}
