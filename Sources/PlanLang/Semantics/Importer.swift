/// What the columns of a CSV hold.
struct ColumnMap {
  var separator: UInt8?
  var isIndonesian = false
  var year: Int?
  /// Column of the code and of the name, by kind: department, workUnit, program, activity, subactivity.
  var codes: [EntityKind: Int] = [:]
  var titles: [EntityKind: Int] = [:]
  var sourceCode: Int?
  var sourceTitle: Int?
  var account: Int?
  var label: Int?
  var item: Int?
  var yearColumn: Int?
  /// Columns of money: the document and the year, or nil for the year of the row.
  var money: [(column: Int, document: DocumentID, year: Int?)] = []
}

/// Problems of `muat` itself: codes P05xx.
enum DataProblem: Problem {
  case unknownColumn(name: String, nearest: String?)
  case unknownTarget(name: String)
  case noMoneyColumn
  case noEntityColumn
  case unknownLayout
  case noYear
  case empty(path: String)

  var code: String {
    switch self {
    case .unknownColumn: "P0502"
    case .unknownTarget: "P0503"
    case .noMoneyColumn: "P0504"
    case .noEntityColumn: "P0505"
    case .unknownLayout: "P0506"
    case .noYear: "P0507"
    case .empty: "P0508"
    }
  }

  var severity: Severity { .error }

  var message: Bilingual {
    switch self {
    case .unknownColumn(let name, _): Bilingual("berkas tidak punya kolom `\(name)`", "the file has no column `\(name)`")
    case .unknownTarget(let name): Bilingual("`\(name)` bukan tujuan kolom", "`\(name)` is not what a column can hold")
    case .noMoneyColumn: Bilingual("tidak ada kolom pagu", "no column holds a budget")
    case .noEntityColumn: Bilingual("tidak ada kolom dinas dan program atau subkegiatan", "no columns hold a department and a programme or subactivity")
    case .unknownLayout: Bilingual("susunan kolomnya bukan Rekap SIPD 23 kolom", "the columns are not the 23-column SIPD Rekap")
    case .noYear: Bilingual("tahun anggarannya tidak disebut", "the budget year is not stated")
    case .empty(let path): Bilingual("`\(path)` kosong", "`\(path)` is empty")
    }
  }

  var help: Bilingual? {
    switch self {
    case .unknownColumn(_, let nearest): nearest.map { Bilingual("maksud Anda `\($0)`?", "did you mean `\($0)`?") }
    case .unknownTarget:
      Bilingual(
        "contoh: dinas.kode, program.nama, subkegiatan.kode, sumber.kode, rekening, label, pagu apbd 2026",
        "for example: office.code, programme.name, subactivity.code, source.code, account, label, budget apbd 2026")
    case .unknownLayout: Bilingual("nyatakan pemetaannya: `muat \"x.csv\" { kolom ... = ... }`", "declare the mapping: `load \"x.csv\" { column ... = ... }`")
    case .noYear: Bilingual("tulis `tahun 2026` di dalam blok muat", "write `year 2026` inside the load block")
    default: nil
    }
  }
}

extension Checker {
  /// `muat "x.csv" { ... }`.
  mutating func load(_ id: NodeID) {
    guard let text = tree.child(.text, of: id) else { return }
    let path = Lowering.unquoted(sources.text(tree[text].site))
    guard let file = files[path] else { return }
    var map = ColumnMap()
    let block = tree.child(.block, of: id)
    if let block { settings(block, &map) }
    let table = Delimited(file.bytes, separator: map.separator)
    guard table.count > 1 else { return diagnostics.add(DataProblem.empty(path: path), at: tree[text].site) }
    let heads = (0..<table.width(0)).map { table.text(0, $0) }
    if let block {
      guard columns(block, heads, &map) else { return }
    } else if !Self.recap(heads, &map, builder.plan.workingDocument) {
      return diagnostics.add(DataProblem.unknownLayout, at: tree[text].site)
    }
    if map.money.isEmpty { return diagnostics.add(DataProblem.noMoneyColumn, at: tree[id].site) }
    guard map.codes[.department] != nil || map.titles[.department] != nil, map.codes[.program] != nil || map.codes[.subactivity] != nil else {
      return diagnostics.add(DataProblem.noEntityColumn, at: tree[id].site)
    }
    if map.yearColumn == nil, map.money.contains(where: { $0.year == nil }), map.year == nil {
      return diagnostics.add(DataProblem.noYear, at: tree[id].site)
    }
    var rows = RowReader(table: table, base: file.base, path: path, map: map)
    rows.read(into: &self)
    findings += rows.findings
  }

