import RondoTensor

/// Encoder states prepared for attention, once per batch of source sentences.
public struct AttentionMemory {
  /// The encoder states, which serve as values, `[B, S, K]`.
  public let values: Tensor
  /// The projected encoder states that queries are compared with, `[B, S, A]`.
  public let keys: Tensor
  /// Which source positions are visible, or `nil` for all.
  public let mask: AttentionMask?

  /// Returns the memory of the selected rows, in the given order; a row may be selected repeatedly.
  ///
  /// - Parameter rows: The row indices, `[B′]`.
  /// - Returns: A memory of B′ rows.
  public func selecting(_ rows: Tensor) -> AttentionMemory {
    AttentionMemory(
      values: values.selecting(rows, axis: 0), keys: keys.selecting(rows, axis: 0),
      mask: mask?.selecting(rows))
  }

  /// The visible positions, `[B, S]`, or `nil` for all.
  var visible: Tensor? { mask?.visiblePositions(shape: [values.shape[0], values.shape[1]]) }

  /// Attends with precomputed scores.
  ///
  /// - Parameter scores: The attention scores, `[B, T, S]`.
  /// - Returns: The contexts, `[B, T, K]`, and the weights, `[B, T, S]`.
  func attended(scores: Tensor) -> Attended {
    let scores = scores.expandedDimensions(axis: 1)  // [B, 1, T, S]
    let weights = (mask?.weights(from: scores) ?? scores.softmax(axis: -1)).squeezed(axis: 1)
    return Attended(context: matmul(weights, values), weights: weights)
  }
}

extension Attended {
  /// The result for the only query, without the query axis.
  var ofOnlyQuery: Attended {
    Attended(context: context.squeezed(axis: 1), weights: weights.squeezed(axis: 1))
  }
}
