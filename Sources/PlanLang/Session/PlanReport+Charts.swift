/// The charts of a report.
extension PlanReport {
  private static let shownPrograms = 14

  /// Money from departments through programmes to missions.
  var flow: String {
    let strands = alignment.strands.filter { $0.sen > 0 }
    if strands.isEmpty { return "" }
    let adrift = say("tanpa sasaran", "no objective")
    let others = say("program lainnya", "other programmes")
    var programs: [EntityID: Int64] = [:]
    for strand in strands { programs[strand.program, default: 0] &+= strand.sen }
    let largest = Set(programs.keys.sorted { (programs[$0] ?? 0, $1) > (programs[$1] ?? 0, $0) }.prefix(Self.shownPrograms))
    var links: [SVGFlow.Link] = []
    func add(_ column: Int, _ from: String, _ to: String, _ sen: Int64) {
      if let at = links.firstIndex(where: { $0.column == column && $0.from == from && $0.to == to }) {
        links[at].amount += Double(sen)
      } else {
        links.append(SVGFlow.Link(column: column, from: from, to: to, amount: Double(sen)))
      }
    }
    for strand in strands {
      let department = plan.entities.ancestor(.department, of: strand.program).map { speech.handle($0) } ?? say("lainnya", "other")
      // Two departments may have programmes of one title.
      let program = largest.contains(strand.program) ? speech.title(strand.program) : others
      let goal = strand.goal == Entities.none ? nil : plan.entities.ancestor(.mission, of: strand.goal) ?? strand.goal
      add(0, department, program, strand.sen)
      add(1, program, goal.map { speech.title($0) } ?? adrift, strand.sen)
    }
    let columns = [say("perangkat daerah", "department"), say("program", "programme"), say("misi", "mission")]
    let title = say("Uang dari perangkat daerah lewat program ke misi", "Money from departments through programmes to missions")
    let chart = SVGFlow.drawn(links, columns: columns, last: [adrift, others], title: title) {
      Figure.shortMoney(sen: Int64($0), language)
    }
    return "<figure>\(chart)<figcaption>\(HTMLText.escaped(title))</figcaption></figure>\n" + lists
  }

  private var lists: String {
    var html = ""
    func list(_ title: String, _ items: [String]) {
      if items.isEmpty { return }
      html += "<h3>\(HTMLText.escaped(title))</h3>\n<ul>" + items.map { "<li>\(HTMLText.escaped($0))</li>" }.joined() + "</ul>\n"
    }
    list(
      say("Uang tanpa sasaran", "Money without an objective"),
      alignment.adrift.map { miliar($0.sen) + "  " + speech.path($0.program) })
    list(say("Sasaran yang tidak didanai", "Objectives nobody funds"), alignment.unfunded.map { speech.title($0) })
    list(say("Indikator yang tidak didorong siapa pun", "Indicators nobody drives"), alignment.undriven.map { speech.title($0) })
    return html
  }

  /// Bars by department; before and after in a scenario.
  var departments: String {
    let rows = sums.filter { $0.before != 0 || $0.after != 0 }.sorted { $0.after > $1.after }
    let bars = rows.map { row in
      let (before, after) = (Double(row.before), Double(row.after))
      let words = [Figure.shortMoney(sen: row.before, language), Figure.shortMoney(sen: row.after, language)]
      return isScenario
        ? SVGChart.Bar(label: speech.title(row.department), values: [before, after], words: words)
        : SVGChart.Bar(label: speech.title(row.department), values: [after], words: [words[1]])
    }
    if bars.isEmpty { return "" }
    let caption = isScenario ? say("Abu-abu semula, biru menjadi", "Grey before, blue after") : ""
    let title = say("Belanja menurut perangkat daerah", "Spending by department")
    let chart = SVGChart.bars(bars, title: title)
    let kind = isScenario ? "" : " class=\"single\""
    return "<figure\(kind)>\(chart)" + (caption.isEmpty ? "" : "<figcaption>\(caption)</figcaption>") + "</figure>\n"
  }

  /// A small chart for each indicator that has targets.
  var indicators: String {
    var (was, now) = (Reading(plan: plan, overlay: root.overlay), Reading(plan: plan, overlay: branch.state.overlay))
    let years = (0..<plan.yearCount).map { plan.firstYear + $0 }
    var charts = ""
    for row in plan.indicators.indices.prefix(24) {
      let indicator = plan.indicators[row]
      let type = indicator.scale.map { ValueType.grade($0) } ?? .number(indicator.unit)
      func series(_ reader: inout Reading, _ figure: IndicatorFigure) -> [Double?] {
        (0..<plan.yearCount).map { year in
          let value = reader.figure(figure, row, year)
          return value.isAbsent ? nil : value.real
        }
      }
      let (low, high) = (series(&now, .targetLow), series(&now, .targetHigh))
      let band = zip(low, high).map { low, high in low.flatMap { low in high.map { (low: low, high: $0) } } }
      let target: [Double?] = zip(low, high).map { low, high in low == high ? low : nil }
      var lines = [SVGChart.Path(values: target, style: "target")]
      let (before, after) = (series(&was, .projection), series(&now, .projection))
      if isScenario, before != after { lines.append(SVGChart.Path(values: before, style: "base")) }
      let isDriven = plan.drivers.indices.contains(row) && !plan.drivers[row].isEmpty
      if isDriven { lines.append(SVGChart.Path(values: series(&now, .without), style: "without")) }
      lines.append(SVGChart.Path(values: after, style: "now"))
      charts += SVGChart.paths(lines, band: band, years: years, title: speech.title(indicator.entity)) {
        speech.figure(Number(real: $0), type, digits: indicator.scale == nil ? indicator.digits : -1)
      }
    }
    if charts.isEmpty { return "" }
    let caption = say(
      "Garis putus-putus dan bidang: target; biru: proyeksi; abu-abu: proyeksi rencana dasar; titik-titik: tanpa program.",
      "Dashed lines and bands: targets; blue: projection; grey: projection of the base plan; dotted: without programmes.")
    return "<figure><div class=\"grid\">\(charts)</div><figcaption>\(caption)</figcaption></figure>\n"
  }

