import CKernels

/// One condition of a rule for a member and a year, as a figure that must not be negative (or must be zero).
struct Requirement {
  /// Where it comes from.
  enum Origin: Hashable {
    /// A rule's condition, by its place in the rule.
    case rule(RuleID, member: EntityID, year: Int, condition: Int)
    /// What a contract holds in a year (an index).
    case contract(EntityID, year: Int)
    /// The pool of a source in a year (an index).
    case pool(SourceID, year: Int)
    /// What the asker wants.
    case asked
  }
  var origin: Origin
  /// The figure, and what it must not fall below.
  var figure: Number
  var floor = 0.0
  /// Whether it must be zero.
  var isEquality = false
  /// Whether it must be above zero.
  var isStrict = false
  /// Whether its rule is mandatory.
  var isMandatory = true
  /// The figure as it hangs on sums, scaled so that it is negative when and only when the condition fails; nil where it
  /// is curved.
  var linear: Affine?
}

/// Rules read as requirements on money that may move.
struct RequirementReader {
  let plan: Plan
  let recorder: Recorder
  let tape: Tape
  let cells: OpenCells
  let day: Int
  /// What was read.
  private(set) var requirements: [Requirement] = []
  /// Conditions that no money open here moves and that are broken.
  private(set) var stuck: [Requirement.Origin] = []
  /// Conditions that hang on open money in a way that no requirement says.
  private(set) var unread: [Requirement.Origin] = []
  /// The sides of each requirement that compares, for its linear form.
  private var sides: [Int: (left: Number, right: Number)] = [:]

  init(recorder: Recorder, cells: OpenCells, day: Int) {
    plan = recorder.plan
    self.recorder = recorder
    tape = recorder.tape
    self.cells = cells
    self.day = day
  }

  /// Reads a rule; instances that a waiver covers are left alone.
  mutating func read(_ id: RuleID) throws {
    let rule = plan.rules[id.index]
    let waivers = plan.waivers.filter { $0.rule == id && $0.until >= day }
    for member in rule.members?.entities ?? [Entities.none] {
      let locals = member == Entities.none ? [] : [member]
      if waivers.contains(where: { $0.entity == Entities.none || member != Entities.none && plan.entities.contains($0.entity, member) }) { continue }
      for year in rule.isYearly ? rule.years : [-1] {
        if let condition = rule.members?.condition {
          // Who is meant is settled by the scenario as it stands; the engine judges the answer anew.
          let applies = try recorder.number(of: condition, year: year, locals: locals)
          if applies.isDrawn ? !isTrue(applies) : applies.isAbsent || applies.a == 0 { continue }
        }
        for (at, condition) in rule.conditions.enumerated() {
          try read(condition, .rule(id, member: member, year: year, condition: at), rule.isMandatory, year, locals)
        }
      }
    }
  }

  /// Whether a truth on the tape holds as the scenario stands.
  private func isTrue(_ number: Number) -> Bool {
    let known = cells.sums
    return Forms.value(tape, Int32(truncatingIfNeeded: number.a)) { known[$0].sen } == 1
  }

  private mutating func read(_ condition: Condition, _ origin: Requirement.Origin, _ isMandatory: Bool, _ year: Int, _ locals: [EntityID]) throws {
    switch condition {
    case .truth(let formula, _):
      let value = try recorder.number(of: formula, year: year, locals: locals)
      if value.isDrawn { return truth(value, origin, isMandatory) }
      if !value.isAbsent, value.a == 0 { stuck.append(origin) }
    case .comparison(let whole, let left, let relation, let right, _):
      let x = try recorder.number(of: left, year: year, locals: locals)
      let (low, high) = try recorder.ends(of: right, year: year, locals: locals)
      if !x.isDrawn, !low.isDrawn, !high.isDrawn {
        let value = try recorder.number(of: whole, year: year, locals: locals)
        if !value.isDrawn, !value.isAbsent, value.a == 0 { stuck.append(origin) }
        return
      }
      if [x, low, high].contains(where: { $0.isAbsent && !$0.isDrawn }) { return }
      // What counts to so many digits only is asked for as it is judged.
      if plan.formulas[left.index].type != .money, relation != .unequal {
        let told = try recorder.number(of: whole, year: year, locals: locals)
        if told.isDrawn, isRounded(told) { return truth(told, origin, isMandatory) }
      }
      switch relation {
      case .greater, .greaterEqual: add(x, over: low, origin, isMandatory, isStrict: relation == .greater)
      case .less, .lessEqual: add(low, over: x, origin, isMandatory, isStrict: relation == .less)
      case .equal:
        // What is equal after rounding leaves room that no row says: the engine watches it.
        if [x, low].contains(where: { Forms.rounds(tape, $0) }) { unread.append(origin) } else { add(x, over: low, origin, isMandatory, isEquality: true) }
      case .within:
        add(x, over: low, origin, isMandatory)
        add(high, over: x, origin, isMandatory)
      case .unequal: unread.append(origin)
      }
    }
  }

