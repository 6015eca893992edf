/// `sapu x = A..B langkah S { EDITS } tampilkan E1; E2`: the edits tried with each amount, the figures side by side.
extension Session {
  mutating func sweep(_ script: SweepScript, at site: Site) throws(Halt) -> Answer {
    let name = names.text(script.name)
    let plan = checked.plan
    var rows: [(sen: Int64, values: [Value], broken: Int, refusal: String)] = []
    for sen in script.amounts {
      let text = script.edits.map { filled($0.site, $0.holes, sen: sen) }.joined(separator: "\n")
      switch try edited(text, named: say("<sapu>", "<sweep>"), at: site) {
      case .refused(let diagnostic): rows.append((sen, [], 0, diagnostic.message[options.language]))
      case .made(let state, _):
        var evaluator = ReasonMaker.evaluator(state, context())
        var values: [Value] = []
        for item in script.shown { values.append(try evaluator.value(of: item.formula)) }
        var judge = Judge(state, context(), day: host.today)
        rows.append((sen, values, try judge.verdicts().filter(\.fails).count, ""))
      }
    }
    var answer = Answer()
    answer.document.line(Run(say("sapu ", "sweep "), .heading), Run(name, .name))
    let shown = script.shown.map { (words: sources.text($0.site), type: plan.formulas[$0.formula.index].type, digits: plan.formulas[$0.formula.index].digits) }
    let bars = Self.bars(rows.map { $0.values.first })
    var columns = [Table.Column(name, .right)] + shown.map { Table.Column($0.words, .right) }
    columns += [Table.Column(say("wajib dilanggar", "mandatory broken"), .right), Table.Column("", flexible: true)]
    var table = Table(columns: columns)
    for (at, row) in rows.enumerated() {
      var cells = [Run(sen: row.sen)]
      for (i, item) in shown.enumerated() {
        // As many digits as tell the rows apart, up to three more than the indicator has.
        cells.append(row.values.isEmpty ? Run("—", .dim) : words(row.values[i], item.type, digits(rows.map { $0.values.isEmpty ? nil : $0.values[i] }, item.type, item.digits)))
      }
      cells.append(row.values.isEmpty ? Run("") : Run(String(row.broken), row.broken > 0 ? .bad : .good))
      cells.append(row.refusal.isEmpty ? Run(bars[at], .number) : Run(row.refusal, .dim))
      table.rows.append(cells)
    }
    answer.document.table(table)
    answer.document.blank()
    answer.inJSON { [speech, sources, rows] in
      var json = AnswerJSON.begin("sweep", Self.place(site, sources))
      json.string("variable", name)
      json.array("rows") { list in
        for row in rows {
          list.object { entry in
            entry.string("x", Figure.plainMoney(sen: row.sen))
            entry.string("refused", orNull: row.refusal.isEmpty ? nil : row.refusal)
            entry.integer("mandatory_broken", row.broken)
            entry.array("values") { values in for value in row.values { ValueWriter(speech: speech).put(value, nil, &values) } }
          }
        }
      }
      return [AnswerJSON.end(json)]
    }
    return answer
  }

  private func words(_ value: Value, _ type: ValueType, _ digits: Int) -> Run { ValueWriter(speech: speech, digits: digits).words(value) }

  private func digits(_ values: [Value?], _ type: ValueType, _ own: Int) -> Int {
    if own < 0 { return own }
    func told(_ digits: Int) -> Int { Set(values.compactMap { $0 }.map { words($0, type, digits).text }).count }
    let most = told(own + 3)
    return (own...(own + 3)).first { told($0) == most } ?? own
  }

  /// A bar for each figure, from the least to the greatest; empty where there is no figure.
  private static func bars(_ values: [Value?]) -> [String] {
    let figures = values.map { value -> Double? in
      if case .figure(let number, _)? = value, !number.isAbsent { return number.real }
      return nil
    }
    guard let low = figures.compactMap({ $0 }).min(), let high = figures.compactMap({ $0 }).max(), high > low else {
      return figures.map { _ in "" }
    }
    return figures.map { $0.map { String(repeating: "█", count: 1 + Int((($0 - low) / (high - low) * 19).rounded())) } ?? "" }
  }
}
