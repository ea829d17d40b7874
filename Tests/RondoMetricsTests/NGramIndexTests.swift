import Testing

@testable import RondoMetrics

struct NGramIndexTests {
  @Test("Equal n-grams, and only those, count together")
  func counts() {
    var index = NGramIndex<String>()
    let counts = index.counts(of: ["a", "b", "a", "b", "c"], upTo: 3)
    #expect(counts.map { $0.values.sorted() } == [[1, 2, 2], [1, 1, 2], [1, 1, 1]])
  }

  @Test("A second text shares the numbers of the first")
  func sharing() {
    var index = NGramIndex<String>()
    let first = index.counts(of: ["x", "y", "z"], upTo: 3)
    let second = index.counts(of: ["y", "z"], upTo: 3)
    #expect(Set(second[1].keys).isSubset(of: first[1].keys))
    #expect(second[2].isEmpty)
  }
}
