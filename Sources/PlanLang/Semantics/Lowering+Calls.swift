/// Calls, aggregates, folds, quantifiers.
extension Lowering {
  mutating func call(_ id: NodeID) -> Operand {
    let parts = Array(tree.children(of: id))
    guard let head = parts.first else { return .hole() }
    let node = tree[head]
    let arguments = Array(parts.dropFirst())
    if let word = node.word, node.kind == .word {
      if let made = builtIn(word, arguments, at: tree[id].site) { return made }
    }
    let symbol = Symbol(raw: node.payload)
    guard let row = scope.formulas.firstIndex(where: { $0.name == symbol }) else {
      let name = names.text(symbol)
      if scope.isKnown(symbol) { return complain(.notCallable(name: name), at: node.site) }
      let known = scope.formulas.map { names.text($0.name) } + Self.builtInNames
      return complain(.unknownName(name: name, nearest: NearMiss.nearest(to: name, among: known)), at: node.site)
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
    case .length:
      guard arguments.count == 1 else { return nil }
      return whole(.count, arguments[0])
    default: return nil
    }
  }

  /// `bulat(x)`, `bulat(x; 2)`, `lantai(x)`: money is rounded to rupiah.
  private mutating func rounding(_ word: Word, _ arguments: [NodeID]) -> Operand {
    var value = expression(arguments[0])
    var scale = value.type == .money ? constant(Number(a: 1, b: 100)) : constant(Number(1))
    if arguments.count == 2 {
      let digits = expression(arguments[1])
      let ten = constant(Number(10))
      let power = register()
      emit(.power, power, ten, digits.register)
      if value.type == .money { emit(.multiply, power, power, scale) }
      scale = power
    }
    switch value.type {
    case .money, .number, .hole: break
    default: return complain(.expected(wanted: Bilingual("bilangan atau rupiah", "a number or rupiah"), found: words(value.type)), at: tree[arguments[0]].site)
    }
    let made = register()
    emit(.multiply, made, value.register, scale)
    emit(word == .round ? .round : .floor, made, made)
    emit(.divide, made, made, scale)
    value.register = made
    value.entity = nil
    if case .number(let unit) = value.type, unit.raw == 2 { value.type = .number(UnitID(raw: 0)) }
    return value
  }

  /// An aggregate of several values: `maks(a; b; c)`.
  private mutating func several(_ word: Word, _ arguments: [NodeID]) -> Operand {
    let made = register()
    emit(.list, made)
    var type: Operand?
    for argument in arguments {
      let value = expression(argument)
      if let before = type {
        type = merged(value.register, joined(before, value, ";", at: tree[argument].site), before, value)
      } else {
        type = value
      }
      emit(.append, made, value.register)
    }
    let joined = type ?? .hole()
    return folded(word, Operand(register: made, type: .list(joined.type), isSeries: joined.isSeries), at: tree[arguments[0]].site)
  }

  /// An aggregate of one value: a list's elements, or a series' years.
  private mutating func whole(_ word: Word, _ argument: NodeID) -> Operand {
    let start = here
    let value = expression(argument)
    if case .list = value.type { return folded(word, value, at: tree[argument].site) }
    guard value.isSeries else {
      if value.type == .hole { return value }
      return complain(.expected(wanted: Bilingual("daftar atau deret", "a list or a series"), found: words(value.type)), at: tree[argument].site)
    }
    // Compile the series again inside a loop over its years; the first copy is dropped.
    formula.code.removeSubrange(start...)
    formula.sites.removeSubrange(start...)
    let years = value.years ?? Array(0..<max(plan.yearCount, 0))
    let list = register()
    let saved = register()
    emit(.list, list)
    emit(.year, saved)
    let (first, index, last) = (constant(Number(Int64(years.first ?? 0))), register(), constant(Number(Int64(years.last ?? -1))))
    emit(.copy, index, first)
    let top = here
    let done = register()
    emit(.greater, done, index, last)
    let exit = here
    emit(.jumpIfTrue, 0, done)
    emit(.setYear, 0, index)
    let item = expression(argument)
    emit(.append, list, item.register)
    let one = constant(Number(1))
    emit(.add, index, index, one)
    emit(.loop, 0, 0, 0, top)
    land(exit)
    emit(.setYear, 0, saved)
    return folded(word, Operand(register: list, type: .list(item.type)), at: tree[argument].site)
  }

