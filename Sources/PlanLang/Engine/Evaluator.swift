#if canImport(Glibc)
  import Glibc
#endif

/// Runs formulas against a plan and a scenario's overlay. A value: make one for a run of answers.
public struct Evaluator: Sendable {
  let plan: Plan
  /// The scenario that runs.
  var reading: Reading
  /// Sums kept up to date and the notes of what a run reads, for one who judges anew only what an edit touched.
  var terms: Terms?
  /// Other scenarios a formula may read, in order of name, and their values.
  private(set) var otherNames: [Symbol]
  var others: [Reading]
  var limits: EngineLimits
  /// Whether the user asked to stop.
  var isInterrupted: @Sendable () -> Bool
  var steps = 0
  var memory = 0
  var texts: [String] = []
  var lists: [[Number]] = []
  /// Rows of `texts` and `lists` that nothing holds any more.
  var freeTexts: [Int32] = []
  var freeLists: [Int32] = []
  /// At how much memory to look next for what nothing holds; `.max` where the registers are not all in sight.
  var sweepAt = Int.max
  /// Parameters open inside one another.
  var depth = 0
  /// Steps at which the clock is looked at next.
  private var checkAt = 0
  /// The formula that ran last.
  var lent: Lent?
  /// Whether a parameter's value hangs on nothing that an edit of money or indicators changes, by row: 0 not yet known,
  /// 1 yes, 2 no.
  var parameterKinds: [UInt8] = []
  /// What parameters of the running scenario came to, by row and year.
  var known: [ParameterKey: Number] = [:]
  /// The run of cells that was summed last.
  private var lastRun = 0..<0
  /// What the run reads, while one asks for it.
  var causes: [Cause]?
  /// Entities of a kind by title, grouped when first asked for.
  var titled: [EntityKind: [String: [EntityID]]] = [:]
  /// The title of an entity and the spelling of a symbol, from outside: the engine knows no text.
  let describe: @Sendable (EntityID, Opcode) -> String

  /// A parameter in a year of a scenario (-1 is the one that runs).
  struct ParameterKey: Hashable {
    var row: Int
    var year: Int
    var scenario: Int
  }

  /// An evaluator for one scenario.
  public init(
    plan: Plan, overlay: Overlay = Overlay(), others: [Symbol: Overlay] = [:], limits: EngineLimits = EngineLimits(),
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    describe: @escaping @Sendable (EntityID, Opcode) -> String = { _, _ in "" }
  ) {
    self.plan = plan
    reading = Reading(plan: plan, overlay: overlay)
    otherNames = others.keys.sorted()
    self.others = otherNames.map { Reading(plan: plan, overlay: others[$0] ?? Overlay()) }
    self.limits = limits
    self.isInterrupted = isInterrupted
    self.describe = describe
  }

  /// Begins a further run of answers with the same plan: new bounds, other scenarios as they stand now.
  mutating func renew(others overlays: [Symbol: Overlay]?, limits: EngineLimits, isInterrupted: @escaping @Sendable () -> Bool) {
    steps = 0
    checkAt = 0
    self.limits = limits
    self.isInterrupted = isInterrupted
    if !known.isEmpty { known.removeAll(keepingCapacity: true) }
    guard let overlays else { return }
    otherNames = overlays.keys.sorted()
    others = otherNames.map { Reading(plan: plan, overlay: overlays[$0] ?? Overlay()) }
  }

  // MARK: Entries

  /// The value of a formula, over all years when it is a series.
  public mutating func value(of id: FormulaID) throws(Halt) -> Value {
    let formula = plan.formulas[id.index]
    guard formula.isSeries else { return try single(id, year: -1) }
    var series: [(year: Int, value: Value)] = []
    for year in formula.years ?? Array(0..<plan.yearCount) {
      series.append((plan.firstYear + year, try single(id, year: year)))
    }
    return .series(series)
  }

  /// The figure of a formula in a year, with the entities its locals stand for.
  public mutating func number(of id: FormulaID, year: Int, locals: [EntityID] = []) throws(Halt) -> Number {
    try outermost(id, year, locals).low
  }

  /// The figure of a formula of one figure (a `rumus`) in a year.
  mutating func number(of id: FormulaID, year: Int, input: Number) throws(Halt) -> Number {
    try outermost(id, year, [], input: input).low
  }

  /// Both ends of a range formula; the same figure twice for a plain one.
  public mutating func ends(of id: FormulaID, year: Int, locals: [EntityID] = []) throws(Halt) -> (Number, Number) {
    let ends = try outermost(id, year, locals)
    return (ends.low, ends.high)
  }

  /// Whether a comparison holds, and the figures of its sides, in one run; for a formula that is none, only whether it is
  /// true.
  mutating func compared(_ id: FormulaID, year: Int, locals: [EntityID]) throws(Halt) -> Compared {
    var compared = Compared()
    let ends = try outermost(id, year, locals, &compared)
    compared.whole = ends.low
    return compared
  }

