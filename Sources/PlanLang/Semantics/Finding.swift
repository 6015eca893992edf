/// Something about a row of imported data that a person should know.
public struct Finding: Sendable {
  /// What was done about it.
  public enum Kind: UInt8, Sendable { case repaired, rejected, suspicious }
  /// What was done.
  public var kind: Kind
  /// The file.
  public var file: String
  /// The row, from 1, the header being row 1; 0 for the whole file.
  public var row: Int
  /// What was found.
  public var what: Bilingual
}
