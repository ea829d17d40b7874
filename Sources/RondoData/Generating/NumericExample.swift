/// A sequence of feature vectors and the number that belongs to it.
public struct NumericExample: Hashable, Sendable, Codable {
  /// The features of one step after the other, T × E of them.
  public let features: [Float]
  /// E, the number of features of a step.
  public let featureCount: Int
  /// The answer: a quantity, or 1 and 0 for yes and no.
  public let target: Float

  /// Creates an example.
  ///
  /// - Parameters:
  ///   - features: The features of one step after the other.
  ///   - featureCount: E, the number of features of a step.
  ///   - target: The answer.
  public init(features: [Float], featureCount: Int, target: Float) {
    (self.features, self.featureCount, self.target) = (features, featureCount, target)
  }

  /// The bits of the features, which tell this example from others.
  var bits: [Int] { features.map { Int($0.bitPattern) } }
}
