import Testing

@testable import PlanLang

/// The test vectors of the domain page, 2.3 and 2.4.
@Suite struct AchievementTests {
  static func number(_ text: String) -> Number {
    let parts = text.split(separator: ",")
    let digits = parts.count > 1 ? parts[1].count : 0
    return Number(mantissa: Int64(parts.joined()) ?? 0, scale: digits)
  }

  static let vectors: [(formula: AchievementFormula, b: String, t: String, r: String, percent: Double)] = [
    (.positive, "81,5", "82,2", "82,0", 99.757), (.progress, "81,5", "82,2", "82,0", 71.43),
    (.negative, "11,9", "10,8", "11,5", 93.913), (.negativeLAN, "11,9", "10,8", "11,5", 93.519), (.progress, "11,9", "10,8", "11,5", 36.36),
    (.negative, "11,9", "10,8", "12,4", 87.097), (.negativeLAN, "11,9", "10,8", "12,4", 85.185), (.progress, "11,9", "10,8", "12,4", -45.45),
    (.negative, "98,8", "90", "190", 47.368), (.negativeLAN, "98,8", "90", "190", 0), (.progress, "98,8", "90", "190", -1036.4),
    (.negative, "3", "2", "0", 200), (.negativeLAN, "3", "2", "0", 200), (.progress, "3", "2", "0", 300),
  ]

  @Test(arguments: vectors) func vector(formula: AchievementFormula, b: String, t: String, r: String, percent: Double) {
    let value = IndicatorReading.achievement(formula, baseline: Self.number(b), target: Self.number(t), result: Self.number(r), cap: nil)
    #expect(abs(value.real * 100 - percent) < max(0.006, abs(percent) * 1e-4), "\(formula) \(value.real * 100)")
  }

  @Test func edges() {
    func value(_ formula: AchievementFormula, _ b: Int64, _ t: Int64, _ r: Int64, cap: Number? = nil) -> Number {
      IndicatorReading.achievement(formula, baseline: Number(b), target: Number(t), result: Number(r), cap: cap)
    }
    #expect(value(.positive, 1, 0, 0) == Number(1))
    #expect(value(.positive, 1, 0, 5).isAbsent)
    #expect(value(.negativeLAN, 1, 0, 5).isAbsent)
    #expect(value(.progress, 2, 2, 5).isAbsent)
    #expect(Number.order(value(.positive, 0, 2, 9, cap: Number(a: 12, b: 10)), Number(a: 12, b: 10)) == 0)
    #expect(Number.order(value(.negative, 3, 2, 0, cap: Number(1)), Number(1)) == 0)
  }

  @Test func classesCompareTheUnroundedValueWithTheirLowerBounds() {
    for (percent, name) in [
      ("91", "Sangat Tinggi"), ("90,76", "Tinggi"), ("90,99", "Tinggi"), ("76", "Tinggi"), ("75,9", "Sedang"), ("66", "Sedang"), ("65,99", "Rendah"),
      ("51", "Rendah"), ("50,9", "Sangat Rendah"), ("0", "Sangat Rendah"), ("140", "Sangat Tinggi"),
    ] { #expect(IndicatorReading.achievementClass(Self.number(percent)).id == name, "\(percent)") }
  }
}
