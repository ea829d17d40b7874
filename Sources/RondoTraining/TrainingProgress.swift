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

/// When training stops, and how often it reports, validates and saves.
public struct TrainingLimits: Codable, Sendable, Equatable {
  /// The number of epochs, or `nil` for no limit.
  public var epochCount: Int?
  /// The number of steps, or `nil` for no limit.
  public var stepCount: Int?
  /// The number of steps between two reports.
  public var reportInterval: Int
  /// The number of steps between two validations, or `nil` for one at the end of each epoch.
  public var validationInterval: Int?
  /// The number of steps between two checkpoints besides those at validations, or `nil` for none.
  public var checkpointInterval: Int?
  /// The number of validations without improvement after which training stops, or `nil` for never.
  public var patience: Int?

  /// Creates limits.
  public init(
    epochCount: Int? = nil, stepCount: Int? = nil, reportInterval: Int = 50,
    validationInterval: Int? = nil, checkpointInterval: Int? = nil, patience: Int? = nil
  ) {
    self.epochCount = epochCount
    self.stepCount = stepCount
    self.reportInterval = reportInterval
    self.validationInterval = validationInterval
    self.checkpointInterval = checkpointInterval
    self.patience = patience
  }
}
