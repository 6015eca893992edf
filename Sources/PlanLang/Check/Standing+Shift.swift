/// Shifts of money between two cells: done on a board of their own, and brought into what stands when somebody asks.
extension Standing {
  /// The scenario that stands.
  public var state: ScenarioState {
    var state = settled
    shifts?.carryOut(into: &state)
    return state
  }

  /// Does a plain shift and says what it turned; false where it has to go the long way.
  mutating func shift(_ edit: Edit, _ plain: PlainShift, _ context: EditContext) throws(Halt) -> Bool {
    guard context.limits.steps > 0 else { return false }
    switch shifts?.shift(plain, reason: edit.reason, site: edit.site) {
    case .done: return true
    case .turned: if takeTurned() { return true }
    case .asks: _ = takeTurned()
    case .short:
      let wanted = settled.shared.sen(plain.amount) ?? 0
      throw settled.shortage(plain, edit, wanted, shifts?.there(plain) ?? 0, context)
    case .long: return false
    case .unlaid, nil: return lay(plain, context) ? try shift(edit, plain, context) : false
    }
    try settle(context)
    return true
  }

  /// Takes what the last shift turned; false where more has to be looked at.
  private mutating func takeTurned() -> Bool {
    for at in 0..<(shifts?.turned.count ?? 0) {
      guard let row = shifts?.turned.all[at], let holds = shifts?.holds(row) else { return false }
      if row < 0 {
        take(gauge: Int(shifts?.projections.bounds.all[Int(~row)].gauge ?? 0), holds)
      } else if Int(row) < lines.count {
        take(Int(row), holds)
      } else {
        // A divisor is not above zero any more: what its quotient is then is not for forms to say.
        areGaugesLaid = true
        return false
      }
    }
    return true
  }

  /// Brings what stands up to date with the shifts that were done.
  mutating func settle(_ context: EditContext) throws(Halt) {
    guard shifts?.isAhead == true else { return }
    var moves: [(place: ExtraCell, sen: Int64)] = []
    shifts?.carryOut(into: &settled) { place, sen in moves.append((place, sen)) }
    shifts?.rest()
    for (place, sen) in moves where sen != 0 { move(place, sen, isReread: false) }
    let before = readers
    try round(context, figures: [])
    if areGaugesLaid || readers != before { shifts = nil }
  }

  /// By how many ways something is read: what comes to be read by more is in no list of the board.
  var readers: Int { (evaluator.terms?.links.count ?? 0) + termEdges.groups.count + rowEdges.groups.count }

  /// Lets the board of shifts know what an edit that it did not do added to cells. What that turned is taken when all of it is
  /// known: where the board is dropped on the way, nothing was.
  mutating func followLongWay() {
    shifts?.begin()
    for change in settled.overlay.changes where change.sen != 0 && shifts != nil {
      let cell = settled.overlay.cells[Int(change.position)]
      // What edits made is in no list of the board.
      guard cell.index < settled.plan.cube.count else { return shifts = nil }
      let place = settled.overlay.places[Int(change.position)]
      let (kind, own) = lists(of: place)
      if shifts?.follow(cell.index, place, kind, own, change.sen) != true { shifts = nil }
    }
    if !takeTurned() { shifts = nil }
  }

  // MARK: Laying out

  /// Lays out the plan for shifts, and the lists of what a shift moves; false where that cannot be.
  private mutating func lay(_ plain: PlainShift, _ context: EditContext) -> Bool {
    if shifts == nil { layOut(context) }
    guard shifts != nil else { return false }
    for end in [plain.from, plain.to] {
      guard let cell = shifts?.seek(end, plain, settled) else { continue }
      let (kind, own) = lists(of: settled.overlay.place(of: CellID(cell), settled.plan))
      shifts?.give(cell, kind, own, plain, settled)
    }
    return true
  }

  private mutating func layOut(_ context: EditContext) {
    guard volatileGroups.isEmpty, settled.takesShifts(context) else { return }
    areGaugesLaid = false
    lendOverlay()
    let all = evaluator.terms?.all.indices.map { Int32(truncatingIfNeeded: $0) } ?? []
    evaluator.terms?.refresh(all, all.indices, evaluator.reading)
    lendOverlay()
    let terms = evaluator.terms?.all ?? []
    var (forms, guards): ([ShiftBoard.Balance], [ShiftBoard.Balance]) = ([], [])
    let most = ShiftBoard.most(settled)
    factors.removeAll(keepingCapacity: true)
    for line in lines {
      var factor = Factors(line.flat, terms, most: most + Int128(ShiftBoard.room(of: most)))
      forms.append(ShiftBoard.Balance(value: factor?.value ?? 0, orders: line.flat.orders, holds: line.status == .holds))
      if factor != nil, line.flat.isQuotient {
        factor?.divisor = Int32(truncatingIfNeeded: lines.count + guards.count)
        guards.append(ShiftBoard.Balance(value: terms[Int(line.flat.right)].sum.a, orders: 4))
      }
      factors.append(factor)
    }
    let projections = board?.laidOut(settled.plan, terms, evaluator.reading.board) { gauges(of: $0, $1) } ?? DrivenProjections()
    shifts = ShiftBoard(settled, most: most, forms + guards, projections)
  }

