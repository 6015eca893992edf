/// Sums of slices that formulas were seen to read, kept up to date while money moves: one term a slice, entity and year.
///
/// A run that records notes which terms, indicators and parameters it read. As long as none of them changes, the run
/// would take the same way to the same value: so these notes are its dependency list, whatever the formula.
struct Terms: Sendable {
  private let plan: Plan
  // The slices asked for, each once, and which accounts and sources they hold (a byte each).
  private var byTemplate: [SliceTemplate: Int32] = [:]
  private var templates: [SliceTemplate] = []
  private var isLocal: [Bool] = []
  private var isFiltered: [Bool] = []
  private var accountFits: [UInt8] = []
  private var sourceFits: [UInt8] = []
  /// For each formula where its slices begin in `sliceTemplates`, or -1.
  private var sliceBase: [Int32]
  private var sliceTemplates: [Int32] = []
  // The terms.
  private var template: [Int32] = []
  private var anchor: [UInt32] = []
  private var year: [Int32] = []
  /// The sum of each term in the scenario that stands; not to be used while `isStale`.
  private(set) var sums: [Number] = []
  private(set) var isStale: [Bool] = []
  /// By how much each moved since it was last asked for by `hasMoved`.
  private var moved: [Int64] = []
  private var slots: [UInt32] = []
  // Which terms hold the money of an entity or of a whole block: chains.
  private var entityHead: [Int32]
  private var blockHead: [Int32]
  private var linkTerm: [Int32] = []
  private var linkBlock: [Int32] = []
  private var linkNext: [Int32] = []
  // What the run that goes on has read.
  /// The terms read, in order.
  private(set) var reads: [Int32] = []
  /// The rows of indicators read.
  private(set) var rows: [Int32] = []
  /// Whether a parameter was read.
  private(set) var readsParameter = false
  /// Whether something was read that is not followed: another scenario, a parameter that depends on money.
  private(set) var readsAll = false
  /// What the same run read before.
  private var expected: [Int32] = []

  /// No term of a plan yet.
  init(plan: Plan) {
    self.plan = plan
    sliceBase = [Int32](repeating: -1, count: plan.formulas.count)
    entityHead = [Int32](repeating: -1, count: plan.entities.count * plan.yearCount)
    blockHead = [Int32](repeating: -1, count: max(0, plan.cube.blocks.count - 1))
  }

  /// How many terms there are.
  var count: Int { sums.count }

  // MARK: Recording

  /// Begins the notes of a run that is likely to read what it read before.
  mutating func begin(expecting past: ArraySlice<Int32>) {
    reads.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    expected.removeAll(keepingCapacity: true)
    expected.append(contentsOf: past)
    readsParameter = false
    readsAll = false
  }

  /// The run reads an indicator.
  mutating func note(indicator row: Int) { rows.append(Int32(truncatingIfNeeded: row)) }

  /// The run reads a parameter.
  mutating func noteParameter() { readsParameter = true }

  /// The run reads something that is not followed: it is judged anew each time.
  mutating func noteEverything() { readsAll = true }

  /// The run depends on a slice without asking for its sum (what drives an indicator).
  mutating func note(_ slice: SliceTemplate, year at: Int, _ reading: Reading) {
    guard at >= 0, at < plan.yearCount else { return }
    _ = take(intern(slice), .max, at, nil, reading)
  }

  /// The sum of a formula's slice in the scenario that stands, noted as read.
  mutating func sum(
    _ formula: Int, _ slice: Int, local: EntityID?, year at: Int, _ reading: Reading
  ) -> Number {
    guard at >= 0, at < plan.yearCount else { return .undeclared }
    guard sliceBase.indices.contains(formula) else {
      noteEverything()
      return .undefined
    }
    if sliceBase[formula] < 0 {
      sliceBase[formula] = Int32(truncatingIfNeeded: sliceTemplates.count)
      for slice in plan.formulas[formula].slices { sliceTemplates.append(intern(slice)) }
    }
    let wanted = sliceTemplates[Int(sliceBase[formula]) + slice]
    if isLocal[Int(wanted)] {
      guard let local, local.index < plan.entities.count else { return .undefined }
      return take(wanted, local.raw, at, local, reading)
    }
    return take(wanted, .max, at, nil, reading)
  }

