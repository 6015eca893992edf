/// What a solver found, in words: moves, what they do, what weaker signatures reach, prices; or why there is nothing.
struct ProposalWriter {
  let speech: Speech
  let sources: SourceMap
  let problem: Reallocation
  let script: MovingScript
  /// The verdicts before.
  let verdicts: [Verdict]

  private func say(_ id: String, _ en: String) -> String { speech.say(id, en) }

  /// What is asked, as it begins the answer.
  private var heading: String {
    switch script.aim {
    case .repair: say("perbaiki: ", "repair: ")
    case .optimum: say("optimalkan: ", "optimise: ")
    case .tradeOff: say("pertukaran: ", "trade-off: ")
    }
  }

  /// The bounds asked for, in words.
  private var bounds: String {
    var text = script.row > 1 ? say(" dengan tanda tangan ", " with the signature of ") + Instrument.row(script.row).approval[speech.language] : ""
    if let limit = problem.bounds.limit { text += say(", menggeser paling banyak ", ", moving at most ") + short(Double(limit)) }
    return text
  }

  private func amount(_ sen: Int64) -> Run { Run(sen: sen) }

  /// Rupiah in a large scale.
  private func short(_ sen: Double) -> String {
    guard sen.isFinite, abs(sen) < 9e18 else { return "-" }
    return Figure.shortMoney(sen: Int64((sen / 100).rounded()) * 100, speech.language)
  }

  // MARK: Found

  func document(_ proposal: Proposal, _ statements: [String], _ difference: Difference, _ branch: Branch, after: [Verdict]) -> Document {
    var page = Document()
    let moved = proposal.transfers.reduce(Int64(0)) { $0 &+ $1.sen }
    page.line(
      Run(heading, .heading), amount(moved),
      Run(say(" dalam \(statements.count) suntingan", " in \(statements.count) \(statements.count == 1 ? "edit" : "edits")")),
      Run(proposal.isLocal ? say(", terbaik di sekitar sini saja", ", the best nearby only") : "", .warning),
      Run(proposal.isCut ? say(", yang terbaik sampai dihentikan", ", the best until it was stopped") : "", .warning))
    self.statements(statements, &page)
    heights(proposal, branch, &page)
    page.append(ChangeWriter(speech: speech, difference: difference, branch: branch).document(heading: nil))
    if case .blank? = page.blocks.last { page.blocks.removeLast() }
    weaker(proposal, &page)
    wishes(proposal.missed, after, &page)
    prices(proposal, &page)
    stuck(&page)
    return page
  }

  private func statements(_ all: [String], indented: String = "  ", _ page: inout Document) {
    for statement in all.prefix(24) {
      for line in statement.split(separator: "\n") { page.line(Run(indented), Run(String(line), .code)) }
    }
    if all.count > 24 { page.line(indented + say("… \(all.count - 24) lagi", "… \(all.count - 24) more"), .dim) }
  }

  /// What was wished for, and what of it is still missed.
  private func wishes(_ missed: [(owner: Int, sen: Double?)], _ verdicts: [Verdict], _ page: inout Document) {
    for (at, wish) in script.wishes.enumerated() {
      let own = missed.filter { if case .rule(wish.rule, _, _, _)? = origin($0.owner) { true } else { false } }
      let sum = own.reduce(Double?.some(0)) { total, one in total.flatMap { total in one.sen.map { total + $0 } } }
      let weight = problem.weights[wish.rule] ?? 1
      page.line(
        at == 0 ? label("anjuran", "advisory") : Run(String(repeating: " ", count: 12)), Run(speech.name(speech.plan.rules[wish.rule.index].name), .name),
        Run(weight == 1 ? "" : say(" (bobot \(Figure.decimal(Number(real: weight))))", " (weight \(Figure.decimal(Number(real: weight))))"), .dim), Run(": "),
        Self.holds(wish.rule, verdicts) ? Run(say("dipenuhi", "holds"), .good)
          : Run(sum.flatMap { $0 > 0 ? $0 : nil }.map { say("masih kurang \(short($0))", "\(short($0)) still missing") } ?? say("belum dipenuhi", "does not hold yet"), .warning))
    }
  }

  /// Whether no instance of a rule is broken.
  static func holds(_ rule: RuleID, _ verdicts: [Verdict]) -> Bool {
    !verdicts.contains { $0.rule == rule && $0.instances.contains { $0.status == .broken } }
  }

  private func label(_ id: String, _ en: String) -> Run {
    let text = say(id, en)
    return Run(text + String(repeating: " ", count: max(1, 12 - TextWidth.of(text))), .heading)
  }

