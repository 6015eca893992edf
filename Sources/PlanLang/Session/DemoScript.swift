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

extension Session {
  /// Gives the lines of a step: commands of the session one by one, what stands between them together; stops at what
  /// is refused.
  public mutating func submit(step text: String, give: (Answer) -> Void) -> Reply {
    var pieces: [String] = []
    var lines: [Substring] = []
    func end() {
      if !lines.isEmpty { pieces.append(lines.joined(separator: "\n")) }
      lines = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if lines.isEmpty || isComplete(lines.joined(separator: "\n")), MetaCommand.read(String(line), in: self) != nil {
        end()
        pieces.append(String(line))
      } else {
        lines.append(line)
      }
    }
    end()
    for piece in pieces {
      let reply = submit(piece, give: give)
      if reply != .answered { return reply }
    }
    return .answered
  }

  /// A demo or exercise script with errors: it does not start.
  public func strangeDemo(_ path: String) -> Answer { message(Diagnostic(SessionProblem.strangeDemo(path: path), at: .none)) }

  /// Whether another session stands where this one does: the same scenario with the same money and the same figures.
  public func standsAs(_ other: Session) -> Bool {
    let (mine, theirs) = (scenarios.branches[scenarios.current], other.scenarios.branches[other.scenarios.current])
    guard mine.name == theirs.name, scenarios.branches.count == other.scenarios.branches.count, checked.plan.entities.count == other.checked.plan.entities.count,
      checked.plan.parameters.count == other.checked.plan.parameters.count, checked.plan.rules.count == other.checked.plan.rules.count
    else { return false }
    let (a, b) = (Difference(from: scenarios.branches[0].state, [], to: mine.state, []), Difference(from: other.scenarios.branches[0].state, [], to: theirs.state, []))
    guard a.cells.count == b.cells.count, mine.state.overlay.figures.count == theirs.state.overlay.figures.count else { return false }
    for (x, y) in zip(a.cells, b.cells) where x.place != y.place || x.after != y.after { return false }
    for (key, value) in mine.state.overlay.figures where theirs.state.overlay.figure(key) != value { return false }
    return true
  }
}
