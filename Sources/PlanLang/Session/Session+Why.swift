/// Why (`kenapa`): the tree of causes of a rule, a figure, an instrument, or of what a scenario made different.
extension Session {
  mutating func why(_ script: WhyScript, at site: Site) throws(Halt) -> Answer {
    let branch = scenarios.branches[scenarios.current]
    var maker = ReasonMaker(speech: speech, branch: branch, context())
    var roots: [CauseNode] = []
    switch script.subject {
    case .rule(let id, let nodes): roots = try whyRule(id, nodes, &maker)
    case .value(let node):
      if case .entity = checked.plan.formulas[node.formula.index].type, let meant = try entity(of: node.formula) {
        return try trace(TraceScript(meant: [meant]), at: site)
      }
      var root = try maker.reason(node, year: -1, locals: [], id: sources.text(node.site))
      let formula = checked.plan.formulas[node.formula.index]
      if !formula.isSeries, let shares = try attribution(branch, formula.type, { evaluator throws(Halt) in
        try evaluator.number(of: node.formula, year: -1)
      }) {
        root.causes.append(shares)
      }
      roots = [root]
    case .scenario(let name): roots = try whyScenario(try self.branch(name, at: site))
    case .instrument: roots = whyInstrument(branch)
    }
    var answer = Answer()
    let say = { [options] (id: String, en: String) in Bilingual(id, en)[options.language] }
    for root in roots { root.draw(script.depth, 0, say, &answer.document) }
    if let height = roots.map(\.height).max(), height > script.depth + 1 {
      let text = sources.text(site).split(separator: " ").prefix { $0 != "sampai" && $0 != "until" }.joined(separator: " ")
      answer.document.line(say("lebih dalam: ", "deeper: ") + text + say(" sampai \(script.depth + 2)", " until \(script.depth + 2)"), .dim)
    }
    answer.document.blank()
    answer.inJSON { [sources, roots] in
      var json = AnswerJSON.begin("why", Self.place(site, sources))
      json.array("causes") { list in for root in roots { root.put(&list) } }
      return [AnswerJSON.end(json)]
    }
    return answer
  }

  /// The part of the plan an expression means: why it is there is where it leads.
  private mutating func entity(of formula: FormulaID) throws(Halt) -> EntityID? {
    var evaluator = Evaluator(plan: checked.plan, overlay: scenarios.branches[scenarios.current].state.overlay)
    return Evaluator.entity(try evaluator.number(of: formula, year: -1))
  }

  // MARK: Rules

  private mutating func whyRule(_ id: RuleID, _ nodes: [WhyNode], _ maker: inout ReasonMaker) throws(Halt) -> [CauseNode] {
    let rule = checked.plan.rules[id.index]
    let verdicts = try verdicts(of: scenarios.current)
    guard let verdict = verdicts.first(where: { $0.rule == id }) else { return [] }
    let writer = CheckWriter(speech: speech, state: scenarios.branches[scenarios.current].state)
    let words: [RuleStatus: Bilingual] = [
      .holds: Bilingual("dipenuhi", "met"), .waived: Bilingual("dikecualikan", "waived"),
      .broken: Bilingual("dilanggar", "broken"), .absent: Bilingual("tidak dapat dinilai", "not judged"),
    ]
    let name = speech.name(rule.name)
    var root = CauseNode(id: "rule:\(name)", label: "\(name) \(rule.title == .none ? "" : speech.words(rule.title))", meaning: .heading)
    let status = words[verdict.status]?[options.language] ?? ""
    root.value = Run(status, verdict.status == .broken ? .bad : verdict.status == .holds ? .good : .warning)
    root.place = maker.place(rule.site)
    for basis in rule.basis { root.notes.append(say("dasar ", "basis ") + speech.words(basis)) }
    if rule.grade > 0 { root.notes.append(say("mutu ", "grade ") + ["A", "B", "C", "D"][min(3, Int(rule.grade) - 1)]) }
    if rule.hint != .none { root.notes.append("→ " + speech.words(rule.hint)) }
    for standing in verdict.waivers { root.notes.append(name + writer.words(standing)) }
    let failing = verdict.instances.filter { $0.status == .broken || $0.status == .waived }
    let shown = failing.isEmpty ? Array(verdict.instances.prefix(1)) : Array(failing.prefix(3))
    for instance in shown {
      let subject = writer.subject(instance, verdict)
      let year = instance.year > 0 ? instance.year - checked.plan.firstYear : -1
      let locals = instance.member == Entities.none ? [] : [instance.member]
      var one = CauseNode(id: root.id + "/" + subject, label: subject.isEmpty ? say("syarat", "condition") : subject)
      one.value = Run(writer.figures(instance), .number)
      let slack = writer.slack(instance)
      if !slack.text.isEmpty { one.notes.append(slack.text) }
      for node in nodes {
        let made = try maker.reason(node, year: year, locals: locals, id: one.id)
        if !expression(node, made).isEmpty { one.notes.append(contentsOf: expression(node, made)) }
        one.causes += made.causes.isEmpty ? [made] : made.causes
      }
      if let condition = rule.conditions.first, case .comparison(_, let left, let relation, let right, _) = condition, rule.conditions.count == 1 {
        let type = checked.plan.formulas[left.index].type
        let shares = try attribution(scenarios.branches[scenarios.current], type, { evaluator throws(Halt) in
          let x = try evaluator.number(of: left, year: year, locals: locals)
          let (low, high) = try evaluator.ends(of: right, year: year, locals: locals)
          return Judge.slack(x, relation, low, high)
        })
        if let shares { one.causes.append(shares) }
      }
      root.causes.append(one)
    }
    if failing.count > 3 { root.notes.append(say("\(failing.count) tempat melanggar", "broken in \(failing.count) places")) }
    return [root]
  }

