/// A table made to fit a width: words of flexible columns go on below, then money is shown in juta, miliar or triliun,
/// then the words of all columns go on below; a flexible column that has no room is left out.
struct TableLayout {
  /// The table.
  private(set) var table: Table
  /// The heads as runs.
  private(set) var heads: [Run]
  /// The rows as they are shown.
  private(set) var rows: [[Run]]
  /// The totals as they are shown.
  private(set) var totals: [[Run]]
  /// The width of each column.
  private(set) var widths: [Int] = []
  /// Which scale money is shown in, or nil for whole rupiah.
  private(set) var scaleNote: String?
  /// Said when the rounded rows do not add up to the rounded total.
  private(set) var roundingNote: String?

  private static let scales: [(sen: Int64, name: Bilingual)] = [
    (100_000_000, Bilingual("juta rupiah", "million rupiah")),
    (100_000_000_000, Bilingual("miliar rupiah", "billion rupiah")),
    (100_000_000_000_000, Bilingual("triliun rupiah", "trillion rupiah")),
  ]

  /// How far money is scaled: 0 for whole rupiah, 1 for juta.
  private(set) var scale = 0

  /// A layout for a style; money is scaled by `least` at least and `most` at most.
  init(_ table: Table, _ style: TextStyle, from least: Int = 0, to most: Int? = nil) {
    let table = style.width.map { Self.narrowed(table, to: $0) } ?? table
    self.table = table
    heads = table.columns.map { Run($0.title, .heading) }
    rows = table.rows
    totals = table.totals
    widths = natural()
    guard let width = style.width, total > width || least > 0 else { return }
    cutFlexible(to: width, least: 24)
    let most = most ?? Self.scalable(table)
    for (at, scale) in Self.scales.enumerated() where (total > width || at < least) && at < most && hasMoney {
      show(in: scale.sen)
      self.scale = at + 1
      scaleNote = Bilingual("(dalam \(scale.name.id))", "(in \(scale.name.en))")[style.language]
      noteRounding(scale.sen, style.language)
      widths = natural()
      cutFlexible(to: width, least: 24)
    }
    if total > width { breakWords(to: width) }
    cutFlexible(to: width, least: 8)
  }

  /// Without its first flexible columns, one after another, while even narrow ones do not fit beside the rest.
  private static func narrowed(_ table: Table, to width: Int) -> Table {
    var table = table
    while table.columns.count(where: \.flexible) > 1, let first = table.columns.firstIndex(where: \.flexible) {
      var needed = 2 * max(table.columns.count - 1, 0)
      for (i, column) in table.columns.enumerated() {
        let natural = natural(table, i)
        needed += column.flexible ? min(natural, 12) : natural
      }
      if needed <= width { return table }
      table.columns.remove(at: first)
      for row in table.rows.indices where first < table.rows[row].count { table.rows[row].remove(at: first) }
      for row in table.totals.indices where first < table.totals[row].count { table.totals[row].remove(at: first) }
    }
    return table
  }

  /// How wide a column is by itself.
  static func natural(_ table: Table, _ column: Int) -> Int {
    (table.rows + table.totals).reduce(TextWidth.of(table.columns[column].title)) {
      max($0, column < $1.count ? TextWidth.of($1[column].text) : 0)
    }
  }

  /// How wide all columns are side by side.
  var total: Int { widths.reduce(0, +) + 2 * max(widths.count - 1, 0) }

  private var hasMoney: Bool { table.rows.contains { $0.contains { $0.sen != nil } } }

  /// How far money may be scaled: one may, and further scales show no amount but zero as zero.
  static func scalable(_ table: Table) -> Int {
    let least = (table.rows + table.totals).joined().reduce(UInt64.max) { least, cell in
      cell.sen.map { $0 == 0 ? least : min(least, $0.magnitude) } ?? least
    }
    return 1 + scales.dropFirst().prefix { least >= $0.sen / 100 }.count
  }

  /// Lets the words of every column go on below, as far as no word is cut.
  private mutating func breakWords(to width: Int) {
    for i in heads.indices { heads[i].text = heads[i].text.replacing("/(", with: "/ (") }
    for i in table.columns.indices where !table.columns[i].flexible {
      for row in rows.indices where i < rows[row].count { rows[row][i].text = Self.glued(rows[row][i].text) }
    }
    widths = zip(widths, heads).map { max($0, TextWidth.of($1.text)) }
    var least = widths
    for i in widths.indices {
      let cells = [heads[i]] + (rows + totals).compactMap { i < $0.count ? $0[i] : nil }
      let words = cells.flatMap { $0.text.split(separator: " ") }
      let longest = words.reduce(1) { max($0, TextWidth.of(String($1))) }
      least[i] = table.columns[i].flexible ? min(widths[i], 24) : longest
    }
    while total > width {
      let candidates = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      table.columns[widest].isBroken = true
    }
  }

  /// A no-break space between a figure and the word that scales it: `Rp67,04 M`.
  private static func glued(_ text: String) -> String {
    guard text.utf8.contains(32) else { return text }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    return words.dropFirst().reduce(into: String(words[0])) { made, word in
      let isScale = !word.isEmpty && word.allSatisfy(\.isLetter) && made.last?.isNumber == true
      made += (isScale ? "\u{a0}" : " ") + word
    }
  }

  private func natural() -> [Int] {
    var widths = heads.map { TextWidth.of($0.text) }
    for row in rows + totals {
      for (i, cell) in row.enumerated() where i < widths.count {
        widths[i] = max(widths[i], TextWidth.of(cell.text))
      }
    }
    return widths
  }

  private mutating func cutFlexible(to width: Int, least: Int) {
    while total > width {
      let candidates = widths.indices.filter { table.columns[$0].flexible && widths[$0] > least }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
    }
  }

  private mutating func show(in scale: Int64) {
    func shown(_ run: Run) -> Run {
      guard let sen = run.sen else { return run }
      let figure = Figure.decimal(
        Number(a: sen.magnitude > UInt64(Int64.max) ? .max : abs(sen), b: scale), digits: 2, fixed: true)
      var scaled = run
      scaled.text = sen < 0 ? "(\(figure))" : figure
      return scaled
    }
    rows = table.rows.map { $0.map(shown) }
    totals = table.totals.map { $0.map(shown) }
  }

  private mutating func noteRounding(_ scale: Int64, _ language: Language) {
    roundingNote = nil
    for total in table.totals {
      for (i, cell) in total.enumerated() {
        guard let sen = cell.sen else { continue }
        var sum: Int128 = 0
        var exact: Int128 = 0
        for row in table.rows {
          guard i < row.count, let part = row[i].sen else { continue }
          exact += Int128(part)
          sum += Int128(Number(a: part, b: scale / 100).roundedHalfEven ?? 0)
        }
        let rounded = Int128(Number(a: sen, b: scale / 100).roundedHalfEven ?? 0)
        if exact == Int128(sen), sum != rounded {
          roundingNote =
            Bilingual(
              "Selisih pada digit terakhir karena pembulatan.", "Last digits differ through rounding.")[language]
        }
      }
    }
  }
}
