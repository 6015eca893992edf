/// What an answer rests on, told with it: grades of evidence, and money outside what was studied.
struct Evidence {
  let speech: Speech
  let grounds: Grounds
  /// Rows of indicators, in order, with the years read of each; an index of the period.
  private(set) var read: [(row: Int, years: Set<Int>)] = []

  init(_ speech: Speech, _ state: ScenarioState) {
    self.speech = speech
    grounds = Grounds(plan: state.plan, overlay: state.overlay)
  }

  /// An answer reads an indicator's projection in a year.
  mutating func take(_ row: Int, _ year: Int) {
    guard year >= 0, year < grounds.plan.yearCount, grounds.grade(row) != nil else { return }
    if let at = read.firstIndex(where: { $0.row == row }) { read[at].years.insert(year) } else { read.append((row, [year])) }
  }

  /// An answer reads what formulas read.
  mutating func take(_ formulas: [FormulaID], _ state: ScenarioState, _ context: EditContext) {
    var evaluator = ReasonMaker.evaluator(state, context)
    for id in formulas {
      let formula = state.plan.formulas[id.index]
      take(id, in: formula.isSeries ? formula.years ?? Array(0..<state.plan.yearCount) : [-1], of: [], &evaluator)
    }
  }

  /// An answer reads what a rule reads, of all its members and years.
  mutating func take(_ rule: Rule, _ state: ScenarioState, _ context: EditContext) {
    var evaluator = ReasonMaker.evaluator(state, context)
    for condition in rule.conditions {
      let id: FormulaID
      switch condition {
      case .comparison(let whole, _, _, _, _): id = whole
      case .truth(let formula, _): id = formula
      }
      for member in rule.members?.entities ?? [] { take(id, in: rule.isYearly ? rule.years : [-1], of: [member], &evaluator) }
      if rule.members == nil { take(id, in: rule.isYearly ? rule.years : [-1], of: [], &evaluator) }
    }
  }

  private mutating func take(_ id: FormulaID, in years: [Int], of locals: [EntityID], _ evaluator: inout Evaluator) {
    guard grounds.plan.formulas[id.index].code.contains(where: { $0.op == .figure || $0.op == .parameter }) else { return }
    for year in years {
      guard let (_, causes) = try? evaluator.explained(id, year: year, locals: locals) else { continue }
      for case .figure(let row, let figure, let read, nil, _) in causes {
        switch figure {
        case .projection, .isReached, .achievement, .achievementClass: take(row, read)
        default: break
        }
      }
    }
  }

  /// The worst grade of all; nil where no projection was read that money moves.
  var worst: String? { read.compactMap { grounds.grade($0.row) }.max().map { Grounds.letter($0) } }

  /// Money outside what was studied, each once.
  var beyond: [Grounds.Beyond] {
    var found: [Grounds.Beyond] = []
    for (row, years) in read { for year in years.sorted() { for one in grounds.beyond(row, year) where !found.contains(one) { found.append(one) } } }
    return found
  }

  /// The lines at the end of an answer: grades by indicator, then what is extrapolated.
  func tell(_ page: inout Document) {
    guard !read.isEmpty else { return }
    let graded = read.prefix(6).map { "\(speech.handle(grounds.plan.indicators[$0.row].entity)) \(Grounds.letter(grounds.grade($0.row) ?? 4))" }
    let more = read.count > 6 ? speech.say(", … \(read.count - 6) lagi", ", … \(read.count - 6) more") : ""
    page.line(speech.say("mutu bukti: ", "grade of evidence: ") + graded.joined(separator: ", ") + more, .dim)
    Self.tell(beyond, speech, &page)
  }

  /// A line for each amount outside what was studied.
  static func tell(_ beyond: [Grounds.Beyond], _ speech: Speech, _ page: inout Document) {
    for one in beyond.prefix(6) { page.line(Run("? ", .warning), Run(words(one, speech), .warning)) }
    if beyond.count > 6 { page.line("  " + speech.say("… \(beyond.count - 6) lagi", "… \(beyond.count - 6) more"), .dim) }
  }

  /// `gizi 2026 Rp14,3 M di luar yang dikaji (Rp5 M s.d. Rp12 M): taksiran di luar bukti`.
  static func words(_ one: Grounds.Beyond, _ speech: Speech) -> String {
    func money(_ sen: Double) -> String { Figure.shortMoney(sen: Int64(exactly: sen.rounded()) ?? .max, speech.language) }
    let response = speech.plan.responses[one.response]
    let what = "\(speech.handle(response.entity)) → \(speech.handle(response.indicator)): \(money(one.money)) \(speech.plan.firstYear + one.year)"
    return what + speech.say(" di luar yang dikaji (", " is outside what was studied (") + speech.range(money(one.low), money(one.high)) + ")"
  }
}
