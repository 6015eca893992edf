/// `kepekaan E`: which assumption moves a figure most, and how far each may drift before a target or a rule breaks.
extension Session {
  /// How one assumption moves a figure.
  struct Swing {
    var label: String
    var one: Uncertainty
    var low: Double
    var high: Double
    /// The figure with the assumption at its P10 and P90, all others in the middle.
    var atLow: Double
    var atHigh: Double
    /// Where the first target or rule breaks below and above the middle, and which.
    var drifts: [(value: Double, broken: String)]
  }

  mutating func sensitivity(_ shown: [(formula: FormulaID, site: Site)], at site: Site) throws(Halt) -> Answer {
    let state = scenarios.branches[scenarios.current].state
    var answer = Answer()
    var found: [(asked: Sampling.Asked, base: Double, swings: [Swing])] = []
    // Reports have charts of their own in the place of the bars.
    var kept = Document()
    do {
      for item in shown {
        var sampling = try Sampling(self, [(.only, state)], at: site)
        try sampling.ask(item.formula, item.site)
        let figures = sampling.asked.count
        try sampling.askTargetsAndRules(days: [host.today])
        let simulation = sampling.simulation(seed: 0, draws: 1, isStratified: false)
        let middle = sampling.uncertain.map(\.middle)
        let base = simulation.values([middle])[0]
        if figures > 1, !sampling.asked.prefix(figures).contains(where: \.after.isDrawn) {
          var told = Document()
          told.line(
            Run(say("kepekaan ", "sensitivity "), .heading), Run(sources.text(item.site), .code),
            Run(say(": tidak bergantung pada anggapan mana pun", ": hangs on no assumption"), .dim))
          told.blank()
          answer.document.append(told)
          kept.append(told)
        }
        for at in 0..<figures where sampling.asked[at].after.isDrawn || figures == 1 {
          if sampling.asked[at].isTruth { throw Sampling.Refusal(Diagnostic(SessionProblem.notFigure, at: item.site)) }
          let swings = swings(sampling, simulation, middle, base, at)
          tornado(sampling.asked[at], base[at], swings, &answer.document)
          tornado(sampling.asked[at], base[at], swings, &kept, hasBars: false)
          sampling.evidence.tell(&answer.document)
          sampling.evidence.tell(&kept)
          answer.document.blank()
          found.append((sampling.asked[at], base[at], swings))
          let (asked, worst) = (sampling.asked[at], sampling.evidence.worst)
          let place = Self.place(site, sources)
          let earlier = answer
          answer.inJSON { [speech] in earlier.json + [Self.json(asked, base[at], swings, worst, place, speech)] }
        }
      }
    } catch let refusal as Sampling.Refusal { return message(refusal.diagnostic) } catch let halt as Halt { throw halt } catch {
      return message(Diagnostic(SessionProblem.notSampled, at: site))
    }
    keep(study(of: found, kept, sources.text(site)))
    return answer
  }

  private func swings(_ sampling: Sampling, _ simulation: Simulation, _ middle: [Double], _ base: [Double], _ at: Int) -> [Swing] {
    var swings: [Swing] = []
    for (row, one) in sampling.uncertain.enumerated() {
      func with(_ value: Double) -> [Double] {
        var inputs = middle
        inputs[row] = value
        return inputs
      }
      let (low, high): (Double, Double) = (one.value(at: 0.1), one.value(at: 0.9))
      let ends = simulation.values([with(low), with(high)])
      var swing = Swing(label: sampling.label(one), one: one, low: low, high: high, atLow: ends[0][at], atHigh: ends[1][at], drifts: [])
      for end in [one.middle - 4 * max(one.middle - low, 0), one.middle + 4 * max(high - one.middle, 0)] {
        if let found = drift(sampling, simulation, base, from: one.middle, to: one.middle > 0 ? max(end, one.middle / 1000) : end, with) {
          swing.drifts.append(found)
        }
      }
      // What neither moves the figure nor breaks anything is no news.
      if swing.atLow != base[at] || swing.atHigh != base[at] || !swing.drifts.isEmpty { swings.append(swing) }
    }
    return swings.sorted { abs($0.atHigh - $0.atLow) > abs($1.atHigh - $1.atLow) }
  }

