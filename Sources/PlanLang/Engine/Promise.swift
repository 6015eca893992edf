/// Where the plan promises something else than its money buys, by a shape in the indicator's own unit or one that stands as it is.
public struct Promise: Sendable {
  /// The indicator's row.
  public var row: Int
  /// The calendar year.
  public var year: Int
  /// The improvement that the projection promises over the projection without programmes.
  public var promised: Number
  /// The improvement that the money buys.
  public var bought: Number

  /// All of a plan's, for years in which the drivers' money is stated: differences that the indicator's digits show.
  public static func all(of plan: Plan) -> [Promise] {
    if !plan.drivers.contains(where: { !$0.isEmpty }) { return [] }
    let reader = ResponseReading(plan: plan, overlay: Overlay())
    var found: [Promise] = []
    for row in plan.drivers.indices where !plan.drivers[row].isEmpty {
      let indicator = plan.indicators[row]
      let drivers = plan.drivers[row]
      let joint = Joint(row, plan)
      guard indicator.scale == nil, joint.hasUnits || joint.isAbsolute else { continue }
      func isPaid(_ driver: Int32, _ year: Int) -> Bool { reader.spent(Int(driver), year - plan.responses[Int(driver)].lag, isPlain: true) > 0 }
      for year in 0..<plan.yearCount where drivers.contains(where: { isPaid($0, year) }) {
        let (declared, without) = (indicator.projected(year), indicator.projectedWithout(year))
        if declared.isAbsent || without.isAbsent { continue }
        let promised = indicator.direction == .down ? without - declared : declared - without
        // What a running total added in a year stays.
        let years = indicator.kind == .runningTotal ? 0...year : year...year
        let bought = Number(real: years.reduce(0) { $0 + reader.joined(drivers, $1, isPlain: true, joint).units })
        let (x, y) = (Reading.rounded(promised, indicator), Reading.rounded(bought, indicator))
        if Number.order(x, y) != 0 { found.append(Promise(row: row, year: plan.firstYear + year, promised: x, bought: y)) }
      }
    }
    return found
  }
}
