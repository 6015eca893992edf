/// Transfers as statements of the language.
struct MoveWriter {
  let speech: Speech
  let scope: Scope
  /// How many that spend have a name, and how many a code, by symbol.
  private var named: [UInt32] = []
  private var coded: [UInt32] = []

  init(speech: Speech, scope: Scope) {
    (self.speech, self.scope) = (speech, scope)
    let entities = speech.plan.entities
    func count(_ symbol: Symbol, _ counts: inout [UInt32]) {
      guard symbol != Entities.unnamed else { return }
      if symbol.index >= counts.count { counts += repeatElement(0, count: max(symbol.index + 1 - counts.count, counts.count)) }
      counts[symbol.index] += 1
    }
    for entity in entities.byRank where entities.kind[entity.index].spends {
      count(entities.name[entity.index], &named)
      count(entities.codeName[entity.index], &coded)
    }
  }

  /// `geser`, `potong` and `tambah`, one a transfer; transfers of one pair of places come as one.
  func statements(_ transfers: [Transfer]) -> [String] {
    struct Ends: Hashable {
      var from, to: ExtraCell?
    }
    var merged: [Transfer] = []
    var known: [Ends: Int] = [:]
    for one in transfers where one.sen > 0 {
      let ends = Ends(from: one.from, to: one.to)
      if let at = known[ends] {
        merged[at].sen += one.sen
      } else {
        known[ends] = merged.count
        merged.append(one)
      }
    }
    return merged.map { Self.broken(statement($0)) }
  }

  /// Columns a statement may have: a page less where answers indent.
  private static let width = 98

  /// A statement too long for the page, broken inside brackets as `fmt` leaves it.
  private static func broken(_ statement: String) -> String {
    var lines: [String] = []
    var line = ""
    // Where the line may break: behind an opening bracket, or behind a comma inside brackets.
    var place: String.Index?
    var depth = 0
    for letter in statement {
      line.append(letter)
      if letter == "[" || letter == "(" { depth += 1 } else if letter == "]" || letter == ")" { depth -= 1 }
      if let at = place, TextWidth.of(line) > width {
        lines.append(String(line[..<at]))
        line = "  " + line[at...].drop { $0 == " " }
        place = nil
      }
      if letter == "[" || letter == "," && depth > 0 { place = line.endIndex }
    }
    return (lines + [line]).joined(separator: "\n")
  }

  private func word(_ word: Word) -> String { Vocabulary.spelling(word, speech.language) }

  private func statement(_ one: Transfer) -> String {
    let amount = Figure.money(sen: one.sen)
    let year = (one.from ?? one.to).map { speech.plan.firstYear + $0.year } ?? 0
    let end = "\(word(.inYear)) \(year)"
    switch (one.from, one.to) {
    case (let from?, let to?):
      return "\(word(.shift)) \(amount) \(word(.from)) \(place(from, withSource: true)) \(word(.to)) \(place(to, withSource: false)) \(end)"
    case (let from?, nil): return "\(word(.cut)) \(amount) \(word(.from)) \(place(from, withSource: true)) \(end)"
    case (nil, let to?): return "\(word(.add)) \(amount) \(word(.to)) \(place(to, withSource: true)) \(end)"
    case (nil, nil): return ""
    }
  }

  /// A cell's place: its leaf alone where that has one cell, else the slice that is the cell.
  private func place(_ cell: ExtraCell, withSource: Bool) -> String {
    let plan = speech.plan
    let rank = plan.entities.rank[cell.leaf.index]
    let range = plan.cube.run(in: plan.cube.block(.spending, cell.document, cell.year), rank, plan.entities.lastRank[cell.leaf.index])
    let accounts = Set(range.map { plan.cube.account[$0] })
    let sources = Set(range.map { plan.cube.source[$0] })
    var terms: [String] = []
    if cell.account.raw != 0, accounts.count > 1 { terms.append("\(word(.account)) = @\(speech.name(plan.accounts.codeName[cell.account.index]))") }
    if withSource, cell.source.raw != 0, sources.count > 1 || !sources.contains(cell.source) { terms.append("\(word(.source)) = \(source(cell.source))") }
    let name = reference(cell.leaf)
    return terms.isEmpty ? name : "\(name).\(word(.budget))[\(terms.joined(separator: ", "))]"
  }

  private func source(_ source: SourceID) -> String {
    let symbol = speech.plan.sources.name[source.index]
    return symbol == Entities.unnamed ? "@" + speech.name(speech.plan.sources.codeName[source.index]) : speech.name(symbol)
  }

  /// The shortest path that means an entity and no other.
  func reference(_ entity: EntityID) -> String {
    let entities = speech.plan.entities
    var chain: [EntityID] = []
    var at = entity
    while at != Entities.none {
      chain.append(at)
      at = entities.parent[at.index]
    }
    let own = speech.handle(entity)
    let (name, code) = (entities.name[entity.index], entities.codeName[entity.index])
    // Those called alike: by name, without one by code, without both by what is said instead.
    func those(_ isAlike: (EntityID) -> Bool) -> [EntityID] { entities.byRank.filter { entities.kind[$0.index].spends && isAlike($0) } }
    func isShared(_ symbol: Symbol, _ counts: [UInt32]) -> Bool {
      counts.indices.contains(symbol.index) && counts[symbol.index] > (entities.kind[entity.index].spends ? 1 : 0)
    }
    let namesakes: [EntityID]
    if name != Entities.unnamed {
      namesakes = isShared(name, named) ? those { entities.name[$0.index] == name } : []
    } else if code != Entities.unnamed {
      namesakes = isShared(code, coded) ? those { entities.codeName[$0.index] == code } : []
    } else {
      namesakes = those { speech.handle($0) == own }
    }
    func isAlone(below outer: EntityID?) -> Bool {
      !namesakes.contains { other in other != entity && (outer.map { entities.contains($0, other) } ?? true) }
    }
    if isAlone(below: nil), name == Entities.unnamed || scope.meanings(of: name).isEmpty { return own }
    if let department = entities.ancestor(.department, of: entity), department != entity, isAlone(below: department) {
      return "\(speech.handle(department)).\(own)"
    }
    return chain.reversed().map { speech.handle($0) }.joined(separator: ".")
  }
}
