/// What can be seen only when all rows are read: subtotals, totals, repeated keys, a factor of a thousand.
extension RowReader {
  /// Hands the cells to the plan and says what does not fit together.
  mutating func deliver(_ checker: inout Checker) {
    let subtotals = subtotals(checker)
    repeatedKeys(subtotals)
    checkTotals(subtotals)
    factors(subtotals, checker)
    for (i, record) in records.enumerated() where subtotals.isEmpty || !subtotals[i] {
      for (slot, column) in map.money.enumerated() {
        let sen = amounts[i * map.money.count + slot]
        let year = column.year ?? Int(record.year)
        guard sen != Self.absent, year >= 0 else { continue }
        checker.builder.cell(
          .spending, document: column.document, year: year, leaf: record.leaf, account: record.account,
          source: record.source, amount: sen, site: site(Int(record.row), column.column))
      }
    }
  }

  private func amount(_ record: Int, _ slot: Int) -> Int64 { amounts[record * map.money.count + slot] }

  private func number(_ record: Int) -> Int { table.number(Int(records[record].row)) }

  // MARK: Subtotals

  /// The rows that only repeat what stands below them in the same file; each is compared with its parts. Empty when
  /// all rows stand at one level.
  private mutating func subtotals(_ checker: Checker) -> [Bool] {
    guard let first = records.first else { return [] }
    let entities = checker.builder.plan.entities
    let kind = entities.kind[first.leaf.index]
    if records.allSatisfy({ entities.kind[$0.leaf.index] == kind }) { return [] }
    var isAbove = [Bool](repeating: false, count: entities.count)
    for record in records {
      var at = entities.parent[record.leaf.index]
      while at != Entities.none, !isAbove[at.index] {
        isAbove[at.index] = true
        at = entities.parent[at.index]
      }
    }
    let flags = records.map { isAbove[$0.leaf.index] }
    let width = map.money.count
    var sums: [EntityID: [Int64]] = [:]
    for (i, record) in records.enumerated() where flags[i] && sums[record.leaf] == nil {
      sums[record.leaf] = [Int64](repeating: 0, count: width)
    }
    for (i, record) in records.enumerated() where !flags[i] {
      var at = entities.parent[record.leaf.index]
      while at != Entities.none {
        if sums[at] != nil {
          for slot in 0..<width where amount(i, slot) != Self.absent { sums[at]?[slot] &+= amount(i, slot) }
        }
        at = entities.parent[at.index]
      }
    }
    for (i, record) in records.enumerated() where flags[i] {
      for slot in 0..<width {
        guard let sum = sums[record.leaf]?[slot], amount(i, slot) != Self.absent, amount(i, slot) != sum else { continue }
        tell(i, printed: amount(i, slot), sum: sum, row: Int(records[i].row))
      }
    }
    return flags
  }

  private mutating func tell(_ record: Int, printed: Int64, sum: Int64, row: Int) {
    note(
      .suspicious, row, "jumlah tercetak \(Figure.money(sen: printed)), jumlah barisnya \(Figure.money(sen: sum))",
      "the printed total is \(Figure.money(sen: printed)), its rows add up to \(Figure.money(sen: sum))")
  }

  // MARK: Totals

  /// A printed total is that of all rows before it or of those since the total before.
  private mutating func checkTotals(_ subtotals: [Bool]) {
    if totals.isEmpty { return }
    let width = map.money.count
    var all = [Int64](repeating: 0, count: width)
    var since = all
    var next = 0
    for total in totals {
      if next < total.record { since = [Int64](repeating: 0, count: width) }
      while next < total.record {
        for slot in 0..<width where amount(next, slot) != Self.absent && (subtotals.isEmpty || !subtotals[next]) {
          all[slot] &+= amount(next, slot)
          since[slot] &+= amount(next, slot)
        }
        next += 1
      }
      for (slot, column) in map.money.enumerated() {
        switch DataFigure.read(table.text(total.row, column.column), isIndonesian: map.isIndonesian) {
        case .exact(let sen), .artefact(let sen), .rounded(let sen), .scientific(let sen):
          if sen != all[slot], sen != since[slot] { tell(0, printed: sen, sum: all[slot], row: total.row) }
        default: break
        }
      }
    }
  }

  // MARK: Repeated keys

  /// Rows of one leaf, account, source and year that nothing tells apart: they are added up, and said.
  private mutating func repeatedKeys(_ subtotals: [Bool]) {
    guard records.count > 1 else { return }
    var slots = [Int32](repeating: 0, count: Int(UInt32(records.count).nextPowerOfTwo) * 2)
    let mask = slots.count - 1
    for i in records.indices where (subtotals.isEmpty || !subtotals[i]) && isCounted(i) {
      var at = hash(i) & mask
      while slots[at] != 0, !isSameKey(Int(slots[at]) - 1, i) { at = (at + 1) & mask }
      if slots[at] == 0 {
        slots[at] = Int32(truncatingIfNeeded: i + 1)
      } else {
        let before = number(Int(slots[at]) - 1)
        note(
          .suspicious, Int(records[i].row), "kuncinya sama dengan baris \(before); keduanya dijumlahkan",
          "its key is that of row \(before); both are added up")
      }
    }
  }

