import CKernels

/// All names and words of a session, folded to lower case (ASCII) and numbered in order of first sight.
///
/// Open addressing; a slot holds the hash and the symbol, so that a wrong one is nearly always passed over without
/// touching its bytes. The bytes of all names stand in one array and are hashed and compared eight at a time.
/// The vocabulary is interned first, so that a symbol below `Vocabulary.count` is a word of the language.
public struct Names: Sendable {
  /// Folded spellings end to end, with eight zero bytes or more behind the last.
  private var bytes = [UInt8](repeating: 0, count: 8)
  private var starts: [UInt32] = [0]
  /// The upper half is the hash, whose low bits say the place; the lower half the symbol + 1; 0 is free.
  private var slots: [UInt64]
  private var mask: Int

  /// An empty table.
  public init() {
    slots = [UInt64](repeating: 0, count: 2048)
    mask = 2047
  }

  /// How many names there are.
  public var count: Int { starts.count - 1 }

  /// The folded spelling of a symbol.
  public func text(_ symbol: Symbol) -> String {
    guard symbol.index + 1 < starts.count else { return "" }
    return String(decoding: bytes[Int(starts[symbol.index])..<Int(starts[symbol.index + 1])], as: UTF8.self)
  }

  /// The spelling of a symbol where it is short.
  func short(_ symbol: Symbol) -> ShortSpelling? {
    let start = Int(starts[symbol.index])
    return bytes.withUnsafeBytes { ShortSpelling(folded: $0, start, Int(starts[symbol.index + 1]) - start) }
  }

  /// Whether a symbol's spelling begins with folded bytes.
  func begins(_ symbol: Symbol, with prefix: [UInt8]) -> Bool {
    guard symbol.index + 1 < starts.count else { return false }
    let start = Int(starts[symbol.index])
    guard Int(starts[symbol.index + 1]) - start >= prefix.count else { return false }
    for i in prefix.indices where bytes[start + i] != prefix[i] { return false }
    return true
  }

