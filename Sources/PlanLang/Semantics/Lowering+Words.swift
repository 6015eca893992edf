/// Functions of texts, and rounding.
extension Lowering {
  /// `ambil(text; n)`: its first characters; `kemiripan(text; text)`: how alike, from 0% to 100%.
  mutating func wordwise(_ word: Word, _ arguments: [NodeID], at site: Site) -> Operand {
    guard arguments.count == 2 else {
      return complain(
        .tooManyArguments(name: Vocabulary.spelling(word, .indonesian), wanted: 2, given: arguments.count), at: site)
    }
    let (text, other) = (expression(arguments[0]), expression(arguments[1]))
    if text.type == .hole || other.type == .hole { return .hole() }
    guard text.type == .text else {
      return complain(
        .expected(wanted: Bilingual("teks", "a text"), found: words(text.type)), at: tree[arguments[0]].site)
    }
    var isFit = other.type == .text
    if word == .take, case .number = other.type { isFit = true } else if word == .take { isFit = false }
    guard isFit else {
      let wanted = word == .take ? Bilingual("bilangan", "a number") : Bilingual("teks", "a text")
      return complain(.expected(wanted: wanted, found: words(other.type)), at: tree[arguments[1]].site)
    }
    let made = register()
    emit(word == .take ? .takeText : .likeness, made, text.register, other.register)
    let type: ValueType = word == .take ? .text : .number(UnitID(raw: 1))
    return Operand(register: made, type: type, isSeries: text.isSeries || other.isSeries)
  }

  /// `bulat(x)`, `bulat(x; 2)`, `lantai(x)`: money is rounded to rupiah.
  mutating func rounding(_ word: Word, _ arguments: [NodeID]) -> Operand {
    var value = expression(arguments[0])
    var scale = value.type == .money ? constant(Number(a: 1, b: 100)) : constant(Number(1))
    if arguments.count == 2 {
      let digits = expression(arguments[1])
      switch digits.type {
      case .number, .hole: break
      default: return complain(.expected(wanted: Bilingual("bilangan", "a number"), found: words(digits.type)), at: tree[arguments[1]].site)
      }
      let ten = constant(Number(10))
      let power = register()
      emit(.power, power, ten, digits.register)
      if value.type == .money { emit(.multiply, power, power, scale) }
      scale = power
      value.isSeries = value.isSeries || digits.isSeries
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
}
