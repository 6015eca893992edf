/// `pilih`: the best set of projects under ceilings, with what each that was left out lost by.
extension Session {
  /// How long a choice may take, and what is left out after it.
  private static let seconds = (choice: 60.0, losses: 20.0)
  /// How many of those left out are tried one by one, and among how many at most.
  private static let tried = (most: 20, among: 100)

  func choose(_ script: ChoiceScript, at site: Site) throws(Halt) -> Answer {
    let asked: AskedChoice
    switch try askedChoice(script) {
    case .made(let made): asked = made
    case .refused(let diagnostic): return message(diagnostic)
    }
    guard !asked.projects.isEmpty else { return message(Diagnostic(ChoiceProblem.nothingToChoose, at: site)) }
    guard !Solvers.available().isEmpty else { return message(Diagnostic(SolveProblem.noSolver, at: site)) }
    let host = host
    let seconds = self.options.limits.searching.map(Double.init)
    var options = SolveOptions(seconds: seconds ?? Self.seconds.choice) { host.isInterrupted }
    let doing = say("memilih dari \(asked.projects.count)", "choosing from \(asked.projects.count)")
    host.progress(doing)
    options.isWaiting = waiting(doing, since: .now)
    defer { host.progress("") }
    let choice: Choice
    switch asked.model.best(options) {
    case .chosen(let made): choice = made
    case .stopped where host.isInterrupted: throw Halt(problem: .interrupted, site: site)
    case .stopped: return message(Diagnostic(ChoiceProblem.noAnswerInTime(seconds: Int(options.seconds)), at: site))
    case .unconfirmed(let what): return message(Diagnostic(ChoiceProblem.notConfirmed(what: what), at: site))
    case .impossible:
      options.seconds = seconds ?? Self.seconds.losses
      return contradiction(asked, asked.model.conflicts(options), at: site)
    }
    // What the solver said is added up again before it is told.
    guard asked.model.confirms(choice.chosen) else { return message(Diagnostic(ChoiceProblem.notConfirmed(what: ""), at: site)) }
    options.seconds = min(seconds ?? .infinity, Self.seconds.losses)
    // What they lost by is only sure beside the best.
    let tried = choice.isProved && asked.projects.count <= Self.tried.among ? Self.tried.most : 0
    let losses = asked.model.losses(beside: choice, most: tried, options)
    let writer = ChoiceWriter(speech: speech, asked: asked, choice: choice, losses: losses)
    var answer = Answer()
    answer.document = writer.document()
    answer.inJSON { [sources] in [writer.json(Self.place(site, sources))] }
    return answer
  }

  /// Why there is no set: the first conflict at its places, all of them in sentences.
  private func contradiction(_ asked: AskedChoice, _ conflicts: [ChoiceConflict], at site: Site) -> Answer {
    let labels = conflicts.first?.members.map { asked.pieces[$0.row].label } ?? []
    let diagnostic = Diagnostic(ChoiceProblem.contradiction, labels: labels.isEmpty ? [Label(site)] : labels)
    var answer = message(diagnostic)
    let writer = ChoiceConflictWriter(speech: speech, asked: asked, conflicts: conflicts)
    answer.document.append(writer.document())
    answer.inJSON { [sources, options] in
      [AnswerJSON.diagnostic(diagnostic, sources, options.language), writer.json(Self.place(site, sources))]
    }
    return answer
  }

  /// A question as numbers, or why it cannot be one.
  private enum Asking {
    case made(AskedChoice)
    case refused(Diagnostic)
  }

