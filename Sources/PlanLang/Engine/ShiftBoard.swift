import CKernels

/// A plan laid out for shifts of money between two cells, so that one costs a few additions.
///
/// A rule that compares two sums is one whole number here (`Balance`): the difference of its two sides, times what they are divided by. A sen
/// in a cell adds a factor of its own to it, and its sign tells whether the rule holds. The money of a response in a year is a form
/// too (a purse): when it is another, the projection that hangs on it alone is computed and held against its bounds.
///
/// What was moved is noted; the state and its sums are brought up to date when somebody asks for them.
///
/// It hands its memory to nobody and is never copied, so that it may go from thread to thread as its owner does: hence `@unchecked`.
struct ShiftBoard: ~Copyable, @unchecked Sendable {
  // The cells of entities, for each document and year that was asked for, and which cell of the cube each is.
  private var cells = Pile<Cell>()
  private var cube = Pile<Int32>()
  private var kinds = Pile<Kind>()
  private var forms = Pile<Balance>()
  private var edges = Pile<Edge>()
  // The lists of what differs between two kinds: open addressing.
  private var nets = Pile<Net>(repeating: Net(), count: 1 << 10)
  private var netCount = 0
  // For each document and year where its entities begin in `cells`, or -1.
  private var bases: Pile<Int32>
  /// The sen of amounts that are constants, by formula; 0 for others.
  private var amounts = Pile<Int64>()
  /// Which list is whose: by the node of its entities' sums, block, account and source; with -2 for the node, which kind.
  private var lists: [[Int32]: Int32] = [:]
  /// Where a list of some content lies: most differ in their key alone, and what is one lies near.
  private var laid: [[Int32]: Int32] = [:]
  /// The shifts since the state was brought up to date, and the cells that they touched.
  private(set) var moved = Pile<Moved>()
  private(set) var touched = Pile<Int32>()
  /// The forms, and the bounds of projections (`~bound`), that the last shift turned.
  private(set) var turned = Pile<Int32>()
  /// By how much edits that go the long way may still let sums grow before one of them might leave 64 bits.
  private var room: Int64
  private let entities: Int
  private let years: Int
  /// The first form that is a purse, and what their money moves.
  private let firstPurse: Int32
  var projections: DrivenProjections

  /// Lays out what stands of a plan, whose sums come to `most` (`ShiftBoard.most`), beside the forms of its rules; nil where they might
  /// leave 64 bits.
  init?(_ state: ScenarioState, most: Int128, _ rules: [Balance], _ projections: consuming DrivenProjections) {
    let plan = state.plan
    guard most < Int128(Int64.max / 2) else { return nil }
    room = Self.room(of: most)
    (entities, years) = (plan.entities.count, plan.yearCount)
    bases = Pile(repeating: -1, count: plan.cube.documents * plan.yearCount)
    firstPurse = Int32(truncatingIfNeeded: rules.count)
    for form in rules { forms.append(form) }
    for at in 0..<projections.purses.count {
      let purse = projections.purses.all[at]
      forms.append(Balance(value: purse.sen, spot: purse.spot, orders: 7))
    }
    for at in plan.formulas.indices { amounts.append(state.shared.sen(FormulaID(at)) ?? 0) }
    self.projections = projections
  }

  /// What a sum comes to at most: all amounts of a ledger, document and year, their signs left out.
  static func most(_ state: ScenarioState) -> Int128 {
    let cube = state.plan.cube
    let blocks = zip(cube.blocks, cube.blocks.dropFirst()).map { start, end in
      cube.amount[Int(start)..<Int(end)].reduce(Int128(0)) { $0 + Int128($1.magnitude) }
    }
    return (blocks.max() ?? 0) + state.overlay.magnitude
  }

  /// By how much sums that come to so much may grow: twice that is what forms have to have room for.
  static func room(of most: Int128) -> Int64 { max(1 << 40, Int64(clamping: most)) }

  // MARK: Lists

  /// The list, or the kind, of a key; nil where it was not laid yet.
  func list(_ key: [Int32]) -> Int32? { lists[key] }

  /// Lays the list of a key.
  mutating func lay(_ list: List, for key: [Int32]) { lists[key] = lay(list) }

