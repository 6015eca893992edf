/// Rules that compare two sums: judged as whole numbers where the sums lie, without a run of their formula.
extension Standing {
  /// An instance of such a rule.
  struct Line: Sendable {
    var flat: Flat
    var instance: Int32
    var group: Int32
    var rule: Int32
    var status: InstanceState
    /// How it stands when it fails: a waiver may cover it.
    var broken: InstanceState
    /// Whether the figures kept of the instance are those of the sums that stand.
    var hasFigures = true
  }

  /// Takes a group that was judged by a straight formula into the lines when all its conditions are flat.
  mutating func layFlat(_ group: Int, _ reads: [Int32]) -> Bool {
    let place = groups[group]
    let shape = shapes[Int(place.rule)]
    guard shape.straight >= 0, Int(shape.reads) == reads.count, !place.isVolatile, !place.readsParameter else { return false }
    let formulas = Int(shape.straight)..<Int(shape.straight) + Int(shape.conditions)
    guard formulas.allSatisfy({ flats[$0] != nil }) else { return false }
    let isCovered = shape.isWaived && isCovered(Int(place.rule), place.member)
    var start = 0
    for (condition, formula) in formulas.enumerated() {
      guard var flat = flats[formula] else { continue }
      flat.left = reads[start + Int(flat.left)]
      if flat.right >= 0 { flat.right = reads[start + Int(flat.right)] }
      start += Int(straight.reads[formula])
      let instance = Int(place.firstInstance) + condition
      lineOf[instance] = Int32(truncatingIfNeeded: lines.count)
      lines.append(
        Line(
          flat: flat, instance: Int32(truncatingIfNeeded: instance), group: Int32(truncatingIfNeeded: group), rule: place.rule,
          status: statuses[instance], broken: isCovered ? .waived : .broken))
    }
    groups[group].reads = (Int32(truncatingIfNeeded: readPool.count), Int32(truncatingIfNeeded: reads.count))
    readPool.append(contentsOf: reads)
    return true
  }

  /// Files the lines under the terms that they read, those of one term beside each other.
  mutating func fileLines() {
    let count = evaluator.terms?.count ?? 0
    let made = lines
    let order = Self.filed(count) { visit in
      for (row, line) in made.enumerated() { visit(Int(line.flat.left), row) }
    }.rows
    lines = order.map { made[Int($0)] }
    for (row, line) in lines.enumerated() { lineOf[Int(line.instance)] = Int32(truncatingIfNeeded: row) }
    let ordered = lines
    (lineStarts, lineRows) = Self.filed(count) { visit in
      for (row, line) in ordered.enumerated() {
        visit(Int(line.flat.left), row)
        if line.flat.right >= 0, line.flat.right != line.flat.left { visit(Int(line.flat.right), row) }
      }
    }
  }

  /// Rows by what they are filed under, in order: where each thing's rows begin, and the rows.
  private static func filed(_ count: Int, _ all: ((Int, Int) -> Void) -> Void) -> (starts: [Int32], rows: [Int32]) {
    var starts = [Int32](repeating: 0, count: count + 1)
    all { thing, _ in starts[thing + 1] += 1 }
    for thing in 0..<count { starts[thing + 1] += starts[thing] }
    var next = starts
    var rows = [Int32](repeating: 0, count: Int(starts[count]))
    all { thing, row in
      rows[Int(next[thing])] = Int32(truncatingIfNeeded: row)
      next[thing] += 1
    }
    return (starts, rows)
  }

  /// Judges the lines that read a touched term; a group that flat figures cannot tell is handed on.
  mutating func judgeLines() {
    let terms = evaluator.terms?.all ?? []
    for term in touched where Int(term) + 1 < lineStarts.count {
      for at in Int(lineStarts[Int(term)])..<Int(lineStarts[Int(term) + 1]) {
        let row = Int(lineRows[at])
        let told = lines[row].flat.told(terms)
        lines[row].hasFigures = false
        isDrawn[Int(lines[row].rule)] = false
        if told == .unknown { add(lines[row].group) } else { take(row, told == .holds) }
      }
    }
  }

  /// Takes what is told of a line.
  mutating func take(_ row: Int, _ holds: Bool) {
    set(Int(lines[row].instance), Int(lines[row].rule), holds ? .holds : lines[row].broken)
  }

  /// Runs the formulas of what was judged without them, for rules whose figures somebody asks for now.
  mutating func findFigures(_ context: EditContext) throws(Halt) {
    var isReady = false
    for rule in shapes.indices where !isDrawn[rule] {
      let shape = shapes[rule]
      for group in Int(shape.firstGroup)..<Int(shape.firstGroup + shape.groupCount) where lacksFigures(group, shape) {
        if gaugeOf[group] < 0 {
          _ = judgeQuickly(groups[group], shape)
          continue
        }
        if !isReady { evaluator.renew(others: nil, limits: context.limits, isInterrupted: context.isInterrupted) }
        isReady = true
        lendOverlay()
        defer { lendOverlay() }
        evaluator.terms?.begin(expecting: readPool[0..<0])
        try judgeSlowly(groups[group])
        gauges[Int(gaugeOf[group])].hasFigures = true
      }
    }
  }

  private func lacksFigures(_ group: Int, _ shape: RuleShape) -> Bool {
    if gaugeOf[group] >= 0 { return !gauges[Int(gaugeOf[group])].hasFigures }
    let first = Int(groups[group].firstInstance)
    return lineOf[first] >= 0 && !(0..<Int(shape.conditions)).allSatisfy { lines[Int(lineOf[first + $0])].hasFigures }
  }
}