  private mutating func take(_ wanted: Int32, _ entity: UInt32, _ at: Int, _ local: EntityID?, _ reading: Reading) -> Number {
    var term = -1
    if reads.count < expected.count {
      let likely = Int(expected[reads.count])
      if template[likely] == wanted, anchor[likely] == entity, Int(year[likely]) == at { term = likely }
    }
    if term < 0 { term = find(wanted, entity, at) }
    reads.append(Int32(truncatingIfNeeded: term))
    if isStale[term] {
      sums[term] = reading.sum(templates[Int(wanted)], local: local, year: at)
      isStale[term] = false
    }
    return sums[term]
  }

  private mutating func intern(_ slice: SliceTemplate) -> Int32 {
    if let known = byTemplate[slice] { return known }
    let id = Int32(truncatingIfNeeded: templates.count)
    byTemplate[slice] = id
    templates.append(slice)
    if case .local = slice.anchors, slice.ledger == .spending { isLocal.append(true) } else { isLocal.append(false) }
    isFiltered.append(!slice.accounts.isEmpty || !slice.sources.isEmpty)
    for account in 0..<plan.accounts.level.count {
      let fits = slice.accounts.isEmpty || slice.accounts.contains { plan.accounts.contains($0, AccountID(account)) }
      accountFits.append(fits ? 1 : 0)
    }
    for source in 0..<plan.sources.count {
      let fits = slice.sources.isEmpty || slice.sources.contains { plan.sources.contains($0, SourceID(source)) }
      sourceFits.append(fits ? 1 : 0)
    }
    return id
  }

  // MARK: The table of terms

  private static func hash(_ wanted: Int32, _ entity: UInt32, _ at: Int) -> Int {
    var x = UInt64(entity) &* 0x9e37_79b9_7f4a_7c15
    x ^= UInt64(truncatingIfNeeded: at) &* 0xc2b2_ae3d_27d4_eb4f ^ UInt64(truncatingIfNeeded: wanted) &* 0x1656_67b1_9e37_79f9
    return Int(((x ^ (x >> 29)) &* 0xbf58_476d_1ce4_e5b9) >> 33)
  }

  private mutating func find(_ wanted: Int32, _ entity: UInt32, _ at: Int) -> Int {
    if (sums.count + 1) * 2 > slots.count { rehash() }
    let mask = slots.count - 1
    var slot = Self.hash(wanted, entity, at) & mask
    while slots[slot] != 0 {
      let term = Int(slots[slot]) - 1
      if template[term] == wanted, anchor[term] == entity, Int(year[term]) == at { return term }
      slot = (slot + 1) & mask
    }
    let term = sums.count
    slots[slot] = UInt32(truncatingIfNeeded: term + 1)
    template.append(wanted)
    anchor.append(entity)
    year.append(Int32(truncatingIfNeeded: at))
    sums.append(.undefined)
    isStale.append(true)
    moved.append(0)
    link(term, templates[Int(wanted)], entity, at)
    return term
  }

  private mutating func rehash() {
    slots = [UInt32](repeating: 0, count: max(64, slots.count * 2))
    let mask = slots.count - 1
    for term in 0..<sums.count {
      var slot = Self.hash(template[term], anchor[term], Int(year[term])) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(truncatingIfNeeded: term + 1)
    }
  }

