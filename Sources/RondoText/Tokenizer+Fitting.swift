extension Tokenizer {
  /// Encodes a text, or a pair, with the tokenizer's truncation and padding.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - second: The second text of a pair.
  ///   - options: Whether special tokens are added, and which ones are recognized in the text.
  /// - Returns: The encoding; the truncated rest is in ``Encoding/overflowing``.
  /// - Throws: ``RondoTextError/impossibleTruncation(reason:)``.
  public func fittedEncoding(
    of text: String, and second: String? = nil, options: EncodingOptions = EncodingOptions()
  ) throws(RondoTextError) -> Encoding {
    var all = [try truncatedEncoding(of: text, and: second, options: options)]
    padding?.pad(&all)
    return all[0]
  }

  /// Encodes texts with the tokenizer's truncation, padded to the same length.
  ///
  /// - Parameters:
  ///   - texts: The texts.
  ///   - options: Whether special tokens are added, and which ones are recognized in the texts.
  /// - Returns: An encoding for each text.
  /// - Throws: ``RondoTextError/impossibleTruncation(reason:)``.
  public func fittedEncodings(
    of texts: [String], options: EncodingOptions = EncodingOptions()
  ) throws(RondoTextError) -> [Encoding] {
    var all: [Encoding] = []
    for text in texts { all.append(try truncatedEncoding(of: text, and: nil, options: options)) }
    padding?.pad(&all)
    return all
  }

  /// Encodes pairs of texts with the tokenizer's truncation, padded to the same length.
  ///
  /// - Parameters:
  ///   - pairs: The pairs.
  ///   - options: Whether special tokens are added, and which ones are recognized in the texts.
  /// - Returns: An encoding for each pair.
  /// - Throws: ``RondoTextError/impossibleTruncation(reason:)``.
  public func fittedEncodings(
    ofPairs pairs: [(first: String, second: String)], options: EncodingOptions = EncodingOptions()
  ) throws(RondoTextError) -> [Encoding] {
    var all: [Encoding] = []
    for pair in pairs {
      all.append(try truncatedEncoding(of: pair.first, and: pair.second, options: options))
    }
    padding?.pad(&all)
    return all
  }

  private func truncatedEncoding(
    of text: String, and second: String?, options: EncodingOptions
  ) throws(RondoTextError) -> Encoding {
    var first = bareEncoding(of: text, allowing: options.allowedSpecialTokens)
    var other = second.map { bareEncoding(of: $0, allowing: options.allowedSpecialTokens) }
    let added =
      options.addsSpecialTokens
      ? postProcessor?.addedTokenCount(isPair: second != nil) ?? 0 : 0
    try truncation?.truncate(&first, &other, addedTokenCount: added)
    return framed(first, other, addsSpecialTokens: options.addsSpecialTokens)
  }
}
