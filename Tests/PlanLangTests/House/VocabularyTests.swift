import Testing

@testable import PlanLang

@Suite struct VocabularyTests {
  @Test func eachWordHasOneRowInBothLanguagesInOrder() {
    #expect(Vocabulary.rows.count == Word.allCases.count)
    for (row, word) in zip(Vocabulary.rows, Word.allCases) {
      #expect(row.word == word)
      #expect(!row.id.isEmpty && !row.en.isEmpty, "\(word)")
    }
  }

  @Test func noSpellingStandsForMoreThanThreeWords() {
    var counts: [String: Set<Word>] = [:]
    for row in Vocabulary.rows { for spelling in row.id + row.en { counts[spelling.lowercased(), default: []].insert(row.word) } }
    for (spelling, words) in counts where words.count > 3 { Issue.record("\(spelling) stands for \(words.count) words") }
  }
}
