extension Session {
  // MARK: Lists

  /// What can be listed, by the words that name it.
  private enum Listed { case entities([EntityKind]), rules, scenarios, parameters, sources, documents, commands }

  private static let lists: [(id: [String], en: [String], what: Listed)] = [
    (["dinas", "opd", "perangkat_daerah", "skpd", "badan"], ["departments", "department", "offices"], .entities([.department])),
    (["unit"], ["units", "subunits"], .entities([.workUnit])), (["program"], ["programmes", "programs", "programme"], .entities([.program])),
    (["kegiatan"], ["activities", "activity"], .entities([.activity])), (["subkegiatan"], ["subactivities"], .entities([.subactivity])),
    (["indikator"], ["indicators", "indicator"], .entities([.indicator])), (["sasaran"], ["objectives", "objective"], .entities([.objective])),
    (["proyek"], ["projects", "project"], .entities([.project])), (["tujuan"], ["goals", "goal"], .entities([.goal])), (["misi"], ["missions", "mission"], .entities([.mission])),
    (["inisiatif"], ["initiatives", "initiative"], .entities([.initiative])),
    (["aturan"], ["rules", "rule"], .rules), (["skenario"], ["scenarios", "scenario"], .scenarios),
    (["parameter", "misal"], ["parameters", "assumptions"], .parameters), (["sumber"], ["sources", "source"], .sources),
    (["dokumen"], ["documents", "document"], .documents), (["perintah"], ["commands"], .commands),
  ]

  mutating func list(_ arguments: [String], _ give: (Answer) -> Void) -> Reply {
    guard let word = arguments.first?.lowercased() else {
      var answer = Answer()
      answer.document.line(say("yang dapat didaftar:", "what can be listed:"), .heading)
      answer.document.line("  " + Self.lists.map { options.language == .indonesian ? $0.id[0] : $0.en[0] }.joined(separator: ", "))
      answer.document.blank()
      give(answer)
      return .answered
    }
    guard let row = Self.lists.first(where: { $0.id.contains(word) || $0.en.contains(word) }) else {
      let known = Self.lists.flatMap { $0.id + $0.en }
      refuse(SessionProblem.unknownTopic(name: word, nearest: NearMiss.nearest(to: word, among: known)), give)
      return .refused
    }
    let prefix = arguments.dropFirst().joined(separator: " ").lowercased()
    var answer = Answer()
    switch row.what {
    case .entities(let kinds): answer.document = table(of: kinds, prefix)
    case .rules:
      if let verdicts = try? verdicts(of: scenarios.current) { rulesMoved([], verdicts, known: [], to: &answer, all: true) }
    case .scenarios:
      var outcome = Outcome()
      perform(CheckedCommand(command: .scenarioTree, site: .none), &outcome, .answers, give)
      return .answered
    case .parameters: for line in values { answer.document.blocks.append(.line(line)) }
    case .sources:
      for row in checked.plan.sources.name.indices where checked.plan.sources.name[row] != Entities.unnamed {
        answer.document.line(Run(speech.source(SourceID(row)), .name), Run("  " + checked.plan.sources.title[row][options.language]))
      }
    case .documents:
      for row in checked.plan.documents.indices {
        let isWorking = row == checked.plan.workingDocument.index
        answer.document.line(Run(speech.document(DocumentID(row)), .name), Run("  " + checked.plan.documents[row].title[options.language]), Run(isWorking ? say("  (kerja)", "  (working)") : "", .dim))
      }
    case .commands: return help("", give)
    }
    if answer.document.isEmpty { answer.document.line(say("tidak ada", "none"), .dim) }
    answer.document.blank()
    give(answer)
    return .answered
  }

