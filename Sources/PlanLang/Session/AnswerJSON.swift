/// Answers as JSON Lines: English keys whatever the language; documented in docs/.
enum AnswerJSON {
  /// The statement an answer is to.
  struct Place {
    var statement: String
    var line: Int
  }

  /// An object begun: its statement, line and kind; closed by `end`.
  static func begin(_ kind: String, _ place: Place) -> JSONText {
    var json = JSONText()
    json.open()
    json.string("statement", place.statement)
    json.integer("line", place.line)
    json.string("kind", kind)
    return json
  }

  /// Closes an object begun.
  static func end(_ json: JSONText) -> JSONText {
    var json = json
    json.close()
    return json
  }

  /// What was done about a row.
  static func words(_ kind: Finding.Kind) -> Bilingual {
    switch kind {
    case .repaired: Bilingual("diperbaiki", "repaired")
    case .rejected: Bilingual("ditolak", "rejected")
    case .suspicious: Bilingual("mencurigakan", "suspicious")
    }
  }

  static func finding(_ finding: Finding, _ language: Language) -> JSONText {
    var json = begin("finding", Place(statement: "", line: 0))
    json.string("file", finding.file)
    json.integer("row", finding.row)
    json.string("finding", words(finding.kind).en)
    json.string("what", finding.what[language])
    return end(json)
  }

  static func diagnostic(_ diagnostic: Diagnostic, _ sources: SourceMap, _ language: Language) -> JSONText {
    let place = sources.place(of: diagnostic.site.start)
    let statement = place.map { String(decoding: $0.text.prefix(400), as: UTF8.self) } ?? ""
    var json = begin("diagnostic", Place(statement: statement, line: place?.line ?? 0))
    json.string("code", diagnostic.code)
    json.string(
      "severity", diagnostic.severity == .error ? "error" : diagnostic.severity == .warning ? "warning" : "note")
    json.string("message", diagnostic.message[language])
    json.array("sites") { list in
      for label in diagnostic.labels {
        guard let at = sources.place(of: label.site.start) else { continue }
        list.object { site in
          site.string("file", at.file)
          site.integer("line", at.line)
          site.integer("column", at.column)
          site.string("text", String(sources.text(label.site).prefix(200)))
          site.string("label", orNull: label.text?[language])
        }
      }
    }
    json.string("fix", orNull: diagnostic.help?[language])
    return end(json)
  }

  // MARK: Rules

  static func status(_ status: RuleStatus) -> String {
    switch status {
    case .holds: "met"
    case .waived: "waived"
    case .broken: "broken"
    case .absent: "not_judged"
    }
  }

  static func verdict(_ verdict: Verdict, _ speech: Speech, _ json: inout JSONText) {
    let writer = CheckWriter(speech: speech, state: ScenarioState(speech.plan))
    let values = ValueWriter(speech: speech)
    let (name, title) = writer.name(verdict)
    json.object { rule in
      rule.string("name", verdict.rule == nil ? "pool" : name)
      rule.string("title", title)
      rule.truth("mandatory", verdict.isMandatory)
      rule.string("verdict", status(verdict.status))
      rule.array("basis") { list in
        if let id = verdict.rule {
          for site in speech.plan.rules[id.index].basis { list.string(nil, speech.words(site)) }
        }
      }
      if !verdict.waivers.isEmpty { waivers(verdict, speech, &rule) }
      rule.array("instances") { list in
        for instance in verdict.instances {
          list.object { entry in
            if instance.member == Entities.none {
              entry.null("member")
            } else {
              entry.string(
                "member",
                verdict.rule == nil ? speech.source(SourceID(raw: instance.member.raw)) : speech.handle(instance.member)
              )
            }
            if instance.year > 0 { entry.integer("year", instance.year) } else { entry.null("year") }
            entry.string("verdict", status(instance.status))
            values.put(instance.left, instance.type, "left", &entry)
            if instance.right == instance.upper {
              values.put(instance.right, instance.type, "right", &entry)
            } else {
              entry.object("right") { range in
                values.put(instance.right, instance.type, "low", &range)
                values.put(instance.upper, instance.type, "high", &range)
              }
            }
            values.put(instance.slack, instance.type, "slack", &entry)
          }
        }
      }
    }
  }

