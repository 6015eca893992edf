/// What the second screen shows: money by department, rules, indicators, and the way of the money to the vision.
extension Session {
  /// The current scenario beside the plan, as one JSON object; every figure is already in words, and lengths of bars are
  /// shares of the longest. Rules are left out where they cannot be judged.
  public mutating func screenState() -> JSONText {
    startClock()
    let row = scenarios.current
    let state = scenarios.branches[row].state
    let verdicts = (try? verdicts(of: row)) ?? []
    let speech = speech
    let board = Board(speech: speech, before: scenarios.branches[0].state, after: state, year: max(workingYear, 0))
    let isBase = row == 0
    var json = JSONText()
    json.object { page in
      page.string("lang", orNull: options.language.code)
      page.string("title", orNull: speech.words(checked.plan.region))
      page.string("scenario", orNull: spoken(scenario: row))
      page.string("about", orNull: scenarios.branches[row].title == .none ? "" : speech.words(scenarios.branches[row].title))
      page.string("document", orNull: speech.document(checked.plan.workingDocument) + " " + String(checked.plan.firstYear + board.year))
      page.string("summary", orNull: summary(verdicts, board))
      page.object("words") { words in for (key, text) in screenWords { words.string(key, orNull: text[options.language]) } }
      page.array("money") { list in for bar in board.bars { bar.write(&list, showsBefore: !isBase) } }
      page.array("rules") { list in for verdict in verdicts where verdict.status != .absent { write(verdict, state, &list) } }
      page.array("indicators") { list in board.indicators(&list) }
      page.object("flow") { flow in board.flow(&flow) }
    }
    return json
  }

  private func summary(_ verdicts: [Verdict], _ board: Board) -> String {
    let broken = verdicts.filter(\.fails).count
    let rules = broken == 0 ? say("semua aturan wajib dipenuhi", "all mandatory rules hold") : say("\(broken) aturan wajib dilanggar", "\(English.count(broken, "mandatory rule")) broken")
    return "\(spoken(scenario: scenarios.current)): " + board.total + ", " + rules
  }

  private func write(_ verdict: Verdict, _ state: ScenarioState, _ list: inout JSONText) {
    let writer = CheckWriter(speech: speech, state: state)
    let (name, title) = writer.name(verdict)
    let basis = verdict.rule.flatMap { checked.plan.rules[$0.index].basis.first }.map { speech.words($0) } ?? ""
    list.object { entry in
      entry.string("name", orNull: name)
      entry.string("title", orNull: verdict.instances.first.map { writer.place(title, $0, verdict) } ?? title)
      entry.string("status", orNull: verdict.status == .holds ? "holds" : verdict.status == .waived ? "waived" : verdict.isMandatory ? "broken" : "advice")
      entry.string("figures", orNull: verdict.instances.first.map { writer.figures($0) } ?? "")
      entry.string("slack", orNull: verdict.instances.first.map { writer.slack($0).text } ?? "")
      entry.string("basis", orNull: basis)
    }
  }

  private var screenWords: [(String, Bilingual)] {
    [
      ("money", Bilingual("Uang menurut perangkat daerah", "Money by department")), ("rules", Bilingual("Aturan", "Rules")),
      ("indicators", Bilingual("Indikator terhadap target", "Indicators against targets")), ("flow", Bilingual("Dari rupiah ke visi", "From rupiah to the vision")),
      ("before", Bilingual("semula", "before")), ("after", Bilingual("menjadi", "after")), ("holds", Bilingual("dipenuhi", "met")),
      ("broken", Bilingual("dilanggar", "broken")), ("advice", Bilingual("anjuran dilanggar", "advice broken")), ("waived", Bilingual("dikecualikan", "waived")),
      ("target", Bilingual("target", "target")), ("lost", Bilingual("terputus; menyambung lagi…", "cut off; connecting again…")),
      ("live", Bilingual("tersambung", "connected")), ("keys", Bilingual("1-4 satu panel · 0 semua · T terang/gelap", "1-4 one panel · 0 all · T light/dark")),
      ("none", Bilingual("belum ada", "none yet")), ("scenario", Bilingual("skenario", "scenario")),
      ("adrift", Bilingual("tanpa sasaran", "no objective")), ("reaches", Bilingual("sampai ke sasaran", "reaches an objective")),
    ]
  }
}

/// The figures of the screen, before and after.
private struct Board {
  struct Bar {
    var name: String
    var title: String
    var before: Int64
    var after: Int64
    var longest: Int64
    var language: Language

    func write(_ list: inout JSONText, showsBefore: Bool) {
      list.object { entry in
        entry.string("name", orNull: name)
        entry.string("title", orNull: title)
        entry.string("before", orNull: Figure.shortMoney(sen: before, language))
        entry.string("after", orNull: Figure.shortMoney(sen: after, language))
        entry.string("change", orNull: before == after ? "" : (after > before ? "+" : "") + Figure.shortMoney(sen: after &- before, language))
        entry.real("b", longest > 0 && showsBefore ? Double(before) / Double(longest) : 0)
        entry.real("a", longest > 0 ? Double(after) / Double(longest) : 0)
      }
    }
  }

  let speech: Speech
  let before: ScenarioState
  let after: ScenarioState
  let year: Int
  private(set) var bars: [Bar] = []

