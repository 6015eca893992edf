/// A CSV read as offsets into its bytes: one scan, no text made until a cell is asked for.
///
/// Separated by `;`, `,` or tab; quoted cells may hold separators, newlines and doubled quotes (RFC 4180); a
/// byte-order mark, CRLF and Excel's `sep=;` line are accepted. Rows are numbered as a spreadsheet does.
public struct Delimited: Sendable {
  /// The bytes.
  public let bytes: [UInt8]
  /// The separator.
  public let separator: UInt8
  /// Start and end of each cell, quotes left out; row after row.
  private var cells: [Span] = []
  /// The first cell of each row; one longer than the number of rows.
  private var rows: [UInt32] = [0]
  /// The number of each row in a spreadsheet, from 1: empty lines count, a quoted newline does not.
  private var numbers: [UInt32] = []
  /// Whether rows end with their last filled cell, as those of a sheet do: a short one lacks nothing.
  public let isRagged: Bool
  /// The number of the row whose quote is never closed, or nil; that row holds the rest of the file.
  public private(set) var openRow: Int?

  /// Where a cell stands in the bytes.
  public struct Span: Sendable {
    /// Its first byte.
    public var start: UInt32
    /// Behind its last byte.
    public var end: UInt32
    /// Whether there is nothing in it.
    @inline(__always) public var isEmpty: Bool { start == end }
  }

  /// Reads a file; without a separator the one met most often in the first line is taken.
  public init(_ bytes: [UInt8], separator: UInt8? = nil, isRagged: Bool = false) {
    self.bytes = bytes
    self.isRagged = isRagged
    var at = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    var number: UInt32 = 1
    var said: UInt8?
    if bytes[at...].starts(with: "sep=".utf8), at + 4 < bytes.count, bytes[at + 4] != 10, bytes[at + 4] != 13 {
      said = bytes[at + 4]
      while at < bytes.count, bytes[at] != 10 { at += 1 }
      at = min(at + 1, bytes.count)
      number = 2
    }
    self.separator = separator ?? said ?? Self.commonest(bytes, from: at)
    bytes.withUnsafeBufferPointer { scan($0, from: at, number) }
  }

  /// How many rows there are, empty lines left out.
  public var count: Int { rows.count - 1 }

  /// How many cells a row has.
  @inline(__always) public func width(_ row: Int) -> Int { Int(rows[row + 1] - rows[row]) }

  /// The number of a row as a spreadsheet shows it, from 1.
  public func number(_ row: Int) -> Int { Int(numbers[row]) }

  /// The place of a cell in the bytes, quotes left out; an empty one where the row is too short.
  @inline(__always) public func span(_ row: Int, _ column: Int) -> Span {
    let at = rows[row] + UInt32(truncatingIfNeeded: column)
    return at < rows[row + 1] ? cells[Int(at)] : Span(start: 0, end: 0)
  }

  /// The text of a cell: doubled quotes of a quoted cell made single, spaces around it dropped, replacement characters
  /// for what is not UTF-8.
  public func text(_ row: Int, _ column: Int) -> String {
    let span = span(row, column)
    var low = Int(span.start)
    var high = Int(span.end)
    let isQuoted = low > 0 && low < bytes.count && bytes[low - 1] == 34
    while low < high, bytes[low] == 32 || bytes[low] == 9 { low += 1 }
    while high > low, bytes[high - 1] == 32 || bytes[high - 1] == 9 { high -= 1 }
    guard isQuoted, bytes[low..<high].contains(34) else { return String(decoding: bytes[low..<high], as: UTF8.self) }
    var single: [UInt8] = []
    var wasQuote = false
    for byte in bytes[low..<high] {
      if byte == 34, wasQuote {
        wasQuote = false
        continue
      }
      wasQuote = byte == 34
      single.append(byte)
    }
    return String(decoding: single, as: UTF8.self)
  }

  /// The separator met most often in a line, quoted stretches left out; `;` when there is none.
  private static func commonest(_ bytes: [UInt8], from start: Int) -> UInt8 {
    var counts: [(mark: UInt8, count: Int)] = [(59, 0), (44, 0), (9, 0)]
    var isQuoted = false
    for byte in bytes[start...] {
      if byte == 34 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 10 { break }
      for i in counts.indices where counts[i].mark == byte { counts[i].count += 1 }
    }
    var best = counts[0]
    for candidate in counts where candidate.count > best.count { best = candidate }
    return best.mark
  }
}

// MARK: - The scan

extension Delimited {
  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ first: UInt32) {
    var at = start
    var number = first
    cells.reserveCapacity(bytes.count / 24 + 16)
    rows.reserveCapacity(bytes.count / 200 + 16)
    numbers.reserveCapacity(bytes.count / 200 + 16)
    let separators = UInt64(separator) &* Self.ones
    while at < bytes.count {
      let firstCell = cells.count
      var isEnd = false
      while !isEnd {
        var span = Span(start: UInt32(truncatingIfNeeded: at), end: 0)
        if at < bytes.count, bytes[at] == 34 {
          span.start += 1
          at = Self.closingQuote(bytes, from: at + 1)
          span.end = UInt32(truncatingIfNeeded: min(at, bytes.count))
          if at >= bytes.count, openRow == nil { openRow = Int(number) }
          at = Self.mark(bytes, from: min(at + 1, bytes.count), separators)
        } else {
          at = Self.mark(bytes, from: at, separators)
          span.end = UInt32(truncatingIfNeeded: at)
          let isLineEnd = at >= bytes.count || bytes[at] == 10
          if isLineEnd, span.end > span.start, bytes[at - 1] == 13 { span.end -= 1 }
        }
        cells.append(span)
        isEnd = at >= bytes.count || bytes[at] == 10
        at += 1
      }
      if cells.count - firstCell == 1, cells[firstCell].isEmpty {
        cells.removeLast()
      } else {
        rows.append(UInt32(truncatingIfNeeded: cells.count))
        numbers.append(number)
      }
      number &+= 1
    }
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The next separator or newline, or the end: eight bytes at a time (zero-byte test, Hacker's Delight 6-1).
  @inline(__always) private static func mark(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ separators: UInt64
  ) -> Int {
    var at = start
    let raw = UnsafeRawBufferPointer(bytes)
    while at + 8 <= bytes.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      let separator = word ^ separators
      let newline = word ^ (10 &* ones)
      let found = ((separator &- ones) & ~separator | (newline &- ones) & ~newline) & highs
      if found != 0 { return at + found.trailingZeroBitCount >> 3 }
      at += 8
    }
    let separator = UInt8(truncatingIfNeeded: separators)
    while at < bytes.count, bytes[at] != separator, bytes[at] != 10 { at += 1 }
    return at
  }

  /// The quote that closes a cell, or the end.
  private static func closingQuote(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = start
    while at < bytes.count {
      if bytes[at] == 34 {
        guard at + 1 < bytes.count, bytes[at + 1] == 34 else { return at }
        at += 1
      }
      at += 1
    }
    return at
  }
}
