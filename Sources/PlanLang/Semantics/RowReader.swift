/// The rows of a CSV into entities and cells; every row repaired, rejected or doubted is a finding.
struct RowReader {
  let table: Delimited
  let base: UInt32
  let path: String
  let map: ColumnMap
  var findings: [Finding] = []
  /// Entities met, by parent and code or title.
  private var known: [Key: EntityID] = [:]
  private var sums: [Int64] = []
  /// Programme rows met without anything below them, for duplicates.
  private var leafRows: [EntityID: Int] = [:]

  private struct Key: Hashable {
    var parent: EntityID
    var kind: EntityKind
    var symbol: Symbol
  }

  init(table: Delimited, base: UInt32, path: String, map: ColumnMap) {
    self.table = table
    self.base = base
    self.path = path
    self.map = map
  }

  private mutating func note(_ kind: Finding.Kind, _ row: Int, _ id: String, _ en: String) {
    findings.append(Finding(kind: kind, file: path, row: table.line(row), what: Bilingual(id, en)))
  }

  mutating func read(into checker: inout Checker) {
    index(checker)
    sums = [Int64](repeating: 0, count: map.money.count)
    let width = table.width(0)
    let needed = ([map.codes.values.max(), map.money.map(\.column).max()].compactMap { $0 }.max() ?? 0) + 1
    for row in 1..<table.count {
      if table.width(row) < min(needed, width) {
        note(.rejected, row, "baris pendek: \(table.width(row)) kolom, perlu \(needed)", "short row: \(table.width(row)) columns, needs \(needed)")
        continue
      }
      if isTotal(row) {
        checkTotal(row)
        continue
      }
      self.row(row, &checker)
    }
    checkFactors()
  }

  /// Entities declared in scripts or loaded before, so that rows meet them by code.
  private mutating func index(_ checker: Checker) {
    let entities = checker.builder.plan.entities
    for i in 0..<entities.count where entities.kind[i].spends && entities.codeName[i] != Entities.unnamed {
      known[Key(parent: owner(of: EntityID(i), entities), kind: entities.kind[i], symbol: entities.codeName[i])] = EntityID(i)
    }
  }

  /// The entity whose code space an entity's code belongs to: its parent, a programme's department.
  private func owner(of entity: EntityID, _ entities: Entities) -> EntityID {
    entities.kind[entity.index] == .program ? entities.ancestor(.department, of: entity) ?? Entities.none : entities.parent[entity.index]
  }

  private func site(_ row: Int, _ column: Int) -> Site {
    let range = table.range(row, column)
    return Site(start: base + UInt32(range.lowerBound), end: base + UInt32(range.upperBound))
  }

  // MARK: Totals

  /// A row that prints a total: no codes, and `jumlah` or `total` among its words.
  private func isTotal(_ row: Int) -> Bool {
    for column in map.codes.values where !table.text(row, column).isEmpty {
      let text = Checker.plain(table.text(row, column))
      return text.hasPrefix("JUMLAH") || text.hasPrefix("TOTAL")
    }
    return (0..<table.width(row)).contains {
      let text = Checker.plain(table.text(row, $0))
      return text.hasPrefix("JUMLAH") || text.hasPrefix("TOTAL")
    }
  }

  private mutating func checkTotal(_ row: Int) {
    for (i, column) in map.money.enumerated() {
      switch DataFigure.read(table.text(row, column.column), isIndonesian: map.isIndonesian) {
      case .exact(let sen), .rounded(let sen):
        if sen != sums[i] {
          note(
            .suspicious, row, "jumlah tercetak \(Figure.money(sen: sen)), jumlah barisnya \(Figure.money(sen: sums[i]))",
            "the printed total is \(Figure.money(sen: sen)), its rows add up to \(Figure.money(sen: sums[i]))")
        }
      default: break
      }
    }
  }

  // MARK: Rows

  private mutating func row(_ row: Int, _ checker: inout Checker) {
    guard let department = department(row, &checker) else { return }
    var at = department
    var unit: EntityID?
    if let column = map.codes[.workUnit], let code = Code.organisation(table.text(row, column))?.canonical {
      let symbol = checker.names.intern(code)
      if symbol != checker.builder.plan.entities.codeName[department.index] { unit = entity(.workUnit, symbol, column, department, row, &checker) }
    }
    for kind in [EntityKind.program, .activity, .subactivity] {
      guard let column = map.codes[kind], let next = coded(kind, column, at, department, unit, row, &checker) else { continue }
      at = next
    }
    guard at != department else {
      note(.rejected, row, "tidak ada kode program", "no programme code")
      return
    }
    if let column = map.label { label(column, at, row, &checker) }
    if checker.builder.plan.entities.kind[at.index] == .program, map.codes[.subactivity] == nil {
      if let before = leafRows[at] {
        note(.suspicious, row, "program ini sudah ada di baris \(before); keduanya dijumlahkan", "this programme already stands in row \(before); both are added up")
      }
      leafRows[at] = table.line(row)
    }
    money(at, row, &checker)
  }

