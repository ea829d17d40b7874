import RondoTensor

/// Returns how surprised a model is by the right tokens, in nats per token.
///
/// ```text
/// ℓ = -(1 - ε) log p(y) - ε/V Σᵥ log p(v)     for every target y that is not padding
/// ```
///
/// Padding counts neither in the sum nor in the number of tokens, so the loss does not depend on
/// how far rows are padded.
///
/// - Parameters:
///   - logits: Unnormalized scores, `[B, T, V]`.
///   - targets: The right tokens, `[B, T]`.
///   - padding: The token that does not count.
///   - smoothing: ε, the share of probability spread over all tokens.
/// - Returns: The mean over tokens that count, a scalar.
public func crossEntropy(
  _ logits: Tensor, _ targets: Tensor, ignoring padding: Int, smoothing: Double = 0
) -> Tensor {
  let shape = logits.shape
  guard shape.count == 3, targets.shape == Array(shape.prefix(2)) else {
    fatalError(
      "crossEntropy: expected logits [B, T, V] and targets [B, T]; found \(shape) and \(targets.shape)"
    )
  }
  return logits.reshaped(-1, shape[2])
    .crossEntropy(targets.reshaped(-1), ignoring: padding, smoothing: smoothing)
}
