/// Indicators: unit, direction, baseline, targets, projections; their defaults.
extension Checker {
  mutating func indicator(_ entity: EntityID, _ block: NodeID) {
    var made = Indicator(entity: entity, unit: UnitID(raw: 0))
    let count = builder.plan.yearCount
    guard count > 0 else { return complain(.noPeriod, at: builder.plan.entities.site[entity.index]) }
    made.targetLows = [Number](repeating: .undeclared, count: count)
    guard block.raw != 0 else {
      complain(.missingPart(what: Bilingual("satuan dan target", "a unit and targets"), of: Bilingual("indikator", "an indicator")), at: builder.plan.entities.site[entity.index])
      return
    }
    let parts = Array(tree.children(of: block)).filter { tree[$0].kind == .statement }
    // What the figures are figures of comes first, wherever it is written.
    for part in parts { frame(of: &made, part) }
    for part in parts { figures(of: &made, part) }
    complete(&made)
    builder.plan.indicators.append(made)
  }

  private mutating func frame(of made: inout Indicator, _ id: NodeID) {
    let first = tree.firstChild(of: id)
    switch tree[id].word {
    case .unit:
      guard let first else { return }
      if tree[first].word == .percent {
        made.unit = UnitID(raw: 1)
      } else {
        made.unit = unit(Lowering.unquoted(sources.text(tree[first].site)))
      }
    case .scale:
      guard let first else { return }
      let symbol = Symbol(raw: tree[first].payload)
      if let row = builder.plan.scales.firstIndex(where: { $0.name == symbol }) {
        made.scale = ScaleID(row)
      } else {
        let name = names.text(symbol)
        complain(.unknownScale(name: name, nearest: NearMiss.nearest(to: name, among: builder.plan.scales.map { names.text($0.name) })), at: tree[first].site)
      }
    case .direction:
      guard let first else { return }
      switch tree[first].word {
      case .up: made.direction = .up
      case .down: made.direction = .down
      default: made.direction = .within
      }
    case .kind:
      switch first.flatMap({ tree[$0].word }) {
      case .cumulative: made.kind = .cumulative
      case .runningTotal: made.kind = .runningTotal
      case .position: made.kind = .position
      default: complain(.badShape(what: Bilingual("jenis indikator: posisi, kumulatif atau kumulatif_berjalan", "kind of indicator: position, cumulative or running_total")), at: tree[id].site)
      }
    case .achievement: achievement(of: &made, id)
    case .random: made.joining = .random
    case .additive: made.joining = .additive
    case .best: made.joining = .best
    default: break
    }
  }

  private mutating func achievement(of made: inout Indicator, _ id: NodeID) {
    switch tree.firstChild(of: id).flatMap({ tree[$0].word }) {
    case .positive: made.achievement = .positive
    case .negative: made.achievement = .negative
    case .negativeLAN: made.achievement = .negativeLAN
    case .progress: made.achievement = .progress
    default: break
    }
    if let clause = tree.clause(.cap, of: id), let cap = tree.firstChild(of: clause) {
      var percent = made
      percent.unit = UnitID(raw: 1)
      percent.scale = nil
      made.cap = figure(cap, percent)?.low
    }
    made.roundsClass = tree.clause(.roundClass, of: id) != nil
  }

  private mutating func unit(_ name: String) -> UnitID {
    if name == "%" { return UnitID(raw: 1) }
    if let row = builder.plan.units.firstIndex(where: { $0.name == name }), row > 2 { return UnitID(row) }
    builder.plan.units.append(Unit(name: name, isPercent: false))
    return UnitID(builder.plan.units.count - 1)
  }

  private mutating func figures(of made: inout Indicator, _ id: NodeID) {
    switch tree[id].word {
    case .baseline:
      if let year = firstYears(id), tree[year].kind == .literal {
        made.baselineYear = Int(clamping: tree.literals[Int(tree[year].payload)].mantissa)
      }
      if let assign = tree.child(.assign, of: id), let item = tree.firstChild(of: assign) {
        made.baseline = figure(item, made)?.low ?? .undeclared
      }
    case .target:
      if tree.clause(.final, of: id) != nil {
        if let assign = tree.child(.assign, of: id), let item = tree.firstChild(of: assign) { made.finalTarget = figure(item, made) ?? .none }
      } else {
        for (year, target) in series(id, made) {
          made.targetLows[year] = target.low
          if target.isRange, made.targetHighs.isEmpty { made.targetHighs = made.targetLows }
          if !made.targetHighs.isEmpty { made.targetHighs[year] = target.high }
        }
      }
    case .projection: put(series(id, made), in: &made.projection)
    case .withoutProgrammes: put(series(id, made), in: &made.without)
    case .realised: put(series(id, made), in: &made.actual)
    case .bounds: if let item = tree.firstChild(of: id) { made.bounds = figure(item, made) ?? .none }
    case .direction:
      let parts = Array(tree.children(of: id))
      if parts.count > 1 { made.band = figure(parts[1], made) ?? .none }
    case .precision:
      if let item = tree.firstChild(of: id), tree[item].kind == .literal {
        made.digits = Int(tree.literals[Int(tree[item].payload)].scale)
        made.statesDigits = true
      }
    case .weight:
      if let item = tree.firstChild(of: id), tree[item].kind == .literal {
        let literal = tree.literals[Int(tree[item].payload)]
        made.weight = Number(mantissa: literal.mantissa, scale: Int(literal.scale))
      }
    case .unit, .scale, .kind, .achievement, .random, .additive, .best: break
    default:
      let word = tree[id].word.map { Vocabulary.spelling($0, .indonesian) } ?? ""
      complain(.wrongPlace(what: word, inside: "indikator"), at: tree[id].site)
    }
  }