  /// Figures asked to be high, before and after.
  private func heights(_ proposal: Proposal, _ branch: Branch, _ page: inout Document) {
    for (at, figure) in script.figures.enumerated() where proposal.heights.indices.contains(at) {
      let sign = figure.isLow ? -1.0 : 1
      let before = sign * problem.forms.value(problem.aims[at], problem.forms.sums)
      page.line(
        label(figure.isLow ? "terendah" : "tertinggi", figure.isLow ? "lowest" : "highest"), Run(sources.text(figure.site), .name), Run(": "),
        Run(words(before, figure)), Run(" -> "), Run(words(sign * proposal.heights[at], figure), .number))
    }
  }

  private func words(_ value: Double, _ figure: MovingScript.Figure) -> String {
    let formula = speech.plan.formulas[figure.formula.index]
    if formula.type == .money { return short(value) }
    return speech.figure(Number(real: value), formula.type, digits: formula.digits >= 0 ? formula.digits : 4)
  }

  /// What weaker signatures reach, and how.
  private func weaker(_ proposal: Proposal, _ page: inout Document) {
    var number = 1
    for (at, one) in proposal.weaker.reversed().enumerated() {
      let share = Figure.percent(Number(real: (one.share * 1000).rounded() / 1000))
      if !one.statements.isEmpty { number += 1 }
      page.line(
        at == 0 ? label("alternatif", "alternative") : Run(String(repeating: " ", count: 12)), Run(Instrument.row(one.row).approval[speech.language], .name),
        Run(say(" saja menutup \(share) dari kekurangannya", " alone closes \(share) of what is missing")),
        Run(one.statements.isEmpty ? "" : say(": `terapkan \(number)`", ": `apply \(number)`"), .dim))
      statements(one.statements, indented: String(repeating: " ", count: 14), &page)
    }
  }

  /// What giving way is worth.
  private func prices(_ proposal: Proposal, _ page: inout Document) {
    var isFirst = true
    func line(_ runs: [Run]) {
      page.blocks.append(.line(Line([isFirst ? label("harga", "price") : Run(String(repeating: " ", count: 12))] + runs)))
      isFirst = false
    }
    // A repair that costs what is missing is no news; one that costs more is.
    for (owner, price, reach) in proposal.prices.filter({ script.aim == .optimum || $0.price > 1.01 }).prefix(5) {
      guard case .rule(let rule, _, _, _)? = origin(owner) else { continue }
      let name = Run(speech.name(speech.plan.rules[rule.index].name), .name)
      // What a target is asked in is what giving way is counted in.
      if let (unit, sen) = unit(owner, rule) {
        let saved = price * sen
        if script.aim == .repair {
          line([name, Run(say(": tiap \(unit) yang dilonggarkan menghemat \(short(saved)) pergeseran", ": each \(unit) less asked saves \(short(saved)) of moves"))])
        } else if let figure = script.figures.first {
          line([name, Run(say(": tiap \(unit) yang dilonggarkan bernilai ", ": each \(unit) less asked is worth ")), Run(worth(saved / 1e11, figure), .number)])
        }
        continue
      }
      if script.aim == .repair {
        line([name, Run(say(": tiap Rp1 jt yang dilonggarkan menghemat \(short(price * 1e8)) pergeseran", ": each Rp1 million less asked saves \(short(price * 1e8)) of moves")), until(reach)])
      } else if let figure = script.figures.first {
        line([name, Run(say(": tiap Rp1 M yang dilonggarkan bernilai ", ": each Rp1 billion less asked is worth ")), Run(worth(price, figure), .number), until(reach)])
      }
    }
    if script.aim == .optimum, let figure = script.figures.first {
      for pool in proposal.poolPrices.prefix(3) {
        let year = speech.plan.firstYear + pool.year
        line([Run("\(speech.source(pool.source)) \(year)", .name), Run(say(": tiap Rp1 M lagi bernilai ", ": each Rp1 billion more is worth ")), Run(worth(pool.price, figure), .number), until(pool.reach)])
      }
    }
  }

  /// The unit of what a rule asks where that is no money, and the sen that one less of it needs less.
  private func unit(_ owner: Int, _ rule: RuleID) -> (words: String, sen: Double)? {
    guard let type = verdicts.first(where: { $0.rule == rule })?.instances.first?.type, case .number(let unit) = type else { return nil }
    let isShare = unit.raw == 1 || unit.raw == 2
    guard let sen = problem.ease(owner, by: isShare ? 0.01 : 1) else { return nil }
    let own = isShare ? "" : ValueWriter(speech: speech).unit(type) ?? ""
    return (isShare ? say("poin persen", "percentage point") : own.isEmpty ? "1" : "1 " + own, sen)
  }

  /// For how much a price holds.
  private func until(_ reach: Double?) -> Run {
    Run(reach.map { say(", sampai \(short($0 * MoneyModel.unit))", ", up to \(short($0 * MoneyModel.unit))") } ?? "")
  }

