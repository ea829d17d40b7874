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
