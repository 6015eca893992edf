import Testing

@testable import PlanLang

/// Charts in each form a terminal shows: braille, plain letters, colours.
@Suite struct ChartTests {
  /// What questions on the small plan and the Manado plan show in a style.
  static func drawn(_ style: TextStyle) -> String {
    var text = ""
    let questions = [
      ("uji.plan", Array(SmallPlan.text.utf8), ["grafik garis stunting", "grafik garis pagu.rpjmd", "grafik dinas", "stunting", "cek"]),
      ("examples/manado.plan", Repository.bytes("examples/manado.plan"), ["grafik garis kemiskinan"]),
    ]
    for (name, bytes, lines) in questions {
      var session = Session(host: MemoryHost(), options: SessionOptions())
      #expect(session.open([(name, bytes)]) { _ in })
      for line in lines {
        text += "> \(line)\n"
        #expect(session.submit(line) { text += PlainText.drawn($0.document, style) } == .answered)
      }
    }
    return text
  }

  @Test func chartsInBraille() {
    Repository.compare(Self.drawn(TextStyle(width: 80)), with: "Tests/PlanLangTests/Transcripts/laporan/grafik.txt")
  }

  @Test func chartsInPlainLetters() {
    let text = Self.drawn(TextStyle(width: 80, isASCII: true))
    #expect(text.utf8.allSatisfy { $0 < 128 })
    Repository.compare(text, with: "Tests/PlanLangTests/Transcripts/laporan/grafik-ascii.txt")
  }

  @Test func chartsInColour() {
    let text = Self.drawn(TextStyle(width: 80, isColoured: true))
    #expect(text.contains("\u{1b}[34m") && !Self.drawn(TextStyle(width: 80)).contains("\u{1b}"))
    Repository.compare(text, with: "Tests/PlanLangTests/Transcripts/laporan/grafik-warna.txt")
  }

  @Test func ticksHoldWhatIsDrawn() {
    var random = Draws(state: 31)
    for _ in 0..<2000 {
      let scale = [1e-6, 0.01, 1, 37, 1e9, 1e15][Int(random.next() % 6)]
      let (a, b) = (Double(Int(random.next() % 2001) - 1000) * scale, Double(Int(random.next() % 2001) - 1000) * scale)
      let ticks = Plot.ticks(from: min(a, b), to: max(a, b))
      #expect(ticks.count >= 2 && ticks.count <= 8, "\(a) \(b)")
      guard let first = ticks.first, let last = ticks.last else { continue }
      #expect(first <= min(a, b) + scale * 1e-6 && last >= max(a, b) - scale * 1e-6, "\(a) \(b) \(ticks)")
      #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 })
    }
    #expect(Plot.spark([1, nil, 2, 3]) == "▁ ▅█" && Plot.spark([1, 1, 1]).isEmpty && Plot.spark([1, 2]).isEmpty)
  }
}
