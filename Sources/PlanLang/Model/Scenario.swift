/// The cells an edit takes from or gives to: a slice of the cube. One object, so that an edit handed on copies nothing.
public final class Selection: Sendable {
  /// The slice; its years are given by the edit.
  public let slice: SliceTemplate
  /// Where it stands.
  public let site: Site
  /// A slice as it was written somewhere.
  public init(slice: SliceTemplate, site: Site) {
    self.slice = slice
    self.site = site
  }
}

/// How much an edit moves.
public enum Amount: Sendable {
  /// All there is.
  case all
  /// An amount of money: a formula of rupiah (sen, rounded half-even once).
  case money(FormulaID)
  /// A share of what there is: a formula of a percentage.
  case share(FormulaID)
}

/// What an edit does.
public enum EditKind: Sendable {
  /// geser: from A's cells to B's.
  case shift(Amount, from: Selection, to: Selection)
  /// potong: from A to the pool.
  case cut(Amount, from: Selection)
  /// tambah: from the pool to B.
  case add(Amount, to: Selection)
  /// tunda: the same leaf, a later year.
  case postpone(Amount, from: Selection, toYear: Int)
  /// tetapkan: a declared figure changed.
  case set(SettableTarget, FormulaID)
  /// ubah pendapatan: revenue or financing of a source up or down, by amount or share.
  case change(Ledger, source: SourceID, Amount, isDown: Bool)
  /// kunci.
  case lock([Selection])
  /// buka.
  case unlock([Selection])
}

/// Whose figure an edit means.
public enum Bearer: Sendable {
  /// An entity.
  case entity(EntityID)
  /// The member that `untuk` binds to a local of the formulas inside.
  case local(Int)

  /// The entity it is where locals are bound.
  func entity(_ locals: [EntityID]) -> EntityID {
    switch self {
    case .entity(let entity): entity
    case .local(let at): locals.indices.contains(at) ? locals[at] : Entities.none
    }
  }
}

/// A declared figure that `tetapkan` may change.
public enum SettableTarget: Sendable {
  /// An indicator's target in a year.
  case target(Bearer, year: Int)
  /// An indicator's end-of-period target: needs a Perubahan RPJMD.
  case finalTarget(Bearer)
  /// An indicator's projection in a year.
  case projection(Bearer, year: Int)
  /// An indicator's baseline.
  case baseline(Bearer)
  /// A parameter.
  case parameter(ParameterID)
  /// The money of a slice in a year, as a difference to the pool.
  case budget(SliceTemplate, year: Int)
}

/// One edit of a scenario. One object, so that a step handed on copies nothing.
public final class Edit: Sendable {
  /// The same as a plain shift, where it is one. It lies in front, with what a shift is noted with.
  let plain: PlainShift?
  /// Why (karena), or none.
  public let reason: Site
  /// Where it stands.
  public let site: Site
  /// What it does.
  public let kind: EditKind
  /// The years it is for, as indices of the period; empty for edits without a year.
  public let years: [Int]
  /// Whether the amount is spread equally (merata) instead of in proportion.
  public let isEqual: Bool

  /// An edit as it was written somewhere.
  public init(kind: EditKind, years: [Int], isEqual: Bool, reason: Site, site: Site) {
    self.kind = kind
    self.years = years
    self.isEqual = isEqual
    self.reason = reason
    self.site = site
    plain = PlainShift(kind, years)
  }
}

/// What most edits are: an amount of money from one whole entity to another in one year of one document.
struct PlainShift: Sendable {
  var amount: FormulaID
  var from: EntityID
  var to: EntityID
  var document: DocumentID
  var year: Int

  /// An edit as a plain shift; nil where it is more or less than that.
  init?(_ kind: EditKind, _ years: [Int]) {
    guard case .shift(.money(let amount), let from, let to) = kind, years.count == 1, years[0] >= 0,
      from.slice.document == to.slice.document, let giver = Self.entity(from.slice), let taker = Self.entity(to.slice)
    else { return nil }
    self.amount = amount
    self.from = giver
    self.to = taker
    document = from.slice.document
    year = years[0]
  }

  /// The one entity all of whose spending a slice asks for.
  private static func entity(_ slice: SliceTemplate) -> EntityID? {
    guard slice.ledger == .spending, slice.accounts.isEmpty, slice.sources.isEmpty,
      case .entities(let entities) = slice.anchors, entities.count == 1
    else { return nil }
    return entities[0]
  }
}

/// A step of a scenario's script; depth is bounded by the parser.
public enum Step: Sendable {
  /// An edit.
  case edit(Edit)
  /// `untuk p dalam set jika c { steps }`: the member is bound to a local of the formulas inside.
  indirect case forEach(local: Int, MemberSet, [Step])
  /// `jika c { } lain { }`.
  indirect case choice(FormulaID, then: [Step], otherwise: [Step])
}

/// A scenario as declared: a parent and edits.
public struct ScenarioScript: Sendable {
  /// Its name.
  public var name: Symbol
  /// Its title, or none.
  public var title: Site
  /// The parent's name, or nil for the root.
  public var parent: Symbol?
  /// Its date as yyyymmdd, or 0.
  public var date: Int
  /// The urgent ground (kondisi tertentu), or none.
  public var urgentGround: Site
  /// Its steps, and where each stands.
  public var steps: [Step]
  /// Where each step stands, in the same order.
  public var stepSites: [Site] = []
  /// Where it stands.
  public var site: Site
}
