import RondoTensor

/// Normalizes each position to mean 0 and variance 1, then scales and shifts it.
///
/// ```text
/// y = (x − mean x) / √(variance x + ε) ⊙ w + b
/// ```
///
/// - Source: Ba, Kiros and Hinton, [Layer Normalization](https://arxiv.org/abs/1607.06450), 2016.
public struct LayerNorm: UnaryModule {
  /// The learned scale w, `[size]`.
  public let weight: Parameter
  /// The learned shift b, `[size]`.
  public let bias: Parameter
  /// The number ε added to the variance before its square root is taken.
  public let epsilon: Double

  /// Creates a normalization over the last axis.
  ///
  /// - Parameters:
  ///   - size: The number of features.
  ///   - epsilon: The number added to the variance before its square root is taken.
  public init(_ size: Int, epsilon: Double = 1e-5) {
    weight = Parameter(repeating: 1, shape: [size])
    bias = Parameter(repeating: 0, shape: [size])
    self.epsilon = epsilon
  }

  /// Normalizes the last axis.
  ///
  /// - Parameter x: Features, `[…, size]`.
  /// - Returns: Features of the same shape.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    x.layerNorm(
      shape: weight.shape, weight: weight.value, bias: bias.value, epsilon: epsilon)
  }
}
