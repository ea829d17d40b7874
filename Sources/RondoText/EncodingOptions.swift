/// How a text is encoded.
public struct EncodingOptions: Hashable, Sendable {
  /// Whether the post-processor adds its special tokens around the text.
  public var addsSpecialTokens: Bool
  /// Which special tokens the text itself may become.
  public var allowedSpecialTokens: AllowedSpecialTokens

  /// Creates options.
  ///
  /// - Parameters:
  ///   - addsSpecialTokens: Whether special tokens are added around the text.
  ///   - allowedSpecialTokens: Which special tokens the text itself may become.
  public init(
    addsSpecialTokens: Bool = true, allowedSpecialTokens: AllowedSpecialTokens = .none
  ) {
    self.addsSpecialTokens = addsSpecialTokens
    self.allowedSpecialTokens = allowedSpecialTokens
  }
}
