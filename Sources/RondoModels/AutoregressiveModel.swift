import RondoTensor

/// A model that writes one token after another; decoders ask it for the next one.
public protocol AutoregressiveModel {
  /// What the model knows between two tokens, one row per sequence.
  associatedtype State

  /// Scores the token that follows.
  ///
  /// - Parameters:
  ///   - tokens: The last token of each sequence, `[B]`.
  ///   - state: The state before that token was read.
  /// - Returns: Scores for the next token, `[B, V]`, and the state after the step.
  func next(after tokens: Tensor, from state: State) -> NextToken<State>

  /// Chooses rows of a state: a search drops, repeats and reorders its sequences.
  ///
  /// - Parameters:
  ///   - rows: The rows, in their new order, `[B′]`.
  ///   - state: The state of B sequences.
  /// - Returns: The state of B′ sequences.
  func selecting(_ rows: Tensor, of state: State) -> State
}

/// What a model says about the token that follows.
public struct NextToken<State> {
  /// Scores for the next token, `[B, V]`.
  public let logits: Tensor
  /// The state after the step.
  public let state: State
  /// Where the model looked in the source, `[B, S]`, when it has attention.
  public let attention: Tensor?

  /// Creates an answer.
  public init(logits: Tensor, state: State, attention: Tensor? = nil) {
    self.logits = logits
    self.state = state
    self.attention = attention
  }
}
