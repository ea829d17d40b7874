import RondoTensor

/// The result of reading a batch of sequences.
public struct RecurrentOutput<State> {
  /// The hidden state at every step, `[B, T, H · directions]`, zero after the end of a row.
  public let sequence: Tensor
  /// The state after the last step of each row; reading backward, that is the row's first.
  public let state: State

  /// Creates an output.
  public init(sequence: Tensor, state: State) {
    self.sequence = sequence
    self.state = state
  }
}
