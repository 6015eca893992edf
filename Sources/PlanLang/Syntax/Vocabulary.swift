/// A word of the language, named for its meaning, never for a spelling.
public enum Word: UInt16, Sendable, CaseIterable {
  // The region and its documents
  case region, period, kind, city, regency, province, fiscal, document, working, vision, mission, goal, objective
  // Indicators
  case indicator, unit, direction, up, down, within, baseline, target, projection, withoutProgrammes, bounds
  case position, cumulative, runningTotal, precision, achievement, positive, negative, negativeLAN, progress, cap
  case roundClass, final, weight
  // Spending
  case department, office, board, district, secretariat, hospital, workUnit, program, activity, subactivity, item
  case code, supports, drives, budget, account, source, label, location, ward, priority, contract, realised
  case function, affairs, spendingKind, earmarked, volume, price, strategy, policy
  // What drives an indicator
  case unitCost, fixedCost, lump, ceiling, saturating, elastic, tabular, perUnit, beneficiaries, highest, after
  case years, spreading, decay, perYear, random, additive, best, spillover, absolute, calibrated, accordingTo, grade
  case elasticity, base, effect
  // Revenue
  case revenue, financing, expense, receipt
  // Values
  case scale, parameter, letting, formula, distributed, normal, lognormal, uniform, triangular, discrete
  // Rules
  case rule, mandatory, advisory, basis, inYear, except, because, by, until, use, pack
  // Scenarios
  case scenario, from, to, shift, cut, add, postpone, set, change, lock, unlock, all, equally, dated, urgent
  // Questions
  case check, compare, show, instrument, why, trace, who, explain, load, export, report, tolerance, reconcile
  case seek, sweep, simulate, sensitivity, repair, optimise, choose
  // Loading data
  case column, separator, figures, plainFigures, indonesianFigures, sheet, header, rows
  // Expressions
  case and, or, not, given, then, otherwise, forEach, inSet, of, upTo, modulo, truthTrue, truthFalse, fold
  case sum, average, least, greatest, count, any, round, floor, contains, matches, length, series, title, name
  case achieved, classOf, ratioOf, percentPoint, percent, nothing
  // Scales of numbers
  case rupiah, thousand, million, billion, trillion
  // Exercises
  case exercise, question, start, done, hint, narrate
  // The root scenario
  case root
  // Phrases whose words stand in another order in English: working document, unit cost
  case workingLead, costLead, costTail
  // The year as a unit of time: after 1 year, 10% per year
  case year
  // Goal seek: seek x so_that c with edits
  case soThat, with
  // A chart in the terminal, of bars or of lines
  case chart, lines
  // When a rule is in force
  case inForce, since
  // What a plan's parts are compared with
  case declared, take, official, namesakes, likeness
  // Who supports a goal, who loses by a scenario; an amount in words
  case supporting, losing, inWords
  // The entries to make again in SIPD
  case entries
  // How far apart the values of a sweep are
  case stride
  // Draws: their seed, in strata, one of them again, the chance of a condition, what moves together, the smallest harm
  case seed, latin, replayed, chance, correlation, stress
  // What is sought: high or low, one against another; the most that may be moved; the best nearby only
  case maximise, minimise, tradeOff, against, atMost, nearby
  // Projects to choose from: what they are worth, need and exclude; what is made large under what
  case project, benefit, requires, rejects, underCeiling, fewest, include, exclude
  // A smart city masterplan: its initiatives and their six dimensions
  case initiative, dimension, governance, branding, economy, living, society, environment, quickWin, through, owner
  case roadmap, itIndex, masterplan
  // The money a study looked at; what programmes do together beyond what each does alone
  case studied, synergy
  // Each of the groups that something stands in
  case each
}

