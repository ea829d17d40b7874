import RondoText

/// The identifiers of the tokens that frame and fill the rows of a batch.
public struct FrameIDs: Hashable, Sendable, Codable {
  /// Fills rows of targets up; no real token has it.
  public let padding: Int
  /// Stands before the first token of a target.
  public let start: Int
  /// Stands after the last token of a target.
  public let end: Int
  /// Fills rows of sources up; no real token has it.
  public let sourcePadding: Int

  /// Creates a frame; the defaults are those of Rondo's own tokenizers.
  ///
  /// - Parameters:
  ///   - padding: Fills rows of targets up; no real token has it.
  ///   - start: Stands before the first token of a target.
  ///   - end: Stands after the last token of a target.
  ///   - sourcePadding: Fills rows of sources up; by default that of the targets.
  public init(padding: Int = 0, start: Int = 2, end: Int = 3, sourcePadding: Int? = nil) {
    guard padding != start, padding != end else {
      fatalError("the padding identifier \(padding) is that of a real token")
    }
    (self.padding, self.start, self.end) = (padding, start, end)
    self.sourcePadding = sourcePadding ?? padding
  }

  /// Creates the frame of texts in two languages.
  ///
  /// A token that a tokenizer lacks, such as GPT-2's missing start, gets the next identifier after
  /// the vocabulary, so that any tokenizer serves; the model must have room for it.
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

  /// The number of source tokens that a model needs room for.
  public func sourceCount(of tokenizer: Tokenizer) -> Int {
    max(tokenizer.vocabularySize, sourcePadding + 1)
  }

  /// The number of target tokens that a model needs room for.
  public func targetCount(of tokenizer: Tokenizer) -> Int {
    max(tokenizer.vocabularySize, padding + 1, start + 1, end + 1)
  }
}
