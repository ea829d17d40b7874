/// A generated sequence and its score.
public struct Hypothesis: Hashable, Sendable {
  /// The tokens, without start and end tokens.
  public let tokens: [Int]
  /// Whether the sequence ended with the end token; otherwise it was cut at its maximum length, or
  /// no permitted token had a probability above zero.
  public let isFinished: Bool
  /// The log-probability of the tokens, including the end token of a finished sequence.
  public let logProbability: Double
  /// The score by which hypotheses are ranked: the log-probability, divided by the length penalty.
  public let score: Double
  /// The attention weights over the source for each token, or `nil` without attention.
  ///
  /// There is one row per token, and in a finished hypothesis one more for the end token, which
  /// `zip` with the tokens leaves out. A row has a weight for every source position of the batch,
  /// so the padding of a shorter source shows as zeros at its end.
  public let attention: [[Float]]?

  /// Creates a hypothesis.
  ///
  /// - Parameters:
  ///   - tokens: The tokens, without start and end tokens.
  ///   - isFinished: Whether the sequence ended with the end token.
  ///   - logProbability: The log-probability of the tokens, including the end token.
  ///   - score: The score by which hypotheses are ranked.
  ///   - attention: One row of weights per token, and one for the end token, or `nil`.
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
