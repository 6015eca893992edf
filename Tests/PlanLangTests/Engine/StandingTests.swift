import Testing

@testable import PlanLang

/// Judging only what an edit touched gives what judging anew gives.
@Suite struct StandingTests {
  static let rules = """
    aturan a1 wajib { pagu <= Rp 20 M }
    aturan a2 wajib { untuk p dalam program: p.pagu <= Rp 2 M }
    aturan a3 wajib { pagu[rekening = @5.1.02] <= 40% dari pagu }
    aturan a4 anjuran { untuk p dalam program jika p.pagu > Rp 1 M: p.pagu[sumber = pad] >= 10% dari p.pagu }
    aturan a5 wajib { jumlah(k.pagu untuk k dalam kegiatan jika k.pagu > Rp 500 jt) <= 90% dari pagu }
    aturan a6 wajib { d0.pagu[2026] >= d1.pagu[2026] dan d2.pagu[2026] <= batas }
    aturan a7 wajib { untuk d dalam perangkat_daerah: d.pagu[2026] >= 20% dari d.pagu[2027] }
    aturan a8 anjuran { stunting.target <= 20% }
    aturan a9 wajib { pagu[2026] <= batas * 3 + d0.pagu[2026] }
    aturan a10 anjuran { d0p0.pagu >= lantai }
    aturan a11 anjuran { d1.pagu[2026] >= dasar.d1.pagu[2026] }
    kecuali a2 untuk d0 karena "uji" oleh "uji" sampai 2099-12-31
    """

  static func text(_ draws: inout Draws) -> String {
    let plan = RandomPlan(&draws)
    var text = plan.text(plan.cells.map(\.sen))
    text += "parameter batas = Rp 6 M\nparameter lantai = 5% dari d0.pagu[2026]\n"
    text += "pendapatan pad 2026..2027 = Rp 9 M; 9 M\npendapatan dau 2026 = Rp 5 M\n"
    text += "visi \"V\" { misi m \"M\" { tujuan t \"T\" { sasaran s \"S\" { indikator stunting \"Stunting\" { satuan persen\narah turun\nawal 2025 = 24\ntarget 2026 = 20\ntarget 2027 = 18 } } } } }\n"
    return text + rules
  }

  static func step(_ plan: RandomPlan, _ draws: inout Draws) -> String {
    let (a, b) = (plan.place(&draws), plan.place(&draws))
    let amount = ["Rp 100 jt", "10%", "Rp 1,37 jt", "semua", "Rp 3 M"].randomElement(using: &draws)!
    switch Int.random(in: 0..<9, using: &draws) {
    case 0: return "potong \(amount) dari \(a) tahun 2026"
    case 1: return "tambah Rp 250 jt ke \(b) tahun 2026"
    case 2: return "tunda \(amount) dari \(a) tahun 2026 ke 2027"
    case 3: return "tetapkan batas = Rp \(Int.random(in: 1...9, using: &draws)) M"
    case 4: return "tetapkan stunting.target[2026] = \(Int.random(in: 15...25, using: &draws))%"
    default: return "geser \(amount) dari \(a) ke \(b) tahun 2026"
    }
  }

  static func described(_ verdicts: [Verdict]) -> [String] {
    verdicts.map { verdict in
      var text = "\(verdict.rule.map { "\($0.raw)" } ?? "pool") \(verdict.status) \(verdict.absentCount) \(verdict.waivers.map { "\($0.isExpired) \($0.isNeeded)" })"
      for i in verdict.instances {
        text += " [\(i.member.raw) \(i.year) \(i.left) \(i.right) \(i.upper) \(i.status) \(i.slack) \(i.digits) \(i.type)]"
      }
      return text
    }
  }

  /// All verdicts, or what stopped the judge.
  static func told(_ judge: inout Judge) -> [String] {
    do throws(Halt) { return described(try judge.verdicts()) } catch { return ["\(error.problem) \(error.site)"] }
  }

  @Test(arguments: 0..<40) func editsKeepVerdictsTrue(seed: Int) throws {
    var draws = Draws(state: UInt64(seed) &* 104_729 &+ 3)
    let plan = RandomPlan(&draws)
    draws = Draws(state: UInt64(seed) &* 104_729 &+ 3)
    let text = Self.text(&draws)
    var lines: [String] = []
    for _ in 0..<30 { lines.append(Self.step(plan, &draws)) }
    let (session, steps) = try EditedPlan.read(text, lines)
    #expect(steps.count > 20)
    let context = session.context()
    let root = session.scenarios.branches[0].state
    var standing = try Standing(root, context, day: 20_260_101)
    var states = [root]
    for step in steps {
      if Int.random(in: 0..<6, using: &draws) == 0, let back = states.randomElement(using: &draws) { try standing.go(to: back, context) }
      do { try standing.apply(step, context) } catch {}
      var judge = Judge(standing.state, context, day: 20_260_101)
      let fresh = try judge.verdicts()
      #expect(Self.described(try standing.verdicts(context)) == Self.described(fresh))
      #expect(standing.brokenCount == fresh.filter { $0.status == .broken }.count)
      // The worst few are the first few of all.
      var brief = Judge(standing.state, context, day: 20_260_101, shown: 2)
      brief.many = 1
      let few = try brief.verdicts()
      #expect(few.map(\.counts.all) == fresh.map(\.instances.count))
      let shortened = fresh.map { verdict in
        var verdict = verdict
        if verdict.rule != nil { verdict.instances = Array(verdict.instances.prefix(2)) }
        return verdict
      }
      #expect(Self.described(few) == Self.described(shortened))
      states.append(standing.state)
      // Two threads say what one says, also where they are stopped.
      for steps in [20, 60, 150, 400, .max] {
        var tight = context
        tight.limits.steps = steps
        var (one, two) = (Judge(standing.state, tight, day: 20_260_101), Judge(standing.state, tight, day: 20_260_101))
        (one.many, two.many) = (.max, 1)
        #expect(Self.told(&two) == Self.told(&one))
      }
    }
  }
}
