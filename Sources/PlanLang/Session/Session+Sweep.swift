/// `sapu x = A..B langkah S; y = ... { EDITS } tampilkan E1; E2`: the edits tried with each case, the figures side by side.
extension Session {
  mutating func sweep(_ script: SweepScript, at site: Site) throws(Halt) -> Answer {
    let words = script.axes.map { axis in axis.values.map(\.words) }
    var cases: [[Int]] = [[]]
    for axis in script.axes { cases = cases.flatMap { before in axis.values.indices.map { before + [$0] } } }
    let state = scenarios.branches[scenarios.current].state
    var evidence = Evidence(speech, state)
    evidence.take(script.shown.map(\.formula), state, context())
    let rows: [Tried]
    if let parts = options.parts {
      switch joined(parts, script, cases.count, at: site) {
      case .joined(let all): rows = all
      case .refused(let diagnostic): return message(diagnostic)
      }
    } else {
      rows = try tried(script, cases[slice(cases.count)], words, evidence, at: site)
    }
    if let shard = options.shard {
      return part(
        Part(key: key(script, cases.count), number: shard.number, count: shard.count, done: UInt64(rows.count), data: SweepText.data(rows)), at: site)
    }
    let plan = checked.plan
    let shown = script.shown.map { item in
      (words: sources.text(item.site), type: plan.formulas[item.formula.index].type, digits: plan.formulas[item.formula.index].digits)
    }
    // As many digits as tell the cases apart, up to three more than the indicator has.
    let told = shown.indices.map { i in digits(rows.map { $0.values.isEmpty ? nil : $0.values[i] }, shown[i].type, shown[i].digits) }
    let made = Swept(
      axes: script.axes.map { names.text($0.name) }, words: words, cells: script.axes.map { $0.values.map(\.cell) }, cases: Array(cases.prefix(rows.count)), shown: shown, digits: told, rows: rows,
      all: cases.count)
    return answer(script, made, evidence, at: site)
  }

  /// Cases tried, as many at once as there are threads; fewer when interrupted or out of time.
  private func tried(
    _ script: SweepScript, _ cases: ArraySlice<[Int]>, _ words: [[String]], _ evidence: Evidence, at site: Site
  ) throws(Halt) -> [Tried] {
    let clock = Stopwatch(total: UInt64(cases.count))
    let threads = options.threads > 0 ? options.threads : Beside.cores
    var rows: [Tried] = []
    var patient = self
    if let seconds = patience { patient.engineLimits.seconds = seconds }
    patient.engineLimits.deadline = self.patient
    let trying = patient
    defer { host.progress("") }
    while rows.count < cases.count {
      host.progress(clock.told(UInt64(rows.count), Bilingual("kasus", "of the cases"), options.language))
      let next = cases.dropFirst(rows.count).prefix(threads)
      let made = Beside.all(Array(next)) { one in
        var copy = trying
        return Result { () throws(Halt) in try copy.tried(script, one, words, evidence, at: site) }
      }
      for one in made {
        do throws(Halt) { rows.append(try one.get()) } catch {
          // What is there so far is given.
          guard error.isOutOfTime, !rows.isEmpty else { throw error }
          return rows
        }
      }
    }
    return rows
  }

  // MARK: Shards

  /// The cases of the shard that is asked for.
  private func slice(_ count: Int) -> Range<Int> {
    guard let shard = options.shard else { return 0..<count }
    return count * (shard.number - 1) / shard.count..<count * shard.number / shard.count
  }

  /// What tells one sweep from another: the texts, its place in them, its cases.
  private func key(_ script: SweepScript, _ count: Int) -> UInt64 {
    var sum = WordHash()
    for text in texts { for byte in text.bytes { sum.take(UInt64(byte)) } }
    for item in script.shown { sum.take(UInt64(item.site.start)) }
    sum.take(UInt64(count))
    return sum.value
  }

  /// All shards of a sweep as one; refused where one is missing or of another question.
  private func joined(_ parts: [Part], _ script: SweepScript, _ count: Int, at site: Site) -> Joined<[Tried]> {
    let types = script.shown.map { item in
      (type: checked.plan.formulas[item.formula.index].type, isSeries: checked.plan.formulas[item.formula.index].isSeries)
    }
    var rows: [Tried] = []
    let refusal = eachShard(of: key(script, count), in: parts, at: site) { part in
      guard let more = SweepText.rows(part.data, types), UInt64(more.count) == part.done else { return false }
      rows += more
      return true
    }
    return refusal.map { .refused($0) } ?? .joined(rows)
  }

