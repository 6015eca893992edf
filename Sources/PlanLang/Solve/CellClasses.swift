/// Open cells that no requirement tells apart, taken together: they stand in the same sums and money may pass between
/// them and others under the same conditions.
struct CellClasses {
  /// The row of the instrument table (domain 4.1) down to which money may pass: 1 lets it go anywhere in its year and
  /// source, 8 only between objects of one kind in a subactivity, and so on.
  let row: Int
  /// For each class the ring its money stays in.
  private(set) var ring: [Int32] = []
  /// For each class the whole rupiah that may leave it.
  private(set) var spare: [Int64] = []
  /// For each class whether all its cells are opened for money of a source their leaves lack.
  private(set) var isNew: [Bool] = []
  /// For each sum the classes in it, but for those of rings that it holds whole; empty for sums that no requirement reads.
  private(set) var ofSum: [[Int32]]
  /// For each sum the rings it holds whole: what moves within them changes nothing in it.
  private(set) var ringsOfSum: [[Int32]]
  /// A cell of each ring.
  private(set) var rings: [Int32] = []
  /// How many classes each ring has.
  private(set) var ringSizes: [Int32] = []
  /// The cells, class by class.
  private var sorted: [Int32] = []
  private var starts: [Int32] = []

  /// How many classes there are.
  var count: Int { ring.count }

  /// The cells of a class.
  func members(_ one: Int) -> ArraySlice<Int32> { sorted[Int(starts[one])..<Int(starts[one + 1])] }

  /// Classes of the cells of a scenario by the sums that requirements read.
  init(_ cells: OpenCells, read: Set<Int32>, row: Int, field: (EntityID) -> String) {
    self.row = row
    ofSum = [[Int32]](repeating: [], count: cells.sums.count)
    ringsOfSum = ofSum
    let ringOf: [Int32]
    (ringOf, rings) = Self.rings(of: cells, row: row, field)
    let order = read.sorted()
    let classOf = classes(of: cells, ringOf, order)
    sort(classOf, cells)
    ringSizes = [Int32](repeating: 0, count: rings.count)
    for one in ring { ringSizes[Int(one)] += 1 }
    var inside = [Int32](repeating: 0, count: rings.count)
    for sum in order {
      var found: [Int32] = []
      for cell in cells.sums[Int(sum)].members {
        let one = classOf[Int(cell)]
        guard sorted[Int(starts[Int(one)])] == cell else { continue }
        found.append(one)
        inside[Int(ring[Int(one)])] += 1
      }
      for one in found where inside[Int(ring[Int(one)])] == ringSizes[Int(ring[Int(one)])] {
        inside[Int(ring[Int(one)])] = -1
        ringsOfSum[Int(sum)].append(ring[Int(one)])
      }
      if !ringsOfSum[Int(sum)].isEmpty { ofSum[Int(sum)] = found.filter { inside[Int(ring[Int($0)])] >= 0 } } else { ofSum[Int(sum)] = found }
      for one in found { inside[Int(ring[Int(one)])] = 0 }
    }
  }

