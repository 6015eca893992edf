/// Problems of `muat` itself: codes P05xx.
enum DataProblem: Problem {
  /// What a file that should be a CSV seems to be.
  enum Seeming {
    case text, workbook, wideText, bytes

    /// What its first bytes tell.
    init(_ bytes: [UInt8]) {
      if bytes.starts(with: [0x50, 0x4b, 3, 4]) || bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0]) {
        self = .workbook
      } else if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
        self = .wideText
      } else {
        // Bytes that no text holds; a single one may be a slip of a hand.
        let strange = bytes.prefix(4096).reduce(0) { $0 + ($1 < 9 || $1 > 13 && $1 < 32 ? 1 : 0) }
        self = strange * 50 > min(bytes.count, 4096) ? .bytes : .text
      }
    }
  }

  case unknownColumn(name: String, nearest: String?)
  case unknownTarget(name: String)
  case noMoneyColumn
  case noEntityColumn
  case unknownLayout(Seeming = .text)
  case noYear
  case empty(path: String)
  case workbook(WorkbookFault, path: String)
  case sheetOfNone(path: String)

  var code: String {
    switch self {
    case .unknownColumn: "P0502"
    case .unknownTarget: "P0503"
    case .noMoneyColumn: "P0504"
    case .noEntityColumn: "P0505"
    case .unknownLayout: "P0506"
    case .noYear: "P0507"
    case .empty: "P0508"
    case .workbook(let fault, _):
      switch fault {
      case .foreign: "P0511"
      case .encrypted: "P0512"
      case .damaged: "P0513"
      case .tooLarge: "P0514"
      case .noSheet: "P0515"
      }
    case .sheetOfNone: "P0516"
    }
  }

  var severity: Severity { .error }

  var message: Bilingual {
    switch self {
    case .unknownColumn(let name, _): Bilingual("berkas tidak punya kolom `\(name)`", "the file has no column `\(name)`")
    case .unknownTarget(let name): Bilingual("`\(name)` bukan tujuan kolom", "`\(name)` is not what a column can hold")
    case .noMoneyColumn: Bilingual("tidak ada kolom pagu", "no column holds a budget")
    case .noEntityColumn:
      Bilingual(
        "tidak ada kolom dinas dan program atau subkegiatan", "no columns hold a department and a programme or subactivity")
    case .unknownLayout(let seeming):
      switch seeming {
      case .text: Bilingual("susunan kolomnya bukan Rekap SIPD 23 kolom", "the columns are not the 23-column SIPD Rekap")
      case .workbook: Bilingual("ini buku kerja, bukan CSV", "this is a workbook, not a CSV")
      case .wideText: Bilingual("CSV ini disimpan sebagai UTF-16, bukan UTF-8", "this CSV was saved as UTF-16, not UTF-8")
      case .bytes: Bilingual("ini bukan teks, jadi bukan CSV", "this is not text, so it is no CSV")
      }
    case .noYear: Bilingual("tahun anggarannya tidak disebut", "the budget year is not stated")
    case .empty(let path): Bilingual("`\(path)` tidak berisi baris data", "`\(path)` holds no rows of data")
    case .workbook(let fault, let path): Self.message(fault, path)
    case .sheetOfNone(let path): Bilingual("`\(path)` bukan buku kerja, tidak punya lembar", "`\(path)` is no workbook and has no sheets")
    }
  }

  var help: Bilingual? {
    switch self {
    case .unknownColumn(_, let nearest): nearest.map { Bilingual("maksud Anda `\($0)`?", "did you mean `\($0)`?") }
    case .unknownTarget:
      Bilingual(
        "contoh: dinas.kode, program.nama, sumber.kode, rekening, label, pagu apbd 2026; indikator, satuan, awal 2024, target 2026",
        "for example: office.code, programme.name, source.code, account, label, budget apbd 2026; indicator, unit, baseline 2024, target 2026")
    case .unknownLayout(.workbook):
      Bilingual("beri nama .xlsx, atau simpan lembarnya sebagai CSV", "name it .xlsx, or save its sheet as CSV")
    case .unknownLayout(.wideText):
      Bilingual("simpan sebagai \"CSV UTF-8\"", "save it as \"CSV UTF-8\"")
    case .unknownLayout(.bytes):
      Bilingual("buka di program asalnya, lalu simpan sebagai CSV", "open it in the program it comes from and save it as CSV")
    case .unknownLayout:
      Bilingual(
        "simpan sebagai CSV, lalu nyatakan pemetaannya: `muat \"x.csv\" { kolom ... = ... }`",
        "save it as CSV and declare the mapping: `load \"x.csv\" { column ... = ... }`")
    case .noYear: Bilingual("tulis `tahun 2026` di dalam blok muat", "write `year 2026` inside the load block")
    case .workbook(let fault, _): Self.help(fault)
    default: nil
    }
  }

  private static func message(_ fault: WorkbookFault, _ path: String) -> Bilingual {
    switch fault {
    case .foreign(let seeming):
      switch seeming {
      case .oldWorkbook:
        Bilingual("`\(path)` buku kerja lama (.xls), bukan .xlsx", "`\(path)` is an old workbook (.xls), not .xlsx")
      case .webPage: Bilingual("`\(path)` halaman HTML atau XML, bukan .xlsx", "`\(path)` is a page of HTML or XML, not .xlsx")
      case .pdf: Bilingual("`\(path)` berkas PDF, bukan .xlsx", "`\(path)` is a PDF, not .xlsx")
      case .text: Bilingual("`\(path)` teks, bukan .xlsx", "`\(path)` is text, not .xlsx")
      case .binaryWorkbook: Bilingual("`\(path)` buku kerja biner (.xlsb)", "`\(path)` is a binary workbook (.xlsb)")
      case .openDocument: Bilingual("`\(path)` buku kerja OpenDocument (.ods)", "`\(path)` is an OpenDocument workbook (.ods)")
      case .otherArchive: Bilingual("`\(path)` arsip zip tanpa buku kerja di dalamnya", "`\(path)` is a zip archive without a workbook in it")
      case .nothing: Bilingual("`\(path)` kosong, bukan .xlsx", "`\(path)` is empty, not .xlsx")
      }
    case .encrypted: Bilingual("`\(path)` dilindungi kata sandi", "`\(path)` is protected by a password")
    case .damaged(let part): Bilingual("`\(path)` rusak atau terpotong: \(part)", "`\(path)` is damaged or cut off: \(part)")
    case .tooLarge(let part):
      Bilingual("isi `\(path)` terlalu besar setelah dibuka: \(part)", "`\(path)` unpacks to too much: \(part)")
    case .noSheet(let wanted, _): Bilingual("`\(path)` tidak punya lembar `\(wanted)`", "`\(path)` has no sheet `\(wanted)`")
    }
  }

  private static func help(_ fault: WorkbookFault) -> Bilingual {
    switch fault {
    case .foreign(.text):
      Bilingual("bila isinya CSV, beri nama .csv", "if it holds a CSV, name it .csv")
    case .foreign:
      Bilingual("buka di lembar kerja, lalu simpan sebagai .xlsx atau CSV", "open it in a spreadsheet and save it as .xlsx or CSV")
    case .encrypted:
      Bilingual("buka dengan kata sandinya, lalu simpan salinan tanpa sandi", "open it with its password and save a copy without one")
    case .damaged: Bilingual("unduh atau simpan sekali lagi", "download or save it once more")
    case .tooLarge:
      Bilingual(
        "hapus baris dan lembar yang tidak perlu, atau simpan lembarnya sebagai CSV",
        "delete rows and sheets that are not needed, or save the sheet as CSV")
    case .noSheet(let wanted, let sheets):
      if sheets.isEmpty {
        Bilingual("buku kerja ini tidak berisi lembar data", "this workbook holds no sheets of data")
      } else if let near = NearMiss.nearest(to: wanted, among: sheets) {
        Bilingual("maksud Anda `\(near)`?", "did you mean `\(near)`?")
      } else {
        Bilingual("lembarnya: \(sheets.joined(separator: ", "))", "its sheets: \(sheets.joined(separator: ", "))")
      }
    }
  }
}

