/// Indicators: unit, direction, baseline, targets, projections; their defaults.
extension Checker {
  /// An indicator's block: first what its figures are figures of, wherever that is written, then the figures.
  mutating func indicator(_ entity: EntityID, _ block: NodeID) {
    let count = builder.plan.yearCount
    guard count > 0 else { return noPeriod(at: builder.plan.entities.site[entity.index]) }
    guard block.raw != 0 else {
      return missing(
        Bilingual("satuan dan target", "a unit and targets"), of: .indicator,
        at: builder.plan.entities.site[entity.index])
    }
    var made = Indicator(entity: entity, unit: UnitID(raw: 0), years: count)
    once(block)
    each(of: block) { checker, part in checker.frame(of: &made, part) }
    each(of: block) { checker, part in checker.figures(of: &made, part) }
    complete(&made)
    builder.plan.indicators.append(made)
  }

  private mutating func each(of block: NodeID, _ take: (inout Checker, NodeID) -> Void) {
    var at = tree.nodes[block.index].first
    while at != 0 {
      if tree.nodes[Int(at)].kind == .statement { take(&self, NodeID(raw: at)) }
      at = tree.nodes[Int(at)].next
    }
  }

  /// What an indicator has only one of may be said once.
  private mutating func once(_ block: NodeID) {
    var seen: UInt64 = 0
    each(of: block) { checker, part in
      let word = checker.tree[part].word
      let row: Int
      switch word {
      case .unit: row = 0
      case .scale: row = 1
      case .direction: row = 2
      case .kind: row = 3
      case .precision: row = 4
      case .baseline: row = 5
      case .bounds: row = 6
      case .achievement: row = 7
      case .weight: row = 8
      case .random, .additive, .best: row = 9
      case .owner: row = 11
      case .synergy: row = 12
      case .target where checker.tree.clause(.final, of: part) != nil: row = 10
      default: return
      }
      if seen >> UInt64(row) & 1 == 1, let word {
        let what = Bilingual("`\(word.spoken.id)`", "`\(word.spoken.en)`")
        checker.complain(.givenTwice(what: what), at: checker.tree[part].site)
      }
      seen |= 1 << UInt64(row)
    }
  }

  private mutating func frame(of made: inout Indicator, _ id: NodeID) {
    let first = tree.firstChild(of: id)
    switch tree[id].word {
    case .unit:
      guard let first else { return }
      if tree[first].word == .percent {
        made.unit = UnitID(raw: 1)
      } else {
        made.unit = unit(first)
      }
    case .scale:
      guard let first else { return }
      let symbol = Symbol(raw: tree[first].payload)
      if let row = builder.plan.scales.firstIndex(where: { $0.name == symbol }) {
        made.scale = ScaleID(row)
      } else {
        let name = sources.text(tree[first].site)
        let nearest = diagnostics.nearest(to: name, among: builder.plan.scales.map { names.text($0.name) })
        complain(.unknownScale(name: name, nearest: nearest), at: tree[first].site)
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
      default:
        let what = Bilingual(
          "jenis indikator: posisi, kumulatif atau kumulatif_berjalan",
          "kind of indicator: position, cumulative or running_total")
        complain(.badShape(what: what), at: tree[id].site)
      }
    case .achievement: achievement(of: &made, id)
    case .itIndex: made.isITIndex = true
    case .owner: pending.initiatives.append((treeIndex, id, made.entity))
    case .random: made.joining = .random
    case .additive: made.joining = .additive
    case .best: made.joining = .best
    default: break
    }
  }

