/// How far training has come: with it, a resumed run goes on as if it had never stopped.
public struct TrainingProgress: Codable, Sendable, Equatable {
  /// The epoch, counted from 0.
  public var epoch = 0
  /// How many batches of the epoch are done.
  public var batchIndex = 0
  /// How many steps have been taken in all.
  public var step = 0
  /// The best score that validation gave, or `nil` before the first.
  public var bestScore: Double?
  /// After how many steps it gave it.
  public var bestStep: Int?
  /// After how many steps the last validation was.
  public var validatedStep: Int?
  /// How many validations have passed since one that was better than all before it.
  public var validationsSinceBest = 0
  /// What has happened since the last report.
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

/// When training stops, and how often it looks up.
public struct TrainingLimits: Codable, Sendable, Equatable {
  /// How often all examples are seen, or `nil` without end.
  public var epochCount: Int?
  /// How many steps are taken, or `nil` without end.
  public var stepCount: Int?
  /// Steps between two reports.
  public var reportInterval: Int
  /// Steps between two validations, or `nil` for one at the end of each epoch.
  public var validationInterval: Int?
  /// Steps between two checkpoints beside those at validations, or `nil` for none.
  public var checkpointInterval: Int?
  /// Validations without improvement after which training stops, or `nil` for never.
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
