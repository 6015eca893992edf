/// What the tallies say of one thing asked, in each state.
struct Tallied {
  var asked: Sampling.Asked
  var tallies: [Tally]
  var contests: [Contest] = []
  /// Of the last state.
  var after: Tally { tallies[tallies.count - 1] }

  /// A share of the draws with its error.
  struct Share: Sendable {
    var value: Double
    var error: Double
  }

  /// Two states compared draw by draw.
  struct Contest: Sendable {
    var first: Int
    var second: Int
    /// In which shares of the draws the second is greater, and less, than the first.
    var grew: Share
    var shrank: Share
    /// In which the second, and the first, does better; nothing where it is not known which way is better.
    var betterment: (second: Share, first: Share)?
    /// Whether any draw tells them apart.
    var isMoved: Bool { grew.value > 0 || shrank.value > 0 }
    /// In which shares the second, and the first, does better, or is greater where nobody knows which way is better.
    var shares: (second: Share, first: Share) { betterment ?? (grew, shrank) }
    /// Each of the two over the other.
    var wins: [(winner: Int, loser: Int, share: Share)] { [(second, first, shares.second), (first, second, shares.first)] }
  }

  /// What was asked, each with its tallies in the order in which `Sampling.simulation` lays them out.
  static func all(_ sampling: Sampling, _ tallies: [Tally]) -> [Tallied] {
    var at = 0
    func next() -> Tally {
      at += 1
      return tallies[at - 1]
    }
    func share(_ contest: (first: Int, second: Int), _ by: [Number]) -> Share {
      let tally = next()
      let figure = by[contest.first].isDrawn ? by[contest.first] : by[contest.second]
      return Share(value: tally.mean, error: Session.error(tally, of: figure))
    }
    return sampling.asked.map { one in
      var made = Tallied(asked: one, tallies: one.values.map { _ in next() })
      for pair in one.contests {
        let (grew, shrank) = (share(pair, one.measured), share(pair, one.measured))
        var contest = Contest(first: pair.first, second: pair.second, grew: grew, shrank: shrank)
        switch one.direction {
        case .up: contest.betterment = (grew, shrank)
        case .down: contest.betterment = (shrank, grew)
        case .within:
          if one.distances.isEmpty { break }
          let (farther, nearer) = (share(pair, one.distances), share(pair, one.distances))
          contest.betterment = (nearer, farther)
        case nil: break
        }
        made.contests.append(contest)
      }
      return made
    }
  }
}

/// Which of two states does better, in words and in JSON.
extension Session {
  /// What a state is called.
  func words(_ column: Sampling.Column) -> String {
    switch column {
    case .only: ""
    case .before: say("semula", "before")
    case .after: say("menjadi", "after")
    case .scenario(let name): scenarios.index(of: name).map { speech.scenario(scenarios.branches[$0]) } ?? names.text(name)
    }
  }

  /// A sentence of each two states that a draw tells apart; years that come to the same are told together.
  func tellContests(_ told: [Tallied], _ columns: [Sampling.Column], _ page: inout Document) {
    var lines: [(words: String, years: ClosedRange<Int>?, label: String, rest: [Run])] = []
    for one in told {
      for contest in one.contests where contest.isMoved {
        let rest = sentence(contest, columns)
        if let year = one.asked.year,
          let at = lines.lastIndex(where: { $0.words == one.asked.words && $0.years?.upperBound == year - 1 && $0.rest == rest }), let years = lines[at].years
        {
          lines[at].years = years.lowerBound...year
          lines[at].label = "\(one.asked.words) \(years.lowerBound)..\(year)"
        } else {
          let label = one.asked.year.map { "\(one.asked.words) \($0)" } ?? one.asked.label
          lines.append((one.asked.words, one.asked.year.map { $0...$0 }, label, rest))
        }
      }
    }
    for line in lines { page.line(Line(line.rest.map { $0.text == Self.place ? Run(line.label, .code) : $0 })) }
  }

  /// Where the name of what is compared goes in a sentence.
  private static let place = "\u{0}"

  private func sentence(_ contest: Tallied.Contest, _ columns: [Sampling.Column]) -> [Run] {
    let label = Run(Self.place)
    let (second, first) = contest.shares
    guard case .scenario = columns[contest.first] else {
      let (up, down) =
        contest.betterment == nil
        ? (say(" naik pada ", " rises in "), say(", turun pada ", ", falls in "))
        : (say(" lebih baik pada ", " is better in "), say(", lebih buruk pada ", ", worse in "))
      return [label, Run(up)] + share(second) + [Run(down), Run(percent(first.value), .number)]
    }
    let isSecond = second.value >= first.value
    let (winner, loser) = isSecond ? (contest.second, contest.first) : (contest.first, contest.second)
    let (won, lost) = isSecond ? (second, first) : (first, second)
    let (beats, on, other) =
      contest.betterment == nil
      ? (say(" lebih tinggi daripada ", " is above "), say(" pada ", " on "), say(", lebih rendah dalam ", ", below in "))
      : (say(" mengungguli ", " beats "), say(" pada ", " on "), say(", kalah dalam ", ", loses in "))
    return [Run(words(columns[winner]), .name), Run(beats), Run(words(columns[loser]), .name), Run(on), label, Run(say(" dalam ", " in "))] + share(won)
      + [Run(other), Run(percent(lost.value), .number)]
  }

