/// Token accuracy: the share of positions whose token equals the reference's.
///
/// It falls gradually where exact match drops at once, so it shows how much of a long sequence a
/// model still gets right. Missing and surplus tokens both count as wrong.
public struct PositionAccuracy: Hashable, Sendable {
  /// The number of positions with the right token.
  public private(set) var rightCount = 0
  /// The number of positions, those of the longer sequence of each pair.
  public private(set) var count = 0

  /// Creates an accuracy with no tokens.
  public init() {}

  /// Adds a sequence.
  ///
  /// - Parameters:
  ///   - hypothesis: The generated tokens.
  ///   - reference: The reference tokens.
  public mutating func add<Token: Equatable>(_ hypothesis: [Token], reference: [Token]) {
    rightCount += zip(hypothesis, reference).count { $0 == $1 }
    count += max(hypothesis.count, reference.count)
  }

  /// The share of right positions, from 0 to 1, or NaN without positions.
  public var share: Double { count > 0 ? Double(rightCount) / Double(count) : .nan }
}
