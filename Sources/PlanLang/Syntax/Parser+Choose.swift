/// Choices of projects under ceilings.
extension Reader {
  /// `pilih proyek maksimalkan E dalam pagu 2026..2028 = list { limits }`; `p dalam SET jika C` may stand for `proyek`.
  mutating func choose(_ children: inout Children) {
    let outer = isChoosing
    isChoosing = true
    defer { isChoosing = outer }
    candidates(&children)
    _ = takeClause(.maximise, &children) { reader, parts in
      reader.link(reader.at(.benefit) ? reader.wordNode(.benefit) : reader.expression(), to: &parts)
    }
    let isGiven = takeClause(.underCeiling, &children) { reader, parts in
      guard reader.take(.budget) else { return reader.link(reader.unexpected(), to: &parts) }
      if reader.token.kind == .number { reader.link(reader.years(), to: &parts) }
      reader.sourceClause(&parts)
      reader.assign(&parts)
    }
    if token.kind == .leftBrace { link(block(), to: &children) } else if !isGiven { link(unexpected(), to: &children) }
  }

  private mutating func candidates(_ children: inout Children) {
    let start = token.start
    if at(.project) { return link(wordNode(.project), to: &children) }
    var parts = Children()
    link(name(), to: &parts)
    if take(.inSet) { link(expression(), to: &parts) } else { link(unexpected(), to: &parts) }
    link(node(.binder, site(from: start), children: parts), to: &children)
    guard at(.given) else { return }
    let condition = token.start
    advance(as: .given)
    var held = Children()
    link(expression(), to: &held)
    link(node(.condition, site(from: condition), children: held), to: &children)
  }

  /// `sumber dau`.
  mutating func sourceClause(_ children: inout Children) {
    _ = takeClause(.source, &children) { reader, parts in
      let isCode = reader.token.kind == .number || reader.token.kind == .code
      reader.link(isCode ? reader.code() : reader.name(), to: &parts)
    }
  }

  /// `paling sedikit X untuk label "a" tahun 2026`, `paling banyak X untuk dinkes`: `paling` was taken.
  mutating func limit(_ children: inout Children) {
    guard let made = takeWord([.fewest, .atMost]) else { return link(unexpected(), to: &children) }
    let outer = isEditing
    isEditing = true
    defer { isEditing = outer }
    link(made, to: &children)
    link(expression(), to: &children)
    while token.kind == .word {
      if takeClause(.forEach, &children, { $0.limited(&$1) }) { continue }
      if takeClause(.inYear, &children, { $0.link($0.years(), to: &$1) }) { continue }
      break
    }
  }

  private mutating func limited(_ parts: inout Children) {
    let groups = [Word.label, .location, .district, .ward, .priority, .dimension]
    if at(.each), groups.contains(where: { following().words.contains($0) }) {
      link(wordNode(.each), to: &parts)
      link(wordOrHole(groups), to: &parts)
    } else if let made = takeWord([.dimension]) {
      link(made, to: &parts)
      list(.texts, of: { $0.takeWord(Self.dimensions) ?? $0.textOrName() }, &parts)
    } else if let made = takeWord(groups) {
      link(made, to: &parts)
      list(.texts, of: { $0.textOrName() }, &parts)
    } else {
      list(.paths, of: { $0.postfix() }, &parts)
    }
  }

  /// Whether the cost here is one of years, as of a project: `biaya 2026..2028 = `, `biaya sumber dau = `, `biaya = `.
  var beginsYearlyCost: Bool {
    mutating get {
      if token.kind == .equal || at(.source) { return true }
      guard token.kind == .number else { return false }
      let ahead = following()
      return ahead.kind == .dots || ahead.kind == .equal || ahead.words.contains(.source)
    }
  }
}