  /// `87,0% undian (± 0,7)`.
  private func share(_ one: Tallied.Share) -> [Run] {
    [Run(percent(one.value), .number), Run(say(" undian", " of the draws"))] + (one.error > 0 ? [Run(" (\(words(error: one.error)))", .dim)] : [])
  }

  // MARK: JSON

  static func json(
    _ script: SimulationScript, _ told: [Tallied], _ columns: [Sampling.Column], _ done: UInt64, _ worst: String?, _ place: AnswerJSON.Place, _ speech: Speech
  ) -> JSONText {
    var json = AnswerJSON.begin("simulation", place)
    json.string("grade", orNull: worst)
    json.integer("draws", Int(done))
    json.truth("stopped", done < script.draws)
    json.integer("seed", Int(truncatingIfNeeded: script.seed))
    json.truth("stratified", script.isStratified)
    if !script.scenarios.isEmpty { json.array("scenarios") { list in for name in script.scenarios { list.string(nil, speech.names.text(name)) } } }
    json.array("figures") { list in
      for one in told where !one.asked.isTruth { list.object { put(figure: one, columns, speech, &$0) } }
    }
    json.array("chances") { list in
      for one in told where one.asked.isTruth { list.object { put(chance: one, columns, speech, &$0) } }
    }
    return AnswerJSON.end(json)
  }

  private static func put(figure one: Tallied, _ columns: [Sampling.Column], _ speech: Speech, _ entry: inout JSONText) {
    entry.string("label", one.asked.label)
    if let year = one.asked.year { entry.integer("year", year) }
    let writer = ValueWriter(speech: speech)
    entry.string("unit", orNull: writer.unit(one.asked.type))
    func figures(_ tally: Tally, _ entry: inout JSONText) {
      for (name, share) in [("p10", 0.1), ("p50", 0.5), ("p90", 0.9)] { writer.put(drawn: tally.quantile(share), one.asked.type, name, &entry) }
      writer.put(drawn: tally.mean, one.asked.type, "mean", &entry)
      if tally.absent > 0 { entry.integer("absent", Int(tally.absent)) }
    }
    if case .scenario = columns[0] {
      entry.array("scenarios") { list in
        for (column, tally) in zip(columns, one.tallies) {
          list.object { part in
            part.string("scenario", name(column, speech))
            figures(tally, &part)
          }
        }
      }
    } else {
      figures(one.after, &entry)
      if columns.count > 1 { entry.object("before") { figures(one.tallies[0], &$0) } }
    }
    put(contests: one, columns, speech, &entry)
  }

  private static func put(chance one: Tallied, _ columns: [Sampling.Column], _ speech: Speech, _ entry: inout JSONText) {
    entry.string("kind", one.asked.kind)
    entry.string("label", one.asked.label)
    if let year = one.asked.year { entry.integer("year", year) }
    if case .scenario = columns[0] {
      entry.array("scenarios") { list in
        for (at, column) in columns.enumerated() {
          list.object { part in
            part.string("scenario", name(column, speech))
            part.real("chance", one.tallies[at].mean)
            part.real("error", error(one.tallies[at], of: one.asked.values[at]))
          }
        }
      }
    } else {
      entry.real("chance", one.after.mean)
      entry.real("error", error(one.after, of: one.asked.after))
      if columns.count > 1 { entry.real("before", one.tallies[0].mean) }
    }
    put(contests: one, columns, speech, &entry)
  }

  private static func put(contests one: Tallied, _ columns: [Sampling.Column], _ speech: Speech, _ entry: inout JSONText) {
    guard let first = one.contests.first else { return }
    if case .scenario = columns[0] {
      // Each scenario over each other; above it, where nobody knows which is better.
      entry.array(first.betterment == nil ? "above" : "beats") { list in
        for contest in one.contests {
          for (winner, loser, share) in contest.wins {
            list.object { part in
              part.string("scenario", name(columns[winner], speech))
              part.string("over", name(columns[loser], speech))
              part.real("share", share.value)
              part.real("error", share.error)
            }
          }
        }
      }
      return
    }
    if !one.asked.isTruth {
      entry.real("grew", first.grew.value)
      entry.real("shrank", first.shrank.value)
    }
    if let (better, worse) = first.betterment {
      entry.real("better", better.value)
      entry.real("worse", worse.value)
      entry.real("better_error", better.error)
    }
  }

  /// A scenario's name as JSON tells it, in whatever language.
  static func name(_ column: Sampling.Column, _ speech: Speech) -> String { if case .scenario(let name) = column { speech.name(name) } else { "" } }
}
