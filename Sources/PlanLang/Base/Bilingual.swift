/// A language the tool speaks; Indonesian is the first language of every page.
public enum Language: UInt8, Sendable, CaseIterable {
  case indonesian, english

  /// The two-letter code used on the command line: `id` or `en`.
  public var code: String { self == .indonesian ? "id" : "en" }

  /// The language named by a two-letter code, or nil.
  public init?(code: String) {
    switch code {
    case "id": self = .indonesian
    case "en": self = .english
    default: return nil
    }
  }
}

/// One text in both languages, side by side, so that neither can be forgotten.
public struct Bilingual: Sendable, Hashable {
  /// The Indonesian text.
  public let id: String
  /// The English text.
  public let en: String

  /// A text from its two versions.
  public init(_ id: String, _ en: String) {
    self.id = id
    self.en = en
  }

  /// A text that is the same in both languages: a code, a name, a number.
  public init(same text: String) {
    self.id = text
    self.en = text
  }

  /// The version in one language.
  public subscript(language: Language) -> String { language == .indonesian ? id : en }
}

extension Bilingual {
  /// The halves of a text written in both languages, `"Indonesia" / "English"`, quotes and all; nil for any other.
  public init?(pair written: String) {
    let bytes = Array(written.utf8)
    guard bytes.first == 0x22, bytes.last == 0x22, bytes.contains(0x2f) else { return nil }
    var at = 1
    while at < bytes.count, bytes[at] != 0x22 || at + 1 < bytes.count && bytes[at + 1] == 0x22 {
      at += bytes[at] == 0x5c || bytes[at] == 0x22 ? 2 : 1
    }
    at += 1
    let end = at
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 9 { at += 1 }
    guard at < bytes.count, bytes[at] == 0x2f else { return nil }
    at += 1
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 9 { at += 1 }
    guard at + 1 < bytes.count, bytes[at] == 0x22 else { return nil }
    self.init(String(decoding: bytes[..<end], as: UTF8.self), String(decoding: bytes[at...], as: UTF8.self))
  }
}

/// English words for how many.
public enum English {
  /// `1 rule`, `2 rules`, `3 activities`; a plural of another form is stated.
  public static func count(_ figure: Int, _ one: String, _ many: String? = nil) -> String {
    let regular = one.hasSuffix("ty") ? one.dropLast() + "ies" : one + "s"
    return "\(figure) \(figure == 1 ? one : many ?? regular)"
  }
}
