/// The best plan under the rules: figures as high as can be, one after the other, then the least money moved.
extension Reallocation {
  /// How a stage ended.
  private enum Stage {
    case reached(MoneyModel.Moves, value: Double, pins: [MoneyModel.Row] = [])
    /// Stopped while whole numbers were being chosen, with the best until then.
    case cut(MoneyModel.Moves, pins: [MoneyModel.Row] = [])
    case ended(Ending)
  }

  /// What a solve that gave no optimum means. Money is finite: nothing rises without bound.
  private func ending(_ answer: MoneyModel.Moves, _ model: MoneyModel, _ options: SolveOptions) -> Ending {
    switch answer.solution.status {
    case .optimal: .nothingToDo
    case .infeasible, .infeasibleOrUnbounded: conflict(model, options)
    case .stopped: .stopped
    case .unbounded, .failed: .failed(answer.solution.message)
    }
  }

  /// Figures as high as can be in their order, each held while the next is raised; then the fewest rupiah.
  func optimum(margins: [Int: Double], options: SolveOptions) -> Ending {
    if let ending = settleWishes(margins, options) { return ending }
    let model = model(bounds.row)
    var held: [MoneyModel.Row] = []
    var last: MoneyModel.Moves?
    var worths = Proposal(transfers: [], row: bounds.row)
    for at in aims.indices {
      switch raised(at, model, held, margins, options) {
      case .ended(.stopped) where last != nil: return .found(proposal(cut: last, model))
      case .cut(let answer, let pins):
        // Where only the time was over, what was found is still said exactly and with the fewest rupiah.
        let tidy = pins.isEmpty ? nil : least(model, extra: held + pins, margins: margins, options: brief(options))
        return .found(proposal(cut: tidy?.solution.status == .optimal ? tidy : answer, model))
      case .ended(let ending): return ending
      case .reached(let answer, let value, let pins):
        last = answer
        if at == 0 { worth(answer, at, model, margins, options, &worths) }
        if pins.isEmpty { hold(at, value, &held) } else { held += pins }
      }
    }
    let answer = least(model, extra: held, margins: margins, options: options)
    if answer.solution.status == .stopped, last != nil { return .found(proposal(cut: last, model)) }
    if answer.solution.status == .infeasible, let last, !held.isEmpty {
      // Held to the last digit what was found cannot be said exactly: then it is taken as it was found.
      return .found(proposal(transfers(last, model), worths))
    }
    guard answer.solution.status == .optimal else { return ending(answer, model, options) }
    if answer.solution.objective < 1e-7 { return .nothingToDo }
    let even = evened(whole(sparse(answer, model, margins, extra: held, options), model), model, margins, options)
    worths.uneven = even.missed
    let used = even.missed.isEmpty ? usedUp(even.moves, model, margins, options) : even.moves
    return .found(proposal(transfers(used, model), worths))
  }

  /// A few seconds to tidy up in.
  private func brief(_ options: SolveOptions) -> SolveOptions {
    var brief = options
    brief.seconds = min(options.seconds, 3)
    return brief
  }

  /// The best until the search was stopped.
  private func proposal(cut answer: MoneyModel.Moves?, _ model: MoneyModel) -> Proposal {
    var made = proposal(answer.map { transfers($0, model) } ?? [], Proposal(transfers: [], row: bounds.row))
    made.isCut = true
    return made
  }

  private func proposal(_ transfers: [Transfer], _ worths: Proposal) -> Proposal {
    var proposal = worths
    proposal.transfers = transfers
    proposal.missed = missed(after: transfers)
    let reached = sums(after: proposal.transfers)
    proposal.heights = aims.map { forms.value($0, reached) }
    proposal.isLocal = bounds.isLocal && (!doubtfulCurves.isEmpty || aims.indices.contains { bend(ofAim: $0) == .unknown || bend(ofAim: $0) == .convex })
    return proposal
  }

  /// One figure against another: the best of the first for each of some levels of the second.
  func tradeOff(points: Int, options: SolveOptions) -> (points: [(first: Double, second: Double)], ending: Ending?) {
    let model = model(bounds.row)
    var ends: [(Double, Double)] = []
    for (one, other) in [(0, 1), (1, 0)] {
      let (best, pins): (Double, [MoneyModel.Row])
      switch raised(one, model, [], [:], options) {
      case .ended(let ending): return ([], ending)
      case .cut: return ([], .stopped)
      case .reached(_, let value, let made): (best, pins) = (value, made)
      }
      var held = pins
      if pins.isEmpty { hold(one, best, &held) }
      var next = raised(other, model, held, [:], options)
      release()
      if case .ended = next {
        // Whole numbers are chosen to fewer digits than the first is held to.
        held = []
        hold(one, best, &held, within: 1e-6)
        next = raised(other, model, held, [:], options)
        release()
      }
      switch next {
      case .ended(let ending): return ([], ending)
      case .cut: return ([], .stopped)
      case .reached(_, let value, _): ends.append((best, value))
      }
    }
    // From the best of the first to the best of the second.
    let (low, high) = (ends[0].1, ends[1].0)
    var found: [(first: Double, second: Double)] = [(ends[0].0, low)]
    for point in 1..<max(2, points - 1) where high > low {
      let level = low + (high - low) * Double(point) / Double(points - 1)
      var held: [MoneyModel.Row] = []
      hold(1, level, &held)
      if case .reached(_, let value, _) = raised(0, model, held, [:], options) { found.append((value, level)) }
      release()
    }
    if high > low { found.append((ends[1].1, high)) }
    return (found, nil)
  }

