/// Figures as planners write them: dots between thousands, a decimal comma, negatives of money in parentheses.
///
/// The notation is the language's own in both languages, so that what is printed can be typed back.
public enum Figure {
  /// Whole digits in groups of three: `1.250.000`.
  public static func grouped(_ magnitude: UInt64) -> String {
    grouped(digits: String(magnitude))
  }

  private static func grouped(digits: String) -> String {
    let digits = Array(digits.utf8)
    var bytes = [UInt8]()
    bytes.reserveCapacity(digits.count + digits.count / 3)
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { bytes.append(46) }
      bytes.append(digit)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An amount of sen: `Rp1.250.000.000`, with sen only where there are any, `(Rp5.000)` below zero.
  public static func money(sen: Int64) -> String {
    let (whole, rest) = sen.magnitude.quotientAndRemainder(dividingBy: 100)
    var text = "Rp" + grouped(whole)
    if rest > 0 { text += rest < 10 ? ",0\(rest)" : ",\(rest)" }
    return sen < 0 ? "(" + text + ")" : text
  }

  /// An amount of money.
  public static func money(_ money: Money) -> String { Self.money(sen: money.sen) }

  /// A number of sen as money, rounded half-even to the sen; the word for an absence is the caller's.
  public static func money(_ number: Number) -> String {
    number.roundedHalfEven.map { money(sen: $0) } ?? "—"
  }

  /// An amount in a large scale for sentences: `Rp12,65 M`, at most two decimals, exact figures without a mark.
  public static func shortMoney(sen: Int64, _ language: Language) -> String {
    let scales: [(limit: UInt64, id: String, en: String)] = [
      (100_000_000_000_000, "T", "trillion"), (100_000_000_000, "M", "billion"), (100_000_000, "jt", "million"),
    ]
    for scale in scales where sen.magnitude >= scale.limit {
      let figure = decimal(Number(a: Int64(clamping: sen.magnitude), b: Int64(scale.limit)), digits: 2)
      let text = "Rp\(figure) \(language == .indonesian ? scale.id : scale.en)"
      return sen < 0 ? "(\(text))" : text
    }
    return money(sen: sen)
  }

  /// A number with at most `digits` decimals, trailing zeros dropped unless `fixed`: `10,8`, `-0,5`, `1.250`.
  public static func decimal(_ number: Number, digits: Int = 6, fixed: Bool = false) -> String {
    if number.isAbsent { return "—" }
    if !fixed, let whole = number.whole { return (whole < 0 ? "-" : "") + grouped(whole.magnitude) }
    let power = Number.powers[min(max(digits, 0), 18)]
    guard let scaled = (number * Number(power)).roundedHalfEven else { return wide(number.real) }
    let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt64(power))
    var text = grouped(whole)
    if digits > 0, fixed || rest > 0 {
      var tail = String(rest)
      while tail.utf8.count < digits { tail = "0" + tail }
      if !fixed { while tail.utf8.last == 48 { tail.removeLast() } }
      text += "," + tail
    }
    return scaled < 0 ? "-" + text : text
  }

  /// A share as a percentage: `12,5%`.
  public static func percent(_ share: Number, digits: Int = 2) -> String {
    share.isAbsent ? "—" : decimal(share * Number(100), digits: digits) + "%"
  }

  /// A number beyond 64 bits: whole while that can be read, else in scientific notation with a decimal comma.
  private static func wide(_ value: Double) -> String {
    guard abs(value) < 1e30 else {
      return String(decoding: Array("\(value)".utf8).map { $0 == 46 ? 44 : $0 }, as: UTF8.self)
    }
    return (value < 0 ? "-" : "") + grouped(digits: String(Int128(value.rounded()).magnitude))
  }

  /// The exact decimal text of a number for data files (a point as the mark), or its rounding to 12 decimals.
  public static func plain(_ number: Number) -> String {
    guard number.isExact else { return "\(number.real)" }
    var digits = 12
    for candidate in 0...12
    where number.b != 0 && Int128(number.a) * Int128(Number.powers[candidate]) % Int128(number.b) == 0 {
      digits = candidate
      break
    }
    guard let scaled = (number * Number(Number.powers[digits])).roundedHalfEven else { return "\(number.real)" }
    let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt64(Number.powers[digits]))
    var text = String(whole)
    if digits > 0 {
      var tail = String(rest)
      while tail.utf8.count < digits { tail = "0" + tail }
      text += "." + tail
    }
    return scaled < 0 ? "-" + text : text
  }

  /// An amount of sen as a decimal string of rupiah for data files: `2000000000.00`.
  public static func plainMoney(sen: Int64) -> String {
    let (whole, rest) = sen.magnitude.quotientAndRemainder(dividingBy: 100)
    return (sen < 0 ? "-" : "") + "\(whole)." + (rest < 10 ? "0\(rest)" : "\(rest)")
  }
}
