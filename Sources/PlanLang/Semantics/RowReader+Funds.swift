/// The account and the source of funds of a row.
extension RowReader {
  /// The account of a row; row 0 when none is given or it cannot be read.
  mutating func account(_ row: Int, _ checker: inout Checker) -> AccountID {
    guard let column = map.account else { return AccountID(raw: 0) }
    let span = table.span(row, column)
    if span.isEmpty { return AccountID(raw: 0) }
    if let known = accountCache.find(bytes, span), known != .max { return AccountID(raw: known) }
    let cell = bytes.cell(span)
    if cell.isEmpty { return AccountID(raw: 0) }
    guard let read = NomenclatureCode.account(cell) else {
      let written = table.text(row, column)
      note(.suspicious, row, "rekening `\(written)` tidak terbaca", "account `\(written)` cannot be read")
      return AccountID(raw: 0)
    }
    let account = checker.builder.account(read.text, names: &checker.names)
    accountCache.insert(bytes, span, account.raw)
    return account
  }

  /// The source of a row: by its code, without one by its name; row 0 when none is given.
  mutating func source(_ row: Int, _ checker: inout Checker) -> SourceID {
    guard let column = map.sourceCode ?? map.sourceTitle else { return SourceID(raw: 0) }
    let span = table.span(row, column)
    if bytes.cell(span).isEmpty {
      note(.suspicious, row, "sumber dana tidak disebut", "no source of funds is given")
      return SourceID(raw: 0)
    }
    if let known = sourceCache.find(bytes, span) {
      let source = SourceID(raw: known)
      if let words = sourceNotes[source] { log.add(.suspicious, table.number(row), words) }
      return source
    }
    let source = map.sourceCode == nil ? sourceNamed(row, column, &checker) : sourceCoded(row, column, &checker)
    sourceCache.insert(bytes, span, source.raw)
    if let words = sourceNotes[source] { log.add(.suspicious, table.number(row), words) }
    return source
  }

  /// The canonical spelling of a source's code: both widths meet.
  private static func canonical(_ code: String) -> String { NomenclatureCode.reading(.source, code)?.text ?? code }

  private mutating func rows(_ checker: Checker) -> [String: SourceID] {
    if let sourceRows { return sourceRows }
    var made: [String: SourceID] = [:]
    let sources = checker.builder.plan.sources
    for row in 0..<sources.count where sources.codeName[row] != Entities.unnamed {
      let code = Self.canonical(checker.names.text(sources.codeName[row]))
      if made[code] == nil { made[code] = SourceID(row) }
    }
    sourceRows = made
    return made
  }

  private mutating func sourceCoded(_ row: Int, _ column: Int, _ checker: inout Checker) -> SourceID {
    let written = table.text(row, column)
    let title = map.sourceTitle.map { table.text(row, $0) } ?? ""
    let parts = written.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "|" || $0 == "\n" }).map {
      String($0).trimmed
    }
    let codes = parts.map { NomenclatureCode.reading(.source, $0) }
    let key = parts.enumerated().map { codes[$0.offset]?.text ?? $0.element }.joined(separator: ",")
    if let known = rows(checker)[key] { return known }
    // Bound money stays bound only when all that is mixed is bound; its field is the only thing known of it: its code.
    let isBound = !codes.isEmpty && codes.allSatisfy { $0?.isEarmarked == true }
    let source = checker.addSource(
      Entities.unnamed, Bilingual(same: title.isEmpty ? written : title), code: key, field: isBound ? key : nil,
      parent: codes.count == 1 ? parent(of: codes[0], checker) : SourceID(raw: 0), at: site(row, column))
    if !isBound { checker.builder.plan.sources.field[source.index] = nil }
    sourceRows?[key] = source
    if parts.count > 1 {
      sourceNotes[source] = Bilingual(
        "\(parts.count) sumber dana dalam satu sel (\(written)); dipakai sebagai satu sumber gabungan, pembagiannya tidak diberikan",
        "\(parts.count) sources in one cell (\(written)); kept as one combined source, their split is not given")
    } else if codes.first.map({ $0 == nil }) ?? true {
      sourceNotes[source] = Bilingual(
        "kode sumber dana `\(written)` tidak dikenal", "source code `\(written)` is not known")
    }
    return source
  }

  /// The source whose code is the longest beginning of a code, or row 0: money of 1.1.01 is part of 1.1.
  private mutating func parent(of code: NomenclatureCode?, _ checker: Checker) -> SourceID {
    guard let code else { return SourceID(raw: 0) }
    let known = rows(checker)
    for length in stride(from: code.parts - 1, to: 1, by: -1) {
      if let found = known[code.prefix(length).text] { return found }
    }
    return SourceID(raw: 0)
  }

  private mutating func sourceNamed(_ row: Int, _ column: Int, _ checker: inout Checker) -> SourceID {
    let written = table.text(row, column)
    let letters = Checker.plain(written)
    let sources = checker.builder.plan.sources
    for row in 1..<max(1, sources.count) {
      let names = [
        sources.name[row] == Entities.unnamed ? "" : checker.names.text(sources.name[row]), sources.title[row].id,
        sources.title[row].en,
      ]
      if !letters.isEmpty, names.contains(where: { Checker.plain($0) == letters }) { return SourceID(row) }
    }
    let source = checker.addSource(
      Entities.unnamed, Bilingual(same: written), code: nil, field: nil, at: site(row, column))
    sourceNotes[source] = Bilingual("sumber dana `\(written)` tidak dikenal", "source of funds `\(written)` is not known")
    return source
  }
}

extension String {
  /// Without spaces at both ends.
  fileprivate var trimmed: String {
    var part = Substring(self)
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
