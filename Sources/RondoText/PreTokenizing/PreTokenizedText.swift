/// Normalized text and the pieces it has been split into.
public struct PreTokenizedText: Sendable {
  /// The text.
  public var text: NormalizedText
  /// The pieces, ascending, none empty.
  public var pieces: [Piece]
  /// Whether the text begins where the user's text does, and not after an added token.
  public let isAtStart: Bool

  /// Creates text in one piece.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - isAtStart: Whether it begins where the user's text does.
  public init(_ text: NormalizedText, isAtStart: Bool = true) {
    self.text = text
    self.isAtStart = isAtStart
    pieces = text.count > 0 ? [Piece(0, text.count)] : []
  }
}
