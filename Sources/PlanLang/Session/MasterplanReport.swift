/// The three books of a smart city masterplan as one page, filled from the plan (laporan masterplan): what the plan does not
/// say is left open and marked.
struct MasterplanReport {
  let report: PlanReport
  let trace: TraceWriter

  var plan: Plan { report.plan }
  var speech: Speech { report.speech }
  var alignment: PlanAlignment { report.alignment }
  var language: Language { speech.language }

  func say(_ id: String, _ en: String) -> String { speech.say(id, en) }
  func escaped(_ text: String) -> String { HTMLText.escaped(text) }

  /// The whole page.
  var html: String {
    let region = speech.words(plan.region)
    let title = say("Masterplan Kota Cerdas", "Smart City Masterplan") + (region.isEmpty ? "" : " — " + region)
    var page = "<!doctype html>\n<html lang=\"\(language.code)\">\n<head><meta charset=\"utf-8\">"
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    page += "<title>\(escaped(title))</title>\n<style>\(PlanReport.style)\n\(Self.style)</style></head>\n<body>\n"
    page += "<h1>\(escaped(title))</h1>\n"
    if report.isScenario {
      let name = speech.name(report.branch.name)
      let words = report.branch.title == .none ? name : speech.words(report.branch.title)
      page += "<p class=\"lead\">\(say("Skenario", "Scenario")) <code>\(escaped(name))</code>: \(escaped(words))</p>\n"
    }
    page += "<p class=\"dim\">\(escaped(report.heading))</p>\n"
    page += book(say("Buku I. Analisis strategis", "Book I. Strategic analysis"), [
      (say("Keterkaitan dengan RPJMD", "Link to the medium-term plan"), links), (say("Kesiapan", "Readiness"), readiness),
      (say("Kesenjangan", "Gaps"), gaps), (say("Kekuatan, kelemahan, peluang, ancaman", "Strengths, weaknesses, opportunities, threats"), positions),
    ])
    page += book(say("Buku II. Masterplan", "Book II. Masterplan"), [
      (say("Visi, tujuan dan sasaran", "Vision, goals and objectives"), vision), (say("Strategi dan kebijakan", "Strategy and policy"), strategy),
      (say("Rencana aksi menurut dimensi", "Action plan by dimension"), actions), (say("Peta jalan", "Roadmap"), roadmap),
    ])
    page += book(say("Buku III. Ringkasan eksekutif", "Book III. Executive summary"), [
      (say("Menunjang RPJMD, atau teknologi untuk teknologi?", "Does it support the plan, or is it technology for its own sake?"), summary),
      (say("Program percepatan", "Quick wins"), quickWins), (say("Pemeriksaan", "Checks"), checks), (say("Asal", "Origin"), report.origin),
    ])
    return page + "</body>\n</html>\n"
  }

  private func book(_ title: String, _ parts: [(title: String, body: String)]) -> String {
    var made = "<section class=\"book\">\n<h2>\(escaped(title))</h2>\n"
    for (number, part) in parts.enumerated() where !part.body.isEmpty {
      made += "<h3>\(number + 1). \(escaped(part.title))</h3>\n\(part.body)"
    }
    return made + "</section>\n"
  }

  /// What the plan does not say: a place to write it.
  func open(_ words: String) -> String { "<p class=\"open\">\(escaped(say("Belum dinyatakan: ", "Not stated: ") + words))</p>\n" }

  func paragraph(_ words: String) -> String { "<p>\(escaped(words))</p>\n" }

  func list(_ items: [String]) -> String {
    items.isEmpty ? "" : "<ul>" + items.map { "<li>\(escaped($0))</li>" }.joined() + "</ul>\n"
  }

  func names(_ rows: [Int]) -> String { rows.map { speech.title(plan.initiatives[$0].entity) }.joined(separator: "; ") }

  /// Money in the year, or a dash.
  func money(_ sen: Int64?) -> Run { sen.map { Run(sen: $0) } ?? Run("—", .dim) }

  var year: String { plan.yearCount > 0 ? String(plan.firstYear + alignment.year) : "" }

  /// The head of a column of money: the working document and the year.
  var moneyHead: String { plan.documents[plan.workingDocument.index].title[language] + " " + year }

  /// An indicator from its baseline to its last target.
  func way(_ row: Int) -> String {
    let indicator = plan.indicators[row]
    let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
    var reader = Reading(plan: plan, overlay: report.branch.state.overlay)
    let last = (0..<plan.yearCount).map { reader.figure(.targetLow, row, $0) }.last { !$0.isAbsent }
    let first = indicator.baseline.isAbsent ? "?" : speech.figure(indicator.baseline, type)
    return first + " → " + (last.map { speech.figure($0, type) } ?? "?")
  }

  static let style = """
    section.book{margin-top:2.5rem}section.book>h2{font-size:1.4rem;border-bottom:2px solid var(--ink)}
    .open{color:var(--warn);border:1px dashed var(--warn);padding:.4rem .6rem;border-radius:.3rem}
    div.plan table{table-layout:fixed}div.plan th,div.plan td{overflow-wrap:anywhere}div.plan :is(th,td):nth-child(2){width:6.5rem}\
    div.plan :is(th,td):nth-child(5){width:7.5rem}table.map td.n{min-width:4.5rem}td.on{background:color-mix(in srgb,var(--now) 22%,transparent)}th.term{text-align:center;border-left:1px solid var(--line)}
    @media print{section.book{margin-top:0}section.book~section.book{break-before:page}h3{break-after:avoid}}
    """
}
