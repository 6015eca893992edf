import CKernels

extension Number {
  /// A figure that hangs on a draw: a row of a tape. Only those who record read it; to all others it is an absence.
  static func drawn(_ row: Int32) -> Number { Number(a: Int64(row), b: -2) }
  /// Whether it hangs on a draw.
  var isDrawn: Bool { b == -2 }
}

/// Steps that compute figures for a whole block of draws at once. What is recorded twice stands once; what hangs on no
/// draw is not recorded at all.
final class Tape {
  /// A row: what is done, and with which operands: rows, or constants as `~index`.
  struct Row: Hashable {
    var op: plan_op
    var b: Int32 = 0
    var c: Int32 = 0
    var d: Int32 = 0
  }

  /// The rows; the first `variables` are the uncertain inputs themselves.
  private(set) var rows: [Row] = []
  /// The constants.
  private(set) var constants: [Double] = []
  /// How many uncertain inputs there are.
  let variables: Int
  private var known: [Row: Int32] = [:]
  private var places: [UInt64: Int32] = [:]

  /// A tape over so many uncertain inputs.
  init(variables: Int) {
    self.variables = variables
    rows = (0..<variables).map { Row(op: PLAN_UNIFORM, b: Int32(truncatingIfNeeded: $0)) }
  }

  /// The row of an input that no draw fills: its value is given from outside.
  func input(_ index: Int) -> Number {
    rows.append(Row(op: PLAN_UNIFORM, b: Int32(truncatingIfNeeded: index)))
    return .drawn(Int32(truncatingIfNeeded: rows.count - 1))
  }

  /// An operand: the row of a drawn figure, or a constant.
  private func operand(_ x: Number) -> Int32 {
    if x.isDrawn { return Int32(truncatingIfNeeded: x.a) }
    let value = x.real
    if let place = places[value.bitPattern] { return ~place }
    constants.append(value)
    let place = Int32(truncatingIfNeeded: constants.count - 1)
    places[value.bitPattern] = place
    return ~place
  }

  /// Records one step.
  func record(_ op: plan_op, _ x: Number, _ y: Number = .zero, _ z: Number = .zero) -> Number {
    let arity = op == PLAN_SELECT ? 3 : Self.isUnary(op) ? 1 : 2
    let row = Row(op: op, b: operand(x), c: arity > 1 ? operand(y) : 0, d: arity > 2 ? operand(z) : 0)
    if let before = known[row] { return .drawn(before) }
    rows.append(row)
    let made = Int32(truncatingIfNeeded: rows.count - 1)
    known[row] = made
    return .drawn(made)
  }

  /// Whether one figure is less than another.
  func isLess(_ x: Number, _ y: Number) -> Number { record(PLAN_LESS, x, y) }

  /// Whether a step reads one operand only.
  static func isUnary(_ op: plan_op) -> Bool {
    op.rawValue >= PLAN_NOT.rawValue && op.rawValue <= PLAN_TANH.rawValue || op == PLAN_NORMAL_QUANTILE || op == PLAN_NORMAL_SHARE
  }

  // MARK: Laying out

  /// The tape laid out for running: slots shared by rows that are not needed at once.
  struct Program {
    /// The steps that draw the inputs, then those that compute with them.
    var steps: [plan_step]
    /// How many of the steps draw the inputs; those behind them take the inputs as they find them in the first slots.
    var drawing: Int
    /// How many inputs there are.
    var inputs: Int
    /// Slots needed; the first are the inputs', and stay theirs.
    var slots: Int
    /// The constants.
    var constants: [Double]
    /// The slot of each figure asked for.
    var outputs: [Int32]
  }

  /// Lays out what the asked figures need. `sampler` records on a tape of its own how each input is drawn.
  func program(_ asked: [Number], drawing sampler: (Tape) -> [Number]) -> Program {
    let inner = Tape(variables: variables)
    let drawn = sampler(inner)
    var made = Program(steps: [], drawing: 0, inputs: variables, slots: variables, constants: constants, outputs: [])
    made.steps = inner.laidOut(drawn, into: &made, isDrawing: true)
    made.drawing = made.steps.count
    made.steps += laidOut(asked, into: &made, isDrawing: false)
    return made
  }

