/// For how much a price holds: the best as a function of what a row asks is made of straight pieces, and a price is the slope of
/// the piece one stands on. Its end is found from a point beyond it, by crossing the piece there with the piece here until they meet
/// (Eisner and Severance, Mathematical Techniques for Efficient Record Segmentation, Journal of the ACM 23, 1976).
extension Reallocation {
  /// How many prices are followed, and in models of at most how many classes.
  private static let bounds = (prices: 5, classes: 2_000)

  /// The reaches of a proposal's first prices, in juta rupiah of the sum that counts most in each row, and of its pools.
  func findReaches(
    _ proposal: inout Proposal, _ answer: MoneyModel.Moves, _ model: MoneyModel, _ aim: MoneyModel.Aim, _ margins: [Int: Double], _ options: SolveOptions
  ) {
    let asked = wanted(margins)
    guard model.classes.count <= Self.bounds.classes, asked.allSatisfy(\.parts.isEmpty), requirements.allSatisfy({ $0.linear != nil }) else { return }
    let all = cells.cells.reduce(0.0) { $0 + Double($1.sen) } / MoneyModel.unit
    let best = answer.solution.objective
    defer {
      proposal.prices.removeAll { abs($0.price) < 1e-9 }
      proposal.poolPrices.removeAll { abs($0.price) < 1e-9 }
    }
    for at in proposal.prices.indices.prefix(Self.bounds.prices) {
      let places = asked.indices.filter { asked[$0].owner == proposal.prices[at].owner }
      guard places.count == 1, let most = asked[places[0]].terms.map({ abs($0.factor) }).max(), most > 0 else { continue }
      (proposal.prices[at].price, proposal.prices[at].reach) = reach(best, proposal.prices[at].price, all) { step in
        var rows = asked
        rows[places[0]].need -= step * most * MoneyModel.unit
        let found = model.solve(rows, aim, leeway: leeway, solver, options)
        return found.solution.status == .optimal ? (found.solution.objective, found.prices[places[0]]) : nil
      }
    }
    for at in proposal.poolPrices.indices.prefix(3) {
      let pool = proposal.poolPrices[at]
      guard abs(pool.price) > 1e-9, let place = model.pools.firstIndex(where: { $0.source == pool.source && $0.year == pool.year }) else { continue }
      (proposal.poolPrices[at].price, proposal.poolPrices[at].reach) = reach(best, pool.price, all) { step in
        let found = model.solve(asked, aim, leeway: leeway, widened: (place, step), solver, options)
        return found.solution.status == .optimal ? (found.solution.objective, found.poolPrices[place].price) : nil
      }
    }
  }

  /// The price of going on, and how far one can go before it changes; no reach where that is not known.
  ///
  /// Where one stands on the end of a piece a solver may name any price between those of the pieces that meet there: the one
  /// ahead is taken.
  private func reach(_ best: Double, _ named: Double, _ most: Double, _ solve: (Double) -> (best: Double, price: Double)?) -> (Double, Double?) {
    var (price, step) = (named, most)
    for _ in 0..<24 {
      guard let there = solve(step) else { return (price, nil) }
      let expected = best - price * step
      if abs(there.best - expected) <= 1e-7 * max(1, abs(best), abs(expected)) { return (price, step) }
      let turn = there.price - price
      guard abs(turn) > 1e-9 else { return (price, nil) }
      let next = (there.best + there.price * step - best) / turn
      if next < 1e-6 {
        (price, step) = (there.price, most)
      } else if next < step {
        step = next
      } else {
        return (price, nil)
      }
    }
    return (price, nil)
  }
}
