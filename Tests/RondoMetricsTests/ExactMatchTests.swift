import Testing

@testable import RondoMetrics

struct ExactMatchTests {
  @Test("One right form is enough, and nearly right is wrong")
  func share() {
    var matches = ExactMatch()
    matches.add("einundzwanzig", reference: "einundzwanzig")
    matches.add("Einundzwanzig", reference: "einundzwanzig")
    matches.add("grey", references: ["gray", "grey"])
    matches.add("", reference: " ")
    #expect(matches.share == 0.5)
  }

  @Test("Composed and decomposed letters are different answers")
  func codePoints() {
    var matches = ExactMatch()
    matches.add("caf\u{e9}", reference: "cafe\u{301}")
    #expect(matches.matchCount == 0)
  }

  @Test("Two halves merged are the whole, and no answers have no share")
  func merging() {
    var (first, second) = (ExactMatch(), ExactMatch())
    #expect(first.share.isNaN)
    first.add(isMatch: true)
    second.add(isMatch: false)
    first.merge(second)
    #expect(first.share == 0.5)
  }
}