  /// What a price per sen is for a miliar rupiah, in the figure's own words.
  private func worth(_ price: Double, _ figure: MovingScript.Figure) -> String {
    let value = abs(price) * 1e11
    let formula = speech.plan.formulas[figure.formula.index]
    return formula.type == .money ? short(value) : speech.difference(Number(real: (value * 1e8).rounded() / 1e8), formula.type, digits: -1)
  }

  /// Broken rules that no money here moves.
  private func stuck(_ page: inout Document) {
    // Each rule once, by its first instance that stands broken.
    let binding = problem.stuck.filter { isMandatory($0) }
    let told = uniqueRules(binding)
    let others = uniqueRules(problem.stuck + problem.unread).filter { !told.contains($0) }
    if !binding.isEmpty {
      page.line(Run("! ", .bad), Run(say("tetap dilanggar; uang yang terbuka tidak menggerakkannya:", "still broken; the money that is open does not move it:"), .warning))
    }
    for (_, origins) in Dictionary(grouping: binding.enumerated(), by: { uniqueRules([$0.element]) }).sorted(by: { $0.value[0].offset < $1.value[0].offset }) {
      let more = origins.count - 1
      page.line(Run("  "), Run(sentence(origins[0].element)), Run(more > 0 ? say("; \(more) lagi", "; \(more) more") : "", .dim))
    }
    if others.isEmpty { return }
    page.line(
      Run("· ", .dim),
      Run(say("tidak digerakkan oleh uang yang terbuka: ", "not moved by the money that is open: "), .dim), Run(others.joined(separator: ", "), .dim))
  }

  private func isMandatory(_ origin: Requirement.Origin) -> Bool {
    if case .rule(let rule, _, _, _) = origin { return speech.plan.rules[rule.index].isMandatory }
    return true
  }

