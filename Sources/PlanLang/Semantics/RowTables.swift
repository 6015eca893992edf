/// Entities by parent and code symbol, one table a kind: open addressing, no hashing of text.
struct KnownEntities {
  private struct Table {
    var keys = [UInt64](repeating: 0, count: 64)
    var values = [UInt32](repeating: .max, count: 64)
    var count = 0

    private static func place(_ key: UInt64, _ mask: Int) -> Int {
      Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 20) & mask
    }

    func find(_ key: UInt64) -> EntityID? {
      let mask = keys.count - 1
      var at = Self.place(key, mask)
      while values[at] != .max {
        if keys[at] == key { return EntityID(raw: values[at]) }
        at = (at + 1) & mask
      }
      return nil
    }

    mutating func insert(_ key: UInt64, _ entity: EntityID) {
      if count * 2 >= keys.count { grow() }
      let mask = keys.count - 1
      var at = Self.place(key, mask)
      while values[at] != .max {
        if keys[at] == key { return }
        at = (at + 1) & mask
      }
      keys[at] = key
      values[at] = entity.raw
      count += 1
    }

    private mutating func grow() {
      var larger = Table()
      larger.keys = [UInt64](repeating: 0, count: keys.count * 2)
      larger.values = [UInt32](repeating: .max, count: keys.count * 2)
      for i in keys.indices where values[i] != .max { larger.insert(keys[i], EntityID(raw: values[i])) }
      self = larger
    }
  }

  private var tables = [Table](repeating: Table(), count: EntityKind.allCases.count)

  private static func key(_ parent: EntityID, _ symbol: Symbol) -> UInt64 { UInt64(parent.raw) << 32 | UInt64(symbol.raw) }

  /// The entity of a kind with a code in the code space of a parent, or nil.
  func find(_ kind: EntityKind, _ parent: EntityID, _ symbol: Symbol) -> EntityID? {
    tables[Int(kind.rawValue)].find(Self.key(parent, symbol))
  }

  /// Remembers an entity; the first of a key stays.
  mutating func insert(_ kind: EntityKind, _ parent: EntityID, _ symbol: Symbol, _ entity: EntityID) {
    tables[Int(kind.rawValue)].insert(Self.key(parent, symbol), entity)
  }
}

/// What the spellings of one column stand for: a cell seen before costs one hash of its bytes.
struct CellCache {
  private var slots = [UInt32](repeating: 0, count: 256)
  private var entries: [(span: Delimited.Span, value: UInt32)] = []

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ span: Delimited.Span) -> Int {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for at in Int(span.start)..<Int(span.end) { value = (value ^ UInt64(bytes[at])) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: (value ^ value >> 29) >> 1)
  }

  /// The value of a cell's bytes, or nil when they are new.
  func find(_ bytes: UnsafeBufferPointer<UInt8>, _ span: Delimited.Span) -> UInt32? {
    let mask = slots.count - 1
    var at = Self.hash(bytes, span) & mask
    while slots[at] != 0 {
      let entry = entries[Int(slots[at]) - 1]
      if bytes.isSame(entry.span, span) { return entry.value }
      at = (at + 1) & mask
    }
    return nil
  }

  /// Remembers what a cell's bytes stand for.
  mutating func insert(_ bytes: UnsafeBufferPointer<UInt8>, _ span: Delimited.Span, _ value: UInt32) {
    entries.append((span, value))
    if entries.count * 2 > slots.count {
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for i in entries.indices { place(bytes, entries[i].span, i) }
    } else {
      place(bytes, span, entries.count - 1)
    }
  }

  private mutating func place(_ bytes: UnsafeBufferPointer<UInt8>, _ span: Delimited.Span, _ entry: Int) {
    let mask = slots.count - 1
    var at = Self.hash(bytes, span) & mask
    while slots[at] != 0 { at = (at + 1) & mask }
    slots[at] = UInt32(truncatingIfNeeded: entry + 1)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether two cells hold the same bytes.
  @inline(__always) func isSame(_ one: Delimited.Span, _ other: Delimited.Span) -> Bool {
    let count = Int(other.end) - Int(other.start)
    guard Int(one.end) - Int(one.start) == count else { return false }
    if one.start == other.start { return true }
    let (left, right) = (Int(one.start), Int(other.start))
    let raw = UnsafeRawBufferPointer(self)
    var at = 0
    while at + 8 <= count {
      let a = raw.loadUnaligned(fromByteOffset: left + at, as: UInt64.self)
      if a != raw.loadUnaligned(fromByteOffset: right + at, as: UInt64.self) { return false }
      at += 8
    }
    while at < count {
      if self[left + at] != self[right + at] { return false }
      at += 1
    }
    return true
  }

  /// The bytes of a cell, spaces around them dropped.
  @inline(__always) func cell(_ span: Delimited.Span) -> UnsafeBufferPointer<UInt8> {
    var low = Int(span.start)
    var high = Int(span.end)
    while low < high, self[low] == 32 || self[low] == 9 { low += 1 }
    while high > low, self[high - 1] == 32 || self[high - 1] == 9 { high -= 1 }
    return UnsafeBufferPointer(rebasing: self[low..<high])
  }
}

/// The findings of one file, bounded: what passes the limit is counted.
struct FindingLog {
  /// How many are kept of one file.
  static let limit = 5000
  let path: String
  private(set) var all: [Finding] = []
  private var dropped = 0

  init(path: String) { self.path = path }

  /// Adds a finding; its words are made only when it is kept.
  mutating func add(_ kind: Finding.Kind, _ row: Int, _ what: @autoclosure () -> Bilingual) {
    if all.count < Self.limit {
      let words = what()
      all.append(Finding(kind: kind, file: path, row: row, what: Bilingual(words.id.onOneLine, words.en.onOneLine)))
    } else {
      dropped += 1
    }
  }

  /// All findings in order of row, the count of those left out last.
  consuming func finished() -> [Finding] {
    var sorted = all.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }.map(\.element)
    if dropped > 0 {
      sorted.append(
        Finding(
          kind: .suspicious, file: path, row: 0,
          what: Bilingual("\(dropped) temuan lagi tidak ditulis", "\(English.count(dropped, "more finding is", "more findings are")) not listed")))
    }
    return sorted
  }
}
