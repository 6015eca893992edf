import CKernels

/// What the draws of one figure came to. Whole numbers and extremes only: parts add up to the same bytes in any order.
struct Tally: Sendable, Equatable {
  /// The start and width of what was expected, from the first draws.
  var low: Double
  var scale: Double
  /// How many draws fell into each part of equal width; the first and last hold what lay beyond.
  var bins: [UInt32]
  /// The sum of distances from `low`, in 2^-24 of `scale`.
  var sum: Int64 = 0
  var least = Double.infinity
  var greatest = -Double.infinity
  /// Draws that gave no figure.
  var absent: UInt64 = 0

  /// Draws that gave a figure.
  var count: UInt64 { bins.reduce(0) { $0 + UInt64($1) } }
  /// Their mean: of a truth, its share; of draws that are all the same, that figure to the bit.
  var mean: Double { count == 0 ? .nan : least == greatest ? least : low + scale * (Double(sum) / 16_777_216) / Double(count) }

  /// The value below which a share of the draws lies: to the width of a part, even inside it.
  func quantile(_ share: Double) -> Double {
    let wanted = share * Double(count)
    var before = 0.0
    let width = scale / Double(bins.count - 2)
    for (at, here) in bins.enumerated() where here > 0 {
      if before + Double(here) >= wanted {
        let inside = (wanted - before) / Double(here)
        let start = at == 0 ? least : max(least, low + Double(at - 1) * width)
        let end = at == bins.count - 1 ? greatest : min(greatest, low + Double(at) * width)
        return start + inside * (end - start)
      }
      before += Double(here)
    }
    return greatest
  }

  /// Adds the tally of other draws.
  mutating func add(_ other: Tally) {
    for at in bins.indices { bins[at] += other.bins[at] }
    sum += other.sum
    absent += other.absent
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }
}

/// A tape with its draws: seed, how many, plain or in strata.
struct Simulation {
  let program: Tape.Program
  /// Whether each output is a truth: then its share is counted, not its distribution.
  let truths: [Bool]
  let seed: UInt64
  let draws: UInt64
  let isStratified: Bool

  /// How many parts a tally of figures has.
  static let parts = 8192

  /// What tells one question from another: steps, constants, seed and draws.
  var key: UInt64 {
    var sum = WordHash()
    for step in program.steps { for word in [step.op, step.a, step.b, step.c, step.d] { sum.take(UInt64(bitPattern: Int64(word))) } }
    for constant in program.constants { sum.take(constant.bitPattern) }
    for output in program.outputs { sum.take(UInt64(bitPattern: Int64(output))) }
    for word in [seed, draws, isStratified ? 1 : 0] { sum.take(word) }
    return sum.value
  }

  /// The tallies with nothing in them: where each figure is to be expected is told by the first draws, whoever draws.
  func expected() -> [Tally] {
    var lows = [Double](repeating: .infinity, count: truths.count)
    var highs = [Double](repeating: -.infinity, count: truths.count)
    var slots = [Double](repeating: 0, count: program.slots * Int(PLAN_LANES))
    for block in 0..<8 where UInt64(block) * UInt64(PLAN_LANES) < draws {
      let lanes = min(Int(PLAN_LANES), Int(draws) - block * Int(PLAN_LANES))
      plan_run(
        program.steps, Int32(program.steps.count), &slots, program.constants, seed, UInt64(block) * UInt64(PLAN_LANES), isStratified ? draws : 0)
      for (at, slot) in program.outputs.enumerated() {
        for lane in 0..<lanes {
          let value = slots[Int(slot) * Int(PLAN_LANES) + lane]
          if value.isFinite { (lows[at], highs[at]) = (min(lows[at], value), max(highs[at], value)) }
        }
      }
    }
    return truths.indices.map { at in
      if truths[at] { return Tally(low: 0, scale: 1, bins: [0, 0, 0, 0]) }
      guard lows[at] <= highs[at] else { return Tally(low: 0, scale: 1, bins: [UInt32](repeating: 0, count: Self.parts + 2)) }
      let width = highs[at] > lows[at] ? highs[at] - lows[at] : max(abs(lows[at]), 1) * 1e-6
      return Tally(low: lows[at] - width / 4, scale: width * 1.5, bins: [UInt32](repeating: 0, count: Self.parts + 2))
    }
  }

