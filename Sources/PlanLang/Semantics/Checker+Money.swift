/// Money as declared: budgets, their lines and items, revenue and financing.
extension Checker {
  /// Where an amount goes, but for its year.
  struct Cell {
    var ledger = Ledger.spending
    var document: DocumentID
    var leaf: EntityID
    var account = AccountID(raw: 0)
    var source = SourceID(raw: 0)
  }

  /// `pagu DOCUMENT YEARS = list`, or the same with a block of lines.
  mutating func budget(_ id: NodeID, _ owner: EntityID) {
    guard owner != Entities.none, builder.plan.entities.kind[owner.index].spends else { return misplaced(id, owner) }
    guard let document = documentNamed(id) else { return }
    let part = firstYears(id)
    let years = part.map { self.years($0) }
    if years?.isEmpty == true { return }
    let cell = Cell(document: document, leaf: owner)
    if let assign = tree.child(.assign, of: id) {
      guard let years = years ?? wholePeriod(at: tree[id].site) else { return }
      money(assign, years, cell)
    }
    guard let block = tree.child(.block, of: id) else { return }
    for line in tree.children(of: block) where tree[line].kind == .statement { self.line(line, cell, years) }
  }

  /// The document a `pagu` names, the working one without a name.
  private mutating func documentNamed(_ id: NodeID) -> DocumentID? {
    if tree[id].word == .realised { return DocumentID(raw: 3) }
    guard let part = tree.firstChild(of: id) else { return builder.plan.workingDocument }
    if tree[part].kind == .word { return DocumentID(raw: 3) }
    guard tree[part].kind == .name else { return builder.plan.workingDocument }
    return document(Symbol(raw: tree[part].payload), at: tree[part].site)
  }

  /// A declared document by its name; nil after a complaint.
  mutating func document(_ symbol: Symbol, at site: Site) -> DocumentID? {
    for row in builder.plan.documents.indices where builder.plan.documents[row].name == symbol {
      return DocumentID(row)
    }
    let name = sources.text(site)
    let nearest = diagnostics.nearest(to: name, among: builder.plan.documents.map { names.text($0.name) })
    diagnostics.add(MeaningProblem.unknownDocument(name: name, nearest: nearest), at: site)
    return nil
  }

  /// `rekening C sumber S tahun Y = list`, `sumber S = list` or an item, inside a budget.
  private mutating func line(_ id: NodeID, _ budget: Cell, _ outer: Range<Int>?) {
    var cell = budget
    switch tree[id].word {
    case .account:
      guard let account = spendingAccount(id) else { return }
      cell.account = account
      if let clause = tree.clause(.source, of: id), let part = tree.firstChild(of: clause) {
        guard let source = sourceNamed(part) else { return }
        cell.source = source
      }
    case .source:
      guard let part = tree.firstChild(of: id), let source = sourceNamed(part) else { return }
      cell.source = source
    case .item:
      guard let years = outer ?? wholePeriod(at: tree[id].site) else { return }
      return itemMoney(id, cell, years)
    default: return misplaced(id, in: Word.budget.spoken)
    }
    var years = outer
    if let clause = tree.clause(.inYear, of: id), let part = tree.firstChild(of: clause) {
      years = self.years(part)
    } else if let part = firstYears(id) {
      years = self.years(part)
    }
    guard let years = years ?? wholePeriod(at: tree[id].site), !years.isEmpty else { return }
    let (assign, block) = (tree.child(.assign, of: id), tree.child(.block, of: id))
    if let assign { money(assign, years, cell) }
    if let block {
      for item in tree.children(of: block) where tree[item].kind == .statement {
        if tree[item].word == .item { itemMoney(item, cell, years) } else { misplaced(item, in: Word.account.spoken) }
      }
    }
    if assign == nil, block == nil { missing(Bilingual("jumlah", "an amount"), of: tree[id].word, at: tree[id].site) }
  }

