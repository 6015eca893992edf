import Glibc
import PlanLang

/// What Ctrl-C sets; polled by the engine.
private let interrupted = Interruption()

/// A flag that a signal handler may set: one aligned word, written once.
private final class Interruption: Sendable {
  nonisolated(unsafe) private let word: UnsafeMutablePointer<sig_atomic_t> = {
    let word = UnsafeMutablePointer<sig_atomic_t>.allocate(capacity: 1)
    word.initialize(to: 0)
    return word
  }()
  var isSet: Bool { word.pointee != 0 }
  func set() { word.pointee = 1 }
  func clear() { word.pointee = 0 }
}

/// The real machine: reads inside one folder, knows the day, hears Ctrl-C.
struct Disk: Host {
  /// The folder below which a script may read, resolved.
  let root: String

  /// The folder of a script's path; the current one for standard input.
  init(folderOf path: String) {
    var folder = "."
    if path != "-", let slash = path.lastIndex(of: "/") { folder = String(path[..<slash]) }
    root = Self.resolved(folder.isEmpty ? "/" : folder) ?? folder
  }

  /// A path without links and dots, or nil when it does not exist.
  static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  func read(_ path: String, limit: Int) throws(HostFailure) -> [UInt8] {
    guard let real = Self.resolved(root + "/" + path) else { throw Self.failure }
    guard real.hasPrefix(root == "/" ? "/" : root + "/") else {
      throw HostFailure(say("di luar folder naskah", "outside the script's folder"))
    }
    return try Self.contents(of: real, limit: limit)
  }

