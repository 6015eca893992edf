/// `simulasi N undian K ...`: one draw of a simulation again, with what it assumed and what came of it.
extension Session {
  /// What a draw made of one thing asked.
  private struct Outcome {
    var asked: Sampling.Asked
    /// One for each state.
    var values: [Double]
  }

  func replay(_ draw: UInt64, _ script: SimulationScript, _ sampling: Sampling, _ simulation: Simulation, at site: Site) -> Answer {
    let (inputs, figures) = simulation.replay(draw - 1)
    var outcomes: [Outcome] = []
    var at = 0
    for one in sampling.asked {
      outcomes.append(Outcome(asked: one, values: Array(figures[at..<at + one.values.count])))
      at += one.tallies
    }
    var answer = Answer()
    answer.document.line(
      Run(say("undian ", "draw "), .heading), Run(Figure.grouped(draw), .number),
      Run(say(" dari \(Figure.grouped(script.draws))", " of \(Figure.grouped(script.draws))") + (script.isStratified ? " latin" : "")),
      Run(say(", benih \(script.seed)", ", seed \(script.seed)"), .dim))
    answer.document.blank()
    answer.document.table(
      Table(
        columns: [Table.Column(say("anggapan", "assumption"), flexible: true), Table.Column(say("nilai", "value"), .right)],
        rows: zip(sampling.uncertain, inputs).map { [Run(sampling.label($0)), figure($1, $0.type, -1)] }))
    tell(outcomes.filter { !$0.asked.isTruth }, sampling.columns, say("ukuran", "figure"), &answer.document) { self.figure($1, $0.type, $0.digits < 0 ? -1 : $0.digits + 1) }
    tell(outcomes.filter(\.asked.isTruth), sampling.columns, say("syarat", "condition"), &answer.document) { _, value in
      value == 1 ? Run(say("ya", "yes"), .good) : value == 0 ? Run(say("tidak", "no"), .bad) : Run("—", .dim)
    }
    sampling.evidence.tell(&answer.document)
    answer.document.blank()
    let (told, worst, place, columns) = (outcomes, sampling.evidence.worst, Self.place(site, sources), sampling.columns)
    let assumed = zip(sampling.uncertain, inputs).map { (name: sampling.label($0), type: $0.type, value: $1) }
    answer.inJSON { [speech] in
      let writer = ValueWriter(speech: speech)
      var json = AnswerJSON.begin("draw", place)
      json.string("grade", orNull: worst)
      json.integer("draw", Int(clamping: draw))
      json.integer("draws", Int(clamping: script.draws))
      json.integer("seed", Int(truncatingIfNeeded: script.seed))
      json.truth("stratified", script.isStratified)
      json.array("assumptions") { list in
        for one in assumed {
          list.object { entry in
            entry.string("name", one.name)
            entry.string("unit", orNull: writer.unit(one.type))
            writer.put(drawn: one.value, one.type, "value", &entry)
          }
        }
      }
      json.array("figures") { list in for one in told where !one.asked.isTruth { list.object { Self.put(one, columns, writer, &$0) } } }
      json.array("conditions") { list in for one in told where one.asked.isTruth { list.object { Self.put(one, columns, writer, &$0) } } }
      return [AnswerJSON.end(json)]
    }
    return answer
  }

  /// A table of what came of a draw, in each state.
  private func tell(_ outcomes: [Outcome], _ columns: [Sampling.Column], _ head: String, _ page: inout Document, _ words: (Sampling.Asked, Double) -> Run) {
    if outcomes.isEmpty { return }
    let heads = columns.map { Table.Column($0 == .only ? say("nilai", "value") : self.words($0), .right) }
    page.blank()
    page.table(
      Table(
        columns: [Table.Column(head, flexible: true)] + heads,
        rows: outcomes.map { one in
          let label = one.asked.kind == "rule" ? say("aturan: ", "rule: ") + one.asked.label : one.asked.label
          return [Run(label)] + one.values.map { words(one.asked, $0) }
        }))
  }

  private static func put(_ one: Outcome, _ columns: [Sampling.Column], _ writer: ValueWriter, _ entry: inout JSONText) {
    entry.string("label", one.asked.label)
    if let year = one.asked.year { entry.integer("year", year) }
    if !one.asked.isTruth { entry.string("unit", orNull: writer.unit(one.asked.type)) } else { entry.string("kind", one.asked.kind) }
    func put(_ value: Double, _ key: String, _ entry: inout JSONText) {
      if one.asked.isTruth, value == 0 || value == 1 { entry.truth(key, value == 1) } else { writer.put(drawn: value, one.asked.type, key, &entry) }
    }
    if case .scenario = columns[0] {
      entry.array("scenarios") { list in
        for (column, value) in zip(columns, one.values) {
          list.object { part in
            part.string("scenario", name(column, writer.speech))
            put(value, "value", &part)
          }
        }
      }
    } else {
      for (column, value) in zip(columns, one.values) { put(value, column == .before ? "before" : "value", &entry) }
    }
  }
}
