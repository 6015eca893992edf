/// Calls and aggregates.
extension Lowering {
  mutating func call(_ id: NodeID) -> Operand {
    let parts = Array(tree.children(of: id))
    guard let head = parts.first else { return .hole() }
    let node = tree[head]
    let arguments = Array(parts.dropFirst())
    if let word = node.word, node.kind == .word {
      if word == .chance, !scope.formulas.contains(where: { $0.name.raw == node.payload }) {
        diagnostics.add(DeclarationProblem.chanceElsewhere, at: node.site)
        return .hole()
      }
      if let made = builtIn(word, arguments, at: tree[id].site) { return made }
    }
    let symbol = Symbol(raw: node.payload)
    guard let row = scope.formulas.firstIndex(where: { $0.name == symbol }) else {
      let name = sources.text(node.site)
      if scope.isKnown(symbol) || node.word != nil { return complain(.notCallable(name: name), at: node.site) }
      let nearest = diagnostics.nearest(to: name, among: scope.formulas.map { names.text($0.name) } + Self.builtInNames)
      return complain(.unknownName(name: name, nearest: nearest), at: node.site)
    }
    if arguments.contains(where: { tree[$0].kind == .hole }) {
      diagnostics.follow()
      return .hole(constant(.undefined))
    }
    return call(formula: row, arguments.map { expression($0) }, at: tree[id].site)
  }

  private static let builtInNames: [String] = [Word.sum, .average, .least, .greatest, .count, .all, .any, .round, .floor].flatMap {
    let row = Vocabulary.rows[Int($0.rawValue)]
    return row.id + row.en
  }

  /// A function of the language, or nil when the word is none.
  private mutating func builtIn(_ word: Word, _ arguments: [NodeID], at site: Site) -> Operand? {
    switch word {
    case .round, .floor:
      guard (1...2).contains(arguments.count) else {
        return complain(.tooManyArguments(name: Vocabulary.spelling(word, .indonesian), wanted: 1, given: arguments.count), at: site)
      }
      return rounding(word, arguments)
    case .sum, .average, .least, .greatest, .count, .all, .any:
      guard !arguments.isEmpty else {
        return complain(.tooManyArguments(name: Vocabulary.spelling(word, .indonesian), wanted: 1, given: 0), at: site)
      }
      return arguments.count == 1 ? whole(word, arguments[0]) : several(word, arguments)
    case .declared:
      guard arguments.count == 1 else {
        return complain(.tooManyArguments(name: Vocabulary.spelling(word, .indonesian), wanted: 1, given: arguments.count), at: site)
      }
      var value = expression(arguments[0])
      let made = register()
      emit(.isAbsent, made, value.register)
      emit(.not, made, made)
      (value.register, value.type, value.entity, value.upper) = (made, .truth, nil, nil)
      return value
    case .inWords:
      guard arguments.count == 1 else {
        return complain(.tooManyArguments(name: Vocabulary.spelling(word, .indonesian), wanted: 1, given: arguments.count), at: site)
      }
      let value = expression(arguments[0])
      switch value.type {
      case .money, .number, .hole: break
      default: return complain(.expected(wanted: Bilingual("rupiah atau bilangan", "rupiah or a number"), found: words(value.type)), at: tree[arguments[0]].site)
      }
      let made = register()
      emit(.inWords, made, value.register, 0, value.type == .money ? 1 : 0)
      return Operand(register: made, type: .text, isSeries: value.isSeries)
    case .take, .likeness: return wordwise(word, arguments, at: site)
    case .length:
      guard arguments.count == 1 else { return nil }
      return whole(.count, arguments[0])
    default: return nil
    }
  }

  /// An aggregate of several values: `maks(a; b; c)`.
  private mutating func several(_ word: Word, _ arguments: [NodeID]) -> Operand {
    var loop = Gathering(word: word)
    begin(&loop)
    var all: Operand?
    for argument in arguments {
      let value = expression(argument)
      if let before = all {
        all = merged(value.register, joined(before, value, ";", at: tree[argument].site), before, value)
      } else {
        all = value
      }
      gather(&loop, value, at: tree[argument].site)
    }
    loop.type = all?.type ?? .hole
    var made = finish(&loop, isSeries: all?.isSeries ?? false)
    made.years = all?.years
    return made
  }

