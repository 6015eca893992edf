/// Charts of lines in the terminal (`grafik garis E`): series over the years, an indicator with the band of its target.
extension Session {
  /// What is drawn over one scale: all of one unit.
  private struct Sheaf {
    var type: ValueType
    var digits: Int
    var lines: [Plot.Line] = []
    var bands: [Plot.Band] = []
  }

  func lines(_ shown: [(formula: FormulaID, site: Site)]) throws(Halt) -> Answer {
    var answer = Answer()
    var sheaves: [Sheaf] = []
    var made: [(writer: ValueWriter, value: Value, type: ValueType, site: Site)] = []
    for item in shown {
      let value = try value(of: item.formula)
      let formula = checked.plan.formulas[item.formula.index]
      made.append((ValueWriter(speech: speech, digits: formula.digits), value, formula.type, item.site))
      let title = sources.text(item.site)
      var type = formula.type
      if case .series(let inner) = type { type = inner }
      guard case .series(let series) = value, Self.isDrawn(type) else {
        answer.document.line(title + say(" bukan deret angka per tahun", " is no series of figures by year"), .warning)
        continue
      }
      let at = sheaves.firstIndex { spoken($0.type) == spoken(type) } ?? sheaves.count
      if at == sheaves.count { sheaves.append(Sheaf(type: type, digits: formula.digits)) }
      sheaves[at].lines.append(Plot.Line(title, years { year in series.first { $0.year == year }.flatMap { ValueWriter.real($0.value) } }))
      if let row = indicator(drawnBy: formula) { accompany(row, title, &sheaves[at]) }
    }
    for sheaf in sheaves { draw(sheaf, &answer.document) }
    answer.document.blank()
    answer.inJSON { [made, sources] in made.map { $0.writer.json($0.value, $0.type, Self.place($0.site, sources)) } }
    return answer
  }

  private static func isDrawn(_ type: ValueType) -> Bool {
    switch type {
    case .money, .number, .grade: true
    case .range(let inner): isDrawn(inner)
    default: false
    }
  }

  private func years(_ value: (Int) -> Double?) -> [Double?] {
    (0..<checked.plan.yearCount).map { value(checked.plan.firstYear + $0) }
  }

  /// The indicator whose projection a formula is and nothing else.
  private func indicator(drawnBy formula: Formula) -> Int? {
    let figures = formula.code.filter { $0.op == .figure }
    guard figures.count == 1, figures[0].d == UInt16(IndicatorFigure.projection.rawValue),
      formula.code.allSatisfy({ [.figure, .constant, .copy].contains($0.op) })
    else { return nil }
    let entities = formula.constants.compactMap(\.whole).filter { $0 >= 0 && $0 < Int64(checked.plan.entities.count) }
    let rows = entities.map { Int(checked.plan.indicatorRow[Int($0)]) }.filter { $0 >= 0 }
    return rows.count == 1 ? rows[0] : nil
  }

  /// What an indicator is measured against: its target, as a band where it is a range, and what was realised.
  private func accompany(_ row: Int, _ title: String, _ sheaf: inout Sheaf) {
    let state = scenarios.branches[scenarios.current].state
    var reader = Reading(plan: checked.plan, overlay: state.overlay)
    func series(_ figure: IndicatorFigure) -> [Double?] {
      years { year in
        let number = reader.figure(figure, row, year - checked.plan.firstYear)
        return number.isAbsent ? nil : number.real
      }
    }
    let (low, high) = (series(.targetLow), series(.targetHigh))
    let name = title + say(" target", " target")
    let edges = zip(low, high).filter { $0.0 != nil }
    if edges.contains(where: { $0.0 != $0.1 }) {
      sheaf.bands.append(Plot.Band(name, low, high))
    } else if !edges.isEmpty {
      sheaf.lines.append(Plot.Line(name, low))
    }
    let actual = series(.actual)
    if actual.contains(where: { $0 != nil }) { sheaf.lines.append(Plot.Line(title + say(" realisasi", " actual"), actual)) }
  }

  private func draw(_ sheaf: Sheaf, _ page: inout Document) {
    let all = (sheaf.lines.map(\.values) + sheaf.bands.flatMap { [$0.lows, $0.highs] }).flatMap { $0 }.compactMap { $0 }
    guard let low = all.min(), let high = all.max() else {
      return page.line(say("tidak ada angka untuk digambar", "there are no figures to draw"), .warning)
    }
    // Grades stand at whole places.
    let values = if case .grade = sheaf.type { stride(from: low, through: max(high, low + 1), by: 1).map { $0 } } else { Plot.ticks(from: low, to: high) }
    let ticks = values.map { value in (value, tick(Number(real: value), sheaf)) }
    let steps = (0..<checked.plan.yearCount).map { String(checked.plan.firstYear + $0) }
    page.blocks.append(.plot(Plot(steps: steps, lines: sheaf.lines, bands: sheaf.bands, ticks: ticks)))
  }

  private func tick(_ number: Number, _ sheaf: Sheaf) -> String {
    if case .money = sheaf.type { return number.roundedHalfEven.map { Figure.shortMoney(sen: $0, options.language) } ?? "" }
    return speech.figure(number, sheaf.type)
  }
}
