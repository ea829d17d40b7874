import RondoTensor

extension AttentionMask {
  /// Creates a mask from numbers that are added to scores: 0 shows and −∞ hides.
  ///
  /// This is the `attn_mask` of numbers of PyTorch's `nn.MultiheadAttention` and
  /// `scaled_dot_product_attention`. Numbers other than these two are refused: added to scores,
  /// they would change weights and not only hide.
  ///
  /// - Parameter additive: Zeros and negative infinities, `[B, N, T, S]`; an axis along which
  ///   nothing changes has the size 1.
  public init(additive: Tensor) {
    guard additive.type.isFloatingPoint else {
      fatalError(
        "a mask that is added to scores holds 0 and -infinity, and not elements of type "
          + "\(additive.type)")
    }
    if let other = additive.doubles.first(where: { $0 != 0 && $0 != -.infinity }) {
      fatalError("a mask that is added to scores holds 0 and -infinity, and not \(other)")
    }
    self.init(visible: additive.isFinite())
  }

  /// Returns the numbers that hide when they are added to scores: 0 where a query may look, and
  /// −∞ elsewhere.
  ///
  /// A softmax of scores that are all −∞ is not a number; ``weights(from:by:)`` gives zeros where
  /// nothing is visible.
  ///
  /// - Parameter scores: A tensor whose floating type and device the numbers get.
  /// - Returns: Zeros and negative infinities, of the shape of ``visible``.
  public func additive(like scores: Tensor) -> Tensor {
    Tensor(repeating: 0, shape: visible.shape, like: scores)
      .replacing(with: -.infinity, where: hidden)
  }
}
