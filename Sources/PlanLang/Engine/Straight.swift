/// Formulas without jumps, copied one behind the other, for runs whose slices were summed before: each reads its terms
/// in the order in which they were first read.
struct Straight: Sendable {
  private var code: [Instruction] = []
  private var constants: [Number] = []
  private var starts: [Int32] = [0]
  private var results: [(low: UInt16, high: UInt16, isMoney: Bool)] = []
  private var registers: [Number] = []
  /// How many slices each formula reads.
  private(set) var reads: [Int] = []
  /// Whether a run left the 64 bits of sen: then the interpreter's own entry says what that means.
  private(set) var isDoubtful = false

  /// Takes a formula in; nil when it does more than this knows.
  mutating func add(_ formula: Formula) -> Int? {
    guard formula.registers <= 1024 else { return nil }
    var isWritten = [Bool](repeating: false, count: formula.registers + 1)
    if formula.locals > 0 { isWritten[0] = true }
    func isReady(_ register: UInt16) -> Bool { isWritten.indices.contains(Int(register)) && isWritten[Int(register)] }
    for instruction in formula.code {
      guard Self.knows(instruction.op), Int(instruction.a) < isWritten.count else { return nil }
      switch instruction.op {
      case .constant, .year, .slice: break
      case .copy, .negate, .wholeSlice: guard isReady(instruction.b) else { return nil }
      case .setYear:
        guard isReady(instruction.b) else { return nil }
        continue
      default: guard isReady(instruction.b), isReady(instruction.c) else { return nil }
      }
      isWritten[Int(instruction.a)] = true
    }
    guard isReady(formula.result), isReady(formula.upper) else { return nil }
    for instruction in formula.code {
      var moved = instruction
      if moved.op == .constant { moved.d += Int32(truncatingIfNeeded: constants.count) }
      code.append(moved)
    }
    constants += formula.constants
    starts.append(Int32(truncatingIfNeeded: code.count))
    results.append((formula.result, formula.upper, formula.type == .money))
    reads.append(formula.code.reduce(0) { $0 + ($1.op == .slice || $1.op == .wholeSlice ? 1 : 0) })
    while registers.count < formula.registers { registers.append(.undefined) }
    return results.count - 1
  }

  private static func knows(_ op: Opcode) -> Bool {
    switch op {
    case .constant, .copy, .add, .subtract, .multiply, .divide, .negate, .equal, .unequal, .less, .lessEqual, .greater,
      .greaterEqual, .slice, .wholeSlice, .setYear, .year:
      true
    default: false
    }
  }

  /// Runs a formula; `cursor` moves over the terms it reads.
  mutating func run(
    _ formula: Int, _ member: EntityID, _ year: Int, _ terms: [Int32], _ cursor: inout Int, _ sums: [Number]
  ) -> (low: Number, high: Number) {
    isDoubtful = false
    if !registers.isEmpty, member != Entities.none { registers[0] = Number(Int64(member.raw)) }
    var year = year
    for at in Int(starts[formula])..<Int(starts[formula + 1]) {
      let i = code[at]
      let (a, b, c) = (Int(i.a), Int(i.b), Int(i.c))
      switch i.op {
      case .constant: registers[a] = constants[Int(i.d)]
      case .copy: registers[a] = registers[b]
      case .add: registers[a] = registers[b] + registers[c]
      case .subtract: registers[a] = registers[b] - registers[c]
      case .multiply: registers[a] = registers[b] * registers[c]
      case .divide: registers[a] = registers[b] / registers[c]
      case .negate: registers[a] = -registers[b]
      case .slice, .wholeSlice:
        registers[a] = sums[Int(terms[cursor])]
        cursor += 1
      case .year: registers[a] = Number(Int64(year))
      case .setYear: year = Int(clamping: registers[b].whole ?? -1)
      default: registers[a] = Self.compared(i.op, registers[b], registers[c])
      }
    }
    let ends = results[formula]
    if ends.isMoney, registers[Int(ends.low)].b == 0 { isDoubtful = true }
    return (registers[Int(ends.low)], registers[Int(ends.high)])
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
