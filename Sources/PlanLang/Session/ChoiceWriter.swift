/// The answer to `pilih`: what is chosen, what is left of each ceiling, and what the others lost by.
struct ChoiceWriter: Sendable {
  let speech: Speech
  let asked: AskedChoice
  let choice: Choice
  let losses: [Loss]

  private var plan: Plan { speech.plan }
  private func say(_ id: String, _ en: String) -> String { speech.say(id, en) }
  private func told(_ number: Number) -> String { Figure.decimal(number, digits: 4) }

  /// The years in which something costs, at most three; else none, and the sums are shown.
  private var years: [Int] {
    let used = Set(asked.projects.flatMap { $0.costs.filter { $0.sen > 0 }.map(\.year) }).sorted()
    return used.count <= 3 ? used : []
  }

  /// The page.
  func document() -> Document {
    var page = Document()
    let count = choice.chosen.count { $0 }
    page.line(
      Run(say("pilih", "choose"), .heading),
      Run(say(": \(count) dari \(asked.projects.count), manfaat ", ": \(count) of \(asked.projects.count), benefit ")), Run(told(choice.worth), .number),
      choice.isProved ? Run(say(", terbukti terbaik", ", proved the best"), .good) : Run(gap, .warning),
      Run(choice.isProved && !choice.isCheapest ? say("; himpunan lain dapat sama baiknya", "; other sets may be as good") : "", .dim))
    chosen(&page)
    ceilings(&page)
    conditions(&page)
    leftOut(&page)
    page.blank()
    return page
  }

  /// How far from the best it may be.
  private var gap: String {
    guard choice.bound.isFinite else { return say(", belum terbukti terbaik", ", not proved the best") }
    let most = Figure.decimal(Number(real: choice.bound), digits: 2)
    let share = choice.worth.real > 0 ? Figure.percent(Number(real: choice.bound / choice.worth.real - 1)) : "—"
    return say(", belum terbukti terbaik: paling tinggi \(most) (selisih \(share))", ", not proved the best: at most \(most) (gap \(share))")
  }

  private var heads: [Table.Column] {
    [Table.Column(say("manfaat", "benefit"), .right)]
      + (years.isEmpty ? [Table.Column(say("biaya", "cost"), .right)] : years.map { Table.Column(say("biaya \(plan.firstYear + $0)", "cost \(plan.firstYear + $0)"), .right) })
  }

  private func figures(_ at: Int) -> [Run] {
    let costs = years.isEmpty ? [asked.model.cost[at]] : years.map { asked.projects[at].cost($0) }
    return [Run(told(asked.model.worth[at]), .number)] + costs.map { Run(sen: $0) }
  }

  private func chosen(_ page: inout Document) {
    var table = Table(columns: [Table.Column(say("terpilih", "chosen"), flexible: true)] + heads, leading: 1)
    for at in asked.projects.indices where choice.chosen[at] { table.rows.append([Run(speech.title(asked.projects[at].entity), .name)] + figures(at)) }
    if table.rows.isEmpty { return page.line(say("tidak ada yang terpilih", "nothing is chosen"), .dim) }
    let taken = asked.projects.indices.filter { choice.chosen[$0] }
    let sums = years.isEmpty ? [taken.reduce(0) { $0 &+ asked.model.cost[$1] }] : years.map { year in taken.reduce(0) { $0 &+ asked.projects[$1].cost(year) } }
    table.totals = [[Run(say("jumlah", "total")), Run(told(choice.worth), .number)] + sums.map { Run(sen: $0) }]
    page.table(table)
  }

  private func ceilings(_ page: inout Document) {
    var table = Table(columns: [
      Table.Column(say("pagu", "budget")), Table.Column(say("batas", "ceiling"), .right), Table.Column(say("terpakai", "used"), .right), Table.Column(say("sisa", "left"), .right),
    ])
    for (row, piece) in zip(asked.model.rows, asked.pieces) {
      guard case .ceiling = piece.kind, let most = row.most, let used = Int64(exactly: row.sum(choice.chosen)) else { continue }
      table.rows.append([Run(piece.words.split(separator: " ").dropFirst().joined(separator: " ")), Run(sen: most), Run(sen: used), Run(sen: most - used)])
    }
    if !table.rows.isEmpty {
      page.blank()
      page.table(table)
    }
    let free = unbounded
    if !free.isEmpty {
      page.line(say("tanpa batas: biaya \(free)", "not bounded: costs of \(free)"), .dim)
    }
  }

  /// The years in which something costs and no ceiling stands.
  private var unbounded: String {
    let bounded = asked.pieces.compactMap { piece -> Int? in if case .ceiling(let year, _) = piece.kind { year } else { nil } }
    let used = Set(asked.projects.flatMap { $0.costs.filter { $0.sen > 0 }.map(\.year) }).subtracting(bounded)
    return used.sorted().map { String(plan.firstYear + $0) }.joined(separator: ", ")
  }

  private func conditions(_ page: inout Document) {
    for (row, piece) in zip(asked.model.rows, asked.pieces) {
      guard case .limit(let isMoney) = piece.kind, let sum = Int64(exactly: row.sum(choice.chosen)) else { continue }
      page.line(Run("✓ ", .good), Run(piece.words), Run(": "), isMoney ? Run(sen: sum) : Run(Figure.decimal(Number(sum)), .number))
    }
  }

  // MARK: What is left out

  private func leftOut(_ page: inout Document) {
    if losses.isEmpty { return }
    var table = Table(columns: [Table.Column(say("tidak terpilih", "left out"), flexible: true)] + heads + [Table.Column(say("sebab", "because"), flexible: true)], leading: 1)
    for loss in losses {
      table.rows.append([Run(speech.title(asked.projects[loss.project].entity), .name)] + figures(loss.project) + [Run(reason(loss))])
    }
    page.blank()
    page.table(table)
  }

