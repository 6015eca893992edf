import CKernels

/// What a question about uncertain assumptions asks: figures and truths of one scenario on a tape, or of several beside one another.
struct Sampling {
  /// One thing asked.
  struct Asked {
    var label: String
    var type: ValueType
    var digits: Int
    /// In each state its row, or its value where no draw moves it.
    var values: [Number]
    /// The calendar year, where it is one of a series.
    var year: Int?
    /// For JSON: an expression, a target or a rule.
    var kind: String
    /// The expression as asked, one for all years of a series; of a target its indicator.
    var words = ""
    /// The target beside it, where it is an indicator's projection.
    var target: Double?
    /// The way that is better, where it is an indicator's projection.
    var direction: Direction?
    /// What two states are compared by: the figure itself, of a target the projection; empty where they are not compared.
    var measured: [Number] = []
    /// How far each state is from the band that is wanted, where that tells which is better.
    var distances: [Number] = []
    var isTruth: Bool { type == .truth }
    /// The last of the states.
    var after: Number { values[values.count - 1] }
    /// How many figures its draws are counted for.
    var tallies: Int { values.count + contests.count * (distances.isEmpty ? 2 : 4) }
    /// The states that are compared, each with each behind it.
    var contests: [(first: Int, second: Int)] {
      measured.indices.flatMap { second in (0..<second).map { (first: $0, second: second) } }
    }
  }

  /// The states: one, before and after edits, or several scenarios.
  enum Column: Equatable {
    case only, before, after
    case scenario(Symbol)
  }

  let session: Session
  let state: ScenarioState
  let uncertain: [Uncertainty]
  /// What the answer rests on.
  private(set) var evidence: Evidence
  let sampler: Sampler
  let tape: Tape
  /// What each state is called.
  let columns: [Column]
  private let recorders: [Recorder]
  /// What is asked, in order.
  private(set) var asked: [Asked] = []
  /// Rules that no tape holds.
  private(set) var skipped: [String] = []
  /// Indicators and years that were asked for by themselves: row * years + year.
  private var compared: Set<Int> = []

  /// A question about states, the last of which is what the answer rests on; a diagnostic where nothing is uncertain or cannot be drawn.
  init(_ session: Session, _ states: [(column: Column, state: ScenarioState)], at site: Site) throws {
    guard let last = states.last else { throw Refusal(Diagnostic(SessionProblem.notSampled, at: site)) }
    let state = last.state
    (self.session, self.state) = (session, state)
    columns = states.map(\.column)
    evidence = Evidence(session.speech, state)
    let context = session.context()
    var evaluator = Evaluator(plan: state.plan, limits: context.limits, describe: context.describe)
    uncertain = try Uncertainty.all(of: state.plan, &evaluator)
    if uncertain.isEmpty { throw Refusal(Diagnostic(SessionProblem.nothingUncertain, at: site)) }
    var rows: [ParameterID: Int] = [:]
    for (row, one) in uncertain.enumerated() { if case .parameter(let id) = one.key { rows[id] = row } }
    let couplings = state.plan.correlations.compactMap { one -> Coupling? in
      guard let first = rows[one.first], let second = rows[one.second] else { return nil }
      return Coupling(first: first, second: second, strength: one.strength, site: one.site)
    }
    do { sampler = try Sampler(uncertain, couplings) } catch .impossible(let row) {
      throw Refusal(Diagnostic(SessionProblem.impossibleSpread, at: uncertain[row].site))
    } catch .correlation(let site) { throw Refusal(Diagnostic(SessionProblem.impossibleCorrelation, at: site)) }
    tape = Tape(variables: uncertain.count)
    let (uncertain, tape) = (uncertain, tape)
    recorders = states.map { one in
      Recorder(plan: one.state.plan, overlay: one.state.overlay, others: context.others, uncertain: uncertain, tape: tape, context: context)
    }
  }

  /// Why a question is refused.
  struct Refusal: Error {
    let diagnostic: Diagnostic
    init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
  }

  private var plan: Plan { state.plan }

  /// Asks for an expression: each year of a series is a figure of its own.
  mutating func ask(_ id: FormulaID, _ site: Site) throws {
    let formula = plan.formulas[id.index]
    switch formula.type {
    case .money, .number, .truth, .grade, .year: break
    default: throw Refusal(Diagnostic(SessionProblem.notFigure, at: site))
    }
    let words = session.sources.text(site)
    evidence.take([id], state, session.context())
    for year in formula.isSeries ? formula.years ?? Array(0..<plan.yearCount) : [-1] {
      let values = try recorded(site) { try recorders.map { try $0.number(of: id, year: year) } }
      let shown = year < 0 ? nil : plan.firstYear + year
      var one = Asked(
        label: shown.map { "\(words) \($0)" } ?? words, type: formula.type, digits: formula.digits, values: values, year: shown, kind: "expression", words: words)
      if !one.isTruth, recorders.count > 1 { one.measured = values }
      if let read = indicator(id, year) {
        let target = Reading.figure(.targetLow, read.row, read.year, of: plan, state.overlay)
        if year >= 0, !target.isAbsent { one.target = target.real }
        one.direction = plan.indicators[read.row].direction
        if one.direction == .within, recorders.count > 1 { one.distances = distances(values, read.row, read.year) }
        compared.insert(read.row * plan.yearCount + read.year)
      }
      asked.append(one)
    }
  }

