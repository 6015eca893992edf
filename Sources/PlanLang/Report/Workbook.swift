/// Tables as an XLSX workbook (ECMA-376): real numbers with rupiah formats, frozen heads, sums as formulas with their
/// values. The parts are stored in a zip without compression, so that the same tables give the same bytes.
public enum Workbook {
  /// The bytes of a workbook, a sheet a table.
  public static func bytes(_ sheets: [Sheet]) -> [UInt8] {
    let names = unique(sheets.map(\.name))
    var parts: [(name: String, text: String)] = []
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    let types = "http://schemas.openxmlformats.org/package/2006/content-types"
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    let document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    var content = head + "<Types xmlns=\"\(types)\"><Default Extension=\"rels\""
    content += " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\""
    content += " ContentType=\"application/xml\"/>"
    content += "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(kind).sheet.main+xml\"/>"
    content += "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(kind).styles+xml\"/>"
    var book = head + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(document)\"><sheets>"
    var links = head + "<Relationships xmlns=\"\(relations)\">"
    for at in sheets.indices {
      let file = "sheet\(at + 1).xml"
      content += "<Override PartName=\"/xl/worksheets/\(file)\" ContentType=\"\(kind).worksheet+xml\"/>"
      book += "<sheet name=\"\(HTMLText.escaped(names[at]))\" sheetId=\"\(at + 1)\" r:id=\"rId\(at + 1)\"/>"
      links += "<Relationship Id=\"rId\(at + 1)\" Type=\"\(document)/worksheet\" Target=\"worksheets/\(file)\"/>"
    }
    links += "<Relationship Id=\"rId\(sheets.count + 1)\" Type=\"\(document)/styles\" Target=\"styles.xml\"/>"
    links += "</Relationships>"
    parts.append(("[Content_Types].xml", content + "</Types>"))
    let root = "<Relationship Id=\"rId1\" Type=\"\(document)/officeDocument\" Target=\"xl/workbook.xml\"/>"
    parts.append(("_rels/.rels", head + "<Relationships xmlns=\"\(relations)\">\(root)</Relationships>"))
    parts.append(("xl/workbook.xml", book + "</sheets></workbook>"))
    parts.append(("xl/_rels/workbook.xml.rels", links))
    parts.append(("xl/styles.xml", head + styles(main)))
    for (at, sheet) in sheets.enumerated() {
      parts.append(("xl/worksheets/sheet\(at + 1).xml", head + self.sheet(sheet, main)))
    }
    return ZipFile.stored(parts.map { ($0.name, Array($0.text.utf8)) })
  }

  /// Sheet names that a workbook takes: 31 characters, none of `[]:*?/\\`, each once.
  static func unique(_ names: [String]) -> [String] {
    var used: Set<String> = []
    return names.map { name in
      let kept = String(name.filter { !"[]:*?/\\".contains($0) }.prefix(28))
      var made = kept.isEmpty ? "Lembar" : kept
      var count = 2
      while !used.insert(made.lowercased()).inserted {
        made = kept + " \(count)"
        count += 1
      }
      return made
    }
  }

  private static func styles(_ main: String) -> String {
    var text = "<styleSheet xmlns=\"\(main)\"><numFmts count=\"1\"><numFmt numFmtId=\"164\""
    text += " formatCode=\"&quot;Rp&quot;#,##0;(&quot;Rp&quot;#,##0)\"/></numFmts>"
    text += "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/>"
    text += "<sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
    text += "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill>"
    text += "<patternFill patternType=\"gray125\"/></fill></fills>"
    text += "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
    text += "<cellXfs count=\"4\">"
    text += "<xf xfId=\"0\"/><xf xfId=\"0\" fontId=\"1\" applyFont=\"1\"/>"
    text += "<xf xfId=\"0\" numFmtId=\"164\" applyNumberFormat=\"1\"/>"
    text += "<xf xfId=\"0\" numFmtId=\"164\" fontId=\"1\" applyNumberFormat=\"1\" applyFont=\"1\"/>"
    text += "</cellXfs></styleSheet>"
    return text
  }