  /// What a project with this result would have to be worth: more than this.
  private func needed(_ loss: Loss) -> Number? {
    guard case .set(_, let worth, true) = loss.result else { return nil }
    return asked.model.worth[loss.project] + (choice.worth - worth)
  }

  private func names(_ places: [Int]) -> String {
    places.prefix(3).map { speech.title(asked.projects[$0].entity) }.joined(separator: ", ") + (places.count > 3 ? ", …" : "")
  }

  /// Who leaves and who comes when a set takes the place of the chosen one.
  private func swap(_ set: [Bool], _ project: Int) -> (out: [Int], with: [Int]) {
    (set.indices.filter { choice.chosen[$0] && !set[$0] }, set.indices.filter { !choice.chosen[$0] && set[$0] && $0 != project })
  }

  private func reason(_ loss: Loss) -> String {
    switch loss.result {
    case .set(let set, let worth, let isProved):
      let (out, with) = swap(set, loss.project)
      var places = out.isEmpty ? "" : say("menggantikan \(names(out))", "in place of \(names(out))")
      if !with.isEmpty { places += say(" bersama \(names(with))", " together with \(names(with))") }
      guard isProved, let needed = needed(loss) else { return places }
      let lost = choice.worth - worth
      if lost.real <= 0 { return say("sama baiknya, tetapi lebih mahal: ", "as good, but dearer: ") + places }
      let more = say("kalah \(told(lost)): perlu manfaat lebih dari \(told(needed))", "lost by \(told(lost)): needs a benefit above \(told(needed))")
      return places.isEmpty ? more : more + "; " + places
    case .atMost(let bound):
      let least = max(0, choice.worth.real - bound)
      if least <= 0, !choice.isProved { return say("belum terbukti kalah", "not proved to lose") }
      return least > 0 ? say("kalah paling sedikit \(Figure.decimal(Number(real: least), digits: 2))", "lost by at least \(Figure.decimal(Number(real: least), digits: 2))") : say("kalah tipis", "lost by little")
    case .impossible(let rows):
      let words = rows.map { asked.pieces[$0].words }.joined(separator: "; ")
      let isTooDear = rows.allSatisfy { if case .ceiling = asked.pieces[$0].kind { true } else { false } }
      return isTooDear ? say("melampaui \(words)", "exceeds \(words)") : say("terhalang: \(words)", "barred by: \(words)")
    case .unknown: return say("belum dihitung", "not computed")
    }
  }

  // MARK: JSON

  private func put(_ at: Int, _ entry: inout JSONText) {
    let one = asked.projects[at]
    entry.string("name", speech.handle(one.entity))
    entry.string("title", speech.title(one.entity))
    entry.string("benefit", Figure.plain(asked.model.worth[at]))
    entry.array("cost") { list in
      for cost in one.costs {
        list.object { item in
          item.integer("year", plan.firstYear + cost.year)
          item.string("source", orNull: cost.source.raw == 0 ? nil : speech.source(cost.source))
          item.string("amount", Figure.plainMoney(sen: cost.sen))
        }
      }
    }
  }

  /// The object.
  func json(_ place: AnswerJSON.Place) -> JSONText {
    var json = AnswerJSON.begin("choice", place)
    json.truth("proved", choice.isProved)
    json.string("benefit", Figure.plain(choice.worth))
    json.truth("cheapest", choice.isCheapest)
    if choice.isProved { json.null("at_most") } else { json.real("at_most", choice.bound) }
    json.array("chosen") { list in for at in asked.projects.indices where choice.chosen[at] { list.object { put(at, &$0) } } }
    json.array("ceilings") { list in
      for (row, piece) in zip(asked.model.rows, asked.pieces) {
        guard case .ceiling(let year, let source) = piece.kind, let most = row.most, let used = Int64(exactly: row.sum(choice.chosen)) else { continue }
        list.object { entry in
          entry.integer("year", plan.firstYear + year)
          entry.string("source", orNull: source.raw == 0 ? nil : speech.source(source))
          entry.string("ceiling", Figure.plainMoney(sen: most))
          entry.string("used", Figure.plainMoney(sen: used))
          entry.string("left", Figure.plainMoney(sen: most - used))
        }
      }
    }
    json.array("conditions") { list in
      for (row, piece) in zip(asked.model.rows, asked.pieces) {
        guard case .limit(let isMoney) = piece.kind, let sum = Int64(exactly: row.sum(choice.chosen)) else { continue }
        list.object { entry in
          entry.string("condition", piece.words)
          entry.string("value", isMoney ? Figure.plainMoney(sen: sum) : String(sum))
        }
      }
    }
    json.array("left_out") { list in
      for loss in losses {
        list.object { entry in
          put(loss.project, &entry)
          result(loss, &entry)
        }
      }
    }
    return AnswerJSON.end(json)
  }

  private func result(_ loss: Loss, _ entry: inout JSONText) {
    func handles(_ key: String, _ places: [Int]) {
      entry.array(key) { list in for at in places { list.string(nil, speech.handle(asked.projects[at].entity)) } }
    }
    switch loss.result {
    case .set(let set, let worth, let isProved):
      let (out, with) = swap(set, loss.project)
      entry.string("loses", Figure.plain(choice.worth - worth))
      entry.truth("exact", isProved)
      handles("replaces", out)
      handles("with", with)
    case .atMost(let bound):
      entry.string("loses", Figure.plain(Number(real: max(0, choice.worth.real - bound))))
      entry.truth("exact", false)
    case .impossible(let rows): entry.array("against") { list in for row in rows { list.string(nil, asked.pieces[row].words) } }
    case .unknown: entry.null("loses")
    }
  }
}
