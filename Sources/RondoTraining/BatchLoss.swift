import RondoTensor

/// The loss of a batch, and the token counts that reports are made of.
public struct BatchLoss {
  /// The mean loss over the target tokens, a scalar with a gradient history.
  public let value: Tensor
  /// The number of target tokens that the mean is taken over.
  public let targetTokenCount: Int
  /// The number of real tokens in the batch, source and target.
  public let tokenCount: Int
  /// The number of token positions in the batch, padding included.
  public let slotCount: Int
  /// The number of target tokens predicted with teacher forcing, that is, after the decoder was fed
  /// the true previous token; `nil` without a decoder.
  public let forcedCount: Int?

  /// Creates a loss.
  ///
  /// - Parameters:
  ///   - value: The mean loss over the target tokens.
  ///   - targetTokenCount: The number of target tokens that the mean is taken over.
  ///   - tokenCount: The number of real tokens in the batch, or `nil` for its target tokens.
  ///   - slotCount: The number of token positions in the batch, or `nil` when it has no padding.
  ///   - forcedCount: The number of target tokens predicted with teacher forcing, or `nil` without
  ///     a decoder.
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
  /// Adds the figures of a step.
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

extension Duration {
  /// The duration in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
