/// What a solver is asked: which rules must hold, what should be high or low, and what may move.
struct MovingScript: Sendable {
  /// What is sought.
  enum Aim: Sendable { case repair, optimum, tradeOff }
  /// A figure to be high, or low.
  struct Figure: Sendable {
    var formula: FormulaID
    var isLow: Bool
    var site: Site
  }
  var aim: Aim
  /// The scenario that is mended; nil for the current one.
  var scenario: Symbol?
  /// The rules that must hold; nil for all that are mandatory.
  var rules: [RuleID]?
  /// Whether advisory rules must hold too.
  var withAdvisory = false
  /// Advisory rules that should be missed by as little as can be, with their weights (1 without).
  var wishes: [(rule: RuleID, weight: FormulaID?, site: Site)] = []
  var figures: [Figure] = []
  /// Places money may move between, all when empty, and places left alone.
  var places: [SliceTemplate] = []
  var closed: [SliceTemplate] = []
  /// Years, as indices; nil for all.
  var years: [Int]?
  /// The first row of the instrument table (domain 4.1) that may be used.
  var row = 1
  /// The most that may be moved.
  var limit: FormulaID?
  /// Where the limits of what may move stand: `dengan`, `kecuali`, `tahun`, `paling banyak`.
  var limits: [(word: Word, site: Site)] = []
  /// Whether what no method is sure of is followed nearby.
  var isLocal = false
}

extension Lowering {
  /// `perbaiki ...`, `optimalkan ...`, `pertukaran ... lawan ...`; nil after a complaint.
  mutating func moving(_ id: NodeID) -> Command? {
    var script = MovingScript(aim: tree[id].word == .repair ? .repair : tree[id].word == .optimise ? .optimum : .tradeOff)
    var sliced: [Int]?
    var given: Set<Word> = []
    for part in tree.children(of: id) {
      let word = tree[part].word
      // A second bound of the same would silently stand for the first.
      if tree[part].kind == .clause, let word, [.instrument, .inYear, .ceiling].contains(word), !given.insert(word).inserted {
        let what = word == .ceiling ? Bilingual("`paling banyak`", "`at most`") : Bilingual("`\(word.spoken.id)`", "`\(word.spoken.en)`")
        diagnostics.add(DeclarationProblem.givenTwice(what: what), at: tree[part].site)
        return nil
      }
      let inner = Array(tree.children(of: part))
      if tree[part].kind == .clause, let word, [.with, .except, .inYear, .ceiling].contains(word) { script.limits.append((word, tree[part].site)) }
      switch (tree[part].kind, word) {
      case (.name, _):
        guard let name = scenarioName(part) else { return nil }
        script.scenario = name
      case (.word, .nearby): script.isLocal = true
      case (.clause, .all) where inner.isEmpty: script.withAdvisory = true
      case (.clause, .all):
        script.wishes += plan.rules.indices.filter { !plan.rules[$0].isMandatory }.map { (RuleID($0), nil, tree[id].site) }
      case (.clause, .advisory):
        guard wishes(inner, &script) else { return nil }
      case (.clause, .rule):
        guard let rules = rules(inner) else { return nil }
        script.rules = (script.rules ?? []) + rules
      case (.clause, .instrument):
        guard let name = inner.first, let row = lowestRow(name) else { return nil }
        script.row = row
      case (.clause, .with), (.clause, .except):
        for one in inner {
          guard let place = selection(one, [], &sliced) else { return nil }
          if word == .with { script.places.append(place.slice) } else { script.closed.append(place.slice) }
        }
      case (.clause, .inYear):
        guard let years = inner.first, let fixed = fixedYears(years) else { return nil }
        script.years = fixed
      case (.clause, .ceiling):
        guard let amount = inner.first, let formula = compile(amount, wanting: .money) else { return nil }
        script.limit = formula
      case (.clause, .maximise), (.clause, .minimise), (.clause, .against):
        guard let figure = figure(part) else { return nil }
        script.figures.append(figure)
      default: return nil
      }
    }
    return .moving(script)
  }

  /// `maksimalkan E`, `minimalkan E`, or one of them behind `lawan`.
  private mutating func figure(_ id: NodeID) -> MovingScript.Figure? {
    guard let inner = tree.firstChild(of: id) else { return nil }
    if tree[id].word == .against { return figure(inner) }
    guard let formula = compile(inner) else { return nil }
    switch plan.formulas[formula.index].type {
    case .money, .number: return MovingScript.Figure(formula: formula, isLow: tree[id].word == .minimise, site: tree[inner].site)
    case .hole: return nil
    default:
      let wanted = Bilingual("rupiah atau angka", "rupiah or a number")
      _ = complain(.expected(wanted: wanted, found: words(plan.formulas[formula.index].type)), at: tree[inner].site)
      return nil
    }
  }

  /// Names with weights behind some of them; false after a complaint.
  private mutating func wishes(_ parts: [NodeID], _ script: inout MovingScript) -> Bool {
    for part in parts {
      if tree[part].kind == .clause {
        guard let weight = tree.firstChild(of: part), let formula = compile(weight, wanting: .number(UnitID(raw: 0))), !script.wishes.isEmpty else { return false }
        (script.wishes[script.wishes.count - 1].weight, script.wishes[script.wishes.count - 1].site) = (formula, tree[weight].site)
      } else {
        guard let found = rules([part])?.first else { return false }
        script.wishes.append((found, nil, tree[part].site))
      }
    }
    return true
  }

  /// The rules that names mean; nil after a complaint.
  private mutating func rules(_ names: [NodeID]) -> [RuleID]? {
    var found: [RuleID] = []
    for name in names {
      let symbol = Symbol(raw: tree[name].payload)
      guard let row = plan.rules.firstIndex(where: { $0.name == symbol }) else {
        let spelled = sources.text(tree[name].site)
        let nearest = diagnostics.nearest(to: spelled, among: plan.rules.map { self.names.text($0.name) })
        diagnostics.add(MeaningProblem.unknownName(name: spelled, nearest: nearest), at: tree[name].site)
        return nil
      }
      found.append(RuleID(row))
    }
    return found
  }

  /// The first row of the table that a signature may sign; nil after a complaint.
  private mutating func lowestRow(_ name: NodeID) -> Int? {
    let spelled = sources.text(tree[name].site)
    if let row = Goal.lowestRow(spelled) { return row }
    let nearest = diagnostics.nearest(to: spelled, among: Goal.signatures.map(\.name))
    diagnostics.add(MeaningProblem.unknownName(name: spelled, nearest: nearest ?? "sekda"), at: tree[name].site)
    return nil
  }
}
