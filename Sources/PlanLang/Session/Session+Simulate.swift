/// `simulasi N { EDITS } tampilkan E; peluang(C)`: what the uncertain assumptions make of the plan, before and after;
/// `simulasi N a, b tampilkan E`: of several scenarios, and which of them does better.
extension Session {
  mutating func simulate(_ script: SimulationScript, at site: Site) throws(Halt) -> Answer {
    var rows: [Int] = []
    for name in script.scenarios { rows.append(try branch(name, at: site)) }
    // A question of one scenario is asked in it.
    let current = scenarios.current
    defer { scenarios.current = current }
    if rows.count == 1 { scenarios.current = rows[0] }
    var states: [(column: Sampling.Column, state: ScenarioState)]
    if rows.count > 1 {
      states = rows.map { (.scenario(scenarios.branches[$0].name), scenarios.branches[$0].state) }
    } else {
      rows = [scenarios.current]
      states = [(.only, scenarios.branches[scenarios.current].state)]
    }
    if !script.edits.isEmpty {
      let text = script.edits.map { sources.text($0) }.joined(separator: "\n")
      switch try edited(text, named: say("<simulasi>", "<simulate>"), at: site) {
      case .refused(let diagnostic): return message(diagnostic)
      case .made(let made, _):
        states = [(.before, states[0].state), (.after, made)]
        rows += rows
      }
    }
    do {
      var sampling = try Sampling(self, states, at: site)
      for shown in script.shown { try sampling.ask(shown.formula, shown.site) }
      try sampling.askTargetsAndRules(days: rows.map { scenarios.branches[$0].date > 0 ? scenarios.branches[$0].date : host.today })
      let simulation = sampling.simulation(seed: script.seed, draws: script.draws, isStratified: script.isStratified)
      if let draw = script.replayed { return replay(draw, script, sampling, simulation, at: site) }
      let made: (done: UInt64, tallies: [Tally])
      if let parts = options.parts {
        switch joined(parts, simulation, at: site) {
        case .joined(let whole): made = whole
        case .refused(let diagnostic): return message(diagnostic)
        }
      } else {
        made = try drawn(simulation, at: site)
      }
      if let shard = options.shard { return part(simulation, made, shard, at: site) }
      let (answer, study) = answer(script, sampling, made.done, made.tallies, at: site)
      keep(study)
      return answer
    } catch let refusal as Sampling.Refusal { return message(refusal.diagnostic) } catch let halt as Halt { throw halt } catch {
      return message(Diagnostic(SessionProblem.notSampled, at: site))
    }
  }

  /// The seconds of a question about many scenarios: as told, else ten minutes where nobody can stop it.
  var patience: Int? { options.limits.searching ?? (options.isAttended ? nil : 600) }

  /// When such a question stops, in nanoseconds of the monotonic clock.
  var patient: UInt64? { patience.map { Evaluator.now() + UInt64($0) * 1_000_000_000 } }

  /// Draws: all, or the shard that is asked for; fewer when interrupted.
  private func drawn(_ simulation: Simulation, at site: Site) throws(Halt) -> (done: UInt64, tallies: [Tally]) {
    let (host, language) = (host, options.language)
    let clock = Stopwatch(total: simulation.draws / UInt64(options.shard?.count ?? 1))
    let deadline = patient
    let threads = options.threads > 0 ? options.threads : Beside.cores
    let made = simulation.run(shard: (options.shard?.number ?? 1) - 1, of: options.shard?.count ?? 1, threads: threads) { done in
      host.progress(clock.told(done, Bilingual("undian", "of the draws"), language))
      return !host.isInterrupted && deadline.map { Evaluator.now() < $0 } ?? true
    }
    host.progress("")
    guard let made else { throw Halt(problem: .tooMuchMemory(limit: options.limits.memory), site: site) }
    return made
  }

  // MARK: Shards

  /// What shards come to together.
  enum Joined<Whole> {
    case joined(Whole)
    case refused(Diagnostic)
  }

  /// Takes the shards of a question in order; a refusal where there is none of it, one is missing, or one is not taken.
  func eachShard(of key: UInt64, in parts: [Part], at site: Site, _ take: (Part) -> Bool) -> Diagnostic? {
    let own = parts.filter { $0.key == key }
    guard let first = own.first else { return Diagnostic(SessionProblem.otherParts, at: site) }
    for number in 1...first.count {
      guard let part = own.first(where: { $0.number == number && $0.count == first.count }), take(part) else {
        return Diagnostic(SessionProblem.missingPart(number: number, count: first.count), at: site)
      }
    }
    return nil
  }

