import CKernels

/// A figure as it hangs on sums of money: a constant and so much for each sum.
struct Affine {
  /// What it is when every sum is zero.
  var constant: Double
  /// Sums, in order, with their factors.
  var terms: [(sum: Int32, factor: Double)]

  /// A figure that hangs on nothing.
  init(_ constant: Double) { (self.constant, terms) = (constant, []) }
  /// One sum itself.
  init(sum: Int32) { (constant, terms) = (0, [(sum, 1)]) }

  /// Whether it hangs on nothing.
  var isConstant: Bool { terms.isEmpty }

  /// Both added, the other one `factor` times.
  func adding(_ other: Affine, times factor: Double = 1) -> Affine {
    var made = Affine(constant + factor * other.constant)
    made.terms.reserveCapacity(terms.count + other.terms.count)
    var (i, j) = (0, 0)
    while i < terms.count || j < other.terms.count {
      if j == other.terms.count || i < terms.count && terms[i].sum < other.terms[j].sum {
        made.terms.append(terms[i])
        i += 1
      } else if i == terms.count || other.terms[j].sum < terms[i].sum {
        made.terms.append((other.terms[j].sum, factor * other.terms[j].factor))
        j += 1
      } else {
        let both = terms[i].factor + factor * other.terms[j].factor
        if both != 0 { made.terms.append((terms[i].sum, both)) }
        i += 1
        j += 1
      }
    }
    return made
  }

  /// So many times the figure.
  func times(_ factor: Double) -> Affine { Affine(0).adding(self, times: factor) }

  /// Its value where the sums stand so.
  func value(_ sums: [Double]) -> Double { terms.reduce(constant) { $0 + $1.factor * sums[Int($1.sum)] } }
}

/// A figure on a tape, read as far as it is known to be linear in the sums.
enum Form {
  case affine(Affine)
  /// One linear figure over another that is positive: a share.
  case ratio(Affine, over: Affine)
  /// Anything else: the row itself.
  case curved
}

/// A tape over sums of money, read as linear forms, as values and as slopes.
final class Forms {
  let tape: Tape
  /// What each sum is as the scenario stands, in sen.
  let sums: [Double]
  private var forms: [Form?] = []

  /// Reads a tape whose inputs stand so.
  init(_ tape: Tape, sums: [Double]) {
    self.tape = tape
    self.sums = sums
    forms = [Form?](repeating: nil, count: tape.rows.count)
  }

  /// The form of a figure.
  func form(_ number: Number) -> Form { number.isDrawn ? form(Int32(truncatingIfNeeded: number.a)) : .affine(Affine(number.real)) }

  /// The form of an operand: a row, or a constant.
  private func form(_ operand: Int32) -> Form {
    if operand < 0 { return .affine(Affine(tape.constants[Int(~operand)])) }
    if let known = forms[Int(operand)] { return known }
    let made = read(Int(operand))
    forms[Int(operand)] = made
    return made
  }

  private func read(_ at: Int) -> Form {
    let row = tape.rows[at]
    switch row.op {
    case PLAN_UNIFORM: return .affine(Affine(sum: row.b))
    case PLAN_ADD: return added(form(row.b), form(row.c), 1)
    case PLAN_SUBTRACT: return added(form(row.b), form(row.c), -1)
    case PLAN_MULTIPLY: return multiplied(form(row.b), form(row.c))
    case PLAN_DIVIDE: return divided(form(row.b), form(row.c))
    // What counts only to so many digits is asked for in full.
    case PLAN_ROUND: return form(row.b)
    case PLAN_SELECT:
      // A choice that the scenario as it stands decides, where both ways lead to the same.
      if case .affine(let x) = form(row.c), case .affine(let y) = form(row.d), x.adding(y, times: -1).isConstant, x.constant == y.constant {
        return .affine(x)
      }
      return .curved
    default: return .curved
    }
  }

  private func added(_ x: Form, _ y: Form, _ sign: Double) -> Form {
    switch (x, y) {
    case (.affine(let a), .affine(let b)): return .affine(a.adding(b, times: sign))
    case (.ratio(let n, let d), .affine(let b)) where b.isConstant: return .ratio(n.adding(d, times: sign * b.constant), over: d)
    case (.affine(let a), .ratio(let n, let d)) where a.isConstant: return .ratio(n.times(sign).adding(d, times: a.constant), over: d)
    case (.ratio(let n, let d), .ratio(let m, let e)) where Self.isSame(d, e): return .ratio(n.adding(m, times: sign), over: d)
    default: return .curved
    }
  }

