/// What the columns of a CSV hold.
struct ColumnMap {
  /// The separator, where stated.
  var separator: UInt8?
  /// Whether figures have dots between thousands and a decimal comma.
  var isIndonesian = false
  /// The year of all rows, as an index of the period.
  var year: Int?
  /// The row of the head, from 0, where stated.
  var headRow: Int?
  /// Column of the code and of the name, by kind: department, workUnit, program, activity, subactivity.
  var codes = [Int?](repeating: nil, count: EntityKind.allCases.count)
  /// Column of the name, by kind.
  var titles = [Int?](repeating: nil, count: EntityKind.allCases.count)
  /// Column of the source's code.
  var sourceCode: Int?
  /// Column of the source's name.
  var sourceTitle: Int?
  /// Column of the account.
  var account: Int?
  /// Column of the year.
  var yearColumn: Int?
  /// Columns whose words are stated on the leaf.
  var attributes: [(column: Int, role: Attribute.Role)] = []
  /// Columns that tell rows of one key apart: the package, the item.
  var details: [Int] = []
  /// Columns of money: the document and the year, or nil for the year of the row.
  var money: [(column: Int, document: DocumentID, year: Int?)] = []

  /// Column of the indicators' titles: rows are then indicators, not money.
  var indicator: Int?
  /// Column of the indicators' units.
  var indicatorUnit: Int?
  /// Column of the direction: naik or turun, positif or negatif.
  var indicatorDirection: Int?
  /// Column of the baseline, and its year.
  var indicatorBaseline: (column: Int, year: Int)?
  /// Columns of targets, each with its year as an index of the period.
  var indicatorTargets: [(column: Int, year: Int)] = []

  /// Column of a kind's code.
  func code(_ kind: EntityKind) -> Int? { codes[Int(kind.rawValue)] }
  /// Column of a kind's name.
  func title(_ kind: EntityKind) -> Int? { titles[Int(kind.rawValue)] }
  /// Whether a kind is told by its code or its name.
  func has(_ kind: EntityKind) -> Bool { code(kind) != nil || title(kind) != nil }
  /// The highest column that a row must have.
  var lastColumn: Int {
    var last = 0
    for column in codes + titles + [sourceCode, sourceTitle, account, yearColumn] { last = max(last, column ?? 0) }
    for entry in attributes { last = max(last, entry.column) }
    for entry in money { last = max(last, entry.column) }
    return last
  }
}

extension Checker {
  /// How many rows may stand above the head.
  private static let rowsAboveHead = 20

  /// `muat "x.csv" { ... }`.
  mutating func load(_ id: NodeID) {
    guard let text = tree.child(.text, of: id), let request = LoadRequest(tree, id, sources) else { return }
    let path = request.path
    // A file that could not be read was complained about where it was read.
    guard let file = files[request.key] else { return diagnostics.follow() }
    if request.choice != .first, file.workbook == nil {
      return diagnostics.add(DataProblem.sheetOfNone(path: path), at: tree[text].site)
    }
    var map = ColumnMap()
    let before = diagnostics.errorCount
    let block = tree.child(.block, of: id)
    if let block { settings(block, &map) }
    let isMapped = block.map { tree.children(of: $0).contains { tree[$0].word == .column } } ?? false
    let seeming = DataProblem.Seeming(file.bytes)
    if seeming != .text { return diagnostics.add(DataProblem.unknownLayout(seeming), at: tree[text].site) }
    let isSheet = file.workbook != nil
    let table = Delimited(file.bytes, separator: isSheet ? 0x3b : map.separator, isRagged: isSheet)
    guard table.count > 1 else { return diagnostics.add(DataProblem.empty(path: file.name), at: tree[text].site) }
    var log = FindingLog(path: file.name)
    if let book = file.workbook { tellSheets(book, &log) }
    let rows = (map.headRow.map { [$0] } ?? Array(0..<min(Self.rowsAboveHead, table.count))).filter { $0 < table.count }
    let head: Int
    if isMapped, let block {
      guard let found = columns(block, table, rows, &map, &log) else { return }
      head = found
    } else {
      guard let found = rows.first(where: { recap(heads(table, $0), &map) }) else {
        return diagnostics.add(DataProblem.unknownLayout(), at: tree[text].site)
      }
      head = found
    }
    if diagnostics.errorCount > before { return }
    if map.indicator != nil {
      var reader = IndicatorReader(table: table, base: file.base, head: head, map: map, log: log)
      reader.read(into: &self)
      return findings += reader.log.finished()
    }
    if let lack = lack(of: map) { return diagnostics.add(lack, at: tree[id].site) }
    file.bytes.withUnsafeBufferPointer { bytes in
      var reader = RowReader(table: table, bytes: bytes, base: file.base, head: head, map: map, log: log)
      reader.read(into: &self)
      log = reader.log
    }
    findings += log.finished()
  }

