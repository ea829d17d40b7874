/// A sequence that a search has written, and what it thinks of it.
public struct Hypothesis: Hashable, Sendable {
  /// The tokens, without the ones that mark the beginning and the end.
  public let tokens: [Int]
  /// Whether the model ended the sequence itself; otherwise it was cut at its maximum length, or
  /// the model left no token possible.
  public let isFinished: Bool
  /// The logarithm of the probability of the tokens, the end included where the sequence ended.
  public let logProbability: Double
  /// What the search ranks by: the log-probability, divided by the length penalty of a beam search.
  public let score: Double
  /// Where the model looked in the source while it wrote each token, or `nil` without attention.
  ///
  /// There is one row per token, and in a finished hypothesis one more, for the end; `zip` with
  /// the tokens leaves that one out. A row has a weight for every source position of the batch, so
  /// the padding of a shorter source shows as zeros at its end.
  public let attention: [[Float]]?

  /// Creates a hypothesis.
  ///
  /// - Parameters:
  ///   - tokens: The tokens between the beginning and the end.
  ///   - isFinished: Whether the model ended the sequence itself.
  ///   - logProbability: The logarithm of the probability of the tokens and the end.
  ///   - score: What the search ranks by.
  ///   - attention: One row of weights per token, and one for the end, or `nil`.
  public init(
    tokens: [Int], isFinished: Bool, logProbability: Double, score: Double,
    attention: [[Float]]? = nil
  ) {
    self.tokens = tokens
    self.isFinished = isFinished
    self.logProbability = logProbability
    self.score = score
    self.attention = attention
  }
}
