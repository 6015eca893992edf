/// `simulasi N { EDITS } tampilkan E; peluang(C)`: what the uncertain assumptions make of the plan, before and after.
extension Session {
  mutating func simulate(_ script: SimulationScript, at site: Site) throws(Halt) -> Answer {
    let before = scenarios.branches[scenarios.current].state
    var state = before
    if !script.edits.isEmpty {
      let text = script.edits.map { sources.text($0) }.joined(separator: "\n")
      switch try edited(text, named: say("<simulasi>", "<simulate>"), at: site) {
      case .refused(let diagnostic): return message(diagnostic)
      case .made(let made, _): state = made
      }
    }
    do {
      var sampling = try Sampling(self, state, before: script.edits.isEmpty ? nil : before, at: site)
      for shown in script.shown { try sampling.ask(shown.formula, shown.site) }
      try sampling.askTargetsAndRules(day: host.today)
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

  /// The seconds of a simulation that nobody can stop.
  private static let unattended = 600

  /// Draws: all, or the shard that is asked for; fewer when interrupted.
  private func drawn(_ simulation: Simulation, at site: Site) throws(Halt) -> (done: UInt64, tallies: [Tally]) {
    let (host, language) = (host, options.language)
    let clock = Stopwatch(total: simulation.draws / UInt64(options.shard?.count ?? 1))
    let seconds = options.limits.searching ?? (options.isAttended ? nil : Self.unattended)
    let deadline = seconds.map { Evaluator.now() + UInt64($0) * 1_000_000_000 }
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

  /// What the tallies say of one thing asked.
  struct Told {
    var asked: Sampling.Asked
    var after: Tally
    var before: Tally?
    var shrank = 0.0
    var grew = 0.0
    /// Of which shares of the draws it got better and worse, where it is known which way is better.
    var betterment: (better: Double, worse: Double)? {
      switch asked.direction {
      case .up: (grew, shrank)
      case .down: (shrank, grew)
      case .within, nil: nil
      }
    }
  }

  private func answer(
    _ script: SimulationScript, _ sampling: Sampling, _ done: UInt64, _ tallies: [Tally], at site: Site
  ) -> (Answer, Study) {
    var answer = Answer()
    let told = Self.told(sampling, tallies)
    let count = Figure.grouped(done)
    let kind = script.isStratified ? say(" latin", " latin") : ""
    answer.document.line(
      Run(say("simulasi ", "simulate "), .heading), Run(count, .number), Run(say(" undian", " draws") + kind),
      Run(say(", benih \(script.seed), \(sampling.uncertain.count) anggapan tak pasti", ", seed \(script.seed), \(English.count(sampling.uncertain.count, "uncertain assumption"))"), .dim))
    if done < script.draws {
      answer.document.line(say("dihentikan: \(count) dari \(Figure.grouped(script.draws)) undian", "stopped: \(count) of \(Figure.grouped(script.draws)) draws"), .warning)
    }
    // Reports have charts of their own in the place of the plots.
    var kept = answer.document
    for isKept in [true, false] {
      var page = Document()
      figures(told.filter { !$0.asked.isTruth }, &page)
      if !isKept { fans(told, &page) }
      chances(told.filter(\.asked.isTruth), &page)
      for title in sampling.skipped { page.line(Run(say("tidak diundi: ", "not drawn: "), .dim), Run(title, .dim)) }
      sampling.evidence.tell(&page)
      if isKept { kept.append(page) } else { answer.document.append(page) }
    }
    let study = study(of: told, kept, sources.text(site), done)
    answer.document.blank()
    let (worst, place) = (sampling.evidence.worst, Self.place(site, sources))
    answer.inJSON { [speech] in [Self.json(script, told, done, worst, place, speech)] }
    return (answer, study)
  }

  /// What was asked, each with its tallies: after, and before where there are edits.
  private static func told(_ sampling: Sampling, _ tallies: [Tally]) -> [Told] {
    var told: [Told] = []
    var at = 0
    for one in sampling.asked {
      var made = Told(asked: one, after: tallies[at])
      at += 1
      if one.before != nil {
        made.before = tallies[at]
        at += 1
        if !one.isTruth {
          (made.grew, made.shrank) = (tallies[at].mean, tallies[at + 1].mean)
          at += 2
        }
      }
      told.append(made)
    }
    return told
  }

  private static func json(
    _ script: SimulationScript, _ told: [Told], _ done: UInt64, _ worst: String?, _ place: AnswerJSON.Place, _ speech: Speech
  ) -> JSONText {
    var json = AnswerJSON.begin("simulation", place)
    json.string("grade", orNull: worst)
    json.integer("draws", Int(done))
    json.integer("seed", Int(truncatingIfNeeded: script.seed))
    json.truth("stratified", script.isStratified)
    json.array("figures") { list in
      for one in told where !one.asked.isTruth { list.object { put(one, speech, &$0) } }
    }
    json.array("chances") { list in
      for one in told where one.asked.isTruth {
        list.object { entry in
          entry.string("kind", one.asked.kind)
          entry.string("label", one.asked.label)
          if let year = one.asked.year { entry.integer("year", year) }
          entry.real("chance", one.after.mean)
          entry.real("error", error(one.after, of: one.asked.after))
          if let before = one.before { entry.real("before", before.mean) }
        }
      }
    }
    return AnswerJSON.end(json)
  }

  private static func put(_ one: Told, _ speech: Speech, _ entry: inout JSONText) {
    entry.string("label", one.asked.label)
    if let year = one.asked.year { entry.integer("year", year) }
    let writer = ValueWriter(speech: speech)
    entry.string("unit", orNull: writer.unit(one.asked.type))
    func figures(_ tally: Tally, _ entry: inout JSONText) {
      for (name, share) in [("p10", 0.1), ("p50", 0.5), ("p90", 0.9)] { writer.put(drawn: tally.quantile(share), one.asked.type, name, &entry) }
      writer.put(drawn: tally.mean, one.asked.type, "mean", &entry)
      if tally.absent > 0 { entry.integer("absent", Int(tally.absent)) }
    }
    figures(one.after, &entry)
    if let before = one.before {
      entry.object("before") { figures(before, &$0) }
      entry.real("grew", one.grew)
      entry.real("shrank", one.shrank)
      if let (better, worse) = one.betterment {
        entry.real("better", better)
        entry.real("worse", worse)
      }
    }
  }

  /// 1,96 standard errors of a share: the half-width of a 95 % interval. Of none or all of N draws 3/N: a chance that large would
  /// have shown with 95 %. Nothing where no draw decides.
  static func error(_ tally: Tally, of figure: Number) -> Double {
    if tally.count == 0 { return .nan }
    if !figure.isDrawn { return 0 }
    let count = Double(tally.count)
    return tally.mean == 0 || tally.mean == 1 ? min(1, 3 / count) : 1.96 * (tally.mean * (1 - tally.mean) / count).squareRoot()
  }

  private func figures(_ told: [Told], _ page: inout Document) {
    if told.isEmpty { return }
    page.blank()
    var table = Table(columns: [
      Table.Column(say("ukuran", "figure"), flexible: true), Table.Column("P10", .right), Table.Column("P50", .right), Table.Column("P90", .right),
      Table.Column(say("rata-rata", "mean"), .right), Table.Column(""),
    ])
    func row(_ label: String, _ tally: Tally, _ one: Told) -> [Run] {
      let digits = one.asked.digits < 0 ? -1 : one.asked.digits + 1
      let width = tally.scale / Double(Simulation.parts)
      func figure(_ value: Double) -> Run { self.figure(tally.least == tally.greatest ? value : Self.rounded(value, to: width), one.asked.type, digits) }
      if tally.least == tally.greatest { return [Run(label), Run(""), figure(tally.least), Run(""), figure(tally.least), Run(say("pasti", "certain"), .dim)] }
      return [Run(label), figure(tally.quantile(0.1)), figure(tally.quantile(0.5)), figure(tally.quantile(0.9)), figure(tally.mean), Run(Self.sparkline(tally), .number)]
    }
    for one in told {
      guard let before = one.before, one.grew > 0 || one.shrank > 0 else {
        table.rows.append(row(one.asked.label, one.after, one))
        continue
      }
      table.rows.append(row(one.asked.label + say(", semula", ", before"), before, one))
      table.rows.append(row(say("  menjadi", "  after"), one.after, one))
    }
    page.table(table)
    for one in told where one.grew > 0 || one.shrank > 0 {
      // Of an indicator it is known which way is better.
      let (first, second) =
        one.betterment == nil
        ? (say(" naik pada ", " rises in "), say(" undian, turun pada ", " of the draws, falls in "))
        : (say(" lebih baik pada ", " is better in "), say(" undian, lebih buruk pada ", " of the draws, worse in "))
      let (share, other) = one.betterment ?? (one.grew, one.shrank)
      page.line(Run(one.asked.label, .code), Run(first), Run(percent(share), .number), Run(second), Run(percent(other), .number))
    }
    for one in told where one.after.absent > 0 {
      page.line(
        Run(one.asked.label, .code), Run(say(" tidak dapat dihitung pada ", " cannot be computed in "), .warning), Run(Figure.grouped(one.after.absent), .number),
        Run(say(" undian", " draws")))
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

  private func chances(_ told: [Told], _ page: inout Document) {
    if told.isEmpty { return }
    page.blank()
    let hasBefore = told.contains { $0.before != nil }
    var columns = [Table.Column(say("peluang", "chance"), flexible: true)]
    if hasBefore { columns.append(Table.Column(say("semula", "before"), .right)) }
    columns += [Table.Column(hasBefore ? say("menjadi", "after") : "", .right), Table.Column("")]
    var table = Table(columns: columns)
    for one in told {
      let share = one.after.mean
      let error = Self.error(one.after, of: one.asked.after)
      let label = one.asked.kind == "rule" ? say("aturan: ", "rule: ") + one.asked.label : one.asked.label
      var cells = [Run(label)]
      if hasBefore { cells.append(Run(one.before.map { percent($0.mean) } ?? "", .number)) }
      cells.append(Run(percent(share), share >= 0.9 ? .good : share < 0.5 ? .bad : .warning))
      cells.append(Run(error > 0 ? "± " + Figure.decimal(Number(real: error * 100), digits: error < 0.001 ? 2 : 1, fixed: true) : "", .dim))
      table.rows.append(cells)
    }
    page.table(table)
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
