/// Questions that hold statements in them.
extension Reader {
  /// A goal, of an exercise or of a search: `aturan NAME`, `semua aturan`, `instrumen sekda`, or an expression that
  /// must be true.
  mutating func done(_ children: inout Children) {
    let ahead = following()
    if at(.rule), ahead.kind == .word {
      _ = takeClause(.rule, &children) { $0.link($0.name(isReference: true), to: &$1) }
    } else if at(.all), ahead.kind == .word, ahead.words.contains(.rule) {
      _ = takeClause(.all, &children) { reader, _ in reader.advance(as: .rule) }
    } else if at(.instrument), ahead.kind == .word {
      _ = takeClause(.instrument, &children) { $0.link($0.name(isReference: true), to: &$1) }
    } else {
      link(expression(), to: &children)
    }
  }

  /// `cari x agar GOAL dengan EDIT`, or `dengan { EDITS }`.
  mutating func seek(_ children: inout Children) {
    link(name(), to: &children)
    if !takeClause(.soThat, &children, { $0.done(&$1) }) { return link(unexpected(), to: &children) }
    let isGiven = takeClause(.with, &children) { reader, parts in
      reader.link(reader.token.kind == .leftBrace ? reader.block() : reader.statement(), to: &parts)
    }
    if !isGiven { link(unexpected(), to: &children) }
  }

  /// `kenapa X sampai 5`: a rule, a scenario, `instrumen`, or an expression.
  mutating func why(_ children: inout Children) {
    link(at(.instrument) ? wordNode(.instrument) : expression(), to: &children)
    _ = takeClause(.until, &children) { $0.link($0.expression(), to: &$1) }
  }

  /// `telusuri X; Y`, `telusuri semua [skenario]`, `telusuri inisiatif [skenario]`, `telusuri dimensi D [skenario]`.
  mutating func trace(_ children: inout Children) {
    if at(.all) {
      link(wordOrName(), to: &children)
    } else if at(.dimension) {
      link(wordNode(.dimension), to: &children)
      link(wordOrHole(Self.dimensions), to: &children)
    } else if at(.initiative), following().kind != .dot {
      link(wordNode(.initiative), to: &children)
    } else {
      return list(.paths, of: { $0.postfix() }, &children)
    }
    if token.kind == .word { link(name(isReference: true), to: &children) }
  }

  /// `siapa menopang X`, `siapa rugi [skenario]`.
  mutating func who(_ children: inout Children) {
    if let made = takeWord([.supporting, .losing]) {
      let isLosing = tree.nodes[Int(made)].word == .losing
      link(made, to: &children)
      if isLosing {
        if token.kind == .word { link(name(isReference: true), to: &children) }
      } else {
        link(postfix(), to: &children)
      }
    } else {
      link(unexpected(), to: &children)
    }
  }

  /// `grafik x; y`, `grafik garis x; y`; `garis` is a name where no expression follows.
  mutating func chart(_ children: inout Children) {
    if at(.lines), [.word, .number, .leftParen, .leftBracket, .code].contains(following().kind) {
      link(wordNode(.lines), to: &children)
    }
    list(.expressions, of: { $0.expression() }, &children)
  }

  /// `laporan "x.html" [skenario]`, `laporan masterplan ke "x.html" [skenario]`.
  mutating func report(_ children: inout Children) {
    if let made = takeWord([.masterplan]) {
      link(made, to: &children)
      if !take(.to) { return link(unexpected(), to: &children) }
    }
    link(textOrHole(), to: &children)
    if token.kind == .word { link(name(isReference: true), to: &children) }
  }

  /// `rekonsiliasi apbd dengan renstra tahun 2026 toleransi 10% untuk diskominfo`; the other side may be a file:
  /// `dengan "sipd.xlsx" lembar "Rekap"`.
  ///
  /// `rekonsiliasi indikator untuk diskominfo`: indicators of one title in several places.
  mutating func reconcile(_ children: inout Children) {
    if at(.indicator), following().kind != .word || following().words.contains(.forEach) {
      link(wordNode(.indicator), to: &children)
      _ = takeClause(.forEach, &children) { $0.link($0.postfix(), to: &$1) }
      return
    }
    if !at(.with) { link(at(.realised) ? wordNode(.realised) : name(), to: &children) }
    let isGiven = takeClause(.with, &children) { reader, parts in
      if reader.token.kind == .text {
        reader.link(reader.textNode(), to: &parts)
        _ = reader.takeClause(.sheet, &parts) { reader, sheet in
          reader.link(reader.token.kind == .number ? reader.expression() : reader.textOrHole(), to: &sheet)
        }
        return
      }
      reader.link(reader.at(.realised) ? reader.wordNode(.realised) : reader.name(), to: &parts)
    }
    if !isGiven { link(unexpected(), to: &children) }
    while token.kind == .word {
      if takeClause(.inYear, &children, { $0.link($0.years(), to: &$1) }) { continue }
      if takeClause(.tolerance, &children, { $0.link($0.expression(), to: &$1) }) { continue }
      if takeClause(.forEach, &children, { $0.link($0.postfix(), to: &$1) }) { continue }
      break
    }
  }

