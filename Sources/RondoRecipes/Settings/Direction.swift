/// The direction of translation between the two sides of a pair.
enum Direction: String, Codable, Sendable, CaseIterable {
  /// The first side is the source and the second the target.
  case forward
  /// The second side is the source and the first the target.
  case backward

  /// Returns the sides as the model sees them, of a pair as it stands in the data.
  func callAsFunction<Value>(_ pair: Sides<Value>) -> Sides<Value> {
    self == .forward ? pair : pair.swapped
  }
}
