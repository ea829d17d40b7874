/// The largest elements along an axis and their indices.
public struct TopElements {
  /// The elements, largest first.
  public let values: Tensor
  /// Their indices along the axis.
  public let indices: Tensor
}

extension Tensor {
  /// Returns the sum of all elements, a scalar.
  public func sum() -> Tensor { Operation.sum(self) }
  /// Returns the sum along an axis.
  public func sum(axis: Int, keepsAxis: Bool = false) -> Tensor {
    Operation.sumAlong(self, [axis], keepsAxis)
  }
  /// Returns the mean of all elements, a scalar.
  public func mean() -> Tensor { Operation.mean(self) }
  /// Returns the mean along an axis.
  public func mean(axis: Int, keepsAxis: Bool = false) -> Tensor {
    Operation.meanAlong(self, [axis], keepsAxis)
  }
  /// Returns the sample standard deviation along an axis, which divides by n - 1.
  public func standardDeviation(axis: Int) -> Tensor {
    Operation.deviation(self, [axis])
  }
  /// Returns the largest element along an axis.
  public func maximum(axis: Int) -> Tensor { Operation.maximum(self, [axis]) }
  /// Returns the smallest element along an axis.
  public func minimum(axis: Int) -> Tensor { Operation.minimum(self, [axis]) }
  /// Returns the index of the largest element along an axis, the first of several equal ones.
  public func argmax(axis: Int) -> Tensor { Operation.argmax(self, axis) }
  /// Returns the `count` largest elements along an axis, largest first.
  public func top(count: Int, axis: Int) -> TopElements {
    let results = Operation.top.results(self, count, axis)
    return TopElements(values: results[0], indices: results[1])
  }
  /// Returns the Euclidean norm of all elements taken as one vector.
  public func norm() -> Tensor { Operation.norm(self) }
  /// Returns whether all elements are true.
  public func all() -> Bool { Operation.all(self).truths[0] }
  /// Returns the cumulative sum along an axis.
  public func cumulativeSum(axis: Int) -> Tensor { Operation.cumulativeSum(self, axis) }

  /// Returns the softmax along an axis: positive numbers that sum to one.
  public func softmax(axis: Int) -> Tensor { Operation.softmax(self, axis) }
  /// Returns the logarithm of the softmax along an axis.
  public func logSoftmax(axis: Int) -> Tensor { Operation.logSoftmax(self, axis) }
  /// Returns the logarithm of the sum of exponentials along an axis.
  public func logSumExp(axis: Int) -> Tensor { Operation.logSumExp(self, [axis]) }
}

extension Operation {
  fileprivate static let sum = Operation("aten::sum")
  fileprivate static let sumAlong = Operation("aten::sum", "dim_IntList")
  fileprivate static let mean = Operation("aten::mean")
  fileprivate static let meanAlong = Operation("aten::mean", "dim")
  fileprivate static let deviation = Operation("aten::std", "dim")
  fileprivate static let maximum = Operation("aten::amax")
  fileprivate static let minimum = Operation("aten::amin")
  fileprivate static let argmax = Operation("aten::argmax")
  fileprivate static let top = Operation("aten::topk")
  fileprivate static let norm = Operation("aten::linalg_vector_norm")
  fileprivate static let all = Operation("aten::all")
  fileprivate static let cumulativeSum = Operation("aten::cumsum")
  fileprivate static let softmax = Operation("aten::softmax", "int")
  fileprivate static let logSoftmax = Operation("aten::log_softmax", "int")
  fileprivate static let logSumExp = Operation("aten::logsumexp")
}
