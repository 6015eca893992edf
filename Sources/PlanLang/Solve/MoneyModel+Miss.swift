extension MoneyModel {
  /// By how much each of some owners is missed at least where it alone may be, in juta rupiah: the owners take turns in one solve.
  /// Nil where that is not enough; nil for all of them where they cannot take turns.
  func nearest(each owners: [Int], _ rows: [Row], _ solver: any Solver, _ options: SolveOptions) -> [Double?]? {
    guard rows.allSatisfy(\.parts.isEmpty) else { return nil }
    let aim = Aim.nearest(Dictionary(uniqueKeysWithValues: owners.map { ($0, 1) }))
    var (programme, misses, _) = stated(rows, aim, wide, leeway: nil, widened: nil)
    misses.takeTurns(owners, &programme)
    return solver.solve(programme, options).turns.map { $0.status == .optimal ? $0.objective : nil }
  }

  /// Whether rows that cannot hold could not with the cells that stand aside either: where none of those would better the nearest
  /// miss, which is kept for who asks for it.
  func isShort(_ rows: [Row], _ solver: any Solver, _ options: SolveOptions) -> Bool {
    let aim = Aim.nearest(Dictionary(rows.map { ($0.owner, 1) }, uniquingKeysWith: { one, _ in one }))
    let moves = solve(rows, aim, narrow, among: nil, leeway: nil, widened: nil, solver, options)
    guard moves.solution.status == .optimal, moves.solution.objective > 1e-3, !wouldTake(rows, aim, nil, moves.solution) else { return false }
    miss = (rows, moves)
    return true
  }

  /// The nearest miss of rows, each counted alike, where it is known.
  func knownMiss(of rows: [Row]) -> Moves? {
    guard let miss, miss.rows.count == rows.count, zip(miss.rows, rows).allSatisfy({ $0.owner == $1.owner && $0.need == $1.need }) else { return nil }
    return miss.moves
  }
}

extension MoneyModel.Aim {
  /// Whether all rows must hold.
  var isHard: Bool { if case .nearest(let weights) = self { weights.isEmpty } else { true } }
}
