/// The order in which examples are batched.
public enum BatchOrder: Hashable, Sendable, Codable {
  /// The order in which they are given.
  case given
  /// From the shortest to the longest, which needs the least padding.
  case byLength
  /// A new random order each epoch: shuffled, sorted by length within windows of `windowSize`
  /// examples, cut into batches, and the batches shuffled.
  case shuffled(seed: UInt64, windowSize: Int = 4096)
}
