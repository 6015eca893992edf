/// Books II and III: vision, action plan and roadmap; the summary.
extension MasterplanReport {
  var vision: String {
    var made = ""
    for entity in plan.entities.byRank where plan.entities.kind[entity.index] == .vision { made += "<p class=\"lead\">\(escaped(speech.title(entity)))</p>\n" }
    if made.isEmpty { made = open(say("visi", "the vision")) }
    for mission in plan.entities.byRank where plan.entities.kind[mission.index] == .mission {
      let objectives = plan.entities.byRank.filter { plan.entities.kind[$0.index] == .objective && plan.entities.contains(mission, $0) }
      made += paragraph(speech.title(mission)) + list(objectives.map { speech.title($0) })
    }
    return made
  }

  var strategy: String {
    var lines: [String] = []
    for attribute in plan.attributes where attribute.role == .strategy || attribute.role == .policy {
      lines.append(speech.title(attribute.entity) + ": " + attribute.text)
    }
    return lines.isEmpty ? open(say("strategi dan arah kebijakan (`strategi`, `kebijakan` pada tujuan atau sasaran)", "strategy and policy (`strategy`, `policy` on goals or objectives)")) : list(lines)
  }

  /// The action plan, a table a dimension.
  var actions: String {
    var made = ""
    for dimension in Dimension.allCases.map({ Optional($0) }) + [nil] {
      let rows = plan.initiatives.indices.filter { plan.initiatives[$0].dimension == dimension }
      let title = TraceWriter.title(dimension)[language]
      if rows.isEmpty {
        if dimension != nil { made += open(say("inisiatif dimensi ", "initiatives of the dimension ") + title) }
        continue
      }
      var table = Table(columns: [
        Table.Column(title.prefix(1).uppercased() + title.dropFirst()), Table.Column(say("Penanggung jawab", "Owner")), Table.Column(say("Melalui", "Through")),
        Table.Column(say("Indikator", "Indicator")), Table.Column(moneyHead, .right), Table.Column(say("Rantai", "Chain")),
      ])
      for row in rows {
        let one = plan.initiatives[row]
        let mark = one.isQuickWin ? say(" (percepatan)", " (quick win)") : ""
        let moved = plan.indicators(ofInitiative: row).map { speech.title($0) + " " + way(Int(plan.indicatorRow[$0.index])) }
        table.rows.append([
          Run(speech.title(one.entity) + mark), one.owner == Entities.none ? Run("?", .bad) : Run(speech.handle(one.owner)),
          one.parts.isEmpty ? Run("?", .bad) : Run(one.parts.map { speech.path($0) }.joined(separator: "; ")), Run(moved.joined(separator: "; ")),
          money(alignment.money(ofInitiative: row, in: plan.workingDocument)), trace.told(alignment.reach(ofInitiative: row)),
        ])
      }
      made += HTMLText.table(table)
    }
    return "<div class=\"plan\">" + made + "</div>\n"
  }

  /// The terms of a period: its first year is short, up to its third medium, the rest long.
  private func term(_ year: Int) -> Int { year == 0 ? 0 : year < 3 ? 1 : 2 }

  /// The roadmap, a column a year under its term; years with money are shaded.
  var roadmap: String {
    let rows = plan.initiatives.indices.filter { plan.firstYear(ofInitiative: $0) != nil }
    if rows.isEmpty || plan.yearCount == 0 { return open(say("peta jalan", "the roadmap")) }
    let first = rows.compactMap { plan.firstYear(ofInitiative: $0) }.min() ?? 0
    let years = Array(first..<plan.yearCount)
    let terms = [say("jangka pendek", "short term"), say("jangka menengah", "medium term"), say("jangka panjang", "long term")]
    var html = "<table class=\"map\"><thead><tr><th></th>"
    for at in 0..<3 {
      let count = years.count { term($0 - first) == at }
      if count > 0 { html += "<th class=\"term\" colspan=\"\(count)\">\(escaped(terms[at]))</th>" }
    }
    html += "</tr><tr><th>\(escaped(say("Inisiatif", "Initiative")))</th>" + years.map { "<th class=\"n\">\(plan.firstYear + $0)</th>" }.joined() + "</tr></thead>\n<tbody>"
    var totals = [Int64](repeating: 0, count: plan.yearCount)
    for row in rows {
      html += "<tr><td>\(escaped(speech.title(plan.initiatives[row].entity)))</td>"
      for year in years {
        let sen = planned(row, year)
        totals[year] &+= sen ?? 0
        html += sen.map { "<td class=\"n on\">\(escaped(Figure.shortMoney(sen: $0, language)))</td>" } ?? "<td class=\"n\"></td>"
      }
      html += "</tr>\n"
    }
    html += "</tbody><tfoot><tr><td>\(escaped(say("Jumlah", "Total")))</td>" + years.map { "<td class=\"n\">\(escaped(Figure.shortMoney(sen: totals[$0], language)))</td>" }.joined()
    return html + "</tr></tfoot></table>\n"
  }

