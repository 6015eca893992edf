/// Projections that money moves: an edit computes those that its money reaches and judges what hangs on them.
extension Standing {
  /// A group that is judged by one projection.
  struct GaugedGroup: Sendable {
    var gauge: Gauge
    var instance: Int32
    var rule: Int32
    /// How it stands when it fails: a waiver may cover it.
    var broken: InstanceState
    /// Whether the figures kept of it are those of the projection that stands.
    var hasFigures = true
  }

  /// Makes the board of the state that stands, and every projection on it; the overlay lies with the evaluator.
  mutating func raiseBoard() {
    let plan = settled.plan
    guard var board = ProjectionBoard(plan, evaluator.reading.overlay) else { return }
    evaluator.terms?.begin(expecting: readPool[0..<0])
    for (row, response) in plan.responses.enumerated() where response.shape != nil {
      let slice = plan.slice(of: response)
      for year in 0..<plan.yearCount {
        guard let term = evaluator.terms?.term(slice, year: year, evaluator.reading), let sum = evaluator.terms?.all[term].sum else { continue }
        board.file(term: term, row, year)
        board.pay(ProjectionBoard.sen(sum), row, year)
      }
    }
    evaluator.reading.board = [Number](repeating: .nothing, count: plan.indicators.count * plan.yearCount)
    board.settle(&evaluator.reading.board, &changed)
    self.board = board
  }

  /// Follows the touched terms on the board, or makes it anew where figures of responses changed, and judges what hangs on
  /// projections that are others now.
  mutating func moveBoard(_ figures: [FigureKey]) {
    if !changed.isEmpty { changed.removeAll(keepingCapacity: true) }
    let isMadeAnew = figures.contains {
      switch $0 {
      case .parameter, .assumption, .delay: true
      case .target, .projection, .baseline: false
      }
    }
    if isMadeAnew {
      lendOverlay()
      raiseBoard()
      lendOverlay()
    } else {
      followBoard()
    }
    let years = settled.plan.yearCount
    for at in changed.indices {
      let spot = changed[at]
      // As `Terms.key` counts: a year more in each row.
      var edge = Int(rowEdges.heads[Int(spot) + Int(spot) / years + 1])
      if edge < 0 { continue }
      let projection = evaluator.reading.board[Int(spot)]
      while edge >= 0 {
        judgeGauge(rowEdges.groups[edge], projection)
        edge = Int(rowEdges.next[edge])
      }
    }
  }

  private mutating func followBoard() {
    if board?.follow(touched, evaluator.terms?.all ?? []) == true {
      lendOverlay()
      evaluator.terms?.refresh(touched, touched.indices, evaluator.reading)
      lendOverlay()
      _ = board?.follow(touched, evaluator.terms?.all ?? [])
    }
    board?.settle(&evaluator.reading.board, &changed)
  }

  // MARK: Gauges

  /// Judges a group by its gauge; one without a gauge is handed on.
  private mutating func judgeGauge(_ group: Int32, _ projection: Number) {
    let row = Int(gaugeOf[Int(group)])
    guard row >= 0, let holds = gauges[row].gauge.holds(projection) else { return add(group) }
    gauges[row].hasFigures = false
    isDrawn[Int(gauges[row].rule)] = false
    take(gauge: row, holds)
  }

  /// Takes what a gauge tells.
  mutating func take(gauge row: Int, _ holds: Bool) {
    set(Int(gauges[row].instance), Int(gauges[row].rule), holds ? .holds : gauges[row].broken)
  }

  /// Gives a group that was judged just now its gauge, as the figures that no money moves stand now.
  mutating func layGauge(_ group: Int) {
    let place = groups[group]
    guard evaluator.terms?.rows.isEmpty == false, evaluator.terms?.reads.isEmpty == true, !place.isVolatile, shapes[Int(place.rule)].conditions == 1
    else { return }
    let rule = settled.plan.rules[Int(place.rule)]
    var gauge: Gauge?
    if rule.members?.condition == nil {
      switch rule.conditions[0] {
      case .truth(let whole, _), .comparison(let whole, _, _, _, _):
        gauge = Gauge(settled.plan.formulas[whole.index], place.member, year: Int(place.year), &evaluator.reading)
      }
    }
    if let at = gauge.map({ Int($0.row) * settled.plan.yearCount + Int($0.year) }) {
      // What the scenario states itself stands whatever money does.
      if evaluator.reading.board[at] == .nothing || evaluator.reading.overlay.figure(.projection(at / settled.plan.yearCount, year: at % settled.plan.yearCount)) != nil {
        gauge = nil
      }
    }
    areGaugesLaid = true
    guard let gauge else {
      gaugeOf[group] = -1
      return
    }
    let isCovered = shapes[Int(place.rule)].isWaived && isCovered(Int(place.rule), place.member)
    let gauged = GaugedGroup(gauge: gauge, instance: place.firstInstance, rule: place.rule, broken: isCovered ? .waived : .broken)
    if gaugeOf[group] < 0 {
      gaugeOf[group] = Int32(truncatingIfNeeded: gauges.count)
      gauges.append(gauged)
    } else {
      gauges[Int(gaugeOf[group])] = gauged
    }
  }
}
