/// A code of the national nomenclature read strictly into its one canonical spelling: digits and dots, at most 31
/// bytes, trivial; what data files are read with. `Code` is its gentler face for codes that people write.
///
/// Forms and widths: Permendagri 90/2019 with its updates (050-3708/2020, 050-5889/2021, 900.1.15.5-1317/2023); what
/// files really hold, both widths and spreadsheet damage: domain page, section 5.
public struct NomenclatureCode: Sendable, Hashable {
  /// Which nomenclature a code belongs to.
  public enum Family: UInt8, Sendable, CaseIterable {
    /// Rekening: 1, 1, 2, 2, 2 and 4 digits.
    case account
    /// Perangkat daerah: three bidang urusan, order number, sub unit.
    case organisation
    /// Urusan, bidang, program, kegiatan, sub kegiatan.
    case activity
    /// Sumber dana: 1, 1, 2, 2, 3 and 5 digits.
    case source
  }

  private var storage = SIMD32<UInt8>()
  private var length: UInt8 = 0
  /// Whether the spelling was damaged and put right, not merely written in another width.
  public private(set) var isRepaired = false

  private init() {}

  /// How many bytes the canonical spelling has.
  public var count: Int { Int(length) }

  /// A byte of the canonical spelling.
  @inline(__always) public subscript(at: Int) -> UInt8 { storage[at] }

  /// The canonical spelling.
  public var text: String {
    String(unsafeUninitializedCapacity: 32) { buffer in
      for i in 0..<count { buffer[i] = storage[i] }
      return count
    }
  }

  /// The symbol of the canonical spelling.
  public func symbol(in names: inout Names) -> Symbol {
    withUnsafeBytes(of: storage) { raw in
      names.intern(UnsafeBufferPointer(rebasing: raw.bindMemory(to: UInt8.self)[0..<count]))
    }
  }

  /// How many parts stand between dots; the level of an account or source code.
  public var parts: Int {
    var found = count == 0 ? 0 : 1
    for i in 0..<count where storage[i] == 46 { found += 1 }
    return found
  }

  /// The first `wanted` parts of the code; itself when it has no more.
  public func prefix(_ wanted: Int) -> NomenclatureCode {
    var dots = 0
    for i in 0..<count where storage[i] == 46 {
      dots += 1
      if dots == wanted { return cut(at: i) }
    }
    return self
  }

  /// Whether the code is `other` or stands below it.
  public func isWithin(_ other: NomenclatureCode) -> Bool {
    guard count >= other.count else { return false }
    for i in 0..<other.count where storage[i] != other.storage[i] { return false }
    return count == other.count || storage[other.count] == 46
  }

  private func cut(at end: Int) -> NomenclatureCode {
    var made = NomenclatureCode()
    for i in 0..<end { made.storage[i] = storage[i] }
    made.length = UInt8(truncatingIfNeeded: end)
    return made
  }

  @inline(__always) private mutating func append(_ byte: UInt8) -> Bool {
    guard length < 31 else { return false }
    storage[Int(length)] = byte
    length += 1
    return true
  }

  /// Appends a part of digits widened with zeros or stripped of them to `width`; false when it does not fit.
  private mutating func append(_ digits: UnsafeBufferPointer<UInt8>, width: Int) -> Bool {
    var start = 0
    while digits.count - start > width, digits[start] == 48 { start += 1 }
    guard digits.count - start <= width else { return false }
    if length > 0, !append(46) { return false }
    for _ in 0..<(width - (digits.count - start)) where !append(48) { return false }
    for i in start..<digits.count {
      guard digits[i] &- 48 < 10, append(digits[i]) else { return false }
    }
    return true
  }
}

/// The parts of a code as written: at most eight stretches of bytes, spaces at both ends dropped.
struct CodeParts {
  private var starts = SIMD16<UInt8>()
  private var ends = SIMD16<UInt8>()
  private(set) var count = 0
  private let bytes: UnsafeBufferPointer<UInt8>

