import CKernels

/// What no tape can hold: a text, a list's length or a year that would hang on a draw.
struct NotRecorded: Error {
  let site: Site
}

/// Money that a recorder leaves open: sums of slices whose cells may still move.
protocol OpenMoney: AnyObject {
  /// The row of a slice's sum in a year of the scenario that runs; nil where none of its cells may move.
  func sum(_ slice: SliceTemplate, local: EntityID?, year: Int) -> Number?
}

/// Runs formulas once, with figures that hang on draws as rows of a tape: what depends on nothing uncertain is computed
/// by the evaluator, the rest recorded. Branches on uncertain conditions are taken both, and the draw chooses.
final class Recorder {
  let plan: Plan
  let tape: Tape
  let variables: [FigureKey: Int32]
  /// The money that may move, where that is what figures hang on.
  let money: (any OpenMoney)?
  private var evaluator: Evaluator
  let overlays: [Overlay]
  /// Whether a formula or an indicator can hang on a draw: 0 not yet known, 1 no, 2 yes, 3 being asked.
  private var formulas: [UInt8]
  private var indicators: [UInt8]
  var parameters: [Evaluator.ParameterKey: Number] = [:]
  var projections: [Evaluator.ParameterKey: Number] = [:]
  private var depth = 0

  /// A recorder for one scenario; several may write on one tape.
  init(plan: Plan, overlay: Overlay, others: [Symbol: Overlay], uncertain: [Uncertainty], tape: Tape, context: EditContext, money: (any OpenMoney)? = nil) {
    self.plan = plan
    self.tape = tape
    self.money = money
    var variables: [FigureKey: Int32] = [:]
    for (at, one) in uncertain.enumerated() { variables[one.key] = Int32(truncatingIfNeeded: at) }
    self.variables = variables
    evaluator = Evaluator(
      plan: plan, overlay: overlay, others: others, limits: context.limits, isInterrupted: context.isInterrupted, describe: context.describe)
    overlays = others.keys.sorted().map { others[$0] ?? Overlay() } + [overlay]
    formulas = [UInt8](repeating: 0, count: plan.formulas.count)
    indicators = [UInt8](repeating: 0, count: plan.indicators.count)
  }

  // MARK: Entries

  /// The figure of a formula in a year; a row of the tape where it hangs on a draw.
  func number(of id: FormulaID, year: Int, locals: [EntityID] = []) throws -> Number { try ends(of: id, year: year, locals: locals).low }

  /// Both ends of a range formula.
  func ends(of id: FormulaID, year: Int, locals: [EntityID] = []) throws -> (low: Number, high: Number) {
    if !hangs(formula: id) {
      let ends = try evaluator.ends(of: id, year: year, locals: locals)
      return (ends.0, ends.1)
    }
    var machine = Evaluator.Machine(formula: id.index, year: year)
    return try run(id, locals, &machine)
  }

  /// Whether any figure of an indicator's row hangs on a draw.
  func hangs(indicator row: Int) -> Bool {
    if indicators[row] == 0 {
      indicators[row] = 3
      let isMoved = plan.springs(of: row).contains { spring in
        plan.drivers[spring].contains { driver in
          let response = plan.responses[Int(driver)]
          return money != nil || response.formula.map { hangs(formula: $0) } ?? false
            || response.assumptions.contains { one in [one.value, one.at].contains { $0.map { self.isUncertain($0) } ?? false } }
        } || plan.inflows[spring].contains { isUncertain(plan.spillovers[Int($0)].share) }
      }
      indicators[row] = isMoved ? 2 : 1
    }
    return indicators[row] == 2
  }

  func isUncertain(_ id: FormulaID) -> Bool { variables[.assumption(id)] != nil || hangs(formula: id) }

  /// Whether a formula may hang on a draw.
  func hangs(formula id: FormulaID) -> Bool {
    if formulas[id.index] == 0 {
      formulas[id.index] = 3
      let hangs = plan.formulas[id.index].code.contains { instruction in
        switch instruction.op {
        case .parameter:
          let row = Int(instruction.d)
          return variables[.parameter(ParameterID(row))] != nil || self.hangs(formula: plan.parameters[row].formula)
        case .slice, .wholeSlice: return money != nil
        case .project: return plan.projects.contains { $0.formulas.contains { self.hangs(formula: $0) } }
        case .figure: return plan.indicators.indices.contains { self.hangs(indicator: $0) }
        default: return false
        }
      }
      formulas[id.index] = hangs ? 2 : 1
    }
    return formulas[id.index] == 2
  }

  // MARK: Running

  func run(
    _ id: FormulaID, _ locals: [EntityID], _ machine: inout Evaluator.Machine, input: Number? = nil
  ) throws -> (low: Number, high: Number) {
    let formula = plan.formulas[id.index]
    guard depth < 200 else { throw Halt(problem: .tooDeep(limit: 200), site: formula.site) }
    depth += 1
    defer { depth -= 1 }
    var registers = [Number](repeating: .undefined, count: formula.registers)
    for i in 0..<min(locals.count, formula.locals) { registers[i] = Number(Int64(locals[i].raw)) }
    if let input { registers[0] = input }
    _ = try execute(formula, from: 0, until: formula.code.count, &registers, &machine)
    return (registers[Int(formula.result)], registers[Int(formula.upper)])
  }

