/// How long a run will still take.
struct Stopwatch: Sendable {
  /// How much there is to do.
  let total: UInt64
  private let start = Evaluator.now()

  init(total: UInt64) { self.total = total }

  /// `40% undian, sisa 12 detik`; nothing in the first half second: what is done at once needs no telling.
  func told(_ done: UInt64, _ what: Bilingual, _ language: Language) -> String {
    let passed = Double(Evaluator.now() - start) / 1e9
    if passed < 0.5 || done == 0 || total == 0 { return "" }
    let left = Int((passed / Double(done) * Double(total - min(done, total))).rounded(.up))
    return Bilingual("\(done * 100 / total)% \(what.id), sisa \(left) detik", "\(done * 100 / total)% \(what.en), \(English.count(left, "second")) left")[language]
  }
}