  private func multiplied(_ x: Form, _ y: Form) -> Form {
    switch (x, y) {
    case (.affine(let a), .affine(let b)) where a.isConstant: return .affine(b.times(a.constant))
    case (.affine(let a), .affine(let b)) where b.isConstant: return .affine(a.times(b.constant))
    case (.ratio(let n, let d), .affine(let b)), (.affine(let b), .ratio(let n, let d)):
      return b.isConstant ? .ratio(n.times(b.constant), over: d) : Self.isSame(b, d) ? .affine(n) : .curved
    default: return .curved
    }
  }

  private func divided(_ x: Form, _ y: Form) -> Form {
    guard case .affine(let d) = y else { return .curved }
    if d.isConstant {
      switch x {
      case .affine(let a): return d.constant == 0 ? .curved : .affine(a.times(1 / d.constant))
      case .ratio(let n, let e): return d.constant == 0 ? .curved : .ratio(n.times(1 / d.constant), over: e)
      case .curved: return .curved
      }
    }
    guard case .affine(let a) = x, d.value(sums) > 0 else { return .curved }
    return .ratio(a, over: d)
  }

  static func isSame(_ x: Affine, _ y: Affine) -> Bool {
    x.constant == y.constant && x.terms.count == y.terms.count && zip(x.terms, y.terms).allSatisfy { $0.sum == $1.sum && $0.factor == $1.factor }
  }

  // MARK: Values and slopes