  /// Says which sheet of a workbook is read where nobody chose one.
  private func tellSheets(_ book: Source.Book, _ log: inout FindingLog) {
    if book.sheets.count < 2 || book.isStated { return }
    let names = book.sheets.joined(separator: ", ")
    log.add(
      .suspicious, 0,
      Bilingual(
        "buku kerjanya berisi \(book.sheets.count) lembar (\(names)); yang pertama dibaca; sebutkan dengan `lembar`",
        "its workbook has \(book.sheets.count) sheets (\(names)); the first is read; name it with `sheet`"))
  }

  /// What the columns of rows of money lack, or nil.
  private func lack(of map: ColumnMap) -> DataProblem? {
    if let kind = EntityKind.allCases.first(where: { !$0.spends && map.has($0) }) { return .unknownTarget(name: Lowering.words(kind).id) }
    if map.money.isEmpty { return .noMoneyColumn }
    guard map.has(.department), map.has(.program) || map.has(.activity) || map.has(.subactivity) else { return .noEntityColumn }
    if map.yearColumn == nil, map.money.contains(where: { $0.year == nil }), map.year == nil { return .noYear }
    return nil
  }

  private func heads(_ table: Delimited, _ row: Int) -> [String] { (0..<table.width(row)).map { table.text(row, $0) } }

  private mutating func settings(_ block: NodeID, _ map: inout ColumnMap) {
    for id in tree.children(of: block) where tree[id].kind == .statement {
      guard let first = tree.firstChild(of: id) else { continue }
      switch tree[id].word {
      case .separator:
        let written = Lowering.unquoted(sources.text(tree[first].site))
        map.separator = written == "tab" ? 9 : written.utf8.first
      case .figures: map.isIndonesian = tree[first].word == .indonesianFigures
      case .inYear: map.year = years(first).first
      case .header:
        if tree[first].kind == .literal, tree[first].payload < tree.literals.count {
          map.headRow = max(0, Int(clamping: tree.literals[Int(tree[first].payload)].mantissa) - 1)
        }
      default: break
      }
    }
  }

  /// Finds the head: the first row that has all columns named; without one the first row is complained about.
  private mutating func columns(
    _ block: NodeID, _ table: Delimited, _ rows: [Int], _ map: inout ColumnMap, _ log: inout FindingLog
  ) -> Int? {
    let before = diagnostics.errorCount
    let statements = tree.children(of: block).filter { tree[$0].word == .column && tree[$0].kind == .statement }
    let names = statements.compactMap { tree.firstChild(of: $0) }.map { Lowering.unquoted(sources.text(tree[$0].site)) }
    let head = rows.first { row in
      let heads = self.heads(table, row)
      return names.allSatisfy { !Self.places(of: $0, in: heads).isEmpty }
    }
    guard let row = head ?? rows.first else { return nil }
    let heads = self.heads(table, row)
    for id in statements {
      guard let name = tree.firstChild(of: id), let assign = tree.child(.assign, of: id),
        let target = tree.firstChild(of: assign)
      else { continue }
      let written = Lowering.unquoted(sources.text(tree[name].site))
      let places = Self.places(of: written, in: heads)
      guard let column = places.first else {
        let nearest = diagnostics.nearest(to: written, among: heads)
        diagnostics.add(DataProblem.unknownColumn(name: written, nearest: nearest), at: tree[name].site)
        continue
      }
      if places.count > 1 {
        log.add(
          .suspicious, table.number(row),
          Bilingual(
            "\(places.count) kolom bernama `\(written)`; yang pertama dipakai",
            "\(places.count) columns are named `\(written)`; the first is used"))
      }
      hold(column, target, &map)
    }
    return diagnostics.errorCount == before ? row : nil
  }

