import Testing

@testable import PlanLang

/// A plan opened with edits to try on it.
enum EditedPlan {
  /// A session on a plan, and its lines of edits as steps. All are checked before any is made: the plan only gains formulas.
  static func read(_ text: String, _ lines: [String]) throws -> (session: Session, steps: [Step]) {
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    var complaints: [String] = []
    let outcome = session.run([("uji.plan", Array(text.utf8))], expressions: [], mode: .verdicts(named: false)) {
      if $0.isMessage { complaints.append($0.json.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()) }
    }
    try #require(!outcome.hasErrors, "\(complaints) \(text)")
    var steps: [Step] = []
    for (i, line) in lines.enumerated() {
      let added = session.sources.add(name: "s\(i)", bytes: Array(line.utf8))
      let source = try #require(added)
      let tree = Parser.parse(source, names: &session.names, language: .indonesian).tree
      let more = Checker.commands(of: tree, in: session.checked, inputs: session.inputs.map(\.tree), sources: session.sources, names: &session.names)
      session.checked.plan = more.plan
      for command in more.commands { if case .edit(let step) = command.command { steps.append(step) } }
    }
    session.scenarios = session.scenarios.replanned(session.checked.plan)
    return (session, steps)
  }
}
