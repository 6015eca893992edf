/// A sheet of an XLSX workbook (ECMA-376) as the text of a CSV, line for row: what reads one reads the other.
///
/// Cells stand between `;`, quoted where they must be. Numbers are written out as they are stored, dates as
/// 2026-08-17, truths as TRUE and FALSE; a formula stands by its stored value, one never calculated as `#CALC!`.
public struct Spreadsheet: Sendable {
  /// Which sheet is read.
  public enum Tabs: Sendable, Hashable {
    /// The first that is not hidden.
    case first
    /// By its name, in any case.
    case named(String)
    /// By its place among all sheets, from 1.
    case number(Int)
  }

  /// The lines.
  public let text: [UInt8]
  /// The sheet's name.
  public let sheet: String
  /// The names of all sheets that are not hidden.
  public let visible: [String]

  /// Whether a file is to be read as a workbook, by its name; of other kinds of workbooks it is said what they are.
  public static func isWorkbook(_ name: String) -> Bool {
    let name = name.lowercased()
    return [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"].contains { name.hasSuffix($0) }
  }

  /// Reads a sheet; neither the parts of the workbook nor the text made of them may pass `limit` bytes.
  public init(_ bytes: [UInt8], choice: Tabs, isIndonesian: Bool, limit: Int) throws(WorkbookFault) {
    guard bytes.starts(with: [0x50, 0x4b]) else { throw Self.fault(of: bytes) }
    var book = try Book(bytes, limit: limit)
    let sheet = try book.sheet(choice)
    self.sheet = sheet.name
    visible = book.sheets.filter { !$0.isHidden }.map(\.name)
    var scanner = SheetScanner(isIndonesian: isIndonesian, limit: limit)
    scanner.isFrom1904 = book.isFrom1904
    if let styles = try book.part(ofType: "styles") { scanner.isDate = DateStyles.flags(styles) }
    if let shared = try book.part(ofType: "sharedStrings") { try scanner.share(shared) }
    text = try scanner.lines(of: try book.contents(sheet.part), part: sheet.part)
  }

  private static let oldMark: [UInt8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

  /// What a file that is no archive seems to be.
  private static func fault(of bytes: [UInt8]) -> WorkbookFault {
    if bytes.starts(with: oldMark) {
      return holdsPackage(bytes) ? .encrypted : .foreign(.oldWorkbook)
    }
    if bytes.starts(with: "%PDF".utf8) { return .foreign(.pdf) }
    let lead = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
    guard let first = lead.first(where: { $0 > 0x20 }) else { return .foreign(.nothing) }
    return .foreign(first == 0x3c ? .webPage : .text)
  }
}

extension Spreadsheet {
  /// Whether an old container names the stream (in UTF-16) that a workbook with a password is kept in.
  private static func holdsPackage(_ bytes: [UInt8]) -> Bool {
    let letters = Array("EncryptedPackage".utf8)
    var at = 0
    while at + 2 * letters.count <= bytes.count {
      var met = 0
      while met < letters.count, bytes[at + 2 * met] == letters[met] { met += 1 }
      if met == letters.count { return true }
      at += 1
    }
    return false
  }
}

/// What a workbook says of its sheets and parts.
private struct Book {
  struct Tab {
    var name: String
    var isHidden: Bool
    var part: String
  }
  private var archive: ZipArchive
  private(set) var sheets: [Tab] = []
  private(set) var isFrom1904 = false
  private var links: [(id: String, type: String, part: String)] = []

  init(_ bytes: [UInt8], limit: Int) throws(WorkbookFault) {
    archive = try ZipArchive(bytes, limit: limit)
    var main = "xl/workbook.xml"
    if archive.entry("_rels/.rels") != nil {
      let links = try Self.links(&archive, "_rels/.rels", from: "")
      main = links.first { $0.type == "officeDocument" }?.part ?? main
    }
    guard let entry = archive.entry(main) else { throw WorkbookFault.foreign(Self.seeming(archive)) }
    if main.lowercased().hasSuffix(".bin") { throw WorkbookFault.foreign(.binaryWorkbook) }
    let slash = main.lastIndex(of: "/")
    let folder = slash.map { String(main[...$0]) } ?? ""
    let file = slash.map { String(main[main.index(after: $0)...]) } ?? main
    links = try Self.links(&archive, folder + "_rels/" + file + ".rels", from: folder)
    var reader = MarkupReader(try archive.contents(entry))
    var isBook = false
    while true {
      let event = reader.next()
      if event == .end { break }
      guard event == .open else { continue }
      if reader.isNamed("workbook") { isBook = true }
      if reader.isNamed("workbookPr") { isFrom1904 = ["1", "true"].contains(reader.value("date1904")) }
      guard reader.isNamed("sheet"), let id = reader.value("id"), let name = reader.value("name") else { continue }
      let link = links.first { $0.id == id && $0.type == "worksheet" }
      let state = reader.value("state")
      sheets.append(Tab(name: name, isHidden: state != nil && state != "visible", part: link?.part ?? ""))
    }
    if !isBook { throw WorkbookFault.foreign(Self.seeming(archive)) }
    if reader.isBroken { throw WorkbookFault.damaged(part: main) }
  }

  /// The sheet that is asked for; sheets of charts hold no rows.
  func sheet(_ choice: Spreadsheet.Tabs) throws(WorkbookFault) -> Tab {
    var found: Tab?
    var wanted = "1"
    switch choice {
    case .first: found = sheets.first { !$0.isHidden && !$0.part.isEmpty } ?? sheets.first
    case .named(let name):
      wanted = name
      found = sheets.first { $0.name == name } ?? sheets.first { $0.name.lowercased() == name.lowercased() }
    case .number(let number):
      wanted = "\(number)"
      found = sheets.indices.contains(number - 1) ? sheets[number - 1] : nil
    }
    guard let found, !found.part.isEmpty else {
      throw WorkbookFault.noSheet(wanted: wanted, sheets: sheets.filter { !$0.part.isEmpty }.map(\.name))
    }
    return found
  }

  mutating func contents(_ part: String) throws(WorkbookFault) -> [UInt8] {
    guard let entry = archive.entry(part) else { throw WorkbookFault.damaged(part: part) }
    return try archive.contents(entry)
  }

  /// The part that the workbook links as of a type, or nil when it has none.
  mutating func part(ofType type: String) throws(WorkbookFault) -> [UInt8]? {
    guard let link = links.first(where: { $0.type == type }) else { return nil }
    return try contents(link.part)
  }

  /// The links of a part: what stands behind the last slash of their types, and the parts they lead to.
  private static func links(
    _ archive: inout ZipArchive, _ name: String, from folder: String
  ) throws(WorkbookFault) -> [(id: String, type: String, part: String)] {
    guard let entry = archive.entry(name) else { return [] }
    var reader = MarkupReader(try archive.contents(entry))
    var links: [(id: String, type: String, part: String)] = []
    while true {
      let event = reader.next()
      if event == .end { break }
      guard event == .open, reader.isNamed("Relationship"), let id = reader.value("Id"),
        let type = reader.value("Type"), let target = reader.value("Target"), reader.value("TargetMode") != "External"
      else { continue }
      let last = type.split(separator: "/").last.map(String.init) ?? type
      links.append((id, last, part(target, from: folder)))
    }
    if reader.isBroken { throw WorkbookFault.damaged(part: name) }
    return links
  }

  /// The name of the part that a target means: whole behind a slash, else from the folder of what links it.
  private static func part(_ target: String, from folder: String) -> String {
    var parts: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for step in target.split(separator: "/") where step != "." {
      if step == ".." { _ = parts.popLast() } else { parts.append(step) }
    }
    return parts.joined(separator: "/")
  }

  /// What an archive without a workbook seems to be.
  private static func seeming(_ archive: ZipArchive) -> WorkbookFault.Seeming {
    if archive.entry("xl/workbook.bin") != nil { return .binaryWorkbook }
    return archive.entry("content.xml") != nil && archive.entry("mimetype") != nil ? .openDocument : .otherArchive
  }
}

/// Which styles of a workbook show numbers as dates.
enum DateStyles {
  /// A flag a style, in the order that cells name them by.
  static func flags(_ styles: [UInt8]) -> [Bool] {
    var reader = MarkupReader(styles)
    var codes: [Int: Bool] = [:]
    var flags: [Bool] = []
    var isInside = false
    while true {
      let event = reader.next()
      if event == .end { return flags }
      if reader.isNamed("cellXfs") { isInside = event == .open }
      guard event == .open else { continue }
      if reader.isNamed("numFmt"), let id = reader.value("numFmtId").flatMap({ Int($0) }) {
        codes[id] = isDate(reader.value("formatCode") ?? "")
      }
      if isInside, reader.isNamed("xf") {
        let id = reader.value("numFmtId").flatMap { Int($0) } ?? 0
        let isKnown = [14...22, 27...36, 45...47, 50...58].contains { $0.contains(id) }
        flags.append(codes[id] ?? isKnown)
      }
    }
  }

  /// Whether a format shows parts of a date: one of its letters outside quotes, brackets and escapes.
  static func isDate(_ format: String) -> Bool {
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for letter in format.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = letter != "\""
      } else if isBracketed {
        isBracketed = letter != "]"
      } else {
        switch letter {
        case "\"": isQuoted = true
        case "[": isBracketed = true
        case "\\", "_", "*": isEscaped = true
        case "y", "m", "d", "h", "s": return true
        default: break
        }
      }
    }
    return false
  }
}
