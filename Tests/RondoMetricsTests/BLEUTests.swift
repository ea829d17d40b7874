import Foundation
import Testing

@testable import RondoMetrics

struct BLEUTests {
  @Test("Each sentence scores as in sacreBLEU, in every variant", arguments: bleus.keys.sorted())
  func sentences(name: String) throws {
    let variant = try #require(bleus[name])
    for pair in GoldenScores.pairs.cases {
      var bleu = BLEU(
        isLowercased: variant.isLowercased, smoothing: variant.smoothing, hasEffectiveOrder: true,
        highestOrder: variant.highestOrder)
      bleu.add(pair.hypothesis, references: pair.references)
      let expected = try #require(pair.scores[name])
      #expect(abs(bleu.score - expected) < tolerance, "of \(pair.hypothesis.debugDescription)")
    }
  }

  @Test("A corpus scores as in sacreBLEU, with its line and signature", arguments: [true, false])
  func corpus(hasSeveralReferences: Bool) throws {
    let golden = GoldenScores.pairs
    for (name, variant) in bleus {
      var bleu = variant
      for pair in golden.cases {
        let references = hasSeveralReferences ? pair.references : [pair.references[0]]
        bleu.add(pair.hypothesis, references: references)
      }
      let expected = try #require(
        (hasSeveralReferences ? golden.corpus : golden.corpusOfFirst)[name])
      #expect(abs(bleu.score - expected.score) < tolerance, "\(name)")
      #expect(bleu.details.description == expected.line)
      #expect(bleu.signature == expected.signature)
    }
  }

  @Test("The shorthand for a sentence uses effective order")
  func sentence() throws {
    for pair in GoldenScores.pairs.cases {
      let score = BLEU.sentence(
        pair.hypothesis, references: pair.references, isLowercased: true)
      let expected = try #require(pair.scores["bleu lc"])
      #expect(abs(score - expected) < tolerance)
    }
  }

  @Test("Two halves merged score as the whole")
  func merging() {
    var (whole, first, second) = (BLEU(), BLEU(), BLEU())
    for (place, pair) in GoldenScores.pairs.cases.enumerated() {
      whole.add(pair.hypothesis, references: pair.references)
      if place.isMultiple(of: 3) {
        first.add(pair.hypothesis, references: pair.references)
      } else {
        second.add(pair.hypothesis, references: pair.references)
      }
    }
    first.merge(second)
    #expect(first.details.description == whole.details.description)
    #expect(first.score == whole.score)
    #expect(first.signature == whole.signature)
  }

  @Test("A text is its own perfect translation, and no text scores nothing")
  func extremes() {
    var bleu = BLEU()
    #expect(bleu.score == 0)
    bleu.add(
      "All good things are three, said the otter.",
      reference: "All good things are three, said the otter.")
    #expect(abs(bleu.score - 100) < tolerance)
  }
}
