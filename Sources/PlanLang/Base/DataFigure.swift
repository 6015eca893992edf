/// A figure of a data file read to the sen.
public enum DataFigure: Sendable, Equatable {
  /// An exact amount of sen.
  case exact(Int64)
  /// The dust of a binary float, such as 182888324.00000003 or 1214977808.8799999, read to the sen it stands for.
  case artefact(Int64)
  /// Real digits behind the sen, rounded to the nearest sen.
  case rounded(Int64)
  /// Scientific notation, such as 1.23457E+11: a spreadsheet showed fewer digits than it had; read as written.
  case scientific(Int64)
  /// Nothing written, or a dash.
  case empty
  /// What a spreadsheet writes for a failed formula: `#N/A`, `#REF!`, `#VALUE!`.
  case failed
  /// One dot or comma before exactly three digits, where it may be a decimal mark or thousands.
  case ambiguous
  /// Not a figure.
  case unreadable

  /// Reads rupiah: plain (`1234567.89`) or Indonesian (`1.234.567,89`); `Rp` before it, and a minus or parentheses for
  /// less than nothing, are accepted.
  public static func read(_ text: String, isIndonesian: Bool) -> DataFigure {
    var copy = text
    return copy.withUTF8 { read($0, isIndonesian: isIndonesian) }
  }

  /// Reads rupiah from the bytes of a cell.
  public static func read(_ bytes: UnsafeBufferPointer<UInt8>, isIndonesian: Bool) -> DataFigure {
    if let whole = plainWhole(bytes) { return .exact(whole) }
    var reader = FigureReader(bytes, isIndonesian: isIndonesian)
    let made = reader.figure()
    if isIndonesian, made == .unreadable {
      // The dust of a binary float is written with a point wherever it comes from, and can be nothing else.
      var plain = FigureReader(bytes, isIndonesian: false)
      if case .artefact(let sen) = plain.figure() { return .artefact(sen) }
    }
    return made
  }

  /// Digits only, at most 16: nearly every cell.
  @inline(__always) private static func plainWhole(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard bytes.count > 0, bytes.count <= 16 else { return nil }
    var value: Int64 = 0
    for byte in bytes {
      guard byte &- 48 < 10 else { return nil }
      value = value &* 10 &+ Int64(byte &- 48)
    }
    return value &* 100
  }
}

