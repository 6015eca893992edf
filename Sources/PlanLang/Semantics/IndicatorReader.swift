/// The rows of a file that name indicators, into indicators with units, baselines and targets; every value that cannot
/// be read is a finding.
struct IndicatorReader {
  let table: Delimited
  let base: UInt32
  let map: ColumnMap
  /// The row of the head.
  let head: Int
  var log: FindingLog
  /// Owners met, by kind and the letters of their code or name.
  private var owners: [String: EntityID] = [:]
  /// Whether the row is in percent by the signs of its cells alone, so that a cell without one is doubted.
  private var needsSign = false

  init(table: Delimited, base: UInt32, head: Int, map: ColumnMap, log: FindingLog) {
    self.table = table
    self.base = base
    self.head = head
    self.map = map
    self.log = log
  }

  mutating func read(into checker: inout Checker) {
    guard let column = map.indicator else { return }
    let entities = checker.builder.plan.entities
    for row in 0..<entities.count where entities.kind[row] != .indicator {
      let (code, title) = (entities.codeName[row], entities.title[row])
      for symbol in [entities.name[row], code] where symbol != Entities.unnamed {
        owners["\(entities.kind[row])#\(checker.names.text(symbol))"] = EntityID(row)
      }
      let letters = title == .none ? "" : Checker.plain(Lowering.unquoted(checker.sources.text(title)))
      if !letters.isEmpty, owners["\(entities.kind[row])\(letters)"] == nil { owners["\(entities.kind[row])\(letters)"] = EntityID(row) }
    }
    for row in (head + 1)..<max(head + 1, table.count) {
      let title = table.text(row, column)
      if Checker.plain(title).isEmpty || table.number(row) == table.openRow { continue }
      let span = table.span(row, column)
      let site = Site(start: base + span.start, end: base + span.end)
      let entity = checker.imported(.indicator, parent: owner(row, checker), title: site, code: .none, codeName: Entities.unnamed)
      var made = Indicator(entity: entity, unit: UnitID(raw: 0), years: checker.builder.plan.yearCount)
      if let unit = map.indicatorUnit { made.unit = checker.unit(Self.unit(table.text(row, unit))) }
      // Without a unit the percent signs of its figures say it.
      let figures = map.indicatorTargets.map(\.column) + [map.indicatorBaseline?.column].compactMap { $0 }
      let isSigned = made.unit.raw == 0 && figures.contains { table.text(row, $0).contains("%") }
      if isSigned { made.unit = UnitID(raw: 1) }
      needsSign = isSigned
      self.figures(row, &made, checker)
      checker.complete(&made)
      checker.builder.plan.indicators.append(made)
    }
  }

  /// The part of the plan that a row's indicator belongs to: the deepest that its columns name and the plan has.
  private mutating func owner(_ row: Int, _ checker: Checker) -> EntityID {
    var found = Entities.none
    for kind in EntityKind.allCases {
      for (column, isCode) in [(map.code(kind), true), (map.title(kind), false)] {
        guard let column, case let written = table.text(row, column), !written.isEmpty else { continue }
        let isOffice = kind == .department || kind == .workUnit
        let code = NomenclatureCode.reading(isOffice ? .organisation : .activity, written)?.text ?? written
        if let known = owners[isCode ? "\(kind)#\(code)" : "\(kind)\(Checker.plain(written))"] {
          found = known
        } else {
          note(.suspicious, row, "\(Lowering.words(kind).id) `\(written)` tidak ada dalam rencana", "\(Lowering.words(kind).en) `\(written)` is not in the plan")
        }
        break
      }
    }
    return found
  }

  private static func unit(_ written: String) -> String {
    let lower = written.lowercased()
    return lower == "persen" || lower == "percent" ? "%" : lower
  }

  private mutating func note(_ kind: Finding.Kind, _ row: Int, _ id: String, _ en: String) {
    log.add(kind, table.number(row), Bilingual(id, en))
  }

  // MARK: Figures

  private mutating func figures(_ row: Int, _ made: inout Indicator, _ checker: Checker) {
    if let (column, year) = map.indicatorBaseline {
      made.baselineYear = Int32(truncatingIfNeeded: year)
      if let value = value(row, column, &made, checker) { made.baseline = value.low }
    }
    for (column, year) in map.indicatorTargets {
      guard let value = value(row, column, &made, checker) else { continue }
      _ = made.state(.target, year, value)
    }
    if let column = map.indicatorDirection {
      let letters = Checker.plain(table.text(row, column))
      if ["TURUN", "NEGATIF", "DOWN", "NEGATIVE"].contains(letters) { made.direction = .down }
    }
  }

