/// Charts in the terminal (`grafik E`): bars by year, by part of the plan, or beside one another; one scale for all.
extension Session {
  private struct Bar {
    var label: String
    var number: Number
    var type: ValueType
    var digits: Int
  }

  func chart(_ shown: [(formula: FormulaID, site: Site)], isLines: Bool, at site: Site) throws(Halt) -> Answer {
    if isLines { return try lines(shown) }
    var answer = Answer()
    var groups: [(title: String, bars: [Bar])] = []
    var made: [(writer: ValueWriter, value: Value, type: ValueType, site: Site)] = []
    for item in shown {
      let value = try value(of: item.formula)
      let formula = checked.plan.formulas[item.formula.index]
      made.append((ValueWriter(speech: speech, digits: formula.digits), value, formula.type, item.site))
      var bars: [Bar] = []
      gather(value, formula.type, formula.digits, "", &bars)
      if bars.isEmpty { answer.document.line(sources.text(item.site) + say(" bukan angka yang dapat digambar", " is no figure that can be drawn"), .warning) }
      let title = sources.text(item.site)
      if bars.count == 1 { bars[0].label = title }
      groups.append((bars.count == 1 ? "" : title, bars))
    }
    // What has one unit shares one scale.
    var longest: [String: Double] = [:]
    let labels = groups.flatMap(\.bars).map { TextWidth.of($0.label) }.max() ?? 0
    for bar in groups.flatMap(\.bars) where !bar.number.isAbsent {
      longest[spoken(bar.type), default: 0] = max(longest[spoken(bar.type)] ?? 0, abs(bar.number.real))
    }
    for group in groups where !group.bars.isEmpty {
      if !group.title.isEmpty { answer.document.line(group.title, .heading) }
      for bar in group.bars.prefix(60) { answer.document.blocks.append(.line(line(bar, min(labels, 36), longest[spoken(bar.type)] ?? 0))) }
      if group.bars.count > 60 { answer.document.line(say("  … \(group.bars.count - 60) lagi", "  … \(group.bars.count - 60) more"), .dim) }
    }
    answer.document.blank()
    answer.inJSON { [made, sources] in made.map { $0.writer.json($0.value, $0.type, Self.place($0.site, sources)) } }
    return answer
  }

  private func gather(_ value: Value, _ type: ValueType, _ digits: Int, _ label: String, _ bars: inout [Bar]) {
    switch value {
    case .figure(let number, let own):
      switch own {
      case .money, .number, .grade, .year: bars.append(Bar(label: label, number: number, type: own, digits: digits))
      default: break
      }
    case .series(let series): for entry in series { gather(entry.value, type, digits, String(entry.year), &bars) }
    case .list(let values): for (i, item) in values.enumerated() { gather(item, type, digits, "\(i + 1)", &bars) }
    case .range(let low, _, let own): bars.append(Bar(label: label, number: low, type: own, digits: digits))
    case .entity(let entity):
      guard checked.plan.entities.kind[entity.index].spends, workingYear >= 0 else { return }
      var slice = SliceTemplate(document: checked.plan.workingDocument)
      slice.anchors = .entities([entity])
      let state = scenarios.branches[scenarios.current].state
      let sum = Reading(plan: state.plan, overlay: state.overlay).sum(slice, local: nil, year: workingYear)
      bars.append(Bar(label: speech.handle(entity), number: sum, type: .money, digits: -1))
    case .text: break
    }
  }

  /// `2026  ████████▌ Rp1,2 M`: eighths of a column; what is negative is said so and drawn in its colour.
  private func line(_ bar: Bar, _ labels: Int, _ longest: Double) -> Line {
    let label = TextWidth.cut(bar.label, to: labels)
    let gap = String(repeating: " ", count: max(labels - TextWidth.of(label), 0))
    let words = bar.type == .money && !bar.number.isAbsent
      ? bar.number.roundedHalfEven.map { Figure.shortMoney(sen: $0, options.language) } ?? "" : speech.figure(bar.number, bar.type, digits: bar.digits)
    guard !bar.number.isAbsent, longest > 0, longest.isFinite, bar.number.real.isFinite else { return Line([Run("  " + label + gap + "  ", .name), Run(words, .dim)]) }
    let eighths = Int((abs(bar.number.real) / longest * 40 * 8).rounded())
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let drawn = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    return Line([Run("  " + label + gap + "  ", .name), Run(drawn, bar.number.real < 0 ? .bad : .keyword), Run((drawn.isEmpty ? "" : " ") + words, .number)])
  }
}
