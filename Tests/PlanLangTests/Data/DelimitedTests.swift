import Testing

@testable import PlanLang

@Suite("CSV") struct DelimitedTests {
  private func rows(_ text: String, separator: UInt8? = nil) -> [[String]] {
    let table = Delimited(Array(text.utf8), separator: separator)
    return (0..<table.count).map { row in (0..<table.width(row)).map { table.text(row, $0) } }
  }

  @Test("Separator, byte-order mark, CRLF and Excel's own line")
  func shapes() {
    #expect(rows("a;b\n1;2\n") == [["a", "b"], ["1", "2"]])
    #expect(rows("\u{FEFF}a,b\r\n1,2\r\n") == [["a", "b"], ["1", "2"]])
    #expect(rows("a\tb\n1\t2\n") == [["a", "b"], ["1", "2"]])
    #expect(rows("sep=;\r\na;b,c\n1;2\n") == [["a", "b,c"], ["1", "2"]])
    #expect(rows("\"a;a\";b,b;c\n") == [["a;a", "b,b", "c"]])
    #expect(rows("a") == [["a"]] && rows("").isEmpty && rows("\n\n\r\n").isEmpty)
    #expect(rows("a;;\n;;\n") == [["a", "", ""], ["", "", ""]])
  }

  @Test("Quoted cells hold separators, newlines and doubled quotes")
  func quotes() {
    #expect(rows("\"a;b\";\"c\nd\";\"e\"\"f\"\n") == [["a;b", "c\nd", "e\"f"]])
    #expect(rows("\"\";x\n") == [["", "x"]])
    #expect(rows("15\" pipa;x\n") == [["15\" pipa", "x"]])
    #expect(rows("\"a\"\r\n\"b\"\r\n") == [["a"], ["b"]])
  }

  @Test("Rows are numbered as a spreadsheet does: a quoted newline is inside, an empty line counts")
  func numbers() {
    let table = Delimited(Array("h\n\"a\nb\"\n\nc\n".utf8))
    #expect((0..<table.count).map { table.number($0) } == [1, 2, 4])
  }

  @Test("A quote that is never closed is said, and nothing crashes")
  func open() {
    let table = Delimited(Array("a;b\n1;\"2\n3;4\n".utf8))
    #expect(table.openRow == 2 && table.count == 2)
    for text in ["\"", "\"\"\"", "a;\"", "\u{FEFF}", "sep=", "sep=;", ";", "\r", "\"a\"b\"c;d\n"] {
      _ = rows(text)
    }
  }

  @Test("The eight-byte scan finds every mark that a plain scan finds")
  func scan() {
    var state: UInt64 = 42
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    let letters: [UInt8] = [59, 10, 97, 58, 60, 11, 9, 0x3b | 0x80, 0x8a, 0, 255]
    for _ in 0..<400 {
      let bytes = (0..<Int(next(60))).map { _ in letters[Int(next(UInt64(letters.count)))] }
      let table = Delimited(bytes, separator: 59)
      var expected: [[ArraySlice<UInt8>]] = []
      for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
        let cells = line.split(separator: 59, omittingEmptySubsequences: false)
        if cells != [[]] { expected.append(cells) }
      }
      #expect(table.count == expected.count)
      for (row, cells) in expected.enumerated() where row < table.count {
        #expect(table.width(row) == cells.count)
        for (column, cell) in cells.enumerated() {
          let span = table.span(row, column)
          #expect(ArraySlice(bytes[Int(span.start)..<Int(span.end)]) == cell)
        }
      }
    }
  }
}

@Suite("Figures of data files") struct DataFigureTests {
  private func plain(_ text: String) -> DataFigure { DataFigure.read(text, isIndonesian: false) }
  private func local(_ text: String) -> DataFigure { DataFigure.read(text, isIndonesian: true) }

  @Test("Plain and Indonesian figures to the sen")
  func exact() {
    #expect(plain("1234567.89") == .exact(123_456_789) && plain("1980620929.6") == .exact(198_062_092_960))
    #expect(plain("0") == .exact(0) && plain(" 12 ") == .exact(1200) && plain("12.00") == .exact(1200))
    #expect(plain("-5") == .exact(-500) && plain("(5)") == .exact(-500) && plain("Rp 5") == .exact(500))
    #expect(local("1.234.567,89") == .exact(123_456_789) && local("1.250") == .exact(125_000))
    #expect(local("Rp1.250.000,00") == .exact(125_000_000) && local("Rp. 1.250,5") == .exact(125_050))
    #expect(local("1234567") == .exact(123_456_700) && local("12,5") == .exact(1250))
    #expect(plain("12.3400") == .exact(1234) && plain("92233720368547758.07") == .exact(.max))
  }

  @Test("The dust of binary floats is told from real digits")
  func artefacts() {
    #expect(plain("182888324.00000003") == .artefact(18_288_832_400))
    #expect(plain("1214977808.8799999") == .artefact(121_497_780_888))
    #expect(plain("771506815.3499999") == .artefact(77_150_681_535))
    #expect(plain("199848929.23000002") == .artefact(19_984_892_923))
    #expect(local("182888324,00000003") == .artefact(18_288_832_400))
    // Wherever it stands, such dust has a point and no second reading.
    #expect(local("182888324.00000003") == .artefact(18_288_832_400))
    #expect(plain("12345.6789") == .rounded(1_234_568) && plain("0.005") == .rounded(1))
  }

  @Test("What cannot be told is not guessed")
  func refused() {
    #expect(plain("1.250") == .ambiguous && plain("1,250") == .ambiguous && local("1,250") == .ambiguous)
    #expect(plain("1234.250") == .exact(123_425))
    for text in [
      "1,234,567", "1.234.567", "abc", "12a", "1 234", "--5", "5.", ".5", "1.2.3", "Rp", "5-", "92233720368547758.08",
      "99999999999999999999", "92233720368547758.075",
    ] {
      #expect(plain(text) == .unreadable, "\(text)")
    }
    for text in ["1.23", "1.2345", "12.34.567", "1.234,", ",5", "1,2,3", "1234.567", "1.234.56"] {
      #expect(local(text) == .unreadable, "\(text)")
    }
    #expect(plain("") == .empty && plain(" - ") == .empty && plain("#N/A") == .failed && plain("#REF!") == .failed)
  }

  @Test("Scientific notation is read as written and said")
  func scientific() {
    #expect(plain("1.23457E+11") == .scientific(12_345_700_000_000))
    #expect(plain("5e3") == .scientific(500_000) && plain("12345678E-2") == .scientific(12_345_678))
    for text in ["1E99", "1E", "1E+", "1E1000", "9999999999999999E18", "1.5E1.5"] {
      #expect(plain(text) == .unreadable, "\(text)")
    }
  }
}