  /// Keeps a figure at a height, but for the last digits of what was found.
  private func hold(_ at: Int, _ value: Double, _ held: inout [MoneyModel.Row], within share: Double = 1e-10) {
    let now = forms.value(aims[at], forms.sums)
    let floor = value - max(1e-3 * share * abs(value), share * abs(value - now))
    switch forms.form(aims[at]) {
    case .affine(let figure): held.append(MoneyModel.Row(terms: figure.terms, need: floor - figure.value(forms.sums), owner: -1 - at))
    case .ratio(let top, let bottom):
      let figure = top.adding(bottom, times: -floor)
      held.append(MoneyModel.Row(terms: figure.terms, need: -figure.value(forms.sums), owner: -1 - at))
    case .curved:
      if bend(ofAim: at) != .concave, !bounds.isLocal, let row = separated(aims[at], -1 - at, floor: floor) {
        held.append(row)
      } else {
        keep(at, atLeast: floor)
      }
    }
  }

  /// One figure as high as can be.
  private func raised(
    _ at: Int, _ model: MoneyModel, _ held: [MoneyModel.Row], _ margins: [Int: Double], _ options: SolveOptions
  ) -> Stage {
    switch forms.form(aims[at]) {
    case .affine(let figure):
      let answer = solve(model, .highest([figure]), extra: held, margins: margins, options: options)
      guard answer.solution.status == .optimal else { return .ended(ending(answer, model, options)) }
      return .reached(answer, value: figure.value(sums(answer, model)))
    case .ratio(let top, let bottom): return share(at, top, bottom, model, held, margins, options)
    case .curved:
      guard bend(ofAim: at) != .concave, !bounds.isLocal, let figure = separable(aims[at]) else {
        return enclosed(at, model, held, margins, options)
      }
      let answer = solve(model, .highestOf(figure), extra: held, margins: margins, options: options)
      if answer.solution.status == .stopped, answer.solution.hasValues {
        guard let exact = straightened(figure, sums(answer, model), model, held, margins, brief(options)) else { return .cut(answer) }
        return .cut(exact, pins: pins(figure.parts, sums(exact, model), isSettled: true))
      }
      guard answer.solution.status == .optimal else { return .ended(ending(answer, model, options)) }
      if let exact = straightened(figure, sums(answer, model), model, held, margins, options) {
        let sums = sums(exact, model)
        return .reached(exact, value: forms.value(aims[at], sums), pins: pins(figure.parts, sums, isSettled: true))
      }
      var sums = sums(answer, model)
      for part in figure.parts { sums[Int(part.sum)] = part.settled(sums[Int(part.sum)]) }
      return .reached(answer, value: forms.value(aims[at], sums), pins: pins(figure.parts, sums))
    }
  }

  /// The best on the stretches that whole numbers chose, which is linear: exact where they are so to a few digits.
  private func straightened(
    _ figure: Separable, _ sums: [Double], _ model: MoneyModel, _ held: [MoneyModel.Row], _ margins: [Int: Double], _ options: SolveOptions
  ) -> MoneyModel.Moves? {
    guard (wanted(margins) + held).allSatisfy(\.parts.isEmpty) else { return nil }
    var linear = figure.linear
    var rows: [MoneyModel.Row] = []
    for part in figure.parts {
      let (low, high, slope) = part.stretch(sums[Int(part.sum)])
      let now = forms.sums[Int(part.sum)]
      if slope != 0 { linear = linear.adding(Affine(sum: part.sum), times: slope) }
      let isFree = low == high && part.isRising == true
      rows.append(MoneyModel.Row(terms: [(part.sum, 1)], need: low - now, isEquality: low == high && !isFree, owner: -1))
      if low < high { rows.append(MoneyModel.Row(terms: [(part.sum, -1)], need: now - high, owner: -1)) }
    }
    let answer = solve(model, .highest([linear]), extra: held + rows, margins: margins, options: options)
    return answer.solution.status == .optimal ? answer : nil
  }

