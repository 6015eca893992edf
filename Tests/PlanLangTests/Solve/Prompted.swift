@testable import PlanLang

/// A session at the prompt of a plan, and what its lines answer.
enum Prompted {
  /// A session on a plan; `seconds` bounds its questions where others may run beside.
  static func open(_ text: String, seconds: Int? = nil) -> Session {
    var options = SessionOptions(isInteractive: true)
    if let seconds { options.limits.seconds = seconds }
    var session = Session(host: MemoryHost(), options: options)
    _ = session.run([("uji.plan", Array(text.utf8))], expressions: [], mode: .answers) { _ in }
    return session
  }

  /// The page that a line answers with.
  static func answer(_ line: String, _ session: inout Session) -> String {
    var text = ""
    _ = session.submit(line) { text += PlainText.drawn($0.document, TextStyle(width: 200, language: .indonesian)) }
    return text
  }
}