  /// The parts of at most 40 bytes of digits, dots and X; nil for anything else.
  init?(_ raw: UnsafeBufferPointer<UInt8>) {
    var low = 0
    var high = raw.count
    while low < high, raw[low] == 32 { low += 1 }
    while high > low, raw[high - 1] == 32 || raw[high - 1] == 46 { high -= 1 }
    guard high > low, high - low <= 40 else { return nil }
    bytes = UnsafeBufferPointer(rebasing: raw[low..<high])
    var start = 0
    for i in 0...bytes.count {
      if i < bytes.count, bytes[i] != 46 {
        guard bytes[i] &- 48 < 10 || bytes[i] | 0x20 == 120 else { return nil }
        continue
      }
      guard i > start, count < 16 else { return nil }
      starts[count] = UInt8(truncatingIfNeeded: start)
      ends[count] = UInt8(truncatingIfNeeded: i)
      count += 1
      start = i + 1
    }
  }

  /// The bytes of a part.
  subscript(at: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[Int(starts[at])..<Int(ends[at])])
  }

  /// How many bytes a part has.
  func width(_ at: Int) -> Int { Int(ends[at]) - Int(starts[at]) }
}

// MARK: - The four families

extension NomenclatureCode {
  /// The canonical form of a code of a family, or nil when it has another shape.
  public static func reading(_ family: Family, _ bytes: UnsafeBufferPointer<UInt8>) -> NomenclatureCode? {
    switch family {
    case .account: account(bytes)
    case .organisation: organisation(bytes)
    case .activity: activity(bytes)
    case .source: source(bytes)
    }
  }

  /// The canonical form of a code of a family given as text, or nil when it has another shape.
  public static func reading(_ family: Family, _ text: String) -> NomenclatureCode? {
    var copy = text
    return copy.withUTF8 { reading(family, $0) }
  }

  /// An account code of one to six parts: `5.1.02.02.001.00063` and `5.1.02.02.01.0063` are one account.
  public static func account(_ bytes: UnsafeBufferPointer<UInt8>) -> NomenclatureCode? {
    guard let parts = CodeParts(bytes), parts.count <= 6, parts[0][0] != 48 else { return nil }
    var code = NomenclatureCode()
    for i in 0..<parts.count {
      let width = parts.width(i)
      switch i {
      case 0, 1: guard width == 1, code.append(parts[i], width: 1) else { return nil }
      case 2, 3: guard width == 2, code.append(parts[i], width: 2) else { return nil }
      case 4: guard width == 2 || width == 3, code.append(parts[i], width: 2) else { return nil }
      default: guard width >= 3, width <= 5, code.append(parts[i], width: 4) else { return nil }
      }
    }
    return code
  }

  /// A fund source code of one to six parts: `1.1.01.01.01.01` becomes `1.1.01.01.001.00001`.
  public static func source(_ bytes: UnsafeBufferPointer<UInt8>) -> NomenclatureCode? {
    guard let parts = CodeParts(bytes), parts.count <= 6, parts[0][0] == 49 || parts[0][0] == 50 else { return nil }
    var code = NomenclatureCode()
    for i in 0..<parts.count {
      let width = parts.width(i)
      switch i {
      case 0, 1: guard width == 1, code.append(parts[i], width: 1) else { return nil }
      case 2, 3: guard width == 2, code.append(parts[i], width: 2) else { return nil }
      case 4: guard width == 2 || width == 3, code.append(parts[i], width: 3) else { return nil }
      default: guard width >= 2, width <= 5, code.append(parts[i], width: 5) else { return nil }
      }
    }
    return code
  }

  /// Urusan, bidang, program, kegiatan or sub kegiatan (one, two, three, five or six parts); `X.XX.01` stands for the
  /// supporting programme of any bidang, and a sub kegiatan of two digits (2019 to 2022) gets its four.
  public static func activity(_ bytes: UnsafeBufferPointer<UInt8>) -> NomenclatureCode? {
    guard let parts = CodeParts(bytes), parts.count <= 6, parts.count != 4 else { return nil }
    var code = NomenclatureCode()
    let isAny = parts[0][0] | 0x20 == 120
    guard parts.width(0) == 1, isAny ? code.append(88) : parts[0][0] != 48 && code.append(parts[0], width: 1) else {
      return nil
    }
    if parts.count == 1 { return code }
    guard parts.width(1) == 2 else { return nil }
    if parts[1][0] | 0x20 == 120 {
      guard parts[1][1] | 0x20 == 120, code.append(46), code.append(88), code.append(88) else { return nil }
    } else if isAny || !code.append(parts[1], width: 2) {
      return nil
    }
    for i in 2..<max(2, parts.count) {
      let width = parts.width(i)
      switch i {
      case 2, 4: guard width == 2, code.append(parts[i], width: 2) else { return nil }
      case 3: guard width == 1, parts[i][0] != 48, code.append(parts[i], width: 1) else { return nil }
      default: guard width == 2 || width == 4, code.append(parts[i], width: 4) else { return nil }
      }
    }
    return code
  }

