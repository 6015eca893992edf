import Foundation
import Testing

@testable import PlanLang

/// Choices of projects against trying every set.
@Suite(.enabled(if: Installed.hasAny, Installed.note)) struct ChoiceTests {
  /// A random choice: projects with decimals for worth, money for cost, two ceilings, ties and limits.
  static func random(_ draws: inout Draws) -> ChoiceModel {
    let count = Int.random(in: 1...9, using: &draws)
    let worth = (0..<count).map { _ in Number(mantissa: Int64.random(in: -20...120, using: &draws), scale: 1) }
    // Amounts of a real plan, now and then to the sen.
    func money() -> Int64 {
      let jt = Int64.random(in: 0...40, using: &draws) * 10_000_000_000
      return Bool.random(using: &draws) ? jt : jt + Int64.random(in: 0...99, using: &draws)
    }
    let costs = (0..<2).map { _ in (0..<count).map { _ in money() } }
    var model = ChoiceModel(worth: worth, cost: (0..<count).map { costs[0][$0] + costs[1][$0] })
    for year in costs {
      // Often exactly what some set costs, or a sen less.
      let set = year.indices.filter { _ in Bool.random(using: &draws) }
      let sum = set.reduce(Int64(0)) { $0 + year[$1] }
      model.rows.append(ChoiceModel.Row(year.enumerated().map { ($0.offset, $0.element) }, most: max(0, sum - Int64.random(in: 0...1, using: &draws))))
    }
    for _ in 0..<Int.random(in: 0...3, using: &draws) {
      let (one, two) = (Int.random(in: 0..<count, using: &draws), Int.random(in: 0..<count, using: &draws))
      guard one != two else { continue }
      let needs = Bool.random(using: &draws)
      model.rows.append(needs ? ChoiceModel.Row([(one, 1), (two, -1)], most: 0) : ChoiceModel.Row([(one, 1), (two, 1)], most: 1))
    }
    if Bool.random(using: &draws) {
      let group = (0..<count).filter { _ in Bool.random(using: &draws) }
      model.rows.append(ChoiceModel.Row(group.map { ($0, 1) }, least: Int64.random(in: 0...3, using: &draws)))
    }
    if Int.random(in: 0...3, using: &draws) == 0 {
      model.rows.append(ChoiceModel.Row([(Int.random(in: 0..<count, using: &draws), 1)], least: 1))
    }
    return model
  }

  static func sets(_ count: Int) -> [[Bool]] { (0..<(1 << count)).map { bits in (0..<count).map { bits >> $0 & 1 == 1 } } }

  /// The best set by trying all: worth first, then cost.
  static func byTrying(_ model: ChoiceModel, with project: Int? = nil) -> (worth: Number, cost: Int128)? {
    var best: (worth: Number, cost: Int128)?
    for set in sets(model.worth.count) where model.confirms(set) && project.map({ set[$0] }) ?? true {
      let (worth, cost) = (model.worth(of: set), model.cost(of: set))
      let order = best.flatMap { Number.order(worth, $0.worth) } ?? 1
      if order > 0 || order == 0 && cost < best?.cost ?? cost + 1 { best = (worth, cost) }
    }
    return best
  }

  @Test(arguments: 0..<150) func theBestOfAllSetsIsChosen(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 15_485_863 &+ 7)
    let model = Self.random(&draws)
    let best = Self.byTrying(model)
    switch model.best(SolveOptions()) {
    case .chosen(let choice):
      guard let best else {
        Issue.record("a set was chosen where none holds")
        return
      }
      #expect(model.confirms(choice.chosen))
      #expect(choice.isProved)
      #expect(Number.order(choice.worth, best.worth) == 0 && Number.order(choice.worth, model.worth(of: choice.chosen)) == 0)
      #expect(choice.isCheapest && close(Double(model.cost(of: choice.chosen)), Double(best.cost), 1e-9), "of equally good sets the cheapest")
      check(model.losses(beside: choice, most: 5, SolveOptions()), beside: choice, model)
    case .impossible:
      #expect(best == nil)
      expectSmallest(model.conflict(SolveOptions()), model)
    case let other: Issue.record("\(other)")
    }
  }

  /// Each loss is what trying all sets with that project says.
  private func check(_ losses: [Loss], beside choice: Choice, _ model: ChoiceModel) {
    #expect(losses.map(\.project) == choice.chosen.indices.filter { !choice.chosen[$0] })
    for loss in losses {
      let best = Self.byTrying(model, with: loss.project)
      switch loss.result {
      case .set(let set, let worth, let isProved):
        #expect(model.confirms(set) && set[loss.project] && isProved)
        #expect(best.map { Number.order($0.worth, worth) == 0 } ?? false)
      case .atMost(let bound): #expect((best?.worth.real ?? -.infinity) <= bound + 1e-6)
      case .impossible(let rows):
        #expect(best == nil)
        var without = model
        without.rows = rows.map { model.rows[$0] }
        #expect(Self.byTrying(without, with: loss.project) == nil, "these rows alone stand against it")
      case .unknown: Issue.record("not told")
      }
    }
  }

  private func expectSmallest(_ conflict: [Int]?, _ model: ChoiceModel) {
    guard let conflict, !conflict.isEmpty else {
        Issue.record("no conflict is named")
        return
      }
    var part = model
    part.rows = conflict.map { model.rows[$0] }
    #expect(Self.byTrying(part) == nil)
    for at in conflict.indices {
      part.rows = conflict.indices.filter { $0 != at }.map { model.rows[conflict[$0]] }
      #expect(Self.byTrying(part) != nil, "without one of them the rest can be met")
    }
  }

  /// Each conflict is a smallest one; by what one of its members must give way the rest holds, and by a unit less it does not.
  @Test(arguments: 0..<80) func conflictsAreToldWithWhatMendsThem(seed: Int) {
    var draws = Draws(state: UInt64(seed) &* 7_368_787 &+ 13)
    var model = Self.random(&draws)
    // Mostly too much is asked.
    model.rows.append(ChoiceModel.Row(model.worth.indices.map { ($0, 1) }, least: Int64.random(in: 2...9, using: &draws)))
    guard Self.byTrying(model) == nil else { return }
    let conflicts = model.conflicts(SolveOptions())
    #expect(!conflicts.isEmpty)
    let named = conflicts.map { Set($0.members.map(\.row)) }
    #expect(Set(named).count == named.count)
    for conflict in conflicts {
      let own = conflict.members.map(\.row)
      expectSmallest(own, model)
      let others = Set(named.joined()).subtracting(own)
      func holds(_ row: Int, by much: Int64) -> Bool {
        var eased = model
        eased.rows[row].most = eased.rows[row].most.map { $0 + much }
        eased.rows[row].least = eased.rows[row].least.map { $0 - much }
        eased.rows = eased.rows.indices.filter { !others.contains($0) }.map { eased.rows[$0] }
        return Self.byTrying(eased) != nil
      }
      for member in conflict.members {
        guard let relief = member.relief else {
          #expect(!holds(member.row, by: 1 << 50), "giving way alone is enough")
          continue
        }
        #expect(holds(member.row, by: relief) && !holds(member.row, by: relief - max(1, relief / 100_000_000)))
      }
    }
  }

  /// Whenever it is stopped there is a set that holds, and the most that any can be worth.
  @Test(arguments: [0, 30, 90, 120, 180, 300, 600]) func stoppedAtAnyTimeThereIsASet(milliseconds: Int) {
    let model = Self.large
    let begin = ContinuousClock.now
    let options = SolveOptions(seconds: 30) { begin.duration(to: .now) >= .milliseconds(milliseconds) }
    guard case .chosen(let choice) = model.best(options) else {
        Issue.record("no choice")
        return
      }
    #expect(model.confirms(choice.chosen) && !choice.isProved && choice.bound >= choice.worth.real && choice.bound < 2 * choice.worth.real)
  }

  /// What a solver's tolerance lets through, exact sums do not: a hundred projects whose sum is a sen too much.
  @Test func aSenTooMuchIsTooMuch() {
    let count = 100
    let cost = (0..<count).map { Int64(900_000_000_000_01 + $0 * 7) }
    var model = ChoiceModel(worth: cost.map { _ in Number(1) }, cost: cost)
    let ceiling = cost.prefix(50).reduce(0, +)
    model.rows.append(ChoiceModel.Row(cost.enumerated().map { ($0.offset, $0.element) }, most: ceiling))
    for (most, wanted) in [(ceiling, 50.0), (ceiling - 1, 49.0)] {
      model.rows[0].most = most
      guard case .chosen(let choice) = model.best(SolveOptions()) else {
        Issue.record("no choice")
        return
      }
      // So many sets are a sen too dear that nothing may be provable; then it is said how far from the best it may be.
      #expect(model.confirms(choice.chosen) && choice.worth.real >= 49 && choice.worth.real <= wanted)
      #expect(choice.isProved ? choice.worth.real == wanted : choice.bound >= wanted - 1e-6)
    }
  }

  /// More projects than can be proved in a few seconds.
  private static let large: ChoiceModel = {
    var draws = Draws(state: 3)
    let count = 300
    var model = ChoiceModel(worth: [], cost: [])
    var years: [[Int64]] = Array(repeating: [], count: 5)
    for _ in 0..<count {
      let amounts = (0..<5).map { _ in Int64.random(in: 1...1000, using: &draws) * 100_000_000 }
      for (year, amount) in amounts.enumerated() { years[year].append(amount) }
      model.cost.append(amounts.reduce(0, +))
      model.worth.append(Number(model.cost[model.cost.count - 1] / 500_000_000 + Int64.random(in: 0...500, using: &draws)))
    }
    for year in years { model.rows.append(ChoiceModel.Row(year.enumerated().map { ($0.offset, $0.element) }, most: year.reduce(0, +) / 2)) }
    return model
  }()

  /// A set found in too little time is told with how far from the best it may be.
  @Test func withoutProofTheGapIsStated() {
    let model = Self.large
    guard case .chosen(let choice) = model.best(SolveOptions(seconds: 2)) else {
        Issue.record("no choice")
        return
      }
    #expect(model.confirms(choice.chosen) && !choice.isProved && choice.bound >= choice.worth.real)
  }

  /// The same through a script: what is answered is what trying all sets says of the plan's own figures.
  @Test(arguments: 0..<12) func scriptsSayTheSame(seed: Int) throws {
    var draws = Draws(state: UInt64(seed) &* 7_368_787 &+ 1)
    let count = Int.random(in: 2...7, using: &draws)
    var text = "daerah \"Uji\" periode 2026..2027\n"
    var model = ChoiceModel(worth: [], cost: [])
    var years: [[Int64]] = [[], []]
    for at in 0..<count {
      let costs = (0..<2).map { _ in Int64.random(in: 1...90, using: &draws) }
      let worth = Int64.random(in: 1...99, using: &draws)
      let isLabelled = at % 2 == 0
      text += "proyek p\(at) \"Proyek \(at)\" {\n  biaya 2026..2027 = Rp \(costs[0]) jt; \(costs[1]) jt\n  manfaat \(worth / 10),\(worth % 10)\n"
      if isLabelled { text += "  label \"x\"\n" }
      if at > 0, Int.random(in: 0...3, using: &draws) == 0 {
        let other = Int.random(in: 0..<at, using: &draws)
        let needs = Bool.random(using: &draws)
        text += needs ? "  syarat p\(other)\n" : "  tolak p\(other)\n"
        model.rows.append(needs ? ChoiceModel.Row([(at, 1), (other, -1)], most: 0) : ChoiceModel.Row([(at, 1), (other, 1)], most: 1))
      }
      text += "}\n"
      for year in 0..<2 { years[year].append(costs[year] * 100_000_000) }
      model.worth.append(Number(mantissa: worth, scale: 1))
      model.cost.append((costs[0] + costs[1]) * 100_000_000)
    }
    let ceilings = (0..<2).map { _ in Int64.random(in: 50...300, using: &draws) }
    text += "pilih proyek maksimalkan manfaat dalam pagu 2026..2027 = Rp \(ceilings[0]) jt; \(ceilings[1]) jt {\n  paling banyak 2 untuk label \"x\"\n}\n"
    for year in 0..<2 {
      model.rows.append(ChoiceModel.Row(years[year].enumerated().map { ($0.offset, $0.element) }, most: ceilings[year] * 100_000_000))
    }
    model.rows.append(ChoiceModel.Row((0..<count).filter { $0 % 2 == 0 }.map { ($0, 1) }, most: 2))
    let best = try #require(Self.byTrying(model))
    var session = Session(host: MemoryHost(), options: SessionOptions(language: .indonesian))
    var shown = ""
    _ = session.run([("uji.plan", Array(text.utf8))], expressions: [], mode: .answers) { answer in
      shown += PlainText.drawn(answer.document, TextStyle(width: 120, language: .indonesian))
    }
    #expect(shown.contains("manfaat \(Figure.decimal(best.worth, digits: 4)), terbukti terbaik"), "\(text)\(shown)")
  }
}

/// On a machine without a solver everything else goes on, and what is missing is said.
@Suite struct WithoutSolverTests {
  @Test(.enabled(if: TerminalTests.program != nil), arguments: ["/nowhere/libhighs.so", "none"]) func whatIsMissingIsSaid(wish: String) throws {
    let script = """
      daerah "Uji" periode 2026..2027
      proyek a "A" { manfaat 5; biaya 2026 = Rp 3 M }
      1 + 1
      pilih proyek dalam pagu 2026 = Rp 5 M
      2 + 2
      """
    let path = FileManager.default.temporaryDirectory.appending(path: "planlang-solver-\(getpid())-\(wish.count).plan")
    try script.write(to: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: path) }
    let process = Process()
    process.executableURL = URL(filePath: try #require(TerminalTests.program))
    process.arguments = ["run", path.path(percentEncoded: false)]
    process.environment = ["PLAN_SOLVER": wish]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text.contains("[P0801]") && text.contains("coinor") && text.contains("4"), "\(text)")
    #expect(process.terminationStatus != 0)
  }
}
