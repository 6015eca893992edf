/// Runs the steps of a scenario on a state.
struct EditRunner {
  var state: ScenarioState
  let context: EditContext
  private var steps = 0

  init(state: consuming ScenarioState, context: EditContext) {
    self.state = state
    self.context = context
  }

  /// Gives the state back, its columns held by nobody else.
  consuming func released() -> ScenarioState { state }

  var plan: Plan { state.plan }

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
      for place in places { state.locks.append((bound(place.slice, locals), edit.years, isLocked)) }
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
    var slice = slice
    if case .local(let at) = slice.anchors, locals.indices.contains(at) { slice.anchors = .entities(plan.ground(locals[at]) ?? [locals[at]]) }
    return slice
  }

  // MARK: Cells

  /// What stands in a slice in a year.
  struct Holding {
    var cell: CellID
    var place: ExtraCell
    var sen: Int64
  }

  /// The cells of a slice in a year, by rank; cells the overlay made come last.
  func holdings(_ slice: SliceTemplate, _ year: Int) -> [Holding] {
    var found: [Holding] = []
    let cube = plan.cube
    let block = cube.block(slice.ledger, slice.document, year)
    func take(_ range: Range<Int>) {
      for cell in range where plan.holds(slice, cube.account[cell], cube.source[cell]) {
        let place = ExtraCell(
          ledger: slice.ledger, document: slice.document, year: year, leaf: cube.leaf[cell], account: cube.account[cell],
          source: cube.source[cell])
        found.append(Holding(cell: CellID(cell), place: place, sen: cube.amount[cell] &+ state.overlay[CellID(cell)]))
      }
    }
    if slice.ledger == .spending, case .entities(let entities) = slice.anchors {
      for entity in entities { take(cube.run(in: block, plan.entities.rank[entity.index], plan.entities.lastRank[entity.index])) }
    } else {
      take(block)
    }
    for (i, place) in state.overlay.extra.enumerated() {
      guard place.ledger == slice.ledger, place.document == slice.document, place.year == year,
        slice.ledger != .spending || plan.contains(slice, nil, place.leaf), plan.holds(slice, place.account, place.source)
      else { continue }
      let cell = CellID(cube.count + i)
      found.append(Holding(cell: cell, place: place, sen: state.overlay[cell]))
    }
    return found
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
  ) throws(Halt) -> [(place: ExtraCell, sen: Int64)] {
    let slice = bound(from.slice, locals)
    let all = holdings(slice, year)
    if all.isEmpty {
      let reading = Reading(plan: plan, overlay: state.overlay)
      if reading.sum(slice, local: nil, year: year) == .notDetailed { throw Halt(problem: .notDetailed(place: called(slice)), site: from.site) }
      throw Halt(problem: .nothingThere(place: called(slice)), site: from.site)
    }
    let free = all.filter { $0.sen > 0 && !state.isLocked($0.place) }
    let total = free.reduce(Int64(0)) { $0 &+ $1.sen }
    let wanted = try sum(amount, of: total, edit, year, locals)
    if wanted == 0 { return [] }
    guard wanted <= total else {
      let isLocked = all.contains { $0.sen > 0 && state.isLocked($0.place) }
      if isLocked, all.reduce(Int64(0), { $0 &+ max($1.sen, 0) }) >= wanted || total == 0 {
        throw Halt(problem: .locked(place: called(slice)), site: from.site)
      }
      throw Halt(problem: .notEnough(asked: wanted, available: total, place: called(slice)), site: from.site)
    }
    let parts = edit.isEqual ? Self.level(wanted, free.map(\.sen)) : try spread(wanted, free.map(\.sen), edit.site)
    var taken: [(place: ExtraCell, sen: Int64)] = []
    for (holding, part) in zip(free, parts) where part > 0 {
      try change(holding.cell, by: -part, edit.site)
      taken.append((holding.place, part))
    }
    try checkContracts(taken.map(\.place), edit.site)
    return taken
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
    do throws(Overflow) { try state.overlay.add(sen, to: cell, of: plan) } catch { throw Halt(problem: .overflow, site: site) }
    let (_, overflow) = (cell.index < plan.cube.count ? plan.cube.amount[cell.index] : 0).addingReportingOverflow(state.overlay[cell])
    if overflow { throw Halt(problem: .overflow, site: site) }
  }

  /// All money of the plan and all that edits changed must fit in 64 bits together: then no sum of any slice, pool or
  /// difference can pass them.
  private func checkTotals(_ site: Site) throws(Halt) {
    let total = Int128(plan.cube.before.last ?? 0) + state.overlay.magnitude
    if total > Int128(Int64.max) { throw Halt(problem: .overflow, site: site) }
  }

  /// No leaf may fall below what is contracted (kontrak).
  func checkContracts(_ places: [ExtraCell], _ site: Site) throws(Halt) {
    for row in state.contracts {
      let attribute = plan.attributes[Int(row)]
      guard let place = places.first(where: { plan.entities.contains(attribute.entity, $0.leaf) }) else { continue }
      var slice = SliceTemplate(document: place.document)
      slice.anchors = .entities([attribute.entity])
      let left = Reading(plan: plan, overlay: state.overlay).sum(slice, local: nil, year: place.year)
      guard let sen = left.whole, sen < attribute.value.a else { continue }
      throw Halt(
        problem: .belowContract(place: context.describe(attribute.entity, .titleText), floor: attribute.value.a, left: sen), site: site)
    }
  }
}
