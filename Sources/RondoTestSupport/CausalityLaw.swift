import RondoTensor
import Testing

/// Expects a position to see itself and what stands before it, and nothing after it.
///
/// - Parameters:
///   - x: A batch, `[B, T, …]`, of features or of token identifiers.
///   - other: Another batch of the same shape, which differs at every position.
///   - tolerance: The largest difference of outputs that must not change.
///   - sourceLocation: Where the expectation stands.
///   - layer: Computes one output per position, `[B, T, …]`.
public func checkCausality(
  of x: Tensor, other: Tensor, within tolerance: Double = 1e-6,
  sourceLocation: SourceLocation = #_sourceLocation, _ layer: (Tensor) -> Tensor
) {
  let stepCount = x.shape[1]
  let expected = layer(x)
  for step in 1..<stepCount {
    let mixed = concatenated(
      [
        x.narrowed(axis: 1, from: 0, count: step),
        other.narrowed(axis: 1, from: step, count: stepCount - step),
      ], axis: 1)
    let output = layer(mixed)
    expectEqual(
      output.narrowed(axis: 1, from: 0, count: step),
      expected.narrowed(axis: 1, from: 0, count: step), within: tolerance,
      "what stands before a change at position \(step)", sourceLocation: sourceLocation)
    expectDifferent(
      output.selecting(step, axis: 1), expected.selecting(step, axis: 1),
      "the output at the changed position \(step)", sourceLocation: sourceLocation)
  }
}
