import Testing

@testable import RondoText

@Suite struct TrainingMergerTests {
  @Test("A symbol that is made once more on both sides of itself pairs with itself once")
  func bothSides() throws {
    var words = TrainingWords()
    for symbols: [UInt32] in [[2, 0, 1], [0, 1, 2]] {
      words.begin(count: 5)
      for symbol in symbols { words.append(symbol) }
      words.end()
    }
    var merger = TrainingMerger(words: words, symbolCount: 4)
    var choice = merger.next(atLeast: 1)
    let first = try #require(choice)
    #expect([first.left, first.right] == [0, 1] && first.count == 10)
    merger.merge(first, into: 2)
    choice = merger.next(atLeast: 1)
    let second = try #require(choice)
    #expect([second.left, second.right] == [2, 2] && second.count == 10)
    merger.merge(second, into: 3)
    let hasMore = merger.next(atLeast: 1) != nil
    #expect(!hasMore)
  }
}
