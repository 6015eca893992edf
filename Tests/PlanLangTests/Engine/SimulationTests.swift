import CKernels
import Foundation
import Testing

@testable import PlanLang

/// Draws: elementary functions, the generator, distributions, and that a block of draws is what the evaluator says.
@Suite struct SimulationTests {
  @Test func elementaryFunctionsAtTheirEdges() {
    #expect(plan_exp(1000) == .infinity && plan_exp(-1000) == 0 && plan_exp(0) == 1 && plan_exp(.nan).isNaN)
    #expect(plan_log(0) == -.infinity && plan_log(-1).isNaN && plan_log(1) == 0 && plan_log(.infinity) == .infinity)
    #expect(plan_tanh(400) == 1 && plan_tanh(-400) == -1 && plan_tanh(0) == 0)
    #expect(plan_pow(0, 0.5) == 0 && plan_pow(-1, 0.5).isNaN && plan_pow(1, 3) == 1)
    for p in stride(from: 0.0005, to: 1, by: 0.0037) { #expect(abs(plan_normal_share(plan_normal_quantile(p)) - p) < 1e-14) }
  }

  @Test func theGeneratorIsPhilox() {
    // numpy.random.Philox(key=1234 + (5678 << 64), counter=5).random_raw(4); numpy counts up before it draws.
    var words = [UInt64](repeating: 0, count: 4)
    plan_philox([6, 0, 0, 0], [1234, 5678], &words)
    #expect(words == [2_699_460_321_646_673_253, 3_894_587_283_027_754_681, 8_702_919_124_857_706_910, 1_645_025_308_374_698_931])
  }

  @Test func strataAreEachDrawnOnce() {
    for count in [1, 2, 3, 5, 64, 100, 511, 1000] as [UInt64] {
      let places = (0..<count).map { plan_permuted($0, count, 9, 2) }
      #expect(Set(places).count == Int(count) && places.allSatisfy { $0 < count })
    }
  }

  @Test func figuresOfDrawsAreInRupiahAndPoints() throws {
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    var lines: [String] = []
    var text = ""
    let questions = "simulasi 2000 tampilkan x[2027]; biaya\nkepekaan x[2027]; x.target\n"
    _ = session.run([("u.plan", Array((StudyTests.plan + questions).utf8))], expressions: [], mode: .answers) {
      lines += $0.json.map(\.text)
      text += PlainText.drawn($0.document, TextStyle(width: 100))
    }
    let answers = try lines.map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    let figures = try #require(answers.first { $0["kind"] as? String == "simulation" }?["figures"] as? [[String: Any]])
    #expect(figures.map { $0["unit"] as? String } == ["percent", "rupiah"])
    let middles = try figures.map { try #require($0["p50"] as? Double) }
    #expect(middles[0] > 60 && middles[0] < 68 && middles[1] > 0.9e6 && middles[1] < 1.3e6, "\(middles)")
    let tornado = try #require(answers.first { $0["kind"] as? String == "sensitivity" })
    #expect(tornado["grade"] as? String == "D" && tornado["middle"] as? Double == 64)
    let one = try #require((tornado["assumptions"] as? [[String: Any]])?.first)
    #expect(one["unit"] as? String == "rupiah" && (one["p10"] as? Double ?? 0) > 0.8e6 && (one["at_p10"] as? Double ?? 0) > 60)
    #expect(text.contains("x.target: tidak bergantung pada anggapan mana pun"))
  }

  @Test func replayedDrawsAreThoseThatWereCounted() throws {
    // A draw that is shown alone is what the same draw counted for: of every draw of two blocks, plain and in strata.
    let uncertain = [Self.uncertain(.normal, [10, 3]), Self.uncertain(.uniform, [0, 1], row: 1)]
    let coupling = Coupling(first: 0, second: 1, strength: 0.7, site: .none)
    for isStratified in [false, true] {
      let sampler = try Sampler(uncertain, [coupling])
      let tape = Tape(variables: 2)
      let sum = tape.record(PLAN_ADD, .drawn(0), .drawn(1))
      let program = tape.program([sum, tape.isLess(sum, Number(10))]) { sampler.record(on: $0) }
      let simulation = Simulation(program: program, truths: [false, true], seed: 11, draws: 700, isStratified: isStratified)
      let tallies = try #require(simulation.run(threads: 2) { _ in true }).tallies
      let drawn = (0..<700 as Range<UInt64>).map { simulation.replay($0) }
      for one in drawn { #expect(one.figures[0] == one.inputs[0] + one.inputs[1] && one.figures[1] == (one.figures[0] < 10 ? 1 : 0)) }
      #expect(drawn.map { $0.figures[0] }.min() == tallies[0].least && drawn.map { $0.figures[0] }.max() == tallies[0].greatest)
      #expect(abs(drawn.reduce(0) { $0 + $1.figures[1] } / 700 - tallies[1].mean) < 1e-12)
      #expect(Set(drawn.map { $0.inputs[0] }).count == 700)
    }
  }

  // MARK: Distributions

  static func tallies(_ uncertain: [Uncertainty], _ couplings: [Coupling] = [], draws: UInt64 = 100_000, isStratified: Bool = false) throws -> [Tally] {
    let sampler = try Sampler(uncertain, couplings)
    let tape = Tape(variables: uncertain.count)
    let program = tape.program(uncertain.indices.map { .drawn(Int32($0)) }) { sampler.record(on: $0) }
    let simulation = Simulation(program: program, truths: uncertain.map { _ in false }, seed: 3, draws: draws, isStratified: isStratified)
    return try #require(simulation.run(threads: 2) { _ in true }).tallies
  }

  static func uncertain(_ family: Distribution.Family, _ figures: [Double], row: Int = 0) -> Uncertainty {
    Uncertainty(key: .parameter(ParameterID(row)), family: family, figures: figures, middle: figures[0], type: .number(UnitID(0)), site: .none)
  }

  @Test func drawsFollowTheirDistributions() throws {
    let all = [
      Self.uncertain(.uniform, [2, 5]), Self.uncertain(.normal, [10, 3]), Self.uncertain(.lognormal, [100, 0.3]), Self.uncertain(.triangular, [1, 2, 6]),
      Self.uncertain(.range, [0, 1]),
    ]
    for isStratified in [false, true] {
      for (one, tally) in zip(all, try Self.tallies(all, isStratified: isStratified)) {
        for share in [0.1, 0.5, 0.9] {
          let width = one.value(at: 0.9) - one.value(at: 0.1) as Double
          // Five standard errors of a plain draw; strata leave almost none.
          let bound = isStratified ? 0.001 : 0.02
          #expect(abs(tally.quantile(share) - one.value(at: share)) < bound * width, "\(one.family) \(share)")
        }
        #expect(tally.count == 100_000 && tally.absent == 0)
      }
    }
    let discrete = try Self.tallies([Self.uncertain(.discrete, [1, 2, 2, 7])])[0]
    #expect(abs(discrete.mean - 3) < 0.03 && discrete.least == 1 && discrete.greatest == 7)
  }

  @Test func correlatedDrawsMoveTogether() throws {
    let two = [Self.uncertain(.normal, [0, 1]), Self.uncertain(.triangular, [0, 1, 3], row: 1)]
    let coupling = Coupling(first: 0, second: 1, strength: 0.6, site: .none)
    let sampler = try Sampler(two, [coupling])
    let tape = Tape(variables: 2)
    let median: Double = two[1].value(at: 0.5)
    // Both above their medians: 1/4 + asin(r) / (2 pi).
    let both = tape.record(PLAN_AND, tape.isLess(.zero, .drawn(0)), tape.isLess(Number(real: median), .drawn(1)))
    let program = tape.program([both, .drawn(1)]) { sampler.record(on: $0) }
    let made = try #require(Simulation(program: program, truths: [true, false], seed: 1, draws: 200_000, isStratified: false).run(threads: 1) { _ in true })
    #expect(abs(made.tallies[0].mean - (0.25 + asin(0.6) / (2 * .pi))) < 0.005)
    // Each keeps its own distribution.
    #expect(abs(made.tallies[1].quantile(0.9) - two[1].value(at: 0.9)) < 0.02)
    #expect(throws: SamplingProblem.self) {
      let three = [0, 1, 2].map { Self.uncertain(.normal, [0, 1], row: $0) }
      _ = try Sampler(
        three,
        [(0, 1, 0.9), (1, 2, 0.9), (0, 2, -0.9)].map { Coupling(first: $0.0, second: $0.1, strength: $0.2, site: .none) })
    }
  }

  @Test func rangesAreDrawnInTheirOwnUnits() throws {
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    let text = ResponseTests.plan(["jenuh { biaya satuan Rp 1 jt s.d. Rp 2 jt\nsasaran_penerima 3000 s.d. 5000 orang\npaling tinggi 60% s.d. 90%\nsusut 5% s.d. 15% per tahun }"], money: [2500])
    _ = session.run([("x.plan", Array(text.utf8))], expressions: [], mode: .answers) { _ in }
    let sampling = try Sampling(session, [(.only, session.scenarios.branches[0].state)], at: .none)
    #expect(sampling.uncertain.map(\.figures) == [[1e8, 2e8], [3000, 5000], [0.6, 0.9], [0.05, 0.15]])
    for one in sampling.uncertain { #expect(one.middle > one.figures[0] && one.middle < one.figures[1]) }
  }

  // MARK: Scenarios

  /// Which scenario does better is counted as whoever looks at each draw alone would count it, for each direction.
  @Test(arguments: ["naik", "turun", "dalam 45..46"]) func scenariosAreComparedDrawByDraw(direction: String) throws {
    let plan = ResponseTests.plan([Self.drivers[0], Self.drivers[0]], money: [2500, 1500], joining: "penjumlahan", direction: direction) + """
      skenario s dari dasar { geser Rp 400 jt dari a.lain ke a.k0 tahun 2026 }
      skenario t dari dasar { geser Rp 500 jt dari a.lain ke a.k1 tahun 2026 }
      tampilkan x[2026]

      """
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    let outcome = session.run([("x.plan", Array(plan.utf8))], expressions: [], mode: .answers) { _ in }
    #expect(!outcome.hasErrors)
    let branches = session.scenarios.branches
    for isAsked in [true, false] {
      var sampling = try Sampling(session, branches.map { (.scenario($0.name), $0.state) }, at: .none)
      for case .show(let items, _) in session.checked.commands.map(\.command) where isAsked { for item in items { try sampling.ask(item.formula, item.site) } }
      try sampling.askTargetsAndRules(days: branches.map { _ in 20_261_001 })
      let simulation = sampling.simulation(seed: 5, draws: 1000, isStratified: false)
      let told = Tallied.all(sampling, try #require(simulation.run(threads: 2) { _ in true }).tallies)
      // Asked for or not, it is compared once.
      let compared = told.filter { !$0.contests.isEmpty && $0.contests.contains(where: \.isMoved) }
      #expect(compared.count == 1 && compared.first?.asked.isTruth == !isAsked)
      let one = try #require(compared.first)
      #expect(one.contests.map { [$0.first, $0.second] } == [[0, 1], [0, 2], [1, 2]])
      var wins = [[Int]](repeating: [0, 0], count: 3)
      for draw in 0..<1000 as Range<UInt64> {
        let inputs = simulation.replay(draw).inputs
        let figures = branches.map { branch in
          var overlay = branch.state.overlay
          for (one, value) in zip(sampling.uncertain, inputs) { overlay.figures.append((one.key, Number(real: value))) }
          return Reading.figure(.projection, 0, 1, of: branch.state.plan, overlay).real
        }
        func merit(_ value: Double) -> Double { direction == "naik" ? value : direction == "turun" ? -value : -max(45 - value, value - 46, 0) }
        for (at, contest) in one.contests.enumerated() {
          let (first, second) = (merit(figures[contest.first]), merit(figures[contest.second]))
          // What two ways of reckoning round differently is not told apart.
          if abs(first - second) > 1e-9 { wins[at][second > first ? 0 : 1] += 1 }
        }
      }
      for (won, contest) in zip(wins, one.contests) {
        let better = try #require(contest.betterment)
        #expect(abs(better.second.value * 1000 - Double(won[0])) < 0.5 && abs(better.first.value * 1000 - Double(won[1])) < 0.5, "\(direction): \(won) \(better)")
        let share = better.second.value
        if share > 0, share < 1 { #expect(abs(better.second.error - 1.96 * (share * (1 - share) / 1000).squareRoot()) < 1e-12) }
      }
      // Two ways to spend are a near thing: neither wins always.
      if direction != "dalam 45..46" { #expect(wins[2][0] > 0 && wins[2][1] > 0, "\(wins)") }
    }
  }

  // MARK: A block is the evaluator

  static let drivers = [
    "jenuh { biaya satuan Rp 1 jt s.d. Rp 2 jt\nsasaran_penerima 4000 orang\npaling tinggi 60% s.d. 90% }",
    "jenuh { biaya satuan biaya\nsasaran_penerima 2500 s.d. 5000 orang }", "satuan { biaya satuan Rp 400 jt s.d. Rp 600 jt\nkelipatan 2 }",
    "elastis { elastisitas 0,2 s.d. 0,6 }", "tabel { tabel Rp 0 = 0\ntabel Rp 2 M = tiga\ntabel Rp 9 M = 5 }",
    "satuan mutlak { biaya satuan Rp 400 jt s.d. Rp 600 jt\nsusut 10% s.d. 40% per tahun }",
    "rumus tumbuh { dampak 4 s.d. 6\ndikaji Rp 1 M s.d. Rp 9 M }",
  ]
  static let rest = """
    parameter biaya ~ segitiga(Rp 0,8 jt; 1 jt; 1,5 jt)
    parameter tiga ~ normal(3; 0,2)
    parameter inflasi ~ lognormal(3%; 0,3)
    misal naik = (100% + inflasi) ^ 2
    rumus tumbuh(s) = tiga * s / (s + biaya * 1000)
    aturan r1 "mahal" wajib { a.pagu[2027] * naik <= Rp 912 M }
    aturan r2 "tiap" wajib { untuk p dalam kegiatan jika p.pagu[2026] * inflasi > Rp 60 jt: p.pagu * naik < Rp 905 M }
    tampilkan x[2027]; x.capaian[2027]; x.tercapai[2027]; a.pagu[2027] * naik; maks(2 * tiga; 3 + inflasi / 1%)
    tampilkan jika inflasi > 3% maka tiga lain 2 * tiga; bulat(tiga * 3); tiga mod 2; tiga ^ 0,5; x[2028] < 43 dan tiga > 3 atau bukan inflasi < 2%
    tampilkan jumlah(y * tiga untuk y dalam 1..4 jika y > tiga); rata([tiga; 2; inflasi / 1%])
    """

  /// What the block and the evaluator say of everything asked, for inputs drawn at random.
  static func compare(_ plan: String, _ edits: String, seed: UInt64) throws {
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    let text = plan + rest + "\nskenario s dari dasar { \(edits) }\n"
    var said = ""
    let outcome = session.run([("x.plan", Array(text.utf8))], expressions: [], mode: .answers) {
      if $0.isMessage { said += $0.json.map(\.text).joined() }
    }
    try #require(!outcome.hasErrors, "\(said)")
    let state = session.scenarios.branches[1].state
    var sampling = try Sampling(session, [(.only, state)], at: .none)
    var shown: [FormulaID] = []
    for command in session.checked.commands {
      if case .show(let items, _) = command.command {
        for item in items {
          try sampling.ask(item.formula, item.site)
          shown.append(item.formula)
        }
      }
    }
    try sampling.askTargetsAndRules(days: [20_261_001])
    #expect(sampling.asked.contains { $0.kind == "target" } && sampling.asked.contains { $0.kind == "rule" })
    let simulation = sampling.simulation(seed: 0, draws: 1, isStratified: false)
    var random = Draws(state: seed)
    let inputs = (0..<40).map { _ in sampling.uncertain.map { one -> Double in one.value(at: Double.random(in: 0.01..<0.99, using: &random)) } }
    for (input, block) in zip(inputs, simulation.values(inputs)) {
      var drawn = state
      for (one, value) in zip(sampling.uncertain, input) { drawn.overlay.figures.append((one.key, Number(real: value))) }
      var evaluator = Evaluator(plan: state.plan, overlay: drawn.overlay)
      var judge = Judge(drawn, session.context(), day: 20_261_001)
      var reading = Reading(plan: state.plan, overlay: drawn.overlay)
      for (at, one) in sampling.asked.enumerated() {
        let truth: Number
        switch one.kind {
        case "expression": truth = try evaluator.number(of: shown[at], year: -1)
        case "target": truth = reading.isReached(0, (one.year ?? 0) - state.plan.firstYear)
        default:
          let rule = state.plan.rules.indices.first { session.speech.words(state.plan.rules[$0].title) == one.label } ?? 0
          truth = Number(try judge.verdict(RuleID(rule)).status != .broken)
        }
        let close = truth.isAbsent ? block[at].isNaN : abs(block[at] - truth.real) <= 1e-12 * max(1, abs(truth.real))
        #expect(close, "\(one.label): block \(block[at]), evaluator \(truth.real) with \(input) in \(edits)")
      }
    }
  }

  @Test func aBlockIsWhatTheEvaluatorSays() throws {
    var random = Draws(state: 11)
    for direction in ["turun", "naik"] {
      for at in drivers.indices {
        let other = drivers[Int(random.next() % UInt64(drivers.count))]
        let joining = ["", "penjumlahan", "terbaik", "sinergi 25%", "penjumlahan\nsinergi 10%"][Int(random.next() % 5)]
        let plan = ResponseTests.plan([drivers[at], other], money: [2500, 1500], joining: joining, direction: direction)
        try Self.compare(plan, "geser Rp \(random.next() % 2000 + 1) jt dari a.lain ke a.k0 tahun 2026..2027", seed: random.next())
      }
    }
  }

  private var drivers: [String] { Self.drivers }

  // MARK: Shards

  @Test func shardsAndThreadsGiveTheSameBytes() throws {
    let uncertain = [Self.uncertain(.normal, [10, 3]), Self.uncertain(.triangular, [1, 2, 6], row: 1)]
    let sampler = try Sampler(uncertain, [])
    let tape = Tape(variables: 2)
    let product = tape.record(PLAN_MULTIPLY, .drawn(0), .drawn(1))
    let program = tape.program([product, tape.isLess(product, Number(40))]) { sampler.record(on: $0) }
    for isStratified in [false, true] {
      let simulation = Simulation(program: program, truths: [false, true], seed: 77, draws: 30_011, isStratified: isStratified)
      let whole = try #require(simulation.run(threads: 1) { _ in true })
      #expect(whole.done == 30_011)
      for count in [2, 7] {
        #expect(try #require(simulation.run(threads: count) { _ in true }).tallies == whole.tallies)
        var joined: [Tally] = []
        for number in 0..<count {
          let made = try #require(simulation.run(shard: number, of: count, threads: number % 2 + 1) { _ in true })
          let part = Part(key: simulation.key, number: number + 1, count: count, done: made.done, data: Part.data(made.tallies))
          let text = "{\"kind\":\"part\",\"key\":\"\(String(part.key, radix: 16))\",\"shard\":\"\(number + 1)/\(count)\",\"done\":\"\(part.done)\",\"data\":\"\(part.data)\"}"
          let read = try #require(Part.read(text)?.first)
          #expect(read.tallies == made.tallies && read.key == simulation.key)
          let tallies = try #require(read.tallies)
          if joined.isEmpty { joined = tallies } else { for at in joined.indices { joined[at].add(tallies[at]) } }
        }
        #expect(joined == whole.tallies)
      }
    }
  }

  @Test func aStoppedRunGivesWhatIsThere() throws {
    let sampler = try Sampler([Self.uncertain(.uniform, [0, 1])], [])
    let program = Tape(variables: 1).program([.drawn(0)]) { sampler.record(on: $0) }
    let made = try #require(Simulation(program: program, truths: [false], seed: 1, draws: 1_000_000, isStratified: false).run(threads: 2) { $0 < 20_000 })
    #expect(made.done >= 20_000 && made.done < 1_000_000 && made.tallies[0].count == made.done)
  }

  /// What a script answers, parts as the lines that a file holds.
  private func run(_ text: String, _ change: (inout SessionOptions) -> Void) -> (text: String, status: Int32) {
    var options = SessionOptions(isInteractive: false)
    change(&options)
    var session = Session(host: MemoryHost(), options: options)
    var shown = ""
    let outcome = session.run([("x.plan", Array(text.utf8))], expressions: [], mode: .answers) { answer in
      if options.shard != nil, !answer.isPart { return }
      shown += answer.isPart ? answer.json.map { $0.text + "\n" }.joined() : PlainText.drawn(answer.document, TextStyle(width: 100, isColoured: false))
    }
    return (shown, outcome.status)
  }

  /// Sweeps divided by their cases, with values of every kind, refused cases among them.
  @Test func sweepsJoinToTheSameBytes() throws {
    let script = ResponseTests.plan([Self.drivers[0]], money: [2500]) + """
      aturan r wajib { k0.pagu[2026] >= Rp 1 M }
      sapu d = Rp 0..Rp 3 M langkah Rp 250 jt { potong d dari k0 tahun 2026 } \
      tampilkan x[2027]; pagu; x.target[2027]; k0.pagu[2026] / 3; k0.judul; p.kegiatan; x[2027] < 46
      sapu d = Rp 0..Rp 1 M langkah Rp 500 jt; e = Rp 0..Rp 2 M langkah Rp 1 M { potong d dari k0 tahun 2026
        potong e dari lain tahun 2026 } tampilkan x[2028]; k0

      """
    let whole = run(script) { $0.threads = 1 }
    #expect(whole.status == 0 && whole.text.contains("—"), "\(whole.text)")
    #expect(run(script) { $0.threads = 3 } == whole)
    for count in [1, 2, 7] {
      var parts: [Part] = []
      for number in 1...count { parts += try #require(Part.read(run(script) { ($0.shard, $0.threads) = ((number, count), number % 2 + 1) }.text)) }
      #expect(parts.count == 2 * count)
      #expect(run(script) { $0.parts = parts.reversed() } == whole)
      #expect(run(script) { $0.parts = Array(parts.dropFirst()) }.text.contains("[P0"))
      var broken = parts
      broken[0].data += " 7"
      #expect(run(script) { $0.parts = broken }.text.contains("[P0720]"))
    }
  }

  @Test func mergeWantsAllPartsOfTheSameQuestion() throws {
    let script = ResponseTests.plan([Self.drivers[0]], money: [2500]) + "simulasi 3000 tampilkan x[2027]\n"
    let whole = run(script) { _ in }
    let parts = try (1...2).map { number in try #require(Part.read(run(script) { $0.shard = (number, 2) }.text)) }
    #expect(run(script) { $0.parts = parts[1] + parts[0] } == whole)
    let missing = run(script) { $0.parts = parts[1] }
    #expect(missing.text.contains("[P0720]") && missing.status == 2)
    let other = run(script.replacingOccurrences(of: "3000", with: "3001")) { $0.parts = parts[0] + parts[1] }
    #expect(other.text.contains("[P0719]") && other.status == 2)
    #expect(Part.read("{\"kind\":\"part\",\"key\":\"zz\"}") == nil)
  }
}
