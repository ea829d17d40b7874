import RondoTensor

extension AttentionMask {
  /// Creates a mask from an additive one: 0 shows and −∞ hides.
  ///
  /// This is the floating-point `attn_mask` of PyTorch's `nn.MultiheadAttention` and
  /// `scaled_dot_product_attention`. Any other number stops the program: added to scores, it would
  /// bias weights instead of only hiding them.
  ///
  /// - Parameter additive: Zeros and negative infinities, `[B, N, T, S]`; an axis along which the
  ///   mask does not vary has size 1.
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

  /// Returns the additive form of the mask: 0 where a query may look, and −∞ elsewhere.
  ///
  /// The softmax of scores that are all −∞ is NaN; ``weights(from:by:)`` gives zeros where nothing
  /// is visible.
  ///
  /// - Parameter scores: A tensor whose floating-point type and device the mask takes.
  /// - Returns: Zeros and negative infinities, with the shape of ``visible``.
  public func additive(like scores: Tensor) -> Tensor {
    Tensor(repeating: 0, shape: visible.shape, like: scores)
      .replacing(with: -.infinity, where: hidden)
  }
}
