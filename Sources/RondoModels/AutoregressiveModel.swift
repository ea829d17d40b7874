import RondoTensor

/// A model that generates one token after another; decoders ask it for the next one.
public protocol AutoregressiveModel {
  /// The state between two tokens, one row per sequence.
  associatedtype State

  /// Computes the logits of the next token.
  ///
  /// - Parameters:
  ///   - tokens: The last token of each sequence, `[B]`.
  ///   - state: The state before that token is fed.
  /// - Returns: The logits of the next token, `[B, V]`, and the state after the step.
  func next(after tokens: Tensor, from state: State) -> NextToken<State>

  /// Selects rows of a state, as a beam search does when it drops, repeats and reorders hypotheses.
  ///
  /// - Parameters:
  ///   - rows: The row indices, in their new order, `[B′]`.
  ///   - state: The state of B sequences.
  /// - Returns: The state of B′ sequences.
  func selecting(_ rows: Tensor, of state: State) -> State
}

/// A model's prediction of the next token.
public struct NextToken<State> {
  /// The logits of the next token, `[B, V]`.
  public let logits: Tensor
  /// The state after the step.
  public let state: State
  /// The attention weights over the source, `[B, S]`, when the model has attention.
  public let attention: Tensor?

  /// Creates a prediction.
  public init(logits: Tensor, state: State, attention: Tensor? = nil) {
    self.logits = logits
    self.state = state
    self.attention = attention
  }
}
