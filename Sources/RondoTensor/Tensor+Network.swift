// MARK: - Products

/// Returns the matrix product over the last two axes, broadcasting over the others.
public func matmul(_ left: Tensor, _ right: Tensor) -> Tensor { Operation.matmul(left, right) }

extension Tensor {
  /// Returns x Wᵀ + b, where x is this tensor, `[…, in]`.
  ///
  /// - Parameters:
  ///   - weight: W, `[out, in]`.
  ///   - bias: b, `[out]`, or `nil`.
  /// - Returns: The transformed features, `[…, out]`.
  public func linear(_ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
    Operation.linear(self, weight, bias)
  }

  /// Looks up rows of this table, `[V, E]`.
  ///
  /// - Parameters:
  ///   - ids: Row indices, `[…]`.
  ///   - paddingID: A row that receives no gradient, or `nil`.
  /// - Returns: Rows, `[…, E]`.
  public func embedding(of ids: Tensor, paddingID: Int? = nil) -> Tensor {
    Operation.embedding(self, ids, paddingID ?? -1)
  }
}

// MARK: - Normalization, regularization and loss

extension Tensor {
  /// Returns the elements normalized to mean 0 and variance 1 over the last axes, then scaled and
  /// shifted by `weight` and `bias`.
  public func layerNorm(
    shape: [Int], weight: Tensor?, bias: Tensor?, epsilon: Double
  ) -> Tensor {
    Operation.layerNorm(self, shape, weight, bias, epsilon)
  }

  /// Returns the elements, each zeroed with probability `rate`, the others divided by `1 - rate`.
  public func dropout(_ rate: Double) -> Tensor { Operation.dropout(self, rate, true) }

  /// Returns the cross-entropy of these logits, `[N, V]`, and targets, in nats.
  ///
  /// - Parameters:
  ///   - targets: The target classes, `[N]`.
  ///   - ignored: The class that is left out of the loss.
  ///   - smoothing: The share of the target probability that is spread evenly over all classes.
  ///   - isSummed: Whether to return the sum rather than the mean over the targets that count.
  /// - Returns: The loss in nats, a scalar.
  package func crossEntropy(
    _ targets: Tensor, ignoring ignored: Int = -100, smoothing: Double = 0, isSummed: Bool = false
  ) -> Tensor {
    Operation.crossEntropy(self, targets, Tensor?.none, isSummed ? 2 : 1, ignored, smoothing)
  }

  /// Returns the cross-entropy of the logits x Wᵀ + b and targets, in nats, where x is this tensor,
  /// `[N, features]`.
  ///
  /// On the CPU in single precision, logits and their gradients are computed for a few rows at a
  /// time, so `[N, V]` logits are never in memory.
  ///
  /// - Parameters:
  ///   - weight: W, `[V, features]`.
  ///   - bias: b, `[V]`, or `nil`.
  ///   - targets: The target classes, `[N]`.
  ///   - ignored: The class that is left out of the loss.
  ///   - smoothing: The share of the target probability that is spread evenly over all classes.
  /// - Returns: The mean loss over the targets that count, in nats, a scalar.
  package func linearCrossEntropy(
    _ weight: Tensor, _ bias: Tensor?, targets: Tensor, ignoring ignored: Int = -100,
    smoothing: Double = 0
  ) -> Tensor {
    Operation.linearCrossEntropy(self, weight, bias, targets, ignored, smoothing)
  }
}

extension Operation {
  fileprivate static let matmul = Operation("aten::matmul")
  fileprivate static let linear = Operation("rondo::linear")
  fileprivate static let embedding = Operation("aten::embedding")
  fileprivate static let layerNorm = Operation("aten::layer_norm")
  fileprivate static let dropout = Operation("aten::dropout")
  fileprivate static let crossEntropy = Operation("aten::cross_entropy_loss")
  fileprivate static let linearCrossEntropy = Operation("rondo::linear_cross_entropy")
}
