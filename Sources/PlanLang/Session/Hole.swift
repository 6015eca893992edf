/// A `?` in the place of a value: a question about what fits there.
struct Hole {
  /// The text before and behind the mark.
  let before: String
  let behind: String

  /// The first `?` of a tree, or nil.
  init?(in tree: Tree, _ source: Source) {
    var place: Site?
    for node in tree.nodes where node.kind == .question {
      place = node.site
      break
    }
    guard let place else { return nil }
    let at = Int(place.start - source.base)
    guard at < source.bytes.count else { return nil }
    before = String(decoding: source.bytes[..<at], as: UTF8.self)
    behind = String(decoding: source.bytes[(at + 1)...], as: UTF8.self)
  }

  /// The text with something in the hole.
  func filled(_ text: String) -> String { before + text + behind }
}

extension Session {
  /// Answers what type belongs into a hole and which names fit, by trying.
  mutating func answer(_ hole: Hole, _ give: (Answer) -> Void) -> Reply {
    let probes: [(String, Bilingual)] = [
      ("Rp 1", Bilingual("rupiah, misalnya Rp 2 M", "rupiah, such as Rp 2 M")), ("1%", Bilingual("persen, misalnya 10%", "a percentage, such as 10%")),
      ("1", Bilingual("bilangan", "a number")), (String(max(checked.plan.firstYear, 1)), Bilingual("tahun", "a year")),
      ("benar", Bilingual("benar atau salah", "true or false")), ("\"a\"", Bilingual("teks", "a text")),
    ]
    var kinds: [String] = []
    for (text, words) in probes where fits(hole.filled(text)) { kinds.append(words[options.language]) }
    var names: [(name: String, note: String)] = []
    let candidates = named(Prefix("", limit: 4000))
    var tries = 0
    for candidate in candidates where names.count < 20 && tries < 400 {
      tries += 1
      if fits(hole.filled(candidate.text)) { names.append((candidate.text, candidate.note)) }
    }
    var answer = Answer()
    if kinds.isEmpty, names.isEmpty {
      answer.document.line(say("di sini tidak ada nilai yang cocok; periksa sisanya", "no value fits here; look at the rest"), .warning)
    }
    if !kinds.isEmpty { answer.document.line(Run(say("di sini: ", "here: "), .heading), Run(kinds.joined(separator: say("; atau ", "; or ")))) }
    if !names.isEmpty {
      answer.document.table(
        Table(columns: [Table.Column(say("nama yang cocok", "names that fit")), Table.Column("", flexible: true)], rows: names.map { [Run("  " + $0.name, .name), Run($0.note)] }))
    }
    answer.document.blank()
    give(answer)
    return .answered
  }

  /// Whether a text would be understood here.
  private func fits(_ text: String) -> Bool {
    var names = names
    var sources = sources
    guard let source = sources.add(name: "", bytes: Array(text.utf8)) else { return false }
    let result = Parser.parse(source, names: &names, language: options.language)
    if result.diagnostics.hasErrors { return false }
    let statements = result.tree.children(of: result.tree.root)
    if statements.allSatisfy({ result.tree[$0].kind != .statement || result.tree[$0].word.map(Checker.asks) ?? true }) {
      let more = Checker.commands(of: result.tree, in: checked, inputs: inputs.map(\.tree), sources: sources, names: &names)
      return !more.diagnostics.hasErrors
    }
    let whole = Checker.check(CheckInput(trees: inputs + [(result.tree, source)], sources: sources, files: files), names: &names)
    return !whole.diagnostics.hasErrors
  }
}
