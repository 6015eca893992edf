import Testing

@testable import PlanLang

/// A plan that loads one CSV, checked in memory.
private func load(_ csv: String, _ mapping: String? = nil, declared: String = "") -> Loaded {
  let block = mapping.map { "{\n\($0)\n}" } ?? ""
  let script = """
    daerah "Kota Contoh" jenis kota periode 2025..2029
    dokumen kerja apbd
    \(declared)
    muat "data.csv" \(block)
    """
  var names = Vocabulary.seeded()
  var sources = SourceMap()
  guard let text = sources.add(name: "x.plan", bytes: Array(script.utf8)),
    let file = sources.add(name: "data.csv", bytes: Array(csv.utf8))
  else { fatalError("two small texts fit") }
  let parsed = Parser.parse(text, names: &names)
  #expect(!parsed.diagnostics.hasErrors)
  let input = CheckInput(trees: [(parsed.tree, text)], sources: sources, files: ["data.csv": file])
  let checked = Checker.check(input, names: &names)
  return Loaded(
    plan: checked.plan, findings: checked.findings, problems: checked.diagnostics.all.map(\.code), names: names, sources: sources)
}

private struct Loaded {
  let plan: Plan
  let findings: [Finding]
  let problems: [String]
  let names: Names
  let sources: SourceMap

  /// Sum of spending of a document over all years, in rupiah.
  func total(_ document: Int = 2) -> Int64 {
    var sum: Int64 = 0
    for year in 0..<plan.yearCount {
      for cell in plan.cube.block(.spending, DocumentID(document), year) { sum += plan.cube.amount[cell] }
    }
    return sum / 100
  }
  var told: [String] { findings.map { "\($0.row) \($0.kind)" } }
  func said(_ words: String) -> [Int] { findings.filter { $0.what.id.contains(words) }.map(\.row) }
  func titles(_ kind: EntityKind) -> [String] {
    let speech = Speech(plan: plan, sources: sources, names: names, language: .indonesian)
    return plan.entities.kind.indices.filter { plan.entities.kind[$0] == kind }.map { speech.title(EntityID($0)) }
  }
  func codes(_ kind: EntityKind) -> [String] {
    plan.entities.kind.indices.filter { plan.entities.kind[$0] == kind }.map {
      plan.entities.codeName[$0] == Entities.unnamed ? "-" : names.text(plan.entities.codeName[$0])
    }
  }
}

private let mapping = """
  tahun 2026
  kolom dinas = dinas.kode
  kolom nama_dinas = dinas.nama
  kolom sub = subkegiatan.kode
  kolom nama = subkegiatan.nama
  kolom pagu = pagu apbd
  """
private let head = "dinas;nama_dinas;sub;nama;pagu\n"
private let health = "1.02.2.14.0.00.02.0000;Dinas Kesehatan;"

@Suite("Loading data") struct ImportTests {
  @Test("Titles of several lines with quotes are told on one line, control characters harmless")
  func titles() {
    let loaded = load(head + "1.02.2.14.0.00.02.0000;\"Dinas \"\"Sehat\"\"\r\nsekali\";1.02.02.2.02.0001;\"a\u{1b}[31mb\";5\r\n", mapping)
    #expect(loaded.titles(.department) == ["Dinas \"Sehat\" sekali"])
    #expect(loaded.titles(.subactivity) == ["a\u{1b}[31mb"])
    var page = Document()
    page.line(loaded.titles(.subactivity)[0])
    #expect(PlainText.drawn(page, TextStyle()) == "a [31mb\n")
  }

  @Test("Programme and activity are the first parts of a code; heads are found below a title")
  func ancestors() {
    let loaded = load("Rekapitulasi\n\n" + head + health + "1.02.02.2.02.15;Gizi;1000\n" + health + "1.02.02.2.02.0026;JKN;2000\n", mapping)
    #expect(loaded.problems.isEmpty && loaded.findings.isEmpty)
    #expect(loaded.codes(.program) == ["1.02.02"] && loaded.codes(.activity) == ["1.02.02.2.02"])
    #expect(loaded.codes(.subactivity) == ["1.02.02.2.02.0015", "1.02.02.2.02.0026"])
    #expect(loaded.total() == 3000 && loaded.plan.entities.form[0] == .office)
  }

  @Test("Rows meet what the script declares, by code")
  func declared() {
    let script = """
      dinas dinkes "Dinas Kesehatan" kode 1.02.2.14.0.00.02.0000 {
        program ukm "UKM" kode 1.02.02 { subkegiatan gizi "Gizi" kode 1.02.02.2.02.0015 }
      }
      """
    let loaded = load(head + health + "1.02.02.2.02.0015;Gizi;1000\n", mapping, declared: script)
    #expect(loaded.problems.isEmpty && loaded.findings.isEmpty && loaded.total() == 1000)
    #expect(loaded.codes(.department).count == 1 && loaded.codes(.subactivity).count == 1 && loaded.codes(.activity).isEmpty)
  }

