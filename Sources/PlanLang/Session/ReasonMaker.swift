/// Makes the trees of `kenapa`: expressions to their parts, parts to what they read, money to its cells.
struct ReasonMaker {
  let speech: Speech
  /// The scenario asked in, and where it came from.
  let branch: Branch
  let context: EditContext
  private var evaluator: Evaluator

  /// A maker of reasons in one scenario.
  init(speech: Speech, branch: Branch, _ context: EditContext) {
    self.speech = speech
    self.branch = branch
    self.context = context
    evaluator = Self.evaluator(branch.state, context)
  }

  static func evaluator(_ state: ScenarioState, _ context: EditContext) -> Evaluator {
    Evaluator(
      plan: state.plan, overlay: state.overlay, others: context.others, limits: context.limits,
      isInterrupted: context.isInterrupted, describe: context.describe)
  }

  var plan: Plan { branch.state.plan }
  func say(_ id: String, _ en: String) -> String { speech.say(id, en) }

  /// The file and line of a site.
  func place(_ site: Site) -> String {
    guard site != .none, let at = speech.sources.place(of: site.start) else { return "" }
    return "\(at.file):\(at.line)"
  }

  // MARK: Expressions

  /// A part of an expression with its value and parts; `year` is an index of the period or -1, `locals` the members
  /// it is asked for.
  mutating func reason(_ node: WhyNode, year: Int, locals: [EntityID], id: String) throws(Halt) -> CauseNode {
    let formula = plan.formulas[node.formula.index]
    let text = speech.sources.text(node.site)
    var made = CauseNode(id: id, label: text, meaning: .code)
    if formula.isSeries, year < 0 {
      // A series is explained year by year.
      for index in formula.years ?? Array(0..<plan.yearCount) {
        var one = try reason(node, year: index, locals: locals, id: id + "@\(plan.firstYear + index)")
        if one.value?.meaning == .dim, one.causes.isEmpty { continue }
        one.label = String(plan.firstYear + index)
        one.meaning = .plain
        made.causes.append(one)
      }
      return made
    }
    let (value, causes) = try evaluator.explained(node.formula, year: year, locals: locals)
    made.value = ValueWriter(speech: speech, digits: formula.digits).words(evaluatorValue(value, formula.type))
    if node.parts.isEmpty {
      made.causes = origins(causes, id: id)
      // One thing read is the value itself: its parts stand directly below.
      if made.causes.count == 1, causes.count == 1 {
        let only = made.causes[0]
        made.place = only.place
        made.notes = only.notes
        made.causes = only.causes
      }
    } else {
      var parts = Array(node.parts.enumerated())
      if node.isChoice, parts.count == 3 {
        // Of a choice only what was chosen is a cause.
        let (holds, _) = try evaluator.explained(parts[0].element.formula, year: year, locals: locals)
        if !holds.isAbsent { parts.remove(at: holds.a != 0 ? 2 : 1) }
      }
      for (at, part) in parts {
        made.causes.append(try reason(part, year: year, locals: locals, id: id + ".\(at + 1)"))
      }
      if made.causes.count == 1, made.causes[0].value == made.value, node.parts[0].site != node.site {
        // A definition stands for its body.
        made.place = place(node.parts[0].site)
      }
    }
    return made
  }

  private func evaluatorValue(_ number: Number, _ type: ValueType) -> Value {
    switch type {
    case .text: .text("…")
    case .series(let inner), .range(let inner): .figure(number, inner)
    case .list: .text("…")
    default: .figure(number, type)
    }
  }

  // MARK: What was read

  /// What a run read, each thing once, the weightiest first.
  private func origins(_ causes: [Cause], id: String) -> [CauseNode] {
    var made: [(reason: CauseNode, weight: Double)] = []
    var seen: Set<String> = []
    for cause in causes {
      let (reason, weight) = origin(cause, id: id)
      if seen.insert(reason.id).inserted { made.append((reason, weight)) }
    }
    return made.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.map(\.element.reason)
  }

