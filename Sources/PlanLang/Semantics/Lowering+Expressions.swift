/// Operators, literals, conditionals.
extension Lowering {
  /// Compiles an expression.
  mutating func expression(_ id: NodeID) -> Operand {
    let node = tree[id]
    let outer = site
    site = node.site
    defer {
      site = outer
      nesting -= 1
    }
    guard deepen(at: node.site) else { return .hole() }
    if formula.code.count > longest { return .hole() }
    switch node.kind {
    case .hole: return .hole()
    case .literal: return literal(tree.literals[Int(node.payload)])
    case .literals: return literals(node)
    case .text: return text(id)
    case .name: return name(Symbol(raw: node.payload), at: node.site)
    case .word: return word(id)
    case .code: return code(id)
    case .member: return member(id)
    case .slice: return slice(id)
    case .range: return range(id)
    case .call: return call(id)
    case .aggregate: return aggregate(id)
    case .fold: return fold(id)
    case .conditional: return conditional(id)
    case .chain: return chain(id)
    case .unary: return unary(id)
    case .power: return power(id)
    case .compare: return compare(id)
    case .list: return list(id)
    case .quantified: return everyMember(id)
    case .question: return hole(at: node.site)
    default: return complain(.notAnExpression, at: node.site)
    }
  }

  private mutating func hole(at site: Site) -> Operand {
    let known = scope.allNames(names).prefix(6).map { "`\($0)`" }
    return complain(.whatBelongs(type: Bilingual("sebuah nilai", "a value"), names: Array(known)), at: site)
  }

  /// A figure as written.
  mutating func literal(_ literal: Literal) -> Operand {
    switch literal.kind {
    case .money: return Operand(register: constant(Number(literal.mantissa)), type: .money)
    case .number:
      var made = Operand(
        register: constant(Number(mantissa: literal.mantissa, scale: Int(literal.scale))), type: .number(UnitID(raw: 0)))
      made.isLiteral = true
      return made
    case .percent, .point:
      return Operand(
        register: constant(Number(mantissa: literal.mantissa, scale: min(Int(literal.scale) + 2, 18))),
        type: .number(UnitID(raw: 1)))
    case .missing: return Operand(register: constant(.undeclared), type: .hole)
    }
  }

  private mutating func literals(_ node: Node) -> Operand {
    if node.wordRaw == 1 { return literal(tree.literals[Int(node.payload)]) }
    let made = register()
    emit(.list, made)
    var type = ValueType.hole
    for i in 0..<Int(node.wordRaw) {
      let item = literal(tree.literals[Int(node.payload) + i])
      if type == .hole { type = item.type }
      emit(.append, made, item.register)
    }
    return Operand(register: made, type: .list(type))
  }

  private mutating func text(_ id: NodeID) -> Operand {
    formula.texts.append(Self.unquoted(sources.text(tree[id].site)))
    let made = register()
    emit(.text, made, 0, 0, formula.texts.count - 1)
    return Operand(register: made, type: .text)
  }

