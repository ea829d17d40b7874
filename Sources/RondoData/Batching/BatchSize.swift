/// The size of a batch, in examples or in tokens.
public enum BatchSize: Hashable, Sendable, Codable {
  /// A fixed number of examples.
  case rows(Int)
  /// As many examples as fit a budget of tokens: source, target and padding together; an example
  /// that exceeds the budget is a batch of its own.
  case tokens(Int)
}
