/// The verdicts of a scenario as a page: broken rules first, each with its worst figures.
struct CheckWriter {
  let speech: Speech
  let state: ScenarioState

  /// The name and title of a verdict's rule.
  func name(_ verdict: Verdict) -> (name: String, title: String) {
    guard let rule = verdict.rule else {
      return (speech.say("kolam", "pool"), speech.say("Belanja tidak melampaui penerimaan", "Spending does not pass receipts"))
    }
    let row = speech.plan.rules[rule.index]
    return (speech.name(row.name), row.title == .none ? "" : speech.words(row.title))
  }

  /// The mark of a standing; a broken advisory rule is only a remark.
  static func mark(_ status: RuleStatus, isMandatory: Bool = true) -> Run {
    switch status {
    case .holds: Run("✓", .good)
    case .waived: Run("~", .warning)
    case .broken: isMandatory ? Run("✗", .bad) : Run("!", .warning)
    case .absent: Run("·", .dim)
    }
  }

  /// Who and when an instance is about.
  func subject(_ instance: Instance, _ verdict: Verdict) -> String {
    let year = instance.year > 0 ? String(instance.year) : ""
    if instance.member == Entities.none { return year }
    let member = verdict.rule == nil ? speech.source(SourceID(raw: instance.member.raw)) : speech.path(instance.member)
    return year.isEmpty ? member : "\(member), \(year)"
  }

  /// `2,91 dari 3,00`, with the relation's word.
  func figures(_ instance: Instance) -> String {
    if instance.status == .absent {
      return speech.absence(instance.left.isAbsent ? instance.left : instance.right.isAbsent ? instance.right : .undefined)
    }
    if instance.type == .truth { return "" }
    if instance.type == .money, instance.right == instance.upper {
      return "\(speech.short(instance.left, beside: instance.right)) \(Self.sign(instance.relation)) \(speech.short(instance.right, beside: instance.left))"
    }
    func words(_ number: Number) -> String {
      if instance.type == .money { return speech.short(number, beside: number == instance.left ? instance.right : instance.left) }
      return speech.figure(number, instance.type, digits: instance.digits)
    }
    let right = instance.right == instance.upper ? words(instance.right) : speech.range(words(instance.right), words(instance.upper))
    return "\(words(instance.left)) \(Self.sign(instance.relation)) \(right)"
  }

  static func sign(_ relation: Relation) -> String {
    switch relation {
    case .equal: "="
    case .unequal: "<>"
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    case .within: "∈"
    }
  }

  /// `kurang Rp2 M` or `lebih 0,1`.
  func slack(_ instance: Instance) -> Run {
    guard instance.status != .absent, !instance.slack.isAbsent, let order = Number.order(instance.slack, .zero) else { return Run("") }
    let isHidden = instance.digits >= 0 && words(order < 0 ? -instance.slack : instance.slack, instance) == words(.zero, instance)
    // What holds by its last counted digit holds exactly.
    let isRounded = order < 0 && instance.status == .holds
    if order == 0 || isHidden || isRounded { return Run(instance.status == .broken ? "" : speech.say("pas", "exact"), .dim) }
    let size = order < 0 ? -instance.slack : instance.slack
    if instance.relation == .equal, order < 0 { return Run(speech.say("selisih ", "off by ") + words(size, instance), .bad) }
    var isCeiling = instance.relation == .less || instance.relation == .lessEqual
    // Of a range what lies above it is too much.
    if instance.relation == .within, order < 0, let above = Number.order(instance.left, instance.upper), above > 0 { isCeiling = true }
    return order < 0
      ? Run((isCeiling ? speech.say("lewat ", "over by ") : speech.say("kurang ", "short by ")) + words(size, instance), .bad)
      : Run((isCeiling ? speech.say("sisa ", "room ") : speech.say("lebih ", "spare ")) + words(size, instance), .good)
  }

  private func words(_ size: Number, _ instance: Instance) -> String {
    if instance.type == .money, let sen = size.roundedHalfEven { return Figure.shortMoney(sen: sen, speech.language) }
    return speech.difference(size, instance.type, digits: instance.digits)
  }

  /// A rule's title, and where its instance stands.
  func place(_ title: String, _ instance: Instance, _ verdict: Verdict) -> String {
    let subject = subject(instance, verdict)
    return subject.isEmpty ? title : title.isEmpty ? subject : title + ": " + subject
  }

