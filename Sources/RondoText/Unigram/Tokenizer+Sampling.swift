extension Tokenizer {
  /// Encodes a text in one of its possible ways, drawn at random, so that a model that is trained on
  /// it sees words in several segmentations.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - smoothing: How much the best segmentation is preferred: 0 makes all equally likely, and the
  ///     paper uses 0.1 to 0.5.
  ///   - random: Where randomness comes from.
  /// - Returns: The identifiers, without special tokens.
  ///
  /// - Source: Kudo, [Subword Regularization](https://arxiv.org/abs/1804.10959), 2018, section 3.3.
  public func sample(
    _ text: String, smoothing: Double, using random: inout some RandomNumberGenerator
  ) -> [Int] {
    guard let model = model as? UnigramModel else {
      fatalError(
        "only a tokenizer with a unigram model can draw segmentations, and this one has "
          + "\(type(of: self.model))")
    }
    let reserved = Set(addedTokens.filter(\.isSpecial).map(\.id))
    let encoder = UnigramEncoder(model, barring: reserved)
    var normalized = NormalizedText(text, keepsOrigins: false)
    normalizer?.normalize(&normalized)
    var pieces = PreTokenizedText(normalized)
    preTokenizer?.split(&pieces)
    var output = TokenBuffer(keepsSpans: false)
    let found = pieces.pieces
    pieces.text.withBytes { bytes in
      for piece in found {
        encoder.sample(piece, of: bytes, smoothing: smoothing, using: &random, into: &output)
      }
    }
    return (0..<output.count).map { Int(output.ids[$0]) }
  }
}
