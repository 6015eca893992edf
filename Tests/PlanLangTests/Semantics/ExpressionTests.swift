import Testing

@testable import PlanLang

/// Expressions from text to figure, on a plan whose sums are known.
@Suite struct ExpressionTests {
  static let cases: [(expression: String, value: String)] = [
    // Arithmetic: exact where it can be.
    ("1/3 + 1/3 + 1/3 = 1", "benar"), ("0,1 + 0,2 = 0,3", "benar"), ("2^3^2", "512"), ("0 - 2^2", "-4"), ("7 mod (0 - 3)", "-2"),
    ("(0 - 7) mod 3", "2"), ("7,5 mod 2", "1,5"), ("1/0", "tidak dapat dihitung"), ("bulat(5/2)", "2"), ("bulat(7/2)", "4"),
    ("lantai((0 - 5) / 2)", "-3"), ("bulat(Rp 1.234,56)", "Rp1.235"), ("20% dari Rp 10", "Rp2"), ("12500002500000", "12.500.002.500.000"),
    ("gizi.pagu[2026] / dinkes.pagu[2026] >= 20%", "benar"),
    // Folds, lists, ranges.
    ("lipat s dari 0 untuk i dalam 1..100000: s + i", "5.000.050.000"), ("lipat s dari 1 untuk i dalam 1..20: s * i", "2.432.902.008.176.640.000"),
    ("lipat s dari 0 untuk i dalam 1..10: jika i mod 3 = 0 maka s + i lain s - 1", "11"), ("lipat s dari 0 untuk i dalam 1..3: i", "3"),
    ("lipat s dari 0 untuk i dalam 1..4: jika i > 2 maka (jika i > 3 maka s + 100 lain s + 10) lain s - 1", "108"),
    ("lipat s dari 0 untuk i dalam 1..3: rata([s; i]) + 0", "2,125"), ("lipat s dari 0 untuk i dalam 1..3: s + (jika i = 2 maka 5 lain i * 2)", "13"),
    ("lipat s dari 0 untuk i dalam 1..3: jika i = 2 maka s * 2 lain s + i", "5"),
    ("lipat s dari \"\" untuk i dalam [1; 2; 3]: s & \"x\"", "xxx"), ("lipat s dari 5 untuk i dalam 1..0: s + i", "5"),
    ("jumlah(a * b untuk a dalam 1..3 untuk b dalam 1..a)", "25"), ("jumlah(i * 0,1 untuk i dalam 1..10)", "5,5"),
    ("maks(3; 1; 2)", "3"), ("min(3; 1; 2)", "1"), ("rata([1; 2; 6])", "3"), ("maks(i untuk i dalam 1..0)", "tidak dapat dihitung"),
    ("rata(i untuk i dalam 1..0)", "tidak dapat dihitung"), ("jumlah(i untuk i dalam 1..0)", "0"), ("banyak(i untuk i dalam 5..1)", "0"),
    ("jumlah(i untuk i dalam 1..(1/0))", "tidak dapat dihitung"), ("jumlah(i untuk i dalam 1..(5/2))", "tidak dapat dihitung"),
    ("[1; 2; 3][2]", "2"), ("[1; 2; 3][9]", "tidak dapat dihitung"), ("jumlah([[1; 2]; [3]][1])", "3"),
    // Membership tells texts, figures and entities apart.
    ("\"a\" dalam [\"abc\"; \"b\"]", "salah"), ("\"b\" dalam [\"abc\"; \"b\"]", "benar"), ("\"x\" & \"y\" = \"xy\" dan 1 dalam [0]", "salah"),
    ("0,5 dalam [1/2; 3]", "benar"), ("ukm dalam dinkes.program", "benar"), ("paud dalam dinkes.program", "salah"),
    ("\"abc\" memuat \"B\"", "benar"), ("1 dalam [\"a\"]", "galat[P0203]"),
    ("2 dalam 1..3", "benar"), ("5/2 dalam 1..3", "salah"), ("4 dalam 1..3", "salah"), ("banyak(i untuk i dalam 1..10 jika i dalam 3..5)", "3"),
    // What has no order is not ordered.
    ("dinkes = disdik", "salah"), ("dinkes < disdik", "galat[P0203]"), ("[1] = [1]", "galat[P0203]"), ("maks(\"a\"; \"b\")", "galat[P0204]"),
    ("Rp 2 M + 3", "galat[P0203]"), ("[1 s.d. 2; 3]", "galat[P0204]"),
    // Slices: dimensions join by and, also at a bound entity.
    ("pagu[2026]", "Rp31.000.000.000"), ("dinkes.pagu[2026]", "Rp15.000.000.000"), ("pagu[2026, sumber = pad]", "Rp25.000.000.000"),
    ("pagu[2026, rekening = @5.1.02]", "Rp25.000.000.000"), ("pagu[2026, rekening = @5.1.02.04]", "Rp1.000.000.000"),
    ("pagu[2026, jenis = modal]", "Rp2.000.000.000"), ("pagu[2026, jenis = [modal; pegawai]]", "Rp6.000.000.000"), ("pagu[2026, jenis = modl]", "galat[P0201]"),
    ("pagu[2026, urusan = kesehatan]", "Rp15.000.000.000"), ("pagu[2026, urusan = 1.02]", "Rp15.000.000.000"), ("pagu[2026, urusan = kesehatn]", "galat[P0201]"),
    ("pagu[2026, fungsi = [kesehatan; pendidikan]]", "Rp31.000.000.000"), ("pagu[2026, sasaran = s1]", "Rp7.000.000.000"),
    ("dinkes.pagu[2026, fungsi = pendidikan]", "Rp0"), ("jumlah(d.pagu[2026, program = ukm] untuk d dalam dinas)", "Rp7.000.000.000"),
    ("jumlah(d.pagu[2026, label = \"prioritas\", fungsi = kesehatan] untuk d dalam [dinkes])", "Rp7.000.000.000"),
    ("jumlah(d.pagu[2026, fungsi = pendidikan] untuk d dalam [dinkes])", "Rp0"),
    // Not detailed is never a partial sum; not declared is never zero.
    ("pagu.rpjmd[2026, kegiatan = gizi]", "tidak dirinci"), ("pagu.rpjmd[2026, kegiatan = [gizi; k1]]", "tidak dirinci"),
    ("pagu[2025]", "tidak dinyatakan"), ("pagu.rpjmd[2026, rekening = @5.1]", "tidak dirinci"),
    // Series and years.
    ("jumlah(pagu.rpjmd)", "Rp80.000.000.000"), ("jumlah(pagu.rpjmd[2026..2027])", "Rp31.000.000.000"), ("jumlah(pagu.rpjmd[2029..2025])", "Rp80.000.000.000"),
    ("maks(pagu.rpjmd[2026..2027])", "Rp16.000.000.000"), ("rata(pagu.rpjmd) / jumlah(pagu.rpjmd)", "20%"), ("banyak(stunting.tercapai)", "1"),
    ("pagu[2025..2026] + pagu[2027..2028]", "galat[P0222]"), ("pagu[2026][2027]", "galat[P0221]"), ("pagu[2031]", "galat[P0205]"),
    ("jumlah(pagu.rpjmd[y] untuk y dalam 2025..2029)", "Rp80.000.000.000"), ("jumlah(pagu.rpjmd[2025..2027][2026])", "galat[P0204]"),
    ("pagu.rpjmd[2025..2027][2026]", "Rp15.000.000.000"), ("pagu.rpjmd[2025..2026][2027]", "galat[P0222]"),
    ("pagu.rpjmd[tahun] - pagu.rpjmd[tahun - 1]", "tidak dinyatakan Rp1.000.000.000 Rp1.000.000.000 Rp1.000.000.000 Rp1.000.000.000"),
    ("stunting[tahun - 1] - stunting[2025]", "tidak dinyatakan 0,0% -0,8% -1,0% -1,7%"),
    // An absence is not a yes.
    ("banyak(p.pagu.rpjmd[2026] > Rp 0 untuk p dalam program)", "1"),
    ("jumlah(jika i > 5 maka 1 untuk i dalam 1..10)", "tidak dapat dihitung"),
    // Attributes and what lies across the two trees.
    ("jumlah(p.pagu[2026] untuk p dalam program jika p.fungsi = kesehatan)", "Rp15.000.000.000"),
    ("banyak(p untuk p dalam program jika p.fungsi <> kesehatan)", "1"), ("banyak(p untuk p dalam program jika p.fungsi dalam [kesehatan; pendidikan])", "3"),
    ("gizi.label memuat \"prior\"", "benar"), ("ukm.label = \"prior\"", "salah"), ("ukm.fungsi", "[kesehatan]"), ("gizi.dinas.judul", "Dinas Kesehatan"),
    ("ukm.sasaran", "[Sasaran satu]"), ("ukm.sasaran = s1", "benar"), ("ukm.sasaran = s2", "salah"), ("gizi.sasaran", "[Sasaran satu]"),
    ("banyak(m1.program)", "2"), ("banyak(s1.program)", "1"), ("banyak(p untuk p dalam program jika banyak(p.sasaran) = 0)", "1"), ("inflasi.satuan", "indeks"),
    // Indicators: compared at their digits; a band is reached inside it.
    ("stunting[2026] <= stunting.target[2026]", "benar"), ("banyak(i untuk i dalam indikator jika i.proyeksi[2026] <= i.target[2026])", "2"),
    ("inflasi.tercapai", "salah benar salah benar benar"), ("inflasi.capaian", "50% 100% 75% 100% 100%"),
  ]

