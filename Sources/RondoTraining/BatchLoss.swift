import RondoTensor

/// The loss of a batch, and the token counts that reports are made of.
public struct BatchLoss {
  /// The mean loss over the target tokens, a scalar with a gradient history.
  public let value: Tensor
  /// The number of target tokens that the mean is taken over.
  public let targetTokenCount: Int
  /// The number of real tokens in the batch, source and target.
  public let tokenCount: Int
  /// The number of token positions in the batch, padding included.
  public let slotCount: Int
  /// The number of target tokens predicted with teacher forcing, that is, after the decoder was fed
  /// the true previous token; `nil` without a decoder.
  public let forcedCount: Int?

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - value: The mean loss over the target tokens.
  ///   - targetTokenCount: The number of target tokens that the mean is taken over.
  ///   - tokenCount: The number of real tokens in the batch, or `nil` for its target tokens.
  ///   - slotCount: The number of token positions in the batch, or `nil` when it has no padding.
  ///   - forcedCount: The number of target tokens predicted with teacher forcing, or `nil` without
  ///     a decoder.
  public init(
    _ value: Tensor, targetTokenCount: Int, tokenCount: Int? = nil, slotCount: Int? = nil,
    forcedCount: Int? = nil
  ) {
    self.value = value
    self.targetTokenCount = targetTokenCount
    self.tokenCount = tokenCount ?? targetTokenCount
    self.slotCount = slotCount ?? tokenCount ?? targetTokenCount
    self.forcedCount = forcedCount
  }
}
