import RondoTensor

/// Which positions a query may see.
///
/// Libraries disagree on whether `true` hides a position or shows it, and on whether a mask is
/// added or compared. Here a mask is its own type, in which true shows; its initializers are
/// labelled with what they take, and masks are combined with ``and(_:)``. A mask always has the
/// four axes of attention scores, so that the batch axis is never mistaken for the query axis.
public struct AttentionMask {
  /// True where a query may look, `[B, N, T, S]`, with size 1 for an axis that does not vary.
  public let visible: Tensor

  /// Creates a mask from the positions that may be seen.
  ///
  /// True shows, as in PyTorch's `scaled_dot_product_attention`.
  ///
  /// - Parameter visible: True where a query may look, `[B, N, T, S]`; an axis along which the mask
  ///   does not vary has size 1, so one `[T, S]` mask for all rows is `[1, 1, T, S]`.
  public init(visible: Tensor) {
    guard visible.type == .bool else {
      fatalError(
        "a mask holds truth values and not \(visible.type); numbers to be added to scores make a "
          + "mask with AttentionMask(additive:)")
    }
    guard visible.rank == 4 else {
      fatalError(
        "a mask has the axes [B, N, T, S] and not the shape \(visible.shape); [B, S] is for "
          + "AttentionMask(visibleKeys:), and [T, S] is reshaped to [1, 1, T, S]")
    }
    self.visible = visible
  }

  /// Creates a mask from the positions that may not be seen.
  ///
  /// True hides, as in the `attn_mask` of PyTorch's `nn.MultiheadAttention`; in
  /// `scaled_dot_product_attention` true shows.
  ///
  /// - Parameter hidden: True where a query may not look, `[B, N, T, S]`; an axis along which the
  ///   mask does not vary has size 1.
  public init(hidden: Tensor) { self.init(visible: hidden.not()) }

  /// Creates a mask that shows the same keys to every query of a row.
  ///
  /// - Parameter visibleKeys: True for keys that may be seen, `[B, S]`.
  public init(visibleKeys: Tensor) {
    guard visibleKeys.rank == 2 else {
      fatalError("a mask of keys has the axes [B, S] and not the shape \(visibleKeys.shape)")
    }
    let (rowCount, keyCount) = (visibleKeys.shape[0], visibleKeys.shape[1])
    self.init(visible: visibleKeys.reshaped(rowCount, 1, 1, keyCount))
  }

  /// Creates a mask that hides the same keys from every query of a row.
  ///
  /// This is the `key_padding_mask` of PyTorch's `nn.MultiheadAttention`.
  ///
  /// - Parameter hiddenKeys: True for keys that may not be seen, `[B, S]`.
  public init(hiddenKeys: Tensor) { self.init(visibleKeys: hiddenKeys.not()) }

  /// True where a query may not look, as in the `attn_mask` of PyTorch's `nn.MultiheadAttention`.
  public var hidden: Tensor { visible.not() }

  /// Returns a mask that shows only what both masks show.
  public func and(_ other: AttentionMask) -> AttentionMask {
    let pairs = zip(visible.shape, other.visible.shape)
    guard pairs.allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else {
      fatalError(
        "masks of the shapes \(visible.shape) and \(other.visible.shape) differ on an axis "
          + "[B, N, T, S] where neither has the size 1")
    }
    return AttentionMask(visible: visible.and(other.visible))
  }

  /// Returns the mask of the selected rows, in the given order; a row may be selected repeatedly.
  ///
  /// - Parameter rows: The row indices, `[B′]`.
  /// - Returns: A mask for B′ rows.
  public func selecting(_ rows: Tensor) -> AttentionMask {
    guard visible.shape[0] > 1 else { return self }
    return AttentionMask(visible: visible.selecting(rows, axis: 0))
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