  @Test(arguments: cases) func answers(expression: String, value: String) {
    #expect(SmallPlan.value(expression) == value, "\(expression)")
  }

  @Test func moneyBeyondItsBitsIsAnError() {
    #expect(SmallPlan.value("jumlah(Rp 900 T untuk i dalam 1..200)") == "galat[P0604]")
    #expect(SmallPlan.value("jumlah(Rp 400 T untuk i dalam 1..200) / 1000") == "Rp80.000.000.000.000")
  }

  /// `misal`, parameters and computed years are read in the scenario that is asked, and in no other.
  @Test func otherScenariosAreReadWhole() {
    let statements = """
      misal nilai = gizi.pagu[2026]
      parameter asumsi = gizi.pagu[2026]
      misal selisih = dasar.gizi.pagu[2026] - gizi.pagu[2026]
      skenario z dari dasar {
        geser Rp 1 M dari gizi ke kia tahun 2026
      }
      """
    for (expression, value) in [
      ("z.gizi.pagu[2026]", "Rp2.000.000.000"), ("z.nilai", "Rp2.000.000.000"), ("z.asumsi", "Rp2.000.000.000"), ("nilai", "Rp3.000.000.000"),
      ("asumsi", "Rp3.000.000.000"), ("z.gizi.pagu[2025 + 1]", "Rp2.000.000.000"), ("gizi.pagu[2025 + 1]", "Rp3.000.000.000"),
      ("z.selisih", "Rp1.000.000.000"), ("z.nilai + nilai", "Rp5.000.000.000"),
    ] {
      // The last scenario of a script is the current one: ask from the root.
      let answer = SmallPlan.answers(["dasar.gizi.pagu[2026]"], after: statements + "\ntampilkan \(expression)").lines
      #expect(answer.contains("\(expression) = \(value)"), "\(expression): \(answer)")
    }
  }