  /// Entities of some kinds with their titles and money of the first year that has any.
  private func table(of kinds: [EntityKind], _ prefix: String) -> Document {
    let plan = checked.plan
    let state = scenarios.branches[scenarios.current].state
    let reading = Reading(plan: plan, overlay: state.overlay)
    let year = workingYear
    var rows: [[Run]] = []
    var dropped = 0
    for rank in 0..<plan.entities.byRank.count {
      let entity = plan.entities.byRank[rank]
      guard kinds.contains(plan.entities.kind[entity.index]) else { continue }
      let (handle, title) = (speech.handle(entity), speech.title(entity))
      guard prefix.isEmpty || handle.lowercased().hasPrefix(prefix) || title.lowercased().contains(prefix) else { continue }
      if rows.count >= 200 {
        dropped += 1
        continue
      }
      var slice = SliceTemplate(document: plan.workingDocument)
      slice.anchors = .entities([entity])
      let spends = plan.entities.kind[entity.index].spends
      let sum = spends && year >= 0 ? reading.sum(slice, local: nil, year: year) : .undeclared
      rows.append([Run(handle, .name), Run(title == handle ? "" : title), sum.isAbsent ? Run("") : Run(sen: sum.roundedHalfEven ?? 0)])
    }
    var page = Document()
    if rows.isEmpty { return page }
    let spends = kinds.allSatisfy(\.spends)
    let money = spends && year >= 0 ? "\(speech.document(plan.workingDocument)) \(plan.firstYear + year)" : ""
    page.table(Table(columns: [Table.Column(say("nama", "name")), Table.Column(say("judul", "title"), flexible: true), Table.Column(money, .right)], rows: rows))
    if dropped > 0 { page.line(say("… dan \(dropped) lagi; sebut awalannya", "… and \(dropped) more; give a prefix"), .dim) }
    return page
  }

  /// The first year of the period with money in the working document, as an index; -1 for none.
  var workingYear: Int {
    let plan = checked.plan
    for year in 0..<plan.yearCount where !plan.cube.block(.spending, plan.workingDocument, year).isEmpty { return year }
    return -1
  }

  private var values: [Line] {
    let writer = EchoWriter(session: self)
    var lines = checked.plan.parameters.map { writer.value(speech.name($0.name), $0.formula, $0.distribution) }
    for letting in checked.scope.lettings {
      let name = names.text(letting.name)
      guard let (type, value) = writer.evaluated(name) else { continue }
      lines.append(Line([Run(name, .name), Run(" = "), ValueWriter(speech: speech).words(value), Run("  " + type, .dim)]))
    }
    return lines
  }

  // MARK: One name

  /// All about a name: what it is, where it stands, its money, its ties.
  mutating func info(_ text: String, _ give: (Answer) -> Void) -> Reply {
    var answer = Answer()
    let text = text.count > 1 && text.hasPrefix("\"") ? Lowering.unquoted(text) : text
    let entities = entities(meant: text)
    for entity in entities.prefix(8) { describe(entity, &answer.document) }
    if let symbol = names.known(text) {
      for rule in checked.plan.rules where rule.name == symbol { describe(rule, &answer.document) }
      if let row = scenarios.index(of: symbol) { describe(scenario: row, &answer.document) }
      for meaning in checked.scope.meanings(of: symbol) { describe(meaning, text, &answer.document) }
    }
    official(text, &answer.document)
    if answer.document.isEmpty {
      refuse(SessionProblem.unknownTopic(name: text, nearest: nearestName(to: text)), give)
      return .refused
    }
    answer.document.blank()
    give(answer)
    return .answered
  }

  /// The declared name nearest to a text.
  func nearestName(to text: String) -> String? { NearMiss.nearest(to: text, among: checked.scope.allNames(names)) }

