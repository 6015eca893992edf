/// What DEFLATE (RFC 1951) packed, unpacked to exactly as many bytes as were declared.
struct Inflate {
  /// The bytes cannot be what was packed.
  struct Damage: Error {}

  private let bytes: [UInt8]
  private var at: Int
  private let end: Int
  /// Bits read but not yet used, the next one lowest, and how many there are.
  private var bits: UInt64 = 0
  private var count = 0
  private var out: [UInt8]
  private var size = 0

  private init(_ bytes: [UInt8], _ range: Range<Int>, size: Int) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
    out = [UInt8](repeating: 0, count: size)
  }

  /// Unpacks a range of bytes; the caller bounds the size.
  static func unpacked(_ bytes: [UInt8], _ range: Range<Int>, size: Int) throws(Damage) -> [UInt8] {
    var inflate = Inflate(bytes, range, size: size)
    try inflate.run()
    guard inflate.size == size else { throw Damage() }
    return inflate.out
  }

  private mutating func run() throws(Damage) {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try copyStored()
      case 1: try copyCoded(Self.fixed.0, Self.fixed.1)
      case 2:
        let tables = try dynamicTables()
        try copyCoded(tables.0, tables.1)
      default: throw Damage()
      }
    }
  }

  // MARK: Bits

  @inline(__always) private mutating func fill() {
    while count <= 56, at < end {
      bits |= UInt64(bytes[at]) << UInt64(count)
      at += 1
      count += 8
    }
  }

  /// The next bits as a number, at most 16 of them.
  @inline(__always) private mutating func take(_ wanted: Int) throws(Damage) -> Int {
    if count < wanted { fill() }
    guard count >= wanted else { throw Damage() }
    let value = Int(bits & (1 << UInt64(wanted) - 1))
    bits >>= UInt64(wanted)
    count -= wanted
    return value
  }

  @inline(__always) private mutating func symbol(_ table: HuffmanTable) throws(Damage) -> Int {
    if count < HuffmanTable.longest { fill() }
    let entry = Int(table.fast[Int(bits & HuffmanTable.mask)])
    if entry != 0 {
      let length = entry & 15
      guard length <= count else { throw Damage() }
      bits >>= UInt64(length)
      count -= length
      return entry >> 4
    }
    return try longSymbol(table)
  }

  /// A code longer than the table of short ones, bit by bit: codes of one length are consecutive.
  private mutating func longSymbol(_ table: HuffmanTable) throws(Damage) -> Int {
    var (code, first, index) = (0, 0, 0)
    for length in 1...HuffmanTable.longest {
      code |= try take(1)
      let here = Int(table.counts[length])
      if code - first < here { return Int(table.symbols[index + code - first]) }
      index += here
      first = (first + here) << 1
      code <<= 1
    }
    throw Damage()
  }

  // MARK: Blocks

  private mutating func copyStored() throws(Damage) {
    let spare = count & 7
    bits >>= UInt64(spare)
    count -= spare
    let length = try take(16)
    guard try take(16) == length ^ 0xffff else { throw Damage() }
    guard size + length <= out.count else { throw Damage() }
    for _ in 0..<length {
      out[size] = UInt8(try take(8))
      size += 1
    }
  }

  private mutating func copyCoded(_ literals: HuffmanTable, _ distances: HuffmanTable) throws(Damage) {
    let (lengthBases, distanceBases) = (Self.lengthBases, Self.distanceBases)
    while true {
      let symbol = try symbol(literals)
      if symbol < 256 {
        guard size < out.count else { throw Damage() }
        out[size] = UInt8(truncatingIfNeeded: symbol)
        size += 1
        continue
      }
      if symbol == 256 { return }
      guard symbol < 257 + lengthBases.count else { throw Damage() }
      let (base, extra) = lengthBases[symbol - 257]
      let length = base + (extra == 0 ? 0 : try take(extra))
      let code = try self.symbol(distances)
      guard code < distanceBases.count else { throw Damage() }
      let (near, more) = distanceBases[code]
      let distance = near + (more == 0 ? 0 : try take(more))
      guard distance <= size, size + length <= out.count else { throw Damage() }
      for place in size..<(size + length) { out[place] = out[place - distance] }
      size += length
    }
  }

  private mutating func dynamicTables() throws(Damage) -> (HuffmanTable, HuffmanTable) {
    let literals = try take(5) + 257
    let distances = try take(5) + 1
    let coded = try take(4) + 4
    guard literals <= 286 else { throw Damage() }
    var lengths = [UInt8](repeating: 0, count: 19)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    for place in order.prefix(coded) { lengths[place] = UInt8(try take(3)) }
    let table = try HuffmanTable(lengths)
    lengths = []
    while lengths.count < literals + distances {
      let symbol = try symbol(table)
      var (value, times) = (UInt8(truncatingIfNeeded: symbol), 1)
      switch symbol {
      case 16:
        guard let last = lengths.last else { throw Damage() }
        (value, times) = (last, try take(2) + 3)
      case 17: (value, times) = (0, try take(3) + 3)
      case 18: (value, times) = (0, try take(7) + 11)
      default: break
      }
      guard lengths.count + times <= literals + distances else { throw Damage() }
      for _ in 0..<times { lengths.append(value) }
    }
    guard lengths[256] != 0 else { throw Damage() }
    return (try HuffmanTable(Array(lengths[..<literals])), try HuffmanTable(Array(lengths[literals...])))
  }

  // MARK: What the format fixes

  private static let fixed: (HuffmanTable, HuffmanTable) = {
    let lengths = (0..<288).map { UInt8($0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8) }
    return (HuffmanTable(whole: lengths), HuffmanTable(whole: [UInt8](repeating: 5, count: 30)))
  }()

  private static let lengthBases: [(Int, Int)] = {
    let extra = (0..<28).map { $0 < 8 ? 0 : $0 / 4 - 1 }
    return bases(from: 3, extra) + [(258, 0)]
  }()

  private static let distanceBases = bases(from: 1, (0..<30).map { $0 < 4 ? 0 : $0 / 2 - 1 })

  /// Each base lies behind what the one before reaches with its extra bits.
  private static func bases(from start: Int, _ extra: [Int]) -> [(Int, Int)] {
    var next = start
    return extra.map { bits in
      defer { next += 1 << bits }
      return (next, bits)
    }
  }
}

