/// Where the money leads (`telusuri`): up from a part of the plan, down from a goal, and over the whole plan.
extension Session {
  mutating func trace(_ script: TraceScript, at site: Site) throws(Halt) -> Answer {
    let row = try branch(script.scenario, at: site)
    let year = max(workingYear, 0)
    let writer = TraceWriter(
      speech: speech, branch: scenarios.branches[row], alignment: PlanAlignment(scenarios.branches[row].state, year: year),
      base: scenarios.branches[row].parent >= 0 ? PlanAlignment(scenarios.branches[0].state, year: year) : nil)
    var answer = Answer()
    answer.document = writer.document(script.meant)
    answer.inJSON { [sources] in [writer.json(script.meant, Self.place(site, sources))] }
    return answer
  }
}

/// What `telusuri` answers.
struct TraceWriter {
  let speech: Speech
  let branch: Branch
  let alignment: PlanAlignment
  /// The plan's own, for a scenario.
  let base: PlanAlignment?

  var plan: Plan { branch.state.plan }

  func say(_ id: String, _ en: String) -> String { speech.say(id, en) }

  /// The page; nil for the whole plan.
  func document(_ meant: [EntityID]?) -> Document {
    var page = Document()
    guard let meant else {
      all(&page)
      page.blank()
      return page
    }
    if meant.isEmpty { page.line(say("tidak ada inisiatif", "no initiative"), .dim) }
    for entity in meant {
      if let row = plan.initiative(entity) {
        initiative(row, &page)
      } else if plan.entities.kind[entity.index].spends {
        up(entity, &page)
      } else {
        down(entity, &page)
      }
    }
    page.blank()
    return page
  }

  var heading: String {
    speech.document(plan.workingDocument) + " " + String(plan.firstYear + alignment.year) + (base == nil ? "" : ", " + speech.name(branch.name))
  }

  func share(_ part: Int64, of whole: Int64) -> String { whole == 0 ? "0%" : Figure.percent(Number(a: part, b: whole), digits: 1) }

  func short(_ sen: Int64) -> String { Figure.shortMoney(sen: sen, speech.language) }

  // MARK: Up

  /// From a spending part: its programmes, the goals they support, and all that stands above those.
  func up(_ entity: EntityID, _ page: inout Document, isLayered: Bool = true) {
    let below = alignment.strands.filter { plan.entities.contains(entity, $0.program) || plan.entities.contains($0.program, entity) }
    let own = plan.entities.kind[entity.index] == .department || plan.entities.kind[entity.index] == .program
    var slice = SliceTemplate(document: plan.workingDocument)
    slice.anchors = .entities([entity])
    let whole = Reading(plan: plan, overlay: branch.state.overlay).sum(slice, local: nil, year: alignment.year).roundedHalfEven ?? 0
    page.line(Run(speech.path(entity), .name), Run("  " + heading + "  "), Run(sen: whole))
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
    if isLayered { layer(entity, &page) }
  }

  /// A goal and all above it, up to the vision.
  func chain(_ goal: EntityID) -> String {
    var names: [String] = []
    var at = goal
    while at != Entities.none {
      names.append(Lowering.words(plan.entities.kind[at.index])[speech.language] + " " + speech.title(at))
      at = plan.entities.parent[at.index]
    }
    if let vision = plan.entities.byRank.first(where: { plan.entities.kind[$0.index] == .vision }), !plan.entities.contains(vision, goal) {
      names.append(Lowering.words(.vision)[speech.language] + " " + speech.title(vision))
    }
    return names.joined(separator: " -> ")
  }

  func indicator(_ row: Int, _ page: inout Document) {
    let indicator = plan.indicators[row]
    var reader = Reading(plan: plan, overlay: branch.state.overlay)
    let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
    let targets = (0..<plan.yearCount).map { reader.figure(.targetLow, row, $0) }
    let known = targets.filter { !$0.isAbsent }
    let last = known.last.map { speech.figure($0, type, digits: -1) } ?? say("tanpa target", "no target")
    let baseline = indicator.baseline.isAbsent ? say("tanpa awal", "no baseline") : speech.figure(indicator.baseline, type)
    page.line(Run("      " + speech.title(indicator.entity), .dim), Run("  \(baseline) -> \(last)", .number))
  }

  // MARK: Down

  /// From a goal: the money below it by programme, and its indicators.
  func down(_ goal: EntityID, _ page: inout Document) {
    let strands = alignment.strands.filter { $0.goal != Entities.none && (plan.entities.contains(goal, $0.goal) || plan.entities.contains($0.goal, goal)) }
    let sum = strands.reduce(Int64(0)) { $0 &+ $1.sen }
    page.line(
      Run(Lowering.words(plan.entities.kind[goal.index])[speech.language] + " ", .dim), Run(speech.title(goal), .name),
      Run("  " + heading + "  "), Run(sen: sum), Run("  " + share(sum, of: alignment.total), .number))
    for row in alignment.indicators(of: goal).prefix(8) { indicator(row, &page) }
    if strands.isEmpty { page.line("  " + say("tidak ada uang yang menunjangnya", "no money supports it"), .bad) }
    for strand in strands.sorted(by: { $0.sen > $1.sen }).prefix(20) {
      page.line(Run("  " + share(strand.sen, of: sum) + "  ", .number), Run(short(strand.sen) + "  "), Run(speech.path(strand.program)))
    }
    for response in plan.responses where plan.entities.contains(goal, response.indicator) {
      page.line(Run("  " + say("didorong ", "driven by "), .dim), Run(speech.path(response.entity), .name))
    }
    layer(goal, &page)
  }
}
