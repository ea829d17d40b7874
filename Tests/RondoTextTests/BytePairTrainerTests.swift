import Foundation
import Testing

@testable import RondoText

@Suite struct BytePairTrainerTests {
  private func train(_ settings: BytePairCases.Training) throws -> BytePairModel {
    let trainer = BytePairTrainer(
      vocabularySize: settings.vocabularySize, minimumCount: settings.minimumCount,
      specialTokens: settings.special.map { SpecialToken($0) },
      units: .characters(
        CharacterUnits(continuingPrefix: settings.prefix, endSuffix: settings.suffix)),
      initialAlphabet: Set(settings.initialAlphabet.flatMap(\.unicodeScalars)),
      alphabetLimit: settings.alphabetLimit, lengthLimit: settings.lengthLimit)
    return try trainer.train(on: WordCounts(settings.words)).model
  }

  private func strings(_ model: BytePairModel) -> [String] {
    (0..<model.count).map { String(decoding: model.bytes(of: $0) ?? [], as: UTF8.self) }
  }

  @Test("Vocabularies and merges are those of Hugging Face's trainer, setting by setting")
  func golden() throws {
    for settings in try BytePairCases.read().training {
      let model = try train(settings)
      let tokens = strings(model)
      #expect(tokens == settings.vocabulary, "\(settings.name)")
      let merges = model.merges.map { [tokens[Int($0.left)], tokens[Int($0.right)]] }
      #expect(merges == settings.merges, "\(settings.name)")
    }
  }

  @Test("A byte-level vocabulary starts with all bytes, in the order of their printable characters")
  func byteLevel() throws {
    let expected = try BytePairCases.read().byteLevel
    let trained = try BytePairTrainer.byteLevel(
      vocabularySize: 400, specialTokens: [SpecialToken("<|end|>")]
    ).train(on: WordCounts(expected.words)).model
    let tokens = (0..<trained.count).map { ByteAlphabet.spelling(of: trained.bytes(of: $0) ?? []) }
    #expect(tokens == expected.vocabulary)
    let merges = trained.merges.map { [tokens[Int($0.left)], tokens[Int($0.right)]] }
    #expect(merges == expected.merges)
  }

  @Test(
    "The shared cases of training come out the same, merge by merge",
    .enabled(if: SharedVectors.isPresent))
  func sharedVectors() throws {
    var count = 0
    for item in try SharedVectors.cases("train.jsonl") where item["kind"] as? String == "hf-bpe" {
      let expected = try #require(item["merges"] as? [[String]])
      var words = WordCounts()
      words.add(
        lines: try #require(item["lines"] as? [String]),
        preTokenizer: ByteLevelPreTokenizer(addsPrefixSpace: false))
      let model = try BytePairTrainer.byteLevel(
        vocabularySize: try #require(item["vocab_size"] as? Int),
        minimumCount: try #require(item["min_frequency"] as? Int),
        specialTokens: [SpecialToken("<|endoftext|>")]
      ).train(on: words).model
      let found = model.merges.map { merge in
        [merge.left, merge.right].map {
          ByteAlphabet.spelling(of: model.bytes(of: Int($0)) ?? [])
        }
      }
      #expect(found == expected)
      count += 1
    }
    #expect(count > 4)
  }

  @Test("The order in which words come does not matter where every character has its place")
  func order() throws {
    let words = try #require(BytePairCases.read().training.first).words
    let trainer = BytePairTrainer(vocabularySize: 150)
    let model = try trainer.train(on: WordCounts(words)).model
    let reversed = try trainer.train(on: WordCounts(words.reversed())).model
    #expect(model.merges == reversed.merges)
    #expect(strings(model) == strings(reversed))
  }

  @Test("Training tells how far it is, and afterwards what it took")
  func report() throws {
    var phases: [String] = []
    let words = try #require(BytePairCases.read().training.first).words
    let training = try BytePairTrainer(vocabularySize: 150).train(on: WordCounts(words)) {
      phases.append($0.phase)
      #expect($0.completed <= $0.total)
    }
    #expect(phases == ["cutting words", "counting pairs"])
    #expect(training.report.phases.map(\.name) == ["cutting words", "counting pairs", "merging"])
    #expect(training.report.wordCount == Set(words).count)
    #expect(training.report.peakMemory > 100_000)
    #expect(training.counts.count == training.model.merges.count)
    // Each merge was the most frequent pair of its time, and merging makes no pair more frequent.
    #expect(zip(training.counts, training.counts.dropFirst()).allSatisfy { $0 >= $1 })
  }
}
