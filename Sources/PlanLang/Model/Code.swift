/// Codes of the nomenclature in canonical form, so that both widths and mangled ones meet (domain 5.2 to 5.5).
public enum Code {
  /// The parts of a code between its dots; nil when a part is empty or holds something but letters and digits.
  static func parts(_ text: String) -> [Substring]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    for part in parts {
      guard !part.isEmpty, part.utf8.allSatisfy({ $0 &- 48 < 10 || ($0 | 0x20) == 120 }) else { return nil }
    }
    return parts
  }

  /// An account code (rekening): six levels `5.1.02.04.01.0001`; wider parts (`.001.00063`) are the same code.
  /// Nil when it is none.
  public static func account(_ text: String) -> String? {
    guard let parts = parts(text), parts.count <= 6 else { return nil }
    let widths = [1, 1, 2, 2, 2, 4]
    return zip(parts, widths).map { fitted($0, $1) }.joined(separator: ".")
  }

  /// A code of urusan, program, kegiatan or sub kegiatan (`2.16.03.2.02.0024`): sub kegiatan of two digits (before the
  /// 2023 update) get four.
  public static func activity(_ text: String) -> String? {
    guard let parts = parts(text), parts.count <= 6 else { return nil }
    let widths = [1, 2, 2, 1, 2, 4]
    return zip(parts, widths).map { fitted($0, $1) }.joined(separator: ".")
  }

  /// A department's code (kode SKPD, eight parts `2.16.2.21.2.20.10.0000`) and whether it had to be repaired: a
  /// spreadsheet makes `000` of `0.00`, and drops trailing groups. Nil when it cannot be read.
  public static func organisation(_ text: String) -> (canonical: String, isRepaired: Bool)? {
    guard let parts = parts(text) else { return nil }
    var digits: [String] = []
    for part in parts {
      // `000` stands for `0.00`, `516`-like triples for `5.16`.
      if part.count == 3, digits.count < 6, digits.count % 2 == 0 {
        digits += [String(part.prefix(1)), String(part.dropFirst())]
      } else {
        digits.append(String(part))
      }
    }
    var isRepaired = digits.count != parts.count
    guard digits.count == 8 || digits.count == 7 else { return nil }
    if digits.count == 7 {
      digits.append("0000")
      isRepaired = true
    }
    let widths = [1, 2, 1, 2, 1, 2, 2, 4]
    let canonical = zip(digits, widths).map { fitted(Substring($0), $1) }.joined(separator: ".")
    return (canonical, isRepaired || canonical != text)
  }

  /// A code of a spending entity by its number of parts: eight or seven for departments, up to six for the rest.
  public static func spending(_ text: String) -> String? {
    guard let parts = parts(text) else { return nil }
    return parts.count >= 7 ? organisation(text)?.canonical : activity(text)
  }

  /// A fund source's code as written, when it is one.
  public static func source(_ text: String) -> String? { parts(text) == nil ? nil : text }

  /// The bidang urusan a program's code belongs to (`1.02`), or nil.
  public static func affairs(_ canonical: String) -> String? {
    let parts = canonical.split(separator: ".")
    return parts.count >= 2 ? "\(parts[0]).\(parts[1])" : nil
  }

  /// A part with leading zeros dropped or added until it has a width; a part that is truly longer stays.
  private static func fitted(_ part: Substring, _ width: Int) -> String {
    var part = part
    while part.count > width, part.first == "0" { part = part.dropFirst() }
    return String(repeating: "0", count: max(0, width - part.count)) + part
  }
}
