import Testing

/// Sizes a reader can hold: files of at most 400 lines; on the lower floors lines of at most 120 columns.
@Suite struct SizesTests {
  /// The folders whose lines are held; `.swift-format` writes this width.
  static let narrow = ["Base", "Diagnostics", "Model", "Report", "Syntax"]

  @Test func filesHaveAtMost400Lines() {
    for path in Repository.files(below: "Sources", ending: ".swift") {
      let lines = Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).count - 1
      if lines > 400 { Issue.record("\(path): \(lines) lines; split it") }
    }
  }

  @Test func linesHaveAtMost120Columns() {
    for folder in Self.narrow {
      for path in Repository.files(below: "Sources/PlanLang/\(folder)", ending: ".swift") {
        let lines = Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where line.count > 120 {
          Issue.record("\(path):\(number + 1): \(line.count) columns")
        }
      }
    }
  }
}
