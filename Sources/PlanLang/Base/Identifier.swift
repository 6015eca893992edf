/// A typed index into the columns of one table: a cell is not a year.
public protocol Identifier: BitwiseCopyable, Hashable, Sendable, Comparable {
  /// The position in the table.
  var raw: UInt32 { get }
  /// The identifier of a position.
  init(raw: UInt32)
}

extension Identifier {
  /// The position as an array index.
  @inline(__always) public var index: Int { Int(raw) }
  /// The identifier of an array index; the table never holds more than 2^32 rows.
  @inline(__always) public init(_ index: Int) { self.init(raw: UInt32(truncatingIfNeeded: index)) }
  /// Order of declaration.
  @inline(__always) public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// A name or word, folded to lower case and interned.
public struct Symbol: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// A node of a syntax tree.
public struct NodeID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// Anything declared in the plan's two trees: goals and spending.
public struct EntityID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// A cell of the budget cube.
public struct CellID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// A source of funds (sumber dana).
public struct SourceID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// A document of the plan: rpjmd, rkpd, apbd, realisasi or a declared one.
public struct DocumentID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// An account code (rekening) at any level.
public struct AccountID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// A compiled formula.
public struct FormulaID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// A rule (aturan).
public struct RuleID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// A parameter of the plan.
public struct ParameterID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// A scenario (skenario); 0 is the root, `dasar`.
public struct ScenarioID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// A scale of grades (skala).
public struct ScaleID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
/// A unit of measure (satuan).
public struct UnitID: Identifier { public let raw: UInt32; public init(raw: UInt32) { self.raw = raw } }
