/// Declarations: name, title, clauses, `= list`, block, as each word asks.
extension Reader {
  /// What stands behind a declaration's word; true when the statement's payload is 1.
  mutating func declaration(_ word: Word, _ children: inout Children) -> Bool {
    switch word {
    case .region: region(&children)
    case .period, .inYear: link(years(), to: &children)
    case .document: document(&children)
    case .sheet: link(token.kind == .number ? expression() : textOrHole(), to: &children)
    case .vision, .strategy, .policy, .location, .ward, .basis, .question, .hint, .use, .separator, .urgent:
      texts(word, &children)
    case .mission, .goal, .objective, .department, .office, .board, .district, .secretariat, .hospital, .workUnit,
      .program, .activity, .subactivity, .indicator, .project, .initiative:
      entity(word, &children)
    case .item: item(&children)
    case .drives: drives(&children)
    case .budget, .realised, .target, .projection, .withoutProgrammes, .baseline, .roadmap: series(word, &children)
    case .account, .source: funds(word, &children)
    case .revenue, .financing: revenue(word, &children)
    case .scale:
      if following().kind == .equal { scaleDeclaration(&children) } else { link(name(), to: &children) }
    case .parameter: parameter(&children)
    case .letting:
      link(name(), to: &children)
      assign(&children)
    case .formula: formula(&children)
    case .rule: rule(&children)
    case .inForce: inForce(&children)
    case .except: waiver(&children)
    case .load: load(&children)
    case .column: column(&children)
    case .scenario: scenario(&children)
    case .dated: link(date(), to: &children)
    case .exercise: exercise(&children)
    case .random, .additive, .best, .quickWin, .itIndex: break
    case .owner: link(postfix(), to: &children)
    case .dimension: link(wordOrHole(Self.dimensions), to: &children)
    case .spillover: spillover(&children)
    default: attribute(word, &children)
    }
    return false
  }

  /// The six dimensions of a smart city.
  static let dimensions: [Word] = [.governance, .branding, .economy, .living, .society, .environment]

  /// The current word as a node, taken as a word of the language.
  mutating func wordNode(_ word: Word) -> UInt32 {
    let start = token
    advance(as: word)
    return node(.word, site(start), word: word, payload: start.symbol.raw)
  }

  /// The first of some words that stands here, as a node; nil when none does.
  mutating func takeWord(_ words: [Word]) -> UInt32? {
    for word in words where at(word) { return wordNode(word) }
    return nil
  }

  /// One of some words as a node, or a complaint.
  mutating func wordOrHole(_ words: [Word]) -> UInt32 {
    if let made = takeWord(words) { return made }
    return unexpected()
  }

  private mutating func region(_ children: inout Children) {
    link(textOrHole(), to: &children)
    while token.kind == .word {
      if takeClause(.kind, &children, { reader, parts in
        reader.link(reader.wordOrHole([.city, .regency, .province]), to: &parts)
      }) { continue }
      if takeClause(.fiscal, &children, { $0.link($0.name(), to: &$1) }) { continue }
      if takeClause(.period, &children, { $0.link($0.years(), to: &$1) }) { continue }
      break
    }
    if token.kind == .leftBrace { link(block(), to: &children) }
  }

  private mutating func document(_ children: inout Children) {
    if takeClause(.working, &children, { reader, parts in
      reader.link(reader.at(.realised) ? reader.wordNode(.realised) : reader.name(), to: &parts)
    }) { return }
    link(name(), to: &children)
    if token.kind == .text { link(textNode(), to: &children) }
  }

  /// Texts separated by `;`; `pakai` may be followed by `kecuali names`, `kondisi` by `tertentu`.
  private mutating func texts(_ word: Word, _ children: inout Children) {
    if word == .urgent { takeTail("tertentu") }
    let isPaired = word == .hint || word == .basis
    list(.texts, of: { isPaired ? $0.pairedText() : $0.textOrHole() }, &children)
    if word == .use { _ = takeClause(.except, &children) { $0.names(&$1) } }
    if word == .vision, token.kind == .leftBrace { link(block(), to: &children) }
  }

  /// `NAME "title" kode C { ... }`; the name may miss when a code is given.
  private mutating func entity(_ word: Word, _ children: inout Children) {
    if token.kind == .word, !token.words.contains(.code) || following().kind != .number && following().kind != .code {
      link(name(), to: &children)
    }
    if token.kind == .text { link(textNode(), to: &children) }
    _ = takeClause(.code, &children) { $0.link($0.code(), to: &$1) }
    if token.kind == .text { link(textNode(), to: &children) }
    if token.kind == .leftBrace {
      link(block(), to: &children)
    } else if children.first == 0 {
      expectedMarks.append(Bilingual("nama", "a name")[language])
      link(unexpected(), to: &children)
    } else if !endsStatement {
      expectedMarks.append("`{`")
    }
  }

  /// Whether the statement may end here.
  var endsStatement: Bool {
    switch token.kind {
    case .newline, .end, .semicolon, .rightBrace: true
    default: false
    }
  }

