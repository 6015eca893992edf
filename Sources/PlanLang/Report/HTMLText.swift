/// Draws answers as HTML: lines as paragraphs, tables as tables; colours are the page's.
public enum HTMLText {
  /// A text with what HTML reserves escaped.
  public static func escaped(_ text: String) -> String {
    var made: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 60: made += "&lt;".utf8
      case 62: made += "&gt;".utf8
      case 38: made += "&amp;".utf8
      case 34: made += "&quot;".utf8
      default: made.append(byte)
      }
    }
    return String(decoding: made, as: UTF8.self)
  }

  /// A document as HTML blocks.
  public static func drawn(_ document: Document) -> String {
    var html = ""
    for block in document.blocks {
      switch block {
      case .line(let line): html += "<p>" + line.runs.map(run).joined() + "</p>\n"
      case .table(let table): html += self.table(table)
      case .plot(let plot):
        let lines = PlotText.drawn(plot, TextStyle()).map { $0.runs.map(run).joined() }
        html += "<pre>" + lines.joined(separator: "\n") + "</pre>\n"
      case .blank: break
      }
    }
    return html
  }

  /// A table; columns with figures stand right.
  public static func table(_ table: Table) -> String {
    func cells(_ row: [Run], _ tag: String) -> String {
      zip(table.columns, row).map { column, run in
        "<\(tag)\(column.alignment == .right ? " class=\"n\"" : "")>\(indent(run))\(self.run(run))</\(tag)>"
      }.joined()
    }
    var html = "<table><thead><tr>" + cells(table.columns.map { Run($0.title) }, "th") + "</tr></thead>\n<tbody>"
    for row in table.rows { html += "<tr>" + cells(row, "td") + "</tr>\n" }
    html += "</tbody>"
    if !table.totals.isEmpty {
      html += "<tfoot>" + table.totals.map { "<tr>" + cells($0, "td") + "</tr>" }.joined() + "</tfoot>"
    }
    return html + "</table>\n"
  }

  /// The spaces that a cell begins with: in HTML they would vanish.
  private static func indent(_ run: Run) -> String {
    String(repeating: "&#160;", count: run.text.prefix { $0 == " " }.count)
  }

  /// A run of words with its meaning as a class.
  static func run(_ run: Run) -> String {
    let text = escaped(run.text)
    switch run.meaning {
    case .good: return "<span class=\"good\">\(text)</span>"
    case .bad: return "<span class=\"bad\">\(text)</span>"
    case .warning: return "<span class=\"warn\">\(text)</span>"
    case .dim: return "<span class=\"dim\">\(text)</span>"
    case .code: return "<code>\(text)</code>"
    case .heading: return "<strong>\(text)</strong>"
    default: return text
    }
  }
}