  @Test("A damaged department code is repaired, an unreadable one known by its name; each row is told")
  func repairs() {
    let loaded = load(
      head + health + "1.02.02.2.02.0015;Gizi;1000\n" + "1.02.2.14.000.02.0000;Dinas Kesehatan;1.02.02.2.02.0026;JKN;2000\n"
        + "#N/A;DinasKesehatan;1.02.02.2.02.0027;Lain;4000\n#N/A;Dinas Baru;1.02.02.2.02.0015;Gizi;8000\n#N/A;;1.02.02.2.02.0015;Gizi;1\n",
      mapping)
    #expect(loaded.told == ["3 repaired", "4 repaired", "5 suspicious", "6 rejected"])
    #expect(loaded.codes(.department) == ["1.02.2.14.0.00.02.0000", "-"] && loaded.total() == 15_000)
  }

  @Test("Short, long, blank and half-quoted rows never shift a figure into another column")
  func widths() {
    let loaded = load(
      head + health + "1.02.02.2.02.0015;Gizi\n" + ";;;;\n" + health + "1.02.02.2.02.0015;Gizi; anak;1000\n"
        + health + "1.02.02.2.02.0026;JKN;2000;;\n" + health + "1.02.02.2.02.0027;\"Lain;4000\n", mapping)
    #expect(loaded.told == ["2 rejected", "4 rejected", "6 rejected"])
    #expect(loaded.total() == 2000)
  }

