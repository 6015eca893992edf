/// The rows of a CSV into entities and cells; every row repaired, rejected or doubted is a finding.
///
/// Rows come in runs of one department, programme and activity: each level remembers the cell it read last.
struct RowReader {
  let table: Delimited
  let bytes: UnsafeBufferPointer<UInt8>
  let base: UInt32
  let map: ColumnMap
  /// The row of the head.
  let head: Int
  var log: FindingLog
  /// Entities met, by parent and code: see `index`.
  var known = KnownEntities()
  /// Entities without a code, by kind, parent and letters of the title.
  var titled: [TitleKey: EntityID] = [:]
  /// The rows read, one figure a money column.
  var records: [Record] = []
  var amounts: [Int64] = []
  /// Rows that print a total.
  var totals: [(row: Int, record: Int)] = []
  var levels = [Level](repeating: Level(), count: EntityKind.allCases.count)
  /// The department's code as read from this row, for rule K06.
  var departmentCode: NomenclatureCode?
  /// Programmes whose bidang was looked at, by row of entity.
  var checkedPrograms: Set<EntityID> = []
  /// The first title each entity had in this file.
  var titleSpans: [EntityID: Delimited.Span] = [:]
  var accountCache = CellCache()
  var sourceCache = CellCache()
  /// Sources by canonical code, made when first needed.
  var sourceRows: [String: SourceID]?
  /// Sources that stand for several, or that could not be read: each row that uses one is told.
  var sourceNotes: [SourceID: Bilingual] = [:]
  /// The last attribute cell stated on an entity, by column.
  var stated: [EntityID: [Delimited.Span]] = [:]
  /// Sub units of leaves, so that one is stated once.
  var units: Set<EntityID> = []

  /// A row as read.
  struct Record {
    var row: Int32
    var leaf: EntityID
    var account: AccountID
    var source: SourceID
    /// The year of the row as an index of the period, or -1.
    var year: Int32
  }

  struct TitleKey: Hashable {
    var kind: EntityKind
    var parent: EntityID
    var letters: String
  }

  /// What a level's cells stood for in the row before.
  struct Level {
    var code = Delimited.Span(start: 0, end: 0)
    var title = Delimited.Span(start: 0, end: 0)
    var parent = Entities.none
    var unit = Entities.none
    var entity: EntityID?
    var isSet = false
    /// What is said of each row with these cells.
    var note: (kind: Finding.Kind, what: Bilingual)?
    var code8: NomenclatureCode?
  }

  init(
    table: Delimited, bytes: UnsafeBufferPointer<UInt8>, base: UInt32, head: Int, map: ColumnMap, log: FindingLog
  ) {
    self.table = table
    self.bytes = bytes
    self.base = base
    self.head = head
    self.map = map
    self.log = log
  }

  /// A figure that a row does not give.
  static let absent = Int64.min

  mutating func read(into checker: inout Checker) {
    index(checker)
    records.reserveCapacity(table.count)
    amounts.reserveCapacity(table.count * map.money.count)
    let needed = map.lastColumn + 1
    let width = table.width(head)
    for row in (head + 1)..<max(head + 1, table.count) {
      if table.number(row) == table.openRow {
        log.add(
          .rejected, table.number(row),
          Bilingual(
            "tanda kutip tidak ditutup; baris ini dan isi berkas sesudahnya tidak dibaca",
            "a quote is not closed; this row and the rest of the file are not read"))
        continue
      }
      if isBlank(row) { continue }
      if isTotal(row) {
        totals.append((row, records.count))
        continue
      }
      guard hasWidth(row, needed, width) else { continue }
      self.row(row, &checker)
    }
    deliver(&checker)
  }

  /// Says something of a row of the table.
  mutating func note(_ kind: Finding.Kind, _ row: Int, _ id: String, _ en: String) {
    log.add(kind, table.number(row), Bilingual(id, en))
  }

  func site(_ row: Int, _ column: Int) -> Site {
    let span = table.span(row, column)
    return Site(start: base + span.start, end: base + span.end)
  }

