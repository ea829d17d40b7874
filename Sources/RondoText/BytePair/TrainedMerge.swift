/// A merge, as a trainer reports it.
public struct TrainedMerge: Hashable, Sendable {
  /// The number of the merge, counted from 1.
  public let number: Int
  /// The bytes of the token on the left.
  public let left: [UInt8]
  /// The bytes of the token on the right.
  public let right: [UInt8]
  /// The bytes of the merged token.
  public let merged: [UInt8]
  /// The number of occurrences of the pair.
  public let count: Int
}
