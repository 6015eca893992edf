/// The answer to an edit: what moved, which instrument, which rules, which indicators, who loses.
struct ChangeWriter {
  let speech: Speech
  let difference: Difference
  let branch: Branch

  /// The page.
  func document(heading: String?) -> Document {
    var page = Document()
    if let heading { page.line(Run(speech.say("skenario ", "scenario "), .heading), Run(heading, .name)) }
    if difference.movements.isEmpty, difference.cells.isEmpty {
      page.line("  " + speech.say("tidak ada yang berubah", "nothing changed"), .dim)
      return page
    }
    moved(&page)
    figures(&page)
    instrument(&page)
    rules(&page)
    indicators(&page)
    losers(&page)
    pool(&page)
    page.blank()
    return page
  }

  func label(_ id: String, _ en: String) -> Run {
    let text = speech.say(id, en)
    return Run(text + String(repeating: " ", count: max(1, 12 - TextWidth.of(text))), .heading)
  }

  // MARK: Money

  private func moved(_ page: inout Document) {
    var total: Int64 = 0
    for movement in difference.movements { for stream in movement.streams { total &+= stream.sen } }
    if total > 0, difference.movements.count == 1, let streams = difference.movements.first?.streams, let stream = streams.first,
      streams.allSatisfy({ $0.from?.leaf == stream.from?.leaf && $0.to?.leaf == stream.to?.leaf && $0.from?.year == stream.from?.year }) {
      page.line(
        label("digeser", "moved"), Run(sen: total), Run(" (\(year(stream)))  "), Run(place(stream.from), .name), Run("  ->  "),
        Run(place(stream.to), .name))
    } else if total > 0 {
      page.line(label("digeser", "moved"), Run(sen: total))
    }
    let leaves = difference.leaves.filter { $0.before != $0.after }
    if leaves.isEmpty { return accounts(&page) }
    let shown = leaves.prefix(24)
    var rows: [[Run]] = []
    for leaf in shown { rows.append(row(speech.path(leaf.entity), leaf.year, leaf.before, leaf.after)) }
    if leaves.count > shown.count {
      let rest = leaves.dropFirst(shown.count)
      rows.append(
        row(speech.say("… \(rest.count) lagi", "… \(rest.count) more"), 0, rest.reduce(0) { $0 &+ $1.before }, rest.reduce(0) { $0 &+ $1.after }))
    }
    let (before, after) = (leaves.reduce(Int64(0)) { $0 &+ $1.before }, leaves.reduce(Int64(0)) { $0 &+ $1.after })
    page.table(
      Table(
        columns: columns(speech.say("uraian", "item")), rows: rows, totals: leaves.count > 1 ? [row(speech.say("jumlah", "total"), 0, before, after)] : []))
  }

  /// Money that stayed in its leaves: the accounts it moved between.
  private func accounts(_ page: inout Document) {
    var sums: [(account: AccountID, year: Int, before: Int64, after: Int64)] = []
    for cell in difference.cells where cell.place.ledger == .spending {
      let year = speech.plan.firstYear + cell.place.year
      if let at = sums.firstIndex(where: { $0.account == cell.place.account && $0.year == year }) {
        sums[at].before &+= cell.before
        sums[at].after &+= cell.after
      } else {
        sums.append((cell.place.account, year, cell.before, cell.after))
      }
    }
    if sums.isEmpty { return }
    page.table(
      Table(
        columns: columns(speech.say("rekening", "account")),
        rows: sums.map { row(speech.account($0.account), $0.year, $0.before, $0.after) }))
  }

  private func columns(_ first: String) -> [Table.Column] {
    [
      Table.Column(first, flexible: true), Table.Column(speech.say("tahun", "year"), .right), Table.Column(speech.say("semula", "before"), .right),
      Table.Column(speech.say("bertambah/(berkurang)", "more/(less)"), .right), Table.Column(speech.say("menjadi", "after"), .right),
      Table.Column("%", .right),
    ]
  }

  private func row(_ name: String, _ year: Int, _ before: Int64, _ after: Int64) -> [Run] {
    let change = after &- before
    let share = before == 0 ? "—" : Figure.percent(Number(a: change, b: before), digits: 1)
    return [
      Run(name, .name), Run(year > 0 ? String(year) : ""), Run(sen: before), Run(sen: change, change < 0 ? .bad : .good), Run(sen: after),
      Run(share, .number),
    ]
  }

  private func year(_ stream: Movement.Stream) -> String {
    let years = [stream.from?.year, stream.to?.year].compactMap { $0 }
    guard let first = years.first else { return "" }
    let plan = speech.plan
    return years.last == first ? String(plan.firstYear + first) : "\(plan.firstYear + first) -> \(plan.firstYear + (years.last ?? first))"
  }

  private func place(_ place: ExtraCell?) -> String {
    guard let place else { return speech.say("kolam", "pool") }
    switch place.ledger {
    case .spending: return speech.path(place.leaf)
    case .revenue: return speech.say("pendapatan ", "revenue ") + speech.source(place.source)
    case .receipt, .outflow: return speech.say("pembiayaan ", "financing ") + speech.source(place.source)
    }
  }

