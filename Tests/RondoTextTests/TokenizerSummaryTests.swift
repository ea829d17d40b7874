import Testing

@testable import RondoText

@Suite("Describing tokenizers")
struct TokenizerSummaryTests {
  private func trained(
    _ kind: TokenizerTrainer.Kind, _ change: (inout TokenizerTrainer) -> Void = { _ in }
  ) throws -> TokenizerSummary {
    var trainer = TokenizerTrainer(kind, vocabularySize: 290)
    change(&trainer)
    var words = WordCounts()
    words.add(
      lines: ["the lower the river the lower"], normalizer: trainer.normalizer,
      preTokenizer: trainer.preTokenizer)
    return try trainer.train(on: words).tokenizer.summary
  }

  @Test("Components are named as tokenizer.json names them, with their settings")
  func components() throws {
    let pieces = try trained(.wordPiece) { $0.isLowercased = true }
    #expect(pieces.model == "word pieces, ## goes on with a word")
    #expect(
      pieces.normalizer
        == "BertNormalizer(clean_text: true, handle_chinese_chars: true, strip_accents: false, "
        + "lowercase: true)")
    #expect(pieces.preTokenizer == "BertPreTokenizer")
    #expect(pieces.framing == ["[CLS] A [SEP]", "[CLS] A [SEP] B [SEP]"])

    let bytes = try trained(.byteLevelBytePair) { $0.normalization = .compatibilityComposed }
    #expect(bytes.model.hasPrefix("byte pairs of bytes, "))
    #expect(bytes.normalizer == "NFKC")
    #expect(bytes.framing.first == "<bos> A <eos>")

    let pairs = try trained(.bytePair)
    #expect(pairs.preTokenizer?.hasSuffix("→ Punctuation(behavior: \"Isolated\")") == true)
    let words = try trained(.words) { $0.splitting = .whitespace }
    #expect(words.model == "whole pieces" && words.decoder == nil && words.normalizer == nil)
  }

  @Test("A tokenizer without a frame has none") func bare() {
    #expect(Tokenizer.words(from: ["a"]).summary.framing.isEmpty)
  }
}
