import Testing

@testable import PlanLang

/// Where money leads: every sen is on exactly one strand, and a shift moves what it moves.
@Suite struct AlignmentTests {
  @Test(arguments: ["dasar", "layanan", "efisiensi", "dau_merata", "taat"]) func everySenIsTraced(name: String) throws {
    var session = Session(host: MemoryHost(), options: SessionOptions())
    #expect(session.open([("examples/manado.plan", Repository.bytes("examples/manado.plan"))]) { _ in })
    _ = session.submit("pindah \(name)") { _ in }
    let state = session.scenarios.branches[session.scenarios.current].state
    for year in 0..<session.checked.plan.yearCount {
      let alignment = PlanAlignment(state, year: year)
      let sum = Reading(plan: state.plan, overlay: state.overlay).sum(SliceTemplate(document: state.plan.workingDocument), local: nil, year: year)
      #expect(alignment.strands.reduce(0) { $0 + $1.sen } == alignment.total)
      #expect(alignment.total == (sum.isAbsent ? 0 : sum.roundedHalfEven))
      #expect(alignment.measured <= alignment.directed && alignment.directed <= alignment.total)
      #expect(alignment.directed + alignment.adrift.reduce(0) { $0 + $1.sen } <= alignment.total)
    }
  }

  @Test func severalGoalsShareEqually() {
    var session = SessionTests.open()
    for line in [
      "misi m2 \"Misi dua\" { tujuan t2 \"T\" { sasaran s3 \"Sasaran tiga\" { } } }",
      "dinas x \"X\" { program y \"Y\" { mendukung s1; s2; s3\n pagu apbd 2026 = Rp 100 } }",
    ] { #expect(session.submit(line) { _ in } == .answered) }
    let strands = PlanAlignment(session.scenarios.branches[0].state, year: 1).strands.suffix(3).map(\.sen)
    #expect(strands == [3334, 3333, 3333])
  }
}
