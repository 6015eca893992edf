@testable import PlanLang

/// A plan small enough to do all sums in one's head.
enum SmallPlan {
  static let text = """
    daerah "Kota Uji" jenis kota periode 2025..2029
    dokumen kerja apbd
    misi m1 "Misi" {
      tujuan t1 "Tujuan" {
        sasaran s1 "Sasaran satu" {
          indikator stunting "Prevalensi stunting" {
            satuan persen
            arah turun
            ketelitian 0,1
            awal 2024 = 11,9
            target 2025..2029 = 11,4; 10,8; 10,1; 9,4; 8,7
            proyeksi 2025..2029 = 11,6; 10,84; 10,6; 9,9; 9,0
            realisasi 2025 = 11,5
          }
        }
        sasaran s2 "Sasaran dua" {
          indikator inflasi "Inflasi" {
            satuan indeks
            arah rentang 2 s.d. 4
            target 2025..2029 = 3; 3; 3; 3; 3
            proyeksi 2025..2029 = 1; 3; 5; 3; 3
          }
        }
      }
    }
    dinas dinkes "Dinas Kesehatan" kode 1.02.2.14.0.00.02.0000 {
      program ukm "Upaya Kesehatan" kode 1.02.02 {
        mendukung s1
        label "prioritas"
        pagu rpjmd 2025..2029 = Rp 14 M; 15 M; 16 M; 17 M; 18 M
        kegiatan gizi "Gizi" kode 1.02.02.2.02 {
          pagu apbd 2026 {
            rekening 5.1.02.04 sumber pad = Rp 1 M
            rekening 5.2.02 sumber dak = Rp 2 M
          }
        }
        kegiatan kia "KIA" kode 1.02.02.2.03 {
          pagu apbd 2026 {
            rekening 5.1.01 sumber dau = Rp 4 M
          }
        }
      }
      program pen "Penunjang" kode 1.02.01 {
        kegiatan umum "Umum" kode 1.02.01.2.06 {
          pagu apbd 2026 {
            rekening 5.1.02.01 sumber pad = Rp 8 M
          }
        }
      }
    }
    dinas disdik "Dinas Pendidikan" kode 1.01.0.00.0.00.01.0000 {
      program paud "PAUD" kode 1.01.02 {
        mendukung s2
        kegiatan k1 "K1" kode 1.01.02.2.01 {
          pagu apbd 2026 {
            rekening 5.1.02.01 sumber pad = Rp 16 M
          }
        }
      }
    }
    parameter p1 = 20%
    parameter t1txt = "halo"

    """

  /// What expressions answer on the small plan with a few more statements: the lines of the screen, without blank ones.
  static func answers(_ expressions: [String], after statements: String = "") -> (lines: [String], status: Int32) {
    let (text, status) = screen(name: "uji.plan", bytes: Array((text + "\n" + statements + "\n").utf8), expressions: expressions)
    return (text.split(separator: "\n").map { $0.trimmingSpaces }.filter { !$0.isEmpty }, status)
  }

  /// The value of one expression as it is shown, or the first line of the message that refuses it.
  static func value(_ expression: String, after statements: String = "") -> String {
    let lines = answers([expression], after: statements).lines
    if let message = lines.first(where: { $0.hasPrefix("galat[") }) { return String(message.prefix(12)) }
    guard let at = lines.lastIndex(where: { $0.hasPrefix(expression) }) else { return lines.last ?? "" }
    let value = lines[at].dropFirst(expression.count)
    if value.hasPrefix(" = ") { return String(value.dropFirst(3)) }
    // A series: the row of values below the row of years.
    let cells = at + 2 < lines.count ? lines[at + 2].split(separator: " ", omittingEmptySubsequences: true) : []
    return cells.filter { !$0.allSatisfy { "▁▂▃▄▅▆▇█".contains($0) } }.joined(separator: " ")
  }
}

extension StringProtocol {
  var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