  /// `ekspor "x.xlsx" [skenario]`, `ekspor entri ke "x.xlsx" [skenario] pemisah ","`, `ekspor cek ke "x.csv"`,
  /// `ekspor simulasi ke "x.csv"`.
  mutating func export(_ children: inout Children) {
    if let made = takeWord([.entries, .check, .simulate, .sensitivity, .sweep, .stress]) {
      link(made, to: &children)
      if !take(.to) { return link(unexpected(), to: &children) }
    }
    link(textOrHole(), to: &children)
    while token.kind == .word {
      if takeClause(.separator, &children, { $0.link($0.textOrHole(), to: &$1) }) { continue }
      link(name(isReference: true), to: &children)
      break
    }
    _ = takeClause(.separator, &children) { $0.link($0.textOrHole(), to: &$1) }
  }

  /// A question with parts of its own.
  mutating func asking(_ word: Word, _ children: inout Children) {
    switch word {
    case .chart: chart(&children)
    case .why: why(&children)
    case .who: who(&children)
    case .report: report(&children)
    case .export: export(&children)
    case .sweep: sweep(&children)
    case .simulate: simulate(&children)
    case .sensitivity: list(.expressions, of: { $0.expression() }, &children)
    case .correlation: correlation(&children)
    case .repair:
      if token.kind == .word, token.words.isEmpty || at(.root) { link(name(isReference: true), to: &children) }
      moving(&children)
    case .optimise, .tradeOff: aiming(word, &children)
    default: reconcile(&children)
    }
  }

  /// `simulasi 100000 latin benih 7 undian 4711 { EDITS } tampilkan peluang(COND); E`,
  /// `simulasi 100000 a, b tampilkan E`.
  mutating func simulate(_ children: inout Children) {
    link(expression(), to: &children)
    var isNamed = false
    // At the end of a line too, so that it is known what may follow.
    while true {
      if let made = takeWord([.latin]) {
        link(made, to: &children)
      } else if !takeClause(.seed, &children, { $0.link($0.expression(), to: &$1) }),
        !takeClause(.replayed, &children, { $0.link($0.expression(), to: &$1) })
      {
        guard !isNamed, token.kind == .word, !at(.show), isName(followedBy: following()) else { break }
        isNamed = true
        scenarios(&children)
      }
    }
    if token.kind == .leftBrace { link(block(), to: &children) }
    _ = shown(&children)
  }

  /// `a, b` or `a lawan b`: scenarios beside one another.
  private mutating func scenarios(_ children: inout Children) {
    repeat {
      if at(.show) { return link(unexpected(), to: &children) }
      list(.names, of: { $0.name(isReference: true) }, &children)
    } while take(.against)
  }

  /// Whether a word may name a scenario here: no operand stands behind it, as behind a word that is spelt wrongly.
  private func isName(followedBy ahead: Token) -> Bool { ahead.kind != .word || !ahead.words.isEmpty }

  /// `korelasi A dengan B = 0,6`.
  mutating func correlation(_ children: inout Children) {
    link(name(isReference: true), to: &children)
    if !takeClause(.with, &children, { $0.link($0.name(isReference: true), to: &$1) }) {
      return link(unexpected(), to: &children)
    }
    guard take(.equal, "`=`") else { return link(unexpected(), to: &children) }
    link(expression(), to: &children)
  }

  /// `sapu x = Rp 0..Rp 10 M langkah Rp 500 jt; y = 2%; 3% { EDITS } tampilkan E1; E2`; the edits may be left out where
  /// parameters are varied.
  mutating func sweep(_ children: inout Children) {
    repeat {
      link(name(isReference: true), to: &children)
      let start = token.start
      guard take(.equal, "`=`") else { return link(unexpected(), to: &children) }
      var parts = Children()
      link(expression(), to: &parts)
      while token.kind == .semicolon || token.kind == .comma {
        if beginsAxis { break }
        advance()
        link(expression(), to: &parts)
      }
      link(node(.assign, site(from: start), children: parts), to: &children)
      _ = takeClause(.stride, &children) { $0.link($0.expression(), to: &$1) }
    } while takeSemicolon()
    if token.kind == .leftBrace { link(block(), to: &children) }
    if !shown(&children) { link(unexpected(), to: &children) }
  }

  /// `tampilkan E1; E2` at the end of a question.
  private mutating func shown(_ children: inout Children) -> Bool {
    takeClause(.show, &children) { reader, parts in
      reader.goOn()
      reader.list(.expressions, of: { $0.expression() }, &parts)
    }
  }

  /// Whether `; name =` follows: a further axis, not a further value.
  private var beginsAxis: Bool {
    mutating get {
      var ahead = self
      ahead.advance()
      return ahead.token.kind == .word && ahead.following().kind == .equal
    }
  }

  private mutating func takeSemicolon() -> Bool {
    guard token.kind == .semicolon || token.kind == .comma else { return false }
    advance()
    return true
  }
}
