/// What a declared thing is.
public enum EntityKind: UInt8, Sendable, CaseIterable {
  /// The goal tree, from the vision (visi) down to the indicator.
  case vision, mission, goal, objective, indicator
  /// A project (proyek) that may be chosen or not; its money stands in no document.
  case project
  /// An initiative (inisiatif) of a masterplan: a layer over the spending tree.
  case initiative
  /// The spending tree, from the department (perangkat daerah) down to the item line (uraian).
  case department, workUnit, program, activity, subactivity, item

  /// Whether it belongs to the spending tree and may hold money.
  public var spends: Bool { rawValue >= EntityKind.department.rawValue }
}

/// The form of a department, as its keyword says.
public enum DepartmentForm: UInt8, Sendable {
  case department, office, board, district, secretariat, hospital
}

/// The columns of all entities of both trees; an `EntityID` is a row.
public struct Entities: Sendable {
  /// Row number standing for "no entity".
  public static let none = EntityID(raw: .max)

  /// What it is.
  public var kind: [EntityKind] = []
  /// Its parent in its tree, or `none`.
  public var parent: [EntityID] = []
  /// Its name, or `Entities.unnamed`.
  public var name: [Symbol] = []
  /// Its title with its quotes, or `Site.none`; for a CSV row the cell.
  public var title: [Site] = []
  /// Its code as written, or `Site.none`.
  public var code: [Site] = []
  /// Its code in canonical form (see `Code`), interned; or `unnamed`.
  public var codeName: [Symbol] = []
  /// Where it is declared: the name or, without one, the code.
  public var site: [Site] = []
  /// The form of a department.
  public var form: [DepartmentForm] = []
  /// Its place in a walk of its tree, parents first, in order of declaration.
  public var rank: [UInt32] = []
  /// The highest rank below it; its own rank when nothing stands below.
  public var lastRank: [UInt32] = []
  /// The entity at each rank.
  public var byRank: [EntityID] = []

  /// The symbol of an entity without a name.
  public static let unnamed = Symbol(raw: .max)

  /// An empty table.
  public init() {}

  /// How many entities there are.
  public var count: Int { kind.count }

  /// Whether `inner` is `outer` or stands below it.
  public func contains(_ outer: EntityID, _ inner: EntityID) -> Bool {
    let at = rank[inner.index]
    return at >= rank[outer.index] && at <= lastRank[outer.index]
  }

  /// The nearest entity of a kind at or above an entity, or nil.
  public func ancestor(_ kind: EntityKind, of entity: EntityID) -> EntityID? {
    var at = entity
    while at != Self.none {
      if self.kind[at.index] == kind { return at }
      at = parent[at.index]
    }
    return nil
  }

  /// Makes room for so many rows.
  mutating func reserve(_ rows: Int) {
    kind.reserveCapacity(rows)
    parent.reserveCapacity(rows)
    name.reserveCapacity(rows)
    title.reserveCapacity(rows)
    code.reserveCapacity(rows)
    codeName.reserveCapacity(rows)
    site.reserveCapacity(rows)
    form.reserveCapacity(rows)
  }

  /// Adds a row; ranks are given by `rankAll`.
  mutating func append(
    _ kind: EntityKind, parent: EntityID, name: Symbol, title: Site, code: Site, codeName: Symbol, site: Site,
    form: DepartmentForm = .department
  ) -> EntityID {
    let id = EntityID(count)
    self.kind.append(kind)
    self.parent.append(parent)
    self.name.append(name)
    self.title.append(title)
    self.code.append(code)
    self.codeName.append(codeName)
    self.site.append(site)
    self.form.append(form)
    return id
  }

  /// Ranks all entities in a walk, parents first, children in order of declaration. Linear in their number.
  mutating func rankAll() {
    let n = count
    var size = [UInt32](repeating: 1, count: n)
    // Parents are always declared before their children: one sweep from the end gives sizes.
    for i in stride(from: n - 1, through: 0, by: -1) where parent[i] != Self.none {
      size[parent[i].index] += size[i]
    }
    rank = [UInt32](repeating: 0, count: n)
    lastRank = rank
    byRank = [EntityID](repeating: EntityID(raw: 0), count: n)
    var nextInside = [UInt32](repeating: 0, count: n)
    var nextRoot: UInt32 = 0
    for i in 0..<n {
      let at: UInt32
      if parent[i] == Self.none {
        at = nextRoot
        nextRoot += size[i]
      } else {
        at = nextInside[parent[i].index]
        nextInside[parent[i].index] += size[i]
      }
      rank[i] = at
      lastRank[i] = at + size[i] - 1
      nextInside[i] = at + 1
      byRank[Int(at)] = EntityID(i)
    }
  }
}
