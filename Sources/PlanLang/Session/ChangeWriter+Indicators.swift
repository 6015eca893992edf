/// The indicators that an edit moved.
extension ChangeWriter {
  /// One line an indicator and year: before and after, the target, whether it is reached, the class, and the worst
  /// grade of evidence that the answer rests on.
  func indicators(_ page: inout Document) {
    let plan = speech.plan
    let moved = difference.indicators
    var told: Set<Int> = []
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
          ? speech.figure(one.target.low, type) + " s.d. " + speech.figure(one.target.high, type)
          : speech.figure(one.target.low, type, digits: indicator.scale == nil ? indicator.digits : -1)
        runs.append(Run("  target " + target, .dim))
      }
      if told.insert(one.row).inserted, let grade = worstGrade(one.row) { runs.append(Run(speech.say("  mutu ", "  grade ") + grade, .dim)) }
      page.blocks.append(.line(Line(runs)))
      classes(one, indicator, &page)
    }
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

  /// The class of achievement where it changed.
  private func classes(_ one: Difference.Moved, _ indicator: Indicator, _ page: inout Document) {
    guard indicator.scale == nil, one.target.low == one.target.high, !one.target.low.isAbsent else { return }
    let natural: AchievementFormula = indicator.direction == .down ? .negativeLAN : .positive
    func name(_ value: Number) -> String? {
      let share = Reading.achievement(
        indicator.achievement ?? natural, baseline: indicator.baseline, target: one.target.low, result: value, cap: indicator.cap)
      return share.isAbsent ? nil : Reading.achievementClass(share * Number(100))[speech.language]
    }
    guard let before = name(one.before), let after = name(one.after), before != after else { return }
    page.line(Run("            "), Run(speech.say("kelas capaian ", "class of achievement "), .dim), Run("\(before) -> \(after)"))
  }

  /// The worst grade of evidence among what drives an indicator; D where none is stated.
  private func worstGrade(_ row: Int) -> String? {
    let plan = speech.plan
    guard plan.drivers.indices.contains(row), !plan.drivers[row].isEmpty else { return nil }
    let worst = plan.drivers[row].map { driver in
      plan.responses[Int(driver)].assumptions.map(\.grade).max().map { $0 == 0 ? 4 : $0 } ?? 4
    }.max() ?? 4
    return ["A", "B", "C", "D"][min(3, Int(worst) - 1)]
  }
}
