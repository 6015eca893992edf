import Testing

@testable import PlanLang

@Suite("Codes") struct CodeTests {
  private func read(_ family: NomenclatureCode.Family, _ text: String) -> String? {
    NomenclatureCode.reading(family, text)?.text
  }

  @Test("Both widths of an account are one account")
  func accounts() {
    #expect(read(.account, "5.1.02.02.001.00063") == "5.1.02.02.01.0063")
    #expect(read(.account, "5.1.02.02.01.0063") == "5.1.02.02.01.0063")
    #expect(read(.account, "5.1.02.02.001.0063") == "5.1.02.02.01.0063")
    #expect(read(.account, "5.1.02.01.01.001") == "5.1.02.01.01.0001")
    #expect(read(.account, " 5.1.02 ") == "5.1.02")
    #expect(read(.account, "5") == "5")
    for bad in [
      "", ".", "5..1", "5.1.2", "0.1", "5.1.02.02.101.0063", "5.1.02.02.01.63", "5.1.02a", "5.12.02",
      "5.1.02.04.01.0001.1", String(repeating: "5", count: 99),
    ] {
      #expect(read(.account, bad) == nil, "\(bad)")
    }
  }

  @Test("A spreadsheet's damage to an organisation code is put right and said")
  func organisations() throws {
    let plain = try #require(NomenclatureCode.reading(.organisation, "2.16.2.21.2.20.10.0000"))
    #expect(plain.text == "2.16.2.21.2.20.10.0000" && !plain.isRepaired && plain.isHeadOffice)
    let mangled = try #require(NomenclatureCode.reading(.organisation, "1.02.2.14.000.02.0000"))
    #expect(mangled.text == "1.02.2.14.0.00.02.0000" && mangled.isRepaired)
    let twice = try #require(NomenclatureCode.reading(.organisation, "1.05.000.000.04.0000"))
    #expect(twice.text == "1.05.0.00.0.00.04.0000" && twice.isRepaired)
    let old = try #require(NomenclatureCode.reading(.organisation, "1.02.2.14.0.00.02.00"))
    #expect(old.text == "1.02.2.14.0.00.02.0000" && old.isRepaired)
    let office = try #require(NomenclatureCode.reading(.organisation, "1.02.2.14.0.00.02"))
    #expect(office.text == "1.02.2.14.0.00.02.0000" && office.isRepaired)
    let unit = try #require(NomenclatureCode.reading(.organisation, "1.02.2.14.0.00.02.0004"))
    #expect(!unit.isHeadOffice && unit.headOffice.text == "1.02.2.14.0.00.02.0000")
    for bad in ["#N/A", "1.02.2.14", "1.2.2.14.0.00.02.0000", "1.02.2.14.0.00.02.0000.1"] {
      #expect(read(.organisation, bad) == nil, "\(bad)")
    }
  }

  @Test("Activities from urusan to sub kegiatan, two or four digits")
  func activities() throws {
    #expect(read(.activity, "1.01.02.2.01.03") == "1.01.02.2.01.0003")
    #expect(read(.activity, "1.01.02.2.01.0003") == "1.01.02.2.01.0003")
    #expect(read(.activity, "x.xx.01") == "X.XX.01")
    #expect(read(.activity, "2") == "2")
    for bad in ["1.03.1.0", "2.08.067", "1.1.02", "1.01.02.2", "1.01.02.0.01", "1.01.02.2.01.003", "X.01.02"] {
      #expect(read(.activity, bad) == nil, "\(bad)")
    }
    let sub = try #require(NomenclatureCode.reading(.activity, "2.16.03.2.02.0038"))
    #expect(sub.activityKind == .subactivity && sub.prefix(3).text == "2.16.03" && sub.bidang.text == "2.16")
    #expect(sub.prefix(5).activityKind == .activity && sub.isWithin(sub.prefix(3)) && !sub.prefix(3).isWithin(sub))
  }

  @Test("Fund sources in both widths; the leading 2 is earmarked")
  func sources() {
    #expect(read(.source, "2.2.01.08.002.00005") == "2.2.01.08.002.00005")
    #expect(read(.source, "1.1.01.01.01.01") == "1.1.01.01.001.00001")
    #expect(read(.source, "1.2.01.08") == "1.2.01.08")
    #expect(read(.source, "3.1") == nil && read(.source, "1.2.01.07,1.2.01.08") == nil)
    #expect(NomenclatureCode.reading(.source, "2.2.02.01.001.00005")?.isEarmarked == true)
    #expect(NomenclatureCode.reading(.source, "1.1")?.isEarmarked == false)
  }

  @Test("A programme belongs to one of the department's three bidang; its support programme to the first")
  func service() throws {
    let planning = try #require(NomenclatureCode.reading(.organisation, "5.01.5.02.5.05.21.0000"))
    func serves(_ text: String) throws -> Bool { planning.serves(try #require(NomenclatureCode.reading(.activity, text))) }
    #expect(try serves("5.01.01") && serves("5.05.02") && serves("X.XX.01") && serves("5.02.02"))
    #expect(try !serves("5.02.01") && !serves("2.16.02"))
  }

  @Test("A section of the secretariat serves its own bidang and is still its unit")
  func units() throws {
    let office = try #require(NomenclatureCode.reading(.organisation, "4.01.0.00.0.00.14.0000"))
    let section = try #require(NomenclatureCode.reading(.organisation, "4.01.2.16.0.00.14.0006"))
    let other = try #require(NomenclatureCode.reading(.organisation, "4.01.0.00.0.00.15.0001"))
    #expect(section.isUnit(of: office) && !other.isUnit(of: office))
  }

  @Test("What people write in a script is never padded into another code")
  func written() {
    #expect(Code.activity("1.1") == "1.1" && Code.activity("1.03.1.0") == "1.03.1.0")
    #expect(Code.activity("1.01.02.2.01.03") == "1.01.02.2.01.0003" && Code.activity("1..2") == nil)
    #expect(Code.account("5.1.2") == nil && Code.account("5.1.02") == "5.1.02")
    #expect(Code.spending("1.02.2.14.000.02.0000") == "1.02.2.14.0.00.02.0000")
    #expect(Code.spending("2.16.03") == "2.16.03" && Code.spending("#N/A") == nil)
  }
}
