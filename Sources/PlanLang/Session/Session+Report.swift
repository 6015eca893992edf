/// `laporan "x.html" [skenario]`, `laporan masterplan ke "x.html" [skenario]`: the report written below the script's folder.
extension Session {
  mutating func report(_ script: ReportScript, at site: Site) throws(Halt) -> Answer {
    let row = try branch(script.scenario, at: site)
    let file = Lowering.unquoted(sources.text(script.path))
    let verdicts = try verdicts(of: row)
    let before = try self.verdicts(of: 0)
    let (root, state) = (scenarios.branches[0].state, scenarios.branches[row].state)
    let day = scenarios.branches[row].date > 0 ? scenarios.branches[row].date : host.today
    let read = files.keys.sorted().compactMap { files[$0] }
    let made = PlanReport(
      speech: speech, branch: scenarios.branches[row], root: root, verdicts: verdicts,
      difference: Difference(from: root, before, to: state, verdicts), alignment: PlanAlignment(state, year: max(workingYear, 0)),
      day: day, studies: studies, inputs: texts + read.filter { one in !inputs.contains { $0.source.base == one.base } })
    if !script.isMasterplan { return written(Array(made.html.utf8), to: file, at: script.path) }
    let trace = TraceWriter(
      speech: speech, branch: scenarios.branches[row], alignment: made.alignment,
      base: made.isScenario ? PlanAlignment(root, year: max(workingYear, 0)) : nil)
    return written(Array(MasterplanReport(report: made, trace: trace).html.utf8), to: file, at: script.path)
  }

  /// Bytes written below the script's folder, and the line that says so.
  func written(_ bytes: [UInt8], to file: String, at site: Site) -> Answer {
    var answer = Answer()
    guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else {
      return message(Diagnostic(SessionProblem.outsideFolder(path: file), at: site))
    }
    do throws(HostFailure) {
      try host.write(file, bytes)
      answer.document.line(Run(say("ditulis ", "written ")), Run(file, .name), Run("  \(bytes.count) " + say("bita", "bytes"), .dim))
      answer.document.blank()
      answer.inJSON { [sources] in
        var json = AnswerJSON.begin("written", Self.place(site, sources))
        json.string("file", file)
        json.integer("bytes", bytes.count)
        return [AnswerJSON.end(json)]
      }
    } catch {
      return message(Diagnostic(SessionProblem.unwritable(path: file, reason: error.reason), at: site))
    }
    return answer
  }
}
