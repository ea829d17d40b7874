import Foundation
import Testing

@testable import RondoText

@Suite struct UnigramTrainerTests {
  /// A generator whose numbers are the same every time.
  struct Fixed: RandomNumberGenerator {
    var state: UInt64 = 1

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private static let words =
    "▁the ▁lower ▁lowest ▁low ▁newer ▁newest ▁new ▁slow ▁slower ▁slowest ▁low ▁the ▁new ▁the"
    .split(separator: " ").map(String.init)

  @Test("Repeated substrings are those that a search finds")
  func suffixArray() {
    let words = ["abracadabra", "abra", "cadab", "aaaaaaaa", "b"]
    let counts = [1, 3, 2, 1, 5]
    var text: [UInt32] = []
    var weights: [Int32] = []
    for (word, count) in zip(words, counts) {
      text += word.utf8.map { UInt32($0) } + [0]
      weights += Array(repeating: Int32(count), count: word.utf8.count + 1)
    }
    var found: [String: Int] = [:]
    text.withUnsafeBufferPointer { text in
      weights.withUnsafeBufferPointer { weights in
        guard let base = text.baseAddress, let weight = weights.baseAddress else { return }
        let array = SuffixArray(base, count: text.count, depth: 6)
        array.forEachRepeat(weights: weight) { node in
          let start = Int(array.positions[Int(node.first)])
          let symbols = text[start..<start + Int(node.length)].map { UInt8($0) }
          found[String(decoding: symbols, as: UTF8.self)] = node.frequency
          for i in Int(node.first)..<Int(node.first + node.count) {
            let other = Int(array.positions[i])
            #expect(text[other..<other + Int(node.length)].map { UInt8($0) } == symbols)
          }
        }
      }
    }
    // The definition: at least two symbols, at most five, twice or more, and followed by different
    // symbols, where every end of a word is different from all others.
    var expected: [String: Int] = [:]
    var followers: [String: Set<String>] = [:]
    for (number, (word, count)) in zip(words, counts).enumerated() {
      let bytes = Array(word.utf8)
      for start in bytes.indices {
        for end in bytes.indices where end > start {
          if end - start > 4 { continue }
          let key = String(decoding: bytes[start...end], as: UTF8.self)
          expected[key, default: 0] += count
          let next = end + 1 < bytes.count ? "\(bytes[end + 1])" : "end \(number)"
          followers[key, default: []].insert(next)
        }
      }
    }
    expected = expected.filter { key, count in
      count > 1
        && (followers[key, default: []].count > 1
          || followers[key, default: []].contains { $0.hasPrefix("end") })
    }
    #expect(found == expected)
  }

  @Test("Estimated probabilities are those of all segmentations together")
  func expectation() throws {
    // One word "aaa" with the pieces a and aa: four segmentations, a·a·a, a·aa, aa·a. Written out:
    // the seeds are aa (twice in aaa); log p of each starts at its share of the text.
    let corpus = UnigramCorpus(WordCounts(["aaa"]), coverage: 1)
    let seeds = UnigramSeeds(corpus, trainer: UnigramTrainer(vocabularySize: 10))
    #expect(seeds.seeds.map(\.length) == [2])
    let estimator = UnigramEstimator(corpus, seeds: seeds)
    // a covers 3 characters, aa covers 2 · 2.
    let (a, aa) = (3.0 / 7, 4.0 / 7)
    #expect(abs(estimator.scores[0] - log(a)) < 1e-12)
    #expect(abs(estimator.scores[1] - log(aa)) < 1e-12)
    estimator.estimate()
    let total = a * a * a + 2 * a * aa
    #expect(abs(estimator.logLikelihood - log(total)) < 1e-12)
    let expectedA = (3 * a * a * a + 2 * a * aa) / total
    let expectedAA = 2 * a * aa / total
    func digamma(_ x: Double) -> Double { log(tgamma(x + 1e-5) / tgamma(x - 1e-5)) / 2e-5 }
    let sum = digamma(expectedA + expectedAA)
    #expect(abs(estimator.scores[0] - (digamma(expectedA) - sum)) < 1e-5)
    #expect(abs(estimator.scores[1] - (digamma(expectedAA) - sum)) < 1e-5)
  }

  @Test("A vocabulary has the special pieces, all characters, and the words that occur most")
  func vocabulary() throws {
    var counts = WordCounts()
    for _ in 0..<50 { for word in Self.words { counts.add(word) } }
    let training = try UnigramTrainer(vocabularySize: 24).train(on: counts)
    let pieces = training.file.pieces
    #expect(pieces.count == 24)
    #expect(
      pieces[..<3].map { String(decoding: $0.bytes, as: UTF8.self) } == ["<unk>", "<s>", "</s>"])
    let texts = Set(pieces.map { String(decoding: $0.bytes, as: UTF8.self) })
    for character in Set(Self.words.joined().unicodeScalars) {
      #expect(texts.contains(String(character)))
    }
    #expect(texts.contains("▁the"))
    let scores = pieces[3...].map(\.score)
    #expect(scores == scores.sorted(by: >))
    #expect(training.logLikelihood < 0)
    #expect(training.report.phases.count == 3)
    #expect(training.report.peakMemory > 0)
  }

