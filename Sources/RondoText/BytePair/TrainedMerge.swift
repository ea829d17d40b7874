/// A merge at the moment at which a trainer learns it.
public struct TrainedMerge: Hashable, Sendable {
  /// Which merge it is, counted from 1.
  public let number: Int
  /// The bytes of the token on the left.
  public let left: [UInt8]
  /// The bytes of the token on the right.
  public let right: [UInt8]
  /// The bytes of the token that they make.
  public let merged: [UInt8]
  /// How often the pair occurred.
  public let count: Int
}
