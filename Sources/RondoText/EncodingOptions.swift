/// Options for encoding a text.
public struct EncodingOptions: Hashable, Sendable {
  /// Whether the post-processor adds its special tokens around the text.
  public var addsSpecialTokens: Bool
  /// The special tokens that are recognized in the text itself.
  public var allowedSpecialTokens: AllowedSpecialTokens

  /// Creates options.
  ///
  /// - Parameters:
  ///   - addsSpecialTokens: Whether special tokens are added around the text.
  ///   - allowedSpecialTokens: The special tokens that are recognized in the text itself.
  public init(
    addsSpecialTokens: Bool = true, allowedSpecialTokens: AllowedSpecialTokens = .none
  ) {
    self.addsSpecialTokens = addsSpecialTokens
    self.allowedSpecialTokens = allowedSpecialTokens
  }
}
