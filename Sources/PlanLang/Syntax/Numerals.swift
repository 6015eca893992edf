/// Numbers, money and percentages: the readings that never guess (language.md, "Lexical rules" and "Rulings").
extension Reader {
  private static let scales: [(word: Word, exponent: Int)] = [
    (.thousand, 3), (.million, 6), (.billion, 9), (.trillion, 12),
  ]

  /// The scale word at the current token, or nil.
  private func scale() -> (word: Word, exponent: Int)? {
    guard token.kind == .word, !token.words.isEmpty else { return nil }
    for scale in Self.scales where token.words.contains(scale.word) { return scale }
    return nil
  }

  /// A number, percentage or amount at a number token or `Rp`; the literal is appended and its node returned.
  mutating func numeral() -> UInt32 {
    let literal = figure()
    let payload = UInt32(truncatingIfNeeded: tree.literals.count)
    tree.literals.append(literal)
    return node(.literal, literal.site, payload: payload)
  }

  /// The figure at the current token.
  mutating func figure() -> Literal {
    let inherited = inheritedScale
    inheritedScale = nil
    if token.kind == .word { return money() }
    let start = token
    let (digits, marks) = shape(start)
    advance()
    if let scale = scale() { return scaled(start, scale, digits, marks, isMoney: inherited != nil) }
    if let hadScale = inherited, token.kind != .percent {
      if hadScale { complain(.missingScale(text: text(start)), at: site(start)) }
      return plainMoney(start, marks, from: start.start)
    }
    var literal = plainNumber(start, digits, marks)
    if token.kind == .percent {
      advance()
      literal.kind = .percent
    } else if token.kind == .word, !token.words.isEmpty {
      if token.words.contains(.percent) {
        advance(as: .percent)
        literal.kind = .percent
      } else if token.words.contains(.percentPoint) {
        advance(as: .percentPoint)
        literal.kind = .point
      }
    }
    if marks.hasComma, isArgument, literal.kind == .number { doubtfulComma = start }
    literal.site = site(from: start.start)
    return literal
  }

  /// What marks a numeral holds.
  struct Marks {
    var dots = 0
    var commas = 0
    /// Digits before the first mark, and behind the last.
    var lead = 0
    var tail = 0
    /// Whether every group between dots has three digits, up to the comma.
    var areGroups = true
    /// Whether the first comma stands behind the last dot.
    var isDecimalLast = true
    var hasComma: Bool { commas > 0 }
  }

  /// How many digits, and which marks, a number token holds.
  private func shape(_ token: Token) -> (digits: Int, marks: Marks) {
    var marks = Marks()
    if token.isPlain {
      marks.lead = token.end - token.start
      marks.tail = marks.lead
      return (marks.lead, marks)
    }
    var digits = 0
    var run = 0
    for i in token.start..<token.end {
      let c = lexer.bytes[i]
      if c != 46 && c != 44 {
        digits += 1
        run += 1
        continue
      }
      if marks.dots + marks.commas == 0 {
        marks.lead = run
      } else if marks.commas == 0, run != 3 {
        marks.areGroups = false
      }
      if c == 46 {
        if marks.commas > 0 { marks.isDecimalLast = false }
        marks.dots += 1
      } else {
        marks.commas += 1
      }
      run = 0
    }
    marks.tail = run
    if marks.dots + marks.commas == 0 { marks.lead = run }
    if marks.dots > 0, marks.commas == 0, run != 3 { marks.areGroups = false }
    if marks.dots > 0, marks.lead > 3 || marks.lead == 0 { marks.areGroups = false }
    return (digits, marks)
  }