  /// The value of every row where the sums stand so.
  func values(_ sums: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: tape.rows.count)
    for (at, row) in tape.rows.enumerated() {
      func x(_ operand: Int32) -> Double { operand < 0 ? tape.constants[Int(~operand)] : values[Int(operand)] }
      values[at] = Self.value(row, { sums[$0] }, x)
    }
    return values
  }

  /// The operands of a row.
  static func operands(_ row: Tape.Row) -> [Int32] {
    row.op == PLAN_UNIFORM ? [] : row.op == PLAN_SELECT ? [row.b, row.c, row.d] : Tape.isUnary(row.op) ? [row.b] : [row.b, row.c]
  }

  /// The value of one row where the sums stand so: only what leads to it is computed.
  static func value(_ tape: Tape, _ operand: Int32, _ sum: (Int) -> Double) -> Double {
    if operand < 0 { return tape.constants[Int(~operand)] }
    return value(tape, lineage(tape, operand), operand, sum)
  }

  private static func value(_ tape: Tape, _ lineage: [Int32], _ operand: Int32, _ sum: (Int) -> Double) -> Double {
    var known: [Int32: Double] = [:]
    // A tape's rows stand behind their operands.
    for at in lineage { known[at] = value(tape.rows[Int(at)], sum) { $0 < 0 ? tape.constants[Int(~$0)] : known[$0] ?? 0 } }
    return known[operand] ?? 0
  }

  /// The value of a figure where the sums stand so.
  func value(_ number: Number, _ sums: [Double]) -> Double {
    guard number.isDrawn else { return number.real }
    let operand = Int32(truncatingIfNeeded: number.a)
    if lineages[operand] == nil { lineages[operand] = Self.lineage(tape, operand) }
    return Self.value(tape, lineages[operand] ?? [], operand) { sums[$0] }
  }

  private var lineages: [Int32: [Int32]] = [:]

  /// A row and all that lead to it, in order.
  private static func lineage(_ tape: Tape, _ operand: Int32) -> [Int32] {
    var seen: Set<Int32> = [operand]
    var open = [operand]
    while let next = open.popLast() {
      for part in operands(tape.rows[Int(next)]) where part >= 0 && seen.insert(part).inserted { open.append(part) }
    }
    return seen.sorted()
  }

  /// Whether a figure is rounded on its way.
  static func rounds(_ tape: Tape, _ number: Number) -> Bool {
    number.isDrawn && lineage(tape, Int32(truncatingIfNeeded: number.a)).contains { tape.rows[Int($0)].op == PLAN_ROUND || tape.rows[Int($0)].op == PLAN_FLOOR }
  }

  /// The sums a figure hangs on.
  func sums(of number: Number) -> [Int32] {
    guard number.isDrawn else { return [] }
    return Self.lineage(tape, Int32(truncatingIfNeeded: number.a)).compactMap { tape.rows[Int($0)].op == PLAN_UNIFORM ? tape.rows[Int($0)].b : nil }
  }

  private static func value(_ row: Tape.Row, _ sum: (Int) -> Double, _ x: (Int32) -> Double) -> Double {
    switch row.op {
    case PLAN_UNIFORM: sum(Int(row.b))
    case PLAN_ADD: x(row.b) + x(row.c)
    case PLAN_SUBTRACT: x(row.b) - x(row.c)
    case PLAN_MULTIPLY: x(row.b) * x(row.c)
    case PLAN_DIVIDE: x(row.b) / x(row.c)
    case PLAN_LEAST: min(x(row.b), x(row.c))
    case PLAN_GREATEST: max(x(row.b), x(row.c))
    case PLAN_LESS: x(row.b) < x(row.c) ? 1 : 0
    case PLAN_LESS_EQUAL: x(row.b) <= x(row.c) ? 1 : 0
    case PLAN_EQUAL: x(row.b) == x(row.c) ? 1 : 0
    case PLAN_AND: x(row.b) != 0 && x(row.c) != 0 ? 1 : 0
    case PLAN_OR: x(row.b) != 0 || x(row.c) != 0 ? 1 : 0
    case PLAN_NOT: x(row.b) == 0 ? 1 : 0
    case PLAN_IS_FALSE: x(row.b) == 0 ? 1 : 0
    case PLAN_IS_ABSENT: x(row.b).isNaN ? 1 : 0
    // Figures are followed in full: what counts only to so many digits is judged by the engine.
    case PLAN_ROUND: x(row.b)
    case PLAN_FLOOR: x(row.b).rounded(.down)
    case PLAN_SQRT: x(row.b).squareRoot()
    case PLAN_EXP: Elementary.exponential(x(row.b))
    case PLAN_LOG: plan_log(x(row.b))
    case PLAN_TANH: Elementary.tangent(x(row.b))
    case PLAN_POW: Elementary.power(x(row.b), x(row.c))
    case PLAN_NORMAL_QUANTILE: Elementary.normalQuantile(x(row.b))
    case PLAN_NORMAL_SHARE: plan_normal_share(x(row.b))
    case PLAN_SELECT: x(row.b) != 0 ? x(row.c) : x(row.d)
    default: 0
    }
  }

  /// How steeply a figure rises with each sum where the sums stand so: backwards along the tape.
  func slopes(_ number: Number, _ values: [Double]) -> Affine {
    guard number.isDrawn else { return Affine(number.real) }
    let last = Int(number.a)
    var weight = [Double](repeating: 0, count: last + 1)
    weight[last] = 1
    var found: [Int32: Double] = [:]
    for at in stride(from: last, through: 0, by: -1) where weight[at] != 0 {
      let (row, w) = (tape.rows[at], weight[at])
      func x(_ operand: Int32) -> Double { operand < 0 ? tape.constants[Int(~operand)] : values[Int(operand)] }
      func give(_ operand: Int32, _ slope: Double) { if operand >= 0, slope.isFinite { weight[Int(operand)] += w * slope } }
      switch row.op {
      case PLAN_UNIFORM: found[row.b, default: 0] += w
      case PLAN_ADD: give(row.b, 1); give(row.c, 1)
      case PLAN_SUBTRACT: give(row.b, 1); give(row.c, -1)
      case PLAN_MULTIPLY: give(row.b, x(row.c)); give(row.c, x(row.b))
      case PLAN_DIVIDE: give(row.b, 1 / x(row.c)); give(row.c, -x(row.b) / (x(row.c) * x(row.c)))
      case PLAN_LEAST: give(x(row.b) <= x(row.c) ? row.b : row.c, 1)
      case PLAN_GREATEST: give(x(row.b) >= x(row.c) ? row.b : row.c, 1)
      case PLAN_ROUND: give(row.b, 1)
      case PLAN_SQRT: give(row.b, 0.5 / values[at])
      case PLAN_EXP: give(row.b, values[at])
      case PLAN_LOG: give(row.b, 1 / x(row.b))
      case PLAN_TANH: give(row.b, 1 - values[at] * values[at])
      case PLAN_POW where x(row.b) > 0: give(row.b, x(row.c) * values[at] / x(row.b))
      case PLAN_SELECT: give(x(row.b) != 0 ? row.c : row.d, 1)
      default: break
      }
    }
    var made = Affine(values[last])
    for sum in found.keys.sorted() {
      let factor = found[sum] ?? 0
      if factor == 0 { continue }
      made.terms.append((sum, factor))
    }
    // The tangent: through the point, with these slopes.
    made.constant = values[last] - made.terms.reduce(0) { $0 + $1.factor * currentSum($1.sum, values) }
    return made
  }

  /// What a sum stands at, by the values of the rows that read it.
  private func currentSum(_ sum: Int32, _ values: [Double]) -> Double { values[inputRow[Int(sum)]] }
  /// The row each sum stands in.
  private(set) lazy var inputRow: [Int] = {
    var rows = [Int](repeating: 0, count: sums.count)
    for (at, row) in tape.rows.enumerated() where row.op == PLAN_UNIFORM { rows[Int(row.b)] = at }
    return rows
  }()
}
