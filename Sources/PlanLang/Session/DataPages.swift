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
        Tanpa blok, berkas harus bersusunan Rekap SIPD 23 kolom.
        """,
        """
        Without a block the file must be the 23-column SIPD Rekap.
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
  ]
}
