/// How far training has come, for resuming a run as if it had never stopped.
public struct TrainingProgress: Codable, Sendable, Equatable {
  /// The epoch, counted from 0.
  public var epoch = 0
  /// The number of batches of the epoch that are done.
  public var batchIndex = 0
  /// The total number of steps taken.
  public var step = 0
  /// The best validation score so far, negated where lower is better, or `nil` before the first.
  public var bestScore: Double?
  /// The number of steps taken when the best score was reached.
  public var bestStep: Int?
  /// The number of steps taken at the last validation.
  public var validatedStep: Int?
  /// The number of validations since the best score last improved.
  public var validationsSinceBest = 0
  /// The sums for the next report.
  public var window = Window()

  /// Sums over the steps since the last report.
  public struct Window: Codable, Sendable, Equatable {
    var stepCount = 0
    var loss = 0.0
    var lossTokenCount = 0
    var tokenCount = 0
    var slotCount = 0
    var gradientNorm = 0.0
    var clippedCount = 0
    var forcedCount = 0
    var forcedTokenCount = 0
    var seconds = 0.0
  }

  /// Creates the progress before the first step.
  public init() {}
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
