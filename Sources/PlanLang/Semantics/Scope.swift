/// What a name stands for.
enum Referent: Sendable, Hashable {
  case source(SourceID)
  case document(DocumentID)
  case parameter(ParameterID)
  /// A `misal`: its statement's row in `Scope.lettings`.
  case letting(Int)
  /// A `rumus`: its row in `Scope.formulas`.
  case formula(Int)
  case scenario
  case scale(ScaleID)
  case grade(ScaleID, Int)
  case rule(RuleID)
}

/// Where a `misal` or `rumus` is written: compiled where it is used.
struct Definition: Sendable {
  var name: Symbol
  var tree: Int
  var parameters: [Symbol]
  var body: NodeID
  var site: Site
}

/// Names, codes and dotted paths of a plan: who is meant, or why it cannot be told.
struct Scope: Sendable {
  /// Referents by symbol, in order of declaration.
  private var referents: [Symbol: [Referent]] = [:]
  /// The first entity of each name or code (by symbol), and the next of the same, as row + 1.
  private var firstNamed: [UInt32] = []
  private var nextNamed: [UInt32] = []
  private var firstCoded: [UInt32] = []
  private var nextCoded: [UInt32] = []
  /// All `misal`.
  var lettings: [Definition] = []
  /// All `rumus`.
  var formulas: [Definition] = []
  /// Whether declarations are missing because a file could not be loaded: unknown names then follow from that.
  var isPartial = false
  /// Where things were declared, for messages about duplicates.
  var sites: [Symbol: Site] = [:]

  /// What a name stands for besides entities.
  func meanings(of symbol: Symbol) -> [Referent] { referents[symbol] ?? [] }

  /// Adds a meaning.
  mutating func declare(_ symbol: Symbol, _ referent: Referent, at site: Site) {
    referents[symbol, default: []].append(referent)
    if sites[symbol] == nil { sites[symbol] = site }
  }

  /// Makes an entity findable by its name and code.
  mutating func add(_ entity: EntityID, name: Symbol, codeName: Symbol) {
    while nextNamed.count <= entity.index { nextNamed.append(0) }
    while nextCoded.count <= entity.index { nextCoded.append(0) }
    if name != Entities.unnamed {
      while firstNamed.count <= name.index { firstNamed.append(0) }
      nextNamed[entity.index] = firstNamed[name.index]
      firstNamed[name.index] = entity.raw + 1
    }
    if codeName != Entities.unnamed {
      while firstCoded.count <= codeName.index { firstCoded.append(0) }
      nextCoded[entity.index] = firstCoded[codeName.index]
      firstCoded[codeName.index] = entity.raw + 1
    }
  }

  /// A child of `parent` that has this name or this code, or nil. Children stand behind their parent, so the walk
  /// from the newest backwards ends at the parent.
  func sibling(named name: Symbol, coded code: Symbol, of parent: EntityID, _ parents: [EntityID]) -> EntityID? {
    let first = parent == Entities.none ? 0 : parent.raw + 1
    var at = name != Entities.unnamed && name.index < firstNamed.count ? firstNamed[name.index] : 0
    while at > first {
      if parents[Int(at - 1)] == parent { return EntityID(raw: at - 1) }
      at = nextNamed[Int(at - 1)]
    }
    at = code != Entities.unnamed && code.index < firstCoded.count ? firstCoded[code.index] : 0
    while at > first {
      if parents[Int(at - 1)] == parent { return EntityID(raw: at - 1) }
      at = nextCoded[Int(at - 1)]
    }
    return nil
  }

  /// The entities of a name, in order of declaration.
  func entities(named symbol: Symbol) -> [EntityID] {
    guard symbol.index < firstNamed.count else { return [] }
    return chain(firstNamed[symbol.index], nextNamed)
  }

  /// The entities of a canonical code, in order of declaration.
  func entities(coded symbol: Symbol) -> [EntityID] {
    guard symbol.index < firstCoded.count else { return [] }
    return chain(firstCoded[symbol.index], nextCoded)
  }

  private func chain(_ first: UInt32, _ next: [UInt32]) -> [EntityID] {
    var found: [EntityID] = []
    var at = first
    while at != 0 {
      found.append(EntityID(raw: at - 1))
      at = next[Int(at - 1)]
    }
    return found.reversed()
  }

  /// Whether a name is declared at all.
  func isKnown(_ symbol: Symbol) -> Bool {
    referents[symbol] != nil || symbol.index < firstNamed.count && firstNamed[symbol.index] != 0
  }

  /// All declared names, for near misses.
  func allNames(_ names: Names) -> [String] {
    var found: [String] = []
    for index in firstNamed.indices where firstNamed[index] != 0 { found.append(names.text(Symbol(index))) }
    for symbol in sites.keys.sorted() { found.append(names.text(symbol)) }
    return found
  }
}
