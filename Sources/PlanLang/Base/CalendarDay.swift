/// Days of the calendar as whole numbers, yyyymmdd.
public enum CalendarDay {
  /// The day of `2026-10-05`, and where months may be meant the last day of `2026-10`; nil for what is
  /// no date.
  public static func read(_ text: String, orMonth: Bool = false) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3 || orMonth && parts.count == 2 else { return nil }
    guard parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }) else { return nil }
    let figures = parts.compactMap { Int($0) }
    guard figures.count == parts.count, (1901...9999).contains(figures[0]), (1...12).contains(figures[1])
    else { return nil }
    let (year, month) = (figures[0], figures[1])
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let last = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    let day = figures.count == 3 ? figures[2] : last
    return (1...last).contains(day) ? year * 10_000 + month * 100 + day : nil
  }
}
