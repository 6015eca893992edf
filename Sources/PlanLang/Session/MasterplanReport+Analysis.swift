/// Book I: how the initiatives hang on the medium-term plan, what is ready, what is missing.
extension MasterplanReport {
  /// Each objective with its indicators, the initiatives that move one of them, and its money.
  var links: String {
    var table = Table(columns: [
      Table.Column(say("Misi", "Mission")), Table.Column(say("Sasaran", "Objective")), Table.Column(say("Indikator", "Indicator")),
      Table.Column(say("Inisiatif", "Initiative")), Table.Column(moneyHead, .right),
    ])
    for objective in plan.entities.byRank where plan.entities.kind[objective.index] == .objective {
      let rows = plan.indicators.indices.filter { plan.entities.contains(objective, plan.indicators[$0].entity) }
      let moving = plan.initiatives.indices.filter { row in plan.initiatives[row].moves.contains { plan.entities.contains(objective, $0) } }
      let mission = plan.entities.ancestor(.mission, of: objective).map { speech.title($0) } ?? ""
      let sen = alignment.strands.reduce(Int64(0)) { alignment.objective($1.goal) == objective ? $0 &+ $1.sen : $0 }
      table.rows.append([
        Run(mission), Run(speech.title(objective)), Run(rows.map { speech.title(plan.indicators[$0].entity) + " " + way($0) }.joined(separator: "; ")),
        moving.isEmpty ? Run(say("belum ada", "none yet"), .dim) : Run(names(moving)), money(sen),
      ])
    }
    return table.rows.isEmpty ? open(say("sasaran RPJMD", "objectives of the medium-term plan")) : HTMLText.table(table)
  }

  /// Structure, infrastructure and superstructure.
  var readiness: String {
    var structure = Table(columns: [
      Table.Column(say("Struktur: perangkat daerah", "Structure: department")), Table.Column(say("Inisiatif", "Initiatives"), .right),
      Table.Column(say("Indikator", "Indicators"), .right), Table.Column(say("Belanja modal TIK ", "ICT capital ") + year, .right),
    ])
    for department in plan.entities.byRank where plan.entities.kind[department.index] == .department {
      let own = plan.initiatives.count { $0.owner == department }
      let answered = plan.indicators.indices.count { plan.owner(ofIndicator: $0) == department }
      let capital = ict(department)
      if own + answered > 0 || (capital ?? 0) > 0 {
        structure.rows.append([Run(speech.title(department)), Run(String(own)), Run(String(answered)), money(capital)])
      }
    }
    let law = open(
      say(
        "suprastruktur: peraturan kepala daerah tentang masterplan, Dewan Smart City, Tim Pelaksana",
        "superstructure: the regulation on the masterplan, its council and its team"))
    return (structure.rows.isEmpty ? "" : HTMLText.table(structure)) + law
  }

  /// ICT capital (5.2.02.05 and 5.2.02.10) of a part in the year; nil where accounts are not detailed so far.
  private func ict(_ entity: EntityID) -> Int64? {
    var slice = SliceTemplate(document: plan.workingDocument)
    slice.anchors = .entities([entity])
    slice.accounts = plan.accounts.codeName.indices.dropFirst()
      .filter { ["5.2.02.05", "5.2.02.10"].contains(speech.name(plan.accounts.codeName[$0])) }.map { AccountID($0) }
    if slice.accounts.isEmpty { return nil }
    let sum = Reading(plan: plan, overlay: report.branch.state.overlay).sum(slice, local: nil, year: alignment.year)
    return sum.isAbsent ? nil : sum.roundedHalfEven
  }

