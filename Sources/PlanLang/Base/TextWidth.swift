/// How many columns of a terminal a text takes: wide and combining characters count right.
public enum TextWidth {
  /// The columns of a text without control characters.
  public static func of(_ text: String) -> Int {
    isASCII(text) ? text.utf8.count : text.reduce(0) { $0 + width($1) }
  }

  /// Whether a text is of ASCII letters only, each a character of its own.
  static func isASCII(_ text: String) -> Bool {
    let known = text.utf8.withContiguousStorageIfAvailable { bytes in
      var all: UInt8 = 0
      for byte in bytes { all |= byte }
      return all < 0x80
    }
    return known ?? text.utf8.allSatisfy { $0 < 0x80 }
  }

  /// The columns of one character: 0 for a lone combining mark, 2 for East Asian wide characters and emoji.
  static func width(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    let value = first.value
    if value < 0x300 { return 1 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if first.properties.isEmojiPresentation || character.unicodeScalars.contains(where: { $0.value == 0xfe0f }) {
      return 2
    }
    switch value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
      0xff00...0xff60, 0xffe0...0xffe6, 0x20000...0x3fffd:
      return 2
    default: return 1
    }
  }

  /// A text cut to a number of columns, with an ellipsis where something is missing.
  public static func cut(_ text: String, to columns: Int) -> String {
    if text.utf8.count <= columns || of(text) <= columns { return text }
    var kept = ""
    var used = 0
    for character in text {
      let next = width(character)
      if used + next > max(columns - 1, 0) { break }
      kept.append(character)
      used += next
    }
    return kept + "…"
  }
}

extension String {
  /// The text with a space for each line end.
  var onOneLine: String {
    guard utf8.contains(where: { $0 == 10 || $0 == 13 }) else { return self }
    return split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.joined(separator: " ")
  }
}
