/// Comparisons, membership and choices.
extension Lowering {
  // MARK: Comparisons

  mutating func compare(_ id: NodeID) -> Operand {
    let parts = Array(tree.children(of: id))
    if let made = dimensionComparison(parts) ?? attributeComparison(parts, at: tree[id].site) ?? insideRange(parts, at: tree[id].site) {
      formula.sides = nil
      return made
    }
    var sides: [(operand: Operand, lead: UInt8, site: Site)] = []
    for child in parts { sides.append((expression(child), tree[child].lead, tree[child].site)) }
    guard sides.count >= 2 else { return .hole() }
    var result: Operand?
    for i in 1..<sides.count {
      let one = comparison(sides[i - 1].operand, sides[i].lead, sides[i].operand, at: tree[id].site, sides: (sides[i - 1].site, sides[i].site))
      guard let left = result else {
        result = one
        continue
      }
      let made = register()
      emit(.and, made, left.register, one.register)
      result = merged(made, .truth, left, one)
    }
    // What stands outermost is compared last: its sides are the formula's.
    let (left, right) = (sides[0].operand, sides[1].operand)
    formula.sides = sides.count == 2 ? Sides(left: left.register, right: right.register, upper: right.upper ?? right.register) : nil
    return result ?? .hole()
  }

  /// `x dalam 1..n`, told without making the list; nil when it is something else.
  private mutating func insideRange(_ parts: [NodeID], at site: Site) -> Operand? {
    guard parts.count == 2, tree[parts[1]].lead == Node.member, tree[parts[1]].kind == .range, tree[parts[1]].word == .inYear else { return nil }
    let ends = Array(tree.children(of: parts[1]))
    guard ends.count == 2 else { return nil }
    let (value, low, high) = (expression(parts[0]), expression(ends[0]), expression(ends[1]))
    let type = joined(value, Operand(register: low.register, type: joined(low, high, "..", at: tree[parts[1]].site)), "dalam", at: site)
    switch type {
    case .number, .year: break
    case .hole: return .hole()
    default:
      return complain(.expected(wanted: Bilingual("bilangan bulat", "a whole number"), found: words(type)), at: tree[parts[1]].site)
    }
    let (made, part) = (register(), register())
    emit(.floor, part, value.register)
    emit(.equal, made, part, value.register)
    emit(.greaterEqual, part, value.register, low.register)
    emit(.and, made, made, part)
    emit(.lessEqual, part, value.register, high.register)
    emit(.and, made, made, part)
    return merged(made, .truth, merged(made, .truth, value, low), high)
  }

  /// One comparison; figures of an indicator are rounded to the digits that count.
  mutating func comparison(
    _ left: Operand, _ lead: UInt8, _ right: Operand, at site: Site, sides: (left: Site, right: Site)? = nil
  ) -> Operand {
    let made = register()
    if left.type == .hole || right.type == .hole { return Operand(register: made, type: .hole) }
    if lead == Node.member { return membership(left, right, at: site) }
    if lead == Node.contains {
      if case .list(let inner) = left.type {
        _ = joined(inner, right.type, "memuat", at: site)
        emit(inner == .text ? .holdsWords : .holds, made, left.register, right.register)
      } else if left.type == .text, right.type == .text {
        emit(.containsText, made, left.register, right.register)
      } else {
        return complain(.clash(left: words(left.type), operation: "memuat", right: words(right.type)), at: site)
      }
      return merged(made, .truth, left, right)
    }
    if case .range(let inner) = right.type, lead == Node.equal, let upper = right.upper {
      return within(left, Operand(register: right.register, type: inner, isSeries: right.isSeries), upper, at: site)
    }
    if left.type == .list(.text), right.type == .text, lead == Node.equal || lead == Node.unequal {
      emit(.holdsText, made, left.register, right.register)
      if lead == Node.unequal { emit(.not, made, made) }
      return merged(made, .truth, left, right)
    }
    if left.type == .text, right.type == .text, lead == Node.equal || lead == Node.unequal {
      emit(.sameText, made, left.register, right.register)
      if lead == Node.unequal { emit(.not, made, made) }
      return merged(made, .truth, left, right)
    }
    let type = joined(left, right, Self.sign(lead), at: site, sides: sides)
    guard Self.isOrdered(type) || isSameable(type) && (lead == Node.equal || lead == Node.unequal) else {
      return complain(.clash(left: words(left.type), operation: Self.sign(lead), right: words(right.type)), at: site)
    }
    let digits = max(left.digits, right.digits)
    let indicator = left.indicator ?? right.indicator
    let (x, y) = (rounded(left, digits, indicator), rounded(right, digits, indicator))
    emit(Self.opcode(lead), made, x, y)
    return merged(made, .truth, left, right)
  }