  /// The expression with the value of each part under it: two lines, or none when it is written over several.
  private func expression(_ node: WhyNode, _ reason: CauseNode) -> [String] {
    let text = sources.text(node.site)
    if text.contains("\n") || node.parts.count != reason.causes.count { return [] }
    var under = ""
    for (part, cause) in zip(node.parts, reason.causes) {
      guard let value = cause.value, part.site.start >= node.site.start, part.site.end <= node.site.end else { continue }
      let column = TextWidth.of(sources.text(Site(start: node.site.start, end: part.site.start)))
      let width = TextWidth.of(under)
      under += String(repeating: " ", count: max(width == 0 ? 0 : 1, column - width))
      if width == 0, column > 0 { under = String(repeating: " ", count: column) }
      under += value.sen.map { Figure.shortMoney(sen: $0, options.language) } ?? value.text
    }
    return under.isEmpty || TextWidth.of(text) > 88 ? [] : [text, under]
  }

  // MARK: Scenarios

  private func whyScenario(_ row: Int) throws(Halt) -> [CauseNode] {
    var copy = self
    let branch = scenarios.branches[row]
    let maker = ReasonMaker(speech: speech, branch: branch, context())
    var root = CauseNode(id: "scenario:\(names.text(branch.name))", label: spoken(scenario: row), meaning: .heading)
    if branch.title != .none { root.notes.append(speech.words(branch.title)) }
    for (at, placed) in branch.steps.enumerated() {
      let text = sources.text(placed.site).split(separator: "\n").first.map(String.init) ?? ""
      var edit = CauseNode(id: root.id + "/\(at + 1)", label: text, meaning: .code)
      edit.place = maker.place(placed.site)
      for movement in branch.state.movements where movement.site.start >= placed.site.start && movement.site.end <= placed.site.end {
        let instrument = Instrument.row(Instrument.shown(movement, checked.plan))
        edit.notes.append(instrument.difference[options.language] + ": " + instrument.instrument[options.language])
      }
      root.causes.append(edit)
    }
    guard branch.parent >= 0 else { return [root] }
    let before = try copy.verdicts(of: branch.parent)
    let after = try copy.verdicts(of: row)
    for verdict in after {
      guard let id = verdict.rule, let old = before.first(where: { $0.rule == id }), old.status != verdict.status else { continue }
      let writer = CheckWriter(speech: speech, state: branch.state)
      let (name, title) = writer.name(verdict)
      var one = CauseNode(id: root.id + "/" + name, label: "\(name) \(title)", meaning: .name)
      one.value = Run(
        verdict.status == .broken ? say("baru dilanggar", "newly broken") : verdict.status == .holds ? say("kini dipenuhi", "now met") : say("berubah", "changed"),
        verdict.status == .broken ? .bad : .good)
      let rule = checked.plan.rules[id.index]
      if let instance = verdict.instances.first, case .comparison(_, let left, let relation, let right, _)? = rule.conditions.first, rule.conditions.count == 1 {
        let year = instance.year > 0 ? instance.year - checked.plan.firstYear : -1
        let locals = instance.member == Entities.none ? [] : [instance.member]
        one.notes.append(writer.figures(instance) + "  " + writer.slack(instance).text)
        let shares = try attribution(branch, checked.plan.formulas[left.index].type, { evaluator throws(Halt) in
          let x = try evaluator.number(of: left, year: year, locals: locals)
          let (low, high) = try evaluator.ends(of: right, year: year, locals: locals)
          return Judge.slack(x, relation, low, high)
        })
        if let shares { one.causes = shares.causes }
      }
      root.causes.append(one)
    }
    return [root]
  }

