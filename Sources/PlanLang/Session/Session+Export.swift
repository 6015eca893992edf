/// `ekspor`: the plan, the verdicts, the entries to make again in SIPD, or what was simulated, as XLSX, CSV, JSON or
/// Markdown.
extension Session {
  mutating func export(_ script: ExportScript, at site: Site) throws(Halt) -> Answer {
    let row = try branch(script.scenario, at: site)
    let file = Lowering.unquoted(sources.text(script.path))
    let sheets: [Sheet]
    switch script.what {
    case .entries: sheets = [entries(scenarios.branches[row].state)]
    case .simulation: sheets = studied(.simulation)
    case .sensitivity: sheets = studied(.sensitivity)
    case .sweep: sheets = studied(.sweep)
    case .stress: sheets = studied(.stress)
    case .verdicts: sheets = [sheet(of: try wholeVerdicts(of: row), scenarios.branches[row].state)]
    case .plan:
      let state = scenarios.branches[row].state
      sheets = [lines(state), departments(state), indicators(state), sheet(of: try wholeVerdicts(of: row), state)]
    }
    if sheets.isEmpty { return message(Diagnostic(SessionProblem.noStudy, at: site)) }
    let lower = file.lowercased()
    let bytes: [UInt8]
    if lower.hasSuffix(".xlsx") {
      bytes = Workbook.bytes(sheets)
    } else if lower.hasSuffix(".csv") {
      let separator = script.separator == .none ? ";" : Lowering.unquoted(sources.text(script.separator))
      bytes = Array(SheetText.csv(sheets[0], separator: separator == "," ? "," : ";").utf8)
    } else if lower.hasSuffix(".json") {
      bytes = Array(SheetText.json(sheets).utf8)
    } else if lower.hasSuffix(".md") {
      bytes = Array(SheetText.markdown(sheets).utf8)
    } else {
      let problem = SessionProblem.unwritable(path: file, reason: say("akhiran dikenal: .xlsx .csv .json .md", "known endings: .xlsx .csv .json .md"))
      return message(Diagnostic(problem, at: script.path))
    }
    return written(bytes, to: file, at: script.path)
  }

  /// The last answer of a kind as a table; nothing where there is none.
  private func studied(_ kind: Study.Kind) -> [Sheet] { studies.last { $0.kind == kind }.map { [$0.sheet()] } ?? [] }

  private func code(_ kind: EntityKind, _ leaf: EntityID) -> String {
    guard let entity = checked.plan.entities.ancestor(kind, of: leaf) else { return "" }
    let code = checked.plan.entities.codeName[entity.index]
    return code == Entities.unnamed ? speech.handle(entity) : names.text(code)
  }

  private func title(_ kind: EntityKind, _ leaf: EntityID) -> String {
    checked.plan.entities.ancestor(kind, of: leaf).map { speech.title($0) } ?? ""
  }

  /// All money lines of the working document, as the scenario has them.
  private func lines(_ state: ScenarioState) -> Sheet {
    let plan = checked.plan
    var sheet = Sheet(
      say("Rincian", "Lines"),
      [
        say("Tahun", "Year"), say("Kode SKPD", "Department code"), say("Perangkat daerah", "Department"), say("Kode program", "Programme code"),
        say("Program", "Programme"), say("Kode", "Code"), say("Uraian", "Item"), say("Rekening", "Account"), say("Sumber", "Source"),
        say("Semula", "Before"), say("Menjadi", "After"), say("Selisih", "Difference"),
      ])
    sheet.summed = [9, 10, 11]
    let reading = Reading(plan: plan, overlay: state.overlay)
    for year in 0..<plan.yearCount {
      for part in reading.parts(SliceTemplate(document: plan.workingDocument), local: nil, year: year) {
        let leaf = part.place.leaf
        sheet.rows.append([
          .whole(plan.firstYear + year), .text(code(.department, leaf)), .text(title(.department, leaf)), .text(code(.program, leaf)),
          .text(title(.program, leaf)), .text(code(plan.entities.kind[leaf.index], leaf)), .text(speech.title(leaf)),
          .text(part.place.account.raw == 0 ? "" : speech.account(part.place.account)), .text(part.place.source.raw == 0 ? "" : speech.source(part.place.source)),
          .money(part.before), .money(part.now), .money(part.now &- part.before),
        ])
      }
    }
    return sheet
  }

  private func departments(_ state: ScenarioState) -> Sheet {
    let plan = checked.plan
    let years = (0..<plan.yearCount).filter { !plan.cube.block(.spending, plan.workingDocument, $0).isEmpty }
    var sheet = Sheet(
      say("Perangkat daerah", "Departments"), [say("Kode", "Code"), say("Perangkat daerah", "Department")] + years.map { String(plan.firstYear + $0) })
    sheet.summed = years.indices.map { $0 + 2 }
    let reading = Reading(plan: plan, overlay: state.overlay)
    for entity in plan.entities.byRank where plan.entities.kind[entity.index] == .department {
      var slice = SliceTemplate(document: plan.workingDocument)
      slice.anchors = .entities([entity])
      let sums = years.map { year -> Sheet.Cell in
        let sum = reading.sum(slice, local: nil, year: year)
        return sum.isAbsent ? .empty : .money(sum.roundedHalfEven ?? 0)
      }
      sheet.rows.append([.text(code(.department, entity)), .text(speech.title(entity))] + sums)
    }
    return sheet
  }

