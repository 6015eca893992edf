import Testing

@testable import PlanLang

/// Money moved so that rules hold, on random plans: every answer is judged, every conflict is as small as it can be.
@Suite(.enabled(if: Installed.hasAny, Installed.note)) struct MovingTests {
  /// A random plan of whole rupiah with random rules of each kind.
  private static func text(_ seed: Int, margin: Int64) -> String {
    var draws = Draws(state: UInt64(seed) &* 7907 &+ 11)
    let plan = RandomPlan(&draws)
    let amounts = plan.cells.map { $0.sen / 100 * 100 }
    var text = plan.text(amounts)
    func sum(_ holds: (Int) -> Bool) -> Int64 { amounts.indices.reduce(0) { $0 + (holds($1) ? amounts[$1] : 0) } }
    let total = sum { _ in true }
    for department in 0..<3 {
      let now = sum { plan.cells[$0].department == department }
      // Up to a tenth of all money more or less than there is; with no margin, what there is.
      let wanted = max(0, now + (margin == 0 ? 0 : Int64.random(in: -total / 10...total / margin, using: &draws)))
      text += "aturan lantai\(department) wajib { d\(department).pagu[2026] >= Rp \(wanted / 100) }\n"
    }
    let travel = sum { plan.cells[$0].account == "5.1.02.04" }
    let share = margin == 0 ? travel : Int64.random(in: 0...max(1, travel), using: &draws)
    text += "aturan perjalanan wajib { pagu[2026, rekening = @5.1.02.04] <= Rp \(share / 100 + 1) }\n"
    let capital = sum { plan.cells[$0].account == "5.2.02" }
    let percent = capital * 100 / max(1, total) + (margin == 0 ? 0 : 3)
    text += "aturan modal wajib { pagu[2026, rekening = @5.2.02] >= \(percent)% dari pagu[2026] }\n"
    return text
  }

  /// What is proposed, applied, holds; money keeps its sum; what cannot hold is told as a smallest set.
  @Test(arguments: 0..<40) func proposalsHoldAndConflictsAreSmall(seed: Int) {
    let text = Self.text(seed, margin: [40, 12, 5][seed % 3])
    var session = Prompted.open(text)
    let before = Prompted.answer("pagu[2026]", &session)
    let shown = Prompted.answer("perbaiki", &session)
    if shown.contains("suntingan") {
      #expect(!session.log.proposals.isEmpty)
      _ = Prompted.answer("terapkan", &session)
      let verdicts = (try? session.verdicts(of: session.scenarios.current)) ?? []
      #expect(!verdicts.isEmpty && !verdicts.contains(where: \.fails), "\(shown)")
      if !shown.contains("potong") { #expect(Prompted.answer("pagu[2026]", &session) == before) }
      #expect(Prompted.answer("perbaiki", &session).contains("sudah dipenuhi"))
      return
    }
    guard shown.contains("tidak ada pergeseran") else { return #expect(shown.contains("sudah dipenuhi"), "\(shown)") }
    // Each set: together impossible, and possible without any one of them.
    var sets: [[String]] = []
    for line in shown.split(separator: "\n") {
      if line.first?.isNumber ?? false { sets.append([]) }
      if line.hasPrefix("   "), !line.contains("longgarkan"), let name = line.split(separator: " ").first { sets[sets.count - 1].append(String(name.prefix { $0 != ":" })) }
    }
    #expect(!sets.isEmpty)
    for set in sets {
      #expect(Prompted.answer("perbaiki aturan \(set.joined(separator: ", "))", &session).contains("tidak ada pergeseran"), "\(set)")
      for name in set where set.count > 1 {
        let rest = set.filter { $0 != name }
        #expect(!Prompted.answer("perbaiki aturan \(rest.joined(separator: ", "))", &session).contains("tidak ada pergeseran"), "\(set) without \(name)")
      }
    }
  }

  /// A plan that holds stays as it is.
  @Test(arguments: 0..<20) func whatHoldsStays(seed: Int) {
    var session = Prompted.open(Self.text(seed, margin: 0))
    let verdicts = (try? session.verdicts(of: 0)) ?? []
    guard !verdicts.contains(where: \.fails) else { return }
    #expect(Prompted.answer("perbaiki", &session).contains("sudah dipenuhi"))
    #expect(session.log.proposals.isEmpty)
  }

  /// Both solvers move as little, and agree on what cannot be done.
  @Test(arguments: 0..<20) func aSecondOpinion(seed: Int) throws {
    let solvers = Solvers.available()
    guard solvers.count > 1 else { return }
    let session = Prompted.open(Self.text(seed, margin: 9))
    let rules = session.checked.plan.rules.indices.map { RuleID($0) }
    let found = try solvers.map { solver in
      let problem = try Reallocation(
        session.scenarios.branches[0].state, session.context(), rules: rules, high: [], low: [], bounds: Reallocation.Bounds(), day: 20_260_101,
        solver: solver)
      return problem.solve(problem.model(1), .least(), options: SolveOptions()).solution
    }
    #expect(found[0].status == .optimal || found[0].status == .infeasible)
    #expect(found[0].status == found[1].status)
    #expect(abs(found[0].objective - found[1].objective) < 1e-4)
  }

  /// Cells that stand aside are called when they help: the best among all cells at once is no better, low or high.
  @Test(arguments: 0..<20) func whatStandsAsideIsCalled(seed: Int) throws {
    guard let solver = Solvers.best(isInteger: false) else { return }
    let session = Prompted.open(Self.text(seed, margin: [40, 12, 9][seed % 3]))
    let rules = session.checked.plan.rules.indices.map { RuleID($0) }
    let problem = try Reallocation(
      session.scenarios.branches[0].state, session.context(), rules: rules, high: [], low: [], bounds: Reallocation.Bounds(), day: 20_260_101,
      solver: solver)
    let (model, rows) = (problem.model(1), problem.wanted([:]))
    var aims: [MoneyModel.Aim] = [.least(), .nearest([:])]
    for row in rows {
      var figure = Affine(0)
      figure.terms = row.terms
      aims.append(.highest([figure]))
    }
    for aim in aims {
      let apart = model.solve(rows, aim, solver, SolveOptions()).solution
      let all = model.solve(rows, aim, among: Set(0..<model.classes.count), solver, SolveOptions()).solution
      #expect(apart.status == all.status)
      #expect(abs(apart.objective - all.objective) <= 1e-7 * max(1, abs(all.objective)), "\(aim)")
    }
  }

  /// One rule, one way: exactly what is missing, to the rupiah.
  @Test(arguments: 0..<20) func exactlyWhatIsMissing(seed: Int) {
    var draws = Draws(state: UInt64(seed))
    let (a, b) = (Int64.random(in: 1_000_000...9_000_000_000, using: &draws), Int64.random(in: 9_000_000_000...90_000_000_000, using: &draws))
    let wanted = a + Int64.random(in: 1...9_000_000_000, using: &draws)
    var session = Prompted.open(
      """
      daerah "Uji" periode 2026..2026
      dinas x "X" { kegiatan xa "XA" { pagu apbd 2026 = Rp \(a) } }
      dinas y "Y" { kegiatan ya "YA" { pagu apbd 2026 = Rp \(b) } }
      aturan r wajib { x.pagu[2026] >= Rp \(wanted) }
      """)
    _ = Prompted.answer("perbaiki", &session)
    #expect(session.log.proposals == ["geser \(Figure.money(sen: (wanted - a) * 100)) dari ya ke xa tahun 2026"])
  }

  /// The least deviation from what was planned: what is missing in all, where as much is missing as there is too little money; else
  /// nothing, what is too much leaves the budget.
  @Test(arguments: 0..<30) func deviationsAreAsSmallAsTheyCanBe(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 7_919 &+ 77)
    let count = Int.random(in: 2...4, using: &draws)
    let budgets = (0..<count).map { _ in Int64.random(in: 1...40, using: &draws) * 1_000_003 }
    let planned = (0..<count).map { _ in Int64.random(in: 0...40, using: &draws) * 999_983 }
    var text = "daerah \"Uji\" periode 2026..2026\n"
    for at in 0..<count { text += "dinas d\(at) \"D\" { program p\(at) \"P\" { kegiatan k\(at) \"K\" { pagu apbd 2026 { rekening 5.1.02 sumber pad = Rp \(budgets[at]) } } } }\n" }
    text += "pendapatan pad 2026 = Rp \(budgets.reduce(0, +))\n"
    let deviation = (0..<count).map { "maks(k\($0).pagu[2026] - Rp \(planned[$0]); Rp \(planned[$0]) - k\($0).pagu[2026])" }.joined(separator: " + ")
    var session = Prompted.open(text)
    let shown = Prompted.answer("optimalkan minimalkan \(deviation)", &session)
    if !session.log.proposals.isEmpty { _ = Prompted.answer("terapkan", &session) }
    let least = max(0, planned.reduce(0, +) - budgets.reduce(0, +))
    #expect(Prompted.answer("(\(deviation)) == Rp \(least)", &session).contains("benar"), "\(least): \(shown)")
  }

  /// Lumps of one price: as many as all money that may move buys, to the rupiah, whatever the price falls in with.
  @Test(arguments: 0..<30) func lumpsAreBoughtToTheRupiah(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 104_729 &+ 5)
    let price = Int64.random(in: 1...40, using: &draws) * 125_000_000
    let (own, other) = (Int64.random(in: 0...20, using: &draws) * 500_000_000, Int64.random(in: 1...60, using: &draws) * 500_000_000)
    let limit = Int64.random(in: 1...70, using: &draws) * 500_000_000
    var session = Prompted.open(
      """
      daerah "Uji" periode 2026..2026
      indikator t "T" { satuan titik
        arah naik
        ketelitian 1
        awal 2025 = 0
        target 2026 = 5 }
      dinas x "X" { program p "P" { kegiatan xa "XA" { pagu apbd 2026 = Rp \(own)
        mendorong t satuan mutlak { biaya satuan Rp \(price); kelipatan 1 } } } }
      dinas y "Y" { program q "Q" { kegiatan ya "YA" { pagu apbd 2026 = Rp \(other) } } }
      """)
    let shown = Prompted.answer("optimalkan maksimalkan t[2026] paling banyak Rp \(limit)", &session)
    let moved = session.log.proposals.first ?? ""
    if !moved.isEmpty { _ = Prompted.answer("terapkan", &session) }
    let most = (own + min(limit, other)) / price
    #expect(Prompted.answer("t[2026] == \(most)", &session).contains("benar"), "\(most): \(shown)")
    // No more is moved than that takes.
    let needed = max(0, most * price - own)
    #expect(moved == (most == own / price ? "" : "geser \(Figure.money(sen: needed * 100)) dari ya ke xa tahun 2026"), "\(needed): \(moved)")
  }

  /// Equalities, windows and conditions that turn back: the amount at which a condition holds is found, wherever it lies.
  @Test(arguments: 0..<20) func amountsAreFoundWhereverTheyLie(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 31 &+ 9)
    let (own, other) = (Int64.random(in: 1...9, using: &draws) * 1_000_000_007, Int64.random(in: 10...90, using: &draws) * 1_000_000_009)
    let wanted = Int64.random(in: 1..<other, using: &draws)
    var session = Prompted.open(
      """
      daerah "Uji" periode 2026..2026
      dinas x "X" { program p "P" { kegiatan xa "XA" { pagu apbd 2026 = Rp \(own) } } }
      dinas y "Y" { program q "Q" { kegiatan ya "YA" { pagu apbd 2026 = Rp \(other) } } }
      """)
    let told = "n = Rp" + Figure.money(sen: wanted * 100).dropFirst(2)
    let edit = "dengan geser n dari ya ke xa tahun 2026"
    for goal in [
      "xa.pagu[2026] == Rp \(own + wanted)", "xa.pagu[2026] >= Rp \(own + wanted) dan xa.pagu[2026] <= Rp \(own + wanted + 3)",
      "ya.pagu[2026] == Rp \(other - wanted)", "xa.pagu[2026] >= Rp \(own + wanted)",
    ] {
      #expect(Prompted.answer("cari n agar \(goal) \(edit)", &session).hasPrefix(told), "\(goal)")
    }
    #expect(Prompted.answer("cari n agar xa.pagu[2026] + ya.pagu[2026] > Rp \(own + other) \(edit)", &session).contains("tidak menggerakkannya"))
  }

  /// Reaches that join at random are no concave figure: what the pieces find is what a fine grid finds.
  @Test(arguments: 0..<12) func joinedReachesAreSplitBest(seed: Int) throws {
    var draws = Draws(state: UInt64(seed) &+ 501)
    func people() -> Int { Int.random(in: 1...12, using: &draws) * 1000 + Int.random(in: 1...999, using: &draws) }
    let (n, m, k) = (people(), people(), people())
    let session = Prompted.open(
      """
      daerah "Uji" periode 2026..2026
      misi m "M" { tujuan t "T" { sasaran s "S" {
        indikator i "I" {
          satuan persen
          arah naik
          awal 2025 = 10
          target 2026 = 40
          proyeksi 2026 = 40
          tanpa_program 2026 = 10
        }
      } } }
      dinas d "D" { program p "P" kode 1.02.02 {
        kegiatan a "A" { pagu apbd 2026 = Rp 3 M
          mendorong i jenuh { biaya satuan Rp 1 jt; sasaran_penerima \(n) orang } }
        kegiatan b "B" { pagu apbd 2026 = Rp 2 M
          mendorong i jenuh { biaya satuan Rp 1 jt; sasaran_penerima \(m) orang } }
        kegiatan c "C" { pagu apbd 2026 = Rp 1 M
          mendorong i jenuh { biaya satuan Rp 1 jt; sasaran_penerima \(k) orang } }
      } }
      misal y = i.proyeksi[2026]
      y
      """)
    let formula = try #require(session.checked.plan.formulas.indices.last { session.checked.plan.formulas[$0].code.contains { $0.op == .figure } })
    let solver = try #require(Solvers.best(isInteger: false))
    let problem = try Reallocation(
      session.scenarios.branches[0].state, session.context(), rules: [], high: [FormulaID(formula)], low: [], bounds: Reallocation.Bounds(),
      day: 20_260_101, solver: solver)
    #expect(problem.bend(ofAim: 0) == .unknown)
    guard case .found(let proposal) = problem.optimum(margins: [:], options: SolveOptions()) else { return #expect(Bool(false), "nothing found") }
    // Which sums are whose does not matter: every split of all money over the three is tried.
    let total = problem.forms.sums.reduce(0, +)
    var best = -Double.infinity
    for x in 0...60 {
      for y in 0...(60 - x) {
        let (first, second) = (total * Double(x) / 60, total * Double(y) / 60)
        best = max(best, problem.forms.value(problem.aims[0], [first, second, total - first - second]))
      }
    }
    #expect(problem.forms.sums.count == 3)
    #expect(proposal.heights[0] > best - 2e-3 * abs(best), "\(proposal.heights) \(best)")
  }

  /// Sums read as linear forms give what the engine gives, wherever the money goes.
  @Test(arguments: 0..<20) func formsAgreeWithTheEngine(seed: Int) throws {
    var draws = Draws(state: UInt64(seed) &+ 77)
    var session = Prompted.open(Self.text(seed, margin: 9))
    let rules = session.checked.plan.rules.indices.map { RuleID($0) }
    let solver = try #require(Solvers.best(isInteger: false))
    let plan = RandomPlan(&draws)
    _ = Prompted.answer("geser 30% dari \(plan.place(&draws)) ke d1p0k0.pagu[rekening = @5.2.02] tahun 2026", &session)
    for branch in session.scenarios.branches {
      let problem = try Reallocation(
        branch.state, session.context(), rules: rules, high: [], low: [], bounds: Reallocation.Bounds(), day: 20_260_101, solver: solver)
      var judge = Judge(branch.state, session.context(), day: 20_260_101)
      let verdicts = try judge.verdicts()
      for requirement in problem.requirements {
        guard case .rule(let rule, _, _, _) = requirement.origin else { continue }
        let linear = try #require(requirement.linear)
        let isBroken = verdicts.contains { $0.rule == rule && $0.status == .broken }
        #expect((linear.value(problem.forms.sums) < 0) == isBroken)
      }
    }
  }
}