  @Test("A trained model can be written and read as a SentencePiece file")
  func file() throws {
    let training = try UnigramTrainer(vocabularySize: 26).train(on: WordCounts(Self.words))
    let file = try SentencePieceFile(bytes: training.file.bytes, file: "trained")
    #expect(file == training.file)
    let tokenizer = try Tokenizer(file, name: "trained")
    let ids = tokenizer.encode("the slowest low")
    #expect(ids == training.model.encode(Array("▁the▁slowest▁low".utf8)))
    #expect(tokenizer.decode(ids) == "the slowest low")
  }

  @Test("Too small a vocabulary, no text, and senseless settings are refused")
  func refusals() {
    let counts = WordCounts(Self.words)
    #expect(throws: RondoTextError.self) {
      try UnigramTrainer(vocabularySize: 5).train(on: counts)
    }
    #expect(throws: RondoTextError.emptyText) {
      try UnigramTrainer(vocabularySize: 500).train(on: WordCounts())
    }
    var trainer = UnigramTrainer(vocabularySize: 50)
    trainer.longestPiece = 0
    #expect(throws: RondoTextError.self) { try trainer.train(on: counts) }
    trainer = UnigramTrainer(vocabularySize: 50)
    trainer.shrinkingFactor = 1
    #expect(throws: RondoTextError.self) { try trainer.train(on: counts) }
  }

  @Test("Scripts, digits and spaces keep to themselves")
  func rules() throws {
    var counts = WordCounts()
    for _ in 0..<20 {
      for word in ["▁abc天天", "▁abc12", "▁12.5", "▁天天かな", "▁天天かな"] { counts.add(word) }
    }
    var trainer = UnigramTrainer(vocabularySize: 60)
    trainer.controlPieces = []
    let pieces = { (trainer: UnigramTrainer) in
      try trainer.train(on: counts).file.pieces.map { String(decoding: $0.bytes, as: UTF8.self) }
    }
    let strict = try pieces(trainer)
    #expect(!strict.contains { $0.contains("c天") || $0.contains("c1") })
    #expect(strict.contains { $0.contains("天か") })
    #expect(strict.contains { $0.contains("12") })
    trainer.splitsDigits = true
    #expect(try !pieces(trainer).contains { $0.contains("12") })
    trainer.splitsScripts = false
    #expect(try pieces(trainer).contains { $0.contains("c天") })
  }

  @Test("Segmentations are drawn as often as they are probable")
  func sampling() throws {
    let model = try UnigramModel(
      pieces: [("<unk>", 0), ("a", -1), ("b", -1.5), ("ab", -2)].map {
        UnigramModel.Piece(Array($0.0.utf8), score: $0.1)
      }, unknownID: 0)
    let tokenizer = Tokenizer(model: model)
    var random = Fixed()
    var whole = 0
    for _ in 0..<20_000 {
      let ids = try tokenizer.sample("ab", smoothing: 0.5, using: &random)
      #expect(ids == [3] || ids == [1, 2])
      if ids == [3] { whole += 1 }
    }
    // p(ab) = e⁻¹ / (e⁻¹ + e⁻¹·²⁵)
    let expected = 1 / (1 + exp(-0.25))
    #expect(abs(Double(whole) / 20_000 - expected) < 0.015)
    #expect(try tokenizer.sample("aXXb", smoothing: 1, using: &random) == [1, 0, 2])
  }

  @Test("Added tokens are found before segmentations are drawn, special ones only if allowed")
  func samplingAddedTokens() throws {
    let model = try UnigramModel(
      pieces: [("<unk>", 0), ("a", -1), ("b", -1.5), ("<", -3)].map {
        UnigramModel.Piece(Array($0.0.utf8), score: $0.1)
      }, unknownID: 0)
    let tokenizer = Tokenizer(
      model: model,
      addedTokens: [AddedToken("ba", id: 4), AddedToken("<a", id: 5, isSpecial: true)])
    var random = Fixed()
    #expect(try tokenizer.sample("aba<a", smoothing: 0.2, using: &random) == [1, 4, 3, 1])
    let ids = try tokenizer.sample("aba<a", smoothing: 0.2, allowing: .all, using: &random)
    #expect(ids == [1, 4, 5])
    #expect(try tokenizer.sample("", smoothing: 0.2, using: &random) == [])
  }

  @Test("Only unigram models draw segmentations; others say so")
  func samplingOtherModels() {
    var random = Fixed()
    let error = #expect(throws: RondoTextError.self) {
      try Tokenizer.words(from: ["a b"]).sample("a b", smoothing: 0.1, using: &random)
    }
    #expect(error?.description.contains("this one has whole pieces") == true)
  }
}
