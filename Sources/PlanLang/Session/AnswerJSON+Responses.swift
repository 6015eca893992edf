/// What answers say in JSON of money that moves indicators.
extension AnswerJSON {
  /// Where the plan promises something else than its money buys; nothing where it does not.
  static func promises(_ speech: Speech, _ json: inout JSONText) {
    let promises = Promise.all(of: speech.plan)
    if promises.isEmpty { return }
    let values = ValueWriter(speech: speech)
    json.array("promises") { list in
      for one in promises {
        let indicator = speech.plan.indicators[one.row]
        list.object { entry in
          entry.string("indicator", speech.handle(indicator.entity))
          entry.integer("year", one.year)
          values.put(one.promised, .number(indicator.unit), "promised", &entry)
          values.put(one.bought, .number(indicator.unit), "bought", &entry)
        }
      }
    }
  }

  /// Where money lies outside what was studied; nothing where it does not.
  static func extrapolated(_ beyond: [Grounds.Beyond], _ speech: Speech, _ json: inout JSONText) {
    if beyond.isEmpty { return }
    let values = ValueWriter(speech: speech)
    json.array("extrapolated") { list in
      for one in beyond {
        let response = speech.plan.responses[one.response]
        list.object { entry in
          entry.string("driver", speech.handle(response.entity))
          entry.string("indicator", speech.handle(response.indicator))
          entry.integer("year", speech.plan.firstYear + one.year)
          for (key, sen) in [("money", one.money), ("low", one.low), ("high", one.high)] { values.put(Number(real: sen), .money, key, &entry) }
        }
      }
    }
  }
}
