import RondoText

/// The tokenizers of a source and a target.
struct TokenizerSettings: SettingsGroup {
  /// The tokenizer of the source: a kind to learn, or a file.
  var sourceTokenizer: TokenizerChoice
  /// The tokenizer of the target: a kind to learn, or a file.
  var targetTokenizer: TokenizerChoice
  /// The greatest size of each vocabulary that is learned.
  var vocabularySize: Int

  private static let choices =
    "bpe, byte-bpe, sentencepiece-bpe, wordpiece, unigram, words, characters, or a file"

  static let help = [
    "sourceTokenizer": choices,
    "targetTokenizer": choices,
    "vocabularySize": "greatest size of each vocabulary that is learned",
  ]

  /// Makes sure that files are there and that the special tokens fit, before anything is begun.
  ///
  /// - Throws: A `RecipeError` that says what can be named.
  func check() throws(RecipeError) {
    try sourceTokenizer.check()
    try targetTokenizer.check()
    guard vocabularySize > 5 else {
      throw .unfit("vocabularySize is above 5, the special tokens, and got \(vocabularySize)")
    }
  }
}
