/// Open cells that no requirement tells apart, taken together: they stand in the same sums and money may pass between
/// them and others under the same conditions.
struct CellClasses {
  /// The row of the instrument table (domain 4.1) down to which money may pass: 1 lets it go anywhere in its year and
  /// source, 8 only between objects of one kind in a subactivity, and so on.
  let row: Int
  /// For each class the ring its money stays in.
  private(set) var ring: [Int32] = []
  /// For each class its cells.
  private(set) var members: [[Int32]] = []
  /// For each class the whole rupiah that may leave it.
  private(set) var spare: [Int64] = []
  /// For each sum its classes; empty for sums that no requirement reads.
  private(set) var ofSum: [[Int32]]
  /// How many rings there are, and a cell of each.
  private(set) var rings: [Int32] = []

  /// Classes of the cells of a scenario by the sums that requirements read.
  init(_ cells: OpenCells, read: Set<Int32>, row: Int, field: (EntityID) -> String) {
    self.row = row
    ofSum = [[Int32]](repeating: [], count: cells.sums.count)
    let ringOf = rings(of: cells, field)
    // What sums a cell stands in, mixed to one word.
    var signature = ringOf.map { UInt64(truncatingIfNeeded: $0) &* 0x9E37_79B9_7F4A_7C15 }
    let order = read.sorted()
    for sum in order {
      let word = (UInt64(truncatingIfNeeded: sum) &+ 1) &* 0xBF58_476D_1CE4_E5B9
      for cell in cells.sums[Int(sum)].members {
        var mixed = signature[Int(cell)] ^ word
        mixed = (mixed ^ (mixed >> 29)) &* 0x94D0_49BB_1331_11EB
        signature[Int(cell)] = mixed ^ (mixed >> 31)
      }
    }
    struct Kind: Hashable {
      var ring: Int32
      var signature: UInt64
    }
    var known: [Kind: Int32] = [:]
    var classOf = [Int32](repeating: 0, count: cells.cells.count)
    for (at, cell) in cells.cells.enumerated() {
      let kind = Kind(ring: ringOf[at], signature: signature[at])
      let found = known[kind] ?? Int32(truncatingIfNeeded: members.count)
      if Int(found) == members.count {
        known[kind] = found
        ring.append(ringOf[at])
        members.append([])
        spare.append(0)
      }
      classOf[at] = found
      members[Int(found)].append(Int32(truncatingIfNeeded: at))
      spare[Int(found)] += cell.spare
    }
    for sum in order {
      var last: [Int32] = []
      for cell in cells.sums[Int(sum)].members where members[Int(classOf[Int(cell)])][0] == cell { last.append(classOf[Int(cell)]) }
      ofSum[Int(sum)] = last
    }
  }

  /// The ring of each cell: what it must share with where its money goes.
  private mutating func rings(of cells: OpenCells, _ field: (EntityID) -> String) -> [Int32] {
    struct Ring: Hashable {
      var levels: [UInt32]
      var field: String
    }
    var known: [Ring: Int32] = [:]
    var fields: [EntityID: String] = [:]
    var found: [Int32] = []
    for (at, cell) in cells.cells.enumerated() {
      let place = cell.place
      var key = Ring(levels: [place.source.raw, UInt32(truncatingIfNeeded: place.year)], field: "")
      if row > 1 { key.levels = Array(Instrument.levels(of: place, cells.plan).prefix(row + 2)) }
      // Money bound to a field stays in it.
      if cells.plan.sources.field[place.source.index] != nil {
        key.field = fields[place.leaf] ?? field(place.leaf)
        fields[place.leaf] = key.field
      }
      let ring = known[key] ?? Int32(truncatingIfNeeded: rings.count)
      if Int(ring) == rings.count {
        known[key] = ring
        rings.append(Int32(truncatingIfNeeded: at))
      }
      found.append(ring)
    }
    return found
  }
}