  /// One cell: a figure, a range or a grade; nil where nothing is given or, after a finding, where it cannot be read.
  private mutating func value(_ row: Int, _ column: Int, _ made: inout Indicator, _ checker: Checker) -> Target? {
    let written = table.text(row, column)
    let letters = Checker.plain(written)
    if ["", "NA"].contains(letters), !written.contains(where: \.isNumber), !written.hasPrefix("#") { return nil }
    if let grade = grade(written, &made, checker) { return Target(grade) }
    let isPercent = made.unit.raw == 1
    if made.scale == nil, let ends = IndicatorFigureText.read(written, isIndonesian: map.isIndonesian) {
      let shift = isPercent ? 2 : 0
      if needsSign, !ends.isPercent {
        note(
          .suspicious, row, "\(table.text(head, column)) `\(written)` tanpa tanda persen, dibaca \(written)%",
          "\(table.text(head, column)) `\(written)` has no percent sign, read as \(written)%")
      }
      let (low, high) = (ends.low.number(shift), ends.high.number(shift))
      if let order = Number.order(low, high), order <= 0 { return Target(low, high) }
    }
    note(
      .rejected, row, "\(table.text(head, column)) `\(written)` bukan angka, rentang atau predikat",
      "\(table.text(head, column)) `\(written)` is no figure, range or grade")
    return nil
  }

  /// A grade on the indicator's scale; the first grade met says which scale that is.
  private func grade(_ written: String, _ made: inout Indicator, _ checker: Checker) -> Number? {
    guard let symbol = checker.names.known(written) else { return nil }
    let scales = checker.builder.plan.scales
    for row in made.scale.map({ [$0.index] }) ?? Array(scales.indices) {
      guard let at = scales[row].names.firstIndex(of: symbol) else { continue }
      made.scale = ScaleID(row)
      return Number(Int64(at))
    }
    return nil
  }
}

/// Figures of indicators as documents print them: `71,07`, `73,37%`, `9,70 – 10,30`.
struct IndicatorFigureText {
  /// Digits and how many of them stand behind the mark.
  struct Digits {
    var mantissa: Int64
    var scale: Int
    /// The number, that many more digits behind the mark.
    func number(_ shift: Int) -> Number { Number(mantissa: mantissa, scale: min(scale + shift, 18)) }
  }
  /// The lower end, or the value.
  var low: Digits
  /// The upper end, or the value.
  var high: Digits
  /// Whether a percent sign stands behind it.
  var isPercent: Bool

  /// Reads a value or a range of two; nil for anything else, and for what may be read two ways.
  static func read(_ text: String, isIndonesian: Bool) -> IndicatorFigureText? {
    var ends: [Digits] = []
    var isPercent = false
    var digits = ""
    var isBehind = false
    func mark(_ letter: Character) -> Bool { letter == "," || letter == "." }
    let letters = Array(text.replacing("s.d.", with: "–"))
    for letter in letters + ["–"] {
      switch letter {
      case "–", "—", "-":
        guard !digits.isEmpty, let value = Self.digits(digits, isIndonesian) else { return nil }
        ends.append(value)
        digits = ""
        isBehind = false
      case "%": isPercent = true; isBehind = true
      case " ": if !digits.isEmpty { isBehind = true }
      default:
        guard !isBehind, letter.isASCII, letter.isNumber || mark(letter) else { return nil }
        digits.append(letter)
      }
    }
    guard let low = ends.first, let high = ends.last, ends.count <= 2 else { return nil }
    return IndicatorFigureText(low: low, high: high, isPercent: isPercent)
  }

  /// Digits with at most one mark before decimals; both marks only where the last stands once, behind thousands.
  private static func digits(_ text: String, _ isIndonesian: Bool) -> Digits? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
    guard parts.allSatisfy({ !$0.isEmpty }), text.count <= 18 else { return nil }
    var (wholes, decimals) = (parts, "")
    if parts.count == 2 {
      // One mark and three digits behind it may be thousands.
      let mark: Character = text.contains(",") ? "," : "."
      if parts[1].count == 3, parts[0].count <= 3, parts[0] != "0", !(isIndonesian && mark == ",") { return nil }
      (wholes, decimals) = ([parts[0]], String(parts[1]))
    } else if parts.count > 2 {
      guard let last = text.last(where: { $0 == "," || $0 == "." }), text.filter({ $0 == last }).count == 1,
        wholes.dropFirst().dropLast().allSatisfy({ $0.count == 3 })
      else { return nil }
      decimals = String(wholes.removeLast())
    }
    guard let mantissa = Int64(wholes.joined() + decimals) else { return nil }
    return Digits(mantissa: mantissa, scale: decimals.count)
  }
}
