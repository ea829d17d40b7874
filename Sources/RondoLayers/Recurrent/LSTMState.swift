import RondoTensor

/// What an LSTM remembers between two steps.
public struct LSTMState: RecurrentState {
  /// The short-term memory, which is also the output of the step, `[B, H]`.
  public let hidden: Tensor
  /// The long-term memory, `[B, H]`.
  public let cell: Tensor

  /// Creates a state.
  public init(hidden: Tensor, cell: Tensor) {
    self.hidden = hidden
    self.cell = cell
  }

  /// The state is two tensors.
  public static var partCount: Int { 2 }

  /// The hidden state, then the cell.
  public var parts: [Tensor] { [hidden, cell] }

  /// Creates a state from the hidden state and the cell.
  public init(parts: [Tensor]) { self.init(hidden: parts[0], cell: parts[1]) }
}
