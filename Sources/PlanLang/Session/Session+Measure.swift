extension Session {
  /// The figures of one benchmark, a line each: `parse` gives MB/s of parsing alone.
  public static func measured(_ what: String, _ bytes: [UInt8], count: Int? = nil) -> [String] {
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

  private static func edits(_ bytes: [UInt8], _ count: Int?) -> [String] {
    // What is measured is not stopped by the limits of a script, nor is the load before it.
    var options = SessionOptions(isInteractive: false)
    options.limits.seconds = 1 << 20
    var session = Session(host: MemoryHost(), options: options)
    let outcome = session.run([("x", bytes)], expressions: [], mode: .verdicts(named: false)) { _ in }
    if outcome.hasErrors { return ["errors"] }
    var context = session.context()
    (context.limits.deadline, context.limits.steps) = (nil, .max)
    return EditMeasure.lines(session.checked.plan, context, count: count)
  }
}