  private func origin(_ cause: Cause, id: String) -> (CauseNode, Double) {
    switch cause {
    case .money(let slice, let local, let year, let scenario, let value):
      let made = money(slice, local: local, year: year, scenario: scenario, value, id: id)
      return (made, value.isAbsent ? 0 : abs(value.real))
    case .figure(let row, let figure, let year, let scenario, let value):
      return (self.figure(row, figure, year, scenario, value, id: id), 1)
    case .parameter(let row, let year, let value): return (parameter(row, year, value, id: id), 2)
    }
  }

  private func parameter(_ row: Int, _ year: Int, _ value: Number, id: String) -> CauseNode {
    let parameter = plan.parameters[row]
    let name = speech.name(parameter.name)
    let type = plan.formulas[parameter.formula.index].type
    var made = CauseNode(id: "parameter:\(name)", label: name, meaning: .name)
    made.value = Run(speech.figure(value, type), .number)
    made.place = place(parameter.site)
    if parameter.title != .none { made.notes.append(speech.words(parameter.title)) }
    for pack in plan.packs {
      for change in pack.overrides where change.name == parameter.name {
        made.notes.append(say("mengganti ", "replaces ") + speech.sources.text(change.before) + say(" dari paket ", " of pack ") + pack.name)
      }
    }
    if let distribution = parameter.distribution {
      made.notes.append(say("anggapan dengan sebaran ", "an assumption with a distribution ") + Self.family(distribution.family)[speech.language])
    }
    if branch.state.overlay.figure(.parameter(ParameterID(row))) != nil { made.notes.append(say("diubah skenario ini", "changed by this scenario")) }
    return made
  }

  private func figure(_ row: Int, _ figure: IndicatorFigure, _ year: Int, _ scenario: Symbol?, _ value: Number, id: String) -> CauseNode {
    guard plan.indicators.indices.contains(row) else { return CauseNode(id: id, label: "") }
    let indicator = plan.indicators[row]
    let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
    let handle = speech.handle(indicator.entity)
    let names: [IndicatorFigure: Bilingual] = [
      .projection: Bilingual("proyeksi", "projection"), .targetLow: Bilingual("target", "target"),
      .targetHigh: Bilingual("batas atas target", "target's upper end"), .baseline: Bilingual("kondisi awal", "baseline"),
      .actual: Bilingual("realisasi", "actual"), .achievement: Bilingual("capaian", "achievement"),
      .without: Bilingual("tanpa program", "without programmes"), .isReached: Bilingual("tercapai", "achieved"),
    ]
    let what = names[figure]?[speech.language] ?? "\(figure)"
    let calendar = year >= 0 && year < plan.yearCount ? " \(plan.firstYear + year)" : ""
    let from = scenario.map { " (\(speech.name($0)))" } ?? ""
    var made = CauseNode(id: "\(handle).\(figure)\(calendar)\(from)", label: "\(speech.title(indicator.entity)), \(what)\(calendar)\(from)")
    made.value = Run(speech.figure(value, figure == .achievement ? .number(UnitID(raw: 1)) : type, digits: indicator.digits), .number)
    made.place = place(plan.entities.site[indicator.entity.index])
    guard figure == .projection || figure == .isReached || figure == .achievement else { return made }
    let overlay = scenario.flatMap { context.others[$0] } ?? branch.state.overlay
    var reader = Reading(plan: plan, overlay: overlay)
    let target = reader.figure(.targetLow, row, year)
    let upper = reader.figure(.targetHigh, row, year)
    func words(_ number: Number) -> String { speech.figure(number, type, digits: indicator.scale == nil ? indicator.digits : -1) }
    if !target.isAbsent { made.notes.append(say("target ", "target ") + (target == upper ? words(target) : speech.range(words(target), words(upper)))) }
    for at in plan.responses.indices where plan.responses[at].indicator == indicator.entity { made.causes.append(driver(at, year, overlay)) }
    made.causes += inflows(row, year, overlay)
    if !made.causes.isEmpty {
      let own = Reading.figure(.projection, row, year, of: plan, Overlay())
      if let note = planned(own, beside: reader.figure(.projection, row, year), indicator) { made.notes.append(note) }
      let without = reader.figure(.without, row, year)
      if !without.isAbsent { made.notes.append(say("tanpa program ", "without programmes ") + words(without)) }
    }
    if made.causes.isEmpty { made.notes.append(say("tidak ada program yang mendorongnya", "no programme drives it")) }
    return made
  }
}