  /// Entities declared in scripts or loaded before, so that rows meet them by code.
  private mutating func index(_ checker: Checker) {
    let plan = checker.builder.plan
    var unitOf: [EntityID: EntityID] = [:]
    for attribute in plan.attributes where attribute.role == .workUnit {
      unitOf[attribute.entity] = EntityID(raw: UInt32(truncatingIfNeeded: attribute.value.a))
      units.insert(attribute.entity)
    }
    for i in 0..<plan.entities.count where plan.entities.kind[i].spends {
      let entity = EntityID(i)
      let kind = plan.entities.kind[i]
      var owner = plan.entities.parent[i]
      if kind == .program { owner = plan.entities.ancestor(.department, of: entity) ?? Entities.none }
      if kind == .subactivity { owner = unitOf[entity] ?? owner }
      if plan.entities.codeName[i] != Entities.unnamed {
        known.insert(kind, owner, plan.entities.codeName[i], entity)
      }
      guard kind == .department || plan.entities.codeName[i] == Entities.unnamed, plan.entities.title[i] != .none else { continue }
      let letters = Checker.plain(Lowering.unquoted(checker.sources.text(plan.entities.title[i])))
      let key = TitleKey(kind: kind, parent: owner, letters: letters)
      if titled[key] == nil { titled[key] = entity }
    }
  }

  // MARK: The shape of a row

  private func isBlank(_ row: Int) -> Bool {
    for column in 0..<table.width(row) where !bytes.cell(table.span(row, column)).isEmpty { return false }
    return true
  }

  /// A row that prints a total: no department's code, and `jumlah` or `total` begins one of its cells.
  private func isTotal(_ row: Int) -> Bool {
    guard let key = map.code(.department) ?? map.title(.department) else { return false }
    let cell = bytes.cell(table.span(row, key))
    if let first = cell.first, first &- 48 < 10 { return false }
    for column in 0..<table.width(row) {
      let cell = bytes.cell(table.span(row, column))
      guard let first = cell.first else { continue }
      let lead = first | 0x20
      guard lead == 106 || lead == 116 || lead == 103 else {
        if column == key { return false }
        continue
      }
      let letters = Checker.plain(String(decoding: cell.prefix(12), as: UTF8.self))
      for word in ["JUMLAH", "TOTAL", "GRANDTOTAL"] where letters.hasPrefix(word) { return true }
    }
    return false
  }

  /// Whether a row has the cells that are asked for and none too many.
  private mutating func hasWidth(_ row: Int, _ needed: Int, _ width: Int) -> Bool {
    let found = table.width(row)
    if found == width || found < width && table.isRagged { return true }
    if found < needed {
      note(
        .rejected, row, "baris pendek: \(found) kolom, perlu \(needed)", "short row: \(found) \(found == 1 ? "column" : "columns"), needs \(needed)")
      return false
    }
    if found < width {
      note(
        .suspicious, row, "baris pendek: \(found) dari \(width) kolom", "short row: \(found) of \(width) columns")
      return true
    }
    for column in width..<found where !bytes.cell(table.span(row, column)).isEmpty {
      note(
        .rejected, row, "baris panjang: \(found) kolom, kepalanya \(width); mungkin ada pemisah di dalam nama tanpa kutip",
        "long row: \(found) columns, the head has \(width); perhaps a separator stands unquoted in a name")
      return false
    }
    return true
  }

  // MARK: A row

  private mutating func row(_ row: Int, _ checker: inout Checker) {
    guard let department = department(row, &checker) else { return }
    let unit = unit(row, department, &checker)
    guard let leaf = leaf(row, department, unit, &checker) else { return }
    for (i, entry) in map.attributes.enumerated() { state(row, i, entry, leaf, &checker) }
    guard let year = year(row, checker) else { return }
    let account = account(row, &checker)
    let source = source(row, &checker)
    records.append(
      Record(row: Int32(truncatingIfNeeded: row), leaf: leaf, account: account, source: source, year: Int32(year)))
    var empty: [Int] = []
    for column in map.money {
      let amount = amount(row, column.column)
      if amount.isEmpty { empty.append(column.column) }
      amounts.append(amount.sen)
    }
    if !empty.isEmpty {
      let heads = empty.map { table.text(head, $0) }.joined(separator: ", ")
      note(.suspicious, row, "\(heads) kosong, dibaca tidak ada uang", "\(heads) is empty, read as no money")
    }
  }