  /// The rows that a row reads, and constants.
  private static func operands(_ row: Row) -> [Int32] {
    row.op == PLAN_SELECT ? [row.b, row.c, row.d] : row.op == PLAN_UNIFORM ? [] : isUnary(row.op) ? [row.b] : [row.b, row.c]
  }

  /// Of each row the last that reads it, or nil for one that no asked figure needs; what is asked for stays to the end.
  private func lastReads(_ asked: [Number]) -> [Int?] {
    var last = [Int?](repeating: nil, count: rows.count)
    for figure in asked where figure.isDrawn { last[Int(figure.a)] = rows.count }
    for at in rows.indices.reversed() where last[at] != nil {
      for x in Self.operands(rows[at]) where x >= 0 && last[Int(x)] == nil { last[Int(x)] = at }
    }
    return last
  }

  /// The steps that lead to figures, in order, each with its slot. When drawing, the figures end in the first slots;
  /// else they are named in `outputs`, and stay.
  private func laidOut(_ asked: [Number], into made: inout Program, isDrawing: Bool) -> [plan_step] {
    let last = lastReads(asked)
    let offset = Int32(truncatingIfNeeded: isDrawing ? made.constants.count : 0)
    if isDrawing { made.constants += constants }
    var slot = [Int32](repeating: -1, count: rows.count)
    // Where the inputs were made from is free when they are computed with.
    var free = isDrawing ? [] : (Int32(variables)..<Int32(made.slots)).reversed()
    var steps: [plan_step] = []
    var pinned: [Int: Int32] = [:]
    if isDrawing { for (variable, figure) in asked.enumerated() where figure.isDrawn { pinned[Int(figure.a)] = Int32(variable) } }
    for at in rows.indices where last[at] != nil {
      let row = rows[at]
      if row.op == PLAN_UNIFORM, !isDrawing {
        slot[at] = row.b
        continue
      }
      var step = Self.step(row) { x in x >= 0 ? slot[Int(x)] : ~(~x + offset) }
      if let input = pinned[at] {
        slot[at] = input
      } else if let one = free.popLast() {
        slot[at] = one
      } else {
        slot[at] = Int32(truncatingIfNeeded: made.slots)
        made.slots += 1
      }
      // No step writes where it reads: only now are its operands' slots free.
      for x in Set(Self.operands(row)).sorted() where x >= 0 && last[Int(x)] == at && slot[Int(x)] >= variables { free.append(slot[Int(x)]) }
      step.a = slot[at]
      steps.append(step)
    }
    if isDrawing { fill(asked, into: &made, &steps) } else { name(asked, slot, in: &made, &steps) }
    return steps
  }

  /// A row as a step, its operands where they are kept.
  private static func step(_ row: Row, _ place: (Int32) -> Int32) -> plan_step {
    var step = plan_step(op: Int32(row.op.rawValue), a: 0, b: row.b, c: row.c, d: row.d)
    if row.op == PLAN_UNIFORM { return step }
    (step.b, step.c) = (place(row.b), row.op == PLAN_SELECT || !isUnary(row.op) ? place(row.c) : 0)
    if row.op == PLAN_SELECT { step.d = place(row.d) }
    return step
  }

  /// Fills the slots of inputs that hang on no draw.
  private func fill(_ asked: [Number], into made: inout Program, _ steps: inout [plan_step]) {
    for (variable, figure) in asked.enumerated() where !figure.isDrawn {
      let place = constant(figure.real, &made)
      steps.append(plan_step(op: Int32(PLAN_CONSTANT.rawValue), a: Int32(variable), b: place, c: 0, d: 0))
    }
  }