  /// The account of a line: accounts of spending begin with 5 (Permendagri 90/2019); nil after a complaint.
  private mutating func spendingAccount(_ id: NodeID) -> AccountID? {
    guard let code = tree.child(.code, of: id) else { return nil }
    // A plan writes few accounts many times: each spelling is read once.
    let spelling = Symbol(raw: tree[code].payload)
    if spelling.raw != 0, let known = spendingAccounts[spelling] { return AccountID(raw: known) }
    let written = sources.text(tree[code].site)
    guard let canonical = Code.account(written), canonical.utf8.first == 0x35 else {
      complain(.badCode(code: written), at: tree[code].site)
      return nil
    }
    let account = builder.account(canonical, names: &names)
    if spelling.raw != 0 { spendingAccounts[spelling] = account.raw }
    return account
  }

  // MARK: Items

  /// An item that stands directly in a leaf: it is of the working document, in the only year of the period.
  mutating func item(_ id: NodeID, _ owner: EntityID) {
    guard owner != Entities.none, builder.plan.entities.kind[owner.index].spends else { return misplaced(id, owner) }
    guard let years = wholePeriod(at: tree[id].site) else { return }
    if years.count > 1 {
      return missing(
        Bilingual(
          "tahun: tulis di dalam `pagu apbd 2026 { ... }`", "a year: write it inside `budget apbd 2026 { ... }`"),
        of: .item, at: tree[id].site)
    }
    itemMoney(id, Cell(document: builder.plan.workingDocument, leaf: owner), years)
  }

  /// An item's money: stated, or volume times price.
  private mutating func itemMoney(_ id: NodeID, _ line: Cell, _ years: Range<Int>) {
    var cell = line
    cell.leaf = itemEntity(id, line.leaf)
    if let assign = tree.child(.assign, of: id) { return money(assign, years, cell) }
    guard let (volume, _) = literal(of: .volume, in: id), let (price, site) = literal(of: .price, in: id) else {
      return missing(
        Bilingual("jumlah, atau volume dan harga", "an amount, or a volume and a price"), of: .item, at: tree[id].site)
    }
    guard price.kind == .money else { return complain(.notMoney, at: site) }
    guard volume.kind == .number else {
      return complain(.notFigure(wanted: Bilingual("banyaknya", "a quantity")), at: volume.site)
    }
    guard volume.mantissa >= 0, price.mantissa >= 0 else { return complain(.negativeMoney, at: site) }
    let product = Number(mantissa: volume.mantissa, scale: Int(volume.scale)) * Number(price.mantissa)
    guard product.isExact, let sen = product.roundedHalfEven else { return complain(.tooMuchMoney, at: site) }
    for year in years { add(cell, year, sen, tree[id].site) }
  }

  private mutating func itemEntity(_ id: NodeID, _ owner: EntityID) -> EntityID {
    let first = tree.firstChild(of: id)
    let site = first.map { tree[$0].site } ?? .none
    let name = first.flatMap { tree[$0].kind == .name ? Symbol(raw: tree[$0].payload) : nil } ?? Entities.unnamed
    let title = name == Entities.unnamed ? site : .none
    let made = builder.entity(
      .item, parent: owner, name: name, title: title, code: .none, codeName: Entities.unnamed, site: site)
    scope.add(made, name: name, codeName: Entities.unnamed)
    return made
  }

  /// The figure of a clause, with a minus before it taken in.
  private func literal(of word: Word, in id: NodeID) -> (Literal, Site)? {
    guard let clause = tree.clause(word, of: id), let part = tree.firstChild(of: clause) else { return nil }
    if tree[part].kind == .literal { return (tree.literals[Int(tree[part].payload)], tree[part].site) }
    guard tree[part].kind == .unary, tree[part].word == .cut, let inner = tree.firstChild(of: part),
      tree[inner].kind == .literal
    else { return nil }
    var literal = tree.literals[Int(tree[inner].payload)]
    literal.mantissa = literal.mantissa == .min ? .max : -literal.mantissa
    return (literal, tree[part].site)
  }

  // MARK: Sources