  /// A figure before it is rounded, and how many of its last counted digits are one: as `Recorder.rounded` and `bulat` write it.
  private func unrounded(_ operand: Int32) -> (figure: Number, power: Double)? {
    guard operand >= 0 else { return nil }
    var row = tape.rows[Int(operand)]
    var power = 1.0
    if row.op == PLAN_DIVIDE, row.b >= 0, row.c < 0 {
      power = tape.constants[Int(~row.c)]
      row = tape.rows[Int(row.b)]
    }
    guard row.op == PLAN_ROUND, row.b >= 0, power > 0 else { return nil }
    if power == 1 { return (number(row.b), 1) }
    let inner = tape.rows[Int(row.b)]
    guard inner.op == PLAN_MULTIPLY, inner.b >= 0, inner.c < 0, tape.constants[Int(~inner.c)] == power else { return nil }
    return (number(inner.b), power)
  }

  /// Whether a truth compares what is rounded.
  private func isRounded(_ truth: Number) -> Bool {
    guard truth.isDrawn else { return false }
    let row = tape.rows[Int(truth.a)]
    switch row.op {
    case PLAN_LESS, PLAN_LESS_EQUAL, PLAN_EQUAL: return unrounded(row.b) != nil || unrounded(row.c) != nil
    case PLAN_AND, PLAN_SELECT: return isRounded(number(row.b)) || isRounded(number(row.c))
    case PLAN_NOT: return isRounded(number(row.b))
    default: return false
    }
  }

  /// What a comparison of a rounded figure with a fixed one asks of the figure itself: `x` not below `y`. Half a unit is enough
  /// where it is rounded to an even one. Nil where it compares otherwise.
  private func gaps(_ row: Tape.Row) -> [(x: Number, y: Number, isStrict: Bool)]? {
    switch row.op {
    case PLAN_NOT:
      guard row.b >= 0, case let inner = tape.rows[Int(row.b)], inner.op == PLAN_LESS || inner.op == PLAN_LESS_EQUAL else { return nil }
      return gap(low: inner.c, high: inner.b, isStrict: inner.op == PLAN_LESS_EQUAL).map { [$0] }
    case PLAN_LESS, PLAN_LESS_EQUAL: return gap(low: row.b, high: row.c, isStrict: row.op == PLAN_LESS).map { [$0] }
    case PLAN_EQUAL:
      guard let above = gap(low: row.b, high: row.c, isStrict: false), let below = gap(low: row.c, high: row.b, isStrict: false) else { return nil }
      return [above, below]
    default: return nil
    }
  }

  private func gap(low: Int32, high: Int32, isStrict: Bool) -> (x: Number, y: Number, isStrict: Bool)? {
    let isHighRounded = low < 0
    guard let (figure, power) = unrounded(isHighRounded ? high : low), case let other = isHighRounded ? low : high, other < 0 else { return nil }
    let bound = tape.constants[Int(~other)] * power
    guard abs(bound) < 1e15 else { return nil }
    // The unit that is the first to do.
    let nearest = bound.rounded()
    let isWhole = abs(bound - nearest) < 1e-6
    let unit =
      isHighRounded
      ? (isWhole ? nearest + (isStrict ? 1 : 0) : bound.rounded(.up)) : isWhole ? nearest - (isStrict ? 1 : 0) : bound.rounded(.down)
    let isOdd = unit.truncatingRemainder(dividingBy: 2) != 0
    let edge = Number(real: (unit + (isHighRounded ? -0.5 : 0.5)) / power)
    return isHighRounded ? (figure, edge, isOdd) : (edge, figure, isOdd)
  }

  private func number(_ operand: Int32) -> Number { operand < 0 ? Number(real: tape.constants[Int(~operand)]) : .drawn(operand) }