  /// Types whose values have an order.
  private static func isOrdered(_ type: ValueType) -> Bool {
    switch type {
    case .money, .number, .grade, .year, .hole: true
    default: false
    }
  }

  /// Types whose values can only be the same or not.
  private func isSameable(_ type: ValueType) -> Bool {
    switch type {
    case .truth, .entity: true
    default: false
    }
  }

  /// A side rounded to the digits that count, or as it is; `indicator` is asked when it runs.
  private mutating func rounded(_ side: Operand, _ digits: Int, _ indicator: UInt16? = nil) -> UInt16 {
    if digits < 0, let indicator, case .number = side.type {
      let made = register()
      emit(.roundFigure, made, side.register, indicator)
      return made
    }
    guard digits >= 0, digits <= 15, case .number(let unit) = side.type else { return side.register }
    let places = unit.raw == 1 ? digits + 2 : digits
    let scale = constant(Number(Number.powers[min(places, 18)]))
    let made = register()
    emit(.multiply, made, side.register, scale)
    emit(.round, made, made)
    emit(.divide, made, made, scale)
    return made
  }

  private mutating func membership(_ left: Operand, _ right: Operand, at site: Site) -> Operand {
    if case .range(let inner) = right.type, let upper = right.upper {
      return within(left, Operand(register: right.register, type: inner, isSeries: right.isSeries), upper, at: site)
    }
    guard case .list = right.type else {
      return complain(.expected(wanted: Bilingual("daftar atau rentang", "a list or a range"), found: words(right.type)), at: site)
    }
    let made = register()
    guard case .list(let inner) = right.type else { return .hole() }
    _ = joined(left.type, inner, "dalam", at: site)
    emit(inner == .text ? .holdsText : .holds, made, right.register, left.register)
    return merged(made, .truth, left, right)
  }

  private mutating func within(_ left: Operand, _ low: Operand, _ upper: UInt16, at site: Site) -> Operand {
    _ = joined(left, low, "dalam", at: site)
    let digits = max(left.digits, low.digits)
    let value = rounded(left, digits)
    let (first, second) = (register(), register())
    emit(.greaterEqual, first, value, low.register)
    emit(.lessEqual, second, value, upper)
    emit(.and, first, first, second)
    return merged(first, .truth, left, low)
  }

  static func sign(_ lead: UInt8) -> String {
    switch lead {
    case Node.equal: "="
    case Node.unequal: "<>"
    case Node.less: "<"
    case Node.lessEqual: "<="
    case Node.greater: ">"
    default: ">="
    }
  }

  static func opcode(_ lead: UInt8) -> Opcode {
    switch lead {
    case Node.equal: .equal
    case Node.unequal: .unequal
    case Node.less: .less
    case Node.lessEqual: .lessEqual
    case Node.greater: .greater
    default: .greaterEqual
    }
  }

  // MARK: Choices

  /// `jika a maka b lain c`: an absent condition is the value.
  mutating func conditional(_ id: NodeID) -> Operand {
    let parts = Array(tree.children(of: id))
    guard parts.count >= 2 else { return .hole() }
    let condition = expect(.truth, expression(parts[0]), at: tree[parts[0]].site)
    let (made, upper) = (register(), register())
    let toElse = here
    emit(.jumpIfFalse, 0, condition.register)
    let unknown = here
    emit(.jumpIfAbsent, 0, condition.register)
    let then = expression(parts[1])
    keep(then.register, in: made)
    if let end = then.upper { emit(.copy, upper, end) }
    let toEnd = here
    emit(.jump)
    land(unknown)
    emit(.copy, made, condition.register)
    emit(.copy, upper, condition.register)
    let known = here
    emit(.jump)
    land(toElse)
    var value = merged(made, then.type, condition, then)
    value.digits = then.digits
    value.isLiteral = false
    if parts.count > 2 {
      let other = expression(parts[2])
      value = merged(made, joined(then, other, "lain", at: tree[id].site, sides: (tree[parts[1]].site, tree[parts[2]].site)), value, other)
      value.isLiteral = false
      // A copy, always: what comes next must not take the last instruction of one branch for the maker of the value.
      if let end = other.upper { emit(.copy, upper, end) }
      emit(.copy, made, other.register)
    } else {
      let none = constant(.undefined)
      emit(.copy, upper, none)
      emit(.copy, made, none)
    }
    land(toEnd)
    land(known)
    if case .range = value.type { value.upper = upper }
    return value
  }
}
