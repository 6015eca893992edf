import Testing

@testable import PlanLang

/// The Bimtek kit: every exercise can be done, its model solution does it, and the demo answers as it was rehearsed.
@Suite struct BimtekTests {
  static func kit() -> Session {
    var session = Session(host: MemoryHost(), options: SessionOptions())
    var messages = ""
    let scripts = ["examples/manado.plan", "examples/bimtek/latihan.plan"].map { ($0, Repository.bytes($0)) }
    #expect(session.open(scripts) { if $0.isMessage { messages += PlainText.drawn($0.document, TextStyle()) } }, "\(messages)")
    return session
  }

  static let names = kit().exercises.map(\.name)

  @Test func atLeastTen() { #expect(Self.names.count >= 10) }

  @Test(arguments: names) func isSolvable(name: String) {
    var session = Self.kit()
    #expect(session.submit("latihan \(name)") { _ in } == .answered)
    let exercise = session.exercises.first { $0.name == name }
    #expect(exercise?.goals.isEmpty == false && exercise?.hints.isEmpty == false && exercise?.question.isEmpty == false)
    var copy = session
    #expect(exercise?.goals.contains { !copy.holds($0) } == true, "nothing is left to do")
    let solution = Repository.text("examples/bimtek/solusi/\(name).sesi")
    #expect(!solution.isEmpty)
    var shown = ""
    #expect(session.submit(step: MetaCommand.trim(solution)) { shown += PlainText.drawn($0.document, TextStyle()) } == .answered, "\(shown)")
    #expect(session.lesson.progress.first { $0.name == name }?.isDone == true, "\(shown)")
    // What was reached stays reached when the edits are undone.
    _ = session.submit("urung") { _ in }
    #expect(session.lesson.progress.first { $0.name == name }?.points == 100)
  }

  @Test func demoAnswersAsRehearsed() {
    var session = Session(host: MemoryHost(), options: SessionOptions())
    #expect(session.open([("examples/manado.plan", Repository.bytes("examples/manado.plan"))]) { _ in })
    let script = DemoScript(Repository.text("examples/bimtek/demo.sesi"), in: session)
    #expect(script.steps.count >= 10 && script.steps.allSatisfy { !$0.narration.isEmpty || !$0.text.isEmpty })
    var page = ""
    for (at, step) in script.steps.enumerated() {
      page += "### \(at + 1)\n"
      if step.text.isEmpty { continue }
      let reply = session.submit(step: step.text) { page += PlainText.drawn($0.document, TextStyle(width: 100)) }
      #expect(reply == .answered, "\(step.text)")
      page += "\n"
    }
    Repository.compare(page, with: "examples/bimtek/demo.sesi.gladi")
  }

  @Test func progressIsKept() {
    var session = Self.kit()
    _ = session.submit("latihan bertanya") { _ in }
    _ = session.submit("petunjuk") { _ in }
    _ = session.submit("misal perjalanan = pagu[2026, rekening = @5.1.02.04]") { _ in }
    #expect(session.lesson.progress.first?.points == 90)
    #expect(Lesson(text: session.lesson.text).progress == session.lesson.progress)
    #expect(Lesson(text: "rusak\n x 1").progress.isEmpty)
  }
}
