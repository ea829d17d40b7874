import Foundation
import Testing

@testable import RondoText

/// Beside SentencePiece's own trainers, which `make_sentencepiece_training.py` ran.
@Suite("Training as SentencePiece does")
struct SentencePieceTrainingTests {
  struct Golden: Decodable {
    struct Model: Decodable {
      let kind: String
      let size: Int
      let counts: [Int]
      let pieces: [String]
    }

    let lines: [String]
    let learned: Int
    let models: [String: Model]

    static func read() throws -> Golden {
      let url = RondoTextTests.Golden.url("sentencepiece/training.json")
      return try JSONDecoder().decode(Golden.self, from: try Data(contentsOf: url))
    }
  }

  /// Learns what SentencePiece learned from, cut as it cuts.
  private static func file(
    _ model: Golden.Model, from lines: some Sequence<String>
  ) throws -> SentencePieceFile {
    var words = WordCounts()
    words.add(
      lines: lines, normalizer: SentencePieceNormalizer(),
      preTokenizer: MetaspacePreTokenizer(prependScheme: .never))
    if model.kind == "unigram" {
      var trainer = UnigramTrainer(vocabularySize: model.size)
      trainer.characterCoverage = 1
      return try trainer.train(on: words).file
    }
    var trainer = SentencePieceBytePairTrainer(vocabularySize: model.size)
    trainer.characterCoverage = 1
    trainer.hasByteFallback = false
    return try trainer.train(on: words).file
  }

  /// A row of the comparison: how many of SentencePiece's tokens ours are, at least and at most.
  struct Margin: Sendable, CustomTestStringConvertible {
    let name: String
    let learnedText: ClosedRange<Double>
    let newText: ClosedRange<Double>
    /// The least share of pieces that both have.
    let sharedPieces: Double

    var testDescription: String { name }
  }

  /// How close the two come.
  ///
  /// Byte pairs are nearly the same. A unigram model of a page of text fits that page better than
  /// SentencePiece's, and a new page a little worse, because it starts from whole words as well.
  private static let margins = [
    Margin(name: "bpe 150", learnedText: 0.97...1.03, newText: 0.97...1.03, sharedPieces: 0.85),
    Margin(name: "bpe 300", learnedText: 0.97...1.03, newText: 0.97...1.03, sharedPieces: 0.85),
    Margin(name: "unigram 150", learnedText: 0.85...1, newText: 0.97...1.06, sharedPieces: 0.65),
    Margin(name: "unigram 240", learnedText: 0.80...1, newText: 0.97...1.06, sharedPieces: 0.65),
  ]

  @Test("Texts become about as many tokens as with what SentencePiece learns", arguments: margins)
  func tokenCounts(margin: Margin) throws {
    let golden = try Golden.read()
    let model = try #require(golden.models[margin.name])
    let file = try Self.file(model, from: golden.lines.prefix(golden.learned))
    #expect(file.pieces.count == model.size)
    let tokenizer = try Tokenizer(file, name: margin.name)
    let counts = golden.lines.map { tokenizer.encode($0).count }
    func ratio(_ range: Range<Int>) -> Double {
      Double(counts[range].reduce(0, +)) / Double(model.counts[range].reduce(0, +))
    }
    let (learned, new) = (ratio(0..<golden.learned), ratio(golden.learned..<golden.lines.count))
    #expect(margin.learnedText.contains(learned), "\(learned)")
    #expect(margin.newText.contains(new), "\(new)")
    let pieces = Set(file.pieces.map { String(decoding: $0.bytes, as: UTF8.self) })
    let shared = Double(pieces.intersection(model.pieces).count) / Double(model.size)
    #expect(shared >= margin.sharedPieces, "\(shared)")
  }
}
