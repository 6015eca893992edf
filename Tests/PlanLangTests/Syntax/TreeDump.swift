@testable import PlanLang

/// A tree as one S-expression a statement: what a parse made, readable in a test.
extension Tree {
  func dump(names: Names, source: Source) -> String {
    children(of: root).map { written($0, names, source) }.joined(separator: "\n")
  }

  private func bytes(_ site: Site, _ source: Source) -> String {
    let (low, high) = (Int(site.start - source.base), min(Int(site.end - source.base), source.bytes.count))
    return low < high ? String(decoding: source.bytes[low..<high], as: UTF8.self) : ""
  }

  private func written(_ id: NodeID, _ names: Names, _ source: Source) -> String {
    let node = self[id]
    let head: String
    switch node.kind {
    case .name: return lead(node) + names.text(Symbol(raw: node.payload))
    case .word: return lead(node) + ":" + (node.word.map { "\($0)" } ?? "?")
    case .text: return lead(node) + bytes(node.site, source)
    case .code: return lead(node) + "@" + bytes(node.site, source)
    case .date: return lead(node) + "date " + bytes(node.site, source)
    case .hole: return lead(node) + "HOLE"
    case .question: return lead(node) + "?"
    case .literal: return lead(node) + literals[Int(node.payload)].shown
    case .years:
      let (first, last) = (node.firstYear.year, node.lastYear.year)
      return first == last ? "(years \(first))" : "(years \(first) \(last))"
    case .literals:
      let first = Int(node.payload)
      return "[" + (first..<first + Int(node.wordRaw)).map { literals[$0].shown }.joined(separator: " ") + "]"
    case .statement: head = node.payload == 1 && node.word == .show ? "bare" : node.word.map { "\($0)" } ?? "?"
    case .clause: head = "." + (node.word.map { "\($0)" } ?? "?")
    default: head = "\(node.kind)" + (node.word.map { " :\($0)" } ?? "")
    }
    let parts = [head] + children(of: id).map { written($0, names, source) }
    return lead(node) + "(" + parts.joined(separator: " ") + ")"
  }

  private func lead(_ node: Node) -> String {
    let signs: [UInt8: String] = [
      Node.plus: "+", Node.minus: "-", Node.times: "*", Node.divide: "/", Node.modulo: "mod", Node.of: "of",
      Node.join: "&", Node.equal: "=", Node.unequal: "<>", Node.less: "<", Node.lessEqual: "<=",
      Node.greater: ">", Node.greaterEqual: ">=", Node.contains: "contains", Node.member: "in",
    ]
    return signs[node.lead].map { $0 + " " } ?? ""
  }
}

extension Literal {
  /// `12.5`, `30%`, `Rp125` in sen, `2pt`, `-` for not given.
  var shown: String {
    var digits = String(mantissa.magnitude)
    if scale > 0 {
      while digits.count <= Int(scale) { digits = "0" + digits }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -Int(scale)))
    }
    if mantissa < 0 { digits = "-" + digits }
    switch kind {
    case .number: return digits
    case .percent: return digits + "%"
    case .money: return "Rp" + digits
    case .point: return digits + "pt"
    case .missing: return "-"
    }
  }
}

/// What one text parses to.
struct Parsed {
  let dump: String
  let codes: [String]
  let messages: [String]
  let helps: [String]
  let isIncomplete: Bool
  let tree: Tree

  init(_ bytes: [UInt8], _ language: Language = .indonesian) {
    var names = Vocabulary.seeded()
    var map = SourceMap()
    let source = map.add(name: "x", bytes: bytes) ?? Source(name: "x", bytes: [], base: 1)
    let result = Parser.parse(source, names: &names, language: language)
    dump = result.tree.dump(names: names, source: source)
    codes = result.diagnostics.all.map { $0.code }
    messages = result.diagnostics.all.map { $0.message[language] }
    helps = result.diagnostics.all.map { $0.help?[language] ?? "" }
    isIncomplete = result.incomplete
    tree = result.tree
  }

  init(_ text: String, _ language: Language = .indonesian) { self.init(Array(text.utf8), language) }
}
