/// A special token that a post-processor adds.
public struct FramingToken: Hashable, Sendable {
  /// The identifier.
  public let id: Int
  /// The spelling.
  public let piece: String

  /// Creates a token.
  ///
  /// - Parameters:
  ///   - id: The identifier.
  ///   - piece: The spelling.
  public init(id: Int, piece: String) {
    self.id = id
    self.piece = piece
  }
}

extension [String: TemplatePostProcessor.Special] {
  /// The tokens before and after a text, by the names `start` and `end`.
  static func framing(
    _ start: FramingToken, _ end: FramingToken
  ) -> [String: TemplatePostProcessor.Special] {
    [
      "start": .init(ids: [start.id], pieces: [start.piece]),
      "end": .init(ids: [end.id], pieces: [end.piece]),
    ]
  }
}