  /// What a comparison came to: `upper` is the upper end of a range on the right.
  struct Compared {
    var whole = Number.undefined
    var left = Number.undefined
    var right = Number.undefined
    var upper = Number.undefined
  }

  private mutating func single(_ id: FormulaID, year: Int) throws(Halt) -> Value {
    let formula = plan.formulas[id.index]
    let ends = try outermost(id, year, [])
    if case .range(let inner) = formula.type { return .range(ends.low, ends.high, inner) }
    return wrap(ends.low, formula.type)
  }

  private func wrap(_ number: Number, _ type: ValueType) -> Value {
    if number.isAbsent { return .figure(number, type) }
    switch type {
    case .text: return .text(text(number))
    case .entity: return .entity(EntityID(raw: UInt32(truncatingIfNeeded: number.a)))
    case .list(let inner):
      guard lists.indices.contains(Int(number.a)) else { return .list([]) }
      return .list(lists[Int(number.a)].map { wrap($0, inner) })
    default: return .figure(number, type)
    }
  }

  // MARK: Running

  /// What a run carries besides its registers.
  struct Machine {
    /// The formula's row.
    var formula: Int
    var year: Int
    /// The scenario read from, as a row of `others`; -1 for the one that runs.
    var scenario = -1
    /// Steps that an instruction took beyond its own.
    var work = 0
  }

  /// A formula where it lies in the plan: a run borrows it.
  typealias FormulaPointer = UnsafePointer<Formula>

  /// A run that no other run asked for: texts and lists of the run before are let go.
  private mutating func outermost(
    _ id: FormulaID, _ year: Int, _ locals: [EntityID], input: Number? = nil
  ) throws(Halt) -> (low: Number, high: Number) {
    var compared = Compared()
    return try outermost(id, year, locals, &compared, input: input)
  }

  private mutating func outermost(
    _ id: FormulaID, _ year: Int, _ locals: [EntityID], _ compared: inout Compared, input: Number? = nil
  ) throws(Halt) -> (low: Number, high: Number) {
    if !texts.isEmpty { texts.removeAll(keepingCapacity: true) }
    if !lists.isEmpty { lists.removeAll(keepingCapacity: true) }
    if !freeTexts.isEmpty { freeTexts.removeAll(keepingCapacity: true) }
    if !freeLists.isEmpty { freeLists.removeAll(keepingCapacity: true) }
    memory = 0
    depth = 0
    sweepAt = causes == nil ? Self.sweepFrom : .max
    defer { sweepAt = .max }
    var machine = Machine(formula: id.index, year: year)
    let ends = try run(id.index, locals, &machine, &compared, input: input)
    if ends.low.b == 0 { try checkMoney(ends.low, id) }
    return ends
  }

  /// Money that left the 64 bits of sen became a Double on the way: that is an error, not an answer.
  func checkMoney(_ value: Number, _ id: FormulaID) throws(Halt) {
    let formula = plan.formulas[id.index]
    if value.b == 0, formula.type == .money, value.real.magnitude >= 0x1p63 { throw Halt(problem: .overflow, site: formula.site) }
  }

  func halt(_ problem: RunProblem, _ formula: FormulaPointer, _ at: Int) -> Halt {
    let sites = formula.pointee.sites
    return Halt(problem: problem, site: sites.indices.contains(at) ? sites[at] : formula.pointee.site)
  }

  /// Holds the run to its bounds and says after how many steps to ask again.
  private mutating func grant(_ formula: FormulaPointer, _ at: Int) throws(Halt) -> Int {
    if steps >= limits.steps { throw halt(.tooManySteps(limit: limits.steps), formula, at) }
    if memory > limits.memory { throw halt(.tooMuchMemory(limit: limits.memory), formula, at) }
    if steps >= checkAt {
      if isInterrupted() { throw halt(.interrupted, formula, at) }
      if let deadline = limits.deadline, Self.now() > deadline { throw halt(.tooLong(seconds: limits.seconds), formula, at) }
      checkAt = steps + 65_536
    }
    return min(checkAt, limits.steps) - steps
  }