  @Test("Figures that may be read two ways, failed formulas, negatives and scientific notation")
  func figures() {
    let figures = ["182888324.00000003", "1.250", "#N/A", "-5", "1.5E+6", "1.234.567,89", "", "12345.678901"]
    let rows = figures.enumerated().map { health + "1.02.02.2.02.001\($0.offset);S\($0.offset);\($0.element)\n" }
    let loaded = load(head + rows.joined(), mapping)
    #expect(
      loaded.told == [
        "2 repaired", "3 rejected", "4 rejected", "5 rejected", "6 suspicious", "7 rejected", "8 suspicious", "9 suspicious",
      ])
    #expect(loaded.total() == 182_888_324 + 1_500_000 + 12_345)
    #expect(loaded.said("periksa pernyataan `angka`") == [7])
    #expect(load(head + health + "1.02.02.2.02.0015;Gizi;1.234.567,89\n", "angka indonesia\n" + mapping).total() == 1_234_567)
  }

  @Test("A programme of another bidang, a code below the wrong programme, one code with two names")
  func doubts() {
    let mapped = mapping + "\nkolom program = program.kode"
    let loaded = load(
      "dinas;nama_dinas;program;sub;nama;pagu\n" + health + "1.02.02;1.02.02.2.02.0015;Gizi;1\n"
        + health + "1.02.02;1.02.02.2.02.0015;Jalan;1\n" + health + "1.02.03;1.02.02.2.02.0015;Gizi;1\n"
        + health + "1.01.02;1.01.02.2.01.0001;SD;1\n" + health + "1.03.1.0;1.02.04.2.01.0001;SD;1\n", mapped)
    #expect(loaded.said("bernama lain") == [3] && loaded.said("kuncinya sama") == [3])
    #expect(loaded.said("bukan bagian dari 1.02.03") == [4] && loaded.said("bukan urusan") == [5])
    #expect(loaded.said("mungkin 1.03.10") == [6])
  }

  @Test("Printed totals and subtotals are compared, never added")
  func totals() {
    let mapped = """
      tahun 2026
      kolom dinas = dinas.kode
      kolom kode_program = program.kode
      kolom sub = subkegiatan.kode
      kolom pagu = pagu apbd
      """
    let code = "1.02.2.14.0.00.02.0000;"
    let rows = [
      "1.02.02;;3000", "1.02.02;1.02.02.2.02.0015;1000", "1.02.02;1.02.02.2.02.0026;2000", "1.02.03;;5000",
      "1.02.03;1.02.03.2.02.0001;4000",
    ]
    let text = "dinas;kode_program;sub;pagu\n" + rows.map { code + $0 + "\n" }.joined() + "JUMLAH;;;7000\nTOTAL;;;9000\n"
    let loaded = load(text, mapped)
    #expect(loaded.problems.isEmpty && loaded.total() == 7000)
    #expect(loaded.said("jumlah tercetak") == [5, 8])
  }

  @Test("A factor of a thousand in a row, and in a column (K13)")
  func thousands() {
    let mapped = mapping + "\nkolom rkpd = pagu rkpd"
    var text = "dinas;nama_dinas;sub;nama;pagu;rkpd\n"
    for i in 10..<40 {
      let sen = 200_000_000 + i * 1_000_000
      text += health + "1.02.02.2.02.00\(i);S\(i);\(i == 20 ? sen / 1000 : sen);\(sen)\n"
    }
    let loaded = load(text, mapped)
    #expect(loaded.said("berbeda seribu kali") == [12] && loaded.said("seperseribu") == [12])
    #expect(loaded.findings.count == 2)
  }

  @Test("Several sources in one cell are one combined source; both widths of a code meet; none is said")
  func sources() {
    let mapped = mapping + "\nkolom kode_dana = sumber.kode\nkolom dana = sumber.nama"
    let codes = ["1.2.01.08;DAU", "1.2.01.07,1.2.01.08;DBH,DAU", "1.1.01.01.01.01;PKB", "1.1.01.01.001.00001;PKB", ";", "9.9;Apa"]
    let rows = codes.enumerated().map { health + "1.02.02.2.02.001\($0.offset);S;1000;\($0.element)\n" }
    let loaded = load("dinas;nama_dinas;sub;nama;pagu;kode_dana;dana\n" + rows.joined(), mapped)
    #expect(loaded.told == ["3 suspicious", "6 suspicious", "7 suspicious"])
    let used = Set(loaded.plan.cube.source)
    let titles = used.sorted().map { loaded.plan.sources.title[$0.index].id }
    #expect(titles == ["tanpa sumber", "dana alokasi umum", "DBH,DAU", "PKB", "Apa"])
    let pkb = loaded.plan.sources.title.firstIndex { $0.id == "PKB" }.map { SourceID($0) } ?? SourceID(raw: 0)
    #expect(loaded.plan.sources.contains(SourceID(raw: 1), pkb))
  }

  @Test("A sub unit is part of its department, with or without a column of its own")
  func units() {
    let section = "4.01.2.16.0.00.14.0006;Bagian Humas;"
    let alone = load(
      head + "4.01.0.00.0.00.14.0000;Sekretariat Daerah;4.01.01.2.01.0001;A;1\n" + section + "4.01.01.2.01.0001;A;2\n", mapping)
    #expect(alone.codes(.department) == ["4.01.0.00.0.00.14.0000"] && alone.codes(.workUnit) == ["4.01.2.16.0.00.14.0006"])
    #expect(alone.codes(.program) == ["4.01.01"] && alone.codes(.subactivity).count == 2 && alone.findings.isEmpty)
  }

  @Test("Columns by another spelling, twice the same head, and what a file cannot be")
  func heads() {
    let mapped = mapping.replacing("kolom pagu =", with: "kolom \"Pagu APBD\" =")
    #expect(load("Dinas;Nama Dinas;SUB;Nama;PAGU_APBD\n" + health + "1.02.02.2.02.0015;Gizi;1\n", mapped).problems.isEmpty)
    let twice = load("dinas;nama_dinas;sub;nama;pagu;pagu\n" + health + "1.02.02.2.02.0015;Gizi;1;2\n", mapping)
    #expect(twice.said("kolom bernama `pagu`") == [1] && twice.total() == 1)
    #expect(load(head.replacing("pagu", with: "pagi") + health + "1.02.02.2.02.0015;Gizi;1\n", mapping).problems == ["P0502"])
    #expect(load("PK\u{3}\u{4}...", mapping).problems == ["P0506"])
    #expect(load("", mapping).problems == ["P0508"])
    #expect(load(head + health + "1;2;3\n").problems == ["P0506"])
  }

  @Test("No mutation of a file crashes the import")
  func mutations() {
    let base = Array((head + health + "1.02.02.2.02.0015;\"Gizi\";1000,5\n#N/A;Dinas Kesehatan;1.02.02;x;1.5E3\n").utf8)
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let marks: [UInt8] = [34, 59, 10, 13, 46, 44, 0, 255, 48, 57, 88, 45, 35, 32]
    for _ in 0..<300 {
      var bytes = base
      for _ in 0...next(6) {
        let at = head.utf8.count + next(bytes.count - head.utf8.count)
        switch next(3) {
        case 0: bytes[at] = marks[next(marks.count)]
        case 1: bytes.insert(marks[next(marks.count)], at: at)
        default: if bytes.count > head.utf8.count + 1 { bytes.remove(at: at) }
        }
      }
      _ = load(String(decoding: bytes, as: UTF8.self), mapping)
    }
  }
}