  /// The year of a row as an index of the period, -1 where the columns say it; nil after a finding.
  private mutating func year(_ row: Int, _ checker: Checker) -> Int? {
    guard let column = map.yearColumn else { return map.year ?? -1 }
    var value = 0
    let cell = bytes.cell(table.span(row, column))
    for byte in cell.prefix(5) { value = byte &- 48 < 10 ? value * 10 + Int(byte &- 48) : 100_000 }
    if let index = checker.builder.plan.yearIndex(value), cell.count == 4 { return index }
    note(
      .rejected, row, "tahun `\(table.text(row, column))` di luar periode",
      "year `\(table.text(row, column))` is outside the period")
    return nil
  }

  private mutating func amount(_ row: Int, _ column: Int) -> (sen: Int64, isEmpty: Bool) {
    let span = table.span(row, column)
    let raw = UnsafeBufferPointer(rebasing: bytes[Int(span.start)..<Int(span.end)])
    func written() -> String { table.text(row, column) }
    switch DataFigure.read(raw, isIndonesian: map.isIndonesian) {
    case .exact(let sen) where sen >= 0: return (sen, false)
    case .artefact(let sen) where sen >= 0:
      note(
        .repaired, row, "`\(written())` dibaca sampai sen: \(Figure.money(sen: sen))",
        "`\(written())` read to the sen: \(Figure.money(sen: sen))")
      return (sen, false)
    case .rounded(let sen) where sen >= 0:
      note(
        .suspicious, row, "`\(written())` lebih halus dari sen; dibulatkan menjadi \(Figure.money(sen: sen))",
        "`\(written())` is finer than sen; rounded to \(Figure.money(sen: sen))")
      return (sen, false)
    case .scientific(let sen) where sen >= 0:
      note(
        .suspicious, row, "notasi ilmiah `\(written())` dibaca \(Figure.money(sen: sen)); angka di belakangnya mungkin hilang",
        "scientific notation `\(written())` read as \(Figure.money(sen: sen)); further digits may be lost")
      return (sen, false)
    case .exact, .artefact, .rounded, .scientific:
      note(.rejected, row, "pagu negatif \(written())", "negative budget \(written())")
    case .empty: return (0, true)
    case .failed where written() == "#CALC!":
      note(
        .rejected, row, "rumus yang belum pernah dihitung; buka dan simpan buku kerjanya",
        "a formula that was never calculated; open the workbook and save it")
    case .failed:
      note(.rejected, row, "`\(written())`: rumus gagal di lembar asalnya", "`\(written())`: a failed formula of its sheet")
    case .ambiguous:
      note(
        .rejected, row,
        "`\(written())` dapat berarti ribuan atau desimal; "
          + (map.isIndonesian ? "tulis dengan dua angka desimal, atau tanpa koma" : written().contains(",") ? "tulis tanpa koma" : "bila ribuan, nyatakan `angka indonesia`"),
        "`\(written())` may have thousands or decimals; "
          + (map.isIndonesian ? "write two decimals, or no comma" : written().contains(",") ? "write no comma" : "if thousands, declare `figures indonesian`"))
    case .unreadable:
      let isForeign = DataFigure.read(raw, isIndonesian: !map.isIndonesian)
      if case .exact = isForeign {
        note(
          .rejected, row, "`\(written())` bukan angka \(map.isIndonesian ? "indonesia" : "polos"); periksa pernyataan `angka`",
          "`\(written())` is not \(map.isIndonesian ? "an Indonesian" : "a plain") figure; check the `figures` statement")
      } else {
        note(.rejected, row, "`\(written())` bukan angka", "`\(written())` is not a figure")
      }
    }
    return (Self.absent, false)
  }

  /// Words stated on a leaf; the same words of the rows after it are not stated again.
  private mutating func state(
    _ row: Int, _ slot: Int, _ entry: (column: Int, role: Attribute.Role), _ leaf: EntityID, _ checker: inout Checker
  ) {
    let span = table.span(row, entry.column)
    if bytes.cell(span).isEmpty { return }
    if let before = stated[leaf] {
      if bytes.isSame(before[slot], span) { return }
      stated[leaf]?[slot] = span
    } else {
      var spans = [Delimited.Span](repeating: Delimited.Span(start: 0, end: 0), count: map.attributes.count)
      spans[slot] = span
      stated[leaf] = spans
    }
    checker.builder.plan.attributes.append(
      Attribute(
        entity: leaf, role: entry.role, text: table.text(row, entry.column), value: .undeclared,
        site: site(row, entry.column)))
  }
}
