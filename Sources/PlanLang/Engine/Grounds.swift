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

  /// The money that makes an indicator's projection in a year and lies outside what was studied; that of spillovers with it.
  func beyond(_ row: Int, _ year: Int) -> [Beyond] {
    var found: [Beyond] = []
    var rows = [row]
    // What spills over was made a year before.
    for at in stride(from: year, through: 0, by: -1) where !rows.isEmpty {
      var earlier: [Int] = []
      for row in rows where plan.drivers.indices.contains(row) {
        for driver in plan.drivers[row] {
          for paid in plan.paidYears(of: Int(driver), in: at).reversed() {
            if let one = beyond(response: Int(driver), paid), !found.contains(one) { found.append(one) }
          }
        }
        for spill in plan.inflows.indices.contains(row) ? plan.inflows[row] : [] {
          let from = Int(plan.indicatorRow[plan.spillovers[Int(spill)].from.index])
          if from >= 0, !earlier.contains(from) { earlier.append(from) }
        }
      }
      rows = earlier
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

extension Plan {
  /// The years (indices) whose money of a response is felt in a year: after its lag, over its spread, and all earlier ones of what
  /// decays or adds up.
  func paidYears(of response: Int, in year: Int) -> Range<Int> {
    let one = responses[response]
    let row = Int(indicatorRow[one.indicator.index])
    let stays = one.assumptions.contains { $0.role == .decay } || indicators.indices.contains(row) && indicators[row].kind == .runningTotal
    let end = min(yearCount, year - one.lag + 1)
    return end > 0 ? (stays ? 0 : max(0, year - one.lag - max(1, one.spread) + 1))..<end : 0..<0
  }
}
