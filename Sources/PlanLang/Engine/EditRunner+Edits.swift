/// Giving money and the edits themselves.
extension EditRunner {
  // MARK: Giving

  /// Gives amounts by source to a slice: accounts in the proportion of its own over all sources, or over the source that
  /// it names.
  private mutating func give(
    _ amounts: [(source: SourceID, sen: Int64)], _ to: Selection, _ edit: Edit, _ year: Int, _ locals: [EntityID]
  ) throws(Halt) -> [Holding] {
    let named = to.slice.sources
    var slice = bound(to.slice, locals)
    slice.sources = []
    let all = try targets(slice, to, year)
    var given: [Holding] = []
    for (source, sen) in amounts {
      var targets = all
      if !named.isEmpty {
        guard let asked = named.first(where: { plan.sources.contains($0, source) }) else {
          throw Halt(
            problem: .otherSource(source: context.describe(EntityID(raw: source.raw), .parameter), place: called(slice)), site: to.site)
        }
        let own = all.filter { plan.sources.contains(asked, $0.place.source) }
        if !own.isEmpty { targets = own }
      }
      merge(&targets)
      try divide(sen, over: &targets, edit, isTaken: false)
      for var target in targets where target.part > 0 {
        if target.place.source != source || target.cell == Self.newCell {
          target.place.source = source
          target.cell = state.overlay.cell(at: target.place, shared.plan)
        }
        if state.isLocked(target.place) { throw Halt(problem: .locked(place: called(slice)), site: to.site) }
        try change(target.cell, by: target.part, edit.site)
        given.append(target)
      }
    }
    return given
  }

  /// The cells of a slice that may receive money; where nothing stands yet, the one that it names.
  private func targets(_ slice: SliceTemplate, _ to: Selection, _ year: Int) throws(Halt) -> [Holding] {
    var found = holdings(slice, year)
    if found.isEmpty { return [try emptyTarget(slice, to, year)] }
    leaveOutLocked(&found)
    if found.isEmpty { throw Halt(problem: .locked(place: called(slice)), site: to.site) }
    return found
  }

  /// One target a leaf and account, weighted by what stands there; equal weights where nothing does.
  private func merge(_ targets: inout [Holding]) {
    var kept = 0
    for at in targets.indices {
      var target = targets[at]
      target.sen = max(target.sen, 0)
      // The plan's own cells of a leaf and account lie together; those that edits made may belong to any before.
      let first = target.cell.index < plan.cube.count ? max(0, kept - 1) : 0
      if let twin = (first..<kept).first(where: { targets[$0].place.leaf == target.place.leaf && targets[$0].place.account == target.place.account }) {
        targets[twin].sen &+= target.sen
      } else {
        targets[kept] = target
        kept += 1
      }
    }
    targets.removeLast(targets.count - kept)
    if targets.allSatisfy({ $0.sen == 0 }) { for at in targets.indices { targets[at].sen = 1 } }
  }

  /// Where money goes when nothing stands in a slice: the one leaf and the one account it names.
  private func emptyTarget(
    _ slice: SliceTemplate, _ to: Selection, _ year: Int
  ) throws(Halt) -> Holding {
    guard case .entities(let entities) = slice.anchors, entities.count == 1, let leaf = entities.first else {
      throw Halt(problem: .nothingToSpread(place: "\(called(slice)) \(plan.firstYear + year)"), site: to.site)
    }
    if Reading(plan: plan, overlay: state.overlay).sum(slice, local: nil, year: year) == .notDetailed {
      throw Halt(problem: .notDetailed(place: called(slice)), site: to.site)
    }
    func cell(_ account: AccountID) -> Holding {
      let place = ExtraCell(
        ledger: .spending, document: slice.document, year: year, leaf: leaf, account: account, source: SourceID(raw: 0))
      return Holding(cell: Self.newCell, place: place, sen: 1)
    }
    let hasParts = plan.entities.lastRank[leaf.index] > plan.entities.rank[leaf.index]
      && plan.entities.byRank[Int(plan.entities.rank[leaf.index]) + 1...Int(plan.entities.lastRank[leaf.index])].contains { plan.entities.kind[$0.index].spends }
    if hasParts { throw Halt(problem: .nothingToSpread(place: "\(called(slice)) \(plan.firstYear + year)"), site: to.site) }
    if slice.accounts.count == 1 { return cell(slice.accounts[0]) }
    let usesAccounts = plan.cube.account.contains { $0.raw != 0 }
    if usesAccounts { throw Halt(problem: .needsAccount(place: called(slice)), site: to.site) }
    return cell(AccountID(raw: 0))
  }

