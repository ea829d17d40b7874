import Testing

@testable import RondoMetrics

struct Tokenizer13aTests {
  @Test("Segments split as sacreBLEU splits them", arguments: GoldenScores.pairs.cases.indices)
  func golden(place: Int) {
    let pair = GoldenScores.pairs.cases[place]
    let tokens = Tokenizer13a.tokens(of: Scalars(pair.hypothesis).withoutTrailingSpace)
    #expect(tokens == pair.tokens.map { Scalars($0) }, "of \(pair.hypothesis.debugDescription)")
  }

  @Test("A period between digits stays, and every other one stands alone")
  func periods() {
    let tokens = Tokenizer13a.tokens(of: Scalars("Pay 3.50, or $4. Now.")[...])
    #expect(
      tokens == ["Pay", "3.50", ",", "or", "$", "4", ".", "Now", "."].map { Scalars($0) })
  }
}