  /// All shards of a simulation as one; refused where one is missing or of another question.
  private func joined(_ parts: [Part], _ simulation: Simulation, at site: Site) -> Joined<(done: UInt64, tallies: [Tally])> {
    var tallies: [Tally] = []
    var done: UInt64 = 0
    let refusal = eachShard(of: simulation.key, in: parts, at: site) { part in
      guard let more = part.tallies, tallies.isEmpty || more.map(\.bins.count) == tallies.map(\.bins.count), more.count == simulation.truths.count
      else { return false }
      if tallies.isEmpty { tallies = more } else { for at in tallies.indices { tallies[at].add(more[at]) } }
      done += part.done
      return true
    }
    return refusal.map { .refused($0) } ?? .joined((done, tallies))
  }

  private func part(_ simulation: Simulation, _ made: (done: UInt64, tallies: [Tally]), _ shard: (number: Int, count: Int), at site: Site) -> Answer {
    part(Part(key: simulation.key, number: shard.number, count: shard.count, done: made.done, data: Part.data(made.tallies)), at: site)
  }

  /// A shard as an answer.
  func part(_ part: Part, at site: Site) -> Answer {
    var answer = Answer()
    answer.isPart = true
    answer.inJSON { [sources] in
      var json = AnswerJSON.begin("part", Self.place(site, sources))
      json.string("key", String(part.key, radix: 16))
      json.string("shard", "\(part.number)/\(part.count)")
      json.string("done", String(part.done))
      json.string("data", part.data)
      return [AnswerJSON.end(json)]
    }
    return answer
  }

  // MARK: The answer

  private func answer(
    _ script: SimulationScript, _ sampling: Sampling, _ done: UInt64, _ tallies: [Tally], at site: Site
  ) -> (Answer, Study) {
    var answer = Answer()
    let told = Tallied.all(sampling, tallies)
    let count = Figure.grouped(done)
    let kind = script.isStratified ? say(" latin", " latin") : ""
    let names = script.scenarios.map { words(.scenario($0)) }
    answer.document.line(
      Run(say("simulasi ", "simulate "), .heading), Run(count, .number), Run(say(" undian", done == 1 ? " draw" : " draws") + kind),
      Run(names.isEmpty ? "" : ": " + names.joined(separator: ", "), .name),
      Run(say(", benih \(script.seed), \(sampling.uncertain.count) anggapan tak pasti", ", seed \(script.seed), \(English.count(sampling.uncertain.count, "uncertain assumption"))"), .dim))
    if done < script.draws {
      answer.document.line(say("dihentikan: \(count) dari \(Figure.grouped(script.draws)) undian", "stopped: \(count) of \(Figure.grouped(script.draws)) draws"), .warning)
    }
    // Reports have charts of their own in the place of the plots.
    var kept = answer.document
    for isKept in [true, false] {
      var page = Document()
      figures(told.filter { !$0.asked.isTruth }, sampling.columns, &page)
      if !isKept { fans(told, sampling.columns, &page) }
      chances(told.filter(\.asked.isTruth), sampling.columns, &page)
      for title in sampling.skipped { page.line(Run(say("tidak diundi: ", "not drawn: "), .dim), Run(title, .dim)) }
      sampling.evidence.tell(&page)
      if isKept { kept.append(page) } else { answer.document.append(page) }
    }
    let study = study(of: told, sampling.columns, kept, sources.text(site), done)
    answer.document.blank()
    let (worst, place, columns) = (sampling.evidence.worst, Self.place(site, sources), sampling.columns)
    answer.inJSON { [speech] in [Self.json(script, told, columns, done, worst, place, speech)] }
    return (answer, study)
  }

  /// 1,96 standard errors of a share: the half-width of a 95 % interval. Of none or all of N draws 3/N: a chance that large would
  /// have shown with 95 %. Nothing where no draw decides.
  static func error(_ tally: Tally, of figure: Number) -> Double {
    if tally.count == 0 { return .nan }
    if !figure.isDrawn { return 0 }
    let count = Double(tally.count)
    return tally.mean == 0 || tally.mean == 1 ? min(1, 3 / count) : 1.96 * (tally.mean * (1 - tally.mean) / count).squareRoot()
  }

