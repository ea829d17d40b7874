/// The share of tokens that stand where they should.
///
/// It falls gradually where exact match falls at once, so it shows how much of a long sequence a
/// model still holds. A missing token and one too many are both wrong.
public struct PositionAccuracy: Hashable, Sendable {
  /// The tokens that stand where they should.
  public private(set) var rightCount = 0
  /// All places, those of the longer sequence of each pair.
  public private(set) var count = 0

  /// Creates the share of no tokens yet.
  public init() {}

  /// Adds a sequence.
  ///
  /// - Parameters:
  ///   - hypothesis: What was written.
  ///   - reference: What is right.
  public mutating func add<Token: Equatable>(_ hypothesis: [Token], reference: [Token]) {
    rightCount += zip(hypothesis, reference).count { $0 == $1 }
    count += max(hypothesis.count, reference.count)
  }

  /// The share of right places, from 0 to 1, or NaN for no places.
  public var share: Double { count > 0 ? Double(rightCount) / Double(count) : .nan }
}
