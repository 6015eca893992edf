/// A script cut into steps to be shown one by one: narration (`##`), then the statements up to the next empty line.
public struct DemoScript: Sendable {
  /// One step.
  public struct Step: Sendable, Equatable {
    /// The lines of narration before it, without their marks.
    public var narration: [String]
    /// The statements, as written; empty for narration alone.
    public var text: String
  }
  /// The steps, in order.
  public private(set) var steps: [Step] = []

  /// Cuts a text where its statements end; a text that is not closed goes on to its end.
  public init(_ text: String, in session: Session) {
    var narration: [String] = []
    var lines: [String] = []
    func isWhole() -> Bool { session.isComplete(lines.joined(separator: "\n")) }
    func end() {
      if lines.isEmpty { return }
      steps.append(Step(narration: narration, text: lines.joined(separator: "\n")))
      (narration, lines) = ([], [])
    }
    for raw in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = raw.last == "\r" ? String(raw.dropLast()) : String(raw)
      let bare = MetaCommand.trim(line)
      if bare.hasPrefix("##"), lines.isEmpty || isWhole() {
        end()
        narration.append(MetaCommand.trim(String(bare.drop { $0 == "#" })))
      } else if bare.isEmpty, lines.isEmpty || isWhole() {
        end()
      } else if bare.hasPrefix("#"), lines.isEmpty {
        continue
      } else {
        lines.append(line)
      }
    }
    end()
    if !narration.isEmpty { steps.append(Step(narration: narration, text: "")) }
  }
}
