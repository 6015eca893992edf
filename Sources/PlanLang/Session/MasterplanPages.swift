/// Pages of codes about the masterplan; see `Pages`.
enum MasterplanPages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = [
    (
      "P0326",
      Bilingual(
        """
        Inisiatif masterplan bukan tempat uang: uangnya pagu program, kegiatan atau subkegiatan yang dilaluinya, dan dampaknya
        pada indikator diukur dari uang itu. Yang dimiliki inisiatif: dimensi, percepatan, penanggung jawab, `melalui`, indikator
        yang didorongnya (tanpa bentuk), dan `peta_jalan` tiap tahun.
        Benar: melalui dukcapil.layanan_keliling
               peta_jalan 2026..2029 = Rp 3 M; 3,2 M; 3,4 M; 3,6 M
        """,
        """
        An initiative of the masterplan is no place for money: its money is the budget of the programmes, activities or
        subactivities it goes through, and its effect on indicators is measured from that money. An initiative has: a dimension,
        quick_win, an owner, `through`, the indicators it drives (without a shape), and a `roadmap` by year.
        Right: through dukcapil.layanan_keliling
               roadmap 2026..2029 = Rp 3 billion; 3,2 billion; 3,4 billion; 3,6 billion
        """)
    )
  ]
}