  func uniqueRules(_ origins: [Requirement.Origin]) -> [String] {
    var names: [String] = []
    for origin in origins {
      guard case .rule(let id, _, _, _) = origin else { continue }
      let name = speech.name(speech.plan.rules[id.index].name)
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  func nothingToDo() -> Document {
    var page = Document()
    let missed = problem.missed(after: [])
    let isMet = problem.stuck.isEmpty && missed.isEmpty
    page.line(
      Run(heading, .heading),
      Run(
        script.aim == .optimum
          ? say("sudah yang terbaik; tidak ada yang perlu digeser", "this is the best already; nothing needs to move")
          : isMet ? say("semua aturan yang diminta sudah dipenuhi", "all rules asked for hold already")
            : say("tidak ada yang dapat diperbaiki dengan menggeser uang", "nothing can be mended by moving money"), isMet ? .good : .warning))
    wishes(missed, verdicts, &page)
    stuck(&page)
    return page
  }

  // MARK: Conflicts

  /// Why nothing was found: sets of rules that conflict, and the cheapest way out.
  func document(_ conflicts: [Conflict]) -> Document {
    var page = Document()
    page.line(
      Run(heading, .heading), Run(say("tidak ada pergeseran yang memenuhi semuanya", "no moves meet them all"), .warning),
      Run(bounds))
    let named = conflicts.map { $0.members.filter { !name($0.owner).isEmpty } }.filter { !$0.isEmpty }
    if named.isEmpty, problem.stuck.isEmpty {
      page.line(say("sebabnya tidak dapat dipastikan dalam angka yang dihitung penyelesai", "the reason cannot be told for sure from what the solver counts"), .dim)
    }
    for (at, members) in named.enumerated() {
      page.line(
        Run(
          members.count == 1
            ? say("\(at + 1). Ini tidak dapat dipenuhi:", "\(at + 1). This cannot hold:")
            : say("\(at + 1). Ini tidak dapat dipenuhi bersama-sama; tanpa salah satunya yang lain dapat:", "\(at + 1). These cannot hold together; without any one of them the others can:"), .heading))
      for member in members { page.line(Run("   "), Run(sentence(member.owner))) }
      ways(members, &page)
    }
    if let row = problem.stronger {
      let (instrument, approval) = (Instrument.row(row).instrument[speech.language], Instrument.row(row).approval[speech.language])
      page.line(
        Run("→ ", .heading), Run(say("semuanya dapat dipenuhi dengan tanda tangan yang lebih tinggi: ", "with a higher signature they can all be met: ")),
        Run("\(instrument) (\(approval))", .name))
    }
    stuck(&page)
    return page
  }

  /// The cheapest way out first.
  private func ways(_ members: [Conflict.Member], _ page: inout Document) {
    // Told apart by whole thousands: below that only the solver's last digits differ.
    let ways = members.compactMap { member in member.relief.map { (member.owner, ($0 / 1e5 - 0.137).rounded(.up) * 1e5) } }.sorted { $0.1 != $1.1 ? $0.1 < $1.1 : $0.0 < $1.0 }
    if ways.isEmpty {
      let isHopeless = members.contains { problem.unreachable.contains($0.owner) }
      page.line(
        Run("   "),
        Run(
          isHopeless
            ? say("tidak tercapai dengan pagu berapa pun di sini", "no budget here would reach it")
            : say("melonggarkan salah satunya saja tidak cukup", "giving way in one of them is not enough"), .dim))
    }
    for (at, way) in ways.enumerated() {
      page.line(
        Run("   "), Run(at == 0 ? say("termurah: ", "cheapest: ") : say("atau: ", "or: "), .heading),
        Run(say("longgarkan \(name(way.0)) sebesar \(short(way.1.rounded(.up)))", "let \(name(way.0)) give way by \(short(way.1.rounded(.up)))")))
    }
  }

  func origin(_ owner: Int) -> Requirement.Origin? { problem.requirements.indices.contains(owner) ? problem.requirements[owner].origin : nil }

  func name(_ owner: Int) -> String { name(origin(owner)) }

  func name(_ origin: Requirement.Origin?) -> String {
    switch origin {
    case .rule(let rule, let member, let year, _)?:
      var parts = [speech.name(speech.plan.rules[rule.index].name)]
      if member != Entities.none { parts.append(speech.handle(member)) }
      if year >= 0 { parts.append(String(speech.plan.firstYear + year)) }
      return parts.joined(separator: " ")
    case .contract(let entity, let year)?: return say("kontrak ", "contract of ") + speech.handle(entity) + " \(speech.plan.firstYear + year)"
    case .pool(let source, let year)?: return say("kolam ", "pool of ") + speech.source(source) + " \(speech.plan.firstYear + year)"
    case .asked?, nil: return ""
    }
  }

  /// One requirement as a sentence: title, figures, article.
  func sentence(_ owner: Int) -> String { sentence(origin(owner)) }

  func sentence(_ origin: Requirement.Origin?) -> String {
    guard case .rule(let rule, let member, let year, _)? = origin, let verdict = verdicts.first(where: { $0.rule == rule }) else { return name(origin) }
    let writer = CheckWriter(speech: speech, state: problem.state)
    let (own, title) = writer.name(verdict)
    let shown = year >= 0 ? speech.plan.firstYear + year : 0
    guard let instance = verdict.instances.first(where: { $0.member == member && $0.year == shown }) ?? verdict.instances.first else { return own }
    let place = writer.place(title, instance, verdict)
    var text = place.isEmpty ? own : "\(own)  \(place)"
    let figures = writer.figures(instance)
    if !figures.isEmpty { text += ": \(figures)" }
    let slack = writer.slack(instance).text
    if !slack.isEmpty { text += ", " + slack }
    let basis = speech.plan.rules[rule.index].basis.map { speech.words($0) }.joined(separator: "; ")
    if !basis.isEmpty { text += " (\(basis))" }
    return text
  }

  // MARK: Trade-offs

  /// Points to eight digits of the largest: behind them stand the solver's last digits only.
  static func told(_ points: [(first: Double, second: Double)]) -> [(first: Double, second: Double)] {
    func unit(_ values: [Double]) -> Double {
      let size = values.map(abs).max() ?? 0
      guard size > 0, size.isFinite else { return 1 }
      var unit = 1.0
      while size / unit >= 1e8 { unit *= 10 }
      while size / unit < 1e7 { unit /= 10 }
      return unit
    }
    let (first, second) = (unit(points.map(\.first)), unit(points.map(\.second)))
    return points.map { (($0.first / first).rounded() * first, ($0.second / second).rounded() * second) }
  }

  /// Both figures side by side, and a line of the second against the first.
  func document(_ points: [(first: Double, second: Double)]) -> Document {
    var page = Document()
    guard script.figures.count == 2 else { return page }
    let (a, b) = (script.figures[0], script.figures[1])
    let (x, y) = (sources.text(a.site), sources.text(b.site))
    page.line(
      Run(heading, .heading),
      Run(points.count < 2 ? say("keduanya tidak bertentangan", "the two do not conflict") : say("yang terbaik dari \(x) untuk tiap tingkat \(y)", "the best of \(x) for each level of \(y)")))
    func signed(_ value: Double, _ figure: MovingScript.Figure) -> Double { figure.isLow ? -value : value }
    let values = points.map(\.first)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    var rows: [[Run]] = []
    for point in points {
      let share = high - low > 1e-6 * max(abs(high), abs(low)) ? (point.first - low) / (high - low) : 1
      rows.append([
        Run(words(signed(point.second, b), b), .number), Run(words(signed(point.first, a), a), .number),
        Run(String(repeating: "█", count: Int((share * 24).rounded()))),
      ])
    }
    page.table(Table(columns: [Table.Column(y, .right), Table.Column(x, .right), Table.Column("")], rows: rows))
    return page
  }
}