  /// The words of a quoted text, or of a cell of a data file.
  static func unquoted(_ text: String) -> String {
    guard text.utf8.first == 34 else { return cell(text) }
    for quote in ["\"\"\"", "\""] where text.count >= 2 * quote.count && text.hasPrefix(quote) && text.hasSuffix(quote) {
      let inside = String(text.dropFirst(quote.count).dropLast(quote.count))
      if !inside.contains("\\") { return inside }
      var plain = ""
      var isEscaped = false
      for character in inside {
        if isEscaped {
          plain.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else {
          plain.append(character)
        }
      }
      return plain
    }
    return cell(text)
  }

  /// The words of a cell: doubled quotes single, and on one line.
  private static func cell(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 34 || $0 == 10 || $0 == 13 }) else { return text }
    return text.replacing("\"\"", with: "\"").onOneLine
  }

  private mutating func list(_ id: NodeID) -> Operand {
    let made = register()
    emit(.list, made)
    var type = ValueType.hole
    var isSeries = false
    for child in tree.children(of: id) {
      let item = expression(child)
      if case .range = item.type {
        return complain(.expected(wanted: Bilingual("satu nilai", "one value"), found: words(item.type)), at: tree[child].site)
      }
      if type == .hole { type = item.type } else { _ = joined(type, item.type, "&", at: tree[child].site) }
      isSeries = isSeries || item.isSeries
      emit(.append, made, item.register)
    }
    return Operand(register: made, type: .list(type), isSeries: isSeries)
  }

  private mutating func range(_ id: NodeID) -> Operand {
    let parts = Array(tree.children(of: id))
    guard parts.count == 2 else { return .hole() }
    let low = expression(parts[0])
    let high = expression(parts[1])
    let type = joined(low, high, "s.d.", at: tree[id].site)
    if tree[id].word == .inYear {
      let made = register()
      emit(.wholeRange, made, low.register, high.register)
      return Operand(register: made, type: .list(type), isSeries: low.isSeries || high.isSeries)
    }
    var made = Operand(register: low.register, type: .range(type), isSeries: low.isSeries || high.isSeries)
    made.upper = high.register
    return made
  }

  // MARK: Operators

  /// The common type of two sides that are added or compared; a clash is complained about.
  mutating func joined(
    _ left: Operand, _ right: Operand, _ sign: String, at site: Site, sides: (left: Site, right: Site)? = nil
  ) -> ValueType {
    if left.isLiteral, case .number(let unit) = right.type, unit.raw != 1 { return right.type }
    if right.isLiteral, case .number(let unit) = left.type, unit.raw != 1 { return left.type }
    return joined(left.type, right.type, sign, at: site, sides: sides)
  }

  mutating func joined(
    _ left: ValueType, _ right: ValueType, _ sign: String, at site: Site, sides: (left: Site, right: Site)? = nil
  ) -> ValueType {
    if left == right || right == .hole { return left }
    if left == .hole { return right }
    if case .number(let x) = left, case .number(let y) = right {
      if x.raw == 2 && y.raw <= 1 { return y.raw == 1 ? right : left }
      if y.raw == 2 && x.raw <= 1 { return x.raw == 1 ? left : right }
    }
    if case .entity = left, case .entity = right { return .entity(nil) }
    if case .number(let unit) = left, unit.raw == 0, right == .year { return .year }
    if case .number(let unit) = right, unit.raw == 0, left == .year { return .year }
    if let sides { return clash(left, right, sign, sides) }
    diagnostics.add(MeaningProblem.clash(left: words(left), operation: sign, right: words(right)), at: site)
    return .hole
  }

  /// Says that two sides do not fit, and what each is.
  private mutating func clash(_ left: ValueType, _ right: ValueType, _ sign: String, _ sides: (left: Site, right: Site)) -> ValueType {
    let problem = MeaningProblem.clash(left: words(left), operation: sign, right: words(right))
    diagnostics.add(Diagnostic(problem, Label(sides.right, words(right)), Label(sides.left, words(left))))
    return .hole
  }

  private mutating func chain(_ id: NodeID) -> Operand {
    switch tree[id].word {
    case .and, .or: return logic(id)
    case .name: return textChain(id)
    case .add: return sum(id)
    default: return product(id)
    }
  }

  /// `a dan b`, `a atau b`: the right side runs only when it matters.
  private mutating func logic(_ id: NodeID) -> Operand {
    let isAnd = tree[id].word == .and
    let made = register()
    var jumps: [Int] = []
    var isSeries = false
    for (i, child) in tree.children(of: id).enumerated() {
      let side = expect(.truth, expression(child), at: tree[child].site)
      isSeries = isSeries || side.isSeries
      if i == 0 { emit(.copy, made, side.register) } else { emit(isAnd ? .and : .or, made, made, side.register) }
      jumps.append(here)
      emit(isAnd ? .jumpIfFalse : .jumpIfTrue, 0, made)
    }
    for jump in jumps { land(jump) }
    return Operand(register: made, type: .truth, isSeries: isSeries)
  }

  private mutating func textChain(_ id: NodeID) -> Operand {
    var result: Operand?
    for child in tree.children(of: id) {
      let side = expect(.text, expression(child), at: tree[child].site)
      guard let left = result else {
        result = side
        continue
      }
      let made = register()
      emit(.join, made, left.register, side.register)
      result = Operand(register: made, type: .text, isSeries: left.isSeries || side.isSeries)
    }
    return result ?? .hole()
  }

  private mutating func sum(_ id: NodeID) -> Operand {
    var result: Operand?
    var leftSite = Site.none
    for child in tree.children(of: id) {
      let side = expression(child)
      guard let left = result else {
        result = side
        leftSite = tree[child].site
        continue
      }
      let isMinus = tree[child].lead == Node.minus
      var type = joined(left, side, isMinus ? "-" : "+", at: tree[id].site, sides: (leftSite, tree[child].site))
      leftSite = leftSite.joined(to: tree[child].site)
      switch type {
      case .money, .number, .hole: break
      case .year:
        if isMinus, left.type == .year, side.type == .year { type = .number(UnitID(raw: 0)) }
      default: return complain(.expected(wanted: Bilingual("bilangan atau rupiah", "a number or rupiah"), found: words(type)), at: tree[child].site)
      }
      let made = register()
      emit(isMinus ? .subtract : .add, made, left.register, side.register)
      result = merged(made, type, left, side)
    }
    return result ?? .hole()
  }

  /// The operand of a result of two sides.
  mutating func merged(_ register: UInt16, _ type: ValueType, _ left: Operand, _ right: Operand) -> Operand {
    var made = Operand(register: register, type: type, isSeries: left.isSeries || right.isSeries)
    made.years = left.years ?? right.years
    if let x = left.years, let y = right.years, x != y {
      _ = complain(.yearsDiffer(left: yearWords(x), right: yearWords(y)), at: site)
      made.type = .hole
    }
    made.digits = max(left.digits, right.digits)
    made.indicator = left.indicator ?? right.indicator
    made.isLiteral = left.isLiteral && right.isLiteral
    return made
  }

  /// A stretch of years in words.
  func yearWords(_ years: [Int]) -> String {
    guard let first = years.first, let last = years.last else { return "" }
    return first == last ? "\(plan.firstYear + first)" : "\(plan.firstYear + first)..\(plan.firstYear + last)"
  }

  private mutating func product(_ id: NodeID) -> Operand {
    var result: Operand?
    var leftSite = Site.none
    for child in tree.children(of: id) {
      let side = expression(child)
      guard let left = result else {
        result = side
        leftSite = tree[child].site
        continue
      }
      let lead = tree[child].lead
      let made = register()
      let type: ValueType
      let sides = (left: leftSite, right: tree[child].site)
      leftSite = leftSite.joined(to: tree[child].site)
      switch lead {
      case Node.divide:
        type = quotient(left, side, sides)
        emit(.divide, made, left.register, side.register)
      case Node.modulo:
        type = joined(left, side, "mod", at: tree[id].site, sides: sides)
        emit(.modulo, made, left.register, side.register)
      default:
        type = times(left, side, sides)
        emit(.multiply, made, left.register, side.register)
      }
      result = merged(made, type, left, side)
    }
    return result ?? .hole()
  }

  private mutating func times(_ left: Operand, _ right: Operand, _ sides: (left: Site, right: Site)) -> ValueType {
    switch (left.type, right.type) {
    case (.hole, _), (_, .hole): return .hole
    case (.money, .number), (.number, .money): return .money
    case (.number(let x), .number(let y)):
      if x.raw <= 2 { return y.raw <= 2 ? .number(UnitID(raw: x.raw == 1 && y.raw == 1 ? 1 : 0)) : right.type }
      return y.raw <= 2 ? left.type : .number(UnitID(raw: 0))
    default:
      return clash(left.type, right.type, "*", sides)
    }
  }

  private mutating func quotient(_ left: Operand, _ right: Operand, _ sides: (left: Site, right: Site)) -> ValueType {
    switch (left.type, right.type) {
    case (.hole, _), (_, .hole): return .hole
    case (.money, .money): return .number(UnitID(raw: 2))
    case (.money, .number): return .money
    case (.number(let x), .number(let y)):
      if x == y { return .number(UnitID(raw: x.raw == 0 ? 0 : 2)) }
      return y.raw <= 2 ? .number(x.raw == 1 ? UnitID(raw: y.raw == 0 ? 1 : 2) : x) : .number(UnitID(raw: 0))
    default:
      return clash(left.type, right.type, "/", sides)
    }
  }

  private mutating func unary(_ id: NodeID) -> Operand {
    guard let child = tree.firstChild(of: id) else { return .hole() }
    var side = expression(child)
    let made = register()
    if tree[id].word == .not {
      side = expect(.truth, side, at: tree[child].site)
      emit(.not, made, side.register)
    } else {
      switch side.type {
      case .money, .number, .hole: break
      default: return complain(.expected(wanted: Bilingual("bilangan atau rupiah", "a number or rupiah"), found: words(side.type)), at: tree[child].site)
      }
      emit(.negate, made, side.register)
    }
    side.register = made
    side.entity = nil
    return side
  }

  private mutating func power(_ id: NodeID) -> Operand {
    let parts = Array(tree.children(of: id))
    guard parts.count == 2 else { return .hole() }
    let base = expression(parts[0])
    let exponent = expression(parts[1])
    for (side, part) in [(base, parts[0]), (exponent, parts[1])] {
      if case .number = side.type { continue }
      if side.type == .hole { continue }
      return complain(.expected(wanted: Bilingual("bilangan", "a number"), found: words(side.type)), at: tree[part].site)
    }
    let made = register()
    emit(.power, made, base.register, exponent.register)
    return merged(made, .number(UnitID(raw: 0)), base, exponent)
  }
}
