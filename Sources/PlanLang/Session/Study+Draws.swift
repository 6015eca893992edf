/// Draws as plots, tables and charts.
extension Session {
  // MARK: In the terminal

  /// Where the draws of a series lie in each year: the range of most, of half of them, the middle, and the target.
  func fans(_ told: [Told], _ page: inout Document) {
    for group in Self.series(told) {
      let spreads = group.map { Spread($0.after) }
      let ends = spreads.flatMap { [$0.shares[0], $0.shares[4]] } + group.compactMap(\.asked.target)
      guard let low = ends.filter(\.isFinite).min(), let high = ends.filter(\.isFinite).max(), high > low else { continue }
      let width = 48
      func place(_ value: Double) -> Int { min(width - 1, max(0, Int(((value - low) / (high - low) * Double(width - 1)).rounded()))) }
      page.blank()
      page.line(
        Run(group[0].asked.words, .code), Run("  "), words(low, group[0]), Run(" … ", .dim), words(high, group[0]),
        Run(say("   ─ P10..P90  ━ P25..P75  ● P50", "   ─ P10..P90  ━ P25..P75  ● P50"), .dim),
        Run(group.contains { $0.asked.target != nil } ? say("  ┊ target", "  ┊ target") : "", .dim))
      for (one, spread) in zip(group, spreads) where spread.shares.allSatisfy(\.isFinite) {
        var line = [Character](repeating: " ", count: width)
        for at in place(spread.shares[0])...max(place(spread.shares[0]), place(spread.shares[4])) { line[at] = "─" }
        for at in place(spread.shares[1])...max(place(spread.shares[1]), place(spread.shares[3])) { line[at] = "━" }
        if let target = one.asked.target { line[place(target)] = "┊" }
        line[place(spread.shares[2])] = "●"
        page.line(Run("\(one.asked.year ?? 0)  ", .name), Run(String(line), .number), Run("  "), words(spread.shares[2], one))
      }
    }
  }

  /// The years of each series that was asked for; single figures left out.
  static func series(_ told: [Told]) -> [[Told]] {
    var groups: [[Told]] = []
    for one in told where one.asked.kind == "expression" && !one.asked.isTruth && one.asked.year != nil {
      if let last = groups.last?.last, last.asked.words == one.asked.words, (last.asked.year ?? 0) < (one.asked.year ?? 0) {
        groups[groups.count - 1].append(one)
      } else {
        groups.append([one])
      }
    }
    return groups.filter { $0.count > 1 }
  }

  private func words(_ value: Double, _ one: Told) -> Run { figure(value, one.asked.type, one.asked.digits < 0 ? -1 : one.asked.digits + 1) }

  // MARK: For exports and reports

  /// What a simulation found, for exports and reports.
  func study(of told: [Told], _ document: Document, _ statement: String, _ done: UInt64) -> Study {
    let figures = told.filter { !$0.asked.isTruth }.map { (told: $0, after: Spread($0.after), before: $0.before.map { Spread($0) }) }
    let truths = told.filter(\.asked.isTruth).map { one in
      (
        asked: one.asked, chance: one.after.mean, error: Self.error(one.after, of: one.asked.after),
        before: one.before.map { (chance: $0.mean, error: Self.error($0, of: one.asked.before ?? .zero)) }
      )
    }
    let session = alone
    let grown = figures.map { (name: $0.told.asked, grew: $0.told.grew, shrank: $0.told.shrank, after: $0.after, before: $0.before) }
    return Study(
      kind: .simulation, statement: statement, document: document,
      sheet: {
        var sheet = Sheet(
          session.say("Simulasi", "Simulation"),
          [
            session.say("Jenis", "Kind"), session.say("Ukuran", "Figure"), session.say("Tahun", "Year"), session.say("Keadaan", "State"), "P10", "P50",
            "P90", session.say("Rata-rata", "Mean"), session.say("Terkecil", "Least"), session.say("Terbesar", "Greatest"),
            session.say("Peluang", "Chance"), session.say("Galat", "Error"), session.say("Naik", "Rises"), session.say("Turun", "Falls"),
            session.say("Undian", "Draws"),
          ])
        let count = Sheet.Cell.whole(Int(clamping: done))
        func share(_ value: Double) -> Sheet.Cell { value.isFinite ? .number(Number(real: Session.short(value, -1))) : .empty }
        for one in grown {
          for (state, spread) in [(session.say("semula", "before"), one.before), (session.say("menjadi", "after"), one.after)] {
            guard let spread else { continue }
            func cell(_ value: Double) -> Sheet.Cell { Session.cell(value, one.name.type, session.checked.plan) }
            sheet.rows.append(
              [.text(session.say("angka", "figure")), .text(one.name.words), one.name.year.map { .whole($0) } ?? .empty, .text(state)]
                + [spread.shares[0], spread.shares[2], spread.shares[4], spread.mean, spread.least, spread.greatest].map(cell)
                + [.empty, .empty, one.before == nil ? .empty : share(one.grew), one.before == nil ? .empty : share(one.shrank), count])
          }
        }
        let kinds = ["target": "target", "rule": session.say("aturan", "rule")]
        for one in truths {
          let after = (chance: one.chance, error: one.error)
          for (state, told) in [(session.say("semula", "before"), one.before), (session.say("menjadi", "after"), after)] {
            guard let told else { continue }
            sheet.rows.append(
              [
                .text(kinds[one.asked.kind] ?? session.say("syarat", "condition")), .text(one.asked.label),
                one.asked.year.map { .whole($0) } ?? .empty, .text(state),
              ] + [Sheet.Cell](repeating: .empty, count: 6) + [share(told.chance), share(told.error), .empty, .empty, count])
          }
        }
        return sheet
      },
      charts: { session.charts(of: figures.map { ($0.told.asked, $0.after, $0.before) }, truths.map { ($0.asked, $0.chance, $0.before?.chance) }) })
  }

