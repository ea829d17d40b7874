import RondoTensor

/// The result of an attention: the context and the attention weights.
public struct Attended {
  /// The weighted sum of the values, `[B, K]`, or `[B, T, K]` for T queries.
  public let context: Tensor
  /// The weight of each position, `[B, S]`, or `[B, T, S]` for T queries; each row sums to 1, or
  /// is zero where nothing is visible.
  public let weights: Tensor

  /// Creates a result.
  public init(context: Tensor, weights: Tensor) {
    self.context = context
    self.weights = weights
  }
}
