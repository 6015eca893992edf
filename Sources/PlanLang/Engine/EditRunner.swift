/// Runs the steps of a scenario on a state, which it holds alone so that an edit writes the columns where they are.
struct EditRunner: ~Copyable {
  var state: ScenarioState
  /// The state's plan, beside it so that it can be read while the state is written.
  let shared: SharedPlan
  let context: EditContext
  private var steps = 0

  init(state: consuming ScenarioState, context: EditContext) {
    shared = state.shared
    self.state = state
    self.context = context
  }

  /// Gives the state back, its columns held by nobody else.
  consuming func released() -> ScenarioState { state }

  var plan: Plan {
    _read { yield shared.plan }
  }

  var evaluator: Evaluator {
    Evaluator(
      plan: state.plan, overlay: state.overlay, others: context.others, limits: context.limits,
      isInterrupted: context.isInterrupted, describe: context.describe)
  }

  mutating func run(_ step: Step, locals: [EntityID]) throws(Halt) {
    steps += 1
    if steps > context.limits.steps { throw Halt(problem: .tooManySteps(limit: context.limits.steps), site: .none) }
    switch step {
    case .edit(let edit):
      try run(edit, locals)
      try checkTotals(edit.site)
    case .forEach(_, let set, let inside):
      for entity in set.entities {
        if let condition = set.condition, try !holds(condition, locals + [entity]) { continue }
        for step in inside { try run(step, locals: locals + [entity]) }
      }
    case .choice(let condition, let then, let otherwise):
      for step in try holds(condition, locals) ? then : otherwise { try run(step, locals: locals) }
    }
  }

  private func holds(_ formula: FormulaID, _ locals: [EntityID]) throws(Halt) -> Bool {
    var evaluator = evaluator
    let value = try evaluator.number(of: formula, year: -1, locals: locals)
    return !value.isAbsent && value.a != 0
  }

  private mutating func run(_ edit: Edit, _ locals: [EntityID]) throws(Halt) {
    switch edit.kind {
    case .lock(let places), .unlock(let places):
      var isLocked = false
      if case .lock = edit.kind { isLocked = true }
      for place in places { state.locks.append((bound(place.slice, locals), edit.years, isLocked, edit.site)) }
    case .shift(let amount, let from, let to):
      for year in edit.years { try shift(edit, amount, from, to, year, locals) }
    case .cut(let amount, let from):
      for year in edit.years { try cut(edit, amount, from, year, locals) }
    case .add(let amount, let to):
      for year in edit.years { try add(edit, amount, to, year, locals) }
    case .postpone(let amount, let from, let later):
      for year in edit.years { try postpone(edit, amount, from, year, later, locals) }
    case .set(let target, let formula): try set(edit, target, formula, locals)
    case .change(let ledger, let source, let amount, let isDown):
      for year in edit.years { try change(edit, ledger, source, amount, isDown, year, locals) }
    }
  }

  /// A slice with its local anchor put in place.
  func bound(_ slice: SliceTemplate, _ locals: [EntityID]) -> SliceTemplate {
    guard case .local(let at) = slice.anchors, locals.indices.contains(at) else { return slice }
    var slice = slice
    slice.anchors = .entities(plan.ground(locals[at]) ?? [locals[at]])
    return slice
  }

  // MARK: Cells

  /// What stands in a slice in a year, and what an edit takes from it or gives to it.
  struct Holding {
    var cell: CellID
    var place: ExtraCell
    var sen: Int64
    var part: Int64 = 0
  }

  /// The cells of a slice in a year, by rank; cells the overlay made come last.
  func holdings(_ slice: SliceTemplate, _ year: Int) -> [Holding] {
    var found: [Holding] = []
    let block = plan.cube.block(slice.ledger, slice.document, year)
    if slice.ledger == .spending, case .entities(let entities) = slice.anchors {
      for entity in entities {
        let run = plan.cube.run(in: block, plan.entities.rank[entity.index], plan.entities.lastRank[entity.index])
        add(run, slice, year, to: &found)
      }
    } else {
      add(block, slice, year, to: &found)
    }
    for (i, place) in state.overlay.extra.enumerated() {
      guard place.ledger == slice.ledger, place.document == slice.document, place.year == year,
        slice.ledger != .spending || plan.contains(slice, nil, place.leaf), plan.holds(slice, place.account, place.source)
      else { continue }
      let cell = CellID(plan.cube.count + i)
      found.append(Holding(cell: cell, place: place, sen: state.overlay[cell]))
    }
    return found
  }

