/// How grave a diagnostic is.
public enum Severity: UInt8, Sendable, Comparable {
  /// Worth knowing; nothing is wrong.
  case note
  /// Suspicious: a lint or a finding in imported data.
  case warning
  /// The statement cannot be used.
  case error

  /// Graver is greater.
  public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// A place in the source with what stands there, for the underlines of an excerpt.
public struct Label: Sendable {
  /// The place.
  public var site: Site
  /// What stands there; nil for a bare underline.
  public var text: Bilingual?
  /// A label.
  public init(_ site: Site, _ text: Bilingual? = nil) {
    self.site = site
    self.text = text
  }
}

/// What can go wrong on one floor: an enum whose `message` is an exhaustive switch, so that the compiler refuses a
/// message that lacks a language or a case.
public protocol Problem: Sendable {
  /// The code, as `P0203`.
  var code: String { get }
  /// How grave.
  var severity: Severity { get }
  /// What is wrong, in one sentence without its place.
  var message: Bilingual { get }
  /// How to mend it, or nil.
  var help: Bilingual? { get }
}

/// One complaint: what, where, why, and how to mend it.
public struct Diagnostic: Sendable {
  /// The code, as `P0203`; its page is printed by `planrepl explain`.
  public let code: String
  /// How grave.
  public let severity: Severity
  /// What is wrong.
  public let message: Bilingual
  /// The places involved, the principal one first.
  public let labels: [Label]
  /// How to mend it.
  public let help: Bilingual?

  /// A complaint from a problem and its places.
  public init(_ problem: some Problem, _ labels: Label...) {
    self.init(problem, labels: labels)
  }
  /// A complaint from a problem and a list of places.
  public init(_ problem: some Problem, labels: [Label]) {
    code = problem.code
    severity = problem.severity
    message = problem.message
    help = problem.help
    self.labels = labels
  }
  /// A complaint from a problem at one place.
  public init(_ problem: some Problem, at site: Site) {
    self.init(problem, labels: [Label(site)])
  }

  private init(_ other: Diagnostic, _ labels: [Label]) {
    code = other.code
    severity = other.severity
    message = other.message
    help = other.help
    self.labels = labels
  }

  /// The same complaint at another place: where what was read elsewhere was asked for.
  public func moved(to site: Site) -> Diagnostic { Diagnostic(self, [Label(site)]) }

  /// The principal place.
  public var site: Site { labels.first?.site ?? .none }
  fileprivate var place: UInt32 { site == .none ? .max : site.start }
}

/// The ordered, bounded list of complaints of one run.
public struct DiagnosticList: Sendable {
  /// How many complaints are kept; the rest are counted.
  public static let limit = 100
  /// The complaints kept, in the order found.
  public private(set) var all: [Diagnostic] = []
  /// How many more there were.
  public private(set) var dropped = 0
  /// How many errors there were, kept or not.
  public private(set) var errorCount = 0

  /// An empty list.
  public init() {}
  /// Adds a complaint; one that was already made at the same place is counted but not listed again.
  public mutating func add(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { errorCount += 1 }
    let isKnown =
      diagnostic.site != .none
      && all.contains { known in
        known.code == diagnostic.code && known.site == diagnostic.site && known.message == diagnostic.message
      }
    if isKnown { return }
    if all.count < Self.limit { all.append(diagnostic) } else { dropped += 1 }
  }
  /// The spelling nearest to a word that a complaint is about; not sought once complaints are only counted, so that a
  /// long text full of mistakes takes no longer than its reading.
  func nearest<Spellings: Sequence<String>>(to word: String, among known: @autoclosure () -> Spellings) -> String? {
    all.count < Self.limit ? NearMiss.nearest(to: word, among: known()) : nil
  }
  /// Counts an error that only follows from one already listed.
  public mutating func follow() { errorCount += 1 }
  /// Adds a problem at one place.
  public mutating func add(_ problem: some Problem, at site: Site) { add(Diagnostic(problem, at: site)) }
  /// Adds all of a later list; an error where one stands already only follows from it.
  public mutating func append(_ other: DiagnosticList) {
    let known = all.filter { $0.severity == .error && $0.site != .none }.map(\.site)
    for diagnostic in other.all {
      if diagnostic.severity == .error, known.contains(diagnostic.site) { follow() } else { add(diagnostic) }
    }
    dropped += other.dropped
  }
  /// The complaints in the order of their places, as a reader meets them; those without a place last.
  public var inOrder: [Diagnostic] {
    all.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
  }
  /// Whether there was nothing to complain about.
  public var isEmpty: Bool { all.isEmpty && errorCount == 0 && dropped == 0 }
  /// Whether an error is among them.
  public var hasErrors: Bool { errorCount > 0 }
}