  /// What a row's projection of a year is held against; nil where something else reads it.
  private func gauges(of row: Int, _ year: Int) -> [(row: Int32, gauge: Gauge)]? {
    var found: [(row: Int32, gauge: Gauge)] = []
    var edge = Int(rowEdges.heads[row * (settled.plan.yearCount + 1) + year + 1])
    while edge >= 0 {
      let gauge = gaugeOf[Int(rowEdges.groups[edge])]
      if gauge < 0 { return nil }
      found.append((gauge, gauges[Int(gauge)].gauge))
      edge = Int(rowEdges.next[edge])
    }
    return found
  }

  /// The kind and the list of a cell: by what its money adds to the forms of rules and to the purses of responses.
  private mutating func lists(of place: ExtraCell) -> (kind: Int32, own: Int32) {
    let rest = [evaluator.terms?.block(place) ?? 0, place.account.index, place.source.index].map { Int32(truncatingIfNeeded: $0) }
    let node = evaluator.terms?.node(place.leaf) ?? -1
    let (kind, entities) = ([-2] + rest, [node] + rest)
    if shifts?.list(kind) == nil {
      var whole: [Int32] = []
      evaluator.terms?.eachWhole(place) { whole.append($0) }
      let made = list(of: whole)
      shifts?.lay(made, for: kind, place.source, isBound: settled.plan.sources.field[place.source.index] != nil)
    }
    if shifts?.list(entities) == nil {
      var own: [Int32] = []
      evaluator.terms?.eachOwn(place) { own.append($0) }
      let made = list(of: own)
      shifts?.lay(made, for: entities)
    }
    return (shifts?.list(kind) ?? 0, shifts?.list(entities) ?? 0)
  }

  /// What reads some terms that hold the same money.
  private func list(of terms: [Int32]) -> ShiftBoard.List {
    var times: [Int32: Int64] = [:]
    var (purses, asks): ([Int32], Bool) = ([], false)
    for term in terms {
      if Int(term) < termEdges.count, termEdges.heads[Int(term)] >= 0 { asks = true }
      purses += board?.purses(of: Int(term)) ?? []
      guard Int(term) + 1 < lineStarts.count else { continue }
      for row in lineRows[Int(lineStarts[Int(term)])..<Int(lineStarts[Int(term) + 1])] {
        guard let factor = factors[Int(row)] else {
          asks = true
          continue
        }
        if lines[Int(row)].flat.left == term { times[row, default: 0] += factor.left }
        if lines[Int(row)].flat.right == term {
          times[row, default: 0] -= factor.right
          if factor.divisor >= 0 { times[factor.divisor, default: 0] += 1 }
        }
      }
    }
    let edges = times.filter { $0.value != 0 }.sorted { $0.key < $1.key }
    return (edges.map { ShiftBoard.Edge(form: $0.key, times: Int32(truncatingIfNeeded: $0.value)) }, purses, asks)
  }

  /// A comparison of two sums as one whole number, negative where the left is less: the left times a factor, less the right times
  /// another.
  struct Factors: Sendable {
    var left: Int64
    var right: Int64
    /// What it comes to.
    var value: Int64
    /// The form of what the left is divided by, or -1.
    var divisor: Int32 = -1

    /// Nil where a sum is absent, or where sums of `most` might leave 64 bits.
    init?(_ flat: Flat, _ terms: [Terms.Term], most: Int128) {
      let x = terms[Int(flat.left)].sum
      var (a, b) = (Int128(flat.leftTimes) * Int128(flat.rightOver), Int128(flat.rightTimes))
      var y = Number(1)
      if flat.right >= 0 { y = terms[Int(flat.right)].sum }
      guard x.b == 1, y.b == 1, !flat.isQuotient || y.a > 0 else { return nil }
      if !flat.isQuotient { b *= Int128(flat.leftOver) }
      var (divisor, rest) = (a.magnitude, b.magnitude)
      while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
      if divisor > 1 { (a, b) = (a / Int128(divisor), b / Int128(divisor)) }
      let bound = flat.right < 0 ? Int128(a.magnitude) * most + Int128(b.magnitude) : Int128(a.magnitude + b.magnitude) * most
      guard a.magnitude < 1 << 28, flat.right < 0 || b.magnitude < 1 << 28, bound <= Int128(Int64.max) else { return nil }
      (left, right, value) = (Int64(a), Int64(b), Int64(a * Int128(x.a) - b * Int128(y.a)))
    }
  }
}
