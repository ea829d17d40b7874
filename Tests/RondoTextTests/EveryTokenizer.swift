import Testing

@testable import RondoText

/// The tokenizers that every law holds for: every model, and every part that reads text before it.
enum EveryTokenizer {
  /// The models of SentencePiece.
  static let sentencePiece = [
    "unigram", "unigram-bytes", "unigram-bare", "unigram-suffix", "unigram-nmt", "bpe", "bpe-bytes",
    "bpe-bare", "bpe-tied", "bpe-added",
  ]

  /// Those that change nothing in a text, and whose tokens stand for all of it.
  static let covering: Set = [
    "gpt2", "o200k", "qwen", "cl100k", "tekken", "qwen 3.5", "bloom", "ranks/gpt2",
    "ranks/cl100k", "ranks/o200k", "ranks/llama3", "ranks/qwen",
  ]
  /// Those that give any bytes back; one of them trims spaces off what its tokens stand for, and
  /// two cut in several passes.
  static let lossless = covering.union(["framed", "deepseek v3", "deepseek coder"])

  static func all() throws -> [(String, Tokenizer)] {
    var result = try huggingFace()
    for name in sentencePiece {
      let tokenizer = try Tokenizer(sentencePiece: SentencePieceTests.model(name))
      result.append(("sentencepiece/\(name)", tokenizer))
    }
    for pattern in TiktokenPattern.allCases {
      result.append(("ranks/\(pattern)", try GoldenTiktokenTests.tokenizer(pattern)))
    }
    result.append(("scalars", .characters(from: RepeatedText.units)))
    result.append(("graphemes", .characters(from: RepeatedText.units, unit: .grapheme)))
    result.append(("running text", .words(from: ["a b"], isLowercased: true)))
    return result + parts()
  }

  /// The small tokenizers that Hugging Face's library made.
  static func huggingFace() throws -> [(String, Tokenizer)] {
    try GoldenTokenizerTests.lines("models.jsonl").map { line in
      let name = try #require(line["name"] as? String)
      let file = try #require(line["tokenizer"] as? String)
      return (name, try Tokenizer(json: Array(file.utf8), file: name))
    }
  }

  /// Normalizers and pre-tokenizers that no tokenizer above has, before a few words.
  private static func parts() -> [(String, Tokenizer)] {
    let model = WordLevelModel(
      vocabulary: Vocabulary(["[UNK]", "a", "aa", "▁a"].map { Array($0.utf8) }),
      unknownToken: "[UNK]")
    let added = [
      AddedToken("<mask>", id: 5, stripsLeft: true, stripsRight: true, isSpecial: true),
      AddedToken("<<<<x", id: 6, isSingleWord: true),
    ]
    let parts: [(any Normalizer, any PreTokenizer)] = [
      (UnicodeNormalizer(.composed), PunctuationPreTokenizer()),
      (UnicodeNormalizer(.compatibilityDecomposed), DigitsPreTokenizer(isIndividual: false)),
      (StrippingNormalizer(), SplitPreTokenizer(.whiteSpaceRun, behavior: .mergedWithNext)),
      (ReplacingNormalizer(.spaces, by: "▁"), SplitPreTokenizer(.literal("a"), behavior: .removed)),
      (AccentStrippingNormalizer(), WhitespaceSplitPreTokenizer()),
      (LowercaseNormalizer(), MetaspacePreTokenizer()),
    ]
    return parts.map { normalizer, preTokenizer in
      (
        "\(type(of: normalizer)) \(type(of: preTokenizer))",
        Tokenizer(
          normalizer: normalizer, preTokenizer: preTokenizer, model: model, addedTokens: added)
      )
    }
  }
}
