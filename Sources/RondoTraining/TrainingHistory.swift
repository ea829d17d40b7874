/// The reports of a run so far, in order.
public struct TrainingHistory: Sendable {
  /// The reports of training steps.
  public private(set) var reports: [StepReport] = []
  /// The validations.
  public private(set) var validations: [ValidationReport] = []

  /// Creates an empty history.
  public init() {}

  /// Records the report that an event carries, if it carries one.
  public mutating func add(_ event: TrainingEvent) {
    switch event {
    case .progressed(let report): reports.append(report)
    case .validated(let report): validations.append(report)
    case .began, .saved, .ended: break
    }
  }
}