  /// Where each indicator that an initiative moves stands at the end of the period, beside its target.
  var gaps: String {
    var reader = Reading(plan: plan, overlay: report.branch.state.overlay)
    var table = Table(columns: [
      Table.Column(say("Indikator", "Indicator")), Table.Column(say("Awal", "Baseline"), .right), Table.Column(say("Proyeksi akhir", "Last projection"), .right),
      Table.Column(say("Target akhir", "Last target"), .right), Table.Column(say("Kesenjangan", "Gap"), .right),
    ])
    let moved = Set(plan.initiatives.indices.flatMap { plan.indicators(ofInitiative: $0) })
    for (row, indicator) in plan.indicators.enumerated() where moved.contains(indicator.entity) && plan.yearCount > 0 {
      let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
      let last = plan.yearCount - 1
      let (now, target) = (reader.figure(.projection, row, last), reader.figure(.targetLow, row, last))
      let isReached = reader.figure(.isReached, row, last)
      let gap = now.isAbsent || target.isAbsent ? Number.undeclared : now - target
      let size = gap.isAbsent ? "?" : speech.difference(gap.real < 0 ? -gap : gap, type, digits: indicator.digits)
      table.rows.append([
        Run(speech.title(indicator.entity)), Run(indicator.baseline.isAbsent ? "?" : speech.figure(indicator.baseline, type)), Run(speech.figure(now, type, digits: indicator.scale == nil ? indicator.digits : -1)),
        Run(speech.figure(target, type)), isReached.a == 1 && !isReached.isAbsent ? Run(say("tercapai", "reached"), .good) : Run(size, .bad),
      ])
    }
    return table.rows.isEmpty ? open(say("indikator yang digerakkan inisiatif", "indicators that initiatives move")) : HTMLText.table(table)
  }

  /// What the plan says of strengths and weaknesses; chances and threats are partly for the authors to add.
  var positions: String {
    func reaching(_ reach: PlanAlignment.ChainEnd) -> [Int] { plan.initiatives.indices.filter { alignment.reach(ofInitiative: $0) == reach } }
    var weak: [String] = []
    if !reaching(.index).isEmpty { weak.append(say("Berhenti di indeks TI: ", "Stop at an IT index: ") + names(reaching(.index))) }
    if !reaching(.nowhere).isEmpty {
      weak.append(say("Tidak sampai ke sasaran yang ditunjang uangnya: ", "Reach no objective that their money supports: ") + names(reaching(.nowhere)))
    }
    if alignment.inIndexOnly > 0 {
      weak.append(report.miliar(alignment.inIndexOnly) + say(" belanja berakhir di indeks TI saja", " of spending ends in an IT index only"))
    }
    for one in trace.overlaps.prefix(3) { weak.append(say("Dibeli beberapa perangkat daerah: ", "Bought by several departments: ") + one.function) }
    let untouched = plan.entities.byRank.filter { entity in
      plan.entities.kind[entity.index] == .objective && !plan.initiatives.contains { $0.moves.contains { plan.entities.contains(entity, $0) } }
    }
    let threats = report.verdicts.filter { $0.fails }.map { verdict -> String in
      let (name, title) = CheckWriter(speech: speech, state: report.branch.state).name(verdict)
      return say("Aturan wajib dilanggar: ", "A mandatory rule is broken: ") + (title.isEmpty ? name : title)
    }
    let strong = reaching(.outcome).isEmpty ? [] : [say("Sampai ke hasil yang ditunjang RPJMD: ", "Reach an outcome of the medium-term plan: ") + names(reaching(.outcome))]
    let chances = untouched.isEmpty ? [] : [say("Sasaran yang belum disentuh inisiatif: ", "Objectives no initiative touches yet: ") + untouched.map { speech.title($0) }.joined(separator: "; ")]
    let parts: [(String, [String])] = [
      (say("Kekuatan", "Strengths"), strong), (say("Kelemahan", "Weaknesses"), weak), (say("Peluang", "Opportunities"), chances), (say("Ancaman", "Threats"), threats),
    ]
    return parts.map { title, items in
      "<p><strong>\(escaped(title))</strong></p>\n" + (items.isEmpty ? open(title.lowercased()) : list(items))
    }.joined()
  }
}
