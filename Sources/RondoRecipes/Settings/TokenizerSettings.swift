import RondoText

/// The tokenizers of a source and a target.
struct TokenizerSettings: SettingsGroup {
  /// The source tokenizer: a kind to train, or a file.
  var sourceTokenizer: TokenizerChoice
  /// The target tokenizer: a kind to train, or a file.
  var targetTokenizer: TokenizerChoice
  /// The maximum size of each trained vocabulary.
  var vocabularySize: Int

  private static let choices =
    "bpe, byte-bpe, sentencepiece-bpe, wordpiece, unigram, words, characters, or a file"

  static let help = [
    "sourceTokenizer": choices,
    "targetTokenizer": choices,
    "vocabularySize": "greatest size of each vocabulary that is learned",
  ]

  /// Checks that files exist and that the special tokens are usable, before any work is done.
  ///
  /// - Throws: A `RecipeError` that lists the possible choices.
  func check() throws(RecipeError) {
    try sourceTokenizer.check()
    try targetTokenizer.check()
    guard vocabularySize > 5 else {
      throw .unfit("vocabularySize is above 5, the special tokens, and got \(vocabularySize)")
    }
  }
}