  /// Puts a term where the money it holds will look for it.
  private mutating func link(_ term: Int, _ slice: SliceTemplate, _ entity: UInt32, _ at: Int) {
    let block = (Int(slice.ledger.rawValue) * plan.cube.documents + slice.document.index) * plan.cube.years + at
    guard blockHead.indices.contains(block) else { return }
    func add(_ head: inout Int32) {
      linkTerm.append(Int32(truncatingIfNeeded: term))
      linkBlock.append(Int32(truncatingIfNeeded: block))
      linkNext.append(head)
      head = Int32(truncatingIfNeeded: linkTerm.count - 1)
    }
    guard slice.ledger == .spending else { return add(&blockHead[block]) }
    func head(_ entity: EntityID) -> Int { entity.index * plan.yearCount + at }
    switch slice.anchors {
    case .all: add(&blockHead[block])
    case .entities(let entities): for inner in entities { add(&entityHead[head(inner)]) }
    case .local:
      let local = EntityID(raw: entity)
      if let grounded = plan.grounded(slice, local) { return link(term, grounded, entity, at) }
      guard let within = slice.within else { return add(&entityHead[head(local)]) }
      for outer in within {
        if plan.entities.contains(outer, local) {
          add(&entityHead[head(local)])
        } else if plan.entities.contains(local, outer) {
          add(&entityHead[head(outer)])
        }
      }
    }
  }

  // MARK: Money moves

  /// Adds moved sen to every term that holds a place; each is handed on once for each chain it was met in. With
  /// `isWhole` unknown (a cell that came or went), the terms are read anew.
  mutating func move(_ place: ExtraCell, _ sen: Int64, isReread: Bool, touched: inout [Int32]) {
    let block = (Int(place.ledger.rawValue) * plan.cube.documents + place.document.index) * plan.cube.years + place.year
    guard blockHead.indices.contains(block) else { return }
    follow(blockHead[block], block, place, sen, isReread, &touched)
    guard place.ledger == .spending else { return }
    var entity = place.leaf
    while entity != Entities.none {
      follow(entityHead[entity.index * plan.yearCount + place.year], block, place, sen, isReread, &touched)
      entity = plan.entities.parent[entity.index]
    }
  }

  private mutating func follow(
    _ head: Int32, _ block: Int, _ place: ExtraCell, _ sen: Int64, _ isReread: Bool, _ touched: inout [Int32]
  ) {
    var link = Int(head)
    while link >= 0 {
      if Int(linkBlock[link]) == block {
        let term = Int(linkTerm[link])
        let kind = Int(template[term])
        if !isFiltered[kind] || fits(kind, place) {
          touched.append(linkTerm[link])
          let (sum, overflow) = sums[term].a.addingReportingOverflow(sen)
          if sums[term].b == 1, !overflow, !isReread {
            sums[term].a = sum
            moved[term] &+= sen
          } else {
            isStale[term] = true
          }
        }
      }
      link = Int(linkNext[link])
    }
  }

  private func fits(_ kind: Int, _ place: ExtraCell) -> Bool {
    accountFits[kind * plan.accounts.level.count + place.account.index] != 0
      && sourceFits[kind * plan.sources.count + place.source.index] != 0
  }

  /// Whether a touched term is another than when that was last asked: what took and gave the same leaves it as it was.
  mutating func hasMoved(_ term: Int32) -> Bool {
    let by = moved[Int(term)]
    moved[Int(term)] = 0
    return by != 0 || isStale[Int(term)]
  }

  /// Whether one of some terms went stale.
  func hasStale(_ reads: [Int32], _ range: Range<Int>) -> Bool {
    for at in range where isStale[Int(reads[at])] { return true }
    return false
  }

  /// Reads the terms anew that went stale.
  mutating func refresh(_ reads: [Int32], _ range: Range<Int>, _ reading: Reading) {
    for at in range where isStale[Int(reads[at])] {
      let term = Int(reads[at])
      let slice = templates[Int(template[term])]
      let local = isLocal[Int(template[term])] ? EntityID(raw: anchor[term]) : nil
      sums[term] = reading.sum(slice, local: local, year: Int(year[term]))
      isStale[term] = false
    }
  }
}
