/// `sapu x = A..B langkah S; y = ... { EDITS } tampilkan E1; E2`: the edits tried with each case, the figures side by side.
extension Session {
  /// What one case came to: its figures, or why its edits were refused.
  private struct Tried {
    var values: [Value] = []
    var broken = 0
    var refusal = ""
  }

  mutating func sweep(_ script: SweepScript, at site: Site) throws(Halt) -> Answer {
    let plan = checked.plan
    let words = script.axes.map { axis in axis.values.map(\.words) }
    var rows: [Tried] = []
    var cases: [[Int]] = [[]]
    for axis in script.axes { cases = cases.flatMap { before in axis.values.indices.map { before + [$0] } } }
    for (done, one) in cases.enumerated() {
      if done % 16 == 15 { host.progress(say("sapu: kasus \(done + 1) dari \(cases.count)", "sweep: case \(done + 1) of \(cases.count)")) }
      var texts: [String] = []
      for (axis, at) in one.enumerated() where script.axes[axis].isParameter {
        texts.append(say("tetapkan ", "set ") + "\(names.text(script.axes[axis].name)) = \(words[axis][at])")
      }
      texts += script.edits.map { edit in filled(edit.site, edit.holes.map { ($0.site, words[$0.axis][one[$0.axis]]) }) }
      switch try edited(texts.joined(separator: "\n"), named: say("<sapu>", "<sweep>"), at: site) {
      case .refused(let diagnostic): rows.append(Tried(refusal: diagnostic.message[options.language]))
      case .made(let state, _):
        var evaluator = ReasonMaker.evaluator(state, context())
        var made = Tried()
        for item in script.shown { made.values.append(try evaluator.value(of: item.formula)) }
        var judge = Judge(state, context(), day: host.today)
        made.broken = try judge.verdicts().filter(\.fails).count
        rows.append(made)
      }
    }
    host.progress("")
    var answer = Answer()
    let axes = script.axes.map { names.text($0.name) }
    answer.document.line(Run(say("sapu ", "sweep "), .heading), Run(axes.joined(separator: say(" dan ", " and ")), .name))
    let shown = script.shown.map { item in
      (words: sources.text(item.site), type: plan.formulas[item.formula.index].type, digits: plan.formulas[item.formula.index].digits)
    }
    // As many digits as tell the cases apart, up to three more than the indicator has.
    let told = shown.indices.map { i in digits(rows.map { $0.values.isEmpty ? nil : $0.values[i] }, shown[i].type, shown[i].digits) }
    if axes.count == 2, script.axes[1].values.count <= 12 {
      for (i, item) in shown.enumerated() { answer.document.table(grid(item.words, script, words, rows, i, item.type, told[i])) }
      if rows.contains(where: { $0.broken > 0 }) {
        answer.document.line(say("! = ada aturan wajib yang dilanggar", "! = some mandatory rule is broken"), .dim)
      }
      if let refused = rows.first(where: { !$0.refusal.isEmpty }) { answer.document.line("— = " + refused.refusal, .dim) }
    } else {
      answer.document.table(list(axes, cases, words, shown.map(\.words), rows) { self.words($1, shown[$0].type, told[$0]) })
    }
    answer.document.blank()
    answer.inJSON { [speech, sources, rows, cases] in
      var json = AnswerJSON.begin("sweep", Self.place(site, sources))
      json.array("variables") { list in for name in axes { list.string(nil, name) } }
      json.array("rows") { list in
        for (row, one) in zip(rows, cases) {
          list.object { entry in
            entry.object("case") { fields in for (axis, at) in one.enumerated() { fields.string(axes[axis], script.axes[axis].values[at].plain) } }
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

  /// One line a case.
  private func list(
    _ axes: [String], _ cases: [[Int]], _ words: [[String]], _ shown: [String], _ rows: [Tried], _ told: (Int, Value) -> Run
  ) -> Table {
    let bars = Self.bars(rows.map { $0.values.first })
    var columns = axes.map { Table.Column($0, .right) } + shown.map { Table.Column($0, .right) }
    columns += [Table.Column(say("wajib dilanggar", "mandatory broken"), .right), Table.Column("", flexible: true)]
    var table = Table(columns: columns)
    for (at, row) in rows.enumerated() {
      var cells = cases[at].enumerated().map { Run(words[$0.offset][$0.element], .number) }
      for i in shown.indices { cells.append(row.values.isEmpty ? Run("—", .dim) : told(i, row.values[i])) }
      cells.append(row.values.isEmpty ? Run("") : Run(String(row.broken), row.broken > 0 ? .bad : .good))
      cells.append(row.refusal.isEmpty ? Run(bars[at], .number) : Run(row.refusal, .dim))
      table.rows.append(cells)
    }
    return table
  }

  /// One figure over two axes: the first down, the second across.
  private func grid(
    _ label: String, _ script: SweepScript, _ words: [[String]], _ rows: [Tried], _ item: Int, _ type: ValueType, _ digits: Int
  ) -> Table {
    var table = Table(columns: [Table.Column(label)] + words[1].map { Table.Column($0, .right) })
    for (i, down) in words[0].enumerated() {
      var cells = [Run(down, .number)]
      for j in words[1].indices {
        let row = rows[i * words[1].count + j]
        if row.values.isEmpty { cells.append(Run("—", .dim)) } else {
          let figure = self.words(row.values[item], type, digits)
          cells.append(row.broken > 0 ? Run(figure.text + "!", .bad) : figure)
        }
      }
      table.rows.append(cells)
    }
    return table
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

extension SweepScript.Trial {
  /// As a text of the language that means it exactly.
  var words: String {
    if kind == .money { return Figure.money(sen: mantissa) }
    var (whole, digits) = (mantissa.magnitude, "")
    for _ in 0..<scale {
      digits = String(whole % 10) + digits
      whole /= 10
    }
    while digits.hasSuffix("0") { digits.removeLast() }
    // Exactly three digits behind one mark could be read as thousands.
    if digits.count == 3, whole > 0, whole < 1000 { digits += "0" }
    let text = (mantissa < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "," + digits)
    return kind == .percent ? text + "%" : kind == .point ? text + " poin" : text
  }

  /// For programs: a decimal with a point; rupiah, points of a percentage, or the bare figure.
  var plain: String {
    if kind == .money { return Figure.plainMoney(sen: mantissa) }
    return Figure.plain(Number(mantissa: mantissa, scale: scale))
  }
}
