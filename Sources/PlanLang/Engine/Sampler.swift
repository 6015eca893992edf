import CKernels

/// An assumption that is not known for sure: a parameter or a figure of a response, and how it is drawn.
struct Uncertainty: Sendable {
  /// What it is: a parameter, or a figure of a response.
  var key: FigureKey
  /// Its family, and the figures of the distribution in order.
  var family: Distribution.Family
  var figures: [Double]
  /// The figure the plan counts with, and its type.
  var middle: Double
  var type: ValueType
  /// The response it is a figure of, by its row, and which figure.
  var response: (row: Int, role: Assumption.Role)?
  /// Where it is declared.
  var site: Site

  /// All of a plan's: parameters with distributions, then ranges of responses, in order of declaration.
  static func all(of plan: Plan, _ evaluator: inout Evaluator) throws(Halt) -> [Uncertainty] {
    var found: [Uncertainty] = []
    for (row, parameter) in plan.parameters.enumerated() {
      guard let distribution = parameter.distribution else { continue }
      var figures: [Double] = []
      for figure in distribution.figures { figures.append(try evaluator.number(of: figure, year: 0).real) }
      found.append(
        Uncertainty(
          key: .parameter(ParameterID(row)), family: distribution.family, figures: figures,
          middle: try evaluator.number(of: parameter.formula, year: 0).real, type: plan.formulas[parameter.formula.index].type, site: parameter.site))
    }
    for (row, response) in plan.responses.enumerated() {
      for assumption in response.assumptions {
        guard let id = assumption.value, assumption.role != .studied, !assumption.range.low.isAbsent else { continue }
        found.append(
          Uncertainty(
            key: .assumption(id), family: .range, figures: [assumption.range.low.real, assumption.range.high.real],
            middle: try evaluator.number(of: id, year: 0).real, type: plan.formulas[id.index].type, response: (row, assumption.role),
            site: assumption.site))
      }
    }
    return found
  }

  /// The value below which a share of it lies: the inverse of its distribution. A range is drawn evenly; lognormal takes
  /// its median and the standard deviation of its logarithm; each value of a discrete one is as likely.
  func value<Q: Quantity>(at share: Q) -> Q {
    let f = figures.map { Q($0) }
    switch family {
    case .range, .uniform: return share * (f[1] - f[0]) + f[0]
    case .normal: return share.normalQuantile * f[1] + f[0]
    case .lognormal: return (share.normalQuantile * f[1]).exponential * f[0]
    case .triangular:
      let width = f[2] - f[0]
      return Q.choose(
        (f[1] - f[0]) / width, over: share, { f[0] + (share * (width * (f[1] - f[0]))).root },
        { f[2] - ((Q(1) - share) * (width * (f[2] - f[1]))).root })
    case .discrete:
      var value = f[f.count - 1]
      for at in f.indices.dropLast().reversed() {
        let after = value
        value = Q.choose(Q(Double(at + 1) / Double(f.count)), over: share, { f[at] }, { after })
      }
      return value
    }
  }
}

/// Why assumptions cannot be drawn.
enum SamplingProblem: Error, Sendable {
  /// The figures of a distribution that none has: its row.
  case impossible(Int)
  /// Correlations that no joint distribution has.
  case correlation(Site)
}

/// A correlation of two uncertain inputs, by their rows.
struct Coupling: Sendable {
  var first: Int
  var second: Int
  /// From -1 to 1, of the normal scores.
  var strength: Double
  var site: Site
}

/// How uncertain inputs are drawn: the inverse of each distribution, on a tape.
struct Sampler {
  let uncertain: [Uncertainty]
  /// Rows of the lower triangle that makes independent normal scores correlated; empty for an input that is not.
  private var factors: [Int: [(input: Int, weight: Double)]] = [:]

  /// A sampler; throws where a distribution or a correlation is impossible.
  init(_ uncertain: [Uncertainty], _ couplings: [Coupling]) throws(SamplingProblem) {
    self.uncertain = uncertain
    for (row, one) in uncertain.enumerated() where !Distribution.isPossible(one.family, one.figures) { throw .impossible(row) }
    // Cholesky's factor of the correlations of those that are coupled at all.
    let members = Set(couplings.flatMap { [$0.first, $0.second] }).sorted()
    var lower = [[Double]](repeating: [Double](repeating: 0, count: members.count), count: members.count)
    for i in members.indices {
      for j in 0...i {
        var rest = i == j ? 1.0 : 0
        for one in couplings where Set([one.first, one.second]) == Set([members[i], members[j]]) { rest = one.strength }
        for k in 0..<j { rest -= lower[i][k] * lower[j][k] }
        if i == j {
          guard rest > 1e-12 || rest > -1e-9 && couplings.count == 1 else { throw .correlation(couplings[0].site) }
          lower[i][i] = max(0, rest).squareRoot()
        } else {
          lower[i][j] = lower[j][j] > 0 ? rest / lower[j][j] : 0
        }
      }
      factors[members[i]] = (0...i).map { (members[$0], lower[i][$0]) }.filter { $0.weight != 0 }
    }
  }

  /// Records how each input comes from its uniform draw, the rows 0, 1, ... of the tape.
  func record(on tape: Tape) -> [Number] {
    uncertain.indices.map { row in
      var uniform = Number.drawn(Int32(truncatingIfNeeded: row))
      if let parts = factors[row], parts.count > 1 || parts.first?.input != row {
        var score = Number.zero
        for (input, weight) in parts {
          let one = tape.record(PLAN_MULTIPLY, tape.record(PLAN_NORMAL_QUANTILE, .drawn(Int32(truncatingIfNeeded: input))), Number(real: weight))
          score = score == .zero ? one : tape.record(PLAN_ADD, score, one)
        }
        uniform = tape.record(PLAN_NORMAL_SHARE, score)
      }
      return uncertain[row].value(at: Traced(uniform, on: tape)).number
    }
  }
}