  /// The columns of a name: spelt alike but for case, else alike in letters and digits.
  private static func places(of name: String, in heads: [String]) -> [Int] {
    let lower = name.lowercased()
    let exact = heads.indices.filter { heads[$0].lowercased() == lower }
    if !exact.isEmpty { return exact }
    let wanted = plain(name)
    return wanted.isEmpty ? [] : heads.indices.filter { plain(heads[$0]) == wanted }
  }

  private mutating func hold(_ column: Int, _ target: NodeID, _ map: inout ColumnMap) {
    let node = tree[target]
    switch node.kind {
    case .call:
      switch tree.firstChild(of: target).flatMap({ tree[$0].word }) {
      case .target, .baseline: return holdIndicator(column, target, &map)
      default: return holdMoney(column, target, &map)
      }
    case .word: if let word = node.word, hold(column, bare: word, &map) { return }
    case .member:
      let parts = Array(tree.children(of: target))
      guard parts.count == 2, let word = tree[parts[0]].word, let part = tree[parts[1]].word else { break }
      if word == .indicator, part == .name || part == .title {
        map.indicator = column
        return
      }
      if part == .code || part == .name || part == .title, hold(column, word, isCode: part == .code, &map) { return }
    default: break
    }
    diagnostics.add(DataProblem.unknownTarget(name: sources.text(node.site)), at: node.site)
  }

  /// `kolom x = target 2027`, `kolom x = awal 2024`; a baseline's year may lie before the period.
  private mutating func holdIndicator(_ column: Int, _ target: NodeID, _ map: inout ColumnMap) {
    let parts = Array(tree.children(of: target))
    guard parts.count == 2 else { return diagnostics.add(DataProblem.unknownTarget(name: sources.text(tree[target].site)), at: tree[target].site) }
    if tree[parts[0]].word == .target {
      for year in years(parts[1]).prefix(1) { map.indicatorTargets.append((column, year)) }
    } else if let year = Int(sources.text(tree[parts[1]].site)), (1900..<10_000).contains(year) {
      map.indicatorBaseline = (column, year)
    } else {
      complain(.notFigure(wanted: Bilingual("satu tahun", "one year")), at: tree[parts[1]].site)
    }
  }

  /// `kolom x = pagu renstra 2027`.
  private mutating func holdMoney(_ column: Int, _ target: NodeID, _ map: inout ColumnMap) {
    let isRealised = tree.firstChild(of: target).flatMap { tree[$0].word } == .realised
    var document = isRealised ? DocumentID(raw: 3) : builder.plan.workingDocument
    var year: Int?
    for part in tree.children(of: target).dropFirst() {
      if tree[part].kind == .name {
        let symbol = Symbol(raw: tree[part].payload)
        guard let row = builder.plan.documents.firstIndex(where: { $0.name == symbol }) else {
          let name = sources.text(tree[part].site)
          let nearest = diagnostics.nearest(to: name, among: builder.plan.documents.map { names.text($0.name) })
          let problem = MeaningProblem.unknownDocument(name: name, nearest: nearest)
          return diagnostics.add(problem, at: tree[part].site)
        }
        document = DocumentID(row)
      } else {
        year = years(part).first
        if year == nil { return }
      }
    }
    map.money.append((column, document, year))
  }

