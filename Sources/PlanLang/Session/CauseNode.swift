/// A node of an explanation: what it is, its value, its share of the whole above it, where it stands, and its causes.
struct CauseNode: Sendable {
  /// Its place in the tree by what it is about: the same question gives the same id.
  var id: String
  /// What it is.
  var label: String
  /// How the label is meant.
  var meaning = Meaning.plain
  /// Its value.
  var value: Run?
  /// Its share of the node above, or nil.
  var share: Number?
  /// The file and line it stands at; empty for none.
  var place = ""
  /// What founds it: an article, an assumption's source and grade, an edit.
  var notes: [String] = []
  /// What it comes from, the weightiest first.
  var causes: [CauseNode] = []
}

extension CauseNode {
  /// Draws the tree, cut at a depth; what is cut is counted.
  func draw(_ depth: Int, _ indent: Int, _ say: (String, String) -> String, _ page: inout Document) {
    var runs = [Run(String(repeating: "  ", count: indent))]
    if let share { runs.append(Run(Figure.percent(share, digits: 1) + "  ", .number)) }
    runs.append(Run(label, meaning))
    if let value {
      runs.append(Run(label.isEmpty ? "" : " = "))
      runs.append(value)
    }
    if !place.isEmpty { runs.append(Run("  " + place, .dim)) }
    page.blocks.append(.line(Line(runs)))
    for note in notes { page.line(String(repeating: "  ", count: indent + 1) + note, .dim) }
    if causes.isEmpty { return }
    if depth <= 0 {
      page.line(String(repeating: "  ", count: indent + 1) + say("… \(causes.count) sebab lagi", "… \(English.count(causes.count, "more cause"))"), .dim)
      return
    }
    for cause in causes.prefix(6) { cause.draw(depth - 1, indent + 1, say, &page) }
    if causes.count > 6 {
      page.line(String(repeating: "  ", count: indent + 1) + say("… \(causes.count - 6) lagi", "… \(causes.count - 6) more"), .dim)
    }
  }

  /// How deep the tree is.
  var height: Int { 1 + (causes.map(\.height).max() ?? 0) }

  /// The whole tree as JSON.
  func put(_ json: inout JSONText) {
    json.object { entry in put(into: &entry) }
  }

  private func put(into entry: inout JSONText) {
    entry.string("id", id)
    entry.string("label", label)
    entry.string("value", orNull: value?.text)
    if let share { entry.string("share", orNull: Figure.plain(share * Number(100))) }
    entry.string("place", orNull: place.isEmpty ? nil : place)
    if !notes.isEmpty { entry.array("notes") { list in for note in notes { list.string(nil, note) } } }
    if !causes.isEmpty { entry.array("causes") { list in for cause in causes { cause.put(&list) } } }
  }
}