  /// `uraian "..." volume V satuan U harga H = list`.
  private mutating func item(_ children: inout Children) {
    link(token.kind == .text ? textNode() : name(), to: &children)
    while token.kind == .word {
      if takeClause(.volume, &children, { $0.link($0.expression(), to: &$1) }) { continue }
      if takeClause(.unit, &children, { $0.link($0.textOrName(), to: &$1) }) { continue }
      if takeClause(.price, &children, { $0.link($0.expression(), to: &$1) }) { continue }
      break
    }
    if token.kind == .equal { assign(&children) }
    if token.kind == .leftBrace { link(block(), to: &children) }
  }

  /// `mendorong X jenuh mutlak { ... }`, `mendorong X rumus f { ... }`.
  private mutating func drives(_ children: inout Children) {
    link(postfix(), to: &children)
    while let made = takeWord([.saturating, .perUnit, .unit, .elastic, .tabular, .formula, .absolute, .calibrated]) {
      let isOwn = tree.nodes[Int(made)].word == .formula
      link(made, to: &children)
      if isOwn { link(name(isReference: true), to: &children) }
    }
    if token.kind == .leftBrace { link(block(), to: &children) }
  }

  /// `pagu rpjmd 2025..2029 = list`, `target akhir = x`, `awal 2024 = x`; a budget may open a block instead.
  private mutating func series(_ word: Word, _ children: inout Children) {
    if word == .budget {
      if at(.realised) {
        link(wordNode(.realised), to: &children)
      } else if token.kind == .word {
        link(name(), to: &children)
      }
    }
    if word == .target { _ = takeClause(.final, &children) { _, _ in } }
    if token.kind == .number { link(statedYears(), to: &children) }
    if isChoosing { sourceClause(&children) }
    if token.kind == .leftBrace, word == .budget || word == .realised {
      link(block(), to: &children)
    } else {
      assign(&children)
    }
  }

  /// `rekening C sumber S tahun Y = list`, `sumber S = list`, and the declaration of a source.
  private mutating func funds(_ word: Word, _ children: inout Children) {
    if word == .account {
      link(code(), to: &children)
    } else {
      link(token.kind == .number || token.kind == .code ? code() : name(), to: &children)
    }
    if token.kind == .text { link(textNode(), to: &children) }
    while token.kind == .word {
      if takeClause(.source, &children, { reader, parts in
        let isCode = reader.token.kind == .number || reader.token.kind == .code
        reader.link(isCode ? reader.code() : reader.name(), to: &parts)
      }) { continue }
      if takeClause(.inYear, &children, { $0.link($0.years(), to: &$1) }) { continue }
      if takeClause(.code, &children, { $0.link($0.code(), to: &$1) }) { continue }
      if takeClause(.earmarked, &children, { $0.link($0.textOrHole(), to: &$1) }) { continue }
      break
    }
    if token.kind == .number { link(statedYears(), to: &children) }
    if token.kind == .equal { assign(&children) }
    if token.kind == .leftBrace { link(block(), to: &children) }
    if !endsStatement { expectedMarks.append("`=`") }
  }

  /// `pendapatan dau 2025..2029 = list`, `pembiayaan pengeluaran pad 2026 = list`.
  private mutating func revenue(_ word: Word, _ children: inout Children) {
    if word == .financing, let made = takeWord([.receipt, .expense]) { link(made, to: &children) }
    if token.kind == .text {
      link(textNode(), to: &children)
    } else {
      link(token.kind == .code || token.kind == .number ? code() : name(), to: &children)
    }
    if token.kind == .number { link(statedYears(), to: &children) }
    assign(&children)
  }

  /// `skala NAME = A < B < C`.
  private mutating func scaleDeclaration(_ children: inout Children) {
    link(name(), to: &children)
    let start = token.start
    guard take(.equal, "`=`") else {
      link(unexpected(), to: &children)
      return
    }
    let listStart = token.start
    var grades = Children()
    link(textOrName(), to: &grades)
    while take(.less, "`<`") { link(textOrName(), to: &grades) }
    var parts = Children()
    link(node(.list, site(from: listStart), children: grades), to: &parts)
    link(node(.assign, site(from: start), children: parts), to: &children)
  }

  /// A quoted text, or a name.
  mutating func textOrName() -> UInt32 { token.kind == .text ? textNode() : name() }

  /// `parameter NAME "title" 2025..2027 = list`, `parameter NAME ~ normal(...)`.
  private mutating func parameter(_ children: inout Children) {
    link(name(), to: &children)
    if token.kind == .text { link(pairedText(), to: &children) }
    if token.kind == .number { link(years(), to: &children) }
    if token.kind == .tilde {
      let start = token.start
      advance()
      clause(.distributed, start, &children) { $0.link($0.expression(), to: &$1) }
    } else {
      assign(&children)
    }
  }

