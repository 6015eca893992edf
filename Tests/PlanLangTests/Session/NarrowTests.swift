import Testing

@testable import PlanLang

/// Pages that are narrower than their tables.
@Suite struct NarrowTests {
  private static func table(_ rows: [[Run]], totals: [[Run]] = []) -> Document {
    var page = Document()
    var table = Table(columns: [
      Table.Column("aturan"), Table.Column("judul", flexible: true), Table.Column("angka"), Table.Column("bertambah/(berkurang)", .right),
    ])
    (table.rows, table.totals) = (rows, totals)
    page.blocks.append(.table(table))
    return page
  }

  /// Words of all columns go on below, a figure stays beside its scale, and no line passes the width.
  @Test func wordsGoOnBelow() {
    let rows = [[Run("r2"), Run("Infrastruktur pelayanan publik paling sedikit"), Run("Rp215,98 M >= Rp596,32 M"), Run(sen: -150_000_000_000)]]
    let text = PlainText.drawn(Self.table(rows), TextStyle(width: 56))
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { TextWidth.of(String($0)) <= 56 }, "\(text)")
    #expect(text.contains("Rp596,32 M") && text.contains("Rp215,98 M") && !text.contains("\u{a0}"), "\(text)")
  }

  /// No amount but zero is shown as zero, however narrow the page.
  @Test func nothingBecomesZero() {
    let rows = [[Run("r2"), Run("a"), Run("b"), Run(sen: 400_000_000)], [Run("r3"), Run("a"), Run("b"), Run(sen: 99_900_000_000_000)]]
    for width in 20...60 {
      let text = PlainText.drawn(Self.table(rows), TextStyle(width: width))
      #expect(!text.contains(" 0,00"), "\(text)")
    }
  }

  /// Many scenarios side by side go below one another where they do not fit, all of them, within the width.
  @Test func manyColumnsGoBelow() {
    let names = (1...7).map { "skenario\($0)" }
    var table = Table(columns: [Table.Column("perangkat daerah", flexible: true)], leading: 1)
    for (at, name) in names.enumerated() {
      table.columns.append(Table.Column(name, .right))
      if at > 0 { table.columns.append(Table.Column("±", .right, isJoined: true)) }
    }
    table.rows = ["Dinas Kesehatan", "Diskominfo"].map { name in
      [Run(name)] + (1..<table.columns.count).map { Run(sen: Int64($0) * 123_456_789_000) }
    }
    var page = Document()
    page.table(table)
    for width in 36...200 {
      let text = PlainText.drawn(page, TextStyle(width: width))
      for line in text.split(separator: "\n") { #expect(TextWidth.of(String(line)) <= width, "\(text)") }
      for name in names { #expect(text.contains(name), "\(text)") }
      #expect(text.split(separator: " ").count(where: { $0.hasPrefix("±") }) == names.count - 1, "\(text)")
      // In one scale.
      #expect(Set(text.split(separator: "\n").filter { $0.hasPrefix("(dalam") }).count <= 1, "\(text)")
      #expect(text.contains("(dalam") == !text.contains("Rp"), "\(text)")
    }
  }

  /// A wrapped line ends within the width, its last space too.
  @Test func linesEndWithinTheWidth() {
    var page = Document()
    page.line("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua belas tiga belas")
    for width in 20...90 {
      for line in PlainText.drawn(page, TextStyle(width: width)).split(separator: "\n") { #expect(line.count <= width) }
    }
  }

  /// Two threads draw a long table; its rows stay where they belong.
  @Test func longTablesKeepTheirOrder() {
    let title = String(repeating: "panjang ", count: 12)
    let rows = (0..<1_501).map { [Run("\($0)"), Run($0 % 7 == 0 ? title + "\($0)" : "pendek")] }
    func drawn(_ rows: [[Run]]) -> ArraySlice<Substring> {
      var page = Document()
      page.blocks.append(.table(Table(columns: [Table.Column("nomor"), Table.Column("judul", flexible: true)], rows: rows)))
      return PlainText.drawn(page, TextStyle(width: 60)).split(separator: "\n").dropFirst()
    }
    // Fewer rows are drawn by one thread; their columns are as wide.
    let parts = stride(from: 0, to: rows.count, by: 500).flatMap { drawn(Array(rows[$0..<min($0 + 500, rows.count)])) }
    #expect(drawn(rows).elementsEqual(parts) && parts.count > rows.count)
  }
}
