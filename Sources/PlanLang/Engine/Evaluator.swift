#if canImport(Glibc)
  import Glibc
#endif

/// Runs formulas against a plan and a scenario's overlay. A value: make one for a run of answers.
public struct Evaluator {
  let plan: Plan
  let overlay: Overlay
  /// Overlays of other scenarios a formula may read, by name.
  let others: [Symbol: Overlay]
  let limits: EngineLimits
  /// Whether the user asked to stop.
  let isInterrupted: @Sendable () -> Bool
  var steps = 0
  var memory = 0
  private var texts: [String] = []
  private var lists: [[Number]] = []
  private var registers: [Number] = []
  /// Parameters being evaluated, against circles.
  private var depth = 0
  /// The title of an entity and the spelling of a symbol, from outside: the engine knows no text.
  let describe: @Sendable (EntityID, Opcode) -> String

  /// An evaluator for one scenario.
  public init(
    plan: Plan, overlay: Overlay = Overlay(), others: [Symbol: Overlay] = [:], limits: EngineLimits = EngineLimits(),
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    describe: @escaping @Sendable (EntityID, Opcode) -> String = { _, _ in "" }
  ) {
    self.plan = plan
    self.overlay = overlay
    self.others = others
    self.limits = limits
    self.isInterrupted = isInterrupted
    self.describe = describe
  }

  // MARK: Entries

  /// The value of a formula, over all years when it is a series.
  public mutating func value(of id: FormulaID) throws(Halt) -> Value {
    let formula = plan.formulas[id.index]
    guard formula.isSeries else { return try single(formula, year: -1, locals: []) }
    var series: [(year: Int, value: Value)] = []
    for year in formula.years ?? Array(0..<plan.yearCount) {
      series.append((plan.firstYear + year, try single(formula, year: year, locals: [])))
    }
    return .series(series)
  }

  /// The figure of a formula in a year, with the entities its locals stand for.
  public mutating func number(of id: FormulaID, year: Int, locals: [EntityID] = []) throws(Halt) -> Number {
    try run(plan.formulas[id.index], year: year, locals: locals)
  }

  /// Both ends of a range formula; the same figure twice for a plain one.
  public mutating func ends(of id: FormulaID, year: Int, locals: [EntityID] = []) throws(Halt) -> (Number, Number) {
    let formula = plan.formulas[id.index]
    let low = try run(formula, year: year, locals: locals)
    return (low, registers[Int(formula.upper)])
  }

  private mutating func single(_ formula: Formula, year: Int, locals: [EntityID]) throws(Halt) -> Value {
    let number = try run(formula, year: year, locals: locals)
    if case .range(let inner) = formula.type { return .range(number, registers[Int(formula.upper)], inner) }
    return wrap(number, formula.type)
  }

  private func wrap(_ number: Number, _ type: ValueType) -> Value {
    if number.isAbsent { return .figure(number, type) }
    switch type {
    case .text: return .text(texts.indices.contains(Int(number.a)) ? texts[Int(number.a)] : "")
    case .entity: return .entity(EntityID(raw: UInt32(truncatingIfNeeded: number.a)))
    case .list(let inner):
      guard lists.indices.contains(Int(number.a)) else { return .list([]) }
      return .list(lists[Int(number.a)].map { wrap($0, inner) })
    default: return .figure(number, type)
    }
  }

  // MARK: Running

  private mutating func run(_ formula: Formula, year: Int, locals: [EntityID]) throws(Halt) -> Number {
    let base = depth == 0 ? 0 : registers.count
    if registers.count < base + formula.registers {
      registers.append(contentsOf: repeatElement(.undefined, count: base + formula.registers - registers.count))
    }
    if depth == 0 {
      texts.removeAll(keepingCapacity: true)
      lists.removeAll(keepingCapacity: true)
      memory = 0
    }
    for (i, local) in locals.enumerated() where i < formula.locals { registers[base + i] = Number(Int64(local.raw)) }
    var machine = Machine(year: year, reading: Reading(plan: plan, overlay: overlay))
    try execute(formula, base, &machine)
    let result = registers[base + Int(formula.result)]
    if depth > 0 {
      registers.removeLast(registers.count - base)
    }
    return result
  }

  /// What a run carries besides its registers.
  private struct Machine {
    var year: Int
    var reading: Reading
  }

