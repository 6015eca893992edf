/// Where the money leads (`telusuri`): up from a part of the plan, down from a goal, and over the whole plan.
extension Session {
  func trace(_ meant: [EntityID], at site: Site) -> Answer {
    let state = scenarios.branches[scenarios.current].state
    let alignment = PlanAlignment(state, year: max(workingYear, 0))
    var answer = Answer()
    for entity in meant {
      let isGoal = !checked.plan.entities.kind[entity.index].spends
      isGoal ? down(entity, alignment, &answer.document) : up(entity, alignment, &answer.document)
    }
    if meant.isEmpty { all(alignment, &answer.document) }
    answer.document.blank()
    answer.inJSON { [self] in [traceJSON(meant, alignment, site)] }
    return answer
  }

  private func heading(_ alignment: PlanAlignment) -> String {
    speech.document(checked.plan.workingDocument) + " " + String(checked.plan.firstYear + alignment.year)
  }

  private func share(_ part: Int64, of whole: Int64) -> String { whole == 0 ? "0%" : Figure.percent(Number(a: part, b: whole), digits: 1) }

  private func short(_ sen: Int64) -> String { Figure.shortMoney(sen: sen, options.language) }

  // MARK: Up

  /// From a spending part: its programmes, the goals they support, and all that stands above those.
  private func up(_ entity: EntityID, _ alignment: PlanAlignment, _ page: inout Document) {
    let plan = checked.plan
    let below = alignment.strands.filter { plan.entities.contains(entity, $0.program) || plan.entities.contains($0.program, entity) }
    let own = plan.entities.kind[entity.index] == .department || plan.entities.kind[entity.index] == .program
    var slice = SliceTemplate(document: plan.workingDocument)
    slice.anchors = .entities([entity])
    let state = scenarios.branches[scenarios.current].state
    let whole = Reading(plan: state.plan, overlay: state.overlay).sum(slice, local: nil, year: alignment.year).roundedHalfEven ?? 0
    page.line(Run(speech.path(entity), .name), Run("  " + heading(alignment) + "  "), Run(sen: whole))
    if below.isEmpty { page.line("  " + say("tidak ada uang di sini pada tahun itu", "no money here in that year"), .dim) }
    let sum = below.reduce(Int64(0)) { $0 &+ $1.sen }
    var goals: [(goal: EntityID, sen: Int64)] = []
    for strand in below {
      if let at = goals.firstIndex(where: { $0.goal == strand.goal }) { goals[at].sen &+= strand.sen } else { goals.append((strand.goal, strand.sen)) }
    }
    for (goal, sen) in goals.sorted(by: { $0.sen > $1.sen }) {
      let part = own ? sen : sum == 0 ? 0 : Int64((Double(whole) * Double(sen) / Double(sum)).rounded())
      guard goal != Entities.none else {
        page.line(Run("  " + share(sen, of: sum) + "  ", .number), Run(short(part) + "  "), Run(say("tidak menunjang sasaran mana pun: rantainya putus di sini", "supports no objective: the chain ends here"), .bad))
        continue
      }
      page.line(Run("  " + share(sen, of: sum) + "  ", .number), Run(short(part) + "  "), Run(chain(goal), .good))
      for row in alignment.indicators(of: goal).prefix(4) { indicator(row, &page) }
      if alignment.indicators(of: goal).isEmpty { page.line("      " + say("tanpa indikator hasil", "without an outcome indicator"), .warning) }
    }
    for response in plan.responses where plan.entities.contains(entity, response.entity) {
      page.line(Run("  " + say("mendorong ", "drives "), .dim), Run(speech.title(response.indicator), .name))
    }
  }

  /// A goal and all above it, up to the vision.
  private func chain(_ goal: EntityID) -> String {
    let plan = checked.plan
    var names: [String] = []
    var at = goal
    while at != Entities.none {
      names.append(Lowering.words(plan.entities.kind[at.index])[options.language] + " " + speech.title(at))
      at = plan.entities.parent[at.index]
    }
    if let vision = plan.entities.byRank.first(where: { plan.entities.kind[$0.index] == .vision }), !plan.entities.contains(vision, goal) {
      names.append(Lowering.words(.vision)[options.language] + " " + speech.title(vision))
    }
    return names.joined(separator: " -> ")
  }

  private func indicator(_ row: Int, _ page: inout Document) {
    let plan = checked.plan
    let indicator = plan.indicators[row]
    let reader = Reading(plan: plan, overlay: scenarios.branches[scenarios.current].state.overlay)
    let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
    let targets = (0..<plan.yearCount).map { reader.figure(.targetLow, row, $0) }
    let known = targets.filter { !$0.isAbsent }
    let last = known.last.map { speech.figure($0, type, digits: -1) } ?? say("tanpa target", "no target")
    let baseline = indicator.baseline.isAbsent ? say("tanpa awal", "no baseline") : speech.figure(indicator.baseline, type)
    page.line(Run("      " + speech.title(indicator.entity), .dim), Run("  \(baseline) -> \(last)", .number))
  }

