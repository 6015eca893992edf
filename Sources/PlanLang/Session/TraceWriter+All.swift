/// `telusuri semua`: what of the money is directed, measured and focused, and what a reviewer asks of the rest.
extension TraceWriter {
  func all(_ page: inout Document) {
    page.line(Run(say("telusuri semua: ", "trace all: "), .heading), Run(heading + "  "), Run(sen: alignment.total))
    word(
      say("terarah", "directed"), share(alignment.directed, of: alignment.total), base.map { share($0.directed, of: $0.total) },
      short(alignment.directed) + say(" sampai ke sasaran yang berindikator", " reaches an objective with an indicator"), &page)
    word(
      say("terukur", "measured"), share(alignment.measured, of: alignment.total), base.map { share($0.measured, of: $0.total) },
      short(alignment.measured) + say(" dengan awal dan target tiap tahun", " with a baseline and a target every year"), &page)
    word(
      say("fokus", "focus"), count(alignment.effectiveObjectives), base.map { count($0.effectiveObjectives) },
      say("sasaran seukuran yang dapat diisi uang terarah itu", "objectives of one size that the directed money would fill"), &page)
    motion(&page)
    listed(say("uang tanpa sasaran", "money without an objective"), alignment.adrift.map { "\(short($0.sen))  \(speech.path($0.program))" }, &page)
    let indices = alignment.indexStrands.map { "\(short($0.inIndex))  \(speech.path($0.program))  ->  \(speech.title($0.goal))" }
    listed(say("uang yang berakhir di indeks TI saja", "money that ends in an IT index only"), indices, &page, lead: share(alignment.inIndexOnly, of: alignment.total) + "  ")
    listed(say("sasaran yang tidak didanai", "objectives nobody funds"), alignment.unfunded.map { speech.title($0) }, &page)
    listed(say("indikator yang tidak didorong siapa pun", "indicators nobody drives"), alignment.undriven.map { speech.title($0) }, &page)
    let shared = alignment.shared.map { "\(speech.title($0.goal)): " + $0.departments.map { speech.handle($0) }.joined(separator: ", ") }
    listed(say("ditunjang tiga perangkat daerah atau lebih", "supported by three departments or more"), shared, &page)
    let bought = overlaps.map { one in
      "\(short(one.parts.reduce(0) { $0 &+ $1.sen }))  \(one.function): " + departments(one).joined(separator: ", ")
    }
    listed(say("fungsi yang dibeli beberapa perangkat daerah", "functions that several departments buy"), bought, &page)
    dimensions(&page)
  }

  private func count(_ value: Double) -> String { Figure.decimal(Number(real: value), digits: 1) }

  /// One of the words with its figure, and for a scenario the plan's own.
  private func word(_ name: String, _ figure: String, _ before: String?, _ words: String, _ page: inout Document) {
    let name = name + String(repeating: " ", count: max(1, 10 - name.count))
    let past = before.map { $0 == figure ? "" : say(" (semula \($0))", " (\($0) before)") } ?? ""
    page.line(Run(name, .heading), Run(figure, .number), Run(past, .dim), Run("  " + words))
  }

  /// How far indicators are moved, and by how much of that an outcome.
  private func motion(_ page: inout Document) {
    guard let share = alignment.outcomeMotion else { return }
    func percent(_ value: Double) -> String { Figure.percent(Number(real: value), digits: 1) }
    let spread = count(alignment.effectiveMoved)
    let ending =
      alignment.knowsIndices
      ? say("gerak indikator jatuh pada hasil, bukan indeks TI; ", "of what indicators move is outcomes, not IT indices; ") : say("gerak indikator; ", "of what indicators move; ")
    word(
      say("gerak", "motion"), percent(share), base.flatMap { $0.outcomeMotion.map(percent) },
      ending + say("menyebar seperti pada \(spread) sasaran", "spread as over \(spread) \(spread == "1" ? "objective" : "objectives")"), &page)
  }

  func listed(_ title: String, _ lines: [String], _ page: inout Document, lead: String = "") {
    if lines.isEmpty { return }
    page.line(Run(lead, .number), Run(title, .warning), Run(" (\(lines.count))", .dim))
    for line in lines.prefix(10) { page.line("  " + line) }
    if lines.count > 10 { page.line("  … " + say("\(lines.count - 10) lagi", "\(lines.count - 10) more"), .dim) }
  }

  // MARK: Overlaps

  /// One function bought in several departments.
  struct Overlap {
    /// What is bought, by its title.
    var function: String
    /// The parts that buy it, with their money.
    var parts: [(department: EntityID, part: EntityID, sen: Int64)]
  }

