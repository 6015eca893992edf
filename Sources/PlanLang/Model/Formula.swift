/// Which entities' money a slice holds.
public enum Anchors: Sendable, Hashable {
  /// The whole plan.
  case all
  /// These and all below them; disjoint, in order of rank.
  case entities([EntityID])
  /// The entity bound to a local when it runs.
  case local(Int)
}

/// A slice of the cube as a formula or an edit asks for it, all names resolved; the year comes from outside.
public struct SliceTemplate: Sendable, Hashable {
  /// The book.
  public var ledger: Ledger = .spending
  /// The document.
  public var document: DocumentID
  /// The entities.
  public var anchors: Anchors = .all
  /// For a local anchor: the entities its money must also lie in, disjoint; nil for all.
  public var within: [EntityID]?
  /// Accounts asked for, any of them; empty for all.
  public var accounts: [AccountID] = []
  /// Sources asked for, any of them; empty for all.
  public var sources: [SourceID] = []
  /// A slice of a document.
  public init(document: DocumentID) { self.document = document }
}

/// What kind of value an expression has; checked before anything runs.
public indirect enum ValueType: Sendable, Hashable {
  /// Rupiah; carried in sen.
  case money
  /// A number of a unit; percentages are numbers of the percent unit (20% is 0,2).
  case number(UnitID)
  /// A grade: its position on a scale.
  case grade(ScaleID)
  /// True or false.
  case truth
  /// A text.
  case text
  /// A calendar year.
  case year
  /// An entity; the kind when it is known.
  case entity(EntityKind?)
  /// A list of values of one type; a set of entities is a list of entities.
  case list(ValueType)
  /// A range of two values of one type.
  case range(ValueType)
  /// One value a year of the period.
  case series(ValueType)
  /// A scenario by name.
  case scenario
  /// Unknown after an error: swallows follow-ups.
  case hole
}

/// What an instruction does; `a` is the register written, `b` and `c` registers read, `d` an index or a jump's target.
public enum Opcode: UInt8, Sendable {
  case constant, copy
  case add, subtract, multiply, divide, modulo, power, negate, round, floor
  case equal, unequal, less, lessEqual, greater, greaterEqual, isAbsent
  case and, or, not
  case jump, jumpIfFalse, jumpIfTrue, jumpIfAbsent
  /// Loops over whole numbers: `a` takes the first of `b`...`c` or the jump to `d` is taken; then the next, jumping
  /// back while there is one. An end that is absent is left in `a`.
  case firstOfRange, nextOfRange
  /// Loops over a list: `a` counts, `c` takes the element of `b`; an absent list is left in `a`.
  case firstOfList, nextOfList
  /// The absence in `b`, if it is one, replaces `a`.
  case absorb
  /// Adds 1 to `a` when `b` is true.
  case tally
  /// The current year's index; set it from a register.
  case year, setYear
  /// The calendar year of an index in a register, and back.
  case calendar, yearIndex
  /// A slice of the cube in the current year; `b` holds the entity of a local anchor.
  case slice
  /// The same for all money of one entity in document `c`.
  case wholeSlice
  /// A figure of the indicator in register `b`; `d` is an `IndicatorFigure`.
  case figure
  case parameter
  /// Texts are handles of the run's pool.
  case text, join, sameText, containsText, titleText, codeText, nameText
  /// What is stated of the initiative in `b`; `d` is an `InitiativeFigure`.
  case initiative
  /// What the project in `b` is worth (`d` 0) or costs in the current year (`d` 1).
  case project
  /// The title the nomenclature gives the code of the entity in `b`; undeclared when it has none.
  case officialText
  /// The figure in `b` in words, from outside; `d` is 1 for sen.
  case inWords
  /// How alike the texts in `b` and `c` are, from 0 to 1.
  case likeness
  /// The first characters of the text in `b`, as many as `c` says.
  case takeText
  /// The entities of the kind and title of the one in `b`, itself among them.
  case namesakes
  /// Lists are handles of the run's pool.
  case list, append, count, element, entities, below, wholeRange
  /// The parent of an entity at a kind.
  case ancestor
  /// Whether a text is among those stated on the entity in `b` or above it; `d` is the attribute's role.
  case stated
  /// Whether the list in `b` holds the figure, entity or text in `c`; whether a text of it contains the words in `c`.
  case holds, holdsText, holdsWords
  /// Whether the entity in `b` is one of the set `d` or stands below one.
  case inSet
  /// The entities of kind `d` that the entity in `b` supports, or that support it (mendukung).
  case linked
  /// The figure in `b` rounded to the digits that count for the indicator in `c`.
  case roundFigure
  /// The lesser and greater of two; `nothing` stands for none yet, and ends as undefined.
  case least, greatest, settle
  /// Reads from the scenario `d` of `scenarios` until told otherwise; -1 is the one that runs.
  case scenario
}

