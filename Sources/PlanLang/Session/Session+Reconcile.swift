/// `rekonsiliasi A dengan B`: rows of two documents, or of a document and a file, laid beside one another.
extension Session {
  mutating func reconcile(_ script: ReconcileScript, at site: Site) throws(Halt) -> Answer {
    let plan = checked.plan
    var other = self
    var otherDocument = plan.workingDocument
    var otherName = ""
    switch script.other {
    case .document(let document):
      otherDocument = document
      otherName = speech.document(document)
    case .file(let path, let sheet):
      otherName = Lowering.unquoted(sources.text(path))
      switch loaded(otherName, sheet) {
      case .failure(let fault): return message(fault.diagnostic.moved(to: path))
      case .success(let loaded): other = loaded
      }
      otherName = other.files.values.first?.name ?? otherName
      otherDocument = other.checked.plan.workingDocument
    }
    let (own, theirs) = (depth(plan, script.document), depth(other.checked.plan, otherDocument))
    let year = script.year ?? (0..<plan.yearCount).first {
      !plan.cube.block(.spending, script.document, $0).isEmpty && !other.checked.plan.cube.block(.spending, otherDocument, $0).isEmpty
    } ?? 0
    let level = EntityKind(rawValue: min(own.rawValue, theirs.rawValue)) ?? .program
    let state = scenarios.branches[scenarios.current].state
    let rows = Self.rows(of: speech, state.overlay, script.document, year, level, below: script.owner)
    var owner = Entities.none
    if script.owner != Entities.none {
      owner = script.owner
      if case .file = script.other {
        let code = plan.entities.codeName[script.owner.index]
        let text = code == Entities.unnamed ? "" : names.text(code)
        owner = other.names.known(text).flatMap { other.checked.scope.entities(coded: $0).first } ?? Entities.none
      }
    }
    let overlay = { if case .document = script.other { state.overlay } else { Overlay() } }()
    let others = Self.rows(of: other.speech, overlay, otherDocument, year, level, below: owner)
    let made = Reconciliation(rows, others)
    let heading = "\(speech.document(script.document)) \(say("dengan", "with")) \(otherName) \(plan.firstYear + year), \(Lowering.words(level)[options.language])"
    var answer = Answer()
    var found: [Finding] = []
    if case .file = script.other { found = other.checked.findings }
    list(found, &answer.document)
    answer.document.append(page(made, script.tolerance, heading, [speech.document(script.document), otherName]))
    answer.inJSON { [sources, options, found] in
      found.map { AnswerJSON.finding($0, options.language) } + [Self.json(made, script.tolerance, Self.place(site, sources), heading)]
    }
    return answer
  }

  /// The deepest kind of entity on which a document states money.
  private func depth(_ plan: Plan, _ document: DocumentID) -> EntityKind {
    var deepest = EntityKind.department
    for year in 0..<plan.yearCount {
      for cell in plan.cube.block(.spending, document, year) where plan.cube.leaf[cell] != Entities.none {
        let kind = plan.entities.kind[plan.cube.leaf[cell].index]
        if kind.rawValue > deepest.rawValue, kind.rawValue <= EntityKind.subactivity.rawValue { deepest = kind }
        if deepest == .subactivity { return deepest }
      }
    }
    return deepest
  }

  /// The rows of a document in a year at a level; money above that level stands where it is stated.
  private static func rows(
    of speech: Speech, _ overlay: Overlay, _ document: DocumentID, _ year: Int, _ level: EntityKind, below owner: EntityID
  ) -> [Reconciliation.Row] {
    let plan = speech.plan
    var slice = SliceTemplate(document: document)
    if owner != Entities.none { slice.anchors = .entities([owner]) }
    var order: [EntityID] = []
    var sums: [EntityID: (sen: Int64, site: Site)] = [:]
    for part in Reading(plan: plan, overlay: overlay).parts(slice, local: nil, year: year) {
      let at = plan.entities.ancestor(level, of: part.place.leaf) ?? part.place.leaf
      if sums[at] == nil { order.append(at) }
      sums[at, default: (0, part.site)].sen &+= part.now
    }
    func mark(_ entity: EntityID) -> String {
      let code = plan.entities.codeName[entity.index]
      return code == Entities.unnamed ? speech.handle(entity) : speech.name(code)
    }
    func title(_ entity: EntityID) -> String {
      if plan.entities.title[entity.index] != .none { return speech.title(entity) }
      let official = Nomenclature.title(of: speech, entity)
      return official.isEmpty ? speech.title(entity) : official
    }
    return order.map { entity in
      let department = plan.entities.ancestor(.department, of: entity)
      return Reconciliation.Row(
        department: department.map(mark) ?? "", code: mark(entity), title: title(entity), sen: sums[entity]?.sen ?? 0,
        site: sums[entity]?.site ?? .none)
    }
  }

