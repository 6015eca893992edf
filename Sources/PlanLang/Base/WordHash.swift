/// A number that tells one thing from another by the words it is made of (FNV-1a).
struct WordHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func take(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01B3 }
}