  private mutating func settings(_ block: NodeID, _ map: inout ColumnMap) {
    for id in tree.children(of: block) where tree[id].kind == .statement {
      guard let first = tree.firstChild(of: id) else { continue }
      switch tree[id].word {
      case .separator: map.separator = Lowering.unquoted(sources.text(tree[first].site)).utf8.first
      case .figures: map.isIndonesian = tree[first].word == .indonesianFigures
      case .inYear: map.year = years(first).first
      default: break
      }
    }
  }

  private mutating func columns(_ block: NodeID, _ heads: [String], _ map: inout ColumnMap) -> Bool {
    let before = diagnostics.errorCount
    for id in tree.children(of: block) where tree[id].word == .column {
      guard let name = tree.firstChild(of: id), let assign = tree.child(.assign, of: id), let target = tree.firstChild(of: assign) else { continue }
      let written = Lowering.unquoted(sources.text(tree[name].site))
      guard let column = heads.firstIndex(where: { $0.lowercased() == written.lowercased() }) else {
        diagnostics.add(DataProblem.unknownColumn(name: written, nearest: NearMiss.nearest(to: written, among: heads)), at: tree[name].site)
        continue
      }
      hold(column, target, &map)
    }
    return diagnostics.errorCount == before
  }

  private mutating func hold(_ column: Int, _ target: NodeID, _ map: inout ColumnMap) {
    let node = tree[target]
    switch node.kind {
    case .call:
      var document = tree.firstChild(of: target).flatMap { tree[$0].word } == .realised ? DocumentID(raw: 3) : builder.plan.workingDocument
      var year: Int?
      for part in tree.children(of: target).dropFirst() {
        if tree[part].kind == .name {
          let symbol = Symbol(raw: tree[part].payload)
          guard let row = builder.plan.documents.firstIndex(where: { $0.name == symbol }) else {
            diagnostics.add(MeaningProblem.unknownDocument(name: names.text(symbol), nearest: nil), at: tree[part].site)
            return
          }
          document = DocumentID(row)
        } else {
          year = years(part).first
        }
      }
      return map.money.append((column, document, year))
    case .word:
      switch node.word {
      case .account: return map.account = column
      case .label: return map.label = column
      case .item: return map.item = column
      case .inYear: return map.yearColumn = column
      default: break
      }
    case .member:
      let parts = Array(tree.children(of: target))
      let isCode = tree[parts[1]].word == .code
      guard isCode || tree[parts[1]].word == .name || tree[parts[1]].word == .title, let word = tree[parts[0]].word else { break }
      if word == .source {
        if isCode { map.sourceCode = column } else { map.sourceTitle = column }
        return
      }
      if word == .account, isCode { return map.account = column }
      if let kind = Lowering.kind(word), kind.spends {
        if isCode { map.codes[kind] = column } else { map.titles[kind] = column }
        return
      }
    default: break
    }
    diagnostics.add(DataProblem.unknownTarget(name: sources.text(node.site)), at: node.site)
  }

  /// The 23 columns of SIPD's Rekap, known by their heads (domain 5.6).
  private static func recap(_ heads: [String], _ map: inout ColumnMap, _ document: DocumentID) -> Bool {
    func column(_ names: String...) -> Int? {
      heads.firstIndex { head in names.contains { plain(head) == plain($0) } }
    }
    guard heads.count >= 22, let pagu = column("PAGU", "NILAI PAGU", "PAGU ANGGARAN"), let sub = column("KODE SUB KEGIATAN") else { return false }
    map.money = [(pagu, document, nil)]
    map.codes[.subactivity] = sub
    map.titles[.subactivity] = column("NAMA SUB KEGIATAN")
    map.codes[.department] = column("KODE SKPD", "KODE OPD")
    map.titles[.department] = column("NAMA SKPD", "NAMA OPD")
    map.codes[.workUnit] = column("KODE SUB UNIT", "KODE SUB SKPD", "KODE UNIT")
    map.titles[.workUnit] = column("NAMA SUB UNIT", "NAMA SUB SKPD", "NAMA UNIT")
    map.codes[.program] = column("KODE PROGRAM")
    map.titles[.program] = column("NAMA PROGRAM")
    map.codes[.activity] = column("KODE KEGIATAN")
    map.titles[.activity] = column("NAMA KEGIATAN")
    map.sourceCode = column("KODE SUMBER DANA")
    map.sourceTitle = column("NAMA SUMBER DANA", "SUMBER DANA")
    map.account = column("KODE REKENING", "KODE AKUN")
    map.yearColumn = column("TAHUN")
    return map.codes[.department] != nil && map.codes[.program] != nil
  }

  /// Letters and digits only, upper case.
  static func plain(_ text: String) -> String {
    String(decoding: text.utf8.compactMap { byte -> UInt8? in
      if byte &- 97 < 26 { return byte - 32 }
      return byte &- 65 < 26 || byte &- 48 < 10 ? byte : nil
    }, as: UTF8.self)
  }
}
