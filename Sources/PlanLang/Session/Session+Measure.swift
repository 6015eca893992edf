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
    default: return []
    }
  }
}