  private mutating func department(_ row: Int, _ checker: inout Checker) -> EntityID? {
    let title = map.titles[.department].map { table.text(row, $0) } ?? ""
    guard let column = map.codes[.department] else { return named(title, row, &checker) }
    let written = table.text(row, column)
    guard let (code, isRepaired) = Code.organisation(written) else {
      guard let found = named(title, row, &checker) else {
        note(.rejected, row, "kode perangkat daerah `\(written)` tidak terbaca", "department code `\(written)` cannot be read")
        return nil
      }
      note(
        .repaired, row, "kode perangkat daerah `\(written)` tidak terbaca; dikenali dari namanya, \(title)",
        "department code `\(written)` cannot be read; known by its name, \(title)")
      return found
    }
    if isRepaired { note(.repaired, row, "kode `\(written)` dibaca \(code)", "code `\(written)` read as \(code)") }
    return entity(.department, checker.names.intern(code), column, Entities.none, row, &checker)
  }

  /// The department of a title: letters and digits decide.
  private mutating func named(_ title: String, _ row: Int, _ checker: inout Checker) -> EntityID? {
    let wanted = Checker.plain(title)
    if wanted.isEmpty { return nil }
    let entities = checker.builder.plan.entities
    for i in 0..<entities.count where entities.kind[i] == .department && entities.title[i] != .none {
      if Checker.plain(Lowering.unquoted(checker.sources.text(entities.title[i]))) == wanted { return EntityID(i) }
    }
    guard let column = map.titles[.department] else { return nil }
    return checker.imported(.department, parent: Entities.none, title: site(row, column), code: .none, codeName: Entities.unnamed)
  }

  /// The entity of a code below another, made when it is new.
  private mutating func entity(
    _ kind: EntityKind, _ symbol: Symbol, _ column: Int, _ parent: EntityID, _ row: Int, _ checker: inout Checker
  ) -> EntityID {
    let key = Key(parent: parent, kind: kind, symbol: symbol)
    if let found = known[key] { return found }
    let title = map.titles[kind].map { site(row, $0) } ?? .none
    let made = checker.imported(kind, parent: parent, title: title, code: site(row, column), codeName: symbol)
    known[key] = made
    return made
  }

  private mutating func coded(
    _ kind: EntityKind, _ column: Int, _ parent: EntityID, _ department: EntityID, _ unit: EntityID?, _ row: Int,
    _ checker: inout Checker
  ) -> EntityID? {
    let written = table.text(row, column)
    if written.isEmpty { return nil }
    guard let canonical = Code.activity(written) else {
      note(.rejected, row, "kode `\(written)` tidak terbaca", "code `\(written)` cannot be read")
      return nil
    }
    let symbol = checker.names.intern(canonical)
    // The same sub kegiatan in two units is two leaves.
    let keyParent = kind == .subactivity ? unit ?? parent : parent
    let key = Key(parent: keyParent, kind: kind, symbol: symbol)
    let isNew = known[key] == nil
    let title = map.titles[kind].map { site(row, $0) } ?? .none
    let made: EntityID
    if let found = known[key] {
      made = found
    } else {
      made = checker.imported(kind, parent: parent, title: title, code: site(row, column), codeName: symbol)
      known[key] = made
      if kind == .subactivity, let unit {
        checker.builder.plan.attributes.append(
          Attribute(entity: made, role: .workUnit, text: "", value: Number(Int64(unit.raw)), site: site(row, column)))
      }
    }
    if isNew, kind == .program { checkAffairs(canonical, department, row, checker) }
    return made
  }

  /// K06: a programme's bidang urusan must be one its department serves.
  private mutating func checkAffairs(_ code: String, _ department: EntityID, _ row: Int, _ checker: Checker) {
    let entities = checker.builder.plan.entities
    guard entities.codeName[department.index] != Entities.unnamed, let affairs = Code.affairs(code), !affairs.hasPrefix("X") else { return }
    let parts = checker.names.text(entities.codeName[department.index]).split(separator: ".").map(String.init)
    guard parts.count >= 6 else { return }
    let served = [parts[0] + "." + parts[1], parts[2] + "." + parts[3], parts[4] + "." + parts[5]]
    if served.contains(affairs) { return }
    note(
      .suspicious, row, "program \(code) bukan urusan perangkat daerah \(parts.joined(separator: "."))",
      "programme \(code) is not an affair of department \(parts.joined(separator: "."))")
  }

