/// What projections rest on: how well the figures of responses are founded, and whether money stays where it was studied.
struct Grounds {
  let plan: Plan
  let overlay: Overlay

  /// Money of a response that lies outside what was studied.
  struct Beyond: Hashable {
    /// The response's row.
    var response: Int
    /// The year of the money, an index of the period.
    var year: Int
    /// The money, and the ends of what was studied, in sen.
    var money: Double
    var low: Double
    var high: Double
  }

  /// The worst grade of evidence among what moves an indicator's row, 1 (A) to 4 (D); D where none is stated, nil where
  /// nothing moves it.
  func grade(_ row: Int) -> UInt8? {
    var worst: UInt8?
    func take(_ grade: UInt8) { worst = max(worst ?? 1, grade == 0 ? 4 : grade) }
    for spring in plan.springs(of: row) where plan.drivers.indices.contains(spring) {
      for driver in plan.drivers[spring] { take(plan.responses[Int(driver)].assumptions.map(\.grade).max() ?? 0) }
      if plan.drivers[spring].count > 1, Number.order(plan.indicators[spring].synergy, .zero) != 0 { take(plan.indicators[spring].synergyGrade) }
      // The share of a spillover carries no founding.
      if !plan.inflows[spring].isEmpty { take(0) }
    }
    return worst
  }

  /// The letter of a grade.
  static func letter(_ grade: UInt8) -> String { ["A", "B", "C", "D"][min(3, max(1, Int(grade)) - 1)] }

  /// The money that makes an indicator's projection in a year and lies outside what was studied.
  func beyond(_ row: Int, _ year: Int) -> [Beyond] {
    guard plan.drivers.indices.contains(row) else { return [] }
    var found: [Beyond] = []
    for driver in plan.drivers[row] {
      let response = plan.responses[Int(driver)]
      for paid in stride(from: year - response.lag, through: year - response.lag - max(1, response.spread) + 1, by: -1) {
        if let one = beyond(response: Int(driver), paid) { found.append(one) }
      }
    }
    return found
  }

  /// All of a plan's responses and years.
  func all() -> [Beyond] {
    plan.responses.indices.flatMap { row in (0..<plan.yearCount).compactMap { beyond(response: row, $0) } }
  }

  /// A response's money of a year where it lies outside; money that is not there is the projection without programmes.
  func beyond(response row: Int, _ year: Int) -> Beyond? {
    guard let (low, high) = studied(plan.responses[row]) else { return nil }
    let money = ResponseReading(plan: plan, overlay: overlay).spent(row, year, isPlain: false)
    return money > 0 && (money < low || money > high) ? Beyond(response: row, year: year, money: money, low: low, high: high) : nil
  }

  /// What was studied: stated, else the ends of a table.
  private func studied(_ response: Response) -> (low: Double, high: Double)? {
    if let stated = response.assumptions.first(where: { $0.role == .studied }), !stated.range.low.isAbsent {
      return (stated.range.low.real, stated.range.high.real)
    }
    guard response.shape == .tabular else { return nil }
    let points = response.assumptions.filter { $0.role == .point }.compactMap(\.at)
    guard let first = points.first, let last = points.last else { return nil }
    let figures = ScenarioFigures(plan: plan, overlay: overlay)
    return (figures.figure(first, isPlain: false), figures.figure(last, isPlain: false))
  }
}