  /// An aggregate of one value: a list's elements, or a series' years.
  ///
  /// The value is compiled once, inside a loop over the years; when it turns out to be a list, the loop is skipped.
  private mutating func whole(_ word: Word, _ argument: NodeID) -> Operand {
    let site = tree[argument].site
    let entry = here
    emit(.jump)
    var loop = Gathering(word: word)
    begin(&loop)
    let (saved, index) = (register(), register())
    emit(.year, saved)
    let (first, last) = (register(), register())
    let ends = formula.constants.count
    formula.constants += [.zero, .zero]
    emit(.constant, first, 0, 0, ends)
    emit(.constant, last, 0, 0, ends + 1)
    let start = here
    emit(.firstOfRange, index, first, last)
    let top = here
    emit(.setYear, 0, index)
    let body = here
    let value = expression(argument)
    if case .list = value.type {
      formula.code[entry].d = Int32(truncatingIfNeeded: body)
      return folded(word, value, at: site)
    }
    guard value.isSeries else {
      formula.code[entry].d = Int32(truncatingIfNeeded: body)
      if value.type == .hole { return value }
      return complain(.expected(wanted: Bilingual("daftar atau deret", "a list or a series"), found: words(value.type)), at: site)
    }
    formula.code[entry].d = Int32(truncatingIfNeeded: entry + 1)
    formula.constants[ends] = Number(Int64(value.years?.min() ?? 0))
    formula.constants[ends + 1] = Number(Int64(value.years?.max() ?? plan.yearCount - 1))
    gather(&loop, value, at: site)
    emit(.nextOfRange, index, 0, last, top)
    land(start)
    emit(.setYear, 0, saved)
    return finish(&loop, isSeries: false)
  }

  /// An aggregate of a list's elements.
  private mutating func folded(_ word: Word, _ list: Operand, at site: Site) -> Operand {
    guard case .list(let inner) = list.type else { return .hole() }
    if word == .count, inner != .truth {
      let made = register()
      emit(.count, made, list.register)
      return Operand(register: made, type: .number(UnitID(raw: 0)), isSeries: list.isSeries)
    }
    var loop = Gathering(word: word)
    begin(&loop)
    let (at, element) = (register(), register())
    let start = here
    emit(.firstOfList, at, list.register, element)
    let top = here
    gather(&loop, Operand(register: element, type: inner), at: site)
    emit(.nextOfList, at, list.register, element, top)
    land(start)
    emit(.absorb, loop.total, at)
    return finish(&loop, isSeries: list.isSeries)
  }

  // MARK: Gathering

  /// An aggregate in the making.
  private struct Gathering {
    var word: Word
    var type = ValueType.hole
    var total: UInt16 = 0
    var count: UInt16 = 0
    var one: UInt16 = 0
  }

  private mutating func begin(_ loop: inout Gathering) {
    loop.total = register()
    loop.one = constant(Number(1))
    switch loop.word {
    case .all: emit(.copy, loop.total, loop.one)
    case .least, .greatest:
      let none = constant(Number.nothing)
      emit(.copy, loop.total, none)
    case .average:
      let zero = constant(Number.zero)
      loop.count = register()
      emit(.copy, loop.count, zero)
      emit(.copy, loop.total, zero)
    default:
      let zero = constant(Number.zero)
      emit(.copy, loop.total, zero)
    }
  }

  private mutating func gather(_ loop: inout Gathering, _ value: Operand, at site: Site) {
    let value = gatherable(value, loop.word, at: site)
    switch loop.word {
    case .sum: emit(.add, loop.total, loop.total, value.register)
    case .average:
      emit(.add, loop.total, loop.total, value.register)
      emit(.add, loop.count, loop.count, loop.one)
    case .count:
      if value.type == .truth { emit(.tally, loop.total, value.register) } else { emit(.add, loop.total, loop.total, loop.one) }
    case .all: emit(.and, loop.total, loop.total, value.register)
    case .any: emit(.or, loop.total, loop.total, value.register)
    default: emit(loop.word == .least ? .least : .greatest, loop.total, loop.total, value.register)
    }
    loop.type = value.type
  }

