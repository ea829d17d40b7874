/// Which side of a pair is read, and which is written.
enum Direction: String, Codable, Sendable, CaseIterable {
  /// The first is read and the second written.
  case forward
  /// The second is read and the first written.
  case backward

  /// Puts what is read first.
  func callAsFunction(_ pair: [String]) -> [String] {
    self == .forward ? pair : [pair[1], pair[0]]
  }
}
