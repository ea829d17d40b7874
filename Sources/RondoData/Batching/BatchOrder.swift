/// In which order examples are read.
public enum BatchOrder: Hashable, Sendable, Codable {
  /// As they are given.
  case given
  /// From the shortest to the longest, which needs the least padding.
  case byLength
  /// In another random order each epoch: shuffled, sorted by length within windows of so many
  /// examples, cut into batches, and the batches shuffled.
  case shuffled(seed: UInt64, windowSize: Int = 4096)
}