  func list(_ folder: String) -> [String] {
    guard let real = Self.resolved(root + "/" + folder), real == root || real.hasPrefix(root + "/"), let open = opendir(real) else { return [] }
    defer { closedir(open) }
    var names: [String] = []
    while let entry = readdir(open) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
      if name.hasPrefix(".") { continue }
      names.append(Int32(entry.pointee.d_type) == Int32(DT_DIR) ? name + "/" : name)
    }
    return names.sorted()
  }

  /// On a terminal one line that is written over; nothing elsewhere.
  func progress(_ text: String) {
    if isatty(STDERR_FILENO) == 1 { Self.write(Array("\r\u{1B}[K\(text)".utf8), to: STDERR_FILENO) }
  }

  func write(_ path: String, _ bytes: [UInt8]) throws(HostFailure) {
    let whole = root + "/" + path
    let folder = whole.lastIndex(of: "/").map { String(whole[..<$0]) } ?? root
    guard let real = Self.resolved(folder) else { throw Self.failure }
    guard real == root || real.hasPrefix(root == "/" ? "/" : root + "/"), !path.hasPrefix("/") else {
      throw HostFailure(say("di luar folder naskah", "outside the script's folder"))
    }
    try Self.replace(whole, with: bytes)
  }

  /// The bytes of a file, or of standard input for `-`.
  static func contents(of path: String, limit: Int) throws(HostFailure) -> [UInt8] {
    let handle = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard handle >= 0 else { throw failure }
    defer { if handle != STDIN_FILENO { close(handle) } }
    var facts = stat()
    guard fstat(handle, &facts) == 0 else { throw failure }
    if facts.st_mode & S_IFMT == S_IFDIR { throw HostFailure(say("ini folder", "is a folder")) }
    let tooLarge = HostFailure(say("lebih besar dari \(limit) bita; naikkan --max-file", "larger than \(limit) bytes; raise --max-file"))
    let isFile = facts.st_mode & S_IFMT == S_IFREG
    if isFile, facts.st_size > limit { throw tooLarge }
    if isFile {
      // Standard input may have been read in part.
      let start = max(0, lseek(handle, 0, SEEK_CUR))
      return try whole(handle, from: start, max(0, Int(facts.st_size - start)) + 1, limit, tooLarge)
    }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var filled = 0
    while true {
      if filled == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
      let got = bytes.withUnsafeMutableBytes { Glibc.read(handle, $0.baseAddress! + filled, $0.count - filled) }
      if got < 0 {
        if errno == EINTR { continue }
        throw failure
      }
      if got == 0 { break }
      filled += got
      if filled > limit { throw tooLarge }
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// How many bytes some files hold; those that cannot be asked hold none.
  static func size(of paths: [String]) -> Int {
    var facts = stat()
    return paths.reduce(0) { stat($1, &facts) == 0 ? $0 + Int(facts.st_size) : $0 }
  }

  /// A file of known size, read into memory that is not cleared first; a large one by two threads, which share what the
  /// first touch of so much memory costs.
  private static func whole(
    _ handle: Int32, from start: off_t, _ room: Int, _ limit: Int, _ tooLarge: HostFailure
  ) throws(HostFailure) -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      Memory.widen(UnsafeRawBufferPointer(buffer))
      let seam = room < 1 << 23 ? room : room / 2
      let (first, second) = Beside.both(
        isWorthIt: seam < room, { part(handle, from: start, buffer, 0..<seam) },
        { part(handle, from: start, buffer, seam..<room) })
      count = first.count < seam ? first.count : seam + second.count
      code = first.code != 0 ? first.code : second.code
      // Who reads on from standard input finds what stands behind.
      lseek(handle, start + off_t(count), SEEK_SET)
    }
    if code != 0 { throw HostFailure(reason(code)) }
    if bytes.count > limit { throw tooLarge }
    return bytes
  }

  /// What lies in a part of a file, put into the same part of a buffer: how many bytes, and the error that ended it or 0.
  private static func part(
    _ handle: Int32, from start: off_t, _ buffer: UnsafeMutableBufferPointer<UInt8>, _ part: Range<Int>
  ) -> (count: Int, code: Int32) {
    guard let base = buffer.baseAddress else { return (0, 0) }
    var count = 0
    while count < part.count {
      let got = pread(handle, base + part.lowerBound + count, part.count - count, start + off_t(part.lowerBound + count))
      if got < 0, errno == EINTR { continue }
      if got <= 0 { return (count, got < 0 ? errno : 0) }
      count += got
    }
    return (count, 0)
  }

  /// Writes a whole file beside its place and renames it there, so that the old one survives any failure.
  static func replace(_ path: String, with bytes: [UInt8]) throws(HostFailure) {
    let beside = path + ".\(getpid()).tmp"
    // A limit on the size of files is an error to be told, not the end of the program.
    signal(SIGXFSZ, SIG_IGN)
    let handle = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard handle >= 0 else { throw failure }
    var facts = stat()
    if stat(path, &facts) == 0 { fchmod(handle, facts.st_mode & 0o7777) }
    let written = write(bytes, to: handle) && fsync(handle) == 0
    let closed = close(handle) == 0
    guard written, closed, rename(beside, path) == 0 else {
      let reason = failure
      unlink(beside)
      throw reason
    }
  }

  /// Writes all bytes to a handle; false when the other end is gone or the disk is full.
  @discardableResult
  static func write(_ bytes: [UInt8], to handle: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let put = bytes.withUnsafeBytes { Glibc.write(handle, $0.baseAddress! + done, $0.count - done) }
      if put < 0 {
        if errno == EINTR { continue }
        return false
      }
      done += put
    }
    return true
  }

  var today: Int {
    if let stated = environment("PLAN_DATE"), let day = CalendarDay.read(stated) { return day }
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    return (Int(parts.tm_year) + 1900) * 10_000 + (Int(parts.tm_mon) + 1) * 100 + Int(parts.tm_mday)
  }

  var isInterrupted: Bool { interrupted.isSet }

  /// Lets Ctrl-C ask a run to stop instead of ending the program; a second one ends it, unless a person sits at a
  /// prompt.
  static func hearInterrupts(isInteractive: Bool = false) {
    interrupted.clear()
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      interrupted.set()
    }
    action.sa_flags = isInteractive ? 0 : Int32(bitPattern: UInt32(SA_RESETHAND))
    sigaction(SIGINT, &action, nil)
  }

  static var failure: HostFailure { HostFailure(reason(errno)) }

  /// What the system refused, in the spoken language where it is one of the common reasons.
  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: say("tidak ada berkas atau folder ini", "no such file or folder")
    case EACCES, EPERM: say("tidak diizinkan", "not permitted")
    case ENOTDIR: say("bagian jalurnya bukan folder", "a part of its path is not a folder")
    case ENAMETOOLONG: say("namanya terlalu panjang", "its name is too long")
    case ELOOP: say("tautannya berputar", "its links go in a circle")
    case ENOSPC, EDQUOT: say("cakram penuh", "the disk is full")
    case EROFS: say("cakramnya hanya dapat dibaca", "the disk can only be read")
    case EFBIG: say("berkasnya melampaui batas sistem", "the file passes a limit of the system")
    case EISDIR: say("ini folder", "is a folder")
    default: String(cString: strerror(code))
    }
  }
}