  /// Stands for a cell that is still to be made.
  private static let newCell = CellID(raw: .max)

  /// Sums by source, in order of first sight.
  private func bySource(_ parts: [Holding]) -> [(source: SourceID, sen: Int64)] {
    var sums: [(source: SourceID, sen: Int64)] = []
    for part in parts {
      if let at = sums.firstIndex(where: { $0.source == part.place.source }) { sums[at].sen &+= part.part } else { sums.append((part.place.source, part.part)) }
    }
    return sums
  }

  // MARK: Edits

  mutating func shift(
    _ edit: Edit, _ amount: Amount, _ from: Selection, _ to: Selection, _ year: Int, _ locals: [EntityID]
  ) throws(Halt) {
    let taken = try take(amount, from, edit, year, locals)
    if taken.isEmpty { return }
    let given = try give(bySource(taken), to, edit, year, locals)
    try checkEarmarks(taken, given, edit.site)
    let streams = paired(taken, given)
    state.movements.append(
      Movement(streams: streams, row: Instrument.row(of: streams, plan), document: from.slice.document, reason: edit.reason, site: edit.site))
  }

  /// Which cell pays which.
  private func paired(_ taken: [Holding], _ given: [Holding]) -> [Movement.Stream] {
    if taken.count == 1, given.count == 1 { return [Movement.Stream(from: taken[0].place, to: given[0].place, sen: given[0].part)] }
    return Instrument.paired(taken.map { ($0.place, $0.part) }, given.map { ($0.place, $0.part) }, plan)
  }

  /// Money bound to a field stays in it: the same bidang urusan on both sides.
  private func checkEarmarks(_ taken: [Holding], _ given: [Holding], _ site: Site) throws(Halt) {
    for part in taken where plan.sources.field[part.place.source.index] != nil {
      let own = self.field(of: part.place.leaf)
      for target in given where target.place.source == part.place.source && target.place.leaf != part.place.leaf {
        guard self.field(of: target.place.leaf) != own, let field = plan.sources.field[part.place.source.index] else { continue }
        throw Halt(
          problem: .earmarked(
            source: context.describe(EntityID(raw: part.place.source.raw), .parameter), field: field,
            place: context.describe(target.place.leaf, .titleText)),
          site: site)
      }
    }
  }

  /// Money of an earmarked source that comes from the pool may only go where the plan itself spends that source: the
  /// way round by `potong` and `tambah` is as closed as the straight one.
  private func checkPoolEarmarks(_ given: [Holding], _ site: Site) throws(Halt) {
    // All cells of an edit that are given to lie in one document.
    var known: [SourceID: [String]] = [:]
    for part in given {
      let source = part.place.source
      guard let name = plan.sources.field[source.index] else { continue }
      let fields = known[source] ?? fields(of: source, part.place.document)
      known[source] = fields
      if fields.isEmpty || fields.contains(field(of: part.place.leaf)) { continue }
      throw Halt(
        problem: .earmarked(
          source: context.describe(EntityID(raw: source.raw), .parameter), field: name,
          place: context.describe(part.place.leaf, .titleText)),
        site: site)
    }
  }

  /// Whether money of a source may go to every leaf of a slice.
  private func mayReach(_ source: SourceID, _ slice: SliceTemplate, _ year: Int) -> Bool {
    if plan.sources.field[source.index] == nil { return true }
    let fields = fields(of: source, slice.document)
    if fields.isEmpty { return true }
    var slice = slice
    slice.sources = []
    var leaves = holdings(slice, year).map(\.place.leaf)
    if leaves.isEmpty, case .entities(let entities) = slice.anchors { leaves = entities }
    return leaves.allSatisfy { fields.contains(field(of: $0)) }
  }

