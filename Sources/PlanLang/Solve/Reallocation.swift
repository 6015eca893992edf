import CKernels

/// Money moved so that rules hold: the cells that may move, what is asked of them, and how near one can get.
///
/// What is linear goes to the solver as it is; a concave figure is enclosed by tangents, added until none is passed; a
/// figure of one sum that only rises or only falls becomes the sum it needs. What is neither is refused, or followed by
/// its tangents alone where the asker takes what is found nearby.
final class Reallocation {
  /// What may move and who may sign.
  struct Bounds {
    /// Places to move money between; the whole document when empty.
    var places: [SliceTemplate] = []
    /// Places left alone.
    var closed: [SliceTemplate] = []
    /// Years, as indices; nil for all.
    var years: [Int]?
    /// The first row of the instrument table that may be used.
    var row = 1
    /// The most that may be moved in all, in sen.
    var limit: Int64?
    /// Whether figures that are neither linear nor concave are followed by their tangents: what is found is the best
    /// nearby only.
    var isLocal = false
    /// An account that gives last of all that do as well: belanja pegawai.
    var spared: AccountID?
  }

  let state: ScenarioState
  let context: EditContext
  let bounds: Bounds
  /// Asked for when it is first needed: a library may still be loading while the problem is read.
  private(set) lazy var solver = makeSolver()
  private let makeSolver: () -> any Solver
  let cells: OpenCells
  let tape = Tape(variables: 0)
  private(set) var requirements: [Requirement] = []
  /// Broken conditions that no open money moves.
  private(set) var stuck: [Requirement.Origin] = []
  /// Conditions that no requirement says: watched by the engine alone.
  private(set) var unread: [Requirement.Origin] = []
  /// Requirements that bend in a way no method here is sure of.
  private(set) var doubtful: [Requirement.Origin] = []
  /// Requirements that no budget at all would meet.
  private(set) var unreachable: Set<Int> = []
  /// Figures asked to be high, in order.
  private(set) var aims: [Number] = []
  let forms: Forms
  private let curvature: Curvature
  private let highest: [Double]
  private var rows: [MoneyModel.Row] = []
  private var curved: [Int] = []
  /// Those among the curved that only their tangents speak for.
  private(set) var doubtfulCurves: [Int] = []
  private var models: [Int: MoneyModel] = [:]
  /// Tangents at work, by the figure they enclose.
  private var cuts: [MoneyModel.Row] = []
  /// The rules that are wished for, with their weights.
  let weights: [RuleID: Double]
  /// Requirements of advisory rules that should be missed by as little as can be, with their weights.
  private(set) var wished: [Int: Double] = [:]
  /// What signatures under which nothing moves something that is broken reach, once that is known: shares of what is missing.
  var shares: [Int: Weaker]?
  /// The first row of a signature above the one allowed with which all that is asked holds, where there is one.
  var stronger: Int?
  /// By how much they may be missed, once that is known.
  var leeway: MoneyModel.Leeway?

  /// Reads rules that must hold, others that are wished for with their weights, and figures to be high, on a scenario. Throws `NotRecorded` where a figure hangs on money in a way no
  /// tape can hold, or a `Halt`.
  init(
    _ state: ScenarioState, _ context: EditContext, rules: [RuleID], wishes: [RuleID: Double] = [:], high: [FormulaID], low: Set<Int>, bounds: Bounds,
    day: Int, solver: @autoclosure @escaping () -> any Solver
  ) throws {
    (self.state, self.context, self.bounds, makeSolver, weights) = (state, context, bounds, solver, wishes)
    cells = OpenCells(state, places: bounds.places, closed: bounds.closed, years: bounds.years, tape: tape)
    let recorder = Recorder(
      plan: state.plan, overlay: state.overlay, others: context.others, uncertain: [], tape: tape, context: context, money: cells)
    var reader = RequirementReader(recorder: recorder, cells: cells, day: day)
    for rule in rules where wishes[rule] == nil { try reader.read(rule) }
    for rule in wishes.keys.sorted(by: { $0.raw < $1.raw }) { try reader.read(rule) }
    for row in state.contracts { Self.hold(state.plan.attributes[Int(row)], recorder, &reader, cells) }
    for (at, formula) in high.enumerated() {
      let value = try Self.total(formula, recorder)
      aims.append(low.contains(at) ? tape.record(PLAN_SUBTRACT, .zero, value) : value)
    }
    forms = Forms(tape, sums: cells.sums.map(\.sen))
    let most = min(Double(cells.cells.reduce(Int64(0)) { $0 &+ max(0, $1.sen) }), bounds.limit.map(Double.init) ?? .infinity)
    highest = cells.sums.map { $0.sen + most }
    curvature = Curvature(forms, highest: highest)
    requirements = reader.settled(forms)
    (stuck, unread) = (reader.stuck, reader.unread)
    for (at, requirement) in requirements.enumerated() {
      if case .rule(let rule, _, _, _) = requirement.origin, let weight = wishes[rule] { wished[at] = weight }
    }
    for at in requirements.indices { place(at) }
  }