  /// Whether a row gives any money: one whose figures were all refused or left empty adds to nothing.
  private func isCounted(_ i: Int) -> Bool { map.money.indices.contains { amount(i, $0) != Self.absent } }

  private func hash(_ i: Int) -> Int {
    let record = records[i]
    var value = UInt64(record.leaf.raw) &* 0x9e37_79b9_7f4a_7c15
    value = (value ^ UInt64(record.account.raw) << 20 ^ UInt64(record.source.raw) << 44) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ UInt64(UInt32(bitPattern: record.year))) &* 0x94d0_49bb_1331_11eb
    for column in map.details {
      let span = table.span(Int(record.row), column)
      let end = Int(span.end)
      value ^= UInt64(end - Int(span.start))
      for at in max(Int(span.start), end - 12)..<end { value = (value ^ UInt64(bytes[at])) &* 0x100_0000_01b3 }
    }
    return Int(truncatingIfNeeded: (value ^ value >> 31) >> 1)
  }

  private func isSameKey(_ i: Int, _ j: Int) -> Bool {
    let (one, other) = (records[i], records[j])
    guard one.leaf == other.leaf, one.account == other.account, one.source == other.source, one.year == other.year else {
      return false
    }
    for column in map.details where !bytes.isSame(table.span(Int(one.row), column), table.span(Int(other.row), column)) {
      return false
    }
    // Of rows that name a package only a full repeat is doubted.
    return map.details.isEmpty || (0..<map.money.count).allSatisfy { amount(i, $0) == amount(j, $0) }
  }

  // MARK: A factor of a thousand (K13)

  private mutating func factors(_ subtotals: [Bool], _ checker: Checker) {
    let counted = records.indices.filter { subtotals.isEmpty || !subtotals[$0] }
    acrossColumns(counted)
    for slot in map.money.indices { withinColumn(counted, slot, checker) }
  }

  /// One row whose two figures differ by a thousand: one of them was written in thousands.
  private mutating func acrossColumns(_ counted: [Int]) {
    for i in counted {
      for slot in 1..<max(1, map.money.count) {
        let (one, other) = (amount(i, slot - 1), amount(i, slot))
        guard one > 0, other > 0 else { continue }
        let (high, low) = (max(one, other), min(one, other))
        let (wide, overflow) = low.multipliedReportingOverflow(by: 1000)
        guard !overflow, (wide > high ? wide - high : high - wide) <= high / 100 else { continue }
        let heads = (table.text(head, map.money[slot - 1].column), table.text(head, map.money[slot].column))
        note(
          .suspicious, Int(records[i].row), "\(heads.0) dan \(heads.1) berbeda seribu kali; satu mungkin dalam ribuan",
          "\(heads.0) and \(heads.1) differ a thousandfold; one may be in thousands")
      }
    }
  }

  /// Figures that lie far below their column (Tukey's outer fence, on ratios, and at least a hundredfold) and not
  /// above it times a thousand: single rows, or all rows of a department.
  private mutating func withinColumn(_ counted: [Int], _ slot: Int, _ checker: Checker) {
    var values: [(record: Int, sen: Int64)] = []
    for i in counted where amount(i, slot) > 0 { values.append((i, amount(i, slot))) }
    guard values.count >= 5 else { return }
    let sorted = values.map(\.sen).sorted()
    let quarter = sorted.count / 4
    let (low, middle, high) = (Double(sorted[quarter]), Double(sorted[sorted.count / 2]), Double(sorted[3 * quarter]))
    let ratio = max(high / low, 1)
    let fence = low / max(ratio * ratio * ratio, 100)
    for value in values where Double(value.sen) < fence && Double(value.sen) * 1000 <= high * max(ratio, 3) {
      let money = Figure.money(sen: value.sen)
      note(
        .suspicious, Int(records[value.record].row),
        "\(money) paling banyak seperseribu dari nilai lazim kolomnya; mungkin dalam ribuan",
        "\(money) is at most a thousandth of what is usual in its column; perhaps in thousands")
    }
    var groups: [EntityID: [(record: Int, sen: Int64)]] = [:]
    let entities = checker.builder.plan.entities
    for value in values {
      let office = entities.ancestor(.department, of: records[value.record].leaf) ?? Entities.none
      groups[office, default: []].append(value)
    }
    for office in groups.keys.sorted() {
      guard let group = groups[office], group.count >= 5, group.count * 2 < values.count else { continue }
      let own = Double(group.map(\.sen).sorted()[group.count / 2])
      guard own < middle / 300, own >= fence, let start = group.first, let end = group.last else { continue }
      let last = number(end.record)
      note(
        .suspicious, Int(records[start.record].row),
        "\(group.count) baris satu perangkat daerah (sampai baris \(last)) sekitar seperseribu dari yang lain; "
          + "mungkin dalam ribuan",
        "\(group.count) rows of one department (to row \(last)) are about a thousandth of the rest; "
          + "perhaps in thousands")
    }
  }
}

extension UInt32 {
  /// The least power of two that is not below it, at least 2.
  fileprivate var nextPowerOfTwo: UInt32 {
    var power: UInt32 = 2
    while power < self, power < 1 << 30 { power <<= 1 }
    return power
  }
}
