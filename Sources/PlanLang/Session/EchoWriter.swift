/// What was understood of a declaration, in one plain sentence, so that a misreading shows at once.
struct EchoWriter {
  let session: Session
  private var speech: Speech { session.speech }
  private var plan: Plan { session.checked.plan }

  private func say(_ id: String, _ en: String) -> String { session.say(id, en) }

  /// A sentence for each topmost thing that a text declares.
  func sentences(of source: Source, _ tree: Tree) -> [Line] {
    var lines: [Line] = []
    let (low, high) = (source.base, source.base + UInt32(source.bytes.count))
    func isHere(_ site: Site) -> Bool { site != .none && site.start >= low && site.end <= high }
    for row in 0..<plan.entities.count {
      let entity = EntityID(row)
      let parent = plan.entities.parent[row]
      guard isHere(plan.entities.site[row]), parent == Entities.none || !isHere(plan.entities.site[parent.index]) else { continue }
      lines.append(sentence(entity))
      if lines.count > 12 { break }
    }
    for parameter in plan.parameters where isHere(parameter.site) {
      lines.append(value(speech.name(parameter.name), parameter.formula, parameter.distribution))
    }
    for id in tree.children(of: tree.root) where tree[id].kind == .statement {
      guard let line = other(id, tree) else { continue }
      lines.append(line)
    }
    return lines
  }

  // MARK: Parts of the plan

  /// An entity: what it is, how much stands below it, what it supports and drives.
  func sentence(_ entity: EntityID) -> Line {
    let kind = plan.entities.kind[entity.index]
    var runs = [Run(Lowering.words(kind)[session.options.language] + " ", .dim), Run(speech.title(entity), .name)]
    if let row = indicator(entity) { return Line(runs + [Run(": " + told(plan.indicators[row]))]) }
    if let row = plan.initiative(entity) { return Line(runs + [Run(": " + told(initiative: row).joined(separator: "; "))]) }
    let parts = counts(below: entity)
    if !parts.isEmpty { runs.append(Run(": " + parts.joined(separator: ", "))) }
    if kind.spends {
      for text in amounts(of: entity) { runs.append(Run("; " + text)) }
      let supported = plan.supports.filter { plan.entities.contains(entity, $0.from) }.map { speech.handle($0.to) }
      if !supported.isEmpty { runs.append(Run(say("; mendukung ", "; supports ") + unique(supported))) }
      let driven = plan.responses.filter { plan.entities.contains(entity, $0.entity) }.map { speech.handle($0.indicator) }
      if !driven.isEmpty { runs.append(Run(say("; mendorong ", "; drives ") + unique(driven))) }
    }
    return Line(runs)
  }

  private func indicator(_ entity: EntityID) -> Int? {
    guard plan.indicatorRow.indices.contains(entity.index), plan.indicatorRow[entity.index] >= 0 else { return nil }
    return Int(plan.indicatorRow[entity.index])
  }

  /// What is stated of an initiative.
  func told(initiative row: Int) -> [String] {
    let one = plan.initiatives[row]
    var parts = [one.dimension.map { say("dimensi ", "dimension ") + $0.name[session.options.language] } ?? say("tanpa dimensi", "no dimension")]
    if one.isQuickWin { parts.append(Word.quickWin.spoken[session.options.language]) }
    if one.owner != Entities.none { parts.append(say("penanggung jawab ", "owner ") + speech.handle(one.owner)) }
    parts.append(one.parts.isEmpty ? say("tidak melalui belanja mana pun", "goes through no spending") : say("melalui ", "through ") + unique(one.parts.map { speech.path($0) }))
    let moved = plan.indicators(ofInitiative: row)
    if !moved.isEmpty { parts.append(say("mendorong ", "drives ") + unique(moved.map { speech.handle($0) })) }
    return parts + amounts(of: one.entity)
  }

  private func unique(_ names: [String]) -> String {
    var kept: [String] = []
    for name in names where !kept.contains(name) { kept.append(name) }
    return kept.prefix(4).joined(separator: ", ") + (kept.count > 4 ? ", …" : "")
  }

  /// How many parts of each kind stand below.
  private func counts(below entity: EntityID) -> [String] {
    var found: [(kind: EntityKind, count: Int)] = []
    let entities = plan.entities
    for rank in Int(entities.rank[entity.index])...Int(entities.lastRank[entity.index]) {
      let inner = entities.byRank[rank]
      if inner == entity { continue }
      let kind = entities.kind[inner.index]
      if let at = found.firstIndex(where: { $0.kind == kind }) { found[at].count += 1 } else { found.append((kind, 1)) }
    }
    return found.map { Self.counted($0.count, $0.kind)[session.options.language] }
  }