  /// `rumus f(x; y) = expr`.
  private mutating func formula(_ children: inout Children) {
    link(name(), to: &children)
    let open = token
    guard token.kind == .leftParen else {
      _ = take(.leftParen, "`(`")
      link(unexpected(), to: &children)
      return
    }
    advance(isPostfix: true)
    var parameters = Children()
    if token.kind != .rightParen {
      link(name(), to: &parameters)
      while token.kind == .semicolon || token.kind == .comma {
        advance()
        link(name(), to: &parameters)
      }
    }
    if !take(.rightParen, "`)`") { link(unexpected(), to: &parameters) }
    link(node(.list, site(from: open.start), children: parameters), to: &children)
    let start = token.start
    guard take(.equal, "`=`") else {
      link(unexpected(), to: &children)
      return
    }
    var parts = Children()
    link(expression(), to: &parts)
    link(node(.assign, site(from: start), children: parts), to: &children)
  }

  /// `aturan NAME "title" wajib { ... }`.
  private mutating func rule(_ children: inout Children) {
    link(name(), to: &children)
    if token.kind == .text { link(pairedText(), to: &children) }
    if let made = takeWord([.mandatory, .advisory]) { link(made, to: &children) }
    link(block(), to: &children)
  }

  /// `kecuali RULE untuk PATH karena "..." oleh "..." sampai 2026-12`.
  private mutating func waiver(_ children: inout Children) {
    link(name(), to: &children)
    while token.kind == .word {
      if takeClause(.forEach, &children, { $0.link($0.postfix(), to: &$1) }) { continue }
      if takeClause(.because, &children, { $0.link($0.textOrHole(), to: &$1) }) { continue }
      if takeClause(.by, &children, { $0.link($0.textOrHole(), to: &$1) }) { continue }
      if takeClause(.until, &children, { $0.link($0.date(), to: &$1) }) { continue }
      break
    }
  }

  /// `berlaku sejak 2022-01-05 sampai 2026-12-31 untuk kota; kabupaten fiskal sedang dokumen renstra
  /// sumber pajak_rokok`: in any order.
  private mutating func inForce(_ children: inout Children) {
    if endsStatement { link(unexpected(), to: &children) }
    while token.kind == .word {
      if takeClause(.since, &children, { $0.link($0.date(), to: &$1) }) { continue }
      if takeClause(.until, &children, { $0.link($0.date(), to: &$1) }) { continue }
      if takeClause(.fiscal, &children, { $0.link($0.name(), to: &$1) }) { continue }
      if takeClause(.document, &children, { $0.names(&$1) }) { continue }
      if takeClause(.source, &children, { $0.names(&$1) }) { continue }
      if takeClause(.forEach, &children, { reader, parts in
        reader.list(.names, of: { $0.wordOrHole([.city, .regency, .province]) }, &parts)
      }) { continue }
      break
    }
  }

  private mutating func load(_ children: inout Children) {
    link(textOrHole(), to: &children)
    if token.kind == .leftBrace { link(block(), to: &children) }
  }

  /// `kolom head = dinas.kode`, `kolom head = pagu renstra 2027`.
  private mutating func column(_ children: inout Children) {
    link(token.kind == .text ? textNode() : name(), to: &children)
    let start = token.start
    guard take(.equal, "`=`") else {
      link(unexpected(), to: &children)
      return
    }
    var parts = Children()
    let money = [Word.budget, .realised].first { at($0) }
    let following = following().kind
    if let word = money ?? [Word.target, .baseline].first(where: { at($0) && following == .number }) {
      let head = token
      let callee = wordNode(word)
      var call = Children()
      link(callee, to: &call)
      if money != nil, token.kind == .word { link(name(), to: &call) }
      if token.kind == .number { link(years(), to: &call) }
      link(node(.call, site(from: head.start), children: call), to: &parts)
    } else {
      link(postfix(), to: &parts)
    }
    link(node(.assign, site(from: start), children: parts), to: &children)
  }

  /// `skenario NAME "title" dari PARENT tanggal D kondisi tertentu "..." { ... }`.
  private mutating func scenario(_ children: inout Children) {
    if endsStatement { return }
    link(name(), to: &children)
    if token.kind == .text { link(pairedText(), to: &children) }
    while token.kind == .word {
      if takeClause(.from, &children, { $0.link($0.name(isReference: true), to: &$1) }) { continue }
      if takeClause(.dated, &children, { $0.link($0.date(), to: &$1) }) { continue }
      if takeClause(.urgent, &children, { reader, parts in
        reader.takeTail("tertentu")
        reader.link(reader.textOrHole(), to: &parts)
      }) { continue }
      break
    }
    if token.kind == .leftBrace { link(block(), to: &children) }
  }

  private mutating func exercise(_ children: inout Children) {
    link(name(), to: &children)
    if token.kind == .text { link(textNode(), to: &children) }
    link(block(), to: &children)
  }

  /// `limpahan X ke Y 0,2`.
  private mutating func spillover(_ children: inout Children) {
    link(postfix(), to: &children)
    if !takeClause(.to, &children, { $0.link($0.postfix(isPath: true), to: &$1) }) { link(unexpected(), to: &children) }
    link(expression(), to: &children)
  }
}
