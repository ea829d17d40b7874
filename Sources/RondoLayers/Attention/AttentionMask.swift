import RondoTensor

/// Which positions a query may see.
///
/// Libraries disagree on whether `true` hides a position or shows it, and on whether a mask is
/// added or compared. Here a mask is its own type, in which true shows; it is made by name and
/// combined with ``and(_:)``.
public struct AttentionMask {
  /// True where a query may look; broadcasts to `[B, N, T, S]`.
  public let visible: Tensor

  /// Creates a mask from what may be seen.
  ///
  /// - Parameter visible: True where a query may look; broadcasts to `[B, N, T, S]`.
  public init(visible: Tensor) {
    guard visible.type == .bool, visible.rank <= 4 else {
      fatalError(
        "a mask holds truth values that broadcast to [B, N, T, S], and not \(visible.type) "
          + "\(visible.shape)")
    }
    self.visible = visible
  }

  /// Creates a mask from what may not be seen, PyTorch's convention for masks of truth values.
  ///
  /// - Parameter hidden: True where a query may not look; broadcasts to `[B, N, T, S]`. PyTorch's
  ///   `key_padding_mask` needs two axes more: `[B, S]` becomes `[B, 1, 1, S]`.
  public init(hidden: Tensor) { self.init(visible: hidden.not()) }

  /// True where a query may not look, PyTorch's convention for masks of truth values.
  public var hidden: Tensor { visible.not() }

  /// Hides padding.
  ///
  /// - Parameters:
  ///   - tokens: Token identifiers, `[B, S]`.
  ///   - id: The identifier of the padding token.
  /// - Returns: A mask that shows every token but padding.
  public static func hidingPadding(in tokens: Tensor, id: Int) -> AttentionMask {
    AttentionMask(visible: tokens.isNot(id).expandedDimensions(axis: 1).expandedDimensions(axis: 1))
  }

  /// Hides what stands after the end of each row.
  ///
  /// - Parameters:
  ///   - lengths: The number of real positions of each row.
  ///   - count: S, the number of positions.
  ///   - device: Where the mask lives.
  /// - Returns: A mask that shows the first positions of each row.
  public static func hidingPadding(
    lengths: [Int], count: Int, on device: Device = .cpu
  ) -> AttentionMask {
    let ends = Tensor(ids: lengths, shape: [lengths.count, 1, 1, 1], on: device)
    return AttentionMask(visible: Tensor(rangeTo: count, on: device).isLess(than: ends))
  }

  /// Hides the future: position t sees positions up to t.
  ///
  /// - Parameters:
  ///   - length: T, the number of positions.
  ///   - device: Where the mask lives.
  /// - Returns: A mask for self-attention over T positions.
  public static func hidingFuture(length: Int, on device: Device = .cpu) -> AttentionMask {
    AttentionMask(visible: .lowerTriangle(length, on: device))
  }

  /// Returns a mask that shows what both masks show.
  public func and(_ other: AttentionMask) -> AttentionMask {
    AttentionMask(visible: visible.and(other.visible))
  }

  /// Returns the mask of chosen rows, in their order; a row may be chosen more than once.
  ///
  /// - Parameter rows: The rows, `[B′]`.
  /// - Returns: A mask for B′ rows.
  public func selecting(_ rows: Tensor) -> AttentionMask {
    guard visible.rank == 4, visible.shape[0] > 1 else { return self }
    return AttentionMask(visible: visible.selecting(rows, axis: 0))
  }

  /// Returns attention weights: softmax over visible positions, all zero where none is visible.
  ///
  /// - Parameter scores: How well each query fits each position, `[B, N, T, S]`.
  /// - Returns: The weights, `[B, N, T, S]`.
  public func weights(from scores: Tensor) -> Tensor {
    let hidden = hidden
    return scores.replacing(with: -.infinity, where: hidden).softmax(axis: -1)
      .replacing(with: 0, where: hidden)
  }

  /// The positions that the one query of each row may see.
  ///
  /// - Parameter shape: The sizes `[B, S]`.
  /// - Returns: True for visible positions, `[B, S]`.
  func visiblePositions(shape: [Int]) -> Tensor {
    let full = visible.broadcast(to: [shape[0], 1, 1, shape[1]])
    return full.reshaped(shape)
  }
}
