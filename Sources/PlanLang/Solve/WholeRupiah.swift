/// Moves in whole rupiah: what each class gives and takes, and what goes to the pool of each ring and comes from it.
struct WholeMoves {
  var given, taken: [Int64]
  var toPool, fromPool: [Int64]

  /// The classes that move, by their ring.
  func moving(_ classes: CellClasses) -> [[Int]] {
    var moving = [[Int]](repeating: [], count: classes.rings.count)
    for at in given.indices where given[at] != 0 || taken[at] != 0 { moving[Int(classes.ring[at])].append(at) }
    return moving
  }
}

/// From a solver's answer to whole rupiah.
extension Reallocation {
  /// An answer in whole rupiah, cell by cell.
  func transfers(_ answer: MoneyModel.Moves, _ model: MoneyModel) -> [Transfer] { transfers(whole(answer, model), model) }

  /// An answer in whole rupiah: rings stay in balance, what is not whole is rounded up.
  func whole(_ answer: MoneyModel.Moves, _ model: MoneyModel) -> WholeMoves {
    let classes = model.classes
    func whole(_ juta: Double) -> Int64 {
      let rupiah = juta * (MoneyModel.unit / 100)
      let nearest = rupiah.rounded()
      return Int64(abs(rupiah - nearest) < 0.01 ? nearest : rupiah.rounded(.up))
    }
    var made = WholeMoves(
      given: (0..<classes.count).map { min(classes.spare[$0], whole(answer.given[$0])) }, taken: answer.taken.map(whole),
      toPool: answer.toPool.map(whole), fromPool: answer.fromPool.map(whole))
    let moving = made.moving(classes)
    for ring in moving.indices {
      let own = moving[ring].reduce(made.fromPool[ring] - made.toPool[ring]) { $0 + made.given[$1] - made.taken[$1] }
      if own != 0 { settle(ring, own, moving[ring], classes, &made.given, &made.taken, &made.toPool) }
    }
    return made
  }

  /// Whole rupiah of classes as transfers between cells.
  func transfers(_ moves: WholeMoves, _ model: MoneyModel) -> [Transfer] {
    let classes = model.classes
    let (given, taken) = (moves.given, moves.taken)
    let moving = moves.moving(classes)
    var transfers: [Transfer] = []
    for ring in moving.indices {
      var (left, wanted): ([(place: ExtraCell, sen: Int64)], [(place: ExtraCell, sen: Int64)]) = ([], [])
      for at in moving[ring] {
        if given[at] > 0 { left += spread(given[at], classes.members(at)) }
        if taken[at] > 0 { wanted.append((receiver(classes.members(at)), taken[at] * 100)) }
      }
      transfers += paired(left, wanted)
    }
    return transfers
  }

  /// Brings a ring to balance after rounding: the most that moves there takes the few rupiah.
  private func settle(
    _ ring: Int, _ off: Int64, _ inside: [Int], _ classes: CellClasses, _ given: inout [Int64], _ taken: inout [Int64], _ toPool: inout [Int64]
  ) {
    if off > 0 {
      if toPool[ring] > 0 {
        toPool[ring] += off
      } else if let most = inside.max(by: { taken[$0] < taken[$1] }) {
        taken[most] += off
      }
      return
    }
    var left = -off
    for at in inside.sorted(by: { given[$0] > given[$1] }) where left > 0 && given[at] > 0 {
      let more = min(left, classes.spare[at] - given[at])
      given[at] += more
      left -= more
    }
    for at in inside.sorted(by: { taken[$0] > taken[$1] }) where left > 0 {
      let less = min(left, taken[at])
      taken[at] -= less
      left -= less
    }
  }

  /// An amount over the cells of a class: those that hold most give first, so that few do.
  private func spread(_ rupiah: Int64, _ members: ArraySlice<Int32>) -> [(place: ExtraCell, sen: Int64)] {
    var left = rupiah
    var found: [(place: ExtraCell, sen: Int64)] = []
    let order = members.sorted { x, y in
      let (a, b) = (cells.cells[Int(x)].spare, cells.cells[Int(y)].spare)
      return a != b ? a > b : x < y
    }
    for member in order where left > 0 {
      let part = min(left, cells.cells[Int(member)].spare)
      if part > 0 { found.append((cells.cells[Int(member)].place, part * 100)) }
      left -= part
    }
    return found
  }

  /// The cell of a class that receives: the one that holds most.
  private func receiver(_ members: ArraySlice<Int32>) -> ExtraCell {
    var best = Int(members[members.startIndex])
    for member in members where cells.cells[Int(member)].sen > cells.cells[best].sen { best = Int(member) }
    return cells.cells[best].place
  }

  /// Who pays whom, from the lowest level up; what is left goes to the pool or comes from it.
  private func paired(_ left: [(place: ExtraCell, sen: Int64)], _ wanted: [(place: ExtraCell, sen: Int64)]) -> [Transfer] {
    var found = Instrument.paired(left, wanted, state.plan).map { Transfer(from: $0.from, to: $0.to, sen: $0.sen) }
    var (paid, got): ([ExtraCell: Int64], [ExtraCell: Int64]) = ([:], [:])
    for one in found {
      if let from = one.from { paid[from, default: 0] += one.sen }
      if let to = one.to { got[to, default: 0] += one.sen }
    }
    for part in left where paid[part.place, default: 0] < part.sen {
      found.append(Transfer(from: part.place, to: nil, sen: part.sen - paid[part.place, default: 0]))
    }
    for part in wanted where got[part.place, default: 0] < part.sen {
      found.append(Transfer(from: nil, to: part.place, sen: part.sen - got[part.place, default: 0]))
    }
    return found
  }
}