/// Which figure of an indicator is read.
public enum IndicatorFigure: Int32, Sendable {
  case projection, targetLow, targetHigh, baseline, actual, achievement, without, weight, isReached, achievementClass
  /// The name of its unit.
  case unit
  /// The end-of-period target (kondisi akhir) where stated, its lower end.
  case finalTarget
  /// Its direction and its kind, by their Indonesian words.
  case direction, kind
  /// The department that answers for it, and whether it measures the means only.
  case owner, isITIndex
}

/// One instruction: 12 bytes, trivial.
public struct Instruction: Sendable {
  /// What it does.
  public var op: Opcode
  /// Registers.
  public var a: UInt16, b: UInt16, c: UInt16
  /// An index into a table, or a jump's target.
  public var d: Int32
  /// An instruction.
  public init(_ op: Opcode, _ a: UInt16 = 0, _ b: UInt16 = 0, _ c: UInt16 = 0, _ d: Int32 = 0) {
    self.op = op
    self.a = a
    self.b = b
    self.c = c
    self.d = d
  }
}

/// The registers of a comparison's sides; `upper` is the upper end of a range on the right, else `right`.
public struct Sides: Sendable {
  var left: UInt16
  var right: UInt16
  var upper: UInt16
}

/// A compiled expression: flat register code over 16-byte registers; no names, no strings looked up while it runs.
public struct Formula: Sendable {
  /// The instructions; the value is in register `result` when the end is reached.
  public var code: [Instruction] = []
  /// The place of each instruction.
  public var sites: [Site] = []
  /// The constants.
  public var constants: [Number] = []
  /// The texts.
  public var texts: [String] = []
  /// The slices.
  public var slices: [SliceTemplate] = []
  /// Other scenarios read.
  public var scenarios: [Symbol] = []
  /// Sets of entities fixed when the plan is checked.
  public var sets: [[EntityID]] = []
  /// How many registers it needs; the first `locals` hold the entities bound outside.
  public var registers = 1
  /// How many locals it takes.
  public var locals = 0
  /// The register of the value.
  public var result: UInt16 = 0
  /// For a range, the register of its upper end.
  public var upper: UInt16 = 0
  /// Where the two sides stand when it is a comparison: one run gives the verdict and its figures.
  public var sides: Sides?
  /// The type of its value; of each year's value when it is a series.
  public var type: ValueType
  /// Whether it has one value a year.
  public var isSeries = false
  /// The years a sliced series is asked for, as indices; nil for all.
  public var years: [Int]?
  /// Decimal digits that count when it is compared, for figures of an indicator; -1 for exact.
  public var digits = -1
  /// Where it stands.
  public var site: Site

  /// The figure of a formula that is one constant, or one with a minus before it; else nil.
  public var fixed: Number? {
    guard let first = code.first, first.op == .constant, code.count == 1 || code.count == 2 && code[1].op == .negate
    else { return nil }
    let figure = constants[Int(first.d)]
    return code.count == 1 ? figure : -figure
  }

  /// Whether it is a bare number as written, which takes the unit of what it is given to.
  public var isBare: Bool {
    if case .number(let unit) = type { return unit.raw == 0 && fixed != nil }
    return false
  }

  /// A formula of a type at a place.
  public init(type: ValueType, site: Site) {
    self.type = type
    self.site = site
  }
}
