/// What the next rupiah does: how far an indicator moves when a little more is spent on what drives it.
struct Marginal: Sendable {
  let plan: Plan
  let overlay: Overlay

  /// How far one more amount (in sen) on a response moves its indicator in a year; nil where nothing is known or moves.
  func change(of response: Response, year: Int, sen: Int64) -> Number? {
    let row = Int(plan.indicatorRow[response.indicator.index])
    let paid = year - response.lag
    guard row >= 0, paid >= 0, paid < plan.yearCount, let place = firstCell(below: response.entity, paid) else { return nil }
    var more = overlay
    let cell = more.cell(at: place, plan)
    guard (try? more.add(sen, to: cell, of: plan)) != nil else { return nil }
    let now = Reading.figure(.projection, row, year, of: plan, overlay)
    let then = Reading.figure(.projection, row, year, of: plan, more)
    if now.isAbsent || then.isAbsent || Number.order(now, then) == 0 { return nil }
    return then - now
  }

  /// Sen for one unit of the indicator, in the first year that shows it, by the smallest step of Rp1 M, Rp10 M or Rp100 M
  /// that moves it at all (things are bought by the lump); `isBetter` says which way it moves.
  func price(of response: Response) -> (year: Int, sen: Double, isBetter: Bool)? {
    let row = Int(plan.indicatorRow[response.indicator.index])
    guard row >= 0, plan.indicators[row].scale == nil else { return nil }
    for step in [Int64(100_000_000_000), 1_000_000_000_000, 10_000_000_000_000] {
      for year in 0..<plan.yearCount {
        guard let change = change(of: response, year: year, sen: step), change.real != 0 else { continue }
        let isUp = change.real > 0
        // A percentage is told by the point.
        let units = change.real * (plan.indicators[row].unit.raw == 1 ? 100 : 1)
        return (year, Double(step) / units.magnitude, plan.indicators[row].direction == .down ? !isUp : isUp)
      }
    }
    return nil
  }

  /// A cell of an entity's money in a year.
  private func firstCell(below entity: EntityID, _ year: Int) -> ExtraCell? {
    var slice = SliceTemplate(document: plan.workingDocument)
    slice.anchors = .entities([entity])
    return Reading(plan: plan, overlay: overlay).parts(slice, local: nil, year: year).first?.place
  }
}
