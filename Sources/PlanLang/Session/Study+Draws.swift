/// Draws as plots, tables and charts.
extension Session {
  // MARK: In the terminal

  /// Where the draws of a series lie in each year: the range of most, of half of them, the middle, and the target; of each
  /// scenario that differs from the first.
  func fans(_ told: [Tallied], _ columns: [Sampling.Column], _ page: inout Document) {
    for group in Self.series(told) {
      for (at, name) in Self.drawn(group, columns) { fan(group, at, name.map { ", " + words($0) } ?? "", &page) }
    }
  }

  /// The states of a series that have a chart: the last, or each scenario where any differs.
  private static func drawn(_ group: [Tallied], _ columns: [Sampling.Column]) -> [(at: Int, name: Sampling.Column?)] {
    guard case .scenario = columns[0], group.contains(where: { $0.contests.contains(where: \.isMoved) }) else { return [(columns.count - 1, nil)] }
    return columns.enumerated().map { (at: $0, name: $1) }
  }

  private func fan(_ group: [Tallied], _ state: Int, _ name: String, _ page: inout Document) {
    let spreads = group.map { Spread($0.tallies[state]) }
    let all = group.flatMap { $0.tallies.map { Spread($0) } }
    let ends = all.flatMap { [$0.shares[0], $0.shares[4]] } + group.compactMap(\.asked.target)
    guard let low = ends.filter(\.isFinite).min(), let high = ends.filter(\.isFinite).max(), high > low else { return }
    let width = 48
    func place(_ value: Double) -> Int { min(width - 1, max(0, Int(((value - low) / (high - low) * Double(width - 1)).rounded()))) }
    page.blank()
    page.line(
      Run(group[0].asked.words, .code), Run(name, .name), Run("  "), words(low, group[0]), Run(" … ", .dim), words(high, group[0]),
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

  /// The years of each series that was asked for; single figures left out.
  static func series(_ told: [Tallied]) -> [[Tallied]] {
    var groups: [[Tallied]] = []
    for one in told where one.asked.kind == "expression" && !one.asked.isTruth && one.asked.year != nil {
      if let last = groups.last?.last, last.asked.words == one.asked.words, (last.asked.year ?? 0) < (one.asked.year ?? 0) {
        groups[groups.count - 1].append(one)
      } else {
        groups.append([one])
      }
    }
    return groups.filter { $0.count > 1 }
  }

  private func words(_ value: Double, _ one: Tallied) -> Run { figure(value, one.asked.type, one.asked.digits < 0 ? -1 : one.asked.digits + 1) }

  // MARK: For exports and reports

  /// What a simulation found, for exports and reports.
  func study(of told: [Tallied], _ columns: [Sampling.Column], _ document: Document, _ statement: String, _ done: UInt64) -> Study {
    let session = alone
    // The tallies themselves are not kept, only what is told of them.
    let found = told.map { one in
      Drawn(
        asked: one.asked, spreads: one.asked.isTruth ? [] : one.tallies.map { Spread($0) },
        chances: one.asked.isTruth ? zip(one.tallies, one.asked.values).map { Tallied.Share(value: $0.mean, error: Self.error($0, of: $1)) } : [],
        contests: one.contests)
    }
    return Study(
      kind: .simulation, statement: statement, document: document, sheet: { session.sheet(of: found, columns, Int(clamping: done)) },
      charts: { session.charts(of: found, columns) })
  }

  /// What is kept of one thing asked.
  private struct Drawn: Sendable {
    var asked: Sampling.Asked
    /// Of a figure, in each state.
    var spreads: [Spread]
    /// Of a condition, in each state.
    var chances: [Tallied.Share]
    var contests: [Tallied.Contest]
  }

  private func sheet(of found: [Drawn], _ columns: [Sampling.Column], _ done: Int) -> Sheet {
    var sheet = Sheet(
      say("Simulasi", "Simulation"),
      [
        say("Jenis", "Kind"), say("Ukuran", "Figure"), say("Tahun", "Year"), say("Keadaan", "State"), "P10", "P50", "P90", say("Rata-rata", "Mean"),
        say("Terkecil", "Least"), say("Terbesar", "Greatest"), say("Peluang", "Chance"), say("Galat", "Error"), say("Naik", "Rises"),
        say("Turun", "Falls"), say("Undian", "Draws"),
      ])
    func share(_ value: Double) -> Sheet.Cell { value.isFinite ? .number(Number(real: Self.short(value, -1))) : .empty }
    func name(_ column: Sampling.Column) -> String { column == .only ? words(.after) : words(column) }
    func row(_ kind: String, _ label: String, _ one: Drawn, _ state: String, _ figures: [Sheet.Cell], _ rest: [Sheet.Cell]) {
      sheet.rows.append([.text(kind), .text(label), one.asked.year.map { .whole($0) } ?? .empty, .text(state)] + figures + rest + [.whole(done)])
    }
    let none = [Sheet.Cell](repeating: .empty, count: 6)
    for one in found where !one.asked.isTruth {
      for (column, spread) in zip(columns, one.spreads) {
        let figures = [spread.shares[0], spread.shares[2], spread.shares[4], spread.mean, spread.least, spread.greatest]
        let moved = columns.contains(.before) ? one.contests.first : nil
        row(
          say("angka", "figure"), one.asked.words, one, name(column), figures.map { Self.cell($0, one.asked.type, checked.plan) },
          [.empty, .empty, moved.map { share($0.grew.value) } ?? .empty, moved.map { share($0.shrank.value) } ?? .empty])
      }
    }
    let kinds = ["target": "target", "rule": say("aturan", "rule")]
    for one in found where one.asked.isTruth {
      for (column, chance) in zip(columns, one.chances) {
        row(kinds[one.asked.kind] ?? say("syarat", "condition"), one.asked.label, one, name(column), none, [share(chance.value), share(chance.error), .empty, .empty])
      }
    }
    // Of each two states in which share of the draws the one does better than the other.
    for one in found {
      for contest in one.contests where contest.isMoved {
        let kind = contest.betterment == nil ? say("lebih tinggi", "above") : say("unggul", "better")
        for (winner, loser, chance) in contest.wins {
          row(
            kind, one.asked.words, one, name(columns[winner]) + say(" atas ", " over ") + name(columns[loser]), none,
            [share(chance.value), share(chance.error), .empty, .empty])
        }
      }
    }
    return sheet
  }

  private func charts(of found: [Drawn], _ columns: [Sampling.Column]) -> [String] {
    var charts: [String] = []
    func axis(_ one: Sampling.Asked) -> (Double) -> String { { self.figure($0, one.type, one.digits < 0 ? -1 : one.digits + 1).text } }
    let figures = found.filter { !$0.asked.isTruth }
    var at = 0
    while at < figures.count {
      let one = figures[at].asked
      var end = at + 1
      while one.year != nil, end < figures.count, figures[end].asked.words == one.words, (figures[end].asked.year ?? 0) > (figures[end - 1].asked.year ?? 0) { end += 1 }
      var states = [(at: columns.count - 1, name: "")]
      if case .scenario = columns[0], figures[at..<end].contains(where: { $0.contests.contains(where: \.isMoved) }) {
        states = columns.enumerated().map { (at: $0, name: ", " + words($1)) }
      }
      for (state, name) in states {
        if end - at > 1 {
          func bands(_ state: Int) -> [SVGSpread.Band] {
            figures[at..<end].map { item in
              SVGSpread.Band(
                year: item.asked.year ?? 0, shares: item.spreads[state].shares, before: columns.contains(.before) ? item.spreads[0].shares[2] : nil,
                target: item.asked.target)
            }
          }
          let beside = states.flatMap { bands($0.at) }
          charts.append(SVGSpread.fan(bands(state), beside: beside, title: one.words + name, axis: axis(one)))
        } else {
          let spread = figures[at].spreads[state]
          let beside = states.map { figures[at].spreads[$0.at] }
          let ends = (low: beside.map(\.low).min() ?? spread.low, high: beside.map(\.high).max() ?? spread.high)
          charts.append(
            SVGSpread.distribution(
              spread.bars, low: spread.low, high: spread.high, ends: ends, shares: [spread.shares[0], spread.shares[2], spread.shares[4]], title: one.label + name,
              axis: axis(one)))
        }
      }
      at = end
    }
    let truths = found.filter(\.asked.isTruth)
    if !truths.isEmpty {
      let bars = truths.prefix(30).map { one in
        let shares = one.chances.map(\.value)
        let words = zip(columns, shares).map { column, share in
          if case .scenario = column { return "\(self.words(column)) \(percent(share))" }
          return percent(share)
        }
        return SVGChart.Bar(label: one.asked.label, values: shares.map { $0.isFinite ? $0 : 0 }, words: words)
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
