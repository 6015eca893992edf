/// A shard of a simulation or a sweep as text that a file holds: what `--shard` writes and `merge` reads.
public struct Part: Sendable {
  /// The question it is a part of: the same only where tape, seed and number of draws are, or the texts and cases of a
  /// sweep.
  public var key: UInt64
  /// Which shard, from 1, of how many.
  public var number: Int
  /// How many shards.
  public var count: Int
  /// How many draws or cases it holds.
  public var done: UInt64
  /// What they came to, as words: nothing of a figure is lost.
  var data: String

  /// The tallies of a simulation; nil where the data are something else.
  var tallies: [Tally]? {
    var tallies: [Tally] = []
    for words in data.split(separator: ";") {
      guard let tally = Self.tally(words.split(separator: " ")) else { return nil }
      tallies.append(tally)
    }
    return tallies
  }

  /// Tallies as words: figures by their bits.
  static func data(_ tallies: [Tally]) -> String {
    tallies.map { tally in
      let head = [tally.low, tally.scale, tally.least, tally.greatest].map { String($0.bitPattern, radix: 16) }
      let bins = tally.bins.enumerated().filter { $0.element > 0 }.map { "\($0.offset):\($0.element)" }
      return (head + [String(tally.sum), String(tally.absent), String(tally.bins.count)] + bins).joined(separator: " ")
    }.joined(separator: ";")
  }

  /// The parts that a file of JSON Lines holds; nil where one of them is broken.
  public static func read(_ text: String) -> [Part]? {
    var parts: [Part] = []
    for line in text.split(separator: "\n") where line.contains("\"kind\":\"part\"") {
      func field(_ name: String) -> Substring? {
        line.split(separator: "\"\(name)\":\"", maxSplits: 1).dropFirst().first?.prefix { $0 != "\"" }
      }
      guard let key = field("key").flatMap({ UInt64($0, radix: 16) }),
        let shard = field("shard")?.split(separator: "/"), shard.count == 2,
        let number = Int(shard[0]), let count = Int(shard[1]), number >= 1, number <= count,
        let done = field("done").flatMap({ UInt64($0) }),
        let data = field("data")
      else { return nil }
      parts.append(Part(key: key, number: number, count: count, done: done, data: String(data)))
    }
    return parts
  }

  private static func tally(_ words: [Substring]) -> Tally? {
    guard words.count >= 7, let sum = Int64(words[4]), let absent = UInt64(words[5]), let size = Int(words[6]),
      (1...100_000).contains(size)
    else { return nil }
    let figures = words.prefix(4).compactMap { UInt64($0, radix: 16).map { Double(bitPattern: $0) } }
    guard figures.count == 4 else { return nil }
    var made = Tally(low: figures[0], scale: figures[1], bins: [UInt32](repeating: 0, count: size))
    (made.least, made.greatest, made.sum, made.absent) = (figures[2], figures[3], sum, absent)
    for word in words.dropFirst(7) {
      let pair = word.split(separator: ":")
      guard pair.count == 2, let at = Int(pair[0]), let count = UInt32(pair[1]), made.bins.indices.contains(at) else {
        return nil
      }
      made.bins[at] = count
    }
    return made
  }
}
