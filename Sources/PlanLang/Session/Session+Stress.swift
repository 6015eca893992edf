/// `uji_balik`: the smallest plausible change that breaks the plan. What is plausible: costs 5% up, an effect one year
/// late, revenue of one source in one year 10% down.
extension Session {
  /// A change that breaks something: how large, in what is plausible.
  private struct Break {
    var change: String
    /// 1 is just plausible.
    var size: Double
    var broken: [String]
  }

  /// What stands: mandatory rules and targets, with their names.
  private struct Stands {
    var rules: Set<Int>
    var isPoolWhole: Bool
    var targets: Set<Int>
  }

  mutating func stress(_ name: Symbol?, at site: Site) throws(Halt) -> Answer {
    let row = try branch(name, at: site)
    let state = scenarios.branches[row].state
    let base = try stands(state)
    var found: [Break] = []
    // Ctrl-C gives what was found so far.
    var isStopped = false
    if let one = try unlessStopped(&isStopped, { () throws(Halt) -> Break? in try costs(state, base) }) { found.append(one) }
    found += try delays(state, base, &isStopped)
    found += try revenues(state, base, &isStopped, at: site)
    if base.isPoolWhole, let one = pool(state) { found.append(one) }
    host.progress("")
    found.sort { $0.size < $1.size }
    var answer = Answer()
    let whose = scenarios.branches[row].parent < 0 ? "" : " " + names.text(scenarios.branches[row].name)
    answer.document.line(Run(say("uji balik", "stress test"), .heading), Run(whose, .name), Run(say(": perubahan terkecil yang merusak rencana", ": the smallest change that breaks the plan")))
    let held = base.rules.count + (base.isPoolWhole ? 1 : 0) + base.targets.count
    let rules = checked.plan.rules.filter(\.isMandatory).count
    answer.document.line(
      say("yang dijaga: \(base.rules.count) dari \(rules) aturan wajib, \(base.targets.count) target yang kini tercapai", "held: \(base.rules.count) of \(English.count(rules, "mandatory rule")), \(English.count(base.targets.count, "target")) now reached"),
      .dim)
    if isStopped { answer.document.line(say("dihentikan: tidak semua perubahan dicoba", "stopped: not every change was tried"), .warning) }
    tell(found, isStopped, &answer.document)
    // What is held rests on these projections.
    var evidence = Evidence(speech, state)
    for key in base.targets.sorted() { evidence.take(key / state.plan.yearCount, key % state.plan.yearCount) }
    for row in base.rules.sorted() { evidence.take(state.plan.rules[row], state, context()) }
    evidence.tell(&answer.document)
    keep(study(of: found, answer.document, sources.text(site)))
    answer.document.blank()
    let worst = evidence.worst
    answer.inJSON { [sources, found, isStopped] in
      var json = AnswerJSON.begin("stress", Self.place(site, sources))
      json.string("grade", orNull: worst)
      json.integer("held", held)
      json.truth("stopped", isStopped)
      json.array("breaks") { list in
        for one in found {
          list.object { entry in
            entry.string("change", one.change)
            entry.real("size", one.size)
            entry.array("broken") { broken in for name in one.broken { broken.string(nil, name) } }
          }
        }
      }
      return [AnswerJSON.end(json)]
    }
    return answer
  }

  /// The changes for exports and reports.
  private func study(of found: [Break], _ document: Document, _ statement: String) -> Study {
    let session = alone
    return Study(
      kind: .stress, statement: statement, document: document,
      sheet: {
        var sheet = Sheet(
          session.say("Uji balik", "Stress test"),
          [session.say("Perubahan", "Change"), session.say("Kewajaran", "Plausibility"), session.say("Yang rusak", "What breaks")])
        sheet.rows = found.map { [.text($0.change), .number(Number(real: Self.short($0.size, -1))), .text($0.broken.joined(separator: "; "))] }
        return sheet
      },
      charts: {
        let bars = found.prefix(20).map { SVGChart.Bar(label: $0.change, values: [$0.size], words: [session.told($0.size)]) }
        return [SVGChart.bars(Array(bars), title: session.say("Kewajaran perubahan yang merusak", "Plausibility of what breaks the plan"))].filter { !$0.isEmpty }
      })
  }

