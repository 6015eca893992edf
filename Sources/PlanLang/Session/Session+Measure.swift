extension Session {
  /// The figures of one benchmark, a line each: `parse` gives MB/s of parsing alone.
  public static func measured(_ what: String, _ bytes: [UInt8], count: Int = 100_000) -> [String] {
    switch what {
    case "parse":
      var times: [UInt64] = []
      for _ in 0..<5 {
        var names = Vocabulary.seeded()
        var map = SourceMap()
        guard let source = map.add(name: "x", bytes: bytes) else { return [] }
        let start = Evaluator.now()
        let result = Parser.parse(source, names: &names)
        times.append(Evaluator.now() - start)
        if result.diagnostics.hasErrors { return ["errors"] }
      }
      times.sort()
      return ["parse_mb_s \(Double(bytes.count) * 1000 / Double(times[2]))"]
    case "edit": return edits(bytes, count)
    case "complete": return completions(bytes)
    default: return []
    }
  }

  /// Milliseconds of one Tab in places where most names are looked through.
  private static func completions(_ bytes: [UInt8]) -> [String] {
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: true))
    guard session.open([("x", bytes)], give: { _ in }) else { return ["errors"] }
    return ["s", "geser Rp 1 M dari d1.", "geser Rp 1 M dari ", "pagu[dinas = d1", "jumlah("].map { line in
      var times: [UInt64] = []
      for _ in 0..<7 {
        let start = Evaluator.now()
        _ = session.completions(of: line)
        times.append(Evaluator.now() - start)
      }
      times.sort()
      return "complete_ms \(Double(times[3]) / 1e6) \(line)"
    }
  }

  /// Nanoseconds of one edit of a loaded plan, sums, pool and every rule brought up to date after it: shifts between two
  /// drawn cells of a drawn year, all of one source.
  private static func edits(_ bytes: [UInt8], _ count: Int) -> [String] {
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    let outcome = session.run([("x", bytes)], expressions: [], mode: .verdicts(named: false)) { _ in }
    if outcome.hasErrors { return ["errors"] }
    var plan = session.checked.plan
    var amount = Formula(type: .money, site: .none)
    amount.constants = [Number(100_000)]
    amount.code = [Instruction(.constant, 0, 0, 0, 0)]
    amount.sites = [.none]
    plan.formulas.append(amount)
    let id = FormulaID(plan.formulas.count - 1)
    let context = EditContext()
    do throws(Halt) {
      var standing = try Standing(ScenarioState(plan), context, day: 0)
      var draws: UInt64 = 1
      func draw(_ below: Int, _ draws: inout UInt64) -> Int {
        draws = draws &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(truncatingIfNeeded: (draws >> 33) % UInt64(max(1, below)))
      }
      var steps: [Step] = []
      for _ in 0..<min(count, 100_000) {
        let year = draw(plan.yearCount, &draws)
        let block = plan.cube.block(.spending, plan.workingDocument, year)
        if block.isEmpty { return ["errors"] }
        let from = block.lowerBound + draw(block.count, &draws)
        var to = block.lowerBound + draw(block.count, &draws)
        while plan.cube.source[to] != plan.cube.source[from] { to = block.lowerBound + draw(block.count, &draws) }
        func selection(_ cell: Int) -> Selection {
          var slice = SliceTemplate(document: plan.workingDocument)
          slice.anchors = .entities([plan.cube.leaf[cell]])
          slice.accounts = [plan.cube.account[cell]]
          return Selection(slice: slice, site: .none)
        }
        steps.append(
          .edit(
            Edit(kind: .shift(.money(id), from: selection(from), to: selection(to)), years: [year], isEqual: false, reason: .none, site: .none)))
      }
      var (done, refused, broken) = (0, 0, 0)
      var few = standing
      let start = Evaluator.now()
      while done < count {
        for step in steps where done < count {
          done += 1
          do throws(Halt) { try standing.apply(step, context) } catch { refused += 1 }
          broken += standing.brokenCount
          if done == 50 { few = standing }
        }
      }
      let nanoseconds = Evaluator.now() - start
      // Judging anew costs what the plan costs: a few edits are enough to compare.
      var judge = Judge(few.state, context, day: 0)
      let fresh = try judge.verdicts().filter { $0.status == .broken }.count
      guard fresh == few.brokenCount else { return ["differs \(fresh) \(few.brokenCount)"] }
      return ["edit_ns \(nanoseconds / UInt64(max(1, count)))", "edit_refused \(refused)", "edit_broken \(broken)"]
    } catch { return ["refused"] }
  }
}
