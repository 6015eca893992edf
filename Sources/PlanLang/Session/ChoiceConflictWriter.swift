/// Why no set of projects meets everything: each condition as a sentence with its figures, and the cheapest way out.
struct ChoiceConflictWriter: Sendable {
  let speech: Speech
  let asked: AskedChoice
  let conflicts: [ChoiceConflict]

  private func say(_ id: String, _ en: String) -> String { speech.say(id, en) }

  /// The page.
  func document() -> Document {
    var page = Document()
    for (at, conflict) in conflicts.enumerated() {
      page.line(
        conflict.members.count == 1
          ? say("\(at + 1). Ini tidak dapat dipenuhi:", "\(at + 1). This cannot hold:")
          : say("\(at + 1). Ini tidak dapat dipenuhi bersama-sama; tanpa salah satunya yang lain dapat:", "\(at + 1). These cannot hold together; without any one of them the others can:"),
        .heading)
      for member in conflict.members { page.line("   " + sentence(member)) }
      let ways = ways(conflict)
      if ways.isEmpty { page.line(say("   melonggarkan salah satunya saja tidak cukup", "   giving way in one of them is not enough"), .dim) }
      for (place, way) in ways.enumerated() {
        page.line(Run("   "), Run(place == 0 ? say("termurah: ", "cheapest: ") : say("atau: ", "or: "), .heading), Run(mend(way)))
      }
    }
    if !conflicts.isEmpty { page.blank() }
    return page
  }

  /// The members that can give way alone: those of money by how much, then counts, then what would be left out.
  private func ways(_ conflict: ChoiceConflict) -> [ChoiceConflict.Member] {
    conflict.members.filter { ($0.relief ?? 0) > 0 }.sorted { x, y in
      let (a, b) = (rank(x.row), rank(y.row))
      if a != b { return a < b }
      return (x.relief ?? 0) != (y.relief ?? 0) ? (x.relief ?? 0) < (y.relief ?? 0) : x.row < y.row
    }
  }

  private func rank(_ row: Int) -> Int { isMoney(row) ? 0 : isBound(row) ? 1 : 2 }

  private func isMoney(_ row: Int) -> Bool {
    switch asked.pieces[row].kind {
    case .ceiling: true
    case .limit(let isMoney): isMoney
    case .fixed, .tie: false
    }
  }

  private func isBound(_ row: Int) -> Bool {
    switch asked.pieces[row].kind {
    case .ceiling, .limit: true
    case .fixed, .tie: false
    }
  }

  private func figure(_ value: Int64, _ row: Int) -> String { isMoney(row) ? Figure.money(sen: value) : Figure.decimal(Number(value)) }

  /// `pagu 2026 Rp5.000.000.000: yang lain memerlukan Rp7.000.000.000, kurang Rp2.000.000.000`.
  private func sentence(_ member: ChoiceConflict.Member) -> String {
    let row = asked.model.rows[member.row]
    var words = asked.pieces[member.row].words
    guard isBound(member.row) else { return words }
    if case .ceiling = asked.pieces[member.row].kind, let most = row.most { words += " " + Figure.money(sen: most) }
    guard let short = member.short, short > 0 else { return words }
    let (off, size) = (figure(short, member.row), { (bound: Int64) in figure(bound, member.row) })
    if let most = row.most {
      return say("\(words): yang lain memerlukan paling sedikit \(size(most &+ short)), kurang \(off)", "\(words): the others need at least \(size(most &+ short)), short by \(off)")
    }
    let least = row.least ?? 0
    return say("\(words): di antara yang lain paling banyak \(size(least &- short)), kurang \(off)", "\(words): among the others at most \(size(least &- short)), short by \(off)")
  }

  private func mend(_ member: ChoiceConflict.Member) -> String {
    let row = asked.model.rows[member.row]
    let words = asked.pieces[member.row].words
    let relief = member.relief ?? 0
    guard isBound(member.row) else { return say("lepaskan `\(words)`", "drop `\(words)`") }
    let off = figure(relief, member.row)
    if let most = row.most {
      let to = figure(most &+ relief, member.row)
      return say("naikkan \(words) sebesar \(off), menjadi \(to)", "raise \(words) by \(off), to \(to)")
    }
    let to = figure((row.least ?? 0) &- relief, member.row)
    return say("turunkan \(words) sebesar \(off), menjadi \(to)", "lower \(words) by \(off), to \(to)")
  }

  /// The object.
  func json(_ place: AnswerJSON.Place) -> JSONText {
    func figure(_ value: Int64?, _ row: Int) -> String? { value.map { isMoney(row) ? Figure.plainMoney(sen: $0) : String($0) } }
    var json = AnswerJSON.begin("choice", place)
    json.truth("found", false)
    json.array("conflicts") { list in
      for conflict in conflicts {
        list.array { members in
          for member in conflict.members {
            members.object { entry in
              entry.string("condition", asked.pieces[member.row].words)
              entry.string("text", sentence(member))
              entry.string("unit", isMoney(member.row) ? "rupiah" : isBound(member.row) ? "count" : "condition")
              entry.string("short", orNull: figure(member.short, member.row))
              entry.string("relief", orNull: figure(member.relief, member.row))
            }
          }
        }
      }
    }
    return AnswerJSON.end(json)
  }
}
