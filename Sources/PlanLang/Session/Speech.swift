/// Names, titles and values of a plan in words.
struct Speech: Sendable {
  /// The plan spoken of.
  let plan: Plan
  /// The texts its sites point into.
  let sources: SourceMap
  /// The names of its symbols.
  let names: Names
  /// The language spoken.
  let language: Language

  /// A text in the language spoken.
  func say(_ id: String, _ en: String) -> String { Bilingual(id, en)[language] }

  /// The words of a quoted text's site, without its quotes and escapes.
  func words(_ site: Site) -> String {
    if let plain = sources.plainWords(site) { return plain }
    var text = sources.text(site)
    if let pair = Bilingual(pair: text) { text = pair[language] }
    return Lowering.unquoted(text)
  }

  /// The spelling of a symbol.
  func name(_ symbol: Symbol) -> String { names.text(symbol) }

  /// What a scenario is called; the root is `base` in English.
  func scenario(_ branch: Branch) -> String { branch.parent < 0 && language == .english ? "base" : name(branch.name) }

  /// What an entity is called in a line: its title, else its name, else its code.
  func title(_ entity: EntityID) -> String {
    let entities = plan.entities
    if entity == Entities.none { return say("seluruh rencana", "the whole plan") }
    if entities.title[entity.index] != .none { return words(entities.title[entity.index]) }
    return handle(entity)
  }

  /// How an entity is meant in the language: its name, else its code with `@`, else its quoted title.
  func handle(_ entity: EntityID) -> String {
    let entities = plan.entities
    let symbol = entities.name[entity.index]
    if symbol != Entities.unnamed { return name(symbol) }
    let code = entities.codeName[entity.index]
    if code != Entities.unnamed { return "@" + name(code) }
    return "\"" + words(entities.title[entity.index]) + "\""
  }

  /// An entity with its department before it: `Diskominfo > Command center`.
  func path(_ entity: EntityID) -> String {
    if entity == Entities.none { return title(entity) }
    let department = plan.entities.ancestor(.department, of: entity)
    if let department, department != entity { return "\(handle(department)) > \(title(entity))" }
    return title(entity)
  }

  /// The spelling of an account, or the word for none.
  func account(_ account: AccountID) -> String {
    account.raw == 0 ? say("tanpa rekening", "no account") : name(plan.accounts.codeName[account.index])
  }

  /// The name of a source of funds.
  func source(_ source: SourceID) -> String {
    let symbol = plan.sources.name[source.index]
    return symbol == Entities.unnamed ? plan.sources.title[source.index][language] : name(symbol)
  }

  /// A document's name.
  func document(_ document: DocumentID) -> String { name(plan.documents[document.index].name) }

  /// Why there is no figure.
  func absence(_ number: Number) -> String {
    switch number {
    case .notDetailed: say("tidak dirinci", "not detailed")
    case .undeclared: say("tidak dinyatakan", "not declared")
    default: say("tidak dapat dihitung", "cannot be computed")
    }
  }

  /// A figure of a type in words; with digits that many decimals, fixed.
  func figure(_ number: Number, _ type: ValueType, digits: Int = -1) -> String {
    if number.isAbsent { return absence(number) }
    switch type {
    case .money: return Figure.money(number)
    case .number(let unit):
      let isPercent = plan.units.indices.contains(unit.index) && plan.units[unit.index].isPercent
      let shown = isPercent ? number * Number(100) : number
      let text = digits >= 0 ? Figure.decimal(shown, digits: digits, fixed: true) : Figure.decimal(shown, digits: isPercent ? 2 : 6)
      return isPercent ? text + "%" : text
    case .grade(let scale):
      let grades = plan.scales[scale.index].grades
      guard let at = number.whole, grades.indices.contains(Int(at)) else { return Figure.decimal(number) }
      return grades[Int(at)]
    case .truth: return number.a != 0 ? say("benar", "true") : say("salah", "false")
    case .year: return number.whole.map { String($0) } ?? Figure.decimal(number)
    case .series(let inner), .range(let inner), .list(let inner): return figure(number, inner)
    default: return Figure.decimal(number)
    }
  }

  /// A range of two figures that are told already.
  func range(_ low: String, _ high: String) -> String { low + say(" s.d. ", " to ") + high }

  /// A difference of two figures of a type, without sign: percentages differ by points.
  func difference(_ number: Number, _ type: ValueType, digits: Int) -> String {
    let text = figure(number, type, digits: digits)
    return text.hasSuffix("%") ? String(text.dropLast()) + say(" poin", text == "1%" ? " point" : " points") : text
  }

  /// An amount in a large scale, unless that would hide a difference from another.
  func short(_ number: Number, beside other: Number) -> String {
    guard let sen = number.roundedHalfEven, let twin = other.roundedHalfEven else { return figure(number, .money) }
    let (x, y) = (Figure.shortMoney(sen: sen, language), Figure.shortMoney(sen: twin, language))
    return sen != twin && x == y ? Figure.money(sen: sen) : x
  }

  /// A date as people write it in data: `2026-12-31`, or the month when no day is given.
  func date(_ day: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let (year, month, date) = (day / 10_000, day / 100 % 100, day % 100)
    return date == 0 ? "\(year)-\(two(month))" : "\(year)-\(two(month))-\(two(date))"
  }
}
