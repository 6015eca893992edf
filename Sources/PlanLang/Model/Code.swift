/// Codes of the nomenclature in canonical form, so that both widths and mangled ones meet (domain 5.2 to 5.5).
///
/// What a person writes in a script is taken as it stands when it has another shape than the nomenclature's, never
/// padded to one; data files are read with `NomenclatureCode`, which refuses.
public enum Code {
  /// Whether a text is at most six parts of digits or `X` with dots between them.
  private static func isDotted(_ text: String) -> Bool {
    guard text.utf8.reduce(0, { $1 == 46 ? $0 + 1 : $0 }) < 6 else { return false }
    var wasDot = true
    for byte in text.utf8 {
      if byte == 46 {
        if wasDot { return false }
        wasDot = true
      } else {
        guard byte &- 48 < 10 || byte | 0x20 == 120 else { return false }
        wasDot = false
      }
    }
    return !wasDot
  }

  /// An account code (rekening): six levels `5.1.02.04.01.0001`; wider parts (`.001.00063`) are the same code.
  /// Nil when it is none: `5.1.2` belongs to an older chart and is not guessed to be `5.1.02`.
  public static func account(_ text: String) -> String? { NomenclatureCode.reading(.account, text)?.text }

  /// Whether an account belongs to the chart of budgets (Permendagri 90/2019): pendapatan 4.1 to 4.3, belanja 5.1 to
  /// 5.4, pembiayaan 6.1 and 6.2.
  static func isBudgeted(_ account: String) -> Bool {
    let code = Array(account.utf8.prefix(3))
    guard let kind = code.first, (52...54).contains(kind) else { return false }
    let last: [UInt8] = [51, 52, 50]
    return code.count < 3 || (49...last[Int(kind) - 52]).contains(code[2])
  }

  /// A code of urusan, program, kegiatan or sub kegiatan (`2.16.03.2.02.0024`): sub kegiatan of two digits (before the
  /// 2023 update) get four; a code of another shape stays as written. Nil when it is no code, or has over six parts.
  public static func activity(_ text: String) -> String? {
    if let code = NomenclatureCode.reading(.activity, text) { return code.text }
    return isDotted(text) ? text : nil
  }

  /// A department's code (kode SKPD, eight parts `2.16.2.21.2.20.10.0000`) and whether it had to be repaired: a
  /// spreadsheet makes `000` of `0.00`, and a code may lack its sub unit. Nil when it cannot be read.
  public static func organisation(_ text: String) -> (canonical: String, isRepaired: Bool)? {
    NomenclatureCode.reading(.organisation, text).map { ($0.text, $0.isRepaired) }
  }

  /// A code of a spending entity by its number of parts: eight or seven for departments, up to six for the rest; nil
  /// when it is none.
  public static func spending(_ text: String) -> String? {
    organisation(text)?.canonical ?? activity(text)
  }

  /// Whether a code is already in canonical form, so that it can be used as written.
  static func isCanonical(_ code: UnsafeBufferPointer<UInt8>, isOrganisation: Bool) -> Bool {
    // Where the dots are, and of how many bytes it may be.
    let dots: UInt32 = isOrganisation ? 0b10_0100_1010_0101_0010 : 0b1_0010_1001_0010
    let ends = isOrganisation ? 1 << 22 : dots | 1 << 17
    guard code.count < 32, ends >> UInt32(code.count) & 1 != 0 else { return false }
    for at in 0..<code.count {
      if dots >> UInt32(at) & 1 != 0 ? code[at] != 46 : code[at] &- 48 >= 10 { return false }
    }
    return true
  }

  /// A fund source's code as written, when it is one.
  public static func source(_ text: String) -> String? { isDotted(text) ? text : nil }

  /// The bidang urusan a program's code belongs to (`1.02`), or nil.
  public static func affairs(_ canonical: String) -> String? {
    let parts = canonical.split(separator: ".")
    return parts.count >= 2 ? "\(parts[0]).\(parts[1])" : nil
  }
}
