/// What makes compiled formulas run faster without changing their values.
extension Lowering {
  /// Takes constants out of loops: whatever is written once, always the same, is written before everything else.
  mutating func hoistConstants() {
    let code = formula.code
    guard code.contains(where: { $0.op == .nextOfRange || $0.op == .nextOfList }) else { return }
    var writers = [UInt8](repeating: 0, count: formula.registers + 1)
    func note(_ register: UInt16) {
      if Int(register) < writers.count, writers[Int(register)] < 2 { writers[Int(register)] += 1 }
    }
    for instruction in code {
      switch instruction.op {
      case .jump, .jumpIfFalse, .jumpIfTrue, .jumpIfAbsent, .setYear, .scenario: break
      case .firstOfRange, .nextOfRange, .firstOfList, .nextOfList:
        note(instruction.a)
        note(instruction.c)
      default: note(instruction.a)
      }
    }
    func isConstant(_ instruction: Instruction) -> Bool {
      switch instruction.op {
      case .constant, .text, .entities: writers[Int(instruction.a)] == 1
      default: false
      }
    }
    let order = code.indices.filter { isConstant(code[$0]) } + code.indices.filter { !isConstant(code[$0]) }
    let hoisted = code.reduce(0) { isConstant($1) ? $0 + 1 : $0 }
    // Where each instruction, or the next that stayed, stands now.
    var places = [Int32](repeating: 0, count: code.count + 1)
    var at = Int32(truncatingIfNeeded: hoisted)
    for i in code.indices {
      places[i] = at
      if !isConstant(code[i]) { at += 1 }
    }
    places[code.count] = at
    let sites = formula.sites
    formula.sites = order.map { sites[$0] }
    formula.code = order.map {
      var instruction = code[$0]
      switch instruction.op {
      case .jump, .jumpIfFalse, .jumpIfTrue, .jumpIfAbsent, .firstOfRange, .nextOfRange, .firstOfList, .nextOfList:
        instruction.d = places[Int(instruction.d)]
      default: break
      }
      return instruction
    }
  }
}