  private func indicators(_ state: ScenarioState) -> Sheet {
    let plan = checked.plan
    let years = Array(0..<plan.yearCount)
    let heads = years.map { "Target \(plan.firstYear + $0)" } + years.map { say("Proyeksi", "Projection") + " \(plan.firstYear + $0)" }
    var sheet = Sheet(say("Indikator", "Indicators"), [say("Indikator", "Indicator"), say("Satuan", "Unit"), say("Awal", "Baseline")] + heads)
    var reader = Reading(plan: plan, overlay: state.overlay)
    for row in plan.indicators.indices {
      let indicator = plan.indicators[row]
      let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
      func cell(_ number: Number) -> Sheet.Cell {
        if number.isAbsent { return .empty }
        if indicator.scale != nil { return .text(speech.figure(number, type)) }
        return .number(plan.units[indicator.unit.index].isPercent ? number * Number(100) : number)
      }
      var cells: [Sheet.Cell] = [.text(speech.title(indicator.entity)), .text(indicator.scale == nil ? plan.units[indicator.unit.index].name : ""), cell(indicator.baseline)]
      cells += years.map { year in
        let (low, high) = (reader.figure(.targetLow, row, year), reader.figure(.targetHigh, row, year))
        return low == high || low.isAbsent ? cell(low) : .text(speech.range(speech.figure(low, type), speech.figure(high, type)))
      }
      cells += years.map { cell(Reading.rounded(reader.figure(.projection, row, $0), indicator)) }
      sheet.rows.append(cells)
    }
    return sheet
  }

  private func sheet(of verdicts: [Verdict], _ state: ScenarioState) -> Sheet {
    let writer = CheckWriter(speech: speech, state: state)
    var sheet = Sheet(
      say("Aturan", "Rules"),
      [
        say("Aturan", "Rule"), say("Judul", "Title"), say("Sifat", "Kind"), say("Putusan", "Verdict"), say("Di mana", "Where"), say("Angka", "Figures"),
        say("Jarak", "Slack"), say("Dasar", "Basis"),
      ])
    for verdict in verdicts {
      let (name, title) = writer.name(verdict)
      let basis = verdict.rule.map { checked.plan.rules[$0.index].basis.map { speech.words($0) }.joined(separator: "; ") } ?? ""
      for instance in verdict.instances {
        let words: [RuleStatus: String] = [
          .holds: say("dipenuhi", "met"), .broken: say("dilanggar", "broken"), .waived: say("dikecualikan", "waived"), .absent: say("tidak dapat dinilai", "not judged"),
        ]
        sheet.rows.append([
          .text(name), .text(title), .text(verdict.isMandatory ? say("wajib", "mandatory") : say("anjuran", "advisory")), .text(words[instance.status] ?? ""),
          .text(writer.subject(instance, verdict)), .text(writer.figures(instance)), .text(writer.slack(instance).text), .text(basis),
        ])
      }
    }
    return sheet
  }

  /// The entries that a scenario asks to be made again in SIPD, in its order: department, programme, kegiatan, sub
  /// kegiatan, account, source; with the running total of what was added.
  private func entries(_ state: ScenarioState) -> Sheet {
    let plan = checked.plan
    var sheet = Sheet(
      say("Daftar entri", "Entries"),
      [
        say("Layar SIPD", "SIPD screen"), say("Tahun", "Year"), say("Kode SKPD", "Department code"), say("Perangkat daerah", "Department"),
        say("Kode program", "Programme code"), say("Kode kegiatan", "Activity code"), say("Kode subkegiatan", "Subactivity code"), say("Uraian", "Item"),
        say("Rekening", "Account"), say("Sumber", "Source"), say("Semula", "Before"), say("Menjadi", "After"), say("Selisih", "Difference"),
        say("Kumulatif", "Running total"),
      ])
    sheet.summed = [10, 11, 12]
    var rows: [(key: [String], place: ExtraCell, before: Int64, now: Int64)] = []
    for cell in state.overlay.cells {
      let place = state.overlay.place(of: cell, plan)
      guard place.ledger == .spending, state.overlay[cell] != 0 else { continue }
      let now = state.overlay.amount(of: cell, plan)
      let leaf = place.leaf
      let account = place.account.raw == 0 ? "" : speech.account(place.account)
      let source = place.source.raw == 0 ? "" : speech.source(place.source)
      let key = [String(plan.firstYear + place.year), code(.department, leaf), code(.program, leaf), code(.activity, leaf), code(.subactivity, leaf), account, source]
      rows.append((key, place, now &- state.overlay[cell], now))
    }
    var running: Int64 = 0
    for row in rows.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      running &+= row.now &- row.before
      let leaf = row.place.leaf
      sheet.rows.append([
        .text(say("Penganggaran > RKA > Rincian Belanja", "Penganggaran > RKA > Rincian Belanja")), .whole(plan.firstYear + row.place.year),
        .text(row.key[1]), .text(title(.department, leaf)), .text(row.key[2]), .text(row.key[3]), .text(row.key[4]), .text(speech.title(leaf)),
        .text(row.key[5]), .text(row.key[6]), .money(row.before), .money(row.now), .money(row.now &- row.before), .money(running),
      ])
    }
    return sheet
  }
}
