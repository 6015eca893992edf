/// What a question about uncertain assumptions asks: figures and truths of a scenario on one tape, beside what they were
/// before its edits.
struct Sampling {
  /// One thing asked.
  struct Asked {
    var label: String
    var type: ValueType
    var digits: Int
    /// Its row, or its value where no draw moves it.
    var after: Number
    /// The same before the edits; nil without edits.
    var before: Number?
    /// The calendar year, where it is one of a series.
    var year: Int?
    /// For JSON: an expression, a target or a rule.
    var kind: String
    /// The expression as asked, one for all years of a series.
    var words = ""
    /// The target beside it, where it is an indicator's projection.
    var target: Double?
    /// The way that is better, where it is an indicator's projection.
    var direction: Direction?
    var isTruth: Bool { type == .truth }
  }

  let session: Session
  let state: ScenarioState
  let uncertain: [Uncertainty]
  /// What the answer rests on.
  private(set) var evidence: Evidence
  let sampler: Sampler
  let tape: Tape
  private let after: Recorder
  private let before: Recorder?
  /// What is asked, in order.
  private(set) var asked: [Asked] = []
  /// Rules that no tape holds.
  private(set) var skipped: [String] = []

  /// A question about a state, and about the one before it; a diagnostic where nothing is uncertain or cannot be drawn.
  init(_ session: Session, _ state: ScenarioState, before: ScenarioState?, at site: Site) throws {
    self.session = session
    self.state = state
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
    func recorder(_ state: ScenarioState) -> Recorder {
      Recorder(plan: state.plan, overlay: state.overlay, others: context.others, uncertain: uncertain, tape: tape, context: context)
    }
    after = recorder(state)
    self.before = before.map(recorder)
  }

  /// Why a question is refused.
  struct Refusal: Error {
    let diagnostic: Diagnostic
    init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
  }

  private var plan: Plan { after.plan }

  /// Asks for an expression: each year of a series is a figure of its own.
  mutating func ask(_ id: FormulaID, _ site: Site) throws {
    let formula = plan.formulas[id.index]
    switch formula.type {
    case .money, .number, .truth, .grade, .year: break
    default: throw Refusal(Diagnostic(SessionProblem.notFigure, at: site))
    }
    let words = session.sources.text(site)
    evidence.take([id], state, session.context())
    let row = indicator(id)
    let direction = row.map { plan.indicators[$0].direction }
    let reading = Reading(plan: plan, overlay: state.overlay)
    for year in formula.isSeries ? formula.years ?? Array(0..<plan.yearCount) : [-1] {
      let value = try recorded(site) { try after.number(of: id, year: year) }
      let earlier = try recorded(site) { try before?.number(of: id, year: year) }
      let shown = year < 0 ? nil : plan.firstYear + year
      let target = year < 0 ? nil : row.map { reading.figure(.targetLow, $0, year) }.flatMap { $0.isAbsent ? nil : $0.real }
      asked.append(
        Asked(
          label: shown.map { "\(words) \($0)" } ?? words, type: formula.type, digits: formula.digits, after: value, before: earlier, year: shown,
          kind: "expression", words: words, target: target, direction: direction))
    }
  }

  /// The row of the indicator whose projection a formula is, and nothing else.
  private func indicator(_ id: FormulaID) -> Int? {
    let formula = plan.formulas[id.index]
    let isPlain = formula.code.allSatisfy { one in
      switch one.op {
      case .constant, .copy, .year, .setYear, .figure: true
      default: false
      }
    }
    guard isPlain else { return nil }
    var evaluator = ReasonMaker.evaluator(state, session.context())
    guard let (_, causes) = try? evaluator.explained(id, year: formula.isSeries ? formula.years?.first ?? 0 : -1), causes.count == 1,
      case .figure(let row, .projection, _, nil, _) = causes[0]
    else { return nil }
    return row
  }

  /// Asks whether each target and each rule that hangs on a draw is met.
  mutating func askTargetsAndRules(day: Int) throws {
    let speech = session.speech
    for (row, indicator) in plan.indicators.enumerated() where after.hangs(indicator: row) {
      for year in 0..<plan.yearCount where !indicator.target(year).low.isAbsent {
        let value = after.isReached(row, year)
        let earlier = before?.isReached(row, year)
        guard value.isDrawn || earlier?.isDrawn ?? false else { continue }
        evidence.take(row, year)
        let label = "\(speech.title(indicator.entity)) \(plan.firstYear + year) \(session.say("mencapai target", "reaches its target"))"
        asked.append(Asked(label: label, type: .truth, digits: -1, after: value, before: earlier, year: plan.firstYear + year, kind: "target"))
      }
    }
    for row in plan.rules.indices {
      let rule = plan.rules[row]
      let title = rule.title == .none ? speech.name(rule.name) : speech.words(rule.title)
      do {
        let value = try after.holds(RuleID(row), day: day)
        let earlier = try before?.holds(RuleID(row), day: day)
        guard let value, value.isDrawn || earlier?.isDrawn ?? false else { continue }
        evidence.take(rule, state, session.context())
        asked.append(Asked(label: title, type: .truth, digits: -1, after: value, before: earlier, year: nil, kind: "rule"))
      } catch is NotRecorded { skipped.append(title) }
    }
  }

  private func recorded<Made>(_ site: Site, _ body: () throws -> Made) throws -> Made {
    do { return try body() } catch is NotRecorded { throw Refusal(Diagnostic(SessionProblem.notSampled, at: site)) }
  }

  // MARK: Running

  /// The tape laid out: of each thing asked what it is, what it was, and whether it grew or shrank.
  func simulation(seed: UInt64, draws: UInt64, isStratified: Bool) -> Simulation {
    var figures: [Number] = []
    var truths: [Bool] = []
    for one in asked {
      figures.append(one.after)
      truths.append(one.isTruth)
      guard let before = one.before else { continue }
      figures.append(before)
      truths.append(one.isTruth)
      if one.isTruth { continue }
      for (x, y) in [(before, one.after), (one.after, before)] {
        let isLess = x.isDrawn || y.isDrawn ? tape.isLess(x, y) : Number(Number.order(x, y) == -1)
        figures.append(isLess)
        truths.append(true)
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
