import Foundation
import Testing

@testable import PlanLang

/// Each fenced example of the documents runs and prints what the page says; `make record` writes the pages anew.
@Suite struct DocsTests {
  static let pages =
    ["README.md", "CHANGELOG.md"] + Repository.files(below: "docs", ending: ".md").filter { !$0.hasSuffix("performance.md") }

  /// What a command line of a page prints: `planrepl run FILE [-e EXPR]... [--format json] [--lang en]`, `explain CODE`.
  private func printed(_ command: String) -> String? {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in command {
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == " " {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    guard words.count >= 3, words[0] == "planrepl" else { return nil }
    var expressions: [String] = []
    var format = "text"
    var language = Language.indonesian
    var at = 3
    while at + 1 < words.count {
      switch words[at] {
      case "-e": expressions.append(words[at + 1])
      case "--format": format = words[at + 1]
      case "--lang": language = Language(code: words[at + 1]) ?? .indonesian
      default: return nil
      }
      at += 2
    }
    switch words[1] {
    case "run", "jalankan":
      return screen(of: words[2], language: language, format: format, expressions: expressions, width: 100).text
    case "explain", "jelaskan":
      return Session.page(of: words[2]).map { PlainText.drawn($0[language] ?? Document(), TextStyle(width: 100, language: language)) }
    default: return nil
    }
  }

  /// A session shown on a page: its lines given anew. Lines with a prompt are inputs; before the first recording, all are.
  private func replayed(_ shown: [String], _ scripts: [String], _ language: Language) -> [String] {
    func input(_ line: String) -> String? {
      if line.hasPrefix("  … ") { return String(line.dropFirst(4)) }
      guard let end = line.firstIndex(of: ">"), line[..<end].contains(":"), !line[..<end].contains(" ") else { return nil }
      return String(line[line.index(after: end)...].dropFirst())
    }
    let marked = shown.compactMap(input)
    var session = Session(host: MemoryHost(), options: SessionOptions(language: language))
    #expect(session.open(scripts.map { ($0, Repository.bytes($0)) }) { _ in })
    let text = SessionTests.screen(marked.isEmpty ? shown : marked, &session)
    var made = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while made.last?.isEmpty == true { made.removeLast() }
    return made
  }

  @Test(arguments: pages) func examplesOfPagesRun(path: String) {
    let lines = Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var page: [String] = []
    var at = 0
    while at < lines.count {
      page.append(lines[at])
      if lines[at] == "```console", at + 1 < lines.count, lines[at + 1].hasPrefix("$ ") {
        let end = lines[at...].firstIndex(of: "```") ?? lines.count
        page.append(lines[at + 1])
        if TranscriptTests.isUnsolved(lines[at + 1]) {
          page += lines[(at + 2)..<end]
        } else if let text = printed(String(lines[at + 1].dropFirst(2))) {
          var shown = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
          while shown.last?.isEmpty == true { shown.removeLast() }
          page += shown
        } else {
          Issue.record("\(path):\(at + 2): this command cannot be run by the test")
        }
        at = end
        continue
      }
      if lines[at].hasPrefix("```sesi ") || lines[at].hasPrefix("```session ") {
        let end = lines[at...].firstIndex(of: "```") ?? lines.count
        let scripts = lines[at].split(separator: " ").dropFirst().map(String.init)
        page += replayed(Array(lines[(at + 1)..<end]), scripts, lines[at].hasPrefix("```sesi ") ? .indonesian : .english)
        at = end
        continue
      }
      if lines[at] == "```plan" {
        let end = lines[at...].firstIndex(of: "```") ?? lines.count
        let text = lines[(at + 1)..<end].joined(separator: "\n") + "\n"
        let (shown, status) = screen(name: "contoh.plan", bytes: Array(text.utf8))
        #expect(status <= 1, "\(path):\(at + 1): \(shown)")
      }
      at += 1
    }
    Repository.compare(page.joined(separator: "\n"), with: path)
  }

  /// The tables of words are made from the vocabulary.
  @Test func wordPagesAreTheVocabulary() {
    for (path, title, heads) in [
      ("docs/id/kata.md", "# Kata\n\nSemua kata bahasa, dibuat dari tabelnya; yang pertama ditulis oleh `planrepl fmt`.\n", "| Indonesia | Inggris |"),
      ("docs/en/words.md", "# Words\n\nEvery word of the language, made from its table; the first is what `planrepl fmt` writes.\n", "| Indonesian | English |"),
    ] {
      var page = title + "\n" + heads + "\n| --- | --- |\n"
      for row in Vocabulary.rows {
        page += "| " + row.id.map { "`\($0)`" }.joined(separator: " ") + " | " + row.en.map { "`\($0)`" }.joined(separator: " ") + " |\n"
      }
      Repository.compare(page, with: path)
    }
  }
}
