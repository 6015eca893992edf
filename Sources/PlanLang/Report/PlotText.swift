/// Plots drawn with the 2 by 4 dots of braille letters, or with plain letters where a terminal shows no others.
enum PlotText {
  /// The lines of a plot.
  static func drawn(_ plot: Plot, _ style: TextStyle) -> [Line] {
    guard let low = plot.ticks.first?.value, let high = plot.ticks.last?.value, high > low, !plot.steps.isEmpty else {
      return []
    }
    let labels = plot.ticks.map { TextWidth.of($0.label) }.max() ?? 0
    let room = max((style.width ?? 100) - labels - 5, 8)
    let width = min(room, max(plot.steps.count * 8, 24))
    var canvas = Canvas(width: width, height: 10, range: low...high, steps: plot.steps.count, isASCII: style.isASCII)
    for band in plot.bands { canvas.fill(band) }
    for (at, line) in plot.lines.enumerated() { canvas.draw(line, at) }
    var lines: [Line] = []
    for row in 0..<canvas.height {
      let tick = plot.ticks.first { canvas.row($0.value) == row }
      let label = tick?.label ?? ""
      let gap = String(repeating: " ", count: labels - TextWidth.of(label))
      lines.append(Line([Run("  " + gap + label + (tick == nil ? " │" : " ┤"), .dim)] + canvas.runs(row)))
    }
    lines.append(Line("  " + String(repeating: " ", count: labels) + " └" + String(repeating: "─", count: width), .dim))
    lines.append(Line(String(repeating: " ", count: labels + 4) + canvas.foot(plot.steps), .dim))
    lines.append(Line([Run(String(repeating: " ", count: labels + 4))] + legend(plot, style.isASCII)))
    return lines
  }

  /// How each line and band is drawn, with its name.
  private static func legend(_ plot: Plot, _ isASCII: Bool) -> [Run] {
    var runs: [Run] = []
    for (at, line) in plot.lines.enumerated() {
      let sample = isASCII ? String(Canvas.letters[at % Canvas.letters.count]) : ["⠒⠒", "⠂⠂", "⠒ ", "⠂ "][at % 4]
      runs.append(Run(sample + " ", Canvas.meanings[at % Canvas.meanings.count]))
      runs.append(Run(line.name + "   "))
    }
    for band in plot.bands {
      runs.append(Run((isASCII ? ":" : "⢕⢕") + " ", .dim))
      runs.append(Run(band.name + "   "))
    }
    return runs
  }
}

/// A grid of dots, or of letters.
private struct Canvas {
  /// The letters and the meanings (colours) of lines in their order.
  static let letters: [Character] = ["*", "o", "+", "x"]
  static let meanings: [Meaning] = [.keyword, .warning, .good, .bad]

  let width: Int
  let height: Int
  private let range: ClosedRange<Double>
  private let steps: Int
  private let isASCII: Bool
  /// Dots of a braille letter, or the letter itself.
  private var dots: [UInt8]
  private var letters: [Character]
  /// Which line came last here: -1 for none, -2 for a band.
  private var owners: [Int]

  init(width: Int, height: Int, range: ClosedRange<Double>, steps: Int, isASCII: Bool) {
    (self.width, self.height, self.range, self.steps, self.isASCII) = (width, height, range, steps, isASCII)
    dots = [UInt8](repeating: 0, count: width * height)
    letters = [Character](repeating: " ", count: width * height)
    owners = [Int](repeating: -1, count: width * height)
  }

  private var across: Int { isASCII ? width : width * 2 }
  private var down: Int { isASCII ? height : height * 4 }

  /// The column of dots of a step.
  private func column(_ step: Int) -> Int { steps < 2 ? across / 2 : (across - 1) * step / (steps - 1) }

  /// The row of dots of a value.
  private func place(_ value: Double) -> Int {
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return min(max(Int(((1 - share) * Double(down - 1)).rounded()), 0), down - 1)
  }

  /// The row of letters of a value.
  func row(_ value: Double) -> Int { place(value) / (isASCII ? 1 : 4) }

  private mutating func set(_ x: Int, _ y: Int, _ owner: Int, _ letter: Character) {
    guard x >= 0, y >= 0, x < across, y < down else { return }
    let at = isASCII ? y * width + x : y / 4 * width + x / 2
    if isASCII {
      letters[at] = letter
    } else {
      // The dots of a letter: 1 2 3 7 down the left, 4 5 6 8 down the right.
      let bit: UInt8 = y % 4 == 3 ? (x % 2 == 0 ? 0x40 : 0x80) : UInt8(1) << UInt8(y % 4 + x % 2 * 3)
      dots[at] |= bit
    }
    owners[at] = owner
  }

