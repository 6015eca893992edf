import Testing

@testable import PlanLang

/// Sums of slices on random plans with random overlays, against a sum cell by cell.
@Suite struct SliceTests {
  struct Dice {
    var state: UInt64
    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(sides))
    }
  }

  struct Made {
    var plan: Plan
    var entities: [EntityID]
    var accounts: [AccountID]
    var sources: [SourceID]
  }

  /// Departments, programmes, activities; cells at the activities with accounts and sources.
  static func random(_ dice: inout Dice) throws -> Made {
    var names = Vocabulary.seeded()
    var builder = PlanBuilder()
    builder.plan.firstYear = 2025
    builder.plan.yearCount = 2
    for _ in 0..<4 {
      builder.plan.documents.append(PlanDocument(name: names.intern("d"), title: Bilingual(same: "d"), stage: .budget))
    }
    for i in 0..<3 {
      builder.plan.sources.name.append(names.intern("s\(i)"))
      builder.plan.sources.title.append(Bilingual(same: "s"))
      builder.plan.sources.codeName.append(Entities.unnamed)
      builder.plan.sources.field.append(nil)
      builder.plan.sources.parent.append(SourceID(raw: i == 2 ? 1 : 0))
    }
    var made = Made(plan: Plan(), entities: [], accounts: [], sources: [SourceID(raw: 1), SourceID(raw: 2), SourceID(raw: 3)])
    for code in ["5.1.01", "5.1.02.01", "5.1.02.04", "5.2.02"] { made.accounts.append(builder.account(code, names: &names)) }
    func entity(_ kind: EntityKind, _ parent: EntityID) -> EntityID {
      builder.entity(kind, parent: parent, name: Entities.unnamed, title: .none, code: .none, codeName: Entities.unnamed, site: .none)
    }
    var leaves: [EntityID] = []
    for _ in 0..<(1 + dice.roll(3)) {
      let department = entity(.department, Entities.none)
      made.entities.append(department)
      for _ in 0..<(1 + dice.roll(3)) {
        let program = entity(.program, department)
        made.entities.append(program)
        for _ in 0..<(1 + dice.roll(3)) { leaves.append(entity(.activity, program)) }
      }
    }
    made.entities += leaves
    for leaf in leaves {
      for year in 0..<2 {
        for _ in 0..<(1 + dice.roll(4)) {
          builder.cell(
            .spending, document: DocumentID(raw: 2), year: year, leaf: leaf, account: made.accounts[dice.roll(4)], source: made.sources[dice.roll(3)],
            amount: Int64(dice.roll(1_000_000)), site: .none)
        }
      }
    }
    made.plan = try builder.finish()
    return made
  }

  @Test func sumsAreTheCellsOneByOne() throws {
    var dice = Dice(state: 20_261_001)
    for _ in 0..<200 {
      let made = try Self.random(&dice)
      let plan = made.plan
      var overlay = Overlay()
      func change(_ times: Int) throws {
        for _ in 0..<times {
          let sen = Int64(dice.roll(2_000) - 1_000)
          try overlay.add(sen, to: CellID(dice.roll(plan.cube.count)), of: plan)
        }
      }
      // Few are looked at one by one, many are found by where they stand; some are taken back.
      try change(dice.roll(3) == 0 ? dice.roll(400) : dice.roll(6))
      let mark = overlay.mark()
      try change(dice.roll(2) * dice.roll(300))
      if dice.roll(2) == 0 { overlay.rollBack(to: mark) }
      let reading = Reading(plan: plan, overlay: overlay)
      for _ in 0..<20 {
        let anchor = made.entities[dice.roll(made.entities.count)]
        let year = dice.roll(2)
        var slice = SliceTemplate(document: DocumentID(raw: 2))
        if dice.roll(2) == 0 { slice.accounts = [made.accounts[dice.roll(4)]] }
        if dice.roll(2) == 0 { slice.sources = [made.sources[dice.roll(3)]] }
        let other = made.entities[dice.roll(made.entities.count)]
        let isBound = dice.roll(2) == 0
        slice.anchors = isBound ? .local(0) : .entities([anchor])
        if isBound, dice.roll(2) == 0 { slice.within = [other] }
        var expected: Int64 = 0
        for cell in plan.cube.block(.spending, DocumentID(raw: 2), year) {
          guard plan.entities.contains(anchor, plan.cube.leaf[cell]) else { continue }
          if let within = slice.within, !plan.entities.contains(within[0], plan.cube.leaf[cell]) { continue }
          guard slice.accounts.allSatisfy({ plan.accounts.contains($0, plan.cube.account[cell]) }) else { continue }
          guard slice.sources.allSatisfy({ plan.sources.contains($0, plan.cube.source[cell]) }) else { continue }
          expected += overlay.amount(of: CellID(cell), plan)
        }
        #expect(reading.sum(slice, local: isBound ? anchor : nil, year: year) == Number(expected))
      }
    }
  }
}
