/// The result of evaluating a model on held-out data.
public struct Validation: Sendable {
  /// Every metric by its name.
  public let figures: [String: Double]
  /// The metric that decides which checkpoint is best.
  public let score: Double
  /// Whether a higher score is better, as for BLEU, or a lower one, as for a loss.
  public let isHigherBetter: Bool

  /// Creates a validation result.
  ///
  /// - Parameters:
  ///   - figures: Every metric by its name.
  ///   - name: The name of the metric that decides which checkpoint is best.
  ///   - isHigherBetter: Whether a higher value is better.
  public init(_ figures: [String: Double], judgedBy name: String, isHigherBetter: Bool) {
    guard let score = figures[name] else {
      fatalError("Validation: expected a figure '\(name)' and found \(figures.keys.sorted())")
    }
    self.figures = figures
    self.score = score
    self.isHigherBetter = isHigherBetter
  }
}