  private func askedChoice(_ script: ChoiceScript) throws(Halt) -> Asking {
    let context = context()
    let overlay = scenarios.branches[scenarios.current].state.overlay
    var evaluator = Evaluator(
      plan: checked.plan, overlay: overlay, others: context.others, limits: engineLimits, isInterrupted: context.isInterrupted, describe: context.describe)
    var asked = AskedChoice()
    var rows: [EntityID: Int] = [:]
    for (row, project) in checked.plan.projects.enumerated() { rows[project.entity] = row }
    var worths: [Number] = []
    for entity in script.members.entities {
      if let condition = script.members.condition {
        let holds = try evaluator.number(of: condition, year: -1, locals: [entity])
        if holds.isAbsent || holds.a == 0 { continue }
      }
      let project = rows[entity].map { checked.plan.projects[$0] }
      guard let formula = script.worth ?? project?.benefit else {
        return .refused(Diagnostic(ChoiceProblem.noBenefit(name: speech.handle(entity)), at: checked.plan.entities.site[entity.index]))
      }
      let worth = try evaluator.number(of: formula, year: -1, locals: [entity])
      guard !worth.isAbsent else {
        return .refused(Diagnostic(ChoiceProblem.noBenefit(name: speech.handle(entity)), at: script.worth == nil ? checked.plan.entities.site[entity.index] : script.worthSite))
      }
      worths.append(worth)
      var costs: [AskedChoice.Cost] = []
      if let project {
        for cost in project.costs {
          guard let sen = try evaluator.number(of: cost.amount, year: -1, locals: []).roundedHalfEven, sen >= 0 else {
            return .refused(Diagnostic(ChoiceProblem.badFigure(name: sources.text(cost.site)), at: cost.site))
          }
          costs.append(AskedChoice.Cost(year: cost.year, source: cost.source, sen: sen))
        }
      } else {
        costs = planned(entity, Reading(plan: checked.plan, overlay: overlay))
      }
      asked.projects.append(AskedChoice.Candidate(entity: entity, project: project, costs: costs))
    }
    let total = asked.projects.reduce(Int128(0)) { sum, one in one.costs.reduce(sum) { $0 + Int128($1.sen) } }
    if total > Int128(Int64.max) { throw Halt(problem: .overflow, site: .none) }
    asked.model = ChoiceModel(worth: worths, cost: asked.projects.map { $0.costs.reduce(0) { $0 &+ $1.sen } })
    for ceiling in script.ceilings {
      guard let sen = try evaluator.number(of: ceiling.amount, year: -1, locals: []).roundedHalfEven, sen >= 0 else {
        return .refused(Diagnostic(ChoiceProblem.badFigure(name: sources.text(ceiling.site)), at: ceiling.site))
      }
      asked.add(ceiling, sen, speech)
    }
    for limit in script.limits {
      let amount = try evaluator.number(of: limit.amount, year: -1, locals: [])
      guard let whole = limit.isMoney ? amount.roundedHalfEven : amount.whole, whole >= 0 else {
        return .refused(Diagnostic(ChoiceProblem.badFigure(name: sources.text(limit.site)), at: limit.site))
      }
      asked.add(limit, whole, speech)
    }
    for fixed in script.fixed { asked.add(fixed, speech) }
    asked.addTies(speech)
    return .made(asked)
  }

  /// The money of a part of the plan, by year and source.
  private func planned(_ entity: EntityID, _ reading: Reading) -> [AskedChoice.Cost] {
    var slice = SliceTemplate(document: checked.plan.workingDocument)
    slice.anchors = .entities([entity])
    var costs: [AskedChoice.Cost] = []
    for year in 0..<checked.plan.yearCount {
      for part in reading.parts(slice, local: nil, year: year) where part.now > 0 {
        costs.append(AskedChoice.Cost(year: year, source: part.place.source, sen: part.now))
      }
    }
    return costs
  }
}

/// What `pilih` asks, as numbers: what is chosen from, and its conditions with their words.
struct AskedChoice: Sendable {
  /// What a project costs in a year, from a source or none.
  struct Cost: Sendable {
    var year: Int
    var source: SourceID
    var sen: Int64
  }

  /// Something that may be chosen.
  struct Candidate: Sendable {
    var entity: EntityID
    var project: Project?
    var costs: [Cost]

    func cost(_ year: Int) -> Int64 { costs.reduce(0) { $1.year == year ? $0 &+ $1.sen : $0 } }
  }

  /// A condition in words.
  struct Piece: Sendable {
    enum Kind: Sendable { case ceiling(year: Int, SourceID), limit(isMoney: Bool), fixed, tie }
    var kind: Kind
    var words: String
    var site: Site

    /// Its place with its words, where the place does not say them.
    var label: Label {
      if case .limit = kind { return Label(site) }
      return Label(site, Bilingual(same: words))
    }
  }

  var projects: [Candidate] = []
  var model = ChoiceModel(worth: [], cost: [])
  /// A piece a row of the model.
  var pieces: [Piece] = []

