// MARK: - Products

/// Returns the matrix product over the last two axes, broadcasting the others.
public func matmul(_ left: Tensor, _ right: Tensor) -> Tensor { Operation.matmul(left, right) }

extension Tensor {
  /// Returns x Wᵀ + b.
  ///
  /// - Parameters:
  ///   - weight: W, `[out, in]`.
  ///   - bias: b, `[out]`, or `nil`.
  /// - Returns: The product with the last axis, `[…, out]`.
  public func linear(_ weight: Tensor, _ bias: Tensor? = nil) -> Tensor {
    Operation.linear(self, weight, bias)
  }

  /// Returns the rows of this table that the identifiers name.
  ///
  /// - Parameters:
  ///   - ids: Identifiers of rows, `[…]`.
  ///   - paddingID: The row that learns nothing, or `nil`.
  /// - Returns: Rows, `[…, E]`.
  public func embedding(of ids: Tensor, paddingID: Int? = nil) -> Tensor {
    Operation.embedding(self, ids, paddingID ?? -1)
  }
}

// MARK: - Normalization, regularization and loss

extension Tensor {
  /// Returns the elements scaled to mean 0 and variance 1 over the last axes, then `weight` and `bias`.
  public func layerNorm(
    shape: [Int], weight: Tensor?, bias: Tensor?, epsilon: Double
  ) -> Tensor {
    Operation.layerNorm(self, shape, weight, bias, epsilon)
  }

  /// Returns the elements, each zeroed at random with probability `rate` and scaled to keep the mean.
  public func dropout(_ rate: Double) -> Tensor { Operation.dropout(self, rate, true) }

  /// Returns how surprised scores are by the right classes.
  ///
  /// - Parameters:
  ///   - targets: The right classes, `[N]`.
  ///   - ignored: The class that does not count.
  ///   - smoothing: The share of probability spread over all classes.
  ///   - isSummed: Whether to return the sum in place of the mean over classes that count.
  /// - Returns: Nats, a scalar.
  public func crossEntropy(
    _ targets: Tensor, ignoring ignored: Int = -100, smoothing: Double = 0, isSummed: Bool = false
  ) -> Tensor {
    Operation.crossEntropy(self, targets, Tensor?.none, isSummed ? 2 : 1, ignored, smoothing)
  }

  /// Returns how surprised the scores x Wᵀ + b are by the right classes, without keeping them.
  ///
  /// Scores and their gradients are made a few rows at a time, so the memory does not grow with the
  /// number of classes.
  ///
  /// - Parameters:
  ///   - weight: W, `[V, features]`.
  ///   - bias: b, `[V]`, or `nil`.
  ///   - targets: The right classes, `[N]`; this tensor is x, `[N, features]`.
  ///   - ignored: The class that does not count.
  ///   - smoothing: The share of probability spread over all classes.
  /// - Returns: The mean over the classes that count, in nats, a scalar.
  public func linearCrossEntropy(
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
