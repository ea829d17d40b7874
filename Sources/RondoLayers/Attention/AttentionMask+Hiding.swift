import RondoTensor

extension AttentionMask {
  /// Hides padding.
  ///
  /// - Parameters:
  ///   - tokens: Token identifiers, `[B, S]`.
  ///   - id: The identifier of the padding token.
  /// - Returns: A mask that shows every token but padding, `[B, 1, 1, S]`.
  public static func hidingPadding(in tokens: Tensor, id: Int) -> AttentionMask {
    AttentionMask(visibleKeys: tokens.isNot(id))
  }

  /// Hides the padding at the end of each row.
  ///
  /// - Parameters:
  ///   - lengths: The number of real positions of each row.
  ///   - count: S, the number of positions.
  ///   - device: The device of the mask.
  /// - Returns: A mask that shows the first positions of each row, `[B, 1, 1, S]`.
  public static func hidingPadding(
    lengths: [Int], count: Int, on device: Device = .cpu
  ) -> AttentionMask {
    let ends = Tensor(ids: lengths, shape: [lengths.count, 1], on: device)
    return AttentionMask(visibleKeys: Tensor(rangeTo: count, on: device).isLess(than: ends))
  }

  /// Hides the future, as a causal mask does: position t sees positions up to and including t.
  ///
  /// - Parameters:
  ///   - length: T, the number of positions.
  ///   - device: The device of the mask.
  /// - Returns: A mask for self-attention over T positions, `[1, 1, T, T]`.
  public static func hidingFuture(length: Int, on device: Device = .cpu) -> AttentionMask {
    let past = Tensor.lowerTriangle(length, on: device)
    return AttentionMask(visible: past.reshaped(1, 1, length, length))
  }
}
