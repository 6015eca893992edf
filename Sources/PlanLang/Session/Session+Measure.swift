extension Session {
  /// The figures of one benchmark, a line each: `parse` gives MB/s of parsing alone.
  public static func measured(_ what: String, _ bytes: [UInt8]) -> [String] {
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
    case "edit": return edits(bytes)
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

  /// Nanoseconds of one edit between the first and the last leaf of a loaded plan, every rule judged anew after it.
  private static func edits(_ bytes: [UInt8]) -> [String] {
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    let outcome = session.run([("x", bytes)], expressions: [], mode: .verdicts(named: false)) { _ in }
    let plan = session.checked.plan
    let block = plan.cube.block(.spending, plan.workingDocument, min(1, plan.yearCount - 1))
    guard !outcome.hasErrors, let first = block.first, let last = block.last else { return ["errors"] }
    func selection(_ cell: Int) -> Selection {
      var slice = SliceTemplate(document: plan.workingDocument)
      slice.anchors = .entities([plan.cube.leaf[cell]])
      return Selection(slice: slice, site: .none)
    }
    var grown = plan
    var amount = Formula(type: .money, site: .none)
    amount.constants = [Number(100)]
    amount.code = [Instruction(.constant, 0, 0, 0, 0)]
    amount.sites = [.none]
    grown.formulas.append(amount)
    let id = FormulaID(grown.formulas.count - 1)
    var state = ScenarioState(grown)
    let context = EditContext()
    var times: [UInt64] = []
    for round in 0..<201 {
      let (from, to) = round % 2 == 0 ? (selection(first), selection(last)) : (selection(last), selection(first))
      let edit = Edit(kind: .shift(.money(id), from: from, to: to), years: [min(1, plan.yearCount - 1)], isEqual: false, reason: .none, site: .none)
      let start = Evaluator.now()
      var judge = Judge(state, context, day: 0)
      do throws(Halt) {
        try state.apply(.edit(edit), context)
        judge = Judge(state, context, day: 0)
        _ = try judge.verdicts()
      } catch { return ["refused"] }
      times.append(Evaluator.now() - start)
    }
    times.sort()
    return ["edit_ns \(times[100])"]
  }
}
