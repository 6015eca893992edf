/// All names and words of a session, folded to lower case (ASCII) and numbered in order of first sight.
///
/// Open addressing over FNV-1a; the bytes of all names stand in one array. The vocabulary is interned first, so
/// that a symbol below `Vocabulary.count` is a word of the language.
public struct Names: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [UInt32] = [0]
  private var slots: [UInt32]
  private var mask: Int

  /// An empty table.
  public init() {
    slots = [UInt32](repeating: 0, count: 2048)
    mask = 2047
  }

  /// How many names there are.
  public var count: Int { starts.count - 1 }

  /// The folded spelling of a symbol.
  public func text(_ symbol: Symbol) -> String {
    guard symbol.index + 1 < starts.count else { return "" }
    return String(decoding: bytes[Int(starts[symbol.index])..<Int(starts[symbol.index + 1])], as: UTF8.self)
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
    let raw = Array(text.utf8)
    return raw.withUnsafeBufferPointer { intern($0) }
  }

  /// The symbol of a spelling already known, or nil.
  public func known(_ text: String) -> Symbol? {
    let raw = Array(text.utf8)
    return raw.withUnsafeBufferPointer { spelling in
      var at = Self.hash(spelling) & mask
      while slots[at] != 0 {
        if equal(slots[at] - 1, spelling) { return Symbol(raw: slots[at] - 1) }
        at = (at + 1) & mask
      }
      return nil
    }
  }

  /// The symbol of a spelling given as bytes, made when it is new.
  public mutating func intern(_ spelling: UnsafeBufferPointer<UInt8>) -> Symbol {
    var at = Self.hash(spelling) & mask
    while slots[at] != 0 {
      if equal(slots[at] - 1, spelling) { return Symbol(raw: slots[at] - 1) }
      at = (at + 1) & mask
    }
    let symbol = UInt32(truncatingIfNeeded: count)
    for byte in spelling { bytes.append(Self.folded(byte)) }
    starts.append(UInt32(truncatingIfNeeded: bytes.count))
    slots[at] = symbol + 1
    if count * 2 > slots.count { grow() }
    return Symbol(raw: symbol)
  }

  private mutating func grow() {
    mask = slots.count * 2 - 1
    slots = [UInt32](repeating: 0, count: mask + 1)
    for symbol in 0..<count {
      let range = Int(starts[symbol])..<Int(starts[symbol + 1])
      var at = bytes.withUnsafeBufferPointer { Self.hash(UnsafeBufferPointer(rebasing: $0[range])) } & mask
      while slots[at] != 0 { at = (at + 1) & mask }
      slots[at] = UInt32(truncatingIfNeeded: symbol + 1)
    }
  }

  @inline(__always) private func equal(_ symbol: UInt32, _ spelling: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = Int(starts[Int(symbol)])
    guard Int(starts[Int(symbol) + 1]) - start == spelling.count else { return false }
    for i in 0..<spelling.count where bytes[start + i] != Self.folded(spelling[i]) { return false }
    return true
  }

  @inline(__always) private static func folded(_ byte: UInt8) -> UInt8 {
    byte &- 65 < 26 ? byte | 0x20 : byte
  }

  @inline(__always) private static func hash(_ spelling: UnsafeBufferPointer<UInt8>) -> Int {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in spelling { value = (value ^ UInt64(folded(byte))) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: (value ^ (value >> 29)) & 0x7fff_ffff_ffff_ffff)
  }
}