  /// `2 kegiatan`, `2 activities`.
  static func counted(_ count: Int, _ kind: EntityKind) -> Bilingual {
    let words = Lowering.words(kind)
    return Bilingual("\(count) \(words.id)", English.count(count, words.en))
  }

  /// Its money: in each document one year, or the first and the last.
  func amounts(of entity: EntityID) -> [String] {
    var told: [String] = []
    let reading = Reading(plan: plan, overlay: Overlay())
    for document in plan.documents.indices {
      var slice = SliceTemplate(document: DocumentID(document))
      slice.anchors = .entities([entity] + (plan.ground(entity) ?? []))
      var years: [(year: Int, sum: Number)] = []
      for year in 0..<plan.yearCount {
        let sum = reading.sum(slice, local: nil, year: year)
        if !sum.isAbsent, let sen = sum.roundedHalfEven, sen != 0 { years.append((plan.firstYear + year, sum)) }
      }
      guard let first = years.first, let last = years.last else { continue }
      var text = plan.documents[document].title[session.options.language] + " "
      let low = Figure.shortMoney(sen: first.sum.roundedHalfEven ?? 0, session.options.language)
      if years.count == 1 {
        text += "\(first.year) \(low)" + from(sources(of: entity, DocumentID(document)))
      } else {
        text += "\(first.year)..\(last.year) \(low) .. " + Figure.shortMoney(sen: last.sum.roundedHalfEven ?? 0, session.options.language)
      }
      told.append(text)
    }
    return told
  }

  private func from(_ count: Int) -> String {
    count > 1 ? say(" dari \(count) sumber", " from \(count) sources") : ""
  }

  private func sources(of entity: EntityID, _ document: DocumentID) -> Int {
    var found: Set<UInt32> = []
    for year in 0..<plan.yearCount {
      for cell in plan.cube.block(.spending, document, year) where plan.entities.contains(entity, plan.cube.leaf[cell]) {
        if plan.cube.source[cell].raw != 0 { found.insert(plan.cube.source[cell].raw) }
      }
    }
    return found.count
  }

  private func told(_ indicator: Indicator) -> String {
    let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
    var parts: [String] = []
    let unit = plan.units.indices.contains(indicator.unit.index) ? plan.units[indicator.unit.index].name : ""
    if !unit.isEmpty { parts.append(unit) }
    switch indicator.direction {
    case .up: parts.append(say("makin naik makin baik", "higher is better"))
    case .down: parts.append(say("makin turun makin baik", "lower is better"))
    case .within: parts.append(say("dalam rentang", "within a band"))
    }
    if !indicator.baseline.isAbsent { parts.append(say("awal ", "baseline ") + speech.figure(indicator.baseline, type)) }
    var reader = Reading(plan: plan, overlay: Overlay())
    let targets = (0..<plan.yearCount).map { reader.figure(.targetLow, indicatorRow(indicator), $0) }.filter { !$0.isAbsent }
    if let first = targets.first, let last = targets.last {
      parts.append("target " + speech.figure(first, type) + (targets.count > 1 ? " .. " + speech.figure(last, type) : ""))
    }
    if indicator.isITIndex { parts.append(say("indeks TI", "IT index")) }
    if indicator.owner != Entities.none { parts.append(say("penanggung jawab ", "owner ") + speech.handle(indicator.owner)) }
    return parts.joined(separator: ", ")
  }

  private func indicatorRow(_ indicator: Indicator) -> Int { Int(plan.indicatorRow[indicator.entity.index]) }

  // MARK: Names of values, rules

  func value(_ name: String, _ formula: FormulaID, _ distribution: Distribution?) -> Line {
    var runs = [Run(name, .name), Run(" = ")]
    let state = session.scenarios.branches[session.scenarios.current].state
    let context = session.context()
    var evaluator = Evaluator(
      plan: plan, overlay: state.overlay, others: context.others, limits: session.engineLimits, isInterrupted: context.isInterrupted,
      describe: context.describe)
    if let value = try? evaluator.value(of: formula) {
      runs.append(ValueWriter(speech: speech, digits: plan.formulas[formula.index].digits).words(value))
    }
    if distribution != nil { runs.append(Run(say(" di tengah sebarannya", " at the middle of its distribution"), .dim)) }
    return Line(runs)
  }

