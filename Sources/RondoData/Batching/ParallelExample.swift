/// A source sequence and its target sequence, as token identifiers.
public struct ParallelExample: Hashable, Sendable, Codable {
  /// The source tokens.
  public let source: [Int]
  /// The target tokens, without start and end tokens.
  public let target: [Int]

  /// Creates an example.
  public init(source: [Int], target: [Int]) {
    (self.source, self.target) = (source, target)
  }
}
