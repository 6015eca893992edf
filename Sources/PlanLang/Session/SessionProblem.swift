/// What can go wrong between a session and the world: codes P07xx.
enum SessionProblem: Problem {
  case tooMuchText
  case unreadable(path: String, reason: String)
  case outsideFolder(path: String)
  case findingsAreErrors(count: Int)
  case usage(command: String, usage: String, summary: Bilingual)
  case unwritable(path: String, reason: String)
  case rootStays
  case nameTaken(name: String)
  case mergeConflict(name: String)
  case unknownTopic(name: String, nearest: String?)
  case strangeDemo(path: String)
  case notMonotone(low: String, high: String)
  case noCondition(text: String)
  case nothingToApply
  case nothingUncertain
  case impossibleSpread
  case impossibleCorrelation
  case notSampled
  case notFigure
  case otherParts
  case missingPart(number: Int, count: Int)
  case noStudy

  var code: String {
    switch self {
    case .tooMuchText: "P0701"
    case .unreadable: "P0702"
    case .outsideFolder: "P0703"
    case .findingsAreErrors: "P0704"
    case .usage: "P0705"
    case .unwritable: "P0706"
    case .rootStays: "P0707"
    case .nameTaken: "P0708"
    case .mergeConflict: "P0709"
    case .unknownTopic: "P0710"
    case .strangeDemo: "P0711"
    case .notMonotone: "P0712"
    case .noCondition: "P0722"
    case .nothingToApply: "P0713"
    case .nothingUncertain: "P0714"
    case .impossibleSpread: "P0715"
    case .impossibleCorrelation: "P0716"
    case .notSampled: "P0717"
    case .notFigure: "P0718"
    case .otherParts: "P0719"
    case .missingPart: "P0720"
    case .noStudy: "P0721"
    }
  }

  var severity: Severity { .error }

  var message: Bilingual {
    switch self {
    case .tooMuchText:
      Bilingual("naskah seluruhnya lebih dari 4 GiB", "the texts together pass 4 GiB")
    case .unreadable(let path, let reason):
      Bilingual("`\(path)` tidak dapat dibaca: \(reason)", "`\(path)` cannot be read: \(reason)")
    case .outsideFolder(let path):
      Bilingual(
        "`\(path)` di luar folder naskah; naskah hanya membaca berkas di bawah foldernya sendiri",
        "`\(path)` lies outside the script's folder; a script reads only files below its own folder")
    case .findingsAreErrors(let count):
      Bilingual(
        "\(count) temuan pada data yang dimuat, dan --strict menjadikannya galat",
        "\(English.count(count, "finding")) in loaded data, and --strict makes \(count == 1 ? "it an error" : "them errors")")
    case .usage(let command, let usage, _):
      Bilingual("pemakaian: \(command)\(usage.isEmpty ? "" : " " + usage)", "usage: \(command)\(usage.isEmpty ? "" : " " + usage)")
    case .unwritable(let path, let reason):
      Bilingual("`\(path)` tidak dapat ditulis: \(reason)", "`\(path)` cannot be written: \(reason)")
    case .rootStays: Bilingual("skenario dasar tetap ada dan tetap bernama `dasar`", "the base scenario stays, and stays called `base`")
    case .nameTaken(let name):
      Bilingual("`\(name)` tidak dapat menjadi nama skenario baru", "`\(name)` cannot be the name of a new scenario")
    case .mergeConflict(let name):
      Bilingual("`\(name)` menetapkan angka yang di sini ditetapkan lain", "`\(name)` sets a figure that is set otherwise here")
    case .unknownTopic(let name, _):
      Bilingual("`\(name)` bukan topik, kata, nama atau kode yang dikenal", "`\(name)` is no known topic, word, name or code")
    case .notMonotone(let low, let high):
      Bilingual("syaratnya dipenuhi pada \(low), tetapi tidak lagi pada \(high)", "the condition holds at \(low), but no more at \(high)")
    case .noCondition(let text): Bilingual("`\(text)` bukan syarat: tidak benar dan tidak salah", "`\(text)` is no condition: neither true nor false")
    case .nothingToApply: Bilingual("tidak ada usulan yang dapat diterapkan", "there is no proposal to apply")
    case .nothingUncertain: Bilingual("tidak ada anggapan yang tak pasti dalam rencana ini", "no assumption of this plan is uncertain")
    case .impossibleSpread: Bilingual("sebaran ini tidak mungkin dengan angka skenario ini", "this distribution is impossible with the figures of this scenario")
    case .impossibleCorrelation: Bilingual("korelasi-korelasi ini tidak mungkin bersama-sama", "these correlations are impossible together")
    case .notSampled:
      Bilingual("ungkapan ini memakai teks, daftar atau tahun yang bergantung pada undian", "this expression uses a text, a list or a year that hangs on a draw")
    case .otherParts: Bilingual("tidak ada bagian dari pertanyaan ini di antara berkas-berkasnya", "the files hold no part of this question")
    case .missingPart(let number, let count): Bilingual("bagian \(number)/\(count) belum ada", "part \(number)/\(count) is missing")
    case .noStudy: Bilingual("belum ada jawaban jenis ini yang dapat diekspor", "there is no answer of this kind to export yet")
    case .notFigure: Bilingual("yang diundi adalah angka atau syarat", "what is drawn is a figure or a condition")
    case .strangeDemo(let path):
      Bilingual("`\(path)` tidak dapat dipakai: naskahnya bergalat", "`\(path)` cannot be used: its script has errors")
    }
  }

