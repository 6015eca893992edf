/// What drives an indicator: money in time, by a shape, and what spills over.
extension ReasonMaker {
  static let roles: [Assumption.Role: Bilingual] = [
    .unitCost: Bilingual("biaya satuan", "unit cost"), .fixedCost: Bilingual("biaya tetap", "fixed cost"),
    .lump: Bilingual("kelipatan", "lump"), .ceiling: Bilingual("paling tinggi", "at most"),
    .beneficiaries: Bilingual("sasaran penerima", "beneficiaries"), .lag: Bilingual("setelah", "after"),
    .spread: Bilingual("menyebar", "spread"), .decay: Bilingual("susut", "decay"),
    .elasticity: Bilingual("elastisitas", "elasticity"), .base: Bilingual("dasarnya", "base"),
    .effect: Bilingual("dampak", "effect"), .point: Bilingual("titik tabel", "point"), .grade: Bilingual("seluruhnya", "all of it"),
    .studied: Bilingual("dikaji", "studied"),
  ]

  /// What a family of distributions is called.
  static func family(_ family: Distribution.Family) -> Bilingual {
    switch family {
    case .range: Bilingual("rentang", "range")
    case .normal: Word.normal.spoken
    case .lognormal: Word.lognormal.spoken
    case .uniform: Word.uniform.spoken
    case .triangular: Word.triangular.spoken
    case .discrete: Word.discrete.spoken
    }
  }

  /// What drives an indicator: its money and what the effect is founded on. The response by its row.
  func driver(_ row: Int, _ year: Int, _ overlay: Overlay) -> CauseNode {
    let response = plan.responses[row]
    let shapes: [ResponseShape: Bilingual] = [
      .perUnit: Bilingual("satuan", "per unit"), .saturating: Bilingual("jenuh", "saturating"),
      .elastic: Bilingual("elastis", "elastic"), .tabular: Bilingual("tabel", "table"),
      .own: Bilingual("rumus sendiri", "a formula of its own"),
    ]
    var slice = SliceTemplate(document: plan.workingDocument)
    slice.anchors = .entities([response.entity])
    let paid = plan.paidYears(of: row, in: year)
    let reading = Reading(plan: plan, overlay: overlay)
    let sums = paid.map { reading.sum(slice, local: nil, year: $0) }
    var made = CauseNode(id: "driver:\(speech.handle(response.entity))", label: say("didorong ", "driven by ") + speech.path(response.entity))
    if let last = sums.last {
      let value = sums.dropLast().reduce(last) { $1.isAbsent ? $0 : $0.isAbsent ? $1 : $0 + $1 }
      made.value = value.isAbsent ? Run(speech.absence(value), .dim) : Run(sen: value.roundedHalfEven ?? 0)
    } else {
      made.value = Run(say("belum tampak", "does not show yet"), .dim)
    }
    made.place = place(response.site)
    if paid.count > 1 || paid.count == 1 && response.lag > 0 {
      let years = zip(paid, sums).map { "\(plan.firstYear + $0)" + (paid.count == 1 || $1.isAbsent ? "" : " " + Figure.shortMoney(sen: $1.roundedHalfEven ?? 0, speech.language)) }
      made.notes.append(say("uang tahun ", "money of ") + years.joined(separator: "; "))
    }
    let marginal = self.marginal(response, year, overlay)
    if !marginal.isEmpty { made.notes.append(marginal) }
    if let shape = response.shape { made.notes.append(say("bentuk ", "shape ") + (shapes[shape]?[speech.language] ?? "")) }
    if response.lag > 0 { made.notes.append(say("setelah \(response.lag) tahun", "after \(response.lag) year\(response.lag == 1 ? "" : "s")")) }
    if response.spread > 1 { made.notes.append(say("menyebar \(response.spread) tahun", "spread over \(response.spread) years")) }
    if let decay = ResponseReading(plan: plan, overlay: overlay).value(.decay, row, false) {
      made.notes.append(say("susut ", "decay ") + Figure.percent(Number(real: decay)) + say(" per tahun", " a year"))
    }
    let grounds = Grounds(plan: plan, overlay: overlay)
    for year in paid { if let one = grounds.beyond(response: row, year) { made.notes.append(Evidence.words(one, speech)) } }
    for assumption in response.assumptions where assumption.source != .none || assumption.grade > 0 {
      let source = assumption.source == .none ? "" : say(" menurut ", " according to ") + speech.words(assumption.source)
      let grade = assumption.grade == 0 ? "" : say(" mutu ", " grade ") + ["A", "B", "C", "D"][min(3, Int(assumption.grade) - 1)]
      made.notes.append((Self.roles[assumption.role]?[speech.language] ?? "") + source + grade)
    }
    return made
  }