  /// Adds the cells of a run that a slice asks for.
  private func add(_ run: Range<Int>, _ slice: SliceTemplate, _ year: Int, to found: inout [Holding]) {
    for at in run where plan.holds(slice, plan.cube.account[at], plan.cube.source[at]) {
      let place = ExtraCell(
        ledger: slice.ledger, document: slice.document, year: year, leaf: plan.cube.leaf[at], account: plan.cube.account[at],
        source: plan.cube.source[at])
      found.append(Holding(cell: CellID(at), place: place, sen: plan.cube.amount[at] &+ state.overlay[CellID(at)]))
    }
  }

  /// How a slice is called in a message.
  func called(_ slice: SliceTemplate) -> String {
    if case .entities(let entities) = slice.anchors, let first = entities.first {
      let name = context.describe(first, .titleText)
      return entities.count == 1 ? name : name + " dst."
    }
    return "pagu"
  }

  /// A formula's figure; a constant needs no run.
  private func number(_ id: FormulaID, _ year: Int, _ locals: [EntityID]) throws(Halt) -> Number {
    let count = plan.formulas[id.index].code.count
    if count == 1, plan.formulas[id.index].code[0].op == .constant { return plan.formulas[id.index].constants[0] }
    var evaluator = evaluator
    return try evaluator.number(of: id, year: year, locals: locals)
  }

  /// How much an edit moves in a year out of what there is, in sen.
  func sum(
    _ amount: Amount, of total: Int64, _ edit: Edit, _ year: Int, _ locals: [EntityID]
  ) throws(Halt) -> Int64 {
    switch amount {
    case .all: return total
    case .money(let formula):
      let value = try number(formula, year, locals)
      guard let sen = value.roundedHalfEven else { throw Halt(problem: .absentAmount, site: edit.site) }
      if sen < 0 { throw Halt(problem: .negativeAmount(amount: sen), site: edit.site) }
      return sen
    case .share(let formula):
      var evaluator = evaluator
      let value = try evaluator.number(of: formula, year: year, locals: locals)
      guard !value.isAbsent else { throw Halt(problem: .absentAmount, site: edit.site) }
      guard let low = Number.order(value, .zero), let high = Number.order(value, Number(1)), low >= 0, high <= 0 else {
        throw Halt(problem: .badShare(share: Figure.percent(value)), site: edit.site)
      }
      return (value * Number(total)).roundedHalfEven ?? 0
    }
  }

  /// Takes an amount from a slice: which cells pay what.
  mutating func take(
    _ amount: Amount, _ from: Selection, _ edit: Edit, _ year: Int, _ locals: [EntityID]
  ) throws(Halt) -> [Holding] {
    let slice = bound(from.slice, locals)
    var found = holdings(slice, year)
    if found.isEmpty {
      let reading = Reading(plan: plan, overlay: state.overlay)
      if reading.sum(slice, local: nil, year: year) == .notDetailed { throw Halt(problem: .notDetailed(place: called(slice)), site: from.site) }
      throw Halt(problem: .nothingThere(place: called(slice)), site: from.site)
    }
    leaveOutLocked(&found)
    found.removeAll { $0.sen <= 0 }
    let total = found.reduce(Int64(0)) { $0 &+ $1.sen }
    let wanted = try sum(amount, of: total, edit, year, locals)
    if wanted == 0 { return [] }
    guard wanted <= total else { throw shortage(slice, year, wanted, total, from.site) }
    try divide(wanted, over: &found, edit, isTaken: true)
    try pay(&found, edit.site)
    return found
  }

  /// Leaves out what nothing may be taken from or given to.
  func leaveOutLocked(_ list: inout [Holding]) {
    if state.hasLocks { list.removeAll { state.isLocked($0.place) } }
  }

