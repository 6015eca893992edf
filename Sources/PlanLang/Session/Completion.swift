/// What may stand where a line ends.
public struct Completion: Sendable {
  /// A way to go on.
  public struct Candidate: Sendable, Equatable {
    /// What would stand in the place of the begun word.
    public var text: String
    /// Its title, its money, or the kind of thing it is.
    public var note: String
    /// Whether a year or an attribute mostly follows it at once, without a space.
    public var goesOn = false
  }
  /// How many characters at the end of the line the candidates replace.
  public var replaced: Int
  /// The ways, in the order of likelihood.
  public var candidates: [Candidate]
}

extension Session {
  /// What may stand at the end of a begun line: by what the grammar expects there and by what exists.
  public func completions(of line: String, limit: Int = 400) -> Completion {
    let context = LineContext(line)
    let begun = context.begun.lowercased()
    let found = candidates(context, Prefix(begun, limit: limit))
    var seen: Set<String> = []
    var kept: [Completion.Candidate] = []
    for candidate in found {
      let text = candidate.text.lowercased()
      guard text.hasPrefix(begun) || text.hasPrefix("\"" + begun) else { continue }
      if kept.count >= limit { break }
      if seen.insert(text).inserted { kept.append(candidate) }
    }
    return Completion(replaced: context.begun.count, candidates: kept)
  }

  /// A begun word, and how many ways to go on are wanted: names are looked at in place, and only those that fit are
  /// made into texts.
  struct Prefix {
    let bytes: [UInt8]
    let limit: Int
    init(_ begun: String, limit: Int) {
      bytes = Array(begun.utf8)
      self.limit = limit
    }
  }

  /// Whether an entity's name, or without one its code or title, may go on from a begun word.
  private func fits(_ entity: EntityID, _ prefix: Prefix) -> Bool {
    let symbol = checked.plan.entities.name[entity.index]
    if symbol != Entities.unnamed { return names.begins(symbol, with: prefix.bytes) }
    return prefix.bytes.isEmpty || speech.handle(entity).lowercased().utf8.starts(with: prefix.bytes)
  }

  private func candidates(_ context: LineContext, _ prefix: Prefix) -> [Completion.Candidate] {
    if context.isQuoted { return quoted(context, prefix) }
    let last = context.words.last ?? ""
    func means(_ word: Word) -> Bool { Vocabulary.spells(last, word) }
    if let first = context.words.first, context.words.count == 1 || context.words.count == 2, context.marksBehindFirst == 0,
      let row = MetaCommand.rows.first(where: { $0.id.contains(first.lowercased()) || $0.en.contains(first.lowercased()) }) {
      switch row.command {
      case .go, .drop, .merge, .difference: return scenarioNames
      case .help: return MetaCommand.rows.map { candidate($0.command.spelling(options.language), $0.summary[options.language]) } + words(Word.allCases)
      case .list: return Self.listable(options.language).map { candidate($0, "") }
      case .info: return named(prefix)
      case .language: return [candidate("id", "Indonesia"), candidate("en", "English")]
      default: break
      }
    }
    if context.words.isEmpty {
      return statementWords + MetaCommand.rows.map { candidate($0.command.spelling(options.language), $0.summary[options.language]) } + named(prefix)
    }
    if last == "." { return members(of: context.path, prefix) }
    if last == "[" || last == ";" && context.isInSlice { return years + dimensions }
    if last == "=", context.words.count > 1, context.isInSlice {
      let dimension = context.words[context.words.count - 2]
      let made = values(of: dimension, prefix)
      if !made.isEmpty { return made }
    }
    if let asked = context.words.first.flatMap({ first in [Word.repair, .optimise, .tradeOff].first { Vocabulary.spells(first, $0) } }),
      let found = moving(asked, context, prefix) { return found }
    for word in [Word.check, .compare, .instrument, .stress] where means(word) { return scenarioNames }
    if last == ",", context.words.first.map({ Vocabulary.spells($0, .compare) }) == true { return scenarioNames }
    if context.namesScenarios, last == "," || means(.against) { return scenarioNames }
    if context.isEdit, means(.from) || means(.to) { return places(prefix) }
    if let first = context.words.first, context.words.count == 1, [Word.lock, .unlock].contains(where: { Vocabulary.spells(first, $0) }) { return places(prefix) }
    if means(.from), context.words.first.map({ Vocabulary.spells($0, .scenario) }) == true { return scenarioNames }
    if means(.inYear) { return years }
    if means(.supports) { return entities([.objective, .goal, .mission, .indicator], prefix) }
    if means(.drives) { return entities([.indicator], prefix) }
    if means(.source) { return sourceNames }
    if means(.account) { return accountCodes(sign: "") }
    if means(.requires) || means(.rejects) || means(.include) || means(.exclude) { return entities([.project], prefix) }
    if context.words.first.map({ Vocabulary.spells($0, .choose) }) == true {
      if means(.choose) { return words([.project]) }
      if means(.project) { return words([.maximise, .underCeiling]) }
      if means(.maximise) { return words([.benefit]) }
      if means(.underCeiling), context.words.contains(where: { Vocabulary.spells($0, .project) }) { return words([.budget]) }
    }
    if means(.export) { return words([.entries, .check, .simulate, .sensitivity, .sweep, .stress]) }
    if means(.through) { return places(prefix) }
    if means(.owner) { return entities([.department], prefix) }
    if means(.dimension) { return words(Reader.dimensions) }
    if means(.inSet) { return words([.program, .activity, .subactivity, .department, .indicator, .objective, .initiative]) }
    var names = names
    var expected: [Completion.Candidate] = []
    if let source = scratch(context.before) { expected = words(Parser.expected(behind: source, names: &names)) }
    if context.isEdit { expected = words([.from, .to, .inYear, .equally, .because, .of]) + expected }
    if context.endsValue { return expected + (context.namesScenarios && context.words.count == 2 ? scenarioNames : []) }
    return expected + words(Self.valueWords) + named(prefix)
  }

