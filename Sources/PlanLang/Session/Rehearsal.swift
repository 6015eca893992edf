/// What a first run pays beyond its work: pages of the program that were not touched yet, tables of words, types that are made
/// when they are first met.
///
/// A process that is about to read a long text lets its second thread pay for it, which has nothing to do until the text is there:
/// it judges a small plan that has something of everything.
enum Rehearsal {
  /// Makes ready, unseen.
  static func run() {
    var names = Vocabulary.seeded()
    Memory.touch()
    // Longer lists are sorted by other means than short ones.
    let many = (0..<100).map { names.intern("x\($0 ^ 0x55)") }
    if many.sorted(by: >).count == many.count { _ = written() }
  }

  /// What the small plan comes to, as it would be shown.
  static func written() -> String {
    var text = ""
    var session = Session(toRun: Nowhere(), options: SessionOptions(isInteractive: false))
    _ = session.run([(name: "", bytes: Array(plan.utf8))], expressions: [], mode: .verdicts(named: false)) {
      text += PlainText.drawn($0.document, TextStyle())
    }
    return text
  }

  /// A world without files, on any day.
  private struct Nowhere: Host {
    let today = 20_260_101
    let isInterrupted = false
    func read(_ path: String, limit: Int) throws(HostFailure) -> [UInt8] { throw HostFailure("read-only") }
  }

  private static var plan: String {
    """
    daerah "A" jenis kota periode 2025..2026
    dokumen kerja apbd
    misi m "A" { tujuan t "A" { sasaran s "A" {
      indikator i "A" {
        satuan persen
        arah naik
        ketelitian 0,01
        awal 2024 = 1
        target 2025..2026 = 2; 3
        proyeksi 2025..2026 = 2; 2,5
      }
    } } }
    pendapatan pad 2025..2026 = Rp 9.000.000; 9.000.000
    opd d "A" { program p "A" {
      pagu rpjmd 2025..2026 = Rp 9.000.000; 9.000.000
      kegiatan k "A" { subkegiatan u "A" {
        pagu apbd 2025..2026 { rekening @5.1.02.01 sumber pad = Rp 1.000.000; 2.000.000 }
      } }
    } }
    aturan a "A" wajib { pagu <= pendapatan }
    aturan b "A" wajib { untuk i dalam indikator: i.tercapai }
    aturan c "A" wajib { p.pagu[rekening = @5.2] <= 30% dari p.pagu }
    """
  }
}

extension Session {
  /// Makes ready for plans of so many bytes of text, once, in a process that does little else.
  public static func expect(text bytes: Int) {
    Memory.expect(text: bytes)
    if bytes >= Parser.least, Beside.cores > 1 { Beside.begin { Rehearsal.run() } }
  }
}