  /// One case: its edits, the figures, the rules.
  private mutating func tried(
    _ script: SweepScript, _ one: [Int], _ words: [[String]], _ evidence: Evidence, at site: Site
  ) throws(Halt) -> Tried {
    var texts: [String] = []
    for (axis, at) in one.enumerated() where script.axes[axis].isParameter {
      texts.append(say("tetapkan ", "set ") + "\(names.text(script.axes[axis].name)) = \(words[axis][at])")
    }
    texts += script.edits.map { edit in filled(edit.site, edit.holes.map { ($0.site, words[$0.axis][one[$0.axis]]) }) }
    switch try edited(texts.joined(separator: "\n"), named: say("<sapu>", "<sweep>"), at: site) {
    case .refused(let diagnostic): return Tried(refusal: diagnostic.message[options.language])
    case .made(let state, _):
      var evaluator = ReasonMaker.evaluator(state, context())
      var made = Tried()
      for item in script.shown { made.values.append(try evaluator.value(of: item.formula)) }
      var judge = Judge(state, context(), day: host.today)
      made.broken = try judge.verdicts().filter(\.fails).count
      let grounds = Grounds(plan: state.plan, overlay: state.overlay)
      made.isBeyond = evidence.read.contains { row, years in years.contains { !grounds.beyond(row, $0).isEmpty } }
      return made
    }
  }

  private mutating func answer(_ script: SweepScript, _ made: Swept, _ evidence: Evidence, at site: Site) -> Answer {
    var answer = Answer()
    let rows = made.rows
    answer.document.line(Run(say("sapu ", "sweep "), .heading), Run(made.axes.joined(separator: say(" dan ", " and ")), .name))
    if rows.count < made.all {
      answer.document.line(say("dihentikan: \(rows.count) dari \(made.all) kasus", "stopped: \(rows.count) of \(English.count(made.all, "case"))"), .warning)
    }
    let told = made.byYear()
    let moved = told.shown.indices.filter { told.origins[$0].year == nil || moves(told, $0) }
    if let first = rows.first, rows.allSatisfy({ $0.refusal == first.refusal }), !first.refusal.isEmpty {
      answer.document.line(Run(say("semua kasus ditolak: ", "all cases are refused: "), .warning), Run(first.refusal, .warning))
    } else if made.isGrid, script.axes[1].values.count <= 8 {
      for i in moved { answer.document.table(grid(told, i, script.axes[1])) }
      if rows.contains(where: { $0.broken > 0 }) {
        answer.document.line(say("! = ada aturan wajib yang dilanggar", "! = some mandatory rule is broken"), .dim)
      }
      if let refused = rows.first(where: { !$0.refusal.isEmpty }) { answer.document.line("— = " + refused.refusal, .dim) }
    } else {
      lists(told.only(moved), &answer.document)
    }
    tellUnmoved(told, moved, &answer.document)
    if rows.contains(where: \.isBeyond) {
      answer.document.line(say("° = uangnya di luar yang dikaji", "° = its money is outside what was studied"), .warning)
    }
    evidence.tell(&answer.document)
    let session = alone
    keep(
      Study(
        kind: .sweep, statement: sources.text(site), document: answer.document, sheet: { session.sheet(of: made) },
        charts: { session.charts(of: made) }))
    answer.document.blank()
    answer.inJSON { [speech, sources] in
      var json = AnswerJSON.begin("sweep", Self.place(site, sources))
      json.string("grade", orNull: evidence.worst)
      json.truth("stopped", made.rows.count < made.all)
      json.integer("cases", made.all)
      json.array("variables") { list in for name in made.axes { list.string(nil, name) } }
      json.array("rows") { list in
        for (row, one) in zip(made.rows, made.cases) {
          list.object { entry in
            entry.object("case") { fields in for (axis, at) in one.enumerated() { fields.string(made.axes[axis], script.axes[axis].values[at].plain) } }
            entry.string("refused", orNull: row.refusal.isEmpty ? nil : row.refusal)
            entry.integer("mandatory_broken", row.broken)
            entry.truth("extrapolated", row.isBeyond)
            entry.array("values") { values in for value in row.values { ValueWriter(speech: speech).put(value, nil, &values) } }
          }
        }
      }
      return [AnswerJSON.end(json)]
    }
    return answer
  }