  /// A truth on the tape: a comparison, or several that must all hold.
  private mutating func truth(_ value: Number, _ origin: Requirement.Origin, _ isMandatory: Bool) {
    let row = tape.rows[Int(value.a)]
    if let gaps = gaps(row) {
      for gap in gaps { add(gap.x, over: gap.y, origin, isMandatory, isStrict: gap.isStrict) }
      return
    }
    switch row.op {
    case PLAN_LESS, PLAN_LESS_EQUAL: add(number(row.c), over: number(row.b), origin, isMandatory, isStrict: row.op == PLAN_LESS)
    case PLAN_EQUAL where [number(row.b), number(row.c)].contains(where: { Forms.rounds(tape, $0) }): unread.append(origin)
    case PLAN_EQUAL: add(number(row.b), over: number(row.c), origin, isMandatory, isEquality: true)
    // `x dan y` is read as "if x then both, else x".
    case PLAN_SELECT where row.d == row.b, PLAN_AND:
      for part in [number(row.b), number(row.c)] {
        if part.isDrawn { truth(part, origin, isMandatory) } else if part.real == 0 { stuck.append(origin) }
      }
    case PLAN_NOT where row.b >= 0 && (tape.rows[Int(row.b)].op == PLAN_LESS || tape.rows[Int(row.b)].op == PLAN_LESS_EQUAL):
      let inner = tape.rows[Int(row.b)]
      add(number(inner.b), over: number(inner.c), origin, isMandatory, isStrict: inner.op == PLAN_LESS_EQUAL)
    case PLAN_OR, PLAN_SELECT:
      if let figure = figure(of: value) {
        requirements.append(Requirement(origin: origin, figure: figure, isMandatory: isMandatory))
      } else {
        unread.append(origin)
      }
    default: unread.append(origin)
    }
  }

  /// A figure that falls below zero where a truth does not hold: of several that must all hold the least, of those one of which must
  /// the greatest. Nil where it is no comparison.
  private func figure(of truth: Number) -> Number? {
    guard truth.isDrawn else { return Number(real: truth.real != 0 ? 1 : -1) }
    let row = tape.rows[Int(truth.a)]
    func less(_ row: Tape.Row, _ sign: Bool) -> Number { tape.record(PLAN_SUBTRACT, number(sign ? row.c : row.b), number(sign ? row.b : row.c)) }
    switch row.op {
    case PLAN_LESS, PLAN_LESS_EQUAL:
      if let gap = gaps(row)?.first { return tape.record(PLAN_SUBTRACT, gap.x, gap.y) }
      return less(row, true)
    case PLAN_NOT where row.b >= 0 && (tape.rows[Int(row.b)].op == PLAN_LESS || tape.rows[Int(row.b)].op == PLAN_LESS_EQUAL):
      return less(tape.rows[Int(row.b)], false)
    case PLAN_AND, PLAN_OR:
      guard let one = figure(of: number(row.b)), let other = figure(of: number(row.c)) else { return nil }
      return tape.record(row.op == PLAN_AND ? PLAN_LEAST : PLAN_GREATEST, one, other)
    case PLAN_SELECT:
      guard let test = figure(of: number(row.b)), let yes = figure(of: number(row.c)), let no = figure(of: number(row.d)) else { return nil }
      if row.c == row.b { return tape.record(PLAN_GREATEST, test, no) }
      if row.d == row.b { return tape.record(PLAN_LEAST, test, yes) }
      let against = tape.record(PLAN_SUBTRACT, .zero, test)
      return tape.record(PLAN_GREATEST, tape.record(PLAN_LEAST, test, yes), tape.record(PLAN_LEAST, against, no))
    default: return nil
    }
  }

  /// `x` must not be below `y`.
  private mutating func add(
    _ x: Number, over y: Number, _ origin: Requirement.Origin, _ isMandatory: Bool, isStrict: Bool = false, isEquality: Bool = false
  ) {
    let figure = tape.record(PLAN_SUBTRACT, x, y)
    sides[requirements.count] = (x, y)
    requirements.append(Requirement(origin: origin, figure: figure, isEquality: isEquality, isStrict: isStrict, isMandatory: isMandatory))
  }

  /// A figure that must not fall below zero.
  mutating func add(_ figure: Number, _ origin: Requirement.Origin) { requirements.append(Requirement(origin: origin, figure: figure)) }

  /// What was read, with its linear forms.
  func settled(_ forms: Forms) -> [Requirement] {
    requirements.enumerated().map { at, requirement in
      var requirement = requirement
      requirement.linear = sides[at].flatMap { Self.linear($0.left, over: $0.right, forms) } ?? Self.plain(forms.form(requirement.figure))
      return requirement
    }
  }

  private static func plain(_ form: Form) -> Affine? {
    if case .affine(let affine) = form { return affine }
    return nil
  }

  /// x - y without its positive denominators, where that leaves it linear.
  private static func linear(_ x: Number, over y: Number, _ forms: Forms) -> Affine? {
    switch (forms.form(x), forms.form(y)) {
    case (.affine(let a), .affine(let b)): return a.adding(b, times: -1)
    case (.ratio(let n, let d), .affine(let b)) where b.isConstant: return n.adding(d, times: -b.constant)
    case (.affine(let a), .ratio(let n, let d)) where a.isConstant: return d.times(a.constant).adding(n, times: -1)
    case (.ratio(let n, let d), .ratio(let m, let e)) where Forms.isSame(d, e): return n.adding(m, times: -1)
    default: return nil
    }
  }
}