  /// A department or sub unit: `A.AA.B.BB.C.CC.NN.SSSS`. Three digits where a spreadsheet ate a dot
  /// (`1.02.2.14.000.02.0000`) are split again; `...02.00`, the width before 2021, gets its four digits, and a code
  /// without its sub unit the head office's. Each of these is marked as repaired.
  public static func organisation(_ bytes: UnsafeBufferPointer<UInt8>) -> NomenclatureCode? {
    guard let parts = CodeParts(bytes), parts.count >= 5, parts.count <= 8 else { return nil }
    var code = NomenclatureCode()
    var at = 0
    for i in 0..<parts.count {
      let part = parts[i]
      guard at < 8 else { return nil }
      if at < 6 {
        if at % 2 == 0, part.count == 3 {
          let first = UnsafeBufferPointer(rebasing: part[0..<1])
          let rest = UnsafeBufferPointer(rebasing: part[1..<3])
          guard code.append(first, width: 1), code.append(rest, width: 2) else { return nil }
          code.isRepaired = true
          at += 2
          continue
        }
        guard part.count == at % 2 + 1, code.append(part, width: at % 2 + 1) else { return nil }
      } else if at == 6 {
        guard part.count == 2, code.append(part, width: 2) else { return nil }
      } else {
        guard part.count == 4 || part.count == 2, code.append(part, width: 4) else { return nil }
        if part.count == 2 { code.isRepaired = true }
      }
      at += 1
    }
    if at == 7 {
      for byte in ".0000".utf8 where !code.append(byte) { return nil }
      code.isRepaired = true
      at = 8
    }
    return at == 8 && code[0] != 48 ? code : nil
  }
}

// MARK: - What a code says

extension NomenclatureCode {
  /// The kind of entity an activity code stands for: program, kegiatan or sub kegiatan; nil for urusan and bidang.
  public var activityKind: EntityKind? {
    switch parts {
    case 3: .program
    case 5: .activity
    case 6: .subactivity
    default: nil
    }
  }

  /// The bidang urusan of an activity code, as `2.16`; of an organisation code the first one it serves.
  public var bidang: NomenclatureCode { prefix(2) }

  /// Whether an organisation code is a head office (sub unit 0000).
  public var isHeadOffice: Bool {
    guard count > 4 else { return false }
    for i in (count - 4)..<count where storage[i] != 48 { return false }
    return true
  }

  /// The head office of a sub unit's organisation code.
  public var headOffice: NomenclatureCode {
    guard count > 4 else { return self }
    var made = self
    for i in (count - 4)..<count { made.storage[i] = 48 }
    return made
  }

  /// Whether a sub unit's code is of a department: the first bidang and the order number are the same. The bidang in
  /// between may differ: a section (bagian) of the secretariat serves its own.
  public func isUnit(of department: NomenclatureCode) -> Bool {
    guard count > 8, count == department.count else { return false }
    for i in [0, 2, 3, count - 7, count - 6] where storage[i] != department.storage[i] { return false }
    return true
  }

  /// Whether an organisation serves the bidang of an activity (rule K06): one of its three, or `X.XX`; a supporting
  /// programme (`.01`) must be of its first bidang.
  public func serves(_ activity: NomenclatureCode) -> Bool {
    if activity[0] == 88 { return true }
    guard count >= 14, activity.count >= 4 else { return true }
    let isSupport = activity.count >= 7 && activity[5] == 48 && activity[6] == 49
    for slot in 0..<(isSupport ? 1 : 3) {
      let at = slot * 5
      if storage[at] == activity[0], storage[at + 2] == activity[2], storage[at + 3] == activity[3] { return true }
    }
    return false
  }

  /// Whether money of a source code is bound: the leading digit 2 means earmarked (dana khusus).
  public var isEarmarked: Bool { storage[0] == 50 }
}
