/// What can go wrong between a session and the world: codes P07xx.
enum SessionProblem: Problem {
  case tooMuchText
  case unreadable(path: String, reason: String)
  case outsideFolder(path: String)
  case findingsAreErrors(count: Int)

  var code: String {
    switch self {
    case .tooMuchText: "P0701"
    case .unreadable: "P0702"
    case .outsideFolder: "P0703"
    case .findingsAreErrors: "P0704"
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
    }
  }

  var help: Bilingual? {
    switch self {
    case .tooMuchText: Bilingual("jalankan sebagian naskah saja", "run fewer texts at once")
    case .unreadable: Bilingual("periksa nama dan izin berkasnya", "check the file's name and permissions")
    case .outsideFolder: Bilingual("salin berkasnya ke folder naskah", "copy the file into the script's folder")
    case .findingsAreErrors: Bilingual("betulkan datanya, atau jalankan tanpa --strict", "mend the data, or run without --strict")
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
  ]
}