  /// What may go on a question to the solver; nil inside of a figure.
  private func moving(_ asked: Word, _ context: LineContext, _ prefix: Prefix) -> [Completion.Candidate]? {
    let clauses: [Word] = [.rule, .all, .advisory, .instrument, .with, .except, .inYear, .ceiling, .nearby]
    let last = context.words.last ?? ""
    // The clause one stands in: the last of its words.
    let open = context.words.lazy.reversed().compactMap { word in (clauses + [.maximise, .minimise, .against]).first { Vocabulary.spells(word, $0) } }.first
    func means(_ word: Word) -> Bool { Vocabulary.spells(last, word) }
    if means(.instrument) { return [candidate("<= ", "")] }
    if last == "<=" || last == "=", open == .instrument { return Goal.signatures.map { candidate($0.name, "") } }
    if means(.all) { return words([.rule, .advisory]) }
    if means(.ceiling) { return words([.atMost]) }
    if means(.rule) || means(.advisory) || last == "," && (open == .rule || open == .advisory) {
      guard open == .rule || open == .advisory else { return nil }
      return checked.plan.rules.filter { open == .rule || !$0.isMandatory }.map { candidate(names.text($0.name), speech.words($0.title)) }
    }
    if means(.with) || means(.except) || last == "," && (open == .with || open == .except) { return places(prefix) }
    if asked != .repair, context.words.count == 1 { return words([.maximise, .minimise]) }
    if means(.against) { return words([.maximise, .minimise]) }
    if asked == .repair, context.words.count == 1 { return words(clauses) + scenarioNames }
    let isClause = (clauses + [.maximise, .minimise, .against, .weight]).contains(where: means)
    guard context.endsValue || means(.nearby) || last.first?.isLetter == true && !isClause else { return nil }
    return words(clauses + (asked == .tradeOff ? [.against] : []) + (open == .advisory ? [.weight] : []))
  }

  // MARK: Kinds of candidates

  private func candidate(_ text: String, _ note: String) -> Completion.Candidate { Completion.Candidate(text: text, note: note) }

  private func words(_ words: [Word]) -> [Completion.Candidate] {
    words.map { candidate(Vocabulary.spelling($0, options.language), "") }
  }

  private static let valueWords: [Word] = [
    .budget, .revenue, .financing, .realised, .sum, .average, .least, .greatest, .count, .any, .all, .round, .floor, .achieved, .root, .not, .given, .forEach,
  ]

  private var statementWords: [Completion.Candidate] {
    words([
      .shift, .check, .compare, .scenario, .show, .cut, .add, .postpone, .set, .change, .lock, .unlock, .instrument, .letting, .parameter, .rule, .formula,
      .region, .mission, .department, .office, .program, .load, .use, .why, .trace, .who, .seek, .repair, .optimise, .tradeOff,
      .sweep, .simulate, .sensitivity, .stress, .correlation, .chart, .reconcile, .report, .export, .choose, .project, .initiative,
    ])
  }

