import Glibc

/// The user's folder for what outlives a session: XDG_STATE_HOME/planlang, else ~/.local/state/planlang.
enum StateFolder {
  /// Its path, made when it is missing; nil when it cannot be.
  static let path: String? = {
    let base = environment("XDG_STATE_HOME") ?? environment("HOME").map { $0 + "/.local/state" }
    guard let base else { return nil }
    let whole = base + "/planlang"
    var made = ""
    for part in whole.split(separator: "/") {
      made += "/" + part
      mkdir(made, 0o700)
    }
    return access(whole, W_OK) == 0 ? whole : nil
  }()
}

/// The lines of earlier sessions: one file, each session appends, an entry's line ends written as `\n`.
struct HistoryFile {
  private let path: String?
  /// The entries, oldest first, without doubles.
  private(set) var entries: [String] = []
  private static let limit = 2000

  /// Reads the user's history.
  init() {
    path = StateFolder.path.map { $0 + "/history" }
    guard let path, let bytes = try? Disk.contents(of: path, limit: 16 << 20) else { return }
    var seen: Set<String> = []
    var newest: [String] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").reversed() {
      let entry = Self.opened(line)
      if newest.count < Self.limit, seen.insert(entry).inserted { newest.append(entry) }
    }
    entries = newest.reversed()
    if bytes.count > 1 << 20 { try? Disk.replace(path, with: Array(entries.map { Self.closed($0) + "\n" }.joined().utf8)) }
  }

  /// Appends an entry; one write, so that two sessions do not mix.
  func append(_ entry: String) {
    guard let path else { return }
    let handle = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    if handle < 0 { return }
    Disk.write(Array((Self.closed(entry) + "\n").utf8), to: handle)
    close(handle)
  }

  private static func closed(_ entry: String) -> String {
    var text = ""
    for character in entry { text += character == "\n" ? "\\n" : character == "\\" ? "\\\\" : String(character) }
    return text
  }

  private static func opened(_ line: Substring) -> String {
    var text = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        text.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        text.append(character)
      }
    }
    return text
  }
}

/// The journal of one session: every line is on disk before it is answered; who finds it after a crash can go on.
///
/// Records are `@length`, a newline, the bytes and a newline; the first is the files opened. A torn tail is left out.
final class Journal {
  private let path: String
  private var handle: Int32
  /// Whether it was said that nothing can be kept.
  private(set) var hasFailed = false

  /// A new journal, locked while the session lives; nil when the state folder cannot be written.
  init?(files: [String]) {
    guard let folder = StateFolder.path else { return nil }
    path = folder + "/sesi-\(time(nil))-\(getpid()).jurnal"
    handle = open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    guard handle >= 0, flock(handle, LOCK_EX | LOCK_NB) == 0 else { return nil }
    _ = append(files.joined(separator: "\0"))
  }

  /// Goes on with a journal that a crash left.
  init?(adopting lost: Lost) {
    path = lost.path
    handle = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
    guard handle >= 0, flock(handle, LOCK_EX | LOCK_NB) == 0 else { return nil }
    if ftruncate(handle, off_t(lost.size)) != 0 { return nil }
  }

  /// Puts a line on disk; false when that failed for the first time.
  func append(_ line: String) -> Bool {
    if hasFailed { return true }
    let bytes = Array(line.utf8)
    let record = Array("@\(bytes.count)\n".utf8) + bytes + [10]
    if Disk.write(record, to: handle), fdatasync(handle) == 0 { return true }
    hasFailed = true
    return false
  }

  /// The session ended as it should: nothing is to be restored.
  func end() {
    unlink(path)
    close(handle)
  }

  /// A journal without a living session.
  struct Lost {
    let path: String
    let files: [String]
    let lines: [String]
    /// Bytes up to the end of the last whole record.
    let size: Int
  }

  /// The newest journal that a crash left with something in it; empty ones are taken away.
  static func lost() -> Lost? {
    guard let folder = StateFolder.path, let open = opendir(folder) else { return nil }
    defer { closedir(open) }
    var names: [String] = []
    while let entry = readdir(open) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
      if name.hasPrefix("sesi-"), name.hasSuffix(".jurnal") { names.append(name) }
    }
    for name in names.sorted().reversed() {
      let path = folder + "/" + name
      let handle = Glibc.open(path, O_RDONLY | O_CLOEXEC)
      guard handle >= 0 else { continue }
      defer { close(handle) }
      guard flock(handle, LOCK_EX | LOCK_NB) == 0 else { continue }
      guard let bytes = try? Disk.contents(of: path, limit: 64 << 20) else { continue }
      let (records, size) = parsed(bytes)
      if records.count > 1 {
        return Lost(path: path, files: records[0].isEmpty ? [] : records[0].split(separator: "\0").map(String.init), lines: Array(records.dropFirst()), size: size)
      }
      unlink(path)
    }
    return nil
  }

  private static func parsed(_ bytes: [UInt8]) -> (records: [String], size: Int) {
    var records: [String] = []
    var at = 0
    while at < bytes.count, bytes[at] == 64 {
      var length = 0
      var next = at + 1
      while next < bytes.count, bytes[next] &- 48 < 10, length < 1 << 30 {
        length = length * 10 + Int(bytes[next] - 48)
        next += 1
      }
      guard next < bytes.count, bytes[next] == 10, next + 1 + length < bytes.count, bytes[next + 1 + length] == 10 else { break }
      records.append(String(decoding: bytes[(next + 1)..<(next + 1 + length)], as: UTF8.self))
      at = next + length + 2
    }
    return (records, at)
  }
}
