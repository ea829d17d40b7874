import RondoText

/// The identifiers of the tokens that frame and fill the rows of a batch.
public struct FrameIDs: Hashable, Sendable, Codable {
  /// Fills rows up; no real token has it.
  public let padding: Int
  /// Stands before the first token of a target.
  public let start: Int
  /// Stands after the last token of a target.
  public let end: Int

  /// Creates a frame; the defaults are those of Rondo's own tokenizers.
  ///
  /// - Parameters:
  ///   - padding: Fills rows up; no real token has it.
  ///   - start: Stands before the first token of a target.
  ///   - end: Stands after the last token of a target.
  public init(padding: Int = 0, start: Int = 2, end: Int = 3) {
    guard padding != start, padding != end else {
      fatalError("the padding identifier \(padding) is that of a real token")
    }
    (self.padding, self.start, self.end) = (padding, start, end)
  }

  /// Creates the frame of a tokenizer, or `nil` if it lacks one of the three tokens.
  ///
  /// - Parameter tokenizer: The tokenizer of the targets.
  public init?(of tokenizer: Tokenizer) {
    guard let padding = tokenizer.paddingID, let start = tokenizer.startID,
      let end = tokenizer.endID
    else { return nil }
    self.init(padding: padding, start: start, end: end)
  }
}
