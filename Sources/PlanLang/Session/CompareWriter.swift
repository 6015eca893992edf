/// Scenarios side by side: money by department, rules, indicators.
struct CompareWriter {
  let speech: Speech
  let columns: [(branch: Branch, verdicts: [Verdict])]

  private var plan: Plan { speech.plan }

  /// The money of a department in the working document and a year of a branch, in sen.
  private func sum(_ department: EntityID, _ year: Int, _ branch: Branch) -> Int64 {
    var slice = SliceTemplate(document: plan.workingDocument)
    slice.anchors = .entities([department])
    return Reading(plan: plan, overlay: branch.state.overlay).sum(slice, local: nil, year: year).whole ?? 0
  }

  private var departments: [EntityID] { plan.entities.kind.indices.filter { plan.entities.kind[$0] == .department }.map { EntityID($0) } }

  /// The years in which the working document has money.
  private var years: [Int] {
    (0..<plan.yearCount).filter { !plan.cube.block(.spending, plan.workingDocument, $0).isEmpty }
  }

  /// The page.
  func document() -> Document {
    var page = Document()
    page.line(
      Run(speech.say("bandingkan ", "compare "), .heading), Run(columns.map { speech.scenario($0.branch) }.joined(separator: ", "), .name))
    for year in years { money(year, &page) }
    rules(&page)
    indicators(&page)
    prices(&page)
    for column in columns {
      var evidence = Evidence(speech, column.branch.state)
      for row in movedRows { for year in 0..<plan.yearCount { evidence.take(row, year) } }
      if column.branch.parent < 0 || columns.count == 1 { evidence.tell(&page) } else { Evidence.tell(evidence.beyond, speech, &page) }
    }
    page.blank()
    return page
  }

  /// The indicators that differ between the scenarios.
  private var movedRows: [Int] {
    plan.indicators.indices.filter { row in
      (0..<plan.yearCount).contains { year in
        Set(columns.map { Reading.figure(.projection, row, year, of: plan, $0.branch.state.overlay) }).count > 1
      }
    }
  }

  private func money(_ year: Int, _ page: inout Document) {
    let isOnlyYear = years.count == 1
    var rows: [[Run]] = []
    var totals = [Int64](repeating: 0, count: columns.count)
    for department in departments {
      let sums = columns.map { sum(department, year, $0.branch) }
      for (i, sen) in sums.enumerated() { totals[i] &+= sen }
      if !isOnlyYear, Set(sums).count == 1 { continue }
      if sums.allSatisfy({ $0 == 0 }) { continue }
      rows.append([Run(speech.title(department), .name)] + cells(sums))
    }
    if rows.isEmpty { return }
    let heads = columns.enumerated().flatMap { i, column in
      [Table.Column(speech.scenario(column.branch), .right)] + (i == 0 ? [] : [Table.Column("±", .right, isJoined: true)])
    }
    page.table(
      Table(
        columns: [Table.Column(speech.say("perangkat daerah, \(plan.firstYear + year)", "department, \(plan.firstYear + year)"), flexible: true)] + heads,
        rows: rows, totals: [[Run(speech.say("jumlah", "total"))] + cells(totals)], leading: 1))
    page.blank()
  }

  /// Each amount, and from the second on its difference to the first.
  private func cells(_ sums: [Int64]) -> [Run] {
    sums.enumerated().flatMap { i, sen -> [Run] in
      let change = sen &- sums[0]
      return i == 0 ? [Run(sen: sen)] : [Run(sen: sen), change == 0 ? Run("·", .dim) : Run(sen: change, change < 0 ? .bad : .good)]
    }
  }

  private func rules(_ page: inout Document) {
    guard let first = columns.first else { return }
    let writer = CheckWriter(speech: speech, state: first.branch.state)
    var rows: [[Run]] = []
    for i in first.verdicts.indices {
      let verdicts = columns.map { $0.verdicts[i] }
      if verdicts.allSatisfy({ $0.status == .holds }) && verdicts.count > 0 || verdicts.allSatisfy({ $0.status == .absent }) { continue }
      let (name, title) = writer.name(verdicts[0])
      rows.append(
        [Run(name, .name), Run(title)]
          + verdicts.map { verdict in
            var run = CheckWriter.mark(verdict.status, isMandatory: verdict.isMandatory)
            if let worst = verdict.instances.first, verdict.status != .holds { run.text += " " + writer.figures(worst) }
            return run
          })
    }
    if rows.isEmpty { return page.line(speech.say("semua aturan dipenuhi di semuanya", "every rule is met in all of them"), .good) }
    page.table(
      Table(
        columns: [Table.Column(speech.say("aturan", "rule")), Table.Column("", flexible: true)]
          + columns.map { Table.Column(speech.scenario($0.branch), flexible: true) }, rows: rows, leading: 2))
    page.blank()
  }

