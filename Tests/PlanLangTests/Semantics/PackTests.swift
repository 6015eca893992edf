import Testing

@testable import PlanLang

/// The rule packs: each rule has its article, how sure it is, and a worked example that it holds and one that it breaks.
@Suite struct PackTests {
  static let packs = ["belanja-wajib", "rpjmd", "pergeseran", "nomenklatur", "smart-city"]

  /// The examples of a pack: rule, whether it is met, script.
  static func examples(_ pack: String) -> [(rule: String, isMet: Bool, text: String)] {
    var made: [(rule: String, isMet: Bool, text: String)] = []
    for line in Repository.text("packs/contoh/\(pack).plan").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("### ") {
        let words = line.dropFirst(4).split(separator: " ")
        made.append((String(words[0]), words[1] == "dipenuhi", ""))
      } else if !made.isEmpty {
        made[made.count - 1].text += line + "\n"
      }
    }
    return made
  }

  @Test(arguments: packs) func everyRuleHasBothExamples(pack: String) throws {
    var seen: [String: Set<Bool>] = [:]
    for example in Self.examples(pack) {
      var session = Session(host: MemoryHost(), options: SessionOptions(isInteractive: false))
      let text = example.text + "pakai \"\(pack)\"\n"
      var said = ""
      let outcome = session.run([("\(example.rule).plan", Array(text.utf8))], expressions: [], mode: .answers) {
        if $0.isMessage { said += String($0.document.blocks.count) + $0.json.map(\.text).joined() }
      }
      #expect(!outcome.hasErrors, "\(example.rule): \(said)")
      if outcome.hasErrors { continue }
      let verdicts = try session.verdicts(of: session.scenarios.branches.count - 1)
      let verdict = verdicts.first { $0.rule.map { session.speech.name(session.checked.plan.rules[$0.index].name) } == example.rule }
      #expect(verdict?.status == (example.isMet ? .holds : .broken), "\(pack) \(example.rule) \(example.isMet)")
      seen[example.rule, default: []].insert(example.isMet)
    }
    var names = Vocabulary.seeded()
    var map = SourceMap()
    let added = map.add(name: pack, bytes: Repository.bytes("packs/\(pack).plan"))
    let source = try #require(added)
    let tree = Parser.parse(source, names: &names, language: .indonesian).tree
    for id in tree.children(of: tree.root) where tree[id].word == .rule {
      let name = names.text(Symbol(raw: tree[try #require(tree.child(.name, of: id))].payload))
      #expect(seen[name] == [true, false], "\(pack): \(name)")
      let block = try #require(tree.child(.block, of: id))
      let parts = tree.children(of: block).compactMap { tree[$0].word }
      #expect(parts.contains(.basis) && parts.contains(.grade), "\(name)")
    }
  }

  @Test func whatIsCompiledInIsWhatStandsInTheFolder() {
    for pack in Pack.all { #expect(pack.bytes == Repository.bytes("packs/\(pack.name).plan")) }
    #expect(Pack.all.map(\.name).sorted() == Self.packs.sorted())
  }

  @Test func theNomenclatureIsSortedAndFound() {
    let lines = Repository.text("packs/nomenklatur.csv").split(separator: "\n")
    let codes = lines.map { Array($0.prefix { $0 != ";" }.utf8) }
    #expect(zip(codes, codes.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    for line in lines {
      let parts = line.split(separator: ";", maxSplits: 1)
      #expect(Nomenclature.title(ofCode: String(parts[0])) == String(parts[1]))
    }
    #expect(Nomenclature.title(ofCode: "2.16.01") == "Penunjang Urusan Pemerintahan Daerah")
    #expect(Nomenclature.title(ofCode: "9.99.99") == nil)
    #expect(Nomenclature.codes(like: "pengelolaan pendidikan", count: 1).first?.code == "1.01.02")
  }

  @Test func likenessIsSymmetricAndBounded() {
    for (x, y) in [("jalan", "Jalan "), ("", ""), ("a", "b"), ("gizi masyarakat", "Gizi Ibu")] {
      #expect(Likeness.of(x, y) == Likeness.of(y, x))
    }
    #expect(Likeness.of("jalan", "JALAN.") .a == 8)
    #expect(Likeness.of("a", "b").a == 0)
  }
}