  private func halt(_ problem: RunProblem, _ formula: Formula, _ at: Int) -> Halt {
    Halt(problem: problem, site: formula.sites.indices.contains(at) ? formula.sites[at] : formula.site)
  }

  private mutating func budget(_ formula: Formula, _ at: Int) throws(Halt) {
    if steps > limits.steps { throw halt(.tooManySteps(limit: limits.steps), formula, at) }
    if memory > limits.memory { throw halt(.tooMuchMemory(limit: limits.memory), formula, at) }
    if isInterrupted() { throw halt(.interrupted, formula, at) }
    if let deadline = limits.deadline, Self.now() > deadline { throw halt(.tooLong(seconds: limits.seconds), formula, at) }
  }

  /// Nanoseconds of the monotonic clock.
  public static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private mutating func execute(_ formula: Formula, _ base: Int, _ machine: inout Machine) throws(Halt) {
    let code = formula.code
    var at = 0
    var checkAt = steps + 65_536
    while at < code.count {
      let instruction = code[at]
      let a = base + Int(instruction.a)
      let b = base + Int(instruction.b)
      let c = base + Int(instruction.c)
      steps += 1
      if steps >= checkAt {
        try budget(formula, at)
        checkAt = steps + 65_536
      }
      switch instruction.op {
      case .constant: registers[a] = formula.constants[Int(instruction.d)]
      case .copy: registers[a] = registers[b]
      case .add: registers[a] = registers[b] + registers[c]
      case .subtract: registers[a] = registers[b] - registers[c]
      case .multiply: registers[a] = registers[b] * registers[c]
      case .divide: registers[a] = registers[b] / registers[c]
      case .negate: registers[a] = -registers[b]
      case .equal: registers[a] = truth(registers[b], registers[c]) { $0 == 0 }
      case .unequal: registers[a] = truth(registers[b], registers[c]) { $0 != 0 }
      case .less: registers[a] = truth(registers[b], registers[c]) { $0 < 0 }
      case .lessEqual: registers[a] = truth(registers[b], registers[c]) { $0 <= 0 }
      case .greater: registers[a] = truth(registers[b], registers[c]) { $0 > 0 }
      case .greaterEqual: registers[a] = truth(registers[b], registers[c]) { $0 >= 0 }
      case .jump:
        at = Int(instruction.d)
        continue
      case .jumpIfFalse:
        if registers[b].b == 1, registers[b].a == 0 {
          at = Int(instruction.d)
          continue
        }
      case .jumpIfTrue:
        if registers[b].b == 1, registers[b].a != 0 {
          at = Int(instruction.d)
          continue
        }
      case .loop:
        at = Int(instruction.d)
        continue
      default: try slow(instruction, a, b, c, formula, at, &machine)
      }
      at += 1
    }
  }

  @inline(__always) private func truth(_ x: Number, _ y: Number, _ test: (Int) -> Bool) -> Number {
    guard let order = Number.order(x, y) else { return x.isAbsent ? x : y }
    return Number(test(order))
  }

  private mutating func slow(
    _ instruction: Instruction, _ a: Int, _ b: Int, _ c: Int, _ formula: Formula, _ at: Int, _ machine: inout Machine
  ) throws(Halt) {
    switch instruction.op {
    case .modulo: registers[a] = Arithmetic.modulo(registers[b], registers[c])
    case .power: registers[a] = Arithmetic.power(registers[b], registers[c])
    case .round: registers[a] = Arithmetic.rounded(registers[b])
    case .floor: registers[a] = Arithmetic.floored(registers[b])
    case .least: registers[a] = pick(registers[b], registers[c]) { $0 <= 0 }
    case .greatest: registers[a] = pick(registers[b], registers[c]) { $0 >= 0 }
    case .isAbsent: registers[a] = Number(registers[b].isAbsent)
    case .and: registers[a] = and(registers[b], registers[c])
    case .or: registers[a] = or(registers[b], registers[c])
    case .not: registers[a] = registers[b].isAbsent ? registers[b] : Number(registers[b].a == 0)
    case .year: registers[a] = Number(Int64(machine.year))
    case .setYear: machine.year = Int(clamping: registers[b].whole ?? registers[c].whole ?? -1)
    case .calendar: registers[a] = registers[b] + Number(Int64(plan.firstYear))
    case .yearIndex: registers[a] = registers[b] - Number(Int64(plan.firstYear))
    case .scenario:
      if instruction.d < 0 {
        machine.reading = Reading(plan: plan, overlay: overlay)
      } else {
        let name = formula.scenarios[Int(instruction.d)]
        guard let other = others[name] else { throw halt(.unknownScenario(name: describe(EntityID(raw: name.raw), .scenario)), formula, at) }
        machine.reading = Reading(plan: plan, overlay: other)
      }
    case .slice:
      let slice = formula.slices[Int(instruction.d)]
      var local: EntityID?
      if case .local = slice.anchors { local = registers[b].isAbsent ? nil : EntityID(raw: UInt32(truncatingIfNeeded: registers[b].a)) }
      registers[a] = machine.reading.sum(slice, local: local, year: machine.year)
    case .parameter: registers[a] = try parameter(Int(instruction.d), machine.year, machine.reading.overlay)
    case .figure:
      let entity = EntityID(raw: UInt32(truncatingIfNeeded: registers[b].a))
      registers[a] = try figure(instruction.d, entity, machine)
    default: try pools(instruction, a, b, c, formula, at)
    }
  }

