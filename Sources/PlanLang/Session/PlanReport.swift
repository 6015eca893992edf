/// The report of a plan or a scenario (laporan): one page without anything from outside, for the screen and for A4.
struct PlanReport {
  let speech: Speech
  let branch: Branch
  let root: ScenarioState
  let verdicts: [Verdict]
  let difference: Difference
  let alignment: PlanAlignment
  /// The day of the report, as yyyymmdd, and what it was made from: names and bytes.
  let day: Int
  /// What the session asked about many scenarios before.
  let studies: [Study]
  let inputs: [Source]

  func say(_ id: String, _ en: String) -> String { speech.say(id, en) }
  var plan: Plan { branch.state.plan }
  var language: Language { speech.language }
  private func escaped(_ text: String) -> String { HTMLText.escaped(text) }
  var isScenario: Bool { branch.parent >= 0 }

  /// The whole page.
  var html: String {
    let region = speech.words(plan.region)
    let name = isScenario ? speech.name(branch.name) : ""
    let title = region + (name.isEmpty ? "" : " — " + name)
    var page = "<!doctype html>\n<html lang=\"\(language.code)\">\n<head><meta charset=\"utf-8\">"
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    page += "<title>\(escaped(title))</title>\n<style>\(Self.style)</style></head>\n<body>\n"
    page += "<h1>\(escaped(region.isEmpty ? say("Rencana", "Plan") : region))</h1>\n"
    if isScenario {
      let words = branch.title == .none ? name : speech.words(branch.title)
      page += "<p class=\"lead\">\(say("Skenario", "Scenario")) <code>\(escaped(name))</code>: \(escaped(words))</p>\n"
    }
    page += "<p class=\"dim\">\(escaped(heading))</p>\n"
    page += section(say("Ringkasan", "Summary"), summary)
    if isScenario, !difference.leaves.isEmpty { page += section(say("Semula dan menjadi", "Before and after"), moved) }
    if isScenario, !branch.state.movements.isEmpty {
      page += section(say("Instrumen dan penanda tangan", "Instruments and signatures"), HTMLText.drawn(InstrumentWriter(speech: speech, branch: branch).document()))
    }
    page += section(say("Aturan", "Rules"), rules)
    page += section(say("Ke mana uangnya menuju", "Where the money leads"), flow)
    page += section(say("Belanja menurut perangkat daerah", "Spending by department"), departments)
    let charts = indicators
    if !charts.isEmpty { page += section(say("Indikator dan targetnya", "Indicators and their targets"), charts) }
    page += section(say("Ketidakpastian dan sapuan", "Uncertainty and sweeps"), uncertainty)
    page += section(say("Anggapan", "Assumptions"), assumptions)
    page += section(say("Asal", "Origin"), origin)
    return page + "</body>\n</html>\n"
  }

  private func section(_ title: String, _ body: String) -> String {
    body.isEmpty ? "" : "<section>\n<h2>\(escaped(title))</h2>\n\(body)</section>\n"
  }

  var heading: String {
    let year = plan.yearCount > 0 ? String(plan.firstYear + alignment.year) : ""
    let document = plan.documents[plan.workingDocument.index].title[language]
    return "\(document) \(year) · \(say("dinilai", "judged")) \(speech.date(day))"
  }

  // MARK: Summary

  /// Rupiah as official sentences write them: `Rp26,49 miliar`.
  func miliar(_ sen: Int64) -> String {
    let sizes: [(Int64, String, String)] = [
      (100_000_000_000_000, "triliun", "trillion"), (100_000_000_000, "miliar", "billion"), (100_000_000, "juta", "million"),
    ]
    for (size, id, en) in sizes where sen.magnitude >= UInt64(size) {
      return "Rp" + Figure.decimal(Number(a: sen, b: size), digits: 2) + " " + say(id, en)
    }
    return Figure.money(sen: sen)
  }

  /// `semula sebesar ..., bertambah ... menjadi ... atau setara 0,51% dari total belanja daerah`: the form of the
  /// evaluation letters on regional budgets.
  func sentence(_ what: String, _ before: Int64, _ after: Int64, of total: Int64) -> String {
    let change = after &- before
    let share = total == 0 ? "" : Figure.percent(Number(a: after, b: total), digits: 2)
    let size = miliar(change < 0 ? 0 &- change : change)
    return say(
      "\(what) semula sebesar \(miliar(before)), \(change < 0 ? "berkurang" : "bertambah") \(size) menjadi \(miliar(after)) atau setara \(share) dari total belanja daerah.",
      "\(what), \(miliar(before)) before, \(change < 0 ? "decreases" : "increases") by \(size) to \(miliar(after)), or \(share) of total regional spending.")
  }

  /// Money of each department before and after in the year of the report.
  var sums: [(department: EntityID, before: Int64, after: Int64)] {
    var slice = SliceTemplate(document: plan.workingDocument)
    let (was, now) = (Reading(plan: plan, overlay: root.overlay), Reading(plan: plan, overlay: branch.state.overlay))
    return plan.entities.byRank.filter { plan.entities.kind[$0.index] == .department }.map { entity in
      slice.anchors = .entities([entity])
      return (
        entity, was.sum(slice, local: nil, year: alignment.year).roundedHalfEven ?? 0,
        now.sum(slice, local: nil, year: alignment.year).roundedHalfEven ?? 0
      )
    }
  }

