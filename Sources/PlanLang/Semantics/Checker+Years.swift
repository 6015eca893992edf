/// Years as written, and money that would count twice.
extension Checker {
  /// The years written behind a statement's word, or nil when none are.
  mutating func firstYears(_ id: NodeID) -> NodeID? {
    var at = tree.nodes[id.index].first
    while at != 0 {
      let child = tree.nodes[Int(at)]
      if child.kind == .years || child.kind == .literal || child.kind == .range { return NodeID(raw: at) }
      at = child.next
    }
    return nil
  }

  /// Years as written, as indices of the period; empty after a complaint.
  mutating func years(_ id: NodeID) -> Range<Int> {
    let node = tree.nodes[id.index]
    switch node.kind {
    case .years:
      guard let first = index(ofYear: node.firstYear.year, at: node.firstYear.site),
        let last = index(ofYear: node.lastYear.year, at: node.lastYear.site)
      else { return 0..<0 }
      return years(from: first, to: last, at: node.site)
    case .range:
      let second = tree.nodes[Int(node.first)].next
      guard node.first != 0, second != 0, let first = year(NodeID(raw: node.first)), let last = year(NodeID(raw: second))
      else { return 0..<0 }
      return years(from: first, to: last, at: node.site)
    default:
      guard let only = year(id) else { return 0..<0 }
      return only..<only + 1
    }
  }

  private mutating func years(from first: Int, to last: Int, at site: Site) -> Range<Int> {
    guard first <= last else {
      complain(.yearsBackwards, at: site)
      return 0..<0
    }
    return first..<last + 1
  }

  /// One year as written, as an index of the period; nil after a complaint.
  private mutating func year(_ id: NodeID) -> Int? {
    let node = tree.nodes[id.index]
    guard node.kind == .literal else {
      if node.kind != .hole {
        complain(.notFigure(wanted: Bilingual("tahun, misalnya 2026", "a year, such as 2026")), at: node.site)
      }
      return nil
    }
    let literal = tree.literals[Int(node.payload)]
    let isYear = literal.kind == .number && literal.scale == 0
    return index(ofYear: isYear ? Int(clamping: literal.mantissa) : nil, at: literal.site)
  }

  /// A year as an index of the period; nil after a complaint.
  private mutating func index(ofYear year: Int?, at site: Site) -> Int? {
    let (first, count) = (builder.plan.firstYear, builder.plan.yearCount)
    guard count > 0 else {
      noPeriod(at: site)
      return nil
    }
    guard let index = year.flatMap({ builder.plan.yearIndex($0) }) else {
      diagnostics.add(
        MeaningProblem.yearOutside(year: sources.text(site), first: first, last: first + count - 1), at: site)
      return nil
    }
    return index
  }

  /// All years of the period; nil after a complaint that there is none.
  mutating func wholePeriod(at site: Site) -> Range<Int>? {
    guard builder.plan.yearCount > 0 else {
      noPeriod(at: site)
      return nil
    }
    return 0..<builder.plan.yearCount
  }

  /// The missing period is told once: everything else follows from it.
  mutating func noPeriod(at site: Site) {
    if hasToldNoPeriod { return diagnostics.follow() }
    hasToldNoPeriod = true
    complain(.noPeriod, at: site)
  }

  // MARK: Counted twice

  /// The same document at two levels of one branch would count twice.
  mutating func tell(_ levels: [PlanBuilder.DoubleLevel]) {
    for twin in levels.prefix(20) {
      let document = names.text(builder.plan.documents[twin.document.index].name)
      complain(
        .doubleLevel(document: document, lower: called(twin.lower), upper: called(twin.upper)),
        Label(twin.lowerSite), Label(twin.upperSite))
    }
  }

