/// Numbers and amounts in words (terbilang), as official documents spell them.
public enum InWords {
  private static let idUnits = [
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
  ]
  private static let enUnits = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
  ]
  private static let enTens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
  private static let scales: [(size: UInt64, id: String, en: String)] = [
    (1_000_000_000_000_000_000, "kuintiliun", "quintillion"),
    (1_000_000_000_000_000, "kuadriliun", "quadrillion"),
    (1_000_000_000_000, "triliun", "trillion"), (1_000_000_000, "miliar", "billion"), (1_000_000, "juta", "million"),
    (1_000, "ribu", "thousand"),
  ]

  /// A whole number: `dua ratus lima belas`, `two hundred and fifteen`.
  public static func number(_ value: Int64, _ language: Language) -> String {
    let words = spelled(value.magnitude, language)
    return value < 0 ? "minus " + words : words
  }

  /// An amount in sen: `dua miliar rupiah`; sen are told where there are any.
  public static func money(sen: Int64, _ language: Language) -> String {
    let (rupiah, rest) = sen.magnitude.quotientAndRemainder(dividingBy: 100)
    var words = spelled(rupiah, language) + " rupiah"
    if rest > 0 { words += " " + spelled(rest, language) + " sen" }
    return sen < 0 ? "minus " + words : words
  }

  private static func spelled(_ value: UInt64, _ language: Language) -> String {
    if value == 0 { return language == .indonesian ? idUnits[0] : enUnits[0] }
    var parts: [String] = []
    var rest = value
    for scale in scales where rest >= scale.size {
      let (count, left) = rest.quotientAndRemainder(dividingBy: scale.size)
      rest = left
      if language == .indonesian {
        // Only a thousand is told by a prefix: seribu, but satu juta.
        parts.append(count == 1 && scale.size == 1_000 ? "seribu" : below1000(count, .indonesian) + " " + scale.id)
      } else {
        parts.append(below1000(count, .english) + " " + scale.en)
      }
    }
    if rest > 0 { parts.append(below1000(rest, language)) }
    return parts.joined(separator: " ")
  }

  /// A number from 1 to 999.
  private static func below1000(_ value: UInt64, _ language: Language) -> String {
    let (hundreds, rest) = (Int(value / 100), Int(value % 100))
    var parts: [String] = []
    if language == .english {
      if hundreds > 0 { parts.append(enUnits[hundreds] + " hundred" + (rest > 0 ? " and" : "")) }
      if rest >= 20 {
        parts.append(enTens[rest / 10] + (rest % 10 > 0 ? "-" + enUnits[rest % 10] : ""))
      } else if rest > 0 {
        parts.append(enUnits[rest])
      }
      return parts.joined(separator: " ")
    }
    if hundreds > 0 { parts.append(hundreds == 1 ? "seratus" : idUnits[hundreds] + " ratus") }
    switch rest {
    case 0: break
    case 1...9: parts.append(idUnits[rest])
    case 10: parts.append("sepuluh")
    case 11: parts.append("sebelas")
    case 12...19: parts.append(idUnits[rest - 10] + " belas")
    default: parts.append(idUnits[rest / 10] + " puluh" + (rest % 10 > 0 ? " " + idUnits[rest % 10] : ""))
    }
    return parts.joined(separator: " ")
  }
}
