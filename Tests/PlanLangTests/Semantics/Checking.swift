@testable import PlanLang

/// A text checked in memory, for tests of what a plan becomes and what is refused.
struct Checking {
  let checked: Checked
  let sources: SourceMap
  let names: Names

  init(_ texts: String..., files: [String: String] = [:]) {
    var names = Vocabulary.seeded()
    var map = SourceMap()
    var input = CheckInput(trees: [], sources: map)
    var diagnostics = DiagnosticList()
    for (i, text) in texts.enumerated() {
      guard let source = map.add(name: "uji\(i + 1).plan", bytes: Array(text.utf8)) else { continue }
      let result = Parser.parse(source, names: &names, language: .indonesian)
      diagnostics.append(result.diagnostics)
      input.trees.append((result.tree, source))
    }
    for (path, text) in files.sorted(by: { $0.key < $1.key }) {
      input.files[path] = map.add(name: path, bytes: Array(text.utf8))
    }
    input.sources = map
    var checked = Checker.check(input, names: &names)
    diagnostics.append(checked.diagnostics)
    checked.diagnostics = diagnostics
    self.checked = checked
    self.names = names
    sources = map
  }

  var plan: Plan { checked.plan }

  /// The codes of all complaints, in the order of their places.
  var codes: [String] {
    checked.diagnostics.all.sorted { ($0.site.start, $0.code) < ($1.site.start, $1.code) }.map(\.code)
  }

  /// What the principal place of each complaint holds, in the order of their places.
  var places: [String] {
    checked.diagnostics.all.sorted { ($0.site.start, $0.code) < ($1.site.start, $1.code) }.map { sources.text($0.site) }
  }

  func entity(_ name: String) -> EntityID? {
    names.known(name).flatMap { checked.scope.entities(named: $0).first }
  }

  func indicator(_ name: String) -> Indicator? {
    entity(name).flatMap { entity in plan.indicators.first { $0.entity == entity } }
  }

  /// The money of an entity and all below it, in whole rupiah.
  func money(_ name: String, _ year: Int, document: Int = 2) -> Int64? {
    guard let entity = entity(name), let index = plan.yearIndex(year) else { return nil }
    let block = plan.cube.block(.spending, DocumentID(document), index)
    return block.filter { plan.entities.contains(entity, plan.cube.leaf[$0]) }.reduce(0) { $0 + plan.cube.amount[$1] } / 100
  }
}

/// A head and a department with one programme around some lines.
func inProgramme(_ lines: String) -> String {
  "daerah \"Kota\" periode 2025..2029\ndinas d \"D\" {\nprogram p \"P\" kode 1.02.02 {\n\(lines)\n}\n}\n"
}

/// A head and an indicator around some lines.
func inIndicator(_ lines: String) -> String {
  "daerah \"Kota\" periode 2025..2029\nskala sakip = C < B < A\nindikator j \"J\" {\n\(lines)\n}\n"
}
