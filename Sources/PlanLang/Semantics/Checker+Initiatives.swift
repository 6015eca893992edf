/// Initiatives of a masterplan: what is stated of them, and what they are tied to.
extension Checker {
  /// A statement in the block of an initiative.
  mutating func initiative(_ id: NodeID, _ word: Word, _ parent: EntityID) {
    let row = builder.plan.initiatives.count - 1
    guard row >= 0, builder.plan.initiatives[row].entity == parent else {
      let isTwin = builder.plan.initiatives.contains { $0.entity == parent }
      return isTwin ? diagnostics.follow() : misplaced(id, parent)
    }
    switch word {
    case .dimension:
      guard let part = tree.firstChild(of: id), let made = Dimension.named(sources.text(tree[part].site)) else { return }
      if builder.plan.initiatives[row].dimension != nil {
        return complain(.givenTwice(what: Bilingual("`dimensi`", "`dimension`")), at: tree[id].site)
      }
      builder.plan.initiatives[row].dimension = made
    case .quickWin: builder.plan.initiatives[row].isQuickWin = true
    case .roadmap: roadmap(id, parent)
    case .through, .owner: pending.initiatives.append((treeIndex, id, parent))
    case .drives where tree.children(of: id).allSatisfy { tree[$0].kind != .word && tree[$0].kind != .block }:
      pending.initiatives.append((treeIndex, id, parent))
    default: complain(.initiativeMoney(what: word.spoken), at: tree[id].site)
    }
  }

  /// `peta_jalan 2026..2029 = list`: what the masterplan means to spend, year by year.
  private mutating func roadmap(_ id: NodeID, _ owner: EntityID) {
    guard let assign = tree.child(.assign, of: id) else { return }
    guard let years = firstYears(id).map({ self.years($0) }) ?? wholePeriod(at: tree[id].site), !years.isEmpty else { return }
    money(assign, years, Cell(document: Plan.roadmap, leaf: owner))
  }
}

extension Lowering {
  /// `melalui`, `mendorong` and `penanggung_jawab` of initiatives, and who answers for an indicator.
  mutating func resolveInitiatives(_ pending: [(tree: Int, node: NodeID, owner: EntityID)]) {
    for (index, id, owner) in pending {
      enter(index)
      for part in tree.children(of: id) {
        guard let found = entity(at: part) else { continue }
        let kind = plan.entities.kind[found.index]
        let wanted: Bilingual?
        switch tree[id].word {
        case .owner: wanted = kind == .department ? nil : Self.words(.department)
        case .drives: wanted = kind == .indicator ? nil : Self.words(.indicator)
        default: wanted = kind.spends ? nil : Bilingual("program, kegiatan atau subkegiatan", "a programme, activity or subactivity")
        }
        if let wanted {
          _ = complain(.expected(wanted: wanted, found: Self.words(kind)), at: tree[part].site)
          continue
        }
        tie(owner, found, tree[id].word)
      }
    }
    for row in plan.initiatives.indices { builder.plan.initiatives[row].parts = disjoint(plan.initiatives[row].parts) }
  }

  private mutating func tie(_ owner: EntityID, _ found: EntityID, _ word: Word?) {
    if let row = plan.indicators.firstIndex(where: { $0.entity == owner }) {
      builder.plan.indicators[row].owner = found
      return
    }
    guard let row = plan.initiative(owner) else { return }
    switch word {
    case .owner: builder.plan.initiatives[row].owner = found
    case .drives:
      if !plan.initiatives[row].moves.contains(found) { builder.plan.initiatives[row].moves.append(found) }
    default: builder.plan.initiatives[row].parts.append(found)
    }
  }
}