  private var summary: String {
    var lines: [String] = []
    let sums = sums
    let total = sums.reduce(Int64(0)) { $0 &+ $1.after }
    let before = sums.reduce(Int64(0)) { $0 &+ $1.before }
    let year = plan.yearCount > 0 ? " \(plan.firstYear + alignment.year)" : ""
    if isScenario {
      if before != total {
        lines.append(sentence(say("Belanja daerah\(year)", "Regional spending\(year)"), before, total, of: total))
      } else {
        lines.append(say("Belanja daerah\(year) tetap sebesar \(miliar(total)).", "Regional spending\(year) stays at \(miliar(total))."))
      }
      for row in sums where row.before != row.after {
        lines.append(sentence(say("Belanja ", "Spending of ") + speech.title(row.department), row.before, row.after, of: total))
      }
      let strongest = Instrument.strongest(branch.state.movements.map { Instrument.shown($0, plan) })
      if strongest > 0 {
        let row = Instrument.row(strongest)
        lines.append(
          say("Pergeseran ini memerlukan ", "This shift needs ") + row.instrument[language]
            + " (\(row.approval[language]); \(row.article[language])).")
      }
    } else {
      lines.append(say("Belanja daerah\(year) sebesar \(miliar(total)).", "Regional spending\(year) is \(miliar(total))."))
    }
    let broken = verdicts.filter(\.fails).count
    let advice = verdicts.filter { $0.status == .broken && !$0.isMandatory }.count
    lines.append(
      say(
        "Dari \(verdicts.count) aturan, \(broken == 0 ? "tidak satu pun aturan wajib" : "\(broken) aturan wajib") dilanggar dan \(advice) anjuran tidak diikuti.",
        "Of \(English.count(verdicts.count, "rule")), \(broken == 0 ? "no mandatory one is" : English.count(broken, "mandatory one is", "mandatory ones are")) broken and \(English.count(advice, "advisory one is", "advisory ones are")) not followed."))
    if isScenario {
      func names(_ changes: [Difference.Change]) -> String {
        changes.map { CheckWriter(speech: speech, state: branch.state).name($0.after) }
          .map { $0.title.isEmpty ? $0.name : $0.title }.joined(separator: "; ")
      }
      if !difference.newlyBroken.isEmpty { lines.append(say("Baru dilanggar: ", "Newly broken: ") + names(difference.newlyBroken) + ".") }
      if !difference.newlyMet.isEmpty { lines.append(say("Kini dipenuhi: ", "Now met: ") + names(difference.newlyMet) + ".") }
    }
    if alignment.total > 0 {
      func share(_ part: Int64) -> String { Figure.percent(Number(a: part, b: alignment.total), digits: 1) }
      lines.append(
        say(
          "\(share(alignment.directed)) belanja terarah ke sasaran yang berindikator, \(share(alignment.measured)) terukur dengan kondisi awal dan target tiap tahun.",
          "\(share(alignment.directed)) of spending is directed at objectives with indicators, \(share(alignment.measured)) is measured with a baseline and yearly targets."))
      if alignment.inIndexOnly > 0 {
        lines.append(say("\(share(alignment.inIndexOnly)) berakhir di indeks TI saja.", "\(share(alignment.inIndexOnly)) ends in an IT index only."))
      }
    }
    return lines.map { "<p>\(escaped($0))</p>\n" }.joined()
  }

  // MARK: Tables

  private var moved: String {
    func row(_ name: String, _ year: String, _ before: Int64, _ after: Int64) -> [Run] {
      let change = after &- before
      let share = before == 0 ? "—" : Figure.percent(Number(a: change, b: before), digits: 1)
      return [Run(name), Run(year), Run(sen: before), Run(sen: change, change < 0 ? .bad : .good), Run(sen: after), Run(share)]
    }
    var table = Table(columns: [
      Table.Column(say("Uraian", "Item")), Table.Column(say("Tahun", "Year"), .right), Table.Column(say("Semula", "Before"), .right),
      Table.Column(say("Bertambah/(Berkurang)", "More/(Less)"), .right), Table.Column(say("Menjadi", "After"), .right), Table.Column("%", .right),
    ])
    for leaf in difference.leaves where leaf.before != leaf.after { table.rows.append(row(speech.path(leaf.entity), String(leaf.year), leaf.before, leaf.after)) }
    let (before, after) = difference.leaves.reduce((Int64(0), Int64(0))) { ($0.0 &+ $1.before, $0.1 &+ $1.after) }
    table.totals = [row(say("Jumlah", "Total"), "", before, after)]
    return HTMLText.table(table)
  }

