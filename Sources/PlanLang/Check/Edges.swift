/// Chains from what is read to the groups that read it.
struct Edges: Sendable {
  /// The first edge of each thing read, or -1.
  private(set) var heads: [Int32] = []
  /// The group of each edge.
  private(set) var groups: [Int32] = []
  /// The next edge of the same thing.
  private(set) var next: [Int32] = []
  private var things: [Int32] = []
  private var lastOfGroup: [Int32] = []
  private var before: [Int32] = []

  /// How many things there are.
  var count: Int { heads.count }

  /// Makes room for things.
  mutating func widen(to count: Int) {
    while heads.count < count { heads.append(-1) }
  }

  /// Adds an edge.
  mutating func add(from thing: Int, to group: Int) {
    while lastOfGroup.count <= group { lastOfGroup.append(-1) }
    let edge = Int32(truncatingIfNeeded: groups.count)
    groups.append(Int32(truncatingIfNeeded: group))
    things.append(Int32(truncatingIfNeeded: thing))
    next.append(heads[thing])
    before.append(lastOfGroup[group])
    heads[thing] = edge
    lastOfGroup[group] = edge
  }

  /// Visits what a group reads.
  func each(ofGroup group: Int, _ visit: (Int) -> Void) {
    guard group < lastOfGroup.count else { return }
    var edge = Int(lastOfGroup[group])
    while edge >= 0 {
      visit(Int(things[edge]))
      edge = Int(before[edge])
    }
  }
}
