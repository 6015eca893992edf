/// What is said of an indicator, a leaf, a drive or a rule, and what founds a figure.
extension Reader {
  /// Statements inside indicators, leaves, drives and rules: a value, then `menurut` and `mutu`.
  mutating func attribute(_ word: Word, _ children: inout Children) {
    switch word {
    case .direction:
      guard let made = at(.inSet) ? wordNode(.within) : takeWord([.up, .down, .within]) else {
        return link(unexpected(), to: &children)
      }
      let isBand = tree.nodes[Int(made)].word == .within
      link(made, to: &children)
      if isBand, !endsStatement { link(expression(), to: &children) }
    case .kind:
      if let made = takeWord([.position, .cumulative, .runningTotal]) {
        link(made, to: &children)
      } else {
        link(name(), to: &children)
      }
    case .achievement:
      link(wordOrHole([.positive, .negative, .negativeLAN, .progress]), to: &children)
      while token.kind == .word {
        if takeClause(.cap, &children, { $0.link($0.expression(), to: &$1) }) { continue }
        if takeClause(.roundClass, &children, { _, _ in }) { continue }
        break
      }
    case .figures:
      link(wordOrHole([.plainFigures, .indonesianFigures]), to: &children)
    case .unit:
      let isPercent = token.kind != .text && token.words.contains(.percent)
      link(isPercent ? wordNode(.percent) : textOrName(), to: &children)
    case .affairs where token.kind == .number || token.kind == .code: link(code(), to: &children)
    case .start: link(name(isReference: true), to: &children)
    case .label, .function, .affairs, .priority, .grade, .spendingKind:
      list(.names, of: { $0.token.kind == .text ? $0.textNode() : $0.name() }, &children)
    case .unitCost, .fixedCost, .ceiling: costs(word, &children)
    case .done:
      _ = take(.given)
      done(&children)
    default:
      link(expression(), to: &children)
      yearsWord(&children)
    }
    founding(&children)
  }

  /// `biaya satuan X`, `biaya tetap X`, `paling tinggi X`.
  private mutating func costs(_ word: Word, _ children: inout Children) {
    if word == .ceiling, isChoosing { return limit(&children) }
    if word == .unitCost, beginsYearlyCost {
      if token.kind == .number { link(years(), to: &children) }
      sourceClause(&children)
      return assign(&children)
    }
    if word == .unitCost { _ = take(.costTail) }
    if word == .fixedCost { takeTail("tetap") }
    if word == .ceiling { _ = take(.highest) }
    link(expression(), to: &children)
  }

  /// A unit or `tahun`, `per tahun` behind a figure: `8400 balita`, `setelah 1 tahun`, `susut 10% per tahun`.
  private mutating func yearsWord(_ children: inout Children) {
    if take(.perYear) {
      if at(.year) || at(.years) { advance(as: .year) } else { link(unexpected(), to: &children) }
    } else if token.kind == .word, !token.words.contains(.accordingTo), !token.words.contains(.grade) {
      if token.words.contains(.year) || token.words.contains(.years) {
        advance(as: isOne(children.last) ? .year : .years)
      } else {
        link(name(), to: &children)
      }
    }
  }

  /// Whether a node is the figure 1, so that English says `year`.
  private func isOne(_ item: UInt32) -> Bool {
    let node = tree.nodes[Int(item)]
    guard node.kind == .literal else { return false }
    let literal = tree.literals[Int(node.payload)]
    return literal.mantissa == 1 && literal.scale == 0
  }

  /// `menurut "..."` and `mutu B` behind a figure.
  private mutating func founding(_ children: inout Children) {
    while token.kind == .word {
      if takeClause(.accordingTo, &children, { $0.link($0.textOrHole(), to: &$1) }) { continue }
      if takeClause(.grade, &children, { $0.link($0.name(), to: &$1) }) { continue }
      break
    }
  }
}