  private func put(_ values: [(Int, Target)], in list: inout [Number]) {
    if list.isEmpty { list = [Number](repeating: .undeclared, count: builder.plan.yearCount) }
    for (year, value) in values { list[year] = value.low }
  }

  /// The values of a series statement, one a year.
  private mutating func series(_ id: NodeID, _ made: Indicator) -> [(Int, Target)] {
    guard let assign = tree.child(.assign, of: id), let list = tree.firstChild(of: assign) else { return [] }
    let years = firstYears(id).map { self.years($0) } ?? Array(0..<builder.plan.yearCount)
    if years.isEmpty { return [] }
    var values: [Target?] = []
    if tree[list].kind == .literals {
      for i in 0..<Int(tree[list].wordRaw) { values.append(figure(tree.literals[Int(tree[list].payload) + i], made)) }
    } else {
      for item in tree[list].kind == .list ? Array(tree.children(of: list)) : [list] { values.append(figure(item, made)) }
    }
    guard values.count == years.count else {
      complain(.wrongCount(items: values.count, years: years.count), at: tree[list].site)
      return []
    }
    return zip(years, values).compactMap { year, value in value.map { (year, $0) } }
  }

  /// One value: a figure, a range or a grade.
  private mutating func figure(_ id: NodeID, _ made: Indicator) -> Target? {
    let node = tree[id]
    switch node.kind {
    case .literal: return figure(tree.literals[Int(node.payload)], made)
    case .literals where node.wordRaw == 1: return figure(tree.literals[Int(node.payload)], made)
    case .range:
      let ends = Array(tree.children(of: id))
      guard ends.count == 2, let low = figure(ends[0], made), let high = figure(ends[1], made) else { return nil }
      if let order = Number.order(low.low, high.low), order > 0 {
        complain(.badTargetOrder, at: node.site)
        return nil
      }
      return Target(low.low, high.low)
    case .unary:
      guard node.word == .cut, let child = tree.firstChild(of: id), let value = figure(child, made) else { return nil }
      return Target(-value.low)
    case .name, .word, .text: return grade(id, made)
    case .hole: return nil
    default:
      complain(.notFigure(wanted: Bilingual("angka, rentang atau predikat", "a figure, a range or a grade")), at: node.site)
      return nil
    }
  }

  private mutating func figure(_ literal: Literal, _ made: Indicator) -> Target? {
    if literal.kind == .missing { return Target.none }
    if made.scale != nil {
      complain(.notFigure(wanted: Bilingual("predikat pada skalanya", "a grade on its scale")), at: literal.site)
      return nil
    }
    let isPercent = made.unit.raw == 1
    switch literal.kind {
    case .number: return Target(Number(mantissa: literal.mantissa, scale: min(Int(literal.scale) + (isPercent ? 2 : 0), 18)))
    case .percent where isPercent: return Target(Number(mantissa: literal.mantissa, scale: min(Int(literal.scale) + 2, 18)))
    default:
      complain(.notFigure(wanted: isPercent ? Bilingual("persen", "a percentage") : Bilingual("bilangan", "a number")), at: literal.site)
      return nil
    }
  }

  private mutating func grade(_ id: NodeID, _ made: Indicator) -> Target? {
    let node = tree[id]
    guard let scale = made.scale else {
      complain(.notFigure(wanted: Bilingual("angka; untuk predikat nyatakan `skala`", "a figure; for grades declare a `scale`")), at: node.site)
      return nil
    }
    let text = Lowering.unquoted(sources.text(node.site))
    let symbol = names.intern(text)
    if let at = builder.plan.scales[scale.index].names.firstIndex(of: symbol) { return Target(Number(Int64(at))) }
    diagnostics.add(MeaningProblem.unknownGrade(grade: text, scale: names.text(builder.plan.scales[scale.index].name)), at: node.site)
    return nil
  }

  /// The final target is the last year's; the digits that count are the most any target is written with.
  private func complete(_ made: inout Indicator) {
    if made.finalTarget == .none, made.kind != .cumulative { made.finalTarget = made.target(made.targetLows.count - 1) }
    if !made.statesDigits {
      let shift: Int64 = made.unit.raw == 1 ? 100 : 1
      for list in [made.targetLows, made.targetHighs, made.projection] { for value in list where value.b > 0 {
        var digits = 0
        while digits < 9, (Int128(value.a) * Int128(shift) * Int128(Number.powers[digits])) % Int128(value.b) != 0 { digits += 1 }
        made.digits = max(made.digits, digits)
      } }
    }
  }
}