  private func indicators(_ page: inout Document) {
    var rows: [[Run]] = []
    for row in plan.indicators.indices {
      let indicator = plan.indicators[row]
      let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
      for year in 0..<plan.yearCount {
        let values = columns.map { Reading.figure(.projection, row, year, of: plan, $0.branch.state.overlay) }
        let targets = columns.map { Reading.figure(.targetLow, row, year, of: plan, $0.branch.state.overlay) }
        if Set(values).count == 1, Set(targets).count == 1 { continue }
        // As many digits as the indicator has, or more where they would hide the difference.
        func words(_ digits: Int) -> [String] { values.map { speech.figure($0, type, digits: indicator.scale == nil ? digits : -1) } }
        let digits = (indicator.digits..<(indicator.digits + 4)).first { Set(words($0)).count > 1 } ?? indicator.digits
        rows.append([Run(speech.title(indicator.entity), .name), Run(String(plan.firstYear + year))] + words(digits).map { Run($0, .number) })
      }
    }
    if rows.isEmpty { return }
    page.table(
      Table(
        columns: [Table.Column(speech.say("indikator", "indicator"), flexible: true), Table.Column("", .right)]
          + columns.map { Table.Column(speech.scenario($0.branch), .right) }, rows: rows, leading: 2))
  }

  /// The same in JSON: projections that differ, one value a scenario.
  private func indicators(_ json: inout JSONText) {
    let writer = ValueWriter(speech: speech)
    json.array("indicators") { list in
      for row in movedRows {
        let indicator = plan.indicators[row]
        let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
        for year in 0..<plan.yearCount {
          let values = columns.map { Reading.figure(.projection, row, year, of: plan, $0.branch.state.overlay) }
          if Set(values).count == 1 { continue }
          list.object { entry in
            entry.string("name", speech.handle(indicator.entity))
            entry.integer("year", plan.firstYear + year)
            entry.array("values") { list in for value in values { writer.put(value, type, nil, &list) } }
            entry.string("grade", orNull: Grounds(plan: plan, overlay: Overlay()).grade(row).map { Grounds.letter($0) })
            entry.array("extrapolated") { list in
              for column in columns { list.truth(nil, !Grounds(plan: plan, overlay: column.branch.state.overlay).beyond(row, year).isEmpty) }
            }
          }
        }
      }
    }
  }

  // MARK: What the next rupiah buys

  /// What each driver's next unit of its indicator costs, in each scenario; nil where it moves nothing.
  private typealias Price = (year: Int, sen: Double, isBetter: Bool)

  private var priced: [(response: Response, prices: [Price?])] {
    plan.responses.filter { $0.shape != nil }.map { response in
      (response, columns.map { Marginal(plan: plan, overlay: $0.branch.state.overlay).price(of: response) })
    }.filter { $0.prices.contains { $0 != nil } }
  }

  /// Rupiah for one more unit of an indicator: where the same money does most.
  private func prices(_ page: inout Document) {
    let priced = priced
    if priced.isEmpty { return }
    page.blank()
    let rows = priced.map { response, prices -> [Run] in
      let unit = plan.units[plan.indicators[Int(plan.indicatorRow[response.indicator.index])].unit.index]
      let per = unit.isPercent ? speech.say("poin", "point") : unit.name
      return [Run(speech.path(response.entity)), Run("1 " + per + " " + speech.title(response.indicator), .name), Run(prices.compactMap { $0 }.first.map { String(plan.firstYear + $0.year) } ?? "")]
        + prices.map { price in
          guard let price else { return Run("—", .dim) }
          guard price.isBetter else { return Run(speech.say("memburuk", "worse"), .bad) }
          let sen = price.sen < 9e18 ? Int64(price.sen.rounded()) : Int64.max
          return Run(Figure.shortMoney(sen: sen, speech.language), .money)
        }
    }
    page.table(
      Table(
        columns: [Table.Column(speech.say("biaya per satuan indikator", "cost of a unit of an indicator"), flexible: true), Table.Column("", flexible: true), Table.Column("", .right)]
          + columns.map { Table.Column(speech.scenario($0.branch), .right) }, rows: rows, leading: 3))
  }

  /// The same in JSON.
  func json(_ place: AnswerJSON.Place) -> JSONText {
    var json = AnswerJSON.begin("compare", place)
    json.array("scenarios") { list in for column in columns { list.string(nil, speech.name(column.branch.name)) } }
    json.array("money") { list in
      for year in years {
        for department in departments {
          list.object { entry in
            entry.integer("year", plan.firstYear + year)
            entry.string("department", speech.handle(department))
            entry.array("amounts") { amounts in
              for column in columns { amounts.string(nil, Figure.plainMoney(sen: sum(department, year, column.branch))) }
            }
          }
        }
      }
    }
    json.array("rules") { list in
      guard let first = columns.first else { return }
      let writer = CheckWriter(speech: speech, state: first.branch.state)
      for i in first.verdicts.indices {
        list.object { entry in
          entry.string("name", first.verdicts[i].rule == nil ? "pool" : writer.name(first.verdicts[i]).name)
          entry.truth("mandatory", first.verdicts[i].isMandatory)
          entry.array("verdicts") { verdicts in for column in columns { verdicts.string(nil, AnswerJSON.status(column.verdicts[i].status)) } }
        }
      }
    }
    indicators(&json)
    json.array("prices") { list in
      for (response, prices) in priced {
        list.object { entry in
          entry.string("driver", speech.handle(response.entity))
          entry.string("indicator", speech.handle(response.indicator))
          entry.array("rupiah_per_unit") { units in
            for price in prices {
              if let price, price.isBetter { units.real(nil, (price.sen / 100).rounded()) } else { units.null() }
            }
          }
        }
      }
    }
    return AnswerJSON.end(json)
  }
}