/// A canonical Huffman code: short codes by table, longer ones by counting.
struct HuffmanTable {
  /// The longest code.
  static let longest = 15
  private static let short = 10
  /// The bits that the table of short codes is asked with.
  static let mask: UInt64 = 1 << UInt64(short) - 1
  /// Symbol and length by the next bits; 0 where the code is longer or means nothing.
  let fast: [UInt16]
  /// How many codes there are of each length.
  let counts: [UInt16]
  /// The symbols in the order of their codes.
  let symbols: [UInt16]

  /// A code by the lengths of its symbols; one with more codes than fit is damaged.
  init(_ lengths: [UInt8]) throws(Inflate.Damage) {
    self.init(whole: lengths)
    var left = 1
    for length in 1...Self.longest {
      left = left << 1 - Int(counts[length])
      if left < 0 { throw Inflate.Damage() }
    }
  }

  /// A code whose lengths are known to fit.
  init(whole lengths: [UInt8]) {
    var counts = [UInt16](repeating: 0, count: Self.longest + 1)
    for length in lengths { counts[Int(length & 15)] += 1 }
    counts[0] = 0
    var places = [Int](repeating: 0, count: Self.longest + 2)
    var codes = places
    for length in 1...Self.longest {
      places[length + 1] = places[length] + Int(counts[length])
      codes[length + 1] = (codes[length] + Int(counts[length])) << 1
    }
    var fast = [UInt16](repeating: 0, count: 1 << Self.short)
    var symbols = [UInt16](repeating: 0, count: places[Self.longest + 1])
    for (symbol, value) in lengths.enumerated() where value != 0 {
      let length = Int(value & 15)
      symbols[places[length]] = UInt16(symbol)
      places[length] += 1
      let code = codes[length]
      codes[length] += 1
      if length > Self.short { continue }
      var reversed = 0
      for bit in 0..<length where code >> bit & 1 == 1 { reversed |= 1 << (length - 1 - bit) }
      while reversed < fast.count {
        fast[reversed] = UInt16(symbol << 4 | length)
        reversed += 1 << length
      }
    }
    (self.fast, self.counts, self.symbols) = (fast, counts, symbols)
  }
}
