/// What became of a line given to a session.
public enum Reply: Sendable, Equatable {
  /// It was answered; the plan may have changed.
  case answered
  /// More lines must follow: a bracket, block or text is open.
  case incomplete
  /// It was refused, and nothing happened.
  case refused
  /// The session is over.
  case ended
}

/// The prompt: where one stands and how the rules stand there.
public struct Prompt: Sendable, Equatable {
  /// The region and the scenario: `manado:layanan>`.
  public var text: String
  /// How the words are meant: good when all mandatory rules hold, bad when one is broken, dim when nothing is judged.
  public var meaning: Meaning
}

/// A line of the session that counts: what it was, so that the whole can be done again.
struct LogEntry: Sendable {
  enum Kind: Sendable {
    /// A text whose statements stand among the session's inputs; its source's base tells its sites apart.
    case text(base: UInt32)
    /// A command about the session.
    case command(MetaCommand, [String])
    /// A note for the minutes.
    case note
  }
  var kind: Kind
  /// The line as it was given.
  var line: String
  /// How it was answered, in one line, for the minutes; empty for what is not told there.
  var outcome: [String] = []
  /// The scenario it was done in.
  var scenario = ""
}

/// What was said at the prompt, in order, and the states one can go back to.
struct SessionLog: Sendable {
  var entries: [LogEntry] = []
  /// States before each change, oldest first, without histories of their own.
  var past: [Session] = []
  /// States undone, newest first.
  var future: [Session] = []
  /// Whether a scenario opened becomes the current one: at the prompt, not in scripts.
  var follows = false
  /// How many texts the prompt gave, for their names.
  var count = 0
  /// The scripts that were opened.
  var files: [String] = []
  /// Texts that other texts loaded, by their sources' bases.
  var included: [UInt32] = []
  /// The exercises' progress.
  var lesson = Lesson()
  /// The first entry that `rekam` records, and where to, or nil.
  var recording: (from: Int, path: String)?
  /// The edits that the last answer proposed, as text, its alternatives behind them; empty for none.
  var proposals: [String] = []
  /// Whether each answer tells how long it took.
  var tellsTime = false
}
