/// One run of a formula, where it lies in the plan.
extension Evaluator {
  /// Runs a formula in registers of its own; `input` is what one of a figure is a formula of.
  mutating func run(
    _ row: Int, _ locals: [EntityID], _ machine: inout Machine, _ compared: inout Compared, input: Number? = nil
  ) throws(Halt) -> (low: Number, high: Number) {
    if lent?.row != row { lend(row) }
    guard let lent else { return (.undefined, .undefined) }
    let formula = lent.formula
    let result: Result<(low: Number, high: Number), Halt> = withUnsafeTemporaryAllocation(
      of: Number.self, capacity: formula.pointee.registers
    ) { registers in
      registers.initialize(repeating: .undefined)
      for i in 0..<min(locals.count, formula.pointee.locals) { registers[i] = Number(Int64(locals[i].raw)) }
      if let input { registers[0] = input }
      guard let base = registers.baseAddress else { return .success((.undefined, .undefined)) }
      do throws(Halt) {
        try execute(formula, lent.code, lent.constants, base, &machine)
      } catch {
        return .failure(error)
      }
      if let sides = formula.pointee.sides {
        (compared.left, compared.right, compared.upper) = (base[Int(sides.left)], base[Int(sides.right)], base[Int(sides.upper)])
      }
      return .success((base[Int(formula.pointee.result)], base[Int(formula.pointee.upper)]))
    }
    return try result.get()
  }

  /// A formula and its tables where they lie in the plan. The evaluator holds the plan and never changes it, so that they stay
  /// there; lent once, they are not counted at each of the many runs that a rule takes.
  struct Lent: @unchecked Sendable {
    let row: Int
    let formula: FormulaPointer
    let code: UnsafeBufferPointer<Instruction>
    let constants: UnsafeBufferPointer<Number>
  }

  private mutating func lend(_ row: Int) {
    lent = plan.formulas.withUnsafeBufferPointer { formulas in
      guard formulas.indices.contains(row), let formula = formulas.baseAddress?.advanced(by: row) else { return nil }
      return formula.pointee.code.withUnsafeBufferPointer { code in
        formula.pointee.constants.withUnsafeBufferPointer { Lent(row: row, formula: formula, code: code, constants: $0) }
      }
    }
  }
}
