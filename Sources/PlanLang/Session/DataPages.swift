/// Pages of codes; see `Pages`.
enum DataPages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = [
    (
      "P0502",
      Bilingual(
        """
        Kolom ini tidak ada pada kepala berkas CSV.
        """,
        """
        The CSV's header has no such column.
        """)
    ),
    (
      "P0503",
      Bilingual(
        """
        Sebuah kolom memuat kode atau nama (dinas.kode, program.nama, sumber.kode, ...), rekening, \
        label, atau pagu suatu dokumen.
        """,
        """
        A column holds a code or name (office.code, programme.name, source.code, ...), an account, a \
        label, or a document's budget.
        """)
    ),
    (
      "P0504",
      Bilingual(
        """
        Pemetaan harus menyebut paling sedikit satu kolom pagu.
        """,
        """
        A mapping names at least one budget column.
        """)
    ),
    (
      "P0505",
      Bilingual(
        """
        Pemetaan harus menyebut dinas dan program atau subkegiatan.
        """,
        """
        A mapping names the department and the programme or subactivity.
        """)
    ),
    (
      "P0506",
      Bilingual(
        """
        Tanpa blok, berkas harus berupa CSV UTF-8 bersusunan Rekap SIPD 23 kolom.
        Buku kerja diberi nama .xlsx; yang disimpan sebagai UTF-16 disimpan lagi sebagai "CSV UTF-8".
        """,
        """
        Without a block the file must be a CSV in UTF-8 with the 23 columns of SIPD's Rekap.
        A workbook is named .xlsx; what was saved as UTF-16 is saved again as "CSV UTF-8".
        """)
    ),
    (
      "P0507",
      Bilingual(
        """
        Tahun anggaran disebut dengan `tahun 2026`, pada kolom pagunya, atau pada kolom tahun.
        """,
        """
        The budget year is said with `year 2026`, at the budget column, or in a year column.
        """)
    ),
    (
      "P0508",
      Bilingual(
        """
        Berkas ini tidak berisi baris data.
        """,
        """
        This file holds no rows of data.
        """)
    ),
    (
      "P0511",
      Bilingual(
        """
        Berkas ini bernama .xlsx tetapi isinya lain: halaman HTML yang diunduh dari SIPD, buku kerja .xls \
        lama, .xlsb, .ods, PDF atau teks. Buka di lembar kerja, lalu simpan sebagai .xlsx atau CSV. Tidak \
        ada yang dimuat.
        """,
        """
        This file is named .xlsx but holds something else: a page of HTML as SIPD downloads it, an old .xls \
        workbook, .xlsb, .ods, a PDF or text. Open it in a spreadsheet and save it as .xlsx or CSV. \
        Nothing is loaded.
        """)
    ),
    (
      "P0512",
      Bilingual(
        """
        Buku kerja ini dikunci dengan kata sandi. PlanLang tidak membuka sandi: simpan salinan tanpa sandi.
        """,
        """
        This workbook is locked with a password. PlanLang opens no passwords: save a copy without one.
        """)
    ),
    (
      "P0513",
      Bilingual(
        """
        Buku kerja ini terpotong, berubah di jalan (jumlah periksanya lain), atau tersusun salah: baris atau \
        sel yang tidak berurutan, teks bersama yang tidak ada. Tidak ada yang dimuat darinya.
        """,
        """
        This workbook is cut off, was changed on the way (its checksum differs), or is put together wrongly: \
        rows or cells out of order, shared texts that are not there. Nothing of it is loaded.
        """)
    ),
    (
      "P0514",
      Bilingual(
        """
        Isi buku kerja, setelah dibuka dari kemasannya, melampaui batas ukuran berkas, atau jauh lebih besar \
        dari kemasannya daripada data yang wajar. Hapus baris dan lembar yang tidak perlu.
        """,
        """
        What the workbook unpacks to passes the limit of a file, or is larger than its packing by far more \
        than honest data are. Delete the rows and sheets that are not needed.
        """)
    ),
    (
      "P0515",
      Bilingual(
        """
        `lembar "Rekap"` memilih lembar menurut namanya (huruf besar dan kecil sama), `lembar 2` menurut \
        urutannya. Tanpa itu lembar pertama yang tidak disembunyikan dibaca.
        """,
        """
        `sheet "Rekap"` chooses a sheet by its name (in any case), `sheet 2` by its place. Without it the \
        first sheet that is not hidden is read.
        """)
    ),
    (
      "P0516",
      Bilingual(
        """
        `lembar` memilih lembar sebuah buku kerja .xlsx; berkas ini CSV dan hanya satu tabel.
        """,
        """
        `sheet` chooses a sheet of an .xlsx workbook; this file is a CSV and a single table.
        """)
    ),
  ]
}