  private func words(_ made: Swept, _ row: Tried, _ item: Int) -> Run {
    let figure = words(row.values[item], made.shown[item].type, made.digits[item])
    return row.isBeyond ? Run(figure.text + "°", figure.meaning) : figure
  }

  /// Whether the cases differ in a figure, as it is shown.
  private func moves(_ made: Swept, _ item: Int) -> Bool {
    Set(made.rows.filter { !$0.values.isEmpty }.map { words(made, $0, item).text }).count > 1
  }

  /// What no case moves, on one line: the years of a series that stay as they are.
  private func tellUnmoved(_ made: Swept, _ moved: [Int], _ page: inout Document) {
    guard let row = made.rows.first(where: { !$0.values.isEmpty }) else { return }
    let still = made.shown.indices.filter { i in
      if moved.contains(i) { return false }
      if case .figure(let number, _) = row.values[i], number.isAbsent { return false }
      return true
    }
    if still.isEmpty { return }
    var list = ""
    for (place, i) in still.enumerated() {
      let isNext = place > 0 && made.origins[still[place - 1]].item == made.origins[i].item
      list += place == 0 ? "" : isNext ? ", " : "; "
      list += (isNext ? made.origins[i].year.map(String.init) ?? "" : made.shown[i].words) + " " + words(made, row, i).text
    }
    page.line(Run(say("tidak bergerak: ", "unmoved: "), .dim), Run(list, .dim))
  }

  /// The figures in one table, and each series in a table of its own, its years side by side.
  private func lists(_ made: Swept, _ page: inout Document) {
    let items = Set(made.origins.map(\.item)).sorted()
    let series = items.filter { item in made.origins.contains { $0.item == item && $0.year != nil } }
    let plain = made.shown.indices.filter { !series.contains(made.origins[$0].item) }
    if !plain.isEmpty || series.isEmpty { page.table(list(made.only(plain), isFirst: true)) }
    for (i, item) in series.enumerated() {
      var part = made.only(made.shown.indices.filter { made.origins[$0].item == item })
      let words = part.shown.first.map { $0.words.dropLast(5) } ?? ""
      for at in part.shown.indices { part.shown[at].words = part.origins[at].year.map(String.init) ?? "" }
      if i > 0 || !plain.isEmpty { page.blank() }
      page.line(String(words), .code)
      page.table(list(part, isFirst: plain.isEmpty && i == 0))
    }
  }

  /// One line a case; the first table tells the rules too, and what was refused.
  private func list(_ made: Swept, isFirst: Bool) -> Table {
    // Where much stands beside them the bars are short, so that none is cut off.
    let bars = Self.bars(made.rows.map { $0.values.first }, most: made.axes.count + made.shown.count > 3 ? 7 : 20)
    var table = Table(columns: made.axes.map { Table.Column($0, .right) } + made.shown.map { Table.Column($0.words, .right) }, leading: made.axes.count)
    if isFirst { table.columns += [Table.Column(say("wajib dilanggar", "mandatory broken"), .right), Table.Column("", flexible: true, isJoined: true)] }
    for (at, row) in made.rows.enumerated() {
      var cells = made.cases[at].enumerated().map { Run(made.words[$0.offset][$0.element], .number) }
      for i in made.shown.indices { cells.append(row.values.isEmpty ? Run("—", .dim) : words(made, row, i)) }
      if isFirst {
        cells.append(row.values.isEmpty ? Run("") : Run(String(row.broken), row.broken > 0 ? .bad : .good))
        cells.append(row.refusal.isEmpty ? Run(bars[at], .number) : Run(row.refusal, .dim))
      }
      table.rows.append(cells)
    }
    return table
  }

