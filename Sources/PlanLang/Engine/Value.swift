/// The value of a formula, as answers show it.
public indirect enum Value: Sendable {
  /// A figure of a type: money, number, grade, truth, year; absences too.
  case figure(Number, ValueType)
  /// A range.
  case range(Number, Number, ValueType)
  /// A text.
  case text(String)
  /// An entity.
  case entity(EntityID)
  /// A list.
  case list([Value])
  /// One value a year: calendar year and value.
  case series([(year: Int, value: Value)])
}

/// Bounds of evaluation.
public struct EngineLimits: Sendable {
  /// Steps in all.
  public var steps = 100_000_000
  /// Bytes of lists and texts in all.
  public var memory = 1 << 30
  /// When to stop, in nanoseconds of the monotonic clock; nil for never.
  public var deadline: UInt64?
  /// The seconds behind the deadline, for the message.
  public var seconds = 10
  /// The language of the texts a run makes.
  public var language = Language.indonesian
  /// The defaults.
  public init() {}
}
