/// Pages of codes; see `Pages`.
enum SyntaxPages {
  /// Code and page.
  static let all: [(code: String, page: Bilingual)] = [
    (
      "P0101",
      Bilingual(
        """
        Di tempat ini tata bahasa mengharapkan kata atau tanda lain; semua yang mungkin disebut \
        dalam pesan. Sering karena baris terpotong atau tanda lupa ditulis.
        Salah: misal x = Rp 2 M +
        Benar: misal x = Rp 2 M + Rp 1 M
        """,
        """
        The grammar expects another word or mark here; the message lists all that are possible. \
        Often a line was cut or a mark forgotten.
        Wrong: let x = Rp 2 billion +
        Right: let x = Rp 2 billion + Rp 1 billion
        """)
    ),
    (
      "P0102",
      Bilingual(
        """
        Baris ini dimulai dengan kata yang bukan awal pernyataan. Periksa ejaannya; kata terdekat \
        disebut bila ada.
        Salah: gesre Rp 2 M dari a ke b tahun 2026
        Benar: geser Rp 2 M dari a ke b tahun 2026
        """,
        """
        This line begins with a word that begins no statement. Check its spelling; the nearest word \
        is named where there is one.
        Wrong: shfit Rp 2 billion from a to b in 2026
        Right: shift Rp 2 billion from a to b in 2026
        """)
    ),
    (
      "P0103",
      Bilingual(
        """
        Bilangan dengan satu tanda dan tepat tiga angka di belakangnya dapat dibaca ribuan atau \
        desimal. Bahasa ini tidak menebak.
        Salah: 1.250
        Benar: 1250, atau 1,25
        """,
        """
        A number with one mark and exactly three digits behind it can be thousands or a decimal. The \
        language never guesses.
        Wrong: 1.250
        Right: 1250, or 1,25
        """)
    ),
    (
      "P0104",
      Bilingual(
        """
        Uang berskala dengan satu titik dan tiga angka dapat dibaca dua cara; media sering menulis \
        Rp 1.521 T padahal maksudnya 1,521 triliun.
        Benar: Rp 1,521 T atau Rp 1521 T
        """,
        """
        Money with a scale, one dot and three digits reads two ways; the press often writes Rp 1.521 \
        T and means 1,521 trillion.
        Right: Rp 1,521 trillion or Rp 1521 trillion
        """)
    ),
    (
      "P0105",
      Bilingual(
        """
        Tanda desimal rupiah adalah koma; titik memisahkan ribuan.
        Salah: Rp 1.5 M
        Benar: Rp 1,5 M
        """,
        """
        Rupiah's decimal mark is the comma; dots separate thousands.
        Wrong: Rp 1.5 billion
        Right: Rp 1,5 billion
        """)
    ),
    (
      "P0106",
      Bilingual(
        """
        Titik ribuan memisahkan tiap tiga angka, dihitung dari kanan.
        Salah: 1.25.000
        Benar: 1.250.000 atau 125.000 ditulis 125000
        """,
        """
        Dots separate groups of three digits from the right.
        Wrong: 1.25.000
        Right: 1.250.000
        """)
    ),
    (
      "P0107",
      Bilingual(
        """
        Tanpa skala, rupiah paling banyak dua desimal: sen.
        Salah: Rp 1,234
        Benar: Rp 1,23 atau Rp 1,234 M
        """,
        """
        Without a scale rupiah has at most two decimals: sen.
        Wrong: Rp 1,234
        Right: Rp 1,23 or Rp 1,234 billion
        """)
    ),
    (
      "P0108",
      Bilingual(
        """
        Jumlah ini tidak dapat ditulis dalam sen bulat.
        Benar: kurangi angka di belakang koma
        """,
        """
        This amount cannot be written in whole sen.
        Right: use fewer decimals
        """)
    ),
    (
      "P0109",
      Bilingual(
        """
        Satu-satunya isi kurung ini memakai koma: mungkin dua nilai, mungkin satu desimal.
        Salah: bulat(1,2)
        Benar: bulat(1; 2) atau bulat(1.2)
        """,
        """
        The only item of these brackets has a comma: perhaps two values, perhaps one decimal.
        Wrong: round(1,2)
        Right: round(1; 2) or round(1.2)
        """)
    ),
    (
      "P0110",
      Bilingual(
        """
        Kata skala seperti `M` hanya untuk uang, dan uang ditulis dengan Rp.
        Salah: misal x = 15 M
        Benar: misal x = Rp 15 M
        """,
        """
        A scale word is for money only, and money is written with Rp.
        Wrong: let x = 15 billion
        Right: let x = Rp 15 billion
        """)
    ),
    (
      "P0111",
      Bilingual(
        """
        Dalam daftar uang, butir berikutnya mewarisi Rp tetapi tidak skalanya.
        Salah: Rp 14 M; 15
        Benar: Rp 14 M; 15 M
        """,
        """
        In a list of money later items inherit Rp but not the scale.
        Wrong: Rp 14 billion; 15
        Right: Rp 14 billion; 15 billion
        """)
    ),
    (
      "P0112",
      Bilingual(
        """
        Bilangan ini tidak muat dalam 64 bit; uang paling besar sekitar Rp92.233 T.
        """,
        """
        This number does not fit in 64 bits; money goes up to about Rp92.233 trillion.
        """)
    ),
    (
      "P0113",
      Bilingual(
        """
        Teks dibuka dengan kutip dan ditutup pada baris yang sama; teks beberapa baris memakai tiga \
        kutip.
        Benar: "Kota Manado"
        """,
        """
        A text opens with a quote and closes on the same line; texts of several lines use three \
        quotes.
        Right: "Kota Manado"
        """)
    ),
    (
      "P0114",
      Bilingual(
        """
        Kurung atau blok ini belum ditutup ketika naskah berakhir.
        """,
        """
        This bracket or block is still open where the text ends.
        """)
    ),
    (
      "P0115",
      Bilingual(
        """
        Kurung, blok dan operator bersarang paling dalam 200 tingkat, supaya setiap naskah selesai.
        Benar: beri nama bagiannya dengan `misal`
        """,
        """
        Brackets, blocks and operators nest at most 200 deep, so that every script ends.
        Right: name the parts with `let`
        """)
    ),
    (
      "P0116",
      Bilingual(
        """
        Tanda ini bukan bagian bahasa.
        """,
        """
        This mark is not part of the language.
        """)
    ),
    (
      "P0117",
      Bilingual(
        """
        Kode berupa angka dan titik; koma tidak dikenal di dalamnya.
        Benar: kode 1.02.02
        """,
        """
        A code is digits and dots; it has no commas.
        Right: code 1.02.02
        """)
    ),
    (
      "P0118",
      Bilingual(
        """
        Tanggal ditulis tahun-bulan-hari dan harus ada dalam kalender.
        Benar: tanggal 2026-10-05, sampai 2026-12
        """,
        """
        A date is year-month-day and must exist.
        Right: date 2026-10-05, until 2026-12
        """)
    ),
    (
      "P0120",
      Bilingual(
        """
        Rp, dan, atau, bukan, jika, untuk tidak dapat menjadi nama.
        """,
        """
        Rp, and, or, not, if, for cannot be names.
        """)
    ),
    (
      "P0121",
      Bilingual(
        """
        Naskah harus UTF-8. Simpan ulang dari penyunting dengan pengodean UTF-8.
        """,
        """
        A text must be UTF-8. Save it again as UTF-8.
        """)
    ),
    (
      "P0123",
      Bilingual(
        "Satu naskah paling banyak 40 juta kata dan tanda, supaya memori terbatas. Yang selebihnya tidak dibaca.",
        "One text has at most 40 million words and marks, so that memory is bounded. What follows is not read.")
    ),
  ]
}