  /// Runs from an instruction until one at or behind `stop` is reached, and says which.
  private func execute(
    _ formula: Formula, from start: Int, until stop: Int, _ r: inout [Number], _ machine: inout Evaluator.Machine
  ) throws -> Int {
    var at = start
    while at < stop {
      let i = formula.code[at]
      let (a, b, c, target) = (Int(i.a), Int(i.b), Int(i.c), Int(i.d))
      switch i.op {
      case .jump: at = target
      case .jumpIfFalse, .jumpIfTrue:
        if r[b].isDrawn {
          at = try fork(formula, at, r[b], isTrueFirst: i.op == .jumpIfFalse, target, &r, &machine)
        } else {
          at = r[b].b == 1 && (r[b].a == 0) == (i.op == .jumpIfFalse) ? target : at + 1
        }
      case .jumpIfAbsent: at = r[b].isAbsent && !r[b].isDrawn ? target : at + 1
      case .nextOfRange:
        if r[a].a < r[c].a {
          r[a].a += 1
          at = target
        } else {
          at += 1
        }
      case .firstOfRange:
        if r[b].isDrawn || r[c].isDrawn { throw NotRecorded(site: formula.site) }
        guard let low = r[b].whole, let high = r[c].whole else {
          r[a] = r[b].isAbsent ? r[b] : r[c].isAbsent ? r[c] : .undefined
          at = target
          continue
        }
        (r[c], r[a]) = (Number(high), Number(low))
        at = low <= high ? at + 1 : target
      case .firstOfList, .nextOfList:
        let isFirst = i.op == .firstOfList
        if r[b].isAbsent {
          if isFirst { r[a] = r[b] }
          at = isFirst ? target : at + 1
          continue
        }
        let (list, index) = (evaluator.lists[Int(r[b].a)], isFirst ? 0 : Int(r[a].a))
        r[a] = Number(Int64(isFirst ? 1 : index + (index < list.count ? 1 : 0)))
        if index < list.count { r[c] = list[index] }
        at = (index < list.count) == isFirst ? at + 1 : target
      default:
        if try !recorded(i, &r, formula, machine) { try settle(i, &r, formula, &machine) }
        at += 1
      }
    }
    return at
  }

  /// Leaves an instruction without drawn figures to the evaluator.
  private func settle(_ i: Instruction, _ r: inout [Number], _ formula: Formula, _ machine: inout Evaluator.Machine) throws {
    let halt: Halt? = withUnsafePointer(to: i) { code in
      withUnsafePointer(to: formula) { formula in
      r.withUnsafeMutableBufferPointer { registers in
        formula.pointee.constants.withUnsafeBufferPointer { constants in
          guard let base = registers.baseAddress else { return nil }
          do throws(Halt) {
            try evaluator.execute(formula, UnsafeBufferPointer(start: code, count: 1), constants, base, &machine)
            return nil
          } catch { return error }
        }
      }
      }
    }
    if let halt { throw halt }
  }

  /// Takes both branches of an uncertain condition; where they meet, the draw chooses register by register.
  private func fork(
    _ formula: Formula, _ at: Int, _ condition: Number, isTrueFirst: Bool, _ target: Int, _ r: inout [Number],
    _ machine: inout Evaluator.Machine
  ) throws -> Int {
    guard target > at else { throw NotRecorded(site: formula.site) }
    let lengths = evaluator.lists.map(\.count)
    func isUntouched() -> Bool { zip(lengths, evaluator.lists).allSatisfy { $0 == $1.count } }
    var (first, firstMachine) = (r, machine)
    let end = try execute(formula, from: at + 1, until: target, &first, &firstMachine)
    guard isUntouched() else { throw NotRecorded(site: formula.site) }
    var reached = target
    if end > target { reached = try execute(formula, from: target, until: end, &r, &machine) }
    guard reached == end, isUntouched(), machine.year == firstMachine.year, machine.scenario == firstMachine.scenario else {
      throw NotRecorded(site: formula.site)
    }
    for at in r.indices where r[at] != first[at] {
      r[at] = tape.record(PLAN_SELECT, condition, isTrueFirst ? first[at] : r[at], isTrueFirst ? r[at] : first[at])
    }
    return end
  }