  private static func waivers(_ verdict: Verdict, _ speech: Speech, _ rule: inout JSONText) {
    rule.array("waivers") { list in
      for standing in verdict.waivers {
        let waiver = standing.waiver
        list.object { entry in
          entry.string("for", orNull: waiver.entity == Entities.none ? nil : speech.handle(waiver.entity))
          entry.string("because", speech.words(waiver.reason))
          entry.string("by", speech.words(waiver.authority))
          entry.string("until", speech.date(waiver.until))
          entry.truth("expired", standing.isExpired)
          entry.truth("needed", standing.isNeeded)
        }
      }
    }
  }

  static func check(_ verdicts: [Verdict], _ speech: Speech, _ state: ScenarioState, _ place: Place, scenario: String) -> JSONText {
    var json = begin("check", place)
    json.string("scenario", scenario)
    json.array("rules") { list in for one in verdicts { verdict(one, speech, &list) } }
    promises(speech, &json)
    extrapolated(Grounds(plan: speech.plan, overlay: state.overlay).all(), speech, &json)
    if !speech.plan.packs.isEmpty { packs(speech, &json) }
    return end(json)
  }

  // MARK: Changes

  static func cell(_ place: ExtraCell, _ speech: Speech, _ json: inout JSONText) {
    let ledgers = ["spending", "revenue", "inflow", "outflow"]
    json.string("book", ledgers[Int(place.ledger.rawValue)])
    json.string("document", speech.document(place.document))
    json.integer("year", speech.plan.firstYear + place.year)
    json.string("entity", orNull: place.leaf == Entities.none ? nil : speech.handle(place.leaf))
    json.string("title", orNull: place.leaf == Entities.none ? nil : speech.title(place.leaf))
    json.string("account", orNull: place.account.raw == 0 ? nil : speech.account(place.account))
    json.string("source", orNull: place.source.raw == 0 ? nil : speech.source(place.source))
  }

  static func instrument(_ rows: [Int], _ speech: Speech, _ json: inout JSONText) {
    let strongest = Instrument.strongest(rows)
    if strongest == 0 { return json.null("instrument") }
    let row = Instrument.row(strongest)
    json.object("instrument") { entry in
      entry.integer("row", strongest)
      entry.string("difference", row.difference[speech.language])
      entry.string("instrument", row.instrument[speech.language])
      entry.string("approval", row.approval[speech.language])
      entry.string("article", row.article[speech.language])
    }
  }

  static func change(
    _ difference: Difference, _ speech: Speech, _ place: Place, scenario: String, _ state: ScenarioState
  ) -> JSONText {
    var json = begin("change", place)
    json.string("scenario", scenario)
    json.array("cells") { list in
      for one in difference.cells {
        list.object { entry in
          cell(one.place, speech, &entry)
          entry.string("before", Figure.plainMoney(sen: one.before))
          entry.string("after", Figure.plainMoney(sen: one.after))
        }
      }
    }
    json.array("pool") { list in
      for entry in difference.pool {
        list.object { pool in
          pool.integer("year", entry.year)
          pool.string("before", Figure.plainMoney(sen: entry.before))
          pool.string("after", Figure.plainMoney(sen: entry.after))
        }
      }
    }
    instrument(difference.movements.map { Instrument.shown($0, speech.plan) }, speech, &json)
    for (key, changes) in [
      ("newly_broken", difference.newlyBroken), ("newly_met", difference.newlyMet), ("tighter", difference.tighter),
    ] {
      json.array(key) { list in for change in changes { verdict(change.after, speech, &list) } }
    }
    json.integer("unchanged", difference.unchanged)
    let values = ValueWriter(speech: speech)
    let grounds = Grounds(plan: speech.plan, overlay: state.overlay)
    json.array("indicators") { list in
      for moved in difference.indicators {
        let indicator = speech.plan.indicators[moved.row]
        let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
        list.object { entry in
          entry.string("name", speech.handle(indicator.entity))
          entry.integer("year", moved.year)
          values.put(moved.before, type, "before", &entry)
          values.put(moved.after, type, "after", &entry)
          values.put(moved.target.isRange ? .range(moved.target.low, moved.target.high, type) : .figure(moved.target.low, type), "target", &entry)
          entry.integer("first_year", difference.indicators.first { $0.row == moved.row }?.year ?? moved.year)
          if let (before, after) = moved.classes(indicator) {
            entry.string("class_before", before[speech.language])
            entry.string("class_after", after[speech.language])
          }
          entry.string("grade", orNull: grounds.grade(moved.row).map { Grounds.letter($0) })
          entry.truth("extrapolated", !grounds.beyond(moved.row, moved.year - speech.plan.firstYear).isEmpty)
        }
      }
    }
    return end(json)
  }
}
