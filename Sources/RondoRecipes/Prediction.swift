/// A model's output for one line.
public struct Prediction: Sendable, Codable {
  /// The input line.
  public let input: String
  /// The output text.
  public let output: String
  /// The score of the output, higher is better, or `nil` for a line that was not decoded.
  public let score: Double?
  /// The input tokens.
  public let inputTokens: [String]
  /// The output tokens.
  public let outputTokens: [String]
  /// The attention weights over the input for each output token, `[T][S]`, or `nil` without
  /// attention.
  public let attention: [[Float]]?
  /// Further hypotheses, best first.
  public let alternatives: [Alternative]

  /// A further hypothesis.
  public struct Alternative: Sendable, Codable {
    /// The text.
    public let output: String
    /// Its score.
    public let score: Double
  }
}