  /// Takes from each cell its part; those that give nothing are left out.
  mutating func pay(_ parts: inout [Holding], _ site: Site) throws(Halt) {
    parts.removeAll { $0.part <= 0 }
    for holding in parts { try change(holding.cell, by: -holding.part, site) }
    try checkContracts(parts, site)
  }

  /// Why a slice cannot give so much: a lock, or there is less.
  private func shortage(_ slice: SliceTemplate, _ year: Int, _ wanted: Int64, _ total: Int64, _ site: Site) -> Halt {
    let all = holdings(slice, year)
    let isLocked = all.contains { $0.sen > 0 && state.isLocked($0.place) }
    if isLocked, all.reduce(Int64(0), { $0 &+ max($1.sen, 0) }) >= wanted || total == 0 {
      return Halt(problem: .locked(place: called(slice)), site: site)
    }
    return Halt(problem: .notEnough(asked: wanted, available: total, place: called(slice)), site: site)
  }

  /// Divides sen over cells: in proportion to what they hold, or equally; where it is taken, none gives more than that.
  func divide(_ sen: Int64, over list: inout [Holding], _ edit: Edit, isTaken: Bool) throws(Halt) {
    if list.count == 1 {
      list[0].part = sen
      return
    }
    let parts: [Int64]
    if edit.isEqual {
      parts = isTaken ? Self.level(sen, list.map(\.sen)) : Money(sen: sen).split(equally: list.count)
    } else {
      parts = try spread(sen, list.map(\.sen), edit.site)
    }
    for at in list.indices { list[at].part = parts[at] }
  }

  func spread(_ sen: Int64, _ weights: [Int64], _ site: Site) throws(Halt) -> [Int64] {
    do throws(Overflow) { return try Money(sen: sen).split(by: weights) } catch { throw Halt(problem: .overflow, site: site) }
  }

  /// Equal parts, none above what its cell holds; what a small cell cannot give the others share.
  static func level(_ sen: Int64, _ limits: [Int64]) -> [Int64] {
    var parts = [Int64](repeating: 0, count: limits.count)
    var left = sen
    var open = Array(limits.indices)
    while left > 0, !open.isEmpty {
      let shares = Money(sen: left).split(equally: open.count)
      var next: [Int] = []
      for (at, share) in zip(open, shares) {
        let given = min(share, limits[at] - parts[at])
        parts[at] += given
        left -= given
        if parts[at] < limits[at] { next.append(at) }
      }
      if next.count == open.count, left == 0 { break }
      open = next
    }
    return parts
  }

  mutating func change(_ cell: CellID, by sen: Int64, _ site: Site) throws(Halt) {
    do throws(Overflow) {
      let difference = try state.overlay.add(sen, to: cell, of: shared.plan)
      let (_, overflow) = (cell.index < plan.cube.count ? plan.cube.amount[cell.index] : 0).addingReportingOverflow(difference)
      if overflow { throw Overflow() }
    } catch { throw Halt(problem: .overflow, site: site) }
  }

  /// All money of the plan and all that edits changed must fit in 64 bits together: then no sum of any slice, pool or
  /// difference can pass them.
  private func checkTotals(_ site: Site) throws(Halt) {
    let total = Int128(plan.cube.before.last ?? 0) + state.overlay.magnitude
    if total > Int128(Int64.max) { throw Halt(problem: .overflow, site: site) }
  }

  /// No leaf may fall below what is contracted (kontrak).
  private func checkContracts(_ parts: [Holding], _ site: Site) throws(Halt) {
    for row in state.contracts {
      let attribute = plan.attributes[Int(row)]
      guard let place = parts.first(where: { plan.entities.contains(attribute.entity, $0.place.leaf) })?.place else { continue }
      var slice = SliceTemplate(document: place.document)
      slice.anchors = .entities([attribute.entity])
      let left = Reading(plan: plan, overlay: state.overlay).sum(slice, local: nil, year: place.year)
      guard let sen = left.whole, sen < attribute.value.a else { continue }
      throw Halt(
        problem: .belowContract(place: context.describe(attribute.entity, .titleText), floor: attribute.value.a, left: sen), site: site)
    }
  }
}