  private func figures(_ page: inout Document) {
    for movement in difference.movements {
      guard let figure = movement.figure else { continue }
      let plan = speech.plan
      func indicator(_ row: Int) -> (String, ValueType) {
        let indicator = plan.indicators[row]
        return (speech.handle(indicator.entity), indicator.scale.map { .grade($0) } ?? .number(indicator.unit))
      }
      let (name, type): (String, ValueType)
      switch figure.key {
      case .target(let row, let year):
        let (handle, own) = indicator(row)
        (name, type) = ("\(handle).target[\(year < 0 ? speech.say("akhir", "final") : String(plan.firstYear + year))]", own)
      case .projection(let row, let year):
        let (handle, own) = indicator(row)
        (name, type) = ("\(handle).\(speech.say("proyeksi", "projection"))[\(plan.firstYear + year)]", own)
      case .baseline(let row):
        let (handle, own) = indicator(row)
        (name, type) = ("\(handle).\(speech.say("awal", "baseline"))", own)
      case .parameter(let id):
        (name, type) = (speech.name(plan.parameters[id.index].name), plan.formulas[plan.parameters[id.index].formula.index].type)
      case .assumption, .delay: continue
      }
      page.line(
        label("ditetapkan", "set"), Run(name, .name), Run("  \(speech.figure(figure.before, type)) -> \(speech.figure(figure.after, type))"))
    }
  }

  // MARK: Law

  private func instrument(_ page: inout Document) {
    let rows = difference.movements.map { Instrument.shown($0, speech.plan) }
    let strongest = Instrument.strongest(rows)
    guard strongest > 0 else { return }
    let row = Instrument.row(strongest)
    page.line(
      label("instrumen", "instrument"), Run(row.difference[speech.language] + ": "), Run(row.instrument[speech.language], .keyword),
      Run(" (\(row.approval[speech.language]))  "), Run(row.article[speech.language], .dim))
    if row.changesBudget, branch.urgentGround != .none {
      page.line(
        Run("            "), Run(speech.say("kondisi tertentu: ", "urgent ground: "), .warning), Run(speech.words(branch.urgentGround)),
        Run(
          speech.say(
            "; Perkada penjabaran lebih dulu, diberitahukan kepada pimpinan DPRD, lalu ditampung dalam Perubahan APBD",
            "; by Perkada first, notified to the DPRD's leaders, then absorbed in the Perubahan APBD")))
    }
    if branch.date > 0, row.changesBudget, branch.date % 10_000 > 930 {
      page.line(
        Run("            "),
        Run(
          speech.say(
            "lewat 30 September: persetujuan bersama Perubahan APBD paling lambat tiga bulan sebelum tahun berakhir (UU 23/2014 Ps 317)",
            "after 30 September: the Perubahan APBD is agreed at the latest three months before the year ends (UU 23/2014 art. 317)"), .warning))
    }
  }

  // MARK: Rules

  private func rules(_ page: inout Document) {
    let (broken, met) = (difference.newlyBroken, difference.newlyMet)
    page.line(
      label("aturan", "rules"),
      Run(
        speech.say(
          "\(broken.count) baru dilanggar, \(met.count) kini dipenuhi, \(difference.tighter.count) lebih sempit, \(difference.unchanged) tetap",
          "\(broken.count) newly broken, \(met.count) now met, \(difference.tighter.count) tighter, \(difference.unchanged) as before"),
        broken.isEmpty ? (met.isEmpty ? .plain : .good) : .bad))
    let writer = CheckWriter(speech: speech, state: branch.state)
    var rows: [[Run]] = []
    for (changes, mark) in [(broken, Run("  ✗", .bad)), (met, Run("  ✓", .good)), (difference.tighter, Run("  ▽", .warning))] {
      for change in changes.prefix(8) {
        let (name, title) = writer.name(change.after)
        let isRemark = change.after.status == .broken && !change.after.isMandatory
        let mark = isRemark && mark.meaning == .bad ? Run("  !", .warning) : mark
        guard let worst = change.after.instances.first else {
          rows.append([mark, Run(name, .name), Run(title), Run(""), Run("")])
          continue
        }
        rows.append([mark, Run(name, .name), Run(writer.place(title, worst, change.after)), Run(writer.figures(worst), .number), writer.slack(worst)])
      }
    }
    if rows.isEmpty { return }
    page.table(
      Table(columns: [Table.Column(""), Table.Column(""), Table.Column("", flexible: true), Table.Column(""), Table.Column("")], rows: rows))
  }

  /// Departments that end with less.
  private func losers(_ page: inout Document) {
    var sums: [(department: EntityID, sen: Int64)] = []
    for leaf in difference.leaves {
      guard let department = speech.plan.entities.ancestor(.department, of: leaf.entity) else { continue }
      let change = leaf.after &- leaf.before
      if let at = sums.firstIndex(where: { $0.department == department }) { sums[at].sen &+= change } else { sums.append((department, change)) }
    }
    let losers = sums.filter { $0.sen < 0 }.sorted { $0.sen < $1.sen }
    if losers.isEmpty { return }
    var runs = [label("berkurang", "losing")]
    for (i, loser) in losers.prefix(5).enumerated() {
      if i > 0 { runs.append(Run("; ")) }
      runs += [Run(speech.handle(loser.department), .name), Run(" "), Run(Figure.money(sen: loser.sen), .bad)]
    }
    if losers.count > 5 { runs.append(Run(speech.say("; … \(losers.count - 5) lagi", "; … \(losers.count - 5) more"), .dim)) }
    page.blocks.append(.line(Line(runs)))
  }

  private func pool(_ page: inout Document) {
    for entry in difference.pool {
      page.line(
        label("kolam", "pool"), Run("\(entry.year): "), Run(Figure.money(sen: entry.before)), Run(" -> "),
        Run(Figure.money(sen: entry.after), entry.after < 0 ? .bad : .money))
    }
  }
}
