import RondoTensor

/// A table with one learned vector per token.
///
/// Vectors are initialized from a normal distribution with mean 0 and standard deviation 1, as in
/// PyTorch, unless another deviation is given.
public struct Embedding: UnaryModule {
  /// The vectors, `[V, E]`.
  public let weight: Parameter
  /// The token whose vector is initialized to zero and receives no gradient, if there is one.
  public let paddingID: Int?

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - vocabularySize: V, the number of tokens.
  ///   - size: E, the number of features per token.
  ///   - paddingID: A token whose vector is initialized to zero and receives no gradient.
  ///   - deviation: The standard deviation of the initial vectors.
  public init(vocabularySize: Int, size: Int, paddingID: Int? = nil, deviation: Double = 1) {
    if let paddingID, !(0..<vocabularySize).contains(paddingID) {
      fatalError("the padding token \(paddingID) is not in a vocabulary of \(vocabularySize)")
    }
    let table = Tensor(
      normalWithMean: 0, deviation: deviation, shape: [vocabularySize, size])
    if let paddingID {
      let isPadding = Tensor(rangeTo: vocabularySize).isEqual(to: paddingID)
      weight = Parameter(table.replacing(with: 0, where: isPadding.expandedDimensions(axis: 1)))
    } else {
      weight = Parameter(table)
    }
    self.paddingID = paddingID
  }

  /// V, the number of tokens.
  public var vocabularySize: Int { weight.shape[0] }

  /// E, the number of features per token.
  public var size: Int { weight.shape[1] }

  /// Looks up the vectors of tokens.
  ///
  /// - Parameter tokens: Token identifiers of any shape, `[…]`.
  /// - Returns: Features, `[…, E]`.
  public func callAsFunction(_ tokens: Tensor) -> Tensor {
    weight.value.embedding(of: tokens, paddingID: paddingID)
  }
}
