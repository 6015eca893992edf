/// What most lines of a plan consist of, read straight from the bytes: years, and lists of plain figures.
///
/// Only what can be read in one way is taken; anything else is left to the token reader, which has the complaints.
extension Reader {
  /// The first byte from a place on that is no space, tab or carriage return; 0 at the end of the text.
  @inline(__always)
  private func skipped(_ place: inout Int) -> UInt8 {
    while place < lexer.bytes.count {
      let c = lexer.bytes[place]
      if c != 32, c != 9, c != 13 { return c }
      place += 1
    }
    return 0
  }

  /// A figure read from the bytes: its digits as a whole number and where it ends.
  private struct Plain {
    var mantissa: Int64 = 0
    var digits = 0
    var scale = 0
    var end: Int
  }

  /// Takes the digits that stand where a figure ends so far.
  @inline(__always) private func takeDigits(_ made: inout Plain) {
    let from = made.end
    while made.end < lexer.bytes.count {
      let digit = lexer.bytes[made.end] &- 48
      if digit >= 10 { break }
      made.mantissa = made.mantissa &* 10 &+ Int64(digit)
      made.end &+= 1
    }
    made.digits &+= made.end &- from
  }

  /// Digits with at most one mark that can only be decimal: not three digits behind one to three.
  @inline(__always)
  private func plainNumber(_ start: Int) -> Plain? {
    var made = Plain(end: start)
    takeDigits(&made)
    guard made.digits > 0 else { return nil }
    let c = lexer.byte(made.end)
    if c == 44 || c == 46 {
      let lead = made.digits
      made.end &+= 1
      takeDigits(&made)
      made.scale = made.digits &- lead
      let after = lexer.byte(made.end)
      if made.scale == 0 || after == 44 || after == 46 { return nil }
      if made.scale == 3, lead <= 3, lead != 1 || lexer.bytes[start] != 48 { return nil }
    }
    return made.digits <= 18 ? made : nil
  }

  /// Whole rupiah, with dots between groups of three or without, as sen.
  @inline(__always)
  private func plainRupiah(_ start: Int) -> Plain? {
    var made = Plain(end: start)
    takeDigits(&made)
    guard made.digits > 0 else { return nil }
    if lexer.byte(made.end) == 46 {
      guard made.digits <= 3, let base = lexer.bytes.baseAddress else { return nil }
      // `.123` is four bytes, looked at together.
      while made.end &+ 4 <= lexer.bytes.count {
        let four = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: made.end, as: UInt32.self)
        guard four & 0xf0f0_f0ff == 0x3030_302e, (four &+ 0x0606_0600) & 0xf0f0_f000 == 0x3030_3000 else { break }
        let digits = (four >> 8) & 0x0f0f0f
        let group = (digits & 15) &* 100 &+ ((digits >> 8) & 15) &* 10 &+ digits >> 16
        made.mantissa = made.mantissa &* 1000 &+ Int64(group)
        made.digits &+= 3
        made.end &+= 4
      }
      let after = lexer.byte(made.end)
      if after == 46 || Lexer.isDigit(after) { return nil }
    }
    guard made.digits <= 16 else { return nil }
    made.mantissa &*= 100
    return made
  }

  /// A list that is nothing but plain numbers, or plain rupiah behind one `Rp`, up to the end of its line or block:
  /// appended to the tree's figures and counted. Nil, and nothing read, when it is anything else.
  mutating func plainFigures() -> Int? {
    guard lexer.brackets == 0, !isArgument, token.kind == .number || token.kind == .word else { return nil }
    let first = tree.literals.count
    var place = token.start
    var start = place
    let isMoney = token.kind == .word
    if isMoney {
      guard token.words.contains(.rupiah), token.end - token.start == 2 else { return nil }
      place += 2
    }
    var end: Int
    while true {
      _ = skipped(&place)
      if !isMoney || tree.literals.count > first { start = place }
      guard let made = isMoney ? plainRupiah(place) : plainNumber(place) else { break }
      end = made.end
      let site = Site(start: base + UInt32(truncatingIfNeeded: start), end: base + UInt32(truncatingIfNeeded: end))
      tree.literals.append(
        Literal(
          mantissa: made.mantissa, site: site, scale: UInt8(truncatingIfNeeded: made.scale),
          kind: isMoney ? .money : .number))
      place = end
      let c = skipped(&place)
      if c == 59 {
        place += 1
        continue
      }
      guard c == 10 || c == 125 || place == lexer.bytes.count else { break }
      let count = tree.literals.count - first
      guard count < Int(UInt16.max) else { break }
      if isMoney { lastMoneyIsScaled = false }
      lexer.skip(to: place, brackets: 0, tokens: 2 * count)
      token.end = end
      step()
      return count
    }
    tree.literals.removeLast(tree.literals.count - first)
    return nil
  }

  /// `2026` or `2025..2029` before `=`, `{` or a line end; nil, and nothing read, when it is anything else.
  mutating func plainYears() -> UInt32? {
    guard token.kind == .number, token.isPlain, token.end - token.start == 4, lexer.at == token.end,
      lexer.brackets == 0, inheritedScale == nil, lexer.bytes[token.start] != 48
    else { return nil }
    let start = token.start
    var place = token.end
    var end = place
    if lexer.byte(place) == 46, lexer.byte(place + 1) == 46 {
      for i in 2..<6 where !Lexer.isDigit(lexer.byte(place + i)) { return nil }
      guard lexer.bytes[place + 2] != 48 else { return nil }
      end = place + 6
      place = end
    }
    let c = skipped(&place)
    guard c == 61 || c == 123 || c == 10 else { return nil }
    let site = Site(start: base + UInt32(truncatingIfNeeded: start), end: base + UInt32(truncatingIfNeeded: end))
    let made = node(.years, site, payload: year(start) | year(end - 4) << 16)
    lexer.skip(to: place, brackets: 0, tokens: 1)
    token.end = end
    step()
    return made
  }

  /// Four digits.
  @inline(__always) private func year(_ start: Int) -> UInt32 {
    var value: UInt32 = 0
    for i in start..<start + 4 { value = value * 10 + UInt32(lexer.bytes[i] &- 48) }
    return value
  }
}
