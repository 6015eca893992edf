import Testing

/// The floors of ARCHITECTURE.md: who may name whom, held by reading the sources.
@Suite struct FloorsTests {
  static let allowed: [(floor: String, may: [String])] = [
    ("Base", []),
    ("Diagnostics", ["Base"]),
    ("Syntax", ["Base", "Diagnostics"]),
    ("Model", ["Base"]),
    ("Semantics", ["Base", "Diagnostics", "Syntax", "Model"]),
    ("Engine", ["Base", "Diagnostics", "Model"]),
    ("Check", ["Base", "Diagnostics", "Model", "Engine"]),
    ("Solve", ["Base", "Diagnostics", "Model", "Engine", "Check"]),
    ("Report", ["Base", "Diagnostics", "Model", "Engine", "Check", "Solve"]),
    ("Session", ["Base", "Diagnostics", "Syntax", "Model", "Semantics", "Engine", "Check", "Solve", "Report"]),
  ]

  /// Source lines without comments and texts.
  static func code(_ path: String) -> [Substring] {
    var isBlock = false
    return Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var kept = Substring(line)
      if kept.contains("\"\"\"") {
        isBlock.toggle()
        return ""
      }
      if isBlock { return "" }
      if let comment = kept.range(of: "//") { kept = kept[..<comment.lowerBound] }
      var out = ""
      var isText = false
      var last: Character = " "
      for character in kept {
        if character == "\"", last != "\\" { isText.toggle() } else if !isText { out.append(character) }
        last = character
      }
      return Substring(out)
    }
  }

  static func words(_ line: Substring) -> [Substring] { line.split { !$0.isLetter && !$0.isNumber && $0 != "_" } }

  @Test func eachFloorNamesOnlyWhatItMay() {
    var owner: [String: String] = [:]
    for (floor, _) in Self.allowed {
      for path in Repository.files(below: "Sources/PlanLang/\(floor)", ending: ".swift") {
        for line in Self.code(path) where !line.hasPrefix(" ") {
          let words = Self.words(line)
          guard let at = words.firstIndex(where: { ["struct", "enum", "class", "protocol", "typealias"].contains($0) }), at + 1 < words.count else { continue }
          if line.contains("private ") { continue }
          owner[String(words[at + 1])] = floor
        }
      }
    }
    #expect(owner.count > 50)
    for (floor, may) in Self.allowed {
      for path in Repository.files(below: "Sources/PlanLang/\(floor)", ending: ".swift") {
        for (number, line) in Self.code(path).enumerated() {
          for word in Self.words(line) {
            guard let home = owner[String(word)], home != floor, !may.contains(home) else { continue }
            Issue.record("\(path):\(number + 1): \(floor) names \(word) of \(home)")
          }
        }
      }
    }
  }

  @Test func noFoundationAndNoPrinting() {
    // The second screen stands on a package that brings Foundation; it is a program of its own for that reason.
    for path in Repository.files(below: "Sources", ending: ".swift") where !path.hasPrefix("Sources/planscreen/") {
      for (number, line) in Self.code(path).enumerated() {
        if line.contains("import Foundation") { Issue.record("\(path):\(number + 1): Foundation makes the static program six times larger") }
        if line.contains("print("), !path.hasPrefix("Sources/planrepl") { Issue.record("\(path):\(number + 1): the library prints nothing") }
      }
    }
  }
}
