/// What can be wrong with a question to a solver: codes P08xx.
enum SolveProblem: Problem {
  case noSolver
  case notFollowed(rules: String)
  case unconfirmed(rules: String)
  case stopped
  case solverFailed(reason: String)
  case nothingOpen
  case untouched
  case weight
  case uncountable
  case badLimit
  case notAdvisory(rule: String)
  case unbounded(figure: String)
  case uneven(rules: String, figures: String, window: String)

  var code: String {
    switch self {
    case .noSolver: "P0801"
    case .notFollowed: "P0802"
    case .unconfirmed: "P0803"
    case .stopped: "P0804"
    case .solverFailed: "P0805"
    case .nothingOpen: "P0806"
    case .untouched: "P0807"
    case .weight: "P0808"
    case .uncountable: "P0809"
    case .badLimit: "P0810"
    case .notAdvisory: "P0811"
    case .unbounded: "P0818"
    case .uneven: "P0819"
    }
  }

  var severity: Severity { .error }

  var message: Bilingual {
    switch self {
    case .noSolver: Bilingual("tidak ada penyelesai program linear di mesin ini", "there is no solver of linear programmes on this machine")
    case .notFollowed(let rules):
      Bilingual(
        "cara uang menggerakkan \(rules) tidak cekung: yang terbaik tidak dapat dipastikan",
        "how money moves \(rules) is not concave: one cannot be sure of the best")
    case .unconfirmed(let rules):
      Bilingual(
        "jawaban penyelesai tidak dibenarkan oleh mesin aturan: \(rules)", "the engine does not confirm the solver's answer: \(rules)")
    case .stopped: Bilingual("pencarian dihentikan sebelum selesai", "the search was stopped before its end")
    case .solverFailed(let reason): Bilingual("penyelesai gagal: \(reason)", "the solver failed: \(reason)")
    case .nothingOpen: Bilingual("tidak ada uang yang boleh bergerak", "no money may move")
    case .weight: Bilingual("bobot anjuran lebih dari 0, paling banyak sejuta", "a weight of an advisory rule is above 0, at most a million")
    case .uncountable: Bilingual("angka ini tidak dapat dihitung pada skenario ini", "this figure cannot be computed in this scenario")
    case .badLimit: Bilingual("batas pergeseran tidak boleh negatif", "a limit of moves cannot be negative")
    case .notAdvisory(let rule): Bilingual("aturan `\(rule)` wajib, bukan anjuran", "rule `\(rule)` is mandatory, not advisory")
    case .unbounded(let figure):
      Bilingual("`\(figure)` tidak punya yang tertinggi: penyebutnya dapat menjadi Rp0", "`\(figure)` has no highest: what it is divided by can come to Rp0")
    case .uneven(let rules, let figures, _):
      Bilingual(
        "rupiah utuh tidak dapat memenuhi kesamaan ini tepat: \(rules); sedekat-dekatnya \(figures)",
        "whole rupiah cannot meet this equality exactly: \(rules); as near as they get: \(figures)")
    case .untouched: Bilingual("tidak ada uang terbuka yang menggerakkan angka ini", "no open money moves this figure")
    }
  }

  var help: Bilingual? {
    switch self {
    case .noSolver:
      Bilingual(
        "`make build` mengambil HiGHS; atau pasang paket libhighs1 atau coinor-libcbc3", "`make build` fetches HiGHS; or install the package libhighs1 or coinor-libcbc3")
    case .notFollowed: Bilingual("tambahkan `setempat` untuk yang terbaik di sekitar sini", "add `nearby` for the best around here")
    case .unconfirmed: Bilingual("batasi dengan `dengan` atau `kecuali`, atau cari satu aturan dengan `aturan NAMA`", "narrow it with `with` or `except`, or ask for one rule with `rule NAME`")
    case .stopped: Bilingual("persempit dengan `dengan`, `tahun` atau `aturan`", "narrow it with `with`, `in` or `rule`")
    case .solverFailed: nil
    case .weight: Bilingual("contoh: anjuran r3 bobot 2, r5", "for example: advisory r3 weight 2, r5")
    case .nothingOpen: Bilingual("buka kuncinya, atau sebut tempat lain di `dengan`", "unlock it, or name other places behind `with`")
    case .uncountable:
      Bilingual("tanyakan angkanya dahulu; tinggalkan yang tidak dinyatakan, `untuk i dalam indikator jika dinyatakan(i.capaian[2026])`", "ask for the figure first; leave out what is not declared, `for i in indicators if declared(i.achievement[2026])`")
    case .unbounded: Bilingual("beri penyebutnya batas bawah dengan aturan, atau jangan buka pagunya (`kecuali`)", "give what it is divided by a floor with a rule, or leave its budgets alone (`except`)")
    case .uneven(_, _, let window):
      Bilingual("tulis dengan kelonggaran, misalnya \(window)", "write it with a tolerance, such as \(window)")
    case .notAdvisory: Bilingual("aturan wajib selalu diminta penuh; hapus dari `anjuran`", "mandatory rules are always asked for in full; leave it out of `advisory`")
    case .badLimit: Bilingual("contoh: perbaiki paling banyak Rp 5 M", "for example: repair at most Rp 5 billion")
    case .untouched: Bilingual("tanyakan angka yang bergantung pada pagu dokumen kerja", "ask for a figure that hangs on budgets of the working document")
    }
  }