  private func charts(
    of figures: [(asked: Sampling.Asked, after: Spread, before: Spread?)], _ truths: [(asked: Sampling.Asked, chance: Double, before: Double?)]
  ) -> [String] {
    var charts: [String] = []
    func axis(_ one: Sampling.Asked) -> (Double) -> String { { self.figure($0, one.type, one.digits < 0 ? -1 : one.digits + 1).text } }
    var at = 0
    while at < figures.count {
      let one = figures[at].asked
      var end = at + 1
      while one.year != nil, end < figures.count, figures[end].asked.words == one.words, (figures[end].asked.year ?? 0) > (figures[end - 1].asked.year ?? 0) { end += 1 }
      if end - at > 1 {
        let bands = figures[at..<end].map { item in
          SVGSpread.Band(
            year: item.asked.year ?? 0, shares: item.after.shares, before: item.before?.shares[2], target: item.asked.target)
        }
        charts.append(SVGSpread.fan(bands, title: one.words, axis: axis(one)))
      } else {
        let after = figures[at].after
        charts.append(
          SVGSpread.distribution(
            after.bars, low: after.low, high: after.high, shares: [after.shares[0], after.shares[2], after.shares[4]], title: one.label, axis: axis(one)))
      }
      at = end
    }
    if !truths.isEmpty {
      let bars = truths.prefix(30).map { one in
        let shares = [one.before, one.chance].compactMap { $0 }
        return SVGChart.Bar(label: one.asked.label, values: shares.map { $0.isFinite ? $0 : 0 }, words: shares.map { percent($0) })
      }
      charts.append(SVGChart.bars(Array(bars), title: say("Peluang", "Chances"), most: 1))
    }
    return charts.filter { !$0.isEmpty }
  }

  /// What a tornado found, for exports and reports.
  func study(of found: [(asked: Sampling.Asked, base: Double, swings: [Swing])], _ document: Document, _ statement: String) -> Study {
    let session = alone
    return Study(
      kind: .sensitivity, statement: statement, document: document,
      sheet: {
        var sheet = Sheet(
          session.say("Kepekaan", "Sensitivity"),
          [
            session.say("Ukuran", "Figure"), session.say("Tahun", "Year"), session.say("Di tengah", "In the middle"), session.say("Anggapan", "Assumption"),
            "P10", "P90", session.say("Pada P10", "At P10"), session.say("Pada P90", "At P90"), session.say("Batas", "Bound"),
            session.say("Lalu gagal", "Then fails"),
          ])
        let plan = session.checked.plan
        for (asked, base, swings) in found {
          func figure(_ value: Double) -> Sheet.Cell { Session.cell(value, asked.type, plan) }
          for swing in swings {
            func input(_ value: Double) -> Sheet.Cell { Session.cell(value, swing.one.type, plan) }
            let head: [Sheet.Cell] = [
              .text(asked.words), asked.year.map { .whole($0) } ?? .empty, figure(base), .text(swing.label), input(swing.low), input(swing.high),
              figure(swing.atLow), figure(swing.atHigh),
            ]
            if swing.drifts.isEmpty { sheet.rows.append(head + [.empty, .empty]) }
            for drift in swing.drifts { sheet.rows.append(head + [input(drift.value), .text(drift.broken)]) }
          }
        }
        return sheet
      },
      charts: {
        found.map { asked, base, swings in
          func words(_ value: Double, _ type: ValueType) -> String { session.figure(value, type, -1).text }
          let rows = swings.prefix(24).map { swing in
            SVGSpread.Swing(
              label: swing.label, atLow: swing.atLow, atHigh: swing.atHigh,
              words: ("P10 " + words(swing.low, swing.one.type), "P90 " + words(swing.high, swing.one.type)))
          }
          return SVGSpread.tornado(Array(rows), base: base, title: asked.label) { session.figure($0, asked.type, asked.digits < 0 ? -1 : asked.digits + 1).text }
        }.filter { !$0.isEmpty }
      })
  }
}
