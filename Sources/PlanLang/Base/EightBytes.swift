/// Eight bytes of a text looked at together: what each of them is, said in its highest bit.
struct EightBytes {
  let word: UInt64

  @inline(__always) init(word: UInt64) { self.word = word }

  /// The eight bytes at a place.
  @inline(__always) init(_ place: UnsafeRawPointer) { word = place.loadUnaligned(as: UInt64.self) }

  /// A byte eight times.
  @inline(__always) static func all(_ byte: UInt64) -> UInt64 { 0x0101_0101_0101_0101 &* byte }

  /// The bits of the first bytes, fewer than eight.
  @inline(__always) static func first(_ count: Int) -> UInt64 { ~(UInt64.max &<< UInt64(8 &* count)) }

  /// The highest bit of each byte.
  static let high: UInt64 = 0x8080_8080_8080_8080

  /// Where the first byte stands that has its highest bit here; 8 where none has.
  @inline(__always) static func firstPlace(_ bits: UInt64) -> Int { bits.trailingZeroBitCount &>> 3 }

  /// Which bytes lie in a span of ASCII: sums of seven bits never carry into the next byte.
  @inline(__always) private static func span(_ low: UInt64, _ from: UInt64, _ to: UInt64) -> UInt64 {
    (low &+ all(0x80 - from)) & ~(low &+ all(0x7f - to))
  }

  /// ASCII letters.
  @inline(__always) var letters: UInt64 {
    Self.span(word & Self.all(0x7f) | Self.all(0x20), 0x61, 0x7a) & ~word & Self.high
  }

  /// Digits.
  @inline(__always) var digits: UInt64 { Self.span(word & Self.all(0x7f), 0x30, 0x39) & ~word & Self.high }

  /// A byte of ASCII.
  @inline(__always) func equal(_ byte: UInt64) -> UInt64 {
    Self.span(word & Self.all(0x7f), byte, byte) & ~word & Self.high
  }

  /// With ASCII capitals made small.
  @inline(__always) var folded: UInt64 {
    word | (Self.span(word & Self.all(0x7f), 0x41, 0x5a) & ~word & Self.high) >> 2
  }
}

/// A spelling of at most fifteen ASCII letters, digits and underscores, capitals made small: what most words are.
struct ShortSpelling {
  let first: UInt64
  let second: UInt64
  let count: Int

  /// The one that begins at a place; nil where it goes on, or the text soon ends.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) {
    guard start &+ 16 <= bytes.count, let base = bytes.baseAddress else { return nil }
    let place = UnsafeRawPointer(base) + start
    let (head, others) = Self.wordBytes(EightBytes(place))
    if others != 0 {
      count = EightBytes.firstPlace(others)
      first = head & EightBytes.first(count)
      second = 0
    } else {
      let (tail, others) = Self.wordBytes(EightBytes(place + 8))
      if others == 0 { return nil }
      let width = EightBytes.firstPlace(others)
      count = 8 &+ width
      first = head
      second = tail & EightBytes.first(width)
    }
    if bytes[start &+ count] >= 0x80 { return nil }
  }

  /// So many bytes at a place of folded ones, of which sixteen may be read; nil where they are more than fifteen. One
  /// that is no word is no other's spelling.
  init?(folded bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) {
    guard count < 16, start + 16 <= bytes.count, let base = bytes.baseAddress else { return nil }
    self.count = count
    first = EightBytes(base + start).word & (count < 8 ? EightBytes.first(count) : .max)
    second = count > 8 ? EightBytes(base + start + 8).word & EightBytes.first(count - 8) : 0
  }

  /// Eight bytes with capitals made small, and which of them belong to no word.
  @inline(__always)
  private static func wordBytes(_ bytes: EightBytes) -> (folded: UInt64, others: UInt64) {
    let letters = bytes.letters
    return (bytes.word | letters >> 2, ~(letters | bytes.digits | bytes.equal(0x5f)) & EightBytes.high)
  }

  /// Whether it stands at a place of folded bytes, of which eight more may be read than it has.
  @inline(__always)
  func isAt(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let place = base + start
    if count <= 8 {
      return (EightBytes(place).word ^ first) &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count) == 0
    }
    return EightBytes(place).word == first
      && (EightBytes(place + 8).word ^ second) &<< UInt64(truncatingIfNeeded: 128 &- 8 &* count) == 0
  }

  /// Its hash.
  @inline(__always) var hash: UInt64 {
    let head = Self.hash(Self.hash(of: count), first)
    return count > 8 ? Self.hash(head, second) : head
  }

  /// The hash of a spelling of so many bytes of which none was looked at.
  @inline(__always) static func hash(of count: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: count) &* 0x9e37_79b9_7f4a_7c15
  }

  /// A hash with eight bytes more.
  @inline(__always) static func hash(_ value: UInt64, _ word: UInt64) -> UInt64 {
    let (high, low) = (value ^ word).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
    return high ^ low
  }
}
