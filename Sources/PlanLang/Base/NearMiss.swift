/// The nearest spelling, for "did you mean".
public enum NearMiss {
  /// The candidate nearest to a word, when it is near enough to be meant: at most a third of its letters differ.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var measure = Measure(wanted)
    var best: String?
    var bestDistance = wanted.count / 3 + 1
    for candidate in candidates {
      // A letter takes one byte to four.
      let bytes = candidate.utf8.count
      guard bytes > wanted.count - bestDistance, bytes < 4 * (wanted.count + bestDistance) else { continue }
      let found = measure.distance(to: candidate, limit: bestDistance)
      if found > 0, found < bestDistance {
        best = candidate
        bestDistance = found
      }
    }
    return best
  }

  /// How far spellings are from one word; the rows of the measuring serve all of them.
  struct Measure {
    private let word: [Unicode.Scalar]
    private var letters: [Unicode.Scalar] = []
    private var before: [Int] = []
    private var last: [Int] = []
    private var row: [Int] = []

    /// From a word in small letters.
    init(_ word: [Unicode.Scalar]) { self.word = word }

    /// The number of insertions, deletions, substitutions and swaps of neighbours between the word and a spelling in
    /// whatever letters, up to a limit (optimal string alignment).
    mutating func distance(to spelling: String, limit: Int) -> Int {
      letters.removeAll(keepingCapacity: true)
      for letter in spelling.unicodeScalars {
        if letter.isASCII {
          letters.append("A"..."Z" ~= letter ? Unicode.Scalar(UInt8(letter.value) | 0x20) : letter)
        } else {
          letters.append(contentsOf: letter.properties.lowercaseMapping.unicodeScalars)
        }
      }
      if abs(letters.count - word.count) >= limit { return limit }
      let columns = letters.count + 1
      while row.count < columns {
        row.append(0)
        last.append(0)
        before.append(0)
      }
      for j in 0..<columns { last[j] = j }
      for i in word.indices {
        row[0] = i + 1
        var least = i + 1
        for j in letters.indices {
          var value = min(last[j + 1] + 1, row[j] + 1, last[j] + (word[i] == letters[j] ? 0 : 1))
          let isSwapped = i > 0 && j > 0 && word[i] == letters[j - 1] && word[i - 1] == letters[j]
          if isSwapped { value = min(value, before[j - 1] + 1) }
          row[j + 1] = value
          least = min(least, value)
        }
        if least >= limit { return limit }
        (before, last, row) = (last, row, before)
      }
      return min(limit, last[columns - 1])
    }
  }
}