  private mutating func label(_ column: Int, _ leaf: EntityID, _ row: Int, _ checker: inout Checker) {
    let text = table.text(row, column)
    if text.isEmpty { return }
    checker.builder.plan.attributes.append(Attribute(entity: leaf, role: .label, text: text, value: .undeclared, site: site(row, column)))
  }

  // MARK: Money

  private mutating func money(_ leaf: EntityID, _ row: Int, _ checker: inout Checker) {
    let source = source(row, &checker)
    var account = AccountID(raw: 0)
    if let column = map.account {
      let written = table.text(row, column)
      if let canonical = Code.account(written) {
        account = checker.builder.account(canonical, names: &checker.names)
      } else if !written.isEmpty {
        note(.suspicious, row, "rekening `\(written)` tidak terbaca", "account `\(written)` cannot be read")
      }
    }
    var rowYear = map.year
    if let column = map.yearColumn {
      let written = table.text(row, column)
      guard let year = Int(written), let index = checker.builder.plan.yearIndex(year) else {
        note(.rejected, row, "tahun `\(written)` di luar periode", "year `\(written)` is outside the period")
        return
      }
      rowYear = index
    }
    for (i, column) in map.money.enumerated() {
      // An empty cell of a budget column says that there is no money.
      guard let year = column.year ?? rowYear, let sen = amount(row, column.column) else { continue }
      let (sum, overflow) = sums[i].addingReportingOverflow(sen)
      if !overflow { sums[i] = sum }
      checker.builder.cell(
        .spending, document: column.document, year: year, leaf: leaf, account: account, source: source, amount: sen,
        site: site(row, column.column))
    }
  }

  private mutating func amount(_ row: Int, _ column: Int) -> Int64? {
    let written = table.text(row, column)
    switch DataFigure.read(written, isIndonesian: map.isIndonesian) {
    case .exact(let sen):
      if sen < 0 {
        note(.rejected, row, "pagu negatif \(written)", "negative budget \(written)")
        return nil
      }
      return sen
    case .rounded(let sen):
      note(.repaired, row, "`\(written)` dibaca sampai sen: \(Figure.money(sen: sen))", "`\(written)` read to the sen: \(Figure.money(sen: sen))")
      return sen
    case .empty: return 0
    case .unreadable:
      note(.rejected, row, "`\(written)` bukan angka", "`\(written)` is not a figure")
      return nil
    }
  }

  private mutating func source(_ row: Int, _ checker: inout Checker) -> SourceID {
    guard let column = map.sourceCode else { return SourceID(raw: 0) }
    let written = table.text(row, column)
    if written.isEmpty { return SourceID(raw: 0) }
    let symbol = checker.names.intern(written)
    if let found = checker.builder.plan.sources.codeName.firstIndex(of: symbol) { return SourceID(found) }
    if written.contains(",") || written.contains(";") {
      note(
        .suspicious, row, "beberapa sumber dana dalam satu sel: \(written); pembagiannya tidak diberikan",
        "several sources in one cell: \(written); their split is not given")
    } else if Code.source(written) == nil {
      note(.suspicious, row, "kode sumber dana `\(written)` tidak dikenal", "source code `\(written)` is not known")
    }
    let title = map.sourceTitle.map { table.text(row, $0) } ?? written
    return checker.addSource(Entities.unnamed, Bilingual(same: title), code: written, field: nil, at: site(row, column))
  }

  /// K13: figures a thousand times smaller than the rest of their column may be in thousands.
  private mutating func checkFactors() {
    for column in map.money {
      var values: [(row: Int, sen: Int64)] = []
      for row in 1..<table.count {
        if case .exact(let sen) = DataFigure.read(table.text(row, column.column), isIndonesian: map.isIndonesian), sen > 0, !isTotal(row) {
          values.append((row, sen))
        }
      }
      guard values.count >= 5 else { continue }
      let median = values.map(\.sen).sorted()[values.count / 2]
      for value in values where median >= 1_000_000_000 && value.sen <= 10_000_000 && value.sen <= median / 1000 {
        note(
          .suspicious, value.row, "\(Figure.money(sen: value.sen)) seperseribu dari nilai tengah kolomnya; mungkin dalam ribuan",
          "\(Figure.money(sen: value.sen)) is a thousandth of its column's median; perhaps in thousands")
      }
    }
  }
}

extension Checker {
  /// Adds an entity that a data file names.
  mutating func imported(_ kind: EntityKind, parent: EntityID, title: Site, code: Site, codeName: Symbol) -> EntityID {
    let made = builder.entity(
      kind, parent: parent, name: Entities.unnamed, title: title, code: code, codeName: codeName,
      site: code == .none ? title : code)
    scope.add(made, name: Entities.unnamed, codeName: codeName)
    return made
  }
}