  /// Parameters may be used before they are declared, and by one another.
  @Test func parametersInAnyOrder() {
    #expect(SmallPlan.value("a1", after: "parameter a1 = b1 * 2\nparameter b1 = c1 + 1\nmisal c1 = 2") == "6")
    #expect(SmallPlan.value("1", after: "parameter qa = qb\nparameter qb = qa") == "galat[P0211]")
    #expect(SmallPlan.value("1", after: "parameter qa = xa\nmisal xa = qa") == "galat[P0211]")
    #expect(SmallPlan.value("1", after: "parameter teks = \"a\"\nskenario z dari dasar {\n tetapkan teks = \"b\"\n}") == "galat[P0406]")
  }

  /// Rules: the condition of a set is asked year by year; a category on the right is no figure.
  @Test func rulesAskTheirConditionEachYear() {
    let statements = """
      aturan batas "Program besar" { untuk p dalam program jika p.pagu.rpjmd > Rp 16 M: p.pagu.rpjmd <= Rp 17 M }
      aturan bidang "Bidang" { untuk p dalam program: p.fungsi = kesehatan }
      cek
      """
    let lines = SmallPlan.answers([], after: statements).lines
    let rule = lines.first { $0.contains("batas") } ?? ""
    #expect(rule.contains("2029") && rule.contains("Rp18 M <= Rp17 M"), "\(lines)")
    #expect(lines.contains { $0.contains("bidang") && $0.contains("PAUD") }, "\(lines)")
  }
}