  /// What each edit of a scenario does to a figure: alone, and as the last of all; nil when no edit moves it.
  private func attribution(
    _ branch: Branch, _ type: ValueType, _ measure: (inout Evaluator) throws(Halt) -> Number
  ) throws(Halt) -> CauseNode? {
    let steps = branch.allSteps
    if steps.isEmpty || steps.count > 60 { return nil }
    let context = context()
    func value(of state: ScenarioState) throws(Halt) -> Number {
      var evaluator = ReasonMaker.evaluator(state, context)
      return try measure(&evaluator)
    }
    let root = ScenarioState(checked.plan)
    let start = try value(of: root)
    let end = try value(of: branch.state)
    if start.isAbsent || end.isAbsent || start == end { return nil }
    var made = CauseNode(id: "edits", label: say("dari suntingan", "from the edits"))
    made.value = Run(moved(end - start, type), .number)
    var isOrdered = false
    for (at, placed) in steps.enumerated() {
      var alone = root
      let aloneMoved = (try? alone.apply(placed.step, context)) == nil ? Number.undefined : try value(of: alone) - start
      var without = root
      var isPossible = true
      for (other, step) in steps.enumerated() where other != at && isPossible {
        isPossible = (try? without.apply(step.step, context)) != nil
      }
      let lastMoved = isPossible ? end - (try value(of: without)) : Number.undefined
      if Number.order(aloneMoved, .zero) == 0, Number.order(lastMoved, .zero) == 0 { continue }
      let text = sources.text(placed.site).split(separator: "\n").first.map(String.init) ?? ""
      var edit = CauseNode(id: "edits/\(at + 1)", label: text, meaning: .code)
      let last = lastMoved.isAbsent ? say("yang lain bergantung padanya", "others hang on it") : moved(lastMoved, type)
      edit.value = Run(aloneMoved.isAbsent ? last : moved(aloneMoved, type), .number)
      if let place = sources.place(of: placed.site.start) { edit.place = "\(place.file):\(place.line)" }
      if aloneMoved.isAbsent || lastMoved.isAbsent || Number.order(aloneMoved, lastMoved) != 0 {
        isOrdered = true
        let alone = aloneMoved.isAbsent ? say("tidak mungkin", "not possible") : moved(aloneMoved, type)
        edit.notes.append(say("sendirian \(alone); sebagai yang terakhir \(last)", "alone \(alone); as the last \(last)"))
      }
      made.causes.append(edit)
    }
    if isOrdered { made.notes.append(say("urutannya berpengaruh", "their order matters")) }
    return made
  }

  private func moved(_ number: Number, _ type: ValueType) -> String {
    let isDown = Number.order(number, .zero) == -1
    let size = isDown ? -number : number
    return (isDown ? "-" : "+") + (type == .money ? size.roundedHalfEven.map { Figure.money(sen: $0) } ?? "" : speech.difference(size, type, digits: -1))
  }

  // MARK: Instruments and losers

