import Foundation
import Testing

@testable import PlanLang

/// Exactly what the screen shows, re-recorded by `make record`, reviewed as a diff.
@Suite struct TranscriptTests {
  static let refusals = Repository.files(below: "Tests/PlanLangTests/Transcripts/galat", ending: ".plan")
  static let lessons = Repository.files(below: "Tests/PlanLangTests/Transcripts/naskah", ending: ".plan")
  static let examples = Repository.files(below: "examples", ending: ".plan")

  /// Whether a script asks what only a solver can tell, and none is installed; that is noted once.
  static func isUnsolved(_ path: String) -> Bool {
    (path.contains("/P0812.plan") || path.contains("/pilih.plan")) && !Installed.hasAny
  }

  /// One file a code: what is refused, in both languages, and nothing else happens.
  @Test(arguments: refusals) func refusal(path: String) {
    if Self.isUnsolved(path) { return }
    let code = path.split(separator: "/").last.map { String($0.dropLast(5)) } ?? ""
    var shown = ""
    for language in Language.allCases {
      let (text, status) = screen(of: path, language: language, isStrict: code == "P0704")
      #expect(text.contains("[\(code)]"), "\(path) does not show its code")
      shown += text + "status \(status)\n"
    }
    Repository.compare(shown, with: String(path.dropLast(5)) + ".txt")
  }

  /// Scripts whose whole screen is recorded.
  @Test(arguments: lessons) func lesson(path: String) {
    if Self.isUnsolved(path) { return }
    let (text, status) = screen(of: path)
    Repository.compare(text + "status \(status)\n", with: String(path.dropLast(5)) + ".txt")
  }

  /// Each example runs; its recorded output stands beside it.
  @Test(arguments: examples) func example(path: String) {
    if Self.isUnsolved(path) { return }
    let (text, status) = screen(of: path)
    #expect(status <= 1)
    Repository.compare(text + "status \(status)\n", with: String(path.dropLast(5)) + ".out")
  }

  /// The English twin says the same: same verdicts, same figures.
  @Test func englishTwinIsMadeByTheFormatter() throws {
    let source = Repository.bytes("examples/manado.plan")
    let english = Session.formatted(name: "manado.plan", source, to: .english, messages: .indonesian)
    #expect(english.complaints == nil)
    let twin = "examples/manado-en.plan"
    Repository.compare(String(decoding: english.bytes, as: UTF8.self), with: twin)
  }

  /// What cannot stand in a script: a clock, Ctrl-C, 4 GiB of text, shards, a machine without a solver.
  static let withoutTranscript = ["P0123", "P0603", "P0605", "P0701", "P0706", "P0711", "P0719", "P0720", "P0801", "P0803", "P0804", "P0805", "P0815", "P0816"]

  @Test func eachCodeHasAPageAndATranscript() {
    var codes: Set<String> = []
    let sessions = Repository.files(below: "Tests/PlanLangTests/Transcripts/sesi", ending: ".txt").map { Repository.text($0) }
    for path in Repository.files(below: "Sources/PlanLang", ending: ".swift") {
      for line in Repository.text(path).split(separator: "\n") where line.contains("case .") {
        guard let at = line.range(of: ": \"P0") else { continue }
        codes.insert(String(line[at.upperBound...].prefix(3)).isEmpty ? "" : "P0" + line[at.upperBound...].prefix(3))
      }
    }
    #expect(codes.count > 80)
    #expect(Set(Session.codes).count == Session.codes.count)
    for code in codes.sorted() {
      let page = Session.page(of: code)
      #expect(page?[.indonesian]?.isEmpty == false && page?[.english]?.isEmpty == false, "\(code) has no page")
      if Self.withoutTranscript.contains(code) { continue }
      let isShown = Self.refusals.contains { $0.hasSuffix("/\(code).plan") } || sessions.contains { $0.contains("[\(code)]") }
      #expect(isShown, "\(code) has no transcript")
    }
    for code in Session.codes where !codes.contains(code) { Issue.record("page without a code: \(code)") }
  }
}
