/// The indicators that an edit moved.
extension ChangeWriter {
  /// One line an indicator and year: before and after, the target, whether it is reached, the class, and the worst
  /// grade of evidence that the answer rests on.
  func indicators(_ page: inout Document) {
    let plan = speech.plan
    let moved = difference.indicators
    var told: Set<Int> = []
    let grounds = Grounds(plan: plan, overlay: branch.state.overlay)
    var beyond: [Grounds.Beyond] = []
    for one in moved.prefix(12) {
      let indicator = plan.indicators[one.row]
      let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
      let digits = shown(one, type, indicator.digits)
      var runs = [
        label("indikator", "indicator"), Run(speech.handle(indicator.entity), .name),
        Run(" \(one.year): \(speech.figure(one.before, type, digits: digits)) -> "),
        Run(speech.figure(one.after, type, digits: digits), isBetter(one, indicator) ? .good : .bad),
      ]
      if !one.target.low.isAbsent {
        let target = one.target.isRange
          ? speech.range(speech.figure(one.target.low, type), speech.figure(one.target.high, type))
          : speech.figure(one.target.low, type, digits: indicator.scale == nil ? indicator.digits : -1)
        runs.append(Run("  target " + target, .dim))
      }
      if told.insert(one.row).inserted {
        let years = moved.count { $0.row == one.row }
        if years > 1 { runs.append(Run(speech.say("  mulai tampak \(one.year) (\(years) tahun)", "  shows from \(one.year) (\(English.count(years, "year")))"), .dim)) }
        if let grade = grounds.grade(one.row) { runs.append(Run(speech.say("  mutu ", "  grade ") + Grounds.letter(grade), .dim)) }
      }
      page.blocks.append(.line(Line(runs)))
      if let (before, after) = one.classes(indicator) {
        page.line(
          Run("            "), Run(speech.say("kelas capaian ", "class of achievement "), .dim),
          Run("\(before[speech.language]) -> \(after[speech.language])"))
      }
      for place in grounds.beyond(one.row, one.year - plan.firstYear) where !beyond.contains(place) { beyond.append(place) }
    }
    Evidence.tell(beyond, speech, &page)
    if moved.count > 12 {
      page.line("            " + speech.say("… \(moved.count - 12) lagi", "… \(moved.count - 12) more"), .dim)
    }
  }

  /// As many digits as the indicator has, or more where they would hide the movement.
  private func shown(_ one: Difference.Moved, _ type: ValueType, _ digits: Int) -> Int {
    if case .grade = type { return -1 }
    for more in digits..<(digits + 4) where speech.figure(one.before, type, digits: more) != speech.figure(one.after, type, digits: more) {
      return more
    }
    return digits + 4
  }

  private func isBetter(_ one: Difference.Moved, _ indicator: Indicator) -> Bool {
    let order = Number.order(one.after, one.before) ?? 0
    return indicator.direction == .down ? order < 0 : order > 0
  }
}
