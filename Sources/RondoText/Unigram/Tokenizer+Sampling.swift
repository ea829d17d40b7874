extension Tokenizer {
  /// Encodes a text with a randomly sampled segmentation, so that a model trained on it sees words
  /// in several segmentations (subword regularization).
  ///
  /// Added tokens are matched first, as in ``encode(_:allowing:)``; only the rest is sampled.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - smoothing: How strongly the best segmentation is preferred: 0 makes all equally likely,
  ///     and the paper uses 0.1 to 0.5.
  ///   - allowed: The special tokens that are recognized in the text.
  ///   - random: The random number generator.
  /// - Returns: The identifiers, without special tokens around them.
  /// - Throws: ``RondoTextError/impossibleSampling(reason:)`` if the model is not a unigram model.
  ///
  /// - Source: Kudo, [Subword Regularization](https://arxiv.org/abs/1804.10959), 2018, section 3.3.
  public func sample(
    _ text: String, smoothing: Double, allowing allowed: AllowedSpecialTokens = .none,
    using random: inout some RandomNumberGenerator
  ) throws(RondoTextError) -> [Int] {
    try checkSampling()
    var text = text
    return text.withUTF8 { bytes in
      workers.withWorker { worker in
        worker.ids.removeAll()
        guard let encoder = worker.encoder as? UnigramEncoder else { return [] }
        forEachSegment(of: bytes, finders: finders.finding(allowed), keepsOrigins: false) {
          segment in
          switch segment {
          case .token(let id, _): worker.ids.append(UInt32(id), span: Piece(0, 0))
          case .text(let text):
            text.text.withBytes { bytes in
              for piece in text.pieces {
                encoder.sample(
                  piece, of: bytes, smoothing: smoothing, using: &random, into: &worker.ids)
              }
            }
          }
        }
        return (0..<worker.ids.count).map { Int(worker.ids.ids[$0]) }
      }
    }
  }

  /// Throws if segmentations cannot be sampled.
  ///
  /// - Throws: ``RondoTextError/impossibleSampling(reason:)`` if the model is not a unigram model.
  public func checkSampling() throws(RondoTextError) {
    guard model is UnigramModel else {
      throw .impossibleSampling(
        reason: "only a unigram model has several probable ones, and this one has "
          + "\(summary.model); use a tokenizer of kind unigram")
    }
  }
}
