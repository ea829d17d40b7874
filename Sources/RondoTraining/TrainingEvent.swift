/// An event of a training run, as plain data that can be sent to another thread.
public enum TrainingEvent: Sendable {
  /// Training starts, or resumes after `step` steps.
  case began(step: Int, totalStepCount: Int?)
  /// A reporting interval has ended.
  case progressed(StepReport)
  /// The model was evaluated on held-out data.
  case validated(ValidationReport)
  /// A checkpoint was saved.
  case saved(step: Int, isBest: Bool)
  /// Training has ended.
  case ended(step: Int, reason: EndReason)
}

/// Why training ended.
public enum EndReason: String, Sendable, Codable {
  /// All epochs or steps are done.
  case finished
  /// Validation has not improved for as many validations as the patience allows.
  case stoppedEarly
  /// A stop was requested.
  case interrupted
}

/// The figures of the steps since the last report.
public struct StepReport: Sendable, Codable, Equatable {
  /// The total number of steps taken.
  public let step: Int
  /// The epoch of the last step, counted from 0.
  public let epoch: Int
  /// The number of steps in an epoch, or `nil` where it is not known.
  public let stepsPerEpoch: Int?
  /// The mean loss, in nats per token.
  public let loss: Double
  /// The learning rate of the last step.
  public let learningRate: Double
  /// The mean global gradient norm, before clipping.
  public let gradientNorm: Double
  /// The share of steps whose gradients were clipped, or `nil` without clipping.
  public let clippedShare: Double?
  /// The share of target tokens predicted with teacher forcing, that is, after the decoder was fed
  /// the true previous token; `nil` without a decoder.
  public let forcedShare: Double?
  /// The share of token positions in the batches that were padding.
  public let paddingShare: Double
  /// The number of source and target tokens processed per second.
  public let tokensPerSecond: Double
  /// The estimated number of seconds left, or `nil` when no end is known.
  public let secondsLeft: Double?
}

/// The result of a validation.
public struct ValidationReport: Sendable, Codable, Equatable {
  /// The number of steps taken before it.
  public let step: Int
  /// Every metric by its name.
  public let figures: [String: Double]
  /// Whether this is the best so far.
  public let isBest: Bool
  /// The duration of the validation in seconds.
  public let seconds: Double
}
