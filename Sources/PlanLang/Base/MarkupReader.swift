/// XML 1.0 read from front to back: tags, their attributes and the text between them, without a tree.
///
/// Names are compared without their prefixes; comments, instructions and declarations are passed over, so that no
/// entity can be defined. What is not well formed ends the reading.
struct MarkupReader {
  /// What was met.
  enum Event { case open, close, text, end }

  /// The bytes, UTF-8.
  let bytes: [UInt8]
  private var at = 0
  /// The local name of the tag just met.
  private(set) var name = 0..<0
  /// The attributes of the tag just met, or its text.
  private(set) var inside = 0..<0
  /// Whether the text just met stands as it is (CDATA).
  private(set) var isVerbatim = false
  /// Whether a tag that closes itself still has to be closed.
  private var isClosing = false
  /// Whether reading ended before the text did.
  private(set) var isBroken = false

  /// A text; UTF-16 with its mark is put into UTF-8.
  init(_ bytes: [UInt8]) {
    let isLittle = bytes.starts(with: [0xff, 0xfe])
    if isLittle || bytes.starts(with: [0xfe, 0xff]) {
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map { at in
        let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
        return isLittle ? second << 8 | first : first << 8 | second
      }
      self.bytes = Array(String(decoding: units, as: UTF16.self).utf8)
    } else {
      self.bytes = bytes
      if bytes.starts(with: [0xef, 0xbb, 0xbf]) { at = 3 }
    }
  }

  /// Goes on to the next tag or text.
  mutating func next() -> Event {
    if isClosing {
      isClosing = false
      return .close
    }
    while at < bytes.count {
      if bytes[at] != 0x3c {
        let start = at
        while at < bytes.count, bytes[at] != 0x3c { at += 1 }
        inside = start..<at
        isVerbatim = false
        return .text
      }
      guard at + 1 < bytes.count else { break }
      switch bytes[at + 1] {
      case 0x3f: if !pass(until: "?>") { return broken() }
      case 0x21:
        if isAt("<!--") {
          if !pass(until: "-->") { return broken() }
        } else if isAt("<![CDATA[") {
          let start = at + 9
          guard pass(until: "]]>") else { return broken() }
          inside = start..<(at - 3)
          isVerbatim = true
          return .text
        } else if !pass(until: ">") {
          return broken()
        }
      case 0x2f: return closing()
      default: return opening()
      }
    }
    return at < bytes.count ? broken() : .end
  }

  /// Whether the tag just met has a name.
  @inline(__always) func isNamed(_ wanted: StaticString) -> Bool { isSame(name, wanted) }

  /// Where the value of an attribute of the tag just met stands, or nil.
  func attribute(_ wanted: StaticString) -> Range<Int>? {
    var place = inside.lowerBound
    while place < inside.upperBound {
      while place < inside.upperBound, bytes[place] <= 0x20 { place += 1 }
      var start = place
      while place < inside.upperBound, bytes[place] != 0x3d, bytes[place] > 0x20 {
        if bytes[place] == 0x3a { start = place + 1 }
        place += 1
      }
      let key = start..<place
      while place < inside.upperBound, bytes[place] != 0x22, bytes[place] != 0x27 { place += 1 }
      guard place < inside.upperBound else { return nil }
      let quote = bytes[place]
      place += 1
      let first = place
      while place < inside.upperBound, bytes[place] != quote { place += 1 }
      if isSame(key, wanted) { return first..<place }
      place += 1
    }
    return nil
  }

  /// The value of an attribute as text, or nil.
  func value(_ wanted: StaticString) -> String? {
    guard let range = attribute(wanted) else { return nil }
    var text: [UInt8] = []
    decode(range, into: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Adds the text just met, entities read.
  func decodeText(into text: inout [UInt8]) {
    if isVerbatim { text += bytes[inside] } else { decode(inside, into: &text) }
  }

  // MARK: Tags

  private mutating func opening() -> Event {
    at += 1
    takeName()
    let start = at
    while at < bytes.count, bytes[at] != 0x3e {
      if bytes[at] == 0x22 || bytes[at] == 0x27 {
        let quote = bytes[at]
        at += 1
        while at < bytes.count, bytes[at] != quote { at += 1 }
      }
      at += 1
    }
    guard at < bytes.count, !name.isEmpty else { return broken() }
    isClosing = at > start && bytes[at - 1] == 0x2f
    inside = start..<(isClosing ? at - 1 : at)
    at += 1
    return .open
  }

  private mutating func closing() -> Event {
    at += 2
    takeName()
    while at < bytes.count, bytes[at] != 0x3e { at += 1 }
    guard at < bytes.count, !name.isEmpty else { return broken() }
    at += 1
    return .close
  }

  @inline(__always) private mutating func takeName() {
    var start = at
    while at < bytes.count, bytes[at] > 0x20, bytes[at] != 0x3e, bytes[at] != 0x2f {
      if bytes[at] == 0x3a { start = at + 1 }
      at += 1
    }
    name = start..<at
  }

  private mutating func broken() -> Event {
    isBroken = true
    at = bytes.count
    return .end
  }

  /// Goes behind a mark; false when there is none.
  private mutating func pass(until mark: StaticString) -> Bool {
    let width = mark.utf8CodeUnitCount
    while at + width <= bytes.count {
      if isAt(mark) {
        at += width
        return true
      }
      at += 1
    }
    return false
  }

  private func isAt(_ wanted: StaticString) -> Bool {
    let width = wanted.utf8CodeUnitCount
    return at + width <= bytes.count && isSame(at..<(at + width), wanted)
  }

  @inline(__always) private func isSame(_ range: Range<Int>, _ wanted: StaticString) -> Bool {
    guard range.count == wanted.utf8CodeUnitCount else { return false }
    return wanted.withUTF8Buffer { letters in
      for place in 0..<letters.count where bytes[range.lowerBound + place] != letters[place] { return false }
      return true
    }
  }

  // MARK: Entities

  private func decode(_ range: Range<Int>, into text: inout [UInt8]) {
    var place = range.lowerBound
    while place < range.upperBound {
      guard bytes[place] == 0x26, let end = bytes[place..<min(place + 12, range.upperBound)].firstIndex(of: 0x3b) else {
        text.append(bytes[place])
        place += 1
        continue
      }
      text += Self.character(String(decoding: bytes[(place + 1)..<end], as: UTF8.self))
      place = end + 1
    }
  }

  /// What an entity stands for; one that is not known stays as it is written.
  private static func character(_ entity: String) -> [UInt8] {
    switch entity {
    case "amp": return [0x26]
    case "lt": return [0x3c]
    case "gt": return [0x3e]
    case "quot": return [0x22]
    case "apos": return [0x27]
    default: break
    }
    let isHex = entity.hasPrefix("#x")
    if entity.hasPrefix("#"), let code = UInt32(entity.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10) {
      return Array(String(Character(UnicodeScalar(code) ?? "\u{fffd}")).utf8)
    }
    return Array("&\(entity);".utf8)
  }
}
