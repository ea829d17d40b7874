import RondoTensor

/// Zeroes random elements of its input in training, and scales up the rest by 1 / (1 − rate).
///
/// - Source: Srivastava et al., [Dropout](https://jmlr.org/papers/v15/srivastava14a.html), 2014.
public struct Dropout: UnaryModule {
  /// The probability that an element is zeroed, at least 0 and less than 1.
  public let rate: Double

  /// Creates a dropout layer.
  ///
  /// - Parameter rate: The probability that an element is zeroed, at least 0 and less than 1.
  public init(_ rate: Double) {
    guard (0..<1).contains(rate) else {
      fatalError("a dropout rate is at least 0 and less than 1, and not \(rate)")
    }
    self.rate = rate
  }

  /// Applies dropout in training mode, and returns `x` unchanged otherwise.
  ///
  /// - Parameter x: Features of any shape, `[…]`.
  /// - Returns: Features of the same shape.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    Mode.current == .training && rate > 0 ? x.dropout(rate) : x
  }
}
