/// The nearest spelling, for "did you mean".
public enum NearMiss {
  /// The candidate nearest to a word, when it is near enough to be meant: at most a third of its letters differ.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var best: String?
    var bestDistance = wanted.count / 3 + 1
    for candidate in candidates {
      let letters = Array(candidate.lowercased().unicodeScalars)
      guard abs(letters.count - wanted.count) < bestDistance, letters != wanted else { continue }
      let found = distance(wanted, letters, limit: bestDistance)
      if found < bestDistance {
        best = candidate
        bestDistance = found
      }
    }
    return best
  }

  /// The number of insertions, deletions, substitutions and swaps of neighbours between two words, up to a limit
  /// (optimal string alignment).
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], limit: Int) -> Int {
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...max(1, a.count) where i <= a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      var least = i
      for j in 1...max(1, b.count) where j <= b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        var value = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { value = min(value, before[j - 2] + 1) }
        row[j] = value
        least = min(least, value)
      }
      if least >= limit { return limit }
      before = last
      last = row
    }
    return last[b.count]
  }
}
