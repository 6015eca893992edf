/// What a board of shifts is made of.
extension ShiftBoard {
  /// The one cell of an entity in a document and year: money that one source pays to one account of one leaf.
  struct Cell: BitwiseCopyable {
    /// What is there, in sen.
    var there: Int64 = 0
    /// Where the list of its entities' sums begins in `edges`; else `unknown`, `none` where the entity has no cell or several, or that
    /// the cell stands with its leaf, as `Cell.standing(with:)` has it.
    var own: Int32 = Cell.unknown
    /// Its kind in `kinds`, doubled, and one more where it is noted as touched.
    var marks: UInt32 = 0
    /// Its kind, where its lists are laid.
    @inline(__always) var kind: Int { Int(marks &>> 1) }
    static let unknown: Int32 = -1, none: Int32 = -2
    /// The leaf with which a cell stands, or how to say so.
    static func standing(with leaf: Int32) -> Int32 { none - 1 - leaf }
  }

  /// What all cells of one account and one source have in a document and year.
  struct Kind: BitwiseCopyable {
    /// Where the list of the sums of the whole year begins in `edges`.
    var whole: Int32
    var source: SourceID
    /// Whether the source is bound to a field.
    var isBound: Bool
  }

  /// A whole number that money adds to.
  struct Balance: BitwiseCopyable {
    var value: Int64
    /// The projection that hangs on a purse, as `DrivenProjections.Purse` has it.
    var spot: Int32 = DrivenProjections.Purse.nothing
    /// Which signs hold: negative 1, zero 2, positive 4.
    var orders: UInt8
    var holds = true

    /// Whether its value holds.
    @inline(__always) var told: Bool { (orders &>> ((value >= 0 ? 1 : 0) + (value > 0 ? 1 : 0))) & 1 != 0 }
  }

  /// By what a sen adds to a form. A list of them, rules first, ends with one whose factor is 0; its form is twice how many purses
  /// follow, and one more where something else reads the money.
  struct Edge: BitwiseCopyable {
    var form: Int32
    var times: Int32
  }

  /// What differs between the lists of two kinds, as a list of its own; -1 where it is none yet.
  struct Net: BitwiseCopyable {
    var from: Int32 = 0
    var to: Int32 = 0
    var list: Int32 = -1
  }

  /// A list to be laid: its edges, its purses, and whether something else reads the money.
  typealias List = (rules: [Edge], purses: [Int32], asks: Bool)

  /// A shift that was done.
  struct Moved: BitwiseCopyable {
    var sen: Int64
    var from: Int32
    var to: Int32
    var reason: Site
    var site: Site
  }

  /// What became of a shift.
  enum Shifted {
    /// It is done: no rule turned, some did (`turned`), or something else that reads its money has to be judged as well.
    case done, turned, asks
    /// It was not done: its cells have no lists yet, there is too little, or it is for the long way.
    case unlaid, short, long
  }
}