  var help: Bilingual? {
    switch self {
    case .tooMuchText: Bilingual("jalankan sebagian naskah saja", "run fewer texts at once")
    case .unreadable: Bilingual("periksa nama dan izin berkasnya", "check the file's name and permissions")
    case .outsideFolder: Bilingual("salin berkasnya ke folder naskah", "copy the file into the script's folder")
    case .findingsAreErrors: Bilingual("betulkan datanya, atau jalankan tanpa --strict", "mend the data, or run without --strict")
    case .usage(_, _, let summary): summary
    case .unwritable: Bilingual("pilih tempat lain di bawah folder naskah", "choose another place below the script's folder")
    case .rootStays: Bilingual("buat cabang dengan `cabang NAMA`", "make a branch with `branch NAME`")
    case .nameTaken:
      Bilingual("pakai huruf, angka dan _, dan nama yang belum dipakai", "use letters, digits and _, and a name that is not taken")
    case .mergeConflict: Bilingual("buang salah satu `tetapkan` lebih dulu", "take one of the two `set` away first")
    case .unknownTopic(_, let nearest):
      nearest.map { Bilingual("maksud Anda `\($0)`?", "did you mean `\($0)`?") } ?? Bilingual("`bantuan` menampilkan semua perintah", "`help` lists all commands")
    case .notMonotone: Bilingual("cari di antara batas yang lebih sempit, dengan syarat yang hanya berubah sekali", "seek between narrower bounds, with a condition that changes once")
    case .noCondition: Bilingual("bandingkan dengan sesuatu, `x >= y`, atau sebut `aturan NAMA`", "compare it with something, `x >= y`, or name a `rule NAME`")
    case .nothingToApply: Bilingual(
        "`cari`, `perbaiki` dan `optimalkan` membuat usulan untuk skenario yang dibuka; suntingan sesudahnya menghapusnya",
        "`seek`, `repair` and `optimise` propose for the scenario that is open; an edit behind them takes the proposal away")
    case .nothingUncertain:
      Bilingual("beri sebaran pada parameter, `parameter x ~ segitiga(Rp 3 jt; Rp 4 jt; Rp 6 jt)`, atau rentang pada pendorong, `biaya satuan Rp 3 jt s.d. Rp 6 jt`",
        "give a parameter a distribution, `parameter x ~ triangular(Rp 3 million; Rp 4 million; Rp 6 million)`, or what drives an indicator a range, `unit cost Rp 3 million up_to Rp 6 million`")
    case .impossibleSpread: Bilingual("angkanya dari kecil ke besar, simpangannya tidak di bawah nol", "its figures go from low to high, its spread is not below zero")
    case .impossibleCorrelation: Bilingual("lemahkan salah satu, atau hapus", "weaken one of them, or delete it")
    case .notSampled: Bilingual("tanyakan angka atau syarat tanpa teks dan tanpa kelas capaian", "ask for a figure or a condition without texts and achievement classes")
    case .otherParts: Bilingual("bagian dibuat dari naskah yang sama persis: `planrepl run NASKAH --shard 1/4`", "parts are made of the very same script: `planrepl run SCRIPT --shard 1/4`")
    case .missingPart(let number, let count): Bilingual("buat dengan `planrepl run NASKAH --shard \(number)/\(count)`", "make it with `planrepl run SCRIPT --shard \(number)/\(count)`")
    case .noStudy: Bilingual("tanyakan dulu: `simulasi`, `kepekaan`, `sapu` atau `uji_balik`", "ask first: `simulate`, `sensitivity`, `sweep` or `stress_test`")
    case .notFigure: Bilingual("tulis misalnya `tampilkan stunting[2027]; peluang(stunting[2027] < 10)`", "write for example `show stunting[2027]; chance(stunting[2027] < 10)`")
    case .strangeDemo: Bilingual("jalankan `planrepl run` padanya lebih dulu", "run it with `planrepl run` first")
    }
  }

