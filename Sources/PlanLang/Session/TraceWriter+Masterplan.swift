/// Initiatives as a layer of `telusuri`.
extension TraceWriter {
  static func title(_ dimension: Dimension?) -> Bilingual {
    switch dimension {
    case .governance: Bilingual("tata kelola", "governance")
    case .some(let known): known.name
    case nil: Bilingual("tanpa dimensi", "no dimension")
    }
  }

  func told(_ reach: PlanAlignment.ChainEnd) -> Run {
    switch reach {
    case .outcome: Run(say("sampai ke hasil yang ditunjang RPJMD", "reaches an outcome of the medium-term plan"), .good)
    case .index: Run(say("berhenti di indeks TI: alat, belum hasil", "stops at an IT index: a means, no outcome yet"), .warning)
    case .nowhere: Run(say("tidak sampai ke sasaran yang ditunjang uangnya", "reaches no objective that its money supports"), .bad)
    }
  }

  /// From an initiative: its money and roadmap, the indicators it moves, how far its chain reaches, and the parts below.
  func initiative(_ row: Int, _ page: inout Document) {
    let one = plan.initiatives[row]
    var marks = [Self.title(one.dimension)[speech.language]]
    if one.isQuickWin { marks.append(say("percepatan", "quick win")) }
    if one.owner != Entities.none { marks.append(speech.handle(one.owner)) }
    page.line(Run(say("inisiatif ", "initiative "), .dim), Run(speech.title(one.entity), .name), Run("  " + marks.joined(separator: " · "), .dim))
    let (now, planned) = (alignment.money(ofInitiative: row, in: plan.workingDocument), alignment.money(ofInitiative: row, in: Plan.roadmap))
    var runs = [Run("  " + heading + "  "), now.map { Run(sen: $0) } ?? Run(say("tanpa pagu", "no budget"), .bad)]
    if let planned { runs += [Run(say("  peta jalan ", "  roadmap ")), Run(sen: planned)] }
    if let now, let planned, planned != 0, now != planned {
      let share = Number(a: now &- planned, b: planned)
      runs.append(Run("  " + (now > planned ? "+" : "") + Figure.percent(share, digits: 1), .warning))
    }
    page.blocks.append(.line(Line(runs)))
    for moved in plan.indicators(ofInitiative: row) {
      page.line(Run("  " + say("mendorong ", "drives "), .dim), Run(speech.title(moved), .name), Run(mark(moved), .dim))
      indicator(Int(plan.indicatorRow[moved.index]), &page)
    }
    page.line(Run("  "), told(alignment.reach(ofInitiative: row)))
    for part in one.parts { up(part, &page, isLayered: false) }
  }

  private func mark(_ indicator: EntityID) -> String {
    let row = Int(plan.indicatorRow[indicator.index])
    var marks: [String] = []
    if plan.indicators[row].isITIndex { marks.append(say("indeks TI", "IT index")) }
    if let owner = plan.owner(ofIndicator: row) { marks.append(say("penanggung jawab ", "owner ") + speech.handle(owner)) }
    return marks.isEmpty ? "" : "  " + marks.joined(separator: " · ")
  }

  /// The initiatives that have to do with a part of the plan or a goal.
  func layer(_ entity: EntityID, _ page: inout Document) {
    for one in plan.initiatives(of: entity) {
      guard let row = plan.initiative(one) else { continue }
      page.line(
        Run("  " + say("inisiatif ", "initiative "), .dim), Run(speech.title(one), .name),
        Run("  " + Self.title(plan.initiatives[row].dimension)[speech.language] + ": ", .dim), told(alignment.reach(ofInitiative: row)))
    }
  }

  /// The rows of initiatives by dimension, in the order of the six; those without one last.
  var byDimension: [(dimension: Dimension?, rows: [Int])] {
    let wanted: [Dimension?] = Dimension.allCases.map { $0 } + [nil]
    return wanted.map { one in (one, plan.initiatives.indices.filter { plan.initiatives[$0].dimension == one }) }.filter { !$0.rows.isEmpty }
  }

  /// Money of several initiatives in a document of the year: what two of them share counts once.
  func money(of rows: [Int], in document: DocumentID) -> Int64? {
    var slice = SliceTemplate(document: document)
    let parts = document == Plan.roadmap ? rows.map { plan.initiatives[$0].entity } : rows.flatMap { plan.initiatives[$0].parts }
    if parts.isEmpty { return nil }
    slice.anchors = .entities(plan.disjoint(parts))
    return Reading(plan: plan, overlay: branch.state.overlay).sum(slice, local: nil, year: alignment.year).roundedHalfEven
  }

  /// The initiatives by dimension as a table.
  func dimensions(_ page: inout Document) {
    if plan.initiatives.isEmpty { return }
    let year = String(plan.firstYear + alignment.year)
    var table = Table(columns: [
      Table.Column(say("inisiatif menurut dimensi", "initiatives by dimension"), flexible: true), Table.Column(say("banyak", "count"), .right),
      Table.Column(say("percepatan", "quick wins"), .right), Table.Column(speech.document(plan.workingDocument) + " " + year, .right),
      Table.Column(say("peta jalan ", "roadmap ") + year, .right), Table.Column(say("sampai hasil", "reach outcomes"), .right),
    ])
    func sum(_ document: DocumentID, _ rows: [Int]) -> Run { money(of: rows, in: document).map { Run(sen: $0) } ?? Run("—", .dim) }
    func row(_ name: String, _ rows: [Int]) -> [Run] {
      let reached = rows.count { alignment.reach(ofInitiative: $0) == .outcome }
      return [
        Run(name, .name), Run(String(rows.count)), Run(String(rows.count { plan.initiatives[$0].isQuickWin })),
        sum(plan.workingDocument, rows), sum(Plan.roadmap, rows),
        Run(say("\(reached) dari \(rows.count)", "\(reached) of \(rows.count)"), reached == rows.count ? .good : .warning),
      ]
    }
    for one in byDimension { table.rows.append(row(Self.title(one.dimension)[speech.language], one.rows)) }
    table.totals = [row(say("jumlah", "total"), Array(plan.initiatives.indices))]
    page.table(table)
  }

  /// The initiatives meant, in JSON.
  func initiatives(_ meant: [EntityID]?, _ json: inout JSONText) {
    let rows = plan.initiatives.indices.filter { row in meant.map { $0.contains(plan.initiatives[row].entity) } ?? true }
    if rows.isEmpty { return }
    json.array("initiatives") { list in
      for row in rows {
        let one = plan.initiatives[row]
        list.object { entry in
          entry.string("name", speech.handle(one.entity))
          entry.string("dimension", orNull: one.dimension?.name.en)
          entry.truth("quick_win", one.isQuickWin)
          entry.string("owner", orNull: one.owner == Entities.none ? nil : speech.handle(one.owner))
          entry.string("budget", orNull: alignment.money(ofInitiative: row, in: plan.workingDocument).map { Figure.plainMoney(sen: $0) })
          entry.string("roadmap", orNull: alignment.money(ofInitiative: row, in: Plan.roadmap).map { Figure.plainMoney(sen: $0) })
          entry.array("parts") { parts in for part in one.parts { parts.string(nil, speech.handle(part)) } }
          entry.array("indicators") { parts in for part in plan.indicators(ofInitiative: row) { parts.string(nil, speech.handle(part)) } }
          let reaches: [PlanAlignment.ChainEnd: String] = [.outcome: "outcome", .index: "index", .nowhere: "nowhere"]
          entry.string("reach", reaches[alignment.reach(ofInitiative: row)] ?? "")
        }
      }
    }
  }
}