  private func other(_ id: NodeID, _ tree: Tree) -> Line? {
    guard let name = tree.child(.name, of: id) else { return nil }
    let spelling = session.names.text(Symbol(raw: tree[name].payload))
    switch tree[id].word {
    case .letting:
      guard let (type, value) = evaluated(spelling) else { return nil }
      return Line([Run(spelling, .name), Run(" = "), ValueWriter(speech: speech).words(value), Run("  " + type, .dim)])
    case .formula: return Line([Run("rumus ", .dim), Run(spelling, .name), Run(say(" siap dipakai", " is ready"))])
    case .exercise: return Line([Run(say("latihan ", "exercise "), .dim), Run(spelling, .name)])
    default: return nil
    }
  }

  /// What a name stands for now.
  func evaluated(_ name: String) -> (type: String, value: Value)? {
    var copy = session
    guard let source = copy.sources.add(name: "", bytes: Array(name.utf8)) else { return nil }
    let tree = Parser.parse(source, names: &copy.names).tree
    let more = Checker.commands(of: tree, in: copy.checked, inputs: copy.inputs.map(\.tree), sources: copy.sources, names: &copy.names)
    guard case .show(let shown, _)? = more.commands.first?.command, let formula = shown.first?.formula else { return nil }
    let state = copy.scenarios.branches[copy.scenarios.current].state
    let context = copy.context()
    var evaluator = Evaluator(
      plan: more.plan, overlay: state.overlay, others: context.others, limits: copy.engineLimits, isInterrupted: context.isInterrupted,
      describe: context.describe)
    guard let value = try? evaluator.value(of: formula) else { return nil }
    return (copy.spoken(more.plan.formulas[formula.index].type), value)
  }
}

extension Session {
  /// A type in words.
  func spoken(_ type: ValueType) -> String {
    var builder = PlanBuilder()
    builder.plan = checked.plan
    return Lowering(builder: builder, scope: checked.scope, sources: sources, names: names, trees: []).words(type)[options.language]
  }

  /// What a text declared, in sentences.
  func echo(of source: Source, _ tree: Tree, to answer: inout Answer) {
    for line in EchoWriter(session: self).sentences(of: source, tree) { answer.document.blocks.append(.line(line)) }
  }

  /// Rules that are new, newly broken or newly met after a declaration.
  func rulesMoved(_ before: [Verdict], _ after: [Verdict], known: Set<Symbol>, to answer: inout Answer, all: Bool = false) {
    let writer = CheckWriter(speech: speech, state: scenarios.branches[scenarios.current].state)
    func rule(_ verdict: Verdict) -> Symbol? { verdict.rule.map { checked.plan.rules[$0.index].name } }
    for (at, verdict) in after.enumerated() {
      let old = before.first { $0.rule == nil && verdict.rule == nil || $0.rule == verdict.rule && verdict.rule != nil }
      let isNew = rule(verdict).map { !known.contains($0) } ?? false
      guard at < 200, all || isNew || (old.map { $0.status != verdict.status } ?? false) else { continue }
      let (name, title) = writer.name(verdict)
      let mark: Run
      switch verdict.status {
      case .holds: mark = Run("✓ ", .good)
      case .waived: mark = Run("~ ", .warning)
      case .absent: mark = Run("· ", .dim)
      case .broken: mark = verdict.isMandatory ? Run("✗ ", .bad) : Run("! ", .warning)
      }
      var runs = [mark, Run(name, .name), Run("  " + title)]
      if let worst = verdict.instances.first { runs.append(Run("  " + writer.figures(worst), .number)) }
      answer.document.blocks.append(.line(Line(runs)))
    }
  }

  /// One line about each script opened, and how the rules stand.
  func summary() -> Answer {
    var answer = Answer()
    let entities = checked.plan.entities
    let parts = [EntityKind.department, .program, .activity, .subactivity, .indicator, .project, .initiative].compactMap { kind in
      let count = entities.kind.count { $0 == kind }
      return count > 0 ? EchoWriter.counted(count, kind)[options.language] : nil
    }
    let region = speech.words(checked.plan.region)
    answer.document.line(Run(region.isEmpty ? say("rencana", "plan") : region, .heading), Run("  " + parts.joined(separator: ", ")))
    let names = scenarios.branches.dropFirst().map { speech.name($0.name) }
    if !names.isEmpty {
      answer.document.line(Run(say("skenario  ", "scenarios  "), .heading), Run(names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")))
    }
    var copy = self
    copy.startClock()
    if let verdicts = try? copy.verdicts(of: copy.scenarios.current), !verdicts.isEmpty {
      let broken = verdicts.filter(\.fails)
      let holding = verdicts.count { $0.status == .holds }
      answer.document.line(
        Run(say("aturan  ", "rules  "), .heading),
        Run(say("\(holding) dipenuhi, \(broken.count) wajib dilanggar", "\(holding) hold, \(broken.count) mandatory broken"), broken.isEmpty ? .good : .bad))
    }
    answer.document.blank()
    return answer
  }
}
