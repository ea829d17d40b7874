import RondoText

extension ParallelExample {
  /// Encodes two texts.
  ///
  /// - Parameters:
  ///   - source: The source text.
  ///   - target: The target text.
  ///   - sourceTokenizer: Turns the source into tokens.
  ///   - targetTokenizer: Turns the target into tokens.
  public init(
    encoding source: String, _ target: String, sourceTokenizer: Tokenizer,
    targetTokenizer: Tokenizer
  ) {
    self.init(source: sourceTokenizer.encode(source), target: targetTokenizer.encode(target))
  }
}
