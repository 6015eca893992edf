/// Two documents, or a document and a file, to be laid beside one another (rekonsiliasi).
struct ReconcileScript: Sendable {
  /// The side that is measured against.
  enum Other: Sendable {
    case document(DocumentID)
    /// A file's path as written, quotes and all, and the sheet of a workbook.
    case file(Site, sheet: Spreadsheet.Tabs)
  }
  var document: DocumentID
  var other: Other
  /// The year as an index; nil for the first year in which both have money.
  var year: Int?
  /// How far a row may lie from the other before it is told, as a share.
  var tolerance: Number
  /// The part of the plan looked at, or `Entities.none`.
  var owner: EntityID
}

extension Lowering {
  /// `rekonsiliasi A dengan B ...`; nil after a complaint.
  mutating func reconcile(_ id: NodeID) -> Command? {
    if let word = tree.child(.word, of: id), tree[word].word == .indicator {
      guard let clause = tree.clause(.forEach, of: id), let path = tree.firstChild(of: clause) else {
        return .reconcileIndicators(Entities.none)
      }
      return entity(at: path).map { .reconcileIndicators($0) }
    }
    guard let with = tree.clause(.with, of: id), let other = tree.firstChild(of: with) else { return nil }
    var script = ReconcileScript(
      document: plan.workingDocument, other: .file(tree[other].site, sheet: sheet(with)), year: nil, tolerance: Number(mantissa: 1, scale: 1),
      owner: Entities.none)
    if let first = tree.firstChild(of: id), tree[first].kind == .name || tree[first].kind == .word {
      guard let document = document(tree[first]) else { return nil }
      script.document = document
    }
    if tree[other].kind != .text {
      guard let document = document(tree[other]) else { return nil }
      script.other = .document(document)
    }
    if let clause = tree.clause(.inYear, of: id), let years = tree.firstChild(of: clause) {
      guard let fixed = fixedYears(years), let year = fixed.first else { return nil }
      script.year = year
    }
    if let clause = tree.clause(.tolerance, of: id), let value = tree.firstChild(of: clause) {
      guard tree[value].kind == .literal, case let literal = tree.literals[Int(tree[value].payload)], literal.kind == .percent,
        literal.mantissa >= 0
      else {
        _ = complain(
          .expected(wanted: Bilingual("persen, misalnya 10%", "a percentage, such as 10%"), found: Bilingual(same: sources.text(tree[value].site))),
          at: tree[value].site)
        return nil
      }
      script.tolerance = Number(mantissa: literal.mantissa, scale: Int(literal.scale)) / Number(100)
    }
    if let clause = tree.clause(.forEach, of: id), let path = tree.firstChild(of: clause) {
      guard let owner = entity(at: path) else { return nil }
      script.owner = owner
    }
    return .reconcile(script)
  }

  /// The sheet that stands behind a file's path.
  private func sheet(_ with: NodeID) -> Spreadsheet.Tabs {
    guard let clause = tree.clause(.sheet, of: with), let written = tree.firstChild(of: clause) else { return .first }
    return LoadRequest.choice(tree, written, sources)
  }

  /// `ekspor ...`; nil after a complaint.
  mutating func export(_ id: NodeID) -> Command? {
    guard let path = tree.child(.text, of: id) else { return nil }
    var script = ExportScript(what: .plan, path: tree[path].site, scenario: nil, separator: .none)
    if let word = tree.child(.word, of: id).flatMap({ tree[$0].word }) {
      switch word {
      case .entries: script.what = .entries
      case .simulate: script.what = .simulation
      case .sensitivity: script.what = .sensitivity
      case .sweep: script.what = .sweep
      case .stress: script.what = .stress
      default: script.what = .verdicts
      }
    }
    if let clause = tree.clause(.separator, of: id), let text = tree.firstChild(of: clause) { script.separator = tree[text].site }
    if let name = tree.child(.name, of: id) {
      guard let scenario = scenarioName(name) else { return nil }
      script.scenario = scenario
    }
    return .export(script)
  }
}

/// What is exported, where to, and from which scenario.
struct ExportScript: Sendable {
  /// The whole plan, the verdicts, the entries to make again, or what the last question of a kind found.
  enum What: Sendable { case plan, verdicts, entries, simulation, sensitivity, sweep, stress }
  var what: What
  var path: Site
  var scenario: Symbol?
  /// The separator of a CSV as written, or none.
  var separator: Site
}