  /// The nearest value on the way from the middle at which something that held is broken: on a grid, then on a finer one.
  private func drift(
    _ sampling: Sampling, _ simulation: Simulation, _ base: [Double], from start: Double, to end: Double, _ with: (Double) -> [Double]
  ) -> (value: Double, broken: String)? {
    guard start != end else { return nil }
    var (near, far) = (start, end)
    var broken: Int?
    for _ in 0..<3 {
      let steps = (1...256).map { near + (far - near) * Double($0) / 256 }
      let values = simulation.values(steps.map(with))
      let first = values.indices.first { lane in
        sampling.asked.indices.contains { sampling.asked[$0].isTruth && base[$0] == 1 && values[lane][$0] == 0 }
      }
      guard let first else { break }
      broken = sampling.asked.indices.first { sampling.asked[$0].isTruth && base[$0] == 1 && values[first][$0] == 0 }
      (near, far) = (first == 0 ? near : steps[first - 1], steps[first])
    }
    return broken.map { (far, sampling.asked[$0].label) }
  }

  // MARK: The answer

  private func tornado(_ asked: Sampling.Asked, _ base: Double, _ swings: [Swing], _ page: inout Document, hasBars: Bool = true) {
    let digits = asked.digits < 0 ? -1 : asked.digits + 1
    func figure(_ value: Double) -> Run { self.figure(value, asked.type, digits) }
    page.line(
      Run(say("kepekaan ", "sensitivity "), .heading), Run(asked.label, .code), Run(" = "), figure(base),
      Run(say(" dengan semua anggapan di tengahnya", " with all assumptions in the middle"), .dim))
    guard !swings.isEmpty else { return page.line(say("tidak bergantung pada anggapan mana pun", "hangs on no assumption"), .dim) }
    let widest = swings.flatMap { [abs($0.atLow - base), abs($0.atHigh - base)] }.filter(\.isFinite).max() ?? 0
    var table = Table(columns: [
      Table.Column(say("anggapan", "assumption"), flexible: true), Table.Column("P10", .right), Table.Column("P90", .right),
      Table.Column(say("pada P10", "at P10"), .right), Table.Column(say("pada P90", "at P90"), .right), Table.Column(""),
    ])
    for swing in swings {
      table.rows.append([
        Run(swing.label), self.figure(swing.low, swing.one.type, -1), self.figure(swing.high, swing.one.type, -1), figure(swing.atLow), figure(swing.atHigh),
        Run(!hasBars ? "" : Self.bar(min(swing.atLow, swing.atHigh), base, max(swing.atLow, swing.atHigh), widest), .number),
      ])
    }
    page.table(table)
    for swing in swings {
      for drift in swing.drifts {
        page.line(
          Run(swing.label, .code), Run(drift.value > swing.one.middle ? say(" sampai ", " up to ") : say(" turun sampai ", " down to ")),
          self.figure(drift.value, swing.one.type, -1), Run(say(": lalu gagal ", ": then fails "), .dim), Run(drift.broken, .warning))
      }
    }
  }

  /// What an assumption does below and above the figure in the middle.
  private static func bar(_ low: Double, _ base: Double, _ high: Double, _ widest: Double) -> String {
    guard widest > 0 else { return "" }
    let left = min(10, max(0, Int(((base - low) / widest * 10).rounded())))
    let right = min(10, max(0, Int(((high - base) / widest * 10).rounded())))
    return String(repeating: " ", count: 10 - left) + String(repeating: "█", count: left) + "│" + String(repeating: "█", count: right)
  }

  func figure(_ value: Double, _ type: ValueType, _ digits: Int) -> Run {
    if value.isNaN { return Run("—", .dim) }
    var told = type == .money ? (value / 100).rounded() * 100 : Self.short(value, digits)
    if case .grade = type { told = value.rounded() }
    return ValueWriter(speech: speech, digits: digits).words(.figure(Number(real: told), type))
  }

  private static func json(
    _ asked: Sampling.Asked, _ base: Double, _ swings: [Swing], _ worst: String?, _ place: AnswerJSON.Place, _ speech: Speech
  ) -> JSONText {
    let writer = ValueWriter(speech: speech)
    var json = AnswerJSON.begin("sensitivity", place)
    json.string("grade", orNull: worst)
    json.string("label", asked.label)
    if let year = asked.year { json.integer("year", year) }
    json.string("unit", orNull: writer.unit(asked.type))
    writer.put(drawn: base, asked.type, "middle", &json)
    json.array("assumptions") { list in
      for swing in swings {
        list.object { entry in
          entry.string("name", swing.label)
          entry.string("unit", orNull: writer.unit(swing.one.type))
          for (key, value) in [("p10", swing.low), ("p90", swing.high)] { writer.put(drawn: value, swing.one.type, key, &entry) }
          for (key, value) in [("at_p10", swing.atLow), ("at_p90", swing.atHigh)] { writer.put(drawn: value, asked.type, key, &entry) }
          entry.array("drifts") { drifts in
            for drift in swing.drifts {
              drifts.object { one in
                writer.put(drawn: drift.value, swing.one.type, "value", &one)
                one.string("breaks", drift.broken)
              }
            }
          }
        }
      }
    }
    return AnswerJSON.end(json)
  }
}