  private func pick(_ x: Number, _ y: Number, _ test: (Int) -> Bool) -> Number {
    guard let order = Number.order(x, y) else { return x.isAbsent ? x : y }
    return test(order) ? x : y
  }

  /// False decides even beside an absence.
  private func and(_ x: Number, _ y: Number) -> Number {
    if !x.isAbsent, x.a == 0 { return x }
    if !y.isAbsent, y.a == 0 { return y }
    return x.isAbsent ? x : y
  }

  private func or(_ x: Number, _ y: Number) -> Number {
    if !x.isAbsent, x.a != 0 { return x }
    if !y.isAbsent, y.a != 0 { return y }
    return x.isAbsent ? x : y
  }

  private mutating func parameter(_ row: Int, _ year: Int, _ overlay: Overlay) throws(Halt) -> Number {
    if let changed = overlay.figure(.parameter(ParameterID(row))) { return changed }
    let formula = plan.formulas[plan.parameters[row].formula.index]
    if formula.code.count == 1, formula.code[0].op == .constant { return formula.constants[0] }
    guard depth < 100 else { throw Halt(problem: .tooManySteps(limit: 100), site: formula.site) }
    depth += 1
    defer { depth -= 1 }
    return try run(formula, year: year, locals: [])
  }

  private mutating func figure(_ code: Int32, _ entity: EntityID, _ machine: Machine) throws(Halt) -> Number {
    guard entity.index < plan.indicatorRow.count, plan.indicatorRow[entity.index] >= 0, let figure = IndicatorFigure(rawValue: code) else {
      return .undefined
    }
    let row = Int(plan.indicatorRow[entity.index])
    let reader = IndicatorReading(plan: plan, overlay: machine.reading.overlay)
    if figure == .achievementClass {
      guard let name = reader.achievementClass(row, machine.year) else { return .undefined }
      texts.append(name.id)
      return Number(Int64(texts.count - 1))
    }
    return reader.figure(figure, row, machine.year)
  }

  // MARK: Texts and lists

  private mutating func pools(_ instruction: Instruction, _ a: Int, _ b: Int, _ c: Int, _ formula: Formula, _ at: Int) throws(Halt) {
    switch instruction.op {
    case .text: registers[a] = store(formula.texts[Int(instruction.d)])
    case .join: registers[a] = store(text(registers[b]) + text(registers[c]))
    case .sameText: registers[a] = Number(text(registers[b]) == text(registers[c]))
    case .containsText: registers[a] = Number(text(registers[b]).lowercased().contains(text(registers[c]).lowercased()))
    case .titleText, .codeText, .nameText:
      registers[a] = store(describe(EntityID(raw: UInt32(truncatingIfNeeded: registers[b].a)), instruction.op))
    case .list:
      lists.append([])
      registers[a] = Number(Int64(lists.count - 1))
    case .append:
      let handle = Int(registers[a].a)
      lists[handle].append(registers[b])
      memory += 16
    case .count: registers[a] = registers[b].isAbsent ? registers[b] : Number(Int64(lists[Int(registers[b].a)].count))
    case .element:
      guard !registers[b].isAbsent, let index = registers[c].whole else { return registers[a] = .undefined }
      let list = lists[Int(registers[b].a)]
      registers[a] = index >= 1 && index <= list.count ? list[Int(index) - 1] : .undefined
    case .entities: registers[a] = store(formula.sets[Int(instruction.d)])
    case .below: registers[a] = store(below(registers[b], UInt8(truncatingIfNeeded: instruction.d)))
    case .wholeRange: registers[a] = try wholeRange(registers[b], registers[c], formula, at)
    case .ancestor: registers[a] = ancestor(registers[b], UInt8(truncatingIfNeeded: instruction.d))
    case .stated: registers[a] = stated(registers[b], UInt8(truncatingIfNeeded: instruction.d))
    case .holds: registers[a] = holds(registers[b], registers[c])
    default: break
    }
    if memory > limits.memory { try budget(formula, at) }
  }

