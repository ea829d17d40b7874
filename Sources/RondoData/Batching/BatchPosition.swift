/// Where a batch stands in training.
public struct BatchPosition: Hashable, Sendable, Codable {
  /// The number of the epoch, from 0.
  public let epoch: Int
  /// The number of the batch in the epoch, from 0.
  public let index: Int

  /// Creates a position.
  public init(epoch: Int, index: Int) {
    (self.epoch, self.index) = (epoch, index)
  }
}
