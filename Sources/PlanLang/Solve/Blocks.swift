/// A programme that falls apart: columns that no row ties together are solved by themselves, side by side, and those that are
/// best where they cost least need no solver at all.
struct Blocks {
  /// Columns that hang together, with the rows over them.
  private struct Block {
    var columns: [Int32] = []
    var rows: [Int32] = []
  }

  private let programme: LinearProgramme
  /// The blocks a solver is needed for.
  private var blocks: [Block] = []
  /// The value of each column where no row stood in its way.
  private var values: [Double]
  /// Whether a row without columns cannot hold.
  private(set) var isInfeasible = false

  /// How a programme falls apart; nil where it is all one block.
  init?(_ programme: LinearProgramme) {
    self.programme = programme
    values = programme.cost.indices.map { Self.cheapest(programme, $0) }
    let (blockOf, count) = Self.tied(programme)
    var all = [Block](repeating: Block(), count: count)
    for column in blockOf.indices { all[Int(blockOf[column])].columns.append(Int32(truncatingIfNeeded: column)) }
    for row in programme.rowLower.indices {
      guard programme.starts[row] < programme.starts[row + 1] else {
        if programme.rowLower[row] > 0 || programme.rowUpper[row] < 0 { isInfeasible = true }
        continue
      }
      all[Int(blockOf[Int(programme.indices[Int(programme.starts[row])])])].rows.append(Int32(truncatingIfNeeded: row))
    }
    blocks = all.filter { !isSettled($0) }
    if blocks.count == 1, blocks[0].columns.count == programme.cost.count { return nil }
  }

  /// Where a column costs least by itself, or stands nearest to nothing where it costs nothing.
  private static func cheapest(_ programme: LinearProgramme, _ column: Int) -> Double {
    var cost = programme.isMaximised ? -programme.cost[column] : programme.cost[column]
    if cost == 0, !programme.second.isEmpty { cost = programme.second[column] }
    var (lower, upper) = (programme.lower[column], programme.upper[column])
    if programme.isInteger[column] { (lower, upper) = (lower.rounded(.up), upper.rounded(.down)) }
    return cost > 0 ? lower : cost < 0 ? upper : min(max(0, lower), upper)
  }

  /// The block of each column, numbered as they come, and how many there are.
  private static func tied(_ programme: LinearProgramme) -> (blockOf: [Int32], count: Int) {
    var parent = [Int32](0..<Int32(clamping: programme.cost.count))
    func root(_ column: Int32) -> Int32 {
      var at = column
      while parent[Int(at)] != at {
        parent[Int(at)] = parent[Int(parent[Int(at)])]
        at = parent[Int(at)]
      }
      return at
    }
    for row in programme.rowLower.indices {
      let entries = Int(programme.starts[row])..<Int(programme.starts[row + 1])
      guard let first = entries.first else { continue }
      var one = root(programme.indices[first])
      for entry in entries.dropFirst() {
        let other = root(programme.indices[entry])
        if other == one { continue }
        parent[Int(max(one, other))] = min(one, other)
        one = min(one, other)
      }
    }
    var blockOf = [Int32](repeating: 0, count: parent.count)
    var count: Int32 = 0
    for column in parent.indices {
      let top = Int(root(Int32(truncatingIfNeeded: column)))
      // A root comes before all that hang on it.
      if top == column {
        blockOf[column] = count
        count += 1
      } else {
        blockOf[column] = blockOf[top]
      }
    }
    return (blockOf, Int(count))
  }

  /// Whether the cheapest values of a block's columns hold all its rows, in each turn.
  private func isSettled(_ block: Block) -> Bool {
    if !programme.turns.isEmpty, block.columns.contains(where: { programme.turns[Int($0)] >= 0 && values[Int($0)] != 0 }) { return false }
    guard block.columns.allSatisfy({ values[Int($0)].isFinite }) else { return false }
    return block.rows.allSatisfy { row in
      var sum = 0.0
      for entry in Int(programme.starts[Int(row)])..<Int(programme.starts[Int(row) + 1]) {
        sum += programme.values[entry] * values[Int(programme.indices[entry])]
      }
      return sum >= programme.rowLower[Int(row)] && sum <= programme.rowUpper[Int(row)]
    }
  }

  /// The blocks that need a solver, the largest first.
  func parts() -> (programmes: [LinearProgramme], order: [Int]) {
    let order = blocks.indices.sorted { blocks[$0].columns.count != blocks[$1].columns.count ? blocks[$0].columns.count > blocks[$1].columns.count : $0 < $1 }
    var local = [Int32](repeating: 0, count: programme.cost.count)
    for block in blocks { for (at, column) in block.columns.enumerated() { local[Int(column)] = Int32(truncatingIfNeeded: at) } }
    return (order.map { programme.part(columns: blocks[$0].columns, rows: blocks[$0].rows, local: local) }, order)
  }

  /// The answers of the parts, in their order, as one; each turn has those of parts that know none.
  func joined(_ answers: [Solution], _ order: [Int]) -> Solution {
    var all = once(answers, order)
    all.turns = (0..<programme.turnCount).map { turn in once(answers.map { $0.turns.isEmpty ? $0 : $0.turns[turn] }, order) }
    return all
  }

  private func once(_ answers: [Solution], _ order: [Int]) -> Solution {
    var all = Solution(.optimal)
    let worst: [Solution.Status] = [.failed, .infeasible, .infeasibleOrUnbounded, .unbounded, .stopped]
    for status in worst {
      guard let one = answers.first(where: { $0.status == status }) else { continue }
      (all.status, all.message) = (status, one.message)
      break
    }
    all.hasValues = answers.allSatisfy(\.hasValues)
    guard all.hasValues, all.status == .optimal || all.status == .stopped else { return all }
    all.values = values
    let hasDuals = answers.allSatisfy { !$0.rowDuals.isEmpty || !$0.columnDuals.isEmpty }
    if hasDuals { (all.rowDuals, all.columnDuals) = (programme.rowLower.map { _ in 0 }, programme.cost) }
    var isSettled = [Bool](repeating: true, count: values.count)
    for block in blocks { for column in block.columns { isSettled[Int(column)] = false } }
    all.bound = 0
    for column in values.indices where isSettled[column] && programme.cost[column] != 0 { all.bound += programme.cost[column] * values[column] }
    for (answer, place) in zip(answers, order) {
      let block = blocks[place]
      all.bound += answer.bound
      for (at, column) in block.columns.enumerated() {
        all.values[Int(column)] = answer.values[at]
        if hasDuals, !answer.columnDuals.isEmpty { all.columnDuals[Int(column)] = answer.columnDuals[at] }
      }
      if hasDuals { for (at, row) in block.rows.enumerated() { all.rowDuals[Int(row)] = answer.rowDuals[at] } }
      if all.message.isEmpty { all.message = answer.message }
    }
    all.objective = programme.objective(all.values)
    if all.status == .optimal, !programme.isMixed { all.bound = all.objective }
    return all
  }
}