  private func text(_ number: Number) -> String {
    !number.isAbsent && texts.indices.contains(Int(number.a)) ? texts[Int(number.a)] : ""
  }

  private mutating func store(_ text: String) -> Number {
    texts.append(text)
    memory += text.utf8.count + 16
    return Number(Int64(texts.count - 1))
  }

  private mutating func store(_ entities: [EntityID]) -> Number {
    lists.append(entities.map { Number(Int64($0.raw)) })
    memory += entities.count * 16
    return Number(Int64(lists.count - 1))
  }

  /// The entities of a kind below one, by rank.
  private func below(_ number: Number, _ kind: UInt8) -> [EntityID] {
    guard !number.isAbsent else { return [] }
    let entities = plan.entities
    let root = Int(number.a)
    guard entities.rank.indices.contains(root) else { return [] }
    var found: [EntityID] = []
    for rank in entities.rank[root]...entities.lastRank[root] {
      let entity = entities.byRank[Int(rank)]
      if entity.index != root, entities.kind[entity.index].rawValue == kind { found.append(entity) }
    }
    return found
  }

  private func ancestor(_ number: Number, _ kind: UInt8) -> Number {
    guard !number.isAbsent, let kind = EntityKind(rawValue: kind),
      let found = plan.entities.ancestor(kind, of: EntityID(raw: UInt32(truncatingIfNeeded: number.a)))
    else { return .undefined }
    return Number(Int64(found.raw))
  }

  /// The texts stated on an entity or above it.
  private mutating func stated(_ number: Number, _ role: UInt8) -> Number {
    guard !number.isAbsent else { return number }
    var found: [Number] = []
    var at = EntityID(raw: UInt32(truncatingIfNeeded: number.a))
    while at != Entities.none {
      for attribute in plan.attributes where attribute.entity == at && attribute.role.rawValue == role { found.append(store(attribute.text)) }
      at = plan.entities.parent[at.index]
    }
    lists.append(found)
    return Number(Int64(lists.count - 1))
  }

  /// Whether a list holds a value: texts by their words, figures exactly.
  private func holds(_ list: Number, _ value: Number) -> Number {
    if list.isAbsent { return list }
    if value.isAbsent { return value }
    let wanted = texts.indices.contains(Int(value.a)) ? texts[Int(value.a)].lowercased() : nil
    for element in lists[Int(list.a)] {
      if element == value { return Number(true) }
      if let wanted, texts.indices.contains(Int(element.a)), texts[Int(element.a)].lowercased().contains(wanted) { return Number(true) }
      if Number.order(element, value) == 0, wanted == nil { return Number(true) }
    }
    return Number(false)
  }

  private mutating func wholeRange(_ low: Number, _ high: Number, _ formula: Formula, _ at: Int) throws(Halt) -> Number {
    guard let first = low.whole, let last = high.whole else { return .undefined }
    if first > last {
      lists.append([])
      return Number(Int64(lists.count - 1))
    }
    let (width, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, width < Int64(limits.memory / 16), Int(width) < limits.steps else {
      throw halt(.tooMuchMemory(limit: limits.memory), formula, at)
    }
    memory += Int(width + 1) * 16
    if memory > limits.memory { throw halt(.tooMuchMemory(limit: limits.memory), formula, at) }
    lists.append((first...last).map { Number($0) })
    return Number(Int64(lists.count - 1))
  }
}