  /// The symbol of a spelling, made when it is new.
  public mutating func intern(_ text: String) -> Symbol {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  /// The symbol of a spelling already known, or nil.
  public func known(_ text: String) -> Symbol? {
    var text = text
    return text.withUTF8 { spelling in
      let hash = Self.hash(spelling, readable: spelling.count)
      let slot = slots[place(of: spelling, hash, readable: spelling.count)]
      return slot == 0 ? nil : Symbol(raw: UInt32(truncatingIfNeeded: slot) &- 1)
    }
  }

  /// The symbol of a spelling given as bytes, made when it is new; `readable` bytes may be read from its start.
  @inline(__always)
  public mutating func intern(_ spelling: UnsafeBufferPointer<UInt8>, readable: Int? = nil) -> Symbol {
    let readable = readable ?? spelling.count
    return intern(spelling, Self.hash(spelling, readable: readable), readable: readable)
  }

  /// The symbol of a short spelling, made when it is new.
  @inline(__always)
  mutating func intern(_ spelling: ShortSpelling) -> Symbol {
    let hash = Self.mixed(spelling.hash)
    let at = place(of: spelling, hash)
    return symbol(hash, at, spelling.count) { known in
      known.storeBytes(of: spelling.first, as: UInt64.self)
      if spelling.count > 8 { known.storeBytes(of: spelling.second, toByteOffset: 8, as: UInt64.self) }
    }
  }

  /// Takes the names of another table, in their order; what each of its symbols is here. The first `known` are the same
  /// in both.
  mutating func take(_ other: Names, known: Int) -> [Symbol] {
    // A slot of this table is far away in memory: those of the next names are fetched while this one is looked at.
    let hashes = other.hashes()
    let ahead = 12
    return .made(other.count) { symbols in
      other.bytes.withUnsafeBufferPointer { bytes in
        for symbol in 0..<known { symbols[symbol] = Symbol(symbol) }
        for symbol in known..<other.count {
          if symbol + ahead < other.count { fetch(hashes[symbol + ahead]) }
          let start = Int(other.starts[symbol])
          let spelling = UnsafeBufferPointer(rebasing: bytes[start..<Int(other.starts[symbol + 1])])
          symbols[symbol] = intern(spelling, hashes[symbol], readable: bytes.count - start)
        }
      }
    }
  }

  /// The hash of each name, by symbol.
  private func hashes() -> [UInt32] {
    .made(count) { hashes in
      for slot in slots where slot != 0 {
        hashes[Int(UInt32(truncatingIfNeeded: slot)) - 1] = UInt32(truncatingIfNeeded: slot >> 32)
      }
    }
  }

  // It only reads; but what does not mutate is lent a copy here, which counts three references.
  private mutating func fetch(_ hash: UInt32) {
    slots.withUnsafeBufferPointer { plan_fetch($0.baseAddress?.advanced(by: Int(hash) & mask)) }
  }

  @inline(__always)
  private mutating func intern(_ spelling: UnsafeBufferPointer<UInt8>, _ hash: UInt32, readable: Int) -> Symbol {
    let at = place(of: spelling, hash, readable: readable)
    return symbol(hash, at, spelling.count) { known in
      // The last eight may reach into the zeros behind the end, with zeros.
      for at in stride(from: 0, to: spelling.count, by: 8) {
        known.storeBytes(of: Self.folded(spelling, at, readable), toByteOffset: at, as: UInt64.self)
      }
    }
  }

  /// The slot of a spelling: its own, or the free one where it belongs. A function of its own that only reads, so that
  /// nothing it holds makes a new name copy the table.
  @inline(never)
  private func place(of spelling: UnsafeBufferPointer<UInt8>, _ hash: UInt32, readable: Int) -> Int {
    place(hash, spelling.count) { Self.isSame($0, $1, spelling, readable: readable) }
  }

  /// The slot of a short spelling.
  @inline(never)
  private func place(of spelling: ShortSpelling, _ hash: UInt32) -> Int {
    place(hash, spelling.count) { spelling.isAt($0, $1) }
  }

  @inline(__always)
  private func place(_ hash: UInt32, _ width: Int, _ isAt: (UnsafeRawBufferPointer, Int) -> Bool) -> Int {
    slots.withUnsafeBufferPointer { slots in
      var at = Int(hash) & mask
      while slots[at] != 0 {
        if slots[at] >> 32 == UInt64(hash) {
          let symbol = Int(UInt32(truncatingIfNeeded: slots[at]) &- 1)
          let start = Int(starts[symbol])
          if Int(starts[symbol + 1]) &- start == width, bytes.withUnsafeBytes({ isAt($0, start) }) { break }
        }
        at = (at &+ 1) & mask
      }
      return at
    }
  }

  /// The symbol in a slot; where that is free a new one of so many bytes, which `write` puts down, eight at a time, the
  /// last of them with zeros behind.
  @inline(__always)
  private mutating func symbol(
    _ hash: UInt32, _ at: Int, _ width: Int, _ write: (UnsafeMutableRawPointer) -> Void
  ) -> Symbol {
    if slots[at] != 0 { return Symbol(raw: UInt32(truncatingIfNeeded: slots[at]) &- 1) }
    let symbol = UInt32(truncatingIfNeeded: count)
    let start = Int(starts[count])
    if start + width + 8 > bytes.count { widen(width) }
    bytes.withUnsafeMutableBytes { known in
      if let base = known.baseAddress { write(base + start) }
    }
    starts.append(UInt32(truncatingIfNeeded: start + width))
    slots[at] = UInt64(hash) << 32 | UInt64(symbol + 1)
    if count * 2 > slots.count { grow() }
    return Symbol(raw: symbol)
  }

  /// Room for a name of so many bytes and more.
  @inline(never) private mutating func widen(_ width: Int) {
    bytes.append(contentsOf: repeatElement(0, count: bytes.count / 4 + width + 1024))
  }

  /// Twice the slots: each keeps the hash that says its place, so that no name is read.
  private mutating func grow() {
    mask = slots.count * 2 - 1
    var more = [UInt64](repeating: 0, count: mask + 1)
    more.withUnsafeMutableBufferPointer { more in
      for slot in slots where slot != 0 {
        var at = Int(slot >> 32) & mask
        while more[at] != 0 { at = (at + 1) & mask }
        more[at] = slot
      }
    }
    slots = more
  }

  /// Whether a spelling stands at a place of folded bytes.
  @inline(__always)
  private static func isSame(
    _ known: UnsafeRawBufferPointer, _ start: Int, _ spelling: UnsafeBufferPointer<UInt8>, readable: Int
  ) -> Bool {
    for at in stride(from: 0, to: spelling.count, by: 8) {
      var stored = known.loadUnaligned(fromByteOffset: start + at, as: UInt64.self)
      if spelling.count - at < 8 { stored &= EightBytes.first(spelling.count - at) }
      if stored != folded(spelling, at, readable) { return false }
    }
    return true
  }

  /// Eight bytes of a spelling from a place on, zeros behind its end, ASCII capitals made small.
  @inline(__always)
  private static func folded(_ spelling: UnsafeBufferPointer<UInt8>, _ at: Int, _ readable: Int) -> UInt64 {
    var word: UInt64 = 0
    let left = spelling.count - at
    if at + 8 <= readable, let base = spelling.baseAddress {
      word = EightBytes(UnsafeRawPointer(base) + at).word
      if left < 8 { word &= EightBytes.first(left) }
    } else {
      for i in 0..<left { word |= UInt64(spelling[at + i]) << UInt64(8 * i) }
    }
    return EightBytes(word: word).folded
  }

  @inline(__always)
  private static func hash(_ spelling: UnsafeBufferPointer<UInt8>, readable: Int) -> UInt32 {
    var value = ShortSpelling.hash(of: spelling.count)
    for at in stride(from: 0, to: spelling.count, by: 8) {
      value = ShortSpelling.hash(value, folded(spelling, at, readable))
    }
    return mixed(value)
  }

  /// 32 bits that hang on all of a hash.
  @inline(__always)
  private static func mixed(_ hash: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: ((hash ^ hash >> 29) &* 0xbf58_476d_1ce4_e5b9) >> 32)
  }
}

/// A row for some symbols: what few names have and is asked for often.
struct SymbolRows {
  /// Row + 1 by symbol, as far as any has one; 0 for none.
  private var rows: [UInt32] = []

  /// The row of a symbol.
  subscript(symbol: Symbol) -> UInt32? {
    get { symbol.index < rows.count && rows[symbol.index] != 0 ? rows[symbol.index] - 1 : nil }
    set {
      while rows.count <= symbol.index { rows.append(0) }
      rows[symbol.index] = newValue.map { $0 + 1 } ?? 0
    }
  }
}
