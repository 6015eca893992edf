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

  /// Money that ends in an index of the means is directed money, and never what drives an outcome.
  @Test(arguments: ["dasar", "layanan", "taat"]) func whatEndsInAnIndexIsDirected(name: String) throws {
    var session = Session(host: MemoryHost(), options: SessionOptions())
    #expect(session.open([("examples/manado.plan", Repository.bytes("examples/manado.plan"))]) { _ in })
    _ = session.submit("pindah \(name)") { _ in }
    let state = session.scenarios.branches[session.scenarios.current].state
    let alignment = PlanAlignment(state, year: 1)
    #expect(alignment.strands.allSatisfy { $0.inIndex >= 0 && $0.inIndex <= $0.sen })
    #expect(alignment.inIndexOnly > 0 && alignment.inIndexOnly <= alignment.directed)
    let share = try #require(alignment.outcomeMotion)
    #expect(share >= 0 && share <= 1 && alignment.motions.allSatisfy { $0.share >= 0 })
  }

  /// An initiative's money is its parts', wherever it is asked for and whatever was moved.
  @Test func anInitiativeHasItsPartsMoney() throws {
    var session = Session(host: MemoryHost(), options: SessionOptions())
    #expect(session.open([("examples/manado.plan", Repository.bytes("examples/manado.plan"))]) { _ in })
    for line in ["geser Rp 2 M dari pusat_kendali ke dokter_jauh tahun 2026", "geser Rp 500 jt dari dokter_jauh ke pantau_sampah tahun 2026"] {
      #expect(session.submit(line) { _ in } == .answered)
      let state = session.scenarios.branches[session.scenarios.current].state
      let (plan, reading) = (state.plan, Reading(plan: state.plan, overlay: state.overlay))
      for one in plan.initiatives {
        var (whole, parts) = (SliceTemplate(document: plan.workingDocument), SliceTemplate(document: plan.workingDocument))
        whole.anchors = .local(0)
        parts.anchors = .entities(one.parts)
        #expect(!one.parts.isEmpty)
        #expect(reading.sum(whole, local: one.entity, year: 1) == reading.sum(parts, local: nil, year: 1))
      }
      // Judged in passing and judged anew are the same.
      let said = try session.verdicts(of: session.scenarios.current).map { "\($0.status) \($0.instances.map(\.left))" }
      var copy = session
      copy.verdicts = [:]
      #expect(try copy.verdicts(of: session.scenarios.current).map { "\($0.status) \($0.instances.map(\.left))" } == said)
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
