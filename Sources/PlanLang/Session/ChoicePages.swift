/// Pages of codes; see `Pages`.
enum ChoicePages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = [
    (
      "P0812",
      Bilingual(
        """
        Syarat-syarat yang disebut tidak dapat dipenuhi bersama, apa pun yang dipilih. Himpunan yang ditunjukkan adalah yang \
        terkecil: tanpa salah satunya, sisanya dapat dipenuhi.
        """,
        """
        The conditions named cannot be met together, whatever is chosen. The set shown is a smallest one: without any one of \
        them the rest can be met.
        """)
    ),
    (
      "P0813",
      Bilingual(
        """
        Rencana tidak menyatakan proyek, atau syarat `jika` tidak menyisakan satu pun.
        """,
        """
        The plan declares no project, or the condition `if` leaves none.
        """)
    ),
    (
      "P0814",
      Bilingual(
        """
        Tanpa `maksimalkan`, yang dibesarkan adalah `manfaat` tiap proyek; proyek ini tidak menyatakannya.
        """,
        """
        Without `maximise`, what is made large is the `benefit` of each project; this one does not state it.
        """)
    ),
    (
      "P0815",
      Bilingual(
        """
        Penyelesai belum menemukan himpunan yang memenuhi semua syarat ketika waktunya habis. Kurangi proyek atau syaratnya.
        """,
        """
        The solver had found no set that meets all conditions when its time was over. Take fewer projects or conditions.
        """)
    ),
    (
      "P0816",
      Bilingual(
        """
        Jawaban penyelesai dijumlahkan kembali dalam sen sebelum disebut. Yang ini tidak cocok, atau penyelesainya gagal, dan karena itu \
        bukan jawaban.
        """,
        """
        What the solver answers is added up again in sen before it is told. This one does not fit, or the solver failed, and so \
        it is no answer.
        """)
    ),
    (
      "P0817",
      Bilingual(
        """
        Biaya proyek, pagu dan batas adalah rupiah yang tidak negatif, atau bilangan bulat untuk banyaknya proyek.
        """,
        """
        Costs of projects, budgets and bounds are amounts of rupiah that are not negative, or whole numbers where projects are \
        counted.
        """)
    ),
  ]
}