  private func planned(_ row: Int, _ year: Int) -> Int64? {
    var slice = SliceTemplate(document: Plan.roadmap)
    slice.anchors = .entities([plan.initiatives[row].entity])
    let sum = Reading(plan: plan, overlay: report.branch.state.overlay).sum(slice, local: nil, year: year)
    return sum.isAbsent || sum.a == 0 ? nil : sum.roundedHalfEven
  }

  // MARK: The summary

  var summary: String {
    let rows = Array(plan.initiatives.indices)
    let reached = rows.filter { alignment.reach(ofInitiative: $0) == .outcome }
    func share(_ part: Int64, _ whole: Int64) -> String { whole == 0 ? "0%" : Figure.percent(Number(a: part, b: whole), digits: 1) }
    let dimensions = Set(plan.initiatives.compactMap(\.dimension)).count
    var lines = [
      say(
        "\(rows.count) inisiatif dalam \(dimensions) dari enam dimensi, \(rows.count { plan.initiatives[$0].isQuickWin }) di antaranya percepatan.",
        "\(English.count(rows.count, "initiative")) in \(dimensions) of the six dimensions, \(rows.count { plan.initiatives[$0].isQuickWin }) of them quick wins."),
      say(
        "\(reached.count) dari \(rows.count) sampai ke hasil pada sasaran yang ditunjang uangnya.",
        "\(reached.count) of \(rows.count) reach an outcome on an objective that their money supports."),
    ]
    if let all = trace.money(of: rows, in: plan.workingDocument) {
      let good = trace.money(of: reached, in: plan.workingDocument) ?? 0
      lines.append(
        say(
          "Dari \(report.miliar(all)) uang inisiatif, \(share(good, all)) ada pada yang sampai ke hasil.",
          "Of \(report.miliar(all)) that initiatives go through, \(share(good, all)) is with those that reach an outcome."))
    }
    lines.append(
      say(
        "Terarah \(share(alignment.directed, alignment.total)), terukur \(share(alignment.measured, alignment.total)), fokus \(Figure.decimal(Number(real: alignment.effectiveObjectives), digits: 1)) sasaran.",
        "Directed \(share(alignment.directed, alignment.total)), measured \(share(alignment.measured, alignment.total)), focus \(Figure.decimal(Number(real: alignment.effectiveObjectives), digits: 1)) objectives."))
    if alignment.knowsIndices {
      lines.append(
        say(
          "\(share(alignment.inIndexOnly, alignment.total)) belanja daerah berakhir di indeks TI saja.",
          "\(share(alignment.inIndexOnly, alignment.total)) of regional spending ends in an IT index only."))
    }
    var table = Document()
    trace.dimensions(&table)
    return lines.map(paragraph).joined() + HTMLText.drawn(table)
  }

  var quickWins: String {
    let rows = plan.initiatives.indices.filter { plan.initiatives[$0].isQuickWin }
    if rows.isEmpty { return open(say("program percepatan", "quick wins")) }
    return list(
      rows.map { row in
        let one = plan.initiatives[row]
        let start = plan.firstYear(ofInitiative: row).map { ", " + String(plan.firstYear + $0) } ?? ""
        let moved = plan.indicators(ofInitiative: row).map { speech.title($0) + " " + way(Int(plan.indicatorRow[$0.index])) }
        return speech.title(one.entity) + start + (moved.isEmpty ? "" : ": ") + moved.joined(separator: "; ")
      })
  }

  /// The verdicts of the pack `smart-city`, with the mend of what is broken.
  var checks: String {
    let writer = CheckWriter(speech: speech, state: report.branch.state)
    let pack = plan.packs.firstIndex { $0.name == "smart-city" }
    let verdicts = report.verdicts.filter { verdict in pack != nil && verdict.rule.map { plan.rules[$0.index].pack == pack } == true }
    if verdicts.isEmpty { return open("`" + Word.use.spoken[language] + " \"smart-city\"`") }
    var table = Table(columns: [Table.Column(""), Table.Column(say("Aturan", "Rule")), Table.Column(say("Di mana", "Where")), Table.Column(say("Dasar", "Basis"))])
    for verdict in verdicts {
      let (name, title) = writer.name(verdict)
      let broken = verdict.instances.filter { $0.status == .broken }
      var places: [String] = []
      for one in broken.map({ writer.subject($0, verdict) }) where !places.contains(one) { places.append(one) }
      let rule = verdict.rule.map { plan.rules[$0.index] }
      table.rows.append([
        CheckWriter.mark(verdict.status, isMandatory: verdict.isMandatory), Run(title.isEmpty ? name : title), Run(places.joined(separator: "; ")),
        Run(rule?.basis.first.map { speech.words($0) } ?? "", .dim),
      ])
    }
    var mends = Document()
    writer.mends(verdicts, &mends)
    return HTMLText.table(table) + HTMLText.drawn(mends)
  }
}