  private mutating func add(_ row: ChoiceModel.Row, _ kind: Piece.Kind, _ words: String, at site: Site) {
    model.rows.append(row)
    pieces.append(Piece(kind: kind, words: words, site: site))
  }

  mutating func add(_ ceiling: ChoiceScript.Ceiling, _ sen: Int64, _ speech: Speech) {
    var words = speech.say("pagu ", "budget ") + "\(speech.plan.firstYear + ceiling.year)"
    if ceiling.source.raw != 0 { words += " " + speech.source(ceiling.source) }
    let terms = projects.enumerated().compactMap { at, one -> (project: Int, amount: Int64)? in
      let sum = one.costs.reduce(Int64(0)) { sum, cost in
        let counts = cost.year == ceiling.year && (ceiling.source.raw == 0 || speech.plan.isPaid(from: ceiling.source, cost.source))
        return counts ? sum &+ cost.sen : sum
      }
      return sum == 0 ? nil : (at, sum)
    }
    add(ChoiceModel.Row(terms, most: sen), .ceiling(year: ceiling.year, ceiling.source), words, at: ceiling.site)
  }

  mutating func add(_ limit: ChoiceScript.Limit, _ whole: Int64, _ speech: Speech) {
    let entities = speech.plan.entities
    let terms = projects.enumerated().compactMap { at, one -> (project: Int, amount: Int64)? in
      if let group = limit.group, !group.contains(where: { entities.contains($0, one.entity) }) { return nil }
      let years = limit.years
      let sen = one.costs.reduce(Int64(0)) { years?.contains($1.year) ?? true ? $0 &+ $1.sen : $0 }
      let amount = limit.isMoney ? sen : years == nil || sen > 0 ? 1 : 0
      return amount == 0 ? nil : (at, amount)
    }
    let row = limit.isLeast ? ChoiceModel.Row(terms, least: whole) : ChoiceModel.Row(terms, most: whole)
    let words = speech.words(limit.site) + (limit.name.map { " (\($0[speech.language]))" } ?? "")
    add(row, .limit(isMoney: limit.isMoney), words, at: limit.site)
  }

  mutating func add(_ fixed: ChoiceScript.Fixed, _ speech: Speech) {
    guard let at = projects.firstIndex(where: { $0.entity == fixed.entity }) else { return }
    let words = (fixed.isIn ? speech.say("sertakan ", "include ") : speech.say("tanpa ", "without ")) + speech.handle(fixed.entity)
    let row = ChoiceModel.Row([(at, 1)], least: fixed.isIn ? 1 : nil, most: fixed.isIn ? nil : 0)
    add(row, .fixed, words, at: fixed.site)
  }

  /// What projects need and reject.
  mutating func addTies(_ speech: Speech) {
    var places: [EntityID: Int] = [:]
    for (at, one) in projects.enumerated() { places[one.entity] = at }
    for (at, one) in projects.enumerated() {
      guard let project = one.project else { continue }
      let name = speech.handle(one.entity)
      for need in project.requires {
        // Who needs one that is not to be chosen from cannot be chosen either.
        let others = Set(need.anyOf.compactMap { places[$0] }).sorted()
        if others.contains(at) { continue }
        let names = need.anyOf.map { speech.handle($0) }.joined(separator: speech.say(" atau ", " or "))
        add(
          ChoiceModel.Row([(at, 1)] + others.map { ($0, -1) }, most: 0), .tie, speech.say("\(name) perlu \(names)", "\(name) requires \(names)"),
          at: need.site)
      }
      for reject in project.rejects {
        guard let other = places[reject.other] else { continue }
        let names = (name, speech.handle(reject.other))
        add(
          ChoiceModel.Row([(at, 1), (other, 1)], most: 1), .tie,
          speech.say("\(names.0) menolak \(names.1)", "\(names.0) excludes \(names.1)"), at: reject.site)
      }
    }
  }
}

extension Plan {
  /// Whether money of a source counts for another: the same, or one below it.
  func isPaid(from wanted: SourceID, _ source: SourceID) -> Bool {
    var at = source
    while at.raw != 0 {
      if at == wanted { return true }
      at = sources.parent[at.index]
    }
    return false
  }
}
