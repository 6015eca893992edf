import Synchronization

/// Why the world outside refused: the words are the operating system's.
public struct HostFailure: Error, Sendable {
  /// What was refused, as the system says it.
  public let reason: String
  /// A refusal.
  public init(_ reason: String) { self.reason = reason }
}

/// The world outside the library: files below one folder, a clock, the wish to stop.
public protocol Host: Sendable {
  /// The bytes of a file; the path is relative to the folder of the script and has no `..`. Throws when the file
  /// cannot be read, lies outside the folder, or is larger than `limit` bytes.
  func read(_ path: String, limit: Int) throws(HostFailure) -> [UInt8]
  /// Writes a whole file, beside its place and then renamed, so that an old one survives any failure; the path as for
  /// `read`. Throws when it lies outside the folder or the system refuses.
  func write(_ path: String, _ bytes: [UInt8]) throws(HostFailure)
  /// The names in a folder (`""` or ending with `/`), folders with a `/` behind; empty where there is none to list.
  func list(_ folder: String) -> [String]
  /// Today, as yyyymmdd.
  var today: Int { get }
  /// Whether the user asked to stop (Ctrl-C).
  var isInterrupted: Bool { get }
  /// Tells how far a long run is, where someone watches; an empty text when it is done.
  func progress(_ text: String)
}

extension Host {
  /// A host that only reads.
  public func write(_ path: String, _ bytes: [UInt8]) throws(HostFailure) { throw HostFailure("read-only") }
  /// A host nobody watches.
  public func progress(_ text: String) {}
  /// A host that lists nothing.
  public func list(_ folder: String) -> [String] { [] }
}

/// A host without files and with a fixed day: for sessions in memory and for tests.
public struct MemoryHost: Host {
  /// The files it pretends to have.
  public var files: [String: [UInt8]]
  /// Its day, as yyyymmdd.
  public var today: Int
  private let written = Shelf()

  /// What was written, shared by copies of the host.
  private final class Shelf: Sendable {
    let files = Mutex<[String: [UInt8]]>([:])
  }

  /// A host with files given as text.
  public init(files: [String: String] = [:], today: Int = 20_261_001) {
    self.files = files.mapValues { Array($0.utf8) }
    self.today = today
  }

  /// A file's bytes.
  public func read(_ path: String, limit: Int) throws(HostFailure) -> [UInt8] {
    guard let bytes = written.files.withLock({ $0[path] }) ?? files[path] else { throw HostFailure("no such file") }
    guard bytes.count <= limit else { throw HostFailure("larger than \(limit) bytes") }
    return bytes
  }

  /// The names it holds below a folder.
  public func list(_ folder: String) -> [String] {
    files.keys.filter { $0.hasPrefix(folder) && !$0.dropFirst(folder.count).contains("/") }.map { String($0.dropFirst(folder.count)) }.sorted()
  }

  /// Keeps the bytes in memory, to be read again.
  public func write(_ path: String, _ bytes: [UInt8]) throws(HostFailure) { written.files.withLock { $0[path] = bytes } }

  /// Never.
  public var isInterrupted: Bool { false }
}
