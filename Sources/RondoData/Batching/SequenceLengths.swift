/// The lengths of the two sequences of an example, including start and end tokens.
public struct SequenceLengths: Hashable, Sendable {
  /// The length of the source.
  public let source: Int
  /// The length of the target, 0 where there is none.
  public let target: Int

  /// Creates a pair of lengths.
  public init(source: Int, target: Int = 0) {
    (self.source, self.target) = (source, target)
  }

  /// The number of tokens.
  var total: Int { source + target }

  /// The smallest lengths that fit both.
  func joined(with other: SequenceLengths) -> SequenceLengths {
    SequenceLengths(source: max(source, other.source), target: max(target, other.target))
  }
}
