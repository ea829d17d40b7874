import ArgumentParser
import RondoText

/// How a tokenizer is learned.
struct TokenizerTrainingOptions: ParsableArguments {
  @Option(help: "The size of the vocabulary, special tokens included. (default: 8000)")
  var size: Int?
  @Option(help: "How often a pair must occur to be merged, or a word to be kept. (default: 1)")
  var minimumCount: Int?
  @Option(
    help: """
      How text is split before tokens are learned: metaspace, whitespace, words, bert, gpt2, cl100k, \
      o200k, running, scalars or graphemes; each model has a usual way and takes some others.
      """)
  var split: String?
  @Option(
    help: """
      Which pair word pieces merge next: frequency, as Hugging Face's library does, or likelihood, \
      count(ab) / (count(a) * count(b)), as the paper does. (default: frequency)
      """)
  var score: String?
  @Option(help: "The normal form of the text: nfc, nfd, nfkc or nfkd.") var normalize: String?
  @Flag(help: "Lower capital letters.") var lowercase = false
  @Flag(help: "Take accents away.") var stripAccents = false
  @Flag(help: "With byte-bpe: learn from the ends of lines too, as Hugging Face does from files.")
  var keepLineEnds = false
  @Option(help: "A further special token, such as '<mask>'. Repeatable.") var special: [String] = []

  func validate() throws {
    if let size, size < 1 { throw ValidationError("--size is 1 or above and got \(size)") }
    if let minimumCount, minimumCount < 1 {
      throw ValidationError("--minimum-count is 1 or above and got \(minimumCount)")
    }
    guard !special.contains("") else { throw ValidationError("--special needs a spelling") }
  }

  /// The first option that was given, for saying that nothing is learned.
  var firstGiven: String? {
    let given = [
      ("--size", size != nil), ("--minimum-count", minimumCount != nil), ("--split", split != nil),
      ("--score", score != nil), ("--normalize", normalize != nil), ("--lowercase", lowercase),
      ("--strip-accents", stripAccents), ("--keep-line-ends", keepLineEnds),
      ("--special", !special.isEmpty),
    ]
    return given.first { $0.1 }?.0
  }

  /// The trainer that the options describe.
  ///
  /// - Parameter model: The name of the model.
  /// - Returns: The trainer.
  /// - Throws: `UsageError` for a name that stands for nothing.
  func trainer(_ model: String) throws(UsageError) -> TokenizerTrainer {
    let kind = try choice(model, kind: "model", of: TokenizerTrainer.Kind.self)
    var trainer = TokenizerTrainer(kind, vocabularySize: size ?? 8000)
    trainer.minimumCount = minimumCount ?? 1
    if let split {
      trainer.splitting = try choice(
        split, kind: "way of splitting", of: TokenizerTrainer.Splitting.self)
    }
    if let normalize {
      trainer.normalization = try choice(
        normalize, kind: "normal form", of: UnicodeNormalizer.Form.self)
    }
    trainer.score = try choice(score ?? "frequency", kind: "score", of: WordPieceTrainer.Score.self)
    trainer.isLowercased = lowercase
    trainer.stripsAccents = stripAccents
    trainer.keepsLineEnds = keepLineEnds
    trainer.furtherSpecialTokens = special.map { SpecialToken($0) }
    return trainer
  }
}