  /// The changes that break something, the smallest first.
  private func tell(_ found: [Break], _ isStopped: Bool, _ page: inout Document) {
    if found.isEmpty, !isStopped {
      page.line(say("tidak ada yang rusak, sampai biaya naik 50%, dampak terlambat setahun, atau pendapatan turun 50%",
        "nothing breaks, up to costs 50% up, effects a year late, or revenue 50% down"), .good)
    } else if !found.isEmpty {
      var table = Table(columns: [
        Table.Column(say("perubahan", "change"), flexible: true), Table.Column(say("kewajaran", "plausibility"), .right),
        Table.Column(say("yang rusak", "what breaks"), flexible: true),
      ])
      for one in found.prefix(20) {
        let more = one.broken.count - 1
        table.rows.append([
          Run(one.change), Run(told(one.size), one.size <= 1 ? .bad : .warning),
          Run(one.broken[0] + (more > 0 ? say(", dan \(more) lagi", ", and \(more) more") : "")),
        ])
      }
      page.table(table)
      if found.count > 20 { page.line("  … " + say("\(found.count - 20) lagi", "\(found.count - 20) more"), .dim) }
      page.line(
        say("1,0 = setara biaya naik 5%, dampak terlambat setahun, atau satu sumber pendapatan turun 10%",
          "1,0 = as large as costs 5% up, an effect a year late, or one source of revenue 10% down"), .dim)
    }
  }

  private func told(_ size: Double) -> String { Figure.decimal(Number(real: size), digits: size < 0.1 ? 2 : 1, fixed: true) }

  // MARK: What stands

  private func stands(_ state: ScenarioState) throws(Halt) -> Stands {
    if host.isInterrupted { throw Halt(problem: .interrupted, site: .none) }
    var judge = Judge(state, context(), day: host.today)
    var made = Stands(rules: [], isPoolWhole: true, targets: [])
    for verdict in try judge.verdicts() where verdict.isMandatory {
      guard let rule = verdict.rule else {
        made.isPoolWhole = verdict.status != .broken
        continue
      }
      if verdict.status == .holds || verdict.status == .waived { made.rules.insert(rule.index) }
    }
    var reading = Reading(plan: state.plan, overlay: state.overlay)
    for row in state.plan.indicators.indices {
      for year in 0..<state.plan.yearCount {
        let reached = reading.isReached(row, year)
        if !reached.isAbsent, reached.a == 1 { made.targets.insert(row * state.plan.yearCount + year) }
      }
    }
    return made
  }

  /// The names of what stood and does no more, rules first.
  private func broken(_ state: ScenarioState, _ base: Stands) throws(Halt) -> [String] {
    let now = try stands(state)
    let speech = speech
    var names: [String] = []
    for row in base.rules.subtracting(now.rules).sorted() {
      let rule = state.plan.rules[row]
      names.append(rule.title == .none ? speech.name(rule.name) : speech.words(rule.title))
    }
    for key in base.targets.subtracting(now.targets).sorted() {
      let (row, year) = (key / state.plan.yearCount, key % state.plan.yearCount)
      names.append(say("target ", "target ") + speech.title(state.plan.indicators[row].entity) + " \(state.plan.firstYear + year)")
    }
    return names
  }

  /// What a trial gives; nil, and noted, when somebody or the clock stopped it.
  private func unlessStopped<Made>(_ isStopped: inout Bool, _ trial: () throws(Halt) -> Made?) throws(Halt) -> Made? {
    if isStopped { return nil }
    do throws(Halt) { return try trial() } catch {
      guard error.isOutOfTime else { throw error }
      isStopped = true
      return nil
    }
  }

  // MARK: Changes

  /// The smallest share in thousandths, up to half, at which a change breaks something; halved until it is found.
  private func smallest(_ trial: (Int) throws(Halt) -> [String]) throws(Halt) -> (thousandths: Int, broken: [String])? {
    var (low, high) = (0, 500)
    var worst = try trial(high)
    if worst.isEmpty { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      let names = try trial(middle)
      if names.isEmpty { low = middle } else { (high, worst) = (middle, names) }
    }
    return (high, worst)
  }

  /// Unit and fixed costs of all programmes together.
  private func costs(_ state: ScenarioState, _ base: Stands) throws(Halt) -> Break? {
    let plan = state.plan
    let costs = plan.responses.flatMap(\.assumptions).filter { $0.role == .unitCost || $0.role == .fixedCost }.compactMap(\.value)
    if costs.isEmpty { return nil }
    let figures = ScenarioFigures(plan: plan, overlay: state.overlay)
    let before = costs.map { figures.figure($0, isPlain: false) }
    let found = try smallest { (thousandths: Int) throws(Halt) -> [String] in
      var dearer = state
      for (id, cost) in zip(costs, before) {
        dearer.overlay.figures.append((.assumption(id), Number(real: cost * (1 + Double(thousandths) / 1000))))
      }
      return try broken(dearer, base)
    }
    return found.map { found in
      let share = Figure.percent(Number(mantissa: Int64(found.thousandths), scale: 3))
      return Break(change: say("biaya satuan semua program naik ", "unit costs of all programmes up ") + share, size: Double(found.thousandths) / 50, broken: found.broken)
    }
  }

