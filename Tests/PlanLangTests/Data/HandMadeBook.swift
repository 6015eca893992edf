@testable import PlanLang

/// Workbooks put together by hand, part by part.
enum HandMade {
  /// A workbook of sheets: what stands inside `sheetData` of each.
  static func book(
    _ sheets: [(name: String, rows: String)], shared: String = "", styles: String = "", properties: String = "",
    states: [String: String] = [:], prefix: String = ""
  ) -> [UInt8] {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let x = prefix.isEmpty ? "" : prefix + ":"
    var listed = ""
    var links = ""
    var parts: [(name: String, bytes: [UInt8])] = []
    for (at, sheet) in sheets.enumerated() {
      let state = states[sheet.name].map { " state='\($0)'" } ?? ""
      listed += "<\(x)sheet\(state) r:id=\"rId\(at + 1)\" sheetId=\"\(at + 9)\" name=\"\(sheet.name)\"/>"
      links += "<Relationship Target=\"worksheets/s\(at).xml\" Id=\"rId\(at + 1)\" Type=\"\(office)/worksheet\"/>"
      let text = "<?xml version='1.0'?>\n<!-- > --><\(x)worksheet><\(x)dimension ref='A1'/><\(x)sheetData>\(sheet.rows)</\(x)sheetData></\(x)worksheet>"
      parts.append(("xl/worksheets/s\(at).xml", Array(text.utf8)))
    }
    for (name, text) in [("sharedStrings", shared), ("styles", styles)] where !text.isEmpty {
      links += "<Relationship Id=\"\(name)\" Type=\"\(office)/\(name)\" Target=\"/xl/\(name).xml\"/>"
      parts.append(("xl/\(name).xml", Array(text.utf8)))
    }
    let book = "<\(x)workbook><\(x)workbookPr \(properties)/><\(x)sheets>\(listed)</\(x)sheets></\(x)workbook>"
    parts.insert(("xl/workbook.xml", Array(book.utf8)), at: 0)
    parts.append(("xl/_rels/workbook.xml.rels", Array("<Relationships>\(links)</Relationships>".utf8)))
    return ZipFile.stored(parts)
  }

  /// The lines of a sheet, or the fault.
  static func lines(
    _ bytes: [UInt8], _ choice: Spreadsheet.Tabs = .first, isIndonesian: Bool = false, limit: Int = 1 << 24
  ) -> Result<[String], WorkbookFault> {
    do throws(WorkbookFault) {
      let made = try Spreadsheet(bytes, choice: choice, isIndonesian: isIndonesian, limit: limit)
      return .success(String(decoding: made.text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
    } catch {
      return .failure(error)
    }
  }
}
