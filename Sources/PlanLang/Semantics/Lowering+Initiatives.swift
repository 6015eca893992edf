/// What expressions ask of initiatives, and of indicators as the masterplan sees them.
extension Lowering {
  /// `i.dimensi` (of a project too), `i.percepatan`, `i.mulai`, `x.penanggung_jawab`, `k.indeks_ti`; nil when the word is
  /// none of these.
  mutating func masterplan(_ word: Word, of base: Operand, _ kind: EntityKind?) -> Operand? {
    let isInitiative = kind == .initiative
    guard isInitiative || kind == .indicator || kind == .project && word == .dimension else { return nil }
    func asked(_ figure: InitiativeFigure, _ type: ValueType) -> (Opcode, Int32, ValueType)? {
      isInitiative ? (.initiative, figure.rawValue, type) : nil
    }
    let found: (op: Opcode, code: Int32, type: ValueType)?
    switch word {
    case .dimension where kind != .indicator: found = (.initiative, InitiativeFigure.dimension.rawValue, .text)
    case .quickWin: found = asked(.isQuickWin, .truth)
    case .start: found = asked(.firstYear, .year)
    case .owner where isInitiative: found = asked(.owner, .entity(.department))
    case .owner: found = (.figure, IndicatorFigure.owner.rawValue, .entity(.department))
    case .itIndex where !isInitiative: found = (.figure, IndicatorFigure.isITIndex.rawValue, .truth)
    default: found = nil
    }
    guard let found else { return nil }
    let made = register()
    emit(found.op, made, base.register, 0, Int(found.code))
    return Operand(register: made, type: found.type)
  }

  /// `i.dimensi = masyarakat`, `i.dimensi dalam [ekonomi; branding]`: the words on the right name dimensions; nil when
  /// the comparison is none of these.
  mutating func dimensionComparison(_ parts: [NodeID]) -> Operand? {
    guard parts.count == 2, tree[parts[0]].kind == .member, case let path = Array(tree.children(of: parts[0])),
      path.count == 2, tree[path[1]].word == .dimension, tree[path[1]].kind == .word
    else { return nil }
    let lead = tree[parts[1]].lead
    guard lead == Node.equal || lead == Node.unequal || lead == Node.member else { return nil }
    let names = values(of: parts[1]).map { Dimension.named(Self.unquoted(sources.text(tree[$0].site)))?.name.id }
    guard names.allSatisfy({ $0 != nil }) else { return nil }
    let asked = expression(parts[0])
    if asked.type == .hole { return asked }
    let list = register()
    emit(.list, list)
    for name in names {
      formula.texts.append(name ?? "")
      let text = register()
      emit(.text, text, 0, 0, formula.texts.count - 1)
      emit(.append, list, text)
    }
    let made = register()
    emit(.holdsText, made, list, asked.register)
    if lead == Node.unequal { emit(.not, made, made) }
    return Operand(register: made, type: .truth)
  }

  /// The initiatives of a dimension and the parts they go through; nil after a complaint.
  mutating func initiatives(ofDimension item: NodeID) -> [EntityID]? {
    dimension(item).map { inDimension($0) }
  }

  /// A dimension by its name; nil after a complaint.
  mutating func dimension(_ item: NodeID) -> Dimension? {
    let text = Self.unquoted(sources.text(tree[item].site))
    if let dimension = Dimension.named(text) { return dimension }
    _ = complain(.unknownName(name: text, nearest: diagnostics.nearest(to: text, among: Dimension.allCases.map { $0.name.id })), at: tree[item].site)
    return nil
  }

  /// The initiatives and projects of a dimension, and the parts that initiatives go through.
  func inDimension(_ dimension: Dimension) -> [EntityID] {
    plan.initiatives.filter { $0.dimension == dimension }.flatMap { [$0.entity] + $0.parts } + plan.projects.filter { $0.dimension == dimension }.map(\.entity)
  }
}
