import RondoTensor

/// A fully connected layer.
///
/// ```text
/// y = W x + b
/// ```
///
/// Weights and bias are initialized uniformly within ±1/√inputSize, as in PyTorch.
public struct Linear: UnaryModule {
  /// The weights W, `[outputSize, inputSize]`.
  public let weight: Parameter
  /// The bias b, `[outputSize]`, or `nil` for a purely linear map.
  public let bias: Parameter?

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - inputSize: The number of input features.
  ///   - outputSize: The number of output features.
  ///   - hasBias: Whether a bias is added.
  public init(from inputSize: Int, to outputSize: Int, hasBias: Bool = true) {
    let bound = 1 / Double(inputSize).squareRoot()
    weight = Parameter(uniformWithin: bound, shape: [outputSize, inputSize])
    bias = hasBias ? Parameter(uniformWithin: bound, shape: [outputSize]) : nil
  }

  /// Creates an output layer that shares its weights with an embedding.
  ///
  /// - Parameters:
  ///   - embedding: The embedding whose table is the weight matrix.
  ///   - hasBias: Whether a bias is added, which is initialized to zero.
  ///
  /// - Source: Press and Wolf,
  ///   [Using the Output Embedding to Improve Language Models](https://arxiv.org/abs/1608.05859),
  ///   2017.
  public init(tiedTo embedding: Embedding, hasBias: Bool = false) {
    weight = embedding.weight
    bias = hasBias ? Parameter(repeating: 0, shape: [embedding.weight.shape[0]]) : nil
  }

  /// The number of input features.
  public var inputSize: Int { weight.shape[1] }

  /// The number of output features.
  public var outputSize: Int { weight.shape[0] }

  /// Applies the layer to the last axis.
  ///
  /// - Parameter x: Features, `[…, inputSize]`.
  /// - Returns: Features, `[…, outputSize]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    guard x.shape.last == inputSize else {
      fatalError("Linear expects \(inputSize) features on the last axis and got \(x.shape)")
    }
    return x.linear(weight.value, bias?.value)
  }
}
