/// How a byte-pair model over characters treats the ends of pieces and unknown characters.
public struct CharacterUnits: Hashable, Sendable {
  /// Stands before every character but the first of a piece, such as `##`.
  public var continuingPrefix: String
  /// Stands after the last character of a piece, such as `</w>`.
  public var endSuffix: String
  /// The token for characters outside the vocabulary; without it they vanish.
  public var unknownToken: String?
  /// Whether neighbouring unknown characters become one token.
  public var mergesUnknown: Bool
  /// Whether an unknown character becomes the tokens `<0x00>` to `<0xFF>` of its bytes, where
  /// the vocabulary has them.
  public var hasByteFallback: Bool

  /// Creates the treatment.
  ///
  /// - Parameters:
  ///   - continuingPrefix: Stands before every character but the first of a piece.
  ///   - endSuffix: Stands after the last character of a piece.
  ///   - unknownToken: The token for characters outside the vocabulary.
  ///   - mergesUnknown: Whether neighbouring unknown characters become one token.
  ///   - hasByteFallback: Whether an unknown character becomes tokens of its bytes.
  public init(
    continuingPrefix: String = "", endSuffix: String = "", unknownToken: String? = nil,
    mergesUnknown: Bool = false, hasByteFallback: Bool = false
  ) {
    self.continuingPrefix = continuingPrefix
    self.endSuffix = endSuffix
    self.unknownToken = unknownToken
    self.mergesUnknown = mergesUnknown
    self.hasByteFallback = hasByteFallback
  }
}
