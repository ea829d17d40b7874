/// Random features to classify by whether those at even positions sum to more than zero.
///
/// Positions count from 0, so the first step is even. The features are drawn from the standard
/// normal distribution.
public struct EvenPositionSum: ExampleGenerator, Hashable {
  /// T, the number of steps.
  public let length: Int
  /// E, the number of features of a step.
  public let featureCount: Int

  /// Creates the task.
  ///
  /// - Parameters:
  ///   - length: T, the number of steps.
  ///   - featureCount: E, the number of features of a step.
  public init(length: Int = 10, featureCount: Int = 5) {
    guard length > 0, featureCount > 0 else {
      fatalError("the task needs a step and a feature, got \(length) and \(featureCount)")
    }
    (self.length, self.featureCount) = (length, featureCount)
  }

  /// Draws the features.
  public func draw(using generator: inout SplitMix64) -> NumericExample {
    let features = (0..<length * featureCount).map { _ in Float(generator.normal()) }
    let even = features.indices.filter { ($0 / featureCount).isMultiple(of: 2) }
    let sum = even.reduce(0.0) { $0 + Double(features[$1]) }
    return NumericExample(features: features, featureCount: featureCount, target: sum > 0 ? 1 : 0)
  }

  /// Returns the bit patterns of the features.
  public func identity(of example: NumericExample) -> [Int] { example.bits }
}
