extension AnswerJSON {
  /// What was changed in the packs, and the rules that are kept but not in force.
  static func packs(_ speech: Speech, _ json: inout JSONText) {
    json.array("packs") { list in
      for pack in speech.plan.packs {
        list.object { entry in
          entry.string("name", pack.name)
          entry.array("excluded") { names in for name in pack.excluded { names.string(nil, speech.name(name)) } }
          entry.array("overrides") { changes in
            for change in pack.overrides {
              changes.object { one in
                one.string("name", speech.name(change.name))
                one.string("pack", speech.sources.text(change.before))
                one.string("plan", speech.sources.text(change.after))
              }
            }
          }
        }
      }
    }
    let writer = CheckWriter(speech: speech, state: ScenarioState(speech.plan))
    json.array("not_in_force") { list in
      for rule in speech.plan.dormant {
        list.object { entry in
          entry.string("name", speech.name(rule.name))
          entry.string("why", writer.why(rule.reason))
        }
      }
    }
  }
}