  /// Draws those of one shard of several: whole blocks, so that shards together are one run. Nil without memory.
  func run(shard: Int = 0, of shards: Int = 1, threads: Int, keepGoing: (UInt64) -> Bool) -> (done: UInt64, tallies: [Tally])? {
    var tallies = expected()
    let blocks = (draws + UInt64(PLAN_LANES) - 1) / UInt64(PLAN_LANES)
    let first = blocks * UInt64(shard) / UInt64(shards) * UInt64(PLAN_LANES)
    let end = min(draws, blocks * UInt64(shard + 1) / UInt64(shards) * UInt64(PLAN_LANES))
    let counts = tallies.map(\.bins.count)
    let bins = UnsafeMutablePointer<UInt32>.allocate(capacity: counts.reduce(1, +))
    bins.initialize(repeating: 0, count: counts.reduce(1, +))
    defer { bins.deallocate() }
    var raw: [plan_tally] = []
    var at = 0
    for tally in tallies {
      raw.append(
        plan_tally(
          low: tally.low, scale: tally.scale, bins: bins + at, bin_count: Int32(tally.bins.count), sum: 0, least: .infinity, greatest: -.infinity,
          absent: 0))
      at += tally.bins.count
    }
    let done: Int64 = withoutActuallyEscaping(keepGoing) { keepGoing in
      var asked = keepGoing
      return withUnsafeMutablePointer(to: &asked) { context in
        program.steps.withUnsafeBufferPointer { steps in
          program.constants.withUnsafeBufferPointer { constants in
            program.outputs.withUnsafeBufferPointer { outputs in
              var whole = plan_program(
                steps: steps.baseAddress, count: Int32(steps.count), slots: Int32(program.slots), constants: constants.baseAddress,
                output: outputs.baseAddress, outputs: Int32(outputs.count))
              return plan_simulate(
                &whole, seed, first, end, isStratified ? draws : 0, Int32(threads), &raw,
                { context, done in
                  guard let ask = context?.assumingMemoryBound(to: ((UInt64) -> Bool).self) else { return 1 }
                  return ask.pointee(done) ? 1 : 0
                }, context)
            }
          }
        }
      }
    }
    if done < 0 { return nil }
    at = 0
    for i in tallies.indices {
      tallies[i].bins = Array(UnsafeBufferPointer(start: bins + at, count: counts[i]))
      (tallies[i].sum, tallies[i].absent) = (raw[i].sum, raw[i].absent)
      (tallies[i].least, tallies[i].greatest) = (raw[i].least, raw[i].greatest)
      at += counts[i]
    }
    return (UInt64(done), tallies)
  }

  /// One draw again, counted from 0: its inputs, and the figures asked for.
  func replay(_ draw: UInt64) -> (inputs: [Double], figures: [Double]) {
    let width = UInt64(PLAN_LANES)
    var slots = [Double](repeating: 0, count: program.slots * Int(PLAN_LANES))
    plan_run(program.steps, Int32(program.steps.count), &slots, program.constants, seed, draw / width * width, isStratified ? draws : 0)
    let lane = Int(draw % width)
    func value(_ slot: Int) -> Double { slots[slot * Int(PLAN_LANES) + lane] }
    return ((0..<program.inputs).map(value), program.outputs.map { value(Int($0)) })
  }

  /// The figures asked for with inputs that are given, one lane each: `inputs[lane][variable]`, at most a block.
  func values(_ inputs: [[Double]]) -> [[Double]] {
    var slots = [Double](repeating: 0, count: program.slots * Int(PLAN_LANES))
    for (lane, input) in inputs.enumerated() {
      for (variable, value) in input.enumerated() { slots[variable * Int(PLAN_LANES) + lane] = value }
    }
    program.steps.withUnsafeBufferPointer { steps in
      guard let base = steps.baseAddress else { return }
      plan_run(base + program.drawing, Int32(steps.count - program.drawing), &slots, program.constants, 0, 0, 0)
    }
    return inputs.indices.map { lane in program.outputs.map { slots[Int($0) * Int(PLAN_LANES) + lane] } }
  }
}
