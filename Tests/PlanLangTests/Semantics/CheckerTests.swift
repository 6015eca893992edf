import Testing

@testable import PlanLang

/// What declared texts become: entities, money, indicators, responses, commands.
@Suite struct CheckerTests {
  static let city = """
    daerah "Kota Uji" jenis kota fiskal tinggi periode 2025..2029
    dokumen kerja apbd
    misi m1 "Misi" {
      tujuan t1 "Tujuan" {
        sasaran s1 "Sasaran" {
          indikator stunting "Prevalensi stunting balita" {
            satuan persen
            arah turun
            awal 2024 = 11,9
            target 2025..2029 = 11,4; 10,8%; 10,1; 9,4 s.d. 9,6; 8,7
            proyeksi 2025 = 11,6
          }
        }
      }
    }
    dinas dinkes "Dinas Kesehatan" kode 1.02.2.14.0.00.02.0000 {
      program ukm "Upaya Kesehatan" kode 1.02.02 {
        mendukung s1
        pagu rpjmd 2025..2029 = Rp 14 M; 15 M; 16 M; 17 M; 18 M
        kegiatan gizi "Gizi masyarakat" kode 1.02.02.2.02 {
          pagu apbd 2026 {
            rekening 5.1.02.02 sumber dau = Rp 9,2 M
            rekening 5.2.02 sumber dak {
              uraian "Timbangan" volume 10 satuan unit harga Rp 1,5 jt
              uraian "Antropometri" = Rp 30 jt
            }
          }
          realisasi 2025 = Rp 1 M
          mendorong stunting jenuh mutlak {
            biaya satuan Rp 1,2 jt s.d. 1,6 jt menurut "SSH" mutu B
            sasaran_penerima 8400 balita
            paling tinggi 85%
            setelah 1 tahun
            menyebar 2 tahun
          }
        }
      }
    }
    pendapatan dau 2025..2026 = Rp 844,5 M; 695,4 M
    pembiayaan pengeluaran silpa 2026 = Rp 1 M
    """

  @Test func moneyLandsInItsCells() {
    let checking = Checking(Self.city)
    #expect(checking.codes == [])
    #expect(checking.money("dinkes", 2026) == 9_245_000_000)
    #expect(checking.money("ukm", 2026, document: 0) == 15_000_000_000)
    #expect(checking.money("gizi", 2025, document: 3) == 1_000_000_000)
    let revenue = checking.plan.cube.block(.revenue, DocumentID(2), 1)
    #expect(revenue.map { checking.plan.cube.amount[$0] } == [69_540_000_000_000])
    let outflow = checking.plan.cube.block(.outflow, DocumentID(2), 1)
    #expect(outflow.map { checking.plan.cube.amount[$0] } == [100_000_000_000])
  }

  @Test func indicatorFiguresAreSharesAndHaveDefaults() throws {
    let stunting = try #require(Checking(Self.city).indicator("stunting"))
    // 11,4 with unit percent is the share 0,114, so that it equals the literal 11,4%.
    #expect(Number.order(stunting.target(0).low, Number(mantissa: 114, scale: 3)) == 0)
    #expect(Number.order(stunting.target(1).low, Number(mantissa: 108, scale: 3)) == 0)
    #expect(stunting.target(3).isRange)
    #expect(stunting.direction == .down)
    #expect(stunting.baselineYear == 2024)
    #expect(stunting.digits == 1)
    #expect(Number.order(stunting.projected(0), Number(mantissa: 116, scale: 3)) == 0)
    // The target where no projection is stated: of a range, the end nearer the baseline.
    #expect(Number.order(stunting.projected(1), Number(mantissa: 108, scale: 3)) == 0)
    #expect(Number.order(stunting.projected(3), Number(mantissa: 96, scale: 3)) == 0)
    #expect(Number.order(stunting.projectedWithout(2), Number(mantissa: 119, scale: 3)) == 0)
  }

  @Test func responsesKeepTheirFiguresAndTheirFounding() throws {
    let checking = Checking(Self.city)
    let response = try #require(checking.plan.responses.first)
    #expect(response.shape == .saturating)
    #expect(response.isAbsolute)
    #expect(response.lag == 1)
    #expect(response.spread == 2)
    #expect(response.indicator == checking.entity("stunting"))
    let cost = try #require(response.assumptions.first { $0.role == .unitCost })
    #expect(cost.grade == 2)
    #expect(checking.sources.text(cost.source) == "\"SSH\"")
    #expect(cost.range == Target(Number(120_000_000), Number(160_000_000)))
  }

  @Test func spilloversAreKept() throws {
    let text = "daerah \"K\" periode 2025..2026\nindikator a \"A\" { satuan orang }\nindikator b \"B\" { satuan orang }\nlimpahan a ke b 0,2\n"
    let checking = Checking(text)
    let spillover = try #require(checking.plan.spillovers.first)
    #expect(spillover.from == checking.entity("a"))
    #expect(spillover.to == checking.entity("b"))
  }

