/// Below the table: what mends a broken rule, what could not be judged, and what was changed in the packs.
extension CheckWriter {
  /// The mend and the article of each broken rule that states one.
  func mends(_ verdicts: [Verdict], _ page: inout Document) {
    for verdict in verdicts where verdict.status == .broken {
      guard let id = verdict.rule, case let rule = speech.plan.rules[id.index], rule.hint != .none else { continue }
      let basis = rule.basis.first.map { " (" + speech.words($0) + ")" } ?? ""
      page.line(
        Run("→ ", .dim), Run(speech.name(rule.name), .name), Run(": " + speech.words(rule.hint)), Run(basis, .dim))
    }
  }

  /// Where the plan promises something else than its money buys.
  func promises(_ page: inout Document) {
    let promises = Promise.all(of: speech.plan)
    for promise in promises.prefix(6) {
      let indicator = speech.plan.indicators[promise.row]
      func words(_ number: Number) -> String {
        speech.difference(number, .number(indicator.unit), digits: indicator.digits)
      }
      page.line(
        Run("? ", .warning), Run(speech.handle(indicator.entity), .name),
        Run(
          speech.say(
            " \(promise.year): rencana menjanjikan perbaikan \(words(promise.promised)), uangnya membeli \(words(promise.bought))",
            " \(promise.year): the plan promises an improvement of \(words(promise.promised)), its money buys \(words(promise.bought))")))
    }
    if promises.count > 6 { page.line("  " + speech.say("… \(promises.count - 6) lagi", "… \(promises.count - 6) more"), .dim) }
  }

  /// Where money lies outside what was studied of its effect.
  func extrapolations(_ page: inout Document) {
    Evidence.tell(Grounds(plan: speech.plan, overlay: state.overlay).all(), speech, &page)
  }

  /// One line for all that could not be judged, by the reason.
  func unjudged(_ verdicts: [Verdict], _ page: inout Document) {
    var reasons: [(words: String, rules: [String])] = []
    for verdict in verdicts where verdict.absentCount > 0 && verdict.status != .absent {
      let words = absenceWords(verdict)
      let count = speech.say(
        "\(name(verdict).name) \(verdict.absentCount) dari \(verdict.counts.all)",
        "\(name(verdict).name) \(verdict.absentCount) of \(verdict.counts.all)")
      if let at = reasons.firstIndex(where: { $0.words == words }) {
        reasons[at].rules.append(count)
      } else {
        reasons.append((words, [count]))
      }
    }
    for (words, rules) in reasons {
      let head = speech.say("tidak dapat dinilai", "not judged") + (words.isEmpty ? "" : " (\(words))")
      page.line(Run("· \(head): ", .dim), Run(rules.joined(separator: ", "), .dim))
    }
  }

  /// What the plan changes in its packs, and which rules are kept but do not apply.
  func packs(_ page: inout Document) {
    for pack in speech.plan.packs {
      var changes: [String] = []
      if !pack.excluded.isEmpty {
        changes.append(
          speech.say("tanpa ", "without ") + pack.excluded.map { speech.name($0) }.joined(separator: ", "))
      }
      changes += pack.overrides.compactMap { changed($0) }
      let own = pack.overrides.filter { changed($0) == nil && !isSame($0) }.map { speech.name($0.name) }
      if !own.isEmpty {
        changes.append(speech.say("dinyatakan sendiri: ", "stated by the plan: ") + own.joined(separator: ", "))
      }
      if changes.isEmpty { continue }
      page.line(
        Run("~ ", .warning), Run(speech.say("paket ", "pack ") + pack.name, .name),
        Run(": " + changes.joined(separator: "; ")))
    }
    var reasons: [(why: String, rules: [String])] = []
    for rule in speech.plan.dormant {
      let why = why(rule.reason)
      if let at = reasons.firstIndex(where: { $0.why == why }) {
        reasons[at].rules.append(speech.name(rule.name))
      } else {
        reasons.append((why, [speech.name(rule.name)]))
      }
    }
    if reasons.isEmpty { return }
    let head = speech.say("tidak berlaku di sini: ", "not in force here: ")
    let rules = reasons.map { $0.rules.joined(separator: ", ") + " (\($0.why))" }.joined(separator: "; ")
    page.line(Run("· " + head, .dim), Run(rules, .dim))
  }

  private func text(_ site: Site) -> String { speech.sources.text(site) }

  private func isSame(_ change: PackOverride) -> Bool { text(change.before) == text(change.after) }

  /// A value that was changed, `ambang_pegawai 30% -> 35%`; nil for what is no short value.
  private func changed(_ change: PackOverride) -> String? {
    let (before, after) = (text(change.before), text(change.after))
    let isShort = !before.contains("\n") && before.utf8.count <= 60 && after.utf8.count <= 60
    return isShort && !isSame(change) && after != speech.name(change.name)
      ? "\(speech.name(change.name)) \(before) -> \(after)" : nil
  }

  /// Why a rule does not apply.
  func why(_ reason: DormantRule.Reason) -> String {
    switch reason {
    case .notYet(let day): speech.say("mulai ", "from ") + speech.date(day)
    case .ended(let day): speech.say("sampai ", "until ") + speech.date(day)
    case .otherRegion: speech.say("jenis daerah lain", "another kind of region")
    case .unknownRegion: speech.say("jenis daerah tidak dinyatakan", "kind of region not declared")
    case .otherClass: speech.say("kelas fiskal lain", "another fiscal class")
    case .unknownClass: speech.say("kelas fiskal tidak dinyatakan", "fiscal class not declared")
    case .missing(let what): speech.say("tanpa ", "without ") + what
    }
  }

  /// The verdicts as findings, one an instance.
  func cases(_ verdicts: [Verdict], _ scenario: String) -> [CheckCase] {
    verdicts.flatMap { verdict -> [CheckCase] in
      let (name, title) = name(verdict)
      let place = verdict.rule.flatMap { speech.sources.place(of: speech.plan.rules[$0.index].site.start) }
      let mark = verdict.rule == nil ? "pool" : name
      func made(_ instance: Instance?) -> CheckCase {
        let status = instance?.status ?? verdict.status
        let standing: CheckCase.Standing =
          switch status {
          case .holds: .met
          case .broken: verdict.isMandatory ? .broken : .remark
          case .waived, .absent: .skipped
          }
        let words = instance.map { figures($0) + ($0.slack.isAbsent ? "" : " " + slack($0).text) } ?? ""
        return CheckCase(
          suite: scenario, id: mark, name: instance.map { self.place(title, $0, verdict) } ?? title, standing: standing,
          words: words, file: place?.file ?? "", line: place?.line ?? 0, column: place?.column ?? 0)
      }
      return verdict.instances.isEmpty ? [made(nil)] : verdict.instances.map { made($0) }
    }
  }
}
