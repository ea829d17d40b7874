import RondoLayers
import RondoTensor

/// Returns the cross-entropy of logits and targets, in nats per token.
///
/// ```text
/// ℓ = -(1 - ε) log p(y) - ε/V Σᵥ log p(v)     for every target y that is not padding
/// ```
///
/// Padding counts neither in the sum nor in the number of tokens, so the loss does not depend on
/// the amount of padding.
///
/// - Parameters:
///   - logits: The logits, `[B, T, V]`.
///   - targets: The target tokens, `[B, T]`.
///   - padding: The padding token, which is left out of the loss.
///   - smoothing: ε, label smoothing: the share of probability spread evenly over all tokens.
/// - Returns: The mean over the target tokens that are not padding, a scalar.
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

/// Returns the cross-entropy of an output layer's logits and targets, in nats per token, without
/// keeping the logits.
///
/// The result equals ``crossEntropy(_:_:ignoring:smoothing:)`` of `output(x)`, but takes less time
/// and, on the CPU, no memory for V logits per token.
///
/// - Parameters:
///   - output: The output layer, from features to logits over the vocabulary.
///   - x: The features, `[B, T, E]`.
///   - targets: The target tokens, `[B, T]`.
///   - padding: The padding token, which is left out of the loss.
///   - smoothing: ε, label smoothing: the share of probability spread evenly over all tokens.
/// - Returns: The mean over the target tokens that are not padding, a scalar.
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