  /// The source of a name or code; a code not yet known is declared by being used. Nil after a complaint.
  mutating func sourceNamed(_ id: NodeID) -> SourceID? {
    let node = tree[id]
    if node.kind == .code {
      let written = sources.text(node.site)
      let symbol = names.intern(written)
      if let row = builder.plan.sources.codeName.firstIndex(of: symbol) { return SourceID(row) }
      return addSource(Entities.unnamed, Bilingual(same: written), code: written, field: nil, at: node.site)
    }
    let name = Symbol(raw: node.payload)
    if let known = sourceRows[name] { return SourceID(raw: known) }
    for case .source(let id) in scope.meanings(of: name) {
      sourceRows[name] = id.raw
      return id
    }
    let written = sources.text(node.site)
    let nearest = diagnostics.nearest(to: written, among: builder.plan.sources.named(names))
    diagnostics.add(MeaningProblem.unknownSource(name: written, nearest: nearest), at: node.site)
    return nil
  }

  // MARK: Revenue and financing

  /// `pendapatan dau YEARS = list`, `pembiayaan [pengeluaran] silpa YEARS = list`.
  mutating func revenue(_ id: NodeID, _ word: Word) {
    var cell = Cell(
      ledger: word == .revenue ? .revenue : .receipt, document: builder.plan.workingDocument, leaf: Entities.none)
    var source: SourceID?
    for child in tree.children(of: id) {
      switch tree[child].kind {
      case .word: cell.ledger = tree[child].word == .expense ? .outflow : .receipt
      case .name, .code:
        if source == nil {
          guard let found = sourceNamed(child) else { return }
          source = found
        }
      case .text: source = SourceID(raw: 0)
      default: break
      }
    }
    guard let source, let assign = tree.child(.assign, of: id) else { return }
    cell.source = source
    guard let years = firstYears(id).map({ self.years($0) }) ?? wholePeriod(at: tree[id].site) else { return }
    money(assign, years, cell)
  }

  // MARK: Amounts

  /// The amounts of an assignment, one a year.
  mutating func money(_ assign: NodeID, _ years: Range<Int>, _ cell: Cell) {
    guard let list = tree.firstChild(of: assign), !years.isEmpty else { return }
    let node = tree.nodes[list.index]
    if node.kind == .literals {
      let count = Int(node.wordRaw)
      guard count == years.count else {
        return complain(.wrongCount(items: count, years: years.count), at: node.site)
      }
      // The wrong kind of figure is told once a list.
      for i in 0..<count {
        guard amount(tree.literals[Int(node.payload) + i], years.lowerBound + i, cell) else { return }
      }
      return
    }
    if node.kind == .hole { return }
    let items = node.kind == .list ? Array(tree.children(of: list)) : [list]
    guard items.count == years.count else {
      return complain(.wrongCount(items: items.count, years: years.count), at: node.site)
    }
    for (item, year) in zip(items, years) {
      if tree[item].kind == .literal {
        if !amount(tree.literals[Int(tree[item].payload)], year, cell) { return }
      } else if tree[item].kind == .unary, tree[item].word == .cut {
        complain(.negativeMoney, at: tree[item].site)
      } else if tree[item].kind != .hole {
        complain(.notMoney, at: tree[item].site)
      }
    }
  }

  /// One amount; false when it is no money.
  private mutating func amount(_ literal: Literal, _ year: Int, _ cell: Cell) -> Bool {
    if literal.kind == .missing { return true }
    guard literal.kind == .money else {
      complain(.notMoney, at: literal.site)
      return false
    }
    if literal.mantissa < 0 {
      complain(.negativeMoney, at: literal.site)
    } else {
      add(cell, year, literal.mantissa, literal.site)
    }
    return true
  }

  private mutating func add(_ cell: Cell, _ year: Int, _ sen: Int64, _ site: Site) {
    builder.cell(
      cell.ledger, document: cell.document, year: year, leaf: cell.leaf, account: cell.account, source: cell.source,
      amount: sen, site: site)
  }
}
