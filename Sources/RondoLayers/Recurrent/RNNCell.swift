import RondoTensor

/// One step of an Elman network, the simplest recurrent network.
///
/// ```text
/// h′ = tanh(W x + b + U h + d)
/// ```
///
/// - Source: Elman, [Finding Structure in Time](https://doi.org/10.1207/s15516709cog1402_1), 1990.
public struct RNNCell: RecurrentCell {
  /// W, from the input to the hidden state, `[H, E]`.
  public let inputWeight: Parameter
  /// U, from the hidden state to itself, `[H, H]`.
  public let hiddenWeight: Parameter
  /// The bias b, `[H]`.
  public let inputBias: Parameter
  /// The bias d, `[H]`.
  public let hiddenBias: Parameter

  /// Creates a cell, with parameters initialized uniformly within ±1/√H.
  ///
  /// - Parameters:
  ///   - inputSize: E, the number of input features.
  ///   - hiddenSize: H, the number of hidden features.
  public init(inputSize: Int, hiddenSize: Int) {
    let bound = 1 / Double(hiddenSize).squareRoot()
    inputWeight = Parameter(uniformWithin: bound, shape: [hiddenSize, inputSize])
    hiddenWeight = Parameter(uniformWithin: bound, shape: [hiddenSize, hiddenSize])
    inputBias = Parameter(uniformWithin: bound, shape: [hiddenSize])
    hiddenBias = Parameter(uniformWithin: bound, shape: [hiddenSize])
  }

  /// E, the number of input features.
  public var inputSize: Int { inputWeight.shape[1] }

  /// H, the number of hidden features.
  public var hiddenSize: Int { hiddenWeight.shape[1] }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, E]`.
  ///   - state: The state before the step, `[B, H]`.
  /// - Returns: The state after the step, `[B, H]`.
  public func callAsFunction(_ x: Tensor, from state: HiddenState) -> HiddenState {
    let sum =
      x.linear(inputWeight.value, inputBias.value)
      + state.hidden.linear(hiddenWeight.value, hiddenBias.value)
    return HiddenState(hidden: sum.tanh())
  }

  /// Runs over whole sequences in one fused operation.
  public func read(
    _ x: Tensor, lengths: RowLengths?, from state: HiddenState, isReversed: Bool
  ) -> RecurrentOutput<HiddenState> {
    let results = Operation.rnn.results(
      x, state.hidden, inputWeight.value, hiddenWeight.value, inputBias.value, hiddenBias.value,
      lengths?.counts, isReversed)
    return RecurrentOutput(sequence: results[0], state: HiddenState(hidden: results[1]))
  }
}

extension Operation {
  fileprivate static let rnn = Operation("rondo::rnn")
}