  private static func listable(_ language: Language) -> [String] { listWords.map { $0[language] } }

  var scenarioNames: [Completion.Candidate] {
    scenarios.branches.map { candidate(speech.scenario($0), $0.title == .none ? "" : speech.words($0.title)) }
  }

  private var years: [Completion.Candidate] {
    (0..<max(checked.plan.yearCount, 0)).map { candidate(String(checked.plan.firstYear + $0), "") }
  }

  private var sourceNames: [Completion.Candidate] {
    checked.plan.sources.name.indices.filter { checked.plan.sources.name[$0] != Entities.unnamed }
      .map { candidate(speech.source(SourceID($0)), checked.plan.sources.title[$0][options.language]) }
  }

  private func accountCodes(sign: String) -> [Completion.Candidate] {
    checked.plan.accounts.codeName.indices.dropFirst().map { candidate(sign + speech.name(checked.plan.accounts.codeName[$0]), "") }.sorted { $0.text < $1.text }
  }

  private var dimensions: [Completion.Candidate] {
    [Word.department, .program, .activity, .account, .source, .function, .priority, .label, .objective, .mission, .initiative, .dimension].map {
      candidate(Vocabulary.spelling($0, options.language) + " = ", "")
    }
  }

  private func values(of dimension: String, _ prefix: Prefix) -> [Completion.Candidate] {
    for (word, kinds) in [
      (Word.department, [EntityKind.department]), (.office, [.department]), (.program, [.program]), (.activity, [.activity]), (.subactivity, [.subactivity]),
      (.objective, [.objective]), (.mission, [.mission]), (.goal, [.goal]), (.initiative, [.initiative]),
    ] where Vocabulary.spells(dimension, word) { return entities(kinds, prefix) }
    if Vocabulary.spells(dimension, .source) { return sourceNames }
    if Vocabulary.spells(dimension, .dimension) { return words(Reader.dimensions) }
    if Vocabulary.spells(dimension, .account) { return accountCodes(sign: "@") }
    let roles: [(Word, Attribute.Role)] = [(.label, .label), (.priority, .priority), (.function, .function), (.location, .location), (.affairs, .affairs)]
    for (word, role) in roles where Vocabulary.spells(dimension, word) {
      var seen: [String] = []
      for attribute in checked.plan.attributes where attribute.role == role && !seen.contains(attribute.text) { seen.append(attribute.text) }
      if role == .function { seen += Lowering.functions.map { $0.name[0] } }
      let isName = { (text: String) in text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }
      return seen.map { candidate(isName($0) ? $0 : "\"\($0)\"", "") }
    }
    return []
  }

  private func entities(_ kinds: [EntityKind], _ prefix: Prefix) -> [Completion.Candidate] {
    let plan = checked.plan
    var found: [Completion.Candidate] = []
    for entity in plan.entities.byRank where kinds.contains(plan.entities.kind[entity.index]) && fits(entity, prefix) {
      if found.count >= prefix.limit { break }
      found.append(candidate(speech.handle(entity), note(entity)))
    }
    return found
  }

  /// A part's title, and its money where it has any.
  private func note(_ entity: EntityID) -> String {
    let plan = checked.plan
    let title = plan.entities.title[entity.index] == .none ? "" : speech.title(entity)
    guard plan.entities.kind[entity.index].spends, workingYear >= 0 else { return title }
    var slice = SliceTemplate(document: plan.workingDocument)
    slice.anchors = .entities([entity])
    let sum = Reading(plan: plan, overlay: scenarios.branches[scenarios.current].state.overlay).sum(slice, local: nil, year: workingYear)
    guard !sum.isAbsent, let sen = sum.roundedHalfEven else { return title }
    return title + (title.isEmpty ? "" : "  ") + Figure.shortMoney(sen: sen, options.language)
  }

