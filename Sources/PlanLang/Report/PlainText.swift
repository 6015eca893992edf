/// How a document is drawn as text.
public struct TextStyle: Sendable {
  /// The columns of the page; nil for as wide as needed.
  public var width: Int?
  /// Whether meanings are coloured with ANSI sequences.
  public var isColoured: Bool
  /// The language of notes the drawing itself adds.
  public var language: Language
  /// Whether only ASCII is shown.
  public var isASCII: Bool
  /// A style.
  public init(
    width: Int? = nil, isColoured: Bool = false, language: Language = .indonesian, isASCII: Bool = false
  ) {
    self.width = width
    self.isColoured = isColoured
    self.language = language
    self.isASCII = isASCII
  }
}

/// A document drawn as columns of text.
public enum PlainText {
  /// The whole document, each line ended with a newline.
  public static func drawn(_ document: Document, _ style: TextStyle) -> String {
    var text = ""
    for block in document.blocks {
      switch block {
      case .blank: text += "\n"
      case .line(let line):
        for part in wrapped(line, style.width) {
          text += painted(part, style)
          text += "\n"
        }
      case .table(let table):
        for (at, part) in TableLayout.parts(table, style).enumerated() {
          if at > 0 { text += "\n" }
          draw(part, style, into: &text)
        }
      case .plot(let plot):
        for line in PlotText.drawn(plot, style) { text += trimmedEnd(painted(line.runs, style)) + "\n" }
      }
    }
    return style.isASCII ? PlainLetters.only(text) : text
  }

  private static func draw(_ layout: TableLayout, _ style: TextStyle, into text: inout String) {
    if let note = layout.scaleNote { text += paint(note, .dim, style) + "\n" }
    var bytes: [UInt8] = []
    if layout.table.columns.contains(where: { !$0.title.isEmpty }) { row(layout.heads, layout, style, &bytes) }
    // Long tables are drawn by two threads.
    let (half, isLong) = (layout.rows.count / 2, layout.rows.count > 1_000)
    let (first, second) = Beside.both(
      isWorthIt: isLong, { rows(layout.rows[..<half], layout, style) }, { rows(layout.rows[half...], layout, style) })
    bytes += first
    bytes += second
    if !layout.totals.isEmpty {
      let total = layout.widths.reduce(0, +) + 2 * max(layout.widths.count - 1, 0)
      bytes += paint(String(repeating: "─", count: total), .dim, style).utf8
      bytes.append(10)
      for cells in layout.totals { row(cells, layout, style, &bytes) }
    }
    text += String(decoding: bytes, as: UTF8.self)
    if let note = layout.roundingNote { text += paint(note, .dim, style) + "\n" }
  }

  private static func rows(_ rows: ArraySlice<[Run]>, _ layout: TableLayout, _ style: TextStyle) -> [UInt8] {
    var bytes: [UInt8] = []
    for cells in rows { row(cells, layout, style, &bytes) }
    return bytes
  }

  /// A row; words of flexible columns that do not fit go on below, up to four lines.
  private static func row(_ cells: [Run], _ layout: TableLayout, _ style: TextStyle, _ bytes: inout [UInt8]) {
    var below: [[String]] = []
    var height = 1
    for (i, cell) in cells.enumerated() where layout.table.columns[i].flexible || layout.table.columns[i].isBroken {
      if TextWidth.of(cell.text) <= layout.widths[i] { continue }
      if below.isEmpty { below = [[String]](repeating: [], count: cells.count) }
      below[i] = broken(cell.text, to: layout.widths[i])
      height = max(height, below[i].count)
    }
    for at in 0..<height {
      let start = bytes.count
      for (i, cell) in cells.enumerated() {
        let width = layout.widths[i]
        var words = at == 0 ? cell.text : ""
        if !below.isEmpty, !below[i].isEmpty { words = at < below[i].count ? below[i][at] : "" }
        var used = TextWidth.of(words)
        if used > width {
          words = TextWidth.cut(words, to: width)
          used = TextWidth.of(words)
        }
        let gap = max(width - used, 0)
        let isLast = i == cells.count - 1
        let isRight = layout.table.columns[i].alignment == .right
        if isRight { bytes.append(contentsOf: repeatElement(32, count: gap)) }
        if layout.table.columns[i].isBroken { words = words.replacing("\u{a0}", with: " ") }
        bytes += paint(words, cell.meaning, style).utf8
        if !isLast { bytes.append(contentsOf: repeatElement(32, count: isRight ? 2 : gap + 2)) }
      }
      while bytes.count > start, bytes[bytes.count - 1] == 32 { bytes.removeLast() }
      bytes.append(10)
    }
  }

