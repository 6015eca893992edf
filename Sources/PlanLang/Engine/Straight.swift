/// Formulas without jumps, copied one behind the other, for runs whose slices were summed before: each reads its terms
/// in the order in which they were first read.
struct Straight: Sendable {
  private var code: [Instruction] = []
  private(set) var constants: [Number] = []
  private var starts: [Int32] = [0]
  private var results: [(whole: UInt16, sides: Sides?, isMoney: Bool)] = []
  private(set) var registers: [Number] = []
  /// How many slices each formula reads.
  private(set) var reads: [Int32] = []

  /// How many formulas there are.
  var count: Int { results.count }

  /// Takes in the formula that decides a condition; false when it does more than this knows.
  mutating func add(_ condition: Condition, _ plan: Plan) -> Bool {
    switch condition {
    case .truth(let whole, _): return add(plan.formulas[whole.index], nil, isMoney: false)
    case .comparison(let whole, let left, _, let right, _):
      guard let sides = plan.formulas[whole.index].sides else { return false }
      let isMoney = plan.formulas[left.index].type == .money || plan.formulas[right.index].type == .money
      return add(plan.formulas[whole.index], sides, isMoney: isMoney)
    }
  }

  private mutating func add(_ formula: Formula, _ sides: Sides?, isMoney: Bool) -> Bool {
    guard formula.registers <= 1024 else { return false }
    var isWritten = [Bool](repeating: false, count: formula.registers + 1)
    if formula.locals > 0 { isWritten[0] = true }
    func isReady(_ register: UInt16) -> Bool { isWritten.indices.contains(Int(register)) && isWritten[Int(register)] }
    for instruction in formula.code {
      guard Self.knows(instruction.op), Int(instruction.a) < isWritten.count else { return false }
      switch instruction.op {
      case .constant, .year, .slice: break
      case .copy, .negate, .wholeSlice: guard isReady(instruction.b) else { return false }
      case .setYear:
        guard isReady(instruction.b) else { return false }
        continue
      default: guard isReady(instruction.b), isReady(instruction.c) else { return false }
      }
      isWritten[Int(instruction.a)] = true
    }
    guard isReady(formula.result), sides.map({ isReady($0.left) && isReady($0.right) && isReady($0.upper) }) ?? true else { return false }
    for instruction in formula.code {
      var moved = instruction
      if moved.op == .constant { moved.d += Int32(truncatingIfNeeded: constants.count) }
      code.append(moved)
    }
    constants += formula.constants
    starts.append(Int32(truncatingIfNeeded: code.count))
    results.append((formula.result, sides, isMoney))
    reads.append(formula.code.reduce(0) { $0 + ($1.op == .slice || $1.op == .wholeSlice ? 1 : 0) })
    while registers.count < formula.registers { registers.append(.undefined) }
    return true
  }

  /// The instructions of a formula and the register of its value.
  func parts(_ formula: Int) -> (code: ArraySlice<Instruction>, whole: UInt16) {
    (code[Int(starts[formula])..<Int(starts[formula + 1])], results[formula].whole)
  }

  private static func knows(_ op: Opcode) -> Bool {
    switch op {
    case .constant, .copy, .add, .subtract, .multiply, .divide, .negate, .equal, .unequal, .less, .lessEqual, .greater,
      .greaterEqual, .slice, .wholeSlice, .setYear, .year:
      true
    default: false
    }
  }

  /// Runs a formula; `cursor` moves over the terms it reads. Nil where money left the 64 bits of sen: the interpreter's
  /// own entry says what that means.
  mutating func run(
    _ formula: Int, _ member: EntityID, _ year: Int, _ reads: [Int32], _ cursor: inout Int, _ terms: [Terms.Term]
  ) -> Evaluator.Compared? {
    var year = year
    let result = results[formula]
    let code = code[Int(starts[formula])..<Int(starts[formula + 1])]
    return registers.withUnsafeMutableBufferPointer { r in
      if !r.isEmpty, member != Entities.none { r[0] = Number(Int64(member.raw)) }
      for i in code {
        let (a, b, c) = (Int(i.a), Int(i.b), Int(i.c))
        switch i.op {
        case .constant: r[a] = constants[Int(i.d)]
        case .copy: r[a] = r[b]
        case .add: r[a] = r[b] + r[c]
        case .subtract: r[a] = r[b] - r[c]
        case .multiply: r[a] = r[b] * r[c]
        case .divide: r[a] = r[b] / r[c]
        case .negate: r[a] = -r[b]
        case .slice, .wholeSlice:
          r[a] = terms[Int(reads[cursor])].sum
          cursor += 1
        case .year: r[a] = Number(Int64(year))
        case .setYear: year = Int(clamping: r[b].whole ?? -1)
        default: r[a] = Self.compared(i.op, r[b], r[c])
        }
      }
      let whole = r[Int(result.whole)]
      guard let sides = result.sides else {
        return Evaluator.Compared(whole: whole, left: whole, right: Number(true), upper: Number(true))
      }
      let (left, right) = (r[Int(sides.left)], r[Int(sides.right)])
      if result.isMoney, left.b == 0 || right.b == 0 { return nil }
      return Evaluator.Compared(whole: whole, left: left, right: right, upper: r[Int(sides.upper)])
    }
  }

  private static func compared(_ op: Opcode, _ x: Number, _ y: Number) -> Number {
    guard let order = Number.order(x, y) else { return x.isAbsent ? x : y }
    switch op {
    case .equal: return Number(order == 0)
    case .unequal: return Number(order != 0)
    case .less: return Number(order < 0)
    case .lessEqual: return Number(order <= 0)
    case .greater: return Number(order > 0)
    default: return Number(order >= 0)
    }
  }
}