  /// A value that an aggregate can take, or a complaint.
  private mutating func gatherable(_ value: Operand, _ word: Word, at site: Site) -> Operand {
    switch (word, value.type) {
    case (_, .hole), (.count, _), (.sum, .money), (.sum, .number), (.average, .money), (.average, .number): return value
    case (.all, _), (.any, _): return expect(.truth, value, at: site)
    case (.least, .money), (.least, .number), (.least, .grade), (.least, .year): return value
    case (.greatest, .money), (.greatest, .number), (.greatest, .grade), (.greatest, .year): return value
    default:
      return complain(.expected(wanted: Bilingual("bilangan atau rupiah", "a number or rupiah"), found: words(value.type)), at: site)
    }
  }

  private mutating func finish(_ loop: inout Gathering, isSeries: Bool) -> Operand {
    var type = loop.type
    switch loop.word {
    case .average: emit(.divide, loop.total, loop.total, loop.count)
    case .least, .greatest: emit(.settle, loop.total, loop.total)
    case .count: type = .number(UnitID(raw: 0))
    case .all, .any: type = .truth
    default: break
    }
    return Operand(register: loop.total, type: type, isSeries: isSeries)
  }

  // MARK: Binders

  /// `jumlah(body untuk p dalam set jika cond)`.
  mutating func aggregate(_ id: NodeID) -> Operand {
    let parts = Array(tree.children(of: id))
    guard let word = tree[id].word, let body = parts.first else { return .hole() }
    switch word {
    case .sum, .average, .least, .greatest, .count, .all, .any: break
    default: return complain(.notCallable(name: Vocabulary.spelling(word, .indonesian)), at: tree[id].site)
    }
    return gathered(word, body, Array(parts.dropFirst()))
  }

  /// `untuk p dalam set jika c: body` as an expression: true when body holds for every member.
  mutating func everyMember(_ id: NodeID) -> Operand {
    let parts = Array(tree.children(of: id))
    guard let body = parts.last else { return .hole() }
    return gathered(.all, body, Array(parts.dropLast()))
  }

  private mutating func gathered(_ word: Word, _ body: NodeID, _ binders: [NodeID]) -> Operand {
    var loop = Gathering(word: word)
    begin(&loop)
    var isSeries = false
    let outer = locals.count
    overMembers(binders, loop.total, &isSeries) { lowering, isSeries in
      // `banyak(p untuk p dalam program)` counts members: the name itself is not read.
      if word == .count, lowering.tree[body].kind == .name {
        return lowering.gather(&loop, Operand(register: 0, type: .number(UnitID(raw: 0))), at: .none)
      }
      for part in lowering.statements(of: body) {
        let value = lowering.expression(part)
        isSeries = isSeries || value.isSeries
        lowering.gather(&loop, value, at: lowering.tree[part].site)
      }
    }
    locals.removeSubrange(outer...)
    return finish(&loop, isSeries: isSeries)
  }

  /// Loops over binders, innermost last, skipping members whose condition does not hold; the absence of a set ends in
  /// `total`.
  private mutating func overMembers(
    _ parts: [NodeID], _ total: UInt16, _ isSeries: inout Bool, _ body: (inout Lowering, inout Bool) -> Void
  ) {
    guard let first = parts.first else { return body(&self, &isSeries) }
    defer { nesting -= 1 }
    guard deepen(at: tree[first].site) else { return }
    let rest = Array(parts.dropFirst())
    if tree[first].kind == .condition {
      guard let child = tree.firstChild(of: first) else { return body(&self, &isSeries) }
      let holds = expect(.truth, expression(child), at: tree[child].site)
      isSeries = isSeries || holds.isSeries
      // An absence is not a yes.
      let unknown = here
      emit(.jumpIfAbsent, 0, holds.register)
      let skip = here
      emit(.jumpIfFalse, 0, holds.register)
      overMembers(rest, total, &isSeries, body)
      land(unknown)
      return land(skip)
    }
    let names = Array(tree.children(of: first))
    guard names.count == 2 else { return }
    let name = Symbol(raw: tree[names[0]].payload)
    guard let over = begin(over: names[1]) else { return }
    isSeries = isSeries || over.isSeries
    locals.append((name, over.member))
    overMembers(rest, total, &isSeries, body)
    end(over)
    emit(.absorb, total, over.counter)
  }

