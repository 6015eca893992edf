/// Pages of codes; see `Pages`.
enum RunPages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = [
    (
      "P0601",
      Bilingual(
        """
        Setiap naskah selesai: hitungan dibatasi 100 juta langkah, dapat diubah dengan --max-steps.
        """,
        """
        Every script ends: runs are limited to 100 million steps, changed with --max-steps.
        """)
    ),
    (
      "P0602",
      Bilingual(
        """
        Daftar dan teks yang dibuat sambil berjalan dibatasi 1 GiB, dapat diubah dengan \
        --max-memory.
        """,
        """
        Lists and texts made while running are limited to 1 GiB, changed with --max-memory.
        """)
    ),
    (
      "P0603",
      Bilingual(
        """
        Satu jalan dibatasi 10 detik, dapat diubah dengan --max-seconds.
        """,
        """
        A run is limited to 10 seconds, changed with --max-seconds.
        """)
    ),
    (
      "P0604",
      Bilingual(
        """
        Jumlah melampaui 64 bit dalam sen. Tidak ada yang berubah.
        """,
        """
        A sum passes 64 bits of sen. Nothing changed.
        """)
    ),
    (
      "P0605",
      Bilingual(
        """
        Dihentikan dengan Ctrl-C. Pernyataan yang sedang berjalan tidak terjadi.
        """,
        """
        Stopped with Ctrl-C. The statement that ran did not happen.
        """)
    ),
    (
      "P0606",
      Bilingual(
        """
        Nilai skenario lain dibaca sebelum skenario itu dibuat. Pindahkan pernyataannya ke bawah.
        """,
        """
        Another scenario's value is read before it is made. Move the statement below it.
        """)
    ),
    (
      "P0607",
      Bilingual(
        """
        Parameter boleh memakai parameter lain, paling dalam 200 tingkat. Gabungkan beberapa di antaranya.
        """,
        """
        A parameter may use other parameters, at most 200 levels deep. Join some of them.
        """)
    ),
    (
      "P0610",
      Bilingual(
        """
        Uang tetap bersumber sama saat berpindah. Tujuan yang menyebut sumber lain, misalnya ke B.pagu[sumber = pad] \
        untuk uang dau, tidak dapat dipenuhi. Hapus sumber dari tujuannya, atau batasi asalnya pada sumber itu.
        """,
        """
        Money keeps its source of funds as it moves. A destination that names another one, such as \
        to B.budget[source = pad] for dau money, cannot be met. Take the source off the destination, or limit where \
        the money comes from to that source.
        """)
    ),
    (
      "P0611",
      Bilingual(
        """
        Yang diminta melebihi yang ada; tidak ada yang pindah.
        """,
        """
        More is asked than there is; nothing moved.
        """)
    ),
    (
      "P0612",
      Bilingual(
        """
        Bagian ini dikunci dengan `kunci`; tidak ada yang pindah.
        """,
        """
        This part is locked with `lock`; nothing moved.
        """)
    ),
    (
      "P0613",
      Bilingual(
        """
        Dana yang ditentukan penggunaannya (DAK, DBH-CHT, kode sumber berawalan 2) tidak keluar dari \
        bidangnya.
        """,
        """
        Earmarked money (DAK, DBH-CHT, source codes beginning with 2) does not leave its field.
        """)
    ),
    (
      "P0614",
      Bilingual(
        """
        Pagu tidak boleh turun di bawah nilai kontraknya (`kontrak`).
        """,
        """
        A budget may not fall below its contract (`contract`).
        """)
    ),
    (
      "P0615",
      Bilingual(
        """
        Tujuan ini belum punya rekening, sedangkan uang di rencana ini dirinci menurut rekening.
        Benar: ke baru.pagu[rekening = @5.1.02.02]
        """,
        """
        This destination has no account yet, while the plan's money is detailed by account.
        Right: to baru.budget[account = @5.1.02.02]
        """)
    ),
    (
      "P0616",
      Bilingual(
        """
        Tidak ada sel uang di sini pada tahun itu.
        """,
        """
        There is no cell of money here in that year.
        """)
    ),
    (
      "P0617",
      Bilingual(
        """
        Dokumen ini dinyatakan pada tingkat di atasnya; bagiannya tidak dirinci.
        """,
        """
        This document is declared at a level above; its parts are not detailed.
        """)
    ),
    (
      "P0618",
      Bilingual(
        """
        Jumlah yang digeser tidak negatif; tukar `dari` dan `ke`.
        """,
        """
        The amount moved is not negative; swap `from` and `to`.
        """)
    ),
    (
      "P0619",
      Bilingual(
        """
        Jumlah yang digeser tidak dapat dihitung, misalnya karena pembagian dengan nol.
        """,
        """
        The amount to move cannot be computed, for instance a division by zero.
        """)
    ),
    (
      "P0620",
      Bilingual(
        """
        Tujuan ini memuat beberapa bagian yang belum beruang; sebut satu bagian dan rekeningnya.
        """,
        """
        This destination holds several parts without money; name one part and its account.
        """)
    ),
    (
      "P0621",
      Bilingual(
        """
        Bagian dalam persen antara 0% dan 100%.
        """,
        """
        A share lies between 0% and 100%.
        """)
    ),
  ]
}
