import RondoLayers
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

/// Returns how surprised the scores of a layer are by the right tokens, without keeping the scores.
///
/// The same number as ``crossEntropy(_:_:ignoring:smoothing:)`` of `output(x)`, in less time and
/// without room for V scores a token.
///
/// - Parameters:
///   - output: The layer that scores the vocabulary.
///   - x: What it scores, `[B, T, E]`.
///   - targets: The right tokens, `[B, T]`.
///   - padding: The token that does not count.
///   - smoothing: ε, the share of probability spread over all tokens.
/// - Returns: The mean over tokens that count, a scalar.
public func crossEntropy(
  of output: Linear, on x: Tensor, _ targets: Tensor, ignoring padding: Int, smoothing: Double = 0
) -> Tensor {
  let shape = x.shape
  guard shape.count == 3, targets.shape == Array(shape.prefix(2)) else {
    fatalError(
      "crossEntropy: expected x [B, T, E] and targets [B, T]; found \(shape) and \(targets.shape)")
  }
  return x.reshaped(-1, shape[2]).linearCrossEntropy(
    output.weight.value, output.bias?.value, targets: targets.reshaped(-1), ignoring: padding,
    smoothing: smoothing)
}