/// THE table: every word of the language in both spellings; the first of each list is what the formatter writes.
///
/// A spelling may stand for several words (English `in` is `inYear` and `inSet`); the parser decides by place.
public enum Vocabulary {
  /// The rows, in the order of `Word`.
  public static let rows: [(word: Word, id: [String], en: [String])] = [
    (.region, ["daerah"], ["region"]),
    (.period, ["periode"], ["period"]),
    (.kind, ["jenis"], ["kind"]),
    (.city, ["kota"], ["city"]),
    (.regency, ["kabupaten"], ["regency"]),
    (.province, ["provinsi"], ["province"]),
    (.fiscal, ["fiskal"], ["fiscal"]),
    (.document, ["dokumen"], ["document"]),
    (.working, ["kerja"], ["document"]),
    (.vision, ["visi"], ["vision"]),
    (.mission, ["misi"], ["mission"]),
    (.goal, ["tujuan"], ["goal"]),
    (.objective, ["sasaran"], ["objective"]),
    (.indicator, ["indikator"], ["indicator"]),
    (.unit, ["satuan"], ["unit"]),
    (.direction, ["arah"], ["direction"]),
    (.up, ["naik"], ["up"]),
    (.down, ["turun"], ["down"]),
    (.within, ["rentang"], ["within"]),
    (.baseline, ["awal"], ["baseline"]),
    (.target, ["target"], ["target"]),
    (.projection, ["proyeksi"], ["projection"]),
    (.withoutProgrammes, ["tanpa_program"], ["without_programmes"]),
    (.bounds, ["batas"], ["bounds"]),
    (.position, ["posisi"], ["position"]),
    (.cumulative, ["kumulatif"], ["cumulative"]),
    (.runningTotal, ["kumulatif_berjalan"], ["running_total"]),
    (.precision, ["ketelitian"], ["precision"]),
    (.achievement, ["capaian"], ["achievement"]),
    (.positive, ["f1"], ["f1"]),
    (.negative, ["f2"], ["f2"]),
    (.negativeLAN, ["f3"], ["f3"]),
    (.progress, ["f4"], ["f4"]),
    (.cap, ["dibatasi"], ["capped"]),
    (.roundClass, ["bulatkan"], ["rounded"]),
    (.final, ["akhir"], ["final"]),
    (.weight, ["bobot"], ["weight"]),
    (.department, ["perangkat_daerah", "opd", "skpd"], ["department"]),
    (.office, ["dinas"], ["office"]),
    (.board, ["badan"], ["board"]),
    (.district, ["kecamatan"], ["district"]),
    (.secretariat, ["sekretariat"], ["secretariat"]),
    (.hospital, ["rsud"], ["hospital"]),
    (.workUnit, ["unit"], ["subunit"]),
    (.program, ["program"], ["programme", "program"]),
    (.activity, ["kegiatan"], ["activity"]),
    (.subactivity, ["subkegiatan", "sub_kegiatan"], ["subactivity"]),
    (.item, ["uraian"], ["item"]),
    (.code, ["kode"], ["code"]),
    (.supports, ["mendukung"], ["supports"]),
    (.drives, ["mendorong"], ["drives"]),
    (.budget, ["pagu"], ["budget"]),
    (.account, ["rekening"], ["account"]),
    (.source, ["sumber"], ["source"]),
    (.label, ["label"], ["label"]),
    (.location, ["lokasi"], ["location"]),
    (.ward, ["kelurahan"], ["ward"]),
    (.priority, ["prioritas"], ["priority"]),
    (.contract, ["kontrak"], ["contract"]),
    (.realised, ["realisasi"], ["actual"]),
    (.function, ["fungsi"], ["function"]),
    (.affairs, ["urusan"], ["affairs"]),
    (.spendingKind, ["jenis_belanja"], ["spending_kind"]),
    (.earmarked, ["terikat"], ["earmarked"]),
    (.volume, ["volume"], ["volume"]),
    (.price, ["harga"], ["price"]),
    (.strategy, ["strategi"], ["strategy"]),
    (.policy, ["kebijakan"], ["policy"]),
    (.unitCost, ["biaya"], ["cost"]),
    (.fixedCost, ["biaya_tetap"], ["fixed_cost"]),
    (.lump, ["kelipatan"], ["lump"]),
    (.ceiling, ["paling"], ["at"]),
    (.saturating, ["jenuh"], ["saturating"]),
    (.elastic, ["elastis"], ["elastic"]),
    (.tabular, ["tabel"], ["table"]),
    (.perUnit, ["per_satuan"], ["per_unit"]),
    (.beneficiaries, ["sasaran_penerima"], ["beneficiaries"]),
    (.highest, ["tinggi"], ["most"]),
    (.after, ["setelah"], ["after"]),
    (.years, ["tahun", "tahunan"], ["years"]),
    (.spreading, ["menyebar"], ["spread"]),
    (.decay, ["susut"], ["decay"]),
    (.perYear, ["per"], ["per"]),
    (.random, ["acak"], ["random"]),
    (.additive, ["penjumlahan"], ["additive"]),
    (.best, ["terbaik"], ["best"]),
    (.spillover, ["limpahan"], ["spillover"]),
    (.absolute, ["mutlak"], ["absolute"]),
    (.calibrated, ["terkalibrasi"], ["calibrated"]),
    (.accordingTo, ["menurut"], ["according_to"]),
    (.grade, ["mutu"], ["grade"]),
    (.elasticity, ["elastisitas"], ["elasticity"]),
    (.base, ["dasarnya"], ["base_value"]),
    (.effect, ["dampak"], ["effect"]),
    (.revenue, ["pendapatan"], ["revenue"]),
    (.financing, ["pembiayaan"], ["financing"]),
    (.expense, ["pengeluaran"], ["outflow"]),
    (.receipt, ["penerimaan"], ["inflow"]),
    (.scale, ["skala"], ["scale"]),
    (.parameter, ["parameter"], ["parameter"]),
    (.letting, ["misal"], ["let"]),
    (.formula, ["rumus"], ["formula"]),
    (.distributed, ["sebaran"], ["distribution"]),
    (.normal, ["normal"], ["normal"]),
    (.lognormal, ["lognormal"], ["lognormal"]),
    (.uniform, ["seragam"], ["uniform"]),
    (.triangular, ["segitiga"], ["triangular"]),
    (.discrete, ["diskret"], ["discrete"]),
    (.rule, ["aturan"], ["rule"]),
    (.mandatory, ["wajib"], ["mandatory"]),
    (.advisory, ["anjuran"], ["advisory"]),
    (.basis, ["dasar"], ["basis"]),
    (.inYear, ["tahun"], ["in", "year"]),
    (.except, ["kecuali"], ["except"]),
    (.because, ["karena"], ["because"]),
    (.by, ["oleh"], ["by"]),
    (.until, ["sampai"], ["until"]),
    (.use, ["pakai"], ["use"]),
    (.pack, ["paket"], ["pack"]),
    (.scenario, ["skenario"], ["scenario"]),
    (.from, ["dari"], ["from"]),
    (.to, ["ke"], ["to"]),
    (.shift, ["geser"], ["shift"]),
    (.cut, ["potong"], ["cut"]),
    (.add, ["tambah"], ["add"]),
    (.postpone, ["tunda"], ["defer"]),
    (.set, ["tetapkan"], ["set"]),
    (.change, ["ubah"], ["change"]),
    (.lock, ["kunci"], ["lock"]),
    (.unlock, ["buka"], ["unlock"]),
    (.all, ["semua"], ["all"]),
    (.equally, ["merata"], ["equally"]),
    (.dated, ["tanggal"], ["date"]),
    (.urgent, ["kondisi_tertentu", "kondisi"], ["urgent_ground"]),
    (.check, ["cek"], ["check"]),
    (.compare, ["bandingkan"], ["compare"]),
    (.show, ["tampilkan"], ["show"]),
    (.instrument, ["instrumen"], ["instruments", "instrument"]),
    (.why, ["kenapa"], ["why"]),
    (.trace, ["telusuri"], ["trace"]),
    (.who, ["siapa"], ["who"]),
    (.explain, ["jelaskan"], ["explain"]),
    (.load, ["muat"], ["load"]),
    (.export, ["ekspor"], ["export"]),
    (.report, ["laporan"], ["report"]),
    (.tolerance, ["toleransi"], ["tolerance"]),
    (.reconcile, ["rekonsiliasi"], ["reconcile"]),
    (.seek, ["cari"], ["seek"]),
    (.sweep, ["sapu"], ["sweep"]),
    (.simulate, ["simulasi"], ["simulate"]),
    (.sensitivity, ["kepekaan"], ["sensitivity"]),
    (.repair, ["perbaiki"], ["repair"]),
    (.optimise, ["optimalkan"], ["optimise"]),
    (.choose, ["pilih"], ["choose"]),
    (.column, ["kolom"], ["column"]),
    (.separator, ["pemisah"], ["separator"]),
    (.figures, ["angka"], ["figures"]),
    (.plainFigures, ["polos"], ["plain"]),
    (.indonesianFigures, ["indonesia"], ["indonesian"]),
    (.sheet, ["lembar"], ["sheet"]),
    (.header, ["kepala"], ["header"]),
    (.rows, ["baris"], ["rows"]),
    (.and, ["dan"], ["and"]),
    (.or, ["atau"], ["or"]),
    (.not, ["bukan"], ["not"]),
    (.given, ["jika"], ["if"]),
    (.then, ["maka"], ["then"]),
    (.otherwise, ["lain"], ["else"]),
    (.forEach, ["untuk"], ["for"]),
    (.inSet, ["dalam"], ["in"]),
    (.of, ["dari"], ["of"]),
    (.upTo, ["s.d."], ["up_to"]),
    (.modulo, ["mod"], ["mod"]),
    (.truthTrue, ["benar"], ["true"]),
    (.truthFalse, ["salah"], ["false"]),
    (.fold, ["lipat"], ["fold"]),
    (.sum, ["jumlah"], ["sum"]),
    (.average, ["rata"], ["average"]),
    (.least, ["min"], ["min"]),
    (.greatest, ["maks"], ["max"]),
    (.count, ["banyak"], ["count"]),
    (.any, ["ada"], ["any"]),
    (.round, ["bulat"], ["round"]),
    (.floor, ["lantai"], ["floor"]),
    (.contains, ["memuat"], ["contains"]),
    (.matches, ["cocok"], ["matches"]),
    (.length, ["panjang"], ["length"]),
    (.series, ["deret"], ["series"]),
    (.title, ["judul"], ["title"]),
    (.name, ["nama"], ["name"]),
    (.achieved, ["tercapai"], ["achieved"]),
    (.classOf, ["kelas"], ["class"]),
    (.ratioOf, ["nisbah"], ["ratio"]),
    (.percentPoint, ["poin"], ["points", "point"]),
    (.percent, ["persen"], ["percent"]),
    (.nothing, ["kosong"], ["none"]),
    (.rupiah, ["rp"], ["rp"]),
    (.thousand, ["rb", "ribu"], ["thousand"]),
    (.million, ["jt", "juta"], ["million"]),
    (.billion, ["M", "miliar", "mlr", "milyar"], ["billion"]),
    (.trillion, ["T", "triliun", "trilyun"], ["trillion"]),
    (.exercise, ["latihan"], ["exercise"]),
    (.question, ["soal"], ["question"]),
    (.start, ["mulai"], ["start"]),
    (.done, ["selesai"], ["done"]),
    (.hint, ["petunjuk"], ["hint"]),
    (.narrate, ["cerita"], ["narrate"]),
    (.root, ["dasar"], ["base"]),
    (.workingLead, ["dokumen"], ["working"]),
    (.costLead, ["biaya"], ["unit"]),
    (.costTail, ["satuan"], ["cost"]),
    (.year, ["tahun"], ["year"]),
    (.soThat, ["agar"], ["so_that"]),
    (.with, ["dengan"], ["with"]),
    (.chart, ["grafik"], ["chart"]),
    (.lines, ["garis"], ["lines"]),
    (.inForce, ["berlaku"], ["in_force"]),
    (.since, ["sejak"], ["since"]),
    (.declared, ["dinyatakan"], ["declared"]),
    (.take, ["ambil"], ["take"]),
    (.official, ["nomenklatur"], ["nomenclature"]),
    (.namesakes, ["senama"], ["namesakes"]),
    (.likeness, ["kemiripan"], ["likeness"]),
    (.supporting, ["menopang"], ["supporting"]),
    (.losing, ["rugi"], ["losing"]),
    (.inWords, ["terbilang"], ["in_words"]),
    (.entries, ["entri"], ["entries"]),
    (.stride, ["langkah"], ["step"]),
    (.seed, ["benih"], ["seed"]),
    (.latin, ["latin"], ["latin"]),
    (.replayed, ["undian"], ["draw"]),
    (.chance, ["peluang"], ["chance"]),
    (.correlation, ["korelasi"], ["correlation"]),
    (.stress, ["uji_balik"], ["stress_test"]),
    (.maximise, ["maksimalkan"], ["maximise", "maximize"]),
    (.minimise, ["minimalkan"], ["minimise", "minimize"]),
    (.tradeOff, ["pertukaran"], ["trade_off"]),
    (.against, ["lawan"], ["against"]),
    (.atMost, ["banyak"], ["most"]),
    (.nearby, ["setempat"], ["nearby"]),
    (.project, ["proyek"], ["project"]),
    (.benefit, ["manfaat"], ["benefit"]),
    (.requires, ["syarat"], ["requires"]),
    (.rejects, ["tolak"], ["excludes"]),
    (.underCeiling, ["dalam"], ["within"]),
    (.fewest, ["sedikit"], ["least"]),
    (.include, ["sertakan"], ["include"]),
    (.exclude, ["tanpa"], ["without"]),
    (.initiative, ["inisiatif"], ["initiative"]),
    (.dimension, ["dimensi"], ["dimension"]),
    (.governance, ["tata_kelola"], ["governance"]),
    (.branding, ["branding"], ["branding"]),
    (.economy, ["ekonomi"], ["economy"]),
    (.living, ["kehidupan"], ["living"]),
    (.society, ["masyarakat"], ["society"]),
    (.environment, ["lingkungan"], ["environment"]),
    (.quickWin, ["percepatan"], ["quick_win"]),
    (.through, ["melalui"], ["through"]),
    (.owner, ["penanggung_jawab"], ["owner"]),
    (.roadmap, ["peta_jalan"], ["roadmap"]),
    (.itIndex, ["indeks_ti"], ["it_index"]),
    (.masterplan, ["masterplan"], ["masterplan"]),
    (.studied, ["dikaji"], ["studied"]),
    (.synergy, ["sinergi"], ["synergy"]),
    (.each, ["tiap", "setiap"], ["each", "every"]),
  ]
}
