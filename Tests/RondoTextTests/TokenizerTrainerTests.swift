import Foundation
import Testing

@testable import RondoText

@Suite("Training whole tokenizers")
struct TokenizerTrainerTests {
  private static func golden() throws -> [String: Any] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Golden/tokenizers/pipelines.json")
    let value = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
    return try #require(value as? [String: Any])
  }

  private static func words(_ lines: [String], for trainer: TokenizerTrainer) -> WordCounts {
    var words = WordCounts()
    words.add(
      lines: lines, normalizer: trainer.normalizer, preTokenizer: trainer.preTokenizer)
    return words
  }

  @Test(
    "The vocabulary and the identifiers are those of Hugging Face's library",
    arguments: ["bpe", "folded", "byte-bpe"])
  func reference(name: String) throws {
    let golden = try Self.golden()
    let lines = try #require(golden["lines"] as? [String])
    let expected = try #require((golden["cases"] as? [String: [String: Any]])?[name])
    let size = try #require(golden["size"] as? Int)
    var trainer =
      name == "byte-bpe"
      ? TokenizerTrainer(.byteLevelBytePair, vocabularySize: size + 200)
      : TokenizerTrainer(.bytePair, vocabularySize: size)
    if name == "folded" {
      trainer.normalization = .compatibilityComposed
      trainer.stripsAccents = true
      trainer.isLowercased = true
    }
    let trained = try trainer.train(on: Self.words(lines, for: trainer)).tokenizer
    let copy = try Tokenizer(json: try trained.json(), file: "copy")
    for tokenizer in [trained, copy] {
      let vocabulary = (0..<tokenizer.vocabularySize).map { tokenizer.token(for: $0) }
      #expect(vocabulary == expected["vocabulary"] as? [String])
      for item in try #require(expected["texts"] as? [[String: Any]]) {
        let text = try #require(item["text"] as? String)
        let ids = tokenizer.encoding(of: text).ids
        #expect(ids == item["ids"] as? [Int], "\(text.debugDescription)")
        #expect(tokenizer.decode(ids) == item["decoded"] as? String)
      }
      #expect(tokenizer.encoding(of: lines[0], and: lines[1]).ids == expected["pair"] as? [Int])
    }
  }

  @Test("Every kind learns, reads its own file, and keeps its special tokens first")
  func kinds() throws {
    let golden = try Self.golden()
    let lines = try #require(golden["lines"] as? [String])
    for kind in TokenizerTrainer.Kind.allCases {
      for splitting in kind.splittings {
        var trainer = TokenizerTrainer(kind, vocabularySize: 400)
        trainer.splitting = splitting
        trainer.furtherSpecialTokens = [.mask]
        let trained = try trainer.train(on: Self.words(lines, for: trainer)).tokenizer
        for (id, token) in trainer.specialTokens.enumerated() {
          let found = token == .unknown ? trained.unknownID : trained.id(of: token)
          #expect(found == id, "\(kind) \(token.text)")
        }
        #expect(trained.id(of: .mask) == trainer.specialTokens.count - 1)
        let copy = try Tokenizer(json: try trained.json(), file: "\(kind) \(splitting)")
        let text = lines.joined(separator: " ") + " <mask> ω"
        #expect(copy.encode(text) == trained.encode(text), "\(kind) \(splitting)")
        #expect(!trained.encode(text).contains(trainer.specialTokens.count - 1))
        if kind == .byteLevelBytePair { #expect(trained.decode(trained.encode(text)) == text) }
        if kind == .wordPiece {
          #expect(trained.encoding(of: "low").pieces.first == "[CLS]")
        } else {
          #expect(trained.encoding(of: "low").ids.first == trained.startID)
        }
      }
    }
  }

  @Test("Every kind says how far it is, how long it took, and how much memory")
  func reports() throws {
    let lines = try #require(try Self.golden()["lines"] as? [String])
    for kind in TokenizerTrainer.Kind.allCases {
      let trainer = TokenizerTrainer(kind, vocabularySize: 400)
      let words = Self.words(lines, for: trainer)
      var progress: [TokenizerProgress] = []
      let report = try trainer.train(on: words, observer: { progress.append($0) }).report
      #expect(progress.count > 1, "\(kind)")
      #expect(progress.allSatisfy { (0...$0.total).contains($0.completed) }, "\(kind)")
      #expect(report.phases.count > 1 && report.duration > .zero, "\(kind)")
      #expect(report.peakMemory > 8 * report.wordCount && report.wordCount > 0, "\(kind)")
    }
  }

  @Test("The unknown token of a unigram model stands where the list has it, and means unknown")
  func unigramUnknown() throws {
    let trainer = TokenizerTrainer(.unigram, vocabularySize: 60)
    let lines = Array(repeating: "the lower the river the lower the flow", count: 20)
    let tokenizer = try trainer.train(on: Self.words(lines, for: trainer)).tokenizer
    #expect(tokenizer.unknownID == 1 && tokenizer.token(for: 1) == "<unk>")
    #expect(tokenizer.model.bytes(of: 1) == Array("<unk>".utf8))
    #expect(tokenizer.token(for: 0) == "<pad>")
    #expect(tokenizer.encode("lower 🤖").contains(1))
    #expect(!tokenizer.encode("lower").contains(1))
    #expect(tokenizer.decode(tokenizer.encode("lower flow")) == "lower flow")
  }

  @Test("Settings that do not go together are refused in one sentence")
  func refusals() throws {
    var wrongSplit = TokenizerTrainer(.wordPiece, vocabularySize: 100)
    wrongSplit.splitting = .gpt2
    var counted = TokenizerTrainer(.unigram, vocabularySize: 100)
    counted.minimumCount = 2
    var scored = TokenizerTrainer(.bytePair, vocabularySize: 100)
    scored.score = .likelihood
    let cases: [(TokenizerTrainer, String)] = [
      (scored, "bpe cannot learn by likelihood"),
      (wrongSplit, "choose one of bert, whitespace, words"), (counted, "takes no minimum count"),
      (TokenizerTrainer(.bytePair, vocabularySize: 4), "no room beside the 4 special ones"),
    ]
    for (trainer, says) in cases {
      let error = #expect(throws: RondoTextError.self) {
        try trainer.train(on: Self.words(["a b"], for: trainer))
      }
      #expect(error?.description.contains(says) == true, "\(String(describing: error))")
    }
    let trainer = TokenizerTrainer(.bytePair, vocabularySize: 100)
    #expect(throws: RondoTextError.emptyText) {
      try trainer.train(on: WordCounts())
    }
  }

  @Test("A unigram model writes SentencePiece's file, which puts a space before spaces too")
  func unigramFile() throws {
    let trainer = TokenizerTrainer(.unigram, vocabularySize: 60)
    var words = WordCounts()
    words.add(
      lines: RepeatedText.units + ["the lowest of the low", "a newer and wider river"],
      normalizer: trainer.normalizer, preTokenizer: trainer.preTokenizer)
    let trained = try trainer.train(on: words)
    let file = try Tokenizer(try #require(trained.sentencePieceFile), name: "the file")
    for text in ["the lower river", "a", "a  wide ", "é 🙂 newest", ""] {
      #expect(file.encode(text) == trained.tokenizer.encode(text), "\(text)")
    }
    let space = try #require(file.id(forToken: "▁"))
    for text in [" the river", " ", "  a"] {
      #expect(file.encode(text) == [space] + trained.tokenizer.encode(text), "\(text)")
    }
  }
}