  /// The entities that a name, dotted path, code or title means.
  func entities(meant text: String) -> [EntityID] {
    let plan = checked.plan
    let parts = text.split(separator: ".").map(String.init)
    if text.hasPrefix("@"), let code = names.known(String(text.dropFirst())) { return checked.scope.entities(coded: code) }
    if let symbol = names.known(text), case let found = checked.scope.entities(named: symbol), !found.isEmpty { return found }
    if parts.count > 1, let last = parts.last, let symbol = names.known(last) {
      let outer = parts.dropLast().compactMap { names.known($0) }
      guard outer.count == parts.count - 1 else { return [] }
      return checked.scope.entities(named: symbol).filter { entity in
        outer.allSatisfy { name in checked.scope.entities(named: name).contains { plan.entities.contains($0, entity) } }
      }
    }
    let wanted = text.lowercased()
    return plan.entities.title.indices.map { EntityID($0) }.filter { plan.entities.title[$0.index] != .none && speech.title($0).lowercased() == wanted }
  }

  private func place(of site: Site) -> String {
    guard let place = sources.place(of: site.start) else { return "" }
    return "\(place.file):\(place.line)"
  }

  private func describe(_ entity: EntityID, _ page: inout Document) {
    let plan = checked.plan
    page.line(
      Run(Lowering.words(plan.entities.kind[entity.index])[options.language] + " ", .dim), Run(speech.handle(entity), .name),
      Run("  " + speech.title(entity)), Run("  " + place(of: plan.entities.site[entity.index]), .dim))
    var path: [String] = []
    var at = plan.entities.parent[entity.index]
    while at != Entities.none {
      path.append(speech.title(at))
      at = plan.entities.parent[at.index]
    }
    if !path.isEmpty { page.line("  " + say("di bawah ", "below ") + path.reversed().joined(separator: " > ")) }
    if plan.entities.codeName[entity.index] != Entities.unnamed { page.line("  " + say("kode ", "code ") + speech.name(plan.entities.codeName[entity.index])) }
    let echo = EchoWriter(session: self)
    for words in plan.initiative(entity).map({ echo.told(initiative: $0) }) ?? echo.amounts(of: entity) { page.line("  " + words) }
    for one in plan.initiatives(of: entity) where one != entity { page.line("  " + say("inisiatif ", "initiative ") + speech.title(one)) }
    for attribute in plan.attributes(of: entity) where !attribute.text.isEmpty { page.line("  " + attribute.text, .dim) }
    for support in plan.supports where support.from == entity { page.line("  " + say("mendukung ", "supports ") + speech.title(support.to)) }
    for support in plan.supports where support.to == entity { page.line("  " + say("didukung ", "supported by ") + speech.path(support.from)) }
    for response in plan.responses where response.entity == entity { page.line("  " + say("mendorong ", "drives ") + speech.title(response.indicator)) }
    for response in plan.responses where response.indicator == entity { page.line("  " + say("didorong ", "driven by ") + speech.path(response.entity)) }
    if plan.entities.kind[entity.index] == .indicator { page.line(EchoWriter(session: self).sentence(entity).runs.map(\.text).joined(), .dim) }
    let children = plan.entities.parent.indices.filter { plan.entities.parent[$0] == entity }
    for child in children.prefix(20) { page.line(Run("  · "), Run(speech.handle(EntityID(child)), .name), Run("  " + speech.title(EntityID(child)))) }
    if children.count > 20 { page.line("  … " + say("\(children.count - 20) lagi", "\(children.count - 20) more"), .dim) }
  }

  private func describe(_ rule: Rule, _ page: inout Document) {
    let kind = rule.isMandatory ? say("aturan wajib ", "mandatory rule ") : say("aturan anjuran ", "advisory rule ")
    page.line(Run(kind, .dim), Run(speech.name(rule.name), .name), Run("  " + speech.words(rule.title)), Run("  " + place(of: rule.site), .dim))
    for basis in rule.basis { page.line("  " + say("dasar ", "basis ") + speech.words(basis)) }
    for condition in rule.conditions {
      switch condition {
      case .comparison(_, _, _, _, let site), .truth(_, let site): page.line("  " + sources.text(site), .code)
      }
    }
  }