  /// Lays the list of a kind's key.
  mutating func lay(_ list: List, for key: [Int32], _ source: SourceID, isBound: Bool) {
    lists[key] = Int32(truncatingIfNeeded: kinds.count)
    kinds.append(Kind(whole: lay(list), source: source, isBound: isBound))
  }

  private mutating func lay(_ list: List) -> Int32 {
    let content = list.rules.flatMap { [$0.form, $0.times] } + [list.asks ? -1 : -2] + list.purses
    if let known = laid[content] { return known }
    let start = lay(list.rules, list.purses.map { Edge(form: firstPurse + $0, times: 1) }, list.asks)
    laid[content] = start
    return start
  }

  private mutating func lay(_ rules: [Edge], _ purses: [Edge], _ asks: Bool) -> Int32 {
    let start = Int32(truncatingIfNeeded: edges.count)
    for edge in rules { edges.append(edge) }
    edges.append(Edge(form: Int32(truncatingIfNeeded: 2 * purses.count + (asks ? 1 : 0)), times: 0))
    for purse in purses { edges.append(purse) }
    return start
  }

  /// Looks for the cell of an entity in a shift's document and year: that of the cube whose lists have to be laid, if they are not yet.
  mutating func seek(_ entity: EntityID, _ shift: PlainShift, _ state: ScenarioState) -> Int? {
    guard let base = base(of: shift), Int(entity.raw) < entities, cells.all[base + entity.index].own == Cell.unknown else { return nil }
    guard let cell = state.only(entity, shift) else {
      cells.all[base + entity.index].own = Cell.none
      return nil
    }
    let leaf = state.plan.cube.leaf[cell]
    if leaf != entity { cells.all[base + entity.index].own = Cell.standing(with: Int32(bitPattern: leaf.raw)) }
    return cells.all[base + leaf.index].own == Cell.unknown ? cell : nil
  }

  /// Gives a leaf its one cell of a shift's document and year.
  mutating func give(_ cell: Int, _ kind: Int32, _ own: Int32, _ shift: PlainShift, _ state: ScenarioState) {
    guard let base = base(of: shift) else { return }
    let at = base + state.plan.cube.leaf[cell].index
    let there = state.plan.cube.amount[cell] &+ state.overlay[CellID(cell)]
    cells.all[at] = Cell(there: there, own: own, marks: UInt32(bitPattern: kind) &<< 1)
    cube.all[at] = Int32(truncatingIfNeeded: cell)
  }

  private mutating func base(of shift: PlainShift) -> Int? {
    let block = shift.document.index * years + shift.year
    guard shift.year < years, block < bases.count else { return nil }
    if bases.all[block] < 0 {
      bases.all[block] = Int32(truncatingIfNeeded: cells.count)
      for _ in 0..<entities {
        cells.append(Cell())
        cube.append(-1)
      }
    }
    return Int(bases.all[block])
  }

  // MARK: Shifts

  /// Does a plain shift, if it can.
  mutating func shift(_ plain: PlainShift, reason: Site, site: Site) -> Shifted {
    let block = plain.document.index * years + plain.year
    guard plain.year < years, block < bases.count, Int(plain.from.raw) < entities, Int(plain.to.raw) < entities,
      plain.amount.index < amounts.count
    else { return .long }
    let base = Int(bases.all[block])
    if base < 0 { return .unlaid }
    var (giver, taker) = (cells.all + (base + plain.from.index), cells.all + (base + plain.to.index))
    if giver.pointee.own < 0 || taker.pointee.own < 0 {
      (giver, taker) = (standing(giver, base), standing(taker, base))
      if giver.pointee.own < 0 || taker.pointee.own < 0 {
        return giver.pointee.own == Cell.unknown || taker.pointee.own == Cell.unknown ? .unlaid : .long
      }
    }
    let (from, to) = (Int32(truncatingIfNeeded: giver - cells.all), Int32(truncatingIfNeeded: taker - cells.all))
    let (givers, takers) = (Int(giver.pointee.own), Int(taker.pointee.own))
    // What lies apart is asked for before it is needed.
    plan_fetch(edges.all + givers)
    plan_fetch(edges.all + takers)
    let sen = amounts.all[plain.amount.index]
    let (less, more) = (giver.pointee.kind, taker.pointee.kind)
    guard sen > 0, kinds.all[less].source == kinds.all[more].source, !kinds.all[less].isBound else { return .long }
    // The giver has what it gives: all cells together, their signs left out, never hold more after a shift, and no sum needs more room.
    if sen > max(0, giver.pointee.there) { return .short }
    touch(giver, from)
    touch(taker, to)
    giver.pointee.there -= sen
    taker.pointee.there += sen
    moved.append(Moved(sen: sen, from: from, to: to, reason: reason, site: site))
    turned.clear()
    var asks = false
    if givers != takers {
      fetchForms(givers)
      fetchForms(takers)
    }
    if less != more { asks = settle(add(sen, net(less, more))) }
    if givers != takers {
      let (less, more) = (add(0 &- sen, givers), add(sen, takers))
      let (first, second) = (settle(less), settle(more))
      asks = first || second || asks
    }
    return asks ? .asks : turned.count > 0 ? .turned : .done
  }