  /// What drives each indicator shows a year later.
  private func delays(_ state: ScenarioState, _ base: Stands, _ isStopped: inout Bool) throws(Halt) -> [Break] {
    var found: [Break] = []
    for response in state.plan.responses where response.shape != nil {
      var late = state
      late.overlay.figures.append((.delay(response.entity, response.indicator), Number(1)))
      let names = try unlessStopped(&isStopped) { () throws(Halt) -> [String]? in try broken(late, base) }
      guard let names, !names.isEmpty else { continue }
      let what = "\(speech.handle(response.entity)) → \(speech.handle(response.indicator))"
      found.append(Break(change: what + say(" terlambat setahun", " a year late"), size: 1, broken: names))
    }
    return found
  }

  /// The revenue declared, by source and year, in sen.
  private func declaredRevenue(_ plan: Plan) -> [(source: SourceID, year: Int, sen: Int64)] {
    var found: [(source: SourceID, year: Int, sen: Int64)] = []
    for year in 0..<plan.yearCount {
      for cell in plan.cube.block(.revenue, plan.workingDocument, year) where plan.cube.amount[cell] > 0 && plan.cube.source[cell].raw != 0 {
        let source = plan.cube.source[cell]
        if let at = found.firstIndex(where: { $0.source == source && $0.year == year }) {
          found[at].sen += plan.cube.amount[cell]
        } else {
          found.append((source, year, plan.cube.amount[cell]))
        }
      }
    }
    return found
  }

  /// How much of one source may fail to come in before more is spent than comes: the tightest of all.
  private func pool(_ state: ScenarioState) -> Break? {
    var tightest: (share: Double, words: String)?
    for (source, year, sen) in declaredRevenue(state.plan) {
      let left = state.pool(year).first { $0.source == state.plan.rootSource(source) }?.sen ?? 0
      let share = Double(max(0, left)) / Double(sen)
      if tightest.map({ share < $0.share }) ?? true { tightest = (share, "\(speech.source(source)) \(state.plan.firstYear + year)") }
    }
    guard let (share, words) = tightest, share <= 0.5 else { return nil }
    let told = Figure.percent(Number(real: share))
    return Break(
      change: say("\(words) turun lebih dari \(told)", "\(words) down by more than \(told)"), size: share * 10, broken: [say("kolam menjadi negatif", "the pool turns negative")])
  }

  /// Revenue of one source in one year.
  private func revenues(_ state: ScenarioState, _ base: Stands, _ isStopped: inout Bool, at site: Site) throws(Halt) -> [Break] {
    let plan = state.plan
    let context = context()
    let places = declaredRevenue(plan)
    // Of each source the year that breaks first.
    var found: [Int: (source: String, thousandths: Int, broken: [String])] = [:]
    let clock = Stopwatch(total: UInt64(places.count))
    for (at, place) in places.enumerated() {
      host.progress(clock.told(UInt64(at), Bilingual("pendapatan", "of the revenue"), options.language))
      func trial(_ thousandths: Int) throws(Halt) -> [String] {
        var poorer = state
        var share = Formula(type: .number(UnitID(1)), site: site)
        share.code = [Instruction(.constant)]
        share.sites = [site]
        share.constants = [Number(mantissa: Int64(thousandths), scale: 3)]
        poorer.plan.formulas.append(share)
        let kind = EditKind.change(.revenue, source: place.source, .share(FormulaID(poorer.plan.formulas.count - 1)), isDown: true)
        do throws(Halt) {
          try poorer.apply(.edit(Edit(kind: kind, years: [place.year], isEqual: false, reason: .none, site: site)), context)
        } catch {
          if error.isOutOfTime { throw error }
          return []
        }
        return try broken(poorer, base)
      }
      let one = try unlessStopped(&isStopped) { () throws(Halt) -> (thousandths: Int, broken: [String])? in try smallest(trial) }
      guard let one else { continue }
      let told = "\(speech.source(place.source)) \(plan.firstYear + place.year)"
      if let before = found[place.source.index], before.thousandths <= one.thousandths { continue }
      found[place.source.index] = (told, one.thousandths, one.broken)
    }
    // Sources that break the same at once are told together.
    var told: [(sources: [String], thousandths: Int, broken: [String])] = []
    for row in found.keys.sorted() {
      guard let one = found[row] else { continue }
      if let at = told.firstIndex(where: { $0.thousandths == one.thousandths && $0.broken == one.broken }) {
        told[at].sources.append(one.source)
      } else {
        told.append(([one.source], one.thousandths, one.broken))
      }
    }
    return told.map { one in
      let share = Figure.percent(Number(mantissa: Int64(one.thousandths), scale: 3))
      let names = one.sources.prefix(3).joined(separator: ", ") + (one.sources.count > 3 ? ", …" : "")
      return Break(change: names + say(" turun ", " down ") + share, size: Double(one.thousandths) / 100, broken: one.broken)
    }
  }
}
