import RondoTensor

/// The form with one weight matrix for input and hidden state, and one bias.
///
/// ```text
/// [i, f, g, o] = [W, U] [x; h] + (b + d)
/// ```
extension LSTMCell {
  /// Creates a cell from one matrix over `[x; h]` and one bias.
  ///
  /// The joined bias becomes the input bias, and the hidden bias is initialized to zero: the cell
  /// computes the same function, and ``joinedWeight`` and ``joinedBias`` return the same numbers.
  ///
  /// - Parameters:
  ///   - joinedWeight: `[W, U]`, gates stacked in the order i, f, g, o, `[4H, E + H]`.
  ///   - joinedBias: b + d, `[4H]`.
  public init(joinedWeight: Tensor, joinedBias: Tensor) {
    let shape = joinedWeight.shape
    guard shape.count == 2, shape[0] > 0, shape[0] % 4 == 0, shape[1] > shape[0] / 4 else {
      fatalError("a joined weight has the shape [4H, E + H] with E above zero, and not \(shape)")
    }
    guard joinedBias.shape == [shape[0]] else {
      fatalError("a joined bias has the shape [\(shape[0])], and not \(joinedBias.shape)")
    }
    let hiddenSize = shape[0] / 4
    let inputSize = shape[1] - hiddenSize
    inputWeight = Parameter(joinedWeight.narrowed(axis: 1, from: 0, count: inputSize))
    hiddenWeight = Parameter(joinedWeight.narrowed(axis: 1, from: inputSize, count: hiddenSize))
    inputBias = Parameter(joinedBias)
    hiddenBias = Parameter(Tensor(repeating: 0, shape: joinedBias.shape, like: joinedBias))
  }

  /// One matrix over `[x; h]`, `[4H, E + H]`; a copy detached from the graph.
  public var joinedWeight: Tensor {
    withoutGradients { concatenated([inputWeight.value, hiddenWeight.value], axis: 1) }
  }

  /// One bias b + d, `[4H]`; a copy detached from the graph.
  public var joinedBias: Tensor { withoutGradients { inputBias.value + hiddenBias.value } }
}
