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
  ]
}