  /// The digits of a token as one whole number, marks dropped; nil beyond 64 bits.
  private func mantissa(_ token: Token) -> Int64? {
    var value: Int64 = 0
    if token.end - token.start <= 18 {
      for i in token.start..<token.end {
        let c = lexer.bytes[i]
        if c != 46 && c != 44 { value = value &* 10 &+ Int64(c &- 48) }
      }
      return value
    }
    for i in token.start..<token.end {
      let c = lexer.bytes[i]
      if c == 46 || c == 44 { continue }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowToo) = product.addingReportingOverflow(Int64(c &- 48))
      if overflow || overflowToo { return nil }
      value = sum
    }
    return value
  }

  private mutating func tooLarge(_ token: Token, _ kind: Literal.Kind = .number) -> Literal {
    complain(.tooLarge(text: text(token)), at: site(token))
    return Literal(mantissa: 0, site: site(token), scale: 0, kind: kind)
  }

  /// A number without scale: `12,5`, `12.5`, `1.250.000`; `1.250` and `1,250` are refused with both readings.
  private mutating func plainNumber(_ token: Token, _ digits: Int, _ marks: Marks) -> Literal {
    guard let value = mantissa(token), digits <= 18 || marks.dots + marks.commas == 0 else { return tooLarge(token) }
    var literal = Literal(mantissa: value, site: site(token), scale: 0, kind: .number)
    let place = site(token)
    if marks.dots + marks.commas == 0 { return literal }
    let isLoneZero = marks.lead == 1 && lexer.bytes[token.start] == 48
    if marks.dots + marks.commas == 1 {
      if marks.tail == 3, marks.lead <= 3, !isLoneZero, self.token.kind != .percent, !followsPercentWord {
        let spelled = text(token)
        let plain = String(spelled.filter { $0 != "." && $0 != "," })
        let decimal = String(spelled.map { $0 == "." ? "," : $0 })
        complain(
          .ambiguousNumber(text: spelled, plain: plain, decimal: decimal, asDecimal: decimal + "0"), at: place)
      }
      literal.scale = UInt8(truncatingIfNeeded: marks.tail)
      return literal
    }
    guard marks.areGroups, marks.isDecimalLast, marks.commas <= 1 else {
      complain(.badGroups(text: text(token)), at: place)
      return literal
    }
    literal.scale = marks.commas == 1 ? UInt8(truncatingIfNeeded: marks.tail) : 0
    return literal
  }

  private var followsPercentWord: Bool {
    token.kind == .word && (token.words.contains(.percent) || token.words.contains(.percentPoint))
  }

  /// `Rp` and what follows it.
  private mutating func money() -> Literal {
    let start = token.start
    advance(as: .rupiah)
    var isNegative = false
    if token.kind == .minus {
      advance()
      isNegative = true
    }
    guard token.kind == .number else {
      expectedMarks.append(Bilingual("angka", "digits")[language])
      _ = unexpected()
      return Literal(mantissa: 0, site: site(from: start), scale: 0, kind: .money)
    }
    let number = token
    let (digits, marks) = shape(number)
    advance()
    var literal: Literal
    if let scale = scale() {
      literal = scaled(number, scale, digits, marks, isMoney: true)
    } else {
      lastMoneyIsScaled = false
      literal = plainMoney(number, marks, from: start)
    }
    literal.site = site(from: start)
    if isNegative { literal.mantissa = -literal.mantissa }
    return literal
  }

  /// Money without a scale: dots between thousands, at most two decimals behind a comma.
  private mutating func plainMoney(_ token: Token, _ marks: Marks, from start: Int) -> Literal {
    guard let value = mantissa(token) else { return tooLarge(token, .money) }
    var literal = Literal(mantissa: 0, site: site(from: start), scale: 0, kind: .money)
    var spelled: String { text(token) }
    if marks.dots > 0, !marks.areGroups || !marks.isDecimalLast {
      if marks.dots == 1, marks.commas == 0 {
        complain(
          .moneyPoint(text: "Rp \(spelled)", mend: "Rp " + String(spelled.map { $0 == "." ? "," : $0 })),
          at: literal.site)
      } else {
        complain(.badGroups(text: spelled), at: literal.site)
      }
      return literal
    }
    guard marks.commas <= 1, marks.commas == 0 || marks.tail <= 2 else {
      complain(.moneyDecimals(text: "Rp \(spelled)"), at: literal.site)
      return literal
    }
    let decimals = marks.commas == 1 ? marks.tail : 0
    let (sen, overflow) = value.multipliedReportingOverflow(by: Number.powers[2 - decimals])
    if overflow { return tooLarge(token, .money) }
    literal.mantissa = sen
    return literal
  }

  /// A figure with a scale word: the comma is always the decimal mark, any digits, if whole sen result.
  private mutating func scaled(
    _ number: Token, _ scale: (word: Word, exponent: Int), _ digits: Int, _ marks: Marks, isMoney: Bool
  ) -> Literal {
    let scaleToken = token
    var scaleText: String { text(scaleToken) }
    var spelled: String { text(number) }
    advance(as: scale.word)
    let place = site(from: number.start)
    var literal = Literal(mantissa: 0, site: place, scale: 0, kind: .money)
    if !isMoney {
      complain(
        .bareScale(text: "\(spelled) \(scaleText)"),
        at: Site(start: base + UInt32(number.start), end: base + UInt32(scaleToken.end)))
      return literal
    }
    lastMoneyIsScaled = true
    if marks.dots == 1, marks.commas == 0 {
      let decimal = String(spelled.map { $0 == "." ? "," : $0 })
      if marks.areGroups {
        let thousands = String(spelled.filter { $0 != "." })
        complain(
          .ambiguousMoney(
            text: "Rp \(spelled) \(scaleText)", thousands: "Rp \(thousands) \(scaleText)",
            decimal: "Rp \(decimal) \(scaleText)"),
          at: place)
      } else {
        complain(.moneyPoint(text: "Rp \(spelled) \(scaleText)", mend: "Rp \(decimal) \(scaleText)"), at: place)
      }
      return literal
    }
    guard marks.commas <= 1, marks.isDecimalLast, marks.dots == 0 || marks.areGroups else {
      complain(.badGroups(text: spelled), at: place)
      return literal
    }
    guard let value = mantissa(number), digits <= 18 else { return tooLarge(number, .money) }
    let decimals = marks.commas == 1 ? marks.tail : 0
    let exponent = scale.exponent + 2 - decimals
    if exponent >= 0 {
      let (sen, overflow) = value.multipliedReportingOverflow(by: Number.powers[exponent])
      if overflow { return tooLarge(number, .money) }
      literal.mantissa = sen
    } else {
      let divisor = Number.powers[min(-exponent, 18)]
      guard value % divisor == 0 else {
        complain(.notWholeSen(text: "Rp \(spelled) \(scaleText)"), at: place)
        return literal
      }
      literal.mantissa = value / divisor
    }
    return literal
  }
}
