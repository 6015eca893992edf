/// The six dimensions of a smart city.
public enum Dimension: UInt8, Sendable, CaseIterable {
  case governance, branding, economy, living, society, environment

  /// Its name as it is written.
  public var name: Bilingual {
    switch self {
    case .governance: Bilingual("tata_kelola", "governance")
    case .branding: Bilingual("branding", "branding")
    case .economy: Bilingual("ekonomi", "economy")
    case .living: Bilingual("kehidupan", "living")
    case .society: Bilingual("masyarakat", "society")
    case .environment: Bilingual("lingkungan", "environment")
    }
  }

  /// The dimension a name means in either language, or nil.
  static func named(_ text: String) -> Dimension? {
    allCases.first { $0.name.id == text.lowercased() || $0.name.en == text.lowercased() }
  }
}

/// An initiative (inisiatif) of a smart city masterplan: a layer over the spending tree, which has the money.
public struct Initiative: Sendable {
  /// Its row among the entities.
  public var entity: EntityID
  /// Its dimension, where stated.
  public var dimension: Dimension?
  /// Whether it is a quick win (program percepatan).
  public var isQuickWin = false
  /// The department that answers for it (penanggung jawab), or none.
  public var owner = Entities.none
  /// The parts of the spending tree it goes through (melalui); none stands below another.
  public var parts: [EntityID] = []
  /// The indicators it moves (mendorong).
  public var moves: [EntityID] = []
  /// An initiative of which nothing is stated yet.
  public init(entity: EntityID) { self.entity = entity }
}

/// What an expression may ask of an initiative.
public enum InitiativeFigure: Int32, Sendable { case dimension, isQuickWin, owner, firstYear }

extension Plan {
  /// The document of the roadmap (peta jalan): its money stands on the initiatives themselves.
  public static let roadmap = DocumentID(raw: 4)

  /// The row of the initiative an entity is, or nil.
  public func initiative(_ entity: EntityID) -> Int? {
    guard !initiatives.isEmpty, entities.kind.indices.contains(entity.index), entities.kind[entity.index] == .initiative
    else { return nil }
    // They stand in order of declaration.
    var (low, high) = (0, initiatives.count)
    while low < high {
      let middle = (low + high) / 2
      if initiatives[middle].entity < entity { low = middle + 1 } else { high = middle }
    }
    return low < initiatives.count && initiatives[low].entity == entity ? low : nil
  }

  /// The parts that have an initiative's money; nil for other entities.
  public func ground(_ entity: EntityID) -> [EntityID]? { initiative(entity).map { initiatives[$0].parts } }

  /// A set without repeats and without entities below others of it, in order of declaration.
  func disjoint(_ set: [EntityID]) -> [EntityID] {
    let unique = Set(set)
    return unique.sorted().filter { entity in
      var at = entities.parent[entity.index]
      while at != Entities.none {
        if unique.contains(at) { return false }
        at = entities.parent[at.index]
      }
      return true
    }
  }

  /// A slice of an initiative's money as a slice of its parts'; nil where nothing has to be put in place. The money of
  /// the roadmap stands on the initiative.
  func grounded(_ slice: SliceTemplate, _ local: EntityID?) -> SliceTemplate? {
    guard !initiatives.isEmpty, slice.document != Self.roadmap, case .local = slice.anchors, let local,
      let parts = ground(local)
    else { return nil }
    var made = slice
    made.within = nil
    made.anchors = .entities(
      parts.flatMap { part -> [EntityID] in
        guard let within = slice.within else { return [part] }
        if within.contains(where: { entities.contains($0, part) }) { return [part] }
        return within.filter { entities.contains(part, $0) }
      })
    return made
  }

  /// The initiatives that have to do with an entity: that go through it, what lies below it or above it, or are
  /// answered for by it; that move an indicator which it is or which stands below it.
  public func initiatives(of entity: EntityID) -> [EntityID] {
    if initiatives.isEmpty { return [] }
    func touches(_ one: EntityID) -> Bool { entities.contains(one, entity) || entities.contains(entity, one) }
    let spends = entities.kind[entity.index].spends
    return initiatives.filter { one in
      if one.entity == entity { return true }
      if spends { return one.owner == entity || one.parts.contains(where: touches) }
      return one.moves.contains { entities.contains(entity, $0) } || entities.contains(one.entity, entity)
    }.map(\.entity)
  }

  /// The indicators of an initiative: those it moves and those declared in it.
  public func indicators(ofInitiative row: Int) -> [EntityID] {
    let one = initiatives[row]
    return one.moves + indicators.map(\.entity).filter { entities.contains(one.entity, $0) && !one.moves.contains($0) }
  }

  /// The objectives that the parts of an initiative support or drive, what lies below and above them among them.
  public func objectives(ofInitiative row: Int) -> Set<EntityID> {
    var found: Set<EntityID> = []
    func follow(_ low: UInt32, _ high: UInt32) {
      for tie in ties(tiesFrom, low, high) {
        if let goal = entities.ancestor(.objective, of: tie.other) { found.insert(goal) }
      }
    }
    for part in initiatives[row].parts {
      follow(entities.rank[part.index], entities.lastRank[part.index])
      var above = entities.parent[part.index]
      while above != Entities.none {
        follow(entities.rank[above.index], entities.rank[above.index])
        above = entities.parent[above.index]
      }
    }
    return found
  }

  /// The department that answers for an indicator: the one stated, else the one it stands in.
  public func owner(ofIndicator row: Int) -> EntityID? {
    let stated = indicators[row].owner
    return stated != Entities.none ? stated : entities.ancestor(.department, of: indicators[row].entity)
  }

  /// The first year (an index of the period) in which an initiative's roadmap has money, or nil.
  public func firstYear(ofInitiative row: Int) -> Int? {
    let rank = entities.rank[initiatives[row].entity.index]
    return (0..<yearCount).first { year in
      let cells = cube.run(in: cube.block(.spending, Self.roadmap, year), rank, rank)
      return cells.contains { cube.amount[$0] != 0 }
    }
  }
}
