/// What a word of an answer means; colour, weight and markup are decided at the edge.
public enum Meaning: UInt8, Sendable {
  case plain, heading, name, money, number, good, bad, warning, dim, code, keyword, text
}

/// A run of words with one meaning.
public struct Run: Sendable, Hashable {
  /// The words.
  public var text: String
  /// What they mean.
  public var meaning: Meaning
  /// The amount in sen behind the words, so that a narrow table may show it in juta or miliar.
  public var sen: Int64?
  /// A run of words.
  public init(_ text: String, _ meaning: Meaning = .plain) {
    self.text = text
    self.meaning = meaning
  }
  /// An amount of money in sen.
  public init(sen: Int64, _ meaning: Meaning = .money) {
    self.init(Figure.money(sen: sen), meaning)
    self.sen = sen
  }
}

/// One line of an answer.
public struct Line: Sendable, Hashable {
  /// Its runs, printed one behind the other.
  public var runs: [Run]
  /// A line of runs.
  public init(_ runs: [Run]) { self.runs = runs }
  /// A line of plain words.
  public init(_ text: String, _ meaning: Meaning = .plain) { runs = [Run(text, meaning)] }
}

/// A table: heads, rows, and how each column stands.
public struct Table: Sendable {
  /// Where a column's words stand.
  public enum Alignment: UInt8, Sendable { case left, right }
  /// A column: its head, its alignment, and whether it may be cut to fit the width.
  public struct Column: Sendable {
    /// The head.
    public var title: String
    /// Alignment of the cells and the head.
    public var alignment: Alignment
    /// Whether long words may be cut with an ellipsis when the page is narrow.
    public var flexible: Bool
    /// Whether it stays with the column before it where the table is divided.
    public var isJoined = false
    /// Whether its words go on below, as those of a flexible column do.
    var isBroken = false
    /// A column.
    public init(_ title: String, _ alignment: Alignment = .left, flexible: Bool = false, isJoined: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.flexible = flexible
      self.isJoined = isJoined
    }
  }
  /// The columns.
  public var columns: [Column]
  /// The rows, one run a column.
  public var rows: [[Run]]
  /// Totals, ruled off below the rows; empty for none.
  public var totals: [[Run]]
  /// How many first columns stand before each part when a table too wide for the page is divided; nil where it is not.
  public var leading: Int?
  /// A table.
  public init(columns: [Column], rows: [[Run]] = [], totals: [[Run]] = [], leading: Int? = nil) {
    self.columns = columns
    self.rows = rows
    self.totals = totals
    self.leading = leading
  }
}

/// An answer as words with meanings, lines and tables; drawn as text or as a page by Report.
public struct Document: Sendable {
  /// A part of an answer.
  public enum Block: Sendable {
    case line(Line)
    case table(Table)
    case plot(Plot)
    case blank
  }
  /// The parts, from top to bottom.
  public var blocks: [Block] = []
  /// An empty answer.
  public init() {}
  /// Whether there is nothing to show.
  public var isEmpty: Bool { blocks.isEmpty }
  /// Adds a line of runs.
  public mutating func line(_ runs: Run...) { blocks.append(.line(Line(runs))) }
  /// Adds a line that is made.
  public mutating func line(_ line: Line) { blocks.append(.line(line)) }
  /// Adds a line of plain words.
  public mutating func line(_ text: String, _ meaning: Meaning = .plain) { blocks.append(.line(Line(text, meaning))) }
  /// Adds a table.
  public mutating func table(_ table: Table) { blocks.append(.table(table)) }
  /// Adds an empty line.
  public mutating func blank() { blocks.append(.blank) }
  /// Adds all parts of another answer.
  public mutating func append(_ other: Document) { blocks += other.blocks }
}
