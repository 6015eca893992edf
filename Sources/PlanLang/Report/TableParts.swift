/// A table too wide for the page, divided into several below one another; each begins with the same leading columns.
extension TableLayout {
  /// The table as one layout where it fits, else as the fewest that do, each with about as many columns and in
  /// one scale.
  static func parts(_ table: Table, _ style: TextStyle) -> [TableLayout] {
    let whole = TableLayout(table, style)
    guard let width = style.width, !whole.stands(table, width) else { return [whole] }
    let leading = min(table.leading ?? named(table), table.columns.count)
    let groups = groups(table, behind: leading)
    let most = scalable(table)
    var layouts = [whole]
    for count in stride(from: 2, through: groups.count, by: 1) {
      let made = (0..<count).map { part in
        let columns = groups[groups.count * part / count..<groups.count * (part + 1) / count].joined()
        return taking(Array(0..<leading) + columns, of: table)
      }
      layouts = made.map { TableLayout($0, style, to: most) }
      let scale = layouts.reduce(0) { max($0, $1.scale) }
      for at in layouts.indices where layouts[at].scale < scale {
        layouts[at] = TableLayout(made[at], style, from: scale, to: most)
      }
      if zip(layouts, made).allSatisfy({ $0.stands($1, width) }) { return layouts }
    }
    return layouts
  }

  /// Whether a table fits; one that may be divided also with all its columns, its figures whole and its words
  /// not crushed.
  private func stands(_ table: Table, _ width: Int) -> Bool {
    if total > width { return false }
    if table.leading == nil { return true }
    let shown = self.table.columns
    if shown.count < table.columns.count || shown.contains(where: \.isBroken) { return false }
    return shown.indices.allSatisfy { !shown[$0].flexible || widths[$0] >= min(16, Self.natural(table, $0)) }
  }

  /// The columns up to the first that is more than a mark.
  private static func named(_ table: Table) -> Int {
    (table.columns.indices.first { natural(table, $0) > 2 } ?? 0) + 1
  }

  /// The columns behind the leading ones that stay together: one that is joined stays with the one before it.
  private static func groups(_ table: Table, behind leading: Int) -> [[Int]] {
    var groups: [[Int]] = []
    for column in table.columns.indices.dropFirst(leading) {
      if table.columns[column].isJoined, !groups.isEmpty {
        groups[groups.count - 1].append(column)
      } else {
        groups.append([column])
      }
    }
    return groups
  }

  private static func taking(_ columns: [Int], of table: Table) -> Table {
    func taken(_ row: [Run]) -> [Run] { columns.compactMap { $0 < row.count ? row[$0] : nil } }
    return Table(
      columns: columns.map { table.columns[$0] }, rows: table.rows.map(taken), totals: table.totals.map(taken),
      leading: table.leading)
  }
}
