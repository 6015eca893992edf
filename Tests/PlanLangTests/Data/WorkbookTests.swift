import Foundation
import Testing

@testable import PlanLang

/// Workbooks read as CSV are: what a cell may hold, what a file may be instead, and that nothing hurts.
@Suite struct WorkbookTests {
  private static let mapping = """
    tahun 2026
    kolom dinas = dinas.kode
    kolom nama = dinas.nama
    kolom sub = subkegiatan.kode
    kolom judul = subkegiatan.nama
    kolom pagu = pagu apbd
    """

  /// What a script that loads a file of these bytes says, and how it ends.
  private static func run(_ name: String, _ bytes: [UInt8], _ block: String = "", _ ask: String = "tampilkan pagu[2026]") -> (text: String, status: Int32) {
    var host = MemoryHost()
    host.files[name] = bytes
    let script = "daerah \"K\" jenis kota periode 2025..2029\ndokumen kerja apbd\nmuat \"\(name)\" {\n\(block)\n}\n\(ask)\n"
    return screen(name: "x.plan", bytes: Array(script.utf8), host: host)
  }

  @Test("What cells hold: shared and inline texts, runs, entities, truths, errors, formulas, empty ones, gaps")
  func cells() {
    let shared = """
      <sst><si><t>a &amp; &#66;</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">x; </t></r><r><t>"y"</t></r><rPh sb="0"><t>no</t></rPh></si>
      <si/><si><t>b_x000A_c_x005F_</t></si><si><t><![CDATA[<d>]]></t></si></sst>
      """
    let rows = """
      <row r="2" spans="1:9"><c r="B2" t="s"><v>0</v></c><c t="s" s="0" r="D2"><v>1</v></c><c t="s" r='E2' ><v>2</v></c></row>
      <row><c><v> 7 </v></c><c t="s"><v>3</v></c><c t="s"><v>4</v></c></row>
      <row r="6"><c r="A6" t="inlineStr"><is><t>in</t></is></c><c r="B6" t="str"><f>A1&amp;"x"</f><v>st</v></c><c r="C6" t="b"><v>1</v></c>
      <c r="D6" t="b"><v>0</v></c><c r="E6" t="e"><v>#N/A</v></c><c r="F6"><f>SUM(A1)</f><v>12.5</v></c><c r="G6"><f>1+1</f><v/></c>
      <c r="H6" t="str"><f>""</f><v></v></c><c r="I6"/><c r="AA6"><v>1</v></c></row>
      """
    for prefix in ["", "x"] {
      let tagged = prefix.isEmpty ? rows : rows.replacingOccurrences(of: "</", with: "\u{1}").replacingOccurrences(of: "<", with: "<x:").replacingOccurrences(of: "\u{1}", with: "</x:")
      let made = HandMade.lines(HandMade.book([("S", tagged)], shared: shared, prefix: prefix))
      #expect(
        made == .success([
          "", ";a & B;;\"x; \"\"y\"\"\";", "7;b c_;<d>", "", "", "in;st;TRUE;FALSE;#N/A;12.5;#CALC!" + String(repeating: ";", count: 20) + "1",
        ]))
    }
  }

  @Test("Numbers as they are stored: artefacts stay, exponents are written out, three decimals are told from thousands")
  func numbers() {
    let given = ["182888324.00000003", "1.234", "-5", "1.5E+6", "1.23456789012E11", "2E-3", "0.5", "12345.678", "1e400", "abc"]
    let row = "<row>" + given.map { "<c><v>\($0)</v></c>" }.joined() + "</row>"
    let book = HandMade.book([("S", row)])
    #expect(HandMade.lines(book) == .success(["182888324.00000003;1.2340;-5;1500000;123456789012;0.0020;0.5;12345.6780;1e400;abc"]))
    #expect(HandMade.lines(book, isIndonesian: true) == .success(["182888324,00000003;1,2340;-5;1500000;123456789012;0,0020;0,5;12345,6780;1e400;abc"]))
  }

  @Test("Dust of binary floats and formulas never calculated are told with sheet and row")
  func dust() {
    let heads = ["dinas", "nama", "sub", "judul", "pagu"].map { "<c t='inlineStr'><is><t>\($0)</t></is></c>" }.joined()
    func row(_ number: Int, _ pagu: String) -> String {
      let words = ["1.02.2.14.0.00.02.0000", "Dinas Kesehatan", "1.02.02.2.02.001\(number)", "Gizi \(number)"]
      return "<row r='\(number)'>" + words.map { "<c t='inlineStr'><is><t>\($0)</t></is></c>" }.joined() + "<c>\(pagu)</c></row>"
    }
    let rows = "<row>\(heads)</row>" + row(4, "<v>182888324.00000003</v>") + row(7, "<f>A1</f><v/>") + row(9, "<v>1.5E9</v>")
    let made = Self.run("x.xlsx", HandMade.book([("S", rows)]), Self.mapping)
    #expect(made.text.contains("x.xlsx[S]:4 diperbaiki: `182888324.00000003` dibaca sampai sen: Rp182.888.324"), "\(made.text)")
    #expect(made.text.contains("x.xlsx[S]:7 ditolak: rumus yang belum pernah dihitung"))
    #expect(made.text.contains("= Rp1.682.888.324") && made.text.contains("2 temuan"))
  }

  @Test("Dates by the style of the cell, from 1900 and from 1904")
  func dates() {
    let styles = """
      <styleSheet><numFmts><numFmt formatCode="[$-421]dd\\ mmmm\\ yyyy;@" numFmtId="170"/><numFmt numFmtId="171" formatCode="&quot;Rp dmy&quot;#,##0"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="22"/></cellXfs></styleSheet>
      """
    let cells = [(0, "46251"), (1, "46251"), (2, "46251"), (3, "46251"), (4, "46251.4375"), (1, "1"), (1, "60"), (1, "61"), (4, "0.5")]
    let row = "<row>" + cells.map { "<c s=\"\($0.0)\"><v>\($0.1)</v></c>" }.joined() + "</row>"
    #expect(
      HandMade.lines(HandMade.book([("S", row)], styles: styles))
        == .success(["46251;2026-08-17;2026-08-17;46251;2026-08-17 10:30:00;1900-01-01;1900-02-29;1900-03-01;12:00:00"]))
    let old = HandMade.book([("S", "<row><c s='1'><v>44789</v></c></row>")], styles: styles, properties: "date1904='1'")
    #expect(HandMade.lines(old) == .success(["2026-08-17"]))
  }

  @Test("Sheets by name, by number, and the first that is not hidden")
  func sheets() {
    let book = HandMade.book([("Gelap", "<row><c><v>1</v></c></row>"), ("Rekap &amp; x", "<row><c><v>2</v></c></row>"), ("C", "")], states: ["Gelap": "hidden"])
    #expect(HandMade.lines(book) == .success(["2"]))
    #expect(HandMade.lines(book, .named("rekap & X")) == .success(["2"]))
    #expect(HandMade.lines(book, .number(1)) == .success(["1"]))
    #expect(HandMade.lines(book, .number(3)) == .success([""]))
    for wanted in [Spreadsheet.Tabs.number(0), .number(4)] {
      guard case .failure(.noSheet(_, let names)) = HandMade.lines(book, wanted) else { Issue.record("\(wanted)"); continue }
      #expect(names == ["Gelap", "Rekap & x", "C"])
    }
  }

  @Test("A workbook and a CSV of the same cells give the same plan and the same findings")
  func likeCSV() {
    let figures: [Sheet.Cell] = [.money(18_288_832_400), .text("#N/A"), .text("1.250"), .empty, .money(150), .money(500_000_000_000)]
    var sheet = Sheet("Rekap", ["dinas", "nama", "sub", "judul", "pagu"])
    for (at, figure) in figures.enumerated() {
      sheet.rows.append([.text("1.02.2.14.0.00.02.0000"), .text("Dinas Kesehatan"), .text("1.02.02.2.02.001\(at)"), .text("Gizi; \"balita\"\nx \(at)"), figure])
    }
    let book = Self.run("x.xlsx", Workbook.bytes([sheet]), "angka indonesia\n" + Self.mapping)
    let csv = SheetText.csv(sheet, separator: ";")
    let plain = Self.run("x.csv", Array(csv.utf8), "angka indonesia\n" + Self.mapping)
    #expect(book.text.contains("Rp5.182.889.575,50") && plain.text.contains("Rp5.182.889.575,50"))
    #expect(book.text.contains("x.xlsx[Rekap]:3 ditolak") && book.text.contains("x.xlsx[Rekap]:5 mencurigakan"))
    func said(_ text: String) -> [String] {
      text.split(separator: "\n").compactMap { line in
        guard line.hasPrefix("  x."), let colon = line.firstIndex(of: ":") else { return nil }
        return String(line[colon...].drop { $0 != " " })
      }
    }
    #expect(said(book.text) == said(plain.text) && said(book.text).count == 2)
  }

  @Test("Workbooks of other programs read to the same sums", arguments: Repository.files(below: "Tests/PlanLangTests/Data/berkas", ending: ".xlsx"))
  func others(path: String) {
    let hasCover = !path.contains("xlsxwriter")
    let ask = "tampilkan pagu[2026]; pagu[2026, rekening = @5.1.01]; pagu[2026, unit = @1.02.2.14.0.00.02.0001]"
    let made = Self.run("r.xlsx", Repository.bytes(path), hasCover ? "lembar \"rekap 2026\"" : "", ask)
    #expect(made.text.contains("Rp47.212.900.000") && made.text.contains("Rp33.350.000.000") && made.text.contains("Rp2.235.400.000"), "\(made.text)")
    #expect(!made.text.contains("galat"))
    if hasCover {
      let first = Self.run("r.xlsx", Repository.bytes(path), "", ask)
      #expect(first.text.contains("P0506") || first.text.contains("P0508"))
    }
  }

  @Test("What is no workbook is told for what it is")
  func foreign() {
    func fault(_ bytes: [UInt8]) -> WorkbookFault? {
      if case .failure(let fault) = HandMade.lines(bytes) { return fault }
      return nil
    }
    let old: [UInt8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] + [UInt8](repeating: 0, count: 600)
    #expect(fault(old) == .foreign(.oldWorkbook))
    #expect(fault(old + "EncryptedPackage".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } + [0, 0]) == .encrypted)
    #expect(fault(Array("\u{feff}\n<html><table>".utf8)) == .foreign(.webPage))
    #expect(fault(Array("%PDF-1.7".utf8)) == .foreign(.pdf))
    #expect(fault(Array("kode;pagu\n".utf8)) == .foreign(.text))
    #expect(fault([]) == .foreign(.nothing))
    let book = HandMade.book([("S", "<row><c><v>1</v></c></row>")])
    #expect(fault(ZipFile.stored([("dalam.xlsx", book)])) == .foreign(.otherArchive))
    #expect(fault(ZipFile.stored([("mimetype", []), ("content.xml", [])])) == .foreign(.openDocument))
    #expect(fault(ZipFile.stored([("xl/workbook.bin", [])])) == .foreign(.binaryWorkbook))
    for cut in [book.count - 1, book.count / 2, 30, 4] { #expect(fault(Array(book[..<cut])) == .damaged(part: "zip"), "\(cut)") }
    for rows in ["<row r='2'/><row r='2'/>", "<row r='0'/>", "<row r='1048577'/>", "<row><c r='B1'><v>1</v></c><c r='A1'/></row>", "<row><c r='A2'/></row>",
      "<row><c r='XFE1'/></row>", "<row><c t='s'><v>0</v></c></row>", "<row><c", "<c/>", "<row r='x'/>"]
    {
      #expect(fault(HandMade.book([("S", rows)])) == .damaged(part: "xl/worksheets/s0.xml"), "\(rows)")
    }
  }

  @Test("A part that unpacks to too much, and one that packs too well, are refused before they are unpacked")
  func bombs() throws {
    let wide = "<row><c r='XFD1'><v>1</v></c></row>"
    let rows = (1...200).map { "<row r='\($0)'><c r='XFD\($0)'><v>1</v></c></row>" }.joined()
    #expect(HandMade.lines(HandMade.book([("S", wide)])) == .success([String(repeating: ";", count: 16_383) + "1"]))
    #expect(HandMade.lines(HandMade.book([("S", rows)]), limit: 1 << 20) == .failure(.tooLarge(part: "xl/worksheets/s0.xml")))
    #expect(HandMade.lines(HandMade.book([("S", rows)]), limit: 4000) == .failure(.tooLarge(part: "xl/worksheets/s0.xml")))
    let zeros = [UInt8](repeating: 32, count: 32 << 20)
    let packed = try Gzip.packed(zeros)
    var archive = ZipArchiveMaker.deflated("xl/workbook.xml", packed, zeros.count, Checksum.crc32(zeros))
    #expect(HandMade.lines(archive, limit: 1 << 28) == .failure(.tooLarge(part: "xl/workbook.xml")))
    archive = ZipArchiveMaker.deflated("xl/workbook.xml", packed, 1000, 0)
    #expect(HandMade.lines(archive) == .failure(.damaged(part: "xl/workbook.xml")))
  }

  @Test("What gzip packs is unpacked to the same bytes; a changed checksum is noticed")
  func inflating() throws {
    var random = Draws(state: 11)
    for round in 0..<24 {
      let count = Int(random.next() % (round < 12 ? 300 : 90_000))
      let spread = [UInt64(256), 2, 6, 40][round % 4]
      var bytes: [UInt8] = []
      while bytes.count < count {
        if round % 3 == 1, bytes.count > 40 { bytes += bytes.suffix(Int(random.next() % 40) + 1) } else { bytes.append(UInt8(random.next() % spread)) }
      }
      for level in [1, 6, 9] {
        let packed = try Gzip.packed(bytes, level: level)
        #expect(try Inflate.unpacked(packed, 0..<packed.count, size: bytes.count) == bytes)
        #expect(throws: Inflate.Damage.self) { try Inflate.unpacked(packed, 0..<packed.count, size: bytes.count + 1) }
        if packed.count > 3 { #expect(throws: Inflate.Damage.self) { try Inflate.unpacked(packed, 0..<(packed.count - 2), size: bytes.count) } }
      }
    }
    var book = HandMade.book([("S", "<row><c><v>1</v></c></row>")])
    let at = try #require(book.indices.first { book[$0...].starts(with: "<v>1".utf8) })
    book[at + 3] = 0x32
    #expect(HandMade.lines(book) == .failure(.damaged(part: "xl/worksheets/s0.xml")))
  }

  @Test("Seeded changes of workbooks never crash, hang or pass their bounds")
  func fuzz() {
    var random = Draws(state: 2026)
    let seeds = Repository.files(below: "Tests/PlanLangTests/Data/berkas", ending: ".xlsx").map { Repository.bytes($0) }
      + [HandMade.book([("S", "<row><c t='s'><v>0</v></c><c s='1'><v>46251</v></c></row>")], shared: "<sst><si><t>a</t></si></sst>")]
    let deadline = Date().addingTimeInterval(60)
    var read = 0
    for round in 0..<160 {
      var bytes = seeds[round % seeds.count]
      for _ in 0...(random.next() % 6) {
        let at = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 4 {
        case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[at] ^= 1 << UInt8(random.next() % 8)
        case 2: bytes.remove(at: at)
        default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: at)
        }
        if bytes.isEmpty { bytes = [0x50] }
      }
      if case .success(let lines) = HandMade.lines(bytes, limit: 1 << 22) {
        read += 1
        #expect(lines.reduce(0) { $0 + $1.utf8.count } <= 1 << 22)
      }
    }
    let rows = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>x&amp;y</t></is></c></row><row r='3'><c r='C3'><v>1.5E3</v></c></row>"
    for _ in 0..<700 {
      var text = Array(rows.utf8)
      for _ in 0...(random.next() % 4) {
        let at = Int(random.next() % UInt64(text.count))
        let marks = Array("<>/='\"&; 0Zr".utf8)
        if random.next() % 2 == 0 { text[at] = marks[Int(random.next() % UInt64(marks.count))] } else { text.remove(at: at) }
      }
      let book = HandMade.book([("S", String(decoding: text, as: UTF8.self))], shared: "<sst><si><t>a</t></si></sst>")
      if case .success = HandMade.lines(book, limit: 1 << 22) { read += 1 }
    }
    #expect(read > 100)
    #expect(Date() < deadline)
  }
}

/// The packing that the reader is held against: gzip's own, its frame taken off.
enum Gzip {
  static func packed(_ bytes: [UInt8], level: Int = 9) throws -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("planlang-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(bytes).write(to: path)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-n", "-\(level)", "-c", path.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let out = Array(pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return Array(out[10..<(out.count - 8)])
  }
}

/// An archive of one packed part.
enum ZipArchiveMaker {
  static func deflated(_ name: String, _ packed: [UInt8], _ size: Int, _ sum: UInt32) -> [UInt8] {
    var archive = ZipFile.stored([(name, packed)])
    func put(_ value: Int, _ count: Int, _ at: Int) { for place in 0..<count { archive[at + place] = UInt8(truncatingIfNeeded: value >> (8 * place)) } }
    let directory = 30 + name.utf8.count + packed.count
    for (head, shift) in [(0, 0), (directory, 2)] {
      put(8, 2, head + 8 + shift)
      put(Int(sum), 4, head + 14 + shift)
      put(size, 4, head + 22 + shift)
    }
    return archive
  }
}
