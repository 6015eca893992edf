/// The window on the source below a message, with its underlines, as a document.
public enum Excerpt {
  /// The words for a severity.
  static func word(_ severity: Severity) -> Bilingual {
    switch severity {
    case .error: Bilingual("galat", "error")
    case .warning: Bilingual("peringatan", "warning")
    case .note: Bilingual("catatan", "note")
    }
  }

  /// A diagnostic as people read it: code, message, place, the lines involved with their underlines, the mend.
  /// Of a long line a stretch around the mark is shown; a line may be 100 MB.
  public static func drawn(
    _ diagnostic: Diagnostic, _ sources: SourceMap, _ language: Language, widest: Int = 120
  ) -> Document {
    var page = Document()
    let colour: Meaning = diagnostic.severity == .error ? .bad : .warning
    page.line(
      Run("\(word(diagnostic.severity)[language])[\(diagnostic.code)]", colour), Run(": "),
      Run(diagnostic.message[language], .heading))
    let windows = self.windows(of: diagnostic, sources, widest)
    let margin = windows.map { String($0.place.line).count }.max() ?? 0
    let gap = String(repeating: " ", count: margin)
    var file: String?
    for window in windows {
      if file != window.place.file {
        file = window.place.file
        let mark = "\(window.place.file):\(window.place.line):\(window.place.column)"
        page.line(Run(gap + "--> ", .dim), Run(mark))
        page.line(Run(gap + " |", .dim))
      }
      draw(window, gap: gap, margin: margin, language, colour, into: &page)
    }
    if let help = diagnostic.help {
      page.line(Run(gap + " = ", .dim), Run(Bilingual("bantuan: ", "help: ")[language], .good), Run(help[language]))
    }
    return page
  }

  private struct Mark {
    var column: Int
    var width: Int
    var text: String?
    var isPrincipal: Bool
  }

  private struct Window {
    var place: Place
    var line: String
    var shift: Int
    var marks: [Mark]
    var labels: [Label]
  }

  private static func windows(of diagnostic: Diagnostic, _ sources: SourceMap, _ widest: Int) -> [Window] {
    var windows: [Window] = []
    for (i, label) in diagnostic.labels.enumerated() {
      guard let place = sources.place(of: label.site.start) else { continue }
      let bytes = place.text
      let from = Int(label.site.start - place.lineStart)
      let to = min(max(Int(label.site.end - place.lineStart), from + 1), max(bytes.count, from + 1))
      var mark = Mark(column: place.column, width: 1, text: nil, isPrincipal: i == 0)
      if let known = windows.firstIndex(where: { $0.place.lineStart == place.lineStart }) {
        mark.column -= windows[known].shift
        // What lies outside the stretch that is shown has nothing to be underlined.
        guard (1...widest + 1).contains(mark.column) else { continue }
        let inside = bytes.indices.contains(from) ? bytes[from..<min(to, bytes.count)] : []
        mark.width = max(1, TextWidth.of(String(decoding: inside.prefix(widest), as: UTF8.self)))
        windows[known].marks.append(mark)
        windows[known].labels.append(label)
        continue
      }
      let low = bytes.count > widest ? max(0, min(from - widest / 3, bytes.count - 1)) : 0
      let high = min(bytes.count, low + max(widest, 0))
      let inside = bytes.indices.contains(from) ? bytes[from..<min(to, high)] : []
      mark.width = max(1, TextWidth.of(String(decoding: inside, as: UTF8.self)))
      let text = clean(String(decoding: bytes[low..<high], as: UTF8.self))
      let before = bytes[low..<min(max(from, low), high)]
      mark.column = String(decoding: before, as: UTF8.self).count + 1
      windows.append(
        Window(
          place: place, line: (low > 0 ? "…" : "") + text + (high < bytes.count ? "…" : ""),
          shift: place.column - mark.column - (low > 0 ? 1 : 0), marks: [mark], labels: [label]))
      if low > 0 { windows[windows.count - 1].marks[0].column += 1 }
    }
    return windows
  }

  /// A line without control characters: tabs and others become one space, so that columns stay true.
  private static func clean(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : Character($0) })
  }

  private static func draw(
    _ window: Window, gap: String, margin: Int, _ language: Language, _ colour: Meaning, into page: inout Document
  ) {
    let number = String(window.place.line)
    let pad = String(repeating: " ", count: margin - number.count)
    page.line(Run(pad + number + " | ", .dim), Run(window.line, .code))
    let order = window.marks.indices.sorted { window.marks[$0].column < window.marks[$1].column }
    var line = ""
    var last: String?
    for (position, i) in order.enumerated() {
      let mark = window.marks[i]
      let gapWidth = mark.column - 1 - TextWidth.of(line)
      if gapWidth < 0 { continue }
      line += String(repeating: " ", count: gapWidth)
      line += String(repeating: mark.isPrincipal ? "^" : "-", count: mark.width)
      if position == order.count - 1 { last = window.labels[i].text?[language] }
    }
    page.line(Run(gap + " | ", .dim), Run(line + (last.map { " " + $0 } ?? ""), .code))
    for i in order.dropLast().reversed() {
      guard let text = window.labels[i].text?[language] else { continue }
      let indent = String(repeating: " ", count: max(window.marks[i].column - 1, 0))
      page.line(Run(gap + " | ", .dim), Run(indent + text, .code))
    }
  }
}