  /// What the figures of an indicator are figures of: all that reading one asks of it.
  private struct Measure {
    var unit: UnitID
    var scale: ScaleID?
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
      made.cap = figure(cap, Measure(unit: UnitID(raw: 1)))?.low
    }
    made.roundsClass = tree.clause(.roundClass, of: id) != nil
  }

  /// A unit as written. A name in small letters stands for one unit wherever it is written so.
  private mutating func unit(_ id: NodeID) -> UnitID {
    let node = tree.nodes[id.index]
    let symbol = Symbol(raw: node.payload)
    let isSmall = node.kind == .name && written(at: node.site) { !$0.contains { $0 &- 65 < 26 } }
    if isSmall, let row = unitRows[symbol] { return UnitID(raw: row) }
    let made = unit(Lowering.unquoted(sources.text(node.site)))
    if isSmall { unitRows[symbol] = made.raw }
    return made
  }

  /// A unit by its name.
  mutating func unit(_ name: String) -> UnitID {
    if name == "%" { return UnitID(raw: 1) }
    if let row = builder.plan.units.firstIndex(where: { $0.name == name }), row > 2 { return UnitID(row) }
    builder.plan.units.append(Unit(name: name, isPercent: false))
    return UnitID(builder.plan.units.count - 1)
  }

  private mutating func figures(of made: inout Indicator, _ id: NodeID) {
    switch tree[id].word {
    case .baseline: baseline(of: &made, id)
    case .target where tree.clause(.final, of: id) != nil:
      if let item = assigned(id) { made.finalTarget = figure(item, Measure(unit: made.unit, scale: made.scale)) ?? .none }
    case .target, .projection, .withoutProgrammes, .realised: series(id, &made)
    case .bounds: if let item = tree.firstChild(of: id) { made.bounds = figure(item, Measure(unit: made.unit, scale: made.scale)) ?? .none }
    case .direction:
      let parts = Array(tree.children(of: id))
      if parts.count > 1 { made.band = figure(parts[1], Measure(unit: made.unit, scale: made.scale)) ?? .none }
    case .precision:
      guard let item = tree.firstChild(of: id), let literal = plain(item), literal.mantissa == 1 else {
        return wanted(Bilingual("1, 0,1 atau 0,01 dan seterusnya", "1, 0,1 or 0,01 and so on"), id)
      }
      made.digits = Int(literal.scale)
      made.statesDigits = true
    case .weight:
      guard let item = tree.firstChild(of: id), let literal = plain(item), literal.mantissa >= 0 else {
        return wanted(Bilingual("bobot berupa bilangan", "a weight, a number"), id)
      }
      made.weight = Number(mantissa: literal.mantissa, scale: Int(literal.scale))
    case .synergy: synergy(of: &made, id)
    case .unit, .scale, .kind, .achievement, .random, .additive, .best, .itIndex, .owner: break
    default: misplaced(id, in: Lowering.words(.indicator))
    }
  }

  /// `sinergi 20% menurut "..." mutu C`.
  private mutating func synergy(of made: inout Indicator, _ id: NodeID) {
    guard let item = tree.firstChild(of: id), let literal = plain(item), literal.kind == .percent,
      case let share = Number(mantissa: literal.mantissa, scale: Int(literal.scale) + 2), Number.order(share, Number(1)) != 1
    else { return wanted(Bilingual("persen, paling banyak 100%", "a percentage, at most 100%"), id) }
    made.synergy = share
    if let clause = tree.clause(.grade, of: id), let letter = tree.firstChild(of: clause) {
      made.synergyGrade = UInt8((["A", "B", "C", "D"].firstIndex(of: sources.text(tree[letter].site).uppercased()) ?? 3) + 1)
    }
  }

  private mutating func wanted(_ words: Bilingual, _ id: NodeID) {
    let part = tree.firstChild(of: id) ?? id
    if tree[part].kind != .hole { complain(.notFigure(wanted: words), at: tree[part].site) }
  }

  /// A number or percentage written plainly, or nil. Like others that only read, it is `mutating`: else a caller that
  /// writes would copy the whole check for it.
  private mutating func plain(_ id: NodeID) -> Literal? {
    guard tree[id].kind == .literal else { return nil }
    let literal = tree.literals[Int(tree[id].payload)]
    return literal.kind == .number || literal.kind == .percent ? literal : nil
  }

  private mutating func assigned(_ id: NodeID) -> NodeID? { tree.child(.assign, of: id).flatMap { tree.firstChild(of: $0) } }

  /// `awal 2024 = x`: its year may lie before the period.
  private mutating func baseline(of made: inout Indicator, _ id: NodeID) {
    if let year = firstYears(id) {
      let node = tree.nodes[year.index]
      guard node.kind == .years, node.firstYear.year == node.lastYear.year, node.firstYear.year >= 1900 else {
        return complain(.notFigure(wanted: Bilingual("satu tahun", "one year")), at: node.site)
      }
      made.baselineYear = Int32(node.firstYear.year)
    }
    guard let item = assigned(id), let value = figure(item, Measure(unit: made.unit, scale: made.scale)) else { return }
    if value.isRange { return complain(.notFigure(wanted: Bilingual("satu nilai", "one value")), at: tree[item].site) }
    made.baseline = value.low
  }

  /// The values of a series statement, one a year.
  private mutating func series(_ id: NodeID, _ made: inout Indicator) {
    guard let list = assigned(id), let word = tree[id].word else { return }
    let years = firstYears(id).map { self.years($0) } ?? 0..<builder.plan.yearCount
    if years.isEmpty { return }
    let node = tree.nodes[list.index]
    let isLiterals = node.kind == .literals
    let items = isLiterals ? [] : node.kind == .list ? Array(tree.children(of: list)) : [list]
    let count = isLiterals ? Int(node.wordRaw) : items.count
    guard count == years.count || node.kind == .hole else {
      return complain(.wrongCount(items: count, years: years.count), at: node.site)
    }
    let before = diagnostics.errorCount
    let measure = Measure(unit: made.unit, scale: made.scale)
    // The wrong kind of figure is told once a list.
    for i in 0..<count where diagnostics.errorCount == before {
      let value = isLiterals ? figure(tree.literals[Int(node.payload) + i], measure) : figure(items[i], measure)
      guard let value, value != .none else { continue }
      let site = isLiterals ? tree.literals[Int(node.payload) + i].site : tree[items[i]].site
      put(value, word, years.lowerBound + i, &made, at: site)
    }
  }

  /// Puts a value in its year; a year is given once, and only a target may be a range.
  private mutating func put(_ value: Target, _ word: Word, _ year: Int, _ made: inout Indicator, at site: Site) {
    let series: Indicator.Series =
      switch word {
      case .target: .target
      case .projection: .projection
      case .withoutProgrammes: .without
      default: .actual
      }
    let isTaken = made.state(series, year, value)
    if isTaken {
      complain(
        .givenTwice(what: Bilingual("tahun \(builder.plan.firstYear + year)", "year \(builder.plan.firstYear + year)")),
        at: site)
    }
    if word != .target, value.isRange {
      complain(
        .notFigure(
          wanted: Bilingual("satu nilai; hanya target boleh rentang", "one value; only a target may be a range")),
        at: site)
    }
  }

  /// One value: a figure, a range or a grade.
  private mutating func figure(_ id: NodeID, _ measure: Measure) -> Target? {
    let node = tree[id]
    switch node.kind {
    case .literal: return figure(tree.literals[Int(node.payload)], measure)
    case .literals where node.wordRaw == 1: return figure(tree.literals[Int(node.payload)], measure)
    case .range:
      let ends = Array(tree.children(of: id))
      guard ends.count == 2, let low = figure(ends[0], measure), let high = figure(ends[1], measure) else { return nil }
      if let order = Number.order(low.low, high.low), order > 0 {
        complain(.badTargetOrder, at: node.site)
        return nil
      }
      return Target(low.low, high.low)
    case .unary:
      guard node.word == .cut, let child = tree.firstChild(of: id), let value = figure(child, measure) else { return nil }
      return Target(-value.low)
    case .name, .word, .text: return grade(id, measure)
    case .hole: return nil
    default:
      complain(
        .notFigure(wanted: Bilingual("angka, rentang atau predikat", "a figure, a range or a grade")), at: node.site)
      return nil
    }
  }

  private mutating func figure(_ literal: Literal, _ measure: Measure) -> Target? {
    if literal.kind == .missing { return Target.none }
    if measure.scale != nil {
      complain(.notFigure(wanted: Bilingual("predikat pada skalanya", "a grade on its scale")), at: literal.site)
      return nil
    }
    let isPercent = measure.unit.raw == 1
    switch literal.kind {
    case .number:
      return Target(Number(mantissa: literal.mantissa, scale: min(Int(literal.scale) + (isPercent ? 2 : 0), 18)))
    case .percent where isPercent:
      return Target(Number(mantissa: literal.mantissa, scale: min(Int(literal.scale) + 2, 18)))
    default:
      complain(
        .notFigure(wanted: isPercent ? Bilingual("persen", "a percentage") : Bilingual("bilangan", "a number")),
        at: literal.site)
      return nil
    }
  }

  private mutating func grade(_ id: NodeID, _ measure: Measure) -> Target? {
    let node = tree[id]
    guard let scale = measure.scale else {
      let words = Bilingual("angka; untuk predikat nyatakan `skala`", "a figure; for grades declare a `scale`")
      complain(.notFigure(wanted: words), at: node.site)
      return nil
    }
    let text = Lowering.unquoted(sources.text(node.site))
    let symbol = names.intern(text)
    if let at = builder.plan.scales[scale.index].names.firstIndex(of: symbol) { return Target(Number(Int64(at))) }
    let name = names.text(builder.plan.scales[scale.index].name)
    diagnostics.add(MeaningProblem.unknownGrade(grade: text, scale: name), at: node.site)
    return nil
  }

  /// The digits that count are the most any target is written with, where they are not stated.
  func complete(_ made: inout Indicator) {
    if made.statesDigits { return }
    let shift: Int64 = made.unit.raw == 1 ? 100 : 1
    for value in made.declared where value.b > 0 {
      var digits = 0
      while digits < 9, (Int128(value.a) * Int128(shift) * Int128(Number.powers[digits])) % Int128(value.b) != 0 {
        digits += 1
      }
      made.digits = max(made.digits, digits)
    }
  }
}