  // MARK: Loops

  /// A loop over a set or a range of whole numbers, its head emitted.
  struct Loop {
    var member: Operand
    /// The register that counts; holds the absence when the set is none.
    var counter: UInt16
    var isSeries: Bool
    var list: UInt16
    var isRange: Bool
    var start: Int
  }

  /// The head of a loop over a set; nil after a complaint. `1..n` runs without making a list.
  mutating func begin(over id: NodeID) -> Loop? {
    if tree[id].kind == .range, tree[id].word == .inYear {
      let ends = Array(tree.children(of: id))
      guard ends.count == 2 else { return nil }
      let (low, high) = (expression(ends[0]), expression(ends[1]))
      let type = joined(low, high, "..", at: tree[id].site)
      switch type {
      case .number, .year: break
      case .hole: return nil
      default:
        _ = complain(.expected(wanted: Bilingual("bilangan bulat", "a whole number"), found: words(type)), at: tree[id].site)
        return nil
      }
      let (counter, last) = (register(), register())
      emit(.copy, last, high.register)
      let loop = Loop(
        member: Operand(register: counter, type: type), counter: counter, isSeries: low.isSeries || high.isSeries, list: last,
        isRange: true, start: here)
      emit(.firstOfRange, counter, low.register, last)
      return loop
    }
    let set = expression(id)
    guard case .list(let inner) = set.type else {
      if set.type != .hole {
        _ = complain(.expected(wanted: Bilingual("daftar", "a list"), found: words(set.type)), at: tree[id].site)
      }
      return nil
    }
    let (counter, element) = (register(), register())
    let loop = Loop(
      member: Operand(register: element, type: inner), counter: counter, isSeries: set.isSeries, list: set.register, isRange: false,
      start: here)
    emit(.firstOfList, counter, set.register, element)
    return loop
  }

  /// The foot of a loop.
  mutating func end(_ loop: Loop) {
    if loop.isRange {
      emit(.nextOfRange, loop.counter, 0, loop.list, loop.start + 1)
    } else {
      emit(.nextOfList, loop.counter, loop.list, loop.member.register, loop.start + 1)
    }
    land(loop.start)
  }

  /// `lipat x dari start untuk y dalam list: body`.
  mutating func fold(_ id: NodeID) -> Operand {
    let parts = Array(tree.children(of: id))
    guard parts.count == 5 else { return .hole() }
    let start = expression(parts[1])
    let total = register()
    emit(.copy, total, start.register)
    guard let loop = begin(over: parts[3]) else { return .hole() }
    let outer = locals.count
    var carried = start
    carried.register = total
    carried.isLiteral = false
    carried.entity = nil
    locals.append((Symbol(raw: tree[parts[0]].payload), carried))
    locals.append((Symbol(raw: tree[parts[2]].payload), loop.member))
    let body = expression(parts[4])
    _ = joined(start, body, "lipat", at: tree[parts[4]].site)
    keep(body.register, in: total)
    locals.removeSubrange(outer...)
    end(loop)
    emit(.absorb, total, loop.counter)
    return Operand(
      register: total, type: start.isLiteral ? body.type : start.type, isSeries: start.isSeries || loop.isSeries || body.isSeries)
  }

  /// Copies a value, or lets the instruction that made it write to its new place at once: only where that instruction
  /// was reached on every way here.
  mutating func keep(_ value: UInt16, in total: UInt16) {
    if let last = formula.code.last, last.a == value, value != total {
      switch last.op {
      case .add, .subtract, .multiply, .divide, .modulo: return formula.code[formula.code.count - 1].a = total
      default: break
      }
    }
    emit(.copy, total, value)
  }
}
