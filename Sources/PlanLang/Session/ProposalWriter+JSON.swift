/// What programs read of a proposal, of conflicts and of trade-offs.
extension ProposalWriter {
  func json(
    _ proposal: Proposal, _ statements: [String], _ difference: Difference, after: [Verdict], _ place: AnswerJSON.Place
  ) -> JSONText {
    var json = AnswerJSON.begin(kind, place)
    json.truth("found", true)
    json.array("statements") { list in for statement in statements { list.string(nil, statement) } }
    json.string("moved", Self.moved(proposal.transfers))
    AnswerJSON.instrument(difference.movements.map { Instrument.shown($0, speech.plan) }, speech, &json)
    json.truth("local", proposal.isLocal)
    json.array("figures") { list in
      for (at, figure) in script.figures.enumerated() where proposal.heights.indices.contains(at) {
        list.object { entry in
          entry.string("figure", sources.text(figure.site))
          value("value", figure.isLow ? -proposal.heights[at] : proposal.heights[at], figure, &entry)
        }
      }
    }
    json.array("advisory") { list in
      for wish in script.wishes {
        list.object { entry in
          entry.string("rule", speech.name(speech.plan.rules[wish.rule.index].name))
          entry.real("weight", problem.weights[wish.rule] ?? 1)
          entry.truth("holds", Self.holds(wish.rule, after))
          let short = proposal.missed.filter { if case .rule(wish.rule, _, _, _)? = origin($0.owner) { true } else { false } }.compactMap(\.sen).reduce(0, +)
          entry.string("short", Figure.plainMoney(sen: Int64(min(9e18, short.rounded(.up)))))
        }
      }
    }
    json.truth("stopped", proposal.isCut)
    json.array("weaker") { list in
      for one in proposal.weaker {
        list.object { entry in
          entry.integer("row", one.row)
          entry.string("approval", Instrument.row(one.row).approval[.english])
          entry.real("share", (one.share * 1e6).rounded() / 1e6)
          entry.string("moved", orNull: one.statements.isEmpty ? nil : Self.moved(one.transfers))
          entry.array("statements") { list in for statement in one.statements { list.string(nil, statement) } }
        }
      }
    }
    json.array("prices") { list in
      for one in proposal.prices where origin(one.owner) != nil {
        list.object { entry in
          entry.string("rule", name(one.owner))
          price(one.price, one.reach, &entry)
        }
      }
    }
    json.array("source_prices") { list in
      for one in proposal.poolPrices {
        list.object { entry in
          entry.string("source", speech.source(one.source))
          entry.integer("year", speech.plan.firstYear + one.year)
          price(one.price, one.reach, &entry)
        }
      }
    }
    unmoved(&json)
    return AnswerJSON.end(json)
  }

  private static func moved(_ transfers: [Transfer]) -> String { Figure.plainMoney(sen: transfers.reduce(Int64(0)) { $0 &+ $1.sen }) }

  /// A figure that a solver found: money as a decimal string, else to ten digits, as far as a solve is sure of.
  private func value(_ key: String, _ value: Double, _ figure: MovingScript.Figure, _ entry: inout JSONText) {
    if speech.plan.formulas[figure.formula.index].type == .money {
      entry.string(key, Figure.plainMoney(sen: Int64(min(9e18, max(-9e18, value.rounded())))))
    } else {
      entry.real(key, Self.told(value))
    }
  }

  private static func told(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    var (size, power) = (abs(value), 1.0)
    while size < 1e9, power < 1e18 { (size, power) = (size * 10, power * 10) }
    return (value * power).rounded() / power
  }

  private func price(_ price: Double, _ reach: Double?, _ entry: inout JSONText) {
    entry.real("price", Self.told(price))
    entry.string("reach", orNull: reach.map { Figure.plainMoney(sen: Int64(min(9e18, $0 * MoneyModel.unit))) })
  }

  /// The rules that stay broken because no open money moves them.
  private func unmoved(_ json: inout JSONText) {
    json.array("unmoved") { list in for name in uniqueRules(problem.stuck) { list.string(nil, name) } }
  }

  private var kind: String { script.aim == .repair ? "repair" : script.aim == .optimum ? "optimise" : "trade_off" }

  func json(_ conflicts: [Conflict]?, _ place: AnswerJSON.Place) -> JSONText {
    var json = AnswerJSON.begin(kind, place)
    json.truth("found", false)
    json.truth("needed", conflicts != nil || !problem.stuck.isEmpty)
    unmoved(&json)
    json.string("stronger", orNull: problem.stronger.map { Instrument.row($0).approval[.english] })
    json.array("conflicts") { list in
      for conflict in conflicts ?? [] {
        list.array { members in
          for member in conflict.members {
            members.object { entry in
              entry.string("rule", name(member.owner))
              entry.string("text", sentence(member.owner))
              entry.string("relief", orNull: member.relief.map { Figure.plainMoney(sen: Int64($0.rounded(.up))) })
            }
          }
        }
      }
    }
    return AnswerJSON.end(json)
  }

  func json(_ points: [(first: Double, second: Double)], _ place: AnswerJSON.Place) -> JSONText {
    var json = AnswerJSON.begin(kind, place)
    json.array("points") { list in
      for point in points {
        list.object { entry in
          value("first", script.figures[0].isLow ? -point.first : point.first, script.figures[0], &entry)
          value("second", script.figures[1].isLow ? -point.second : point.second, script.figures[1], &entry)
        }
      }
    }
    return AnswerJSON.end(json)
  }
}