  // MARK: Down

  /// From a goal: the money below it by programme, and its indicators.
  private func down(_ goal: EntityID, _ alignment: PlanAlignment, _ page: inout Document) {
    let plan = checked.plan
    let strands = alignment.strands.filter { $0.goal != Entities.none && (plan.entities.contains(goal, $0.goal) || plan.entities.contains($0.goal, goal)) }
    let sum = strands.reduce(Int64(0)) { $0 &+ $1.sen }
    page.line(
      Run(Lowering.words(plan.entities.kind[goal.index])[options.language] + " ", .dim), Run(speech.title(goal), .name),
      Run("  " + heading(alignment) + "  "), Run(sen: sum), Run("  " + share(sum, of: alignment.total), .number))
    for row in alignment.indicators(of: goal).prefix(8) { indicator(row, &page) }
    if strands.isEmpty { page.line("  " + say("tidak ada uang yang menunjangnya", "no money supports it"), .bad) }
    for strand in strands.sorted(by: { $0.sen > $1.sen }).prefix(20) {
      page.line(Run("  " + share(strand.sen, of: sum) + "  ", .number), Run(short(strand.sen) + "  "), Run(speech.path(strand.program)))
    }
    for response in plan.responses where plan.entities.contains(goal, response.indicator) {
      page.line(Run("  " + say("didorong ", "driven by "), .dim), Run(speech.path(response.entity), .name))
    }
  }

  // MARK: All

  private func all(_ alignment: PlanAlignment, _ page: inout Document) {
    page.line(Run(say("telusuri semua: ", "trace all: "), .heading), Run(heading(alignment) + "  "), Run(sen: alignment.total))
    let (directed, measured) = (alignment.directed, alignment.measured)
    page.line(
      Run(say("terarah   ", "directed  "), .heading), Run(share(directed, of: alignment.total), .number),
      Run("  " + short(directed) + say(" sampai ke sasaran yang berindikator", " reaches an objective with an indicator")))
    page.line(
      Run(say("terukur   ", "measured  "), .heading), Run(share(measured, of: alignment.total), .number),
      Run("  " + short(measured) + say(" dengan awal dan target tiap tahun", " with a baseline and a target every year")))
    page.line(
      Run(say("fokus     ", "focus     "), .heading), Run(Figure.decimal(Number(real: alignment.effectiveObjectives), digits: 1), .number),
      Run(say("  sasaran seukuran yang dapat diisi uang terarah itu", "  objectives of one size that the directed money would fill")))
    listed(say("uang tanpa sasaran", "money without an objective"), alignment.adrift.map { "\(short($0.sen))  \(speech.path($0.program))" }, &page)
    listed(say("sasaran yang tidak didanai", "objectives nobody funds"), alignment.unfunded.map { speech.title($0) }, &page)
    listed(say("indikator yang tidak didorong siapa pun", "indicators nobody drives"), alignment.undriven.map { speech.title($0) }, &page)
    let shared = alignment.shared.map { "\(speech.title($0.goal)): " + $0.departments.map { speech.handle($0) }.joined(separator: ", ") }
    listed(say("ditunjang tiga perangkat daerah atau lebih", "supported by three departments or more"), shared, &page)
  }

  private func listed(_ title: String, _ lines: [String], _ page: inout Document) {
    if lines.isEmpty { return }
    page.line(Run(title, .warning), Run(" (\(lines.count))", .dim))
    for line in lines.prefix(10) { page.line("  " + line) }
    if lines.count > 10 { page.line("  … " + say("\(lines.count - 10) lagi", "\(lines.count - 10) more"), .dim) }
  }

  // MARK: JSON

  private func traceJSON(_ meant: [EntityID], _ alignment: PlanAlignment, _ site: Site) -> JSONText {
    let plan = checked.plan
    var json = AnswerJSON.begin("trace", Self.place(site, sources))
    json.integer("year", plan.firstYear + alignment.year)
    json.string("total", orNull: Figure.plainMoney(sen: alignment.total))
    json.string("directed", orNull: Figure.plainMoney(sen: alignment.directed))
    json.string("measured", orNull: Figure.plainMoney(sen: alignment.measured))
    json.real("focus", alignment.effectiveObjectives)
    json.array("strands") { list in
      for strand in alignment.strands {
        let goal = strand.goal
        let isMeant = meant.isEmpty || meant.contains { one in
          plan.entities.contains(one, strand.program) || plan.entities.contains(strand.program, one) || goal != Entities.none && plan.entities.contains(one, goal)
        }
        guard isMeant else { continue }
        list.object { entry in
          entry.string("program", orNull: speech.handle(strand.program))
          entry.string("goal", orNull: goal == Entities.none ? nil : speech.handle(goal))
          entry.string("amount", orNull: Figure.plainMoney(sen: strand.sen))
        }
      }
    }
    return AnswerJSON.end(json)
  }
}
