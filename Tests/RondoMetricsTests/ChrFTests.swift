import Testing

@testable import RondoMetrics

struct ChrFTests {
  @Test("Each sentence scores as in sacreBLEU, in every variant", arguments: chrFs.keys.sorted())
  func sentences(name: String) throws {
    for pair in GoldenScores.pairs.cases {
      var chrF = try #require(chrFs[name])
      chrF.add(pair.hypothesis, references: pair.references)
      let expected = try #require(pair.scores[name])
      #expect(abs(chrF.score - expected) < tolerance, "of \(pair.hypothesis.debugDescription)")
    }
  }

  @Test("A corpus scores as in sacreBLEU, with its name and signature", arguments: [true, false])
  func corpus(hasSeveralReferences: Bool) throws {
    let golden = GoldenScores.pairs
    for (name, variant) in chrFs {
      var chrF = variant
      for pair in golden.cases {
        let references = hasSeveralReferences ? pair.references : [pair.references[0]]
        chrF.add(pair.hypothesis, references: references)
      }
      let expected = try #require(
        (hasSeveralReferences ? golden.corpus : golden.corpusOfFirst)[name])
      #expect(abs(chrF.score - expected.score) < tolerance, "\(name)")
      #expect("\(chrF.name) = \(chrF.score.fixed(2))" == expected.line)
      #expect(chrF.signature == expected.signature)
    }
  }

  @Test("Two halves merged score as the whole")
  func merging() {
    var (whole, first, second) = (ChrF.plusPlus(), ChrF.plusPlus(), ChrF.plusPlus())
    for (place, pair) in GoldenScores.pairs.cases.enumerated() {
      whole.add(pair.hypothesis, references: pair.references)
      if place.isMultiple(of: 2) {
        first.add(pair.hypothesis, references: pair.references)
      } else {
        second.add(pair.hypothesis, references: pair.references)
      }
    }
    first.merge(second)
    #expect(first.score == whole.score)
    #expect(first.signature == whole.signature)
  }
}
