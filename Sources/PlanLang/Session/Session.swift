/// The library's version, as the command prints it.
public let version = "0.1.0"

/// Bounds of one run; passing one is an error with a code, never the end of the process.
public struct Limits: Sendable {
  /// Steps of evaluation.
  public var steps = 100_000_000
  /// Seconds of wall time.
  public var seconds = 10
  /// Seconds of one search or choice, where they are asked for; else it has its own.
  public var searching: Int?
  /// Bytes of memory for values made while running.
  public var memory = 1 << 30
  /// Bytes of one file.
  public var fileSize = 256 << 20
  /// Depth of nesting.
  public var depth = 200
  /// The defaults of batch runs.
  public init() {}
}

/// How a session behaves.
public struct SessionOptions: Sendable {
  /// The language of answers and messages.
  public var language: Language
  /// The bounds of each run.
  public var limits: Limits
  /// Whether findings in loaded data are errors.
  public var isStrict: Bool
  /// Whether a person sits at the prompt: declarations echo, bare values stand alone.
  public var isInteractive: Bool
  /// Whether somebody can stop a long simulation with Ctrl-C; where nobody can it ends after ten minutes.
  public var isAttended: Bool
  /// How many instances of a rule a verdict keeps, the worst first: a page shows few, files and JSON show all.
  public var shownInstances = Int.max
  /// As many as a page shows.
  public static let shownOnPages = 5
  /// The widest stretch of a line of the script that a message shows.
  public var excerptWidth = 120
  /// Threads of a simulation; 0 for as many as there are cores.
  public var threads = 0
  /// The shard of each simulation that is drawn, from 1, of how many; nil for all draws.
  public var shard: (number: Int, count: Int)?
  /// Shards drawn elsewhere: simulations are answered from them and draw nothing.
  public var parts: [Part]?
  /// Options, Indonesian and with the default bounds unless said.
  public init(
    language: Language = .indonesian, limits: Limits = Limits(), isStrict: Bool = false, isInteractive: Bool = true
  ) {
    self.language = language
    self.limits = limits
    self.isStrict = isStrict
    self.isInteractive = isInteractive
    isAttended = isInteractive
  }
}

/// What a batch run answers.
public enum RunMode: Sendable {
  /// Every answer.
  case answers
  /// Only verdicts; with the file's name before each when there are several.
  case verdicts(named: Bool)
}

/// How a run ended.
public struct Outcome: Sendable {
  /// Whether the script has errors.
  public var hasErrors = false
  /// Whether a mandatory rule that was asked for is broken.
  public var isBroken = false
  /// Whether a file could not be read.
  public var isUnreadable = false
  /// The exit status: 74 input/output, 2 errors, 1 a broken mandatory rule, else 0.
  public var status: Int32 { isUnreadable ? 74 : hasErrors ? 2 : isBroken ? 1 : 0 }
}

/// One answer: a document to draw, or JSON objects to print, a line each.
public struct Answer: Sendable {
  /// What people read.
  public var document = Document()
  /// What programs read: made each time it is asked for, so that an answer read by people does not pay for it.
  public var json: [JSONText] { objects() }
  private var objects: @Sendable () -> [JSONText] = { [] }
  /// What it found, for programs that collect findings.
  public var cases: [CheckCase] { found() }
  private var found: @Sendable () -> [CheckCase] = { [] }
  /// Says how the findings are made.
  mutating func inCases(_ found: @escaping @Sendable () -> [CheckCase]) { self.found = found }
  /// Whether it is a shard of a simulation, for `merge`.
  public var isPart = false
  /// Whether it is a message (to standard error) rather than an answer.
  public var isMessage = false

  /// Says how the JSON objects are made.
  mutating func inJSON(_ objects: @escaping @Sendable () -> [JSONText]) { self.objects = objects }
}

/// A line in, a reply out: declared texts, the checked plan, the scenarios and where one stands among them.
///
/// A value: a submission works on a copy and is kept only when it went well.
public struct Session: Sendable {
  /// The world outside.
  let host: any Host
  /// How it behaves.
  public internal(set) var options: SessionOptions
  /// All texts so far.
  var sources = SourceMap()
  /// All names so far.
  var names: Names
  /// All inputs so far, parsed, in order; the pieces of a long text stand one behind the other.
  var inputs: [(tree: Tree, source: Source)] = []
  /// The texts of the inputs, each once.
  var texts: [Source] {
    inputs.indices.filter { $0 == 0 || inputs[$0].source.base != inputs[$0 - 1].source.base }.map { inputs[$0].source }
  }
  /// CSV files read for `muat`, by path.
  var files: [String: Source] = [:]
  /// The rule packs in use, by their sources' bases.
  var packs: [UInt32: UsedPack] = [:]
  /// The checked plan and what was asked of it.
  var checked: Checked
  /// The scenarios.
  var scenarios: Scenarios
  /// What was said at the prompt, and what can be undone.
  var log = SessionLog()
  /// Whether a wish to stop is heard: not while what was found until then is judged.
  var hearsStop = true
  /// Bounds of the run that goes on.
  var engineLimits = EngineLimits()
  /// Verdicts of branches, by row, made when first asked for.
  var verdicts: [Int: [Verdict]] = [:]
  /// Whether some were made already.
  var hasJudged = false
  /// The plan's rules kept judged from edit to edit; one for all copies of a session with the same declared plan.
  var standing = StandingCache()
  /// Answers about many scenarios, for the exports and reports behind them.
  var studies: [Study] = []

  /// A session with nothing declared.
  public init(host: any Host, options: SessionOptions = SessionOptions()) {
    self.init(toRun: host, options: options)
    declare()
    scenarios = Scenarios(of: checked.plan, root: names.intern("dasar"))
  }

  /// A session that is given all its texts at once (`run`): until then it knows not even what every plan knows.
  public init(toRun host: any Host, options: SessionOptions = SessionOptions()) {
    self.host = host
    self.options = options
    names = Vocabulary.seeded()
    checked = Checked(plan: Plan(), scope: Scope(), commands: [], diagnostics: DiagnosticList(), findings: [])
    scenarios = Scenarios(of: checked.plan, root: names.intern("dasar"))
  }
}