  /// An entity's name, else its code, else its title.
  private func called(_ entity: EntityID) -> String {
    let entities = builder.plan.entities
    if entities.name[entity.index] != Entities.unnamed { return names.text(entities.name[entity.index]) }
    if entities.codeName[entity.index] != Entities.unnamed { return names.text(entities.codeName[entity.index]) }
    return Lowering.unquoted(sources.text(entities.title[entity.index]))
  }

  /// The same cell stated twice, or a total beside its own details, would count twice too. Rows of one CSV may
  /// repeat a key: there the rows are the details.
  mutating func checkTwins(_ plan: Plan) {
    let cube = plan.cube
    guard cube.documents > 0, cube.years > 0 else { return }
    var told: Set<UInt64> = []
    for block in 0..<cube.blocks.count - 1 {
      let cells = Int(cube.blocks[block])..<Int(cube.blocks[block + 1])
      var first = cells.lowerBound
      for i in cells {
        if cube.leaf[i] != cube.leaf[first] { first = i }
        if i > first { checkTwin(i, first, in: block, plan, &told) }
        if cube.leaf[i] != Entities.none, plan.entities.kind[cube.leaf[i].index] == .item {
          checkItem(i, in: block, plan, &told)
        }
      }
    }
  }

  /// A cell beside the one before it, and beside the first of its leaf, which is the leaf's total if it has one.
  private mutating func checkTwin(_ i: Int, _ first: Int, in block: Int, _ plan: Plan, _ told: inout Set<UInt64>) {
    let cube = plan.cube
    let isSame = cube.account[i] == cube.account[i - 1] && cube.source[i] == cube.source[i - 1]
    if cube.leaf[i] == Entities.none {
      // Revenue and financing without a source of the plan are told apart by their text only.
      if isSame, cube.source[i].raw != 0 { tell(i, i - 1, isSame: true, in: block, plan, &told) }
    } else if isSame || isTotal(first, cube) {
      tell(i, isSame ? i - 1 : first, isSame: isSame, in: block, plan, &told)
    }
  }

  /// An item beside the amounts of the leaf it stands in.
  private mutating func checkItem(_ i: Int, in block: Int, _ plan: Plan, _ told: inout Set<UInt64>) {
    let cube = plan.cube
    let leaf = plan.entities.parent[cube.leaf[i].index]
    guard leaf != Entities.none else { return }
    let cells = Int(cube.blocks[block])..<Int(cube.blocks[block + 1])
    let rank = plan.entities.rank[leaf.index]
    for other in cube.run(in: cells, rank, rank) {
      let isSame = cube.account[other] == cube.account[i] && cube.source[other] == cube.source[i]
      if isSame || isTotal(other, cube) { return tell(i, other, isSame: isSame, in: block, plan, &told) }
    }
  }

  private func isTotal(_ cell: Int, _ cube: Cube) -> Bool { cube.account[cell].raw == 0 && cube.source[cell].raw == 0 }

  /// Complains of two cells once a leaf and document.
  private mutating func tell(
    _ cell: Int, _ other: Int, isSame: Bool, in block: Int, _ plan: Plan, _ told: inout Set<UInt64>
  ) {
    let cube = plan.cube
    guard isScript(cube.site[cell]) || isScript(cube.site[other]) else { return }
    let document = DocumentID(block / cube.years % cube.documents)
    let source = cube.leaf[cell] == Entities.none ? cube.source[cell].raw & 0xff_ffff : 0
    let key = UInt64(cube.leaf[cell].raw) << 32 | UInt64(document.raw & 0xff) << 24 | UInt64(source)
    guard told.count < 20, told.insert(key).inserted else { return }
    let name = names.text(plan.documents[document.index].name)
    let year = plan.firstYear + block % cube.years
    complain(
      isSame ? .moneyTwice(document: name, year: year) : .totalAndDetail(document: name, year: year),
      Label(cube.site[cell]), Label(cube.site[other]))
  }

  private func isScript(_ site: Site) -> Bool {
    scripts.contains { site.start >= $0.base && site.start - $0.base < UInt32(clamping: $0.bytes.count) }
  }
}
