/// A source sequence and the target sequence that belongs to it, as token identifiers.
public struct ParallelExample: Hashable, Sendable, Codable {
  /// The source tokens.
  public let source: [Int]
  /// The target tokens, without those for start and end.
  public let target: [Int]

  /// Creates an example.
  public init(source: [Int], target: [Int]) {
    (self.source, self.target) = (source, target)
  }
}