  /// A formula's figure; a series is summed over its years.
  private static func total(_ id: FormulaID, _ recorder: Recorder) throws -> Number {
    let formula = recorder.plan.formulas[id.index]
    guard formula.isSeries else { return try recorder.number(of: id, year: -1) }
    var sum = Number.zero
    for year in formula.years ?? Array(0..<recorder.plan.yearCount) {
      let one = try recorder.number(of: id, year: year)
      if one.isAbsent, !one.isDrawn { continue }
      sum = sum.isDrawn || one.isDrawn ? recorder.tape.record(PLAN_ADD, sum, one) : sum + one
    }
    return sum
  }

  /// What is contracted stays.
  private static func hold(_ contract: Attribute, _ recorder: Recorder, _ reader: inout RequirementReader, _ cells: OpenCells) {
    var slice = SliceTemplate(document: recorder.plan.workingDocument)
    slice.anchors = .entities([contract.entity])
    for year in 0..<recorder.plan.yearCount {
      guard let sum = cells.sum(slice, local: nil, year: year) else { continue }
      // A plan that states less than its contract is not mended by this.
      let floor = min(contract.value.real, cells.sums.last?.sen ?? 0)
      reader.add(recorder.tape.record(PLAN_SUBTRACT, sum, Number(real: floor)), .contract(contract.entity, year: year))
    }
  }

  // MARK: Rows

  /// Makes rows of a requirement, or sees how it bends.
  private func place(_ at: Int) {
    let requirement = requirements[at]
    if let linear = requirement.linear {
      rows.append(row(linear, at, isStrict: requirement.isStrict))
    } else if !requirement.isEquality, let sum = curvature.onlySum(requirement.figure), let row = threshold(at, sum) {
      rows.append(row)
    } else if !requirement.isEquality, case let isConcave = curvature.bend(requirement.figure) == .concave, isConcave || bounds.isLocal {
      curved.append(at)
      if !isConcave { doubtfulCurves.append(at) }
    } else if !requirement.isEquality, let row = separated(requirement.figure, at, floor: 0) {
      rows.append(row)
    } else {
      doubtful.append(requirement.origin)
    }
  }

  /// A row of a figure in pieces; nil where it cannot be taken apart.
  func separated(_ figure: Number, _ owner: Int, floor: Double) -> MoneyModel.Row? {
    guard let made = separable(figure) else { return nil }
    let need = made.need(floor) - made.linear.value(forms.sums)
    guard need.isFinite else { return nil }
    return MoneyModel.Row(terms: made.linear.terms, need: need, owner: owner, parts: made.parts, slip: made.error)
  }

  /// Rows that keep the sums of parts where a mixed-integer programme put them: which piece was its question, how much
  /// money that takes is said exactly.
  func pins(_ parts: [Separable.Profile], _ sums: [Double], isSettled: Bool = false) -> [MoneyModel.Row] {
    parts.map { part in
      let change = (isSettled ? sums[Int(part.sum)] : part.settled(sums[Int(part.sum)])) - forms.sums[Int(part.sum)]
      let isRising = part.isRising
      return MoneyModel.Row(terms: [(part.sum, isRising == false ? -1 : 1)], need: isRising == false ? -change : change, isEquality: isRising == nil, owner: -1)
    }
  }

  /// The least money moved, pieces settled.
  func least(_ model: MoneyModel, extra: [MoneyModel.Row] = [], margins: [Int: Double] = [:], options: SolveOptions) -> MoneyModel.Moves {
    let answer = solve(model, .least(), extra: extra, margins: margins, options: options)
    let asked = wanted(margins) + extra
    let parts = asked.flatMap(\.parts)
    guard answer.solution.hasValues, !parts.isEmpty else { return answer }
    let plain = asked.filter(\.parts.isEmpty) + pins(parts, sums(answer, model))
    let exact = model.solve(plain, .least(), leeway: leeway, solver, options)
    return exact.solution.status == .optimal ? exact : answer
  }

  /// A figure in pieces.
  func separable(_ figure: Number) -> Separable? { SeparableReader(forms: forms, curvature: curvature, highest: highest).read(figure) }

  private func row(_ figure: Affine, _ owner: Int, isStrict: Bool = false) -> MoneyModel.Row {
    // A strict bound is met by a rupiah.
    let need = -figure.value(forms.sums) + (isStrict ? 100 * (figure.terms.map { abs($0.factor) }.max() ?? 0) : 0)
    return MoneyModel.Row(terms: figure.terms, need: need, isEquality: requirements.indices.contains(owner) && requirements[owner].isEquality, owner: owner)
  }