  /// An aggregate of a list's elements.
  private mutating func folded(_ word: Word, _ list: Operand, at site: Site) -> Operand {
    guard case .list(let inner) = list.type else { return .hole() }
    if word == .count, inner != .truth {
      let made = register()
      emit(.count, made, list.register)
      return Operand(register: made, type: .number(UnitID(raw: 0)), isSeries: list.isSeries)
    }
    var loop = Gathering(word: word, type: inner)
    begin(&loop, at: site)
    let (index, count) = (constant(Number(1)), register())
    let at = register()
    emit(.copy, at, index)
    emit(.count, count, list.register)
    let top = here
    let done = register()
    emit(.greater, done, at, count)
    let exit = here
    emit(.jumpIfTrue, 0, done)
    let element = register()
    emit(.element, element, list.register, at)
    gather(&loop, Operand(register: element, type: inner))
    emit(.add, at, at, index)
    emit(.loop, 0, 0, 0, top)
    land(exit)
    return finish(&loop, isSeries: list.isSeries)
  }

  // MARK: Gathering

  /// An aggregate in the making.
  private struct Gathering {
    var word: Word
    var type: ValueType
    var total: UInt16 = 0
    var count: UInt16 = 0
  }

  private mutating func begin(_ loop: inout Gathering, at site: Site) {
    loop.total = register()
    loop.count = register()
    let zero = constant(Number.zero)
    emit(.copy, loop.count, zero)
    switch loop.word {
    case .all:
      let truth = constant(Number(true))
      emit(.copy, loop.total, truth)
    case .least, .greatest:
      let none = constant(Number.undefined)
      emit(.copy, loop.total, none)
    default: emit(.copy, loop.total, zero)
    }
  }

  private mutating func gather(_ loop: inout Gathering, _ value: Operand) {
    let one = constant(Number(1))
    switch loop.word {
    case .sum, .average:
      emit(.add, loop.total, loop.total, value.register)
      emit(.add, loop.count, loop.count, one)
    case .count:
      if value.type == .truth {
        let skip = here
        emit(.jumpIfFalse, 0, value.register)
        emit(.add, loop.total, loop.total, one)
        land(skip)
      } else {
        emit(.add, loop.total, loop.total, one)
      }
    case .all: emit(.and, loop.total, loop.total, value.register)
    case .any: emit(.or, loop.total, loop.total, value.register)
    default:
      // The first value stands; later ones are compared.
      let isFirst = register()
      let zero = constant(Number.zero)
      emit(.equal, isFirst, loop.count, zero)
      let toFirst = here
      emit(.jumpIfTrue, 0, isFirst)
      emit(loop.word == .least ? .least : .greatest, loop.total, loop.total, value.register)
      let past = here
      emit(.jump)
      land(toFirst)
      emit(.copy, loop.total, value.register)
      land(past)
      emit(.add, loop.count, loop.count, one)
    }
    loop.type = value.type
  }