  /// How far each state's figure is from the band that its target wants; nothing where one has no target.
  private func distances(_ values: [Number], _ row: Int, _ year: Int) -> [Number] {
    var found: [Number] = []
    for (recorder, value) in zip(recorders, values) {
      var reader = Reading(plan: recorder.plan, overlay: recorder.overlays.last ?? Overlay())
      let band = reader.wanted(row, year)
      if band.low.isAbsent || band.high.isAbsent { return [] }
      if value.isDrawn {
        let beside = tape.record(PLAN_GREATEST, tape.record(PLAN_SUBTRACT, band.low, value), tape.record(PLAN_SUBTRACT, value, band.high))
        found.append(tape.record(PLAN_GREATEST, beside, .zero))
      } else {
        let (below, above) = (band.low - value, value - band.high)
        let beside = Number.order(below, above) == -1 ? above : below
        found.append(Number.order(beside, .zero) == -1 ? .zero : beside)
      }
    }
    return found
  }

  /// The indicator and year whose projection a formula is, and nothing else.
  private func indicator(_ id: FormulaID, _ year: Int) -> (row: Int, year: Int)? {
    let formula = plan.formulas[id.index]
    let isPlain = formula.code.allSatisfy { one in
      switch one.op {
      case .constant, .copy, .year, .setYear, .figure: true
      default: false
      }
    }
    guard isPlain else { return nil }
    var evaluator = ReasonMaker.evaluator(state, session.context())
    guard let (_, causes) = try? evaluator.explained(id, year: year), causes.count == 1,
      case .figure(let row, .projection, let read, nil, _) = causes[0], read >= 0, read < plan.yearCount
    else { return nil }
    return (row, read)
  }

  /// Asks whether each target and each rule that hangs on a draw is met, and which state does better by each target.
  mutating func askTargetsAndRules(days: [Int]) throws {
    let speech = session.speech
    for (row, indicator) in plan.indicators.enumerated() where recorders.contains(where: { $0.hangs(indicator: row) }) {
      for year in 0..<plan.yearCount where !indicator.target(year).low.isAbsent {
        let values = recorders.map { $0.isReached(row, year) }
        guard values.contains(where: \.isDrawn) else { continue }
        evidence.take(row, year)
        let (title, shown) = (speech.title(indicator.entity), plan.firstYear + year)
        var one = Asked(
          label: "\(title) \(shown) \(session.say("mencapai target", "reaches its target"))", type: .truth, digits: -1, values: values, year: shown,
          kind: "target", words: title, direction: indicator.direction)
        let figures = recorders.map { $0.projection(row, year) }
        // What was asked for itself has its comparison already.
        if !compared.contains(row * plan.yearCount + year), figures.contains(where: { $0 != figures[0] }) {
          if indicator.direction == .within { one.distances = distances(figures, row, year) }
          if indicator.direction != .within || !one.distances.isEmpty { one.measured = figures }
        }
        asked.append(one)
      }
    }
    for row in plan.rules.indices {
      let rule = plan.rules[row]
      let title = rule.title == .none ? speech.name(rule.name) : speech.words(rule.title)
      do {
        let values = try zip(recorders, days).map { try $0.holds(RuleID(row), day: $1) ?? .undeclared }
        guard values.contains(where: \.isDrawn) else { continue }
        evidence.take(rule, state, session.context())
        asked.append(Asked(label: title, type: .truth, digits: -1, values: values, year: nil, kind: "rule"))
      } catch is NotRecorded { skipped.append(title) }
    }
  }

  private func recorded<Made>(_ site: Site, _ body: () throws -> Made) throws -> Made {
    do { return try body() } catch is NotRecorded { throw Refusal(Diagnostic(SessionProblem.notSampled, at: site)) }
  }

  // MARK: Running

  /// The tape laid out: of each thing asked what it is in each state, and of each two states which is less.
  func simulation(seed: UInt64, draws: UInt64, isStratified: Bool) -> Simulation {
    var figures: [Number] = []
    var truths: [Bool] = []
    func less(_ x: Number, _ y: Number) {
      figures.append(x.isDrawn || y.isDrawn ? tape.isLess(x, y) : Number(Number.order(x, y) == -1))
      truths.append(true)
    }
    for one in asked {
      figures += one.values
      truths += one.values.map { _ in one.isTruth }
      for (first, second) in one.contests {
        for by in one.distances.isEmpty ? [one.measured] : [one.measured, one.distances] {
          less(by[first], by[second])
          less(by[second], by[first])
        }
      }
    }
    return Simulation(
      program: tape.program(figures) { sampler.record(on: $0) }, truths: truths, seed: seed, draws: draws, isStratified: isStratified)
  }

  /// The words for an assumption.
  func label(_ one: Uncertainty) -> String {
    let speech = session.speech
    switch one.key {
    case .parameter(let id): return speech.name(plan.parameters[id.index].name)
    default:
      guard let (row, _) = one.response else { return speech.words(one.site) }
      let response = plan.responses[row]
      return "\(speech.handle(response.entity)) → \(speech.handle(response.indicator)): \(Self.words(session.sources.text(one.site)))"
    }
  }

  /// The words before a figure: `biaya satuan` of `biaya satuan Rp 4 jt s.d. Rp 6 jt`.
  private static func words(_ text: String) -> String {
    var kept: [Substring] = []
    for word in text.split(separator: " ") {
      if word.lowercased() == "rp" || word.contains(where: \.isNumber) { break }
      kept.append(word)
    }
    return kept.joined(separator: " ")
  }
}