  private func describe(scenario row: Int, _ page: inout Document) {
    let branch = scenarios.branches[row]
    page.line(Run(say("skenario ", "scenario "), .dim), Run(speech.scenario(branch), .name), Run(branch.title == .none ? "" : "  " + speech.words(branch.title)))
    if branch.parent >= 0 { page.line("  " + say("cabang dari ", "branch of ") + speech.scenario(scenarios.branches[branch.parent])) }
    for step in branch.steps { page.line("  " + Self.firstLine(sources.text(step.site)), .code) }
  }

  private func describe(_ meaning: Referent, _ text: String, _ page: inout Document) {
    let writer = EchoWriter(session: self)
    switch meaning {
    case .source(let id):
      page.line(Run(say("sumber dana ", "source of funds "), .dim), Run(text, .name), Run("  " + checked.plan.sources.title[id.index][options.language]))
    case .document(let id):
      page.line(Run(say("dokumen ", "document "), .dim), Run(text, .name), Run("  " + checked.plan.documents[id.index].title[options.language]))
    case .parameter(let id):
      let parameter = checked.plan.parameters[id.index]
      page.blocks.append(.line(writer.value(text, parameter.formula, parameter.distribution)))
      page.line("  " + place(of: parameter.site), .dim)
    case .letting(let row):
      if let (type, value) = writer.evaluated(text) {
        page.line(Run(text, .name), Run(" = "), ValueWriter(speech: speech).words(value), Run("  " + type, .dim))
      }
      page.line("  " + place(of: checked.scope.lettings[row].site), .dim)
    case .formula(let row):
      page.line(Run(say("rumus ", "formula "), .dim), Run(text, .name), Run("  " + place(of: checked.scope.formulas[row].site), .dim))
    case .scale(let id): page.line(Run(say("skala ", "scale "), .dim), Run(text, .name), Run("  " + checked.plan.scales[id.index].grades.joined(separator: " < ")))
    case .grade(let id, _): page.line(Run(say("nilai pada skala ", "grade of the scale "), .dim), Run(speech.name(checked.plan.scales[id.index].name), .name))
    case .scenario, .rule: break
    }
  }

  // MARK: Help

  /// Help: all commands; or one command, word, name or code.
  mutating func help(_ topic: String, _ give: (Answer) -> Void) -> Reply {
    var answer = Answer()
    let language = options.language
    if topic.isEmpty {
      answer.document.line(say("Pernyataan rencana dan pertanyaan ditulis seperti di naskah; perintah sesi:", "Statements and questions are written as in a script; commands of the session:"), .heading)
      let rows = MetaCommand.rows.map { row in
        [Run("  " + row.command.spelling(language) + (row.usage[language].isEmpty ? "" : " " + row.usage[language]), .keyword), Run(row.summary[language])]
      }
      answer.document.table(Table(columns: [Table.Column(""), Table.Column("", flexible: true)], rows: rows))
      answer.document.line(say("Contoh: geser Rp 2 M dari A ke B tahun 2026 · cek · bandingkan dasar, NAMA · pagu[2026]", "Examples: shift Rp 2 M from A to B in 2026 · check · compare base, NAME · budget[2026]"), .dim)
      answer.document.line(say("Tab melengkapi; `?` di tempat sebuah nilai bertanya apa yang cocok di sana.", "Tab completes; `?` in a value's place asks what fits there."), .dim)
      answer.document.blank()
      give(answer)
      return .answered
    }
    let word = topic.lowercased()
    if let page = Session.page(of: topic), let text = page[language] { answer.document.append(text) }
    for row in MetaCommand.rows where row.id.contains(word) || row.en.contains(word) {
      answer.document.line(
        Run((row.id + row.en).joined(separator: ", "), .keyword), Run(row.usage[language].isEmpty ? "" : "  " + row.usage[language], .dim))
      answer.document.line("  " + row.summary[language])
    }
    for row in Vocabulary.rows where row.id.contains(where: { $0.lowercased() == word }) || row.en.contains(where: { $0.lowercased() == word }) {
      answer.document.line(Run(say("kata ", "word "), .dim), Run(row.id.joined(separator: ", "), .keyword), Run("  =  "), Run(row.en.joined(separator: ", "), .keyword))
      if let example = Self.example(of: row.word, language) { answer.document.line("  " + example, .code) }
    }
    if answer.document.isEmpty {
      if names.known(topic) != nil, !entities(meant: topic).isEmpty { return info(topic, give) }
      let known = MetaCommand.rows.flatMap { $0.id + $0.en } + Vocabulary.rows.flatMap { $0.id + $0.en } + Session.codes
      let reply = names.known(topic).map { checked.scope.isKnown($0) } == true ? info(topic, give) : .refused
      if reply == .answered { return reply }
      refuse(SessionProblem.unknownTopic(name: topic, nearest: NearMiss.nearest(to: topic, among: known) ?? nearestName(to: topic)), give)
      return .refused
    }
    answer.document.blank()
    give(answer)
    return .answered
  }