  /// The pages of these codes.
  static let pages: [(code: String, page: Bilingual)] = [
    ("P0801", Bilingual(
      "`perbaiki`, `optimalkan`, `pertukaran` dan `pilih` memakai penyelesai program linear yang dimuat saat pertama kali diperlukan: HiGHS, atau CLP/CBC. "
        + "Dicari di `PLAN_SOLVER`, sistem, dan di samping program; tidak satu pun ditemukan. Yang lain dari bahasa ini tidak memerlukannya.",
      "`repair`, `optimise`, `trade_off` and `choose` use a solver of linear programmes that is loaded when first needed: HiGHS, or CLP/CBC. "
        + "Looked for in `PLAN_SOLVER`, the system, and beside the program; none was found. Nothing else of the language needs one.")),
    ("P0802", Bilingual(
      "Penyelesai menjamin yang terbaik bila syarat dan tujuannya linear, atau cekung (`jenuh`, `elastis` di bawah 1), atau naik menurut satu "
        + "pagu saja, atau terurai menjadi jumlah menurut tiap pagu. Hasil kali dua angka yang digerakkan uang tidak. Dengan `setempat` dicari yang terbaik di sekitar rencana "
        + "sekarang, dan jawabannya mengatakannya.",
      "The solver is sure of the best where conditions and aims are linear, or concave (`saturating`, `elastic` below 1), or rise with one budget "
        + "only, or come apart into a sum over budgets. The product of two figures that money moves does not. With `nearby` the best around the present plan is sought, "
        + "and the answer says so.")),
    ("P0803", Bilingual(
      "Setiap jawaban penyelesai dijalankan dan dinilai oleh mesin aturan dengan hitungan tepat sebelum ditampilkan. Jawaban ini melanggar "
        + "sebuah aturan, biasanya karena aturan itu bergantung pada siapa yang dimaksud (`untuk ... jika`) atau pada teks.",
      "Each answer of the solver is carried out and judged by the engine with exact arithmetic before it is shown. This one breaks a rule, "
        + "usually because the rule hangs on who is meant (`for ... if`) or on a text.")),
    ("P0804", Bilingual(
      "Pencarian dihentikan oleh Ctrl-C atau batas waktu sebelum ada jawaban yang pasti. Tidak ada yang berubah.",
      "The search was stopped by Ctrl-C or its time limit before there was a sure answer. Nothing has changed.")),
    ("P0805", Bilingual(
      "Pustaka penyelesai menolak atau gagal pada masalah ini. Tidak ada yang berubah.", "The solver's library refused or failed at this problem. Nothing has changed.")),
    ("P0806", Bilingual(
      "Semua sel dokumen kerja terkunci, di luar `dengan`, atau tidak ada pada tahun yang diminta.",
      "All cells of the working document are locked, outside of `with`, or there are none in the years asked for.")),
    ("P0807", Bilingual(
      "`maksimalkan` dan `minimalkan` memerlukan angka yang berubah bila uang bergerak: pagu dokumen kerja, atau indikator yang didorongnya.",
      "`maximise` and `minimise` need a figure that changes when money moves: budgets of the working document, or indicators they drive.")),
    ("P0809", Bilingual(
      "Angka yang dimaksimalkan atau diminimalkan bergantung pada sesuatu yang tidak dinyatakan atau tidak dapat dihitung, misalnya capaian "
        + "indikator tanpa target pada tahun itu. Tidak ada yang dicari sebelum angkanya sendiri dapat dijawab.",
      "The figure to be maximised or minimised hangs on something that is not declared or cannot be computed, such as the achievement of an "
        + "indicator without a target in that year. Nothing is sought before the figure itself can be told.")),
    ("P0810", Bilingual(
      "`paling banyak` membatasi uang yang digeser seluruhnya: Rp0 atau lebih.", "`at most` bounds the money moved in all: Rp0 or more.")),
    ("P0811", Bilingual(
      "`anjuran` menyebut aturan yang boleh meleset sesedikit mungkin. Aturan wajib tidak boleh meleset.",
      "`advisory` names rules that may be missed by as little as can be. Mandatory rules may not be missed.")),
    ("P0818", Bilingual(
      "Sebuah bagian (`A / B`) naik tanpa batas bila semua uang B boleh pindah: makin sedikit B, makin tinggi bagiannya, sampai pembaginya nol.",
      "A share (`A / B`) rises without bound where all money of B may leave: the less B, the higher the share, until it is divided by nothing.")),
    ("P0819", Bilingual(
      "Pergeseran diusulkan dalam rupiah utuh. Kesamaan atas angka bersen, atas bagian, atau atas kelipatan (`3 * A = 2 * B`) dapat jatuh di antara dua "
        + "rupiah; lalu tidak ada pergeseran yang membuatnya tepat. Pesannya menyebut sedekat apa, dan cara menulis aturannya dengan kelonggaran.",
      "Moves are proposed in whole rupiah. An equality over amounts with sen, over shares, or over multiples (`3 * A = 2 * B`) may fall between two "
        + "rupiah; then no moves make it exact. The message says how near they get, and how to write the rule with a tolerance.")),
    ("P0808", Bilingual(
      "Bobot mengatakan berapa kali lebih penting satu rupiah kekurangan aturan anjuran ini daripada yang berbobot 1.",
      "A weight says how many times more a rupiah missed by this advisory rule counts than by one of weight 1.")),
  ]
}