  /// `kolom x = rekening`: a word alone; false when a column cannot hold it.
  private func hold(_ column: Int, bare word: Word, _ map: inout ColumnMap) -> Bool {
    switch word {
    case .account: map.account = column
    case .inYear: map.yearColumn = column
    case .item, .pack: map.details.append(column)
    case .label: map.attributes.append((column, .label))
    case .location: map.attributes.append((column, .location))
    case .ward: map.attributes.append((column, .ward))
    case .function: map.attributes.append((column, .function))
    case .affairs: map.attributes.append((column, .affairs))
    case .indicator: map.indicator = column
    case .unit: map.indicatorUnit = column
    case .direction: map.indicatorDirection = column
    default: return hold(column, word, isCode: false, &map)
    }
    return true
  }

  /// `kolom x = dinas.kode`: the code or the name of an entity or a source; false when a column cannot hold it.
  private func hold(_ column: Int, _ word: Word, isCode: Bool, _ map: inout ColumnMap) -> Bool {
    switch word {
    case .source: if isCode { map.sourceCode = column } else { map.sourceTitle = column }
    case .account: if isCode { map.account = column } else { map.details.append(column) }
    case .affairs: if !isCode { map.attributes.append((column, .affairs)) }
    default:
      let kind = Lowering.kind(word == .unit ? .workUnit : word)
      guard let kind, kind != .item, kind != .indicator else { return false }
      if isCode { map.codes[Int(kind.rawValue)] = column } else { map.titles[Int(kind.rawValue)] = column }
    }
    return true
  }

  /// The 23 columns of SIPD's Rekap, known by their heads (domain 5.6).
  private func recap(_ heads: [String], _ map: inout ColumnMap) -> Bool {
    let plainHeads = heads.map { Self.plain($0) }
    func column(_ names: String...) -> Int? { plainHeads.firstIndex { names.contains($0) } }
    guard let pagu = column("PAGU", "NILAIPAGU", "PAGUANGGARAN", "ANGGARAN"),
      let subactivity = column("KODESUBKEGIATAN"), let program = column("KODEPROGRAM"),
      let activity = column("KODEKEGIATAN"), let department = column("KODESKPD", "KODEOPD"),
      let year = column("TAHUN")
    else { return false }
    map.money = [(pagu, builder.plan.workingDocument, nil)]
    let kinds: [(EntityKind, code: Int?, title: Int?)] = [
      (.department, department, column("NAMASKPD", "NAMAOPD")),
      (.workUnit, column("KODESUBUNIT", "KODESUBSKPD", "KODEUNIT"), column("NAMASUBUNIT", "NAMASUBSKPD", "NAMAUNIT")),
      (.program, program, column("NAMAPROGRAM")), (.activity, activity, column("NAMAKEGIATAN")),
      (.subactivity, subactivity, column("NAMASUBKEGIATAN")),
    ]
    for (kind, code, title) in kinds {
      map.codes[Int(kind.rawValue)] = code
      map.titles[Int(kind.rawValue)] = title
    }
    map.sourceCode = column("KODESUMBERDANA", "KODEDANA")
    map.sourceTitle = column("NAMASUMBERDANA", "SUMBERDANA", "NAMADANA")
    map.account = column("KODEREKENING", "KODEAKUN")
    map.yearColumn = year
    map.details = [column("PAKETKELOMPOK", "PAKET"), column("NAMAPAKETKELOMPOK", "NAMAPAKET")].compactMap { $0 }
    return true
  }

  /// Letters and digits only, upper case.
  static func plain(_ text: String) -> String {
    String(
      decoding: text.utf8.compactMap { byte -> UInt8? in
        if byte &- 97 < 26 { return byte - 32 }
        return byte &- 65 < 26 || byte &- 48 < 10 ? byte : nil
      }, as: UTF8.self)
  }

  /// Adds an entity that a data file names.
  mutating func imported(
    _ kind: EntityKind, parent: EntityID, title: Site, code: Site, codeName: Symbol, form: DepartmentForm = .department
  ) -> EntityID {
    let made = builder.entity(
      kind, parent: parent, name: Entities.unnamed, title: title, code: code, codeName: codeName,
      site: code == .none ? title : code, form: form)
    scope.add(made, name: Entities.unnamed, codeName: codeName)
    return made
  }
}
