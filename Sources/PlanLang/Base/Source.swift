import Synchronization

/// A stretch of text in the one offset space of all sources of a session: 8 bytes, trivial.
public struct Site: Sendable, Hashable, BitwiseCopyable {
  /// Offset of the first byte.
  public var start: UInt32
  /// Offset behind the last byte.
  public var end: UInt32

  /// A site from its two offsets.
  @inline(__always) public init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }

  /// No place: something the tool itself made.
  public static let none = Site(start: 0, end: 0)

  /// The smallest site that holds both.
  public func joined(to other: Site) -> Site {
    Site(start: min(start, other.start), end: max(end, other.end))
  }
}

/// One text: a file, a line of the session, a CSV, a rule pack.
public struct Source: Sendable {
  /// The name shown in diagnostics: a path relative to the script's folder, or `<sesi>`.
  public let name: String
  /// The bytes, UTF-8 as far as they go.
  public let bytes: [UInt8]
  /// Offset of the first byte in the session's offset space.
  public let base: UInt32
  fileprivate let lines = LineCounts()
  /// The workbook whose sheet this text is, or nil.
  public internal(set) var workbook: Book? = nil

  /// A workbook as it was read.
  public struct Book: Sendable {
    /// Its bytes.
    public let bytes: [UInt8]
    /// The names of its sheets that are not hidden.
    public let sheets: [String]
    /// Whether the sheet was stated rather than the first taken.
    public let isStated: Bool
    /// A workbook.
    public init(bytes: [UInt8], sheets: [String], isStated: Bool) {
      self.bytes = bytes
      self.sheets = sheets
      self.isStated = isStated
    }
  }
}

/// How many lines of a text lie in front of its stretches, counted when somebody asks for a place in it: who asks for
/// many does not count from the beginning each time.
private final class LineCounts: Sendable {
  private static let stretch = 1 << 10
  private let counts = Mutex<[Int]>([])

  /// How many lines end before a place in a text, the same each time.
  func count(in bytes: [UInt8], before place: Int) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      func ends(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 &+ ($1 == 10 ? 1 : 0) } }
      let whole = place / Self.stretch
      let known = whole == 0 ? 0 : counts.withLock { counts in
        while counts.count < whole {
          let start = counts.count * Self.stretch
          counts.append((counts.last ?? 0) + ends(start..<start + Self.stretch))
        }
        return counts[whole - 1]
      }
      return known + ends(whole * Self.stretch..<place)
    }
  }
}

/// A place as people read it: file, line and column from 1, and the line's text.
public struct Place: Sendable {
  /// The source's name.
  public let file: String
  /// Line from 1.
  public let line: Int
  /// Column from 1, in characters.
  public let column: Int
  /// Offset of the line's first byte.
  public let lineStart: UInt32
  /// The line's bytes without its end.
  public let text: [UInt8]
}

/// All texts of a session laid end to end; a site is found again by binary search.
public struct SourceMap: Sendable {
  /// The texts in the order they came; offset 0 belongs to none.
  public private(set) var sources: [Source] = []
  private var next: UInt32 = 1

  /// An empty map.
  public init() {}

  /// Adds a text and returns it with its base; nil when 4 GiB of text are passed.
  public mutating func add(name: String, bytes: [UInt8], workbook: Source.Book? = nil) -> Source? {
    guard let length = UInt32(exactly: bytes.count + 1),
      case (let end, let overflow) = next.addingReportingOverflow(length), !overflow
    else { return nil }
    let source = Source(name: name, bytes: bytes, base: next, workbook: workbook)
    sources.append(source)
    next = end
    return source
  }

  /// The source that holds an offset, or nil.
  public func source(at offset: UInt32) -> Source? {
    var low = 0
    var high = sources.count
    while low < high {
      let middle = (low + high) / 2
      if sources[middle].base <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let source = sources[low - 1]
    return offset <= source.base + UInt32(source.bytes.count) ? source : nil
  }

  /// The bytes of a site, as text; invalid UTF-8 is shown with replacement characters.
  public func text(_ site: Site) -> String {
    guard site.end > site.start, let source = source(at: site.start) else { return "" }
    let low = Int(site.start - source.base)
    let high = min(Int(site.end - source.base), source.bytes.count)
    return String(decoding: source.bytes[low..<high], as: UTF8.self)
  }

  /// What stands between the quotes of a site that is one quoted text of plain ASCII letters, as nearly all titles are;
  /// nil for any other.
  func plainWords(_ site: Site) -> String? {
    guard site.end > site.start &+ 1, let source = source(at: site.start) else { return nil }
    let place = Int(site.start - source.base)..<min(Int(site.end - source.base), source.bytes.count)
    return source.bytes.withUnsafeBufferPointer { bytes in
      let written = UnsafeBufferPointer(rebasing: bytes[place])
      guard written.count > 1, written[0] == 34, written[written.count - 1] == 34 else { return nil }
      let inside = UnsafeBufferPointer(rebasing: written[1..<written.count - 1])
      // No quote, backslash, control character or letter beyond ASCII.
      guard inside.allSatisfy({ $0 >= 32 && $0 < 127 && $0 != 34 && $0 != 92 }) else { return nil }
      return String(decoding: inside, as: UTF8.self)
    }
  }

  /// The place of an offset, or nil for `Site.none`.
  public func place(of offset: UInt32) -> Place? {
    guard offset > 0, let source = source(at: offset) else { return nil }
    let at = Int(offset - source.base)
    let behind = min(at, source.bytes.count)
    let line = source.lines.count(in: source.bytes, before: behind) + 1
    var start = behind
    while start > 0, source.bytes[start - 1] != 10 { start -= 1 }
    var end = start
    while end < source.bytes.count, source.bytes[end] != 10, source.bytes[end] != 13 { end += 1 }
    let column = String(decoding: source.bytes[start..<max(start, min(at, end))], as: UTF8.self).count + 1
    return Place(
      file: source.name, line: line, column: column, lineStart: source.base + UInt32(start),
      text: Array(source.bytes[start..<end]))
  }
}
