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
  case nothingToApply

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
    case .nothingToApply: "P0713"
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
        "\(count) findings in loaded data, and --strict makes them errors")
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
    case .nothingToApply: Bilingual("tidak ada usulan yang dapat diterapkan", "there is no proposal to apply")
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
    case .nothingToApply: Bilingual("`cari` membuat sebuah usulan", "`seek` makes a proposal")
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
    ("P0713", Bilingual(
      "`terapkan` menjalankan suntingan yang diusulkan jawaban terakhir `cari`. Belum ada usulan, atau sudah diterapkan.",
      "`apply` does the edits that the last answer of `seek` proposed. There is no proposal yet, or it was applied.")),
    ("P0711", Bilingual(
      "Naskah demo atau latihan diperiksa seluruhnya sebelum dimulai. Bila ada galat, tidak ada yang dimulai: betulkan "
        + "dulu galat yang ditulis bersama pesan ini.",
      "A demo or exercise script is checked as a whole before it starts. When it has errors nothing starts: mend the "
        + "errors shown with this message first.")),
  ]
}