  @Test func namesMayBeUsedBeforeTheyAreDeclaredAndAcrossTexts() {
    let first = "dinas d \"D\" { program p \"P\" { mendukung s\npagu kua 2026 = Rp 1 M } }\ntampilkan x\n"
    let second = "misal x = p.pagu.kua[2026]\nsasaran s \"S\"\ndokumen kua \"KUA\"\ndaerah \"K\" periode 2025..2029\n"
    #expect(Checking(first, second).codes == [])
  }

  @Test func bothLanguagesMakeTheSamePlan() throws {
    let english = Session.formatted(name: "kota", Array(Self.city.utf8), to: .english, messages: .indonesian)
    let (one, two) = (Checking(Self.city), Checking(String(decoding: english.bytes, as: UTF8.self)))
    #expect(two.codes == [])
    #expect(one.plan.cube.amount == two.plan.cube.amount)
    #expect(one.plan.entities.kind == two.plan.entities.kind)
    #expect(one.plan.responses.count == two.plan.responses.count)
    for year in 0..<5 { #expect(one.indicator("stunting")?.target(year) == two.indicator("stunting")?.target(year)) }
  }

  @Test func codesInBothWidthsAndMangledMeetTheirEntity() {
    let text = """
      daerah "K" periode 2025..2029
      dinas a "A" kode 1.02.2.14.000.02.0000 {
        program kode 1.02.02 {
          kegiatan kode 1.02.02.2.02 {
            subkegiatan kode 1.02.02.2.02.24 {
              pagu apbd 2026 { rekening 5.1.02.04.001.00003 sumber pad = Rp 1 M }
            }
          }
        }
      }
      tampilkan @1.02.02.2.02.0024.pagu[2026]; pagu[2026, rekening = @5.1.02.04.01.0003]
      tampilkan pagu[dinas = @1.02.2.14.0.00.02.0000]
      """
    #expect(Checking(text).codes == [])
  }

  @Test func commandsStandInTheOrderOfTheText() {
    let text = "daerah \"K\" periode 2025..2029\ncek\nskenario a { }\ntampilkan 1\nbandingkan dasar, a\nskenario\ninstrumen a\n"
    let kinds = Checking(text).checked.commands.map { command in
      switch command.command {
      case .check: "cek"
      case .scenario: "skenario"
      case .show: "tampilkan"
      case .compare: "bandingkan"
      case .scenarioTree: "pohon"
      case .instruments: "instrumen"
      case .edit: "sunting"
      default: "lain"
      }
    }
    #expect(kinds == ["cek", "skenario", "tampilkan", "bandingkan", "pohon", "instrumen"])
  }

  @Test func earmarksAreKnown() throws {
    let text = inProgramme("pagu apbd 2026 { sumber 2.2.01 = Rp 1 M\nsumber dak_fisik = Rp 1 M\nsumber dau = Rp 1 M }")
      + "sumber cukai \"Cukai\" terikat \"kesehatan\"\n"
    let checking = Checking(text)
    #expect(checking.codes == [])
    let sources = checking.plan.sources
    func field(_ name: String) -> String? { checking.names.known(name).flatMap { sources.name.firstIndex(of: $0) }.flatMap { sources.field[$0] } }
    #expect(field("dau") == nil)
    #expect(field("dak_fisik") != nil)
    #expect(field("dbh_cht") != nil)
    #expect(field("cukai") == "kesehatan")
    let coded = try #require(checking.names.known("2.2.01").flatMap { sources.codeName.firstIndex(of: $0) })
    #expect(sources.field[coded] != nil)
    #expect(sources.contains(SourceID(raw: 3), SourceID(raw: 4)))
  }

  @Test func rowsOfOneFileMayRepeatAKey() {
    let csv = "skpd;nama;program;pagu\n1.02.2.14.0.00.02.0000;D;1.02.02;1000\n1.02.2.14.0.00.02.0000;D;1.02.02;2000\n"
    let text = """
      daerah "K" periode 2025..2029
      muat "x.csv" {
        tahun 2026
        kolom skpd = dinas.kode
        kolom nama = dinas.nama
        kolom program = program.kode
        kolom pagu = pagu apbd
      }
      tampilkan @1.02.02.pagu[2026]
      """
    let checking = Checking(text, files: ["x.csv": csv])
    #expect(checking.codes == [])
    #expect(checking.plan.cube.amount.reduce(0, +) == 300_000)
  }

  /// Lines of the examples deleted, doubled and swapped at random: whatever comes of it, checking ends with a plan.
  @Test(arguments: ["examples/manado.plan", "examples/mahakam-ulu/rekap.plan"]) func shuffledLinesAreSurvived(path: String) {
    let lines = Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
    var state: UInt64 = 20_261_001
    func random(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    for _ in 0..<12 {
      var mutated = lines
      for _ in 0..<1 + random(8) {
        let at = random(mutated.count)
        switch random(3) {
        case 0: mutated.remove(at: at)
        case 1: mutated.insert(mutated[random(mutated.count)], at: at)
        default: mutated.swapAt(at, random(mutated.count))
        }
      }
      let checking = Checking(mutated.joined(separator: "\n"))
      #expect(checking.plan.entities.rank.count == checking.plan.entities.count)
    }
  }
}