  /// Where money may come from or go to: departments, and what stands below with its department before it.
  private func places(_ prefix: Prefix) -> [Completion.Candidate] {
    let plan = checked.plan
    var found: [Completion.Candidate] = entities([.department], prefix)
    var department = Entities.none
    var isWanted = false
    let speech = speech
    for entity in plan.entities.byRank where plan.entities.kind[entity.index].spends {
      if plan.entities.kind[entity.index] == .department {
        department = entity
        isWanted = fits(entity, prefix)
        continue
      }
      guard isWanted, plan.entities.name[entity.index] != Entities.unnamed || plan.entities.codeName[entity.index] != Entities.unnamed else { continue }
      if found.count >= prefix.limit { break }
      let title = plan.entities.title[entity.index] == .none ? "" : speech.title(entity)
      found.append(candidate(speech.handle(department) + "." + speech.handle(entity), title))
    }
    return found
  }

  /// Everything declared that has a name going on from a begun word.
  func named(_ prefix: Prefix) -> [Completion.Candidate] {
    let plan = checked.plan
    let speech = speech
    var found: [Completion.Candidate] = []
    func add(_ symbol: Symbol, _ note: @autoclosure () -> String, behind: String = "") {
      if found.count < prefix.limit, names.begins(symbol, with: prefix.bytes) { found.append(candidate(names.text(symbol) + behind, note())) }
    }
    for parameter in plan.parameters { add(parameter.name, say("parameter", "parameter")) }
    for letting in checked.scope.lettings { add(letting.name, say("misal", "let")) }
    for formula in checked.scope.formulas { add(formula.name, say("rumus", "formula"), behind: "(") }
    for branch in scenarios.branches { add(branch.name, branch.title == .none ? "" : speech.words(branch.title)) }
    for rule in plan.rules { add(rule.name, speech.words(rule.title)) }
    func add(_ entity: EntityID) { add(plan.entities.name[entity.index], plan.entities.title[entity.index] == .none ? "" : speech.title(entity)) }
    for indicator in plan.indicators where plan.entities.name[indicator.entity.index] != Entities.unnamed {
      let before = found.count
      add(indicator.entity)
      if found.count > before { found[before].goesOn = true }
    }
    for entity in plan.entities.byRank where plan.entities.name[entity.index] != Entities.unnamed && plan.entities.kind[entity.index] != .indicator {
      if found.count >= prefix.limit { break }
      add(entity)
    }
    return found
  }

  /// What may stand behind `path.`.
  private func members(of path: String, _ prefix: Prefix) -> [Completion.Candidate] {
    let plan = checked.plan
    let last = path.split(separator: ".").last.map(String.init) ?? path
    if Vocabulary.spells(last, .budget) { return plan.documents.indices.map { candidate(speech.document(DocumentID($0)), plan.documents[$0].title[options.language]) } }
    if let symbol = names.known(path), scenarios.index(of: symbol) != nil { return words([.budget, .revenue]) + named(prefix) }
    guard let entity = entities(meant: path).first else { return words([.budget, .title, .code]) }
    if plan.entities.kind[entity.index] == .indicator { return words([.target, .baseline, .projection, .achieved, .realised, .title]) }
    if plan.entities.kind[entity.index] == .initiative {
      return words([.budget, .roadmap, .dimension, .quickWin, .start, .owner, .program, .objective, .indicator, .title])
    }
    if plan.entities.kind[entity.index] == .project { return words([.benefit, .unitCost, .dimension, .title, .label]) }
    let inside = Int(plan.entities.rank[entity.index]) + 1..<Int(plan.entities.lastRank[entity.index]) + 1
    let parts = plan.entities.byRank[inside].lazy.filter { fits($0, prefix) }.filter { plan.entities.name[$0.index] != Entities.unnamed || plan.entities.codeName[$0.index] != Entities.unnamed }
    return parts.prefix(prefix.limit).map { candidate(speech.handle($0), note($0)) } + words([.budget, .realised, .title, .code, .function])
  }

  private func quoted(_ context: LineContext, _ prefix: Prefix) -> [Completion.Candidate] {
    let last = context.words.last?.lowercased() ?? ""
    let opens = [MetaCommand.load, .play].flatMap { $0.row.id + $0.row.en }
    if opens.contains(last) || Vocabulary.spells(last, .load) {
      let folder = context.begun.lastIndex(of: "/").map { String(context.begun[...$0]) } ?? ""
      return host.list(folder).filter { $0.hasSuffix("/") || $0.hasSuffix(".plan") || $0.hasSuffix(".csv") || $0.hasSuffix(".xlsx") }.map { candidate(folder + $0, "") }
    }
    if Vocabulary.spells(last, .use) {
      let packs = Pack.all.map { candidate($0.name, "") }
      return packs + host.list("").filter { $0.hasSuffix(".plan") }.map { candidate($0, "") }
    }
    let plan = checked.plan
    let speech = speech
    let titles = plan.entities.byRank.lazy.filter { plan.entities.title[$0.index] != .none }.map { speech.title($0) }
    return titles.filter { $0.lowercased().utf8.starts(with: prefix.bytes) }.prefix(prefix.limit).map { candidate($0, "") }
  }

