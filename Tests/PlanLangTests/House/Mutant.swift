import Foundation

@testable import PlanLang

/// One of the project's own texts, changed at random: a pure function of its number, so that any mutant can be made again.
struct Mutant {
  /// What a mutant is made from: a script that is run, a file that a script loads, or lines given to a session.
  struct Origin {
    /// The text that is changed.
    var path: String
    /// The scripts that are run with it, from the same folder; itself, for a script.
    var scripts: [String]
    /// Whether the text is typed, line by line, into a session that has opened the scripts.
    var isTyped = false
  }

  /// What is done with the text.
  enum Use: CaseIterable { case text, json, verdicts, formatted }

  let number: Int
  let origin: Origin
  let language: Language
  let use: Use
  let bytes: [UInt8]
  /// What was done to the text, in words.
  let changes: [String]

  /// Every script of the examples and packs, every file that one of them loads, and the lines of the exercises.
  static let origins: [Origin] = {
    let scripts = Repository.files(below: "examples", ending: ".plan") + Repository.files(below: "packs", ending: ".plan")
    var all = scripts.map { Origin(path: $0, scripts: [$0]) }
    for path in Repository.files(below: "examples", ending: ".csv") {
      let name = "\"" + path.split(separator: "/").last! + "\""
      let readers = scripts.filter { folder($0) == folder(path) && Repository.text($0).contains(name) }
      if let reader = readers.first { all.append(Origin(path: path, scripts: [reader])) }
    }
    let typed = Repository.files(below: "examples", ending: ".sesi") + Repository.files(below: "Tests/PlanLangTests/Transcripts/sesi", ending: ".sesi")
    return all + typed.map { Origin(path: $0, scripts: ["examples/manado.plan"], isTyped: true) }
  }()

  /// The texts that pieces are taken from, cut into tokens.
  private static let shelf: [String: [[UInt8]]] = Dictionary(
    uniqueKeysWithValues: Set(origins.map(\.path)).map { ($0, tokens(Repository.bytes($0))) })
  private static let paths = shelf.keys.sorted()

  private static func folder(_ path: String) -> String { path.split(separator: "/").dropLast().joined(separator: "/") }

  /// A text cut where a reader would: words, figures, quoted texts, white space, single marks. Joined, they are the text.
  private static func tokens(_ bytes: [UInt8]) -> [[UInt8]] {
    func kind(_ byte: UInt8) -> Int {
      switch byte {
      case 48...57: 1
      case 65...90, 97...122, 95, 128...: 2
      case 32, 9: 3
      default: 0
      }
    }
    var all: [[UInt8]] = []
    var at = 0
    while at < bytes.count {
      var end = at + 1
      if bytes[at] == 34 {
        while end < bytes.count, bytes[end] != 34, bytes[end] != 10 { end += 1 }
        end = min(end + 1, bytes.count)
      } else if kind(bytes[at]) > 0 {
        let isWord = kind(bytes[at]) == 2
        while end < bytes.count, kind(bytes[end]) == kind(bytes[at]) || isWord && kind(bytes[end]) == 1 { end += 1 }
      }
      all.append(Array(bytes[at..<end]))
      at = end
    }
    return all
  }

  private static let figures = [
    "0", "-1", "1", "2", "7", "99", "2024", "2026", "2031", "0,5", "1,2", "1.250", "100000", "1000000000000", "9223372036854775807", "9223372036854775808",
    "92233720368547758,07", "92233720368547758", "340282366920938463463374607431768211456", "1e308", "0,0000000000000000001", "90000 T", "92233 T", "100%", "-50%", "1000000%",
  ]
  private static let marks = [
    "\n", ";", ", ", ".", "..", "(", ")", "[", "]", "{ ", " }", "=", "<=", ">=", "<>", "+", "-", "*", "/", "^", "&", ":", "~", "?", "#", "\"", "@", "Rp", "%", "dari", "ke",
    "untuk p dalam program:", "jika", "\u{0}", "\u{feff}", "\r", "\u{e9}",
  ]