  private mutating func finish(_ loop: inout Gathering, isSeries: Bool) -> Operand {
    var type = loop.type
    switch loop.word {
    case .average: emit(.divide, loop.total, loop.total, loop.count)
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
    var loop = Gathering(word: word, type: .hole)
    begin(&loop, at: tree[id].site)
    var isSeries = false
    let outer = locals.count
    overMembers(Array(parts.dropFirst())) { lowering in
      var value: Operand
      if word == .count, lowering.tree[body].kind == .name {
        value = Operand(register: 0, type: .number(UnitID(raw: 0)))
      } else {
        value = lowering.expression(body)
      }
      if word == .all || word == .any { value = lowering.expect(.truth, value, at: lowering.tree[body].site) }
      if word == .sum || word == .average {
        switch value.type {
        case .money, .number, .hole: break
        default: value = lowering.complain(.expected(wanted: Bilingual("bilangan atau rupiah", "a number or rupiah"), found: lowering.words(value.type)), at: lowering.tree[body].site)
        }
      }
      isSeries = isSeries || value.isSeries
      lowering.gather(&loop, value)
    } condition: { isSeries = isSeries || $0.isSeries }
    locals.removeSubrange(outer...)
    return finish(&loop, isSeries: isSeries)
  }

  /// `untuk p dalam set jika c: body` as an expression: true when body holds for every member.
  mutating func everyMember(_ id: NodeID) -> Operand {
    let parts = Array(tree.children(of: id))
    guard let body = parts.last else { return .hole() }
    var loop = Gathering(word: .all, type: .truth)
    begin(&loop, at: tree[id].site)
    var isSeries = false
    let outer = locals.count
    overMembers(Array(parts.dropLast())) { lowering in
      let value = lowering.expect(.truth, lowering.expression(body), at: lowering.tree[body].site)
      isSeries = isSeries || value.isSeries
      lowering.gather(&loop, value)
    } condition: { isSeries = isSeries || $0.isSeries }
    locals.removeSubrange(outer...)
    return finish(&loop, isSeries: isSeries)
  }

  /// Loops over binders, innermost last, skipping members whose condition does not hold.
  private mutating func overMembers(
    _ parts: [NodeID], _ body: (inout Lowering) -> Void, condition noteCondition: (Operand) -> Void
  ) {
    guard let first = parts.first else { return body(&self) }
    if tree[first].kind == .condition {
      guard let child = tree.firstChild(of: first) else { return body(&self) }
      let holds = expect(.truth, expression(child), at: tree[child].site)
      noteCondition(holds)
      // An absence is not a yes.
      let isYes = register()
      let truth = constant(Number(true))
      emit(.isAbsent, isYes, holds.register)
      let absent = here
      emit(.jumpIfTrue, 0, isYes)
      emit(.equal, isYes, holds.register, truth)
      let skip = here
      emit(.jumpIfFalse, 0, isYes)
      overMembers(Array(parts.dropFirst()), body, condition: noteCondition)
      land(absent)
      land(skip)
      return
    }
    let names = Array(tree.children(of: first))
    guard names.count == 2 else { return }
    let set = expression(names[1])
    guard case .list(let inner) = set.type else {
      if set.type != .hole {
        _ = complain(.expected(wanted: Bilingual("daftar", "a list"), found: words(set.type)), at: tree[names[1]].site)
      }
      return
    }
    let (one, at, count, done, element) = (constant(Number(1)), register(), register(), register(), register())
    emit(.copy, at, one)
    emit(.count, count, set.register)
    let top = here
    emit(.greater, done, at, count)
    let exit = here
    emit(.jumpIfTrue, 0, done)
    emit(.element, element, set.register, at)
    locals.append((Symbol(raw: tree[names[0]].payload), Operand(register: element, type: inner)))
    overMembers(Array(parts.dropFirst()), body, condition: noteCondition)
    emit(.add, at, at, one)
    emit(.loop, 0, 0, 0, top)
    land(exit)
  }

  /// `lipat x dari start untuk y dalam list: body`.
  mutating func fold(_ id: NodeID) -> Operand {
    let parts = Array(tree.children(of: id))
    guard parts.count == 5 else { return .hole() }
    let start = expression(parts[1])
    let set = expression(parts[3])
    guard case .list(let inner) = set.type else {
      if set.type == .hole { return .hole() }
      return complain(.expected(wanted: Bilingual("daftar", "a list"), found: words(set.type)), at: tree[parts[3]].site)
    }
    let total = register()
    emit(.copy, total, start.register)
    let (one, at, count, done, element) = (constant(Number(1)), register(), register(), register(), register())
    emit(.copy, at, one)
    emit(.count, count, set.register)
    let top = here
    emit(.greater, done, at, count)
    let exit = here
    emit(.jumpIfTrue, 0, done)
    emit(.element, element, set.register, at)
    let outer = locals.count
    var carried = start
    carried.register = total
    carried.isLiteral = false
    carried.entity = nil
    locals.append((Symbol(raw: tree[parts[0]].payload), carried))
    locals.append((Symbol(raw: tree[parts[2]].payload), Operand(register: element, type: inner)))
    let body = expression(parts[4])
    _ = joined(start, body, "lipat", at: tree[parts[4]].site)
    emit(.copy, total, body.register)
    locals.removeSubrange(outer...)
    emit(.add, at, at, one)
    emit(.loop, 0, 0, 0, top)
    land(exit)
    return Operand(register: total, type: start.isLiteral ? body.type : start.type, isSeries: start.isSeries || set.isSeries || body.isSeries)
  }
}
