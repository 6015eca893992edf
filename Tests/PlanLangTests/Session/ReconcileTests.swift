import Testing

@testable import PlanLang

/// Two documents laid beside one another: the real region's figures (domain 7.3, 8.1), and the laws of matching.
@Suite struct ReconcileTests {
  @Test func theRealRegionsFiguresComeOut() throws {
    let (text, status) = screen(
      of: "examples/mahakam-ulu/mahakam-ulu.plan", expressions: ["rekonsiliasi apbd dengan renstra tahun 2026 toleransi 10%"])
    #expect(status <= 1)
    #expect(text.contains("136 baris berpasangan menurut kode: 8 dalam 10%, 65 di atas, 63 di bawah"))
    #expect(text.contains("kode sama, perangkat daerah lain: 5.02.01"))
    #expect(text.contains("Rp2.392.589.981.105") && text.contains("Rp1.715.955.324.558"))
  }

  @Test func nothingIsDroppedAndNothingTakenTwice() {
    var random = Draws(state: 4)
    for _ in 0..<200 {
      func rows() -> [Reconciliation.Row] {
        (0..<Int(random.next() % 9)).map { _ in
          Reconciliation.Row(
            department: "d\(random.next() % 3)", code: "c\(random.next() % 5)", title: ["Jalan kota", "Jalan kabupaten", "Gizi", ""][Int(random.next() % 4)],
            sen: Int64(random.next() % 1000), site: .none)
        }
      }
      let (a, b) = (rows(), rows())
      let made = Reconciliation(a, b)
      #expect(made.pairs.count + made.only.count == a.count)
      #expect(made.pairs.count + made.onlyOther.count == b.count)
      #expect((made.pairs.map(\.row.sen) + made.only.map(\.sen)).sorted() == a.map(\.sen).sorted())
      #expect((made.pairs.map(\.other.sen) + made.onlyOther.map(\.sen)).sorted() == b.map(\.sen).sorted())
    }
  }
}
