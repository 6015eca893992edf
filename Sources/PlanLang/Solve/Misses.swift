/// What rows may be missed by: a column for each owner, and one more where it may be passed.
struct Misses {
  private let costs: [Int: Double]
  private let leeway: MoneyModel.Leeway?
  private var below: [Int: Int] = [:]
  private var above: [Int: Int] = [:]

  init(_ aim: MoneyModel.Aim?, _ leeway: MoneyModel.Leeway?) {
    if case .nearest(let weights)? = aim { costs = weights } else { costs = [:] }
    self.leeway = leeway
  }

  /// Lets a row be missed, where it may be.
  mutating func allow(_ row: MoneyModel.Row, _ entries: inout [(column: Int, value: Double)], _ programme: inout LinearProgramme) {
    guard costs[row.owner] != nil || leeway?.weights[row.owner] != nil else { return }
    func column(_ known: inout [Int: Int]) -> Int {
      if let made = known[row.owner] { return made }
      let made = programme.addColumn(cost: costs[row.owner] ?? 0)
      known[row.owner] = made
      return made
    }
    entries.append((column(&below), 1))
    if row.isEquality { entries.append((column(&above), -1)) }
  }

  /// A turn for each of some owners: in it that one alone may be missed.
  func takeTurns(_ owners: [Int], _ programme: inout LinearProgramme) {
    programme.turns = [Int32](repeating: -1, count: programme.cost.count)
    programme.turnCount = owners.count
    for (turn, owner) in owners.enumerated() {
      for column in [below[owner], above[owner]] { if let column { programme.turns[column] = Int32(clamping: turn) } }
    }
  }

  /// Bounds what is missed in all, but for the solver's last digits.
  func bound(_ programme: inout LinearProgramme) {
    guard let leeway else { return }
    var terms: [(column: Int, value: Double)] = []
    for (owner, weight) in leeway.weights {
      for column in [below[owner], above[owner]] { if let column { terms.append((column, weight)) } }
    }
    programme.addRow(lower: -.infinity, upper: leeway.most * (1 + 1e-13), terms)
  }
}
