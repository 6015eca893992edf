/// Money to its cells: by department, programme and leaf, each with its share, place and what an edit made of it.
extension ReasonMaker {
  private static let levels: [EntityKind] = [.department, .program, .activity]

  func money(
    _ slice: SliceTemplate, local: EntityID?, year: Int, scenario: Symbol?, _ value: Number, id: String
  ) -> CauseNode {
    let plan = branch.state.plan
    let calendar = year >= 0 && year < plan.yearCount ? String(plan.firstYear + year) : ""
    let book = speech.say(
      ["belanja", "pendapatan", "penerimaan pembiayaan", "pengeluaran pembiayaan"][Int(slice.ledger.rawValue)],
      ["spending", "revenue", "financing receipts", "financing outflow"][Int(slice.ledger.rawValue)])
    let from = scenario.map { ", " + speech.name($0) } ?? ""
    let whose = local.map { " " + speech.path($0) } ?? words(slice.anchors)
    var made = CauseNode(
      id: "\(id)/\(book)\(whose)\(calendar)\(from)\(slice.accounts.map { speech.account($0) })\(slice.sources.map { speech.source($0) })",
      label: "\(book) \(speech.document(slice.document)) \(calendar)\(whose)\(from)")
    made.value = value.isAbsent ? Run(speech.absence(value), .dim) : Run(sen: value.roundedHalfEven ?? 0)
    let overlay = scenario.map { context.others[$0] ?? Overlay() } ?? branch.state.overlay
    let parts = Reading(plan: plan, overlay: overlay).parts(slice, local: local, year: year)
    let total = parts.reduce(Int64(0)) { $0 &+ $1.now }
    made.causes = slice.ledger == .spending ? grouped(parts, of: total, level: 0, id: made.id) : cells(parts, of: total, id: made.id)
    return made
  }

  private func words(_ anchors: Anchors) -> String {
    guard case .entities(let entities) = anchors else { return "" }
    if entities.count == 1 { return " " + speech.path(entities[0]) }
    return speech.say(" \(entities.count) bagian", " of \(entities.count) parts")
  }

  /// Parts by the entity at a level; a level with one group is passed over.
  private func grouped(_ parts: [SlicePart], of total: Int64, level: Int, id: String) -> [CauseNode] {
    let plan = branch.state.plan
    var order: [EntityID] = []
    var groups: [EntityID: [SlicePart]] = [:]
    for part in parts {
      let at = level < Self.levels.count ? plan.entities.ancestor(Self.levels[level], of: part.place.leaf) ?? part.place.leaf : part.place.leaf
      if groups[at] == nil { order.append(at) }
      groups[at, default: []].append(part)
    }
    let isLeaf = level >= Self.levels.count
    if order.count == 1, !isLeaf { return grouped(parts, of: total, level: level + 1, id: id) }
    var made: [(reason: CauseNode, sen: Int64)] = []
    for entity in order {
      let own = groups[entity] ?? []
      let (now, before) = own.reduce((Int64(0), Int64(0))) { ($0.0 &+ $1.now, $0.1 &+ $1.before) }
      var reason = CauseNode(id: id + "/" + speech.handle(entity), label: speech.path(entity))
      reason.value = Run(sen: now)
      reason.share = total == 0 ? nil : Number(a: now, b: total)
      if now != before { reason.notes.append(changed(before, now)) }
      let isWhole = isLeaf || own.allSatisfy { $0.place.leaf == entity }
      reason.causes = isWhole ? cells(own, of: now, id: reason.id) : grouped(own, of: now, level: level + 1, id: reason.id)
      if reason.causes.count == 1, reason.causes[0].causes.isEmpty, isWhole {
        let only = reason.causes[0]
        reason.label += ", " + only.label
        reason.place = only.place
        reason.causes = []
      }
      made.append((reason, now))
    }
    return made.enumerated().sorted { ($1.element.sen.magnitude, $0.offset) < ($0.element.sen.magnitude, $1.offset) }.map(\.element.reason)
  }

  /// Cells by account and source.
  private func cells(_ parts: [SlicePart], of total: Int64, id: String) -> [CauseNode] {
    let made = parts.map { part in
      var label = part.place.account.raw == 0 ? "" : speech.account(part.place.account) + " "
      if part.place.source.raw != 0 { label += speech.source(part.place.source) }
      if label.isEmpty { label = speech.say("pagu", "budget") }
      var reason = CauseNode(id: id + "/" + label, label: label)
      reason.value = Run(sen: part.now)
      reason.share = total == 0 ? nil : Number(a: part.now, b: total)
      reason.place = place(part.site)
      if part.now != part.before { reason.notes.append(changed(part.before, part.now)) }
      return (reason: reason, sen: part.now)
    }
    return made.enumerated().sorted { ($1.element.sen.magnitude, $0.offset) < ($0.element.sen.magnitude, $1.offset) }.map(\.element.reason)
  }

  private func changed(_ before: Int64, _ now: Int64) -> String {
    let moved = now &- before
    let by = Figure.money(sen: moved < 0 ? 0 &- moved : moved)
    return speech.say(
      "semula \(Figure.money(sen: before)), \(moved < 0 ? "berkurang" : "bertambah") \(by) oleh skenario ini",
      "before \(Figure.money(sen: before)), \(moved < 0 ? "decreased" : "increased") by \(by) in this scenario")
  }
}