  /// Does an instruction that meets a drawn figure; false when it meets none.
  private func recorded(_ i: Instruction, _ r: inout [Number], _ formula: Formula, _ machine: Evaluator.Machine) throws -> Bool {
    let (a, b, c) = (Int(i.a), Int(i.b), Int(i.c))
    func two(_ op: plan_op, swapped: Bool = false) -> Bool {
      let (x, y) = (r[b], r[c])
      guard x.isDrawn || y.isDrawn else { return false }
      r[a] = swapped ? tape.record(op, y, x) : tape.record(op, x, y)
      return true
    }
    func one(_ op: plan_op) -> Bool {
      guard r[b].isDrawn else { return false }
      r[a] = tape.record(op, r[b])
      return true
    }
    switch i.op {
    case .add: return two(PLAN_ADD)
    case .subtract: return two(PLAN_SUBTRACT)
    case .multiply: return two(PLAN_MULTIPLY)
    case .divide: return two(PLAN_DIVIDE)
    case .less: return two(PLAN_LESS)
    case .lessEqual: return two(PLAN_LESS_EQUAL)
    case .greater: return two(PLAN_LESS, swapped: true)
    case .greaterEqual: return two(PLAN_LESS_EQUAL, swapped: true)
    case .equal: return two(PLAN_EQUAL)
    case .unequal:
      guard two(PLAN_EQUAL) else { return false }
      r[a] = tape.record(PLAN_NOT, r[a])
      return true
    case .and: return two(PLAN_AND)
    case .or: return two(PLAN_OR)
    case .least, .greatest:
      guard r[b].isDrawn || r[c].isDrawn else { return false }
      if r[b] == .nothing { r[a] = r[c] } else { _ = two(i.op == .least ? PLAN_LEAST : PLAN_GREATEST) }
      return true
    case .power:
      guard r[b].isDrawn || r[c].isDrawn else { return false }
      r[a] = power(r[b], r[c])
      return true
    case .modulo:
      guard r[b].isDrawn || r[c].isDrawn else { return false }
      let whole = tape.record(PLAN_FLOOR, tape.record(PLAN_DIVIDE, r[b], r[c]))
      r[a] = tape.record(PLAN_SUBTRACT, r[b], tape.record(PLAN_MULTIPLY, whole, r[c]))
      return true
    case .negate:
      guard r[b].isDrawn else { return false }
      r[a] = tape.record(PLAN_SUBTRACT, .zero, r[b])
      return true
    case .round: return one(PLAN_ROUND)
    case .floor: return one(PLAN_FLOOR)
    case .not: return one(PLAN_NOT)
    case .isAbsent: return one(PLAN_IS_ABSENT)
    case .settle:
      guard r[b].isDrawn else { return false }
      r[a] = r[b]
      return true
    case .absorb: return r[b].isDrawn
    case .tally:
      guard r[b].isDrawn || r[a].isDrawn else { return false }
      r[a] = tape.record(PLAN_ADD, r[a], r[b])
      return true
    case .copy, .append, .constant, .list: return false
    case .element:
      if r[c].isDrawn { throw NotRecorded(site: formula.site) }
      return false
    case .roundFigure:
      guard r[b].isDrawn else { return false }
      r[a] = rounded(r[b], r[c])
      return true
    case .slice, .wholeSlice:
      guard machine.scenario < 0, let money else { return false }
      var local: EntityID?
      if case .local = formula.slices[Int(i.d)].anchors { local = Evaluator.entity(r[b]) }
      guard let sum = money.sum(formula.slices[Int(i.d)], local: local, year: machine.year) else { return false }
      r[a] = sum
      return true
    case .parameter:
      let row = Int(i.d)
      guard let value = try parameter(row, machine) else { return false }
      r[a] = value
      return true
    case .project:
      guard !r[b].isDrawn, let value = try project(r[b], isCost: i.d == 1, machine) else { return false }
      r[a] = value
      return true
    case .figure:
      guard let entity = Evaluator.entity(r[b]), !r[b].isDrawn, let figure = IndicatorFigure(rawValue: i.d),
        plan.indicatorRow.indices.contains(entity.index), plan.indicatorRow[entity.index] >= 0
      else { return false }
      guard let value = try self.figure(figure, Int(plan.indicatorRow[entity.index]), machine, formula) else { return false }
      r[a] = value
      return true
    case .year, .scenario, .entities, .text: return false
    default:
      // What looks into texts, lists and the tree needs figures that are known.
      if r[b].isDrawn || Self.readsTwo(i.op) && r[c].isDrawn { throw NotRecorded(site: formula.site) }
      return false
    }
  }

  private static func readsTwo(_ op: Opcode) -> Bool {
    switch op {
    case .join, .sameText, .containsText, .likeness, .takeText, .holds, .holdsText, .holdsWords, .wholeRange: true
    default: false
    }
  }

  /// Whole exponents by repeated squaring, as the evaluator does it; others through logarithms.
  private func power(_ x: Number, _ y: Number) -> Number {
    guard !y.isDrawn, let whole = y.whole, whole.magnitude <= 4096 else { return tape.record(PLAN_POW, x, y) }
    var (result, factor, left) = (Number(1), x, whole.magnitude)
    while left > 0 {
      if left & 1 == 1 { result = result == Number(1) ? factor : tape.record(PLAN_MULTIPLY, result, factor) }
      left >>= 1
      if left > 0 { factor = tape.record(PLAN_MULTIPLY, factor, factor) }
    }
    return whole < 0 ? tape.record(PLAN_DIVIDE, Number(1), result) : result
  }
}
