import Testing

@testable import PlanLang

@Suite struct NumberTests {
  @Test func sharesOfOneTotalAddUpExactly() {
    let total: Int64 = 7
    let sum = Number(a: 3, b: total) + Number(a: 4, b: total)
    #expect(Number.order(sum, Number(1)) == 0)
    #expect(Number.order(Number(mantissa: 20, scale: 2), Number(a: 1, b: 5)) == 0)
  }
}
