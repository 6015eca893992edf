import Testing

@testable import PlanLang

/// The real region's figures that its rules do not state: what the domain page lists in 7.3, and every row told.
@Suite("Mahakam Ulu") struct GoldenFiguresTests {
  private static let loaded: (plan: Plan, findings: [Finding], names: Names) = {
    let folder = "examples/mahakam-ulu/"
    var names = Vocabulary.seeded()
    var sources = SourceMap()
    var files: [String: Source] = [:]
    for name in ["sub-kegiatan.csv", "renstra.csv"] { files[name] = sources.add(name: name, bytes: Repository.bytes(folder + name)) }
    guard let text = sources.add(name: "x.plan", bytes: Repository.bytes(folder + "mahakam-ulu.plan")) else { fatalError("it fits") }
    let parsed = Parser.parse(text, names: &names)
    let checked = Checker.check(CheckInput(trees: [(parsed.tree, text)], sources: sources, files: files), names: &names)
    return (checked.plan, checked.findings, names)
  }()

  /// Money of 2026 by department and programme code.
  private func programmes(_ document: String) throws -> [String: Int64] {
    let (plan, _, names) = Self.loaded
    let row = try #require(plan.documents.firstIndex { names.text($0.name) == document })
    let year = try #require(plan.yearIndex(2026))
    var sums: [String: Int64] = [:]
    for cell in plan.cube.block(.spending, DocumentID(row), year) {
      let leaf = plan.cube.leaf[cell]
      let office = try #require(plan.entities.ancestor(.department, of: leaf))
      let program = try #require(plan.entities.ancestor(.program, of: leaf))
      sums["\(office.raw) \(names.text(plan.entities.codeName[program.index]))", default: 0] += plan.cube.amount[cell]
    }
    return sums
  }

  @Test("Of 136 programmes in Renstra and APBD 8 lie within 10 percent, 65 above, 63 below")
  func deviation() throws {
    let (renstra, apbd) = (try programmes("renstra"), try programmes("apbd"))
    var counts = (within: 0, above: 0, below: 0)
    for key in renstra.keys.sorted() {
      guard let planned = renstra[key], planned > 0, let given = apbd[key] else { continue }
      let share = Number(a: given, b: planned)
      if Number.order(share, Number(mantissa: 11, scale: 1)) == 1 {
        counts.above += 1
      } else if Number.order(share, Number(mantissa: 9, scale: 1)) == -1 {
        counts.below += 1
      } else {
        counts.within += 1
      }
    }
    #expect(counts == (8, 65, 63))
    #expect(renstra.values.reduce(0, +) == 171_595_532_455_800)
    #expect(apbd.values.reduce(0, +) == 239_258_998_110_500)
    #expect(try programmes("rkpd").values.reduce(0, +) == 232_638_935_982_455)
  }

  @Test("Each defect of the files is told with its row, and nothing else is")
  func findings() {
    let findings = Self.loaded.findings
    func rows(_ file: String, _ words: String) -> [Int] {
      findings.filter { $0.file == file && $0.what.id.contains(words) }.map(\.row)
    }
    #expect(
      rows("renstra.csv", "dibaca 1").count + rows("renstra.csv", "dibaca 2").count + rows("renstra.csv", "dibaca 3").count
        + rows("renstra.csv", "dibaca 4").count + rows("renstra.csv", "dibaca 5").count + rows("renstra.csv", "dibaca 6").count
        + rows("renstra.csv", "dibaca 7").count + rows("renstra.csv", "dibaca 8").count == 131)
    #expect(rows("renstra.csv", "#N/A").count == 15 && rows("renstra.csv", "kosong").count == 18)
    #expect(rows("renstra.csv", "bukan kode program") == [30, 31, 32, 53, 63, 64])
    #expect(rows("renstra.csv", "bukan urusan") == [135, 137] && rows("renstra.csv", "kuncinya sama") == [137])
    #expect(rows("sub-kegiatan.csv", "dalam satu sel").count == 31 && rows("sub-kegiatan.csv", "sumber dana tidak disebut").count == 1)
    #expect(rows("sub-kegiatan.csv", "dibaca sampai sen").count == 7 && rows("sub-kegiatan.csv", "kosong").count == 11)
    #expect(findings.count == 131 + 15 + 18 + 6 + 2 + 1 + 31 + 1 + 7 + 11)
  }
}
