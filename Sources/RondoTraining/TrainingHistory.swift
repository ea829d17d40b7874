/// What a run has reported so far, in order.
public struct TrainingHistory: Sendable {
  /// The reports on stretches of steps.
  public private(set) var reports: [StepReport] = []
  /// The validations.
  public private(set) var validations: [ValidationReport] = []

  /// Creates an empty history.
  public init() {}

  /// Adds what an event says.
  public mutating func add(_ event: TrainingEvent) {
    switch event {
    case .progressed(let report): reports.append(report)
    case .validated(let report): validations.append(report)
    case .began, .saved, .ended: break
    }
  }
}