  /// One figure over two axes: the first down, the second across.
  private func grid(_ made: Swept, _ item: Int, _ across: SweepScript.Axis) -> Table {
    // Amounts side by side are told shortly where that tells them apart.
    let short = across.values.map { $0.kind == .money ? Figure.shortMoney(sen: $0.mantissa, options.language) : $0.words }
    let heads = Set(short).count == short.count ? short : made.words[1]
    var table = Table(columns: [Table.Column(made.shown[item].words)] + heads.map { Table.Column($0, .right) }, leading: 1)
    for (i, down) in made.words[0].enumerated() {
      var cells = [Run(down, .number)]
      for j in made.words[1].indices {
        let row = made.rows[i * made.words[1].count + j]
        if row.values.isEmpty { cells.append(Run("—", .dim)) } else {
          let figure = words(made, row, item)
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
  private static func bars(_ values: [Value?], most: Int) -> [String] {
    let figures = values.map { value -> Double? in
      if case .figure(let number, _)? = value, !number.isAbsent { return number.real }
      return nil
    }
    guard let low = figures.compactMap({ $0 }).min(), let high = figures.compactMap({ $0 }).max(), high > low else {
      return figures.map { _ in "" }
    }
    return figures.map { $0.map { String(repeating: "█", count: 1 + Int((($0 - low) / (high - low) * Double(most - 1)).rounded())) } ?? "" }
  }
}

extension Session {
  fileprivate func sheet(of all: Swept) -> Sheet {
    let made = all.byYear()
    var sheet = Sheet(
      say("Sapuan", "Sweep"),
      made.axes + made.shown.map(\.words) + [say("Wajib dilanggar", "Mandatory broken"), say("Di luar kajian", "Not studied"), say("Ditolak", "Refused")])
    for (one, row) in zip(made.cases, made.rows) {
      var cells = one.enumerated().map { made.cells[$0.offset][$0.element] }
      for at in made.shown.indices { cells.append(row.values.isEmpty ? .empty : cell(row.values[at])) }
      cells += [row.values.isEmpty ? .empty : .whole(row.broken), .text(row.isBeyond ? say("ya", "yes") : ""), .text(row.refusal)]
      sheet.rows.append(cells)
    }
    return sheet
  }

  private func cell(_ value: Value) -> Sheet.Cell {
    guard case .figure(let number, let type) = value, !number.isAbsent else {
      if case .figure = value { return .empty }
      return .text(ValueWriter(speech: speech).words(value).text)
    }
    switch type {
    case .money where number.isExact: return number.roundedHalfEven.map { .money($0) } ?? .empty
    case .money, .number: return Self.cell(number.real, type, checked.plan)
    default: return .text(ValueWriter(speech: speech).words(value).text)
    }
  }

  fileprivate func charts(of all: Swept) -> [String] {
    let years = all.byYear()
    let made = years.only(years.shown.indices.filter { years.origins[$0].year == nil || moves(years, $0) })
    func value(_ row: Tried, _ at: Int) -> Double? {
      guard !row.values.isEmpty, case .figure(let number, _) = row.values[at], !number.isAbsent else { return nil }
      return number.real
    }
    return made.shown.indices.map { at in
      func words(_ row: Tried) -> String { row.values.isEmpty ? row.refusal : self.words(made, row, at).text }
      if made.isGrid {
        let across = made.words[1].count
        let cells = made.words[0].indices.map { i in
          (0..<across).map { j -> SVGSpread.Heat in
            let row = made.rows[i * across + j]
            return SVGSpread.Heat(value: value(row, at), words: words(row), isBroken: row.broken > 0)
          }
        }
        return SVGSpread.heat(cells, down: made.words[0], across: made.words[1], title: "\(made.shown[at].words): \(made.axes[0]) ↓ \(made.axes[1]) →")
      }
      let bars = zip(made.cases, made.rows).prefix(60).map { one, row in
        SVGChart.Bar(
          label: one.enumerated().map { made.words[$0.offset][$0.element] }.joined(separator: "; "), values: [value(row, at) ?? 0], words: [words(row)])
      }
      return SVGChart.bars(Array(bars), title: made.shown[at].words)
    }.filter { !$0.isEmpty }
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
    // Exactly three digits behind one sum could be read as thousands.
    if digits.count == 3, whole > 0, whole < 1000 { digits += "0" }
    let text = (mantissa < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "," + digits)
    return kind == .percent ? text + "%" : kind == .point ? text + " poin" : text
  }

  /// For tables of exports.
  var cell: Sheet.Cell { kind == .money ? .money(mantissa) : .number(Number(mantissa: mantissa, scale: scale)) }

  /// For programs: a decimal with a point; rupiah, points of a percentage, or the bare figure.
  var plain: String {
    if kind == .money { return Figure.plainMoney(sen: mantissa) }
    return Figure.plain(Number(mantissa: mantissa, scale: scale))
  }
}
