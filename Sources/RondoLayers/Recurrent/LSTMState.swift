import RondoTensor

/// The state of an LSTM between two steps.
public struct LSTMState: RecurrentState {
  /// The hidden state, which is also the output of the step, `[B, H]`.
  public let hidden: Tensor
  /// The cell state, `[B, H]`.
  public let cell: Tensor

  /// Creates a state.
  public init(hidden: Tensor, cell: Tensor) {
    self.hidden = hidden
    self.cell = cell
  }

  /// The state is two tensors.
  public static var partCount: Int { 2 }

  /// The hidden state, then the cell state.
  public var parts: [Tensor] { [hidden, cell] }

  /// Creates a state from the hidden state and the cell state.
  public init(parts: [Tensor]) { self.init(hidden: parts[0], cell: parts[1]) }
}