  /// The pages of these codes.
  static let pages: [(code: String, page: Bilingual)] = [
    ("P0701", Bilingual(
      "Semua naskah, CSV dan baris satu sesi bersama-sama paling besar 4 GiB. Naskah yang melampauinya tidak dibaca.",
      "All scripts, CSVs and lines of one session together hold at most 4 GiB. A text that passes it is not read.")),
    ("P0702", Bilingual(
      "Berkas yang disebut `muat` atau pada baris perintah tidak dapat dibaca. Alasan dari sistem ditulis apa adanya. "
        + "Jalurnya dihitung dari folder naskah, bukan dari folder kerja.",
      "A file named by `load` or on the command line cannot be read. The system's reason is given as it is. "
        + "Paths count from the script's folder, not from the working folder.")),
    ("P0703", Bilingual(
      "Sebuah naskah hanya membaca berkas di bawah foldernya sendiri: jalur mutlak, `..`, dan tautan yang keluar dari "
        + "folder itu ditolak. Dengan begitu naskah kiriman orang lain aman dijalankan.",
      "A script reads only files below its own folder: absolute paths, `..`, and links that leave the folder are "
        + "refused. So a script from someone else is safe to run.")),
    ("P0704", Bilingual(
      "Dengan --strict setiap temuan pada data yang dimuat (baris yang diperbaiki, ditolak atau mencurigakan) "
        + "menggagalkan naskah. Tiap temuan sudah ditulis dengan barisnya.",
      "With --strict each finding in loaded data (a row repaired, refused or suspicious) fails the script. Each "
        + "finding is listed with its row.")),
    ("P0705", Bilingual(
      "Perintah sesi (bantuan, daftar, urung, pindah, ...) kurang atau kelebihan keterangan. Pesannya menunjukkan cara "
        + "pakainya; yang di dalam kurung siku boleh tidak ada.",
      "A command of the session (help, list, undo, switch, ...) has too little or too much behind it. The message shows "
        + "its usage; what stands in square brackets may be left out.")),
    ("P0706", Bilingual(
      "Berkas tidak dapat ditulis: foldernya tidak ada, penuh, tidak boleh ditulisi, atau di luar folder naskah. Berkas "
        + "lama tetap utuh, karena yang baru ditulis di sampingnya lalu diganti namanya.",
      "A file cannot be written: its folder is missing, full, not writable, or outside the script's folder. An old file "
        + "stays whole, for the new one is written beside it and then renamed.")),
    ("P0707", Bilingual(
      "Skenario dasar adalah rencana yang dinyatakan. Ia tidak dapat dihapus atau diberi nama lain; bekerjalah pada cabang.",
      "The base scenario is the plan as declared. It cannot be dropped or renamed; work on a branch.")),
    ("P0708", Bilingual(
      "Nama skenario terdiri atas huruf, angka dan _, dan tidak boleh sama dengan nama yang sudah dipakai bagian rencana, "
        + "parameter atau skenario lain.",
      "A scenario's name is letters, digits and _, and must not be a name already used by a part of the plan, a parameter "
        + "or another scenario.")),
    ("P0709", Bilingual(
      "Menggabung dua skenario menjalankan suntingan keduanya. Bila keduanya menetapkan angka yang sama secara berbeda, "
        + "tidak ada yang dapat dipilih dengan pasti, maka tidak ada yang berubah.",
      "Merging two scenarios does the edits of both. When both set the same figure differently, neither can be chosen with "
        + "certainty, so nothing changes.")),
    ("P0710", Bilingual(
      "`bantuan` mengenal perintah sesi, kata bahasa, nama yang dinyatakan, dan kode pesan seperti P0203.",
      "`help` knows commands of the session, words of the language, declared names, and codes of messages such as P0203.")),
    ("P0712", Bilingual(
      "`cari` mencari jumlah terkecil; itu hanya berarti bila syaratnya, sekali dipenuhi, tetap dipenuhi pada jumlah yang "
        + "lebih besar. Di sini tidak begitu.",
      "`seek` looks for the least amount; that means something only when the condition, once met, stays met at larger "
        + "amounts. Here it does not.")),
    ("P0722", Bilingual(
      "`cari x agar ...` mencari jumlah terkecil yang membuat sebuah syarat benar. Angka atau teks saja bukan syarat.",
      "`seek x so that ...` looks for the least amount that makes a condition true. A figure or a text by itself is no condition.")),
    ("P0713", Bilingual(
      "`terapkan` menjalankan suntingan yang diusulkan jawaban terakhir `cari`. Belum ada usulan, atau sudah diterapkan.",
      "`apply` does the edits that the last answer of `seek` proposed. There is no proposal yet, or it was applied.")),
    ("P0711", Bilingual(
      "Naskah demo atau latihan diperiksa seluruhnya sebelum dimulai. Bila ada galat, tidak ada yang dimulai: betulkan "
        + "dulu galat yang ditulis bersama pesan ini.",
      "A demo or exercise script is checked as a whole before it starts. When it has errors nothing starts: mend the "
        + "errors shown with this message first.")),
    ("P0714", Bilingual(
      "`simulasi` dan `kepekaan` mengundi anggapan yang tak pasti: parameter bersebaran dan rentang `a s.d. b` pada pendorong "
        + "indikator. Rencana ini tidak punya keduanya, atau skenarionya menetapkan semuanya.",
      "`simulate` and `sensitivity` draw assumptions that are uncertain: parameters with distributions and ranges `a up_to b` of "
        + "what drives indicators. This plan has neither, or the scenario sets them all.")),
    ("P0715", Bilingual(
      "Angka sebuah sebaran dihitung dari parameter lain, dan hasilnya bukan sebaran: segitiga(a; b; c) perlu a <= b <= c, "
        + "normal(m; s) dan lognormal(m; s) perlu s tidak di bawah nol, lognormal perlu m di atas nol.",
      "The figures of a distribution are computed from other parameters, and what comes out is none: triangular(a; b; c) needs "
        + "a <= b <= c, normal(m; s) and lognormal(m; s) need s not below zero, lognormal needs m above zero.")),
    ("P0716", Bilingual(
      "Bila A sejalan dengan B dan B sejalan dengan C, A tidak dapat berlawanan dengan C. Korelasi yang dinyatakan tidak "
        + "dimiliki sebaran bersama apa pun.",
      "If A goes with B and B goes with C, A cannot go against C. No joint distribution has the correlations that are stated.")),
    ("P0717", Bilingual(
      "Undian menghitung angka dan syarat. Sebuah teks (misalnya kelas capaian), banyaknya isi sebuah daftar, atau tahun yang "
        + "berbeda pada tiap undian tidak dapat diundi.",
      "Draws compute figures and conditions. A text (such as the class of an achievement), the length of a list or a year that "
        + "differs from draw to draw cannot be drawn.")),
    ("P0718", Bilingual(
      "Sesudah `tampilkan` sebuah simulasi berdiri angka, deret angka, atau syarat. Daftar, teks dan bagian rencana tidak diundi.",
      "Behind `show` of a simulation stand figures, series of figures, or conditions. Lists, texts and parts of the plan are not drawn.")),
    ("P0719", Bilingual(
      "`planrepl merge` menjawab naskah dari bagian-bagian yang diundi di tempat lain. Naskah, datanya, benih dan banyaknya undian "
        + "harus sama persis dengan ketika bagian itu dibuat.",
      "`planrepl merge` answers a script from parts drawn elsewhere. The script, its data, the seed and the number of draws must be "
        + "exactly those the parts were made with.")),
    ("P0720", Bilingual(
      "Sebuah simulasi hanya digabung bila semua bagiannya ada; satu yang hilang akan memihak sebagian undian.",
      "A simulation is only joined from all of its parts; with one missing the answer would favour some of the draws.")),
    ("P0721", Bilingual(
      "`ekspor simulasi ke \"x.csv\"` menulis jawaban `simulasi` yang terakhir di sesi atau naskah ini; begitu pula `kepekaan`, "
        + "`sapu` dan `uji_balik`. Belum ada yang ditanyakan sebelum baris ini.",
      "`export simulate to \"x.csv\"` writes the answer of the last `simulate` of this session or script; so do `sensitivity`, "
        + "`sweep` and `stress_test`. None was asked before this line.")),
  ]
}
