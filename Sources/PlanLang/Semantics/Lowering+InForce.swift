/// When and where a rule is in force (berlaku).
extension Lowering {
  /// Keeps a rule to the years it is in force; why it does not apply at all, or nil.
  ///
  /// A budget year is under a rule when a day of it is: one in force from 5 January 2027 binds the APBD of 2027.
  mutating func restrict(_ rule: inout Rule, _ id: NodeID) -> DormantRule.Reason? {
    guard let block = tree.child(.block, of: id) else { return nil }
    for part in tree.children(of: block) where tree[part].kind == .statement && tree[part].word == .inForce {
      for clause in tree.children(of: part) {
        guard tree[clause].kind == .clause, let word = tree[clause].word else { continue }
        let first = tree.firstChild(of: clause)
        switch word {
        case .since:
          guard let from = first.flatMap({ day($0) }) else { continue }
          rule.years = rule.years.filter { plan.firstYear + $0 >= from / 10_000 }
          if rule.years.isEmpty { return .notYet(from) }
        case .until:
          guard let to = first.flatMap({ day($0) }) else { continue }
          rule.years = rule.years.filter { plan.firstYear + $0 <= to / 10_000 }
          if rule.years.isEmpty { return .ended(to) }
        case .forEach:
          guard let kind = plan.regionKind else { return .unknownRegion }
          let kinds = tree.children(of: clause).compactMap { tree[$0].word }
          if !kinds.contains(kind == .city ? .city : kind == .regency ? .regency : .province) { return .otherRegion }
        case .fiscal:
          guard let name = first, let wanted = fiscalClass(name) else { continue }
          guard let own = plan.fiscalClass else { return .unknownClass }
          if own != wanted { return .otherClass }
        case .document:
          for name in tree.children(of: clause) {
            let symbol = Symbol(raw: tree[name].payload)
            let row = plan.documents.firstIndex { $0.name == symbol }
            if !(row.map { builder.hasMoney(in: DocumentID($0)) } ?? false) { return .missing(names.text(symbol)) }
          }
        case .source:
          for name in tree.children(of: clause) {
            let symbol = Symbol(raw: tree[name].payload)
            let isKnown = scope.meanings(of: symbol).contains { if case .source = $0 { true } else { false } }
            if !isKnown { return .missing(names.text(symbol)) }
          }
        default: continue
        }
      }
    }
    return nil
  }

  /// A fiscal class by its name; nil after a complaint.
  mutating func fiscalClass(_ name: NodeID) -> FiscalClass? {
    let spelling = sources.text(tree[name].site).lowercased()
    if let known = FiscalClass.named(spelling) { return known }
    if tree[name].kind != .hole { diagnostics.add(DeclarationProblem.unknownClass(name: spelling), at: tree[name].site) }
    return nil
  }
}

extension FiscalClass {
  /// A class by its name in either language.
  static func named(_ spelling: String) -> FiscalClass? {
    switch spelling {
    case "sangat_tinggi", "very_high": .veryHigh
    case "tinggi", "high": .high
    case "sedang", "medium": .medium
    case "rendah", "low": .low
    case "sangat_rendah", "very_low": .veryLow
    default: nil
    }
  }
}