  private func whyInstrument(_ branch: Branch) -> [CauseNode] {
    let maker = ReasonMaker(speech: speech, branch: branch, context())
    let strongest = Instrument.strongest(branch.state.movements.map { Instrument.shown($0, checked.plan) })
    let row = Instrument.row(strongest)
    var root = CauseNode(id: "instrument", label: say("instrumen ", "instrument ") + spoken(scenario: scenarios.current), meaning: .heading)
    guard strongest > 0 else {
      root.notes.append(say("tidak ada pergeseran", "no shifts"))
      return [root]
    }
    root.value = Run(row.instrument[options.language] + " (\(row.approval[options.language]))", .keyword)
    root.notes.append(row.article[options.language])
    for movement in branch.state.movements {
      let shown = Instrument.shown(movement, checked.plan)
      if shown == 0 { continue }
      let text = sources.text(movement.site).split(separator: "\n").first.map(String.init) ?? ""
      var edit = CauseNode(id: "instrument/\(maker.place(movement.site))", label: text, meaning: .code)
      edit.place = maker.place(movement.site)
      edit.value = Run(Instrument.row(shown).difference[options.language], shown == strongest ? .bad : .plain)
      for stream in movement.streams {
        func words(_ place: ExtraCell?) -> String {
          guard let place else { return say("kolam", "pool") }
          if place.ledger != .spending { return speech.source(place.source) }
          return speech.path(place.leaf) + (place.account.raw == 0 ? "" : " " + speech.account(place.account))
        }
        var pair = CauseNode(id: edit.id + "/\(edit.causes.count + 1)", label: words(stream.from) + "  ->  " + words(stream.to))
        pair.value = Run(sen: stream.sen)
        if shown <= 12, let from = stream.from, let to = stream.to {
          pair.notes.append(Instrument.row(Instrument.row(from, to, checked.plan)).difference[options.language])
        }
        edit.causes.append(pair)
      }
      root.causes.append(edit)
    }
    return [root]
  }

  /// `siapa rugi`: the leaves that lose by a scenario, most first, with what they still have.
  func losers(_ name: Symbol?, at site: Site) throws(Halt) -> Answer {
    let row = try branch(name, at: site)
    let state = scenarios.branches[row].state
    var lost: [(place: ExtraCell, moved: Int64, before: Int64)] = []
    for (at, cell) in state.overlay.cells.enumerated() {
      let place = state.overlay.place(of: cell, state.plan)
      guard place.ledger == .spending else { continue }
      let (moved, now) = (state.overlay.differences[at], state.overlay.amount(of: cell, state.plan))
      if let known = lost.firstIndex(where: { $0.place.leaf == place.leaf && $0.place.year == place.year && $0.place.document == place.document }) {
        lost[known].moved &+= moved
        lost[known].before &+= now &- moved
      } else {
        lost.append((place, moved, now &- moved))
      }
    }
    let rows = lost.filter { $0.moved < 0 }.sorted { $0.moved < $1.moved }
    var answer = Answer()
    answer.document.line(Run(say("yang berkurang dalam ", "who loses in ") + spoken(scenario: row), .heading))
    if rows.isEmpty { answer.document.line("  " + say("tidak ada", "nobody"), .dim) }
    let columns = [
      Table.Column(say("uraian", "item"), flexible: true), Table.Column(say("tahun", "year"), .right),
      Table.Column(say("berkurang", "decrease"), .right), Table.Column("%", .right), Table.Column(say("menunjang", "supports"), flexible: true),
    ]
    let plan = checked.plan
    if !rows.isEmpty {
      answer.document.table(Table(columns: columns, rows: rows.map { row in
        let goals = plan.supports.filter { plan.entities.contains($0.from, row.place.leaf) }.map { speech.title($0.to) }
        return [
          Run(speech.path(row.place.leaf)), Run(String(plan.firstYear + row.place.year)), Run(sen: row.moved),
          Run(row.before == 0 ? "" : Figure.percent(Number(a: row.moved, b: row.before), digits: 1)), Run(goals.joined(separator: "; ")),
        ]
      }))
    }
    answer.document.blank()
    answer.inJSON { [speech, sources] in
      var json = AnswerJSON.begin("losers", Self.place(site, sources))
      json.array("losers") { list in
        for row in rows {
          list.object { entry in
            entry.string("entity", speech.handle(row.place.leaf))
            entry.integer("year", plan.firstYear + row.place.year)
            entry.string("difference", Figure.plainMoney(sen: row.moved))
          }
        }
      }
      return [AnswerJSON.end(json)]
    }
    return answer
  }
}
