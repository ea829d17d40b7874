/// Normalized text and the pieces it has been split into.
public struct PreTokenizedText: Sendable {
  /// The text.
  public var text: NormalizedText
  /// The pieces, ascending, none empty.
  public var pieces: [Piece]
  /// Whether the text is at the beginning of the input, not after an added token.
  public let isAtStart: Bool

  /// Creates text with a single piece.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - isAtStart: Whether it is at the beginning of the input.
  public init(_ text: NormalizedText, isAtStart: Bool = true) {
    self.text = text
    self.isAtStart = isAtStart
    pieces = text.count > 0 ? [Piece(0, text.count)] : []
  }
}
