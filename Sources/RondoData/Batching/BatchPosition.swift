/// The position of a batch in training.
public struct BatchPosition: Hashable, Sendable, Codable {
  /// The epoch, counted from 0.
  public let epoch: Int
  /// The index of the batch in its epoch.
  public let index: Int

  /// Creates a position.
  public init(epoch: Int, index: Int) {
    (self.epoch, self.index) = (epoch, index)
  }
}