  /// The cell of an entity, with its leaf where it stands there.
  private func standing(_ cell: UnsafeMutablePointer<Cell>, _ base: Int) -> UnsafeMutablePointer<Cell> {
    cell.pointee.own < Cell.none ? cells.all + (base + Int(Cell.standing(with: cell.pointee.own))) : cell
  }

  /// Forgets what turned.
  mutating func begin() { turned.clear() }

  /// Follows what an edit that went the long way did to a cell of the cube, and notes what turns beside what turned; false where sums might leave 64 bits.
  mutating func follow(_ cell: Int, _ place: ExtraCell, _ kind: Int32, _ own: Int32, _ sen: Int64) -> Bool {
    guard sen.magnitude < UInt64(room / 2) else { return false }
    room -= Int64(sen.magnitude)
    let base = place.ledger == .spending ? Int(bases.all[place.document.index * years + place.year]) : -1
    if base >= 0, case let at = base + place.leaf.index, Int(cube.all[at]) == cell { cells.all[at].there &+= sen }
    _ = settle(add(sen, Int(kinds.all[Int(kind)].whole)))
    _ = settle(add(sen, Int(own)))
    return true
  }

  @inline(__always) private mutating func touch(_ cell: UnsafeMutablePointer<Cell>, _ at: Int32) {
    if cell.pointee.marks & 1 != 0 { return }
    cell.pointee.marks |= 1
    touched.append(at)
  }

  /// Adds sen to the forms of a list and names the rules that turn, those that turn back once more; where the list ends.
  @inline(__always) private mutating func add(_ sen: Int64, _ list: Int) -> Int {
    let (edges, forms) = (edges.all, forms.all)
    var at = list
    while edges[at].times != 0 {
      let form = forms + Int(edges[at].form)
      form.pointee.value &+= Int64(edges[at].times) &* sen
      if form.pointee.told != form.pointee.holds {
        form.pointee.holds.toggle()
        turned.append(edges[at].form)
      }
      at += 1
    }
    let end = at + Int(edges[at].form >> 1)
    var purse = at
    while purse < end {
      purse += 1
      forms[Int(edges[purse].form)].value &+= Int64(edges[purse].times) &* sen
    }
    return at
  }

  @inline(__always) private mutating func fetchForms(_ list: Int) {
    var at = list
    while edges.all[at].times != 0 {
      plan_fetch(forms.all + Int(edges.all[at].form))
      at += 1
    }
  }

  /// The list of what differs where money leaves one kind and comes to another, made once.
  @inline(__always) private mutating func net(_ giver: Int, _ taker: Int) -> Int {
    let (from, to) = (Int32(truncatingIfNeeded: giver), Int32(truncatingIfNeeded: taker))
    let mask = nets.count - 1
    var slot = Self.slot(from, to) & mask
    while nets.all[slot].list >= 0 {
      if nets.all[slot].from == from, nets.all[slot].to == to { return Int(nets.all[slot].list) }
      slot = (slot + 1) & mask
    }
    return makeNet(from, to)
  }

