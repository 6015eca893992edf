/// How alike two titles are: the Dice coefficient of their pairs of letters (Dice, Ecology 26, 1945), case, marks and
/// spacing aside.
public enum Likeness {
  /// The pairs of letters of a text, sorted: `jalan` gives ja, al, la, an. A text of one letter is its own pair.
  public static func pairs(of text: String) -> [UInt16] {
    var pairs: [UInt16] = []
    var last: UInt8 = 0
    for byte in text.utf8 {
      var letter = byte
      if letter >= 65 && letter <= 90 { letter |= 32 }
      let counts = letter >= 97 && letter <= 122 || letter >= 48 && letter <= 57 || letter >= 128
      guard counts else { continue }
      if last != 0 { pairs.append(UInt16(last) << 8 | UInt16(letter)) }
      last = letter
    }
    if pairs.isEmpty, last != 0 { pairs.append(UInt16(last)) }
    return pairs.sorted()
  }

  /// The share of pairs that two sorted lists have in common, as a ratio: twice the common ones by all.
  public static func ratio(_ x: [UInt16], _ y: [UInt16]) -> (common: Int, all: Int) {
    var (i, j, common) = (0, 0, 0)
    while i < x.count, j < y.count {
      if x[i] == y[j] {
        common += 1
        i += 1
        j += 1
      } else if x[i] < y[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return (2 * common, x.count + y.count)
  }

  /// The likeness of two texts from 0 to 1; 1 for two empty ones.
  public static func of(_ x: String, _ y: String) -> Number {
    let (common, all) = ratio(pairs(of: x), pairs(of: y))
    return all == 0 ? Number(1) : Number(a: Int64(common), b: Int64(all))
  }
}