  /// The fields in which the plan spends a source in a document, in any year.
  func fields(of source: SourceID, _ document: DocumentID) -> [String] {
    var fields: [String] = []
    var last = Entities.none
    for year in 0..<plan.yearCount {
      for cell in plan.cube.block(.spending, document, year) where plan.cube.amount[cell] > 0 {
        guard plan.cube.leaf[cell] != last, plan.sources.contains(source, plan.cube.source[cell]) else { continue }
        last = plan.cube.leaf[cell]
        let own = field(of: last)
        if !fields.contains(own) { fields.append(own) }
      }
    }
    return fields
  }

  /// The field of a leaf: its programme's bidang urusan, else its department.
  func field(of leaf: EntityID) -> String {
    if let program = plan.entities.ancestor(.program, of: leaf), plan.entities.codeName[program.index] != Entities.unnamed {
      let code = context.describe(program, .codeText)
      if let affairs = Code.affairs(code) { return affairs }
    }
    return plan.entities.ancestor(.department, of: leaf).map { "\($0.raw)" } ?? ""
  }

  mutating func cut(_ edit: Edit, _ amount: Amount, _ from: Selection, _ year: Int, _ locals: [EntityID]) throws(Halt) {
    let taken = try take(amount, from, edit, year, locals)
    if taken.isEmpty { return }
    let streams = taken.map { Movement.Stream(from: $0.place, to: nil, sen: $0.part) }
    state.movements.append(
      Movement(streams: streams, row: 1, document: from.slice.document, reason: edit.reason, site: edit.site))
  }

  mutating func add(_ edit: Edit, _ amount: Amount, _ to: Selection, _ year: Int, _ locals: [EntityID]) throws(Halt) {
    let target = bound(to.slice, locals)
    let named = to.slice.sources
    let pool = state.pool(year).filter { part in
      guard part.sen > 0 else { return false }
      return named.isEmpty ? mayReach(part.source, target, year) : named.contains { plan.sources.contains($0, part.source) }
    }
    let total = pool.reduce(Int64(0)) { $0 &+ $1.sen }
    let wanted = try sum(amount, of: total, edit, year, locals)
    if wanted == 0 { return }
    var sources: [(source: SourceID, sen: Int64)]
    if named.count == 1 {
      sources = [(named[0], wanted)]
    } else if wanted <= total {
      sources = zip(pool, try spread(wanted, pool.map(\.sen), edit.site)).map { ($0.source, $1) }
    } else {
      // More than the pool holds: what is missing comes from B's own largest source and leaves the pool negative.
      sources = pool.map { ($0.source, $0.sen) }
      let own = holdings(target, year).max { $0.sen < $1.sen }?.place.source ?? named.first ?? SourceID(raw: 1)
      if let at = sources.firstIndex(where: { $0.source == own }) { sources[at].sen += wanted - total } else { sources.append((own, wanted - total)) }
    }
    let given = try give(sources.filter { $0.sen > 0 }, to, edit, year, locals)
    try checkPoolEarmarks(given, edit.site)
    let streams = given.map { Movement.Stream(from: nil, to: $0.place, sen: $0.part) }
    state.movements.append(
      Movement(streams: streams, row: 1, document: to.slice.document, reason: edit.reason, site: edit.site))
  }

  mutating func postpone(
    _ edit: Edit, _ amount: Amount, _ from: Selection, _ year: Int, _ later: Int, _ locals: [EntityID]
  ) throws(Halt) {
    let taken = try take(amount, from, edit, year, locals)
    var streams: [Movement.Stream] = []
    for part in taken {
      var place = part.place
      place.year = later
      if state.isLocked(place) { throw Halt(problem: .locked(place: called(from.slice)), site: from.site) }
      try change(state.overlay.cell(at: place, shared.plan), by: part.part, edit.site)
      streams.append(Movement.Stream(from: part.place, to: place, sen: part.part))
    }
    if streams.isEmpty { return }
    state.movements.append(
      Movement(streams: streams, row: 1, document: from.slice.document, reason: edit.reason, site: edit.site))
  }

