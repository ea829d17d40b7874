import RondoTraining

/// A line of `metrics.jsonl`: a report, with its kind in the field `event`.
enum MetricsLine: Codable {
  case step(StepReport)
  case validation(ValidationReport)

  private enum Key: String, CodingKey {
    case event
  }

  private enum Kind: String, Codable {
    case step, validation
  }

  /// Creates the line of an event, or `nil` for an event without a report.
  init?(_ event: TrainingEvent) {
    switch event {
    case .progressed(let report): self = .step(report)
    case .validated(let report): self = .validation(report)
    case .began, .saved, .ended: return nil
    }
  }

  /// The event that reported it.
  var event: TrainingEvent {
    switch self {
    case .step(let report): .progressed(report)
    case .validation(let report): .validated(report)
    }
  }

  init(from decoder: any Decoder) throws {
    switch try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .event) {
    case .step: self = .step(try StepReport(from: decoder))
    case .validation: self = .validation(try ValidationReport(from: decoder))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .step(let report):
      try container.encode(Kind.step, forKey: .event)
      try report.encode(to: encoder)
    case .validation(let report):
      try container.encode(Kind.validation, forKey: .event)
      try report.encode(to: encoder)
    }
  }
}
