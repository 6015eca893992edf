/// How long one edit of a loaded plan takes, sums, pool, indicators and every rule brought up to date after it.
///
/// Shifts between two drawn cells of a drawn year, both of one source that is bound to no field; those that ask for more
/// than there is are refused. `bench/limit.c` draws the same edits.
enum EditMeasure {
  /// How many edits are drawn; they are done in turn.
  private static let drawn = 100_000

  /// A generator of few bits, the one of the C program.
  private struct Draws {
    var seed: UInt64 = 2025
    mutating func next(_ below: Int) -> Int {
      seed = seed &* 16_807 % 2_147_483_647
      return Int(truncatingIfNeeded: seed % UInt64(max(1, below)))
    }
  }

  /// The lines that are printed: nanoseconds an edit, how many of the drawn edits are refused, and the broken rules after
  /// each of them added up. With a count, so many edits and no clock.
  static func lines(_ checked: Plan, _ context: EditContext, count: Int?) -> [String] {
    var plan = checked
    guard let steps = steps(&plan) else { return ["errors"] }
    do throws(Halt) {
      var standing = try Standing(ScenarioState(plan), context, day: 0)
      if let count {
        let (refused, broken) = run(steps, count, &standing, context)
        return ["edit_refused \(refused)", "edit_check \(broken)"]
      }
      let (refused, broken) = run(steps, steps.count, &standing, context)
      var judge = Judge(standing.state, context, day: 0)
      let fresh = try judge.verdicts().filter { $0.status == .broken }.count
      guard fresh == standing.brokenCount else { return ["differs \(fresh) \(standing.brokenCount)"] }
      var times: [UInt64] = []
      for _ in 0..<5 {
        let start = Evaluator.now()
        _ = run(steps, steps.count, &standing, context)
        times.append(Evaluator.now() - start)
      }
      times.sort()
      return ["edit_ns \(times[2] / UInt64(steps.count))", "edit_refused \(refused)", "edit_check \(broken)"]
    } catch { return ["refused"] }
  }

  private static func run(_ steps: [Step], _ count: Int, _ standing: inout Standing, _ context: EditContext) -> (refused: Int, broken: Int) {
    var (done, refused, broken) = (0, 0, 0)
    while done < count {
      for step in steps where done < count {
        done += 1
        do throws(Halt) { try standing.apply(step, context) } catch { refused += 1 }
        broken += standing.brokenCount
      }
    }
    return (refused, broken)
  }

  /// The edits, as the lowering would make them; nil where the plan has no money.
  private static func steps(_ plan: inout Plan) -> [Step]? {
    let first = plan.formulas.count
    for millions in 1...20 {
      var amount = Formula(type: .money, site: .none)
      amount.constants = [Number(Int64(millions) * 100_000_000)]
      amount.code = [Instruction(.constant, 0, 0, 0, 0)]
      amount.sites = [.none]
      plan.formulas.append(amount)
    }
    let years = (0..<plan.yearCount).map { [$0] }
    let cube = plan.cube
    var draws = Draws()
    var shifts: [(from: EntityID, to: EntityID, amount: FormulaID, year: Int)] = []
    for _ in 0..<drawn {
      let year = draws.next(plan.yearCount)
      let block = cube.block(.spending, plan.workingDocument, year)
      let free = block.contains { plan.sources.field[cube.source[$0].index] == nil }
      if !free { return nil }
      var (from, to) = (0, 0)
      repeat { from = block.lowerBound + draws.next(block.count) } while plan.sources.field[cube.source[from].index] != nil
      repeat { to = block.lowerBound + draws.next(block.count) } while cube.source[to] != cube.source[from]
      shifts.append((cube.leaf[from], cube.leaf[to], FormulaID(first + draws.next(20)), year))
    }
    // A script that names an entity again and again holds its slice once. All slices are made before the edits, so that
    // these lie one behind another in whatever plan: how they were made is not what is measured.
    var selections: [EntityID: Selection] = [:]
    for entity in shifts.flatMap({ [$0.from, $0.to] }) where selections[entity] == nil {
      var slice = SliceTemplate(document: plan.workingDocument)
      slice.anchors = .entities([entity])
      selections[entity] = Selection(slice: slice, site: .none)
    }
    return shifts.compactMap { shift in
      guard let from = selections[shift.from], let to = selections[shift.to] else { return nil }
      return .edit(
        Edit(kind: .shift(.money(shift.amount), from: from, to: to), years: years[shift.year], isEqual: false, reason: .none, site: .none))
    }
  }
}