  mutating func change(
    _ edit: Edit, _ ledger: Ledger, _ source: SourceID, _ amount: Amount, _ isDown: Bool, _ year: Int, _ locals: [EntityID]
  ) throws(Halt) {
    var slice = SliceTemplate(document: plan.workingDocument)
    slice.ledger = ledger
    slice.sources = [source]
    var all = holdings(slice, year)
    let total = all.reduce(Int64(0)) { $0 &+ $1.sen }
    let name = context.describe(EntityID(raw: source.raw), .parameter)
    if all.isEmpty { throw Halt(problem: .nothingThere(place: name), site: edit.site) }
    let wanted = try sum(amount, of: total, edit, year, locals)
    if isDown, wanted > total { throw Halt(problem: .notEnough(asked: wanted, available: total, place: name), site: edit.site) }
    if total <= 0 { for at in all.indices { all[at].sen = 1 } }
    try divide(wanted, over: &all, edit, isTaken: false)
    for holding in all { try change(holding.cell, by: isDown ? -holding.part : holding.part, edit.site) }
    let place = all[0].place
    let stream = isDown ? Movement.Stream(from: place, to: nil, sen: wanted) : Movement.Stream(from: nil, to: place, sen: wanted)
    state.movements.append(
      Movement(streams: [stream], row: 0, document: plan.workingDocument, reason: edit.reason, site: edit.site))
  }

  // MARK: tetapkan

  mutating func set(_ edit: Edit, _ target: SettableTarget, _ formula: FormulaID, _ locals: [EntityID]) throws(Halt) {
    var evaluator = evaluator
    var value = try evaluator.number(of: formula, year: -1, locals: locals)
    guard !value.isAbsent else { throw Halt(problem: .absentAmount, site: edit.site) }
    var reader = Reading(plan: plan, overlay: state.overlay)
    func row(_ bearer: Bearer) -> Int {
      let row = Int(plan.indicatorRow[bearer.entity(locals).index])
      // A bare number given to whichever member is points of percent where that member counts percent.
      if case .local = bearer, plan.indicators[row].unit.raw == 1, plan.formulas[formula.index].isBare { value = value / Number(100) }
      return row
    }
    let key: FigureKey
    let before: Number
    switch target {
    case .target(let bearer, let year):
      let row = row(bearer)
      key = .target(row, year: year)
      before = reader.figure(.targetLow, row, year)
    case .finalTarget(let bearer):
      let row = row(bearer)
      key = .target(row, year: -1)
      before = state.overlay.figure(key) ?? plan.indicators[row].finalTarget.low
    case .projection(let bearer, let year):
      let row = row(bearer)
      key = .projection(row, year: year)
      before = reader.figure(.projection, row, year)
    case .baseline(let bearer):
      let row = row(bearer)
      key = .baseline(row)
      before = reader.figure(.baseline, row, 0)
    case .parameter(let id):
      key = .parameter(id)
      if let changed = state.overlay.figure(key) {
        before = changed
      } else {
        before = try evaluator.number(of: plan.parameters[id.index].formula, year: 0, locals: [])
      }
    case .budget(let slice, let year): return try setBudget(edit, bound(slice, locals), year, value)
    }
    state.overlay.figures.append((key, value))
    state.movements.append(
      Movement(key, from: before, to: value, document: plan.workingDocument, reason: edit.reason, site: edit.site))
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
    var free = holdings(from.slice, year)
    leaveOutLocked(&free)
    free.removeAll { $0.sen <= 0 }
    let total = free.reduce(Int64(0)) { $0 &+ $1.sen }
    guard sen <= total else { throw Halt(problem: .notEnough(asked: sen, available: total, place: called(from.slice)), site: edit.site) }
    try divide(sen, over: &free, edit, isTaken: true)
    try pay(&free, edit.site)
    let streams = free.map { Movement.Stream(from: $0.place, to: nil, sen: $0.part) }
    state.movements.append(Movement(streams: streams, row: 1, document: from.slice.document, reason: edit.reason, site: edit.site))
  }

  private mutating func giveExactly(_ edit: Edit, _ to: Selection, _ year: Int, _ sen: Int64) throws(Halt) {
    let own = holdings(to.slice, year).max { $0.sen < $1.sen }?.place.source ?? to.slice.sources.first ?? SourceID(raw: 1)
    let given = try give([(own, sen)], to, edit, year, [])
    let streams = given.map { Movement.Stream(from: nil, to: $0.place, sen: $0.part) }
    state.movements.append(Movement(streams: streams, row: 1, document: to.slice.document, reason: edit.reason, site: edit.site))
  }
}
