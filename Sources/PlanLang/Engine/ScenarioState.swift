/// What one edit moved in one year: pairs of cells, each with its sen; no `from` for money from the pool, no `to` for
/// money to it.
public struct Movement: Sendable {
  /// One stream of money.
  public struct Stream: Sendable {
    /// Where it came from; nil for the pool.
    public var from: ExtraCell?
    /// Where it went; nil for the pool.
    public var to: ExtraCell?
    /// How much, in sen.
    public var sen: Int64
  }
  /// One stream lies in the movement itself: most have no more, and none of them costs a list.
  private enum Held {
    case one(Stream)
    case many([Stream])
  }
  private var held: Held
  /// The streams.
  public var streams: [Stream] {
    switch held {
    case .one(let stream): [stream]
    case .many(let streams): streams
    }
  }
  /// The row of the instrument table (domain 4.1) the movement needs; 0 for changes of revenue and figures.
  public var row: Int
  /// The document moved in.
  public var document: DocumentID
  /// Why (karena), or none.
  public var reason: Site
  /// Where the edit stands.
  public var site: Site
  /// A declared figure that was changed, with its old and new value.
  public var figure: (key: FigureKey, before: Number, after: Number)? { changed.map { ($0.key, $0.before, $0.after) } }
  private var changed: ChangedFigure?

  /// What an edit moved in streams.
  init(streams: [Stream], row: Int, document: DocumentID, reason: Site, site: Site) {
    held = streams.count == 1 ? .one(streams[0]) : .many(streams)
    self.row = row
    self.document = document
    self.reason = reason
    self.site = site
  }

  /// What an edit moved in one stream.
  init(_ stream: Stream, row: Int, document: DocumentID, reason: Site, site: Site) {
    held = .one(stream)
    self.row = row
    self.document = document
    self.reason = reason
    self.site = site
  }

  /// A declared figure changed.
  init(_ key: FigureKey, from before: Number, to after: Number, document: DocumentID, reason: Site, site: Site) {
    self.init(streams: [], row: 0, document: document, reason: reason, site: site)
    changed = ChangedFigure(key: key, before: before, after: after)
  }
}

/// A figure's change, apart from the movement: few movements have one.
private final class ChangedFigure: Sendable {
  let key: FigureKey
  let before: Number
  let after: Number
  init(key: FigureKey, before: Number, after: Number) {
    self.key = key
    self.before = before
    self.after = after
  }
}

/// A plan as all states that depart from it hold it: one reference, however many columns it has.
///
/// Its columns are read where they lie; a plan handed on whole from here is copied, reference by reference.
final class SharedPlan: Sendable {
  let plan: Plan
  init(_ plan: Plan) { self.plan = plan }
}

/// A scenario's values: the plan and what departs from it. A copy costs a few retains; an edit works on a copy.
public struct ScenarioState: Sendable {
  private(set) var shared: SharedPlan
  /// The plan it departs from.
  public internal(set) var plan: Plan {
    _read { yield shared.plan }
    set { shared = SharedPlan(newValue) }
  }
  /// The departure.
  public internal(set) var overlay = Overlay()
  /// What was moved, in order.
  public internal(set) var movements: [Movement] = []
  /// Slices nothing may be taken from or given to, with their years (all when empty).
  var locks: [(slice: SliceTemplate, years: [Int], isLocked: Bool, site: Site)] = []

  /// The rows of `plan.attributes` that state a contract.
  private(set) var contracts: [Int32] = []

  /// The root: the plan itself.
  public init(_ plan: Plan) {
    shared = SharedPlan(plan)
    for (row, attribute) in plan.attributes.enumerated() where attribute.role == .contract {
      contracts.append(Int32(truncatingIfNeeded: row))
    }
  }

  /// Applies a step whole or not at all: on an error the state is as before.
  public mutating func apply(_ step: Step, _ context: EditContext) throws(Halt) {
    let mark = overlay.mark()
    if case .edit(let edit) = step {
      do throws(Halt) {
        if try shiftShortly(edit, context) { return }
      } catch {
        overlay.rollBack(to: mark)
        throw error
      }
    }
    let (moved, locked) = (movements.count, locks.count)
    var runner = EditRunner(state: consume self, context: context)
    do throws(Halt) {
      try runner.run(step, locals: [])
      self = runner.released()
    } catch {
      self = runner.released()
      overlay.rollBack(to: mark)
      movements.removeLast(movements.count - moved)
      locks.removeLast(locks.count - locked)
      throw error
    }
  }

  /// Whether anything was ever locked.
  var hasLocks: Bool { !locks.isEmpty }

  /// Whether a place is locked in a year: the last lock or unlock that holds it counts.
  func isLocked(_ place: ExtraCell) -> Bool {
    if locks.isEmpty { return false }
    for lock in locks.reversed() {
      guard lock.slice.ledger == place.ledger, lock.slice.document == place.document, lock.years.isEmpty || lock.years.contains(place.year),
        plan.contains(lock.slice, nil, place.leaf), plan.holds(lock.slice, place.account, place.source)
      else { continue }
      return lock.isLocked
    }
    return false
  }

  // MARK: The pool

  /// The pool of a year (an index of the period), by source: where revenue is declared, what revenue and financing
  /// leave unspent in the working document; else what edits left. Only sources with something to tell, in order.
  public func pool(_ year: Int) -> [(source: SourceID, sen: Int64)] {
    let count = plan.sources.count
    guard plan.unspent.count >= (year + 1) * count else { return [] }
    var sums = Array(plan.unspent[(year * count)..<((year + 1) * count)])
    for (i, place) in overlay.places.enumerated() {
      guard place.document == plan.workingDocument, place.year == year else { continue }
      let sign: Int64 = place.ledger == .revenue || place.ledger == .receipt ? 1 : -1
      sums[plan.rootSource(place.source).index] &+= sign &* overlay.differences[i]
    }
    return sums.indices.filter { sums[$0] != 0 }.map { (SourceID($0), sums[$0]) }
  }
}

/// What edits need besides the state: the other scenarios and the bounds.
public struct EditContext: Sendable {
  /// Overlays of other scenarios, by name.
  public var others: [Symbol: Overlay]
  /// Bounds of the formulas.
  public var limits: EngineLimits
  /// Whether the user asked to stop.
  public var isInterrupted: @Sendable () -> Bool
  /// How an entity is called in messages.
  public var describe: @Sendable (EntityID, Opcode) -> String
  /// A context.
  public init(
    others: [Symbol: Overlay] = [:], limits: EngineLimits = EngineLimits(), isInterrupted: @escaping @Sendable () -> Bool = { false },
    describe: @escaping @Sendable (EntityID, Opcode) -> String = { _, _ in "" }
  ) {
    self.others = others
    self.limits = limits
    self.isInterrupted = isInterrupted
    self.describe = describe
  }
}
