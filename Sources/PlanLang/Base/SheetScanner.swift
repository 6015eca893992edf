/// The rows of a sheet written as lines.
struct SheetScanner {
  private let isIndonesian: Bool
  private let limit: Int
  /// Whether days are counted from 1904.
  var isFrom1904 = false
  /// Which styles show dates.
  var isDate: [Bool] = []
  /// The shared texts, quoted where they must be, and where each ends.
  private var shared: [UInt8] = []
  private var sharedEnds: [Int] = []
  /// The lines so far.
  private var out: [UInt8] = []
  /// The last row begun and the last column written in it, from 1.
  private var row = 0
  private var column = 0
  /// The cell that is being read.
  private var cell = Cell()

  private struct Cell {
    enum Kind { case number, shared, text, inline, truth, failure }
    var kind = Kind.number
    var column = 0
    var style = 0
    var hasFormula = false
    /// Its value, entities read.
    var value: [UInt8] = []
  }

  /// The farthest row and column that a sheet has.
  private static let farthest = (row: 1_048_576, column: 16_384)

  init(isIndonesian: Bool, limit: Int) {
    self.isIndonesian = isIndonesian
    self.limit = limit
  }

  // MARK: Shared texts

  /// Reads the shared texts: the runs of each joined, readings of letters (rPh) left out.
  mutating func share(_ part: [UInt8]) throws(WorkbookFault) {
    var reader = MarkupReader(part)
    var text: [UInt8] = []
    var isText = false
    var isReading = false
    while true {
      switch reader.next() {
      case .open:
        if reader.isNamed("si") { text.removeAll(keepingCapacity: true) }
        if reader.isNamed("rPh") { isReading = true }
        isText = reader.isNamed("t") && !isReading
      case .text: if isText { reader.decodeText(into: &text) }
      case .close:
        isText = false
        if reader.isNamed("rPh") { isReading = false }
        if reader.isNamed("si") {
          Self.put(Self.unescaped(text), into: &shared)
          sharedEnds.append(shared.count)
        }
      case .end:
        if reader.isBroken { throw WorkbookFault.damaged(part: "sharedStrings.xml") }
        return
      }
    }
  }

  /// Adds a text as a cell of a CSV: on one line, quoted where it holds a mark.
  private static func put(_ text: [UInt8], into out: inout [UInt8]) {
    let isQuoted = text.contains { $0 == 0x3b || $0 == 0x22 }
    if isQuoted { out.append(0x22) }
    for byte in text {
      if byte == 0x22 { out.append(0x22) }
      out.append(byte == 10 || byte == 13 || byte == 9 ? 0x20 : byte)
    }
    if isQuoted { out.append(0x22) }
  }

  /// A text whose `_x000D_` stand for the characters they name.
  private static func unescaped(_ text: [UInt8]) -> [UInt8] {
    guard let first = text.firstIndex(of: 0x5f) else { return text }
    var made = Array(text[..<first])
    var at = first
    while at < text.count {
      if text[at] == 0x5f, at + 7 <= text.count, text[at + 1] == 0x78, text[at + 6] == 0x5f,
        let code = UInt32(String(decoding: text[(at + 2)..<(at + 6)], as: UTF8.self), radix: 16)
      {
        made += Array(String(Character(UnicodeScalar(code) ?? "\u{fffd}")).utf8)
        at += 7
      } else {
        made.append(text[at])
        at += 1
      }
    }
    return made
  }

  // MARK: Rows

  /// The lines of a sheet.
  mutating func lines(of part: [UInt8], part name: String) throws(WorkbookFault) -> [UInt8] {
    let damage = WorkbookFault.damaged(part: name)
    var reader = MarkupReader(part)
    var isData = false
    var isCell = false
    var takes = false
    out.reserveCapacity(min(limit, part.count / 2))
    while true {
      switch reader.next() {
      case .open:
        if !isData {
          isData = reader.isNamed("sheetData")
        } else if reader.isNamed("c") {
          guard row > 0, begin(reader) else { throw damage }
          isCell = true
        } else if reader.isNamed("row") {
          guard beginRow(reader) else { throw damage }
        } else if isCell {
          takes = reader.isNamed("v") && cell.kind != .inline || reader.isNamed("t") && cell.kind == .inline
          if reader.isNamed("f") { cell.hasFormula = true }
          if reader.isNamed("rPh") { isCell = false }
        }
      case .text: if takes { reader.decodeText(into: &cell.value) }
      case .close:
        takes = false
        if reader.isNamed("rPh") { isCell = true }
        if reader.isNamed("c") {
          isCell = false
          guard write() else { throw damage }
          if out.count > limit { throw WorkbookFault.tooLarge(part: name) }
        } else if reader.isNamed("sheetData") {
          out.append(10)
          return out
        }
      case .end: throw damage
      }
    }
  }

  /// Begins a row: rows come in order, those that are not there are empty lines.
  private mutating func beginRow(_ reader: MarkupReader) -> Bool {
    var number = row + 1
    if let place = reader.attribute("r") {
      guard let stated = Self.whole(reader.bytes, place) else { return false }
      number = stated
    }
    guard number > row, number <= Self.farthest.row else { return false }
    for _ in max(row, 1)..<number { out.append(10) }
    row = number
    column = 0
    return true
  }

