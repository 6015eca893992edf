/// What makes a repair impossible that is no rule: locks, and the question's own limits.
struct Hindrance: Sendable {
  /// A lock's statement, or a clause of the question; several where only all of them together do.
  var sites: [Site]
  /// Whether they are locks, limits of the question, or some of both.
  var kind: Kind
  enum Kind: String, Sendable { case lock, limit, both }
  /// The money that then moves, where all that is asked then holds.
  var moved: Int64?
  /// Which signature that takes.
  var row = 1
  /// What is then still missing at least, where it is less than before, in sen.
  var left: Double?
}

extension Session {
  /// How many locks are looked at one by one, and for how long all of it may take.
  private static let patience = (locks: 8, seconds: 6.0)

  /// What of locks and limits stands in the way: each lifted alone, and all where none alone is enough.
  func hindrances(_ script: MovingScript, _ state: ScenarioState, _ ending: Ending?, _ options: SolveOptions) -> [Hindrance] {
    guard script.aim != .tradeOff else { return [] }
    var tried: [(sites: [Site], kind: Hindrance.Kind, script: MovingScript, state: ScenarioState)] = []
    let locks = state.locks.indices.filter { state.locks[$0].isLocked }
    var sites: [Site] = []
    for at in locks where !sites.contains(state.locks[at].site) { sites.append(state.locks[at].site) }
    func unlocked(_ sites: [Site]) -> ScenarioState {
      var freed = state
      freed.locks.removeAll { $0.isLocked && sites.contains($0.site) }
      return freed
    }
    if sites.count <= Self.patience.locks { for site in sites { tried.append(([site], .lock, script, unlocked([site]))) } }
    if sites.count > 1 { tried.append((sites, .lock, script, unlocked(sites))) }
    var words: [Word] = []
    for limit in script.limits where !words.contains(limit.word) { words.append(limit.word) }
    for word in words { tried.append((script.limits.filter { $0.word == word }.map(\.site), .limit, script.without([word]), state)) }
    if words.count > 1 { tried.append((script.limits.map(\.site), .limit, script.without(words), state)) }
    if !words.isEmpty, !sites.isEmpty { tried.append((sites + script.limits.map(\.site), .both, script.without(words), unlocked(sites))) }
    var found: [Hindrance] = []
    let before = ending?.nearestRelief
    let begin = ContinuousClock.now
    for one in tried {
      let seconds = Self.patience.seconds - Double(begin.duration(to: .now).components.seconds)
      // What one alone does is not told again of all.
      let isTold = found.contains { $0.moved != nil && $0.sites.allSatisfy(one.sites.contains) }
      guard seconds > 0, !host.isInterrupted, !isTold, let problem = try? reallocation(one.script, one.state) else { continue }
      var quick = options
      quick.seconds = seconds
      guard !problem.cells.cells.isEmpty, refusal(problem, one.script, at: .none) == nil else { continue }
      // What is not moved even so is not mended by it.
      let stuck = problem.stuck.filter { origin in if case .rule(let rule, _, _, _) = origin { checked.plan.rules[rule.index].isMandatory } else { false } }
      var hindrance = Hindrance(sites: one.sites, kind: one.kind)
      let answer = self.ending(of: problem, one.script, [:], quick)
      switch answer {
      case .found(let proposal) where stuck.isEmpty && !proposal.isCut:
        hindrance.moved = proposal.transfers.reduce(0) { $0 &+ $1.sen }
        hindrance.row = proposal.row
      case .conflict:
        guard let before, let after = answer.nearestRelief, after < before - 1e5 else { continue }
        hindrance.left = after
      default: continue
      }
      found.append(hindrance)
    }
    // What only helps is told where nothing does.
    return found.contains { $0.moved != nil } ? found.filter { $0.moved != nil } : Array(found.prefix(3))
  }

  /// Hindrances in words, each with its line.
  func told(_ hindrances: [Hindrance]) -> Document {
    var page = Document()
    for one in hindrances {
      let causes = one.sites.prefix(4).map { site in "`\(self.words(of: site))`" + (line(of: site).map { say(" (baris \($0))", " (line \($0))") } ?? "") }
      let names = causes.joined(separator: ", ") + (one.sites.count > 4 ? ", …" : "")
      let lead =
        switch one.kind {
        case .lock: say("terkunci oleh \(names): bila dibuka, ", "locked by \(names): unlocked, ")
        case .limit: say("dibatasi oleh \(names): tanpa itu, ", "limited by \(names): without it, ")
        case .both: say("terhalang oleh \(names): tanpa semua itu, ", "hindered by \(names): without all of them, ")
        }
      let tail: String
      if let moved = one.moved {
        let row = Instrument.row(one.row).approval[options.language]
        tail = say("semua aturan dapat dipenuhi dengan menggeser \(Figure.money(sen: moved)) (\(row))", "all rules can be met by moving \(Figure.money(sen: moved)) (\(row))")
      } else {
        let left = Figure.shortMoney(sen: Int64(min(9e18, (one.left ?? 0).rounded(.up))), options.language)
        tail = say("yang masih kurang paling sedikit \(left)", "what is still missing is \(left) at least")
      }
      page.line(Run("→ ", .heading), Run(lead), Run(tail, .name))
    }
    return page
  }

  /// Hindrances as JSON.
  func put(_ hindrances: [Hindrance], _ json: inout JSONText) {
    json.array("hindrances") { list in
      for one in hindrances {
        list.object { entry in
          entry.string("kind", one.kind.rawValue)
          entry.array("statements") { list in for site in one.sites { list.string(nil, words(of: site)) } }
          entry.array("lines") { list in for site in one.sites { if let line = line(of: site) { list.integer(nil, line) } } }
          entry.string("moved", orNull: one.moved.map { Figure.plainMoney(sen: $0) })
          entry.string("short", orNull: one.left.map { Figure.plainMoney(sen: Int64(min(9e18, $0.rounded(.up)))) })
        }
      }
    }
  }

  private func words(of site: Site) -> String { sources.text(site).split(separator: "\n").joined(separator: " ") }

  private func line(of site: Site) -> Int? { sources.place(of: site.start)?.line }
}

extension MovingScript {
  /// The question without some of its limits.
  fileprivate func without(_ words: [Word]) -> MovingScript {
    var made = self
    made.limits.removeAll { words.contains($0.word) }
    if words.contains(.with) { made.places = [] }
    if words.contains(.except) { made.closed = [] }
    if words.contains(.inYear) { made.years = nil }
    if words.contains(.ceiling) { made.limit = nil }
    return made
  }
}

extension Ending {
  /// The cheapest way out of a conflict, in sen, where there is one alone.
  fileprivate var nearestRelief: Double? {
    guard case .conflict(let conflicts) = self, conflicts.count == 1 else { return nil }
    return conflicts[0].members.compactMap(\.relief).min()
  }
}