  /// What the session simulated, varied and swept: each question with its answer and its charts.
  var uncertainty: String {
    var html = ""
    for study in studies {
      html += "<h3><code>\(HTMLText.escaped(study.statement))</code></h3>\n" + HTMLText.drawn(study.document)
      for chart in study.charts() { html += "<figure>\(chart)</figure>\n" }
    }
    let hasFan = studies.contains { $0.kind == .simulation }
    let caption = say(
      "Bidang muda: 10-90 % undian, bidang tua: 25-75 %, garis biru: tengah; abu-abu: sebelum suntingan; putus-putus: target.",
      "Light area: 10-90 % of the draws, dark area: 25-75 %, blue line: the middle; grey: before the edits; dashed: target.")
    return html + (hasFan ? "<p class=\"dim\">\(caption)</p>\n" : "")
  }

  static let style = """
    :root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--dim:#667;--line:#d5d9de;--good:#1a7f37;--bad:#b3261e;\
    --warn:#9a6700;--now:#1f6feb;--base:#9aa4af;--flow:#8fb8ea}
    @media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--paper:#14171c;--dim:#98a2ad;--line:#363c45;--good:#4ac26b;\
    --bad:#ff7b72;--warn:#d4a72c;--now:#6cb0ff;--base:#7a8490;--flow:#35587f}}
    body{font:15px/1.5 system-ui,"Noto Sans","DejaVu Sans",sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;\
    margin:2rem auto;padding:0 1.2rem}
    h1{font-size:1.7rem;margin:0}h2{font-size:1.2rem;margin:2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
    h3{font-size:1rem;margin:1rem 0 .3rem}.lead{font-size:1.1rem;margin:.3rem 0}p{margin:.35rem 0}
    .dim,figcaption{color:var(--dim)}.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
    code{font-size:.88em;overflow-wrap:anywhere}figcaption{font-size:.85rem}figure{margin:1rem 0}ul{margin:.2rem 0;padding-left:1.2rem}
    table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{padding:.3rem .5rem;border-bottom:1px solid var(--line);\
    text-align:left;vertical-align:top}th.n,td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    tfoot td{font-weight:600;border-top:2px solid var(--line)}thead{display:table-header-group}tr{break-inside:avoid}
    svg{width:100%;height:auto;font-size:12px}svg text{fill:var(--ink)}svg .small{font-size:11px;fill:var(--dim)}svg .small.deep{fill:var(--ink)}
    svg .label{font-weight:600}svg .flowlabel{font-size:10.5px;paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-opacity:.75}.s0{fill:var(--base)}.s1{fill:var(--now)}.s2{fill:var(--good)}.s3{fill:var(--warn)}.s4{fill:var(--flow)}.s5{fill:var(--bad)}.s6{fill:var(--dim)}.s7{fill:var(--line)}.single .s0{fill:var(--now)}.axis,.grid line{stroke:var(--line)}
    .fgood{fill:var(--good)}.fbad{fill:var(--bad)}.flow{fill:var(--flow);opacity:.55}.adrift{fill:var(--bad);opacity:.35}
    .node{fill:var(--now)}div.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:1rem}
    svg line.grid{stroke:var(--line)}.p{fill:none;stroke-width:2}.p.target{stroke:var(--dim);stroke-dasharray:4 3}.p.base{stroke:var(--base)}.p.without{stroke:var(--warn);stroke-width:1.2;stroke-dasharray:1 3}
    .wide{fill:var(--now);opacity:.16}.half{fill:var(--now);opacity:.28}.mark{stroke:var(--ink);stroke-dasharray:2 3}\
    .tlow{fill:var(--base)}.thigh{fill:var(--now)}.heat{fill:var(--now)}.heat.broken{stroke:var(--bad);stroke-width:2}.refused{fill:var(--line)}\
    .p.now{stroke:var(--now)}circle.now{fill:var(--now)}circle.base{fill:var(--base)}.band{fill:var(--dim);opacity:.22}
    @page{size:A4;margin:16mm}@media print{:root{color-scheme:light}body{margin:0;max-width:none;padding:0;font-size:10pt}table{font-size:7.5pt}\
    figure,svg{break-inside:avoid-page}h2{break-after:avoid}}
    """
}
