/// Figures of responses read once: what an edit of money asks of them is a look-up.
struct KnownFigures: ResponseFigures {
  /// The parameters as the scenario has them, for the formulas that are run.
  private let scenario: ScenarioFigures
  private let years: Int
  private let count: Int
  // As the scenario has them first, then as the plan states them.
  private var values: [Double] = []
  private var points: [[(x: Double, y: Double)]] = []
  private var delays: [Int32] = []
  /// Sen by response and year.
  private var paid: [Double]

  /// No figure; a bit pattern that no computation gives.
  static let none = Double(bitPattern: 0x7ff8_dead_0000_0001)

  private static var roles: Int { Int(Assumption.Role.studied.rawValue) + 1 }

  /// The figures of all responses of a plan in a scenario; money as the plan has it.
  init(_ plan: Plan, _ overlay: Overlay) {
    var parameters = Overlay()
    parameters.figures = overlay.figures
    scenario = ScenarioFigures(plan: plan, overlay: parameters)
    years = plan.yearCount
    count = plan.responses.count
    let reader = ResponseReading(plan: plan, overlay: parameters, figures: scenario)
    for isPlain in [false, true] {
      if isPlain, parameters.figures.isEmpty {
        values += values
        points += points
        continue
      }
      for row in plan.responses.indices {
        for role in Assumption.Role.allCases { values.append(reader.value(role, row, isPlain) ?? Self.none) }
        points.append(plan.responses[row].shape == .tabular ? reader.points(row, isPlain) : [])
      }
    }
    delays = plan.responses.indices.map { Int32(clamping: reader.delay($0)) }
    paid = []
    for row in plan.responses.indices {
      for year in 0..<years { paid.append(plan.responses[row].shape == nil ? 0 : reader.spent(row, year, isPlain: true)) }
    }
    paid += paid
  }

  /// Sets the sen of a response in a year; false where they were that before.
  mutating func pay(_ sen: Double, _ response: Int, _ year: Int) -> Bool {
    if paid[response * years + year] == sen { return false }
    paid[response * years + year] = sen
    return true
  }

  func figure(_ formula: FormulaID, isPlain: Bool) -> Double { scenario.figure(formula, isPlain: isPlain) }
  func effect(_ formula: FormulaID, of money: Double, year: Int, isPlain: Bool) -> Double {
    scenario.effect(formula, of: money, year: year, isPlain: isPlain)
  }
  @inline(__always) func value(_ role: Assumption.Role, _ response: Int, isPlain: Bool) -> Double?? {
    let value = values[((isPlain ? count : 0) + response) * Self.roles + Int(role.rawValue)]
    return .some(value.bitPattern == Self.none.bitPattern ? nil : value)
  }
  func points(_ response: Int, isPlain: Bool) -> [(x: Double, y: Double)]? { points[(isPlain ? count : 0) + response] }
  @inline(__always) func spent(_ response: Int, _ year: Int, isPlain: Bool) -> Double? {
    paid[((isPlain ? count : 0) + response) * years + year]
  }
  @inline(__always) func delay(_ response: Int) -> Int? { Int(delays[response]) }
}
