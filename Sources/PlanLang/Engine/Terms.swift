/// Sums of slices that formulas were seen to read, kept up to date while money moves: one term a slice, entity and year.
///
/// A run that records notes which terms, indicators and parameters it read. As long as none of them changes, the run
/// would take the same way to the same value: so these notes are its dependency list, whatever the formula.
struct Terms: Sendable {
  let plan: Plan
  // The slices asked for, each once, and which accounts and sources they hold (a byte each).
  private var byTemplate: [SliceTemplate: Int32] = [:]
  var templates: [SliceTemplate] = []
  var isLocal: [Bool] = []
  private var isFiltered: [Bool] = []
  var accountFits: [UInt8] = []
  var sourceFits: [UInt8] = []
  /// For each formula where its slices begin in `sliceTemplates`, or -1.
  private var sliceBase: [Int32]
  private var sliceTemplates: [Int32] = []
  /// What an edit asks of a term, side by side.
  struct Term: Sendable {
    /// The sum in the scenario that stands; not to be used while `isStale`.
    var sum = Number.undefined
    /// By how much it moved since that was last asked for.
    var moved: Int64 = 0
    /// The slice.
    var template: Int32
    var year: Int16
    var isStale = true
  }
  /// The terms.
  var all: [Term] = []
  var anchor: [UInt32] = []
  private var slots: [UInt32] = []
  // Which terms hold the money of an entity or of a whole block: chains. Entities that have any are nodes; a node's row
  // is the node above it and the head of its chain in each year.
  var nodes: [Int32] = []
  private var ownNode: [Int32]
  /// The nearest node at or above each entity, or -1.
  var nearest: [Int32] = []
  var blockHead: [Int32]
  var links: [Link] = []
  // The terms of a whole block that hold an account and a source, found once: a block's table of places in `wholes`, where
  // the terms of a place lie one behind the other up to -1.
  var tables: [Int32] = []
  var places: [Int32] = []
  var wholes: [Int32] = []

  struct Link: Sendable {
    var term: Int32
    var template: Int32
    var block: Int32
    var next: Int32
    var isFiltered: Bool
  }
  // What the run that goes on has read.
  /// The terms read, in order.
  private(set) var reads: [Int32] = []
  /// The indicators read and in which years, as `key` says.
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
    ownNode = [Int32](repeating: -1, count: plan.entities.count)
    blockHead = [Int32](repeating: -1, count: max(0, plan.cube.blocks.count - 1))
  }

  /// How many terms there are.
  var count: Int { all.count }

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

  /// The run reads an indicator in a year of the period, or in none.
  mutating func note(indicator row: Int, year at: Int) { rows.append(Int32(truncatingIfNeeded: key(row, at))) }

  /// What stands in `rows` for an indicator in a year; years beyond the period are one.
  func key(_ row: Int, _ at: Int) -> Int { row * (plan.yearCount + 1) + (at >= 0 && at < plan.yearCount ? at + 1 : 0) }

  /// The run reads a parameter.
  mutating func noteParameter() { readsParameter = true }

  /// The run reads something that is not followed: it is judged anew each time.
  mutating func noteEverything() { readsAll = true }

  /// The term of a slice without a local, for one who follows it.
  mutating func term(_ slice: SliceTemplate, year at: Int, _ reading: Reading) -> Int {
    _ = take(intern(slice), .max, at, nil, reading)
    return Int(reads[reads.count - 1])
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
      if all[likely].template == wanted, anchor[likely] == entity, Int(all[likely].year) == at { term = likely }
    }
    if term < 0 { term = find(wanted, entity, at) }
    reads.append(Int32(truncatingIfNeeded: term))
    if all[term].isStale {
      all[term].sum = reading.sum(templates[Int(wanted)], local: local, year: at)
      all[term].isStale = false
    }
    return all[term].sum
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
    if (all.count + 1) * 2 > slots.count { rehash() }
    let mask = slots.count - 1
    var slot = Self.hash(wanted, entity, at) & mask
    while slots[slot] != 0 {
      let term = Int(slots[slot]) - 1
      if all[term].template == wanted, anchor[term] == entity, Int(all[term].year) == at { return term }
      slot = (slot + 1) & mask
    }
    let term = all.count
    slots[slot] = UInt32(truncatingIfNeeded: term + 1)
    all.append(Term(template: wanted, year: Int16(truncatingIfNeeded: at)))
    anchor.append(entity)
    link(term, templates[Int(wanted)], entity, at)
    return term
  }

  private mutating func rehash() {
    slots = [UInt32](repeating: 0, count: max(64, slots.count * 2))
    let mask = slots.count - 1
    for term in 0..<all.count {
      var slot = Self.hash(all[term].template, anchor[term], Int(all[term].year)) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(truncatingIfNeeded: term + 1)
    }
  }

  /// Puts a term where the money it holds will look for it.
  private mutating func link(_ term: Int, _ slice: SliceTemplate, _ entity: UInt32, _ at: Int) {
    let block = (Int(slice.ledger.rawValue) * plan.cube.documents + slice.document.index) * plan.cube.years + at
    guard blockHead.indices.contains(block) else { return }
    func add(_ head: inout Int32) {
      links.append(
        Link(
          term: Int32(truncatingIfNeeded: term), template: all[term].template, block: Int32(truncatingIfNeeded: block), next: head,
          isFiltered: isFiltered[Int(all[term].template)]))
      head = Int32(truncatingIfNeeded: links.count - 1)
    }
    func addWhole() {
      add(&blockHead[block])
      tables.removeAll(keepingCapacity: true)
    }
    guard slice.ledger == .spending else { return addWhole() }
    switch slice.anchors {
    case .all: addWhole()
    case .entities(let entities): for inner in entities { add(&nodes[head(inner, at)]) }
    case .local:
      let local = EntityID(raw: entity)
      if let grounded = plan.grounded(slice, local) { return link(term, grounded, entity, at) }
      guard let within = slice.within else { return add(&nodes[head(local, at)]) }
      for outer in within {
        if plan.entities.contains(outer, local) {
          add(&nodes[head(local, at)])
        } else if plan.entities.contains(local, outer) {
          add(&nodes[head(outer, at)])
        }
      }
    }
  }

  /// Where the head of an entity's chain of a year stands, its node made where it had none.
  private mutating func head(_ entity: EntityID, _ at: Int) -> Int {
    if ownNode[entity.index] < 0 {
      ownNode[entity.index] = Int32(truncatingIfNeeded: nodes.count / (plan.yearCount + 1))
      nodes.append(contentsOf: repeatElement(-1, count: plan.yearCount + 1))
      nearest.removeAll(keepingCapacity: true)
    }
    return Int(ownNode[entity.index]) * (plan.yearCount + 1) + 1 + at
  }

  /// Finds for each entity the nearest node; parents are declared before what stands below them.
  mutating func findNearest() {
    nearest = ownNode
    for entity in nearest.indices {
      let parent = plan.entities.parent[entity]
      let above = parent == Entities.none ? -1 : nearest[parent.index]
      if nearest[entity] < 0 { nearest[entity] = above } else { nodes[Int(nearest[entity]) * (plan.yearCount + 1)] = above }
    }
  }
}
