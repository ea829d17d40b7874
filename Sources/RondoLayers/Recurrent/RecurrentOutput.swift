import RondoTensor

/// The result of running a recurrent network over a batch of sequences.
public struct RecurrentOutput<State> {
  /// The hidden state at every step, `[B, T, H · directions]`, zero after the end of a row.
  public let sequence: Tensor
  /// The state after the last step read, which in the backward direction is the row's first.
  public let state: State

  /// Creates an output.
  public init(sequence: Tensor, state: State) {
    self.sequence = sequence
    self.state = state
  }
}
