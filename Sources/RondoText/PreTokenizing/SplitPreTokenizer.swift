/// Splits at matches of a pattern.
public struct SplitPreTokenizer: PreTokenizer {
  /// The pattern to split at.
  public let pattern: TextPattern
  /// How the matches are treated.
  public let behavior: SplitBehavior
  /// Whether the text between matches is treated as the match.
  public let isInverted: Bool

  /// Creates a pre-tokenizer.
  ///
  /// - Parameters:
  ///   - pattern: The pattern to split at.
  ///   - behavior: How the matches are treated.
  ///   - isInverted: Whether the text between matches is treated as the match.
  public init(_ pattern: TextPattern, behavior: SplitBehavior, isInverted: Bool = false) {
    self.pattern = pattern
    self.behavior = behavior
    self.isInverted = isInverted
  }

  /// Splits each piece.
  public func split(_ text: inout PreTokenizedText) {
    let old = text.pieces
    text.pieces = text.text.withBytes { bytes in
      old.flatMap { piece in
        behavior.pieces(
          of: piece, splitAt: pattern.matches(in: bytes, range: piece.range),
          isInverted: isInverted)
      }
    }
  }
}