  private static let listWords: [Bilingual] = [
    Bilingual("dinas", "departments"), Bilingual("program", "programmes"), Bilingual("kegiatan", "activities"), Bilingual("subkegiatan", "subactivities"),
    Bilingual("indikator", "indicators"), Bilingual("sasaran", "objectives"), Bilingual("proyek", "projects"),
    Bilingual("inisiatif", "initiatives"), Bilingual("aturan", "rules"), Bilingual("skenario", "scenarios"),
    Bilingual("parameter", "parameters"), Bilingual("sumber", "sources"), Bilingual("dokumen", "documents"), Bilingual("perintah", "commands"),
  ]
}

extension Vocabulary {
  /// Whether a spelling may stand for a word.
  static func spells(_ text: String, _ word: Word) -> Bool {
    let row = rows[Int(word.rawValue)]
    let wanted = text.lowercased()
    return row.id.contains { $0.lowercased() == wanted } || row.en.contains { $0.lowercased() == wanted }
  }
}

/// A begun line cut into words and marks, for completion.
struct LineContext {
  /// Everything before the begun word.
  let before: String
  /// The begun word: empty behind a space or a mark.
  let begun: String
  /// Whether the begun word stands inside quotes.
  let isQuoted: Bool
  /// The words and marks of the statement before the begun word.
  private(set) var words: [String] = []
  /// Whether a bracket of a slice is open.
  private(set) var isInSlice = false
  /// The dotted path before the last dot.
  private(set) var path = ""

  init(_ line: String) {
    let statement = line.split(separator: "\n", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    let quotes = statement.count { $0 == "\"" }
    isQuoted = quotes % 2 == 1
    func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
    if isQuoted, let open = statement.lastIndex(of: "\"") {
      begun = String(statement[statement.index(after: open)...])
    } else {
      var start = statement.endIndex
      while start > statement.startIndex, case let prior = statement.index(before: start), isPart(statement[prior]) { start = prior }
      // A code is one word: `@5.1.02`.
      var code = start
      while code > statement.startIndex, case let prior = statement[statement.index(before: code)], prior.isNumber || prior == "." { code = statement.index(before: code) }
      if code > statement.startIndex, statement[statement.index(before: code)] == "@" { start = statement.index(before: code) }
      begun = String(statement[start...])
    }
    before = String(line.dropLast(begun.count))
    var word = ""
    var brackets = 0
    var inText = false
    for character in statement.dropLast(begun.count) {
      if character == "\"" {
        inText.toggle()
        if !inText { words.append("\"\"") }
        continue
      }
      if inText { continue }
      if isPart(character) {
        word.append(character)
        continue
      }
      if !word.isEmpty { words.append(word) }
      word = ""
      if character == "[" { brackets += 1 }
      if character == "]" { brackets = max(0, brackets - 1) }
      if character != " ", character != "\t" { words.append(String(character)) }
      if character == "{" || character == "}" || character == ";" && brackets == 0 { words.removeAll() }
    }
    if !word.isEmpty { words.append(word) }
    isInSlice = brackets > 0
    if words.last == "." {
      var at = words.count - 1
      while at > 0, words[at] == "." { at -= 2 }
      path = at + 1 < words.count - 1 ? words[(at + 1)..<(words.count - 1)].joined() : ""
    }
  }

  /// Marks between the first word and the end: a command of the session has none.
  var marksBehindFirst: Int { words.dropFirst().count { $0.count == 1 && !($0.first?.isLetter ?? false) && !($0.first?.isNumber ?? false) } }

  /// Whether the statement is an edit that moves money.
  var isEdit: Bool {
    guard let first = words.first else { return false }
    return [Word.shift, .cut, .add, .postpone, .lock, .unlock, .set].contains { Vocabulary.spells(first, $0) }
  }

  /// Whether a value stands right before, so that only a word may follow.
  var endsValue: Bool {
    guard let last = words.last, let first = last.first else { return false }
    return last == "]" || last == ")" || last == "\"\"" || first.isNumber
  }
}