  /// Nanoseconds of the monotonic clock.
  public static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// The loop of the interpreter. Registers, constants and jumps were laid out by the lowering and lie inside their
  /// tables.
  mutating func execute(
    _ formula: FormulaPointer, _ code: UnsafeBufferPointer<Instruction>, _ constants: UnsafeBufferPointer<Number>,
    _ r: UnsafeMutablePointer<Number>, _ machine: inout Machine
  ) throws(Halt) {
    let count = code.count
    var at = 0
    var granted = try grant(formula, 0)
    var left = granted
    while at < count {
      let i = code[at]
      if left <= 0 {
        steps += granted - left
        granted = try grant(formula, at)
        left = granted
      }
      left -= 1
      let (a, b, c) = (Int(i.a), Int(i.b), Int(i.c))
      switch i.op {
      case .constant: r[a] = constants[Int(i.d)]
      case .copy: r[a] = r[b]
      case .add: r[a] = r[b] + r[c]
      case .subtract: r[a] = r[b] - r[c]
      case .multiply: r[a] = r[b] * r[c]
      case .divide: r[a] = r[b] / r[c]
      case .modulo:
        let (x, y) = (r[b], r[c])
        if x.b == 1, y.b == 1, y.a > 0 {
          let rest = x.a % y.a
          r[a] = Number(rest < 0 ? rest + y.a : rest)
        } else {
          r[a] = Arithmetic.modulo(x, y)
        }
      case .negate: r[a] = -r[b]
      case .equal:
        let (x, y) = (r[b], r[c])
        r[a] = x.b == 1 && y.b == 1 ? Number(x.a == y.a) : Self.truth(x, y) { $0 == 0 }
      case .unequal:
        let (x, y) = (r[b], r[c])
        r[a] = x.b == 1 && y.b == 1 ? Number(x.a != y.a) : Self.truth(x, y) { $0 != 0 }
      case .less:
        let (x, y) = (r[b], r[c])
        r[a] = x.b == 1 && y.b == 1 ? Number(x.a < y.a) : Self.truth(x, y) { $0 < 0 }
      case .lessEqual:
        let (x, y) = (r[b], r[c])
        r[a] = x.b == 1 && y.b == 1 ? Number(x.a <= y.a) : Self.truth(x, y) { $0 <= 0 }
      case .greater:
        let (x, y) = (r[b], r[c])
        r[a] = x.b == 1 && y.b == 1 ? Number(x.a > y.a) : Self.truth(x, y) { $0 > 0 }
      case .greaterEqual:
        let (x, y) = (r[b], r[c])
        r[a] = x.b == 1 && y.b == 1 ? Number(x.a >= y.a) : Self.truth(x, y) { $0 >= 0 }
      case .jump:
        at = Int(i.d)
        continue
      case .jumpIfFalse:
        if r[b].b == 1, r[b].a == 0 {
          at = Int(i.d)
          continue
        }
      case .jumpIfTrue:
        if r[b].b == 1, r[b].a != 0 {
          at = Int(i.d)
          continue
        }
      case .jumpIfAbsent:
        if r[b].isAbsent {
          at = Int(i.d)
          continue
        }
      case .year: r[a] = Number(Int64(machine.year))
      case .setYear: machine.year = r[b].b == 1 ? Int(r[b].a) : Int(clamping: r[b].whole ?? -1)
      case .wholeSlice:
        if machine.scenario < 0, r[b].b == 1, terms == nil, causes == nil, let sum = reading.whole(c, r[b].a, machine.year, &lastRun) {
          r[a] = sum
        } else {
          sum(i, r, formula, &machine)
          left -= machine.work
          machine.work = 0
        }
      case .tally: if r[b].b == 1, r[b].a != 0 { r[a] = Number(r[a].a &+ 1) }
      case .absorb: if r[b].isAbsent { r[a] = r[b] }
      case .nextOfRange:
        let index = r[a].a
        if index < r[c].a {
          r[a].a = index + 1
          at = Int(i.d)
          continue
        }
      case .nextOfList:
        let (list, index) = (Int(r[b].a), Int(r[a].a))
        if index < lists[list].count {
          r[a].a = Int64(index + 1)
          r[c] = lists[list][index]
          at = Int(i.d)
          continue
        }
      case .firstOfRange:
        if !Self.first(r, a, b, c) {
          at = Int(i.d)
          continue
        }
      case .firstOfList:
        if !first(ofList: r, a, b, c) {
          at = Int(i.d)
          continue
        }
      default:
        // What it takes counts as if it had been written out, so that no bound can be passed inside one instruction.
        steps += granted - left
        granted = left
        try slow(i, r, formula, at, &machine)
        if machine.work > 0 {
          left -= machine.work
          machine.work = 0
        }
        if memory > sweepAt, depth == 0 { sweep(r, formula.pointee.registers) }
      }
      at += 1
    }
    steps += granted - left
  }

  @inline(never) private static func truth(_ x: Number, _ y: Number, _ test: (Int) -> Bool) -> Number {
    guard let order = Number.order(x, y) else { return x.isAbsent ? x : y }
    return Number(test(order))
  }

  /// The first whole number of a range; false when there is none.
  private static func first(_ r: UnsafeMutablePointer<Number>, _ a: Int, _ b: Int, _ c: Int) -> Bool {
    guard let low = r[b].whole, let high = r[c].whole else {
      r[a] = r[b].isAbsent ? r[b] : r[c].isAbsent ? r[c] : .undefined
      return false
    }
    r[c] = Number(high)
    r[a] = Number(low)
    return low <= high
  }

  /// The first element of a list; false when there is none.
  private func first(ofList r: UnsafeMutablePointer<Number>, _ a: Int, _ b: Int, _ c: Int) -> Bool {
    if r[b].isAbsent {
      r[a] = r[b]
      return false
    }
    r[a] = Number(1)
    guard let element = lists[Int(r[b].a)].first else { return false }
    r[c] = element
    return true
  }

  func text(_ number: Number) -> String {
    !number.isAbsent && texts.indices.contains(Int(number.a)) ? texts[Int(number.a)] : ""
  }
}
