/// Pages of codes; see `Pages`.
enum MeaningPages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = [
    (
      "P0201",
      Bilingual(
        """
        Nama ini tidak dinyatakan di mana pun. Nama tidak membedakan huruf besar dan kecil; sebuah \
        bagian rencana dapat juga disebut dengan kodenya (@1.02.02) atau judulnya dalam kutip.
        """,
        """
        This name is declared nowhere. Names ignore case; a part of the plan can also be meant by \
        its code (@1.02.02) or its quoted title.
        """)
    ),
    (
      "P0202",
      Bilingual(
        """
        Nama atau kode ini dipunyai beberapa bagian rencana. Tulis dengan jalur bertitik, misalnya \
        dinkes.ukm.
        """,
        """
        Several parts of the plan have this name or code. Write a dotted path, such as dinkes.ukm.
        """)
    ),
    (
      "P0203",
      Bilingual(
        """
        Dua sisi penjumlahan atau perbandingan harus bersatuan sama: rupiah dengan rupiah, persen \
        dengan persen. Bilangan yang ditulis telanjang mengikuti satuan sisi lain, kecuali persen: \
        tulis 10,8%.
        """,
        """
        Both sides of a sum or comparison need one unit: rupiah with rupiah, percent with percent. A \
        bare number takes the other side's unit, except percent: write 10,8%.
        """)
    ),
    (
      "P0204",
      Bilingual(
        """
        Nilai di sini harus berjenis lain. Sebuah aturan, misalnya, harus benar atau salah.
        """,
        """
        The value here must be of another type. A rule, for instance, must be true or false.
        """)
    ),
    (
      "P0205",
      Bilingual(
        """
        Tahun ini di luar periode rencana yang dinyatakan pada `daerah`.
        """,
        """
        This year lies outside the plan's period, declared at `region`.
        """)
    ),
    (
      "P0206",
      Bilingual(
        """
        Tanpa periode, tahun tidak berarti.
        Benar: daerah "Kota Manado" periode 2025..2029
        """,
        """
        Without a period years mean nothing.
        Right: region "Kota Manado" period 2025..2029
        """)
    ),
    (
      "P0207",
      Bilingual(
        """
        Bagian rencana ini tidak punya atribut atau anak bernama itu. Di belakang titik, atribut \
        didahulukan daripada anak.
        """,
        """
        This part of the plan has no attribute or child of that name. Behind a dot attributes come \
        before children.
        """)
    ),
    (
      "P0208",
      Bilingual(
        """
        Di dalam kurung siku hanya tahun yang boleh tanpa dimensi; yang lain ditulis `dimensi = \
        nilai`.
        Benar: pagu[2026, dinas = dinkes, sumber = dau]
        """,
        """
        Inside the brackets only a year may stand without its dimension.
        Right: budget[2026, department = dinkes, source = dau]
        """)
    ),
    (
      "P0209",
      Bilingual(
        """
        Nilai dimensi ini jenis lain: dinas diisi perangkat daerah, program diisi program, dan \
        seterusnya.
        """,
        """
        The value is of another kind: department takes a department, program a programme, and so on.
        """)
    ),
    (
      "P0210",
      Bilingual(
        """
        Kode ini tidak dipunyai bagian rencana mana pun. Kedua lebar kode (sub kegiatan dua atau \
        empat angka) diterima. Rekening boleh tanpa uang selama ada dalam bagan akun (4.1 sampai \
        4.3, 5.1 sampai 5.4, 6.1 dan 6.2).
        """,
        """
        No part of the plan has this code. Both widths of codes are accepted. An account may have no \
        money as long as the chart has it (4.1 to 4.3, 5.1 to 5.4, 6.1 and 6.2).
        """)
    ),
    (
      "P0211",
      Bilingual(
        """
        `misal` dan `rumus` tidak boleh saling memanggil berputar; setiap naskah harus selesai.
        """,
        """
        `let` and `formula` may not call each other in a circle; every script ends.
        """)
    ),
    (
      "P0212",
      Bilingual(
        """
        Banyaknya nilai tidak sama dengan banyaknya peubah rumus.
        """,
        """
        The number of values differs from the formula's parameters.
        """)
    ),
    (
      "P0213",
      Bilingual(
        """
        Yang di depan kurung ini bukan rumus.
        """,
        """
        What stands before these brackets is not a formula.
        """)
    ),
    (
      "P0214",
      Bilingual(
        """
        Dokumen yang ada dari awal: rpjmd, rkpd, apbd, realisasi; lainnya dinyatakan dengan `dokumen \
        nama`.
        """,
        """
        Known from the start: rpjmd, rkpd, apbd, realisasi; others are declared with `document \
        name`.
        """)
    ),
    (
      "P0215",
      Bilingual(
        """
        Sumber yang ada dari awal: pad, dau, dak, dak_fisik, dak_nonfisik, dbh, dbh_cht, did, silpa, \
        pinjaman, hibah, lain; lainnya dinyatakan dengan `sumber nama`.
        """,
        """
        Known from the start: pad, dau, dak, dak_fisik, dak_nonfisik, dbh, dbh_cht, did, silpa, \
        pinjaman, hibah, lain; others are declared with `source name`.
        """)
    ),
    (
      "P0216",
      Bilingual(
        """
        Predikat harus ada pada skala indikatornya.
        Contoh: skala sakip = D < C < CC < B < BB < A < AA
        """,
        """
        A grade must be on its indicator's scale.
        Example: scale sakip = D < C < CC < B < BB < A < AA
        """)
    ),
    (
      "P0217",
      Bilingual(
        """
        Kata ini bukan nilai di tempat ini.
        """,
        """
        This word is not a value here.
        """)
    ),
    (
      "P0218",
      Bilingual(
        """
        Lubang `?` menanyakan apa yang cocok di tempat ini; ganti dengan sebuah nilai.
        """,
        """
        The hole `?` asks what belongs here; replace it with a value.
        """)
    ),
    (
      "P0219",
      Bilingual(
        """
        Di dalam kurung siku hanya tahun yang boleh tanpa dimensi.
        Salah: pagu[kominfo]
        Benar: pagu[dinas = kominfo]
        """,
        """
        Inside the brackets only a year may stand alone.
        Wrong: budget[kominfo]
        Right: budget[department = kominfo]
        """)
    ),
    (
      "P0220",
      Bilingual(
        """
        Rumus yang saling memanggil berlipat ganda diuraikan di tempat; hasilnya terlalu panjang.
        """,
        """
        Formulas that call each other many times are expanded in place; the result is too long.
        """)
    ),
    (
      "P0221",
      Bilingual(
        """
        Tahun dalam kurung siku hanya untuk deret: nilai yang berbeda tiap tahun.
        """,
        """
        A year in brackets picks from a series: a value that differs by year.
        """)
    ),
    (
      "P0222",
      Bilingual(
        """
        Dua deret yang dijumlahkan atau dibandingkan harus berlaku untuk tahun yang sama: nilai tiap tahun \
        dipasangkan dengan nilai tahun itu juga. Untuk membandingkan dua masa, jumlahkan dulu masing-masing: \
        jumlah(pagu[2025..2026]) - jumlah(pagu[2027..2028]).
        """,
        """
        Two series that are added or compared must stand for the same years: each year's value meets the \
        value of that same year. To compare two stretches of time, sum each first: sum(budget[2025..2026]) - \
        sum(budget[2027..2028]).
        """)
    ),
    (
      "P0223",
      Bilingual(
        """
        pagu[label = "..."] memilih bagian rencana yang menyatakan teks itu: label, lokasi, kelurahan atau judul. \
        Teks yang tidak ada di mana pun akan selalu memberi nol, jadi ditolak; dengan memuat ia dicari, dan yang \
        tidak ditemukan hanya diperingatkan.
        """,
        """
        budget[label = "..."] selects the parts of the plan that state that text: label, location, ward or title. \
        A text that stands nowhere would always give zero, so it is refused; with contains it is searched for, and \
        what is not found is only warned of.
        """)
    ),
  ]
}