  private struct Refusal: Error {
    var diagnostic: Diagnostic
  }

  /// A plan of the same region and period with the money of a file, or why it cannot be read.
  private func loaded(_ file: String, _ sheet: Spreadsheet.Tabs) -> Result<Session, Refusal> {
    let plan = checked.plan
    var session = Session(host: host, options: SessionOptions(language: options.language, limits: options.limits, isInteractive: false))
    let document = names.text(plan.documents[plan.workingDocument.index].name)
    let known = ["rpjmd", "rkpd", "apbd", "realisasi"].contains(document)
    let block =
      switch sheet {
      case .first: ""
      case .named(let name): " { lembar \"\(name)\" }"
      case .number(let number): " { lembar \(number) }"
      }
    let text = "daerah \"-\" periode \(plan.firstYear)..\(plan.firstYear + plan.yearCount - 1)\n"
      + (known ? "" : "dokumen \(document)\n") + "dokumen kerja \(document)\nmuat \"\(file)\"\(block)\n"
    var fault: Diagnostic?
    session.load(text) { if fault == nil { fault = $0 } }
    return fault.map { .failure(Refusal(diagnostic: $0)) } ?? .success(session)
  }

  /// What reading the other side repaired, refused or doubted.
  private func list(_ all: [Finding], _ page: inout Document) {
    for finding in all.prefix(12) {
      page.line(
        Run("\(finding.file):\(finding.row) ", .dim), Run(AnswerJSON.words(finding.kind)[options.language] + ": ", .warning),
        Run(finding.what[options.language]))
    }
    if all.count > 12 { page.line("… " + say("\(all.count - 12) temuan lagi", "\(English.count(all.count - 12, "more finding"))"), .dim) }
  }

  // MARK: Page

  private func page(_ made: Reconciliation, _ tolerance: Number, _ heading: String, _ names: [String]) -> Document {
    var page = Document()
    page.line(Run(say("rekonsiliasi ", "reconcile "), .heading), Run(heading))
    let sides = made.pairs.map { Reconciliation.side($0, tolerance) }
    let coded = made.pairs.filter { $0.kind == .code }
    func count(_ side: Int) -> Int { coded.filter { Reconciliation.side($0, tolerance) == side }.count }
    let rest = made.pairs.count - coded.count
    let share = Figure.percent(tolerance, digits: 1)
    page.line(
      Run(
        say(
          "\(coded.count) baris berpasangan menurut kode: \(count(0)) dalam \(share), \(count(1)) di atas, \(count(-1)) di bawah; \(rest) menurut judul atau perangkat daerah lain; \(made.only.count) hanya di \(names[0]), \(made.onlyOther.count) hanya di \(names[1])",
          "\(English.count(coded.count, "row")) matched by code: \(count(0)) within \(share), \(count(1)) above, \(count(-1)) below; \(rest) by title or another department; \(made.only.count) only in \(names[0]), \(made.onlyOther.count) only in \(names[1])")))
    let columns = [
      Table.Column(say("kode", "code")), Table.Column(say("uraian", "item"), flexible: true), Table.Column(names[0], .right),
      Table.Column(names[1], .right), Table.Column(say("selisih", "difference"), .right), Table.Column("%", .right),
    ]
    func row(_ pair: Reconciliation.Pair) -> [Run] {
      let difference = pair.row.sen &- pair.other.sen
      let share = pair.other.sen == 0 ? "—" : Figure.percent(Number(a: difference, b: pair.other.sen), digits: 1)
      return [Run(pair.row.code, .dim), Run(pair.row.title), Run(sen: pair.row.sen), Run(sen: pair.other.sen), Run(sen: difference, difference < 0 ? .bad : .good), Run(share)]
    }
    let beyond = zip(made.pairs, sides).filter { $0.1 != 0 }.map(\.0)
      .sorted { abs($0.row.sen &- $0.other.sen) > abs($1.row.sen &- $1.other.sen) }
    if !beyond.isEmpty {
      page.line(say("di luar toleransi (\(beyond.count))", "beyond the tolerance (\(beyond.count))"), .heading)
      page.table(Table(columns: columns, rows: beyond.prefix(15).map(row)))
      if beyond.count > 15 { page.line("  … " + say("\(beyond.count - 15) lagi", "\(beyond.count - 15) more"), .dim) }
    }
    for pair in made.pairs where pair.kind == .moved {
      page.line(
        Run(say("pindah perangkat daerah: ", "moved department: "), .warning), Run(pair.row.code, .name),
        Run(" \(pair.row.title): \(pair.other.department) -> \(pair.row.department)"))
    }
    for pair in made.pairs where pair.kind == .alike {
      page.line(
        Run(say("judul mirip ", "titles alike ") + Figure.percent(pair.likeness, digits: 0) + ": ", .warning),
        Run("\(pair.row.code) \(pair.row.title)  ~  \(pair.other.code) \(pair.other.title)"))
    }
    for row in made.only {
      let elsewhere = made.onlyOther.filter { $0.code == row.code }.map(\.department)
      if elsewhere.isEmpty { continue }
      page.line(
        Run(say("kode sama, perangkat daerah lain: ", "same code, another department: "), .warning), Run(row.code, .name),
        Run(" \(row.title): \(names[0]) \(row.department), \(names[1]) \(elsewhere.joined(separator: ", "))"))
    }
    list(say("hanya di ", "only in ") + names[0], made.only, &page)
    list(say("hanya di ", "only in ") + names[1], made.onlyOther, &page)
    page.table(totals(made, names))
    page.blank()
    return page
  }