  /// What spills over from other indicators: a share of what they departed by a year before.
  func inflows(_ row: Int, _ year: Int, _ overlay: Overlay) -> [CauseNode] {
    guard year > 0, plan.inflows.indices.contains(row) else { return [] }
    return plan.inflows[row].compactMap { at in
      let spillover = plan.spillovers[Int(at)]
      let from = Int(plan.indicatorRow[spillover.from.index])
      guard from >= 0 else { return nil }
      let type = plan.indicators[from].scale.map { ValueType.grade($0) } ?? .number(plan.indicators[from].unit)
      let digits = plan.indicators[from].scale == nil ? plan.indicators[from].digits : -1
      let now = Reading.figure(.projection, from, year - 1, of: plan, overlay)
      var made = CauseNode(id: "spillover:\(speech.handle(spillover.from))", label: say("limpahan ", "spillover of ") + speech.title(spillover.from) + " \(plan.firstYear + year - 1)")
      made.value = Run(speech.figure(now, type, digits: digits), .number)
      made.place = place(spillover.site)
      made.notes.append(say("bagiannya ", "its share ") + Figure.decimal(Number(real: ScenarioFigures(plan: plan, overlay: overlay).figure(spillover.share, isPlain: false)), digits: 3))
      let own = Reading.figure(.projection, from, year - 1, of: plan, Overlay())
      if let note = planned(own, beside: now, plan.indicators[from]) { made.notes.append(note) }
      return made
    }
  }

  /// What the plan's own money makes of a projection that a scenario makes differ; with as many digits as tell the two apart.
  func planned(_ own: Number, beside now: Number, _ indicator: Indicator) -> String? {
    if own.isAbsent || now.isAbsent || own == now { return nil }
    let head = say("dengan uang rencana ", "with the plan's own money ")
    if let scale = indicator.scale { return head + speech.figure(own, .grade(scale)) }
    func words(_ number: Number, _ digits: Int) -> String { speech.figure(number, .number(indicator.unit), digits: digits) }
    for digits in indicator.digits..<(indicator.digits + 4) where words(own, digits) != words(now, digits) {
      return head + words(own, digits) + (digits == indicator.digits ? "" : say(", kini ", ", now ") + words(now, digits))
    }
    return nil
  }

  /// What one more Rp1 miliar on a response would do to its indicator in a year; empty where nothing is known.
  private func marginal(_ response: Response, _ year: Int, _ overlay: Overlay) -> String {
    guard let change = Marginal(plan: plan, overlay: overlay).change(of: response, year: year, sen: 100_000_000_000) else { return "" }
    let indicator = plan.indicators[Int(plan.indicatorRow[response.indicator.index])]
    let sign = Number.order(change, .zero) == -1 ? "-" : "+"
    let size = Number.order(change, .zero) == -1 ? -change : change
    let words = speech.difference(size, .number(indicator.unit), digits: indicator.digits + 2)
    return say("Rp1 M lagi: \(sign)\(words)", "Rp1 billion more: \(sign)\(words)")
  }
}
