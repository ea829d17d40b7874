/// A sequence of feature vectors and its numeric target.
public struct NumericExample: Hashable, Sendable {
  /// The features, one step after another, T × E of them.
  public let features: [Float]
  /// E, the number of features of a step.
  public let featureCount: Int
  /// The target: a quantity, or a class label of 1 or 0.
  public let target: Float

  /// Creates an example.
  ///
  /// - Parameters:
  ///   - features: The features, one step after another.
  ///   - featureCount: E, the number of features of a step.
  ///   - target: The target.
  public init(features: [Float], featureCount: Int, target: Float) {
    (self.features, self.featureCount, self.target) = (features, featureCount, target)
  }

  /// The bit patterns of the features, which identify the example.
  var bits: [Int] { features.map { Int($0.bitPattern) } }
}
