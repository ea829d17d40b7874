/// The direction of translation between the two sides of a pair.
enum Direction: String, Codable, Sendable, CaseIterable {
  /// The first side is the source and the second the target.
  case forward
  /// The second side is the source and the first the target.
  case backward

  /// Returns the pair with the source first.
  func callAsFunction(_ pair: [String]) -> [String] {
    self == .forward ? pair : [pair[1], pair[0]]
  }
}
