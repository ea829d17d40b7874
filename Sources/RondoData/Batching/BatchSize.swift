/// How many examples make a batch.
public enum BatchSize: Hashable, Sendable, Codable {
  /// A number of examples.
  case rows(Int)
  /// As many examples as fit into a number of tokens, source, target and padding together; an
  /// example that is longer is a batch of its own.
  case tokens(Int)
}