/// The cursor over one cell.
private struct FigureReader {
  let bytes: UnsafeBufferPointer<UInt8>
  let isIndonesian: Bool
  var low = 0
  var high: Int
  var isNegative = false
  /// The digits so far, the number of them, and how many stand behind the mark.
  var value: Int64 = 0
  var digits = 0
  var decimals = 0
  /// The digits behind the sen, at most fifteen of them: for telling dust from real digits.
  var tail: Int64 = 0
  var tailDigits = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, isIndonesian: Bool) {
    self.bytes = bytes
    self.isIndonesian = isIndonesian
    high = bytes.count
  }

  private mutating func trim() {
    while low < high, bytes[low] == 32 || bytes[low] == 9 || bytes[low] == 34 { low += 1 }
    while high > low, bytes[high - 1] == 32 || bytes[high - 1] == 9 || bytes[high - 1] == 13 { high -= 1 }
  }

  mutating func figure() -> DataFigure {
    trim()
    if low == high || high - low == 1 && bytes[low] == 45 { return .empty }
    if bytes[low] == 35 { return .failed }
    if bytes[low] == 40, bytes[high - 1] == 41 {
      isNegative = true
      low += 1
      high -= 1
    }
    sign()
    if high - low > 2, bytes[low] | 0x20 == 114, bytes[low + 1] | 0x20 == 112 {
      low += 2
      if low < high, bytes[low] == 46, low + 1 < high, bytes[low + 1] == 32 { low += 1 }
      trim()
      sign()
    }
    guard low < high, bytes[low] &- 48 < 10 else { return .unreadable }
    return isIndonesian ? indonesian() : plain()
  }

  private mutating func sign() {
    if low < high, bytes[low] == 45, !isNegative {
      isNegative = true
      low += 1
    }
  }

  /// Takes a digit; false when the amount passes what sen can hold.
  private mutating func take(_ digit: UInt8, isDecimal: Bool) -> Bool {
    if isDecimal {
      decimals += 1
      if decimals > 2 {
        if tailDigits < 15 {
          tail = tail * 10 + Int64(digit &- 48)
          tailDigits += 1
        }
        digits += 1
        return true
      }
    }
    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflowToo) = product.addingReportingOverflow(Int64(digit &- 48))
    value = sum
    digits += 1
    return !overflow && !overflowToo
  }

  private mutating func plain() -> DataFigure {
    var at = low
    while at < high, bytes[at] &- 48 < 10 {
      guard take(bytes[at], isDecimal: false) else { return .unreadable }
      at += 1
    }
    let wholes = at - low
    if at < high, bytes[at] == 44 { return isLoneGroup(at, wholes) ? .ambiguous : .unreadable }
    if at < high, bytes[at] == 46 {
      if isLoneGroup(at, wholes) { return .ambiguous }
      at += 1
      guard at < high, bytes[at] &- 48 < 10 else { return .unreadable }
      while at < high, bytes[at] &- 48 < 10 {
        guard take(bytes[at], isDecimal: true) else { return .unreadable }
        at += 1
      }
    }
    if at < high, bytes[at] | 0x20 == 101 { return scientific(at + 1) }
    return at == high ? ended() : .unreadable
  }

  /// Whether a mark and exactly three digits end the figure, so that the mark may stand between thousands.
  private func isLoneGroup(_ at: Int, _ wholes: Int) -> Bool {
    guard high - at == 4, wholes <= 3, bytes[low] != 48 else { return false }
    for i in (at + 1)..<high where bytes[i] &- 48 >= 10 { return false }
    return true
  }

  private mutating func indonesian() -> DataFigure {
    var at = low
    var group = 0
    var hasDots = false
    while at < high, bytes[at] != 44 {
      if bytes[at] == 46 {
        guard hasDots ? group == 3 : (1...3).contains(group) else { return .unreadable }
        hasDots = true
        group = 0
      } else {
        guard bytes[at] &- 48 < 10, take(bytes[at], isDecimal: false) else { return .unreadable }
        group += 1
      }
      at += 1
    }
    guard !hasDots || group == 3 else { return .unreadable }
    if at < high {
      if !hasDots, isLoneGroup(at, at - low) { return .ambiguous }
      at += 1
      guard at < high else { return .unreadable }
      while at < high {
        guard bytes[at] &- 48 < 10, take(bytes[at], isDecimal: true) else { return .unreadable }
        at += 1
      }
    }
    return ended()
  }

  private mutating func ended() -> DataFigure {
    for _ in 0..<max(0, 2 - decimals) where !take(48, isDecimal: true) { return .unreadable }
    guard tail > 0 else { return .exact(isNegative ? -value : value) }
    let half = 5 * power(tailDigits - 1)
    let (rounded, overflow) = value.addingReportingOverflow(tail >= half ? 1 : 0)
    if overflow { return .unreadable }
    let sen = isNegative ? -rounded : rounded
    // A Double holds 15 digits truly; what stands behind them near a whole sen is its dust.
    let distance = tail >= half ? 10 * (half / 5) - tail : tail
    let isDust = digits >= 15 && tailDigits >= 3 && distance <= power(tailDigits) / 100
    return isDust ? .artefact(sen) : .rounded(sen)
  }

  private func power(_ exponent: Int) -> Int64 { Number.powers[min(max(exponent, 0), 18)] }

  /// The exponent behind `E`: exact where whole sen result.
  private mutating func scientific(_ start: Int) -> DataFigure {
    var at = start
    var isBelow = false
    if at < high, bytes[at] == 43 || bytes[at] == 45 {
      isBelow = bytes[at] == 45
      at += 1
    }
    guard at < high, high - at <= 3, decimals <= 2 || tailDigits == decimals - 2 else { return .unreadable }
    var exponent = 0
    for i in at..<high {
      guard bytes[i] &- 48 < 10 else { return .unreadable }
      exponent = exponent * 10 + Int(bytes[i] &- 48)
    }
    let mantissa = Int128(value) * Int128(power(tailDigits)) + Int128(tail)
    let shift = (isBelow ? -exponent : exponent) + 2 - decimals
    guard abs(shift) <= 18 else { return .unreadable }
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: Int128(power(shift)))
    let wide = shift >= 0 ? product : mantissa / Int128(power(-shift))
    guard shift < 0 || !overflow, let sen = Int64(exactly: wide) else { return .unreadable }
    return .scientific(isNegative ? -sen : sen)
  }
}
