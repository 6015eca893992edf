/// Minutes of a session: who proposed, what moved, what broke, what was decided; as Markdown and as a page.
struct Minutes {
  private let title: String
  private let day: String
  private let language: Language
  private var items: [(scenario: String, line: String, outcome: [String], isNote: Bool)] = []
  private var standing: [String] = []

  init(of session: Session) {
    language = session.options.language
    title = session.speech.words(session.checked.plan.region)
    day = session.speech.date(session.host.today)
    for entry in session.log.entries where !entry.line.isEmpty {
      if case .note = entry.kind { items.append((entry.scenario, entry.line, [], true)) } else { items.append((entry.scenario, entry.line, entry.outcome, false)) }
    }
    var copy = session
    for row in copy.scenarios.branches.indices {
      guard let verdicts = try? copy.verdicts(of: row), !verdicts.isEmpty else { continue }
      let broken = verdicts.filter(\.fails)
      let name = copy.spoken(scenario: row)
      let writer = CheckWriter(speech: copy.speech, state: copy.scenarios.branches[row].state)
      let list = broken.prefix(6).map { writer.name($0).0 }.joined(separator: ", ")
      standing.append(
        broken.isEmpty
          ? session.say("\(name): semua aturan wajib dipenuhi", "\(name): all mandatory rules hold")
          : session.say("\(name): \(broken.count) aturan wajib dilanggar (\(list))", "\(name): \(English.count(broken.count, "mandatory rule")) broken (\(list))"))
    }
  }

  /// The lines of an answer that minutes keep: what moved, which instrument, which rules.
  static func summary(of answer: Answer) -> [String] {
    answer.document.blocks.compactMap { block in
      guard case .line(let line) = block, line.runs.count > 1 else { return nil }
      let text = line.runs.map(\.text).joined()
      return text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
  }

  private func say(_ id: String, _ en: String) -> String { Bilingual(id, en)[language] }

  /// Markdown.
  var markdown: String {
    var page = "# " + say("Notulen", "Minutes") + (title.isEmpty ? "" : ": \(title)") + "\n\n" + day + "\n\n"
    if items.isEmpty { page += say("Tidak ada yang diubah.", "Nothing was changed.") + "\n\n" }
    for (i, item) in items.enumerated() {
      if item.isNote {
        page += "\(i + 1). **\(item.line)**\n"
      } else {
        page += "\(i + 1). " + (item.scenario.isEmpty ? "" : "*\(item.scenario)* — ") + "`\(Session.firstLine(item.line))`\n"
        for line in item.outcome { page += "   - \(line)\n" }
      }
    }
    if !standing.isEmpty {
      page += "\n## " + say("Keadaan akhir", "Where it stands") + "\n\n"
      for line in standing { page += "- \(line)\n" }
    }
    return page
  }

  /// One page of HTML, without anything from outside.
  var html: String {
    var page = "<!doctype html>\n<html lang=\"\(language.code)\">\n<meta charset=\"utf-8\">\n"
    page += "<title>\(Self.escaped(say("Notulen", "Minutes") + " " + title))</title>\n"
    page += "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    page += "code{font-size:.95em}li{margin:.4rem 0}li ul{color:GrayText}@media print{body{margin:0}}</style>\n"
    page += "<h1>\(Self.escaped(say("Notulen", "Minutes") + (title.isEmpty ? "" : ": " + title)))</h1>\n<p>\(day)</p>\n<ol>\n"
    for item in items {
      if item.isNote {
        page += "<li><strong>\(Self.escaped(item.line))</strong>"
      } else {
        page += "<li>" + (item.scenario.isEmpty ? "" : "<em>\(Self.escaped(item.scenario))</em> — ") + "<code>\(Self.escaped(item.line))</code>"
      }
      if !item.outcome.isEmpty { page += "<ul>" + item.outcome.map { "<li>\(Self.escaped($0))</li>" }.joined() + "</ul>" }
      page += "</li>\n"
    }
    page += "</ol>\n"
    if !standing.isEmpty {
      page += "<h2>\(say("Keadaan akhir", "Where it stands"))</h2>\n<ul>" + standing.map { "<li>\(Self.escaped($0))</li>" }.joined() + "</ul>\n"
    }
    return page + "</html>\n"
  }

  private static func escaped(_ text: String) -> String {
    var made = ""
    for character in text {
      switch character {
      case "<": made += "&lt;"
      case ">": made += "&gt;"
      case "&": made += "&amp;"
      case "\"": made += "&quot;"
      default: made.append(character)
      }
    }
    return made
  }
}