  init(speech: Speech, before: ScenarioState, after: ScenarioState, year: Int) {
    self.speech = speech
    self.before = before
    self.after = after
    self.year = year
    let entities = speech.plan.entities
    for entity in entities.byRank where entities.kind[entity.index] == .department {
      bars.append(
        Bar(
          name: speech.handle(entity), title: speech.title(entity), before: sum(entity, before), after: sum(entity, after), longest: 0,
          language: speech.language))
    }
    let longest = bars.reduce(Int64(0)) { max($0, $1.before, $1.after) }
    for i in bars.indices { bars[i].longest = longest }
    // Who changed stands first, then the largest.
    bars.sort { a, b in
      let (x, y) = (abs(a.after &- a.before), abs(b.after &- b.before))
      return x != y ? x > y : a.after > b.after
    }
    bars = Array(bars.prefix(16))
  }

  private func sum(_ entity: EntityID, _ state: ScenarioState) -> Int64 {
    guard speech.plan.yearCount > 0 else { return 0 }
    var slice = SliceTemplate(document: speech.plan.workingDocument)
    slice.anchors = .entities([entity])
    let sum = Reading(plan: state.plan, overlay: state.overlay).sum(slice, local: nil, year: year)
    return sum.isAbsent ? 0 : sum.roundedHalfEven ?? 0
  }

  var total: String {
    guard speech.plan.yearCount > 0 else { return "Rp0" }
    let slice = SliceTemplate(document: speech.plan.workingDocument)
    let sum = Reading(plan: after.plan, overlay: after.overlay).sum(slice, local: nil, year: year)
    return Figure.shortMoney(sen: sum.isAbsent ? 0 : sum.roundedHalfEven ?? 0, speech.language)
  }

  // MARK: Indicators

  /// Each indicator in the first year with a projection and a target, from the screen's year on.
  func indicators(_ list: inout JSONText) {
    let plan = speech.plan
    var reader = Reading(plan: after.plan, overlay: after.overlay)
    var old = Reading(plan: before.plan, overlay: before.overlay)
    for (row, indicator) in plan.indicators.enumerated().prefix(14) {
      let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
      let known = (year..<plan.yearCount).first { !reader.figure(.projection, row, $0).isAbsent && !reader.figure(.targetLow, row, $0).isAbsent }
      guard let known else { continue }
      let (value, low, high) = (reader.figure(.projection, row, known), reader.figure(.targetLow, row, known), reader.figure(.targetHigh, row, known))
      let isMet: Bool
      switch indicator.direction {
      case .up: isMet = Number.order(value, low).map { $0 >= 0 } ?? false
      case .down: isMet = Number.order(value, high).map { $0 <= 0 } ?? false
      case .within: isMet = (Number.order(value, low).map { $0 >= 0 } ?? false) && (Number.order(value, high).map { $0 <= 0 } ?? false)
      }
      let earlier = old.figure(.projection, row, known)
      let target = low == high ? speech.figure(low, type) : speech.range(speech.figure(low, type), speech.figure(high, type))
      list.object { entry in
        entry.string("name", orNull: speech.handle(indicator.entity))
        entry.string("title", orNull: speech.title(indicator.entity))
        entry.integer("year", plan.firstYear + known)
        entry.string("value", orNull: speech.figure(value, type))
        entry.string("before", orNull: earlier == value ? "" : speech.figure(earlier, type))
        entry.string("target", orNull: target)
        entry.truth("met", isMet)
      }
    }
  }

  // MARK: The way of the money

  private struct Stream {
    var department: EntityID
    var objective: EntityID
    var sen: Int64
  }

  /// Departments, objectives, missions and the vision; money that supports nothing ends beside them.
  func flow(_ json: inout JSONText) {
    let plan = speech.plan
    var streams: [Stream] = []
    var whole: Int64 = 0
    for entity in plan.entities.byRank where plan.entities.kind[entity.index] == .program {
      let sen = sum(entity, after)
      guard sen > 0, let department = plan.entities.ancestor(.department, of: entity) else { continue }
      whole &+= sen
      let goals = plan.supports.filter { plan.entities.contains($0.from, entity) || plan.entities.contains(entity, $0.from) }.map(\.to)
      if goals.isEmpty { add(Stream(department: department, objective: Entities.none, sen: sen), to: &streams) }
      for (i, goal) in goals.enumerated() {
        let share = sen / Int64(goals.count) + (i == 0 ? sen % Int64(goals.count) : 0)
        add(Stream(department: department, objective: goal, sen: share), to: &streams)
      }
    }
    let reached = streams.reduce(Int64(0)) { $0 &+ ($1.objective == Entities.none ? 0 : $1.sen) }
    json.string("reached", orNull: whole > 0 ? Figure.percent(Number(a: reached, b: whole), digits: 1) : "0%")
    json.integer("whole", Int(whole / 100))
    json.array("streams") { list in
      for stream in streams.sorted(by: { $0.sen > $1.sen }).prefix(40) {
        let mission = stream.objective == Entities.none ? nil : plan.entities.ancestor(.mission, of: stream.objective)
        list.object { entry in
          entry.string("from", orNull: speech.handle(stream.department))
          entry.string("to", orNull: stream.objective == Entities.none ? nil : speech.title(stream.objective))
          entry.string("mission", orNull: mission.map { speech.title($0) })
          entry.real("share", whole > 0 ? Double(stream.sen) / Double(whole) : 0)
          entry.string("amount", orNull: Figure.shortMoney(sen: stream.sen, speech.language))
        }
      }
    }
    let vision = plan.entities.byRank.first { plan.entities.kind[$0.index] == .vision }
    json.string("vision", orNull: vision.map { speech.title($0) })
  }

  private func add(_ stream: Stream, to streams: inout [Stream]) {
    if let at = streams.firstIndex(where: { $0.department == stream.department && $0.objective == stream.objective }) {
      streams[at].sen &+= stream.sen
    } else {
      streams.append(stream)
    }
  }
}