  /// The sum that a requirement of one sum needs, where it only rises or only falls with it: found by halving, to the sen.
  private func threshold(_ at: Int, _ sum: Int32, floor: Double = 0) -> MoneyModel.Row? {
    let figure = requirements[at].figure
    let profile = curvature.profile(figure, sum)
    let size = profile.map { abs($0.value) }.max() ?? 0
    guard size.isFinite, let first = profile.first, let last = profile.last else { return nil }
    let steps = zip(profile.dropFirst(), profile).map { $0.value - $1.value }
    let isRising = steps.allSatisfy { $0 >= -1e-12 * size }
    guard isRising || steps.allSatisfy({ $0 <= 1e-12 * size }) else { return nil }
    var sums = forms.sums
    func holds(_ value: Double) -> Bool {
      sums[Int(sum)] = value
      return forms.value(figure, sums) - floor >= -1e-12 * size
    }
    let now = forms.sums[Int(sum)]
    var (bad, good) = isRising ? (first.at, last.at) : (last.at, first.at)
    if holds(bad) { return MoneyModel.Row(terms: [(sum, 1)], need: -.infinity, owner: at) }
    // Never met: more than all money there is.
    if !holds(good) {
      if floor == 0 { unreachable.insert(at) }
      return MoneyModel.Row(terms: [(sum, isRising ? 1 : -1)], need: (isRising ? good - now : now - good) + abs(last.at) + 1e8, owner: at)
    }
    while abs(good - bad) > 1 {
      let middle = ((good + bad) / 2).rounded()
      if middle == good || middle == bad { break }
      if holds(middle) { good = middle } else { bad = middle }
    }
    if isRising { good = Separable.Profile.told(good) }
    return MoneyModel.Row(terms: [(sum, isRising ? 1 : -1)], need: isRising ? good - now : now - good, owner: at)
  }

  /// How much less money a requirement needs, in sen of the sum that counts most in it, where so much less of its own figure is
  /// asked; nil where that is not known.
  func ease(_ at: Int, by less: Double) -> Double? {
    let requirement = requirements[at]
    if requirement.linear != nil {
      switch forms.form(requirement.figure) {
      case .affine(let figure): return figure.terms.map { abs($0.factor) }.max().map { less / $0 }
      // A share of a sum: so much of the whole.
      case .ratio(_, let whole): return less * whole.value(forms.sums)
      case .curved: return nil
      }
    }
    guard !unreachable.contains(at), let sum = curvature.onlySum(requirement.figure), let now = threshold(at, sum), let eased = threshold(at, sum, floor: -less),
      now.need.isFinite, eased.need.isFinite
    else { return nil }
    return abs(now.need - eased.need)
  }

  // MARK: Solving

  /// The model of moves down to a row of the instrument table.
  func model(_ row: Int) -> MoneyModel {
    if let made = models[row] { return made }
    let made = model(row, only: nil)
    take(made)
    return made
  }

  /// Whether an answer keeps what curved figures are asked, for which the tangents at work need not suffice.
  func keepsCurves(_ answer: MoneyModel.Moves, _ model: MoneyModel) -> Bool {
    if curved.isEmpty { return true }
    let sums = sums(answer, model)
    return curved.allSatisfy { leeway?.weights[$0] != nil || isKept($0, forms.value(requirements[$0].figure, sums)) }
  }

  private func isKept(_ at: Int, _ value: Double) -> Bool { value - requirements[at].floor >= -1e-9 * max(1e-3, scale(at)) }

  /// Keeps a model that tells apart what all requirements do.
  func take(_ model: MoneyModel) { models[model.classes.row] = model }

  /// A model of moves that tells apart only what some requirements do.
  func model(_ row: Int, only: Set<Int>?) -> MoneyModel {
    var read: Set<Int32> = []
    for one in rows + cuts where only?.contains(one.owner) ?? true {
      for term in one.terms { read.insert(term.sum) }
      for part in one.parts { read.insert(part.sum) }
    }
    let figures = curved.filter { only?.contains($0) ?? true }.map { requirements[$0].figure } + (only == nil ? aims : [])
    for figure in figures { for sum in forms.sums(of: figure) { read.insert(sum) } }
    let runner = EditRunner(state: state, context: context)
    let classes = CellClasses(cells, read: read, row: row) { runner.field(of: $0) }
    let made = MoneyModel(cells, classes, spared: bounds.spared, state, context)
    made.limit = bounds.limit
    return made
  }

