import CPacks

extension Session {
  /// What the nomenclature says of a code (`@2.16.03`), or the codes whose titles are like a text that names nothing
  /// declared.
  func official(_ text: String, _ page: inout Document) {
    let head = say("nomenklatur ", "nomenclature ")
    if text.hasPrefix("@"), let code = Code.activity(String(text.dropFirst())), let title = Nomenclature.title(ofCode: code) {
      page.line(Run(head, .dim), Run(code, .name), Run("  " + title))
    }
    if !page.isEmpty || text.hasPrefix("@") { return }
    for row in Nomenclature.codes(like: text, count: 5) {
      let alike = Figure.decimal(row.likeness * Number(100), digits: 0)
      page.line(Run(head, .dim), Run(row.code, .name), Run("  " + row.title), Run("  \(alike)%", .dim))
    }
  }
}

/// The titles of the national nomenclature (Permendagri 90/2019 with Kepmendagri 050-3708/2020): urusan, bidang, program
/// and kegiatan, looked up where they lie; nothing is read at start-up.
enum Nomenclature {
  /// The lines `code;title`, sorted by code.
  private static func bytes() -> UnsafeBufferPointer<UInt8> {
    let table = planlang_nomenclature()
    return UnsafeBufferPointer(start: table.bytes, count: Int(table.count))
  }

  /// The title of a canonical code, or nil; the support programmes of any bidang (X.XX.01) share theirs.
  static func title(ofCode code: String) -> String? {
    if let found = find(Array(code.utf8)) { return found }
    let parts = code.split(separator: ".")
    guard parts.count >= 3, parts[2] == "01" else { return nil }
    return find(Array((["X", "XX"] + parts.dropFirst(2)).joined(separator: ".").utf8))
  }

  /// What the nomenclature calls an entity by its code; empty when it has none there.
  static func title(of speech: Speech, _ entity: EntityID) -> String {
    let code = speech.plan.entities.codeName[entity.index]
    return code == Entities.unnamed ? "" : title(ofCode: speech.name(code)) ?? ""
  }

  private static func find(_ code: [UInt8]) -> String? {
    let bytes = bytes()
    var (low, high) = (0, bytes.count)
    while low < high {
      var start = (low + high) / 2
      while start > low, bytes[start - 1] != 10 { start -= 1 }
      var end = start
      while end < high, bytes[end] != 10 { end += 1 }
      let line = bytes[start..<end]
      guard let mark = line.firstIndex(of: 59) else { return nil }
      let key = bytes[start..<mark]
      if key.elementsEqual(code) { return String(decoding: bytes[(mark + 1)..<end], as: UTF8.self) }
      if key.lexicographicallyPrecedes(code) { low = end + 1 } else { high = start }
    }
    return nil
  }

  /// The codes whose titles are most like a text, best first: at most `count`, none below two fifths alike.
  static func codes(like text: String, count: Int) -> [(code: String, title: String, likeness: Number)] {
    let wanted = Likeness.pairs(of: text)
    var best: [(code: String, title: String, likeness: Number)] = []
    for line in bytes().split(separator: 10) {
      guard let mark = line.firstIndex(of: 59) else { continue }
      let title = String(decoding: line[(mark + 1)...], as: UTF8.self)
      let (common, all) = Likeness.ratio(wanted, Likeness.pairs(of: title))
      guard all > 0, common * 5 >= all * 2 else { continue }
      let likeness = Number(a: Int64(common), b: Int64(all))
      let place = best.firstIndex { Number.order(likeness, $0.likeness) == 1 } ?? best.count
      if place >= count { continue }
      best.insert((String(decoding: line[..<mark], as: UTF8.self), title, likeness), at: place)
      if best.count > count { best.removeLast() }
    }
    return best
  }
}
