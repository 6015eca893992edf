import Testing

@testable import PlanLang

/// Where the formulas of achievement end, and the classes' lower bounds (domain 2.3, 2.4).
@Suite struct AchievementBoundsTests {
  static func number(_ text: String) -> Number {
    let parts = text.split(separator: ",")
    let digits = parts.count > 1 ? parts[1].count : 0
    return Number(mantissa: Int64(parts.joined()) ?? 0, scale: digits)
  }

  @Test func edges() {
    func value(_ formula: AchievementFormula, _ b: Int64, _ t: Int64, _ r: Int64, cap: Number? = nil) -> Number {
      Reading.achievement(formula, baseline: Number(b), target: Number(t), result: Number(r), cap: cap)
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
    ] { #expect(Reading.achievementClass(Self.number(percent)).id == name, "\(percent)") }
  }
}