  /// What was matched and what was not adds up to the whole of either side.
  private func totals(_ made: Reconciliation, _ names: [String]) -> Table {
    let (x, y) = made.pairs.reduce((Int64(0), Int64(0))) { ($0.0 &+ $1.row.sen, $0.1 &+ $1.other.sen) }
    let (a, b) = (made.only.reduce(Int64(0)) { $0 &+ $1.sen }, made.onlyOther.reduce(Int64(0)) { $0 &+ $1.sen })
    func total(_ name: String, _ left: Int64, _ right: Int64) -> [Run] {
      [Run(name), Run(sen: left), Run(sen: right), Run(sen: left &- right)]
    }
    return Table(
      columns: [Table.Column(say("jumlah", "total")), Table.Column(names[0], .right), Table.Column(names[1], .right), Table.Column(say("selisih", "difference"), .right)],
      rows: [total(say("berpasangan", "matched"), x, y), total(say("satu sisi", "one side only"), a, b)],
      totals: [total(say("seluruhnya", "all"), x &+ a, y &+ b)])
  }

  private func list(_ title: String, _ rows: [Reconciliation.Row], _ page: inout Document) {
    if rows.isEmpty { return }
    page.line(Run(title, .heading), Run(" (\(rows.count))", .dim))
    for row in rows.sorted(by: { $0.sen > $1.sen }).prefix(15) {
      page.line(Run("  " + row.code + "  ", .dim), Run(row.title + "  "), Run(sen: row.sen), Run("  " + row.department, .dim))
    }
    if rows.count > 15 { page.line("  … " + say("\(rows.count - 15) lagi", "\(rows.count - 15) more"), .dim) }
  }

  private static func json(_ made: Reconciliation, _ tolerance: Number, _ place: AnswerJSON.Place, _ heading: String) -> JSONText {
    var json = AnswerJSON.begin("reconciliation", place)
    json.string("what", heading)
    func put(_ row: Reconciliation.Row, _ key: String?, _ json: inout JSONText) {
      json.object(key) { entry in
        entry.string("department", row.department)
        entry.string("code", row.code)
        entry.string("title", row.title)
        entry.string("amount", Figure.plainMoney(sen: row.sen))
      }
    }
    json.array("pairs") { list in
      for pair in made.pairs {
        list.object { entry in
          put(pair.row, "row", &entry)
          put(pair.other, "other", &entry)
          entry.string("found", pair.kind == .code ? "code" : pair.kind == .moved ? "moved" : "alike")
          entry.string("side", orNull: Reconciliation.side(pair, tolerance).map { $0 > 0 ? "above" : $0 < 0 ? "below" : "within" })
        }
      }
    }
    json.array("only") { list in for row in made.only { put(row, nil, &list) } }
    json.array("only_other") { list in for row in made.onlyOther { put(row, nil, &list) } }
    return AnswerJSON.end(json)
  }
}
