/// Pages of codes; see `Pages`.
enum DeclarationPages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = [
    (
      "P0301",
      Bilingual(
        """
        Dua hal dalam satu lingkup bernama sama. Pesan menunjuk keduanya. Sumber dana dan dokumen yang dikenal sejak awal \
        tidak dinyatakan lagi; dana yang terikat diberi nama sendiri: sumber dak_kesehatan "DAK Kesehatan" terikat "kesehatan".
        """,
        """
        Two things in one scope have the same name. The message points at both. Sources of funds and documents that are known from \
        the start are not declared again; earmarked money gets a name of its own: source dak_health "DAK health" earmarked "kesehatan".
        """)
    ),
    (
      "P0302",
      Bilingual(
        """
        Pernyataan ini tidak boleh di tempat ini. Susunannya: misi > tujuan > sasaran > indikator; \
        dinas > (unit >) program > kegiatan > subkegiatan. Bentuk dampak dan `mutlak` ditulis pada baris \
        `mendorong` sendiri: `mendorong stunting jenuh mutlak { ... }`; satu titik tabel satu baris: `tabel Rp 1 M = 3`.
        """,
        """
        This statement may not stand here. The order is mission > goal > objective > indicator; \
        department > (unit >) programme > activity > subactivity. The shape of an effect and `absolute` stand on \
        the line of `drives` itself: `drives stunting saturating absolute { ... }`; a point of a table a line: `table Rp 1 billion = 3`.
        """)
    ),
    (
      "P0303",
      Bilingual(
        """
        Uang dan target memerlukan periode.
        Benar: daerah "Kota" periode 2025..2029
        """,
        """
        Money and targets need a period.
        Right: region "City" period 2025..2029
        """)
    ),
    (
      "P0304",
      Bilingual(
        """
        Periode hanya satu; dua pernyataan yang berbeda saling bertentangan.
        """,
        """
        There is one period; two different ones contradict.
        """)
    ),
    (
      "P0305",
      Bilingual(
        """
        Periode berupa dua tahun dari awal ke akhir, paling lama 100 tahun.
        """,
        """
        A period is two years from first to last, at most 100 years.
        """)
    ),
    (
      "P0306",
      Bilingual(
        """
        Banyaknya butir harus sama dengan banyaknya tahun; `-` atau `kosong` untuk yang belum ada.
        """,
        """
        There must be as many items as years; `-` or `none` for one not given.
        """)
    ),
    (
      "P0307",
      Bilingual(
        """
        Pagu ditulis sebagai rupiah.
        Benar: pagu apbd 2026 = Rp 1,5 M
        """,
        """
        A budget is written in rupiah.
        Right: budget apbd 2026 = Rp 1,5 billion
        """)
    ),
    (
      "P0308",
      Bilingual(
        """
        Nilai indikator harus cocok dengan satuannya: persen, bilangan, rentang, atau predikat pada \
        skalanya.
        """,
        """
        An indicator's values must fit its unit: percent, number, range, or a grade on its scale.
        """)
    ),
    (
      "P0309",
      Bilingual(
        """
        Pagu, pendapatan dan pembiayaan tidak pernah negatif; pengeluaran pembiayaan dinyatakan \
        sebagai pengeluaran.
        """,
        """
        Budgets, revenue and financing are never negative; financing outflows are declared as \
        outflows.
        """)
    ),
    (
      "P0310",
      Bilingual(
        """
        Satu dokumen dinyatakan pada satu tingkat saja di tiap cabang, supaya uang tidak terhitung \
        dua kali.
        """,
        """
        A document is declared at one level of each branch only, so that no money counts twice.
        """)
    ),
    (
      "P0311",
      Bilingual(
        """
        Skala ini belum dinyatakan.
        Benar: skala sakip = D < C < CC < B < BB < A < AA
        """,
        """
        This scale is not declared.
        Right: scale sakip = D < C < CC < B < BB < A < AA
        """)
    ),
    (
      "P0312",
      Bilingual(
        """
        Sebuah bagian yang wajib belum ditulis.
        """,
        """
        A required part is missing.
        """)
    ),
    (
      "P0313",
      Bilingual(
        """
        Kode ini tidak terbentuk seperti kode di tempat ini (Permendagri 90/2019).
        """,
        """
        This code is not formed as codes are here (Permendagri 90/2019).
        """)
    ),
    (
      "P0314",
      Bilingual(
        """
        Kelas kapasitas fiskal: sangat_tinggi, tinggi, sedang, rendah, sangat_rendah.
        """,
        """
        Fiscal classes: very_high, high, medium, low, very_low.
        """)
    ),
    (
      "P0315",
      Bilingual(
        """
        Jumlah seluruh pagu melampaui batas bilangan 64 bit dalam sen, sekitar Rp92.233 T.
        """,
        """
        The sum of all budgets passes 64 bits of sen, about Rp92.233 trillion.
        """)
    ),
    (
      "P0316",
      Bilingual(
        """
        Pilihan ini tidak dikenal di sini.
        """,
        """
        This choice is not known here.
        """)
    ),
    (
      "P0317",
      Bilingual(
        """
        Paket aturan itu tidak ada. Yang disertakan: rpjmd, belanja-wajib, pergeseran, nomenklatur. Paket
        sendiri adalah berkas `.plan` di bawah folder naskah: `pakai "aturan-kami.plan"`.
        """,
        """
        There is no such rule pack. Those that ship: rpjmd, belanja-wajib, pergeseran, nomenklatur. One of
        your own is a `.plan` file below the script's folder: `use "our-rules.plan"`.
        """)
    ),
    (
      "P0318",
      Bilingual(
        """
        Prioritas pendanaan: I, II atau III (Permendagri 86/2017).
        """,
        """
        Funding priorities: I, II or III (Permendagri 86/2017).
        """)
    ),
    (
      "P0319",
      Bilingual(
        """
        `kecuali` menyebut aturan yang tidak ada.
        """,
        """
        `except` names a rule that does not exist.
        """)
    ),
    (
      "P0320",
      Bilingual(
        """
        Rentang, misalnya target atau biaya satuan, ditulis dari kecil ke besar.
        Benar: 5,00 s.d. 5,31
        """,
        """
        A range, such as a target or a unit cost, goes from low to high.
        Right: 5,00 up_to 5,31
        """)
    ),
    (
      "P0321",
      Bilingual(
        """
        Satu keterangan hanya diisi sekali: tiap tahun sebuah target, satu satuan, satu arah, satu awal.
        Salah: target 2026 = 5 dan lagi target 2025..2027 = 4; 5; 6
        Benar: target 2025..2027 = 4; 5; 6
        """,
        """
        Each thing is given once: every year of a target, one unit, one direction, one baseline.
        Wrong: target 2026 = 5 and again target 2025..2027 = 4; 5; 6
        Right: target 2025..2027 = 4; 5; 6
        """)
    ),
    (
      "P0322",
      Bilingual(
        """
        Uang dengan dokumen, tahun, tempat, rekening dan sumber yang sama dinyatakan dua kali. Bahasa ini \
        tidak menjumlahkannya diam-diam, sebab bisa jadi salah satunya tertinggal dari penyuntingan.
        Benar: jumlahkan menjadi satu baris, atau rinci dengan `uraian`
        """,
        """
        Money of one document, year, place, account and source is declared twice. The language does not add it \
        up in silence: one of the two may be left over from editing.
        Right: add it up in one line, or detail it with `item`
        """)
    ),
    (
      "P0323",
      Bilingual(
        """
        Di satu tempat pagu dinyatakan sebagai jumlah, dan di tempat yang sama dirinci per rekening atau sumber: \
        uangnya akan terhitung dua kali.
        Benar: hapus jumlahnya; jumlah dihitung dari rincian
        """,
        """
        At one place a budget is declared as a total, and at the same place in detail by account or source: its \
        money would count twice.
        Right: delete the total; it is the sum of the details
        """)
    ),
    (
      "P0324",
      Bilingual(
        """
        Rentang tahun ditulis dari yang awal ke yang akhir.
        Salah: 2029..2025
        Benar: 2025..2029
        """,
        """
        A range of years is written from the first to the last.
        Wrong: 2029..2025
        Right: 2025..2029
        """)
    ),
    (
      "P0401",
      Bilingual(
        """
        Skenario ini belum dinyatakan. `skenario` sendirian mendaftar semuanya.
        """,
        """
        This scenario is not declared. `scenario` alone lists all.
        """)
    ),
    (
      "P0403",
      Bilingual(
        """
        Suntingan memindahkan rupiah, persen, atau `semua`.
        Benar: geser Rp 2 M ..., geser 10% ..., geser semua ...
        """,
        """
        An edit moves rupiah, a percentage, or `all`.
        """)
    ),
    (
      "P0404",
      Bilingual(
        """
        Suntingan ini kurang satu bagian, misalnya `ke`.
        Benar: geser Rp 2 M dari a ke b tahun 2026
        """,
        """
        This edit lacks a part, such as `to`.
        Right: shift Rp 2 billion from a to b in 2026
        """)
    ),
    (
      "P0405",
      Bilingual(
        """
        Uang hanya ada pada perangkat daerah, program, kegiatan, subkegiatan, uraian, atau \
        irisannya.
        """,
        """
        Money stands at departments, programmes, activities, subactivities, items, or slices of \
        them.
        """)
    ),
    (
      "P0410",
      Bilingual(
        """
        `cari x agar SYARAT dengan SUNTINGAN` mencari x terkecil; x harus berdiri dalam suntingannya, sebagai jumlah uang.
        Benar: cari x agar aturan r6 dengan geser x dari umum ke inspektorat.audit tahun 2026
        """,
        """
        `seek x so_that CONDITION with EDITS` looks for the least x; x must stand in the edits, as an amount of money.
        Right: seek x so_that rule r6 with shift x from umum to inspektorat.audit in 2026
        """)
    ),
    (
      "P0406",
      Bilingual(
        """
        `tetapkan` mengubah target, proyeksi, awal, parameter, atau pagu satu tahun.
        Benar: tetapkan stunting.target[2027] = 9,8%
        """,
        """
        `set` changes a target, projection, baseline, parameter, or one year's budget.
        Right: set stunting.target[2027] = 9,8%
        """)
    ),
    (
      "P0407",
      Bilingual(
        """
        Suntingan uang perlu tahun.
        Benar: ... tahun 2026
        """,
        """
        An edit of money needs a year.
        Right: ... in 2026
        """)
    ),
    (
      "P0408",
      Bilingual(
        """
        `tunda` hanya ke tahun yang lebih akhir.
        """,
        """
        `defer` goes to a later year only.
        """)
    ),
    (
      "P0409",
      Bilingual(
        """
        Di dalam skenario hanya suntingan; pernyataan rencana ditulis di luar.
        """,
        """
        A scenario holds edits only; declarations stand outside.
        """)
    ),
  ]
}
