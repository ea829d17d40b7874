import RondoTensor

/// One step of a gated recurrent unit.
///
/// Two gates decide how much of the hidden state the candidate uses, and how much of it is kept:
///
/// ```text
/// r = σ(Wᵣ x + bᵣ + Uᵣ h + dᵣ)    reset gate
/// z = σ(W_z x + b_z + U_z h + d_z)  update gate
///
/// n = tanh(Wₙ x + bₙ + r ⊙ (Uₙ h + dₙ))   candidate, reset after the product
/// n = tanh(Wₙ x + bₙ + Uₙ (r ⊙ h) + dₙ)   candidate, reset before the product
///
/// h′ = (1 − z) ⊙ n + z ⊙ h
/// ```
///
/// The gates are stacked in the order r, z, n, as in PyTorch, so weights move between the two
/// unchanged. The two forms of the candidate are different functions: weights trained with one do
/// not work with the other.
///
/// - Source: Cho et al.,
///   [Learning Phrase Representations using RNN Encoder–Decoder for Statistical Machine Translation](https://arxiv.org/abs/1406.1078),
///   2014, section 2.3, with biases.
public struct GRUCell: GatedCell {
  /// Where the reset gate is applied.
  public enum Reset: Sendable {
    /// To the product of U and the hidden state, as in PyTorch; only this form can run fused.
    case afterProduct
    /// To the hidden state itself, as in the paper and in Keras with `reset_after=False`.
    case beforeProduct
  }

  /// W, from the input to the gates and the candidate, `[3H, E]`.
  public let inputWeight: Parameter
  /// U, from the hidden state to the gates and the candidate, `[3H, H]`.
  public let hiddenWeight: Parameter
  /// The bias b, `[3H]`.
  public let inputBias: Parameter
  /// The bias d, `[3H]`.
  public let hiddenBias: Parameter
  /// Where the reset gate is applied.
  public let reset: Reset

  /// Creates a cell that resets after the product, with parameters initialized within ±1/√H.
  ///
  /// - Parameters:
  ///   - inputSize: E, the number of input features.
  ///   - hiddenSize: H, the number of hidden features.
  public init(inputSize: Int, hiddenSize: Int) {
    self.init(inputSize: inputSize, hiddenSize: hiddenSize, reset: .afterProduct)
  }

  /// Creates a cell, with parameters initialized uniformly within ±1/√H.
  ///
  /// - Parameters:
  ///   - inputSize: E, the number of input features.
  ///   - hiddenSize: H, the number of hidden features.
  ///   - reset: Where the reset gate is applied.
  public init(inputSize: Int, hiddenSize: Int, reset: Reset) {
    let bound = 1 / Double(hiddenSize).squareRoot()
    inputWeight = Parameter(uniformWithin: bound, shape: [3 * hiddenSize, inputSize])
    hiddenWeight = Parameter(uniformWithin: bound, shape: [3 * hiddenSize, hiddenSize])
    inputBias = Parameter(uniformWithin: bound, shape: [3 * hiddenSize])
    hiddenBias = Parameter(uniformWithin: bound, shape: [3 * hiddenSize])
    self.reset = reset
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
    let gates = gates(x, from: state)
    return HiddenState(
      hidden: (1 - gates.update) * gates.candidate + gates.update * state.hidden)
  }

  /// Computes the gate activations of a step, for inspecting a trained network.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, E]`.
  ///   - state: The state before the step, `[B, H]`.
  /// - Returns: The gate activations, each `[B, H]`.
  public func gates(_ x: Tensor, from state: HiddenState) -> GRUGates {
    let h = state.hidden
    let fromInput = x.linear(inputWeight.value, inputBias.value).split(into: 3, axis: -1)
    let fromMemory = h.linear(hiddenWeight.value, hiddenBias.value).split(into: 3, axis: -1)
    let r = (fromInput[0] + fromMemory[0]).sigmoid()
    let z = (fromInput[1] + fromMemory[1]).sigmoid()

    let recalled =
      switch reset {
      case .afterProduct: r * fromMemory[2]
      case .beforeProduct:
        (r * h).linear(
          hiddenWeight.value.split(into: 3, axis: 0)[2], hiddenBias.value.split(into: 3, axis: 0)[2]
        )
      }
    return GRUGates(parts: [r, z, (fromInput[2] + recalled).tanh()])
  }

  /// Runs over whole sequences, in one fused operation when the reset is after the product.
  public func read(
    _ x: Tensor, lengths: RowLengths?, from state: HiddenState, isReversed: Bool
  ) -> RecurrentOutput<HiddenState> {
    guard reset == .afterProduct else {
      return readStepwise(x, lengths: lengths, from: state, isReversed: isReversed)
    }
    let results = Operation.gru.results(
      x, state.hidden, inputWeight.value, hiddenWeight.value, inputBias.value, hiddenBias.value,
      lengths?.counts, isReversed)
    return RecurrentOutput(sequence: results[0], state: HiddenState(hidden: results[1]))
  }
}

extension Operation {
  fileprivate static let gru = Operation("rondo::gru")
}
