/// A CSV read as offsets into its bytes: one scan, no text made until a cell is asked for.
///
/// Separated by `;`, `,` or tab; quoted cells may hold separators, newlines and doubled quotes; a byte-order mark and
/// CRLF are accepted.
public struct Delimited: Sendable {
  /// The bytes.
  public let bytes: [UInt8]
  /// The separator.
  public let separator: UInt8
  /// Start and end of each cell, quotes left out; row after row.
  private var cells: [(start: UInt32, end: UInt32)] = []
  /// The first cell of each row; one longer than the number of rows.
  private var rows: [UInt32] = [0]
  /// The line each row begins on, from 1.
  private var lines: [UInt32] = []

  /// Reads a file; without a separator the one met most often in the first line is taken.
  public init(_ bytes: [UInt8], separator: UInt8? = nil) {
    self.bytes = bytes
    self.separator = separator ?? Self.commonest(bytes)
    scan()
  }

  /// How many rows there are, empty lines left out.
  public var count: Int { rows.count - 1 }

  /// How many cells a row has.
  public func width(_ row: Int) -> Int { Int(rows[row + 1] - rows[row]) }

  /// The line of the file a row begins on, from 1.
  public func line(_ row: Int) -> Int { Int(lines[row]) }

  /// The place of a cell in the bytes, quotes left out; an empty one where the row is too short.
  public func range(_ row: Int, _ column: Int) -> Range<Int> {
    guard column < width(row) else { return 0..<0 }
    let cell = cells[Int(rows[row]) + column]
    return Int(cell.start)..<Int(cell.end)
  }

  /// The text of a cell, doubled quotes made single, spaces around it dropped.
  public func text(_ row: Int, _ column: Int) -> String {
    let range = range(row, column)
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, bytes[low] == 32 || bytes[low] == 9 { low += 1 }
    while high > low, bytes[high - 1] == 32 || bytes[high - 1] == 9 { high -= 1 }
    let text = String(decoding: bytes[low..<high], as: UTF8.self)
    guard bytes[low..<high].contains(34) else { return text }
    var single = ""
    var wasQuote = false
    for character in text {
      if character == "\"", wasQuote {
        wasQuote = false
        continue
      }
      wasQuote = character == "\""
      single.append(character)
    }
    return single
  }

  private static func commonest(_ bytes: [UInt8]) -> UInt8 {
    var counts: [(UInt8, Int)] = [(59, 0), (44, 0), (9, 0)]
    for byte in bytes {
      if byte == 10 { break }
      for i in counts.indices where counts[i].0 == byte { counts[i].1 += 1 }
    }
    return counts.max { $0.1 < $1.1 }.map { $0.1 > 0 ? $0.0 : 59 } ?? 59
  }

  private mutating func scan() {
    var at = bytes.count >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf ? 3 : 0
    var line: UInt32 = 1
    while at < bytes.count {
      let firstLine = line
      let firstCell = cells.count
      var isEnd = false
      while !isEnd {
        var start = at
        var end = at
        if at < bytes.count, bytes[at] == 34 {
          at += 1
          start = at
          while at < bytes.count {
            if bytes[at] == 10 { line += 1 }
            if bytes[at] == 34 {
              if at + 1 < bytes.count, bytes[at + 1] == 34 {
                at += 2
                continue
              }
              break
            }
            at += 1
          }
          end = at
          while at < bytes.count, bytes[at] != separator, bytes[at] != 10 { at += 1 }
        } else {
          while at < bytes.count, bytes[at] != separator, bytes[at] != 10 { at += 1 }
          end = at > start && bytes[at - 1] == 13 ? at - 1 : at
        }
        cells.append((UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: end)))
        if at >= bytes.count {
          isEnd = true
        } else {
          isEnd = bytes[at] == 10
          at += 1
        }
      }
      line += 1
      if cells.count - firstCell == 1, cells[firstCell].start == cells[firstCell].end {
        cells.removeLast()
        continue
      }
      rows.append(UInt32(truncatingIfNeeded: cells.count))
      lines.append(firstLine)
    }
  }
}

/// A figure of a data file read to the sen.
public enum DataFigure: Sendable, Equatable {
  /// An exact amount of sen.
  case exact(Int64)
  /// An amount with more digits than sen, such as 182888324.00000003, read to the nearest sen.
  case rounded(Int64)
  /// Nothing written.
  case empty
  /// Not a figure.
  case unreadable

  /// Reads rupiah: plain (`1234567.89`) or Indonesian (`1.234.567,89`); `Rp` before it is accepted.
  public static func read(_ text: String, isIndonesian: Bool) -> DataFigure {
    var bytes = Array(text.utf8)
    if bytes.count > 1, bytes[0] | 0x20 == 114, bytes[1] | 0x20 == 112 { bytes.removeFirst(2) }
    bytes.removeAll { $0 == 32 }
    if bytes.isEmpty || bytes == [45] { return .empty }
    var isNegative = false
    if bytes[0] == 45 {
      isNegative = true
      bytes.removeFirst()
    } else if bytes[0] == 40, bytes.last == 41 {
      isNegative = true
      bytes = Array(bytes[1..<(bytes.count - 1)])
    }
    let (group, mark): (UInt8, UInt8) = isIndonesian ? (46, 44) : (44, 46)
    let parts = bytes.split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
    var whole = Array(parts[0])
    if whole.contains(group) {
      let groups = whole.split(separator: group, omittingEmptySubsequences: false)
      guard isIndonesian, groups.dropFirst().allSatisfy({ $0.count == 3 }), (1...3).contains(groups[0].count) else { return .unreadable }
      whole = groups.flatMap { $0 }
    }
    let decimals = parts.count > 1 ? Array(parts[1]) : []
    guard !whole.isEmpty, (whole + decimals).allSatisfy({ $0 &- 48 < 10 }) else { return .unreadable }
    var sen: Int64 = 0
    for digit in whole + (decimals + [48, 48]).prefix(2) {
      let (product, overflow) = sen.multipliedReportingOverflow(by: 10)
      let (sum, overflowToo) = product.addingReportingOverflow(Int64(digit &- 48))
      if overflow || overflowToo { return .unreadable }
      sen = sum
    }
    let rest = decimals.dropFirst(2)
    if let first = rest.first, first >= 53 { sen += 1 }
    if isNegative { sen = -sen }
    return rest.contains { $0 != 48 } ? .rounded(sen) : .exact(sen)
  }
}
