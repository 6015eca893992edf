import Testing

@testable import PlanLang

/// What is meant by a misspelt name, and that it is sought only for complaints that are shown.
@Suite struct NearMissTests {
  /// The number of edits between two words, straight from its definition.
  private func distance(_ a: ArraySlice<Unicode.Scalar>, _ b: ArraySlice<Unicode.Scalar>) -> Int {
    guard let x = a.last, let y = b.last else { return a.count + b.count }
    let (shorter, less) = (a.dropLast(), b.dropLast())
    var found = min(distance(shorter, b) + 1, distance(a, less) + 1, distance(shorter, less) + (x == y ? 0 : 1))
    if let u = shorter.last, let v = less.last, x == v, y == u {
      found = min(found, distance(shorter.dropLast(), less.dropLast()) + 1)
    }
    return found
  }

  @Test func distancesAreThoseOfTheDefinition() {
    var draws = Draws(state: 20_261_127)
    let letters: [Character] = ["a", "b", "B", "É", "é", "_"]
    func word() -> String { String((0..<Int.random(in: 1...5, using: &draws)).map { _ in letters[Int.random(in: 0..<6, using: &draws)] }) }
    for _ in 0..<400 {
      let (one, other) = (word(), word())
      let (small, large) = (Array(one.lowercased().unicodeScalars), Array(other.lowercased().unicodeScalars))
      let right = distance(small[...], large[...])
      var measure = NearMiss.Measure(small)
      for limit in 1...7 {
        #expect(measure.distance(to: other, limit: limit) == min(right, limit), "\(one) \(other) below \(limit)")
      }
    }
  }

  @Test func theNearestIsMeant() {
    let known = ["kominfo", "dinkes", "Disdikbud", "pupr", "ÉTALASE"]
    for (word, meant) in [
      ("komimfo", "kominfo"), ("KOMNIFO", "kominfo"), ("disdikbut", "Disdikbud"), ("pupr", nil), ("puprr", "pupr"), ("étalse", "ÉTALASE"), ("xyz", nil),
      ("", nil),
    ] as [(String, String?)] {
      #expect(NearMiss.nearest(to: word, among: known) == meant, "\(word)")
    }
  }

  @Test func countedComplaintsSeekNothing() {
    var (list, sought) = (DiagnosticList(), 0)
    func known() -> [String] {
      sought += 1
      return ["kominfo"]
    }
    for i in 0..<3 * UInt32(DiagnosticList.limit) {
      let nearest = list.nearest(to: "komimfo", among: known())
      list.add(MeaningProblem.unknownName(name: "komimfo", nearest: nearest), at: Site(start: i, end: i + 1))
    }
    #expect(sought == DiagnosticList.limit && list.all.count == sought && list.dropped == 2 * sought)
  }
}
