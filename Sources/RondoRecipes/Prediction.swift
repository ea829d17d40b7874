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
  /// Whether the output ended by itself; otherwise it was cut at its maximum length, or the line
  /// was not decoded.
  public let isFinished: Bool
  /// The attention weights over the input tokens, `[T][S]`, or `nil` if there are none or they were
  /// not kept.
  ///
  /// There is one row for each output token, and one more for the end of a finished output.
  public let attention: [[Float]]?
  /// Further hypotheses, best first.
  public let alternatives: [Alternative]

  /// The maximum number of tokens of any output.
  public static let longestOutput = 8_192

  /// A further hypothesis.
  public struct Alternative: Sendable, Codable {
    /// The text.
    public let output: String
    /// Its score.
    public let score: Double
  }
}