  /// A text broken at spaces into at most four lines of a width; what is left over is cut with an ellipsis.
  private static func broken(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var (line, used) = ("", 0)
    let words = words(of: text)
    for (at, word) in words.enumerated() {
      if lines.count < 3, !line.isEmpty, used + TextWidth.of(trimmedEnd(word)) > width {
        lines.append(TextWidth.cut(trimmedEnd(line), to: width))
        (line, used) = ("", 0)
      }
      if lines.count == 3 {
        for rest in at..<words.count { line += words[rest] }
        break
      }
      line += word
      used = TextWidth.of(line)
    }
    lines.append(TextWidth.cut(trimmedEnd(line), to: width))
    return lines
  }

  private static func painted(_ runs: [Run], _ style: TextStyle) -> String {
    runs.reduce(into: "") { $0 += paint($1.text, $1.meaning, style) }
  }

  /// A line broken at spaces so that each part fits; continuation lines are indented as far as the first.
  static func wrapped(_ line: Line, _ width: Int?) -> [[Run]] {
    let whole = line.runs.reduce(0) { $0 + TextWidth.of($1.text) }
    guard let width, whole > width, width >= 20 else { return [line.runs] }
    if line.runs.contains(where: { $0.meaning == .code }) { return [line.runs] }
    let first = line.runs.first?.text ?? ""
    // A label column is kept free; else two columns more than the line's own indentation.
    let isLabel = first.hasSuffix("  ") && first.contains { $0 != " " }
    let indent = min(isLabel ? TextWidth.of(first) : first.prefix { $0 == " " }.count + 2, width / 2)
    var lines: [[Run]] = []
    var current: [Run] = []
    var used = 0
    for run in line.runs {
      for word in words(of: run.text) {
        let size = TextWidth.of(word)
        if used > 0, used + TextWidth.of(trimmedEnd(word)) > width, !current.isEmpty {
          lines.append(fitted(current, used, width))
          current = [Run(String(repeating: " ", count: indent))]
          used = indent
          let rest = String(word.drop { $0 == " " })
          current.append(Run(rest, run.meaning))
          used += TextWidth.of(rest)
          continue
        }
        current.append(Run(word, run.meaning))
        used += size
      }
    }
    lines.append(fitted(current, used, width))
    return lines
  }

  /// A part without the spaces at its end that pass the width: a terminal would begin a line for them.
  private static func fitted(_ part: [Run], _ used: Int, _ width: Int) -> [Run] {
    var part = part
    var over = used - width
    while over > 0, let last = part.last, last.text.utf8.last == 32 {
      part[part.count - 1].text.removeLast()
      if part[part.count - 1].text.isEmpty { part.removeLast() }
      over -= 1
    }
    return part
  }

  private static func trimmedEnd(_ word: String) -> String {
    var word = word
    while word.utf8.last == 32 { word.removeLast() }
    return word
  }

  /// The words of a text, each with the spaces behind it; leading spaces are a word of their own.
  private static func words(of text: String) -> [String] {
    if TextWidth.isASCII(text) { return plainWords(of: Array(text.utf8)) }
    var result: [String] = []
    var current = ""
    var inGap = false
    for character in text {
      if character == " " {
        inGap = true
        current.append(character)
      } else {
        if inGap, !current.isEmpty {
          result.append(current)
          current = ""
        }
        inGap = false
        current.append(character)
      }
    }
    if !current.isEmpty { result.append(current) }
    return result
  }

  /// The same where each byte is a character.
  private static func plainWords(of bytes: [UInt8]) -> [String] {
    var result: [String] = []
    var start = 0
    for at in bytes.indices where at > start && bytes[at] != 32 && bytes[at - 1] == 32 {
      result.append(String(decoding: bytes[start..<at], as: UTF8.self))
      start = at
    }
    if start < bytes.count { result.append(String(decoding: bytes[start...], as: UTF8.self)) }
    return result
  }

  /// Words in the colour of their meaning.
  static func paint(_ words: String, _ meaning: Meaning, _ style: TextStyle) -> String {
    let words = harmless(words)
    guard style.isColoured, !words.isEmpty, let code = colour(meaning) else { return words }
    return "\u{1b}[\(code)m\(words)\u{1b}[0m"
  }

  /// A text whose control characters, which a title of a data file may bring, are spaces: a terminal would obey them.
  private static func harmless(_ text: String) -> String {
    var (before, isHarmless) = (UInt8(0), true)
    for byte in text.utf8 {
      // From 128 to 159 they are two bytes, the first 0xC2.
      if byte < 32 && byte != 10 || byte == 127 || before == 0xC2 && byte < 160 { isHarmless = false }
      before = byte
    }
    if isHarmless { return text }
    var made = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 32 && scalar.value != 10 || (127..<160).contains(scalar.value)
      made.append(isControl ? " " : scalar)
    }
    return String(made)
  }

  private static func colour(_ meaning: Meaning) -> String? {
    switch meaning {
    case .plain, .text, .money, .number: nil
    case .heading: "1"
    case .name: "36"
    case .good: "32"
    case .bad: "31"
    case .warning: "33"
    case .dim: "2"
    case .code: "35"
    case .keyword: "34"
    }
  }
}
