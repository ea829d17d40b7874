import ArgumentParser
import RondoText

/// How a tokenizer is learned.
struct TokenizerTrainingOptions: ParsableArguments {
  @Option(help: "The size of the vocabulary, special tokens included.") var size = 8000
  @Option(help: "How often a pair must occur to be merged, or a word to be kept.")
  var minimumCount = 1
  @Option(
    help: """
      How text is cut before tokens are learned: metaspace, whitespace, words, bert, gpt2, cl100k, \
      o200k, running, scalars or graphemes; each model has a usual way and takes some others.
      """)
  var split: String?
  @Option(
    help: """
      Which pair word pieces merge next: frequency, as Hugging Face's library does, or likelihood, \
      count(ab) / (count(a) * count(b)), as the paper does.
      """)
  var score = "frequency"
  @Option(help: "The normal form of the text: nfc, nfd, nfkc or nfkd.") var normalize: String?
  @Flag(help: "Lower capital letters.") var lowercase = false
  @Flag(help: "Take accents away.") var stripAccents = false
  @Option(help: "A further special token, such as '<mask>'. Repeatable.") var special: [String] = []

  func validate() throws {
    guard size > 0 else { throw ValidationError("--size is 1 or above and got \(size)") }
    guard minimumCount > 0 else {
      throw ValidationError("--minimum-count is 1 or above and got \(minimumCount)")
    }
    guard !special.contains("") else { throw ValidationError("--special needs a spelling") }
  }

  /// The trainer that the options describe.
  ///
  /// - Parameter model: The name of the model.
  /// - Returns: The trainer.
  /// - Throws: `UsageError` for a name that stands for nothing.
  func trainer(_ model: String) throws(UsageError) -> TokenizerTrainer {
    let kind = try choice(model, kind: "model", of: TokenizerTrainer.Kind.self)
    var trainer = TokenizerTrainer(kind, vocabularySize: size)
    trainer.minimumCount = minimumCount
    if let split {
      trainer.splitting = try choice(
        split, kind: "way of splitting", of: TokenizerTrainer.Splitting.self)
    }
    if let normalize {
      trainer.normalization = try choice(
        normalize, kind: "normal form", of: UnicodeNormalizer.Form.self)
    }
    trainer.score = try choice(score, kind: "score", of: WordPieceTrainer.Score.self)
    trainer.isLowercased = lowercase
    trainer.stripsAccents = stripAccents
    trainer.furtherSpecialTokens = special.map { SpecialToken($0) }
    return trainer
  }
}