  private var rules: String {
    let writer = CheckWriter(speech: speech, state: branch.state)
    var table = Table(columns: [
      Table.Column(""), Table.Column(say("Aturan", "Rule")), Table.Column(say("Angka", "Figures"), .right), Table.Column("", .right),
      Table.Column(say("Dasar", "Basis")), Table.Column(say("Mutu", "Grade")),
    ])
    let statuses: [RuleStatus] = [.broken, .waived, .holds, .absent]
    let ordered = statuses.flatMap { status in
      [true, false].flatMap { isMandatory in verdicts.filter { $0.status == status && $0.isMandatory == isMandatory } }
    }
    for verdict in ordered {
      let (name, title) = writer.name(verdict)
      let rule = verdict.rule.map { plan.rules[$0.index] }
      let basis = rule?.basis.map { speech.words($0) }.joined(separator: "; ") ?? ""
      let grade = (rule?.grade).map { $0 == 0 ? "" : ["A", "B", "C", "D"][min(3, Int($0) - 1)] } ?? ""
      let worst = verdict.instances.first
      let place = worst.map { writer.place(title.isEmpty ? name : title, $0, verdict) } ?? title
      table.rows.append([
        CheckWriter.mark(verdict.status, isMandatory: verdict.isMandatory), Run(place), Run(worst.map { writer.figures($0) } ?? ""),
        worst.map { writer.slack($0) } ?? Run(""), Run(basis, .dim), Run(grade, .dim),
      ])
    }
    var notes = Document()
    writer.notes(verdicts, &notes)
    return HTMLText.table(table) + slackChart(writer) + HTMLText.drawn(notes)
  }

  private func slackChart(_ writer: CheckWriter) -> String {
    var rows: [(label: String, share: Double, words: String)] = []
    for verdict in verdicts {
      guard let worst = verdict.instances.first, worst.type == .money, !worst.slack.isAbsent, !worst.right.isAbsent else { continue }
      let edge = abs(worst.right.real)
      guard edge > 0 else { continue }
      let (name, title) = writer.name(verdict)
      rows.append((title.isEmpty ? name : title, worst.slack.real / edge, writer.slack(worst).text))
    }
    if rows.isEmpty { return "" }
    let caption = say("Jarak aturan berupiah dari ambangnya, sebagai bagian ambang", "How far money rules are from their threshold, as a share of it")
    return "<figure>" + SVGChart.slack(rows.sorted { $0.share < $1.share }, title: caption) + "<figcaption>\(escaped(caption))</figcaption></figure>\n"
  }

  private var assumptions: String {
    var table = Table(columns: [
      Table.Column(say("Anggapan", "Assumption")), Table.Column(say("Nilai", "Value"), .right), Table.Column(say("Menurut", "According to")),
      Table.Column(say("Mutu", "Grade")),
    ])
    let evaluate = { (formula: FormulaID) -> Run in
      var evaluator = Evaluator(plan: plan, overlay: branch.state.overlay)
      guard let value = try? evaluator.value(of: formula) else { return Run("") }
      return ValueWriter(speech: speech).words(value)
    }
    let read = readParameters
    for (row, parameter) in plan.parameters.enumerated() where read.contains(row) || !isPack(parameter.site) {
      let source = parameter.title == .none ? "" : speech.words(parameter.title)
      table.rows.append([Run(speech.name(parameter.name), .code), evaluate(parameter.formula), Run(source), Run("")])
    }
    for response in plan.responses {
      for assumption in response.assumptions {
        guard let value = assumption.value, assumption.source != .none || assumption.grade > 0 else { continue }
        let name = speech.path(response.entity) + " → " + speech.title(response.indicator) + ": " + (ReasonMaker.roles[assumption.role]?[language] ?? "")
        let grade = assumption.grade == 0 ? "" : ["A", "B", "C", "D"][min(3, Int(assumption.grade) - 1)]
        table.rows.append([Run(name), evaluate(value), Run(assumption.source == .none ? "" : speech.words(assumption.source)), Run(grade)])
      }
    }
    return table.rows.isEmpty ? "" : HTMLText.table(table)
  }

  /// The parameters that some rule reads.
  private var readParameters: Set<Int> {
    var read: Set<Int> = []
    var open: [FormulaID] = []
    for rule in plan.rules {
      for condition in rule.conditions {
        switch condition {
        case .comparison(let whole, _, _, _, _), .truth(let whole, _): open.append(whole)
        }
      }
    }
    while let next = open.popLast() {
      for instruction in plan.formulas[next.index].code where instruction.op == .parameter {
        if read.insert(Int(instruction.d)).inserted { open.append(plan.parameters[Int(instruction.d)].formula) }
      }
    }
    return read
  }

  private func isPack(_ site: Site) -> Bool { speech.sources.source(at: site.start)?.name.hasPrefix("<") ?? false }

  /// What the report was made from, each with its checksum.
  var origin: String {
    var table = Table(columns: [Table.Column(say("Berkas", "File")), Table.Column(say("Bita", "Bytes"), .right), Table.Column("SHA-256")])
    for source in inputs {
      let bytes = source.workbook?.bytes ?? source.bytes
      table.rows.append([Run(source.name), Run(String(bytes.count)), Run(SHA256.hex(bytes), .code)])
    }
    return HTMLText.table(table) + "<p class=\"dim\">PlanLang \(version)</p>\n"
  }
}