  /// The page.
  func document(_ verdicts: [Verdict], scenario: String) -> Document {
    var page = Document()
    func count(_ status: RuleStatus) -> Int { verdicts.filter { $0.status == status }.count }
    let (broken, waived, absent) = (count(.broken), count(.waived), count(.absent))
    let mandatory = verdicts.filter(\.fails).count
    page.line(
      Run(speech.say("cek \(scenario): ", "check \(scenario): "), .heading),
      Run(
        speech.say(
          "\(verdicts.count) aturan, \(count(.holds)) dipenuhi, \(mandatory) wajib dilanggar (✗), \(broken - mandatory) anjuran dilanggar (!)"
            + (waived > 0 ? ", \(waived) dikecualikan (~)" : "") + (absent > 0 ? ", \(absent) tidak dapat dinilai (·)" : ""),
          "\(English.count(verdicts.count, "rule")), \(count(.holds)) met, \(mandatory) mandatory broken (✗), \(broken - mandatory) advisory broken (!)"
            + (waived > 0 ? ", \(waived) waived (~)" : "") + (absent > 0 ? ", \(absent) not judged (·)" : "")),
        broken > 0 ? .bad : .good))
    // What is broken first; of each the mandatory ones first, in the order of the plan.
    var groups = [[Int]](repeating: [], count: 8)
    for (at, verdict) in verdicts.enumerated() {
      let rank = switch verdict.status {
      case .broken: 0
      case .waived: 1
      case .holds: 2
      case .absent: 3
      }
      groups[2 * rank + (verdict.isMandatory ? 0 : 1)].append(at)
    }
    let listed = groups.flatMap { $0 }
    let half = listed.count / 2
    let rows = Beside.both(
      isWorthIt: listed.count > 1 << 9, { listed[..<half].flatMap { self.rows(verdicts[$0]) } },
      { listed[half...].flatMap { self.rows(verdicts[$0]) } })
    page.table(
      Table(
        columns: [
          Table.Column(""), Table.Column(speech.say("aturan", "rule")), Table.Column(speech.say("judul: di mana", "title: where"), flexible: true),
          Table.Column(speech.say("angka", "figures")), Table.Column(""),
        ], rows: rows.0 + rows.1))
    notes(verdicts, &page)
    page.blank()
    return page
  }

  /// A rule's rows: the worst instance beside its name, other broken ones below it.
  private func rows(_ verdict: Verdict) -> [[Run]] {
    let (name, title) = name(verdict)
    let mark = Self.mark(verdict.status, isMandatory: verdict.isMandatory)
    guard let worst = verdict.instances.first else {
      return [[mark, Run(name, .name), Run(title), Run(""), Run("")]]
    }
    var rows = [[mark, Run(name, .name), Run(place(title, worst, verdict)), Run(figures(worst), .number), slack(worst)]]
    let failing = verdict.instances.dropFirst().prefix(4).filter { $0.status == .broken || $0.status == .waived }
    for instance in failing {
      rows.append([Self.mark(instance.status, isMandatory: verdict.isMandatory), Run(""), Run(subject(instance, verdict)), Run(figures(instance), .number), slack(instance)])
    }
    let more = verdict.counts.broken + verdict.counts.waived - 1 - failing.count
    if more > 0 {
      rows.append([Run(""), Run(""), Run(speech.say("… \(more) lagi", "… \(more) more"), .dim), Run(""), Run("")])
    }
    return rows
  }

  /// Waivers and how they stand, mends, promises, and what could not be judged.
  func notes(_ verdicts: [Verdict], _ page: inout Document) {
    for verdict in verdicts {
      for standing in verdict.waivers {
        let isHarmless = !standing.isNeeded
        let mark = isHarmless ? "· " : standing.isExpired ? "✗ " : "~ "
        page.line(
          Run(mark, isHarmless ? .dim : standing.isExpired ? .bad : .warning), Run(name(verdict).name, .name),
          Run(words(standing), isHarmless ? .dim : .plain))
      }
    }
    mends(verdicts, &page)
    promises(&page)
    extrapolations(&page)
    unjudged(verdicts, &page)
    packs(&page)
  }

  /// ` untuk X: dikecualikan sampai ... oleh ..., karena ...`
  func words(_ standing: WaiverStanding) -> String {
    let waiver = standing.waiver
    let who = waiver.entity == Entities.none ? "" : speech.say(" untuk ", " for ") + speech.title(waiver.entity)
    var standsAs = standing.isExpired ? Bilingual("pengecualian kedaluwarsa, berlaku", "waiver expired, it ran") : Bilingual("dikecualikan", "waived")
    if !standing.isExpired, !standing.isNeeded { standsAs = Bilingual("pengecualian yang belum diperlukan, berlaku", "waiver not needed so far, it runs") }
    let (until, authority, reason) = (speech.date(waiver.until), speech.words(waiver.authority), speech.words(waiver.reason))
    return speech.say(
      "\(who): \(standsAs.id) sampai \(until) oleh \(authority), karena \(reason)",
      "\(who): \(standsAs.en) until \(until) by \(authority), because \(reason)")
  }

  func absenceWords(_ verdict: Verdict) -> String {
    verdict.lastAbsent.map { figures($0) } ?? ""
  }
}
