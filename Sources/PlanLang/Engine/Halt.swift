/// Why a run stopped: what is wrong and where.
public struct Halt: Error, Sendable {
  /// What is wrong.
  public var problem: RunProblem
  /// Where.
  public var site: Site

  /// Whether somebody or the clock stopped the run, and nothing is wrong with what was asked.
  var isOutOfTime: Bool {
    switch problem {
    case .interrupted, .tooLong: true
    default: false
    }
  }
}

/// What can go wrong while running (P0601...) or moving money (P0611...).
public enum RunProblem: Problem {
  case tooManySteps(limit: Int)
  case tooMuchMemory(limit: Int)
  case tooLong(seconds: Int)
  case overflow
  case interrupted
  case unknownScenario(name: String)
  case tooDeep(limit: Int)
  case notEnough(asked: Int64, available: Int64, place: String)
  case locked(place: String)
  case earmarked(source: String, field: String, place: String)
  case belowContract(place: String, floor: Int64, left: Int64)
  case needsAccount(place: String)
  case nothingThere(place: String)
  case notDetailed(place: String)
  case negativeAmount(amount: Int64)
  case absentAmount
  case nothingToSpread(place: String)
  case badShare(share: String)
  case otherSource(source: String, place: String)

  /// The code.
  public var code: String {
    switch self {
    case .tooManySteps: "P0601"
    case .tooMuchMemory: "P0602"
    case .tooLong: "P0603"
    case .overflow: "P0604"
    case .interrupted: "P0605"
    case .unknownScenario: "P0606"
    case .tooDeep: "P0607"
    case .notEnough: "P0611"
    case .locked: "P0612"
    case .earmarked: "P0613"
    case .belowContract: "P0614"
    case .needsAccount: "P0615"
    case .nothingThere: "P0616"
    case .notDetailed: "P0617"
    case .negativeAmount: "P0618"
    case .absentAmount: "P0619"
    case .nothingToSpread: "P0620"
    case .badShare: "P0621"
    case .otherSource: "P0610"
    }
  }

  /// Always an error: the statement did not happen.
  public var severity: Severity { .error }

  /// What is wrong.
  public var message: Bilingual {
    switch self {
    case .tooManySteps(let limit): Bilingual("hitungan melewati batas \(limit) langkah", "the run passes its limit of \(English.count(limit, "step"))")
    case .tooMuchMemory(let limit): Bilingual("hitungan melewati batas memori \(limit >> 20) MiB", "the run passes its memory limit of \(limit >> 20) MiB")
    case .tooLong(let seconds): Bilingual("hitungan melewati batas \(seconds) detik", "the run passes its limit of \(English.count(seconds, "second"))")
    case .overflow: Bilingual("jumlahnya melampaui Rp92.233 T, batas bilangan 64 bit dalam sen", "the sum passes Rp92.233 trillion, the limit of 64 bits of sen")
    case .interrupted: Bilingual("dihentikan", "stopped")
    case .tooDeep(let limit):
      Bilingual("parameter saling memakai lebih dari \(limit) tingkat", "parameters use one another more than \(limit) levels deep")
    case .unknownScenario(let name): Bilingual("skenario `\(name)` belum ada di sini", "scenario `\(name)` does not exist yet")
    case .notEnough(let asked, let available, let place):
      Bilingual(
        "pagu \(place) tidak cukup: diminta \(Figure.money(sen: asked)), tersedia \(Figure.money(sen: available))",
        "the budget of \(place) is not enough: asked \(Figure.money(sen: asked)), available \(Figure.money(sen: available))")
    case .locked(let place): Bilingual("\(place) dikunci", "\(place) is locked")
    case .earmarked(let source, let field, let place):
      Bilingual(
        "dana \(source) terikat pada \(field) dan tidak boleh keluar ke \(place)",
        "\(source) money is bound to \(field) and may not leave it for \(place)")
    case .belowContract(let place, let floor, let left):
      Bilingual(
        "\(place) akan tersisa \(Figure.money(sen: left)), di bawah kontraknya \(Figure.money(sen: floor))",
        "\(place) would keep \(Figure.money(sen: left)), below its contract of \(Figure.money(sen: floor))")
    case .needsAccount(let place): Bilingual("\(place) belum punya rekening; sebut rekeningnya", "\(place) has no account yet; name one")
    case .nothingThere(let place): Bilingual("tidak ada uang pada \(place)", "there is no money at \(place)")
    case .notDetailed(let place): Bilingual("pagu \(place) tidak dirinci sedalam itu", "the budget of \(place) is not detailed that far")
    case .negativeAmount(let amount): Bilingual("jumlah \(Figure.money(sen: amount)) negatif", "the amount \(Figure.money(sen: amount)) is negative")
    case .absentAmount: Bilingual("jumlah yang digeser tidak dapat dihitung", "the amount to move cannot be computed")
    case .nothingToSpread(let place): Bilingual("\(place) belum punya uang yang menunjukkan bagian mana yang menerima", "\(place) has no money that shows which part receives")
    case .otherSource(let source, let place):
      Bilingual("uang \(source) tidak dapat masuk ke \(place) dengan sumber lain", "\(source) money cannot reach \(place) under another source")
    case .badShare(let share): Bilingual("bagian \(share) di luar 0% sampai 100%", "the share \(share) is outside 0% to 100%")
    }
  }

  /// How to mend it.
  public var help: Bilingual? {
    switch self {
    case .tooManySteps: Bilingual("perkecil hitungannya, atau naikkan --max-steps", "make it smaller, or raise --max-steps")
    case .tooMuchMemory: Bilingual("perkecil daftarnya, atau naikkan --max-memory", "make the lists smaller, or raise --max-memory")
    case .tooLong: Bilingual("perkecil hitungannya, atau naikkan --max-seconds", "make it smaller, or raise --max-seconds")
    case .notEnough(_, let available, _): Bilingual("paling banyak \(Figure.money(sen: available)), atau tulis `semua`", "at most \(Figure.money(sen: available)), or write `all`")
    case .locked: Bilingual("buka dulu dengan `buka`", "unlock it first with `unlock`")
    case .earmarked: Bilingual("pilih tujuan pada bidang yang sama, atau batasi sumbernya: `A.pagu[sumber = pad]`", "choose a destination in the same field, or limit the source: `A.budget[source = pad]`")
    case .needsAccount: Bilingual("contoh: ke gizi.pagu[rekening = @5.1.02.02]", "for example: to gizi.budget[account = @5.1.02.02]")
    case .nothingToSpread: Bilingual("sebut satu bagian dan rekeningnya: ke gizi.pagu[rekening = @5.1.02.02]", "name one part and its account: to gizi.budget[account = @5.1.02.02]")
    case .otherSource(let source, _):
      Bilingual(
        "uang tetap bersumber \(source) saat berpindah: hapus sumber dari tujuannya, atau batasi asalnya: `A.pagu[sumber = ...]`",
        "money keeps its source \(source) as it moves: take the source off the destination, or limit where it comes from: `A.budget[source = ...]`")
    case .badShare: Bilingual("tulis persen antara 0% dan 100%", "write a percentage between 0% and 100%")
    default: nil
    }
  }
}