  /// One word out of two: what is told apart by words mixed in turn is told apart by the last.
  private static func mixed(_ word: UInt64, _ next: UInt64) -> UInt64 {
    var mixed = word ^ ((next &+ 1) &* 0xBF58_476D_1CE4_E5B9)
    mixed = (mixed ^ (mixed >> 29)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The class of each cell: of one ring, and in the same of the sums that are read.
  private mutating func classes(of cells: OpenCells, _ ringOf: [Int32], _ read: [Int32]) -> [Int32] {
    var signature = ringOf.map { Self.mixed(0, UInt64(truncatingIfNeeded: $0)) }
    for sum in read {
      for cell in cells.sums[Int(sum)].members { signature[Int(cell)] = Self.mixed(signature[Int(cell)], UInt64(truncatingIfNeeded: sum)) }
    }
    var known: [UInt64: Int32] = [:]
    var classOf = [Int32](repeating: 0, count: cells.cells.count)
    for (at, cell) in cells.cells.enumerated() {
      let found = known[signature[at]] ?? Int32(truncatingIfNeeded: ring.count)
      if Int(found) == ring.count {
        known[signature[at]] = found
        ring.append(ringOf[at])
        spare.append(0)
        isNew.append(true)
      }
      classOf[at] = found
      if !cell.isNew { isNew[Int(found)] = false }
      spare[Int(found)] += cell.spare
    }
    return classOf
  }

  /// Lays the cells out class by class.
  private mutating func sort(_ classOf: [Int32], _ cells: OpenCells) {
    starts = [Int32](repeating: 0, count: count + 1)
    for one in classOf { starts[Int(one) + 1] += 1 }
    for one in ring.indices { starts[one + 1] += starts[one] }
    var next = starts
    sorted = [Int32](repeating: 0, count: classOf.count)
    for (cell, one) in classOf.enumerated() {
      sorted[Int(next[Int(one)])] = Int32(truncatingIfNeeded: cell)
      next[Int(one)] += 1
    }
  }

  /// The ring of each cell, what it must share with where its money goes, and a cell of each ring.
  static func rings(of cells: OpenCells, row: Int, _ field: (EntityID) -> String) -> (ringOf: [Int32], rings: [Int32]) {
    let plan = cells.plan
    var known: [UInt64: Int32] = [:]
    var fields: [EntityID: UInt64] = [:]
    var names: [String: UInt64] = [:]
    // What its leaf and account say of a cell, kept while they stay.
    var last: (leaf: EntityID, account: AccountID, word: UInt64)?
    var rings: [Int32] = []
    var found: [Int32] = []
    found.reserveCapacity(cells.cells.count)
    // Where anything of a year and source may meet, those two say it all.
    var direct = [Int32](repeating: -1, count: row > 1 ? 0 : plan.sources.name.count * plan.yearCount)
    for (at, cell) in cells.cells.enumerated() {
      let place = cell.place
      let spot = place.source.index * plan.yearCount + place.year
      if row == 1, plan.sources.field[place.source.index] == nil {
        if direct[spot] < 0 {
          direct[spot] = Int32(truncatingIfNeeded: rings.count)
          rings.append(Int32(truncatingIfNeeded: at))
        }
        found.append(direct[spot])
        continue
      }
      var word = Self.mixed(UInt64(place.source.raw), UInt64(truncatingIfNeeded: place.year))
      if row > 1 {
        if last?.leaf != place.leaf || last?.account != place.account {
          // Source, document and year stand first; the document is one.
          let levels = Instrument.levels(of: place, plan).prefix(row + 2).dropFirst(3)
          last = (place.leaf, place.account, levels.reduce(0) { Self.mixed($0, UInt64($1)) })
        }
        word = Self.mixed(word, last?.word ?? 0)
      }
      // Money bound to a field stays in it.
      if plan.sources.field[place.source.index] != nil {
        let bound: UInt64
        let programme = plan.entities.ancestor(.program, of: place.leaf) ?? place.leaf
        if let before = fields[programme] {
          bound = before
        } else {
          let name = field(programme)
          bound = names[name] ?? UInt64(names.count)
          (names[name], fields[programme]) = (bound, bound)
        }
        word = Self.mixed(word, bound)
      }
      let ring = known[word] ?? Int32(truncatingIfNeeded: rings.count)
      if Int(ring) == rings.count {
        known[word] = ring
        rings.append(Int32(truncatingIfNeeded: at))
      }
      found.append(ring)
    }
    return (found, rings)
  }
}

/// A figure of sums as the classes and rings see it: gathered in place, read and cleared.
struct ClassTerms {
  private let classes: CellClasses
  private var ofClass: [Double]
  private var touched: [Int32] = []
  private var ofRing: [Double]
  private var touchedRings: [Int32] = []

  init(_ classes: CellClasses) {
    self.classes = classes
    ofClass = [Double](repeating: 0, count: classes.count)
    ofRing = [Double](repeating: 0, count: classes.rings.count)
  }

  /// What a figure counts each class by that does not count like its whole ring, in their order, and what it counts each whole
  /// ring by.
  mutating func gather(
    _ figure: [(sum: Int32, factor: Double)], scaled scale: Double = 1
  ) -> (classes: [(one: Int32, value: Double)], rings: [(ring: Int32, value: Double)]) {
    for (sum, factor) in figure {
      for one in classes.ofSum[Int(sum)] {
        if ofClass[Int(one)] == 0 { touched.append(one) }
        ofClass[Int(one)] += factor * scale
      }
      for ring in classes.ringsOfSum[Int(sum)] {
        if ofRing[Int(ring)] == 0 { touchedRings.append(ring) }
        ofRing[Int(ring)] += factor * scale
      }
    }
    if figure.count > 1 { touched.sort() }
    touchedRings.sort()
    var loose: [(one: Int32, value: Double)] = []
    loose.reserveCapacity(touched.count)
    for one in touched where ofClass[Int(one)] != 0 {
      loose.append((one, ofClass[Int(one)]))
      ofClass[Int(one)] = 0
    }
    var whole: [(ring: Int32, value: Double)] = []
    for ring in touchedRings where ofRing[Int(ring)] != 0 {
      whole.append((ring, ofRing[Int(ring)]))
      ofRing[Int(ring)] = 0
    }
    touched.removeAll(keepingCapacity: true)
    touchedRings.removeAll(keepingCapacity: true)
    return (loose, whole)
  }
}

/// Whether moves within rings change figures, seen cell by cell.
struct RingTerms {
  private let cells: OpenCells
  private let ringOf: [Int32]
  private var sizes: [Int32]
  private var factors: [Double]
  private var touched: [Int32] = []
  private var first: [Double]
  private var left: [Int32]

  init(_ cells: OpenCells, _ rings: (ringOf: [Int32], rings: [Int32])) {
    (self.cells, ringOf) = (cells, rings.ringOf)
    sizes = [Int32](repeating: 0, count: rings.rings.count)
    for ring in ringOf { sizes[Int(ring)] += 1 }
    factors = [Double](repeating: 0, count: ringOf.count)
    (first, left) = ([Double](repeating: 0, count: sizes.count), sizes)
  }

  /// Whether any move within a ring changes a figure: where all cells of each ring count alike in it, none does.
  mutating func moves(_ figure: [(sum: Int32, factor: Double)]) -> Bool {
    for (sum, factor) in figure {
      for cell in cells.sums[Int(sum)].members {
        if factors[Int(cell)] == 0 { touched.append(cell) }
        factors[Int(cell)] += factor
      }
    }
    var found = false
    for cell in touched where factors[Int(cell)] != 0 {
      let ring = Int(ringOf[Int(cell)])
      if left[ring] == sizes[ring] { first[ring] = factors[Int(cell)] } else if first[ring] != factors[Int(cell)] { found = true }
      left[ring] -= 1
      factors[Int(cell)] = 0
    }
    for cell in touched {
      let ring = Int(ringOf[Int(cell)])
      if left[ring] > 0, left[ring] < sizes[ring] { found = true }
      left[ring] = sizes[ring]
    }
    touched.removeAll(keepingCapacity: true)
    return found
  }
}