  private static func sheet(_ sheet: Sheet, _ main: String) -> String {
    var text =
      "<worksheet xmlns=\"\(main)\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\""
    text += " activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>"
    for (at, title) in sheet.columns.enumerated() {
      let widest = sheet.rows.prefix(200).map { width($0[at]) }.max() ?? 8
      let wide = min(60, max(widest, title.count) + 2)
      text += "<col min=\"\(at + 1)\" max=\"\(at + 1)\" width=\"\(wide)\" customWidth=\"1\"/>"
    }
    text += "</cols><sheetData><row r=\"1\">"
    for (at, title) in sheet.columns.enumerated() { text += cell(.text(title), at, 1, style: 1) }
    text += "</row>"
    for (row, cells) in sheet.rows.enumerated() {
      text += "<row r=\"\(row + 2)\">"
      for (at, one) in cells.enumerated() { text += cell(one, at, row + 2, style: 0) }
      text += "</row>"
    }
    if !sheet.summed.isEmpty, !sheet.rows.isEmpty {
      let last = sheet.rows.count + 1
      text += "<row r=\"\(last + 1)\">"
      for at in sheet.columns.indices where sheet.summed.contains(at) {
        let column = self.column(at)
        text += "<c r=\"\(column)\(last + 1)\" s=\"3\"><f>SUM(\(column)2:\(column)\(last))</f>"
        text += "<v>\(Figure.plainMoney(sen: sheet.sum(at)))</v></c>"
      }
      text += "</row>"
    }
    return text + "</sheetData></worksheet>"
  }

  private static func width(_ cell: Sheet.Cell) -> Int {
    switch cell {
    case .text(let text): text.count
    case .money(let sen): Figure.money(sen: sen).count
    default: 8
    }
  }

  private static func cell(_ cell: Sheet.Cell, _ at: Int, _ row: Int, style: Int) -> String {
    let place = "<c r=\"\(column(at))\(row)\""
    switch cell {
    case .text(let text):
      // What XML cannot hold is left out.
      let kept = String(
        String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 || $0.value == 10 || $0.value == 9 }))
      return place
        + " s=\"\(style)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(HTMLText.escaped(kept))</t></is></c>"
    case .money(let sen): return place + " s=\"2\"><v>\(Figure.plainMoney(sen: sen))</v></c>"
    case .number(let number): return number.isAbsent ? "" : place + "><v>\(Figure.plain(number))</v></c>"
    case .whole(let whole): return place + "><v>\(whole)</v></c>"
    case .empty: return ""
    }
  }

  /// The letters of a column from 0: A, B, ..., Z, AA.
  static func column(_ at: Int) -> String {
    var (rest, letters) = (at, "")
    repeat {
      letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
      rest = rest / 26 - 1
    } while rest >= 0
    return letters
  }
}

/// A zip archive (APPNOTE 6.3) of stored files with a fixed date, so that the same files give the same bytes.
enum ZipFile {
  /// An archive of files in their order.
  static func stored(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    func two(_ value: Int, _ out: inout [UInt8]) {
      out += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
    func four(_ value: Int, _ out: inout [UInt8]) {
      two(value & 0xffff, &out)
      two(value >> 16, &out)
    }
    for file in files {
      let start = archive.count
      let name = Array(file.name.utf8)
      func common(_ out: inout [UInt8]) {
        // Version 2.0, UTF-8 names, stored, 1 January 1980.
        for value in [20, 0x0800, 0, 0, 0x21] { two(value, &out) }
        four(Int(Checksum.crc32(file.bytes)), &out)
        four(file.bytes.count, &out)
        four(file.bytes.count, &out)
        two(name.count, &out)
        two(0, &out)
      }
      four(0x0403_4b50, &archive)
      common(&archive)
      archive += name + file.bytes
      four(0x0201_4b50, &directory)
      two(20, &directory)
      common(&directory)
      for value in [0, 0, 0] { two(value, &directory) }
      four(0, &directory)
      four(start, &directory)
      directory += name
    }
    let start = archive.count
    archive += directory
    four(0x0605_4b50, &archive)
    for value in [0, 0, files.count, files.count] { two(value, &archive) }
    four(directory.count, &archive)
    four(start, &archive)
    two(0, &archive)
    return archive
  }
}