  /// Names the slots of the figures asked for; one that hangs on no draw gets a slot of its own.
  private func name(_ asked: [Number], _ slot: [Int32], in made: inout Program, _ steps: inout [plan_step]) {
    for figure in asked {
      if figure.isDrawn {
        made.outputs.append(slot[Int(figure.a)])
      } else {
        steps.append(plan_step(op: Int32(PLAN_CONSTANT.rawValue), a: Int32(truncatingIfNeeded: made.slots), b: constant(figure.real, &made), c: 0, d: 0))
        made.outputs.append(Int32(truncatingIfNeeded: made.slots))
        made.slots += 1
      }
    }
  }

  private func constant(_ value: Double, _ made: inout Program) -> Int32 {
    made.constants.append(value)
    return ~Int32(truncatingIfNeeded: made.constants.count - 1)
  }
}

/// A figure on its way to a tape: known, or a row.
struct Traced: Quantity {
  var number: Number
  /// The tape it is a row of; nil for a known figure.
  var tape: Tape?

  init(_ known: Double) { number = Number(real: known) }
  /// A figure as a recorder carries it.
  init(_ number: Number, on tape: Tape) {
    self.number = number
    self.tape = number.isDrawn ? tape : nil
  }

  private static func made(_ op: plan_op, _ x: Traced, _ y: Traced, _ known: (Double, Double) -> Double) -> Traced {
    guard let tape = x.tape ?? y.tape else { return Traced(known(x.number.real, y.number.real)) }
    return Traced(tape.record(op, x.number, y.number), on: tape)
  }
  private func made(_ op: plan_op, _ known: (Double) -> Double) -> Traced {
    guard let tape else { return Traced(known(number.real)) }
    return Traced(tape.record(op, number), on: tape)
  }

  static func + (x: Traced, y: Traced) -> Traced {
    if x.isKnown(0) { return y }
    if y.isKnown(0) { return x }
    return made(PLAN_ADD, x, y, +)
  }
  static func - (x: Traced, y: Traced) -> Traced { y.isKnown(0) ? x : made(PLAN_SUBTRACT, x, y, -) }
  static func * (x: Traced, y: Traced) -> Traced {
    if x.isKnown(1) { return y }
    if y.isKnown(1) { return x }
    return made(PLAN_MULTIPLY, x, y, *)
  }
  static func / (x: Traced, y: Traced) -> Traced { y.isKnown(1) ? x : made(PLAN_DIVIDE, x, y, /) }
  static func least(_ x: Traced, _ y: Traced) -> Traced { made(PLAN_LEAST, x, y, Swift.min) }
  static func greatest(_ x: Traced, _ y: Traced) -> Traced { made(PLAN_GREATEST, x, y, Swift.max) }
  var roundedDown: Traced { made(PLAN_FLOOR) { $0.rounded(.down) } }
  var tangent: Traced { made(PLAN_TANH) { Elementary.tangent($0) } }
  var exponential: Traced { made(PLAN_EXP) { Elementary.exponential($0) } }
  var root: Traced { made(PLAN_SQRT) { $0.squareRoot() } }
  var normalQuantile: Traced { made(PLAN_NORMAL_QUANTILE) { Elementary.normalQuantile($0) } }
  func raised(to exponent: Traced) -> Traced { Self.made(PLAN_POW, self, exponent) { Elementary.power($0, $1) } }
  static func choose(_ x: Traced, over y: Traced, _ then: () -> Traced, _ otherwise: () -> Traced) -> Traced {
    guard let tape = x.tape ?? y.tape else { return x.number.real > y.number.real ? then() : otherwise() }
    let condition = tape.record(PLAN_LESS, y.number, x.number)
    return Traced(tape.record(PLAN_SELECT, condition, then().number, otherwise().number), on: tape)
  }
  static func isSame(_ x: Traced, _ y: Traced) -> Bool {
    x.tape == nil && y.tape == nil ? x.number.real == y.number.real : x.number == y.number
  }
  private func isKnown(_ value: Double) -> Bool { tape == nil && number.real == value }
}