  /// Begins a cell: its place, its kind and its style.
  private mutating func begin(_ reader: MarkupReader) -> Bool {
    cell.value.removeAll(keepingCapacity: true)
    cell.hasFormula = false
    cell.column = column + 1
    if let place = reader.attribute("r") {
      var at = 0
      var digits = place.lowerBound
      while digits < place.upperBound, case let letter = reader.bytes[digits] | 0x20, letter &- 97 < 26 {
        at = at * 26 + Int(letter &- 96)
        if at > Self.farthest.column { return false }
        digits += 1
      }
      guard at > column, Self.whole(reader.bytes, digits..<place.upperBound) == row else { return false }
      cell.column = at
    }
    guard cell.column <= Self.farthest.column else { return false }
    cell.style = reader.attribute("s").flatMap { Self.whole(reader.bytes, $0) } ?? 0
    cell.kind = .number
    guard let type = reader.attribute("t"), let first = type.first else { return true }
    switch (reader.bytes[first], type.count) {
    case (0x73, 1): cell.kind = .shared
    case (0x73, _), (0x64, _): cell.kind = .text
    case (0x69, _): cell.kind = .inline
    case (0x62, _): cell.kind = .truth
    case (0x65, _): cell.kind = .failure
    default: break
    }
    return true
  }

  /// Digits as a number, or nil.
  private static func whole(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count < 10 else { return nil }
    var value = 0
    for place in range {
      guard bytes[place] &- 48 < 10 else { return nil }
      value = value * 10 + Int(bytes[place] &- 48)
    }
    return value
  }

  // MARK: Cells

  /// Writes the cell that ends, the columns before it empty; false when it names a text that is not there.
  private mutating func write() -> Bool {
    if cell.value.isEmpty {
      guard cell.hasFormula, cell.kind != .text else { return true }
      advance()
      out += "#CALC!".utf8
      return true
    }
    advance()
    switch cell.kind {
    case .shared:
      guard let index = Self.whole(cell.value, cell.value.indices), index < sharedEnds.count else { return false }
      out += shared[(index == 0 ? 0 : sharedEnds[index - 1])..<sharedEnds[index]]
    case .text, .inline: Self.put(Self.unescaped(cell.value), into: &out)
    case .failure: Self.put(cell.value, into: &out)
    case .truth: out += (cell.value == [0x31] ? "TRUE" : "FALSE").utf8
    case .number:
      let shown = isDate.indices.contains(cell.style) && isDate[cell.style] ? date(cell.value) : nil
      if let shown { out += shown.utf8 } else { number(cell.value) }
    }
    return true
  }

  private mutating func advance() {
    for _ in max(column, 1)..<cell.column { out.append(0x3b) }
    column = cell.column
  }

  /// Writes a number as it is stored: an exponent written out, three decimals given a fourth, so that nothing can take
  /// the mark for one between thousands.
  private mutating func number(_ value: [UInt8]) {
    let isPlain = value.allSatisfy { $0 &- 48 < 10 || $0 == 0x2e }
    guard let plain = isPlain ? value : Self.plain(value) else { return Self.put(value, into: &out) }
    let mark = plain.firstIndex(of: 0x2e)
    for byte in plain { out.append(byte == 0x2e && isIndonesian ? 0x2c : byte) }
    if let mark, plain.count - mark == 4 { out.append(0x30) }
  }

  /// The digits of a number without an exponent; nil for what is none, or far too large or small for money.
  private static func plain(_ value: [UInt8]) -> [UInt8]? {
    var digits: [UInt8] = []
    var isNegative = false
    var behind: Int?
    var at = 0
    while at < value.count, value[at] <= 0x20 { at += 1 }
    if at < value.count, value[at] == 0x2d || value[at] == 0x2b {
      isNegative = value[at] == 0x2d
      at += 1
    }
    while at < value.count, value[at] &- 48 < 10 || value[at] == 0x2e && behind == nil {
      if value[at] == 0x2e { behind = 0 } else { digits.append(value[at]) }
      if value[at] != 0x2e, let known = behind { behind = known + 1 }
      at += 1
    }
    var decimals = behind ?? 0
    if at < value.count, value[at] | 0x20 == 0x65 {
      let exponent = String(decoding: value[(at + 1)...], as: UTF8.self).filter { $0 > " " }
      guard let power = Int(exponent), abs(power) <= 40 else { return nil }
      decimals -= power
      at = value.count
    }
    while at < value.count, value[at] <= 0x20 { at += 1 }
    guard at == value.count, !digits.isEmpty else { return nil }
    while decimals < 0 {
      digits.append(48)
      decimals += 1
    }
    while digits.count <= decimals { digits.insert(48, at: 0) }
    while digits.count - decimals > 1, digits[0] == 48 { digits.removeFirst() }
    if decimals > 0 { digits.insert(0x2e, at: digits.count - decimals) }
    return (isNegative ? [0x2d] : []) + digits
  }

  /// A count of days as a date, with its time where it has one; nil for what is no date.
  private func date(_ value: [UInt8]) -> String? {
    let serial = Double(String(decoding: value, as: UTF8.self)) ?? -1
    guard serial >= 0, serial < 2_958_466 else { return nil }
    var seconds = Int((serial * 86_400).rounded())
    var days = seconds / 86_400
    seconds %= 86_400
    if isFrom1904 { days += 1462 }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let time = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    if days == 0 { return time }
    // The 29 February 1900 that spreadsheets count.
    var day = days == 60 ? "1900-02-29" : ""
    if days != 60 {
      let (year, month, date) = Self.civil(days + (days < 60 ? 1 : 0))
      day = "\(year)-\(two(month))-\(two(date))"
    }
    return seconds == 0 ? day : day + " " + time
  }

  /// The date that lies days behind 30 December 1899 (the months counted from March, so that the odd day comes last).
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 693_899
    let era = shifted / 146_097
    let ofEra = shifted % 146_097
    let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let day = ofYear - (153 * month + 2) / 5 + 1
    return (year + era * 400 + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9, day)
  }
}