  @inline(never) private mutating func makeNet(_ from: Int32, _ to: Int32) -> Int {
    if 2 * (netCount + 1) > nets.count {
      // Emptied, the table finds again what is asked for again.
      nets = Pile(repeating: Net(), count: 2 * nets.count)
      netCount = 0
    }
    netCount += 1
    var (rules, purses, asks): ([Int32: Int32], [Int32: Int32], Bool) = ([:], [:], false)
    for (kind, sign) in [(from, Int32(-1)), (to, 1)] {
      var at = Int(kinds.all[Int(kind)].whole)
      while edges.all[at].times != 0 {
        rules[edges.all[at].form, default: 0] += sign * edges.all[at].times
        at += 1
      }
      asks = asks || edges.all[at].form & 1 != 0
      for purse in at + 1..<at + 1 + Int(edges.all[at].form >> 1) { purses[edges.all[purse].form, default: 0] += sign }
    }
    func left(_ times: [Int32: Int32]) -> [Edge] {
      times.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map { Edge(form: $0.key, times: $0.value) }
    }
    let start = lay(left(rules), left(purses), asks)
    let mask = nets.count - 1
    var slot = Self.slot(from, to) & mask
    while nets.all[slot].list >= 0 { slot = (slot + 1) & mask }
    nets.all[slot] = Net(from: from, to: to, list: start)
    return Int(start)
  }

  private static func slot(_ from: Int32, _ to: Int32) -> Int {
    let both = UInt64(UInt32(bitPattern: from)) << 32 | UInt64(UInt32(bitPattern: to))
    return Int(truncatingIfNeeded: both &* 0x9e37_79b9_7f4a_7c15 &>> 40)
  }

  /// Computes what the purses behind a list's end move; whether something else reads the money.
  @inline(__always) private mutating func settle(_ end: Int) -> Bool {
    if edges.all[end].form == 0 { return false }
    var asks = edges.all[end].form & 1 != 0
    for at in end + 1..<end + 1 + Int(edges.all[end].form >> 1) {
      let purse = Int(edges.all[at].form)
      if projections.settle(forms.all[purse].spot, forms.all[purse].value, &turned) { asks = true }
    }
    return asks
  }

  /// Whether the form or bound (`~bound`) that turned holds now.
  func holds(_ turned: Int32) -> Bool { turned >= 0 ? forms.all[Int(turned)].holds : projections.bounds.all[Int(~turned)].holds }

  /// How much there is where a plain shift takes from.
  func there(_ plain: PlainShift) -> Int64 {
    let base = Int(bases.all[plain.document.index * years + plain.year])
    return max(0, standing(cells.all + (base + plain.from.index), base).pointee.there)
  }

  // MARK: Bringing up to date

  /// Whether shifts were done that the state does not know yet.
  var isAhead: Bool { moved.count > 0 }

  /// Carries out in a state what was moved since it was brought up to date; each cell that is touched is told with what was added to it.
  func carryOut(into state: inout ScenarioState, _ tell: (ExtraCell, Int64) -> Void = { _, _ in }) {
    let shared = state.shared
    for at in 0..<touched.count {
      let cell = CellID(Int(cube.all[Int(touched.all[at])]))
      let place = state.overlay.place(of: cell, shared.plan)
      let sen = cells.all[Int(touched.all[at])].there &- shared.plan.cube.amount[cell.index] &- state.overlay[cell]
      _ = state.overlay.put(sen, cell, place, shared)
      tell(place, sen)
    }
    for at in 0..<moved.count {
      let shift = moved.all[at]
      let (from, to) = (place(shift.from, state), place(shift.to, state))
      state.note(shift.sen, from: from, to: to, reason: shift.reason, site: shift.site)
    }
  }

  private func place(_ at: Int32, _ state: ScenarioState) -> ExtraCell {
    let cell = CellID(Int(cube.all[Int(at)]))
    return state.overlay.position(of: cell).map { state.overlay.places[$0] } ?? state.overlay.place(of: cell, state.plan)
  }

  /// Forgets what was moved: the state knows it now.
  mutating func rest() {
    for at in 0..<touched.count { cells.all[Int(touched.all[at])].marks &= ~1 }
    touched.clear()
    moved.clear()
  }
}
