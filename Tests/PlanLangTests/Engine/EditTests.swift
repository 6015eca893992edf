import Testing

@testable import PlanLang

/// Edits at their edges: totals, years, earmarked money, and pairs in great number.
@Suite struct EditTests {
  static let plan = """
    daerah "Uji" periode 2025..2027
    dokumen kerja apbd
    sumber dakx "DAK X" terikat "kesehatan"
    dinas d1 "D1" {
      program p1 "P1" kode 1.02.02 {
        pagu apbd 2026 {
          rekening 5.1.02.01 sumber dakx = Rp 100 jt
          rekening 5.1.02.02 sumber pad = Rp 100 jt
        }
        pagu apbd 2027 {
          rekening 5.1.02.01 sumber pad = Rp 50 jt
        }
      }
    }
    dinas d2 "D2" {
      program p2 "P2" kode 1.01.02 {
        pagu apbd 2026 {
          rekening 5.1.02.01 sumber pad = Rp 40 jt
        }
      }
    }

    """

  private func answer(_ edits: String, _ question: String) -> (text: String, status: Int32) {
    screen(name: "x", bytes: Array((Self.plan + "skenario s {\n\(edits)\n}\n").utf8), expressions: ["tampilkan \(question)"])
  }

  /// Each cell alone fits; together they do not: refused, never a wrapped sum.
  @Test func totalsNeverWrap() {
    let (text, status) = answer("tambah Rp 60000 T ke d1 tahun 2026\ntambah Rp 60000 T ke d2 tahun 2026", "1")
    #expect(status == 2 && text.contains("P0604"), "\(text)")
  }

  /// An amount by year is that of each year, not of the first.
  @Test func amountsFollowTheYear() {
    let (text, _) = answer("potong 10% dari d1.pagu dari d1 tahun 2026..2027", "s.d1.pagu[2026]; s.d1.pagu[2027]")
    #expect(text.contains("Rp180.000.000") && text.contains("Rp45.000.000"), "\(text)")
  }

  /// Earmarked money may not leave its field by way of the pool.
  @Test func earmarksHoldThroughThePool() {
    let (text, status) = answer("potong semua dari d1 tahun 2026\ntambah Rp 50 jt ke d2.pagu[sumber = dakx] tahun 2026", "1")
    #expect(status == 2 && text.contains("P0613"), "\(text)")
    // Without a source named, free money is taken first and bound money stays behind.
    let free = answer("potong semua dari d1 tahun 2026\ntambah Rp 70 jt ke d2 tahun 2026", "s.d2.pagu[2026, sumber = pad]; s.d2.pagu[2026]")
    #expect(free.text.components(of: "Rp110.000.000") >= 2, "\(free.text)")
    let back = answer("potong semua dari d1 tahun 2026\ntambah Rp 200 jt ke d1 tahun 2026", "s.d1.pagu[2026, sumber = dakx]")
    #expect(back.status == 0 && back.text.contains("Rp100.000.000"), "\(back.text)")
  }

  /// Both ways of pairing find the same sums by row of the instrument table.
  @Test(arguments: 0..<40) func pairingByLevelsEqualsPairingOneByOne(seed: Int) throws {
    var draws = Draws(state: UInt64(seed) &* 31 &+ 17)
    let text = RandomPlan(&draws)
    var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
    _ = session.run([("x", Array(text.text(text.cells.map(\.sen)).utf8))], expressions: [], mode: .answers) { _ in }
    let plan = session.checked.plan
    var parts: [(place: ExtraCell, sen: Int64)] = []
    for cell in plan.cube.block(.spending, plan.workingDocument, 0) {
      parts.append((Overlay().place(of: CellID(cell), plan), Int64.random(in: 1...1000, using: &draws)))
    }
    parts.shuffle(using: &draws)
    let taken = Array(parts.prefix(parts.count / 2))
    let given = Array(parts.dropFirst(parts.count / 2))
    func sums(_ streams: [Movement.Stream]) -> [Int64] {
      var sums = [Int64](repeating: 0, count: 13)
      for stream in streams {
        guard let from = stream.from, let to = stream.to else { continue }
        #expect(from.source == to.source)
        sums[Instrument.row(from, to, plan)] += stream.sen
      }
      return sums
    }
    #expect(sums(Instrument.pairedOneByOne(taken, given, plan)) == sums(Instrument.pairedByLevels(taken, given, plan)))
  }
}

extension String {
  /// How often a part occurs.
  fileprivate func components(of part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}