/// All shifts of a scenario by legal instrument and signature.
struct InstrumentWriter {
  let speech: Speech
  let branch: Branch

  private struct Group {
    var row: Int
    var sen: Int64
    var streams: [Movement.Stream]
  }

  /// Streams by the row of their own pair, strongest first.
  private var groups: [Group] {
    var groups: [Group] = []
    for movement in branch.state.movements {
      let shown = Instrument.shown(movement, speech.plan)
      if shown == 0 { continue }
      for stream in movement.streams.isEmpty ? [Movement.Stream(from: nil, to: nil, sen: 0)] : movement.streams {
        var row = shown
        if shown <= 12, let from = stream.from, let to = stream.to { row = Instrument.row(from, to, speech.plan) }
        if let at = groups.firstIndex(where: { $0.row == row }) {
          groups[at].sen &+= stream.sen
          groups[at].streams.append(stream)
        } else {
          groups.append(Group(row: row, sen: stream.sen, streams: [stream]))
        }
      }
    }
    return groups.sorted { Instrument.strongest([$0.row, $1.row]) == $0.row && $0.row != $1.row }
  }

  /// The page.
  func document() -> Document {
    var page = Document()
    page.line(Run(speech.say("instrumen ", "instruments "), .heading), Run(speech.scenario(branch), .name))
    let groups = groups
    if groups.isEmpty {
      page.line("  " + speech.say("tidak ada pergeseran", "no shifts"), .dim)
      return page
    }
    for group in groups {
      let row = Instrument.row(group.row)
      page.line(
        Run("  "), Run(row.instrument[speech.language], .keyword), Run(" (\(row.approval[speech.language])): "),
        Run(row.difference[speech.language]), Run("  "), Run(sen: group.sen), Run("  " + row.article[speech.language], .dim))
      for stream in group.streams.prefix(6) where stream.sen > 0 {
        page.line(Run("      "), Run(sen: stream.sen), Run("  \(words(stream.from))  ->  \(words(stream.to))"))
      }
      if group.streams.count > 6 { page.line("      " + speech.say("… \(group.streams.count - 6) lagi", "… \(group.streams.count - 6) more"), .dim) }
    }
    let net = Instrument.explaining(branch.state)
    let weakest = Instrument.strongest(net.compactMap { stream in
      guard let from = stream.from, let to = stream.to else { return nil }
      return Instrument.row(from, to, speech.plan)
    })
    if weakest > 0, Instrument.strongest([weakest, groups[0].row]) != weakest {
      let row = Instrument.row(weakest)
      page.line(
        Run("  "),
        Run(
          speech.say(
            "hasil bersihnya dapat dijelaskan dengan \(row.instrument.id) (\(row.approval.id))",
            "its net result can be explained by \(row.instrument.en) (\(row.approval.en))"), .good))
    }
    page.blank()
    return page
  }

  private func words(_ place: ExtraCell?) -> String {
    guard let place else { return speech.say("kolam", "pool") }
    guard place.ledger == .spending else { return speech.source(place.source) }
    let account = place.account.raw == 0 ? "" : " " + speech.account(place.account)
    let source = place.source.raw == 0 ? "" : " (" + speech.source(place.source) + ")"
    return speech.path(place.leaf) + account + source
  }

  /// The same in JSON.
  func json(_ place: AnswerJSON.Place) -> JSONText {
    var json = AnswerJSON.begin("instruments", place)
    json.string("scenario", speech.name(branch.name))
    json.array("instruments") { list in
      for group in groups {
        let row = Instrument.row(group.row)
        list.object { entry in
          entry.integer("row", group.row)
          entry.string("instrument", row.instrument[speech.language])
          entry.string("approval", row.approval[speech.language])
          entry.string("article", row.article[speech.language])
          entry.string("amount", Figure.plainMoney(sen: group.sen))
          entry.array("shifts") { shifts in
            for stream in group.streams {
              shifts.object { one in
                one.string("amount", Figure.plainMoney(sen: stream.sen))
                if let from = stream.from { one.object("from") { AnswerJSON.cell(from, speech, &$0) } } else { one.null("from") }
                if let to = stream.to { one.object("to") { AnswerJSON.cell(to, speech, &$0) } } else { one.null("to") }
              }
            }
          }
        }
      }
    }
    return AnswerJSON.end(json)
  }
}