  private func figures(_ told: [Tallied], _ columns: [Sampling.Column], _ page: inout Document) {
    if told.isEmpty { return }
    page.blank()
    var table = Table(columns: [
      Table.Column(say("ukuran", "figure"), flexible: true), Table.Column("P10", .right), Table.Column("P50", .right), Table.Column("P90", .right),
      Table.Column(say("rata-rata", "mean"), .right), Table.Column(""),
    ])
    func row(_ label: String, _ tally: Tally, _ one: Tallied) -> [Run] {
      let digits = one.asked.digits < 0 ? -1 : one.asked.digits + 1
      let width = tally.scale / Double(Simulation.parts)
      func figure(_ value: Double) -> Run { self.figure(tally.least == tally.greatest ? value : Self.rounded(value, to: width), one.asked.type, digits) }
      if tally.least == tally.greatest { return [Run(label), Run(""), figure(tally.least), Run(""), figure(tally.least), Run(say("pasti", "certain"), .dim)] }
      return [Run(label), figure(tally.quantile(0.1)), figure(tally.quantile(0.5)), figure(tally.quantile(0.9)), figure(tally.mean), Run(Self.sparkline(tally), .number)]
    }
    for one in told {
      if !one.contests.contains(where: \.isMoved) {
        table.rows.append(row(one.asked.label, one.after, one))
        continue
      }
      for (column, tally) in zip(columns, one.tallies) {
        table.rows.append(row(column == columns[0] ? "\(one.asked.label), \(words(column))" : "  " + words(column), tally, one))
      }
    }
    page.table(table)
    tellContests(told, columns, &page)
    for one in told {
      for (column, tally) in zip(columns, one.tallies) where tally.absent > 0 && (one.contests.contains(where: \.isMoved) || column == columns.last) {
        page.line(
          Run(one.asked.label, .code), Run(columns.count > 1 && one.contests.contains(where: \.isMoved) ? ", " + words(column) : "", .name),
          Run(say(" tidak dapat dihitung pada ", " cannot be computed in "), .warning), Run(Figure.grouped(tally.absent), .number),
          Run(say(" undian", " draws")))
      }
    }
  }

  /// A figure without the digits that a tally's parts do not tell apart.
  private static func rounded(_ value: Double, to width: Double) -> Double {
    guard width > 0, value.isFinite else { return value }
    var step = 1.0
    while step < width { step *= 10 }
    while step / 10 >= width { step /= 10 }
    return (value / step).rounded() * step
  }

  /// A figure without the digits that no draw can tell: six that count.
  static func short(_ value: Double, _ digits: Int) -> Double {
    guard digits < 0, value != 0, value.isFinite else { return value }
    var scale = 1.0
    while value.magnitude * scale < 100_000 { scale *= 10 }
    return (value * scale).rounded() / scale
  }

  func percent(_ share: Double) -> String { share.isNaN ? "—" : Figure.decimal(Number(real: share * 100), digits: 1, fixed: true) + "%" }

  private func chances(_ told: [Tallied], _ columns: [Sampling.Column], _ page: inout Document) {
    if told.isEmpty { return }
    page.blank()
    let head = columns.map { Table.Column(columns.count > 1 ? words($0) : "", .right) }
    var table = Table(columns: [Table.Column(say("peluang", "chance"), flexible: true)] + head + [Table.Column("")])
    for one in told {
      // Of several the error is the widest, so that it holds for each.
      let errors = zip(one.tallies, one.asked.values).map { Self.error($0, of: $1) }
      let error = (columns.contains(.before) ? errors.suffix(1) : errors[...]).filter { !$0.isNaN }.max() ?? .nan
      var cells = [Run(one.asked.kind == "rule" ? say("aturan: ", "rule: ") + one.asked.label : one.asked.label)]
      for (at, tally) in one.tallies.enumerated() {
        let share = tally.mean
        cells.append(Run(percent(share), columns[at] == .before ? .number : share >= 0.9 ? .good : share < 0.5 ? .bad : .warning))
      }
      cells.append(Run(error > 0 ? words(error: error) : "", .dim))
      table.rows.append(cells)
    }
    page.table(table)
    tellContests(told, columns, &page)
  }

  /// `± 0,7` of a share's error, in points.
  func words(error: Double) -> String {
    error < 0.00005 ? "± <0,01" : "± " + Figure.decimal(Number(real: error * 100), digits: error < 0.001 ? 2 : 1, fixed: true)
  }

  /// The shape of a distribution in twelve bars, from the least to the greatest draw.
  static func sparkline(_ tally: Tally) -> String {
    let (low, high) = (tally.quantile(0.005), tally.quantile(0.995))
    guard high > low else { return "" }
    let bars = tally.bars(12, low, high)
    let top = bars.max() ?? 1
    return String(bars.map { Array("▁▂▃▄▅▆▇█")[min(7, Int($0 / top * 7.999))] })
  }
}
