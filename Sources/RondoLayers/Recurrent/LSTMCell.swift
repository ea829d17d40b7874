import RondoTensor

/// One step of a long short-term memory network.
///
/// Three gates decide what the cell forgets, what it writes, and what it outputs:
///
/// ```text
/// i = σ(Wᵢ x + bᵢ + Uᵢ h + dᵢ)        input gate
/// f = σ(W_f x + b_f + U_f h + d_f)     forget gate
/// g = tanh(W_g x + b_g + U_g h + d_g)  candidate
/// o = σ(W_o x + b_o + U_o h + d_o)     output gate
///
/// c′ = f ⊙ c + i ⊙ g
/// h′ = o ⊙ tanh c′
/// ```
///
/// The gates are stacked in the order i, f, g, o, as in PyTorch, so weights move between the
/// two unchanged.
///
/// - Source: Hochreiter and Schmidhuber,
///   [Long Short-Term Memory](https://doi.org/10.1162/neco.1997.9.8.1735), 1997, with the
///   forget gate of [Gers et al.](https://doi.org/10.1162/089976600300015015), 2000.
public struct LSTMCell: GatedCell {
  /// W, from the input to the four gates, `[4H, E]`.
  public let inputWeight: Parameter
  /// U, from the hidden state to the four gates, `[4H, H]`.
  public let hiddenWeight: Parameter
  /// The bias b, `[4H]`.
  public let inputBias: Parameter
  /// The bias d, `[4H]`.
  public let hiddenBias: Parameter

  /// Creates a cell, with parameters initialized uniformly within ±1/√H.
  ///
  /// - Parameters:
  ///   - inputSize: E, the number of input features.
  ///   - hiddenSize: H, the number of hidden features.
  public init(inputSize: Int, hiddenSize: Int) {
    self.init(inputSize: inputSize, hiddenSize: hiddenSize, forgetBias: nil)
  }

  /// Creates a cell whose forget gate has a given initial bias.
  ///
  /// A bias of 1 opens the gate, so that a new network remembers; otherwise it starts half closed.
  ///
  /// - Parameters:
  ///   - inputSize: E, the number of input features.
  ///   - hiddenSize: H, the number of hidden features.
  ///   - forgetBias: The initial value of b_f + d_f, or `nil` for biases drawn like the others.
  ///
  /// - Source: Jozefowicz, Zaremba and Sutskever,
  ///   [An Empirical Exploration of Recurrent Network Architectures](https://proceedings.mlr.press/v37/jozefowicz15.html),
  ///   2015, section 2.2.
  public init(inputSize: Int, hiddenSize: Int, forgetBias: Double?) {
    let bound = 1 / Double(hiddenSize).squareRoot()
    /// Draws a bias whose forget part is `forgetBias` where it is given.
    func bias(forgetBias: Double?) -> Parameter {
      guard let forgetBias else { return Parameter(uniformWithin: bound, shape: [4 * hiddenSize]) }
      let gates = (0..<4).map { gate in
        gate == 1
          ? Tensor(repeating: forgetBias, shape: [hiddenSize])
          : Tensor(uniform: -bound..<bound, shape: [hiddenSize])
      }
      return Parameter(concatenated(gates, axis: 0))
    }
    inputWeight = Parameter(uniformWithin: bound, shape: [4 * hiddenSize, inputSize])
    hiddenWeight = Parameter(uniformWithin: bound, shape: [4 * hiddenSize, hiddenSize])
    inputBias = bias(forgetBias: forgetBias)
    hiddenBias = bias(forgetBias: forgetBias.map { _ in 0 })
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
  public func callAsFunction(_ x: Tensor, from state: LSTMState) -> LSTMState {
    let gates = gates(x, from: state)
    let cell = gates.forget * state.cell + gates.input * gates.candidate
    return LSTMState(hidden: gates.output * cell.tanh(), cell: cell)
  }

  /// Computes the gate activations of a step, for inspecting a trained network.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, E]`.
  ///   - state: The state before the step, `[B, H]`.
  /// - Returns: The gate activations, each `[B, H]`.
  public func gates(_ x: Tensor, from state: LSTMState) -> LSTMGates {
    let sum =
      x.linear(inputWeight.value, inputBias.value)
      + state.hidden.linear(hiddenWeight.value, hiddenBias.value)
    let parts = sum.split(into: 4, axis: -1)
    return LSTMGates(
      parts: [parts[0].sigmoid(), parts[1].sigmoid(), parts[2].tanh(), parts[3].sigmoid()])
  }

  /// Runs over whole sequences in one fused operation.
  public func read(
    _ x: Tensor, lengths: RowLengths?, from state: LSTMState, isReversed: Bool
  ) -> RecurrentOutput<LSTMState> {
    let results = Operation.lstm.results(
      x, state.hidden, state.cell, inputWeight.value, hiddenWeight.value, inputBias.value,
      hiddenBias.value, lengths?.counts, isReversed)
    return RecurrentOutput(
      sequence: results[0], state: LSTMState(hidden: results[1], cell: results[2]))
  }
}

extension Operation {
  fileprivate static let lstm = Operation("rondo::lstm")
}
