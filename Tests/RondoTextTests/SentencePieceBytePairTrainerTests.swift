import Foundation
import Testing

@testable import RondoText

@Suite("Training SentencePiece byte pairs")
struct SentencePieceBytePairTrainerTests {
  private static func pieces(_ training: SentencePieceBytePairTrainer.Training) -> [String] {
    training.file.pieces.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test("Special pieces, bytes, merges in order, then characters by how often they occur")
  func order() throws {
    // ▁low ×3, ▁lower ×2: ▁ l, l o and o w occur 5 times, and l o has the lowest numbers, as
    // characters are numbered e l o r w ▁; then ▁ lo before lo w, and ▁lo w. Now e r and
    // ▁low e occur twice, and e r has the lowest numbers; then ▁low er.
    let words = WordCounts(["▁low", "▁low", "▁low", "▁lower", "▁lower"])
    var trainer = SentencePieceBytePairTrainer(vocabularySize: 3 + 256 + 5 + 6)
    let training = try trainer.train(on: words)
    let pieces = Self.pieces(training)
    #expect(Array(pieces[..<4]) == ["<unk>", "<s>", "</s>", "<0x00>"])
    #expect(pieces[258] == "<0xFF>")
    #expect(
      Array(pieces[259...])
        == ["lo", "▁lo", "▁low", "er", "▁lower", "l", "o", "w", "▁", "e", "r"])
    #expect(training.file.pieces[259...].map(\.score) == (0..<11).map { -Float($0) })
    #expect(training.file.pieces[3...258].allSatisfy { $0.kind == .byte })
    trainer.hasByteFallback = false
    trainer.vocabularySize = 3 + 6 + 2
    let small = try trainer.train(on: words)
    #expect(Self.pieces(small).suffix(8) == ["lo", "▁lo", "l", "o", "w", "▁", "e", "r"])
    #expect(!small.file.hasByteFallback)
  }

  @Test("What is rare is written as bytes, and comes back")
  func bytes() throws {
    let words = WordCounts(Array(repeating: "▁lower", count: 999) + ["▁天"])
    var trainer = SentencePieceBytePairTrainer(vocabularySize: 300)
    trainer.characterCoverage = 0.999
    let training = try trainer.train(on: words)
    #expect(!Self.pieces(training).contains("天"))
    let tokenizer = try Tokenizer(training.file, name: "trained")
    let ids = tokenizer.encode("lower 天")
    #expect(ids.map { tokenizer.token(for: $0) } == ["▁lower", "▁", "<0xE5>", "<0xA4>", "<0xA9>"])
    #expect(tokenizer.decode(ids) == "lower 天")
  }

  @Test("No piece reaches across scripts, signs, long words or, if wanted, digits")
  func borders() throws {
    let words = WordCounts(
      Array(repeating: "▁abc天天12,12(lowerlowerlowerlower)e\u{301}", count: 20))
    var trainer = SentencePieceBytePairTrainer(vocabularySize: 400)
    let learned = Self.pieces(try trainer.train(on: words)).dropFirst(259)
    #expect(learned.contains("▁abc") && learned.contains("天天") && learned.contains("12,12("))
    #expect(learned.contains("e\u{301}"))
    #expect(!learned.contains { $0.contains("c天") || $0.contains("天1") || $0.contains("(l") })
    #expect(learned.contains("lowerlower"))
    #expect(!learned.contains { $0.unicodeScalars.count > 16 })
    trainer.splitsDigits = true
    trainer.longestPiece = 20
    let digits = Self.pieces(try trainer.train(on: words)).dropFirst(259)
    #expect(!digits.contains { $0.contains("12") })
    #expect(digits.contains("lowerlowerlowerlower"))
    trainer.splitsScripts = false
    #expect(Self.pieces(try trainer.train(on: words)).contains { $0.contains("c天") })
  }

  @Test("Too small a vocabulary and no text are refused")
  func refusals() {
    let error = #expect(throws: RondoTextError.self) {
      try SentencePieceBytePairTrainer(vocabularySize: 260).train(on: WordCounts(["▁ab"]))
    }
    #expect(error?.description.contains("needs 262 places and has 260") == true)
    #expect(throws: RondoTextError.self) {
      try SentencePieceBytePairTrainer(vocabularySize: 300).train(on: WordCounts())
    }
  }

  @Test("A whole tokenizer is read back from its tokenizer.json and from its model file")
  func files() throws {
    let folder = try TextFolder()
    let trainer = TokenizerTrainer(.sentencePieceBytePair, vocabularySize: 300)
    var words = WordCounts()
    let lines = ["the lower river", "the  lowest river flows", "low"]
    words.add(lines: lines, normalizer: trainer.normalizer, preTokenizer: trainer.preTokenizer)
    let trained = try trainer.train(on: words)
    defer { withExtendedLifetime(folder) {} }
    let model = "\(folder.path)/rondo.model"
    try trained.tokenizer.writeSentencePiece(to: model)
    let file = try SentencePieceFile(contentsOf: model)
    #expect(file == trained.sentencePieceFile)
    let json = try Tokenizer(json: try trained.tokenizer.json(), file: "copy")
    for text in lines + ["  the   flow ", "river 🤖"] {
      let ids = trained.tokenizer.encode(text)
      #expect(try Tokenizer(sentencePiece: model).encode(text) == ids)
      #expect(json.encode(text) == ids)
      #expect(json.encoding(of: text).ids == [2] + ids + [3])
      #expect(json.encoding(of: text).ids == trained.tokenizer.encoding(of: text).ids)
      #expect(!ids.contains(1))
    }
    #expect(trained.tokenizer.decode(trained.tokenizer.encode("the flow 🤖")) == "the flow 🤖")
  }

  @Test("Only what was made from a SentencePiece model is written as one")
  func otherModels() throws {
    let error = #expect(throws: RondoTextError.self) {
      try Tokenizer.words(from: ["a b"]).writeSentencePiece(to: "x.model")
    }
    #expect(error?.description.contains("cannot write x.model") == true)
    #expect(!FileManager.default.fileExists(atPath: "x.model"))
  }
}
