/// A table as data: what an export writes.
public struct Sheet: Sendable {
  /// A cell.
  public enum Cell: Sendable, Hashable {
    case text(String)
    /// Money in sen.
    case money(Int64)
    /// An exact or real figure.
    case number(Number)
    /// A whole number without groups: a year.
    case whole(Int)
    case empty
  }
  /// Its name: at most 31 characters in a workbook.
  public var name: String
  /// The heads of its columns.
  public var columns: [String]
  /// Its rows, a cell a column.
  public var rows: [[Cell]] = []
  /// The columns that a last row adds up.
  public var summed: [Int] = []
  /// An empty table.
  public init(_ name: String, _ columns: [String]) {
    self.name = name
    self.columns = columns
  }

  /// The sum of a column of money.
  public func sum(_ column: Int) -> Int64 {
    rows.reduce(Int64(0)) { total, row in
      guard row.indices.contains(column), case .money(let sen) = row[column] else { return total }
      return total &+ sen
    }
  }
}

/// Tables as CSV, JSON and Markdown.
public enum SheetText {
  private static func words(_ cell: Sheet.Cell, decimal: String) -> String {
    switch cell {
    case .text(let text): return text
    case .money(let sen):
      let text = Figure.plainMoney(sen: sen)
      return text.hasSuffix(".00") ? String(text.dropLast(3)) : text.replacing(".", with: decimal)
    case .number(let number): return number.isAbsent ? "" : Figure.plain(number).replacing(".", with: decimal)
    case .whole(let whole): return String(whole)
    case .empty: return ""
    }
  }

  /// CSV (RFC 4180) with a separator; with `;` the decimal mark is a comma, as spreadsheets of the region read it.
  /// Texts that a spreadsheet would take for a formula get an apostrophe before them.
  public static func csv(_ sheet: Sheet, separator: String) -> String {
    let decimal = separator == ";" ? "," : "."
    func quoted(_ text: String, isText: Bool) -> String {
      let isFormula = isText && (text.first.map { "=+-@".contains($0) } ?? false)
      let safe = isFormula ? "'" + text : text
      let needs = safe.contains(separator) || safe.contains("\"") || safe.contains("\n") || safe.contains("\r")
      return needs ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
    }
    var text = sheet.columns.map { quoted($0, isText: true) }.joined(separator: separator) + "\r\n"
    for row in sheet.rows {
      let cells = row.map { cell in
        if case .text(let words) = cell { return quoted(words, isText: true) }
        return quoted(words(cell, decimal: decimal), isText: false)
      }
      text += cells.joined(separator: separator) + "\r\n"
    }
    return text
  }

  /// All tables as one JSON object, a list of rows each; money as decimal strings.
  public static func json(_ sheets: [Sheet]) -> String {
    var json = JSONText()
    json.open()
    for sheet in sheets {
      json.array(sheet.name) { list in
        for row in sheet.rows {
          list.object { entry in
            for (column, cell) in zip(sheet.columns, row) {
              if cell == .empty { entry.null(column) } else { entry.string(column, words(cell, decimal: ".")) }
            }
          }
        }
      }
    }
    json.close()
    return json.text + "\n"
  }

  /// All tables as Markdown, money as people read it.
  public static func markdown(_ sheets: [Sheet]) -> String {
    func shown(_ cell: Sheet.Cell) -> String {
      let text: String
      switch cell {
      case .money(let sen): text = Figure.money(sen: sen)
      case .number(let number): text = number.isAbsent ? "" : Figure.decimal(number)
      default: text = words(cell, decimal: ",")
      }
      return text.replacing("|", with: "\\|").replacing("\n", with: " ")
    }
    var text = ""
    for sheet in sheets {
      text += "## \(sheet.name)\n\n| " + sheet.columns.map { shown(.text($0)) }.joined(separator: " | ") + " |\n|"
      let first = sheet.rows.first
      text +=
        sheet.columns.indices.map { at in
          guard let cell = first?[at] else { return " --- |" }
          if case .text = cell { return " --- |" }
          return " ---: |"
        }.joined() + "\n"
      for row in sheet.rows { text += "| " + row.map(shown).joined(separator: " | ") + " |\n" }
      text += "\n"
    }
    return text
  }
}
