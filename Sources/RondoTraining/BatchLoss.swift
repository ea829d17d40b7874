import RondoTensor

/// What a batch costs.
public struct BatchLoss {
  /// The mean loss over its target tokens, a scalar with its history.
  public let value: Tensor
  /// How many target tokens the mean is over.
  public let targetTokenCount: Int
  /// How many real tokens the batch holds, source and target.
  public let tokenCount: Int
  /// How many places the batch has for tokens, padding included.
  public let slotCount: Int
  /// How many target tokens the decoder read, or `nil` without a decoder.
  public let forcedCount: Int?

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - value: The mean loss over the target tokens.
  ///   - targetTokenCount: How many target tokens the mean is over.
  ///   - tokenCount: How many real tokens the batch holds, or `nil` for its target tokens.
  ///   - slotCount: How many places the batch has for tokens, or `nil` when it has no padding.
  ///   - forcedCount: How many target tokens the decoder read, or `nil` without a decoder.
  public init(
    _ value: Tensor, targetTokenCount: Int, tokenCount: Int? = nil, slotCount: Int? = nil,
    forcedCount: Int? = nil
  ) {
    self.value = value
    self.targetTokenCount = targetTokenCount
    self.tokenCount = tokenCount ?? targetTokenCount
    self.slotCount = slotCount ?? tokenCount ?? targetTokenCount
    self.forcedCount = forcedCount
  }
}

extension TrainingProgress.Window {
  /// Counts a step.
  mutating func add(_ batch: BatchLoss, _ outcome: OptimizerStep, seconds: Double) {
    stepCount += 1
    loss += outcome.loss * Double(batch.targetTokenCount)
    lossTokenCount += batch.targetTokenCount
    tokenCount += batch.tokenCount
    slotCount += batch.slotCount
    gradientNorm += outcome.gradientNorm ?? 0
    clippedCount += outcome.isClipped ? 1 : 0
    if let forced = batch.forcedCount {
      forcedCount += forced
      forcedTokenCount += batch.targetTokenCount
    }
    self.seconds += seconds
  }
}

/// How good a model is on data that it does not learn from.
public struct Validation: Sendable {
  /// Every figure by its name.
  public let figures: [String: Double]
  /// The figure that decides which checkpoint is best.
  public let score: Double
  /// Whether a higher score is better, as for BLEU, or a lower one, as for a loss.
  public let isHigherBetter: Bool

  /// Creates a judgement.
  ///
  /// - Parameters:
  ///   - figures: Every figure by its name.
  ///   - name: The name of the figure that decides.
  ///   - isHigherBetter: Whether a higher one is better.
  public init(_ figures: [String: Double], judgedBy name: String, isHigherBetter: Bool) {
    guard let score = figures[name] else {
      fatalError("Validation: expected a figure '\(name)' and found \(figures.keys.sorted())")
    }
    self.figures = figures
    self.score = score
    self.isHigherBetter = isHigherBetter
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
