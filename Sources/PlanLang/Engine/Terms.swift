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
  private(set) var all: [Term] = []
  private var anchor: [UInt32] = []
  private var slots: [UInt32] = []
  // Which terms hold the money of an entity or of a whole block: chains. Entities that have any are nodes; a node's row
  // is the node above it and the head of its chain in each year.
  private var nodes: [Int32] = []
  private var ownNode: [Int32]
  /// The nearest node at or above each entity, or -1.
  private var nearest: [Int32] = []
  private var blockHead: [Int32]
  private var links: [Link] = []
  // The terms of a whole block that hold an account and a source, found once: a block's table of places in `wholes`, where
  // the terms of a place lie one behind the other up to -1.
  private var tables: [Int32] = []
  private var places: [Int32] = []
  private var wholes: [Int32] = []

  // The terms that hold a cell of the plan, found once: where they begin in `routes`, one behind the other up to -1; -1 where they
  // were not looked for since the last term came.
  private var routeOf: [Int32] = []
  private var routes: [Int32] = []
  private var longestRoute = 0
  private var routedLinks = -1

  private struct Link: Sendable {
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

  /// Lends the terms to be looked at where they lie.
  @inline(__always) mutating func lend<Made>(_ look: (UnsafeMutableBufferPointer<Term>) -> Made) -> Made {
    all.withUnsafeMutableBufferPointer { look($0) }
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
  private mutating func findNearest() {
    nearest = ownNode
    for entity in nearest.indices {
      let parent = plan.entities.parent[entity]
      let above = parent == Entities.none ? -1 : nearest[parent.index]
      if nearest[entity] < 0 { nearest[entity] = above } else { nodes[Int(nearest[entity]) * (plan.yearCount + 1)] = above }
    }
  }

  // MARK: Money moves

  /// Adds moved sen to every term that holds a place, and puts these behind the first `count` of `touched`. With
  /// `isReread` (a cell that came or went), the terms are read anew.
  mutating func move(_ place: ExtraCell, _ sen: Int64, isReread: Bool, touched: inout [Int32], _ count: inout Int) {
    let block = (Int(place.ledger.rawValue) * plan.cube.documents + place.document.index) * plan.cube.years + place.year
    guard blockHead.indices.contains(block) else { return }
    if nearest.isEmpty { findNearest() }
    var end = touched.withUnsafeMutableBufferPointer { gather(place, block, $0, count) }
    while end > touched.count {
      touched.append(contentsOf: repeatElement(0, count: max(64, end)))
      end = touched.withUnsafeMutableBufferPointer { gather(place, block, $0, count) }
    }
    all.withUnsafeMutableBufferPointer { all in
      touched.withUnsafeBufferPointer { touched in
        for at in count..<end {
          let term = Int(touched[at])
          let (sum, overflow) = all[term].sum.a.addingReportingOverflow(sen)
          if all[term].sum.b != 1 || overflow || isReread {
            all[term].isStale = true
          } else {
            all[term].sum.a = sum
            all[term].moved &+= sen
          }
        }
      }
    }
    count = end
  }

  /// Adds sen to every term that holds the cell of a shift's taker and takes them from every one that holds its giver's; the terms that
  /// hold only one of the two are put into `touched`, and how many these are is told.
  mutating func move(_ shift: ScenarioState.Shift, touched: inout [Int32]) -> Int {
    if routedLinks != links.count {
      routeOf = [Int32](repeating: -1, count: plan.cube.count)
      routes.removeAll(keepingCapacity: true)
      (routedLinks, longestRoute) = (links.count, 0)
    }
    let (from, to) = (route(shift.source, shift.giver), route(shift.target, shift.taker))
    while touched.count < 2 * longestRoute { touched.append(0) }
    return all.withUnsafeMutableBufferPointer { all in
      routes.withUnsafeMutableBufferPointer { routes in
        touched.withUnsafeMutableBufferPointer { Self.move(shift.sen, from, to, all, routes, $0) }
      }
    }
  }

  private static func move(
    _ sen: Int64, _ from: Int, _ to: Int, _ all: UnsafeMutableBufferPointer<Term>, _ routes: UnsafeMutableBufferPointer<Int32>,
    _ touched: UnsafeMutableBufferPointer<Int32>
  ) -> Int {
    var (from, to) = (from, to)
    while routes[from] == routes[to], routes[from] >= 0 { (from, to) = (from + 1, to + 1) }
    var at = from
    while routes[at] >= 0 {
      all[Int(routes[at])].moved &-= sen
      at += 1
    }
    at = to
    while routes[at] >= 0 {
      all[Int(routes[at])].moved &+= sen
      at += 1
    }
    var count = 0
    func settle(_ start: Int) {
      at = start
      while routes[at] >= 0 {
        let term = Int(routes[at])
        at += 1
        let moved = all[term].moved
        if moved == 0, !all[term].isStale { continue }
        all[term].moved = 0
        let (sum, overflow) = all[term].sum.a.addingReportingOverflow(moved)
        if all[term].sum.b == 1, !overflow { all[term].sum.a = sum } else { all[term].isStale = true }
        touched[count] = Int32(truncatingIfNeeded: term)
        count += 1
      }
    }
    settle(from)
    settle(to)
    return count
  }

  /// Where the terms of a cell of the plan begin in `routes`.
  private mutating func route(_ cell: Int, _ place: ExtraCell) -> Int {
    if routeOf[cell] >= 0 { return Int(routeOf[cell]) }
    if nearest.isEmpty { findNearest() }
    let block = (Int(place.ledger.rawValue) * plan.cube.documents + place.document.index) * plan.cube.years + place.year
    var found = [Int32](repeating: 0, count: 64)
    var count = found.withUnsafeMutableBufferPointer { gather(place, block, $0, 0) }
    if count > found.count {
      found = [Int32](repeating: 0, count: count)
      count = found.withUnsafeMutableBufferPointer { gather(place, block, $0, 0) }
    }
    routeOf[cell] = Int32(truncatingIfNeeded: routes.count)
    routes.append(contentsOf: found[..<count])
    routes.append(-1)
    longestRoute = max(longestRoute, count)
    return Int(routeOf[cell])
  }

  /// Writes the terms that hold a place behind the first `count`; gives how many there would be then.
  private mutating func gather(_ place: ExtraCell, _ block: Int, _ touched: UnsafeMutableBufferPointer<Int32>, _ count: Int) -> Int {
    var count = count
    var at = whole(block, place)
    while wholes[at] >= 0 {
      if count < touched.count { touched[count] = wholes[at] }
      count += 1
      at += 1
    }
    guard place.ledger == .spending, place.leaf != Entities.none else { return count }
    let width = plan.yearCount + 1
    var node = Int(nearest[place.leaf.index])
    while node >= 0 {
      let row = node * width
      var at = Int(nodes[row + 1 + place.year])
      while at >= 0 {
        let link = links[at]
        at = Int(link.next)
        guard Int(link.block) == block, !link.isFiltered || fits(Int(link.template), place) else { continue }
        if count < touched.count { touched[count] = link.term }
        count += 1
      }
      node = Int(nodes[row])
    }
    return count
  }

  /// Where the terms of the whole block that hold a place begin in `wholes`.
  private mutating func whole(_ block: Int, _ place: ExtraCell) -> Int {
    let (accounts, sources) = (plan.accounts.level.count, plan.sources.count)
    if tables.isEmpty {
      tables = [Int32](repeating: -1, count: blockHead.count)
      places.removeAll(keepingCapacity: true)
      wholes.removeAll(keepingCapacity: true)
    }
    if tables[block] < 0 {
      tables[block] = Int32(truncatingIfNeeded: places.count)
      places.append(contentsOf: repeatElement(-1, count: accounts * sources))
    }
    let at = Int(tables[block]) + place.account.index * sources + place.source.index
    if places[at] >= 0 { return Int(places[at]) }
    places[at] = Int32(truncatingIfNeeded: wholes.count)
    var next = Int(blockHead[block])
    while next >= 0 {
      let link = links[next]
      next = Int(link.next)
      if !link.isFiltered || fits(Int(link.template), place) { wholes.append(link.term) }
    }
    wholes.append(-1)
    return Int(places[at])
  }

  private func fits(_ kind: Int, _ place: ExtraCell) -> Bool {
    accountFits[kind * plan.accounts.level.count + place.account.index] != 0
      && sourceFits[kind * plan.sources.count + place.source.index] != 0
  }

  /// Leaves of the first `count` touched terms those that are others than when this was last asked: what took and gave
  /// the same stays as it was.
  mutating func keepMoved(_ touched: inout [Int32], _ count: inout Int) {
    let end = count
    count = all.withUnsafeMutableBufferPointer { all in
      touched.withUnsafeMutableBufferPointer { touched in
        var kept = 0
        for at in 0..<end {
          let term = touched[at]
          if all[Int(term)].moved == 0, !all[Int(term)].isStale { continue }
          all[Int(term)].moved = 0
          touched[kept] = term
          kept += 1
        }
        return kept
      }
    }
  }

  /// Whether one of some terms went stale.
  func hasStale(_ reads: [Int32], _ range: Range<Int>) -> Bool {
    for at in range where all[Int(reads[at])].isStale { return true }
    return false
  }

  /// Reads the terms anew that went stale.
  mutating func refresh(_ reads: [Int32], _ range: Range<Int>, _ reading: Reading) {
    for at in range where all[Int(reads[at])].isStale { refresh(Int(reads[at]), reading) }
  }

  private mutating func refresh(_ term: Int, _ reading: Reading) {
    let template = Int(all[term].template)
    let local = isLocal[template] ? EntityID(raw: anchor[term]) : nil
    all[term].sum = reading.sum(templates[template], local: local, year: Int(all[term].year))
    all[term].isStale = false
  }
}
