import Testing

@testable import PlanLang

/// Lines and columns of places, asked for in whatever order.
@Suite struct PlaceTests {
  @Test func placesAreCountedFromTheBeginning() throws {
    var draws = Draws(state: 27)
    var map = SourceMap()
    var texts: [[UInt8]] = []
    for at in 0..<4 {
      let length = [0, 900, 5_000, 40_000][at]
      let pieces = ["a", "b", "é", "\n", "\n", "\r\n", " "] + (at == 3 ? [] : [String(repeating: "x", count: 1_500)])
      var text = ""
      while text.utf8.count < length { text += pieces.randomElement(using: &draws)! }
      texts.append(Array(text.utf8))
      let added = map.add(name: "\(at)", bytes: texts[at])
      #expect(added != nil)
    }
    for _ in 0..<300 {
      let source = map.sources.randomElement(using: &draws)!
      let offset = Int.random(in: 0...source.bytes.count, using: &draws)
      let place = try #require(map.place(of: source.base + UInt32(offset)))
      let before = source.bytes[..<offset]
      let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
      #expect(place.file == source.name && place.line == before.count { $0 == 10 } + 1 && place.lineStart == source.base + UInt32(start))
      let end = source.bytes[start...].firstIndex { $0 == 10 || $0 == 13 } ?? source.bytes.count
      #expect(place.text == Array(source.bytes[start..<end]))
      #expect(place.column == String(decoding: source.bytes[start..<max(start, min(offset, end))], as: UTF8.self).count + 1)
    }
  }
}