  /// The value of a series between its steps; nil beside a step without one.
  private func value(_ values: [Double?], at x: Int) -> Double? {
    guard steps > 1, values.count == steps else { return values.first ?? nil }
    let share = Double(x) * Double(steps - 1) / Double(max(across - 1, 1))
    let left = min(Int(share), steps - 2)
    guard let one = values[left], let other = values[left + 1] else {
      let near = Int(share.rounded())
      return column(near) == x ? values[near] : nil
    }
    return one + (other - one) * (share - Double(left))
  }

  /// Fills a band with every second dot.
  mutating func fill(_ band: Plot.Band) {
    for x in 0..<across {
      guard let low = value(band.lows, at: x), let high = value(band.highs, at: x), low.isFinite, high.isFinite else {
        continue
      }
      for y in place(high)...max(place(low), place(high)) where isASCII || (x + y) % 2 == 0 { set(x, y, -2, ":") }
    }
  }

  /// Draws a line: the first solid, the others with gaps, so that they can be told apart without colour.
  mutating func draw(_ line: Plot.Line, _ order: Int) {
    var last: Int?
    for x in 0..<across {
      guard let value = value(line.values, at: x), value.isFinite else {
        last = nil
        continue
      }
      let y = place(value)
      let from = last.map { abs($0 - y) > 1 ? ($0 < y ? $0 + 1 : $0 - 1) : y } ?? y
      last = y
      if order % 4 > 0, !isASCII, x % [2, 3, 6, 8][order % 4] > [1, 0, 2, 0][order % 4] { continue }
      for step in min(from, y)...max(from, y) { set(x, step, order, Self.letters[order % Self.letters.count]) }
    }
  }

  /// A row as runs of one meaning.
  func runs(_ row: Int) -> [Run] {
    var runs: [Run] = []
    for x in 0..<width {
      let at = row * width + x
      let letter: Character
      if isASCII {
        letter = letters[at]
      } else {
        letter = dots[at] == 0 ? " " : Character(UnicodeScalar(0x2800 + UInt32(dots[at])) ?? " ")
      }
      let owner = owners[at]
      let meaning: Meaning = owner >= 0 ? Self.meanings[owner % Self.meanings.count] : owner == -2 ? .dim : .plain
      if runs.last?.meaning == meaning {
        runs[runs.count - 1].text.append(letter)
      } else {
        runs.append(Run(String(letter), meaning))
      }
    }
    return runs
  }

  /// The steps below their columns; those that would touch the one before are left out.
  func foot(_ steps: [String]) -> String {
    var text = ""
    for (at, step) in steps.enumerated() {
      let middle = column(at) / (isASCII ? 1 : 2)
      let start = min(max(middle - TextWidth.of(step) / 2, 0), max(width - TextWidth.of(step), 0))
      if start < TextWidth.of(text) + (text.isEmpty ? 0 : 1) { continue }
      text += String(repeating: " ", count: start - TextWidth.of(text)) + step
    }
    return text
  }
}

/// Pages for terminals that show ASCII alone: each letter by one that takes as much room.
enum PlainLetters {
  /// A text without other letters.
  static func only(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 128 }) { return text }
    var plain = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII { plain.unicodeScalars.append(scalar) } else { plain += letter(scalar) }
    }
    return plain
  }

  private static func letter(_ scalar: UnicodeScalar) -> String {
    switch scalar {
    case "✓": return "+"
    case "✗": return "x"
    case "▽": return "v"
    case "△": return "^"
    case "·", "•": return "."
    case "─", "━", "—", "–", "‒": return "-"
    case "│", "┤", "├": return "|"
    case "└", "┌", "┐", "┘", "┼": return "+"
    case "→": return ">"
    case "←": return "<"
    case "…": return "~"
    case "’", "‘": return "'"
    case "“", "”": return "\""
    case "±": return "~"
    case "×": return "x"
    case "≤": return "<"
    case "≥": return ">"
    default: break
    }
    // Heights of a sparkline, and eighths of a bar: from half on they count.
    if (0x2581...0x2588).contains(scalar.value) {
      let ramp = ["_", ".", "-", "~", "=", "+", "%", "#"]
      return ramp[Int(scalar.value - 0x2581)]
    }
    if (0x2589...0x258f).contains(scalar.value) { return scalar.value <= 0x258c ? "#" : "" }
    if scalar.properties.canonicalCombiningClass != .notReordered { return "" }
    return TextWidth.of(String(scalar)) == 2 ? "??" : "?"
  }
}
