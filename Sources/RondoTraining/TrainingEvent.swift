/// What a trainer tells those who watch: plain data that may cross to another thread.
public enum TrainingEvent: Sendable {
  /// Training starts, or goes on after `step` steps.
  case began(step: Int, totalStepCount: Int?)
  /// A stretch of steps is done.
  case progressed(StepReport)
  /// The model was judged on data that it does not learn from.
  case validated(ValidationReport)
  /// A checkpoint stands on the disk.
  case saved(step: Int, isBest: Bool)
  /// Training ends.
  case ended(step: Int, reason: EndReason)
}

/// Why training ends.
public enum EndReason: String, Sendable, Codable {
  /// All epochs or steps are done.
  case finished
  /// Validation has not improved for as long as patience lasts.
  case stoppedEarly
  /// Somebody asked to stop.
  case interrupted
}

/// How the steps since the last report went.
public struct StepReport: Sendable, Codable, Equatable {
  /// How many steps have been taken in all.
  public let step: Int
  /// The epoch of the last step, counted from 0.
  public let epoch: Int
  /// The number of steps in an epoch, or `nil` where it is not known.
  public let stepsPerEpoch: Int?
  /// The mean loss, in nats per token.
  public let loss: Double
  /// The step size of the last step.
  public let learningRate: Double
  /// The mean norm of the gradients, before clipping.
  public let gradientNorm: Double
  /// The share of steps that were clipped, or `nil` without clipping.
  public let clippedShare: Double?
  /// The share of target tokens that the decoder read in training, or `nil` without a decoder.
  public let forcedShare: Double?
  /// The share of the batches that was padding.
  public let paddingShare: Double
  /// Tokens of source and target that were learned from in a second.
  public let tokensPerSecond: Double
  /// Seconds until the last step at the present speed, or `nil` when the end is open.
  public let secondsLeft: Double?
}

/// What validation found.
public struct ValidationReport: Sendable, Codable, Equatable {
  /// After how many steps.
  public let step: Int
  /// Every figure by its name.
  public let figures: [String: Double]
  /// Whether this is the best so far.
  public let isBest: Bool
  /// How long it took.
  public let seconds: Double
}
