/// The parts of a zip archive (APPNOTE 6.3), found by its directory and unpacked when asked for, within a budget.
struct ZipArchive {
  /// A part.
  struct Entry {
    var name: String
    var method: Int
    var isEncrypted: Bool
    var checksum: UInt32
    var packed: Int
    var size: Int
    /// Where its own head stands.
    var head: Int
  }
  private let bytes: [UInt8]
  /// The parts in the directory's order.
  private(set) var entries: [Entry] = []
  /// How many more bytes may be unpacked.
  private var budget: Int

  /// The least size from which a part is doubted for its ratio, and the ratio: DEFLATE reaches 1032, the sheets of
  /// real workbooks 10 to 40.
  private static let doubted = 16 << 20
  private static let ratio = 200
  /// More parts than any workbook has.
  private static let most = 20_000

  /// Reads the directory; the parts of an archive unpack to at most `limit` bytes.
  init(_ bytes: [UInt8], limit: Int) throws(WorkbookFault) {
    self.bytes = bytes
    budget = limit
    let damage = WorkbookFault.damaged(part: "zip")
    guard var end = Self.directoryEnd(bytes) else { throw damage }
    var count = whole(end + 10, 2)
    var at = whole(end + 16, 4)
    if count == 0xffff || at == 0xffff_ffff {
      // The larger form: a locator before the end says where its record stands.
      end -= 20
      guard end >= 0, whole(end, 4) == 0x0706_4b50, case let record = whole(end + 8, 8), record <= bytes.count - 56,
        whole(record, 4) == 0x0606_4b50
      else { throw damage }
      (count, at) = (whole(record + 32, 8), whole(record + 48, 8))
    }
    if count > Self.most { throw WorkbookFault.tooLarge(part: "zip") }
    while entries.count < count {
      guard at >= 0, at <= bytes.count - 46, whole(at, 4) == 0x0201_4b50 else { throw damage }
      let (name, extra, comment) = (whole(at + 28, 2), whole(at + 30, 2), whole(at + 32, 2))
      guard at + 46 + name + extra + comment <= bytes.count else { throw damage }
      let nameEnd = at + 46 + name
      var entry = Entry(
        name: String(decoding: bytes[(at + 46)..<nameEnd], as: UTF8.self), method: whole(at + 10, 2),
        isEncrypted: whole(at + 8, 2) & 1 == 1, checksum: UInt32(whole(at + 16, 4)), packed: whole(at + 20, 4),
        size: whole(at + 24, 4), head: whole(at + 42, 4))
      widen(&entry, nameEnd, nameEnd + extra)
      entries.append(entry)
      at = nameEnd + extra + comment
    }
  }

  /// A part by its name, compared without case as the parts of a workbook are; nil when there is none.
  func entry(_ name: String) -> Entry? {
    let wanted = name.lowercased()
    return entries.first { $0.name.lowercased() == wanted }
  }

  /// The bytes of a part, their checksum compared.
  mutating func contents(_ entry: Entry) throws(WorkbookFault) -> [UInt8] {
    let damage = WorkbookFault.damaged(part: entry.name)
    if entry.isEncrypted { throw WorkbookFault.encrypted }
    guard entry.size >= 0, entry.packed >= 0, entry.head >= 0, entry.head <= bytes.count - 30,
      whole(entry.head, 4) == 0x0403_4b50
    else { throw damage }
    let start = entry.head + 30 + whole(entry.head + 26, 2) + whole(entry.head + 28, 2)
    guard start <= bytes.count, entry.packed <= bytes.count - start else { throw damage }
    let isDoubted = entry.size > Self.doubted && entry.size / Self.ratio > entry.packed
    if entry.size > budget || isDoubted { throw WorkbookFault.tooLarge(part: entry.name) }
    budget -= entry.size
    let range = start..<(start + entry.packed)
    var made: [UInt8]
    switch entry.method {
    case 0: made = Array(bytes[range])
    case 8:
      do { made = try Inflate.unpacked(bytes, range, size: entry.size) } catch { throw damage }
    default: throw damage
    }
    guard made.count == entry.size, Checksum.crc32(made) == entry.checksum else { throw damage }
    return made
  }

  /// A number of some bytes, the lowest first; negative when it passes what an Int can hold, 0 beyond the end.
  private func whole(_ at: Int, _ count: Int) -> Int {
    guard at >= 0, at <= bytes.count - count else { return 0 }
    var value: UInt64 = 0
    for place in 0..<count { value |= UInt64(bytes[at + place]) << UInt64(8 * place) }
    return Int(truncatingIfNeeded: value)
  }

  /// The sizes and the place of a part that needs 64 bits for them.
  private func widen(_ entry: inout Entry, _ start: Int, _ end: Int) {
    var at = start
    while at + 4 <= end {
      let (kind, length) = (whole(at, 2), whole(at + 2, 2))
      at += 4
      if kind == 1 {
        var place = at
        func wide(_ value: inout Int) {
          guard value == 0xffff_ffff, place + 8 <= min(at + length, end) else { return }
          value = whole(place, 8)
          place += 8
        }
        wide(&entry.size)
        wide(&entry.packed)
        wide(&entry.head)
      }
      at += length
    }
  }

  /// Where the record at the end of the directory stands: the last one, with at most 64 KiB of comment behind it.
  private static func directoryEnd(_ bytes: [UInt8]) -> Int? {
    var at = bytes.count - 22
    let lowest = max(0, at - 65_535)
    while at >= lowest {
      if bytes[at] == 0x50, bytes[at + 1] == 0x4b, bytes[at + 2] == 5, bytes[at + 3] == 6 { return at }
      at -= 1
    }
    return nil
  }
}

/// Checksums of archives.
enum Checksum {
  /// Eight tables: what a byte does from each place of eight.
  private static let tables: [UInt32] = {
    var tables: [UInt32] = []
    for byte in 0..<UInt32(256) {
      var value = byte
      for _ in 0..<8 { value = value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
      tables.append(value)
    }
    for at in 256..<2048 {
      let before = tables[at - 256]
      tables.append(before >> 8 ^ tables[Int(before & 0xff)])
    }
    return tables
  }()

  /// CRC-32 (ISO 3309), eight bytes at a time.
  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    let tables = tables
    var value = ~UInt32(0)
    var at = 0
    while at + 8 <= bytes.count {
      var low = value
      for place in 0..<4 { low ^= UInt32(bytes[at + place]) << UInt32(8 * place) }
      let first = tables[1792 + Int(low & 0xff)] ^ tables[1536 + Int(low >> 8 & 0xff)]
      let second = tables[1280 + Int(low >> 16 & 0xff)] ^ tables[1024 + Int(low >> 24)]
      let third = tables[768 + Int(bytes[at + 4])] ^ tables[512 + Int(bytes[at + 5])]
      value = first ^ second ^ third ^ tables[256 + Int(bytes[at + 6])] ^ tables[Int(bytes[at + 7])]
      at += 8
    }
    while at < bytes.count {
      value = value >> 8 ^ tables[Int(UInt8(truncatingIfNeeded: value) ^ bytes[at])]
      at += 1
    }
    return ~value
  }
}