/// What a `muat` statement asks to be read: a file, a sheet of it, and how figures are written.
struct LoadRequest {
  /// The path as stated.
  var path: String
  /// The sheet of a workbook.
  var choice = Spreadsheet.Tabs.first
  /// Whether figures have a decimal comma.
  var isIndonesian = false

  /// What a statement asks for; nil when it names no file.
  init?(_ tree: Tree, _ id: NodeID, _ sources: SourceMap) {
    guard let text = tree.child(.text, of: id) else { return nil }
    path = Lowering.unquoted(sources.text(tree[text].site))
    guard let block = tree.child(.block, of: id) else { return }
    for statement in tree.children(of: block) where tree[statement].kind == .statement {
      guard let first = tree.firstChild(of: statement) else { continue }
      switch tree[statement].word {
      case .sheet: choice = Self.choice(tree, first, sources)
      case .figures: isIndonesian = tree[first].word == .indonesianFigures
      default: break
      }
    }
  }

  /// A sheet as written: `"Rekap"` or `2`.
  static func choice(_ tree: Tree, _ id: NodeID, _ sources: SourceMap) -> Spreadsheet.Tabs {
    let written = Lowering.unquoted(sources.text(tree[id].site))
    if tree[id].kind == .literal, let number = Int(written) { return .number(number) }
    return .named(written)
  }

  /// What the file's text is kept by: two sheets of one workbook are two texts.
  var key: String {
    // A CSV is kept as it is, whatever is read from it.
    if !Spreadsheet.isWorkbook(path) { return path }
    let figures = isIndonesian ? "\u{0}i" : ""
    switch choice {
    case .first: return path + figures
    case .named(let name): return path + "\u{0}\(name)" + figures
    case .number(let number): return path + "\u{0}\u{0}\(number)" + figures
    }
  }
}

