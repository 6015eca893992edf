/// Pages of what may be wrong where money moves indicators.
enum ResponsePages {
  static let all: [(code: String, page: Bilingual)] = [
    (
      "P0325",
      Bilingual(
        """
        Tiap tahun sebuah limpahan meneruskan bagiannya. Bila hasil kali bagian-bagian satu putaran 1 atau lebih, dampaknya
        membesar dari tahun ke tahun tanpa uang baru; biasanya salah satu angkanya keliru.
        """,
        """
        Each year a spillover hands its share on. Where the shares of a loop multiply to 1 or more, the effect grows from year
        to year without new money; most often one of the figures is wrong.
        """)
    ),
    (
      "P0330",
      Bilingual(
        """
        Peluang sebuah syarat dihitung dari undian: `peluang(...)` hanya ada dalam `tampilkan` sebuah `simulasi`.
        Benar: simulasi 10000 tampilkan peluang(stunting[2027] <= 10%)
        """,
        """
        The chance of a condition is counted over draws: `chance(...)` stands only in the `show` of a `simulate`.
        Right: simulate 10000 show chance(stunting[2027] <= 10%)
        """)
    ),
    (
      "P0331",
      Bilingual(
        """
        Biaya satuan, banyaknya penerima, kelipatan, dampak dan elastisitas hanya berarti di atas nol. Sebuah `normal` yang lebar
        juga memberi nol dan angka negatif; di undian itu uangnya dihitung tanpa dampak, dan peluangnya memihak.
        Keliru: parameter biaya ~ normal(Rp 1 jt; 600 rb)
        Benar: parameter biaya ~ lognormal(Rp 1 jt; 0,5)
        """,
        """
        A unit cost, a number of beneficiaries, a lump, an effect and an elasticity only mean something above zero. A wide `normal`
        gives zero and negative figures too; in such a draw the money is counted without effect, and the chances lean.
        Wrong: parameter cost ~ normal(Rp 1 million; 600 thousand)
        Right: parameter cost ~ lognormal(Rp 1 million; 0,5)
        """)
    ),
    (
      "P0332",
      Bilingual(
        """
        Dalam kurung kurawal `simulasi`, `sapu` dan `cari` berdiri suntingan yang dicoba: geser, potong, tambah, tunda, tetapkan,
        ubah, kunci, buka. Pertanyaan dan pernyataan rencana tidak mengubah apa pun di sana. Skenario yang dibandingkan disebut di
        depan kurung.
        Keliru: simulasi 10000 { cek } tampilkan stunting[2027]
        Benar: simulasi 10000 a, b tampilkan stunting[2027]
        """,
        """
        The braces of `simulate`, `sweep` and `seek` hold the edits that are tried: shift, cut, add, defer, set, change, lock,
        unlock. Questions and declarations change nothing there. Scenarios to compare are named before the braces.
        Wrong: simulate 10000 { check } show stunting[2027]
        Right: simulate 10000 a, b show stunting[2027]
        """)
    ),
    (
      "P0333",
      Bilingual(
        """
        `simulasi N a, b` membandingkan skenario seperti adanya; `simulasi N a { ... }` mencoba suntingan pada satu skenario.
        Keduanya sekaligus tidak mengatakan pada skenario mana suntingannya dicoba.
        """,
        """
        `simulate N a, b` compares scenarios as they are; `simulate N a { ... }` tries edits in one scenario. Both at once does not
        say in which scenario the edits are tried.
        """)
    ),
    (
      "P0334",
      Bilingual(
        """
        Tiap kasus `sapu` dihitung sendiri dan menjadi satu baris atau sel; yang lebih dari seribu tidak terbaca orang. Dua ubahan
        atau lebih mencoba semua pasangan nilainya: 40 x 40 sudah 1.600. `simulasi` membandingkan paling banyak delapan skenario,
        sebab tiap pasangan disandingkan. Yang tak pasti dan banyak ubahannya lebih baik diundi dengan `simulasi`.
        """,
        """
        Each case of a `sweep` is computed by itself and becomes a row or a cell; nobody reads more than a thousand. Two variables
        or more try all pairs of their values: 40 x 40 are 1.600 already. `simulate` compares at most eight scenarios, since each is
        held against each. What is uncertain and has many variables is better drawn with `simulate`.
        """)
    ),
  ]
}
