/// Questions that a solver answers.
extension Reader {
  /// What may move: `aturan a, b`, `semua aturan`, `anjuran c bobot 2, d`, `semua anjuran`, `instrumen <= sekda`,
  /// `dengan A, B`, `kecuali C`, `tahun 2026`, `paling banyak Rp 5 M`, `setempat`, in any order.
  mutating func moving(_ children: inout Children) {
    while token.kind == .word {
      let ahead = following()
      if takeClause(.rule, &children, { $0.list(.names, of: { $0.name(isReference: true) }, &$1) }) { continue }
      if at(.all), let word = [Word.rule, .advisory].first(where: { ahead.words.contains($0) }) {
        _ = takeClause(.all, &children) { reader, parts in
          let start = reader.token.start
          reader.advance(as: word)
          if word == .advisory { reader.clause(word, start, &parts) { _, _ in } }
        }
        continue
      }
      if takeClause(.advisory, &children, { $0.weighted(&$1) }) { continue }
      if takeClause(.instrument, &children, { $0.signature(&$1) }) { continue }
      if takeClause(.with, &children, { $0.list(.paths, of: { $0.postfix() }, &$1) }) { continue }
      if takeClause(.except, &children, { $0.list(.paths, of: { $0.postfix() }, &$1) }) { continue }
      if takeClause(.inYear, &children, { $0.link($0.years(), to: &$1) }) { continue }
      if at(.ceiling), ahead.words.contains(.atMost) {
        _ = takeClause(.ceiling, &children) { reader, parts in
          reader.advance(as: .atMost)
          reader.link(reader.expression(), to: &parts)
        }
        continue
      }
      if let made = takeWord([.nearby]) {
        link(made, to: &children)
        continue
      }
      break
    }
  }

  /// `c bobot 2, d`: names, each with its weight behind it.
  private mutating func weighted(_ children: inout Children) {
    while true {
      link(name(isReference: true), to: &children)
      _ = takeClause(.weight, &children) { $0.link($0.expression(), to: &$1) }
      guard token.kind == .comma else { return }
      advance()
    }
  }

  /// `<= sekda`: the highest signature.
  private mutating func signature(_ children: inout Children) {
    if token.kind == .lessEqual { advance() }
    link(name(isReference: true), to: &children)
  }

  /// `maksimalkan A; minimalkan B ...` or `maksimalkan A lawan B ...`.
  mutating func aiming(_ word: Word, _ children: inout Children) {
    aim(&children)
    if word == .tradeOff {
      if !takeClause(.against, &children, { $0.aim(&$1) }) { return link(unexpected(), to: &children) }
    } else {
      while token.kind == .semicolon || token.kind == .comma, beginsAim {
        advance()
        aim(&children)
      }
    }
    moving(&children)
  }

  /// Whether `; maksimalkan` follows.
  private var beginsAim: Bool {
    mutating get {
      let ahead = following()
      return ahead.words.contains(.maximise) || ahead.words.contains(.minimise)
    }
  }

  /// A figure to be high or low.
  private mutating func aim(_ children: inout Children) {
    for word in [Word.maximise, .minimise] where at(word) {
      _ = takeClause(word, &children) { $0.link($0.expression(), to: &$1) }
      return
    }
    link(unexpected(), to: &children)
  }
}