  /// Functions with money in several departments: parts of one title. What every department has
  /// (programmes X.XX.01) and what districts have by territory is no overlap.
  var overlaps: [Overlap] {
    let reading = Reading(plan: plan, overlay: branch.state.overlay)
    var slice = SliceTemplate(document: plan.workingDocument)
    var order: [String] = []
    var groups: [String: [(department: EntityID, part: EntityID, sen: Int64)]] = [:]
    var keys: [EntityID: String] = [:]
    for entity in plan.entities.byRank where isFunction(entity) {
      guard let department = plan.entities.ancestor(.department, of: entity) else { continue }
      let key = speech.title(entity).lowercased()
      slice.anchors = .entities([entity])
      guard let sen = reading.sum(slice, local: nil, year: alignment.year).roundedHalfEven, sen > 0 else { continue }
      keys[entity] = key
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append((department, entity, sen))
    }
    func isShared(_ key: String) -> Bool { Set((groups[key] ?? []).map(\.department)).count > 1 }
    return order.filter(isShared).compactMap { key in
      // A part of one that is told already says nothing new.
      let parts = (groups[key] ?? []).filter { one in !(keys[plan.entities.parent[one.part.index]].map(isShared) ?? false) }
      guard let first = parts.first, Set(parts.map(\.department)).count > 1 else { return nil }
      return Overlap(function: speech.title(first.part), parts: parts)
    }
  }

  /// The departments that buy a function, each once: at most six, then how many more.
  private func departments(_ one: Overlap) -> [String] {
    var names: [String] = []
    for part in one.parts where !names.contains(speech.handle(part.department)) { names.append(speech.handle(part.department)) }
    return names.count > 6 ? names.prefix(6) + [say("\(names.count - 6) lagi", "\(names.count - 6) more")] : names
  }

  private func isFunction(_ entity: EntityID) -> Bool {
    switch plan.entities.kind[entity.index] {
    case .program, .activity, .subactivity: break
    default: return false
    }
    guard let department = plan.entities.ancestor(.department, of: entity), plan.entities.form[department.index] != .district,
      let program = plan.entities.ancestor(.program, of: entity)
    else { return false }
    let code = plan.entities.codeName[program.index]
    let segments = code == Entities.unnamed ? [] : speech.name(code).split(separator: ".")
    return !(segments.count == 3 && segments[2] == "01") && segments.first != "7"
  }

  // MARK: JSON

  func json(_ meant: [EntityID]?, _ place: AnswerJSON.Place) -> JSONText {
    var json = AnswerJSON.begin("trace", place)
    json.string("scenario", speech.name(branch.name))
    json.integer("year", plan.firstYear + alignment.year)
    json.string("total", orNull: Figure.plainMoney(sen: alignment.total))
    json.string("directed", orNull: Figure.plainMoney(sen: alignment.directed))
    json.string("measured", orNull: Figure.plainMoney(sen: alignment.measured))
    json.real("focus", alignment.effectiveObjectives)
    json.string("index_only", orNull: alignment.knowsIndices ? Figure.plainMoney(sen: alignment.inIndexOnly) : nil)
    if let share = alignment.outcomeMotion {
      json.real("outcome_motion", share)
      json.real("motion_focus", alignment.effectiveMoved)
    }
    json.array("strands") { list in
      for strand in alignment.strands where isMeant(strand, meant) {
        list.object { entry in
          entry.string("program", orNull: speech.handle(strand.program))
          entry.string("goal", orNull: strand.goal == Entities.none ? nil : speech.handle(strand.goal))
          entry.string("amount", orNull: Figure.plainMoney(sen: strand.sen))
          if strand.inIndex > 0 { entry.string("index_only", orNull: Figure.plainMoney(sen: strand.inIndex)) }
        }
      }
    }
    if meant == nil, !overlaps.isEmpty {
      json.array("overlaps") { list in
        for one in overlaps {
          list.object { entry in
            entry.string("function", one.function)
            entry.array("parts") { parts in
              for part in one.parts {
                parts.object {
                  $0.string("department", speech.handle(part.department))
                  $0.string("part", speech.handle(part.part))
                  $0.string("amount", Figure.plainMoney(sen: part.sen))
                }
              }
            }
          }
        }
      }
    }
    initiatives(meant, &json)
    return AnswerJSON.end(json)
  }

  private func isMeant(_ strand: PlanAlignment.Strand, _ meant: [EntityID]?) -> Bool {
    guard let meant else { return true }
    return meant.flatMap { plan.ground($0) ?? [$0] }.contains { one in
      plan.entities.contains(one, strand.program) || plan.entities.contains(strand.program, one) || strand.goal != Entities.none && plan.entities.contains(one, strand.goal)
    }
  }
}