  /// A share as high as can be: its top less its bottom at the share reached so far, until that gains nothing
  /// (Dinkelbach, On Nonlinear Fractional Programming, Management Science 13, 1967).
  private func share(
    _ at: Int, _ top: Affine, _ bottom: Affine, _ model: MoneyModel, _ held: [MoneyModel.Row], _ margins: [Int: Double], _ options: SolveOptions
  ) -> Stage {
    var best: (answer: MoneyModel.Moves, value: Double)?
    var level = top.value(forms.sums) / bottom.value(forms.sums)
    var extra: [MoneyModel.Row] = []
    for _ in 0..<40 {
      let answer = solve(model, .highest([extra.isEmpty ? top.adding(bottom, times: -level) : top]), extra: held + extra, margins: margins, options: options)
      guard answer.solution.status == .optimal else { return best.map { .reached($0.answer, value: $0.value) } ?? .ended(ending(answer, model, options)) }
      let sums = sums(answer, model)
      let (above, below) = (top.value(sums), bottom.value(sums))
      // Nothing in the bottom and something in the top: there is no highest.
      if below < 50 * (bottom.terms.map { abs($0.factor) }.max() ?? 0), abs(below) < 1e-9 * bottom.value(forms.sums), bottom.constant == 0 {
        if above > 0 { return .ended(.unbounded(aim: at)) }
        break
      }
      let reached = above / below
      let isBetter = best.map { reached > $0.value } ?? true
      if isBetter { best = (answer, reached) }
      if !(reached > level + 1e-12 * max(1, abs(level))) || !extra.isEmpty { break }
      level = reached
      // Where the bottom counts for so much that the top is lost beside it, the top is raised by itself on the bottom that was reached.
      let (most, little) = (abs(level) * (bottom.terms.map { abs($0.factor) }.max() ?? 0), top.terms.map { abs($0.factor) }.max() ?? 0)
      if most > 1e6 * little { extra = [MoneyModel.Row(terms: bottom.times(-1).terms, need: bottom.value(forms.sums) - below, owner: -1)] }
    }
    guard let best else { return .ended(.stopped) }
    if extra.isEmpty { return .reached(best.answer, value: best.value) }
    // So large a share is held by its top and its bottom, each for itself.
    let reached = sums(best.answer, model)
    let (above, below) = (top.value(reached), bottom.value(reached))
    let pins = [
      MoneyModel.Row(terms: top.terms, need: above - 1e-10 * abs(above) - top.value(forms.sums), owner: -1),
      MoneyModel.Row(terms: bottom.times(-1).terms, need: bottom.value(forms.sums) - below - 1e-10 * abs(below), owner: -1),
    ]
    return .reached(best.answer, value: best.value, pins: pins)
  }

  /// A concave figure under its tangents; one that bends otherwise is climbed from where it stands.
  private func enclosed(
    _ at: Int, _ model: MoneyModel, _ held: [MoneyModel.Row], _ margins: [Int: Double], _ options: SolveOptions
  ) -> Stage {
    let isConcave = bend(ofAim: at) == .concave
    var here = forms.sums
    var tangents = [tangent(aims[at], at: here)]
    var best: (answer: MoneyModel.Moves, value: Double)?
    for _ in 0..<60 {
      let asked = isConcave ? tangents : [tangents[tangents.count - 1]]
      let answer = solve(model, .highest(asked), extra: held, margins: margins, options: options)
      guard answer.solution.status == .optimal else { return best.map { .reached($0.answer, value: $0.value) } ?? .ended(ending(answer, model, options)) }
      let there = sums(answer, model)
      let value = forms.value(aims[at], there)
      if best.map({ value > $0.value }) ?? true { best = (answer, value) }
      let height = asked.map { $0.value(there) }.min() ?? value
      if height - value <= 1e-9 * max(1e-6, abs(height)) { break }
      if !isConcave, let known = best, value < known.value { break }
      here = there
      tangents.append(tangent(aims[at], at: here))
    }
    return best.map { .reached($0.answer, value: $0.value) } ?? .ended(.stopped)
  }

  /// What a rupiah more of each binding requirement and of each pool is worth in a figure, and for how many that holds.
  private func worth(
    _ answer: MoneyModel.Moves, _ at: Int, _ model: MoneyModel, _ margins: [Int: Double], _ options: SolveOptions, _ found: inout Proposal
  ) {
    let (figure, bottom): (Affine, Double?)
    switch forms.form(aims[at]) {
    case .affine(let own): (figure, bottom) = (own, nil)
    case .ratio(let top, let below):
      let reached = sums(answer, model)
      let held = below.value(reached)
      (figure, bottom) = (top.adding(below, times: -top.value(reached) / held), held)
    case .curved: return
    }
    found.prices = prices(answer, margins, over: 1e-9)
    found.poolPrices = answer.poolPrices.map { ($0.source, $0.year, $0.price, nil) }
    findReaches(&found, answer, model, .highest([figure]), margins, options)
    // Duals are per unit of the scaled figure. The prices of a share bend with it: how far they hold is not told.
    let largest = (figure.terms.map { abs($0.factor) }.max() ?? 0) / (bottom ?? 1)
    func told(_ reach: Double?) -> Double? { bottom == nil ? reach : nil }
    found.prices = found.prices.map { ($0.owner, -$0.price * largest, told($0.reach)) }
    found.poolPrices = found.poolPrices.filter { abs($0.price) > 1e-9 }.map { ($0.source, $0.year, -$0.price * largest, told($0.reach)) }
  }
}