  /// The mutant of a number.
  init(_ number: Int) {
    var dice = Draws(state: UInt64(number) &* 0x9e37_79b9_7f4a_7c15 | 1)
    let origin = Self.origins[number % Self.origins.count]
    var pieces = Self.shelf[origin.path] ?? []
    var changes: [String] = []
    for _ in 0...dice.below(3) { changes.append(Self.change(&pieces, &dice)) }
    (self.number, self.origin, self.changes) = (number, origin, changes)
    language = dice.below(2) == 0 ? .indonesian : .english
    use = origin.isTyped ? .text : [.text, .text, .text, .json, .json, .verdicts, .formatted][dice.below(7)]
    bytes = pieces.flatMap(\.self)
  }

  /// One change, of bytes or of tokens; what it was, in words.
  private static func change(_ pieces: inout [[UInt8]], _ dice: inout Draws) -> String {
    if pieces.isEmpty { pieces = [Array("1".utf8)] }
    let at = dice.below(pieces.count)
    switch dice.below(13) {
    case 0:
      let count = min(1 + dice.below(4), pieces.count - at)
      pieces.removeSubrange(at..<(at + count))
      return "lost \(count) tokens at \(at)"
    case 1:
      let count = min(1 + dice.below(40), pieces.count - at)
      pieces.insert(contentsOf: pieces[at..<(at + count)], at: at)
      return "doubled \(count) tokens at \(at)"
    case 2, 3:
      // Two of a kind change places: most such texts still say something.
      let kind = pieces[at].first.map { $0 &- 48 < 10 } ?? false
      let others = pieces.indices.filter { (pieces[$0].first.map { $0 &- 48 < 10 } ?? false) == kind && pieces[$0].first != 32 }
      let other = others.isEmpty ? at : others[dice.below(others.count)]
      pieces.swapAt(at, other)
      return "swapped tokens \(at) and \(other)"
    case 4, 5:
      let path = paths[dice.below(paths.count)]
      let lines = (shelf[path] ?? []).split(whereSeparator: { $0 == [10] })
      if lines.isEmpty { return "nothing" }
      let from = dice.below(lines.count)
      let taken = lines[from..<min(from + 1 + dice.below(6), lines.count)].flatMap { $0 + [[10]] }
      let end = pieces[at...].firstIndex(of: [10]).map { $0 + 1 } ?? pieces.count
      pieces.insert(contentsOf: taken, at: end)
      return "spliced lines \(from)... of \(path) at \(end)"
    case 6:
      let path = paths[dice.below(paths.count)]
      let others = shelf[path] ?? []
      let from = dice.below(max(others.count, 1))
      pieces.replaceSubrange(at..<min(at + 1 + dice.below(3), pieces.count), with: others[from..<min(from + 1 + dice.below(8), others.count)])
      return "put tokens \(from)... of \(path) over \(at)"
    case 7, 8:
      let numerals = pieces.indices.filter { pieces[$0].first.map { $0 &- 48 < 10 } ?? false }
      let place = numerals.isEmpty ? at : numerals[dice.below(numerals.count)]
      let figure = figures[dice.below(figures.count)]
      pieces[place] = Array(figure.utf8)
      return "\(figure) for token \(place)"
    case 9:
      let unit = ["(", "[", "{", "-", "jika a maka ", "a.", "bukan ", "jumlah(p untuk p dalam ", "2 ^ ", "program p { ", "1 + "][dice.below(11)]
      let count = [3, 150, 250, 10_000][dice.below(4)]
      pieces.insert([UInt8](String(repeating: unit, count: count).utf8), at: at)
      return "\(count) times `\(unit)` at \(at)"
    case 10:
      let mark = marks[dice.below(marks.count)]
      pieces.insert(Array(mark.utf8), at: at)
      return "`\(mark)` at \(at)"
    case 11:
      let place = dice.below(max(pieces[at].count, 1))
      let byte = UInt8(truncatingIfNeeded: dice.below(256))
      if place < pieces[at].count { pieces[at][place] = byte } else { pieces[at].append(byte) }
      return "byte \(byte) in token \(at)"
    default:
      let bytes = pieces.flatMap(\.self)
      let cut = dice.below(bytes.count + 1)
      let count = min(dice.below(200), bytes.count - cut)
      pieces = tokens(dice.below(4) == 0 ? Array(bytes[..<cut]) : Array(bytes[..<cut] + bytes[(cut + count)...]))
      return "cut \(count) bytes at \(cut)"
    }
  }
}

extension Draws {
  /// A number from 0 to one below a limit.
  fileprivate mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}