  /// A line that shows a word at work, for the statements one writes most.
  static func example(of word: Word, _ language: Language) -> String? {
    let lines: [(Word, Bilingual)] = [
      (.shift, Bilingual("geser Rp 2 M dari diskominfo.command_center ke dinkes.gizi tahun 2026", "shift Rp 2 M from diskominfo.command_center to dinkes.gizi in 2026")),
      (.cut, Bilingual("potong 10% dari diskominfo tahun 2026", "cut 10% from diskominfo in 2026")),
      (.add, Bilingual("tambah Rp 500 jt ke dinkes.gizi tahun 2026", "add Rp 500 million to dinkes.gizi in 2026")),
      (.postpone, Bilingual("tunda Rp 1 M dari pupr.jalan tahun 2026 ke 2027", "defer Rp 1 M from pupr.jalan in 2026 to 2027")),
      (.set, Bilingual("tetapkan stunting.target[2027] = 9,8", "set stunting.target[2027] = 9,8")),
      (.change, Bilingual("ubah pendapatan dau turun 10% tahun 2026", "change revenue dau down 10% in 2026")),
      (.lock, Bilingual("kunci pagu[rekening = @5.1.01]", "lock budget[account = @5.1.01]")),
      (.check, Bilingual("cek", "check")), (.compare, Bilingual("bandingkan dasar, layanan", "compare base, layanan")),
      (.show, Bilingual("tampilkan pagu[2026, sumber = dau]", "show budget[2026, source = dau]")),
      (.scenario, Bilingual("skenario layanan \"Ke layanan\" dari dasar { geser 10% dari A ke B tahun 2026 }", "scenario layanan \"To services\" from base { shift 10% from A to B in 2026 }")),
      (.rule, Bilingual("aturan plafon \"Dalam pagu RPJMD\" anjuran { untuk p dalam program: p.pagu <= p.pagu.rpjmd }", "rule plafon \"Within the RPJMD\" advisory { for p in programme: p.budget <= p.budget.rpjmd }")),
      (.letting, Bilingual("misal separuh = 50% dari pagu[2026]", "let half = 50% of budget[2026]")),
      (.parameter, Bilingual("parameter inflasi = 3%", "parameter inflation = 3%")),
      (.sum, Bilingual("jumlah(p.pagu[2026] untuk p dalam program jika p.fungsi = kesehatan)", "sum(p.budget[2026] for p in programme if p.function = kesehatan)")),
      (.instrument, Bilingual("instrumen layanan", "instruments layanan")), (.budget, Bilingual("pagu[2026, dinas = dinkes]", "budget[2026, department = dinkes]")),
      (.load, Bilingual("muat \"rekap.csv\"", "load \"rekap.csv\"")), (.source, Bilingual("pagu[2026, sumber = dau]", "budget[2026, source = dau]")),
    ]
    return lines.first { $0.0 == word }?.1[language]
  }
}
