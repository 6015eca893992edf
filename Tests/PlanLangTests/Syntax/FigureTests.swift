import Testing

@testable import PlanLang

/// What a figure is read as to the last sen, and what each refusal proposes.
@Suite struct FigureTests {
  @Test(arguments: [
    ("12,5", "12.5"), ("12.5", "12.5"), ("0,125", "0.125"), ("1234.567", "1234.567"), ("1250.000", "1250.000"), ("007", "7"),
    ("1.250.000,75", "1250000.75"), ("9223372036854775807", "9223372036854775807"), ("2 poin", "2pt"), ("12,5 persen", "12.5%"),
    ("Rp 1.250.000,50", "Rp125000050"), ("Rp 1,5", "Rp150"), ("Rp 1.250", "Rp125000"), ("Rp 1.250,5 jt", "Rp125050000000"),
    ("Rp 0,001 rb", "Rp100"), ("Rp 0,00001 rb", "Rp1"), ("Rp 1,764 T", "Rp176400000000000"), ("Rp 92233 T", "Rp9223300000000000000"),
    ("Rp -2 M", "Rp-200000000000"), ("RP 2 MILIAR", "Rp200000000000"), ("rp 2 m", "Rp200000000000"), ("Rp2mlr", "Rp200000000000"),
    ("Rp 2 milyar", "Rp200000000000"), ("Rp 3 ribu", "Rp300000"), ("Rp 3 rb", "Rp300000"), ("Rp 3 juta", "Rp300000000"),
    ("Rp 1 triliun", "Rp100000000000000"), ("Rp 1 trilyun", "Rp100000000000000"), ("Rp 2 thousand", "Rp200000"),
    ("Rp 2 million", "Rp200000000"), ("Rp 2 billion", "Rp200000000000"), ("Rp 2 trillion", "Rp200000000000000"),
    ("Rp 14 M; 15 M; Rp 16.000.000; 17 jt", "Rp1400000000000 Rp1500000000000 Rp1600000000 Rp1700000000"),
    ("Rp 14; 15; 16,5", "Rp1400 Rp1500 Rp1650"), ("1, 2, 3", "1 2 3"), ("10%; 20 persen", "10% 20%"),
  ]) func literals(text: String, read: String) {
    let parsed = Parsed("parameter x = " + text)
    #expect(parsed.codes == [], "\(text)")
    #expect(parsed.dump == "(parameter x (assign [\(read)]))")
  }

  @Test(arguments: [
    ("Rp 14 M; -; 15 M", "(list Rp1400000000000 - Rp1500000000000)"), ("11,4; 10,8; -", "(list 11.4 10.8 -)"),
    ("Rp 14 M; kosong; Rp 15", "(list Rp1400000000000 - Rp1500)"), ("Rp 5 M s.d. 6 M", "(range :upTo Rp500000000000 Rp600000000000)"),
    ("Rp 5 s.d. 6; 7 s.d. 8", "(list (range :upTo Rp500 Rp600) (range :upTo Rp700 Rp800))"),
    ("Rp 350 jt..450 jt", "(range :inYear Rp35000000000 Rp45000000000)"),
  ]) func lists(text: String, read: String) {
    let parsed = Parsed("parameter x = " + text)
    #expect(parsed.codes == [], "\(text)")
    #expect(parsed.dump == "(parameter x (assign \(read)))")
  }

  /// What is refused, with words that its message or mend must hold: both readings.
  @Test(arguments: [
    ("1.250", "P0103", ["1250", "1,250", "1,2500"]), ("1,250", "P0103", ["1250", "1,250"]), ("12,345", "P0103", ["12345", "12,345"]),
    ("1.25.000", "P0106", ["1.25.000"]), ("1.250.00", "P0106", []), ("12,345.6", "P0106", []), ("1,2,3", "P0106", []),
    ("Rp 1.764 T", "P0104", ["Rp 1764 T", "Rp 1,764 T"]), ("Rp 1.521 T", "P0104", ["Rp 1521 T", "Rp 1,521 T"]),
    ("Rp 1.5 M", "P0105", ["Rp 1,5 M"]), ("Rp 1.25", "P0105", ["Rp 1,25"]), ("Rp 12.34.567", "P0106", []),
    ("Rp 1,2,3 M", "P0106", []), ("Rp 1,234", "P0107", ["dua desimal"]), ("Rp 0,000001 rb", "P0108", []),
    ("15 M", "P0110", ["Rp 15 M"]), ("15 jt", "P0110", ["Rp 15 jt"]), ("Rp 14 M; 15", "P0111", ["15"]),
    ("Rp 14 M; -; 15", "P0111", ["15"]), ("Rp 5 M s.d. 6", "P0111", ["6"]), ("Rp 99999999 T", "P0112", []),
    ("12345678901234567890", "P0112", []), ("f(1,2)", "P0109", [";", "1.2"]), ("pagu[2026,2027]", "P0109", [";"]), ("[1,5]", "P0109", []),
  ]) func refusals(text: String, code: String, words: [String]) {
    let parsed = Parsed("parameter x = " + text)
    #expect(parsed.codes == [code], "\(text)")
    let said = parsed.messages.joined() + " " + parsed.helps.joined()
    for word in words { #expect(said.contains(word), "\(said) lacks \(word)") }
    #expect(Parsed("parameter x = " + text, .english).codes == [code])
  }
}
