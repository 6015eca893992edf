/// Runs the steps of a scenario on a state.
struct EditRunner {
  var state: ScenarioState
  let context: EditContext
  private var steps = 0

  init(state: ScenarioState, context: EditContext) {
    self.state = state
    self.context = context
  }

  private var plan: Plan { state.plan }

  private var evaluator: Evaluator {
    Evaluator(
      plan: state.plan, overlay: state.overlay, others: context.others, limits: context.limits,
      isInterrupted: context.isInterrupted, describe: context.describe)
  }

  mutating func run(_ step: Step, locals: [EntityID]) throws(Halt) {
    steps += 1
    if steps > context.limits.steps { throw Halt(problem: .tooManySteps(limit: context.limits.steps), site: .none) }
    switch step {
    case .edit(let edit): try run(edit, locals)
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
  private func bound(_ slice: SliceTemplate, _ locals: [EntityID]) -> SliceTemplate {
    var slice = slice
    if case .local(let at) = slice.anchors, locals.indices.contains(at) { slice.anchors = .entities([locals[at]]) }
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
    let reading = Reading(plan: plan, overlay: state.overlay)
    let cube = plan.cube
    let block = cube.block(slice.ledger, slice.document, year)
    func take(_ range: Range<Int>) {
      for cell in range where reading.holds(slice, cube.account[cell], cube.source[cell]) {
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
        slice.ledger != .spending || reading.contains(slice, nil, place.leaf), reading.holds(slice, place.account, place.source)
      else { continue }
      let cell = CellID(cube.count + i)
      found.append(Holding(cell: cell, place: place, sen: state.overlay[cell]))
    }
    return found
  }

  /// How a slice is called in a message.
  private func called(_ slice: SliceTemplate) -> String {
    if case .entities(let entities) = slice.anchors, let first = entities.first {
      let name = context.describe(first, .titleText)
      return entities.count == 1 ? name : name + " dst."
    }
    return "pagu"
  }

  /// How much an edit moves out of what there is.
  private func sum(_ amount: Amount, of total: Int64, _ edit: Edit, _ locals: [EntityID]) throws(Halt) -> Int64 {
    switch amount {
    case .all: return total
    case .money(let formula):
      var evaluator = evaluator
      let value = try evaluator.number(of: formula, year: edit.years.first ?? -1, locals: locals)
      guard let sen = value.roundedHalfEven else { throw Halt(problem: .absentAmount, site: edit.site) }
      if sen < 0 { throw Halt(problem: .negativeAmount(amount: sen), site: edit.site) }
      return sen
    case .share(let formula):
      var evaluator = evaluator
      let value = try evaluator.number(of: formula, year: edit.years.first ?? -1, locals: locals)
      guard !value.isAbsent else { throw Halt(problem: .absentAmount, site: edit.site) }
      guard let low = Number.order(value, .zero), let high = Number.order(value, Number(1)), low >= 0, high <= 0 else {
        throw Halt(problem: .badShare(share: Figure.percent(value)), site: edit.site)
      }
      return (value * Number(total)).roundedHalfEven ?? 0
    }
  }

  /// Takes an amount from a slice: which cells pay what.
  private mutating func take(
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
    let wanted = try sum(amount, of: total, edit, locals)
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

  private func spread(_ sen: Int64, _ weights: [Int64], _ site: Site) throws(Halt) -> [Int64] {
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

  private mutating func change(_ cell: CellID, by sen: Int64, _ site: Site) throws(Halt) {
    do throws(Overflow) { try state.overlay.add(sen, to: cell) } catch { throw Halt(problem: .overflow, site: site) }
    let (_, overflow) = (cell.index < plan.cube.count ? plan.cube.amount[cell.index] : 0).addingReportingOverflow(state.overlay[cell])
    if overflow { throw Halt(problem: .overflow, site: site) }
  }

  /// No leaf may fall below what is contracted (kontrak).
  private func checkContracts(_ places: [ExtraCell], _ site: Site) throws(Halt) {
    for attribute in plan.attributes where attribute.role == .contract {
      guard let place = places.first(where: { plan.entities.contains(attribute.entity, $0.leaf) }) else { continue }
      var slice = SliceTemplate(document: place.document)
      slice.anchors = .entities([attribute.entity])
      let left = Reading(plan: plan, overlay: state.overlay).sum(slice, local: nil, year: place.year)
      guard let sen = left.whole, sen < attribute.value.a else { continue }
      throw Halt(
        problem: .belowContract(place: context.describe(attribute.entity, .titleText), floor: attribute.value.a, left: sen), site: site)
    }
  }

  // MARK: Giving

  /// Gives amounts by source to a slice: accounts in the proportion of its own over all sources.
  private mutating func give(
    _ amounts: [(source: SourceID, sen: Int64)], _ to: Selection, _ edit: Edit, _ year: Int, _ locals: [EntityID]
  ) throws(Halt) -> [(place: ExtraCell, sen: Int64)] {
    var slice = bound(to.slice, locals)
    slice.sources = []
    let all = holdings(slice, year)
    let free = all.filter { !state.isLocked($0.place) }
    if free.isEmpty, !all.isEmpty { throw Halt(problem: .locked(place: called(slice)), site: to.site) }
    // One target a leaf and account, weighted by what stands there over all sources.
    var targets: [(leaf: EntityID, account: AccountID, weight: Int64)] = []
    for holding in free {
      let at = targets.firstIndex { $0.leaf == holding.place.leaf && $0.account == holding.place.account }
      if let at { targets[at].weight &+= max(holding.sen, 0) } else { targets.append((holding.place.leaf, holding.place.account, max(holding.sen, 0))) }
    }
    if targets.isEmpty { targets = [try emptyTarget(slice, to)] }
    if targets.allSatisfy({ $0.weight == 0 }) { for i in targets.indices { targets[i].weight = 1 } }
    var given: [(place: ExtraCell, sen: Int64)] = []
    for (source, sen) in amounts {
      let parts = edit.isEqual ? Money(sen: sen).split(equally: targets.count) : try spread(sen, targets.map(\.weight), edit.site)
      for (target, part) in zip(targets, parts) where part > 0 {
        let place = ExtraCell(
          ledger: .spending, document: slice.document, year: year, leaf: target.leaf, account: target.account, source: source)
        if state.isLocked(place) { throw Halt(problem: .locked(place: called(slice)), site: to.site) }
        let cell = state.overlay.cell(at: place, plan)
        try change(cell, by: part, edit.site)
        given.append((place, part))
      }
    }
    return given
  }

  /// Where money goes when nothing stands in a slice: the one leaf and the one account it names.
  private func emptyTarget(_ slice: SliceTemplate, _ to: Selection) throws(Halt) -> (leaf: EntityID, account: AccountID, weight: Int64) {
    guard case .entities(let entities) = slice.anchors, entities.count == 1, let leaf = entities.first else {
      throw Halt(problem: .nothingToSpread(place: called(slice)), site: to.site)
    }
    if Reading(plan: plan, overlay: state.overlay).sum(slice, local: nil, year: 0) == .notDetailed {
      throw Halt(problem: .notDetailed(place: called(slice)), site: to.site)
    }
    let hasParts = plan.entities.lastRank[leaf.index] > plan.entities.rank[leaf.index]
      && plan.entities.byRank[Int(plan.entities.rank[leaf.index]) + 1...Int(plan.entities.lastRank[leaf.index])].contains { plan.entities.kind[$0.index].spends }
    if hasParts { throw Halt(problem: .nothingToSpread(place: called(slice)), site: to.site) }
    if slice.accounts.count == 1 { return (leaf, slice.accounts[0], 1) }
    let usesAccounts = plan.cube.account.contains { $0.raw != 0 }
    if usesAccounts { throw Halt(problem: .needsAccount(place: called(slice)), site: to.site) }
    return (leaf, AccountID(raw: 0), 1)
  }

  /// Sums by source, in order of first sight.
  private func bySource(_ parts: [(place: ExtraCell, sen: Int64)]) -> [(source: SourceID, sen: Int64)] {
    var sums: [(source: SourceID, sen: Int64)] = []
    for part in parts {
      if let at = sums.firstIndex(where: { $0.source == part.place.source }) { sums[at].sen &+= part.sen } else { sums.append((part.place.source, part.sen)) }
    }
    return sums
  }

  // MARK: Edits

  private mutating func shift(
    _ edit: Edit, _ amount: Amount, _ from: Selection, _ to: Selection, _ year: Int, _ locals: [EntityID]
  ) throws(Halt) {
    let taken = try take(amount, from, edit, year, locals)
    if taken.isEmpty { return }
    let given = try give(bySource(taken), to, edit, year, locals)
    try checkEarmarks(taken, given, edit.site)
    let streams = Instrument.paired(taken, given, plan)
    state.movements.append(
      Movement(streams: streams, row: Instrument.row(of: streams, plan), document: from.slice.document, reason: edit.reason, site: edit.site, figure: nil))
  }

  /// Money bound to a field stays in it: the same bidang urusan on both sides.
  private func checkEarmarks(
    _ taken: [(place: ExtraCell, sen: Int64)], _ given: [(place: ExtraCell, sen: Int64)], _ site: Site
  ) throws(Halt) {
    for part in taken {
      guard let field = plan.sources.field[part.place.source.index] else { continue }
      let own = self.field(of: part.place.leaf)
      for target in given where target.place.source == part.place.source && self.field(of: target.place.leaf) != own {
        throw Halt(
          problem: .earmarked(
            source: context.describe(EntityID(raw: part.place.source.raw), .parameter), field: field,
            place: context.describe(target.place.leaf, .titleText)),
          site: site)
      }
    }
  }

  /// The field of a leaf: its programme's bidang urusan, else its department.
  private func field(of leaf: EntityID) -> String {
    let entities = plan.entities
    if let program = entities.ancestor(.program, of: leaf), entities.codeName[program.index] != Entities.unnamed {
      let code = context.describe(program, .codeText)
      if let affairs = Code.affairs(code) { return affairs }
    }
    return entities.ancestor(.department, of: leaf).map { "\($0.raw)" } ?? ""
  }

  private mutating func cut(_ edit: Edit, _ amount: Amount, _ from: Selection, _ year: Int, _ locals: [EntityID]) throws(Halt) {
    let taken = try take(amount, from, edit, year, locals)
    if taken.isEmpty { return }
    let streams = taken.map { Movement.Stream(from: $0.place, to: nil, sen: $0.sen) }
    state.movements.append(
      Movement(streams: streams, row: 1, document: from.slice.document, reason: edit.reason, site: edit.site, figure: nil))
  }

  private mutating func add(_ edit: Edit, _ amount: Amount, _ to: Selection, _ year: Int, _ locals: [EntityID]) throws(Halt) {
    let pool = state.pool(year).filter { $0.sen > 0 }
    let total = pool.reduce(Int64(0)) { $0 &+ $1.sen }
    let wanted = try sum(amount, of: total, edit, locals)
    if wanted == 0 { return }
    var sources: [(source: SourceID, sen: Int64)]
    let named = to.slice.sources
    if !named.isEmpty {
      sources = [(named[0], wanted)]
    } else if wanted <= total {
      sources = zip(pool, try spread(wanted, pool.map(\.sen), edit.site)).map { ($0.source, $1) }
    } else {
      // More than the pool holds: what is missing comes from B's own largest source and leaves the pool negative.
      sources = pool.map { ($0.source, $0.sen) }
      let own = holdings(bound(to.slice, locals), year).max { $0.sen < $1.sen }?.place.source ?? SourceID(raw: 1)
      if let at = sources.firstIndex(where: { $0.source == own }) { sources[at].sen += wanted - total } else { sources.append((own, wanted - total)) }
    }
    let given = try give(sources.filter { $0.sen > 0 }, to, edit, year, locals)
    let streams = given.map { Movement.Stream(from: nil, to: $0.place, sen: $0.sen) }
    state.movements.append(
      Movement(streams: streams, row: 1, document: to.slice.document, reason: edit.reason, site: edit.site, figure: nil))
  }

  private mutating func postpone(
    _ edit: Edit, _ amount: Amount, _ from: Selection, _ year: Int, _ later: Int, _ locals: [EntityID]
  ) throws(Halt) {
    let taken = try take(amount, from, edit, year, locals)
    var streams: [Movement.Stream] = []
    for part in taken {
      var place = part.place
      place.year = later
      if state.isLocked(place) { throw Halt(problem: .locked(place: called(from.slice)), site: from.site) }
      try change(state.overlay.cell(at: place, plan), by: part.sen, edit.site)
      streams.append(Movement.Stream(from: part.place, to: place, sen: part.sen))
    }
    if streams.isEmpty { return }
    state.movements.append(
      Movement(streams: streams, row: 1, document: from.slice.document, reason: edit.reason, site: edit.site, figure: nil))
  }

  private mutating func change(
    _ edit: Edit, _ ledger: Ledger, _ source: SourceID, _ amount: Amount, _ isDown: Bool, _ year: Int, _ locals: [EntityID]
  ) throws(Halt) {
    var slice = SliceTemplate(document: plan.workingDocument)
    slice.ledger = ledger
    slice.sources = [source]
    let all = holdings(slice, year)
    let total = all.reduce(Int64(0)) { $0 &+ $1.sen }
    let name = context.describe(EntityID(raw: source.raw), .parameter)
    if all.isEmpty { throw Halt(problem: .nothingThere(place: name), site: edit.site) }
    let wanted = try sum(amount, of: total, edit, locals)
    if isDown, wanted > total { throw Halt(problem: .notEnough(asked: wanted, available: total, place: name), site: edit.site) }
    let weights = total > 0 ? all.map(\.sen) : all.map { _ in Int64(1) }
    for (holding, part) in zip(all, try spread(wanted, weights, edit.site)) {
      try change(holding.cell, by: isDown ? -part : part, edit.site)
    }
    let place = all[0].place
    let stream = isDown ? Movement.Stream(from: place, to: nil, sen: wanted) : Movement.Stream(from: nil, to: place, sen: wanted)
    state.movements.append(
      Movement(streams: [stream], row: 0, document: plan.workingDocument, reason: edit.reason, site: edit.site, figure: nil))
  }

  // MARK: tetapkan

  private mutating func set(_ edit: Edit, _ target: SettableTarget, _ formula: FormulaID, _ locals: [EntityID]) throws(Halt) {
    var evaluator = evaluator
    let value = try evaluator.number(of: formula, year: -1, locals: locals)
    guard !value.isAbsent else { throw Halt(problem: .absentAmount, site: edit.site) }
    let reader = IndicatorReading(plan: plan, overlay: state.overlay)
    func row(_ entity: EntityID) -> Int { Int(plan.indicatorRow[entity.index]) }
    let key: FigureKey
    let before: Number
    switch target {
    case .target(let entity, let year):
      key = .target(row(entity), year: year)
      before = reader.figure(.targetLow, row(entity), year)
    case .finalTarget(let entity):
      key = .target(row(entity), year: -1)
      before = state.overlay.figure(key) ?? plan.indicators[row(entity)].finalTarget.low
    case .projection(let entity, let year):
      key = .projection(row(entity), year: year)
      before = reader.figure(.projection, row(entity), year)
    case .baseline(let entity):
      key = .baseline(row(entity))
      before = reader.figure(.baseline, row(entity), 0)
    case .parameter(let id):
      key = .parameter(id)
      before = try evaluator.number(of: plan.parameters[id.index].formula, year: 0, locals: [])
    case .budget(let slice, let year): return try setBudget(edit, slice, year, value)
    }
    state.overlay.figures.append((key, value))
    state.movements.append(
      Movement(streams: [], row: 0, document: plan.workingDocument, reason: edit.reason, site: edit.site, figure: (key, before, value)))
  }

  /// `tetapkan x.pagu[2026] = Rp ...`: the difference goes to the pool or comes from it.
  private mutating func setBudget(_ edit: Edit, _ slice: SliceTemplate, _ year: Int, _ value: Number) throws(Halt) {
    guard let sen = value.roundedHalfEven, sen >= 0 else { throw Halt(problem: .absentAmount, site: edit.site) }
    let now = holdings(slice, year).reduce(Int64(0)) { $0 &+ $1.sen }
    let (difference, overflow) = sen.subtractingReportingOverflow(now)
    if overflow { throw Halt(problem: .overflow, site: edit.site) }
    let place = Selection(slice: slice, site: edit.site)
    if difference < 0 {
      try takeExactly(edit, place, year, -difference)
    } else if difference > 0 {
      try giveExactly(edit, place, year, difference)
    }
  }

  private mutating func takeExactly(_ edit: Edit, _ from: Selection, _ year: Int, _ sen: Int64) throws(Halt) {
    let free = holdings(from.slice, year).filter { $0.sen > 0 && !state.isLocked($0.place) }
    let total = free.reduce(Int64(0)) { $0 &+ $1.sen }
    guard sen <= total else { throw Halt(problem: .notEnough(asked: sen, available: total, place: called(from.slice)), site: edit.site) }
    var streams: [Movement.Stream] = []
    for (holding, part) in zip(free, try spread(sen, free.map(\.sen), edit.site)) where part > 0 {
      try change(holding.cell, by: -part, edit.site)
      streams.append(Movement.Stream(from: holding.place, to: nil, sen: part))
    }
    try checkContracts(streams.compactMap(\.from), edit.site)
    state.movements.append(Movement(streams: streams, row: 1, document: from.slice.document, reason: edit.reason, site: edit.site, figure: nil))
  }

  private mutating func giveExactly(_ edit: Edit, _ to: Selection, _ year: Int, _ sen: Int64) throws(Halt) {
    let own = holdings(to.slice, year).max { $0.sen < $1.sen }?.place.source ?? SourceID(raw: 1)
    let given = try give([(own, sen)], to, edit, year, [])
    let streams = given.map { Movement.Stream(from: nil, to: $0.place, sen: $0.sen) }
    state.movements.append(Movement(streams: streams, row: 1, document: to.slice.document, reason: edit.reason, site: edit.site, figure: nil))
  }
}
