/// What one case of a sweep came to: its figures, or why its edits were refused.
struct Tried: Sendable {
  var values: [Value] = []
  var broken = 0
  var refusal = ""
  /// Whether money lies outside what was studied.
  var isBeyond = false
}

/// Cases of a sweep as words that a file holds: exactly what they came to.
enum SweepText {
  /// The rows, one behind the other.
  static func data(_ rows: [Tried]) -> String {
    rows.map { row in
      var words = [String(row.broken), row.isBeyond ? "1" : "0", hex(row.refusal)]
      for value in row.values { write(value, &words) }
      return words.joined(separator: " ")
    }.joined(separator: ";")
  }

  /// The rows of a text, whose values are of these types (a series where `isSeries`); nil where it holds something
  /// else.
  static func rows(_ data: String, _ types: [(type: ValueType, isSeries: Bool)]) -> [Tried]? {
    var rows: [Tried] = []
    for line in data.split(separator: ";") {
      var words = line.split(separator: " ")[...]
      guard let broken = words.popFirst().flatMap({ Int($0) }), let beyond = words.popFirst(),
        let refusal = words.popFirst().flatMap(text)
      else { return nil }
      var row = Tried(broken: broken, refusal: refusal, isBeyond: beyond == "1")
      for one in types where refusal.isEmpty {
        guard let value = one.isSeries ? series(&words, one.type) : value(&words, one.type) else { return nil }
        row.values.append(value)
      }
      guard words.isEmpty else { return nil }
      rows.append(row)
    }
    return rows
  }

  // MARK: Words

  private static func write(_ value: Value, _ words: inout [String]) {
    switch value {
    case .figure(let number, _): words.append(word(number))
    case .range(let low, let high, _): words += [word(low), word(high)]
    case .text(let text): words.append(hex(text))
    case .entity(let entity): words.append(word(Number(Int64(entity.raw))))
    case .list(let values):
      words.append("#\(values.count)")
      for value in values { write(value, &words) }
    case .series(let years):
      words.append("#\(years.count)")
      for one in years {
        words.append(String(one.year))
        write(one.value, &words)
      }
    }
  }

  private static func word(_ number: Number) -> String { "\(number.a)/\(number.b)" }

  private static func number(_ words: inout ArraySlice<Substring>) -> Number? {
    guard let parts = words.popFirst()?.split(separator: "/"), parts.count == 2,
      let a = Int64(parts[0]), let b = Int64(parts[1]), b >= -1
    else { return nil }
    return Number(a: a, b: b)
  }

  private static func value(_ words: inout ArraySlice<Substring>, _ type: ValueType) -> Value? {
    guard let first = words.first else { return nil }
    if first.hasPrefix("x") {
      words.removeFirst()
      return text(first).map { .text($0) }
    }
    if case .list(let inner) = type, let count = count(&words) {
      var values: [Value] = []
      for _ in 0..<count {
        guard let one = value(&words, inner) else { return nil }
        values.append(one)
      }
      return .list(values)
    }
    guard let low = number(&words) else { return nil }
    if case .range(let inner) = type { return number(&words).map { .range(low, $0, inner) } }
    if case .entity = type, !low.isAbsent { return UInt32(exactly: low.a).map { .entity(EntityID(raw: $0)) } }
    return .figure(low, type)
  }

  private static func series(_ words: inout ArraySlice<Substring>, _ type: ValueType) -> Value? {
    guard let count = count(&words) else { return nil }
    var years: [(year: Int, value: Value)] = []
    for _ in 0..<count {
      guard let year = words.popFirst().flatMap({ Int($0) }), let one = value(&words, type) else { return nil }
      years.append((year, one))
    }
    return .series(years)
  }

  private static func count(_ words: inout ArraySlice<Substring>) -> Int? {
    guard let first = words.first, first.hasPrefix("#"), let count = Int(first.dropFirst()),
      (0...1_000_000).contains(count)
    else { return nil }
    words.removeFirst()
    return count
  }

  private static func hex(_ text: String) -> String {
    "x" + text.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  private static func text(_ word: Substring) -> String? {
    let digits = word.dropFirst().utf8.map { UInt8($0) }
    guard word.hasPrefix("x"), digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for at in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[at...(at + 1)], as: UTF8.self), radix: 16) else { return nil }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