  /// What an answer makes of the sums.
  func sums(_ answer: MoneyModel.Moves, _ model: MoneyModel) -> [Double] {
    var sums = forms.sums
    for sum in sums.indices {
      for one in model.classes.ofSum[sum] { sums[sum] += (answer.taken[Int(one)] - answer.given[Int(one)]) * MoneyModel.unit }
      for ring in model.classes.ringsOfSum[sum] { sums[sum] += (answer.fromPool[Int(ring)] - answer.toPool[Int(ring)]) * MoneyModel.unit }
    }
    return sums
  }

  /// The rows asked for, tangents among them.
  func wanted(_ margins: [Int: Double], only: Set<Int>? = nil) -> [MoneyModel.Row] {
    (rows + cuts).compactMap { row in
      guard row.need > -.infinity, only?.contains(row.owner) ?? true else { return nil }
      guard let margin = margins[row.owner] else { return row }
      var row = row
      row.need += row.parts.isEmpty ? margin * (row.terms.map { abs($0.factor) }.max() ?? 0) : row.slip * margin / 100
      return row
    }
  }

  /// What rows miss as the scenario stands, as a model counts it: in juta rupiah of the sum that counts most in each.
  func missing(_ model: MoneyModel) -> Double {
    wanted([:]).reduce(0) { total, row in
      guard row.need > 0 || row.isEquality, let most = row.terms.map({ abs($0.factor) }).max(), most > 0 else { return total }
      return total + (wished[row.owner] ?? 1) * abs(row.need) / most / MoneyModel.unit
    }
  }

  /// Rounds of tangents before one gives up.
  private static let rounds = 60

  /// Solves with all requirements, or only those asked for; `margins` are added to what rows need.
  func solve(
    _ model: MoneyModel, _ aim: MoneyModel.Aim, only: Set<Int>? = nil, extra: [MoneyModel.Row] = [], margins: [Int: Double] = [:],
    options: SolveOptions
  ) -> MoneyModel.Moves {
    var answer: MoneyModel.Moves
    var round = 0
    while true {
      answer = model.solve(wanted(margins, only: only) + extra, aim, leeway: only == nil ? leeway : nil, solver, options)
      guard answer.solution.hasValues, round < Self.rounds, !context.isInterrupted() else { return answer }
      if curved.isEmpty { return answer }
      // Where an aim misses rows, curved ones are asked for by the tangents that are there.
      let sums = sums(answer, model)
      let values = forms.values(sums)
      var isPassed = false
      for at in curved where only?.contains(at) ?? true {
        var isMissable = leeway?.weights[at] != nil
        if case .nearest(let weights) = aim { isMissable = isMissable || weights[at] != nil }
        if isMissable, round > 8 { continue }
        if isKept(at, values[Int(requirements[at].figure.a)]) { continue }
        var tangent = tangent(requirements[at].figure, at: sums, values)
        tangent.constant -= requirements[at].floor
        cuts.append(row(tangent, at))
        isPassed = true
      }
      if !isPassed { return answer }
      round += 1
    }
  }

  /// Asks that a curved figure keep a height, until `release`.
  func keep(_ at: Int, atLeast floor: Double) {
    requirements.append(Requirement(origin: .asked, figure: aims[at], floor: floor))
    curved.append(requirements.count - 1)
  }

  /// Lets go of what `keep` asked.
  func release() {
    while let last = requirements.last, last.origin == .asked {
      let at = requirements.count - 1
      cuts.removeAll { $0.owner == at }
      curved.removeAll { $0 == at }
      requirements.removeLast()
    }
  }

  /// Whether no requirement is asked for by tangents: then solving changes nothing here.
  var isStraight: Bool { curved.isEmpty }

  /// How large a requirement's figure is as the scenario stands: what nearness is counted by.
  func scale(_ at: Int) -> Double { abs(forms.value(requirements[at].figure, forms.sums)) }

  /// How a figure to be high bends.
  func bend(ofAim at: Int) -> Curvature.Bend {
    if case .curved = forms.form(aims[at]) { return curvature.bend(aims[at]) }
    return .straight
  }

  /// A tangent at where the sums stand.
  func tangent(_ figure: Number, at sums: [Double]) -> Affine { tangent(figure, at: sums, forms.values(sums)) }

  /// A tangent at where the sums and all rows stand. Where a figure rises without bound from nothing (`elastis`), a little beside.
  private func tangent(_ figure: Number, at sums: [Double], _ values: [Double]) -> Affine {
    let made = forms.slopes(figure, values)
    let told = Set(made.terms.map(\.sum))
    let steep = forms.sums(of: figure).filter { sums[Int($0)] <= 0 && !told.contains($0) }
    if steep.isEmpty { return made }
    var beside = sums
    for sum in steep { beside[Int(sum)] = max(100, 1e-6 * highest[Int(sum)]) }
    return forms.slopes(figure, forms.values(beside))
  }
}
