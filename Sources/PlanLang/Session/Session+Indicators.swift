/// `rekonsiliasi indikator`: indicators of one title that stand in several places, laid beside one another.
extension Session {
  /// An indicator in one place.
  private struct Standing {
    var row: Int
    /// Where it hangs: the goal, department or programme above it.
    var place: String
    /// Its unit, baseline and yearly targets in words.
    var cells: [String]
  }

  /// A title with all its places; which cells are not the same everywhere.
  private struct Namesakes {
    var title: String
    var standings: [Standing]
    var differs: [Bool]
    var isSame: Bool { !differs.contains(true) }
  }

  func reconcileIndicators(_ owner: EntityID, at site: Site) -> Answer {
    let plan = checked.plan
    let groups = namesakes(below: owner)
    let different = groups.filter { !$0.isSame }
    var answer = Answer()
    answer.document.line(
      Run(say("rekonsiliasi indikator", "reconcile indicators"), .heading),
      Run(
        say(
          ": \(plan.indicators.count) indikator, \(groups.count) berjudul sama di beberapa tempat, \(different.count) di antaranya berbeda",
          ": \(English.count(plan.indicators.count, "indicator")), \(English.count(groups.count, "title stands", "titles stand")) in several places, \(English.count(different.count, "of them differs", "of them differ"))")))
    let heads = [say("satuan", "unit"), say("awal", "baseline")] + (0..<plan.yearCount).map { String(plan.firstYear + $0) }
    for group in different.prefix(40) {
      answer.document.line(group.title, .name)
      var columns = [Table.Column("  " + say("tempat", "place"), flexible: true)]
      for (at, head) in heads.enumerated() { columns.append(Table.Column(head, at == 0 ? .left : .right)) }
      let rows = group.standings.map { standing in
        [Run("  " + standing.place)]
          + zip(standing.cells, group.differs).map { words, differs in
            Run(words + (differs && words != "—" ? "*" : ""), differs ? .bad : .plain)
          }
      }
      answer.document.table(Table(columns: columns, rows: rows, leading: 1))
    }
    if different.count > 40 { answer.document.line("… " + say("\(different.count - 40) lagi", "\(different.count - 40) more"), .dim) }
    if !different.isEmpty { answer.document.line(say("* tidak sama di semua tempat", "* not the same in all places"), .dim) }
    answer.document.blank()
    let keys = ["unit", "baseline"] + heads.dropFirst(2)
    answer.inJSON { [keys, sources] in
      var json = AnswerJSON.begin("indicators", Self.place(site, sources))
      json.integer("indicators", plan.indicators.count)
      json.integer("namesakes", groups.count)
      json.array("different") { list in
        for group in different {
          list.object { entry in
            entry.string("title", group.title)
            entry.array("in") { names in for (head, differs) in zip(keys, group.differs) where differs { names.string(nil, head) } }
            entry.array("places") { places in
              for standing in group.standings {
                places.object { one in
                  one.string("place", standing.place)
                  for (key, words) in zip(keys, standing.cells) { one.string(key, words) }
                }
              }
            }
          }
        }
      }
      return [AnswerJSON.end(json)]
    }
    return answer
  }

  /// Titles that stand in several places, in order of first declaration; alike in letters and digits.
  private func namesakes(below owner: EntityID) -> [Namesakes] {
    let plan = checked.plan
    var order: [String] = []
    var rows: [String: [Int]] = [:]
    for (row, indicator) in plan.indicators.enumerated() {
      if owner != Entities.none, !plan.entities.contains(owner, indicator.entity) { continue }
      let letters = Checker.plain(speech.title(indicator.entity))
      if rows[letters] == nil { order.append(letters) }
      rows[letters, default: []].append(row)
    }
    // A part of the plan is laid beside the rest of it.
    if owner != Entities.none {
      for (row, indicator) in plan.indicators.enumerated() where !plan.entities.contains(owner, indicator.entity) {
        let letters = Checker.plain(speech.title(indicator.entity))
        if rows[letters] != nil { rows[letters]?.append(row) }
      }
    }
    return order.compactMap { letters in
      guard let found = rows[letters], found.count > 1 else { return nil }
      let standings = found.map { standing($0) }
      // A place that states nothing differs from none.
      let differs = standings[0].cells.indices.map { at in Set(standings.map { $0.cells[at] }.filter { $0 != "—" }).count > 1 }
      return Namesakes(title: speech.title(plan.indicators[found[0]].entity), standings: standings, differs: differs)
    }
  }

  private func standing(_ row: Int) -> Standing {
    let plan = checked.plan
    let indicator = plan.indicators[row]
    let above = plan.entities.parent[indicator.entity.index]
    let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
    var reader = Reading(plan: plan, overlay: scenarios.branches[scenarios.current].state.overlay)
    func words(_ number: Number) -> String { number.isAbsent ? "—" : speech.figure(number, type) }
    let unit = indicator.scale.map { speech.name(plan.scales[$0.index].name) } ?? plan.units[indicator.unit.index].name
    var cells = [unit, words(reader.figure(.baseline, row, 0))]
    for year in 0..<plan.yearCount {
      let (low, high) = (reader.figure(.targetLow, row, year), reader.figure(.targetHigh, row, year))
      cells.append(Number.order(low, high) == 0 || low.isAbsent ? words(low) : words(low) + "–" + words(high))
    }
    var place = above == Entities.none ? speech.handle(indicator.entity) : speech.path(above)
    if let at = sources.place(of: plan.entities.site[indicator.entity.index].start) { place += "  \(at.file):\(at.line)" }
    return Standing(row: row, place: place, cells: cells)
  }
}
