import RondoText

/// The identifiers of the start, end and padding tokens of a batch.
public struct FrameIDs: Hashable, Sendable {
  /// The padding token of targets, which no real token may equal.
  public let padding: Int
  /// The start token, which precedes every target.
  public let start: Int
  /// The end token, which follows every target.
  public let end: Int
  /// The padding token of sources, which no real token may equal.
  public let sourcePadding: Int

  /// Creates the identifiers.
  ///
  /// - Parameters:
  ///   - padding: The padding token of targets, which no real token may equal.
  ///   - start: The start token, which precedes every target.
  ///   - end: The end token, which follows every target.
  ///   - sourcePadding: The padding token of sources, or `nil` for that of targets.
  public init(padding: Int, start: Int, end: Int, sourcePadding: Int? = nil) {
    guard padding != start, padding != end else {
      fatalError("the padding identifier \(padding) is that of a real token")
    }
    (self.padding, self.start, self.end) = (padding, start, end)
    self.sourcePadding = sourcePadding ?? padding
  }

  /// Creates the identifiers for a pair of tokenizers.
  ///
  /// A token that a tokenizer lacks, as GPT-2's lacks a start token, gets the next identifier after
  /// the vocabulary, so that any tokenizer can be used; the model's vocabulary must include it.
  ///
  /// - Parameters:
  ///   - source: The tokenizer of the sources.
  ///   - target: The tokenizer of the targets.
  public init(source: Tokenizer, target: Tokenizer) {
    var free = target.vocabularySize
    func next() -> Int {
      defer { free += 1 }
      return free
    }
    self.init(
      padding: target.paddingID ?? next(), start: target.startID ?? next(),
      end: target.endID ?? next(), sourcePadding: source.paddingID ?? source.vocabularySize)
  }

  /// The size of a model's source vocabulary, including added tokens.
  public func sourceCount(of tokenizer: Tokenizer) -> Int {
    max(tokenizer.vocabularySize, sourcePadding + 1)
  }

  /// The size of a model's target vocabulary, including added tokens.
  public func targetCount(of tokenizer: Tokenizer) -> Int {
    max(tokenizer.vocabularySize, padding + 1, start + 1, end + 1)
  }
}
